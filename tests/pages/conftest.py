from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]

Open = Callable[..., AppTest]


@pytest.fixture
def open_page() -> Open:
    """Open a page of the app, as a browser with this language and these link parameters would."""

    def open_page(page: str = "pages/start/home.py", locale: str = "en-US", **link: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.context = {"locale": locale}
        for name, value in link.items():
            app.query_params[name] = value
        app.run()
        if page != "pages/start/home.py":
            app.switch_page(page).run()
        assert not app.exception
        return app

    return open_page
