from core.ladder import GLOSSARY
from tests.pages.conftest import Open


def test_a_link_from_a_page_leads_to_its_word_alone(open_page: Open) -> None:
    here = open_page("pages/lines/one_weight/one_weight.py", locale="zh-CN")
    (words,) = (text.value for text in here.caption if "(glossary?lang=zh&word=" in text.value)
    assert "[误差](glossary?lang=zh&word=%E8%AF%AF%E5%B7%AE)" in words

    app = open_page(GLOSSARY.path, lang="zh", word="误差")
    (entry,) = (text.value for text in app.markdown if text.value.startswith("**误差** · error"))
    assert "[一个权重](one_weight?lang=zh)" in entry
    app.text_input(key="word").set_value("").run()
    assert sum("**权重** · weight · w" in text.value for text in app.markdown) == 1
    app.text_input(key="word").set_value("[x](https://example.org)").run()
    assert not [text for text in app.markdown if "**权重**" in text.value]
    assert "example" not in app.info[0].value
