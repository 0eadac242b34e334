import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from core.charts.planes.playground import film
from core.charts.planes.playground.samples import SHAPES
from core.formula import breakable
from core.link.packed import pack
from core.number import number
from core.planes import playground as lesson
from core.planes.playground.data import TASKS, make, split
from core.planes.playground.presets import PRESETS
from core.store.store import Store
from pages.planes.playground.by_hand import OPEN as BY_HAND
from pages.shared.data.plane_pad import MARKS
from tests.pages.charts import specification, table
from tests.pages.conftest import Open
from tests.pages.folds import shown_code

PAGE = "pages/planes/playground/playground.py"

SQUARES = ("x1_squared", "x2_squared")


def end(app: AppTest) -> list[str]:
    """All weights and biases in the last frame, as the page sends them."""
    last = table(app, "frames").iloc[-1]
    return [*last["weights"].split(" "), *last["biases"].split(" ")]


def expected(
    points: dict[str, Any] | None = None, *, before: Sequence[dict[str, Any]] = (), **config: Any
) -> list[str]:
    """What a run of the lesson has at its end, or one that goes on after others."""
    points = {"test_share": 0.25, "seed": 0} | (points or {})
    share = points.pop("test_share")
    samples = split(*make(**points), test_share=share, seed=points["seed"])
    task = TASKS[points.get("shape", "circle")]
    if task == "several classes":
        config |= {"loss": "cross_entropy"}
        config["n_classes"] = {"three": 3, "four": 4}[points["shape"]]
    elif task == "a number":
        config |= {"loss": "mean_squared_error"}
    run = None
    for settings in (*before, config):
        made = lesson.Config(**settings)
        run = lesson.train(*samples.train, made, test=samples.test, after=run)
    assert run is not None
    return as_sent(run)


def as_sent(run: lesson.Run) -> list[str]:
    """The weights and then the biases at a run's end."""
    is_bias = np.array(["_bias_" in name for name in run.param_names])
    last = run.params[-1]
    return [f"{value:.3g}" for value in (*last[~is_bias], *last[is_bias])]


def text(app: AppTest) -> str:
    return "\n".join(element.value for element in (*app.markdown, *app.caption))


CONTROLS: list[tuple[str, str, Any, dict[str, Any], dict[str, Any]]] = [
    ("selectbox", "pg_shape", "bump", {"shape": "bump"}, {}),
    ("slider", "pg_n", 60, {"n_samples": 60}, {}),
    ("slider", "pg_noise", 0.5, {"noise": 0.5}, {}),
    ("slider", "pg_test", 0.0, {"test_share": 0.0}, {}),
    ("number_input", "seed", 3, {"seed": 3}, {}),
    ("button_group", "pg_x", ["x₁²", "x₂²"], {}, {"inputs": SQUARES}),
    ("number_input", "pg_h2", 3, {}, {"hidden_sizes": (4, 3)}),
    ("selectbox", "pg_act", "relu", {}, {"activation": "relu"}),
    ("selectbox", "pg_init", "he", {}, {"initialisation": "he"}),
    ("number_input", "pg_seed", 5, {}, {"seed": 5}),
    ("selectbox", "pg_opt", "adam", {}, {"optimiser": "adam"}),
    ("select_slider", "pg_rate", 0.1, {}, {"learning_rate": 0.1}),
    ("selectbox", "pg_sched", "cosine", {}, {"schedule": "cosine"}),
    ("select_slider", "pg_batch", 20, {}, {"batch_size": 20}),
    ("select_slider", "pg_batch", 500, {}, {"batch_size": None}),
    ("select_slider", "pg_epochs", 50, {}, {"n_epochs": 50}),
    ("select_slider", "pg_l1", 0.01, {}, {"l1": 0.01}),
    ("select_slider", "pg_l2", 0.01, {}, {"l2": 0.01}),
    ("slider", "pg_drop", 0.3, {}, {"dropout": 0.3}),
    ("slider", "pg_layers", 1, {}, {"hidden_sizes": (4,)}),
]


@pytest.mark.long
def test_every_control_changes_what_it_says(open_page: Open) -> None:
    app = open_page(PAGE)
    assert end(app) == expected()
    for kind, key, value, points, config in CONTROLS:
        control = getattr(app, kind)(key=key)
        usual = control.value
        control.set_value(value).run()
        assert not app.exception
        assert end(app) == expected(points, **config), key
        getattr(app, kind)(key=key).set_value(usual)  # with the next one
    assert end(app.run()) == expected()


