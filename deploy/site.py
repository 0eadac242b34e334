"""The static site: each page of the app is opened once in each language, and written down.

The pages know Streamlit, so this is no part of ``core``; the command is ``python -m core.export``.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.charts.standalone import as_page, runtime_script
from core.command import Parser
from core.export import markup
from core.export.site_page import ABOUT, STYLE, Site
from core.ladder import LADDER, Rung
from deploy.opened_page import as_file, nobodys, opened

RUNTIME = "vega.js"


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
    with nobodys():
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
            page = opened(rung, language)
            text = as_file(
                page,
                language=spoken,
                translate=translate,
                runtime_file=f"../{RUNTIME}",
                above=site.above(rung.name),
                below=site.below(page.told),
            )
            yield _write(folder / language / f"{rung.name}.html", text)
        text = as_page(
            "Neuron Ladder",
            markup.line(translate(ABOUT)),
            language=spoken,
            style=STYLE,
            above=site.above("index"),
            below=site.overview(),
        )
        yield _write(folder / language / "index.html", text)
    links = "\n".join(
        f'<p><a href="{one}/index.html" lang="{one}">{name}</a></p>'
        for one, name in LANGUAGES.items()
    )
    yield _write(folder / "index.html", as_page("Neuron Ladder", "", style=STYLE, below=links))


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path
