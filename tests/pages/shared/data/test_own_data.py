import pytest
from streamlit.testing.v1 import AppTest

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


def test_an_uploaded_csv_counts_before_the_text(open_page: Open) -> None:
    app = open_page(PAGES[0], src="own")
    app.file_uploader[0].upload("data.csv", b"1,2\n3,4\n").run()
    app = paste(app, "9,9")
    assert table(app, "samples")["x"].tolist() == [1, 3]


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
        "edited_rows": {0: {"y": 3.0}},
        "added_rows": [],
        "deleted_rows": [1],
    }
    app.run()
    assert table(app, "samples")["y"].tolist() == [3.0, 0.8, 1.0, 1.4]
    app.session_state["own_table_0"] = {
        "edited_rows": {},
        "added_rows": [{"x": 1.0}],
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
    app = paste(open_page(PAGES[0], src="own"), rows)
    assert not app.exception
    assert len(table(app, "samples")) == 1000
    assert "30000 samples, too many to edit" in app.caption[0].value
    assert "over all 30000" in (app.success or app.warning)[0].value
