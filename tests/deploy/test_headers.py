"""The headers of each answer."""

import asyncio

import pytest

from deploy.headers import FRAMES, Headers
from tests.deploy.test_door import Behind, answer, request


def test_each_answer_has_the_headers_beside_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FRAMES, "https://moodle.example.org")
    _, headers, body = asyncio.run(answer(Headers(Behind()), request()))
    assert body == b"here"
    assert headers[b"A"] == b"b"
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"content-security-policy"].endswith(b"'self' https://moodle.example.org")


def test_nobody_frames_a_server_that_names_no_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FRAMES, raising=False)
    _, headers, _ = asyncio.run(answer(Headers(Behind()), request()))
    assert headers[b"content-security-policy"].endswith(b"; frame-ancestors 'self'")
