"""A lesson's text as HTML, with formulas as MathML, which no browser needs a script for."""

import html
import re

from latex2mathml.converter import convert

from core.export import markup

FORMULA = re.compile(r"(?<!\\)\$\$(.+?)(?<!\\)\$\$|(?<!\\)\$([^$\n]+)(?<!\\)\$", re.DOTALL)

HOLE = "\ue000{}\ue001"
"""Stands for a formula while the rest is made into HTML: signs that no text has."""


def told_html(markdown: str) -> str:
    """Return HTML of a text that is shown as Markdown with LaTeX between dollars.

    Examples
    --------
    >>> told_html("Set $w$ to *1*.")[:27], told_html("5 <")
    ('<p>Set <math xmlns="http://', '<p>5 &lt;</p>')
    """
    formulas: list[str] = []

    def hold(found: re.Match[str]) -> str:
        formulas.append(_formula(found[1] or found[2], is_alone=found[1] is not None))
        return HOLE.format(len(formulas) - 1)

    told = markup.text(FORMULA.sub(hold, markdown)).strip()
    for i, formula in enumerate(formulas):
        told = told.replace(HOLE.format(i), formula)
    return told


def _formula(latex: str, *, is_alone: bool) -> str:
    """A formula as MathML; as it was written where it is none."""
    try:
        return str(convert(latex.strip(), display="block" if is_alone else "inline"))
    except Exception:
        return f"<code>{html.escape(latex)}</code>"
