"""The run that Digits → Train shows: how far it is, its curves, what they say, its weights."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from core.charts.digits import train as charts
from core.charts.layout import Layout
from core.digits.train.verdict import verdict
from core.percent import percent
from core.store.records import ACTIVE, RESUMABLE, EpochRow, Run
from pages.digits.train.first_layer import show_first_layer
from pages.digits.train.progress import show_progress
from pages.digits.train.result import sketch_with
from pages.digits.train.snapshot import RunSnapshot, take_snapshot
from pages.runs.run_words import STATES, plain
from pages.runs.shown_live import order, show_live, show_refusal
from pages.shared.charts.chart import show_chart
from pages.shared.i18n import _, translator
from pages.shared.jobs import jobs
from pages.shared.networks.own_networks import RUN
from pages.shared.owner import owner

REFRESH = 0.4
"""Seconds between two looks at a run that waits or learns."""

REFUSED = "tr_refused"
"""Session state: why the last order could not be given."""

WORRYING = ("diverged", "too fast", "guessing", "by heart")
"""What the curves say that one should do something about."""


def show_run(run_id: str, *, logarithmic: bool, layout: Layout) -> RunSnapshot | None:
    """Show a run, live while it waits or learns; return what is known of it."""
    return show_live(
        partial(take_snapshot, run_id),
        partial(_show, logarithmic=logarithmic, layout=layout),
        key="tr_live_run",
        every=REFRESH,
        missing=_("There is no run with this link: it may have been deleted."),
    )


def _show(snapshot: RunSnapshot, *, logarithmic: bool, layout: Layout) -> None:
    """Show what is known now."""
    with st.container():  # what comes and goes in it must not move the pictures elsewhere
        if snapshot.trouble is not None:
            st.warning(
                snapshot.trouble.translated(_)
                + " "
                + _("Below is what was seen last; this page tries again by itself.")
            )
        _heading(snapshot)
        show_progress(snapshot)
        if (
            snapshot.live is not None
            and snapshot.live.trouble is not None
            and snapshot.run.status == "running"
        ):
            message, values = snapshot.live.trouble
            st.warning(
                _(message).format(**values)
                + " "
                + _("The run waits for it, and nothing that it has learned is lost.")
            )
    with st.container():
        if snapshot.epochs or snapshot.points:
            _curves(snapshot, logarithmic=logarithmic, layout=layout)
    show_first_layer(snapshot, stacked=layout.stacked)


def _heading(snapshot: RunSnapshot) -> None:
    """Show the run's name and status, and what one can do with it now."""
    run, state = snapshot.run, STATES[snapshot.run.status]
    with st.container(horizontal=True, vertical_alignment="center", key="tr_heading"):
        st.header(plain(run.name), anchor=False, width="content")
        st.badge(_(state.name), icon=state.icon, color=state.colour)
        if run.owner == owner():
            _orders(run)
        if snapshot.epochs:
            text = _("Sketch with epoch {n}").format(n=snapshot.epochs[-1].epoch)
            sketch_with(RUN + run.id, text, key="tr_use")
    show_refusal(REFUSED)


def _orders(run: Run) -> None:
    """Show the orders that the run can obey now."""
    if run.status == "running":
        st.button(
            _("Pause"),
            key="tr_pause",
            icon=":material/pause:",
            on_click=_give,
            args=("pause", run.id),
            help=_("In the middle of the epoch. Resume goes on as if nothing had happened."),
        )
    if run.status in ACTIVE:
        st.button(
            _("Stop"),
            key="tr_stop",
            icon=":material/stop:",
            on_click=_give,
            args=("stop", run.id),
            help=_("After its last full epoch; the epoch under way is dropped."),
        )
    if run.status in RESUMABLE:
        st.button(
            _("Resume"),
            key="tr_resume",
            type="primary",
            icon=":material/play_arrow:",
            on_click=_give,
            args=("resume", run.id),
            help=_("Goes on from where it was, and comes to the same losses as without the break."),
        )


def _give(name: str, run_id: str) -> None:
    """Give an order to a run; a callback."""
    with order(REFUSED):
        {"pause": jobs().pause, "stop": jobs().stop, "resume": jobs().resume}[name](run_id)


def _curves(snapshot: RunSnapshot, *, logarithmic: bool, layout: Layout) -> None:
    """Show loss and accuracy of training and test images, and what they say."""
    tables = charts.tables(
        snapshot.epochs,
        snapshot.points,
        n_epochs=snapshot.run.n_epochs,
        best=snapshot.best.epoch
        if snapshot.best is not None and len(snapshot.epochs) > 2
        else None,
        logarithmic=logarithmic,
        translate=translator(),
    )
    with st.container(key="player_train"):
        show_chart(
            charts.specification,
            tables,
            width="content",
            key="chart_train",
            alt=_(
                "Loss and accuracy of the training images and of the test images over the epochs, "
                "and the best epoch"
            ),
            heard=_after_last(snapshot.epochs),
            logarithmic=logarithmic,
            layout=layout,
        )
    caption = _(
        "Lines: up to 10,000 images of each, after every epoch. Dots: up to 1,000 of each, in the "
        "middle of the epoch under way."
    )
    if charts.is_cut(tables):
        caption += " " + _(
            "Some early epochs lie outside the axes, so that the later ones can be told apart."
        )
    st.caption(caption)
    loss = snapshot.run.recipe.get("loss", "cross_entropy")  # a MadeRecipe has no other
    said = verdict(snapshot.epochs, loss, diverged=snapshot.run.status == "diverged")
    box = st.warning if said.kind in WORRYING else st.info
    box(said.translated(_), icon=":material/insights:")


def _after_last(epochs: Sequence[EpochRow]) -> str:
    """Say what the last full epoch has reached, for those who cannot see the curves."""
    if not epochs or epochs[-1].test_accuracy is None:
        return ""
    last = epochs[-1]
    return _(
        "After epoch {epoch}: {train} % of the training images right, {test} % of the test images."
    ).format(epoch=last.epoch, train=percent(last.train_accuracy), test=percent(last.test_accuracy))
