"""Two servers behind nginx, as docs/operate.md sets them up, and one of them is killed."""

import asyncio
import ssl
import urllib.error
import urllib.request
from email.message import Message

import pytest

from benchmarks.load.learners import canvas_state
from benchmarks.load.tab import UnansweredError
from core.digits.recipe import MODERN, to_dict
from pages.shared.owner import signature
from tests.hostile.spy import Spy
from tests.proxy import BASE, TwoServers, two_servers

__all__ = ["two_servers"]

CHOSEN = "nl_server"
"""The cookie that names a learner's server."""

OURS = "a run that both servers know"

STROKES = [[(140, 40 + 10 * i) for i in range(20)]]
"""A 1."""


def test_learners_go_on_where_one_of_two_servers_is_killed(two_servers: TwoServers) -> None:
    check_answers(two_servers)
    left = asyncio.run(learn(two_servers))
    two_servers.kill(left)
    status, page, headers = get(two_servers, "one_weight")
    assert (status, headers["Retry-After"]) == (503, "5")
    assert "tries again by itself" in page
    assert "本页会自动重试" in page


def get(servers: TwoServers, page: str) -> tuple[int, str, Message]:
    """What a browser without cookies is answered."""
    address = f"https://127.0.0.1:{servers.port}/{BASE}/{page}"
    request = urllib.request.Request(address, headers={"Accept": "text/html"})
    context = ssl._create_unverified_context()
    try:
        with urllib.request.urlopen(request, context=context) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers


def check_answers(servers: TwoServers) -> None:
    """Who comes is given a server, and what a browser is to hold to."""
    assert get(servers, "_stcore/health")[:2] == (200, "ok")
    assert get(servers, "_stcore/metrics")[0] == 404
    status, page, headers = get(servers, "one_weight")
    assert status == 200
    assert "<title>" in page
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    chosen = headers["Set-Cookie"]
    assert chosen.startswith(tuple(f"{CHOSEN}={port};" for port in servers.processes))
    assert chosen.endswith("httponly; secure; samesite=none; partitioned")


async def learn(servers: TwoServers) -> str:
    """Four learners, two on each server; those of the one that is killed find all as it was.

    Tells which one is left.
    """
    address = f"https://127.0.0.1:{servers.port}/{BASE}"
    learners = [Spy(address, "one_weight", owner(i), f"seed={i}") for i in range(3)]
    learners.append(Spy(address, "sketch", owner(3)))
    run = servers.store.runs.create(owner(3)[:32], OURS, to_dict(MODERN), n_epochs=9, status="done")
    try:
        for learner in learners:  # one after the other, so that each has one neighbour
            await learner.__aenter__()
        for i, learner in enumerate(learners):
            await learner.run()
            if i < 3:
                await learner.slide("ow_rate", 0.25 + i)
            else:
                await learner.tell("canvas", canvas_state(STROKES))
                assert reads_a_one(learner)
        places = [learner.cookies[CHOSEN] for learner in learners]
        assert sorted(places) == sorted([*servers.processes] * 2)
        gone = learners[3].cookies[CHOSEN]
        (left,) = set(servers.processes) - {gone}
        servers.kill(gone)
        for i, learner in enumerate(learners):
            learner.seen = b""
            if places[i] == gone:
                with pytest.raises(UnansweredError):
                    await learner.run()
                await learner.come_back("f" * 32 if i == 3 else "")  # a stroke is told to a part
            else:
                await learner.run()
            assert learner.cookies[CHOSEN] == left
            assert reads_a_one(learner) if i == 3 else f"2·{0.25 + i:.3f}·".encode() in learner.seen
        async with Spy(address, "train", owner(3), f"run={run.id}") as tab:
            await tab.run()
            assert OURS.encode() in tab.seen
    finally:
        for learner in learners:
            await learner.__aexit__(None, None, None)
    return left


def owner(i: int) -> str:
    """The cookie of a browser that the servers know."""
    identity = f"{i:032x}"
    return identity + signature(identity)


def reads_a_one(learner: Spy) -> bool:
    """Whether the network's answer, which is announced, is that."""
    return b"The network reads 1" in learner.seen
