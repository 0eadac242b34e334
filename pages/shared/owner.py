"""Whose runs and networks these are, without a login.

On one's own computer everything belongs to "local", whichever browser one opens. On a server each
browser has an id of its own: random, in a cookie, and known to nobody else.
"""

import ipaddress
import secrets

import streamlit as st

from pages.shared.cookies import set_cookie

LOCAL = "local"
"""The owner where browser and app are on one computer."""

COOKIE = "nl_owner"
SECONDS = 5 * 365 * 24 * 3600

OWNER = "owner"
"""Session state: the id of a browser that came without the cookie."""


def owner() -> str:
    """Return the id of the reader at this browser."""
    if is_local():
        return LOCAL
    cookie = st.context.cookies.get(COOKIE)
    if is_id(cookie):
        return str(cookie)
    identity: str = st.session_state.setdefault(OWNER, secrets.token_hex(16))
    return identity


def remember_owner() -> None:
    """Put the id into a cookie of the browser, if it has none yet."""
    if not is_local() and not is_id(st.context.cookies.get(COOKIE)):
        set_cookie(COOKIE, owner(), SECONDS)


def is_local() -> bool:
    """Whether the browser runs on the app's own computer; one behind a proxy does not."""
    if "X-Forwarded-For" in st.context.headers:
        return False
    address = st.context.ip_address
    return not isinstance(address, str) or is_loopback(address)


def is_loopback(address: str) -> bool:
    """Whether an address is this computer's own; ::ffff:127.0.0.1 is 127.0.0.1 as IPv6 has it.

    Examples
    --------
    >>> is_loopback("::ffff:127.0.0.1"), is_loopback("192.168.1.7")
    (True, False)
    """
    parsed = ipaddress.ip_address(address)
    mapped = getattr(parsed, "ipv4_mapped", None)
    return (mapped or parsed).is_loopback


def is_id(cookie: str | None) -> bool:
    """Whether a cookie holds an id as `owner` makes them; "local" is none."""
    return cookie is not None and len(cookie) == 32 and set(cookie) <= set("0123456789abcdef")
