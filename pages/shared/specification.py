"""Layouts of charts, kept: altair is slow to make one, and controls change only data."""

from collections.abc import Callable
from types import FunctionType
from typing import Any

import streamlit as st

from pages.shared.i18n import _, language


def specification(lay_out: Callable[..., dict[str, Any]], **layout: Any) -> dict[str, Any]:
    """Return a chart's layout in the reader's language.

    Parameters
    ----------
    lay_out : callable
        A function of ``core.charts`` that takes ``translate``.
    **layout
        Its other arguments.
    """
    return _specification(lay_out, language(), layout)


@st.cache_data(
    max_entries=300,
    show_spinner=False,
    hash_funcs={FunctionType: lambda f: f"{f.__module__}.{f.__qualname__}"},
)
def _specification(
    lay_out: Callable[..., dict[str, Any]], language: str, layout: dict[str, Any]
) -> dict[str, Any]:
    """`language` is what `_` depends on, and so part of the cache's key."""
    del language
    return lay_out(translate=_, **layout)
