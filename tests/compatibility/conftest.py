"""Pages open as in tests/pages: without workers, but in a real store."""

from tests.pages.conftest import jobs, open_page, same_main

__all__ = ["jobs", "open_page", "same_main"]
