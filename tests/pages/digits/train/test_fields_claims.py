"""The numbers that Digits → Train's fields tell of."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest

from core.digits import mnist
from core.digits.recipe import MODERN, SKETCH
from core.digits.split import split
from core.link.parameters import RATE_MARKS
from pages.digits.train import fields


def told(beginning: str) -> str:
    """The sentence of the page that begins so."""
    tree = ast.parse(Path(fields.__file__).read_text("utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    (text,) = (t for t in texts if isinstance(t, str) and t.startswith(beginning))
    return text


def numbers(text: str) -> list[int]:
    return [int(found.replace(",", "")) for found in re.findall(r"\d[\d,]*", text)]


def test_the_pen_draws_as_many_pictures_as_the_page_says() -> None:
    assert numbers(told("Also learn from")) == [sum(SKETCH.made.values())]


def test_held_out_are_always_as_many_images_as_the_page_says() -> None:
    learned, held_out = split(MODERN, mnist.load("train"))
    all_images = len(learned.labels) + len(held_out.labels)
    assert numbers(told("How many of MNIST's")) == [all_images, len(held_out.labels)]


def test_each_mark_of_the_learning_rate_is_about_twice_the_one_before() -> None:
    assert told("How far one step goes").endswith("about twice the one before.")
    for mark, after in pairwise(RATE_MARKS):
        assert after / mark == pytest.approx(2, abs=0.51)
