import json
import shutil

import numpy as np
import pytest

from benchmarks import drawings, no_digits
from core.digits import mnist
from core.digits.network import files
from core.digits.recognise import Recogniser, load_recogniser

N = 100


@pytest.fixture(scope="module")
def arrays():
    test = mnist.load("test")
    return {"images": test.images[:N], "labels": test.labels[:N].astype(np.int64)}


@pytest.fixture
def file(arrays, tmp_path):
    np.savez(tmp_path / "some.npz", writer=np.arange(N), **arrays)
    return tmp_path / "some.npz"


def test_the_table(file, capsys):
    assert drawings.main([str(file)]) == 0
    title, head, *lines = capsys.readouterr().out.splitlines()
    assert title == "some: 100 drawings, in %"
    assert head.split()[-10:] == [str(digit) for digit in range(10)]
    assert [line.split()[0] for line in lines] == ["article", "cnn", "modern", "sketch"]
    assert float(lines[-1].split()[1]) > 95


def test_drawings_can_be_shrunk_first(tmp_path, capsys):
    big = np.zeros((2, 300, 200, 4), np.uint8)
    big[:, 40:260, 90:110] = 255
    np.savez(tmp_path / "big.npz", images=big, labels=np.array([1, 1]))
    assert drawings.main(["--small", str(tmp_path / "big.npz")]) == 0
    title, _, *lines = capsys.readouterr().out.splitlines()
    assert title == "big, as 28×28: 2 drawings, in %"
    assert lines[-1].split()[1] == "100.00"


def test_a_score(file):
    read = drawings.read_drawings(file)
    score = drawings.score(load_recogniser(), read)
    assert score.n_drawings == N
    assert score.accuracy > 0.95
    assert set(score.per_digit) == {str(digit) for digit in range(10)}
    assert 0 <= score.calibration_error < 0.05


def test_refusals_count_as_wrong_and_missing_digits_are_left_out(arrays):
    model = load_recogniser().model
    doubtful = Recogniser(
        type(model)(model.weights, drawings.replace(model.card, least_evidence=1e3))
    )
    sevens = arrays["labels"] == 7
    read = mnist.Digits(arrays["images"][sevens], arrays["labels"][sevens].astype(np.uint8))
    score = drawings.score(doubtful, read)
    assert (score.accuracy, score.refused, score.per_digit) == (0, 1, {"7": 0})
    assert score.mistakes == {"7 refused": sevens.sum()}
    assert "–" in drawings.line("x", score)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"images": None}, 'is no .npz file with the arrays "images" and "labels"'),
        ({"labels": None}, 'is no .npz file with the arrays "images" and "labels"'),
        ({"images": np.zeros((N, 28, 28))}, "must be uint8 of shape"),
        ({"images": np.zeros((N, 28), np.uint8)}, "must be uint8 of shape"),
        ({"images": np.zeros((N, 28, 28, 2), np.uint8)}, "must be uint8 of shape"),
        ({"labels": np.zeros(N - 1, int)}, "one whole number from 0 to 9 for each image"),
        ({"labels": np.full(N, 10)}, "one whole number from 0 to 9 for each image"),
        ({"labels": np.full(N, -1)}, "one whole number from 0 to 9 for each image"),
        ({"labels": np.zeros(N)}, "one whole number from 0 to 9 for each image"),
        ({"labels": np.full(N, "7")}, "one whole number from 0 to 9 for each image"),
        (
            {"images": np.zeros((0, 28, 28), np.uint8), "labels": np.zeros(0, int)},
            "one whole number from 0 to 9 for each image",
        ),
        ({"images": np.array([{}] * N)}, "is no .npz file"),
    ],
)
def test_wrong_arrays_get_one_sentence(change, sentence, arrays, tmp_path, capsys):
    path = tmp_path / "bad.npz"
    kept = {name: array for name, array in (arrays | change).items() if array is not None}
    np.savez(path, **kept)
    check_refused(path, sentence, capsys)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 torn", b"\x93NUMPY\x01\x00"])
def test_other_files_get_one_sentence(content, tmp_path, capsys):
    path = tmp_path / "bad.npz"
    path.write_bytes(content)
    check_refused(path, "", capsys)


def test_a_single_array_gets_one_sentence(tmp_path, capsys):
    np.save(tmp_path / "one.npy", np.zeros(3))
    check_refused(tmp_path / "one.npy", "is no .npz file", capsys)


def test_a_missing_file_and_a_folder_get_one_sentence(tmp_path, capsys):
    check_refused(tmp_path / "none.npz", "cannot be read: No such file or directory.", capsys)
    check_refused(tmp_path, "cannot be read: Is a directory.", capsys)


def test_the_others_are_scored_all_the_same(file, tmp_path, capsys):
    assert drawings.main([str(tmp_path / "none.npz"), str(file)]) == 2
    assert "some: 100 drawings" in capsys.readouterr().out


def check_refused(path, sentence, capsys):
    assert drawings.main([str(path)]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith(str(path)) or str(path) in output.err
    assert sentence in output.err
    assert output.err.count("\n") == 1


def test_the_calibration_error_of_bins():
    probabilities = np.array([[0.9, 0.1], [0.9, 0.1], [0.6, 0.4], [0.6, 0.4]])
    labels = np.array([0, 0, 0, 1], np.uint8)
    assert drawings.calibration_error(probabilities, labels) == pytest.approx((0.1 + 0.1) / 2)


def test_results_go_into_the_cards(file, tmp_path, monkeypatch):
    for path in files.FOLDER.glob("sketch.*"):
        shutil.copy(path, tmp_path)
    weights = tmp_path / "sketch.safetensors"
    shipped = lambda: {"sketch": weights}  # noqa: E731
    monkeypatch.setattr(drawings, "shipped_models", shipped)
    monkeypatch.setattr(no_digits, "shipped_models", shipped)
    assert drawings.main(["--card", str(file)]) == 0
    assert no_digits.main(["--card", "--n", "4"]) == 0
    card = files.read_model(weights).card
    assert card.measured["some"]["n_drawings"] == N
    assert set(card.measured["refused of what is no digit"]) > {"dot", "scribble", "two digits"}
    assert json.loads(weights.with_suffix(".json").read_text())["name"] == "sketch"
