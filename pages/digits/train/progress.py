"""How far a run of Digits → Train is, how fast it goes on, or why it does not."""

import streamlit as st

from core.digits.recipe import from_dict
from core.jobs.live import Live
from core.messages import InputError
from core.number import whole
from core.percent import percent
from core.store.records import ACTIVE, Run
from pages.digits.train.launch import expected_seconds
from pages.digits.train.snapshot import RunSnapshot
from pages.runs.run_words import duration, sentence, slow
from pages.shared.i18n import _
from pages.shared.jobs import jobs
from pages.shared.page import announce


def show_progress(snapshot: RunSnapshot) -> None:
    """Say how far the run is, or why it does not go on."""
    run, live = snapshot.run, snapshot.live
    announce(said(run))
    if run.status == "queued":
        _waiting(run)
    elif run.status == "running" and live is not None and live.stage == "pictures":
        text = _("Drawing pictures to learn from: {done} of {total}").format(
            done=whole(live.done), total=whole(live.total)
        )
        st.progress(live.done / live.total, text=text)
    elif run.status == "running" and live is not None:
        share = min(live.epoch / run.n_epochs, 1.0)
        st.progress(share, text=_pace(run, live))
        told = _slow(run, live, share)
        if told is not None:
            st.caption(told)
    else:
        text = _("Epoch {epoch} of {n}").format(epoch=run.epochs_done, n=run.n_epochs)
        st.progress(run.epochs_done / run.n_epochs, text=text)
    told, trouble = sentence(run), jobs().trouble
    if told is not None:
        (st.error if run.status == "failed" else st.info)(told)
    elif run.status == "interrupted":
        st.warning(
            _(
                "The worker or the computer was switched off. All full epochs are kept: Resume "
                "goes on from the last one."
            )
        )
    elif run.status == "running" and trouble is not None:
        st.warning(trouble.translated(_))
    _accuracy(snapshot)


def said(run: Run) -> str:
    """Say how far a run is, for those who cannot see it: by quarters, which leaves them time."""
    if run.status == "done":
        text = _("Training has ended after epoch {epoch} of {n}.")
        return text.format(epoch=run.epochs_done, n=run.n_epochs)
    quarter = max(run.n_epochs // 4, 1)
    reached = run.epochs_done // quarter * quarter
    if run.status not in ACTIVE or not reached:
        return ""
    return _("Training: epoch {epoch} of {n}.").format(epoch=reached, n=run.n_epochs)


def _waiting(run: Run) -> None:
    """Say where in the queue a run is, and what that means."""
    st.progress(run.epochs_done / run.n_epochs, text=_place(run))
    trouble = jobs().trouble
    if trouble is not None:
        st.warning(trouble.translated(_) + " " + _("The run waits in the queue until then."))
    else:
        st.caption(
            _(
                "{n} runs can be trained at once here, and the others wait; who has fewest at work "
                "comes first. It begins by itself, even if you leave this page."
            ).format(n=jobs().n_places)
            if jobs().n_places
            else _("The workers are starting. It begins by itself, even if you leave this page.")
        )


def _place(run: Run) -> str:
    try:
        place = jobs().position(run.id)
    except InputError:
        place = None
    if place is None:
        return _("Waiting in the queue")
    return _("Waiting: number {n} in the queue").format(n=place)


def _pace(run: Run, live: Live) -> str:
    """Say how far a run is, how fast it is, and how long it still takes."""
    share = min(live.epoch / run.n_epochs, 1.0)
    parts = [
        _("Epoch {epoch} of {n}").format(
            epoch=min(int(live.epoch) + 1, run.n_epochs), n=run.n_epochs
        ),
        f"{100 * share:.0f} %",
    ]
    if live.seconds_left is not None:
        parts.append(_("about {time} left").format(time=duration(live.seconds_left)))
    if live.images_per_second is not None:
        speed = round(live.images_per_second, -2)
        parts.append(_("{n} images a second").format(n=whole(round(speed))))
    return " · ".join(parts)


def _slow(run: Run, live: Live, share: float) -> str | None:
    """Say that the rest takes far longer than it would on an idle computer, where it does."""
    if live.seconds_left is None:
        return None
    whole = expected_seconds(from_dict(run.recipe), n_pictures=0)
    return slow(live.seconds_left, whole and whole * (1 - share))


def _accuracy(snapshot: RunSnapshot) -> None:
    """Say how many test images the run reads right, after its last and its best epoch."""
    if not snapshot.epochs:
        return
    last, best = snapshot.epochs[-1], snapshot.best
    parts = []
    if last.test_accuracy is not None:
        parts.append(
            _("Test images read right: **{p} %** after epoch {epoch}").format(
                p=percent(last.test_accuracy), epoch=last.epoch
            )
        )
    if best is not None and best.test_accuracy is not None and best is not last:
        parts.append(
            _("{p} % after epoch {epoch}, the best on the held-out images").format(
                p=percent(best.test_accuracy), epoch=best.epoch
            )
        )
    st.markdown(" · ".join(parts))
