"""What ``python -m core.compiling`` does."""

import time

from core.compiling.loops import compile_loops


def main() -> int:
    """Compile the loops of all pages, and print how long each took."""
    began = time.perf_counter()
    for page in compile_loops():
        now = time.perf_counter()
        print(f"{page}: {now - began:.1f} s", flush=True)
        began = now
    return 0
