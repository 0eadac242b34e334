import io
import itertools
import subprocess
from typing import Any

import pytest
from PIL import Image, ImageChops

from core.charts import animation
from core.charts.layout import LAPTOP
from core.charts.lines import one_weight as player
from core.datasets import noisy_line
from core.lines import one_weight as lesson
from core.messages import InputError


def chart(n: int) -> tuple[dict[str, Any], dict[str, Any]]:
    x, y = noisy_line(n)
    config = lesson.Config(record_every=1)
    tables = player.tables(x, y, config, lesson.train(x, y, config), layout=LAPTOP)
    return dict(player.specification(len(tables["frames"]), layout=LAPTOP)), tables


def test_each_frame_shows_its_own_step() -> None:
    specification, tables = chart(3)
    assert animation.has_steps(specification)
    assert not animation.has_steps({"config": {}})
    gif = Image.open(io.BytesIO(animation.as_gif(specification, tables, "En")))
    assert gif.n_frames == 4  # type: ignore[attr-defined]
    drawn = []
    for frame in range(4):
        gif.seek(frame)
        drawn.append(gif.convert("RGB"))
    for before, after in itertools.pairwise(drawn):
        assert ImageChops.difference(before, after).getbbox() is not None


def test_what_cannot_be_made_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    specification, tables = chart(3)
    with animation._at_work, pytest.raises(InputError, match="Another animation"):
        animation.as_gif(specification, tables, "En")
    private = "\ue123\ue124"  # which no font has
    with pytest.raises(InputError, match="no font for this language"):
        animation.as_gif(specification, tables, private)

    def late(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("python", 1)

    monkeypatch.setattr(animation.subprocess, "run", late)
    with pytest.raises(InputError, match="could not be made"):
        animation.as_gif(specification, tables, "En")
