"""How many are let in, and where nobody is; what messages are, stands in tests/hostile."""

import asyncio
from typing import Any

import pytest

from deploy.door import MOST_MEGABYTES, MOST_READERS, USUAL_READERS, Door

BROWSER = {b"accept": b"text/html,application/xhtml+xml"}


class Behind:
    """What is behind the door: it notes what comes, and keeps connections until they may go."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.may_go = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked.append(scope["path"])
        if scope["type"] == "websocket":
            self.asked.append((await receive())["type"])
            await self.may_go.wait()
        else:
            start = {"type": "http.response.start", "status": 200, "headers": [(b"A", b"b")]}
            await send(start)
            await send({"type": "http.response.body", "body": b"here"})


def request(path: str = "/", headers: dict[bytes, bytes] = BROWSER) -> dict[str, Any]:
    return {"type": "http", "method": "GET", "path": path, "headers": [*headers.items()]}


async def answer(app: Any, scope: dict[str, Any]) -> tuple[int, dict[bytes, bytes], bytes]:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    await app(scope, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


async def connect(door: Door) -> "asyncio.Task[None]":
    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(_: Any) -> None:
        raise AssertionError

    scope = {"type": "websocket", "path": "/_stcore/stream"}
    task = asyncio.create_task(door(scope, receive, send))
    await asyncio.sleep(0)
    return task


def test_who_comes_when_it_is_full_reads_so_and_is_let_in_later() -> None:
    async def go() -> None:
        behind = Behind()
        door = Door(behind, most=2)
        tabs = [await connect(door) for _ in range(2)]
        status, headers, page = await answer(door, request("/one_weight"))
        assert (status, headers[b"retry-after"]) == (503, b"20")
        assert b"As many learners" in page
        assert "本页会自动重试".encode() in page
        for other in (request("/_stcore/health"), request("/static/a.js", {b"accept": b"*/*"})):
            assert (await answer(door, other))[0] == 200  # who is here already is served
        behind.may_go.set()
        await asyncio.gather(*tabs)
        assert (await answer(door, request()))[2] == b"here"

    asyncio.run(go())


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/mcp", "/x/_stcore/metrics"])
def test_what_is_for_nobody_outside(path: str) -> None:
    behind = Behind()
    assert asyncio.run(answer(Door(behind), request(path)))[0] == 404
    assert not behind.asked


def test_the_environment_says_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(MOST_READERS, raising=False)
    assert Door(Behind())._most == USUAL_READERS
    monkeypatch.setenv(MOST_READERS, "7")
    assert Door(Behind())._most == 7


def test_nobody_new_is_let_in_where_the_memory_is_used_up(monkeypatch: pytest.MonkeyPatch) -> None:
    for megabytes, expected in (("1", 503), ("1e6", 200)):
        monkeypatch.setenv(MOST_MEGABYTES, megabytes)
        door = Door(Behind())
        assert asyncio.run(answer(door, request()))[0] == expected
        assert asyncio.run(answer(door, request("/_stcore/health", {})))[0] == 200
