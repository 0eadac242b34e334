"""A lesson's run to take away: as a program, as a notebook, as an exercise."""
