import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.digits.recipe import MODERN
from core.lab.sweep.space import LAYERS, LOGARITHMIC, NAMES, WHOLE, Choices, Range, with_values
from core.lab.sweep.text import EXAMPLES, parse, text_of, write
from core.lab.words import NAMES as TOLD
from core.messages import InputError


def test_every_example_can_be_read_and_written_again():
    assert set(EXAMPLES) == set(NAMES)
    for name, text in EXAMPLES.items():
        dimension = parse(name, text)
        assert parse(name, write(dimension)) == dimension


def test_every_hyperparameter_has_a_name_for_readers_and_is_a_field_of_a_recipe():
    assert set(NAMES) <= set(TOLD)
    assert all(hasattr(MODERN, name) for name in NAMES)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("learning_rate", "0.1,1e-3 , 0.1", Choices("learning_rate", (0.1, 0.001))),
        ("learning_rate", "1e-4 .. 1e-1", Range("learning_rate", 1e-4, 0.1)),
        ("learning_rate", "1e-4..0.1:7", Range("learning_rate", 1e-4, 0.1, 7)),
        ("batch_size", "16..1e3", Range("batch_size", 16, 1000)),
        ("batch_size", "64", Choices("batch_size", (64,))),
        ("batch_size", "64，２５６、1024", Choices("batch_size", (64, 256, 1024))),
        ("learning_rate", "1e-4..0.1：7", Range("learning_rate", 1e-4, 0.1, 7)),
        ("optimiser", "sgd, adam", Choices("optimiser", ("sgd", "adam"))),
        (LAYERS, "none,30-20", Choices(LAYERS, ([784, 10], [784, 30, 20, 10]))),
        ("dropout", "0..0.5", Range("dropout", 0, 0.5)),
    ],
)
def test_what_can_be_written(name, text, expected):
    assert parse(name, text) == expected


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("momentum", "0.9", "There is no hyperparameter momentum to vary: choose from learning"),
        ("learning_rate", "", "learning_rate has no value to try: name some, such as 1e-4..1e-1."),
        ("learning_rate", " , ", "learning_rate has no value to try"),
        ("learning_rate", "0.1..0.1", "learning_rate: a range must rise, but 0.1 is not above 0.1"),
        ("learning_rate", "1..0.1", "a range must rise, but 0.1 is not above 1."),
        ("learning_rate", "1e-4..", "learning_rate: 1e-4.. is no range; a range is two numbers"),
        ("learning_rate", " .. 0.1:3", "learning_rate: .. 0.1:3 is no range"),
        ("batch_size", "..", "batch_size: .. is no range"),
        ("learning_rate", "1e-4...1e-1", "learning_rate: 1e-4...1e-1 is no range"),  # not to 0.01
        ("learning_rate", "3:1..2", "learning_rate: 3:1..2 is no range"),  # points before the dots
        ("learning_rate", ":..", "learning_rate: :.. is no range"),
        ("learning_rate", "fast", "learning_rate: fast is no number"),
        ("learning_rate", "nan..1", "learning_rate: nan is no number"),
        ("learning_rate", "1e999", "learning_rate: 1e999 is no number"),
        ("learning_rate", "-1..1", "learning_rate must be a number above 0, at most 1000, not -1"),
        ("learning_rate", "1..2..3", "learning_rate: 2..3 is no number"),
        ("learning_rate", "0.1..1:1", "a range may have from 2 to 1,000 points, not 1."),
        ("learning_rate", "0.1..1:1001", "from 2 to 1,000 points, not 1001."),
        ("learning_rate", "0.1..1:", "after the colon stands how many points to take, from 2 to"),
        ("learning_rate", "0.1..1:" + "9" * 9999, "from 2 to 1,000 points"),
        ("weight_decay", "0..0.1", "weight_decay: a range must begin above 0"),
        ("batch_size", "0,64", "batch_size must be a whole number from 1 to"),
        ("batch_size", "1.5", "batch_size must be a whole number from 1 to"),
        ("dropout", "0..1", "dropout must be from 0 to 0.9, not 1.0."),
        ("optimiser", "sgd..adam", "optimiser has no range: name choices, such as sgd,momentum"),
        ("optimiser", "best", "optimiser must be one of sgd, momentum, adam, adamw, not best."),
        (LAYERS, "1-2-3-4-5", "layer_sizes may have up to 4 hidden layers"),
        (LAYERS, "wide", "wide must be numbers with hyphens between, such as 200-100, or none."),
        (LAYERS, "9" * 9999, "must be numbers with hyphens between"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(name, text, sentence):
    with pytest.raises(InputError) as told:
        parse(name, text)
    assert sentence in str(told.value)
    assert str(told.value).endswith(".")
    assert str(told.value).count("\n") == 0


@given(st.sampled_from(NAMES), st.text("0123456789.,:-e nosgd", max_size=20))
def test_whatever_one_writes_is_read_or_refused(name, text):
    try:
        dimension = parse(name, text)
    except InputError:
        return
    assert parse(name, write(dimension)) == dimension


NUMBERS = [name for name in NAMES if isinstance(parse(name, EXAMPLES[name]), Range)] + ["n_images"]


@given(st.sampled_from(NUMBERS), st.floats(1e-5, 0.4), st.floats(1.01, 2), st.integers(2, 50))
def test_the_points_of_a_range_rise_from_end_to_end_and_are_allowed(name, low, factor, n):
    low, high = (low, low * factor) if name not in WHOLE else (1, 1 + round(1000 * low))
    if high <= low:
        return
    dimension = Range(name, low, high)
    points = dimension.points(n)
    assert (points[0], points[-1]) == (low, high)
    assert points == sorted(set(points))
    assert len(points) <= n
    for point in points:
        with_values(MODERN, {name: point})
        assert parse(name, text_of(name, point)) == Choices(name, (point,))


def test_a_logarithmic_range_has_equal_factors_and_a_linear_one_equal_steps():
    assert "learning_rate" in LOGARITHMIC
    assert Range("learning_rate", 0.01, 1).points(5) == [0.01, 0.0316, 0.1, 0.316, 1]
    assert Range("distortion", 0, 0.4).points(5) == [0, 0.1, 0.2, 0.3, 0.4]
    assert Range("batch_size", 1, 16).points(5) == [1, 2, 4, 8, 16]
    assert Range("batch_size", 1, 3).points(50) == [1, 2, 3]
