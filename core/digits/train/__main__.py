"""Where ``python -m core.digits.train`` begins."""

import sys

from core.command import importing, quiet

if __name__ == "__main__":
    with importing():
        from core.digits.train.command import main

    with quiet():
        sys.exit(main())
