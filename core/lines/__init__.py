"""Straight lines: models with one weight, or a weight and a bias."""
