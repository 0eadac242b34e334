"""A kernel that slides under the pointer; `assets/kernel_pad.js` draws it."""

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from core.digits.convolution.kernels import LARGEST, Channel
from core.digits.convolution.sliding import Picture, convolve, pool, relu
from pages.digits.convolution.controls import Settings, take_channel, take_kernel
from pages.shared.i18n import _

ASSETS = Path(__file__).resolve().parents[3] / "assets"

_pad = st.components.v2.component(
    "kernel_pad",
    html='<div class="pad"></div>\n<!-- drawn by kernel_pad.js -->',
    css=(ASSETS / "kernel_pad.css").read_text("utf-8"),
    js=(ASSETS / "kernel_pad.js").read_text("utf-8"),
)

KEY = "kernel_pad"


def show_pad(picture: Picture, channels: Sequence[Channel], chosen: int, settings: Settings) -> int:
    """Show the pad; return how many pixels the side of what comes out at the end has.

    Parameters
    ----------
    picture : ndarray
        (28, 28), where it stands now.
    channels : sequence of Channel
        Small pictures to choose from.
    chosen : int
        The one that slides.
    settings : Settings
    """
    maps = [_map(picture, channel, settings) for channel in channels]
    shown, ends = maps[chosen], [_pooled(one, settings) for one in maps]
    is_pooled = settings.pool != "none"
    side = len(ends[chosen])
    _pad(
        key=KEY,
        data={
            "picture": _floats(picture),
            "side": len(picture),
            "map": _floats(shown),
            "map_side": len(shown),
            "pooled": _floats(ends[chosen]) if is_pooled else "",
            "pooled_side": side,
            "kernel": channels[chosen].kernel.ravel().tolist(),
            "bias": channels[chosen].bias,
            "padding": settings.padding,
            "stride": settings.stride,
            "relu": settings.relu,
            "largest": LARGEST,
            "start": _strongest(shown),
            "chosen": chosen,
            "channels": [
                {"name": channel.name, "thumb": _small(end), "side": len(end)}
                for channel, end in zip(channels, ends, strict=True)
            ],
            "texts": _texts(settings, len(shown), side),
        },
        on_channel_change=lambda: take_channel(st.session_state[KEY].get("channel")),
        on_kernel_change=lambda: take_kernel(st.session_state[KEY].get("kernel")),
    )
    return side


def _map(picture: Picture, channel: Channel, settings: Settings) -> Picture:
    z = convolve(
        picture, channel.kernel, channel.bias, padding=settings.padding, stride=settings.stride
    )
    return relu(z) if settings.relu else z


def _pooled(a: Picture, settings: Settings) -> Picture:
    return a if settings.pool == "none" else pool(a, settings.pool)


def _strongest(a: Picture) -> list[int]:
    """Return row and column of the place where the kernel finds most."""
    return [int(at) for at in np.unravel_index(a.argmax(), a.shape)]


def _floats(values: Picture) -> str:
    return b64encode(np.ascontiguousarray(values, np.float32).tobytes()).decode()


def _small(values: Picture) -> str:
    """Write a map as whole numbers from −127 to 127: enough for its colours."""
    largest = float(np.abs(values).max()) or 1.0
    return b64encode(np.round(127 * values / largest).astype(np.int8).tobytes()).decode()


def _texts(settings: Settings, map_side: int, side: int) -> dict[str, str]:
    """What the component says, in the reader's language."""
    texts: dict[str, Any] = {
        "channels": _("Each picture is a channel: what its kernel finds. Choose one."),
        "picture": _("The picture, 28×28"),
        "map": _("What the kernel finds, {side}×{side}: blue above 0, red below"),
        "pooled": _("After pooling, {side}×{side}"),
        "pixels": _("pixels"),
        "weights": _("kernel"),
        "products": _("products"),
        "weight": _("Weight in row {row}, column {column} of the kernel"),
        "sum": _("Row {row}, column {column}: the nine products add up to z = {z}."),
        "sum_and_bias": _(
            "Row {row}, column {column}: the nine products add up to {sum}; with the bias {bias}, "
            "z = {z}."
        ),
        "passed": _("ReLU passes it on."),
        "silent": _("ReLU makes 0 of it."),
        "pooled_to": _("The largest of its 2×2 field is {after}.")
        if settings.pool == "max"
        else _("The mean of its 2×2 field is {after}."),
        "bad": _("A weight is a number from −9 to 9."),
        "help": _(
            "Point at a picture, drag a finger over it, or move with the arrow keys (with Shift "
            "five at a time). Type into the kernel, or step with ↑ and ↓: then it is your own."
        ),
    }
    texts["map"] = texts["map"].format(side=map_side)
    texts["pooled"] = texts["pooled"].format(side=side)
    return texts
