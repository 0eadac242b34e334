import pytest

from benchmarks import scale
from tests.benchmarks.tiny import check_every_row


@pytest.mark.proof
def test_every_row_can_be_measured():
    check_every_row(scale.measurements)
