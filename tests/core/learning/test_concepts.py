"""The concept test: each item with each choice, its numbers, and that no page gives it away."""

import re
from collections import Counter

import pytest

from core.curves.activations.functions import sigmoid
from core.curves.sigmoid_neuron import Config, train
from core.datasets import as_samples
from core.ladder import LADDER
from core.learning.concepts import DO_NOT_KNOW, ITEMS, is_right, items, mark, score
from core.learning.exercises import Question, Text, load
from core.learning.judge import judge
from core.lines import one_weight
from pages.shared.i18n import LANGUAGES, catalogue
from tests import ROOT
from tests.pages.pseudo import messages_in_the_code

BY_ID = {item.id: item for item in items()}
EACH = pytest.mark.parametrize("item", items(), ids=lambda item: item.id)


def right_text(item: Question, language: str = "en") -> str:
    return next(choice.text.told(language) for choice in item.choices if choice.right)


def test_there_are_twelve_one_a_concept_from_the_whole_ladder() -> None:
    assert len(items()) == len(BY_ID) == len({item.about for item in items()}) == 12
    sections = {rung.name: section for section, rungs in LADDER.items() for rung in rungs}
    assert {sections[item.rung] for item in items()} == set(LADDER) - {"Lab"}


@EACH
def test_each_choice_is_judged_and_said_why_in_every_language(item: Question) -> None:
    for i, choice in enumerate(item.choices):
        judged = judge(item, i, {})
        assert judged.is_right == choice.right == is_right(item, i + 1)
        assert judged.why == choice.why
        assert bool(judged.misconception) != judged.is_right
    assert not is_right(item, DO_NOT_KNOW)
    assert not is_right(item, None)
    wrong = [choice.misconception for choice in item.choices if not choice.right]
    assert len(set(wrong)) == len(wrong) == 3
    texts = [item.text, item.concept, *(t for c in item.choices for t in (c.text, c.why))]
    assert all(isinstance(text, Text) and set(text.by_language) == set(LANGUAGES) for text in texts)


def test_neither_the_place_nor_the_length_of_an_answer_gives_it_away() -> None:
    places = Counter(
        next(i for i, choice in enumerate(item.choices) if choice.right) for item in items()
    )
    assert set(places.values()) == {3}
    longest = sum(
        max(item.choices, key=lambda choice: len(choice.text.told("en"))).right for item in items()
    )
    assert longest <= len(items()) // 4


def words(text: str, language: str) -> list[str]:
    return list(re.sub(r"\W", "", text)) if language == "zh" else re.findall(r"\w+", text.lower())


def runs(text: str, language: str, n: int) -> set[tuple[str, ...]]:
    found = words(text, language)
    return {tuple(found[i : i + n]) for i in range(len(found) - n + 1)}


@pytest.mark.parametrize(("language", "n"), [("en", 6), ("zh", 10)])
def test_no_page_says_what_is_right(language: str, n: int) -> None:
    """No answer stands on a page as a sentence, no long run of its words, nor of its question's."""
    say = catalogue(language).gettext
    pages = [say(message) for message in messages_in_the_code()]
    for path in (ROOT / "pages").glob("*/*/*.toml"):
        if path != ITEMS:
            pages += re.findall(rf'(?<!\w){language} ?= ?"(.*?)"\n', path.read_text("utf-8"))
    sentences = {
        tuple(words(sentence, language))
        for page in pages
        for sentence in re.split(r"(?<=[.!?。！？])|\n", page)
    }
    said = set().union(*(runs(page, language, n) for page in pages))
    asked = set().union(*(runs(page, language, 2 * n) for page in pages))
    for item in items():
        right = right_text(item, language)
        if len(words(right, language)) > 2:  # else no sentence: a number, or "Two"
            assert tuple(words(right, language)) not in sentences, item.id
        assert not runs(right, language, n) & said, item.id
        assert not runs(item.text.told(language), language, 2 * n) & asked, item.id


