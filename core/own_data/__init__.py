"""The reader's own samples: a CSV, or an editable table, with the columns of a `Form`."""

from core.own_data.encodings import MAX_BYTES
from core.own_data.form import FOUR_CLASSES, TWO_CLASSES, X1_X2_Y, XY, Form
from core.own_data.reading import (
    MAX_ROWS,
    Reading,
    TwoMeaningsError,
    from_table,
    read_csv,
    reading_of,
    to_table,
)

__all__ = [
    "FOUR_CLASSES",
    "MAX_BYTES",
    "MAX_ROWS",
    "TWO_CLASSES",
    "X1_X2_Y",
    "XY",
    "Form",
    "Reading",
    "TwoMeaningsError",
    "from_table",
    "read_csv",
    "reading_of",
    "to_table",
]
