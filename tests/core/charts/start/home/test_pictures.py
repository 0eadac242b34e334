import dataclasses
import re
import tomllib
from xml.etree import ElementTree

import numpy as np
import pytest

from core.charts.palette import ROLES
from core.charts.start.home import pictures
from core.charts.svg import HEIGHT, MARGIN, WIDTH, Window, line, picture
from core.curves import mlp, sigmoid_neuron
from core.datasets import noisy_line, step, two_steps
from core.digits import mnist
from core.digits.recipe import MODERN
from core.digits.train.loop import Training, epochs
from core.lines import gradient_descent, normal_equation, one_weight, weight_and_bias
from core.planes import boundary, playground
from core.planes.playground.data import make, split
from core.planes.points import two_classes
from tests import ROOT

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_a_picture_is_small_and_says_what_it_shows(name: str) -> None:
    text = pictures.rung_picture(name, lambda message: f"<“{message}” & more>")
    assert len(text) < 10_000
    root = ElementTree.fromstring(text)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"].startswith("<“")
    assert len(root) > 1
    for part in root:
        role, *_ = part.attrib["class"].split()
        assert role in ROLES
        numbers = re.findall(r"[A-Z](-?[\d.]+) (-?[\d.]+)", part.attrib.get("d", ""))
        xs, ys = np.array(numbers or [(0, 0)], dtype=float).T
        inside = (xs >= 0) & (xs <= WIDTH) & (ys >= 0) & (ys <= HEIGHT)
        assert inside.any()


def test_a_point_lands_where_it_belongs() -> None:
    drawn = line(Window(0, 10, -1, 1), [5, 10], [0, 1], "model")
    assert f'd="M{WIDTH / 2:g} {HEIGHT / 2:g}L{WIDTH - MARGIN} {MARGIN}"' in drawn


def test_a_label_cannot_break_out_of_its_attribute() -> None:
    text = picture(label='"><script>')
    assert ElementTree.fromstring(text).attrib["aria-label"] == '"><script>'


def test_the_colours_are_the_themes() -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    style = (ROOT / "assets" / "style.css").read_text("utf-8")
    found = re.findall(r"& \.(\w+) \{\s+color: light-dark\((#\w+), (#\w+)\);", style)
    light, dark = (theme[base]["chartCategoricalColors"] for base in ("light", "dark"))
    assert sorted(found) == sorted(zip(ROLES, light, dark, strict=False))  # then the digits


def test_the_pass_of_one_weight_is_the_lessons() -> None:
    x, y = noisy_line()
    history = one_weight.train(x, y, one_weight.Config(record_every=1))
    np.testing.assert_allclose(pictures.one_weight_pass(x, y), history.column("weight"), rtol=1e-12)


def test_the_walk_down_the_parabola_is_the_lessons_full_batch() -> None:
    x, y = noisy_line()
    mean = normal_equation.parabola(x, y)
    config = gradient_descent.Config(batch_size=None, n_epochs=50, record_every=1)
    history = gradient_descent.train(x, y, config)
    weights = pictures.full_batch(mean.a, mean.b, 50)
    np.testing.assert_allclose(weights, history.column("weight"), rtol=1e-9)


def test_the_path_down_the_valley_is_the_lessons() -> None:
    x, y = noisy_line(variant="reversed")
    history = weight_and_bias.train(x, y, weight_and_bias.Config(record_every=1))
    np.testing.assert_allclose(pictures.weight_and_bias_pass(x, y), history.params, rtol=1e-9)


def test_the_sigmoid_neurons_parameters_are_the_lessons() -> None:
    history = sigmoid_neuron.train(*step(), sigmoid_neuron.Config())
    np.testing.assert_allclose(pictures.SIGMOID_NEURON, history.params[-1], atol=5e-4)


def test_the_boundarys_parameters_are_the_lessons() -> None:
    history = boundary.train(*two_classes(), boundary.Config())
    np.testing.assert_allclose(pictures.BOUNDARY, history.params[-1], atol=5e-4)


def test_the_playgrounds_boundary_is_the_lessons() -> None:
    samples = split(*make())
    run = playground.train(*samples.train, playground.Config(), test=samples.test)
    angles = 2 * np.pi * np.arange(len(pictures.PLAYGROUND)) / len(pictures.PLAYGROUND)
    directions = np.column_stack([np.cos(angles), np.sin(angles)])
    for shift, side in ((-0.02, 1), (0.02, -1)):
        radii = np.array(pictures.PLAYGROUND)[:, np.newaxis] + shift
        answers = playground.predict(radii * directions, run.params[-1], run.config)
        assert (side * (answers - 0.5) > 0).all()


def test_the_mlps_curve_is_the_lessons() -> None:
    x, y = two_steps()
    history = mlp.train(x, y, mlp.Config())
    grid = np.linspace(0, 1, 101)
    shown, learned = (mlp.predict(grid, params) for params in (pictures.MLP, history.params[-1]))
    np.testing.assert_allclose(shown, learned, atol=0.02)


@pytest.mark.parametrize(
    "n_epochs",
    [pytest.param(5, marks=pytest.mark.long), pytest.param(20, marks=pytest.mark.proof)],
)
def test_the_run_on_few_images_is_the_lessons(n_epochs: int) -> None:
    recipe = dataclasses.replace(
        MODERN,
        n_images=300,
        batch_size=30,
        distortion=0.0,
        schedule="constant",
        n_epochs=n_epochs,
        n_validation=1,
    )
    training = Training(recipe, mnist.load("train"), mnist.load("test"))
    losses = [(epoch.train_loss, epoch.test_loss) for epoch in epochs(training)]
    np.testing.assert_allclose(pictures.LEARNED_BY_HEART[:5], losses[:5], atol=0.15)
    if n_epochs == len(pictures.LEARNED_BY_HEART):  # what is learned by heart costs in the end
        shown, learned = (np.array(run)[:, 1] for run in (pictures.LEARNED_BY_HEART, losses))
        assert learned[-1] - learned.min() > 0.5 * (shown[-1] - shown.min()) > 0


def test_the_sketch_is_mnists_first_training_image() -> None:
    images, labels = mnist.load("train")
    drawn = pictures.sketch()
    assert drawn.count("M") - 2 == np.count_nonzero(images[0])  # and an arrow of two lines
    assert f">{labels[0]}</text>" in drawn
