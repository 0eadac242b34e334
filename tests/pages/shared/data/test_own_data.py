import pytest
from streamlit.testing.v1 import AppTest

from core.link.parameters import PARAMETERS
from tests.pages.charts import table
from tests.pages.conftest import Open

LESSONS = ("one_weight", "normal_equation", "gradient_descent", "weight_and_bias")
PAGES = [f"pages/lines/{name}/{name}.py" for name in LESSONS]


def paste(app: AppTest, text: str) -> AppTest:
    app.text_area(key="own_text").set_value(text)
    return app.button(key="own_use").click().run()


@pytest.mark.parametrize("page", PAGES)
def test_a_pasted_csv_becomes_the_samples(page: str, open_page: Open) -> None:
    app = paste(open_page(page, src="own"), "x;y\n1;2\n2;4.5\n3;6")
    assert not app.exception
    assert not app.error
    assert table(app, "samples")[["x", "y"]].to_numpy().tolist() == [[1, 2], [2, 4.5], [3, 6]]


def in_use(app: AppTest) -> str:
    return next(caption.value for caption in app.caption if caption.value.startswith("In use"))


def test_what_was_handed_in_last_counts_and_the_page_says_which(open_page: Open) -> None:
    app = open_page(PAGES[0], src="own")
    app.file_uploader[0].upload("data.csv", b"1,2\n3,4\n").run()
    assert table(app, "samples")["x"].tolist() == [1, 3]
    assert in_use(app) == "In use: data.csv, N = 2."
    app = paste(app, "9;90%")
    assert table(app, "samples")[["x", "y"]].to_numpy().tolist() == [[9, 0.9]]
    assert in_use(app) == "In use: the pasted text, N = 1. 10% is read as 0.1."
    app.file_uploader[0].upload("data.csv", b"5,6\n").run()
    assert table(app, "samples")["x"].tolist() == [5]
    assert in_use(app) == "In use: data.csv, N = 1."


def test_a_question_is_answered_with_a_click(open_page: Open) -> None:
    app = paste(open_page(PAGES[0], src="own"), "x;y\n1.234;2.5")
    assert [error.value for error in app.error] == [
        "Row 2, column x: 1.234 can mean 1.234 or 1234; write 1.2340 or 1234."
    ]
    assert len(table(app, "samples")) == 5
    app.button(key="own_means_1234").click().run()
    assert not any("can mean" in error.value for error in app.error)
    assert table(app, "samples")[["x", "y"]].to_numpy().tolist() == [[1234, 2.5]]


def test_the_box_closes_after_use_and_stays_open_for_what_is_wrong(open_page: Open) -> None:
    app = open_page(PAGES[0], src="own")
    assert app.session_state["own_open"]
    app = paste(app, "1,zwei")
    assert app.session_state["own_open"]
    app = paste(app, "1,2")
    assert not app.session_state["own_open"]
    app.switch_page(PAGES[1]).run()
    assert not app.session_state["own_open"]


def linked(app: AppTest, name: str = "xy") -> object:
    """What the link says of the samples."""
    return PARAMETERS[name].kind.read([said(app, name)]).value


def said(app: AppTest, name: str = "xy") -> str:
    """The text itself."""
    text = app.query_params.get(name, "")
    return text if isinstance(text, str) else text[-1]


def test_a_few_samples_travel_in_the_link_and_along_the_ladder(open_page: Open) -> None:
    app = open_page(PAGES[0], src="own")
    assert in_use(app) == (
        "In use: an example, N = 5. The link carries no samples; it can carry up to 100."
    )
    assert linked(app) == ()
    app = paste(app, "0.1,2\n−3,4.25")
    assert in_use(app) == "In use: the pasted text, N = 2."
    assert linked(app) == ((0.1, 2), (-3, 4.25))
    text = said(app)
    app.switch_page(PAGES[1]).run()
    assert linked(app) == ((0.1, 2), (-3, 4.25))
    assert table(app, "samples")["x"].tolist() == [0.1, -3]

    app = open_page(PAGES[2], src="own", xy=text)
    assert in_use(app) == "In use: the link, N = 2."
    assert table(app, "samples")[["x", "y"]].to_numpy().tolist() == [[0.1, 2], [-3, 4.25]]
    app = paste(app, "\n".join(f"{i},{i}" for i in range(101)))
    assert in_use(app) == (
        "In use: the pasted text, N = 101. A link carries up to 100 samples, so this one carries "
        "none: a reload loses them."
    )
    assert linked(app) == ()
    app.button(key="own_undo").click().run()
    assert in_use(app) == "In use: the link, N = 2."
    assert linked(app) == ((0.1, 2), (-3, 4.25))

    app = open_page(PAGES[0], src="own", xy="nonsense")
    assert "Not allowed in this link, and changed: `xy=nonsense` → ∅" in [
        caption.value for caption in app.caption
    ]
    assert in_use(app).startswith("In use: an example, N = 5.")


