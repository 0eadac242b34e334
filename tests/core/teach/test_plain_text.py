from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from core.teach.plain_text import DOLLARS, as_markdown

MARKDOWN = MarkdownIt("commonmark", {"html": True})

SIGNS = st.sampled_from(
    [*"[]()<>!`$\\#|~:*_ \n", "$$", "\n\n", "http://a.b", "x", "](", "![", "<b>", "\\href{h}{y}"]
)


def outside_of_formulas(text: str) -> str:
    """A text without what is between single dollars, and between two on lines of their own."""
    parts, inside = [], ""
    for piece in DOLLARS.split(text.replace("\\$", "")):
        parts.append("" if inside else piece)
        inside = "" if inside else "$"
    return "F".join(parts)


@given(st.lists(SIGNS, max_size=12).map("".join))
def test_no_link_image_html_or_code_survives(text: str) -> None:
    said = outside_of_formulas(as_markdown(text))
    found = {
        token.type for block in MARKDOWN.parse(said) for token in [block, *(block.children or [])]
    }
    forbidden = {"link_open", "image", "html_inline", "html_block", "code_inline", "fence"}
    assert not found & (forbidden | {"heading_open"}), (text, said)


def test_formulas_stay_and_addresses_are_written_out() -> None:
    assert as_markdown(r"$\frac{1}{2} a_[1]$") == r"$\frac{1}{2} a_[1]$"
    assert as_markdown("$$\nw = 1\n$$") == "\n\n$$\nw = 1\n$$\n\n"
    assert as_markdown("see https://example.org/a_b?c=d") == "see https://example.org/a_b?c=d"
    assert as_markdown("it costs 5 $, or 6 $\n\nfor two") == "it costs 5 \\$, or 6 \\$\n\nfor two"


def test_latex_that_leads_somewhere_is_no_formula() -> None:
    assert as_markdown(r"$\href{https://evil.example}{w}$").startswith("\\$")
