"""Loss and accuracy over the updates, of the samples learned from and of those kept apart."""

import altair as alt
import numpy as np
import pandas as pd

from core.charts import panels
from core.charts.palette import colour, in_role
from core.charts.player import Layers, from_view, now
from core.history import History
from core.messages import Translate

RECORDS = alt.NamedData("records")

CHANGES = alt.NamedData("changes")
"""A row where a run goes on with other settings: its ``update``."""

ROLES = {"": "model", "test_": "now"}
"""The colour of each kind of samples, by what begins the names of its columns."""

ACCURACY = alt.Scale(domain=[-0.03, 1.06], nice=False)


def records(history: History) -> pd.DataFrame:
    """Return the table ``records``: a row for each record and each kind of samples."""
    parts = []
    for prefix, role in ROLES.items():
        if not prefix or "test_loss" in history.extra:
            columns = {
                "update": history.update,
                "role": role,
                "loss": history.column("test_loss") if prefix else history.loss,
            }
            if "accuracy" in history.extra:
                columns["accuracy"] = history.column(f"{prefix}accuracy")
            parts.append(pd.DataFrame(columns))
    return pd.concat(parts, ignore_index=True)


def ranges(history: History, *, squeezed: bool) -> dict[str, float]:
    """Return the ranges of the updates and of both losses, for the table ``view``."""
    made = panels.run_ranges(history, logarithmic=squeezed)
    test = history.extra.get("test_loss", history.loss)
    test = test[np.isfinite(test)]
    high = float(max(history.loss.max(), test.max(initial=0.0)))
    if high > history.loss.max():
        made["loss_high"] = high * (3 if squeezed else 1.08)
        made["loss_low"] = made["loss_low"] if squeezed else -0.05 * high
    return made


def loss(*, squeezed: bool, with_test: bool, translate: Translate) -> Layers:
    """Return the panel of both losses."""
    scale = from_view("loss_low", "loss_high", type="log" if squeezed else "linear")
    title = translate("loss (log)") if squeezed else translate("loss")
    return _curves("loss", title, scale, with_test, translate)


def accuracy(*, with_test: bool, translate: Translate) -> Layers:
    """Return the panel of both accuracies."""
    return _curves("accuracy", translate("accuracy"), ACCURACY, with_test, translate)


def _curves(
    field: str, title: str, scale: alt.Scale, with_test: bool, translate: Translate
) -> Layers:
    axis = alt.Axis(**panels.NUMBERS)
    x = alt.X(
        "update:Q",
        scale=from_view("update_low", "update_high"),
        title=translate("update"),
        axis=alt.Axis(tickCount=4, tickMinStep=1),
    )

    def y(name: str) -> alt.Y:
        return alt.Y(f"{name}:Q", scale=scale, title=title, axis=axis)

    whole = _until("seen").mark_line(clip=True, strokeOpacity=0.3, strokeWidth=1.5)
    part = _until("step").mark_line(clip=True, strokeWidth=2.5)
    dots = []
    for prefix, role in ROLES.items():
        if not prefix or with_test:
            dot = now().mark_circle(clip=True, size=80, opacity=1)
            dots.append(in_role(dot.encode(x=x, y=y(f"{prefix}{field}")), role))
    rule = alt.Chart(CHANGES).mark_rule(clip=True, strokeDash=[5, 4], strokeWidth=1.5)
    return alt.layer(
        in_role(rule.encode(x=x), "best"),
        *(layer.encode(x=x, y=y(field), color=colour()) for layer in (whole, part)),
        *dots,
    )


def _until(frame: str) -> alt.Chart:
    """The records up to a frame: the one that is shown, or the farthest that was seen."""
    until = f"datum.update <= (data('frames')[{frame}] || {{}}).update"
    return alt.Chart(RECORDS).transform_filter(until)
