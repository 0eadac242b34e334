"""A lesson as a SCORM 1.2 package for a learning platform.

Such as::

    python -m core.teach.package last_sample lesson.zip --language zh --app https://example.org

It opens the pages of the app as the lesson sets them, and writes down what they show:
`deploy.scorm`.
"""

from core.command import run

if __name__ == "__main__":
    run("deploy.scorm")
