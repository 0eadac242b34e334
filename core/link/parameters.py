"""All that a link can say: each parameter once, with its kind, its range and its pages.

The name is also the key of the control. A page's control takes its range and its usual value from
here, and so does whoever reads or writes a link.
"""

from dataclasses import dataclass
from typing import Any, get_args

from core.curves.activations.functions import ACTIVATIONS
from core.datasets import Variant
from core.digits.convolution.kernels import BY_HAND, OWN
from core.digits.convolution.shift import FARTHEST
from core.digits.network.shapes import (
    KERNEL_SIZES,
    MAX_BLOCKS,
    MAX_CHANNELS,
    MAX_HIDDEN_LAYERS,
    MAX_NEURONS,
)
from core.digits.recipe import (
    CHOICES,
    MAX_LEARNING_RATE,
    MODERN,
    NUMBERS,
    WHOLE_NUMBERS,
)
from core.lab.sweep.plan import METHODS, MOST_RUNS, USUAL_RUNS
from core.lab.sweep.space import NAMES, PLAYGROUND_NAMES
from core.lab.sweep.text import EXAMPLES, PLAYGROUND_EXAMPLES
from core.learning.arms import MOST_CLASSES
from core.link.kinds import Choice, Kind, Number, Several, Switch, Table, Text
from core.planes.points import Shape


@dataclass(frozen=True)
class Parameter:
    """One parameter of the link.

    Parameters
    ----------
    name : str
        In the link, and the key of its control.
    kind : Kind
        What it may be, and what it is where the link does not say.
    pages : tuple of str
        The addresses of the pages that have it; none where every page has.
    """

    name: str
    kind: Kind
    pages: tuple[str, ...] = ()


SEED = Number(0, 0, 9999)
DIGITS = tuple(str(digit) for digit in range(10))
VARIANTS = ("sgd", "mini", "full")
BATCH = Number(10, 2, 100, 1)
START = Number(0.1, -3.0, 3.0, 0.1)
FAR_START = Number(0.1, -20.0, 20.0, 0.1)
LOSSES = ("mean_squared_error", "binary_cross_entropy")

ON_LINES = ("one_weight", "normal_equation", "gradient_descent", "weight_and_bias")
WITH_SAMPLES = (*ON_LINES, "sigmoid_neuron")
WITH_DRAWN_SAMPLES = (*WITH_SAMPLES, "boundary")
WITH_SEED = (*WITH_DRAWN_SAMPLES, "playground", "sweep")
WITH_OWN_SAMPLES = (*WITH_SAMPLES, "mlp")
WITH_OWN_POINTS = ("boundary", "playground", "sweep")
WITH_NETWORKS = ("sketch", "handwriting", "classroom", "convolution", "inspect")
WITH_CANVAS = ("sketch", "handwriting", "classroom", "convolution")

RATE_MARKS = (*(float(f"{step}e{power}") for power in range(-5, 1) for step in (1, 2, 5)), 10.0)
BATCH_MARKS = (1, 2, 5, 10, 20, 50, 64, 100, 128, 200, 256, 500, 512, 1000, 1024, 2000, 5000, 6000)
IMAGE_MARKS = (100, 200, 300, 500, 1000, 2000, 5000, 10_000, 20_000, 55_000)
DECAY_MARKS = (0.0, 1e-5, 1e-4, 1e-3, 0.01, 0.05, 0.1, 0.2, 0.5, 1.0)
LEAST_RATE = 1e-9
LONGEST_NAMES = 200
LONGEST_LESSON = 6_000
"""Characters: web servers read some eight thousand of an address."""
ALL_IMAGES = IMAGE_MARKS[-1]
"""All training images but those that are held out."""

_EVERYWHERE = (
    Parameter("lang", Choice("en")),
    Parameter("class", Number(0, 0, MOST_CLASSES)),  # of an experiment; 0 is none
    Parameter("lesson", Text("", LONGEST_LESSON)),  # a teacher's, or the name of one that ships
    Parameter("task", Number(1, 1, 8)),  # and the number of its step
)

_SHARED = (
    Parameter("pen", Number(20, 8, 40, 1), WITH_CANVAS),
    Parameter("net", Choice("sketch"), WITH_NETWORKS),
)

