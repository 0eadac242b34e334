"""What becomes of the map and of the answers when the drawing moves to the side."""

from collections.abc import Mapping

import streamlit as st

from core.charts.digits import convolution as chart
from core.digits.convolution.facts import CONVOLUTIONAL, DENSE, NEVER_MOVED
from core.digits.convolution.shift import SHIFTS, Reading, ink_lost, moved, switched
from core.digits.convolution.sliding import Picture
from core.digits.network.model import Model
from core.learning.claims import Facts
from core.percent import percent
from pages.shared.charts.chart import show_chart
from pages.shared.i18n import _


def show_moving(
    picture: Picture,
    readings: Mapping[str, Reading],
    found: Facts,
    dense: Model,
    *,
    is_exact: bool,
) -> None:
    """Show each network's probability of the digit over the shift, and say what it means.

    Parameters
    ----------
    picture : ndarray
        (28, 28) before it is moved.
    readings : mapping
        By what the networks are called.
    found : mapping
        The page's facts.
    dense : Model
        The dense network whose first layer is told about.
    is_exact : bool
        Whether the map that is shown has a place for each pixel: stride 1, no pooling.
    """
    st.header(_("Move the drawing"))
    shift, digit = int(found["shift"]), int(found["digit"])
    show_chart(
        chart.specification,
        chart.tables(readings, digit, shift),
        key="moving",
        alt=_("The probability of the digit over the shift of the drawing, a line a network"),
        heard=_("At a shift of {shift}, the probability of a {digit}: {networks}.").format(
            shift=shift, digit=digit, networks=_("; ").join(_here(readings, digit, shift))
        ),
        names=tuple(readings),
    )
    st.caption(
        _(
            "The probability of a {digit} while the drawing moves. A ring: the network reads "
            "another digit there. The dashed line is where it stands now."
        ).format(digit=digit)
    )
    parts = [_about_the_map(shift, found, is_exact)]
    if shift:
        n, n_units = switched(dense, picture, moved(picture, shift))
        parts.append(
            _(
                "In the dense network's first layer {n} of {units} units have switched on or off: "
                "for them it is another picture."
            ).format(n=n, units=n_units)
        )
    st.markdown(" ".join([*parts, _about_the_answers(shift, found)]))
    lost = ink_lost(picture, shift)
    if lost > 0.005:
        st.caption(_("{percent} % of the ink has left the picture.").format(percent=percent(lost)))
    st.markdown(
        _(
            "So a convolution alone does not make the answer the same wherever a digit stands: "
            "pooling forgives a pixel or two, and the dense layers behind it weigh places again. "
            "Trained alike on MNIST as it is, two epochs each, a dense network like Article reads "
            "33 % of test images that stand four pixels to the right, one like Convolutional 57 %. "
            "More comes from the training images. Article has seen each digit in the middle only; "
            "Sketch and Convolutional have seen every picture moved, turned and stretched a "
            "little, and Sketch averages five views besides."
        )
    )


def _here(readings: Mapping[str, Reading], digit: int, shift: int) -> list[str]:
    """Say how likely each network finds the digit where the drawing stands."""
    row = SHIFTS.index(shift)
    return [
        _("{name} {p} %").format(name=name, p=percent(float(reading.probabilities[row, digit])))
        for name, reading in readings.items()
    ]


def _about_the_map(shift: int, found: Facts, is_exact: bool) -> str:
    if shift == 0:
        return _("Move it with the slider above, and watch the map and the dashed line.")
    if not is_exact:
        return _(
            "With a stride of 1 and without pooling the map moves along, number for number. Here "
            "it is coarser, and moves along only roughly."
        )
    if found["map_moved_by"] == shift:
        return _(
            "The channel's **map has moved along**, number for number: the same weights find the "
            "same stroke wherever it stands."
        )
    return _("Near the sides the map has changed: there, ink has come in or gone.")


def _about_the_answers(shift: int, found: Facts) -> str:
    if shift == 0:
        return _(
            "To both sides the answer stays for {article} pixels (Article), {dense} (Sketch) and "
            "{convolutional} (Convolutional)."
        ).format(
            article=max(int(found["article_reach"]), 0),
            dense=max(int(found["dense_reach"]), 0),
            convolutional=max(int(found["convolutional_reach"]), 0),
        )
    return _("Of the three networks of the project, {n} still read a {digit}.").format(
        n=found["n_reading"], digit=found["digit"]
    )


def of_the_project(readings: Mapping[str, Reading]) -> dict[str, Reading]:
    """Return the readings of the three networks that the facts are about, by their names there."""
    return dict(zip((NEVER_MOVED, DENSE, CONVOLUTIONAL), readings.values(), strict=False))
