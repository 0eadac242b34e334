"""Opens pages as a new server does, and looks at what that loads and compiles.

``tests/pages/shared/test_frame.py`` runs it.
"""

import sys

from streamlit.testing.v1 import AppTest

from core.compiling.loops import compile_loops
from core.ladder import HOME, LADDER
from tests import ROOT
from tests.core.compiling.test_loops import loops

STORING = ("sqlalchemy", "distributed", "torch")
"""What a lesson needs once one of its runs is kept."""

SECTIONS = ("Start", "Lines", "Curves", "Planes")
"""Whose pages need no torch to be shown."""


def open_pages() -> None:
    """Fail where a page loads what it does not need yet, or calls a loop with other types."""
    list(compile_loops())
    before = signatures()
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.run()
    for page in ("lines/one_weight/one_weight", "curves/sigmoid_neuron/sigmoid_neuron"):
        assert not app.switch_page(f"pages/{page}.py").run().exception
        assert app.button(key="keep_run")
    check_absent(*STORING)
    for page in (HOME, *(rung for section in SECTIONS for rung in LADDER[section])):
        assert not app.switch_page(page.path).run().exception
        check_absent("torch", "torchvision")
    assert signatures() == before, "a loop is compiled for the types that it is called with"
    assert not app.switch_page("pages/digits/inspect/inspect.py").run().exception
    app.query_params["look"] = "train"
    assert not app.switch_page("pages/digits/sketch/sketch.py").run().exception
    assert app.button(key="judged_train")
    check_absent("torch")
    begin_a_run(app)
    check_absent("torch")


def signatures() -> dict[str, list[object]]:
    """For which types each loop has been compiled."""
    return {name: list(loop.signatures) for name, loop in loops().items()}


def check_absent(*names: str) -> None:
    """Fail if one of these modules has been imported."""
    loaded = [name for name in names if name in sys.modules]
    assert not loaded, loaded


def begin_a_run(app: AppTest) -> None:
    """Begin one on Train, which a worker learns."""
    from pages.shared import jobs, owner
    from tests.pages.fake_jobs import FakeJobs

    fake = FakeJobs()
    owner.is_local = lambda: True
    jobs._jobs = lambda _: fake
    app.switch_page("pages/digits/train/train.py").run()
    app.button(key="tr_train").click().run()
    assert not app.exception
    assert len(fake.store.runs.matching()) == 1


if __name__ == "__main__":
    open_pages()
