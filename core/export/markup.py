"""A page's texts and formulas as HTML, which no browser needs a script for."""

import html
import re
from collections.abc import Mapping
from typing import Any

from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

ICON = re.compile(r":material/\w+:\s*")
COLOUR = re.compile(r":[a-z]+(?:-background)?\[([^\]]*)\]")
LEFT = re.compile(r"<mi>\\([A-Za-z]+)</mi>")
"""A command that the converter does not know: it leaves it as it was written."""

OPERATORS = ("arg", "deg", "dim", "hom", "ker")
"""Those whose name in upright letters is what TeX writes."""


def text(markdown: str) -> str:
    """Return HTML of a text as Streamlit shows it, without its icons and colours.

    Examples
    --------
    >>> text("**To remember:** w < 1").strip()
    '<p><strong>To remember:</strong> w &lt; 1</p>'
    """
    written: str = MARKDOWN.render(_plain(markdown))
    return written


def line(markdown: str) -> str:
    """Return HTML of a text that stands within a line.

    Examples
    --------
    >>> line(":material/help: What is `w`?")
    'What is <code>w</code>?'
    """
    written: str = MARKDOWN.renderInline(_plain(markdown))
    return written


def formula(latex: str) -> str:
    """Return a formula as MathML, in a block that scrolls where it is wider than the page.

    Examples
    --------
    >>> formula("w")[:26]
    '<div class="formula"><math'
    """
    return f'<div class="formula">{math(latex, "block")}</div>'


def math(latex: str, display: str = "inline") -> str:
    r"""Return a formula as MathML; as it was written, in ``code``, if a command is not known.

    Examples
    --------
    >>> "<mi>arg</mi><msub>" in math(r"\arg\max_i z_i")
    True
    >>> math(r"\strange{w}")
    '<code>\\strange{w}</code>'
    """
    as_written = f"<code>{html.escape(latex)}</code>"
    try:
        made = LEFT.sub(_known, convert(latex, display=display))
    except Exception:  # of a dozen classes that have none in common
        return as_written
    return as_written if "\\" in made else made


def _known(left: re.Match[str]) -> str:
    """Return what an unknown command stands for, or the command itself."""
    return f"<mi>{left[1]}</mi>" if left[1] in OPERATORS else left[0]


def _in_text(latex: str, options: Mapping[str, Any]) -> str:
    return math(latex, "block" if options["display_mode"] else "inline")


MARKDOWN = (
    MarkdownIt("commonmark", {"html": False, "typographer": False})
    .enable("table")
    .use(dollarmath_plugin, allow_labels=False, allow_space=False, renderer=_in_text)
)
"""Text is never taken for HTML; what stands between dollars is a formula."""


def _plain(markdown: str) -> str:
    return COLOUR.sub(r"\1", ICON.sub("", markdown))
