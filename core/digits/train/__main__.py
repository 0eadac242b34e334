"""Where ``python -m core.digits.train`` begins."""

import sys

from core.digits.train.command import main

if __name__ == "__main__":
    sys.exit(main())
