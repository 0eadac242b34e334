import dataclasses
import functools
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image

from benchmarks.no_digits import drawings
from core.digits import doubts, mnist, recognise
from core.digits.image.preparation import to_mnist
from core.digits.network import files
from core.digits.recognise import MODELS, Recogniser, load_recogniser, shipped_models
from core.digits.train.made import not_digits, pen, styles
from core.messages import InputError
from tests.core.digits.strokes import STROKES, draw

NAMES = ["article", "cnn", "modern", "sketch"]
DOUBTING = [pytest.param("cnn", marks=pytest.mark.long), "sketch"]


@pytest.fixture(scope="module", params=NAMES)
def recogniser(request):
    return load_recogniser(MODELS / f"{request.param}.safetensors")


@pytest.fixture(scope="module")
def test_images():
    return mnist.load("test").images


def test_the_first_training_image_is_a_5(recogniser):
    assert recogniser.classify(mnist.load("train").images[0]).label == 5


@pytest.mark.parametrize("digit", sorted(STROKES))
def test_drawn_digits(recogniser, digit):
    drawing = draw(digit)
    rgba = np.dstack([drawing] * 3 + [np.full_like(drawing, 255)])
    for image in (drawing, 255 - drawing, rgba):
        result = recogniser.classify(image)
        assert result.label == digit
        assert result.probabilities[digit] > 0.5


def test_what_a_result_holds(recogniser, test_images):
    result = recogniser.classify(test_images[3])
    assert type(result.label) is int
    assert result.label == result.probabilities.argmax()
    assert result.reason is None
    assert result.probabilities.shape == (10,)
    assert result.probabilities.sum() == pytest.approx(1)
    assert result.probabilities.min() >= 0
    assert np.array_equal(result.pixels, to_mnist(test_images[3]))
    for array in (result.probabilities, result.pixels):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    with pytest.raises(AttributeError):
        result.label = 3
    with pytest.raises(AttributeError):
        recogniser.model = None


@pytest.mark.parametrize("level", [0, 128, 255])
def test_nothing_drawn(recogniser, level):
    result = recogniser.classify(np.full((280, 280, 4), level, np.uint8))
    assert (result.label, result.reason) == (None, doubts.BLANK)
    assert result.probabilities.tolist() == [0.1] * 10
    assert not result.pixels.any()


def test_many_equal_one_by_one(recogniser, test_images):
    colour = np.repeat(draw(0)[..., None], 3, axis=2)
    images = [draw(7), np.zeros((5, 9), np.uint8), colour, *test_images[:20]]
    many = recogniser.classify_many(images)
    singles = [recogniser.classify(image) for image in images]
    assert [r.label for r in many] == [r.label for r in singles]
    for one, other in zip(many, singles, strict=True):
        np.testing.assert_allclose(one.probabilities, other.probabilities, atol=1e-5)
        assert np.array_equal(one.pixels, other.pixels)
    assert many[1].label is None


def test_no_images(recogniser):
    assert recogniser.classify_many([]) == []


def test_threads_get_the_same_answers(recogniser, test_images):
    expected = [recogniser.classify(image).probabilities for image in test_images[:50]]
    with ThreadPoolExecutor(8) as pool:
        results = pool.map(recogniser.classify, list(test_images[:50]) * 4)
        for number, result in enumerate(results):
            assert np.array_equal(result.probabilities, expected[number % 50])


@pytest.mark.long
def test_prepared_test_images_are_read_as_well_as_raw_ones(recogniser):
    digits = mnist.load("test")
    images, labels = digits.images[:600], digits.labels[:600]
    raw = (recogniser.model.scores(digits.pixels()[:600]).argmax(1) == labels).mean()
    readings = recogniser.classify_many(list(images))
    prepared = np.array([r.probabilities.argmax() for r in readings]) == labels
    assert prepared.mean() == pytest.approx(raw, abs=0.005)


@pytest.fixture(scope="module", params=DOUBTING)
def doubting(request):
    return load_recogniser(MODELS / f"{request.param}.safetensors")


@functools.cache
def drawn(kind, n):
    """Drawings of something else, once for all networks."""
    return drawings(kind, n)


def refused(recogniser, images):
    return np.mean([reading.label is None for reading in recogniser.classify_many(images)])


@pytest.mark.parametrize("kind", [*not_digits.KINDS, "two digits"])
def test_what_is_no_digit_is_refused(kind, doubting):
    """Random walks and random strokes may look like a digit now and then."""
    least = 0.7 if kind in ("strokes", "walk") else 0.85
    if doubting.card.name == "cnn":  # it refuses less: its card says how much
        least = 0.5
    assert refused(doubting, drawn(kind, 100)) >= least


def test_letters_that_it_has_never_seen_are_refused(doubting):
    assert refused(doubting, drawn("unknown letter", 200)) >= 0.5


