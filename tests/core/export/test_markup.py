import ast
import re

import pytest

from core.export import markup
from core.lines import gradient_descent, normal_equation, one_weight
from tests import ROOT


def written_in_pages() -> set[str]:
    """Every formula that stands as a whole in a call of `st.latex`."""
    found = set()
    for path in (ROOT / "pages").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "latex":
                found |= {one.value for one in node.args if isinstance(one, ast.Constant)}
    return found


def test_every_formula_becomes_mathml_and_no_command_is_left() -> None:
    formulas = written_in_pages()
    for lesson in (one_weight, normal_equation, gradient_descent):
        formulas |= set(lesson.FORMULAS.values())
    assert len(formulas) > 8
    for latex in formulas:
        assert not re.search(r"\\|merror", markup.formula(latex)), latex


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
