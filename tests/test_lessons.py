"""The laws that every lesson keeps, a new one too: how it is found, recorded, begun and ended."""

import ast
import dataclasses
import importlib
import inspect
import math
import re
import runpy
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core import lesson_command
from core.datasets import as_samples
from core.history import DIVERGED_AT, MAX_RECORDS, History
from core.hyperparameters import LARGEST
from core.messages import InputError
from core.planes.points import as_points
from tests import ROOT
from tests.lessons import (
    BOUNDED,
    BY_AUTOGRAD,
    HYPERPARAMETERS,
    LESSONS,
    ROUNDS,
    SOLVED,
    THINNED,
    TRAINED,
    Lesson,
    same,
)


def each(names: list[str]) -> pytest.MarkDecorator:
    """A case for each of these lessons; what PyTorch learns takes long."""
    long = pytest.mark.long
    cases = [pytest.param(name, marks=long) if name in BY_AUTOGRAD else name for name in names]
    return pytest.mark.parametrize("name", cases)


every_lesson = each(TRAINED)


# What a lesson is called


def public_names(source: str) -> set[str]:
    """The functions, classes and constants that a module defines itself."""
    names: set[str] = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            parts = [part for target in targets for part in ast.walk(target)]
            names |= {part.id for part in parts if isinstance(part, ast.Name)}
    return {name for name in names if not name.startswith("_")}


def test_every_module_that_is_a_lesson_is_found_as_one() -> None:
    assert {"core.lines.one_weight", "core.curves.mlp", "core.curves.torch_mlp"} <= set(TRAINED)
    assert set(SOLVED) <= set(LESSONS)
    trained = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "core").rglob("*.py")
        if {"Config", "train"} <= public_names(path.read_text("utf-8"))
    }
    assert trained == {LESSONS[name] for name in TRAINED}, "a lesson lies in a file …lesson.py"


