from pathlib import Path

import numpy as np

from benchmarks.drawings import read_drawings, score
from core.digits import mnist
from core.digits.classroom.files import to_npz
from core.digits.classroom.gathered import gather
from core.digits.recognise import load_recogniser
from core.store.records import ClassDigit


def test_the_file_is_of_the_form_that_the_benchmarks_score(tmp_path: Path) -> None:
    test = mnist.load("test")
    rows = [
        ClassDigit(3 + place // 4, int(label), 0.0, image.tobytes())
        for place, (image, label) in enumerate(zip(*(part[:8] for part in test), strict=True))
    ]
    path = tmp_path / "class.npz"
    path.write_bytes(to_npz(gather(rows)))
    found = read_drawings(path)
    assert np.array_equal(found.images, test.images[:8])
    assert found.labels.tolist() == test.labels[:8].tolist()
    assert score(load_recogniser(), found).accuracy == 1
    with np.load(path, allow_pickle=False) as archive:  # as benchmarks.teaching.own_hand has it
        assert archive["writer"].tolist() == [3] * 4 + [4] * 4
