import dataclasses
import errno
import itertools
from functools import partial

import pytest

from core.digits import mnist
from core.digits.mnist import Digits
from core.digits.network import files
from core.digits.recipe import ARTICLE, MADE_PRESETS
from core.digits.train import command
from core.digits.train.loop import epochs
from core.digits.train.made import pool
from core.digits.train.made.pool import make_pool


@pytest.fixture(autouse=True)
def small_world(monkeypatch):
    """A preset that takes a moment, on the first images of MNIST."""
    load = mnist.load

    def load_a_few(part):
        digits = load(part)
        return Digits(digits.images[:600], digits.labels[:600])

    recipe = dataclasses.replace(ARTICLE, batch_size=50, n_epochs=3, n_validation=100)
    monkeypatch.setattr(mnist, "load", load_a_few)
    monkeypatch.setitem(command.PRESETS, "article", recipe)


def interrupted_after(n_epochs):
    def some_epochs(training):
        yield from itertools.islice(epochs(training), n_epochs)
        raise KeyboardInterrupt

    return some_epochs


def test_it_trains_prints_and_saves(tmp_path, capsys):
    out = tmp_path / "new" / "mine"
    assert command.main(["--preset", "article", "--seed", "7", "--out", str(out)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines[:3]] == ["epoch 1", "epoch 2", "epoch 3"]
    assert lines[3].startswith("Done after epoch 3. Saved the best, epoch ")
    model = files.read_model(tmp_path / "new" / "mine.safetensors")
    assert (model.card.seed, model.card.epochs_done) == (7, 3)
    assert model.card.recipe["batch_size"] == 50
    assert "last 100 of the 600 training images" in model.card.held_out
    assert model.card.data_md5 == mnist.MD5
    assert f"test accuracy {model.card.test_accuracy:.2%}" in lines[3]


@pytest.mark.long
@pytest.mark.parametrize("name", MADE_PRESETS)
def test_made_presets_learn_when_to_be_unsure(name, tmp_path, monkeypatch, capsys):
    small = {"n_epochs": 2, "n_validation": 100, "batch_size": 50}
    recipe = dataclasses.replace(MADE_PRESETS[name], made={"styled": 60, "no digit": 30}, **small)
    monkeypatch.setitem(command.MADE_PRESETS, name, recipe)
    monkeypatch.setattr(pool, "CHUNK", 30)
    monkeypatch.setattr(command, "make_pool", partial(make_pool, n_processes=1))
    assert command.main(["--preset", name, "--out", str(tmp_path / "m")]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "Making 90 pictures to learn from."
    model = files.read_model(tmp_path / "m.safetensors")
    card = model.card
    assert (card.network, card.layer_sizes) == (recipe.network, recipe.layer_sizes)
    assert (card.averages_shifts, card.least_probability) == (recipe.averages_shifts, 0.5)
    assert "100 of the 600 training images and 30 made digits were not learned" in card.held_out
    held_out = mnist.load("train").images[-100:]
    refused = model.scores(held_out.astype("float32") / 255).max(axis=1) < card.least_evidence
    assert refused.mean() < 0.05


@pytest.mark.long
def test_the_best_epoch_by_the_held_out_images_is_kept(tmp_path, monkeypatch):
    accuracies = iter([0.5, 0.9, 0.9])

    def staged(training):
        for record in epochs(training):
            yield dataclasses.replace(record, validation_accuracy=next(accuracies))

    monkeypatch.setattr(command, "epochs", staged)
    command.main(["--preset", "article", "--out", str(tmp_path / "m.safetensors")])
    card = files.read_model(tmp_path / "m.safetensors").card
    assert (card.epoch_kept, card.epochs_done, card.validation_accuracy) == (2, 3, 0.9)


def test_ctrl_c_keeps_the_best_so_far(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "epochs", interrupted_after(2))
    assert command.main(["--preset", "article", "--out", str(tmp_path / "m")]) == 130
    assert "Stopped after epoch 2. Saved the best" in capsys.readouterr().out
    assert files.read_model(tmp_path / "m.safetensors").card.epochs_done == 2


def test_ctrl_c_before_the_first_epoch_saves_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "epochs", interrupted_after(0))
    assert command.main(["--preset", "article", "--out", str(tmp_path / "m")]) == 130
    assert "nothing to save" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--preset", "nonsense"], "invalid choice: 'nonsense'"),
        (
            ["--preset", "article", "--epochs", "0"],
            "n_epochs must be a whole number from 1 to 1000",
        ),
        (["--preset", "article", "--epochs", "two"], "invalid int value: 'two'"),
        (["--preset", "article", "--seed", "-1"], "seed must be a whole number from 0"),
        ([], "required: --preset"),
    ],
)
def test_bad_arguments_get_one_line_and_exit_code_2(arguments, sentence, tmp_path, capsys):
    assert exit_code([*arguments, "--out", str(tmp_path / "m")]) == 2
    error = capsys.readouterr().err
    assert sentence in error
    assert error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_folder_is_told_before_training(tmp_path, capsys):
    (tmp_path / "file").touch()
    out = tmp_path / "file" / "folder" / "m"
    assert exit_code(["--preset", "article", "--out", str(out)]) == 2
    output = capsys.readouterr()
    assert output.err == f"The folder {out.parent} cannot be written: Not a directory.\n"
    assert output.out == ""


def test_a_full_disk_gets_one_line(tmp_path, monkeypatch, capsys):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    assert exit_code(["--preset", "article", "--epochs", "1", "--out", str(tmp_path / "m")]) == 2
    assert capsys.readouterr().err.endswith("cannot be written: No space left on device.\n")
    assert list(tmp_path.iterdir()) == []


def exit_code(arguments):
    try:
        return command.main(arguments)
    except SystemExit as end:
        return end.code
