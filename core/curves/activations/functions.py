r"""Activations: the functions that bend a neuron's line, and their slopes.

A neuron computes :math:`z = w x + b` and passes it through an activation :math:`f`. Without one, a
network of any depth is a line. Learning goes the other way: each layer multiplies the gradient by
the slope :math:`f'(z)`, so the slope decides how much of it is left for the layers before.

.. math:: \sigma(z) = \frac1{1 + e^{-z}} \qquad \sigma' = \sigma (1 - \sigma) \le \tfrac14

References
----------
- LeCun et al., "Efficient BackProp", 1998: why outputs should be centred on 0.
- Dugas et al., "Incorporating second-order functional knowledge …", 2001: softplus.
- Nair and Hinton, "Rectified linear units improve restricted Boltzmann machines", 2010.
- Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks",
  2010: saturation, layer by layer.
- Maas et al., "Rectifier nonlinearities improve neural network acoustic models", 2013: leaky ReLU.
- Hendrycks and Gimpel, "Gaussian error linear units (GELUs)", 2016.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.messages import N_

Function = Callable[[ArrayLike], NDArray[np.float64]]

LEAK = 0.01
"""The slope of leaky ReLU left of 0, PyTorch's default."""


def sigmoid(z: ArrayLike) -> NDArray[np.float64]:
    r"""Return :math:`\sigma(z) = 1 / (1 + e^{-z})`, between 0 and 1, of the shape of `z`.

    Left of 0 it is written :math:`e^z / (1 + e^z)`, which is the same, so that no power of e
    overflows.

    Examples
    --------
    >>> sigmoid([0, math.log(3), -1000, 1000])
    array([0.5 , 0.75, 0.  , 1.  ])
    """
    z = np.asarray(z, dtype=np.float64)
    power = np.exp(-np.abs(z))
    share: NDArray[np.float64] = np.where(z >= 0, 1.0, power) / (1 + power)
    return share


def sigmoid_derivative(z: ArrayLike) -> NDArray[np.float64]:
    r"""Return :math:`\sigma(z) \, (1 - \sigma(z))`: ¼ at 0, and less everywhere else.

    Examples
    --------
    >>> sigmoid_derivative([0, math.log(3)])
    array([0.25  , 0.1875])
    """
    # 1 − σ(z) = σ(−z), without losing its digits where σ(z) is nearly 1.
    return sigmoid(z) * sigmoid(np.negative(z))


def tanh(z: ArrayLike) -> NDArray[np.float64]:
    r"""Return :math:`\tanh z = 2 \sigma(2z) - 1`, between −1 and 1.

    Examples
    --------
    >>> tanh([0, math.log(3)])
    array([0. , 0.8])
    """
    return np.tanh(np.asarray(z, dtype=np.float64))


def tanh_derivative(z: ArrayLike) -> NDArray[np.float64]:
    r"""Return :math:`1 - \tanh^2 z`: 1 at 0, and less everywhere else.

    Examples
    --------
    >>> tanh_derivative([0, math.log(3)])
    array([1.  , 0.36])
    """
    return 1 - tanh(z) ** 2


def relu(z: ArrayLike) -> NDArray[np.float64]:
    r"""Return :math:`\max(0, z)`.

    Examples
    --------
    >>> relu([-2, 0, 3])
    array([0., 0., 3.])
    """
    return np.maximum(0.0, z)


def relu_derivative(z: ArrayLike) -> NDArray[np.float64]:
    """Return 0 left of 0 and 1 right of it; at the kink itself 0, as PyTorch does.

    Examples
    --------
    >>> relu_derivative([-2, 0, 3])
    array([0., 0., 1.])
    """
    return np.where(np.greater(z, 0), 1.0, 0.0)


def leaky_relu(z: ArrayLike) -> NDArray[np.float64]:
    r"""Return :math:`\max(0.01 \, z, z)`.

    Examples
    --------
    >>> leaky_relu([-2, 0, 3])
    array([-0.02,  0.  ,  3.  ])
    """
    return np.maximum(LEAK * np.asarray(z, dtype=np.float64), z)


def leaky_relu_derivative(z: ArrayLike) -> NDArray[np.float64]:
    """Return 0.01 left of 0 and at it, and 1 right of it.

    Examples
    --------
    >>> leaky_relu_derivative([-2, 0, 3])
    array([0.01, 0.01, 1.  ])
    """
    return np.where(np.greater(z, 0), 1.0, LEAK)


def softplus(z: ArrayLike) -> NDArray[np.float64]:
    r"""Return :math:`\ln(1 + e^z)`, a ReLU without a kink.

    Examples
    --------
    >>> softplus([0, math.log(3), -1000, 1000]).round(4)
    array([6.9310e-01, 1.3863e+00, 0.0000e+00, 1.0000e+03])
    """
    return np.logaddexp(0.0, z)


def softplus_derivative(z: ArrayLike) -> NDArray[np.float64]:
    r"""Return :math:`\sigma(z)`.

    Examples
    --------
    >>> softplus_derivative([0, math.log(3)])
    array([0.5 , 0.75])
    """
    return sigmoid(z)