def test_each_layer_may_have_its_own_activation_and_a_run_may_stop_early(open_page: Open) -> None:
    app = open_page(PAGE, pg_one="false", pg_a2="relu", pg_patience="5", pg_rate="0.3")
    two = ("tanh", "relu")
    assert end(app) == expected(activation=two, patience=5, learning_rate=0.3)
    app.slider(key="pg_test").set_value(0.0).run()
    assert end(app) == expected({"test_share": 0.0}, activation=two, learning_rate=0.3)
    app.button_group(key="pg_x").set_value([]).run()
    assert not app.exception
    assert app.info[0].value == "Choose at least one input."


VERDICTS = {
    "xor_line": "hardly learned",
    "too_few": "partly learned",
    "circle_squares": "learned",
    "spiral": "learned",
    "by_heart": "learned by heart",
    "l1": "weights gone",
    "too_fast": "diverged",
    "all_equal": "all alike",
    "dead": "dead neurons",
    "three": "learned",
}


@pytest.mark.long
def test_the_presets_set_the_page_as_they_say_and_it_says_what_came_of_them(
    open_page: Open,
) -> None:
    app = open_page(PAGE, pg_past="rate=0.3;")
    for which in (8, 6, 4, 2, 0, 1, 3, 5, 7, 9):
        app.button(key=f"preset_{which}").click().run()
        assert not app.exception
        name = list(PRESETS)[which]
        preset = PRESETS[name]
        train, test = preset.samples()
        assert end(app) == as_sent(lesson.train(*train, preset.config, test=test)), name
        assert f"[**{VERDICTS[name]}**]" in text(app), name
        assert app.button(key=f"preset_{which}").proto.type == "primary"
        assert ("[**above the limit**]" in text(app)) == (name == "too_fast")
        assert ("[**nobody knows**]" in text(app)) == (name != "too_fast")


def test_the_order_of_the_page_its_formulas_and_its_code(open_page: Open) -> None:
    app = open_page(PAGE)
    headers = [header.value for header in app.main.header]
    assert headers == [
        "Things to try",
        "What came of it",
        "Told beforehand: how large may η be?",
        "Questions",
        "Challenges",
        "Be the optimiser",
        "The same in PyTorch",
        "The formula",
    ]
    formulas = [element.value for element in app.latex]
    for name in ("model", "binary_cross_entropy", "delta", "gradient", "sgd"):
        assert any(breakable(lesson.FORMULAS[name]) in shown for shown in formulas), name
    assert not any(breakable(lesson.FORMULAS["l1"]) in shown for shown in formulas)
    code = shown_code(app)
    for function in ("descend", "forward", "bend", "judge", "evaluate"):
        assert f"def {function}(" in code


def test_a_link_with_nonsense_is_harmless_and_the_smallest_network_too(open_page: Open) -> None:
    link = {"pg_rate": "fast", "pg_shape": "heart", "pg_noise": "99", "pg_n": "1", "pg_x": "x₉"}
    app = open_page(PAGE, pg_layers="0", **link)
    assert not app.error
    assert end(app) == expected({"n_samples": 2, "noise": 2.0}, hidden_sizes=())
    loss = table(app, "frames")["loss"].iloc[-1]
    assert f"training: loss {number(loss)}" in table(app, "frames")["line_2"].iloc[-1]


def test_a_run_is_trained_on_with_other_settings_and_one_more_neuron(open_page: Open) -> None:
    app = open_page(PAGE)
    assert table(app, "changes").empty
    app.button(key="pg_train_on").click().run()
    assert end(app) == expected(before=[{}])
    assert table(app, "frames")["update"].iloc[-1] == 6000
    assert table(app, "changes")["update"].tolist() == [3000]
    assert "- From update 3,000 on: the same settings once more." in text(app)
    app.select_slider(key="pg_rate").set_value(0.1).run()
    app.number_input(key="pg_h1").set_value(5).run()
    later = {"learning_rate": 0.1, "hidden_sizes": (5, 2)}
    assert end(app) == expected(before=[{}], **later)
    assert "- From update 3,000 on: Learning rate η 0.03 → 0.1" in text(app)
    assert "- From update 3,000 on: Neurons in the hidden layers 4-2 → 5-2" in text(app)
    frames = table(app, "frames")
    assert {len(weights.split(" ")) for weights in frames["weights"]} == {5 * 2 + 2 * 5 + 2}
    app.button(key="pg_train_on").click().run()
    app.slider(key="pg_layers").set_value(1).run()
    assert table(app, "changes")["update"].tolist() == [3000, 6000]
    first = table(app, "frames").iloc[0]
    assert set(first["weights"].split(" ")) == {"0"}  # another network: its maps are not drawn
    assert app.query_params["pg_past"] == ";h1=5&rate=0.1;"
    other = open_page(PAGE, pg_past=";h1=5&rate=0.1;", pg_layers="1", pg_rate="0.1", pg_h1="5")
    assert table(other, "frames").equals(table(app, "frames"))
    app.button(key="pg_take_back").click().run()
    assert end(app) == expected(before=[{}], **later)
    app.button(key="preset_usual").click().run()
    assert end(app) == expected()


