"""A teacher's words as Markdown in which nothing but formulas, lists and emphasis means anything.

What is between dollars stays LaTeX. HTML, images and named links do not: where a link leads is
always seen, since only an address that is written out becomes one.
"""

import re

DOLLARS = re.compile(r"\$+")

SIGNS = re.compile(r"[\\`\[\]<>!|~$#]|(?<=:)(?=[a-z])")
"""What could begin code, a link, an image, HTML, a table, a heading or one of Streamlit's words."""

UNTRUSTED = re.compile(r"\\(href|url|html\w*|includegraphics|class|cssId|style)\b")
"""LaTeX that could lead somewhere, or look like something of the page."""

ADDRESS = re.compile(r"https?://[^\s<>\[\]`\\$\"]+")


def as_markdown(text: str) -> str:
    r"""Return a text as Markdown that can do no harm.

    Parameters
    ----------
    text : str
        What a teacher wrote, or somebody in their name.

    Examples
    --------
    >>> as_markdown("Set $w_1 = 2$ and *look*.")
    'Set $w_1 = 2$ and *look*.'
    >>> print(as_markdown("<b>[here](https://example.org/a)</b>"))
    \<b\>\[here\](https://example.org/a)\</b\>
    """
    text = "".join(sign for sign in text if sign in "\n\t" or sign.isprintable())
    runs = list(DOLLARS.finditer(text))
    parts, at, i = [], 0, 0
    while i < len(runs):
        opening = runs[i]
        closing = _closing(text, runs, i)
        if closing is None:
            i += 1
            continue
        parts.append(_escaped(text[at : opening.start()]))
        parts.append(_formula(opening[0], text[opening.end() : runs[closing].start()]))
        at, i = runs[closing].end(), closing + 1
    return "".join([*parts, _escaped(text[at:])])


def _closing(text: str, runs: list[re.Match[str]], i: int) -> int | None:
    """Return which run of dollars ends the formula that one begins; None if it begins none."""
    opening = runs[i]
    if len(opening[0]) > 2:
        return None
    for j in range(i + 1, len(runs)):
        if len(runs[j][0]) == len(opening[0]):
            inside = text[opening.end() : runs[j].start()]
            is_close = len(opening[0]) == 2 or inside == inside.strip()  # not: 5 $ and 6 $
            is_formula = is_close and inside.strip() and "\n\n" not in inside and "$" not in inside
            return j if is_formula and not UNTRUSTED.search(inside) else None
    return None


def _formula(dollars: str, inside: str) -> str:
    """A formula on one line; with two dollars, one of its own."""
    inside = " ".join(inside.split())
    return f"\n\n$$\n{inside}\n$$\n\n" if dollars == "$$" else f"${inside}$"


def _escaped(text: str) -> str:
    """A text outside of formulas. An address stays as it is, so that Markdown makes it a link."""
    parts, at = [], 0
    for found in ADDRESS.finditer(text):
        parts += [SIGNS.sub(_sign, text[at : found.start()]), found[0]]
        at = found.end()
    return "".join([*parts, SIGNS.sub(_sign, text[at:])])


def _sign(found: re.Match[str]) -> str:
    return f"\\{found[0]}" if found[0] else "\u200b"
