"""What a class has learned, from what its learners handed in.

Such as::

    python -m core.learning.analyse answers.csv more.csv codes.txt

A file is a CSV with one row a learner, or a list of codes, one a line.
"""

from core.command import run

if __name__ == "__main__":
    run("core.learning.analysis_command")
