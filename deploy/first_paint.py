"""A style that a page has from its first paint on.

Streamlit draws its empty frame, then the page, then the sidebar, which pushes the page aside; and
our style sheet is an element like any other: it comes while the page is seen. What stands in the
head of the page itself is there before all of them.
"""

from pathlib import Path

from deploy.door import App, Message, Receive, Send

SHEET = Path(__file__).resolve().parents[1] / "assets" / "first_paint.css"
HEAD = b"</head>"

OF_THE_FILE = {b"etag", b"last-modified", b"content-length", b"accept-ranges"}
"""The headers that tell of Streamlit's own file: the page is another one."""


class FirstPaint:
    """An ASGI middleware that adds the style to Streamlit's page.

    Parameters
    ----------
    app : callable
        What is behind it.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._style = b"<style>" + SHEET.read_bytes() + b"</style>"

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve a request or a connection."""
        headers = scope.get("headers", [])
        is_page = any(name == b"accept" and b"text/html" in value for name, value in headers)
        if scope["type"] != "http" or scope["method"] != "GET" or not is_page:
            await self._app(scope, receive, send)
            return
        start: Message = {}
        body = b""

        async def gather(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            await send(self._start(start, body))
            await send({"type": "http.response.body", "body": self._styled(body)})

        plain = [one for one in headers if one[0] != b"accept-encoding"]
        await self._app({**scope, "headers": plain}, receive, gather)

    def _styled(self, body: bytes) -> bytes:
        return body.replace(HEAD, self._style + HEAD, 1)

    def _start(self, start: Message, body: bytes) -> Message:
        if HEAD not in body:
            return start
        headers = [one for one in start["headers"] if one[0].lower() not in OF_THE_FILE]
        length = str(len(self._styled(body))).encode()
        return {**start, "headers": [*headers, (b"content-length", length)]}
