import pytest

from core.digits.network import shapes
from core.digits.network.shapes import check_network, n_map_values, n_parameters, parameter_shapes
from core.digits.network.weights import layer_names, parameter_names
from core.digits.recipe import MODERN
from core.digits.train.torch_network import count_parameters, make_network
from core.messages import InputError
from tests.core.digits.networks import WITH_CONVOLUTIONS, random_convolutional, random_dense


def test_layers_are_named_in_order():
    dense = random_dense(200, 200, 200)
    assert layer_names(dense.weights) == [parameter_names(layer) for layer in range(4)]
    assert [name for name, _bias in layer_names(random_convolutional().weights)] == [
        "1.weight",
        "4.weight",
        "8.weight",
        "10.weight",
    ]


@pytest.mark.parametrize("dropout", [0.0, 0.5])
@pytest.mark.parametrize("changes", WITH_CONVOLUTIONS, ids=str)
def test_shapes_are_those_of_torchs_network(changes, dropout):
    sizes = (784, *changes["hidden"], 10)
    network = sizes, changes["channels"], changes["kernel_size"]
    made = make_network(sizes, channels=network[1], kernel_size=network[2], dropout=dropout)
    found = {name: tuple(value.shape) for name, value in made.state_dict().items()}
    assert found == parameter_shapes(*network)
    assert count_parameters(made) == n_parameters(*network)


def test_a_batch_as_large_as_allowed_and_no_larger():
    most = shapes.MAX_MAP_VALUES // n_map_values((16, 32))
    check_network((784, 10), (16, 32), batch_size=most)
    with pytest.raises(
        InputError, match=rf"^For these convolutions a batch may have at most {most}"
    ):
        check_network((784, 10), (16, 32), batch_size=most + 1)


def test_no_convolutional_network_is_larger_than_the_largest_dense_one():
    check_network((784, 256, 10), (64,))
    with pytest.raises(InputError, match=r"^A convolutional network may have at most 4000000 para"):
        check_network((784, 1024, 10), (64,))
    assert n_parameters((784, *[shapes.MAX_NEURONS] * 4, 10)) < shapes.MAX_PARAMETERS
    assert MODERN.n_parameters < shapes.MAX_PARAMETERS
