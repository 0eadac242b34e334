"""What a public server lets in: the messages that a browser with the app's own pages sends.

Streamlit's protocol knows more than its pages use: whoever can connect may clear the caches of all
readers, ask for the state of the server's git repository, or have a run begin anew when a file is
saved. Here only what the pages need comes through, no larger than they make it; and no more readers
than the server can serve.
"""

import json
import logging
import math
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import psutil
from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

NEEDED = {"rerun_script", "stop_script", "app_heartbeat", "file_urls_request"}
"""What the pages send."""

OPERATIONS = {"deferred_file", "dataframe_chunk"}
"""And what they ask for besides: a download, or more rows of a table."""

LONGEST_LINK = 32_000
"""Characters of a link's parameters; a browser's address holds about as many."""

MOST_WIDGETS = 1_000
"""A page of ours has some fifty."""

LONGEST_NAME = 1_000
"""Characters of a widget's, a page's, a fragment's name; of a file's name."""

MOST_FILES = 10
"""So many files are uploaded at once."""

CLOSED = "/_stcore/metrics", "/_stcore/agent"
"""What begins like this is for nobody outside: the figures of the server, a way in for programs."""

MOST_READERS = "NEURON_LADDER_MOST_READERS"
"""The environment variable that says how many tabs may be open, if not so many:"""

USUAL_READERS = 150

MOST_MEGABYTES = "NEURON_LADDER_MOST_MEGABYTES"
"""The environment variable that says from how much memory on nobody new is let in, if from any."""

FULL = """<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="20">
<meta name="viewport" content="width=device-width"><title>Neuron Ladder</title>
<body style="font: 1.2rem/1.6 system-ui, sans-serif; max-width: 32rem; margin: 20vh auto">
<p>As many learners as this server can serve are here just now. This page tries again by itself.</p>
<p lang="zh-CN">现在学习的人已经到了这台服务器能容纳的上限。本页会自动重试。</p>
"""
"""What somebody reads who comes when the server is full."""

log = logging.getLogger(__name__)


class Door:
    """An ASGI middleware that lets in what the pages send, from as many readers as there is room.

    Parameters
    ----------
    app : callable
        What is behind it.
    most : int, optional
        How many tabs may be open; the environment says it, if not given.
    """

    def __init__(self, app: App, most: int | None = None) -> None:
        self._app = app
        self._most = int(os.environ.get(MOST_READERS, USUAL_READERS)) if most is None else most
        self._most_bytes = float(os.environ.get(MOST_MEGABYTES) or "inf") * 1e6
        self._n_open = 0

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve a request or a connection."""
        if scope["type"] == "websocket":
            await self._connect(scope, receive, send)
        elif scope["type"] == "http" and any(place in scope["path"] for place in CLOSED):
            await answer(send, 404, "")
        elif scope["type"] == "http" and is_visit(scope) and self._is_full():
            await answer(send, 503, FULL)
        else:
            await self._app(scope, receive, send)

    def _is_full(self) -> bool:
        return self._n_open >= self._most or psutil.Process().memory_info().rss > self._most_bytes

    async def _connect(self, scope: Message, receive: Receive, send: Send) -> None:
        async def let_in() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive" or is_let_in(message.get("bytes")):
                    return message
                log.warning("A message that no page sends was not let in.")

        self._n_open += 1
        try:
            await self._app(scope, let_in, send)
        finally:
            self._n_open -= 1


def is_visit(scope: Message) -> bool:
    """Whether a request is that of a browser for a page, and not for what belongs to one."""
    accepts = dict(scope["headers"]).get(b"accept", b"")
    return scope["method"] == "GET" and b"text/html" in accepts and "/_stcore/" not in scope["path"]


async def answer(send: Send, status: int, page: str) -> None:
    """Answer a request with a page, which is not to be kept, and to be asked for again later."""
    body = page.encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"retry-after", b"20"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def is_let_in(data: bytes | None) -> bool:
    """Tell whether a page of ours may have sent this.

    Parameters
    ----------
    data : bytes or None
        A message of Streamlit's protocol, if it is what it should be.

    Examples
    --------
    >>> is_let_in(BackMsg(app_heartbeat=True).SerializeToString())
    True
    >>> is_let_in(BackMsg(clear_cache=True).SerializeToString()), is_let_in(b"GET /")
    (False, False)
    """
    message = BackMsg()
    try:
        message.ParseFromString(data or b"")
    except DecodeError:
        return False
    match message.WhichOneof("type"):
        case "rerun_script":
            return _is_rerun(message.rerun_script)
        case "file_urls_request":
            names = message.file_urls_request.file_names
            return len(names) <= MOST_FILES and all(len(name) <= LONGEST_NAME for name in names)
        case "backend_operation_request":
            return message.backend_operation_request.WhichOneof("payload") in OPERATIONS
        case kind:
            return kind in NEEDED


def _is_rerun(state: ClientState) -> bool:
    names = state.page_name, state.page_script_hash, state.fragment_id, state.context_info.locale
    widgets = state.widget_states.widgets
    return (
        len(state.query_string) <= LONGEST_LINK
        and all(len(name) <= LONGEST_NAME for name in names)
        and len(widgets) <= MOST_WIDGETS
        and all(map(_is_widget, widgets))
    )


def _is_widget(state: WidgetState) -> bool:
    """Whether a widget may say this: finite numbers, and JSON where it says that it is JSON."""
    if len(state.id) > LONGEST_NAME:
        return False
    match state.WhichOneof("value"):
        case "double_value":
            return math.isfinite(state.double_value)
        case "double_array_value":
            return all(map(math.isfinite, state.double_array_value.data))
        case "json_value":
            return _is_json(state.json_value)
        case "json_trigger_value":
            return _is_json(state.json_trigger_value)
    return True


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
