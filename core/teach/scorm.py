"""A lesson as a SCORM 1.2 package: one zip that a learning platform opens, and a score for it.

All of it is one page, since the platform is spoken to by one: the steps, each with its task, its
player in a frame, and its questions; ``assets/scorm.js`` asks, judges, and tells the platform.
The standard: ADL, SCORM 1.2 Run-Time Environment and Content Aggregation Model, 2001.
"""

import html
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from core.learning.claims import Facts
from core.learning.exercises import Question
from core.messages import N_, Translate
from core.teach.lesson_plan import LessonPlan
from core.teach.told_html import told_html

ASSETS = Path(__file__).resolve().parents[2] / "assets"

PAGE = "index.html"

MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier={identifier} version="1.0"
 xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="lesson">
<organization identifier="lesson"><title>{title}</title>
<item identifier="item" identifierref="page"><title>{title}</title></item>
</organization>
</organizations>
<resources>
<resource identifier="page" type="webcontent" adlcp:scormtype="sco" href="{page}">
{files}
</resource>
</resources>
</manifest>
"""


@dataclass(frozen=True)
class Shown:
    """What a step's page shows when it is opened as the lesson says.

    Parameters
    ----------
    title : str
    player : str
        Its player as a page of its own; "" where it has none.
    questions : sequence of Question
        What is asked of it.
    facts : mapping
        Of the run that it shows.
    link : str
        The page in the running app; "" where nobody runs one.
    """

    title: str
    player: str
    questions: Sequence[Question]
    facts: Facts
    link: str = ""


def package(
    plan: LessonPlan,
    shown: Sequence[Shown],
    *,
    language: str,
    tag: str,
    translate: Translate,
    runtime: tuple[str, str],
) -> bytes:
    """Return the package of a lesson in one language.

    Parameters
    ----------
    plan : LessonPlan
    shown : sequence of Shown
        What each step shows.
    language, tag : str
        As the link and as a browser calls it.
    translate : callable
        Into that language.
    runtime : tuple of str
        The name of the script that the players share, and the script.
    """
    files = {PAGE: _page(plan, shown, language, tag, translate), runtime[0]: runtime[1]}
    files |= {f"step_{i}.html": one.player for i, one in enumerate(shown, 1) if one.player}
    title = _plain(plan.title.told(language))
    manifest = MANIFEST.format(
        identifier=quoteattr(f"neuron-ladder-{plan.mark:04x}-{language}"),
        title=escape(title),
        page=PAGE,
        files="\n".join(f'<file href="{name}"/>' for name in files),
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in ({"imsmanifest.xml": manifest} | files).items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _page(
    plan: LessonPlan, shown: Sequence[Shown], language: str, tag: str, translate: Translate
) -> str:
    from core.charts.standalone import as_page  # and with it altair

    parts, asked = list[str](), list[dict[str, Any]]()
    for number, (step, one) in enumerate(zip(plan.steps, shown, strict=True), 1):
        parts.append(f'<section class="step"><h2>{number}. {html.escape(one.title)}</h2>')
        parts.append(told_html(step.task.told(language)))
        if one.player:
            name = html.escape(one.title, quote=True)
            parts.append(f'<iframe src="step_{number}.html" title="{name}"></iframe>')
        if one.link:
            label = html.escape(translate(N_("Open this page in the app, with every control")))
            parts.append(f'<p><a href="{html.escape(one.link)}" target="_blank">{label}</a></p>')
        for question in (q for q in one.questions if can_be_asked(q)):
            asked.append(_judged(step.page, question, one.facts, language))
            parts.append(_form(question, one.facts, language, len(asked) - 1, translate))
        parts.append("</section>")
    words = {
        "right": translate(N_("Right.")),
        "wrong": translate(N_("Not quite.")),
        "score": translate(N_("Right: {n} of {all}.")),
    }
    data = json.dumps({"questions": asked, "words": words}, ensure_ascii=False)
    script = (ASSETS / "scorm.js").read_text("utf-8")
    return as_page(
        _plain(plan.title.told(language)),
        '<span id="score" role="status"></span>',
        language=tag,
        style=(ASSETS / "scorm.css").read_text("utf-8"),
        below="\n".join(parts),
        scripts=(
            f'<script type="application/json" id="lesson">{_in_script(data)}</script>\n'
            f"<script>\n{script}</script>"
        ),
    )


def can_be_asked(question: Question) -> bool:
    """Tell whether a question needs no picture that the app draws."""
    return not any(choice.picture for choice in question.choices)


def _judged(page: str, question: Question, facts: Facts, language: str) -> dict[str, Any]:
    """What judges the answers to a question, and what is said of each."""
    found: dict[str, Any] = {"id": f"{page}.{question.id}"}
    if question.choices:
        return found | {
            "right": next(i for i, choice in enumerate(question.choices) if choice.right),
            "why": [told_html(choice.why.told(language, facts)) for choice in question.choices],
        }
    assert question.why is not None
    assert question.otherwise is not None
    return found | {
        "number": facts[question.fact],
        "within": question.within,
        "why": [
            told_html(text.told(language, facts)) for text in (question.otherwise, question.why)
        ],
    }


def _form(question: Question, facts: Facts, language: str, place: int, translate: Translate) -> str:
    asked = told_html(question.text.told(language, facts))
    if question.choices:
        fields = "".join(
            f'<label><input type="radio" name="q{place}" value="{i}" required>'
            f"<span>{told_html(choice.text.told(language, facts))}</span></label>"
            for i, choice in enumerate(question.choices)
        )
    else:
        label = html.escape(translate(N_("a number")))
        fields = f'<input name="q{place}" inputmode="decimal" required aria-label="{label}">'
    check = html.escape(translate(N_("Check")))
    return (
        f'<form data-question="{place}"><div>{asked}</div><fieldset>{fields}</fieldset>'
        f"<button>{check}</button><output></output></form>"
    )


def _plain(title: str) -> str:
    """A title without what keeps Markdown from it."""
    return title.replace("\\", "").replace("\u200b", "")


def _in_script(data: str) -> str:
    return data.replace("<", "\\u003c")
