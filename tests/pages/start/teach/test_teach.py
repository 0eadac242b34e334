import subprocess
from pathlib import Path

import pytest

from core.ladder import TEACH
from core.start.teach import packaging
from core.teach.lesson_link import ready, unpack
from core.teach.lesson_results import Results, code
from tests.pages.conftest import Open


def test_a_lesson_is_put_together_from_a_ready_one_and_becomes_a_link(open_page: Open) -> None:
    app = open_page(TEACH.path)
    assert any("Give the lesson a title" in one.value for one in app.info)
    app.button(key="ready_take_my_seven").click().run()
    assert not app.exception
    link = app.code[0].value
    assert "/sketch?net=modern&lesson=" in link
    plan = unpack(link.partition("lesson=")[2].partition("&")[0])
    assert [step.page for step in plan.steps] == ["sketch", "sketch", "inspect", "handwriting"]
    assert plan.steps[1].own[0].text.told("en") == "What is different about the second network?"

    app.text_input(key="teach_2_link_sketch").input("https://a.b/sketch?from=mnist&image=3").run()
    app.text_area(key="teach_3_own").input("And?\n- a\n- b").run()
    assert app.error[0].value == "Question 1: exactly one answer is right, and begins with +."
    app.text_area(key="teach_3_own").input("").run()
    plan = unpack(app.code[0].value.partition("lesson=")[2].partition("&")[0])
    assert plan.steps[0].settings == {"from": "mnist", "image": 3}
    again = open_page(TEACH.path, draft=app.query_params["draft"])  # as after a reload
    assert again.text_input(key="teach_1_link_sketch").value == "sketch?from=mnist&image=3"
    assert again.code[0].value == app.code[0].value
    assert open_page(TEACH.path, draft="cut").error[0].value.startswith("The lesson in this link")
    app.text_input(key="teach_2_link_sketch").input("https://a.b/inspect").run()
    assert "This is no link of that page" in app.error[0].value


def test_a_classs_codes_become_a_table(open_page: Open) -> None:
    app = open_page(TEACH.path, locale="zh-CN")
    app.session_state["teach_class"] = True
    app.run()
    plan = ready()["last_sample"]
    said = "\n".join(f"{name}, {code(Results(plan, i, '', {}, {}))}" for i, name in enumerate("AB"))
    app.text_area(key="teach_codes").input(said).run()
    assert list(app.dataframe[0].value["name"]) == ["A", "B"]
    app.text_area(key="teach_codes").input("nothing").run()
    assert app.error[0].value == "里面没有课程的结果：既没有结果行，也没有代码。"


def test_a_package_is_made_once_it_is_asked_for_and_one_at_a_time(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def run(command: list[str], **_: object) -> None:
        asked.append(command)
        Path(command[command.index("--lang") - 1]).write_bytes(b"PK")

    monkeypatch.setattr(packaging.subprocess, "run", run)
    app = open_page(TEACH.path)
    app.session_state["teach_platform"] = True
    app.button(key="ready_take_my_seven").click().run()
    assert not asked
    with packaging._at_work:
        app.button(key="teach_package_make").click().run()
        assert "Another package is being made" in app.error[0].value
    app.button(key="teach_package_make").click().run()
    assert not app.error
    assert len(asked) == 1
    assert [one.label for one in app.get("download_button")][-1] == "Lesson (SCORM 1.2)"

    def busy(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("python", 1)

    monkeypatch.setattr(packaging.subprocess, "run", busy)
    app.button(key="teach_package_make").click().run()
    assert "could not be made" in app.error[0].value
