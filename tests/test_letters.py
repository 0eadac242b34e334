"""One letter, one meaning: docs/decisions/0053, read from all that the app writes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
FOLDERS = (
    "core/start",
    "core/lines",
    "core/curves",
    "core/planes",
    "core/digits",
    "core/lab",
    "core/charts",
)

EVERYWHERE = set("xyŷwbvczafLNBσηθδij")
"""Letters that mean the same on each page that has them."""

ONLY = {
    "t": ("digits/train", "planes/playground"),  # the number of an optimiser's update
    "m": ("digits/train", "planes/playground"),  # Adam's first average
    "λ": ("digits/train", "planes/playground"),  # the weight decay
    "p": ("digits", "start/check"),  # a probability
    "d": ("digits",),  # a digit
    "T": ("digits/sketch",),  # the temperature
    "α": ("digits/sketch",),  # a share of the way from blank paper to the drawing
    "r": ("lab/sweep",),  # a run
    # The gradient; in the result of a class the difference of two arms, as Hedges called it.
    "g": ("digits/train", "lines/gradient_descent", "planes/playground", "start/check"),
    "h": ("curves/mlp", "core/lab"),  # the number of hidden neurons
    "H": ("lines/weight_and_bias", "digits/image"),  # the Hessian; an image's height
    "I": ("lines/weight_and_bias",),  # the unit matrix
    "s": ("lines/weight_and_bias", "digits/train"),  # a deviation; a share
    "Φ": ("curves/activations",),  # the normal distribution
    "l": ("start/what_is_a_model",),  # a layer
    "W": ("curves/mlp", "digits/image"),  # a layer's weights; an image's width
}
"""Letters that have a meaning on some pages, and the folders of these."""

WORDS = set("aAIS")
"""Letters that stand in sentences as words, or for their shape."""

GREEK = dict(
    zip(("sigma", "eta", "theta", "delta", "lambda", "alpha", "Phi"), "σηθδλαΦ", strict=True)
)

MATHEMATICS = re.compile(r"[∂σŷ·←²Σηθ]|\\(?!u[0-9a-f]{4})[a-z]{2,}")
"""What has one of these is mathematics, whether or not it is translated."""

NO_LETTERS = re.compile(
    r"\\(?:text|mathrm|begin|end|operatorname)\{[^}]*\}|\\[a-zA-Z]+|\\."  # LaTeX's own
    r"|e(?:\^|ᶻ)"  # Euler's number
    r"|n_"  # how many neurons a layer has
    r"|\d+e-\d+|\be-\d+"  # 1e-4
)
LONE = re.compile(r"(?<![A-Za-z_’'\"-])([A-Za-zα-ωΦŷ])(?![A-Za-z’'\"]|-[a-z]|_[a-z]{2})")

TUTORIAL = "The tutorial that this rung follows writes"


def strange(text: str, folder: str) -> list[str]:
    """Return the letters in `text` that have no meaning on the pages of `folder`."""
    if "\\" not in text:
        text = re.sub(r"\{[^{}]*\}( [sh]\b)?", "", text)  # what is filled in; seconds, hours
    text = text.replace(r"\hat y", "ŷ")
    for name, letter in GREEK.items():
        text = re.sub(rf"\\{name}(?![a-z])", f" {letter} ", text)
    return [
        letter
        for letter in LONE.findall(NO_LETTERS.sub(" ", text))
        if letter not in EVERYWHERE | WORDS
        and not any(place in folder for place in ONLY.get(letter, ()))
    ]


def written(path: Path) -> Iterator[str]:
    """Give the texts in a file that a reader sees: translated ones, and mathematics."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    drawn = "charts" in path.parts and not {"lab", "digits"} & set(path.parts)
    passed_over = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}  # docstrings
    translated: set[int] = set()
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            passed_over |= {id(part) for part in node.values}
            pieces = (p.value if isinstance(p, ast.Constant) else "{}" for p in node.values)
            text = "".join(map(str, pieces))
            if MATHEMATICS.search(text):
                yield text
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("_", "N_", "translate"):
            translated |= {id(argument) for argument in node.args}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            is_shown = id(node) in translated or MATHEMATICS.search(node.value)
            if is_shown and id(node) not in passed_over:
                yield node.value
            elif re.fullmatch("[ektnE][₁₂12]?", node.value) and drawn:
                yield node.value  # a name in a diagram, or the column behind it


def test_each_letter_has_its_one_meaning() -> None:
    """Collect the letters of all pages, charts and formulas."""
    found = {}
    for path in sorted(f for folder in (*FOLDERS, "pages") for f in (ROOT / folder).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        for text in written(path):
            if not text.startswith(TUTORIAL) and (letters := strange(text, name)):
                found[name, text] = letters
    assert not found


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        (r"e = (y - k)^2", ["e", "k"]),
        (r"\frac{\partial e}{\partial w} = k\,(1 - k) \cdot x", ["e", "k", "k"]),
        ("∂e/∂k · ∂k/∂t", ["e", "k", "k", "t"]),
        ("loss E(w)", ["E"]),
        ("a = Σx²/n", ["n"]),
        (r"p \leftarrow p - \eta \cdot \frac{\partial L}{\partial p}", ["p", "p", "p"]),
        ("Each hidden neuron k bends a line", ["k"]),
        (r"\hat y = \sigma(z) = \frac{1}{1 + e^{-z}}", []),
        ("A neuron computes z = w·x + b, and {n} of {k} are stuck", []),
    ],
)
def test_a_letter_with_another_meaning_is_found(text: str, letters: list[str]) -> None:
    """What the app once wrote is refused, what it writes now is not."""
    assert strange(text, "pages/curves/mlp/mlp.py") == letters


def test_the_rungs_of_the_tutorial_say_what_it_writes() -> None:
    """Four rungs name its letters, each for one of ours."""
    rungs = ("lines/normal_equation", "lines/gradient_descent", "lines/weight_and_bias")
    for rung in (*rungs, "curves/sigmoid_neuron"):
        path = ROOT / "pages" / rung / f"{Path(rung).name}.py"
        (sentence,) = (text for text in written(path) if text.startswith(TUTORIAL))
        pairs = re.findall(r"\b(\w) for (?:[a-z]+ )*(\w)\b", sentence)
        assert ("e", "L") in pairs
        for theirs, ours in pairs:
            assert strange(theirs, rung)
            assert not strange(ours, rung)


def test_translations_write_the_same_letters() -> None:
    """A formula is the same in every language."""
    for path in sorted((ROOT / "assets/locale").glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file)
        for message in catalogue:
            if message.id and message.string and MATHEMATICS.search(str(message.id)):
                here, there = (
                    set(LONE.findall(re.sub(r"\{[^{}]*\}", "", str(text)))) - WORDS
                    for text in (message.id, message.string)
                )
                assert here == there, message.id
