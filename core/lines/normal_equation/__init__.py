"""The loss of a line through the origin is a parabola; its vertex is the best weight."""

from core.lines.normal_equation.lesson import (
    FORMULAS,
    NO_UNIQUE_SOLUTION,
    Parabola,
    parabola,
    sample_parabolas,
    solve,
)

__all__ = ["FORMULAS", "NO_UNIQUE_SOLUTION", "Parabola", "parabola", "sample_parabolas", "solve"]