WITH_PLAYER = (
    "what_is_a_model",
    *("one_weight", "gradient_descent", "weight_and_bias", "sigmoid_neuron", "mlp"),
    *("boundary", "playground"),
)

_PLAYING = (
    Parameter("present", Switch(), WITH_PLAYER),
    Parameter(
        "step", Number(0.0, 0.0, 1.0), WITH_PLAYER
    ),  # a share of the run; the browser keeps it
)

_START = (
    Parameter("wm_x", Number(0.5, -2.0, 2.0, 0.1), ("what_is_a_model",)),
    Parameter("wm_y", Number(1.0, -2.0, 2.0, 0.1), ("what_is_a_model",)),
    Parameter("wm_rate", Number(0.1, 0.0, 2.0, 0.05), ("what_is_a_model",)),
    Parameter("wm_rounds", Number(12, 1, 25, 1), ("what_is_a_model",)),
    Parameter("wm_seed", SEED, ("what_is_a_model",)),
    Parameter("layers", Text("784-200-200-200-10", 200), ("what_is_a_model",)),
    Parameter("word", Text("", 60), ("glossary",)),
    Parameter("draft", Text("", LONGEST_LESSON), ("teach",)),  # a lesson being put together
)

_SAMPLES = (
    Parameter("src", Choice("made", ("made", "own")), (*WITH_OWN_SAMPLES, *WITH_OWN_POINTS)),
    Parameter("xy", Table(2), WITH_OWN_SAMPLES),
    Parameter("pts", Table(3), WITH_OWN_POINTS),
    Parameter("pts_names", Text("", LONGEST_NAMES), WITH_OWN_POINTS),
    Parameter("pg_target", Choice("class", ("class", "number")), ("playground", "sweep")),
    Parameter("n", Number(100, 1, 500, 1), WITH_DRAWN_SAMPLES),
    Parameter("slope", Number(1.5, -3.0, 3.0, 0.1), ON_LINES),
    Parameter("noise", Number(0.1, 0.0, 1.0, 0.05), ON_LINES),
    Parameter("centred", Switch(), ON_LINES),
    Parameter("data", Choice("plain", get_args(Variant)), ON_LINES[:-1]),
    Parameter("wb_data", Choice("reversed", get_args(Variant)), ON_LINES[-1:]),
    Parameter("bad", Switch(), ON_LINES),
    Parameter("seed", SEED, WITH_SEED),
)


def _descent(
    prefix: str, page: str, variant: str, n_epochs: int, *, shuffle: bool
) -> tuple[Parameter, ...]:
    return (
        Parameter(f"{prefix}_variant", Choice(variant, VARIANTS), (page,)),
        Parameter(f"{prefix}_batch", BATCH, (page,)),
        Parameter(f"{prefix}_rate", Number(0.1, 0.0, 4.0, 0.01), (page,)),
        Parameter(f"{prefix}_epochs", Number(n_epochs, 1, 200, 1), (page,)),
        Parameter(f"{prefix}_start", START, (page,)),
        Parameter(f"{prefix}_shuffle", Switch(shuffle), (page,)),
    )


_SINGLE_PASS = ("one_weight", "normal_equation")

_LINES = (
    Parameter("ow_rate", Number(0.5, 0.0, 5.0, 0.01), _SINGLE_PASS),
    Parameter("ow_start", Number(0.5, -3.0, 3.0, 0.1), _SINGLE_PASS),
    *_descent("gd", "gradient_descent", "mini", 50, shuffle=True),
    *_descent("wb", "weight_and_bias", "sgd", 15, shuffle=False),
    Parameter("wb_bias", START, ("weight_and_bias",)),
    Parameter("wb_std", Switch(), ("weight_and_bias",)),
)

_ACTIVATION_NAMES = tuple(activation.name for activation in ACTIVATIONS.values())

