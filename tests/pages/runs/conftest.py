"""An empty store, as for the pages of the Lab."""

from tests.pages.lab.conftest import store

__all__ = ["store"]
