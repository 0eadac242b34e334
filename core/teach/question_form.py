"""A question as a form that a page asks by itself, without a server.

What is said of each answer stands in it, hidden: `assets/scorm_step.js` shows the one that fits.
"""

import html
from collections.abc import Iterator
from typing import NamedTuple

from core.export import markup
from core.learning.claims import Facts
from core.learning.exercises import Question
from core.learning.judge import tolerance
from core.messages import N_, Translate


class Said(NamedTuple):
    """What is said of an answer: the number that it is, how far it may be off, and the text.

    The number of a choice is its place; None stands for every other answer.
    """

    number: float | None
    within: float
    is_right: bool
    why: str


def as_form(
    question: Question, place: int, facts: Facts, language: str, translate: Translate
) -> str | None:
    """Return a question as HTML; None if it cannot be asked without the app.

    Parameters
    ----------
    question : Question
    place : int
        Among all that the lesson asks, from 0.
    facts : mapping
        Of the run that the page shows.
    language : str
    translate : callable
        Into that language.
    """
    if any(choice.picture for choice in question.choices):
        return None
    try:
        text = markup.line(question.text.told(language, facts))
        choices = [markup.line(one.text.told(language, facts)) for one in question.choices]
        answers = list(_answers(question, facts, language))
    except KeyError:  # a number of a run that this page did not make
        return None
    kind = "choice" if choices else "numeric"
    name = html.escape(translate(N_("Your number")))
    fields = [
        f'<label><input type="radio" name="answer" value="{i}"> <span>{said}</span></label>'
        for i, said in enumerate(choices)
    ] or [f'<label class="number">{name} <input name="answer" autocomplete="off"></label>']
    right, wrong = translate(N_("Right.")), translate(N_("Not quite."))
    told = [
        f'<div class="answer" data-within="{one.within!r}"'
        + (f' data-number="{one.number!r}"' if one.number is not None else "")
        + (" data-right" if one.is_right else "")
        + f" hidden>{markup.text(f'**{right if one.is_right else wrong}** {one.why}')}</div>"
        for one in answers
    ]
    first = N_("Choose an answer first.") if choices else N_("Type a number, such as 0.5 or −3.")
    return (
        f'<form class="question" data-place="{place}" data-id="{html.escape(question.id)}" '
        f'data-kind="{kind}" novalidate><fieldset><legend>{text}</legend>\n'
        + "\n".join(fields)
        + f"\n<button>{html.escape(translate(N_('Check')))}</button></fieldset>\n"
        + f'<div role="status"><p class="missing" hidden>{html.escape(translate(first))}</p>\n'
        + "\n".join(told)
        + "</div></form>"
    )


def _answers(question: Question, facts: Facts, language: str) -> Iterator[Said]:
    """Yield what is said of each answer; the first that fits counts."""
    for i, choice in enumerate(question.choices):
        yield Said(float(i), 0.0, choice.right, choice.why.told(language, facts))
    if question.choices:
        return
    assert question.why is not None
    assert question.otherwise is not None
    for fact, right, why in (
        (question.fact, True, question.why),
        *((slip.fact, False, slip.why) for slip in question.slips),
    ):
        number = float(facts[fact])
        yield Said(number, tolerance(number, question.within), right, why.told(language, facts))
    yield Said(None, 0.0, False, question.otherwise.told(language, facts))