_NEURON = ("sigmoid_neuron",)
_NEURON_RATES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
_NEURON_EPOCHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_MLP = ("mlp",)
_MLP_RATES = (0.001, 0.002, 0.005, *_NEURON_RATES[:10])
MLP_EPOCHS = (
    *(10, 100, 200, 500, 1000, 2000, 5000),
    *(10_000, 20_000, 50_000, 100_000, 200_000, 500_000),
)
_MLP_ACTIVATIONS = ("sigmoid", "tanh", "relu", "leaky_relu", "softplus", "gelu")

_CURVES = (
    Parameter("act", Several(("sigmoid", "tanh", "ReLU"), _ACTIVATION_NAMES), ("activations",)),
    Parameter("sn_loss", Choice("mean_squared_error", LOSSES), _NEURON),
    Parameter("sn_variant", Choice("sgd", VARIANTS), _NEURON),
    Parameter("sn_batch", BATCH, _NEURON),
    Parameter("sn_rate", Number(0.1, 0.0, 50.0, marks=_NEURON_RATES), _NEURON),
    Parameter("sn_epochs", Number(1000, 1, 5000, marks=_NEURON_EPOCHS), _NEURON),
    Parameter("sn_start", FAR_START, _NEURON),
    Parameter("sn_bias", FAR_START, _NEURON),
    Parameter("sn_shuffle", Switch(), _NEURON),
    Parameter("sn_both", Number(-20, -40, 40, 1), _NEURON),
    Parameter("engine", Choice("scratch", ("scratch", "torch")), _MLP),
    Parameter("mlp_h", Number(3, 1, 32, 1), _MLP),
    Parameter("mlp_layers", Number(1, 1, 2, 1), _MLP),
    Parameter("mlp_act", Choice("sigmoid", _MLP_ACTIVATIONS), _MLP),
    Parameter("mlp_loss", Choice("mean_squared_error", LOSSES), _MLP),
    Parameter("mlp_opt", Choice("sgd", ("sgd", "momentum", "adam")), _MLP),
    Parameter("mlp_rate", Number(1.0, 0.0, 10.0, marks=_MLP_RATES), _MLP),
    Parameter("mlp_epochs", Number(20_000, 1, MLP_EPOCHS[-1], marks=MLP_EPOCHS), _MLP),
    Parameter("mlp_batch", Number(8, 1, 50, 1), _MLP),
    Parameter("mlp_shuffle", Switch(usual=True), _MLP),
    Parameter("mlp_seed", SEED, _MLP),
    Parameter("mlp_log", Switch(), _MLP),
)

_BOUNDARY = ("boundary",)
_STRETCHES = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)

_PLANES = (
    Parameter("pl_shape", Choice("blobs", get_args(Shape)), _BOUNDARY),
    Parameter("pl_distance", Number(3.0, 0.0, 6.0, 0.1), _BOUNDARY),
    Parameter("pl_noise", Number(0.5, 0.0, 2.0, 0.05), _BOUNDARY),
    Parameter("pl_stretch", Number(1.0, 0.1, 20.0, marks=_STRETCHES), _BOUNDARY),
    Parameter("bd_loss", Choice("binary_cross_entropy", LOSSES), _BOUNDARY),
    Parameter("bd_variant", Choice("mini", VARIANTS), _BOUNDARY),
    Parameter("bd_batch", BATCH, _BOUNDARY),
    Parameter("bd_rate", Number(0.1, 0.0, 50.0, marks=_NEURON_RATES), _BOUNDARY),
    Parameter("bd_epochs", Number(20, 1, 5000, marks=_NEURON_EPOCHS), _BOUNDARY),
    Parameter("bd_w1", Number(1.0, -20.0, 20.0, 0.1), _BOUNDARY),
    Parameter("bd_w2", Number(-1.0, -20.0, 20.0, 0.1), _BOUNDARY),
    Parameter("bd_bias", Number(1.0, -20.0, 20.0, 0.1), _BOUNDARY),
    Parameter("bd_shuffle", Switch(usual=True), _BOUNDARY),
)

