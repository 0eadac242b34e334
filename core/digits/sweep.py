"""Sweep over hyperparameters of a recipe, from the command line.

Such as::

    python -m core.digits.sweep --learning-rate 1e-4..1e-1 --batch-size 64,256,1024 --runs 24
"""

from core.command import run

if __name__ == "__main__":
    run("core.jobs.sweep_command")