def test_each_change_can_be_undone(open_page: Open) -> None:
    app = open_page(PAGES[0], src="own")
    assert app.button(key="own_undo").disabled
    app = paste(app, "1,2")
    app.file_uploader[0].upload("data.csv", b"3,4\n5,6\n").run()
    app.session_state["own_table_2"] = {
        "edited_rows": {0: {"y": "9"}},
        "added_rows": [],
        "deleted_rows": [1],
    }
    app.run()
    assert table(app, "samples")["y"].tolist() == [9]
    seen = []
    for _ in range(2):
        app.button(key="own_undo").click().run()
        seen.append((in_use(app), table(app, "samples")["y"].tolist()))
    assert seen == [
        ("In use: the pasted text, N = 1.", [2]),
        (
            "In use: an example, N = 5. The link carries no samples; it can carry up to 100.",
            [0.2, 0.4, 0.8, 1.0, 1.4],
        ),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x,y\n1,2\n3,four", "第 3 行"),
        ("x;y\n1.234;2", "1234"),
        ("", "。"),
    ],
)
def test_a_bad_csv_gets_one_sentence_and_loses_nothing(
    text: str, sentence: str, open_page: Open
) -> None:
    app = paste(open_page(PAGES[0], "zh-CN", src="own"), "1,2\n3,4")
    app = paste(app, text)
    assert len(app.error) == 1
    assert sentence in app.error[0].value
    assert app.error[0].value.endswith("。")
    assert table(app, "samples")["x"].tolist() == [1, 3]


def test_edited_cells_are_learned_from_and_half_filled_rows_named(open_page: Open) -> None:
    app = open_page(PAGES[0], src="own")
    app.session_state["own_table_0"] = {
        "edited_rows": {0: {"y": "3,0"}},
        "added_rows": [],
        "deleted_rows": [1],
    }
    app.run()
    assert table(app, "samples")["y"].tolist() == [3.0, 0.8, 1.0, 1.4]
    app.session_state["own_table_0"] = {
        "edited_rows": {},
        "added_rows": [{"x": "1"}],
        "deleted_rows": [],
    }
    app.run()
    assert len(app.error) == 1
    assert table(app, "samples")["y"].tolist() == [3.0, 0.8, 1.0, 1.4]


def test_all_zero_x_is_explained_where_a_solution_is_asked_for(open_page: Open) -> None:
    app = paste(open_page(PAGES[1], src="own"), "0,1\n0,2")
    assert "All x are 0" in app.error[0].value
    for page in (PAGES[0], PAGES[2], PAGES[3]):
        app = paste(open_page(page, src="own"), "0,1\n0,2")
        assert not app.exception


def test_many_rows_are_learned_from_and_few_are_shown(open_page: Open) -> None:
    rows = "\n".join(f"{i / 30_000:.4f},{i / 15_000:.4f}" for i in range(30_000))
    app = open_page(PAGES[0], src="own")
    app.file_uploader[0].upload("many.csv", rows.encode()).run()
    assert not app.exception
    assert len(table(app, "samples")) == 1000
    assert "30,000 samples, too many to edit" in app.caption[0].value
    assert "over all 30,000" in (app.success or app.warning)[0].value
    assert "Charts show 1,000 of them" in in_use(app)


def test_a_run_that_would_take_long_has_fewer_epochs_and_says_so(open_page: Open) -> None:
    rows = "\n".join(f"{i / 50_000},{i / 50_000}" for i in range(50_000))
    app = open_page("pages/curves/sigmoid_neuron/sigmoid_neuron.py", src="own")
    app.file_uploader[0].upload("many.csv", rows.encode()).run()
    said = "1,000 epochs of 50,000 samples would take long: this run has 100."
    assert said in [caption.value for caption in app.caption]
    assert table(app, "frames")["update"].iloc[-1] == 100 * 50_000


def test_a_preset_of_the_mlp_goes_back_to_its_own_data(open_page: Open) -> None:
    app = open_page("pages/curves/mlp/mlp.py", src="own", mlp_epochs="100")
    assert len(table(app, "samples")) == 50
    app = paste(app, "0,0\n1,50%\n2,1")
    assert table(app, "samples")["y"].tolist() == [0, 0.5, 1]
    app = paste(app, "0,0\n1,7")
    assert "needs every y from 0 to 1" in app.error[0].value
    assert table(app, "samples")["y"].tolist() == [0, 0.5, 1]
    app.button(key="preset_0").click().run()
    assert len(table(app, "samples")) == 50