_PLAYGROUND = ("playground",)
_NETWORKS = ("playground", "sweep")
"""A sweep varies what the Playground is set to."""
_SHAPES = ("blobs", "circle", "xor", "spiral", "moons", "three", "four", "plane", "bump")
_INPUTS = ("x₁", "x₂", "x₁²", "x₂²", "x₁·x₂", "sin x₁", "sin x₂")
_BENDS = ("linear", "sigmoid", "tanh", "relu", "leaky_relu", "softplus", "gelu")
PLAYGROUND_LAYERS = 6
PLAYGROUND_EPOCHS = (*_NEURON_EPOCHS, 10_000)
_PLAYGROUND_RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
_BATCHES = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_PULLS = (0.0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)

_OF_PLAYGROUND = (
    Parameter("pg_shape", Choice("circle", _SHAPES), _NETWORKS),
    Parameter("pg_n", Number(200, 2, 500, 1), _NETWORKS),
    Parameter("pg_noise", Number(0.2, 0.0, 2.0, 0.05), _NETWORKS),
    Parameter("pg_test", Number(0.25, 0.0, 0.9, 0.05), _NETWORKS),
    Parameter("pg_x", Several(("x₁", "x₂"), _INPUTS), _NETWORKS),
    Parameter("pg_layers", Number(2, 0, PLAYGROUND_LAYERS, 1), _NETWORKS),
    *(
        Parameter(f"pg_h{layer}", Number(4 if layer == 1 else 2, 1, 16), _NETWORKS)
        for layer in range(1, PLAYGROUND_LAYERS + 1)
    ),
    Parameter("pg_one", Switch(usual=True), _NETWORKS),
    Parameter("pg_act", Choice("tanh", _BENDS), _NETWORKS),
    *(
        Parameter(f"pg_a{layer}", Choice("tanh", _BENDS), _NETWORKS)
        for layer in range(1, PLAYGROUND_LAYERS + 1)
    ),
    Parameter("pg_init", Choice("xavier", ("xavier", "he", "uniform", "zero")), _NETWORKS),
    Parameter("pg_seed", SEED, _NETWORKS),
    Parameter("pg_opt", Choice("sgd", ("sgd", "momentum", "adam")), _NETWORKS),
    Parameter("pg_rate", Number(0.03, 0.0, 10.0, marks=_PLAYGROUND_RATES), _NETWORKS),
    Parameter("pg_sched", Choice("constant", ("constant", "cosine")), _NETWORKS),
    Parameter("pg_batch", Number(10, 1, 500, marks=_BATCHES), _NETWORKS),
    Parameter("pg_epochs", Number(200, 1, 10_000, marks=PLAYGROUND_EPOCHS), _NETWORKS),
    Parameter("pg_l1", Number(0.0, 0.0, 1.0, marks=_PULLS), _NETWORKS),
    Parameter("pg_l2", Number(0.0, 0.0, 1.0, marks=_PULLS), _NETWORKS),
    Parameter("pg_drop", Number(0.0, 0.0, 0.8, 0.05), _NETWORKS),
    Parameter("pg_patience", Number(0, 0, 200, 1), _NETWORKS),
    Parameter("pg_discrete", Switch(), _PLAYGROUND),
    Parameter("pg_past", Text("", 6000), _PLAYGROUND),
    Parameter("pg_from", Text("", 1000), _PLAYGROUND),
    Parameter("pg_off", Text("", 600), _NETWORKS),
    Parameter("pg_which", Choice(""), _PLAYGROUND),
    Parameter("pg_by", Number(0.0, -5.0, 5.0, 0.05), _PLAYGROUND),
    Parameter("pg_turns", Text("", 1000), _PLAYGROUND),
    Parameter("pg_mute", Text("", 600), _PLAYGROUND),
    Parameter("pg_sample", Number(1, 1, 1000), _PLAYGROUND),
)

_TRAIN = ("train",)

