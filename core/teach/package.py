"""A lesson as a SCORM 1.2 package, which learning platforms take and which hands its score back.

Such as::

    python -m core.teach.package lesson.json lesson.zip --app https://ladder.example.org

It opens the lesson's pages in the app, and writes down what they show: `deploy.lesson_package`.
"""

from core.command import run
from core.polite import give_way

if __name__ == "__main__":
    give_way()  # it may be at work beside the app
    run("deploy.lesson_package")
