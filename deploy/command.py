"""The command ``neuron-ladder``, which pip installs: the app, wherever it lies."""

import sys
from pathlib import Path

from streamlit.web import cli

APP = Path(__file__).resolve().parents[1] / "app.py"
"""Streamlit reads the settings beside it."""


def main() -> None:
    """Open the app; what follows the command goes to ``streamlit run``, such as a port."""
    cli.main(["run", str(APP), *sys.argv[1:]])