@pytest.mark.parametrize("level", [0, 255])
@pytest.mark.parametrize("place", [(140, 140), (20, 260)])
def test_a_dot_is_no_digit(level, place, doubting):
    down, right = np.mgrid[:280, :280]
    dot = np.hypot(down - place[0], right - place[1]) < 10
    drawing = np.where(dot, 255 - level, level).astype(np.uint8)
    reading = doubting.classify(drawing)
    assert reading.label is None
    assert reading.reason == doubts.BLOB
    assert reading.probabilities.sum() == pytest.approx(1)
    assert reading.pixels.max() == 1


def test_digits_of_the_test_set_are_hardly_ever_refused(doubting, test_images):
    assert refused(doubting, list(test_images[:1000])) <= 0.01


@pytest.mark.parametrize(
    "digit",
    [0, 7, *(pytest.param(digit, marks=pytest.mark.long) for digit in (1, 2, 3, 4, 5, 6, 8, 9))],
)
def test_every_way_of_writing_a_digit_is_read(digit):
    recogniser = load_recogniser()
    read = {}
    for variant in styles.variants(digit):
        rng = np.random.default_rng(99)
        images = []
        for _ in range(12):
            segments = styles.write(digit, variant, rng, shake=0.015)
            images.append(pen.draw(pen.place(segments, rng.uniform(110, 230), rng, 20), 20))
        labels = [reading.label for reading in recogniser.classify_many(images)]
        read[variant] = labels.count(digit)
    read.pop("like a 9", None)  # a closed 4: people cannot tell either
    assert min(read.values()) >= 10, read


def card_with(**changes):
    model = load_recogniser().model
    return Recogniser(dataclasses.replace(model, card=dataclasses.replace(model.card, **changes)))


def test_a_low_score_is_a_reason_and_the_probabilities_stay():
    sure, doubtful = card_with(least_evidence=None), card_with(least_evidence=1e3)
    reading, refusal = sure.classify(draw(7)), doubtful.classify(draw(7))
    assert (reading.label, reading.reason) == (7, None)
    assert (refusal.label, refusal.reason) == (None, doubts.UNLIKE)
    assert np.array_equal(reading.probabilities, refusal.probabilities)


def test_no_likely_digit_is_a_reason():
    undecided = card_with(least_evidence=None, least_probability=0.5, temperature=1e3)
    refusal = undecided.classify(draw(7))
    assert (refusal.label, refusal.reason) == (None, doubts.UNDECIDED)
    assert refusal.probabilities.argmax() == 7


def test_scores_are_the_mean_over_five_places(test_images):
    pixels = test_images[:20].astype(np.float32) / 255
    one, five = card_with(averages_shifts=False).model, card_with(averages_shifts=True).model
    shifts = [(0, 0), (0, 1), (0, -1), (1, 0), (-1, 0)]
    views = [one.scores(np.roll(pixels, shift, axis=(1, 2))) for shift in shifts]
    np.testing.assert_allclose(five.scores(pixels), np.mean(views, axis=0), atol=1e-4)
    np.testing.assert_array_equal(one.scores(pixels), one.logits(pixels))


def test_bad_arrays_are_refused(recogniser):
    with pytest.raises(InputError, match="must be an array of uint8"):
        recogniser.classify(np.zeros((28, 28)))


def test_shipped_models_and_the_default():
    assert list(shipped_models()) == NAMES
    assert load_recogniser().card.name == "sketch"
    assert load_recogniser(str(shipped_models()["article"])).card.name == "article"


def test_a_missing_model_is_told(tmp_path):
    with pytest.raises(InputError, match="missing, damaged or of another network"):
        load_recogniser(tmp_path / "none.safetensors")


def test_the_command(tmp_path, capsys):
    seven, blank, text, missing = (tmp_path / n for n in ("7.png", "b.jpg", "t.png", "m.png"))
    Image.fromarray(draw(7)).save(seven)
    Image.new("RGB", (50, 50), "white").save(blank)
    text.write_text("no image")
    paths = [str(path) for path in (seven, text, blank, missing)]
    assert recognise.main(paths) == 2
    output = capsys.readouterr()
    first, second = (line.split("\t") for line in output.out.splitlines())
    assert first[:2] == [str(seven), "7"]
    assert 0.5 < float(first[2]) <= 1
    assert second == [str(blank), "none", "0.1000", "Nothing is drawn."]
    assert output.err.splitlines() == [
        f"{text}: This file is no PNG, JPEG, WebP, GIF, BMP or TIFF image.",
        f"{missing}: This file cannot be read: No such file or directory.",
    ]
    assert recognise.main([str(seven), str(blank)]) == 0


def test_the_command_without_a_model(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(files, "card_path", lambda path: tmp_path / "none.json")  # noqa: ARG005
    assert recognise.main(["7.png"]) == 2
    assert "missing, damaged" in capsys.readouterr().err
