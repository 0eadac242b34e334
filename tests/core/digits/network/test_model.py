from core.digits.network.model import layer_names
from core.digits.network.weights import parameter_names
from tests.core.digits.networks import random_convolutional, random_dense


def test_layers_are_named_in_order():
    dense = random_dense(200, 200, 200)
    assert layer_names(dense) == [parameter_names(layer) for layer in range(4)]
    assert [name for name, _bias in layer_names(random_convolutional())] == [
        "1.weight",
        "4.weight",
        "8.weight",
        "10.weight",
    ]
