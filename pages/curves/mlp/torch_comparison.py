"""PyTorch's finished run on Curves → MLP beside the same run from scratch."""

import dataclasses
import time

import streamlit as st

from core.curves import mlp
from core.curves.mlp import torch_lesson
from core.datasets import Samples
from core.history import History
from core.number import number
from pages.shared.first_visit import compile_for_page
from pages.shared.i18n import _


def compare(
    samples: Samples, config: torch_lesson.Config, history: History, seconds: float
) -> None:
    """Train the same network from scratch and say how far the losses and the times are apart."""
    fields = [field.name for field in dataclasses.fields(mlp.Config)]
    same = mlp.Config(**{name: getattr(config, name) for name in fields})
    if torch_lesson.Config(**dataclasses.asdict(same)) != config:
        st.caption(
            _(
                "From scratch knows one hidden layer of sigmoids, the mean squared error and plain "
                "SGD: with these settings, both engines give the same losses."
            )
        )
        return
    compile_for_page("curves/mlp")
    began = time.perf_counter()
    from_scratch = mlp.train(*samples, same)
    scratch_seconds = time.perf_counter() - began
    st.success(
        _(
            "The same start and the same order of samples from scratch: over {n} recorded losses "
            "the two engines differ by at most {difference}. From scratch took {scratch} s, "
            "PyTorch {torch} s. PyTorch earns its place where the chain rule gets long and the "
            "network large."
        ).format(
            n=history.n_records,
            difference=number(torch_lesson.largest_difference(history, from_scratch)),
            scratch=number(scratch_seconds),
            torch=number(seconds),
        ),
        icon=":material/balance:",
    )
