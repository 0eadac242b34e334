"""A browser that comes back to a server which does not know it is answered.

Where a server is gone, a browser connects again, to another one or to the same, started anew. As it
shows a page already, it may ask for a part of it alone; the server knows no parts yet, and would
not answer.
"""

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg

from deploy.door import App, Message, Receive, Send


class FirstRun:
    """An ASGI middleware that makes the first run of each connection one of the whole page.

    Parameters
    ----------
    app : callable
        What is behind it.
    """

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve a request or a connection."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        is_whole = False

        async def take() -> Message:
            nonlocal is_whole
            message = await receive()
            if is_whole or not message.get("bytes"):
                return message
            data, is_whole = run_whole(message["bytes"])
            return {**message, "bytes": data}

        await self._app(scope, take, send)


def run_whole(data: bytes) -> tuple[bytes, bool]:
    """Return the message to take instead of one, and whether it runs the page.

    Parameters
    ----------
    data : bytes
        A message of Streamlit's protocol. What is none is left to Streamlit.

    Examples
    --------
    >>> part = BackMsg()
    >>> part.rerun_script.fragment_id = "the picture"
    >>> data, runs_page = run_whole(part.SerializeToString())
    >>> BackMsg.FromString(data).rerun_script.fragment_id, runs_page
    ('', True)
    """
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return data, False
    if message.WhichOneof("type") != "rerun_script":
        return data, False
    message.rerun_script.fragment_id, message.rerun_script.is_auto_rerun = "", False
    return message.SerializeToString(), True