@pytest.mark.parametrize(("name", "module"), LESSONS.items())
def test_a_lesson_s_short_name_has_all_that_the_lesson_defines(name: str, module: str) -> None:
    short, lesson = importlib.import_module(name), importlib.import_module(module)
    names = public_names(inspect.getsource(lesson))
    assert "FORMULAS" in names
    assert names <= set(short.__all__), f"{name} does not re-export all of {module}"
    for one in names:
        assert getattr(short, one) is getattr(lesson, one), f"{name}.{one} is another one"
    if name in TRAINED:
        assert short.Config() == lesson.Config(), f"{name}.Config wants arguments"
        assert callable(short.train), f"{name} cannot be trained"


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_s_file_opens_with_what_learns(name: str) -> None:
    source = inspect.getsource(importlib.import_module(LESSONS[name]))
    own = (ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
    parts = [ast.unparse(node) for node in ast.parse(source).body if isinstance(node, own)]
    first = next(part for part in parts if not part.startswith("__all__"))
    learns = "solve" if name in SOLVED else "learn|descend"
    assert re.match(rf"(@njit.*\n)?def ({learns})\(", first), f"{first[:40]!r} comes first"


@pytest.mark.filterwarnings("ignore:.*found in sys.modules:RuntimeWarning")
@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_is_a_program_that_prints_what_it_learned(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if name in BY_AUTOGRAD:  # with its own epochs it would take half a minute
        show = lesson_command.show
        few = partial(dataclasses.replace, n_epochs=2)
        monkeypatch.setattr(lesson_command, "show", lambda f, x, y, c: show(f, x, y, few(c)))
    runpy.run_module(LESSONS[name], run_name="__main__", alter_sys=True)
    lines = capsys.readouterr().out.splitlines()
    if name in TRAINED:
        config, *lines = lines
        assert config.startswith("Config(")
        assert [line.split()[0] for line in lines[:2]] == ["loss", "loss"]
    numbers = [float(line.split()[1]) for line in lines]
    assert len(numbers) > (0 if name in SOLVED else 2)
    assert np.isfinite(numbers).all()


@pytest.mark.long
def test_a_lesson_runs_as_the_readme_says() -> None:
    command = [sys.executable, "-m", LESSONS["core.lines.one_weight"]]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("Config(")


def test_only_the_lesson_in_torch_imports_torch() -> None:
    others = [name for name in LESSONS if name not in BY_AUTOGRAD]
    code = f"import sys, {', '.join(others)}; print('torch' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "False"


# What a run records


@every_lesson
def test_a_history_says_when_and_what_the_loss_was(name: str) -> None:
    lesson = Lesson(name)
    x, y = lesson.samples(30)
    for config in lesson.configs(n_epochs=3, record_every=1, seed=3):
        history = lesson.train(x, y, config)
        updates = np.arange(lesson.n_updates(y.size, config) + 1)
        np.testing.assert_array_equal(history.update, updates, str(config))
        epochs = updates // lesson.in_an_epoch(y.size, config)
        np.testing.assert_array_equal(history.epoch, epochs, str(config))
        assert not history.diverged, config
        if name not in BY_AUTOGRAD:
            losses = [lesson.loss(x, y, params, config) for params in history.params]
            np.testing.assert_allclose(history.loss, losses, rtol=1e-12, err_msg=str(config))


@each(THINNED)
def test_thinning_keeps_the_states_of_the_full_record(name: str) -> None:
    lesson = Lesson(name)
    x, y = lesson.samples(20)
    for config in lesson.configs(n_epochs=4, seed=3, record_every=1):
        full = lesson.train(x, y, config).to_frame()
        for every in (2, 3, 7, 30, 5000):
            thin = lesson.train(x, y, lesson.changed(config, record_every=every)).to_frame()
            rows = [*range(0, len(full) - 1, every), len(full) - 1]
            assert thin["update"].tolist() == rows, f"every {every}: {config}"
            assert thin.equals(full.iloc[rows].reset_index(drop=True)), f"every {every}: {config}"


@each(THINNED)
def test_a_long_run_keeps_a_few_hundred_records(name: str) -> None:
    lesson = Lesson(name)
    x, y = lesson.samples(4_000)
    config = lesson.config(batch_size=4, shuffle=True, n_epochs=2)
    history = lesson.train(x, y, config)
    n_updates = lesson.n_updates(y.size, config)
    assert n_updates >= 2000
    assert 250 <= history.n_records <= MAX_RECORDS
    assert (history.update[0], history.update[-1]) == (0, n_updates)
    assert history.epoch[-1] == n_updates // lesson.in_an_epoch(y.size, config)
    assert np.unique(np.diff(history.update)[:-1]).size == 1, "thinned, but not evenly"


# How a step follows from the last


@every_lesson
def test_every_recorded_step_is_the_one_update_from_there(name: str) -> None:
    lesson = Lesson(name)
    x, y = lesson.samples(30)
    for config in lesson.configs(n_epochs=2, n_updates=5, record_every=1, seed=3):
        params = lesson.train(x, y, config).params
        batches = lesson.batches(y.size, config, params.shape[1])
        once = lesson.changed(config, n_epochs=1, n_updates=1, batch_size=None)
        for before, after, batch in zip(params[:-1], params[1:], batches, strict=True):
            step = lesson.train(x[batch], y[batch], once, start=before)
            np.testing.assert_array_equal(step.params, [before, after], str(config))


@pytest.mark.parametrize("name", [name for name in TRAINED if name not in BY_AUTOGRAD])
def test_every_recorded_step_is_the_formula_s(name: str) -> None:
    """To the last bit where a single sample is learned by a loop that rounds as the formula."""
    lesson = Lesson(name)
    x, y = lesson.samples(30)
    for config in lesson.configs(
        n_epochs=2, n_updates=5, record_every=1, seed=3, learning_rate=0.07
    ):
        history = lesson.train(x, y, config)
        params = history.params
        batches = lesson.batches(y.size, config, params.shape[1])
        gradients = np.array(
            [
                lesson.gradient(x[batch], y[batch], row, config)
                for row, batch in zip(params[:-1], batches, strict=True)
            ]
        )
        rounding = 0 if len(batches[0]) == 1 and not name.startswith(ROUNDS) else 1e-15
        expected = params[:-1] - config.learning_rate * gradients
        np.testing.assert_allclose(params[1:], expected, rounding, rounding, err_msg=str(config))
        columns = [f"gradient_{param}" for param in history.param_names]
        if set(columns) <= set(history.extra):
            recorded = np.column_stack([history.column(column) for column in columns])
            np.testing.assert_allclose(recorded[:-1], gradients, 1e-9, err_msg=str(config))
            stepped = params[:-1] - config.learning_rate * recorded[:-1]
            np.testing.assert_array_equal(params[1:], stepped, str(config))
            assert np.isnan(recorded[-1]).all(), config


@every_lesson
def test_without_a_learning_rate_nothing_moves(name: str) -> None:
    lesson = Lesson(name)
    x, y = lesson.samples(30)
    for config in lesson.configs(n_epochs=2, learning_rate=0.0):
        history = lesson.train(x, y, config)
        assert (history.params == history.params[0]).all(), config
        assert not history.diverged, config


@every_lesson
def test_a_batch_of_more_than_all_samples_is_all_of_them(name: str) -> None:
    lesson = Lesson(name)
    x, y = lesson.samples(30)
    full, equal, larger = (
        lesson.train(x, y, lesson.config(batch_size=size, n_epochs=5, shuffle=True))
        for size in (None, 30, 1000)
    )
    assert same(full, equal)
    assert same(full, larger)


# Where a run begins


@every_lesson
def test_the_same_seed_gives_the_same_history_and_another_seed_another(name: str) -> None:
    lesson = Lesson(name)
    x, y = lesson.samples(30)
    for config in lesson.configs(n_epochs=3, seed=1):
        history = lesson.train(x, y, config)
        assert same(history, lesson.train(x, y, config)), config
        other = lesson.train(x, y, lesson.changed(config, seed=2))
        if lesson.draws_its_start:
            assert (other.params[0] != history.params[0]).any(), config
            assert not np.isin(other.params[1:], history.params[1:]).any(), config
        else:
            n_batches = lesson.in_an_epoch(y.size, config)
            has_an_order = getattr(config, "shuffle", False) and n_batches > 1
            assert same(history, other) is not has_an_order, config


@every_lesson
def test_a_given_start_is_where_it_begins_and_changes_nothing_else(name: str) -> None:
    lesson = Lesson(name)
    x, y = lesson.samples(30)
    for config in lesson.configs(n_epochs=3, seed=2, start_weight=9.0, start_bias=-9.0):
        usual = lesson.train(x, y, config)
        if not lesson.draws_its_start:
            configured = [v for k, v in vars(config).items() if k.startswith("start_")]
            assert usual.params[0].tolist() == configured, config
        start = usual.params[0].copy()
        assert same(usual, lesson.train(x, y, config, start=start)), config
        assert same(usual, lesson.train(x, y, config, start=start.tolist())), config
        assert start.tolist() == usual.params[0].tolist(), "the caller's start was changed"
        moved = lesson.train(x, y, config, start=start + 0.1)
        assert moved.params[0].tolist() == (start + 0.1).tolist(), config


# How a run ends


def check_honest(history: History, n_updates: int, every: int | None) -> None:
    """All finite, below the bound up to the last record, and diverged unless it ends well."""
    bound = DIVERGED_AT * max(history.loss[0], 1.0)
    last = int(history.update[-1])
    if every is not None:
        assert history.update.tolist() == [*range(0, last, every), last]
    assert (history.update[0], history.epoch[0]) == (0, 0)
    assert np.isfinite(history.params).all()
    assert np.isfinite(history.loss).all()
    assert all(np.isfinite(column[:-1]).all() for column in history.extra.values())
    assert (history.loss[:-1] <= bound).all(), "it went on after it had diverged"
    ends_well = last == n_updates and history.loss[-1] <= bound
    assert history.diverged is not bool(ends_well)


@every_lesson
@given(st.data())
def test_any_run_is_finite_or_honestly_diverged(name: str, data: st.DataObject) -> None:
    lesson = Lesson(name)
    config = lesson.config(**{k: data.draw(HYPERPARAMETERS[k].good, k) for k in lesson.fields})
    sizes = st.floats(-100, 100) | st.floats(-LARGEST, LARGEST)
    targets = sizes
    if "loss" in lesson.fields:  # cross-entropy wants them so
        targets = st.sampled_from([0.0, 1.0]) | st.floats(0, 1)
    n = 1 if lesson.has_one_sample else data.draw(st.integers(1, 20), "n")
    x = data.draw(arrays(float, lesson.shape(n), elements=sizes), "x")
    y = data.draw(arrays(float, n, elements=targets), "y")
    every = config.record_every if name in THINNED else 1
    check_honest(lesson.train(x, y, config), lesson.n_updates(n, config), every)


@each([name for name in TRAINED if name not in BOUNDED])
@pytest.mark.parametrize("every", [1, 4, None])
def test_a_run_that_explodes_stops_there_and_says_so(name: str, every: int | None) -> None:
    lesson = Lesson(name)
    x, y = lesson.samples(20)
    for config in lesson.configs(n_epochs=5, loss="binary_cross_entropy", record_every=every):
        n_updates = lesson.n_updates(y.size, config)
        for learning_rate in (1e-7, 1e-4, 1.0, 1e10):
            run = lesson.changed(config, learning_rate=learning_rate)
            history = lesson.train(1e4 * x, y, run)
            check_honest(history, n_updates, every if name in THINNED else 1)
        assert history.diverged, run
        assert history.loss[-1] > DIVERGED_AT * max(history.loss[0], 1.0), run
        assert history.update[-1] < n_updates, run


# What is refused


def told(call: Callable[..., object], *args: Any, **kwargs: Any) -> str:
    """The sentence that bad input gets; if there is none, what happened instead in brackets."""
    try:
        call(*args, **kwargs)
    except InputError as error:
        return str(error)
    except Exception as error:
        return f"[{error!r}]"
    return "[nothing]"


@every_lesson
def test_a_bad_hyperparameter_is_told_in_one_sentence(name: str) -> None:
    lesson = Lesson(name)
    for field in lesson.fields:
        for bad in HYPERPARAMETERS[field].bad:
            sentence = told(lesson.config, **{field: bad})
            expected = rf"{field} must be .+, not {re.escape(str(bad))}\."
            assert re.fullmatch(expected, sentence), f"{field}={bad!r}: {sentence}"


@pytest.mark.parametrize("name", LESSONS)
def test_bad_samples_are_told_in_the_sentence_of_all_samples(name: str) -> None:
    values = [math.nan, math.inf, -math.inf, 2 * LARGEST, "a"]
    misshapen: list[tuple[Any, Any]] = [([], []), ([1], [1, 2]), ([[1]], [[1]])]
    good: Any = 1
    check: Callable[..., object] = as_samples
    learn = getattr(importlib.import_module(name), "solve", None)
    if name in TRAINED:
        lesson = Lesson(name)
        learn = partial(lesson.train, config=lesson.config())
        misshapen = [] if lesson.has_one_sample else misshapen
        if lesson.has_two_inputs:
            check, good = as_points, [1, 1]
            misshapen += [([[1, 2]], [1, 2]), ([[1, 2, 3]], [1]), ([[1, 2]], [[1]])]
            values = [[value, 1] for value in values] + [[1, value] for value in values]
    bad_y = [math.nan, math.inf, -math.inf, 2 * LARGEST, "a"]
    for x, y in [*(([v], [1]) for v in values), *(([good], [v]) for v in bad_y), *misshapen]:
        sentence = told(check, x, y)
        assert sentence.endswith("."), f"x={x}, y={y}: {sentence}"
        assert told(learn, x, y) == sentence, f"x={x}, y={y}"


@every_lesson
def test_a_start_is_as_many_sensible_numbers_as_there_are_parameters(name: str) -> None:
    lesson = Lesson(name)
    x, y = lesson.samples(5)
    start = lesson.train(x, y, lesson.config(n_epochs=1)).params[0].tolist()
    n = len(start)
    values = [math.nan, math.inf, -math.inf, 2 * LARGEST, "a", None]
    with_one = [[*start[:i], value, *start[i + 1 :]] for value in values for i in range(n)]
    for bad in (*with_one, [], start[1:], [*start, 0.0], [start], [start, start], "a", 0.1):
        sentence = told(lesson.train, x, y, lesson.config(), start=bad)
        assert re.fullmatch(rf"start must hold {n} numbers .+\.", sentence), f"{bad}: {sentence}"
