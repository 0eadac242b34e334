import base64
import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from core.charts.layout import LAYOUTS, TABLET, Layout
from core.charts.planes import plane
from core.charts.planes.playground import drawing, maps
from core.charts.planes.playground import playground as chart
from core.charts.planes.playground.film import EDGE, N_SHADES
from core.charts.player import STACKED_SCALE, left_plot_size
from core.number import number
from core.planes import playground as lesson
from core.planes.playground.data import Shape, Split, make, split
from core.planes.playground.network import INPUTS, activations, layer_sizes
from core.planes.points import as_points

Tables = dict[str, pd.DataFrame]

LARGEST = {"hidden_sizes": (16,) * 6, "inputs": tuple(INPUTS)}
TASKS: dict[str, dict[str, Any]] = {
    "circle": {},
    "four": {"loss": "cross_entropy", "n_classes": 4},
    "bump": {"loss": "mean_squared_error"},
}


def run_of(
    shape: Shape = "circle", test_share: float = 0.25, **values: Any
) -> tuple[Split, lesson.Run]:
    samples = split(*make(shape), test_share=test_share)
    config = lesson.Config(**{"n_epochs": 5} | TASKS.get(shape, {}) | values)
    return samples, lesson.train(*samples.train, config, test=samples.test)


def laid_out(samples: Split, run: lesson.Run, n_frames: int, **options: Any) -> dict[str, Any]:
    return chart.specification(
        n_frames,
        layer_sizes(run.config),
        run.config.inputs,
        activations(run.config),
        n_classes=chart.classes_of(run.config),
        with_test=samples.test is not None,
        **options,
    )


def parts(specification: Any) -> Iterator[dict[str, Any]]:
    if isinstance(specification, dict):
        yield specification
        specification = list(specification.values())
    if isinstance(specification, list):
        for value in specification:
            yield from parts(value)


def pixels(tables: Tables, name: str) -> np.ndarray[Any, Any]:
    films = tables["films"].set_index("name")["url"]
    data = films[name].removeprefix("data:image/png;base64,")
    return np.asarray(Image.open(BytesIO(base64.b64decode(data))))


@pytest.mark.parametrize("layout", LAYOUTS.values())
@pytest.mark.parametrize("discrete", [False, True])
def test_the_panels_read_the_tables_and_all_of_them(layout: Layout, discrete: bool) -> None:
    samples, run = run_of()
    tables = chart.tables(samples, [run], layout=layout, discrete=discrete)
    specification = laid_out(samples, run, len(tables["frames"]), layout=layout, discrete=discrete)
    read = {part["data"]["name"] for part in parts(specification) if "name" in part.get("data", {})}
    assert read == set(tables)
    marks = [part["mark"] for part in parts(specification) if isinstance(part.get("mark"), dict)]
    images = [mark for mark in marks if mark["type"] == "image"]
    for mark, name, height in zip(
        images, ("plane", "network"), (chart.HEIGHT, chart.NETWORK_HEIGHT), strict=True
    ):
        n_rows = pixels(tables, name).shape[0] / len(tables["frames"])
        shown = mark["height"] / len(tables["frames"]) * (n_rows - 2 * EDGE) / n_rows
        assert shown == pytest.approx(height * (STACKED_SCALE if layout.stacked else 1))


def size_of(tables: Tables, specification: dict[str, Any]) -> int:
    return sum(len(table.to_json()) for table in tables.values()) + len(json.dumps(specification))


@pytest.mark.parametrize(("limit", "values"), [(300_000, {"n_epochs": 200}), (1_000_000, LARGEST)])
def test_little_is_sent(limit: int, values: dict[str, Any]) -> None:
    samples, run = run_of(**values)
    tables = chart.tables(samples, [run])
    specification = laid_out(samples, run, len(tables["frames"]))
    assert size_of(tables, specification) < limit


