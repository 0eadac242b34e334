"""What a page's charts were given, read back from what Streamlit would send to the browser."""

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest


def table(app: AppTest, name: str) -> pd.DataFrame:
    """The table called `name` of the page's first chart that has one."""
    for chart in app.get("vega_lite_chart"):
        for dataset in chart.proto.datasets:
            if dataset.name == name:
                return pa.ipc.open_stream(dataset.data.data).read_pandas()
    raise LookupError(name)


def specification(app: AppTest) -> dict[str, Any]:
    """The Vega-Lite specification of the page's first chart."""
    spec: dict[str, Any] = json.loads(app.get("vega_lite_chart")[0].proto.spec)
    return spec


def recorded_keys(patch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the charts, of the players around them, and of the switch to present them."""
    shown: list[str] = []

    def recorded(show: Callable[..., Any], *prefixes: str) -> Callable[..., Any]:
        def show_and_record(*args: Any, **arguments: Any) -> Any:
            key = str(arguments.get("key"))
            if key.startswith(prefixes):
                shown.append(key)
            return show(*args, **arguments)

        return show_and_record

    patch.setattr(st, "vega_lite_chart", recorded(st.vega_lite_chart, ""))
    patch.setattr(st, "container", recorded(st.container, "player_", "steps_", "present"))
    return shown
