"""The best run of a sweep, and the one that the reader has chosen: what they are and what next."""

import pandas as pd
import streamlit as st

from core.digits.recipe import from_dict
from core.lab import playground_run
from core.lab.comparison import PLACES, to_link
from core.lab.sweep.results import Result
from core.link.packed import pack
from core.percent import percent
from pages.lab.sweep.snapshot import CELL, SweepSnapshot, values_of
from pages.runs.recipe_controls import set_controls
from pages.runs.run_words import STATES, sentence
from pages.runs.watched_run import unwatch
from pages.shared import link
from pages.shared.i18n import _

N_COMPARED = 4
"""So many of the best runs are compared."""

TRAIN, COMPARE = "pages/digits/train/train.py", "pages/lab/compare/compare.py"
PLAYGROUND = "pages/planes/playground/playground.py"


def show_runs(snapshot: SweepSnapshot) -> None:
    """Show the best run and the chosen one, and lead on from them."""
    best = snapshot.best
    if best is None:
        return
    with st.container(border=True):
        title = _("Best so far") if snapshot.progress.is_active else _("Best")
        _run(best, title, key="sw_best")
        if snapshot.progress.is_active:
            st.caption(_("Others are still learning, and may become better."))
    _choose(snapshot)
    shown = snapshot.shown
    if shown is not None:
        with st.container(border=True):
            _run(shown, _("Chosen"), key="sw_chosen")
    with st.container(horizontal=True):
        _compare(snapshot)
        st.download_button(
            _("All runs (CSV)"),
            lambda: table(snapshot).to_csv(index=False),
            file_name="sweep.csv",
            mime="text/csv",
            key="sw_csv",
            icon=":material/download:",
            on_click="ignore",
        )


def table(snapshot: SweepSnapshot) -> pd.DataFrame:
    """Return a row for each run: its recipe, how far it came, and what it reached."""
    return pd.DataFrame(
        [
            {
                "run": result.run.id,
                **{
                    name: "-".join(map(str, value)) if isinstance(value, list) else value
                    for name, value in result.cell.items()
                },
                "status": result.run.status,
                "epochs": result.run.epochs_done,
                "best_epoch": None if result.best is None else result.best.epoch,
                "validation_accuracy": result.validation_accuracy,
                "test_accuracy": result.test_accuracy,
                "seconds": result.run.seconds,
            }
            for result in snapshot.results
        ]
    )


def _run(result: Result, title: str, *, key: str) -> None:
    """Show a run in two lines and the ways on from it."""
    run, state = result.run, STATES[result.run.status]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{title}:** {values_of(result)}", width="content")
        st.badge(_(state.name), icon=state.icon, color=state.colour)
    told = sentence(run)
    parts = []
    if result.best is not None:
        is_digits = run.kind == "digits"
        reached = (
            _(
                "**{validation} %** of the held-out images right, {test} % of the test images, "
                "after epoch {epoch} of {n}."
            )
            if is_digits
            else _(
                "**{validation} %** of the test samples right, {train} % of those learned from, "
                "after epoch {epoch} of {n}."
            )
        )
        parts.append(
            reached.format(
                validation=percent(result.validation_accuracy or 0.0),
                test=percent(result.test_accuracy or 0.0),
                train=percent(result.best.train_accuracy or 0.0),
                epoch=result.best.epoch,
                n=run.n_epochs,
            )
        )
    if told is not None:
        parts.append(told)
    st.markdown(" ".join(parts) or _("It has not come to the end of an epoch yet."))
    if run.kind != "digits":
        if st.button(
            _("Open on the Playground"),
            key=f"{key}_playground",
            type="primary" if key == "sw_best" else "secondary",
            icon=":material/open_in_new:",
            on_click=_set_playground,
            args=(result,),
            help=_("Sets the Playground to this run: from its start, it learns the same."),
        ):
            st.switch_page(PLAYGROUND, query_params=_points_of(result))
        return
    with st.container(horizontal=True):
        if st.button(
            _("Train with this recipe"),
            key=f"{key}_train",
            type="primary" if key == "sw_best" else "secondary",
            icon=":material/model_training:",
            on_click=_take,
            args=(result,),
            help=_("Opens the page Train with its controls set to this run's recipe."),
        ):
            # Streamlit cannot clear a link that controls are bound to, but it can replace it.
            st.switch_page(TRAIN, query_params={"tr_epochs": str(run.n_epochs)})
        if st.button(_("Open this run"), key=f"{key}_open", icon=":material/open_in_new:"):
            st.switch_page(TRAIN, query_params={"run": run.id})


def _set_playground(result: Result) -> None:
    """Set the controls of the Playground to a run's recipe; a callback."""
    from core.link.playground import linked

    recipe = playground_run.from_dict(result.run.recipe)
    said = linked(recipe.config, recipe.data)
    del said["pts"]
    link.go(said | {"pg_past": "", "pg_from": ""})


def _points_of(result: Result) -> dict[str, list[str]]:
    """Return what the link says of own points, which the Playground takes from there alone."""
    recipe = playground_run.from_dict(result.run.recipe)
    points = recipe.data.get("points", ())
    epochs = [str(recipe.n_epochs)]
    return {"pg_epochs": epochs} | ({"pts": [pack(points)]} if points else {})


def _take(result: Result) -> None:
    """Set the controls of Train to a run's recipe; a callback."""
    set_controls(from_dict(result.run.recipe))
    unwatch()


def _choose(snapshot: SweepSnapshot) -> None:
    """Let the reader choose a run without the picture, the best first."""
    ranked = [result.run.trial for result in snapshot.ranked]
    others = [r.run.trial for r in snapshot.results if r.run.trial not in set(ranked)]
    by_trial = {result.run.trial: result for result in snapshot.results}
    st.selectbox(
        _("See a run"),
        [*ranked, *others],
        index=None,
        key=CELL,
        format_func=lambda trial: _line(by_trial[trial]),
        placeholder=_("Choose one here, or click it above"),
        help=_("All runs, the best first."),
    )


def _line(result: Result) -> str:
    accuracy = result.validation_accuracy
    parts = [values_of(result), _(STATES[result.run.status].name)]
    return " · ".join(parts if accuracy is None else [f"{percent(accuracy)} %", *parts])


def _compare(snapshot: SweepSnapshot) -> None:
    """Lead to the curves of the best few."""
    ids = [result.run.id for result in snapshot.ranked[: min(N_COMPARED, PLACES)]]
    if len(ids) > 1 and st.button(
        _("Compare the best {n}").format(n=len(ids)),
        key="sw_compare",
        icon=":material/compare:",
    ):
        st.switch_page(COMPARE, query_params={"runs": to_link(ids)})
