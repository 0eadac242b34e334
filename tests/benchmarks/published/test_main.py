import numpy as np

from benchmarks.drawings import interval_lines, read_drawings, score
from benchmarks.published import __main__ as command
from core.digits.recognise import load_recogniser
from tests import ROOT

FILE = ROOT / "docs" / "data" / "pen_digits.npz"


def test_the_file_that_comes_with_the_project_can_be_made_again(tmp_path, monkeypatch):
    kept = read_drawings(FILE)
    assert np.bincount(kept.labels).tolist() == [command.N_EACH] * 10
    made = command.pen_digits(2)
    assert np.array_equal(made.images, kept.images[:20])
    monkeypatch.setattr(command, "pen_digits", lambda: made)
    assert command.main([str(tmp_path / "some.npz")]) == 0
    with np.load(tmp_path / "some.npz", allow_pickle=False) as archive:
        assert "CC0" in str(archive["licence"])


def test_intervals_hold_the_share():
    kept = read_drawings(FILE)
    some = type(kept)(kept.images[:60], kept.labels[:60])
    result = score(load_recogniser(), some)
    low, high = (float(line.split()[1]) for line in interval_lines(result, some.labels))
    assert low < 100 * result.accuracy <= high
    assert result.accuracy > 0.9
