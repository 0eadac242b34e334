import pytest

from core.digits.convolution.counted import layers
from core.digits.network.files import FOLDER, read_model
from tests.core.digits.networks import random_dense


@pytest.mark.parametrize("name", ["article", "cnn"])
def test_all_layers_together_are_the_card_s_number(name: str) -> None:
    model = read_model(FOLDER / f"{name}.safetensors")
    assert sum(layer.n_parameters for layer in layers(model)) == model.card.n_parameters


def test_a_convolution_is_used_at_all_places_of_what_pooling_left() -> None:
    first, second, *dense = layers(read_model(FOLDER / "cnn.safetensors"))
    assert (first.n_inputs, first.n_units, first.n_places) == (9, 16, 784)
    assert (second.n_inputs, second.n_units, second.n_places) == (144, 32, 196)
    assert [layer.n_places for layer in dense] == [1, 1]


def test_without_a_hidden_layer_there_is_one() -> None:
    assert [layer.n_parameters for layer in layers(random_dense())] == [7850]
