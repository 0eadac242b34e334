"""The prediction above a player: guess first, then see the run beside the guess, and the gap told.

It is asked once when a page is opened, and once for each thing to try and each way of a challenge.
Nothing waits for it: the player plays, the controls work, and one key skips it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

import streamlit as st

from core.charts.svg import guess_and_truth
from core.learning.claims import Facts
from core.learning.exercises import Exercises, Prediction
from core.number import number
from pages.asking import record
from pages.asking.experiment import asks
from pages.asking.guess_pad import guess_pad
from pages.asking.guesses import Curve, Guess, Kind, Outcomes, Value
from pages.asking.recall import recall
from pages.asking.refuting import shown_run
from pages.shared import page_parts as parts
from pages.shared.charts.orders import put_player
from pages.shared.charts.player import ASKS
from pages.shared.charts.room import PRESENTING
from pages.shared.fragment import fragment
from pages.shared.i18n import _, language
from pages.shared.page import announce, tried_out

FACTS = "facts"
"""Session state: what is true of the run that is shown."""

PREDICTIONS = "predictions"
"""Session state: how far each page's prediction is."""


@dataclass
class Asked:
    """How far the prediction of a page is in this visit.

    Parameters
    ----------
    run : str
        The run that it is about; "" before the first.
    phase : {"open", "told", "folded"}
        It is asked; it was answered, and the gap is told; or it waits to be asked for.
    guess : Guess or None
    tried : set of str
        The names of what was tried out and asked about.
    draws : bool
        The pad to draw on is open.
    waits : bool
        The run has not ended, so that nobody knows what comes.
    recipe : str
        What is guessed about where the run has not begun: another one is another question.
    noted : bool
        The guess is in the record, and a screen reader has been told the gap.
    """

    run: str = ""
    phase: Literal["open", "told", "folded"] = "folded"
    guess: Guess | None = None
    tried: set[str] = field(default_factory=set)
    draws: bool = False
    waits: bool = False
    recipe: str = ""
    noted: bool = False


def prediction(exercises: Exercises, found: Facts, kind: Kind | None = None) -> Any:
    """Ask what the run will do, above the player; return the guess once there is one.

    Parameters
    ----------
    exercises : Exercises
        What the page asks.
    found : mapping of str to int, float or str
        The facts of the run that the player shows.
    kind : Value, Line or Curve, optional
        What one guesses on; none where one chooses what happens, or nothing is asked.

    Returns
    -------
    str, float, list of float, or None
        For the chart's ``tables``.
    """
    state = st.session_state
    state[FACTS] = found
    if not asks():
        return None
    recall(exercises.page)
    is_elsewhere = shown_run(exercises.page, found)
    asked = exercises.prediction
    if asked is None:
        return None
    now: Asked = state.setdefault(PREDICTIONS, {}).setdefault(exercises.page, Asked())
    _follow(now, found, tried_out())
    now.waits = not (
        kind.is_over if isinstance(kind, Curve) else _is_known(found.get(asked.fact, 0))
    )
    is_past = isinstance(kind, Value) and not kind.plays and not now.waits
    if is_past and now.phase == "open":  # it came before anybody had guessed
        now.phase = "folded"
    state[ASKS] = now.phase == "open"
    is_shown = now.phase == "told" or not is_past
    if is_shown and not state.get(PRESENTING) and not is_elsewhere:
        with st.container(key=f"prediction_{now.phase}", gap="small"):
            _row(exercises.page, asked, found, kind or Outcomes(), now)
    return now.guess


def _is_known(truth: float | str) -> bool:
    return truth != "" and truth == truth


def _follow(now: Asked, found: Facts, tried: str | None) -> None:
    """Ask about the first run, and about what is tried out for the first time; else fold away.

    A run that is waited for goes on with what was asked about it, unless the guess was about
    another recipe.
    """
    run, recipe = repr(dict(found)), str(found.get("recipe", ""))
    is_still_right = now.phase != "told" or now.recipe == recipe
    now.recipe = recipe
    if now.run == run or (now.waits and is_still_right):
        now.run = run
        return
    is_first = not now.run
    is_new = tried is not None and tried not in now.tried
    if tried is not None:
        now.tried.add(tried)
    now.run, now.guess, now.draws, now.noted = run, None, False, False
    now.phase = "open" if is_first or is_new else "folded"


