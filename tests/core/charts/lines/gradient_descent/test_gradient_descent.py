import numpy as np
import pytest

from core.charts.lines.gradient_descent import gradient_descent as chart
from core.charts.lines.gradient_descent import race
from core.datasets import noisy_line
from core.lines import gradient_descent as lesson
from core.number import number


def frames(**values: object) -> object:
    x, y = noisy_line()
    config = lesson.Config(record_every=1, **values)  # type: ignore[arg-type]
    return chart.tables(x, y, config, lesson.train(x, y, config))["frames"]


def test_each_frame_says_the_step_to_the_next() -> None:
    table = frames(batch_size=None, n_epochs=50)
    weights, following = table["weight"].to_numpy(), table["next_weight"].to_numpy()
    np.testing.assert_allclose(weights[1:], following[:-1], atol=1e-12)
    assert table["line_3"][0].endswith(f"= {number(weights[1])}")
    assert table["line_1"][0] == "Epoch 1, update 1, batch of 100"


def test_the_full_batch_steps_on_the_parabola_of_all_samples() -> None:
    x, y = noisy_line()
    config = lesson.Config(batch_size=None)
    tables = chart.tables(x, y, config, lesson.train(x, y, config))
    shown = tables["view"].iloc[0]
    for name in "abc":
        column = tables["frames"][f"batch_{name}"].iloc[:-1]
        np.testing.assert_allclose(column, shown[name], rtol=1e-12)


def test_at_the_end_no_batch_comes_next() -> None:
    last = frames(batch_size=10, n_epochs=2).iloc[-1]
    assert np.isnan(last["batch_a"])
    assert last["line_1"] == "Done: 20 updates."


def test_a_diverged_run_says_so_and_keeps_its_axes_readable() -> None:
    x, y = noisy_line()
    config = lesson.Config(batch_size=None, learning_rate=4.0)
    tables = chart.tables(x, y, config, lesson.train(x, y, config))
    assert "Diverged at update" in tables["frames"]["line_1"].iloc[-1]
    shown = tables["view"].iloc[0]
    assert shown["w_high"] - shown["w_low"] < 10


def test_all_zero_x_draws_a_flat_loss() -> None:
    config = lesson.Config(n_epochs=2)
    tables = chart.tables([0, 0], [1, 2], config, lesson.train([0, 0], [1, 2], config))
    assert np.isfinite(tables["view"].to_numpy(float)).all()


def test_the_race_starts_alike_and_counts_updates_and_samples() -> None:
    x, y = noisy_line()
    config = lesson.Config(n_epochs=5, batch_size=20)
    table = race.tables(x, y, config)["race"]
    last = table.groupby("role")[["update", "samples"]].max()
    assert last["update"].to_dict() == {"model": 500, "second": 25, "third": 5}
    assert set(last["samples"]) == {500}
    assert (table["loss"] > 0).all()
    for role, size in (("model", 1), ("second", 20), ("third", None)):
        run = lesson.train(x, y, lesson.Config(n_epochs=5, batch_size=size, record_every=1))
        shown = table[table["role"] == role]
        np.testing.assert_array_equal(shown["loss"], run.loss[shown["update"]])


def test_the_races_lowest_loss_is_the_normal_equations() -> None:
    x, y = noisy_line()
    tables = race.tables(x, y, lesson.Config())
    solution = np.linalg.lstsq(x[:, np.newaxis], y)[0].item()
    assert tables["view"]["lowest"][0] == pytest.approx(np.mean((y - solution * x) ** 2))
    assert tables["race"]["loss"].min() >= tables["view"]["lowest"][0] - 1e-15
