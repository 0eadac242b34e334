"""What a class has learned, told from its codes: the groups' means, and what they show."""

from collections.abc import Sequence

import streamlit as st

from core.learning import concepts
from core.learning.analysis import compare, conclusions, groups_of, two_digits
from core.learning.answers import Answers
from core.learning.study import scores, study
from core.number import rounded
from pages.shared.i18n import _, translator


def show_result(rows: Sequence[Answers]) -> None:
    """Show the result of a class in short; the command tells more."""
    found = study(rows)
    st.markdown(
        _("Rows: {n}. Learners who finished both halves: {finished}.").format(
            n=found.n_rows, finished=len(found.learners)
        )
    )
    if not found.learners:
        return
    names = {
        "asks": _("asked"),
        "shows": _("only shown"),
        "no experiment": _("without an experiment"),
    }
    head = ("", _("learners"), _("right before"), _("right after"), _("gain"))
    table = ["| " + " | ".join(head) + " |", "| --- | ---: | ---: | ---: | ---: |"]
    for name, learners in groups_of(found).items():
        before, after = (float(scores(learners, half).mean()) for half in concepts.HALVES)
        cells = (names[name], str(len(learners)), rounded(before, 2), rounded(after, 2))
        table.append("| " + " | ".join((*cells, two_digits(after - before))) + " |")
    st.markdown("\n".join(table))
    compared = compare(found)
    if compared is not None:
        st.markdown(
            _(
                "Asked less shown: {gain} right answers. Hedges' g = {g}, 95 % interval {low} to "
                "{high}, p = {p}."
            ).format(
                gain=two_digits(compared.gain),
                g=two_digits(compared.g.value),
                low=two_digits(compared.g.low),
                high=two_digits(compared.g.high),
                p=rounded(compared.p, 4),
            )
        )
    for sentence in conclusions(found, compared, translator()):
        st.markdown(sentence)
