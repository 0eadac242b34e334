"""Compile all loops now: ``python -m core.compiling``."""

from core.command import run

if __name__ == "__main__":
    run("core.compiling.command")
