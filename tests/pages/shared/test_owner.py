"""Whose runs these are."""

from types import SimpleNamespace

import pytest

from pages.shared import owner as module
from pages.shared.owner import COOKIE, LOCAL, SECRET, is_id, owner, remember_owner, signature

IDENTITY = "0123456789abcdef" * 2


@pytest.fixture
def browser(monkeypatch):
    """A browser at some address, with some headers and cookies."""

    def browser(ip_address=None, headers=(), **cookies):
        context = SimpleNamespace(
            ip_address=ip_address, headers=dict.fromkeys(headers, ""), cookies=cookies
        )
        monkeypatch.setattr(module.st, "context", context)
        monkeypatch.setattr(module.st, "session_state", {})
        monkeypatch.delenv(SECRET, raising=False)

    return browser


@pytest.mark.parametrize("address", [None, "127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_on_ones_own_computer_every_browser_is_the_same_reader(browser, address):
    browser(address, **{COOKIE: IDENTITY})
    assert owner() == LOCAL


@pytest.mark.parametrize("address", ["192.168.1.7", "::ffff:10.0.0.3", "2001:db8::1"])
def test_on_a_server_a_browser_is_known_by_its_cookie(browser, address):
    browser(address, **{COOKIE: IDENTITY})
    assert owner() == IDENTITY


def test_behind_a_proxy_readers_are_not_taken_for_one(browser):
    browser(None, headers=["X-Forwarded-For"], **{COOKIE: IDENTITY})
    assert owner() == IDENTITY


@pytest.mark.parametrize("cookie", ["local", "", IDENTITY[:-1], IDENTITY.replace("a", "x")])
def test_no_cookie_makes_a_stranger_the_local_reader(browser, cookie):
    browser("192.168.1.7", **{COOKIE: cookie})
    identity = owner()
    assert identity not in (LOCAL, cookie)
    assert is_id(identity)
    assert owner() == identity  # the same for the whole visit


@pytest.fixture
def put(monkeypatch):
    """What is put into cookies of the browser."""
    cookies = {}
    put = lambda name, value, seconds: cookies.update({name: value})  # noqa: ARG005, E731
    monkeypatch.setattr(module, "set_cookie", put)
    return cookies


def test_a_public_server_knows_only_the_ids_that_it_has_given(browser, put, monkeypatch):
    browser("192.168.1.7")
    monkeypatch.setenv(SECRET, "a secret")
    identity = owner()
    remember_owner()
    given = put[COOKIE]
    assert given == identity + signature(identity)
    browser("192.168.1.7", **{COOKIE: given})
    monkeypatch.setenv(SECRET, "a secret")
    assert owner() == identity
    put.clear()
    remember_owner()
    assert not put
    for forged in (
        IDENTITY,
        IDENTITY + signature(identity),
        identity,
        given[:-1],
        given + "0",
        given.upper(),
        "é" * 64,
    ):
        browser("192.168.1.7", **{COOKIE: forged})
        monkeypatch.setenv(SECRET, "a secret")
        assert owner() not in (identity, IDENTITY)
    monkeypatch.setenv(SECRET, "another secret")
    browser("192.168.1.7", **{COOKIE: given})
    monkeypatch.setenv(SECRET, "another secret")
    assert owner() != identity


@pytest.mark.parametrize("address", [None, "127.0.0.1"])
def test_nobody_is_local_on_a_public_server(browser, monkeypatch, address):
    """Even where its proxy forgets to say for whom it asks."""
    browser(address)
    monkeypatch.setenv(SECRET, "a secret")
    assert is_id(owner())