def numbers(text: str) -> list[float]:
    return [float(number.replace("−", "-")) for number in re.findall(r"[−+-]?\d+(?:\.\d+)?", text)]


def test_the_losses_and_what_is_taken_for_them() -> None:
    a, b = [1, -1, 1, -1], [0, 0, 0, 3]
    of = {
        "errors of opposite sign cancel in the loss": lambda errors: sum(errors) / 4,
        "the loss is the mean distance": lambda errors: sum(map(abs, errors)) / 4,
        "the loss counts wrong answers": lambda errors: sum(map(bool, errors)),
        "": lambda errors: sum(error**2 for error in errors) / 4,
    }
    assert numbers(BY_ID["loss"].text.told("en"))[:4] == a
    for choice in BY_ID["loss"].choices:
        loss = of[choice.misconception]
        assert numbers(choice.text.told("en")) == [loss(a), loss(b)]


def test_the_steps_on_the_parabola() -> None:
    """(w − 2)² has the slope −4 at 0, scaled so that a rate of 0.1 leads to 1."""
    scale = 1 / (0.1 * 4)

    def step(rate: float) -> float:
        return 0 - rate * scale * 2 * (0 - 2)

    assert step(0.1) == 1
    assert numbers(right_text(BY_ID["rate"])) == [step(0.5)] == [5]
    assert (step(0.5) - 2) ** 2 > (0 - 2) ** 2
    assert 6 / 0.5 == 12  # how much longer the step at Q is


def test_one_pass_ends_elsewhere_in_the_opposite_order_and_nearer_to_what_came_late() -> None:
    x, y = as_samples([1.0] * 100, [0.0] * 50 + [1.0] * 50)
    config = one_weight.Config(start_weight=0.5, learning_rate=0.02)
    ends = [
        one_weight.train(*as_samples(x[order], y[order]), config).column("weight")[-1]
        for order in (slice(None), slice(None, None, -1))
    ]
    assert ends[0] > 0.7  # the ones came late
    assert ends[1] < 0.3


def test_a_weight_alone_says_0_at_0() -> None:
    x, y = as_samples([0.0, 1.0, 2.0], [5.0, 6.0, 7.0])
    weight = one_weight.train(x, y, one_weight.Config(learning_rate=0.1)).column("weight")[-1]
    assert numbers(right_text(BY_ID["bias"])) == [weight * x[0]] == [0]
    assert y.mean() == 6


def test_the_saturated_neuron_moves_less() -> None:
    moved = []
    for bias, output in ((0.0, 0.5), (-6.9068, 0.001)):
        assert sigmoid(bias) == pytest.approx(output, rel=1e-3)
        samples = as_samples([1.0], [1.0])
        config = Config(start_weight=0.0, start_bias=bias, learning_rate=0.1, n_epochs=1)
        moved.append(train(*samples, config).column("weight")[-1])
        assert moved[-1] == pytest.approx(0.1 * 2 * (1 - output) * output * (1 - output), rel=1e-3)
    assert moved[0] / moved[1] > 100


def test_of_three_points_on_a_line_a_neuron_gets_two() -> None:
    """A middle that is as far as its neighbours together cannot lie on the other side."""
    no, yes = (1.0, 1.0), ((0.0, 0.0), (2.0, 2.0))
    assert [sum(point[i] for point in yes) / 2 for i in (0, 1)] == list(no)
    assert right_text(BY_ID["separable"]) == "Two"


def test_of_two_networks_the_one_with_the_gap_misreads_fewer_and_would_with_a_higher_mean() -> None:
    assert (100 - 91) - (100 - 93) == 2
    assert (100 + 93) / 2 == 96.5
    assert (100 + 85) / 2 > 91


def test_right_answers_are_counted_and_the_mark_belongs_to_these_items() -> None:
    right = [next(i for i, c in enumerate(item.choices, 1) if c.right) for item in items()]
    assert score(right) == 12
    assert score([*right[:5], DO_NOT_KNOW, *[None] * 6]) == 5
    assert 0 <= mark() < 2**16
    assert load(ITEMS).page == "check"
