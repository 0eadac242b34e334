"""Digits → Convolution: one small kernel slides over the reader's own drawing."""

import streamlit as st

from core.digits.convolution import FORMULAS, convolve, pool, relu
from core.digits.convolution.facts import facts
from core.digits.convolution.shift import moved, read_moved
from core.digits.network.forward import convolutional_layers
from core.digits.network.forward import convolve as many_channels
from core.formula import breakable
from pages import asking
from pages.digits.convolution.controls import choose_bank, choose_settings, is_own
from pages.digits.convolution.counting import show_counts
from pages.digits.convolution.drawn import drawn
from pages.digits.convolution.kernel_pad import show_pad
from pages.digits.convolution.moving import of_the_project, show_moving
from pages.digits.convolution.networks import (
    compared,
    convolutional,
    dense,
    with_small_kernels,
)
from pages.digits.convolution.presets import convolution_presets
from pages.shared import page
from pages.shared.canvas import choose_pen
from pages.shared.fragment import fragment
from pages.shared.frame import neighbours
from pages.shared.i18n import _
from pages.shared.kept_drawing import keep_drawing
from pages.shared.networks.network_choice import choose_recogniser

EXERCISES = asking.exercises_of(__file__)

st.title(_("Convolution"))
st.markdown(
    _("How can nine weights find a stroke wherever it stands, and what does a network gain by it?")
)

recogniser = choose_recogniser()
pen_width = choose_pen()
network = convolutional(recogniser)
sliding = with_small_kernels(network)


@fragment
def slide() -> None:
    """Take a picture, slide a kernel over it, move it; reruns alone after each stroke."""
    above, below = asking.above_and_below()
    with below:
        left, right = st.columns([1, 2], gap="medium")
        with left:
            picture, label = drawn(recogniser, pen_width)
        with right:
            channels, chosen = choose_bank(sliding)
            settings = choose_settings()
            side = show_pad(moved(picture, settings.shift), channels, chosen, settings)
            if sliding is not network:
                st.caption(
                    _(
                        "Your network's kernels are {side}×{side}. What slides here is 3×3: the "
                        "learned kernels are those of the project's convolutional network."
                    ).format(side=network.card.kernel_size)
                )
    readings = {name: read_moved(model, picture) for name, model in compared(recogniser).items()}
    three = of_the_project(readings)
    found = facts(
        picture,
        channels[chosen].kernel,
        settings.shift,
        three,
        three["cnn"].at(0) if label is None else label,
        sliding,
        is_own=is_own(),
        side=side,
        bias=channels[chosen].bias,
    )
    with above:
        asking.prediction(EXERCISES, found)
    convolution_presets()
    other = dense(recogniser)
    is_exact = settings.stride == 1 and settings.pool == "none"
    show_moving(picture, readings, found, other, is_exact=is_exact)
    show_counts(network, other)
    asking.questions(EXERCISES, lambda: found)
    asking.challenges(EXERCISES, lambda: found)
    keep_drawing()  # the picture first


slide()

st.header(_("The formula"))
for name in ("sum", "relu"):
    st.latex(breakable(FORMULAS[name]))
st.markdown(
    _(
        "Under the kernel lie nine pixels x; each is multiplied by its weight w, and the bias b is "
        "added: the numbers of your place stand above. The same nine weights and the one bias give "
        "the whole map, so training adds up their slopes over all places. In the next convolution "
        "a kernel has nine weights for each map of the layer before, and still one bias."
    )
)
st.markdown(
    _(
        "The side of the map: (28 + 2 · padding − 3) / stride + 1, rounded down. Pooling halves "
        "it, rounded down, too."
    )
)

page.code_that_ran(convolve, relu, pool, moved, many_channels, convolutional_layers)

st.info(
    _(
        "**To remember:** a convolution slides the same few weights over all places, so what it "
        "finds moves along with the drawing. That the answer stays the same takes more: pooling, "
        "and training images that were moved, too."
    ),
    icon=":material/lightbulb:",
)
neighbours("pages/digits/convolution/convolution.py")
