"""What a page's charts were given, read back from what Streamlit would send to the browser."""

import json
from typing import Any

import pandas as pd
import pyarrow as pa
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
