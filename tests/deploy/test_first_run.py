"""The first run of a connection is one of the whole page."""

import asyncio
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg

from deploy.first_run import FirstRun


def part(name: str) -> bytes:
    message = BackMsg()
    message.rerun_script.fragment_id = name
    data: bytes = message.SerializeToString()
    return data


def test_a_part_is_run_alone_only_once_the_page_has_been_run() -> None:
    """Until then whatever asks for no run goes through, and so does what is no message."""
    sent = [b"\xff", BackMsg(app_heartbeat=True).SerializeToString(), part("one"), part("two")]
    waiting: list[dict[str, Any]] = [{"type": "websocket.connect"}]
    waiting += [{"type": "websocket.receive", "bytes": data} for data in sent]
    taken = []

    async def app(_scope: Any, receive: Any, _send: Any) -> None:
        while waiting:
            message = await receive()
            taken.append(message.get("bytes"))

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def send(_message: Any) -> None: ...

    asyncio.run(FirstRun(app)({"type": "websocket"}, receive, send))
    assert taken == [None, *sent[:2], part(""), part("two")]
