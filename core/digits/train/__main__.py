"""Where ``python -m core.digits.train`` begins."""

from core.command import run

if __name__ == "__main__":
    run("core.digits.train.command")
