"""The style that a page has from its first paint on."""

import asyncio
import importlib
from typing import Any

import pytest
import streamlit as st
from streamlit.web.server.app_discovery import discover_asgi_app

from deploy.first_paint import SHEET, FirstPaint
from tests import ROOT
from tests.deploy.test_door import BROWSER, answer, request

PAGE = b"<html><head><title>Streamlit</title></head><body></body></html>"


class Streamlit:
    """What is behind: a page in two pieces, or something else."""

    def __init__(self, body: bytes = PAGE) -> None:
        self.body = body
        self.asked: dict[str, Any] = {}

    async def __call__(self, scope: Any, _receive: Any, send: Any) -> None:
        self.asked = scope
        length = str(len(self.body)).encode()
        headers = [(b"content-length", length), (b"etag", b'"1"'), (b"A", b"b")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        first, rest = self.body[:30], self.body[30:]
        await send({"type": "http.response.body", "body": first, "more_body": True})
        await send({"type": "http.response.body", "body": rest})


def test_the_style_stands_in_the_head_and_the_length_is_right() -> None:
    behind = Streamlit()
    headers = {**BROWSER, b"accept-encoding": b"gzip"}
    status, told, body = asyncio.run(answer(FirstPaint(behind), request("/sketch", headers)))
    assert status == 200
    assert body == PAGE.replace(b"</head>", b"<style>" + SHEET.read_bytes() + b"</style></head>")
    assert told[b"content-length"] == str(len(body)).encode()
    assert (told[b"A"], told.get(b"etag")) == (b"b", None)
    assert b"accept-encoding" not in dict(behind.asked["headers"])  # else it could not read it


@pytest.mark.parametrize("body", [b"no page at all, and longer than its first piece", b""])
def test_what_is_no_page_goes_through_as_it_is(body: bytes) -> None:
    _, told, sent = asyncio.run(answer(FirstPaint(Streamlit(body)), request()))
    assert sent == body
    assert told[b"etag"] == b'"1"'


def test_what_a_page_loads_is_not_touched() -> None:
    behind = Streamlit()
    headers = {b"accept": b"*/*", b"accept-encoding": b"gzip"}
    _, _, first = asyncio.run(answer(FirstPaint(behind), request("/static/a.js", headers)))
    assert first == PAGE[:30]
    assert dict(behind.asked["headers"])[b"accept-encoding"] == b"gzip"


def test_streamlits_command_finds_that_the_app_is_served_with_it() -> None:
    found = discover_asgi_app(ROOT / "app.py")
    assert found.import_string == "app:app"
    assert isinstance(importlib.import_module("app").app, st.App)
