"""Benchmarks of ``core.digits``: reading MNIST, recognising; and the article's own epoch."""

from collections.abc import Iterator
from functools import partial

import numpy as np
import torch
from PIL import Image, ImageDraw
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset

from benchmarks.table import Measurement, Row, median_seconds
from core.digits import mnist
from core.digits.mnist import Digits
from core.digits.recipe import ARTICLE
from core.digits.recognise import load_recogniser
from core.digits.train.torch_network import make_network


class PillowDigits(Dataset[tuple[Tensor, int]]):
    """MNIST as the article reads it: each image goes through Pillow on its way to a tensor.

    The steps are those of torchvision's ``MNIST`` and ``ToTensor``, written out.
    """

    def __init__(self, digits: Digits) -> None:
        self.images = torch.tensor(digits.images)
        self.labels = torch.tensor(digits.labels)

    def __len__(self) -> int:
        return len(self.images)

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        image, label = self.images[index], int(self.labels[index])
        return to_tensor(Image.fromarray(image.numpy())), label


def to_tensor(image: Image.Image) -> Tensor:
    """Turn an image into floats (1, 28, 28) as torchvision's ``ToTensor`` does."""
    types = {"I": np.int32, "I;16": np.int16, "F": np.float32}
    pixels = torch.from_numpy(np.array(image, types.get(image.mode, np.uint8), copy=True))
    pixels = pixels.view(image.size[1], image.size[0], len(image.getbands()))
    pixels = pixels.permute((2, 0, 1)).contiguous()
    if isinstance(pixels, torch.ByteTensor):
        return pixels.to(dtype=torch.get_default_dtype()).div(255)
    return pixels


def article_epoch(digits: Digits) -> None:
    """Train one epoch of the article's recipe in the article's own way."""
    network = make_network()
    optimiser = torch.optim.SGD(network.parameters(), lr=ARTICLE.learning_rate)
    for x, labels in DataLoader(PillowDigits(digits), ARTICLE.batch_size, shuffle=True):
        target = nn.functional.one_hot(labels, 10).float()
        loss = nn.functional.mse_loss(network(x), target)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()


def measurements(*, tiny: bool = False) -> Iterator[Measurement]:
    """Give the rows to measure; `tiny`: so little that they only show that they can be."""
    repeat, n_many = (1, 10) if tiny else (5, 1_000)
    yield Measurement("MNIST: read the four archives", partial(load_rows, repeat))
    yield Measurement("recognise sketches", partial(recognise_rows, n_many))


def load_rows(repeat: int) -> Iterator[Row]:
    """Read MNIST."""
    load = median_seconds(lambda: (mnist.load("train"), mnist.load("test")), repeat=repeat)
    yield Row("MNIST: read the four archives", load)


def recognise_rows(n_many: int) -> Iterator[Row]:
    """Recognise one sketch, and many at once."""
    sketch = Image.new("RGBA", (280, 280), "black")
    ImageDraw.Draw(sketch).line([(80, 60), (200, 60), (120, 230)], "white", width=20)
    drawing = np.asarray(sketch)
    recogniser = load_recogniser()
    one = median_seconds(lambda: recogniser.classify(drawing), repeat=50)
    yield Row("recognise one sketch", one, "280×280 RGBA")
    many = median_seconds(lambda: recogniser.classify_many([drawing] * n_many), repeat=3)
    yield Row(f"recognise {n_many:,} sketches", many, f"{many / n_many * 1000:.2f} ms each")
