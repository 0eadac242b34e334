import re

from core.export.site_page import Site, Told
from core.ladder import LADDER
from core.learning.exercises import Choice, Exercises, Question, Text

LINES = LADDER["Lines"]
LANGUAGES = {"en": "English", "zh": "中文"}


def told(*questions: Question) -> Told:
    facts = {"next_weight": 0.625, "n": 3}
    asked = Exercises("one_weight", questions=questions)
    return Told(LINES[0], "一个权重", "怎样学？", ["w < 1"], "**解释**", "记住 <b>", asked, facts)


def both(text: str) -> Text:
    return Text({"en": f"{text}!", "zh": text})


def test_answers_are_folds_that_say_what_is_right_and_why() -> None:
    site = Site(
        "zh", lambda text: {"Right.": "对。"}.get(text, text), "https://a", LINES[:2], LANGUAGES
    )
    choices = (
        Choice(both("{n} 次 <i>"), both("因为"), right=True),
        Choice(both("4 次"), both("不是")),
        Choice(both("图"), both("图"), picture="a"),
    )
    with_picture = Question("p", "about", both("看图"), choices[1:])
    number = Question("v", "about", both("w 是多少？"), fact="next_weight", why=both("算"))
    page = site.below(
        told(Question("q", "about", both("几次？"), choices[:2]), number, with_picture)
    )
    folds = re.findall(r"<summary>(.*?)</summary>.*?<p>(.*?)</p>", page)
    assert folds == [
        ("3 次 &lt;i&gt;", "<strong>对。</strong> 因为"),
        ("4 次", "<strong>Not quite.</strong> 不是"),
        ("The answer", "<strong>0.625.</strong> 算"),
    ]
    assert "看图" not in page  # its pictures are those of a run


def test_a_page_links_the_app_the_next_page_and_the_other_language() -> None:
    site = Site("zh", str, "https://ladder.example.org", LINES[:2], LANGUAGES)
    page = site.below(told())
    assert 'href="https://ladder.example.org/one_weight?lang=zh"' in page
    assert 'href="normal_equation.html"' in page
    assert "记住 &lt;b&gt;" in page
    assert page.count("<math") == 1
    assert site.above("one_weight").count('href="../en/one_weight.html" lang="en"') == 1
    overview = site.overview()
    assert re.findall(r'href="(\w+)\.html"', overview) == ["one_weight", "normal_equation"]
