"""The ladder: its sections and rungs, in the order one climbs them. A new page is added here."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.messages import N_


@dataclass(frozen=True)
class Rung:
    """One page of the ladder: its file, its title, its icon, and what a learner does there."""

    path: str
    title: str
    icon: str
    about: str

    @property
    def name(self) -> str:
        """The last part of its address."""
        return Path(self.path).stem


HOME = Rung(
    "pages/start/home/home.py",
    N_("Home"),
    ":material/home:",
    N_("What the ladder is, and its rungs."),
)

TEACH = Rung(
    "pages/start/teach/teach.py",
    N_("Teach"),
    ":material/school:",
    N_("Put a lesson together: pages, settings, tasks and questions, in one link."),
)
"""A page for teachers, and no rung to climb."""

GLOSSARY = Rung(
    "pages/start/glossary/glossary.py",
    N_("Glossary"),
    ":material/menu_book:",
    N_("The words of the ladder, and where a tutorial's lines are found on it."),
)
"""A page to look things up, and no rung to climb."""

PRIVACY = Rung(
    "pages/start/privacy/privacy.py",
    N_("What is kept of you"),
    ":material/privacy_tip:",
    N_("What the app keeps of a reader, where and how long, and how it is deleted."),
)
"""A page at the foot of all others, and no rung to climb."""

LADDER: dict[str, Sequence[Rung]] = {
    N_("Start"): [
        Rung(
            "pages/start/what_is_a_model/what_is_a_model.py",
            N_("What is a model?"),
            ":material/account_tree:",
            N_("A network of 1-2-1 neurons, stage by stage; and what “7 billion” counts."),
        ),
        Rung(
            "pages/start/check/check.py",
            N_("What do you know?"),
            ":material/quiz:",
            N_("Twelve questions, before you climb and after: what have you learned?"),
        ),
    ],
    N_("Lines"): [
        Rung(
            "pages/lines/one_weight/one_weight.py",
            N_("One weight"),
            ":material/show_chart:",
            N_("The smallest network there is learns a line, one sample at a time."),
        ),
        Rung(
            "pages/lines/normal_equation/normal_equation.py",
            N_("Normal equation"),
            ":material/functions:",
            N_("All samples at once: the loss is a parabola, and its vertex the best weight."),
        ),
        Rung(
            "pages/lines/gradient_descent/gradient_descent.py",
            N_("Gradient descent"),
            ":material/trending_down:",
            N_("Walk down the loss in small steps: sample by sample, in batches, or all at once."),
        ),
        Rung(
            "pages/lines/weight_and_bias/weight_and_bias.py",
            N_("Weight and bias"),
            ":material/stacked_line_chart:",
            N_("Two parameters at once: a path down a long and narrow valley."),
        ),
    ],
    N_("Curves"): [
        Rung(
            "pages/curves/activations/activations.py",
            N_("Activations"),
            ":material/ssid_chart:",
            N_("What bends a neuron's line, and how much of the gradient gets through it."),
        ),
        Rung(
            "pages/curves/sigmoid_neuron/sigmoid_neuron.py",
            N_("Sigmoid neuron"),
            ":material/moving:",
            N_("A line bent into an S: the chain rule, link by link, and where it stalls."),
        ),
        Rung(
            "pages/curves/mlp/mlp.py",
            N_("MLP"),
            ":material/hub:",
            N_("Neurons that share the work: from scratch, and in PyTorch."),
        ),
    ],
    N_("Planes"): [
        Rung(
            "pages/planes/boundary/boundary.py",
            N_("Boundary"),
            ":material/border_vertical:",
            N_("One neuron with two inputs: a line between two classes, and what none can part."),
        ),
        Rung(
            "pages/planes/playground/playground.py",
            N_("Playground"),
            ":material/scatter_plot:",
            N_("Any small network, and each neuron's own map of the plane while it learns."),
        ),
    ],
    N_("Digits"): [
        Rung(
            "pages/digits/train/train.py",
            N_("Train"),
            ":material/model_training:",
            N_("Train a network on 55,000 digits, live: when does it learn them by heart?"),
        ),
        Rung(
            "pages/digits/sketch/sketch.py",
            N_("Sketch"),
            ":material/draw:",
            N_("Draw a digit and watch a network read it after each stroke."),
        ),
        Rung(
            "pages/digits/handwriting/handwriting.py",
            N_("My handwriting"),
            ":material/ink_pen:",
            N_("Write ten digits: how well does the network read your own hand?"),
        ),
        Rung(
            "pages/digits/classroom/classroom.py",
            N_("Class"),
            ":material/groups:",
            N_("Everybody in a class writes ten digits: together they are a data set."),
        ),
        Rung(
            "pages/digits/convolution/convolution.py",
            N_("Convolution"),
            ":material/blur_on:",
            N_("Nine weights slide over your drawing: what they find, and what a shift does."),
        ),
        Rung(
            "pages/digits/inspect/inspect.py",
            N_("Inspect"),
            ":material/frame_inspect:",
            N_("What a network misreads, what its units have learned, and what if one is missing."),
        ),
    ],
    N_("Lab"): [
        Rung(
            "pages/lab/compare/compare.py",
            N_("Compare"),
            ":material/compare:",
            N_("Runs over each other: which learned better, and which setting made it so?"),
        ),
        Rung(
            "pages/lab/sweep/sweep.py",
            N_("Sweep"),
            ":material/grid_on:",
            N_("Many combinations of hyperparameters at once: a map of what works."),
        ),
    ],
}
"""The sections in the order one climbs them, and the rungs of each."""

PATHS = {rung.name: rung.path for rungs in LADDER.values() for rung in rungs}
"""The file of each rung, by the last part of its address."""
