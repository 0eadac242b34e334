"""Sweep over hyperparameters of a recipe, from the command line.

Such as::

    python -m core.digits.sweep --learning-rate 1e-4..1e-1 --batch-size 64,256,1024 --runs 24
"""

import sys

from core.command import importing, quiet

if __name__ == "__main__":
    with importing():
        from core.jobs.sweep_command import main

    with quiet():
        sys.exit(main())
