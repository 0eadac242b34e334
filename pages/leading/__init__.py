"""A teacher's lesson leads through pages: what is set there, the bar above, the results."""

from pages.leading.bar import bar
from pages.leading.lesson_led import arrive, begin, led

__all__ = ["arrive", "bar", "begin", "led"]
