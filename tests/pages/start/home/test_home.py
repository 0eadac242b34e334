import pytest
from streamlit.testing.v1 import AppTest

from core.charts.start.home.pictures import PICTURES
from core.ladder import LADDER
from pages.shared import owner as kept
from tests.pages.conftest import Open

RUNGS = [rung for rungs in LADDER.values() for rung in rungs]


def links(app: AppTest) -> list[tuple[str, str]]:
    """Label and page of each link, in the order of the page."""
    return [(link.proto.label, link.proto.page) for link in app.get("page_link")]


def test_every_rung_has_a_picture_and_every_picture_a_rung() -> None:
    assert sorted(PICTURES) == sorted(rung.name for rung in RUNGS)


def test_every_rung_has_a_card_with_picture_link_and_sentence(open_page: Open) -> None:
    app = open_page()
    assert links(app)[1:-1] == [(f"**{rung.title}**", rung.name) for rung in RUNGS]
    texts = [text.value for text in app.markdown]
    pictures = [text for text in texts if text.startswith("<svg")]
    assert len(pictures) == len(set(pictures)) == len(RUNGS)
    for rung in RUNGS:
        assert rung.about in texts


def test_the_first_visit_starts_at_the_first_rung(open_page: Open) -> None:
    assert links(open_page())[0] == ("Start climbing", "what_is_a_model")


@pytest.mark.parametrize("rung", RUNGS[1:3])
def test_in_the_same_session_one_continues_at_the_last_rung(rung: object, open_page: Open) -> None:
    path, name, title = (getattr(rung, field) for field in ("path", "name", "title"))
    app = open_page(path)
    app.switch_page("pages/start/home/home.py").run()
    assert links(app)[0] == (f"Continue where you were: {title}", name)


@pytest.mark.parametrize(
    ("cookie", "expected"),
    [
        ("gradient_descent", "gradient_descent"),
        ("no_such_page", "what_is_a_model"),
        ("<script>", "what_is_a_model"),
    ],
)
def test_on_the_next_visit_one_continues_where_the_cookie_says(
    cookie: str, expected: str, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookies = {kept.LAST_COOKIE: cookie}
    monkeypatch.setattr(type(kept.st.context), "cookies", cookies)
    assert links(open_page())[0][1] == expected


def test_a_rung_is_remembered_in_the_browser_and_home_is_not(open_page: Open) -> None:
    def scripts(app: AppTest) -> list[str]:
        return [e.proto.body for e in app.get("html") if "document.cookie" in e.proto.body]

    assert scripts(open_page()) == []
    (script,) = scripts(open_page("pages/lines/one_weight/one_weight.py"))
    assert 'document.cookie = "nl_last=one_weight; path=/;' in script
