"""Asking: predictions, questions and challenges, how they are judged, and what one has done."""
