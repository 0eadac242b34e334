import ast
import importlib
import re
from collections.abc import Iterator

import pytest

from core.export import markup
from tests import ROOT

WORDS = {"en": "best run", "zh": "最好的训练"}


def written_in_pages(word: str) -> Iterator[str]:
    """Every formula that stands in a call of `st.latex`, with a word where one is filled in."""
    for path in (ROOT / "pages").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "latex":
                for said in node.args:
                    parts = said.values if isinstance(said, ast.JoinedStr) else [said]
                    whole = "".join(
                        str(one.value) if isinstance(one, ast.Constant) else word for one in parts
                    )
                    yield from [] if whole == word else [whole]


def in_core() -> Iterator[str]:
    """Every formula that a module of core has for its page."""
    for path in (ROOT / "core").rglob("*.py"):
        if path.name != "__init__.py" and re.search(r"^FORMULAS\b", path.read_text("utf-8"), re.M):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield from importlib.import_module(name).FORMULAS.values()
    for one in importlib.import_module("core.curves.activations.functions").ACTIVATIONS.values():
        yield from (one.latex, one.latex_derivative)


@pytest.mark.parametrize("language", WORDS)
def test_every_formula_of_every_page_becomes_mathml_and_no_command_is_left(language: str) -> None:
    formulas = {*written_in_pages(WORDS[language]), *in_core()}
    assert len(formulas) > 40
    for latex in formulas:
        assert not re.search(r"\\|merror|<code>", markup.formula(latex)), latex


@pytest.mark.parametrize("latex", [r"\strange w", "x_", "{" * 2_000, r"<b>\w"])
def test_a_formula_that_cannot_be_read_stays_as_it_was_written(latex: str) -> None:
    assert markup.math(latex).startswith("<code>")
    assert "<b>" not in markup.math(latex)


def test_what_stands_between_dollars_is_a_formula() -> None:
    told = markup.text("Set $w_1$ to *2*, for \\$5.\n\n$$\nw < 1\n$$")
    assert told.count("<math") == 2
    assert "<em>2</em>, for $5." in told
    assert "w < 1" not in told


@pytest.mark.parametrize(
    ("said", "html"),
    [
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        (":red[**lost**] :material/help: w*", "<strong>lost</strong> w*"),
        ("3 < 4 & `a_b`", "3 &lt; 4 &amp; <code>a_b</code>"),
    ],
)
def test_a_text_is_never_taken_for_html(said: str, html: str) -> None:
    assert markup.line(said) == html
    assert markup.text(said) == f"<p>{html}</p>\n"
