"""The static site: two pages of it, made as the command makes them."""

import re
from pathlib import Path

import pytest

from core.charts import standalone
from core.datasets import noisy_line
from core.lines import one_weight
from deploy.site import main
from tests.core.charts.test_standalone import specification_in

WRITTEN = re.compile(r'(?:href|src)="(?!https?:)([^"]+)"')


def test_two_pages_are_written_in_both_languages_and_link_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standalone, "runtime", lambda: "")  # which takes seconds to make
    monkeypatch.setenv("NEURON_LADDER_HOME", str(tmp_path))
    site = tmp_path / "a site"
    assert main([str(site), "--pages", "one_weight", "sweep", "--app", "https://a.example/"]) == 0
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    pages = {
        f"{one}/{name}.html" for one in ("en", "zh") for name in ("index", "one_weight", "sweep")
    }
    assert files == {"vega.js", "index.html", *pages}
    for name in {*pages, "index.html"}:
        text = (site / name).read_text("utf-8")
        for link in WRITTEN.findall(text):
            assert (site / name).parent.joinpath(link).exists(), (name, link)
        assert not re.search(r"<m\w+>\\|\$|:material", text.partition("<script")[0]), name
        assert "https://a.example/one_weight?lang" in text or "one_weight" not in Path(name).stem

    english, chinese = ((site / one / "one_weight.html").read_text("utf-8") for one in ("en", "zh"))
    history = one_weight.train(*noisy_line(), one_weight.Config(learning_rate=0.5))
    frames = specification_in(english)["datasets"]["frames"]
    assert frames[-1]["loss"] == pytest.approx(history.loss[-1])
    assert english.count("<math") == chinese.count("<math") == len(one_weight.FORMULAS)
    assert 'lang="zh-CN"' in chinese
    assert re.search(r'id="player" *aria-label="[^"]+', chinese)
    assert "只有一个数的网络" in chinese
    assert "先算误差" in chinese or "权重是 0.500" in chinese
