from itertools import pairwise

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.messages import InputError
from core.start.what_is_a_model import parameter_count as counter
from core.start.what_is_a_model.known_models import KNOWN_MODELS

sizes = st.lists(st.integers(1, 60), min_size=2, max_size=6)


@given(sizes)
def test_the_count_is_torchs(sizes: list[int]) -> None:
    network = torch.nn.Sequential(*(torch.nn.Linear(*pair) for pair in pairwise(sizes)))
    assert counter.count(sizes) == sum(values.numel() for values in network.parameters())
    for layer, linear in zip(counter.layers(sizes), network, strict=True):
        assert layer.n_weights == linear.weight.numel()
        assert layer.n_params == sum(values.numel() for values in linear.parameters())


@given(st.lists(st.integers(1, counter.MAX_SIZE), min_size=2, max_size=20), st.data())
def test_sizes_are_read_however_they_are_separated(sizes: list[int], data: st.DataObject) -> None:
    separators = st.sampled_from(["-", " - ", ",", ", ", " ", "→", "->", "×", "x", "—", "，", ";"])
    text = str(sizes[0]) + "".join(f"{data.draw(separators)}{size}" for size in sizes[1:])
    assert counter.read_sizes(text) == tuple(sizes)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "2 to 20 sizes, from the input to the output, not 0"),
        ("784", "not 1"),
        ("-".join(["1"] * 21), "not 21"),
        ("784-0-10", "1 to 1,000,000 neurons, not 0"),
        ("784-1000001-10", "not 1000001"),
        ("1-" + "9" * 150, "not 99999999999999999999\\."),
        ("784-2.5-10", "“2.5” is not a whole number"),
        ("784-x-10", "“x” is not a whole number"),
        ("784-1e3", "“1e3” is not"),
        ("784-²-10", "“²” is not"),
        ("1-" * 200 + "1", "more than 200 letters"),
    ],
)
def test_bad_sizes_are_told_in_a_sentence(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        counter.read_sizes(text)


def test_known_models_are_sorted_and_their_words_say_their_numbers() -> None:
    numbers = [model.n_params for model in KNOWN_MODELS]
    assert numbers == sorted(numbers)
    unit = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
    for model in KNOWN_MODELS:
        digits, word = model.size.split()
        assert float(digits) * unit[word] == pytest.approx(model.n_params, rel=0.002)
        assert model.url.startswith("https://")
        assert 1998 <= model.year <= 2024


def test_lenet_5_has_the_parameters_its_paper_counts() -> None:
    convolutions, pooling = 6 * 26 + 1516, 2 * 6 + 2 * 16  # C3 joins only some of S2's maps
    dense = counter.count((400, 120, 84))
    lenet = next(model for model in KNOWN_MODELS if model.name == "LeNet-5")
    assert convolutions + pooling + dense == lenet.n_params
