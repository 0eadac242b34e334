import numpy as np
import pytest
import torch
from torch import nn

from core.digits import mnist
from core.digits.handwriting import teach as module
from core.digits.handwriting.asking import Sample
from core.digits.handwriting.teach import fine_tune, teach
from core.digits.mnist import Digits
from core.digits.network.files import FOLDER, read_model
from core.digits.network.model import Model
from core.digits.recognise import Recogniser
from core.messages import InputError
from tests.core.digits.networks import as_torch, random_convolutional, random_dense

SKETCH = read_model(FOLDER / "sketch.safetensors")
TEST = mnist.load("test")
TRAIN = mnist.load("train")
MODELS = [
    random_dense(9, 7, spread=1.0),
    random_dense(9, 7, activation="tanh", spread=1.0),
    random_convolutional(hidden=(6,), channels=(3, 4), kernel_size=5),
]


def crossed(label: int) -> Sample:
    """A hand that nobody has: a line through each digit."""
    pixels = TEST.images[int(np.flatnonzero(TEST.labels == label)[0])].copy()
    pixels[12:15, 4:24] = 255
    return Sample(label, pixels)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.card.network)
@pytest.mark.parametrize("beside", [None, Digits(TEST.images[1:2], TEST.labels[1:2])])
def test_its_steps_are_pytorch_s(
    monkeypatch: pytest.MonkeyPatch, model: Model, beside: Digits | None
) -> None:
    monkeypatch.setattr(module, "warp", lambda images, _rng: Digits(images, images).pixels())
    own = Digits(TEST.images[:1], TEST.labels[:1])
    rng = np.random.default_rng(0)
    ours = fine_tune(model.weights, model.card.activation, own, beside, rng, n_updates=3)
    network = as_torch(model)
    adam = torch.optim.Adam(network.parameters(), module.LEARNING_RATE)
    image, label = torch.from_numpy(own.pixels()), torch.tensor(own.labels.astype(np.int64))
    other = None if beside is None else torch.from_numpy(beside.pixels())
    said = None if other is None else network(other).detach()
    for _ in range(3):
        adam.zero_grad()
        loss = nn.functional.cross_entropy(network(image), label)
        if other is not None:
            loss = (loss + module.HOLD / 2 * ((network(other) - said) ** 2).sum()) / 2
        loss.backward()
        adam.step()
    for name, value in network.state_dict().items():
        np.testing.assert_allclose(ours[name], value.numpy(), atol=2e-6)


def test_a_hand_is_learned_and_the_old_network_stays() -> None:
    before = {name: array.copy() for name, array in SKETCH.weights.items()}
    samples = [crossed(label) for label in (0, 1, 7, 9)]
    images = np.stack([one.pixels for one in samples]) / np.float32(255)
    taught = teach(SKETCH, samples, TRAIN)
    labels = [one.label for one in samples]
    gains = [
        (model.scores(images)[range(4), labels] - np.sort(model.scores(images))[:, -2]).sum()
        for model in (SKETCH, taught)
    ]
    assert gains[1] > gains[0]
    assert taught.scores(images).argmax(axis=1).tolist() == labels
    for name, array in SKETCH.weights.items():
        np.testing.assert_array_equal(array, before[name])
        assert not taught.weights[name].flags.writeable
    again = teach(SKETCH, samples, TRAIN)
    assert again.identity == taught.identity


@pytest.mark.long
def test_a_convolutional_network_learns_a_hand_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "N_UPDATES_WITH_MAPS", 20)
    samples = [crossed(label) for label in (0, 1, 7, 9)]
    images = np.stack([one.pixels for one in samples]) / np.float32(255)
    old = read_model(FOLDER / "cnn.safetensors")
    taught = teach(old, samples, TRAIN)
    before, after = (
        (model.scores(images).argmax(axis=1) == [0, 1, 7, 9]).sum() for model in (old, taught)
    )
    assert after > before
    few = Digits(TEST.images[:500], TEST.labels[:500])
    assert (taught.scores(few.pixels()).argmax(axis=1) == few.labels).mean() > 0.98


@pytest.mark.long
def test_with_mnist_beside_less_is_forgotten_than_without() -> None:
    samples = [crossed(7)] * 2
    few = Digits(TEST.images[:2000], TEST.labels[:2000])

    def right(beside: Digits | None) -> float:
        scores = teach(SKETCH, samples, beside).scores(few.pixels())
        return float((scores.argmax(axis=1) == few.labels).mean())

    assert right(None) < 0.9
    assert right(TRAIN) > 0.98


def test_what_cannot_be_taught_gets_one_sentence() -> None:
    with pytest.raises(InputError, match="no digit yet"):
        teach(SKETCH, [], None)


@pytest.mark.long
def test_a_taught_network_goes_on_doubting() -> None:
    taught = Recogniser(teach(SKETCH, [crossed(label) for label in range(10)], TRAIN))
    rng = np.random.default_rng(0)
    noise = np.zeros((280, 280), np.uint8)
    noise[100:180, 100:180] = 255 * rng.integers(0, 2, (80, 80))
    assert taught.classify(noise).label is None