def test_nonsense_in_the_past_is_as_usual(open_page: Open) -> None:
    app = open_page(PAGE, pg_past="rate=fast&h1=99;%%%;", pg_epochs="1")
    assert end(app) == expected(before=[{"hidden_sizes": (16, 2)}, {}], n_epochs=1)


def shown_by_hand(app: AppTest) -> list[str]:
    """All weights and biases of the second chart."""
    for chart in app.get("vega_lite_chart")[1:]:
        for dataset in chart.proto.datasets:
            if dataset.name == "frames":
                row = pa.ipc.open_stream(dataset.data.data).read_pandas().iloc[0]
                return [*row["weights"].split(" "), *row["biases"].split(" ")]
    raise LookupError


def test_a_weight_is_turned_by_hand_a_neuron_silenced_and_the_run_learns_on(
    open_page: Open,
) -> None:
    app = open_page(PAGE)
    assert len(app.get("vega_lite_chart")) == 1  # the other is made once it is asked for
    app.session_state[BY_HAND] = True
    app.run()
    samples = split(*make(), test_share=0.25)
    run = lesson.train(*samples.train, lesson.Config(), test=samples.test)
    assert shown_by_hand(app) == end(app) == as_sent(run)
    app.selectbox(key="pg_which").set_value("output_bias_1").run()
    app.slider(key="pg_by").set_value(1.5).run()
    params = run.params[-1].copy()
    params[-1] += 1.5
    assert shown_by_hand(app)[-1] == f"{params[-1]:.3g}"
    assert end(app) == as_sent(run)
    loss = number(lesson.loss(*samples.train, params, run.config))
    assert f"{number(run.loss[-1])} as the run ended, {loss} as turned" in text(app)
    slope = lesson.gradient(*samples.train, params, run.config)[-1]
    assert f"the chain rule says **{number(slope)}**" in text(app)
    assert f"gives **{number(slope)}**" in text(app)
    app.button(key="pg_keep_turn").click().run()
    assert app.slider(key="pg_by").value == 0
    assert shown_by_hand(app)[-1] == f"{params[-1]:.3g}"
    app.button_group(key="silent_neurons").set_value(["1.2"]).run()
    silenced = lesson.Config(silenced=((0, 1),))
    loss = number(lesson.loss(*samples.train, params, silenced))
    assert f"{loss} as turned" in text(app)
    app.button(key="pg_learn_on").click().run()
    assert not app.exception
    later = lesson.train(*samples.train, silenced, test=samples.test, after=run, start=params)
    assert end(app) == as_sent(later)
    assert "- From update 3,000 on: parameters turned by hand: 1." in text(app)
    assert "- From update 3,000 on: Silenced neurons – → 1.2" in text(app)
    app.button(key="pg_take_back").click().run()
    assert end(app) == as_sent(run)


def test_pytorch_comes_to_the_same_losses(open_page: Open) -> None:
    app = open_page(PAGE, pg_epochs="2", pg_past="epochs=1&drop=0.5;")
    app.button(key="pg_torch").click().run()
    assert not app.exception
    told = app.success[0].value
    difference = told.partition("at most ")[2].partition(".")[0]
    assert difference == "0" or "10⁻¹" in told  # to some 10⁻¹⁰
    assert "Over 47 recorded losses" in told
    app.select_slider(key="pg_epochs").set_value(10_000).run()
    assert "PyTorch would take long" in text(app)


def test_own_points_of_up_to_four_classes_are_learned_from_and_some_kept_apart(
    open_page: Open,
) -> None:
    points = ((-2.0, 1.0, 0.0), (2.0, 1.0, 1.0), (0.0, 2.0, 2.0), (1.0, -2.0, 2.0))
    x, y = [point[:2] for point in points], [point[2] for point in points]
    app = open_page(PAGE, src="own", pts=pack(points))
    train, test = split(x, y)
    softmax = lesson.Config(loss="cross_entropy", n_classes=3)
    assert end(app) == as_sent(lesson.train(*train, softmax, test=test))
    assert table(app, "samples")["is_test"].sum() == 1
    app.button(key="pg_train_on").click().run()
    app.button(key="keep_run").click().run()
    assert not app.exception
    app.slider(key="pg_test").set_value(0.9).run()
    missing = sorted({0, 1, 2} - {int(split(x, y, 0.9).train.y[0])})
    assert f"never sees one: {missing[0]}, {missing[1]}." in text(app)
    app.text_area(key="own_points_text").set_value("1;2;0")
    app.button(key="own_points_use").click().run()
    assert "There are too few points to keep any apart" in text(app)
    assert len(table(app, "samples")) == 1
    app.text_area(key="own_points_text").set_value("\n".join(f"{i};2;1" for i in range(5001)))
    app.button(key="own_points_use").click().run()
    assert app.error[0].value.startswith("There are 5001 points; the playground learns from 5000")
    assert not app.exception


