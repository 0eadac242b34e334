"""What becomes of a lesson: a link with its QR code where it is short enough, a file, a package."""

from urllib.parse import urlsplit

import streamlit as st

from core.number import whole
from core.teach.lesson_link import address, as_file, pack
from core.teach.lesson_plan import LessonPlan
from pages.leading import begin
from pages.shared.fragment import fragment
from pages.shared.i18n import _, language
from pages.start.teach.platform import for_platform
from pages.taking.qr import show_qr


def hand_out(plan: LessonPlan) -> None:
    """Show a lesson's link, and offer its file."""
    packed = pack(plan)
    here = urlsplit(st.context.url or "")
    root = here._replace(path=here.path.rpartition("/")[0] + "/", query="", fragment="").geturl()
    if packed is None:
        st.info(
            _(
                "The lesson is too long for a link. Give learners its file: they open it on this "
                "page, or you shorten the tasks."
            )
        )
    else:
        link = root + address(plan, packed, language())
        st.markdown(_("Its link, {n} characters:").format(n=whole(len(link))))
        st.code(link, language=None, wrap_lines=True)
        _qr(link)
    with st.container(horizontal=True):
        st.button(
            _("Try it"),
            key="teach_try",
            icon=":material/play_arrow:",
            type="primary",
            on_click=begin,
            args=(plan,),
        )
        st.download_button(
            _("Lesson (JSON)"),
            as_file(plan),
            file_name="lesson.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
        )
    for_platform(plan, root.rstrip("/"))


@fragment
def _qr(link: str) -> None:
    """Show the QR code once it is asked for."""
    fold = st.expander(_("QR code"), icon=":material/qr_code:", key="teach_qr", on_change="rerun")
    if fold.open:
        with fold:
            show_qr(link)
