"""The controls of a page that a lesson may hide or lock, and what the page calls them."""

from core.link.parameters import of_page
from core.messages import N_

LABELS = {
    "src": N_("Samples"),
    "n": N_("Number of samples N"),
    "slope": N_("True slope"),
    "noise": N_("Noise"),
    "centred": N_("Noise around 0"),
    "data": N_("Variant"),
    "bad": N_("Bad last sample"),
    "seed": N_("Seed"),
    "std": N_("Standardise x"),
    "engine": N_("Engine"),
    "act": N_("Activation"),
    "rate": N_("Learning rate η"),
    "start": N_("Start weight"),
    "bias": N_("Start bias"),
    "w1": N_("Start w₁"),
    "w2": N_("Start w₂"),
    "variant": N_("Variant of the descent"),
    "batch": N_("Batch size B"),
    "epochs": N_("Epochs"),
    "rounds": N_("Rounds"),
    "shuffle": N_("Shuffle"),
    "loss": N_("Loss"),
    "opt": N_("Optimiser"),
    "h": N_("Hidden neurons h"),
    "layers": N_("Hidden layers"),
    "log": N_("Logarithmic loss"),
    "shape": N_("Shape"),
    "distance": N_("Distance"),
    "stretch": N_("Stretch of x₂"),
    "test": N_("Share of test samples"),
    "init": N_("Start of the weights"),
    "sched": N_("Schedule of the learning rate"),
    "drop": N_("Dropout"),
    "patience": N_("Early stopping after"),
    "discrete": N_("Only the answer"),
    "target": N_("To learn of each point"),
    "pen": N_("Pen width"),
    "net": N_("Network"),
    "pad": N_("Padding"),
    "stride": N_("Stride"),
    "relu": N_("ReLU"),
    "pool": N_("Pooling"),
    "shift": N_("Move the drawing to the right"),
    "bank": N_("Kernels"),
    "from": N_("Picture"),
}
"""What the pages call a control, by the last part of its name in the link."""

OWN = {
    "wm_seed": N_("Seed of the start"),
    "mlp_seed": N_("Seed of the start"),
    "pg_seed": N_("Seed of the start"),
    "mlp_layers": N_("Hidden layers"),
    "layers": N_("Layer sizes, from the input to the output"),
    "from": N_("Image"),
    "pg_from": "",
}
"""And those whose last part says something else elsewhere."""


def controls_of(page: str) -> list[str]:
    """Return the names of the controls of a page that have a name of their own for a teacher.

    Examples
    --------
    >>> controls_of("one_weight")
    ['src', 'n', 'slope', 'noise', 'centred', 'data', 'bad', 'seed', 'ow_rate', 'ow_start']
    """
    return [one.name for one in of_page(page) if one.pages and label(one.name)]


def label(name: str) -> str:
    """Return what the pages call a control, in English; "" for what is none.

    Examples
    --------
    >>> label("gd_rate"), label("xy")
    ('Learning rate η', '')
    """
    return OWN.get(name, LABELS.get(name.partition("_")[2] or name, ""))
