"""Databases for all tests of `core`: SQLite and a real PostgreSQL."""

from tests.postgres import database_url, postgres

__all__ = ["database_url", "postgres"]