def normal_share(z: ArrayLike) -> NDArray[np.float64]:
    r"""Return :math:`\Phi(z) = \frac12 (1 + \operatorname{erf}(z / \sqrt 2))`.

    It is the share of a standard normal distribution that lies below `z`.

    Examples
    --------
    >>> normal_share([-1000, 0, 1.96]).round(3)
    array([0.   , 0.5  , 0.975])
    """
    # erfc(−u) = 1 + erf(u), without losing its digits where erf(u) is nearly −1.
    erfc = np.vectorize(math.erfc, otypes=[np.float64])
    share: NDArray[np.float64] = erfc(np.negative(z) / math.sqrt(2)) / 2
    return share


def gelu(z: ArrayLike) -> NDArray[np.float64]:
    r"""Return :math:`z \, \Phi(z)`: the input, weighted by how large it is among others.

    Examples
    --------
    >>> gelu([0, 1, 100]).round(4)
    array([  0.    ,   0.8413, 100.    ])
    """
    return np.asarray(z, dtype=np.float64) * normal_share(z)


def gelu_derivative(z: ArrayLike) -> NDArray[np.float64]:
    r"""Return :math:`\Phi(z) + z \, \varphi(z)`, with the normal density :math:`\varphi`.

    Examples
    --------
    >>> gelu_derivative([-1000, 0, 1, 1000]).round(4)
    array([0.    , 0.5   , 1.0833, 1.    ])
    """
    z = np.asarray(z, dtype=np.float64)
    density = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    return normal_share(z) + z * density


@dataclass(frozen=True)
class Activation:
    """An activation and its derivative in one object.

    Parameters
    ----------
    name : str
        What it is called, in every language.
    function, derivative : callable
        From z to f(z) and f′(z); any shape in, the same shape out.
    latex, latex_derivative : str
        Their formulas.
    weakness : str
        What goes wrong with it.
    used : str
        Where it is used today.

    Examples
    --------
    >>> ACTIVATIONS["relu"].function([-1, 2])
    array([0., 2.])
    """

    name: str
    function: Function
    derivative: Function
    latex: str
    latex_derivative: str
    weakness: str
    used: str


ACTIVATIONS: dict[str, Activation] = {
    "sigmoid": Activation(
        "sigmoid",
        sigmoid,
        sigmoid_derivative,
        r"\sigma(z) = \frac{1}{1 + e^{-z}}",
        r"\sigma'(z) = \sigma(z)\,(1 - \sigma(z)) \le \tfrac14",
        N_(
            "It saturates: far from 0 its slope is almost 0, and nowhere is it above ¼. With "
            "weights of 1, ten layers leave at most (¼)¹⁰, a millionth of the gradient: it "
            "vanishes. And all outputs are positive, not centred on 0: one sample pushes the "
            "weights of a neuron in the next layer all up or all down."
        ),
        N_("The last layer, where the output is a probability; the gates of an LSTM."),
    ),
    "tanh": Activation(
        "tanh",
        tanh,
        tanh_derivative,
        r"\tanh z = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}",
        r"\tanh' z = 1 - \tanh^2 z \le 1",
        N_(
            "It is a sigmoid stretched to −1 … 1: centred on 0, and its slope reaches 1. But it "
            "saturates even sooner: at z = ±3 a hundredth of the slope is left."
        ),
        N_("Recurrent networks such as the LSTM, and outputs between −1 and 1."),
    ),
    "relu": Activation(
        "ReLU",
        relu,
        relu_derivative,
        r"f(z) = \max(0,\, z)",
        r"f'(z) = \begin{cases} 0 & z < 0 \\ 1 & z > 0 \end{cases}",
        N_(
            "Left of 0 the slope is exactly 0. A neuron whose z is negative for every sample gets "
            "no gradient any more: it is dead, and as a rule stays so. At 0 there is a kink "
            "without a slope; programs take 0."
        ),
        N_(
            "The usual choice for hidden layers, above all with images: one comparison, and right "
            "of 0 the gradient passes unchanged."
        ),
    ),
    "leaky_relu": Activation(
        "leaky ReLU",
        leaky_relu,
        leaky_relu_derivative,
        r"f(z) = \max(0.01\,z,\; z)",
        r"f'(z) = \begin{cases} 0.01 & z < 0 \\ 1 & z > 0 \end{cases}",
        N_(
            "No neuron is ever quite dead, but left of 0 it learns a hundred times more slowly. "
            "The 0.01 is one more number to choose."
        ),
        N_("Where ReLU neurons die: networks that generate images (GANs), object detectors."),
    ),
    "softplus": Activation(
        "softplus",
        softplus,
        softplus_derivative,
        r"f(z) = \ln(1 + e^{z})",
        r"f'(z) = \sigma(z)",
        N_(
            "A ReLU without the kink, smooth everywhere. It costs an exponential and a logarithm, "
            "its slope still fades on the left, and it is never 0: even z = 0 gives 0.693."
        ),
        N_("Outputs that must be positive, such as a standard deviation. Seldom in hidden layers."),
    ),
    "gelu": Activation(
        "GELU",
        gelu,
        gelu_derivative,
        r"f(z) = z \cdot \Phi(z) = \frac{z}{2} \left(1 + \operatorname{erf} \frac{z}{\sqrt 2}"
        r" \right)",
        r"f'(z) = \Phi(z) + \frac{z}{\sqrt{2\pi}}\, e^{-z^2/2}",
        N_(
            "The error function costs more than a comparison. It falls before it rises, with its "
            "lowest point at z = −0.75: there, and far to the left, the slope is 0."
        ),
        N_("Transformers, such as BERT, GPT-2 and those that look at images: a smooth ReLU."),
    ),
}
"""The activations by their names in code."""