_OF_TRAIN = (
    Parameter(
        "tr_preset",
        Choice("modern", ("modern", "convolutional", "article", "sketch", "own")),
        _TRAIN,
    ),
    Parameter("tr_blocks", Number(0, 0, MAX_BLOCKS, 1), _TRAIN),
    *(
        Parameter(f"tr_c{block}", Number(16, 1, MAX_CHANNELS), _TRAIN)
        for block in range(1, MAX_BLOCKS + 1)
    ),
    Parameter(
        "tr_kernel",
        Choice(str(MODERN.kernel_size), tuple(str(side) for side in KERNEL_SIZES)),
        _TRAIN,
    ),
    Parameter("tr_layers", Number(3, 0, MAX_HIDDEN_LAYERS, 1), _TRAIN),
    *(
        Parameter(f"tr_h{layer}", Number(200, 1, MAX_NEURONS), _TRAIN)
        for layer in range(1, MAX_HIDDEN_LAYERS + 1)
    ),
    Parameter("tr_act", Choice(MODERN.activation, CHOICES["activation"]), _TRAIN),
    Parameter("tr_loss", Choice(MODERN.loss, CHOICES["loss"]), _TRAIN),
    Parameter("tr_opt", Choice(MODERN.optimiser, CHOICES["optimiser"]), _TRAIN),
    Parameter(
        "tr_rate",
        Number(MODERN.learning_rate, LEAST_RATE, float(MAX_LEARNING_RATE), marks=RATE_MARKS),
        _TRAIN,
    ),
    Parameter(
        "tr_batch",
        Number(MODERN.batch_size, *WHOLE_NUMBERS["batch_size"], marks=BATCH_MARKS),
        _TRAIN,
    ),
    Parameter("tr_epochs", Number(MODERN.n_epochs, *WHOLE_NUMBERS["n_epochs"]), _TRAIN),
    Parameter("tr_images", Number(ALL_IMAGES, 1, ALL_IMAGES, marks=IMAGE_MARKS), _TRAIN),
    Parameter("tr_warp", Number(MODERN.distortion, 0.0, 0.5, 0.01), _TRAIN),
    Parameter("tr_drop", Number(MODERN.dropout, 0.0, 0.9, 0.05), _TRAIN),
    Parameter(
        "tr_decay",
        Number(MODERN.weight_decay, 0.0, float(NUMBERS["weight_decay"][1]), marks=DECAY_MARKS),
        _TRAIN,
    ),
    Parameter("tr_made", Switch(), _TRAIN),
    Parameter("tr_sched", Choice(MODERN.schedule, CHOICES["schedule"]), _TRAIN),
    Parameter("tr_seed", SEED, _TRAIN),
    Parameter("tr_log", Switch(), _TRAIN),
    Parameter("tr_which", Choice("best", ("best", "last")), _TRAIN),
    Parameter("run", Text(""), _TRAIN),
)

_DIGITS = (
    Parameter("from", Choice("draw", ("draw", "file", "mnist")), ("sketch",)),
    Parameter("part", Choice("test", ("test", "train")), ("sketch",)),
    Parameter("image", Number(0, 0, 59_999), ("sketch",)),
    Parameter("straight", Switch(), ("sketch",)),
    Parameter("look", Choice("inside", ("inside", "why", "near", "train")), ("sketch",)),
    Parameter("in_layer", Choice("1"), ("sketch",)),
    Parameter("in_unit", Number(0, 0, MAX_NEURONS), ("sketch",)),
    Parameter("why_for", Choice("best", ("best", *DIGITS)), ("sketch",)),
    Parameter("why_not", Choice("second", ("second", *DIGITS)), ("sketch",)),
    Parameter("hand_times", Choice("1", ("1", "3")), ("handwriting",)),
    Parameter("hand_shuffled", Switch(), ("handwriting",)),
    Parameter("hand_beside", Switch(usual=True), ("handwriting",)),
    Parameter("room", Text(""), ("classroom",)),  # the code of a class
    Parameter("room_from", Choice("known", ("known", "nothing")), ("classroom",)),
    Parameter("room_beside", Switch(usual=True), ("classroom",)),
    Parameter("truth", Number(9, 0, 9), ("inspect",)),
    Parameter("read_as", Number(4, 0, 9), ("inspect",)),
    Parameter("mute_layer", Choice("1"), ("inspect",)),
    Parameter("mute", Number(0, 0, MAX_NEURONS), ("inspect",)),
    Parameter("mute_share", Choice("0", ("0", "10", "25", "50", "100")), ("inspect",)),
)

_CONVOLUTION = ("convolution",)

