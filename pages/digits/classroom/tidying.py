"""A teacher takes the digits along, and removes what does not belong there."""

import streamlit as st

from core.digits.classroom.files import to_npz
from core.digits.classroom.gathered import gather
from core.digits.handwriting.score import UNSURE
from pages.digits.classroom.arriving import Here
from pages.digits.classroom.watching import SEEN, Seen
from pages.runs.shown_live import order, show_refusal
from pages.shared.fragment import fragment
from pages.shared.i18n import _
from pages.shared.jobs import store

FOLD, HAND, DIGIT, REFUSED = "room_tidy", "room_hand", "room_digit", "room_not_removed"
"""The keys of the fold and of both choices; session state: why nothing could be removed."""


def tidy(here: Here) -> None:
    """Offer the file, and to remove a drawing or a hand.

    Parameters
    ----------
    here : Here
    """
    st.download_button(
        _("Download the digits (NPZ)"),
        lambda: to_npz(gather(store().classes.digits(here.row.id))),
        file_name="class.npz",
        mime="application/octet-stream",
        icon=":material/download:",
        on_click="ignore",
        key="room_npz",
        help=_(
            "Numpy's arrays images, labels and writer, the number of the hand. "
            "`python -m benchmarks.drawings class.npz` scores all networks on them."
        ),
    )
    _fold(here.row.id)


@fragment
def _fold(class_id: str) -> None:
    fold = st.expander(
        _("Remove a drawing"), icon=":material/ink_eraser:", key=FOLD, on_change="rerun"
    )
    if not fold.open:
        return
    with fold:
        show_refusal(REFUSED)
        _choose(class_id)


def _choose(class_id: str) -> None:
    """Show one hand's digits, and remove one of them or all."""
    seen: Seen | None = st.session_state.get(SEEN)
    if seen is None or not seen.numbers:
        st.caption(_("Nobody has come yet."))
        return
    hand = st.selectbox(_("Hand"), seen.numbers, key=HAND)
    mine = {
        sample.label: (sample, int(read))
        for sample, read, number in zip(
            seen.gathered.samples, seen.result.read_as, seen.gathered.hands, strict=True
        )
        if number == hand
    }
    if mine:
        unsure = _("unsure")
        captions = [
            f"{label} → {unsure if read == UNSURE else read}"
            for label, (_sample, read) in mine.items()
        ]
        pictures = [sample.pixels.repeat(3, 0).repeat(3, 1) for sample, _read in mine.values()]
        st.image(pictures, width=84, caption=captions, alt=captions)
        st.pills(_("Which one?"), list(mine), key=DIGIT)
    chosen = st.session_state.get(DIGIT)
    with st.container(horizontal=True):
        st.button(
            _("Remove this drawing"),
            key="room_remove",
            icon=":material/delete:",
            disabled=chosen not in mine,
            on_click=_remove,
            args=(class_id, hand, chosen),
            help=_("Whoever wrote it is asked for this digit again."),
        )
        with st.popover(_("Remove hand {hand}").format(hand=hand)):
            st.button(
                _("Remove this hand and all its digits"),
                key="room_remove_hand",
                type="primary",
                on_click=_remove,
                args=(class_id, hand, None),
            )


def _remove(class_id: str, hand: int, label: int | None) -> None:
    with order(REFUSED):
        store().classes.remove(class_id, hand, label)
        st.session_state.pop(SEEN, None)
        st.session_state.pop(DIGIT, None)
