"""The command that makes a SCORM 1.2 package of a lesson: each step's page is opened once."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from core.charts.standalone import as_page, runtime_script
from core.command import Parser
from core.ladder import LADDER
from core.link.query import to_query
from core.messages import InputError
from core.teach.lesson_link import LARGEST, READY, read_file, ready
from core.teach.lesson_plan import LessonPlan
from core.teach.scorm import START, STYLE, Package
from deploy.opened_page import as_file, nobodys, opened

RUNTIME = "vega.js"

FRAME_STYLE = (Path(__file__).resolve().parents[1] / "assets" / "scorm_frame.css").read_text(
    "utf-8"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the package; return the exit code."""
    parser = Parser(prog="python -m core.teach.package", description=__doc__)
    parser.add_argument("lesson", help=f"a lesson's file, or one of {', '.join(READY)}")
    parser.add_argument("package", type=Path, help="the zip to write")
    parser.add_argument("--lang", default="en", help="the language (default: %(default)s)")
    parser.add_argument(
        "--app", default="", help="the address of the running app that its steps link to, if any"
    )
    asked = parser.parse_args(arguments)
    try:
        plan = ready().get(asked.lesson) or read_file(_content(Path(asked.lesson)))
    except InputError as error:
        print(f"{asked.lesson}: {error}", file=sys.stderr)
        return 2
    with nobodys():
        from pages.shared.i18n import LANGUAGES

        if asked.lang not in LANGUAGES:
            parser.error(f"--lang is one of {', '.join(LANGUAGES)}")
        package = make(plan, asked.lang, asked.app.rstrip("/"), _say)
    asked.package.write_bytes(package)
    _say(f"{asked.package}: {len(package):,} bytes")
    return 0


def make(plan: LessonPlan, language: str, app: str, say: Callable[[str], None]) -> bytes:
    """Return a lesson as a SCORM 1.2 package.

    Parameters
    ----------
    plan : LessonPlan
    language : str
    app : str
        The address of the running app; "" for none.
    say : callable
        Is told of each step.
    """
    from pages.shared.i18n import catalogue, tag

    translate, spoken = catalogue(language).gettext, tag(language)
    package = Package(plan, language, translate, app)
    rungs = {rung.name: rung for rungs in LADDER.values() for rung in rungs}
    files, n_questions, has_player = {START: ""}, 0, False
    for number, step in enumerate(plan.steps, 1):
        page = opened(rungs[step.page], language, to_query(step.settings))
        asked = package.asked_at(step, page.told, n_questions)
        n_questions += asked.n_questions
        has_player |= page.wide is not None
        files[f"step_{number}.html"] = as_file(
            page,
            language=spoken,
            translate=translate,
            runtime_file=RUNTIME,
            style=STYLE,
            above=package.above(step),
            below=package.below(number, page.told, asked),
        )
        say(f"step {number}: {step.page}")
    files[START] = as_page(
        package.title,
        language=spoken,
        style=f"{STYLE}\n{FRAME_STYLE}",
        **package.leading(n_questions),
    )
    if has_player:
        files[RUNTIME] = runtime_script()
    return package.zipped(files)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise InputError("It cannot be read: {why}.", why=error.strerror or error) from None


def _say(text: str) -> None:
    print(text, file=sys.stderr)
