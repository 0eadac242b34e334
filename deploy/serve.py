"""Neuron Ladder for a school or the public: ``streamlit run deploy/serve.py``.

The same app behind a door, with the settings of ``deploy/.streamlit/config.toml``;
``docs/operate.md`` says the rest. One's own computer needs none of it: ``streamlit run app.py``.
"""

import os
import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from deploy.door import Door  # noqa: E402 - found from here on
from deploy.ending import end_in_order  # noqa: E402
from deploy.first_paint import FirstPaint  # noqa: E402
from deploy.first_run import FirstRun  # noqa: E402
from deploy.headers import Headers  # noqa: E402

LIMITS = {
    "NEURON_LADDER_MOST_RUNS": "300",
    "NEURON_LADDER_MOST_JOBS": "100",
    "NEURON_LADDER_MOST_NETWORKS": "100",
    "NEURON_LADDER_MOST_MEGABYTES": "3000",
}
"""Of a person's runs, jobs and networks, and of a server's memory, where nobody has said others."""

for variable, most in LIMITS.items():
    os.environ.setdefault(variable, most)


def tell(error: Exception) -> bool:
    """Say in one sentence that a page failed; the log has the rest."""
    del error
    from pages.shared.frame import tell_failure  # with components, which need a running server

    tell_failure()
    return True


end_in_order()
app = st.App(
    ROOT / "app.py",
    middleware=[Middleware(one) for one in (Headers, Door, FirstRun, FirstPaint)],
    on_script_error=tell,
)
