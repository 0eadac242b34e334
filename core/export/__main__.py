"""The ladder as a static site, in all languages, for any web host.

Such as::

    python -m core.export site/ --app https://ladder.example.org

It opens the pages of the app and writes down what they say: `deploy.site`.
"""

from core.command import run

if __name__ == "__main__":
    run("deploy.site")