def test_a_number_of_ones_own_is_learned_for_each_point(open_page: Open) -> None:
    points = ((-2.0, 1.0, 0.5), (2.0, 1.0, -1.25), (0.0, 2.0, 0.0), (1.0, -2.0, 2.0))
    x, y = [point[:2] for point in points], [point[2] for point in points]
    app = open_page(PAGE, src="own", pts=pack(points), pg_target="number", pg_rate="0.01")
    train, test = split(x, y)
    config = lesson.Config(loss="mean_squared_error", learning_rate=0.01)
    assert end(app) == as_sent(lesson.train(*train, config, test=test))
    assert "[**a number**]" in text(app)
    app.text_area(key="own_points_text").set_value("x1;x2;y\n1;2;0,5\n3;1;red")
    app.button(key="own_points_use").click().run()
    assert app.error[0].value == "Row 3, column y: red is not a number."
    assert end(app) == as_sent(lesson.train(*train, config, test=test))
    app.button_group(key="pg_target").set_value("class").run()
    assert not app.exception
    assert "The classes became numbers: `−1.25` → 0, `0` → 1, `0.5` → 2, `2` → 3." in text(app)
    app.button_group(key="pg_target").set_value("number").run()
    assert end(app) == as_sent(lesson.train(*train, config, test=test))


def test_the_names_of_ones_own_classes_travel_in_the_link(open_page: Open) -> None:
    app = open_page(PAGE, src="own")
    app.text_area(key="own_points_text").set_value("1;2;red\n2;1;blue\n0;1;deep sea\n1;1;red")
    app.button(key="own_points_use").click().run()
    told = "The classes became numbers: `blue` → 0, `deep sea` → 1, `red` → 2."
    assert told in text(app)
    link = {name: str(app.query_params[name]) for name in ("pts", "pts_names")}
    assert link["pts_names"] == "blue\ndeep sea\nred"
    assert "deep sea ■" in json.dumps(specification(app), ensure_ascii=False)
    other = open_page(PAGE, src="own", **link)
    assert told in text(other)
    assert end(other) == end(app)
    for nonsense in ("blue", "a\na\nb", "a\nb\n ", "a\nb\nc\nd\ne", "a" * 201):
        other = open_page(PAGE, src="own", pts=link["pts"], pts_names=nonsense)
        assert not other.exception
        assert "became numbers" not in text(other)
        assert end(other) == end(app)


def test_every_number_of_a_sample_is_told_at_the_frame_shown(open_page: Open) -> None:
    app = open_page(PAGE, pg_sample="3")  # the link opens the fold
    samples = split(*make(), test_share=0.25)
    x, y = samples.train.x[2], samples.train.y[2]
    start = lesson.initial_params(lesson.Config())
    loss = lesson.loss([x], [y], start, lesson.Config())
    assert "**Training sample 3, at epoch 0, update 0**" in text(app)
    error = "−ln ŷ" if y else "−ln(1 − ŷ)"
    assert f"Loss of this sample: L = {error} = **{number(loss)}**" in text(app)
    z = start[0] * x[0] + start[1] * x[1] + start[8]
    assert f" = {number(z)} | {number(np.tanh(z))} |" in text(app)
    app.number_input(key="pg_sample").set_value(200).run()
    assert "**Test sample 200, at epoch 0, update 0**" in text(app)
    for shape in ("four", "bump"):
        app.selectbox(key="pg_shape").set_value(shape).run()
        assert not app.exception
        assert "Loss of this sample" in text(app)
    app.slider(key="pg_n").set_value(50).run()
    assert "**Test sample 50, at epoch 0" in text(app)


def test_a_kept_run_has_both_losses_and_accuracies(open_page: Open) -> None:
    app = open_page(PAGE, pg_epochs="10")
    app.button(key="keep_run").click().run()
    assert not app.exception
    run = Store().runs.matching(kind="planes/playground")[0]
    last, frame = Store().runs.epochs(run.id)[-1], table(app, "frames").iloc[-1]
    assert (last.train_loss, last.test_loss) == (frame["loss"], frame["test_loss"])
    assert (last.train_accuracy, last.test_accuracy) == (frame["accuracy"], frame["test_accuracy"])


def test_a_class_looks_the_same_where_it_is_set_and_where_it_is_learned() -> None:
    looks = zip(film.CLASSES, (shape.removesuffix("-up") for shape in SHAPES), strict=True)
    assert tuple(looks) == MARKS
