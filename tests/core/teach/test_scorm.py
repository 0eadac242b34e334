"""The manifest and the zip, as the standard wants them (SCORM 1.2, content aggregation, 2.3)."""

import io
import json
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest

from core.export.site_page import Told
from core.ladder import LADDER
from core.learning.exercises import load
from core.teach.lesson_plan import read
from core.teach.scorm import ADL, IMS, MANIFEST, START, Package
from tests import ROOT

PAGE = next(rung for rung in LADDER["Lines"] if rung.name == "one_weight")
ASKED = load((ROOT / PAGE.path).with_name("exercises.toml"))


def package(language: str = "en", app: str = "https://a.example", **step: object) -> Package:
    data = {
        "title": {"en": "A < B & </script>", "zh": "甲"},
        "steps": [{"page": "one_weight", "task": "<b>", **step}],
    }
    return Package(read(data), language, str.upper, app)


def told(**facts: float) -> Told:
    return Told(PAGE, "One weight", "How?", [], "", "", ASKED, facts)


def test_the_manifest_has_what_the_standard_wants_and_lists_each_file() -> None:
    one = package()
    files = {START: "x", "step_1.html": "y", "vega.js": "z"}
    with zipfile.ZipFile(io.BytesIO(one.zipped(files))) as zipped:
        assert zipped.testzip() is None
        assert sorted(zipped.namelist()) == sorted([MANIFEST, *files])
        root = ET.fromstring(zipped.read(MANIFEST))
    names = [child.tag.removeprefix(f"{{{IMS}}}") for child in root]
    assert names == ["metadata", "organizations", "resources"]  # in this order
    find = {"i": IMS}
    assert root.findtext("i:metadata/i:schema", namespaces=find) == "ADL SCORM"
    assert root.findtext("i:metadata/i:schemaversion", namespaces=find) == "1.2"
    (organisation,) = root.findall("i:organizations/i:organization", find)
    assert root.find("i:organizations", find).get("default") == organisation.get("identifier")  # type: ignore[union-attr]
    assert organisation.findtext("i:title", namespaces=find) == "A < B & </script>"
    (item,) = organisation.findall("i:item", find)
    (resource,) = root.findall("i:resources/i:resource", find)
    assert item.get("identifierref") == resource.get("identifier")
    assert (resource.get("type"), resource.get(f"{{{ADL}}}scormtype")) == ("webcontent", "sco")
    assert resource.get("href") == START
    assert [one.get("href") for one in resource.findall("i:file", find)] == list(files)
    identifiers = [one.get("identifier") for one in root.iter() if one.get("identifier")]
    assert len(identifiers) == len(set(identifiers)) == 4
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", str(one)) for one in identifiers)  # XML's ID


def test_the_same_lesson_makes_the_same_zip() -> None:
    assert package().zipped({START: "x"}) == package().zipped({START: "x"})


def test_a_question_is_asked_with_the_runs_numbers_and_left_out_without_them() -> None:
    one = package(guidance="chosen", questions=["ow_next", "ow_last"])
    step = one.plan.steps[0]
    without = one.asked_at(step, told(), 3)
    assert without.n_questions == 1
    assert without.leaves_out
    assert re.findall(r'data-place="(\d+)" data-id="(\w+)"', without.forms) == [("3", "ow_last")]
    assert without.forms.count("data-right") == 1


def test_what_a_teacher_wrote_is_never_html() -> None:
    one = package(own=[{"text": "<i>", "choices": [{"text": "<u>", "right": True}, {"text": "b"}]}])
    asked = one.asked_at(one.plan.steps[0], told(), 0)
    made = (
        one.above(one.plan.steps[0])
        + asked.forms
        + one.leading(1)["scripts"].partition("</script>")[0]
    )
    assert not re.search(r"<[biu]>", made)
    assert one.leading(1)["scripts"].count("</script>") == 2
    lesson = re.search(r'id="lesson">(.*)</script>', one.leading(2)["scripts"])
    assert lesson is not None
    assert json.loads(lesson[1])["n_questions"] == 2


@pytest.mark.parametrize(("app", "linked"), [("https://a.example", 1), ("", 0)])
def test_a_step_links_the_app_where_there_is_one(app: str, linked: int) -> None:
    one = package(app=app, settings="bad=true")
    asked = one.asked_at(one.plan.steps[0], told(), 0)
    assert (
        one.below(1, told(), asked).count('href="https://a.example/one_weight?bad=true&amp;lesson=')
        == linked
    )
