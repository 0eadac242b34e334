"""The package of a lesson: its pages are opened as it sets them, and written down.

The pages know Streamlit, so this is no part of ``core``; the command is
``python -m core.teach.package``.
"""

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.charts.standalone import as_html, runtime_script
from core.command import Parser
from core.ladder import LADDER
from core.messages import InputError
from core.teach.lesson_link import READY, address, pack, read_file, ready
from core.teach.lesson_plan import LessonPlan, wanted
from core.teach.scorm import Shown, package
from deploy.site import RUNTIME, opened

RUNGS = {rung.name: rung for rungs in LADDER.values() for rung in rungs}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the package, return the exit code."""
    parser = Parser(prog="python -m core.teach.package", description=__doc__)
    parser.add_argument("lesson", help=f"a lesson's JSON file, or one of {', '.join(READY)}")
    parser.add_argument("package", type=Path, help="the zip to write")
    parser.add_argument("--language", default="en", choices=("en", "zh"))
    parser.add_argument("--app", default="", help="the address of the running app, to link to")
    asked = parser.parse_args(arguments)
    try:
        plan = ready().get(asked.lesson) or read_file(Path(asked.lesson).read_bytes())
    except (InputError, OSError) as error:
        print(f"{asked.lesson}: {error}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as home:  # nobody's own runs and networks are written down
        os.environ |= {"NEURON_LADDER_HOME": home}
        os.environ.pop("NEURON_LADDER_DATABASE_URL", None)
        asked.package.write_bytes(write(plan, asked.language, asked.app.rstrip("/")))
    return 0


def write(plan: LessonPlan, language: str, app: str = "") -> bytes:
    """Return the package of a lesson in one language."""
    from pages.shared.i18n import catalogue, tag

    return package(
        plan,
        list(_shown(plan, language, app)),
        language=language,
        tag=tag(language),
        translate=catalogue(language).gettext,
        runtime=(RUNTIME, runtime_script()),
    )


def _shown(plan: LessonPlan, language: str, app: str) -> Iterator[Shown]:
    from pages.shared.i18n import catalogue, tag

    packed = pack(plan) or ""
    for number, step in enumerate(plan.steps, 1):
        link = address(plan, packed, language, number)
        told, wide, narrow = opened(RUNGS[step.page], language, step.settings)
        player = wide and as_html(
            wide.specification,
            wide.tables,
            title=told.title,
            about=told.question.replace("**", ""),
            alt_text=wide.alt,
            language=tag(language),
            file_name=step.page,
            translate=catalogue(language).gettext,
            narrow=narrow and (narrow.specification, narrow.tables),
            runtime_file=RUNTIME,
        )
        asked = wanted(step, told.exercises).questions if told.exercises else ()
        yield Shown(told.title, player or "", asked, told.facts, f"{app}/{link}" if app else "")
