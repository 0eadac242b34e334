from concurrent.futures import ThreadPoolExecutor

import pytest
import torch

from core.curves.mlp import torch_lesson
from core.datasets import two_steps
from core.one_thread import one_thread


def in_a_new_thread() -> int:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(torch.get_num_threads).result()


@pytest.fixture(autouse=True)
def two_threads():
    usual = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(usual)


def test_only_this_thread_computes_alone_and_only_meanwhile() -> None:
    with one_thread():
        assert torch.get_num_threads() == 1
        assert in_a_new_thread() == 2
    assert torch.get_num_threads() == in_a_new_thread() == 2


def test_an_error_inside_leaves_the_setting_as_it_was() -> None:
    with pytest.raises(KeyError), one_thread():
        raise KeyError
    assert torch.get_num_threads() == 2


def test_between_two_records_a_stream_leaves_the_setting_alone() -> None:
    for _ in torch_lesson.stream(*two_steps(), torch_lesson.Config(n_epochs=2)):
        assert torch.get_num_threads() == in_a_new_thread() == 2
