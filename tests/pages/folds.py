"""The folds of a page: what they hold is made once they are opened."""

from streamlit.testing.v1 import AppTest

from pages.shared.page import CODE


def shown_code(app: AppTest, fold: str = CODE) -> str:
    """Open one of the page's folds of code, named by its key, and read the code."""
    app.session_state[fold] = True
    app.run()
    (code,) = app.code
    return str(code.value)
