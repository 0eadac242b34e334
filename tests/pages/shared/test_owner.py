"""Whose runs these are."""

from types import SimpleNamespace

import pytest

from pages.shared import owner as module
from pages.shared.owner import COOKIE, LOCAL, is_id, owner

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
