"""Digits → Inspect: a hidden unit, and what is lost without it and others."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from core.charts.digits.inspect import accuracy, unit_strip
from core.charts.digits.pixels import sheet
from core.digits.inspect.units import Activity, most_active
from core.digits.network.activation import ACTIVATION_FUNCTIONS
from core.digits.network.evaluation import Evaluation
from core.number import signed
from core.percent import EXACT, percent
from pages.digits.inspect.dead_units import layer_names
from pages.digits.inspect.inspected import Inspected, gallery, without
from pages.digits.inspect.mistakes import best_and_worst
from pages.shared.charts.chart import n_changes, picked, show_chart
from pages.shared.choice import choice
from pages.shared.control import number_field
from pages.shared.i18n import _

STRIP = "chart_unit_strip"
"""The key of the chart whose bars choose a unit."""

UNIT = "mute"
"""The key of the chosen unit's control."""


class Silenced(NamedTuple):
    """What the reader has silenced, and what the network reads without it."""

    n: int
    n_in_layer: int
    after: Evaluation


def silence_units(seen: Inspected) -> Silenced:
    """Let the reader choose units, and show what the network reads without them; return it."""
    st.header(_("Silence a unit"))
    if not seen.layers:
        st.markdown(_("There is none to silence: this network has no hidden layer."))
        return Silenced(0, 1, seen.evaluation)
    st.markdown(
        _(
            "A silenced unit still computes, but nobody listens: the weights of what it sends out "
            "are 0. One of many is hardly missed. How many are?"
        )
    )
    layer = int(
        choice(
            _("Layer"),
            layer_names(seen),
            key="mute_layer",
            segmented=True,
            help=_("The hidden layer whose units are silenced."),
        )
        if len(seen.layers) > 1
        else "1"
    )
    found = seen.layers[layer - 1]
    n_units = found.active_share.size
    left, right = st.columns([1, 2.2], gap="medium")
    with left:
        unit = number_field(
            _("Unit"), UNIT, high=n_units - 1, help=_("Counted from 0. Or click a bar below.")
        )
    with right:
        shares = {"0": _("this one")} | {
            str(percent): f"{percent} %" for percent in (10, 25, 50, 100)
        }
        share = choice(
            _("Silence"),
            shares,
            key="mute_share",
            segmented=True,
            help=_("This unit, then those of its layer that are least often saturated."),
        )
    units = most_active(found, unit, max(round(n_units * int(share) / 100), 1))
    show_chart(
        unit_strip.specification,
        unit_strip.tables(found, units, n_changes("unit_shown", unit)),
        key=STRIP,
        alt=_("The layer's units by the share of images on which they are active"),
        heard=_of_all(found, curved=_is_curved(seen)),
        on_select=_choose_clicked,
        curved=_is_curved(seen),
    )
    _show_unit(seen, layer, unit, found)
    after = without(seen, layer, units)
    _compare(seen.evaluation, after, len(units))
    return Silenced(len(units), n_units, after)


def _of_all(found: Activity, *, curved: bool) -> str:
    """Say how active a layer's units are, for those who cannot see their bars."""
    text = (
        _("Half of the units are not saturated on more than {share} % of the images; {n} are dead.")
        if curved
        else _("Half of the units are active on more than {share} % of the images; {n} are dead.")
    )
    share = percent(float(np.median(found.active_share)))
    return text.format(share=share, n=int(found.is_dead.sum()))


def _show_unit(seen: Inspected, layer: int, unit: int, found: Activity) -> None:
    """Show the images that excite a unit, and in the first layer its weights."""
    curved = _is_curved(seen)
    if found.is_dead[unit]:
        text = (
            _("Unit {unit} is dead: it says nearly the same about every image.")
            if curved
            else _("Unit {unit} is dead: no image makes it active.")
        )
        st.markdown(text.format(unit=unit))
        return
    text = (
        _("Unit {unit} is not saturated on {share} % of the images. It puts out most on these:")
        if curved
        else _("Unit {unit} is active on {share} % of the images, most of all on these:")
    )
    st.markdown(text.format(unit=unit, share=percent(found.active_share[unit])))
    rows = found.strongest[unit]
    if layer == 1 and not seen.model.card.is_convolutional:
        weights, images = st.columns([1, 5], gap="small")
        weights.image(
            sheet(seen.model.weights["1.weight"][unit].reshape(1, 28, 28), 1, factor=6),
            width=84,
            caption=_("Its weights"),
            alt=_("The unit's weights, blue above 0 and red below"),
        )
    else:
        images = st.container()
    with images:
        labels = [str(seen.digits.labels[row]) for row in rows]
        gallery(seen.digits, rows, labels, key="unit", scale=2)


def _compare(before: Evaluation, after: Evaluation, n_silenced: int) -> None:
    """Show the accuracy with and without the units, over all digits and for each."""
    lost = int((before.is_right & ~after.is_right).sum())
    gained = int((~before.is_right & after.is_right).sum())
    total, digits = st.columns([1, 1.4], gap="medium", vertical_alignment="center")
    difference = 100 * (after.accuracy - before.accuracy)
    total.metric(
        _("Read right without it") if n_silenced == 1 else _("Read right without them"),
        f"{percent(after.accuracy, EXACT)} %",
        _("{difference} points").format(difference=signed(difference)),
        delta_color="off",
        delta_arrow="off",
    )
    total.markdown(
        _("Units silenced: {n}. Images lost: {lost}. Images gained: {gained}.").format(
            n=n_silenced, lost=lost, gained=gained
        )
    )
    worst = _most_lost(before, after)
    total.markdown(
        _("Most is lost on: {digits}.").format(digits=worst) if worst else _("No digit suffers.")
    )
    with digits:
        show_chart(
            accuracy.specification,
            accuracy.tables(after, before),
            key="chart_silenced",
            compared=True,
            alt=_("For each digit, the share read right with and without the silenced units"),
            heard=best_and_worst(after),
        )


def _most_lost(before: Evaluation, after: Evaluation) -> str:
    """Name up to three digits of which fewer images are read right, and how many fewer."""
    change = after.confusion.diagonal() - before.confusion.diagonal()
    digits = [int(digit) for digit in change.argsort(kind="stable")[:3] if change[digit] < 0]
    return ", ".join(f"**{digit}** (−{-change[digit]})" for digit in digits)


def _is_curved(seen: Inspected) -> bool:
    return not ACTIVATION_FUNCTIONS[seen.model.card.activation].is_straight


def _choose_clicked() -> None:
    for unit in picked(STRIP, unit_strip.PICK, "unit"):
        st.session_state[UNIT] = unit
