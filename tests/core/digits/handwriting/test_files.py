import csv
import io

import numpy as np
import pytest
from PIL import Image

from core.digits.handwriting.files import contact_sheet, to_csv, to_png
from core.digits.handwriting.score import score
from core.digits.recognise import load_recogniser
from core.messages import InputError

RECOGNISER = load_recogniser()


def test_the_table_gives_the_digits_back(written):
    result = score(RECOGNISER, written)
    rows = list(csv.DictReader(io.StringIO(to_csv(written, result))))
    assert [row["label"] for row in rows] == ["7", "1", "0", "4"]
    assert [row["read_as"] for row in rows] == ["7", "1", "0", ""]
    for row, sample in zip(rows, written, strict=True):
        pixels = [int(row[f"pixel_{number}"]) for number in range(784)]
        assert np.array_equal(np.reshape(pixels, (28, 28)), sample.pixels)
        assert 0.1 <= float(row["probability"]) <= 1


def test_the_sheet_has_a_place_for_each_and_a_frame_for_the_wrong_ones(written):
    result = score(RECOGNISER, written)
    sheet = contact_sheet(written, result, columns=2, zoom=2)
    height, width = sheet.shape[0] // 2, sheet.shape[1] // 2
    places = [np.s_[y : y + height, x : x + width] for y in (0, height) for x in (0, width)]
    order = [2, 1, 3, 0]  # by label: 0, 1, 4, 7
    for place, number in zip(places, order, strict=True):
        tile = sheet[place]
        picture = 255 - written[number].pixels.repeat(2, axis=0).repeat(2, axis=1)
        assert np.array_equal(tile[6:62, 6:62], picture)
        assert (tile[2, 2:-2].max() == 0) == (not result.right[number])
    image = Image.open(io.BytesIO(to_png(sheet)))
    assert np.array_equal(np.asarray(image), sheet)


def test_there_is_no_sheet_without_digits():
    with pytest.raises(InputError, match="no digit yet"):
        contact_sheet([], score(RECOGNISER, []))
