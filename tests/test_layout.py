"""What one page alone needs lies in this page's rooms, and every test at its module's path."""

import ast
import functools
from collections import defaultdict
from pathlib import Path

from core.ladder import GLOSSARY, HOME, LADDER, PRIVACY, TEACH
from tests import ROOT

FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for folder in ("app.py", "benchmarks", "core", "deploy", "pages")
    for path in ([ROOT / folder] if folder == "app.py" else (ROOT / folder).rglob("*.py"))
}
"""Every module of the project, but for tests, and its file."""

PAGES = [
    Path(rung.path)
    for rung in (
        *(HOME, *(rung for rungs in LADDER.values() for rung in rungs)),
        *(TEACH, GLOSSARY, PRIVACY),
    )
]

MEANS_THE_SAME = {
    *("__main__", "command"),  # where a command of `python -m` begins, and what it does
    *(
        "controls",
        "launch",
        "player",
        "presets",
        "snapshot",
        "step_numbers",
        "told",
        "train_on",
        "torch_comparison",
    ),  # parts that several pages have
    *("lesson", "rates", "verdict"),  # a loop to learn from, what a rate will do, how a run ended
    "progress",  # how far something has come
    *("sweep", "train"),  # a page, and its benchmark or command
    "teach",  # a class, and a network
    "playground",  # a page's picture, and what the link says of its settings
    *("errors", "files", "table"),  # errors told in a sentence; something on disk; rows to read
    *("comparison", "evaluation", "jobs", "learning_curves", "mnist", "own_data", "recipes"),
    "program",  # a run as a program to take away, and what all of them have in common
    *("facts", "pictures"),  # what is true of a run, by name; curves that a question shows
    "animation",  # a player as a moving picture, as it is made and as it is offered
    "sweeps",  # these as core has them, and as pages, charts or tables do
}
"""Names of modules that stand in several places, since they mean the same in each."""

ABOVE = ("asking", "leading", "runs", "shared", "taking")
"""Folders of `pages` with what several pages use."""

OPEN = (
    *("core.digits.train", "core.lab.sweep", "core.digits.convolution", "core.digits.handwriting"),
    "core.digits.classroom",
    *("core.lines", "core.curves", "core.planes", "core.start"),
)
"""Cores that others use too: workers train and sweep, lessons build on each other, the link has
their names and ranges, Home their pictures, and benchmarks measure them."""

PROOFS = ("compatibility", "disasters", "e2e", "hostile")
"""Folders of tests that concern no module alone."""


@functools.cache
def imported_by() -> dict[str, set[str]]:
    """Who imports each module."""
    importers = defaultdict(set)
    for name, path in FILES.items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    inner = f"{node.module}.{alias.name}"
                    importers[inner if inner in FILES else node.module].add(name)
    return importers


def page_of(module: str) -> str | None:
    """The page in whose rooms a module lies, such as "lines.one_weight"."""
    for page in PAGES:
        name = ".".join(page.parts[1:3])
        for room in (f"pages.{name}", f"core.{name}", f"core.charts.{name}"):
            if module == room or module.startswith(f"{room}."):
                return name
    return None


def rooms(folder: str) -> dict[Path, list[Path]]:
    """The modules of each folder below `folder`."""
    inside = defaultdict(list)
    for path in sorted((ROOT / folder).rglob("*.py")):
        if path.name != "__init__.py":
            inside[path.parent.relative_to(ROOT)].append(path)
    return inside


def test_every_page_has_a_folder_of_its_name_and_nothing_else_lies_beside_them() -> None:
    assert all(page.parts[0] == "pages" and page.parent.name == page.stem for page in PAGES)
    folders = {p.relative_to(ROOT) for p in (ROOT / "pages").glob("*/*") if p.name[0] not in "._"}
    of_pages = {f for f in folders if f.parts[1] not in ABOVE and (ROOT / f).is_dir()}
    assert of_pages == {page.parent for page in PAGES}
    beside = {p.parent.name for p in (ROOT / "pages").glob("*/*.py")}
    assert not [*(ROOT / "pages").glob("*.py")]
    assert beside <= set(ABOVE)


def test_what_serves_one_page_alone_lies_in_its_rooms() -> None:
    astray = {}
    for module, path in FILES.items():
        if path.name == "__init__.py":
            continue
        users = {page_of(user) or user for user in imported_by()[module]}
        if module.startswith("pages.shared."):
            is_astray = len(users) < 2
        else:
            is_astray = (
                len(users) == 1 and not users & FILES.keys() and page_of(module) not in users
            )
        if is_astray:
            astray[module] = users
    assert not astray


def test_no_page_enters_the_rooms_of_another() -> None:
    """import-linter says it of the pages and charts it knows by a wildcard; this says it of all."""
    entered = {
        module: users
        for module in FILES
        if (page := page_of(module)) and not module.startswith(OPEN)
        if (users := {user for user in imported_by()[module] if page_of(user) != page})
    }
    assert not entered


def test_charts_are_shown_by_one_module_which_wants_to_know_what_is_heard_of_each() -> None:
    drawing = [
        name for name, file in FILES.items() if ".vega_lite_chart(" in file.read_text("utf-8")
    ]
    assert sorted(drawing) == ["pages.shared.charts.chart", "pages.shared.charts.player"]


def test_no_folder_is_crowded() -> None:
    crowded = {
        str(folder): len(inside)
        for top in ("benchmarks", "core", "deploy", "pages", "tests")
        for folder, inside in rooms(top).items()
        if len(inside) > 16
    }
    assert not crowded
    assert sum(len(inside) for inside in rooms("pages/shared").values()) <= 26


def test_every_test_lies_at_the_path_of_its_module() -> None:
    lost = []
    for folder, inside in rooms("tests").items():
        if folder == Path("tests") or folder.parts[1] in PROOFS:
            continue
        package = folder.relative_to("tests")
        modules = {m.stem.strip("_") for m in (ROOT / package).iterdir() if m.name[0] != "."}
        for test in inside:
            words = test.stem.removeprefix("test_").split("_")
            names = {"_".join(words[: n + 1]) for n in range(len(words))}
            if test.name.startswith("test_") and not names & modules:
                lost.append(test.relative_to(ROOT).as_posix())
    assert not lost


def test_one_name_means_one_thing() -> None:
    places = defaultdict(set)
    for module, path in FILES.items():
        if path.name != "__init__.py":
            places[path.stem].add(page_of(module) or module)
    twice = {name for name, found in places.items() if len(found) > 1}
    assert twice <= MEANS_THE_SAME, "is that one thing? then add it, with its meaning"
