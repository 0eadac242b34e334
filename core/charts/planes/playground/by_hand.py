"""One moment of the network, turned by hand: the plane and the drawing, without a time line."""

from typing import Any

import pandas as pd

from core.charts.layout import TABLET, Layout
from core.charts.planes.playground import playground, step_numbers
from core.charts.player import Column, compose, now
from core.messages import Translate
from core.planes.playground import Run
from core.planes.playground.data import Split

NO_STEP: list[dict[str, Any]] = [{"name": "step", "value": 0}]
"""What the panels compare the frames with: there is one frame."""


def specification(
    *of_the_network: Any,
    layout: Layout = TABLET,
    translate: Translate = str,
    **options: Any,
) -> dict[str, Any]:
    """Lay the two panels out; the parameters are those of the player, but for its frames."""
    plane, network = playground.panels_of_a_moment(
        1, *of_the_network, layout=layout, translate=translate, **options
    )
    columns = [Column([plane, network])]
    if not layout.stacked:
        columns = [Column([plane], share=playground.SHARE), Column([network])]
    n_lines = step_numbers.n_lines(layout=layout)
    lines = [now().transform_calculate(line=f"datum.line_{i + 1}") for i in range(n_lines)]
    return compose(columns, lines, NO_STEP, layout=layout)


def tables(
    samples: Split,
    moment: Run,
    *,
    discrete: bool = False,
    layout: Layout = TABLET,
    translate: Translate = str,
) -> dict[str, pd.DataFrame]:
    """Return the data of both panels; `moment` is a run of one record.

    Examples
    --------
    >>> from core.planes.playground import Config, train
    >>> from core.planes.playground.by_hand import still
    >>> from core.planes.playground.data import make, split
    >>> samples, config = split(*make(n_samples=20)), Config(n_epochs=1)
    >>> run = train(*samples.train, config, test=samples.test)
    >>> made = tables(samples, still(run, run.params[-1], config, samples))
    >>> list(made), len(made["frames"])
    (['frames', 'samples', 'view', 'films'], 1)
    """
    made = playground.tables(
        samples, [moment], discrete=discrete, layout=layout, translate=translate
    )
    return {name: made[name] for name in ("frames", "samples", "view", "films")}
