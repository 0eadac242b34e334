"""A page's texts and formulas as HTML, which no browser needs a script for."""

import re

from latex2mathml.converter import convert
from markdown_it import MarkdownIt

MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
"""Text is never taken for HTML."""

ICON = re.compile(r":material/\w+:\s*")
COLOUR = re.compile(r":[a-z]+(?:-background)?\[([^\]]*)\]")
BREAK = r"\allowbreak"
"""Where a formula may go on in another line: in MathML, anywhere."""


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
    return f'<div class="formula">{convert(latex.replace(BREAK, ""), display="block")}</div>'


def _plain(markdown: str) -> str:
    return COLOUR.sub(r"\1", ICON.sub("", markdown))
