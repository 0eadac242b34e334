"""Two servers behind nginx, as docs/operate.md sets them up, and one of them is killed."""

import asyncio
import os
import signal
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import psutil
import pytest

from benchmarks.load.learners import canvas_state
from benchmarks.load.processes import newest_child
from benchmarks.load.tab import UnansweredError
from core.digits.recipe import MODERN, to_dict
from core.store.store import Store
from pages.shared.owner import SECRET, signature
from tests import ROOT
from tests.e2e.chromium import serve
from tests.hostile.spy import Spy
from tests.proxy import proxy

BASE = "ladder"
"""The path below which the app is served."""

CHOSEN = "nl_server"
"""The cookie that names a learner's server."""

OURS = "a run that both servers know"

STROKES = [[(140, 40 + 10 * i) for i in range(20)]]
"""A 1."""


@dataclass
class Class:
    """Two servers, and what leads to them."""

    address: str
    processes: dict[str, psutil.Process]
    """By the port."""
    store: Store

    def get(self, page: str) -> tuple[int, str, Message]:
        """What a browser without cookies is answered."""
        request = urllib.request.Request(f"{self.address}/{page}", headers={"Accept": "text/html"})
        context = ssl._create_unverified_context()
        try:
            with urllib.request.urlopen(request, context=context) as answer:
                return answer.status, answer.read().decode(), answer.headers
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), error.headers


@pytest.fixture
def two_servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Class]:
    monkeypatch.setenv(SECRET, "s" * 32)
    monkeypatch.setenv("NEURON_LADDER_HOME", str(tmp_path))
    monkeypatch.setenv("STREAMLIT_SERVER_BASE_URL_PATH", BASE)
    monkeypatch.setenv("STREAMLIT_SERVER_COOKIE_SECRET", "c" * 32)
    app, conf = ROOT / "deploy" / "serve.py", tmp_path / "nginx"
    with serve(app) as one:
        first = newest_child()
        with serve(app) as two:
            second = newest_child()
            ports = [address.rpartition(":")[2] for address in (one, two)]
            with proxy(conf, (one, two)) as port:
                store = Store(f"sqlite:///{tmp_path / 'neuron_ladder.sqlite3'}")
                address = f"https://127.0.0.1:{port}/{BASE}"
                yield Class(address, dict(zip(ports, (first, second), strict=True)), store)
                store.close()


def test_learners_go_on_where_one_of_two_servers_is_killed(two_servers: Class) -> None:
    check_answers(two_servers)
    asyncio.run(learn(two_servers))
    for process in two_servers.processes.values():
        if process.is_running():
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
    status, page, headers = two_servers.get("one_weight")
    assert (status, headers["Retry-After"]) == (503, "5")
    assert "tries again by itself" in page
    assert "本页会自动重试" in page


def check_answers(servers: Class) -> None:
    """Who comes is given a server, and what a browser is to hold to."""
    assert servers.get("_stcore/health")[:2] == (200, "ok")
    assert servers.get("_stcore/metrics")[0] == 404
    status, page, headers = servers.get("one_weight")
    assert status == 200
    assert "<title>" in page
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    chosen = headers["Set-Cookie"]
    assert chosen.startswith(tuple(f"{CHOSEN}={port};" for port in servers.processes))
    assert chosen.endswith("httponly; secure; samesite=none; partitioned")


async def learn(servers: Class) -> None:
    """Four learners, two on each server; those of the one that is killed find all as it was."""
    learners = [Spy(servers.address, "one_weight", owner(i), f"seed={i}") for i in range(3)]
    learners.append(Spy(servers.address, "sketch", owner(3)))
    run = servers.store.runs.create(owner(3)[:32], OURS, to_dict(MODERN), n_epochs=9, status="done")
    for port in servers.processes:  # a server's very first reader loads the page again
        async with Spy(f"http://127.0.0.1:{port}/{BASE}", "", owner(9)) as tab:
            await tab.run()
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
        os.kill(servers.processes[gone].pid, signal.SIGKILL)
        for i, learner in enumerate(learners):
            learner.seen = b""
            if places[i] == gone:
                with pytest.raises(UnansweredError):
                    await learner.run()
                assert await learner.come_back() < 30
            else:
                await learner.run()
            assert learner.cookies[CHOSEN] == left
            assert reads_a_one(learner) if i == 3 else f"2·{0.25 + i:.3f}·".encode() in learner.seen
        async with Spy(servers.address, "train", owner(3), f"run={run.id}") as tab:
            await tab.run()
            assert OURS.encode() in tab.seen
            assert "tr_delete" in tab.widgets or b"Delete" in tab.seen  # it is still their own
    finally:
        for learner in learners:
            await learner.__aexit__(None, None, None)


def owner(i: int) -> str:
    """The cookie of a browser that the servers know."""
    identity = f"{i:032x}"
    return identity + signature(identity)


def reads_a_one(learner: Spy) -> bool:
    """Whether the network's answer, which is announced, is that."""
    return b"The network reads 1" in learner.seen
