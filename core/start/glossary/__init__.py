"""The words of the ladder, and where one finds a tutorial's lines on it."""

from core.start.glossary.terms import Line, Term, first_said_on, found, lines, terms

__all__ = ["Line", "Term", "first_said_on", "found", "lines", "terms"]
