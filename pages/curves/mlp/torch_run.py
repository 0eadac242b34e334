"""PyTorch's run on Curves → MLP: in the background, live, stopped and resumed."""

from collections.abc import Callable

import streamlit as st

from core.background import BackgroundRun
from core.curves.mlp import torch_lesson
from core.datasets import Samples
from core.number import whole
from pages.curves.mlp.wanted_run import wanted_run
from pages.shared.fragment import fragment
from pages.shared.i18n import _

RUNS = "torch_runs"
"""Session state: the latest runs, by what they do."""

MAX_RUNS = 8

REFRESH = 0.5
"""Seconds between two looks at a run that is at work."""

TorchRun = BackgroundRun[torch_lesson.Checkpoint]

Wanted = tuple[torch_lesson.Config, bytes, bytes]
"""What a run does: its configuration, and the x and y that it learns from."""


def wanted_torch_run(samples: Samples, config: torch_lesson.Config) -> TorchRun | None:
    """Return the run with these hyperparameters, if it has begun.

    Where another run is at work, the hyperparameters have been changed: it is stopped and kept,
    and a new one starts.
    """
    runs: dict[Wanted, TorchRun] = st.session_state.setdefault(RUNS, {})
    wanted = wanted_run(samples, config)
    others = [run for other, run in runs.items() if run.is_active and other != wanted]
    for run in others:
        run.stop()
    if others and wanted not in runs:
        _begin(samples, config)
        st.info(
            _(
                "You changed a hyperparameter or the data, so a new run has started. The last one "
                "is kept as far as it got: set the value back to see it."
            ),
            icon=":material/restart_alt:",
        )
    return runs.get(wanted)


def show_torch_run(
    run: TorchRun | None,
    samples: Samples,
    config: torch_lesson.Config,
    draw: Callable[..., object],
) -> None:
    """Show a run, live, or offer to start it.

    Parameters
    ----------
    run : BackgroundRun or None
        None if it has not begun.
    samples : Samples
        What the network learns from.
    config : torch_lesson.Config
        The hyperparameters.
    draw : callable
        Called as ``draw(history, running=…)``.
    """
    if run is None:
        _offer(samples, config)
        return
    active = run.is_active
    fragment(_watch, run_every=REFRESH if active else None)(run, config, draw, active)


def _offer(samples: Samples, config: torch_lesson.Config) -> None:
    with st.container(border=True):
        st.markdown(
            _(
                "PyTorch takes seconds for this run, with many epochs minutes. You can watch, stop "
                "and resume it."
            )
        )
        st.button(
            _("Train"),
            key="torch_train",
            type="primary",
            icon=":material/play_arrow:",
            on_click=_begin,
            args=(samples, config),
        )


def _begin(samples: Samples, config: torch_lesson.Config) -> None:
    runs = st.session_state[RUNS]
    wanted = wanted_run(samples, config)
    runs.pop(wanted, None)
    while len(runs) >= MAX_RUNS:
        runs.pop(next(iter(runs)))
    runs[wanted] = BackgroundRun(torch_lesson.stream(*samples, config))


def _stop(run: TorchRun) -> None:
    run.stop()
    run.wait(5)


def _watch(
    run: TorchRun,
    config: torch_lesson.Config,
    draw: Callable[..., object],
    watching: bool,
) -> None:
    """Show how far the run is; while `watching`, Streamlit calls this again and again."""
    active, records = run.is_active, run.records
    if active != watching:  # it has ended, or been resumed: watch no longer, or again
        st.rerun()
    epoch = records[-1].epoch if records else 0
    with st.container(horizontal=True, vertical_alignment="center"):
        _buttons(run, active)
        st.progress(epoch / config.n_epochs, text=_progress(run, epoch, config.n_epochs))
    if run.error is not None:
        st.error(_("The run ended early: {error}").format(error=run.error))
    if records:
        draw(torch_lesson.to_history(records, config), running=active)


def _buttons(run: TorchRun, active: bool) -> None:
    if active:
        st.button(_("Stop"), key="torch_stop", icon=":material/stop:", on_click=_stop, args=(run,))
    elif run.state == "stopped":
        st.button(
            _("Resume"),
            key="torch_resume",
            type="primary",
            icon=":material/play_arrow:",
            on_click=run.resume,
        )


def _progress(run: TorchRun, epoch: int, n_epochs: int) -> str:
    if run.state == "waiting":
        return _("Waiting: other runs are using this computer's cores.")
    done = _("Epoch {epoch} of {n}").format(epoch=whole(epoch), n=whole(n_epochs))
    if run.state == "running" and epoch:
        left = run.seconds * (n_epochs - epoch) / epoch
        return done + " · " + _("about {n} s left").format(n=f"{left:.0f}")
    if run.state == "stopped":
        return done + " · " + _("stopped")
    return done
