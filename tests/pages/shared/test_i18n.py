import re
from pathlib import Path

import pytest
import streamlit as st
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from pages.shared.i18n import (
    LANGUAGES,
    LOCALES,
    STREAMLIT_WORDS,
    catalogue,
    streamlit_words,
    tag,
)
from tests.exercises import FILES, placeholders, texts
from tests.pages.conftest import Open
from tests.pages.pseudo import messages_in_the_code

TRANSLATED = [language for language in LANGUAGES if language != "en"]

CHINESE_TERMS = {
    "准确率": "正确率",
    "过冲": "矫枉过正|走过头",
    "计算机": "电脑",
    "屏蔽": "沉默",
    "随机猜测": "瞎猜",
    "图像": "图片",
    "方格": "小块",
    "神经元": "单元(?!格)",  # 单元格 is a cell of a table
    "从零实现": "从零手写",
    "手写识别": "“手写”",  # the page, the network and the recipe
    "侧栏": "侧边栏",
}
"""One word for one thing, and the words it could have been called instead."""


def read(language: str) -> Catalog:
    with (LOCALES / f"{language}.po").open("rb") as file:
        return read_po(file)


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_is_complete_and_has_nothing_left_over(language: str) -> None:
    entries = {entry.id for entry in read(language) if entry.id}
    assert messages_in_the_code() - entries == set()
    assert entries - messages_in_the_code() == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_entry_is_empty_fuzzy_or_misses_a_value(language: str) -> None:
    for entry in read(language):
        if not entry.id:
            continue
        assert entry.string, f"not translated: {entry.id}"
        assert not entry.fuzzy, f"fuzzy: {entry.id}"
        assert placeholders(str(entry.string)) == placeholders(str(entry.id)), entry.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_bold_text_ends_where_markdown_lets_it_end(language: str) -> None:
    """Between a sign and a letter, ** is shown as it is: the sign belongs behind it."""
    for entry in read(language):
        pieces = str(entry.string).split("**")
        for bold, after in zip(pieces[1::2], pieces[2::2], strict=True):
            assert not re.fullmatch(r"\W\w", bold[-1:] + after[:1]), entry.string


def chinese() -> list[str]:
    """All Chinese that a reader sees: the catalogue, and what pages ask."""
    asked = [text.by_language["zh"] for path in FILES.values() for text in texts(path)]
    return [str(entry.string) for entry in read("zh") if entry.id] + asked


@pytest.mark.parametrize(("term", "others"), CHINESE_TERMS.items())
def test_chinese_has_one_word_for_one_thing(term: str, others: str) -> None:
    assert any(term in text for text in chinese())
    assert [text for text in chinese() if re.search(others, text)] == []


def test_chinese_punctuation_is_full_width_and_percent_follows_its_number() -> None:
    """A colon may also begin a colour of Streamlit's, as in :red[…]."""
    letter = r"[\u4e00-\u9fff]"
    wrong = rf"{letter}([,;?!()]|:(?!\w+\[))|[,;?!():]{letter}|\s%"
    assert [text for text in chinese() if re.search(wrong, text)] == []


def test_there_is_a_catalogue_for_every_language_and_no_other() -> None:
    assert {path.stem for path in Path(LOCALES).glob("*.po")} == set(TRANSLATED)


def test_a_language_is_called_as_its_readers_call_it_and_as_browsers_do() -> None:
    assert (LANGUAGES["en"], LANGUAGES["zh"]) == ("English", "中文")
    assert (tag("en"), tag("zh")) == ("en", "zh-CN")


def test_streamlits_own_words_are_where_we_look_for_them() -> None:
    scripts = (Path(st.__file__).parent / "static" / "static" / "js").glob("*.js")
    streamlit = "\n".join(script.read_text("utf-8") for script in scripts)
    for place in STREAMLIT_WORDS:
        for test_id in re.findall(r'data-testid="(?:stMainMenuItem-theme-)?([^"]+)"', place):
            assert re.search(rf"[`\"-]{test_id.removeprefix('stMainMenuItem-')}[`\"]", streamlit)


def test_a_page_in_another_language_says_streamlits_words_in_it(open_page: Open) -> None:
    assert streamlit_words(str) == ""
    chinese = open_page(locale="zh-CN").get("html")
    page = "".join(element.proto.body for element in chinese)
    assert 'content: "打印"' in page
    assert 'documentElement.lang = "zh-CN"' in page
    assert len(re.findall('content: "[^"]+"; font-size', page)) == len(STREAMLIT_WORDS)


def test_a_message_without_translation_stays_english() -> None:
    assert catalogue("zh").gettext("no such sentence") == "no such sentence"
    assert catalogue("zh").gettext("One weight") == "一个权重"


@pytest.mark.parametrize(
    ("locale", "link", "title"),
    [
        ("en-US", {}, "One weight"),
        ("zh-CN", {}, "一个权重"),
        ("zh-TW", {}, "一个权重"),
        ("de-DE", {}, "One weight"),
        ("en-US", {"lang": "zh"}, "一个权重"),
        ("zh-CN", {"lang": "en"}, "One weight"),
        ("zh-CN", {"lang": "xx"}, "一个权重"),
    ],
)
def test_link_then_browser_then_english(
    locale: str, link: dict[str, str], title: str, open_page: Open
) -> None:
    app = open_page("pages/lines/one_weight/one_weight.py", locale, **link)
    assert app.title[0].value == title


def test_switching_the_language_loses_no_setting(open_page: Open) -> None:
    app = open_page("pages/lines/one_weight/one_weight.py")
    app.slider(key="ow_rate").set_value(0.3)
    app.slider(key="n").set_value(40)
    app.selectbox(key="data").set_value("negated").run()
    app.get_by_key("lang").set_value("zh").run()
    assert app.title[0].value == "一个权重"
    assert app.slider(key="ow_rate").value == 0.3
    assert app.slider(key="n").value == 40
    assert app.selectbox(key="data").value == "negated"
    app.get_by_key("lang").set_value("en").run()
    assert app.title[0].value == "One weight"
    assert app.selectbox(key="data").value == "negated"