def test_a_map_is_what_the_network_says() -> None:
    samples, run = run_of(n_epochs=100)
    tables = chart.tables(samples, [run])
    size = left_plot_size(chart.HEIGHT, chart.SHARE, layout=TABLET)
    rows, columns = chart.map_shape(size, discrete=False)
    shown = pixels(tables, "plane")[-rows - EDGE : -EDGE].astype(int)
    view = tables["view"].iloc[0]
    x1 = view["x_low"] + (np.arange(columns) + 0.5) / columns * (view["x_high"] - view["x_low"])
    x2 = view["y_high"] - (np.arange(rows) + 0.5) / rows * (view["y_high"] - view["y_low"])
    across, up = np.meshgrid(x1, x2)
    points = np.column_stack([across.ravel(), up.ravel()])
    y_hat = lesson.predict(points, run.params[-1], run.config).reshape(rows, columns)
    shade = np.round(N_SHADES * np.abs(2 * y_hat - 1))
    expected = np.where(shade == 0, 0, shade + N_SHADES * (y_hat > 0.5))
    np.testing.assert_array_equal(shown, expected)


def test_a_discrete_map_has_one_colour_for_each_class() -> None:
    samples, run = run_of("four", n_epochs=30)
    tables = chart.tables(samples, [run], discrete=True)
    assert set(np.unique(pixels(tables, "plane"))) == {N_SHADES * k for k in range(1, 5)}


def test_a_dead_neurons_map_is_empty_and_an_inputs_is_its_own() -> None:
    config = lesson.Config(hidden_sizes=(2,), activation="relu")
    params = np.array([[0, 0, 1, 0, -1, 0, 1, 1, 0.0]])
    frame = plane.Frame(0, 0, 100, 100, 10, 10)
    places = maps.grid(frame, (4, 4), square=True)
    made = maps.neuron_maps(places, params, config, ("relu",), largest=1)
    assert [one.shape for one in made] == [(1, 2, 4, 4), (1, 2, 4, 4), (1, 1, 4, 4)]
    assert (made[1][0, 0] == 0).all()
    assert (made[1][0, 1, :, 3] == 2 * N_SHADES).all()  # as large as it gets, on the right
    assert (made[0][0, 0, :, 0] == N_SHADES).all()  # x₁ is lowest on the left
    assert (made[0][0, 1, 0] == 2 * N_SHADES).all()  # x₂ is highest at the top


@pytest.mark.parametrize("shape", TASKS)
@pytest.mark.parametrize("layout", [LAYOUTS["phone"], TABLET])
def test_the_lines_tell_where_the_run_is_and_its_steepest_slope(
    shape: Shape, layout: Layout
) -> None:
    samples, run = run_of(shape)
    tables = chart.tables(samples, [run], layout=layout)
    frames = tables["frames"]
    n = chart.step_numbers.n_lines(layout=layout)
    assert f"line_{n}" in frames
    assert f"line_{n + 1}" not in frames
    text = "\n".join(frames.iloc[-1][f"line_{i}"] for i in range(1, n + 1))
    slope = lesson.gradient(*samples.train, run.params[-1], run.config)
    place = int(np.abs(slope).argmax())
    assert f"update {run.update[-1]}" in text
    assert f"training: loss {number(run.loss[-1])}" in text
    assert f"test: loss {number(run.column('test_loss')[-1])}" in text
    assert ("accuracy" in text) == (shape != "bump")
    assert f"gradient {number(np.linalg.norm(slope))} long" in text
    assert f" = {number(run.params[-1, place])}, slope {number(slope[place])}" in text


