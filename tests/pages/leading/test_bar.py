from core.teach.lesson_link import pack
from core.teach.lesson_plan import read
from tests.pages.conftest import Open

ONE_WEIGHT = "pages/lines/one_weight/one_weight.py"


def test_a_lesson_asks_what_it_wants_keeps_its_words_harmless_and_can_be_left(
    open_page: Open,
) -> None:
    plan = read(
        {
            "title": "Mine",
            "steps": [
                {
                    "page": "one_weight",
                    "settings": "bad=true",
                    "hidden": ["slope"],
                    "task": "<img src=x> Look at $w$.",
                    "guidance": "chosen",
                    "questions": ["ow_last"],
                    "own": [
                        {"text": "So?", "choices": [{"text": "a", "right": True}, {"text": "b"}]}
                    ],
                },
                {"page": "one_weight", "task": "Again.", "guidance": "none"},
            ],
        }
    )
    app = open_page(ONE_WEIGHT, lesson=pack(plan) or "", bad="true")
    texts = [one.value for one in app.markdown]
    assert "\\<img src=x\\> Look at $w$." in texts
    assert [one.key for one in app.radio] == ["answer_ow_last", f"answer_{plan.steps[0].own[0].id}"]
    assert not any((one.key or "").startswith("preset_") for one in app.button)
    assert any(
        "display: none" in one.proto.body and "slope" in one.proto.body for one in app.get("html")
    )

    app.button(key="lesson_next").click().run()
    assert not app.exception
    assert app.toggle(key="bad").value is False
    assert not app.radio
    assert app.query_params["task"] == "2"
    app.button(key="lesson_next").click().run()
    assert any("0 of" in one.value for one in app.success)
    app.button(key="lesson_leave").click().run()
    assert "lesson" not in app.query_params
    assert not any(one.key == "lesson_next" for one in app.button)


def test_a_link_whose_lesson_is_none_says_so_and_shows_the_page(open_page: Open) -> None:
    app = open_page(ONE_WEIGHT, lesson="eJxcut", task="99999")
    assert [one.value for one in app.error] == [
        "The lesson in this link was cut, changed, or is none."
    ]
    assert app.title[0].value == "One weight"
