"""A page of the app, opened once as a reader does: what it says, and its player, to write down.

The pages know Streamlit, so this is no part of ``core``.
"""

import json
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs

import pandas as pd
import pyarrow as pa

from core.charts.layout import PHONE
from core.charts.standalone import as_html, as_page
from core.export import markup
from core.export.site_page import STYLE, Told
from core.ladder import Rung
from core.learning.exercises import load
from core.messages import Translate

ROOT = Path(__file__).resolve().parents[1]

SECONDS = 300
"""No page takes longer to open, even where its loop is to be compiled first."""

NO_BROWSER = "streamlit.runtime.scriptrunner_utils.script_run_context"
"""What warns that there is none."""


class Chart(NamedTuple):
    """A chart as a page sent it to the browser."""

    specification: dict[str, Any]
    tables: dict[str, pd.DataFrame]
    alt: str


class Opened(NamedTuple):
    """A page: what it says, and its player on a laptop and a phone, if it has one."""

    told: Told
    wide: Chart | None
    narrow: Chart | None


@contextmanager
def nobodys() -> Iterator[None]:
    """Open pages as nobody: no runs and networks of one's own are written down."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"NEURON_LADDER_HOME": home}
        os.environ.pop("NEURON_LADDER_DATABASE_URL", None)
        logging.getLogger(NO_BROWSER).disabled = True
        yield


def opened(rung: Rung, language: str, settings: str = "") -> Opened:
    """Open a page as a reader does.

    Parameters
    ----------
    rung : Rung
        The page.
    language : str
    settings : str, default=""
        What is set there, as in its link.
    """
    from streamlit.testing.v1 import AppTest

    from pages.shared.charts.room import LAYOUT

    before = sys.modules["__main__"]
    try:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
        for name, values in parse_qs(settings).items():
            app.query_params[name] = values
        app.query_params["lang"] = language
        app.switch_page(rung.path).run()
        wide, narrow = _player(app), None
        if wide is not None and not app.exception:
            app.session_state[LAYOUT] = PHONE.name
            narrow = _player(app.run())
    finally:
        sys.modules["__main__"] = before  # an AppTest leaves the page there
    if app.exception:
        raise RuntimeError(f"{rung.path} met an error: {app.exception[0].message}")
    state = app.session_state  # which knows no get
    path = (ROOT / rung.path).with_name("exercises.toml")
    told = Told(
        rung,
        title=app.title[0].value,
        question=app.main.markdown[0].value,
        formulas=[one.value.strip().strip("$").strip() for one in app.main.latex],
        explained=_after_formulas(app),
        remember=app.main.info[-1].value if app.main.info else "",
        exercises=load(path) if path.exists() else None,
        facts=state["facts"] if "facts" in state else {},  # noqa: SIM401
    )
    return Opened(told, wide, narrow)


def _after_formulas(app: Any) -> str:
    """Return the text below the last formula."""
    elements = [one for one in app.main if one.type in ("latex", "markdown")]
    last = max((i for i, one in enumerate(elements) if one.type == "latex"), default=None)
    after = elements[last + 1 :] if last is not None else []
    return str(after[0].value) if after else ""


def _player(app: Any) -> Chart | None:
    """Return the first chart that the reader moves in the browser alone."""
    for chart in app.main.get("vega_lite_chart"):
        specification = json.loads(chart.proto.spec)
        if specification.get("config", {}).get("signals"):
            tables = {
                one.name: pa.ipc.open_stream(one.data.data).read_pandas()
                for one in chart.proto.datasets
            }
            return Chart(specification, tables, chart.proto.alt)
    return None


def as_file(
    page: Opened,
    *,
    language: str,
    translate: Translate,
    runtime_file: str,
    style: str = "",
    **parts: str,
) -> str:
    """Write a page as HTML, with its player.

    Parameters
    ----------
    page : Opened
    language : str
        As a browser calls it.
    translate : callable
        Into that language.
    runtime_file : str
        The address of the script with Vega that pages share.
    style : str
        More CSS.
    **parts
        HTML: `above` the heading, `below` the player.
    """
    told, wide, narrow = page
    style = f"{STYLE}\n{style}"
    if wide is None:
        question = markup.line(told.question)
        return as_page(told.title, question, language=language, style=style, **parts)
    return as_html(
        wide.specification,
        wide.tables,
        title=told.title,
        about=told.question.replace("**", ""),
        alt_text=wide.alt,
        language=language,
        file_name=told.rung.name,
        translate=translate,
        narrow=narrow and (narrow.specification, narrow.tables),
        runtime_file=runtime_file,
        style=style,
        **parts,
    )
