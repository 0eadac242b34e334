"""Convolution: one small set of weights, slid over the whole picture."""

from core.digits.convolution.sliding import FORMULAS, convolve, pool, relu

__all__ = ["FORMULAS", "convolve", "pool", "relu"]
