"""Curves: neurons that bend a line, and networks of them."""
