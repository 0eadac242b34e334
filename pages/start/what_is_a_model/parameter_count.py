"""The parameter counter: layer sizes in, the formula of each layer and the total out."""

import streamlit as st

from core.charts.layout import Layout
from core.charts.start.what_is_a_model import parameter_count as chart
from core.formula import breakable
from core.link.parameters import usual
from core.messages import InputError
from core.number import whole
from core.start.what_is_a_model import parameter_count as counter
from core.start.what_is_a_model.known_models import KNOWN_MODELS
from pages.shared import link
from pages.shared.charts.player import show_explorer
from pages.shared.control import text_field
from pages.shared.i18n import _, translator


def chosen_sizes() -> tuple[int, ...]:
    """Return the sizes in the counter's field, before it is drawn; none if they are no network."""
    said = link.read("layers") or usual("layers")["layers"]
    try:
        return counter.read_sizes(st.session_state.get("layers", said) or "")
    except InputError:
        return ()


def parameter_counter(layout: Layout) -> None:
    """Show the counter, and its result beside well-known models."""
    st.header(_("Count the parameters"))
    st.markdown(
        _(
            "The “7B” in a model's name stands for 7 billion parameters. Their number is fixed, as "
            "a rule, when the architecture is chosen; training only changes their values. In a "
            "fully connected layer each neuron has a weight for each number that comes in, and "
            "one bias:"
        )
    )
    st.latex(breakable(counter.FORMULAS["layer"]))
    text = text_field(
        _("Layer sizes, from the input to the output"),
        "layers",
        help=_("Up to 20 whole numbers with hyphens between them, each up to 1,000,000."),
    )
    total = None
    try:
        sizes = counter.read_sizes(text or "")
    except InputError as error:
        st.error(error.translated(_))
    else:
        total = counter.count(sizes)
        st.markdown(_table(sizes, total))
    show_explorer(
        chart,
        chart.tables(total, translate=translator()),
        key="parameter_count",
        caption=_("Each grid line is a thousand times the one before."),
        alt=_(
            "The numbers of parameters of well-known models on a logarithmic scale, from One "
            "weight with 1 to DeepSeek-V3 with 671 billion, and of your network"
        ),
        heard="" if total is None else _("Your network has {n} parameters.").format(n=whole(total)),
        layout=layout,
    )
    with st.expander(_("Where these numbers come from"), icon=":material/menu_book:"):
        st.markdown(_sources())
    st.markdown(
        _(
            "The formula is that of fully connected layers. **CNN, RNN and Transformer are other "
            "ways to wire layers**: a CNN slides the same few weights over the whole image, an RNN "
            "uses the same ones at each time step, a Transformer the same ones for each word. They "
            "have other formulas, and are trained in the same four stages."
        )
    )


def _table(sizes: tuple[int, ...], total: int) -> str:
    header = "| " + " | ".join((_("layer"), _("weights + biases"), _("parameters"))) + " |"
    rows = [
        f"| {i} | {whole(n_in)} × {whole(n_out)} + {whole(n_out)} | {whole(layer.n_params)} |"
        for i, layer in enumerate(counter.layers(sizes), start=1)
        for n_in, n_out in [layer]
    ]
    last = "| | **" + _("total") + f"** | **{whole(total)}** |"
    return "\n".join([header, "| --- | ---: | ---: |", *rows, last])


def _sources() -> str:
    header = "| " + " | ".join((_("model"), _("year"), _("parameters"), _("paper"))) + " |"
    rows = (
        f"| {model.name} | {model.year} | {_(model.size)} | [{model.source}]({model.url}) |"
        for model in KNOWN_MODELS
    )
    note = _(
        "ResNet-50's are counted in torchvision's code; the others are as the papers round them."
    )
    return "\n".join([header, "| --- | --- | --- | --- |", *rows]) + "\n\n" + note
