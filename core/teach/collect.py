"""One table of a class, from what its learners handed in of a lesson.

Such as::

    python -m core.teach.collect *.csv > class.csv

A file is what a learner downloaded, or a table or list of a teacher's in which codes stand.
"""

from core.command import run

if __name__ == "__main__":
    run("core.teach.collect_command")
