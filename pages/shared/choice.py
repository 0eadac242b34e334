"""A choice between named options whose link reads the same in every language.

``bind="query-params"`` writes the option's *label* into the link, so a link made in one language
would not be understood in another, and switching the language would lose the choice. Here the link
and the session keep the option's own name.
"""

from collections.abc import Mapping
from typing import Any, TypeVar, cast

import streamlit as st

from core.link.parameters import PARAMETERS
from pages.shared import link, page_address
from pages.shared.first_visit import is_served

Name = TypeVar("Name", bound=str)

CURRENT_PAGE = "current_page"
"""Session state: the page being shown, kept by the frame."""


def choice(
    label: str,
    options: Mapping[Name, str],
    *,
    key: str,
    default: Name | None = None,
    segmented: bool = False,
    in_frame: bool = False,
    **widget: Any,
) -> Name:
    """Show a choice and return the name of the chosen option.

    Parameters
    ----------
    label : str
        The widget's label.
    options : mapping of str to str
        What the reader sees for each option's name.
    key : str
        The name in the link, and of the widget in the session state.
    default : str, optional
        The option where the link names none; that of `core.link.parameters` unless given.
    segmented : bool, default=False
        All options side by side, instead of a list to open.
    in_frame : bool, default=False
        The choice stands on every page, as one widget; others are a new widget on each page.
    **widget
        More arguments of the widget: ``help``, ``label_visibility``.
    """
    state, usual = st.session_state, cast(Name, PARAMETERS[key].kind.usual)
    default = default or (usual if usual in options else next(iter(options)))
    kept, shown = f"{key}_chosen", f"{key}_shown"
    linked = link.read(key, usual=default)
    if linked is not None and linked not in options:
        if linked != state.get(kept):  # else it was there until now
            link.mend(key, default)
        linked = None
    names, here = list(options), None if in_frame else state.get(CURRENT_PAGE)
    page, labels = state.get(shown, ("", options))
    is_new = page != here or page_address.has_gone_back()
    if is_new or state.get(kept) not in options:  # the link counts, or it is no longer there
        state[kept] = default if linked is None else linked
    renamed = any(label != options.get(name, label) for name, label in labels.items())
    if is_new or renamed or state.get(key) not in options:
        state[key] = state[kept]
    state[shown] = here, dict(options)
    name: Name
    if segmented:
        name = st.segmented_control(
            label,
            names,
            format_func=options.__getitem__,
            key=key,
            required=True,
            wrap=True,
            **widget,
        )
    else:
        index = names.index(state[key])  # for a browser that missed the value of an earlier run
        name = st.selectbox(label, names, index, format_func=options.__getitem__, key=key, **widget)
    if name not in options:  # Streamlit took it for another widget, as for a server's first reader
        if is_served():
            st.rerun()
        name = state[kept]
    before, state[kept] = state[kept], name
    link.keep(key, name, default)
    link.say(key, [] if name == default else [name], is_step=name != before)
    return name
