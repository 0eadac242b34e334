"""The static site: each page of the app is opened once in each language, and written down.

The pages know Streamlit, so this is no part of ``core``; the command is ``python -m core.export``.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa

from core.charts.layout import PHONE
from core.charts.standalone import as_html, as_page, runtime_script
from core.command import Parser
from core.export import markup
from core.export.site_page import ABOUT, STYLE, Site, Told
from core.ladder import LADDER, Rung
from core.learning.exercises import load

ROOT = Path(__file__).resolve().parents[1]

RUNTIME = "vega.js"

SECONDS = 300
"""No page takes longer to open, even where its loop is to be compiled first."""


class Chart(NamedTuple):
    """A chart as a page sent it to the browser."""

    specification: dict[str, Any]
    tables: dict[str, pd.DataFrame]
    alt: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the site, return the exit code."""
    rungs = {rung.name: rung for rungs in LADDER.values() for rung in rungs}
    parser = Parser(prog="python -m core.export", description=__doc__)
    parser.add_argument(
        "folder", type=Path, help="where the site is written; made if it is not there"
    )
    parser.add_argument(
        "--app",
        default="http://localhost:8501",
        help="the address of the running app that pages link to",
    )
    parser.add_argument("--pages", nargs="+", choices=rungs, metavar="PAGE", help="only these")
    asked = parser.parse_args(arguments)
    chosen = [rung for name, rung in rungs.items() if asked.pages is None or name in asked.pages]
    with tempfile.TemporaryDirectory() as home:  # nobody's own runs and networks are written down
        os.environ |= {"NEURON_LADDER_HOME": home}
        os.environ.pop("NEURON_LADDER_DATABASE_URL", None)
        for path in write(asked.folder, chosen, asked.app.rstrip("/")):
            print(path, file=sys.stderr)
    return 0


def write(folder: Path, rungs: Sequence[Rung], app: str) -> Iterator[Path]:
    """Write the site.

    Parameters
    ----------
    folder : Path
    rungs : sequence of Rung
        The pages to write.
    app : str
        The address of the running app.

    Yields
    ------
    Path
        Each file, once it is written.
    """
    from pages.shared.i18n import LANGUAGES, catalogue, tag

    folder.mkdir(parents=True, exist_ok=True)
    yield _write(folder / RUNTIME, runtime_script())
    for language in LANGUAGES:
        translate = catalogue(language).gettext
        site = Site(language, translate, app, rungs, LANGUAGES)
        spoken = tag(language)
        for rung in rungs:
            told, wide, narrow = opened(rung, language)
            parts = {"above": site.above(rung.name), "below": site.below(told)}
            if wide is None:
                page = as_page(
                    told.title, markup.line(told.question), language=spoken, style=STYLE, **parts
                )
            else:
                page = as_html(
                    wide.specification,
                    wide.tables,
                    title=told.title,
                    about=told.question.replace("**", ""),
                    alt_text=wide.alt,
                    language=spoken,
                    file_name=rung.name,
                    translate=translate,
                    narrow=narrow and (narrow.specification, narrow.tables),
                    runtime_file=f"../{RUNTIME}",
                    style=STYLE,
                    **parts,
                )
            yield _write(folder / language / f"{rung.name}.html", page)
        page = as_page(
            "Neuron Ladder",
            markup.line(translate(ABOUT)),
            language=spoken,
            style=STYLE,
            above=site.above("index"),
            below=site.overview(),
        )
        yield _write(folder / language / "index.html", page)
    links = "\n".join(
        f'<p><a href="{one}/index.html" lang="{one}">{name}</a></p>'
        for one, name in LANGUAGES.items()
    )
    yield _write(folder / "index.html", as_page("Neuron Ladder", "", style=STYLE, below=links))


def opened(rung: Rung, language: str) -> tuple[Told, Chart | None, Chart | None]:
    """Open a page as a reader does; return what it says, and its player on a laptop and a phone."""
    from streamlit.testing.v1 import AppTest

    from pages.shared.charts.room import LAYOUT

    before = sys.modules["__main__"]
    try:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
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
    return told, wide, narrow


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
            return Chart(specification, tables, specification.get("description", ""))
    return None


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path
