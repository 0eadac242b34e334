import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from core.curves.activations.functions import ACTIVATIONS
from core.formula import breakable
from tests.pages.charts import specification, table
from tests.pages.conftest import Open
from tests.pages.folds import shown_code

PAGE = "pages/curves/activations/activations.py"


def shown(app: AppTest) -> list[str]:
    """The activations in the chart, from top to bottom."""
    curves = table(app, "curves")
    return list(curves.groupby("row")["name"].first())


def start_of_stretch(app: AppTest) -> tuple[float, float, int]:
    """Where a button puts w and b, and how often one was pressed."""
    chart = app.get("vega_lite_chart")[1]
    view = pa.ipc.open_stream(chart.proto.datasets[0].data.data).read_pandas().iloc[0]
    return view["w"], view["b"], view["pressed"]


def test_the_classics_at_first_then_what_is_chosen(open_page: Open) -> None:
    app = open_page(PAGE)
    assert shown(app) == ["sigmoid", "tanh", "ReLU"]
    layout = specification(app)
    app.get_by_key("act").set_value(["GELU", "sigmoid"]).run()
    assert shown(app) == ["sigmoid", "GELU"]
    assert specification(app) == layout  # so that z stays where it is
    app.pills(key="act").set_value(["sigmoid", "tanh", "ReLU"]).run()
    assert "act" not in app.query_params  # as usual again


def test_the_cards_tell_about_the_chosen_ones_only(open_page: Open) -> None:
    app = open_page(PAGE)
    app.get_by_key("act").set_value(["softplus"]).run()
    text = " ".join(block.value for block in app.markdown)
    for activation in ACTIVATIONS.values():
        assert (activation.weakness in text) == (activation.name == "softplus")
        assert (activation.used in text) == (activation.name == "softplus")
    formulas = [block.value.strip("$\n ") for block in app.latex]
    assert formulas[:2] == [
        breakable(ACTIVATIONS["softplus"].latex),
        breakable(ACTIVATIONS["softplus"].latex_derivative),
    ]


def test_without_any_the_page_asks_for_one_and_shows_the_rest(open_page: Open) -> None:
    app = open_page(PAGE)
    app.get_by_key("act").set_value([]).run()
    assert not app.exception
    assert "Choose at least one activation." in [info.value for info in app.info]
    assert len(app.get("vega_lite_chart")) == 1
    app.button(key="preset_0").click().run()
    assert shown(app) == ["sigmoid", "tanh", "ReLU"]


def test_the_choice_survives_the_language(open_page: Open) -> None:
    app = open_page(PAGE)
    app.get_by_key("act").set_value(["tanh"]).run()
    app.get_by_key("lang").set_value("zh").run()
    assert shown(app) == ["tanh"]


@pytest.mark.parametrize(
    ("button", "names", "z"),
    [
        ("preset_0", ["sigmoid", "tanh", "ReLU"], 4.0),
        ("preset_1", ["ReLU", "leaky ReLU"], -2.0),
        ("preset_2", ["ReLU", "softplus", "GELU"], -0.75),
    ],
)
def test_a_thing_to_try_chooses_and_moves_t_each_time(
    button: str, names: list[str], z: float, open_page: Open
) -> None:
    app = open_page(PAGE)
    for presses in (1, 2):
        app.button(key=button).click().run()
        assert shown(app) == names
        assert table(app, "view")[["z", "pressed"]].iloc[0].tolist() == [z, presses]
    assert start_of_stretch(app) == (1, 0, 0)


@pytest.mark.parametrize(
    ("button", "weight", "bias"),
    [("stretch_0", 12, 0), ("stretch_1", 12, -6), ("stretch_2", 2, 6)],
)
def test_a_thing_to_try_stretches_the_sigmoid_each_time(
    button: str, weight: float, bias: float, open_page: Open
) -> None:
    app = open_page(PAGE)
    for presses in (1, 2):
        app.button(key=button).click().run()
        assert start_of_stretch(app) == (weight, bias, presses)
    assert table(app, "view")["pressed"][0] == 0


def test_stacked_panels_are_another_layout(open_page: Open) -> None:
    app = open_page(PAGE)
    beside = specification(app)
    app.session_state["layout"] = "phone"
    app.run()
    assert specification(app) != beside


def test_the_code_shown_runs(open_page: Open) -> None:
    app = open_page(PAGE)
    app.get_by_key("act").set_value([activation.name for activation in ACTIVATIONS.values()]).run()
    code = shown_code(app)
    compile(code, "shown", "exec")
    for name in ("sigmoid", "gelu_derivative", "normal_share", "distance_from_line"):
        assert code.count(f"def {name}(") == 1
