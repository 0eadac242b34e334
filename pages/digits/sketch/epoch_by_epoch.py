"""Draw while it trains: the same drawing, judged by every epoch of a run in the background."""

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.background import BackgroundRun
from core.charts.digits.bars import certainty
from core.charts.digits.sketch import epoch_by_epoch as charts
from core.digits.mnist import Digits
from core.digits.recipe import Recipe
from core.digits.recognise import Recognition
from core.digits.sketch import epoch_by_epoch
from core.messages import InputError
from core.number import whole
from core.percent import percent
from pages.shared.charts.chart import show_chart
from pages.shared.fragment import fragment, is_inside
from pages.shared.i18n import _
from pages.shared.networks.own_networks import mnist_part
from pages.shared.page import stop_with

if TYPE_CHECKING:
    from core.digits.train.progress import Epoch

RUN = "judged_run"
"""Session state: the one run, at work or at its end."""

SEED = "judged_seed"
"""Session state: the seed of that run; each has the next one."""

DIGIT = "judged_digit"
"""Session state: which digit the reader says it is."""

REFRESH = 0.7
"""Seconds between two looks at a run that is at work."""

N_TEST = 1_000
"""Test images that measure each epoch."""


def is_judging() -> bool:
    """Tell whether a run is at work that judges the drawing."""
    run: BackgroundRun[Epoch] | None = st.session_state.get(RUN)
    return run is not None and run.is_active


def judge_while_training(reading: Recognition) -> None:
    """Show the drawing as a network in training sees it, or offer to train one.

    Parameters
    ----------
    reading : Recognition
        Of the drawing; where nothing is drawn, a test image of MNIST stands in.
    """
    st.markdown(
        _(
            "When does a network begin to read **your** digit? A new one ({sizes}) learns from "
            "{n} images, and after each epoch it judges the drawing above. Draw on meanwhile."
        ).format(
            sizes="-".join(str(size) for size in epoch_by_epoch.RECIPE.layer_sizes),
            n=whole(epoch_by_epoch.N_IMAGES),
        )
    )
    run: BackgroundRun[Epoch] | None = st.session_state.get(RUN)
    if run is None:
        st.button(
            _("Train a network"),
            key="judged_train",
            type="primary",
            icon=":material/play_arrow:",
            on_click=_begin,
        )
        st.caption(_("It takes some seconds, with PyTorch. You can stop it and go on."))
        return
    pixels, digit = reading.pixels, _which_digit(reading)
    if not reading.has_ink:
        pixels, digit = _test_image(_mnist("test"))
    active = run.is_active
    if active and is_inside():  # it has just begun, and will look at itself again and again
        st.rerun()
    fragment(_watch, run_every=REFRESH if active else None)(run, pixels, digit, active)


def _which_digit(reading: Recognition) -> int | None:
    """Show the choice of the right digit; None while the reader has not said."""
    if not reading.has_ink:
        st.session_state.pop(DIGIT, None)
        return None
    digit: int | None = st.segmented_control(
        _("Which digit is it?"),
        range(10),
        key=DIGIT,
        help=_("Until you say it, the answer after the last epoch counts as right."),
    )
    return digit


def _test_image(test: Digits) -> tuple[NDArray[np.float32], int]:
    """MNIST's first test image and its label; say that it stands in for a drawing."""
    label = int(test.labels[0])
    st.caption(
        _("Nothing is drawn yet: here is MNIST's first test image, a {label}.").format(label=label)
    )
    return np.asarray(test.images[0] / np.float32(255), np.float32), label


def _watch(
    run: "BackgroundRun[Epoch]", pixels: NDArray[np.float32], digit: int | None, watching: bool
) -> None:
    """Show what each epoch says; while `watching`, Streamlit calls this again and again."""
    active, records = run.is_active, run.records
    if active != watching:  # it has ended, or been resumed: watch no longer, or again
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        _buttons(run, active)
        st.progress(len(records) / epoch_by_epoch.RECIPE.n_epochs, text=_progress(run, records))
    if run.error is not None:
        st.error(_why(run.error))
    if not records:
        return
    probabilities = epoch_by_epoch.judge(pixels, [record.weights for record in records])
    right = int(probabilities[-1].argmax()) if digit is None else digit
    st.markdown(_verdict(probabilities, right, digit is not None))
    show_chart(
        charts.specification,
        {"cells": charts.table(probabilities, right)},
        key="judged",
        alt=_("The probability of each digit after each epoch"),
        heard=_("After epoch {n} the likeliest digit is {digit}.").format(
            n=len(records), digit=int(probabilities[-1].argmax())
        ),
        n_epochs=epoch_by_epoch.RECIPE.n_epochs,
    )


