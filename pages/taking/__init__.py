"""What a learner takes along of a lesson: its run as code, as a notebook, as tables."""

from core.export.notebook import Texts
from pages.taking.take_away import Taken, take_away

__all__ = ["Taken", "Texts", "take_away"]
