import numpy as np
import pytest

from benchmarks.teaching import own_hand
from core.digits import mnist


@pytest.fixture
def file(tmp_path):
    """Two writers with two of some digits each."""
    test = mnist.load("test")
    rows = np.concatenate([np.flatnonzero(test.labels == digit)[:4] for digit in (0, 1, 7)])
    writers = np.array(["ada", "bob"] * 6)
    path = tmp_path / "hands.npz"
    np.savez(path, images=test.images[rows], labels=test.labels[rows], writer=writers)
    return path


def test_the_rest_is_scored_before_and_after(file, capsys, monkeypatch):
    monkeypatch.setattr("core.digits.handwriting.teach.N_UPDATES", 3)
    monkeypatch.setattr(own_hand, "drawings", lambda _kind, _n: [np.zeros((280, 280), np.uint8)])
    assert own_hand.main([str(file), "--draws", "1", "--test", "100"]) == 0
    scribbles, *lines = capsys.readouterr().out.splitlines()
    assert scribbles == "refused of 100 scribbles before: 100 %"
    assert [line.split(":")[0] for line in lines] == ["with MNIST beside", "without"]
    assert "right 100.00 → 100.00 %" in lines[0]
    assert "(95 %, 2 writers)" in lines[0]


def test_a_file_without_writers_gets_a_sentence(tmp_path, capsys):
    np.savez(tmp_path / "x.npz", images=np.zeros((1, 28, 28), np.uint8), labels=np.array([1]))
    assert own_hand.main([str(tmp_path / "x.npz")]) == 2
    assert 'does not hold "writer"' in capsys.readouterr().err


def test_one_of_each_digit_is_learned():
    labels = np.array([3, 3, 3, 7, 7, 1], np.uint8)
    learned = own_hand.split_by_chance(labels, np.random.default_rng(1))
    assert sorted(labels[learned]) == [1, 3, 7]


def test_the_interval_is_around_the_mean():
    low, high = own_hand.interval(np.array([0.0, 0.1, 0.2]))
    assert low < 0.1 < high
