"""Drawings that anybody may download and score."""
