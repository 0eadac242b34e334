"""A page of the static site: what a page of the app says when it is opened, as HTML.

An answer is a fold: who opens it reads whether it is right, and why. That needs no script.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.export import markup
from core.ladder import LADDER, Rung
from core.learning.claims import Facts
from core.learning.exercises import Exercises, Question
from core.messages import N_, Translate

STYLE = (Path(__file__).resolve().parents[2] / "assets" / "site.css").read_text("utf-8")


ABOUT = N_(
    "How a neural network learns, from one weight to handwritten digits: what each page of Neuron "
    "Ladder asks and shows, to read and to play without a server."
)


@dataclass(frozen=True)
class Told:
    """What a page says when it is opened.

    Parameters
    ----------
    rung : Rung
    title, question : str
        The heading, and the sentence below it.
    formulas : sequence of str
        In LaTeX.
    explained, remember : str
        What the formulas mean, and the sentence at the page's end; "" for none.
    exercises : Exercises or None
        What the page asks.
    facts : mapping
        The numbers of the run that it shows.
    """

    rung: Rung
    title: str
    question: str
    formulas: Sequence[str]
    explained: str
    remember: str
    exercises: Exercises | None
    facts: Facts


@dataclass(frozen=True)
class Site:
    """What all pages of the site in one language share.

    Parameters
    ----------
    language : str
        As the link names it.
    translate : callable
        Into that language.
    app : str
        The address of the running app.
    rungs : sequence of Rung
        The pages that the site has.
    languages : mapping of str to str
        All languages, by the folders that they have, as their readers call them.
    """

    language: str
    translate: Translate
    app: str
    rungs: Sequence[Rung]
    languages: dict[str, str]

    def above(self, name: str) -> str:
        """Return the way to the overview and to the same page in the other languages."""
        others = "".join(
            f'<li><a href="../{folder}/{name}.html" lang="{folder}">{html.escape(called)}</a></li>'
            for folder, called in self.languages.items()
            if folder != self.language
        )
        return f'<nav><a href="index.html">Neuron Ladder</a><ul>{others}</ul></nav>'

    def below(self, told: Told) -> str:
        """Return formulas, questions, what is to be remembered, and the ways to go on."""
        say = self.translate
        to_app = f"{self.app}/{told.rung.name}?lang={self.language}"
        label = say(N_("Open this page in the app, with every control"))
        way = f'<a href="{html.escape(to_app)}">{html.escape(label)}</a>'
        parts = [f'<p class="ways">{way}</p>']
        if told.formulas:
            parts += [f"<h2>{say(N_('The formula'))}</h2>", *map(markup.formula, told.formulas)]
            parts.append(markup.text(told.explained))
        asked = told.exercises.questions if told.exercises else ()
        if questions := [self._question(one, told.facts) for one in asked if _can_be_asked(one)]:
            parts += [f"<h2>{say(N_('Questions'))}</h2>", *questions]
        parts += [markup.text(told.remember), f'<p class="ways">{self._next(told.rung)}{way}</p>']
        return "\n".join(parts)

    def overview(self) -> str:
        """Return the list of the rungs by their sections."""
        parts = []
        for section, rungs in LADDER.items():
            if here := [rung for rung in rungs if rung in self.rungs]:
                parts.append(f'<h2>{html.escape(self.translate(section))}</h2>\n<ol class="rungs">')
                parts += [
                    f'<li><a href="{rung.name}.html">{html.escape(self.translate(rung.title))}</a>'
                    f"<br>{html.escape(self.translate(rung.about))}</li>"
                    for rung in here
                ]
                parts.append("</ol>")
        return "\n".join(parts)

    def _next(self, rung: Rung) -> str:
        place = self.rungs.index(rung)
        if place + 1 == len(self.rungs):
            return ""
        above = self.rungs[place + 1]
        label = self.translate(N_("Next: {rung}")).format(rung=self.translate(above.title))
        return f'<a href="{above.name}.html">{html.escape(label)}</a>'

    def _question(self, question: Question, facts: Facts) -> str:
        asked = markup.line(question.text.told(self.language, facts))
        right, wrong = self.translate(N_("Right.")), self.translate(N_("Not quite."))
        if question.choices:
            answers = [
                (
                    one.text.told(self.language, facts),
                    f"**{right if one.right else wrong}** {one.why.told(self.language, facts)}",
                )
                for one in question.choices
            ]
        else:
            assert question.why is not None
            why = question.why.told(self.language, facts)
            answer = type(question.text)({"en": f"{{{question.fact}}}"}).told("en", facts)
            answers = [(self.translate(N_("The answer")), f"**{answer}.** {why}")]
        folds = "\n".join(
            f"<details><summary>{markup.line(said)}</summary>"
            f'<div class="answer">{markup.text(why)}</div></details>'
            for said, why in answers
        )
        return f'<div class="question"><p>{asked}</p>\n{folds}\n</div>'


def _can_be_asked(question: Question) -> bool:
    """Whether it needs no picture of a run."""
    return not any(choice.picture for choice in question.choices)