def _row(page: str, asked: Prediction, found: Facts, kind: Kind, now: Asked) -> None:
    if now.phase == "folded":
        st.button(
            _("Predict this run"),
            key="predict",
            icon=":material/psychology_alt:",
            type="tertiary",
            on_click=_open,
            args=(now,),
        )
    elif now.phase == "told":
        _tell(page, asked, found, kind, now)
    else:
        st.markdown(f":material/psychology_alt: {asked.text.told(language(), found)}")
        if now.draws and not isinstance(kind, Outcomes | Value):
            guess_pad(kind, partial(_run, now), waits=now.waits)
        with st.container(horizontal=True, vertical_alignment="bottom", key="guess"):
            _controls(page, asked, found, kind, now)
        st.caption(_("You have seen this run. Each thing to try below is asked about anew."))


def _tell(page: str, asked: Prediction, found: Facts, kind: Kind, now: Asked) -> None:
    """Say how far the guess was off, once that is known."""
    words = kind.words(asked, now.guess, found)
    if now.waits:
        told = _("You guess: {guess}.").format(**words)
        then = asked.meanwhile.told(language(), found) if asked.meanwhile else _("You will see.")
        st.markdown(f"{told} {then}")
        return
    gap = kind.gap(asked, now.guess, found)
    text = asked.near if gap.is_near else asked.far
    if asked.away is not None and found.get("ending") == "diverged":
        text = asked.away
    told = text.told(language(), {**found, **words, "gap": number(gap.size)})
    st.markdown(f":material/{'check_circle' if gap.is_near else 'straighten'}: {told}")
    if isinstance(kind, Value) and not kind.plays:  # no player has it in its picture
        _draw_gap(kind, now.guess, found[asked.fact], words)
    if not now.noted:
        now.noted = True
        record.note(f"{page}/{asked.id}", right=gap.is_near, answer=words["guess"])
        with st.container(key="record_of_prediction"):
            record.keep("record_prediction")
        announce(told, key="gap")


def _draw_gap(kind: Value, guess: Any, truth: Any, words: Mapping[str, str]) -> None:
    """Draw guess and truth on one axis."""
    guessed = _("your guess: {guess}").format(**words)
    came = _("it was: {truth}").format(**words)
    drawn = guess_and_truth(kind.low, kind.high, (guess, guessed), (truth, came))
    st.markdown(f'<div class="gap">{drawn}</div>', unsafe_allow_html=True)


def _controls(page: str, asked: Prediction, found: Facts, kind: Kind, now: Asked) -> None:
    if isinstance(kind, Outcomes):
        for one in asked.choices:
            st.button(
                one.text.told(language(), found),
                key=f"guess_{one.name}",
                on_click=_run,
                args=(now, one.name),
            )
    elif isinstance(kind, Value):
        with st.container(key="guess_value"):
            _slider(kind, f"guess_{page}")
        st.button(
            _("That is my guess") if now.waits else _("Run it"),
            key="guess_run",
            type="primary",
            icon=":material/check:" if now.waits else ":material/play_arrow:",
            on_click=_run_slider,
            args=(now, f"guess_{page}"),
        )
    elif not now.draws:
        st.button(
            _("Draw your guess"),
            key="guess_draw",
            type="primary",
            icon=":material/draw:",
            on_click=_draw,
            args=(now,),
        )
    st.button(
        _("Skip"), key="guess_skip", type="tertiary", shortcut="Esc", on_click=_skip, args=(now,)
    )


@fragment
def _slider(kind: Value, key: str) -> None:
    """The slider of a guess; by itself, so that moving it runs nothing of the page."""
    st.slider(
        kind.label,
        kind.low,
        kind.high,
        kind.start,
        kind.step,
        key=key,
        help=_("Your guess. It changes nothing before you run it."),
    )


def _run_slider(now: Asked, key: str) -> None:
    _run(now, st.session_state[key])


def _run(now: Asked, guess: Guess) -> None:
    now.phase, now.guess, now.draws = "told", guess, False
    if not now.waits:  # else it is followed as it comes
        put_player("play")
    parts.run()


def _skip(now: Asked) -> None:
    now.phase, now.draws = "folded", False
    parts.run()


def _open(now: Asked) -> None:
    now.phase = "open"
    put_player("start")
    parts.run()


def _draw(now: Asked) -> None:
    now.draws = True
