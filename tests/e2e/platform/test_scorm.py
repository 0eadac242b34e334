"""A lesson's SCORM package in a learning platform that has the standard, and nothing more."""

import functools
import json
import shutil
import threading
import zipfile
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from deploy.lesson_package import main

LESSON: dict[str, Any] = {
    "title": "A line & </script>",
    "steps": [
        {
            "page": "one_weight",
            "settings": "bad=true",
            "task": "Watch $w$.",
            "guidance": "chosen",
            "questions": ["ow_next"],
            "own": [{"text": "Which?", "choices": [{"text": "a"}, {"text": "b", "right": True}]}],
        },
        {"page": "one_weight", "task": "And without it?", "guidance": "none"},
    ],
}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a platform that has the lesson."""
    monkeypatch.setenv("NEURON_LADDER_HOME", str(tmp_path))
    (tmp_path / "lesson.json").write_text(json.dumps(LESSON), "utf-8")
    package = tmp_path / "lesson.zip"
    assert main([str(tmp_path / "lesson.json"), str(package), "--app", "https://a.example/"]) == 0
    folder = tmp_path / "platform"
    with zipfile.ZipFile(package) as zipped:
        zipped.extractall(folder)
    shutil.copy(Path(__file__).with_name("scorm_1_2.html"), folder)
    handler = functools.partial(_Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_a_platform_gets_the_score_and_the_learner_goes_on_where_they_were(
    page: Page, platform: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{platform}/scorm_1_2.html")
    lesson = page.frame_locator("#lesson")
    step = lesson.frame_locator("#step")
    expect(lesson.get_by_text("Step 1 of 2")).to_be_visible()
    expect(step.locator("#player svg.marks")).to_be_visible()
    expect(step.locator(".task math")).to_be_visible()
    number, choice = step.locator("form.question").nth(0), step.locator("form.question").nth(1)
    number.get_by_role("button", name="Check").click()
    expect(number.get_by_text("Type a number")).to_be_visible()
    number.get_by_role("textbox").fill("−7,5")
    number.get_by_role("button", name="Check").click()
    expect(number.locator(".answer:visible")).to_contain_text("Not quite.")
    right = number.locator(".answer[data-right]").get_attribute("data-number")
    number.get_by_role("textbox").fill(str(right))
    number.get_by_role("button", name="Check").click()
    expect(number.locator(".answer:visible")).to_contain_text("Right.")
    choice.get_by_text("b", exact=True).click()
    choice.get_by_role("button", name="Check").click()
    expect(lesson.get_by_text("2 of 2 answered, 1 right.")).to_be_visible()
    lesson.get_by_role("button", name="Next step").click()
    expect(step.get_by_text("And without it?")).to_be_visible()

    page.reload()
    expect(lesson.get_by_text("Step 2 of 2")).to_be_visible()
    expect(lesson.get_by_text("2 of 2 answered, 1 right.")).to_be_visible()
    lesson.get_by_role("button", name="Previous step").click()
    expect(choice.get_by_role("radio").nth(1)).to_be_checked()
    expect(choice.locator(".answer:visible")).to_contain_text("Right.")
    lesson.get_by_role("button", name="Next step").click()
    lesson.get_by_role("button", name="Finish").click()
    expect(lesson.get_by_text("Done: you can close")).to_be_visible()

    kept = page.evaluate("kept")
    assert kept["cmi.core.lesson_status"] == "completed"
    assert [kept[f"cmi.core.score.{one}"] for one in ("raw", "min", "max")] == ["50", "0", "100"]
    assert kept["cmi.core.exit"] == "suspend"  # of the visit before
    assert kept["n"] == 2
    answers = {kept[f"cmi.interactions.{i}.id"]: i for i in range(2)}
    assert kept[f"cmi.interactions.{answers['ow_next']}.student_response"] == "-7.5"
    assert kept[f"cmi.interactions.{1 - answers['ow_next']}.result"] == "correct"
    page.evaluate("document.getElementById('lesson').src = 'about:blank'")
    page.wait_for_function("calls.at(-1) === 'LMSFinish'")
    assert page.evaluate("refused") == []
    assert all(url.startswith((platform, "data:", "blob:")) for url in asked)