def test_each_frame_has_its_weights_slopes_and_answers() -> None:
    samples, run = run_of("four")
    tables = chart.tables(samples, [run])
    rows = np.flatnonzero(np.isin(run.update, tables["frames"]["update"]))
    is_weight = drawing.weights_in(layer_sizes(run.config))
    for row, frame in zip(rows, tables["frames"].to_dict("records"), strict=True):
        params, slopes = (
            run.params[row],
            lesson.gradient(*samples.train, run.params[row], run.config),
        )
        for name, values in (
            ("weights", params[is_weight]),
            ("biases", params[~is_weight]),
            ("weight_slopes", slopes[is_weight]),
            ("bias_slopes", slopes[~is_weight]),
        ):
            sent = [float(text) for text in frame[name].split(" ")]
            np.testing.assert_allclose(sent, values, rtol=6e-3)
        x = tables["samples"][["x1", "x2"]].to_numpy()
        own = tables["samples"]["y"].to_numpy(int)
        answers = lesson.predict(x, params, run.config)[np.arange(own.size), own]
        np.testing.assert_allclose(
            [float(t) for t in frame["answers"].split(" ")], answers, rtol=6e-3
        )


def test_weights_and_labels_stand_in_the_order_of_the_parameters() -> None:
    sizes = (2, 3, 1)
    names = drawing.neuron_names(sizes, ["x₁", "x₂"])
    labels = drawing.param_labels(names)
    assert len(labels) == drawing.weights_in(sizes).size == 13
    assert labels[:3] == ["w (x₁ → a₁)", "w (x₂ → a₁)", "w (x₁ → a₂)"]
    assert labels[6:10] == ["b (a₁)", "b (a₂)", "b (a₃)", "w (a₁ → ŷ)"]
    assert [label[0] == "w" for label in labels] == drawing.weights_in(sizes).tolist()


@pytest.mark.parametrize("sizes", [(1, 1), (2, 4, 2, 1), (7, *(16,) * 6, 4)])
@pytest.mark.parametrize("size", [(296.0, 293.25), (397.0, 345.0), (511.0, 345.0)])
def test_no_neuron_stands_on_another_or_beyond_the_edge(
    sizes: tuple[int, ...], size: tuple[float, float]
) -> None:
    places = drawing.Places(sizes, *size)
    assert places.side >= drawing.SMALLEST
    for layer, n in enumerate(sizes):
        centres = places.centres(layer)
        half = places.side / 2
        assert (centres - half >= 0).all()
        assert (centres + half <= size).all()
        if n > 1:
            assert np.diff(centres[:, 1]).min() > places.side
    assert places.between > places.side
    maps_of = [np.full((1, n, *(places.side // 2,) * 2), 7, np.uint8) for n in sizes]
    film = drawing.lay_tiles(maps_of, places)
    assert (film == 7).sum() == sum(sizes) * (places.side // 2) ** 2


def test_without_test_samples_nothing_of_them_is_drawn() -> None:
    samples, run = run_of(test_share=0)
    tables = chart.tables(samples, [run])
    assert not tables["samples"]["is_test"].any()
    assert set(tables["records"]["role"]) == {"model"}
    text = json.dumps(laid_out(samples, run, len(tables["frames"])))
    assert "test samples" not in text
    assert "test_loss" not in text


def test_a_run_that_explodes_says_so_and_is_drawn_all_the_same() -> None:
    samples, run = run_of("bump", learning_rate=10.0, activation="linear", n_epochs=50)
    assert run.diverged
    tables = chart.tables(samples, [run])
    assert tables["frames"]["line_1"].iloc[-1].startswith("Diverged at update")
    ends = [f"{axis}_{end}" for axis in ("x", "y", "update", "loss") for end in ("low", "high")]
    assert np.isfinite(tables["view"][ends].to_numpy(float)).all()
    assert tables["view"]["size_high"][0] > 0


def test_samples_of_one_place_are_drawn_all_the_same() -> None:
    points = as_points([[2.0, 2.0]] * 2, [0, 1])
    run = lesson.train(*points, lesson.Config(hidden_sizes=(), n_epochs=2))
    tables = chart.tables(Split(points, None), [run])
    assert np.isfinite(tables["view"].to_numpy(float)).all()
