"""The headers with which a public server answers: what a page may load, and who may frame it."""

import os
from collections.abc import Sequence

from deploy.door import App, Message, Receive, Send

FRAMES = "NEURON_LADDER_FRAMES"
"""The environment variable with the hosts whose pages may show the app in a frame, such as
``https://moodle.example.org``, parted by blanks; without it only the app's own."""

XSRF = b"_streamlit_xsrf="
"""How the cookie begins that Streamlit compares with what an upload says."""

POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' data: blob:",
    "worker-src": "'self' blob:",
    "frame-src": "'none'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}
"""Scripts stand in the page, since Streamlit and the app put them there; Vega compiles its charts'
formulas in the browser; components come as blobs. Nothing comes from another host."""


class Headers:
    """An ASGI middleware that adds the headers to every answer.

    Parameters
    ----------
    app : callable
        What is behind it.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        frames = os.environ.get(FRAMES, "").split()
        self._headers = headers(frames)
        self._is_framed = bool(frames)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve a request or a connection."""
        is_framed = self._is_framed and (b"x-forwarded-proto", b"https") in scope["headers"]

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {name for name, _ in self._headers}
                others = [one for one in message.get("headers", []) if one[0].lower() not in ours]
                if is_framed:
                    others = [(name, for_a_frame(value)) for name, value in others]
                message["headers"] = [*others, *self._headers]
            await send(message)

        await self._app(scope, receive, with_headers)


def for_a_frame(value: bytes) -> bytes:
    """Let a browser keep Streamlit's own cookie in a frame of another host's page, too.

    Parameters
    ----------
    value : bytes
        Of any header; only that of this cookie is another one then.

    Examples
    --------
    >>> for_a_frame(b"_streamlit_xsrf=2|a|b|3; Path=/; SameSite=Lax")
    b'_streamlit_xsrf=2|a|b|3; Path=/; SameSite=None; Secure; Partitioned'
    >>> for_a_frame(b"text/html")
    b'text/html'
    """
    if not value.startswith(XSRF):
        return value
    return value.partition(b";")[0] + b"; Path=/; SameSite=None; Secure; Partitioned"


def headers(frames: Sequence[str] = ()) -> list[tuple[bytes, bytes]]:
    """Return the headers.

    Parameters
    ----------
    frames : sequence of str
        The hosts whose pages may show the app in a frame.

    Examples
    --------
    >>> policy = dict(headers(["https://moodle.example.org"]))[b"content-security-policy"]
    >>> policy.decode().split("; ")[-1]
    "frame-ancestors 'self' https://moodle.example.org"
    """
    policy = POLICY | {"frame-ancestors": " ".join(["'self'", *frames])}
    ours = {
        "content-security-policy": "; ".join(f"{what} {where}" for what, where in policy.items()),
        "referrer-policy": "strict-origin-when-cross-origin",
        "x-content-type-options": "nosniff",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }
    return [(name.encode(), value.encode()) for name, value in ours.items()]
