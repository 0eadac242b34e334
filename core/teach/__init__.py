"""Lessons that a teacher puts together: checked, made into links, and their results collected."""
