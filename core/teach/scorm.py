"""A lesson as a SCORM 1.2 package: its manifest, the page that leads through it, and the zip.

The standard is ADL's *SCORM Version 1.2* (2001): *The SCORM Content Aggregation Model* has the
manifest, *The SCORM Run-Time Environment* the functions by which the page hands the score back.
"""

import html
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from core.export import markup
from core.export.site_page import Told
from core.learning.exercises import Exercises
from core.messages import N_, Translate
from core.teach.lesson_link import address, pack
from core.teach.lesson_plan import LessonPlan, Step, wanted
from core.teach.question_form import as_form

ASSETS = Path(__file__).resolve().parents[2] / "assets"

STYLE = (ASSETS / "scorm.css").read_text("utf-8")

START, MANIFEST = "index.html", "imsmanifest.xml"

IMS = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"

LEFT_OUT = N_(
    "What asks for a guess before the run, challenges, and questions with pictures are in the app "
    "only."
)

WORDS = {
    "step": N_("Step {n} of {all}"),
    "next": N_("Next step"),
    "finish": N_("Finish"),
    "answered": N_("{n} of {all} answered, {right} right. The first answer counts."),
    "done": N_("Done: you can close this window."),
    "alone": N_("No learning platform is here, so nothing is handed in."),
}
"""What the page that leads through the steps says."""


class Asked(NamedTuple):
    """What a step's page asks: its questions as HTML, how many, and whether some are left out."""

    forms: str
    n_questions: int
    leaves_out: bool


@dataclass(frozen=True)
class Package:
    """A lesson for a learning platform.

    Parameters
    ----------
    plan : LessonPlan
    language : str
        As the link names it.
    translate : callable
        Into that language.
    app : str
        The address of the running app; "" for none.
    """

    plan: LessonPlan
    language: str
    translate: Translate
    app: str

    @property
    def title(self) -> str:
        """What the lesson is called, as its teacher wrote it."""
        title = self.plan.data["title"]
        return str(title if isinstance(title, str) else title.get(self.language, title["en"]))

    def asked_at(self, step: Step, told: Told, first: int) -> Asked:
        """Return what a step asks.

        Parameters
        ----------
        step : Step
        told : Told
            Its page, opened with the step's settings.
        first : int
            The place of its first question among all of the lesson, from 0.
        """
        asked = wanted(step, told.exercises or Exercises(step.page))
        forms: list[str] = []
        for question in asked.questions:
            place = first + len(forms)
            form = as_form(question, place, told.facts, self.language, self.translate)
            if form is not None:
                forms.append(form)
        is_less = len(forms) < len(asked.questions)
        leaves_out = bool(asked.prediction or asked.challenges) or is_less
        return Asked("\n".join(forms), len(forms), leaves_out)

    def above(self, step: Step) -> str:
        """Return the task of a step, as HTML above its page."""
        return f'<div class="task">{markup.text(step.task.told(self.language))}</div>'

    def below(self, number: int, told: Told, asked: Asked) -> str:
        """Return what stands below the player of a step, as HTML; steps count from 1."""
        parts = []
        if self.app:
            packed = pack(self.plan)
            place = address(self.plan, packed, self.language, number) if packed else told.rung.name
            parts.append(
                f'<p class="ways"><a href="{html.escape(f"{self.app}/{place}")}" target="_blank" '
                'rel="noopener">'
                + self._said(N_("Open this step in the app, with every control"))
                + "</a></p>"
            )
        if asked.leaves_out:
            parts.append(f"<p>{self._said(LEFT_OUT)}</p>")
        if asked.forms:
            parts += [f"<h2>{self._said(N_('Questions'))}</h2>", asked.forms]
        script = (ASSETS / "scorm_step.js").read_text("utf-8")
        parts.append(f'<script type="module">\n{script}</script>')
        return "\n".join(parts)

    def leading(self, n_questions: int) -> dict[str, str]:
        """Return the parts of the page that leads through the steps, as `as_page` takes them.

        Parameters
        ----------
        n_questions : int
            Of all steps.
        """
        lesson = {
            "mark": self.plan.mark,
            "n_steps": len(self.plan.steps),
            "n_questions": n_questions,
            "words": {name: self.translate(said) for name, said in WORDS.items()},
        }
        told = json.dumps(lesson, ensure_ascii=False).replace("</", "<\\/")
        script = (ASSETS / "scorm.js").read_text("utf-8")
        return {
            "about": '<span id="where" role="status"></span>',
            "player": f'<iframe id="step" title="{self._said(N_("Page"))}"></iframe>',
            "below": f'<footer><button id="back">{self._said(N_("Previous step"))}</button>\n'
            '<button id="next"></button>\n<span id="answered" role="status"></span></footer>',
            "scripts": f'<script type="application/json" id="lesson">{told}</script>\n'
            f"<script>\n{script}</script>",
        }

    def zipped(self, files: Mapping[str, str]) -> bytes:
        """Return the package: the files, and the manifest that lists them.

        Parameters
        ----------
        files : mapping of str to str
            Text by name; one of them is `START`.
        """
        listed = manifest(f"lesson_{self.plan.mark:04x}", self.title, files)
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as package:
            for name, text in {MANIFEST: listed, **files}.items():
                entry = zipfile.ZipInfo(
                    name, (2026, 1, 1, 0, 0, 0)
                )  # the same lesson, the same zip
                entry.external_attr, entry.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
                package.writestr(entry, text.encode())
        return written.getvalue()

    def _said(self, text: str) -> str:
        return html.escape(self.translate(text))


def manifest(identifier: str, title: str, files: Iterable[str]) -> str:
    """Return the manifest: one organisation of one item, which is one object that tracks itself.

    Parameters
    ----------
    identifier, title : str
        Of the package.
    files : iterable of str
        The names of all other files.
    """
    ET.register_namespace("", IMS)
    ET.register_namespace("adlcp", ADL)
    root = ET.Element(f"{{{IMS}}}manifest", identifier=identifier, version="1.1")
    about = _in(root, "metadata")
    _in(about, "schema").text = "ADL SCORM"
    _in(about, "schemaversion").text = "1.2"
    organisations = _in(root, "organizations", default="lesson")
    organisation = _in(organisations, "organization", identifier="lesson")
    _in(organisation, "title").text = title
    item = _in(organisation, "item", identifier="item", identifierref="object")
    _in(item, "title").text = title
    kind = {f"{{{ADL}}}scormtype": "sco"}
    resource = _in(
        _in(root, "resources"),
        "resource",
        identifier="object",
        type="webcontent",
        href=START,
        **kind,
    )
    for name in files:
        _in(resource, "file", href=name)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, "unicode")}\n'


def _in(parent: ET.Element, name: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{IMS}}}{name}", attributes)
