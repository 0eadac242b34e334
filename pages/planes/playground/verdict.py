"""What came of the run, in sentences, on Planes → Playground."""

import streamlit as st

from core.number import number, whole
from core.percent import percent
from core.planes.playground import Run
from core.planes.playground.verdict import Finding, findings
from pages.shared.i18n import _


def tell_outcome(run: Run) -> None:
    """Say how the run ended, and why."""
    st.header(_("What came of it"))
    for finding in findings(run):
        colour, badge, told = _sentence(finding)
        st.markdown(f":{colour}-badge[**{badge}**] {told}")


def _sentence(finding: Finding) -> tuple[str, str, str]:
    """The colour of a finding's badge, its words, and the sentence after it."""
    kind, of = finding
    if kind == "diverged":
        told = _(
            "The loss ran away at update {n}: a step went so far beyond the valley that the next "
            "slope was even steeper. A smaller learning rate helps; the map may still show how far "
            "it had got."
        )
        return "red", _("diverged"), told.format(n=whole(of["update"]))
    if kind == "stopped":
        told = _(
            "The test loss had not been below its lowest for {patience} epochs, so the run ended "
            "after epoch {epoch}."
        )
        numbers = {"patience": whole(of["patience"]), "epoch": whole(of["epoch"])}
        return "blue", _("stopped early"), told.format(**numbers)
    if kind == "by heart":
        told = _(
            "The test loss was lowest after epoch {epoch}, {lowest}, and is {last} now, while that "
            "of the training samples is {loss}: the network learns their noise by heart. Fewer "
            "neurons, more samples, L2 or early stopping help."
        )
        numbers = {name: number(of[name]) for name in ("lowest", "last", "loss")}
        return (
            "orange",
            _("learned by heart"),
            told.format(epoch=whole(of["epoch"]), **numbers),
        )
    if kind == "alike":
        told = _(
            "In each hidden layer all neurons are the same: they began alike, so each got the "
            "same slope, and nothing will ever tell them apart. The layer is worth one neuron. "
            "That is why weights are drawn at random."
        )
        return "orange", _("all alike"), told
    if kind == "dead":
        told = _(
            "{dead} of {n} ReLU neurons give 0 for every training sample. Their slope is 0 too, "
            "so their weights do not move any more."
        )
        return "orange", _("dead neurons"), told.format(dead=of["dead"], n=of["n"])
    if kind == "gone":
        told = _(
            "{gone} of {n} weights are exactly 0: what they would win is less than L1 takes for "
            "them. What is left is a smaller network."
        )
        return "blue", _("weights gone"), told.format(gone=of["gone"], n=of["n"])
    if kind == "number":
        told = _("On average the answer is off by the root of the loss, about {off}.")
        return "blue", _("a number"), told.format(off=number(float(of["loss"] ** 0.5)))
    return _of_accuracy(finding)


def _of_accuracy(finding: Finding) -> tuple[str, str, str]:
    """How many of the samples are answered rightly."""
    share, test = finding.numbers["share"], finding.numbers["test"]
    if test is None:
        told = _("{percent} % of the training samples are right.").format(percent=percent(share))
    else:
        told = _(
            "{percent} % of the training samples are right, and {test} % of the test samples, "
            "which it has never seen."
        ).format(percent=percent(share), test=percent(test))
    colour, badge = {
        "learned": ("green", _("learned")),
        "partly": ("orange", _("partly learned")),
        "hardly": ("red", _("hardly learned")),
    }[finding.kind]
    return colour, badge, told
