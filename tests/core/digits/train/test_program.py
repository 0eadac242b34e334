import ast
import dataclasses
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy

from core.digits import mnist
from core.digits.recipe import ARTICLE, MODERN, SKETCH, MadeRecipe, Recipe
from core.digits.train.loop import Training
from core.digits.train.program import program
from tests import ROOT

TINY = dataclasses.replace(
    MODERN,
    name="a “quoted” name",
    layer_sizes=(784, 8, 10),
    n_images=300,
    n_epochs=2,
    batch_size=100,
    dropout=0.1,
)
WITH_MAPS = dataclasses.replace(TINY, channels=(2, 3), kernel_size=5)


@pytest.mark.long
@pytest.mark.parametrize("recipe", [TINY, WITH_MAPS], ids=["dense", "convolutional"])
def test_the_program_trains_to_the_same_weights(tmp_path: Path, recipe: Recipe) -> None:
    path = tmp_path / "it's.safetensors"
    run = subprocess.run(
        [sys.executable, "-c", program(recipe, str(path))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert [line.split(":")[0] for line in run.stdout.splitlines()] == ["epoch 1", "epoch 2"]
    training = Training(recipe, mnist.load("train"), mnist.load("test"))
    for _ in training.records():
        pass
    written = safetensors.numpy.load_file(path)
    for name, weights in training.weights().items():
        np.testing.assert_allclose(written[name], weights, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("recipe", [ARTICLE, MODERN, SKETCH, TINY, WITH_MAPS], ids=lambda r: r.name)
def test_the_recipe_stands_there_whole(recipe: Recipe | MadeRecipe) -> None:
    tree = ast.parse(program(recipe))
    written = next(
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "recipe"
    )
    names = {"Recipe": Recipe, "MadeRecipe": MadeRecipe}
    assert eval(ast.unparse(written), names) == recipe