def _verdict(probabilities: NDArray[np.float64], right: int, said: bool) -> str:
    """Say when the network first got it right, and since when it has been."""
    first = epoch_by_epoch.first_right(probabilities, right)
    since = epoch_by_epoch.right_since(probabilities, right)
    if first is None:
        return _("No epoch so far reads it as **{digit}**.").format(digit=right)
    sentence = (
        _("First right after epoch **{first}**: a {digit}.")
        if said
        else _("First read as **{digit}**, its present answer, after epoch **{first}**.")
    )
    parts = [sentence.format(first=first, digit=right)]
    if since is None:
        parts.append(_("By now it reads something else again."))
    elif since > first:
        parts.append(_("It then forgot it again; it has kept it since epoch {n}.").format(n=since))
    sure = certainty(probabilities[-1, right]).replace(" ", "\u00a0")
    parts.append(_("Now: {p} % for {digit}.").format(p=sure, digit=right))
    return " ".join(parts)


def _buttons(run: "BackgroundRun[Epoch]", active: bool) -> None:
    if active:
        st.button(_("Stop"), key="judged_stop", icon=":material/stop:", on_click=_stop, args=(run,))
        return
    if run.state == "stopped":
        st.button(
            _("Resume"),
            key="judged_resume",
            type="primary",
            icon=":material/play_arrow:",
            on_click=run.resume,
        )
    st.button(
        _("Train again"),
        key="judged_again",
        icon=":material/restart_alt:",
        on_click=_begin,
        help=_("From another random start. Does it get your digit right sooner?"),
    )


def _progress(run: "BackgroundRun[Epoch]", records: Any) -> str:
    if run.state == "waiting":
        return _("Waiting: other runs are using this computer's cores.")
    done = _("Epoch {epoch} of {n}").format(epoch=len(records), n=epoch_by_epoch.RECIPE.n_epochs)
    if records:
        accuracy = _("{p} % of test images right").format(p=percent(records[-1].test_accuracy))
        done = f"{done} · {accuracy}"
    return done + " · " + _("stopped") if run.state == "stopped" else done


def _why(error: Exception) -> str:
    """Say in one sentence why the run ended early."""
    if isinstance(error, InputError):
        return error.translated(_)
    if isinstance(error, ImportError):
        return _("This needs PyTorch, which is not installed here.")
    return _("The run ended early: {error}").format(error=error)


def _begin() -> None:
    old: BackgroundRun[Epoch] | None = st.session_state.get(RUN)
    if old is not None:
        old.stop()
    seed = st.session_state.get(SEED, -1) + 1
    st.session_state[SEED] = seed
    recipe = dataclasses.replace(epoch_by_epoch.RECIPE, seed=seed)
    st.session_state[RUN] = BackgroundRun(_epochs(recipe, _mnist("train"), _mnist("test")))


def _stop(run: "BackgroundRun[Epoch]") -> None:
    run.stop()
    run.wait(5)


def _mnist(part: str) -> Digits:
    try:
        return mnist_part(part)
    except InputError as error:
        stop_with(error)


def _epochs(recipe: Recipe, train_digits: Digits, test_digits: Digits) -> "Iterator[Epoch]":
    """Train on one thread; torch is imported here, in the background, and only here."""
    from core.digits.train import train
    from core.one_thread import one_thread

    test = Digits(test_digits.images[:N_TEST], test_digits.labels[:N_TEST])
    epochs = train(recipe, epoch_by_epoch.some_digits(train_digits), test)
    for _epoch in range(recipe.n_epochs):
        with one_thread():  # such small products only wait for a second one
            record = next(epochs)
        yield record