_OF_CONVOLUTION = (
    Parameter("cv_from", Choice("draw", ("draw", "mnist")), _CONVOLUTION),
    Parameter("cv_image", Number(0, 0, 9_999), _CONVOLUTION),
    Parameter("cv_bank", Choice("hand", ("hand", "learned")), _CONVOLUTION),
    Parameter("cv_kernel", Choice("left", (*BY_HAND, OWN)), _CONVOLUTION),
    Parameter("cv_own", Text("0,0,0,0,1,0,0,0,0", 100), _CONVOLUTION),
    Parameter("cv_channel", Number(14, 0, 255), _CONVOLUTION),
    Parameter("cv_pad", Switch(usual=True), _CONVOLUTION),
    Parameter("cv_stride", Choice("1", ("1", "2")), _CONVOLUTION),
    Parameter("cv_relu", Switch(), _CONVOLUTION),
    Parameter("cv_pool", Choice("none", ("none", "max", "mean")), _CONVOLUTION),
    Parameter("cv_shift", Number(0, -FARTHEST, FARTHEST, 1), _CONVOLUTION),
)

_SWEEP = ("sweep",)
_SWEPT = tuple(dict.fromkeys((*NAMES, *PLAYGROUND_NAMES)))

_LAB = (
    Parameter("runs", Text(""), ("compare",)),
    Parameter("cmp_text", Text(""), ("compare",)),
    Parameter("cmp_kind", Choice("all"), ("compare",)),
    Parameter("cmp_state", Choice("all"), ("compare",)),
    Parameter("cmp_x", Choice("epoch", ("epoch", "images", "seconds")), ("compare",)),
    Parameter("cmp_log", Switch(), ("compare",)),
    Parameter("sweep", Text(""), _SWEEP),
    Parameter("sw_of", Choice("digits", ("digits", "playground")), _SWEEP),
    Parameter("sw_a", Choice("learning_rate", _SWEPT), _SWEEP),
    Parameter("sw_b", Choice("batch_size", ("none", *_SWEPT)), _SWEEP),
    Parameter("sw_c", Choice("none", ("none", *_SWEPT)), _SWEEP),
    *(Parameter(f"sw_{name}", Text(EXAMPLES[name]), _SWEEP) for name in NAMES),
    *(Parameter(f"swp_{name}", Text(text), _SWEEP) for name, text in PLAYGROUND_EXAMPLES.items()),
    Parameter("sw_how", Choice("grid", METHODS), _SWEEP),
    Parameter("sw_runs", Number(USUAL_RUNS, 1, MOST_RUNS), _SWEEP),
    Parameter("sw_prune", Switch(usual=True), _SWEEP),
    Parameter("sw_base", Choice("modern", ("modern", "convolutional", "article")), _SWEEP),
    Parameter("sw_epochs", Number(6, *WHOLE_NUMBERS["n_epochs"]), _SWEEP),
    Parameter("sw_images", Number(5_000, 100, ALL_IMAGES, marks=IMAGE_MARKS), _SWEEP),
    Parameter("sw_seed", SEED, _SWEEP),
    Parameter("sw_axes", Choice(""), _SWEEP),
)

PARAMETERS = {
    parameter.name: parameter
    for group in (
        *(_EVERYWHERE, _PLAYING, _SHARED, _START, _SAMPLES, _LINES),
        *(_CURVES, _PLANES, _OF_PLAYGROUND, _OF_TRAIN, _DIGITS, _OF_CONVOLUTION, _LAB),
    )
    for parameter in group
}
"""All parameters, by their names."""


def of_page(page: str) -> list[Parameter]:
    """Return the parameters of the page at an address.

    Examples
    --------
    >>> [parameter.name for parameter in of_page("handwriting")]
    ['lang', 'class', 'lesson', 'task', 'pen', 'net', 'hand_times', 'hand_shuffled', 'hand_beside']
    """
    return [p for p in PARAMETERS.values() if not p.pages or page in p.pages]


def usual(*names: str) -> dict[str, Any]:
    """Return the usual values of parameters, by their names; for presets to start from.

    Examples
    --------
    >>> usual("n", "bad")
    {'n': 100, 'bad': False}
    """
    return {name: PARAMETERS[name].kind.usual for name in names}
