"""Whose runs and networks these are, without a login; and what else a browser keeps in cookies.

On one's own computer everything belongs to "local", whichever browser one opens. On a server each
browser has an id of its own: random, in a cookie, and known to nobody else.
"""

import hmac
import ipaddress
import json
import os
import secrets

import streamlit as st

LOCAL = "local"
"""The owner where browser and app are on one computer."""

COOKIE, LAST_COOKIE = "nl_owner", "nl_last"
"""The id of a browser; the page it was on last."""

SECONDS, LAST_SECONDS = 5 * 365 * 24 * 3600, 365 * 24 * 3600
"""How long they are kept."""

SECRET = "NEURON_LADDER_SECRET"
"""The environment variable of a public server: nobody is local there, and ids are signed with it,
so that only those count that the server has given."""

OWNER, LAST = "owner", "last_rung"
"""Session state: the id of a browser that came without the cookie, and the last rung's page."""


def owner() -> str:
    """Return the id of the reader at this browser."""
    if is_local():
        return LOCAL
    identity: str = _known() or st.session_state.setdefault(OWNER, secrets.token_hex(16))
    return identity


def remember_owner() -> None:
    """Put the id into a cookie of the browser, if it has none yet."""
    if not is_local() and _known() is None:
        identity = owner()
        set_cookie(COOKIE, identity + signature(identity), SECONDS)


def is_local() -> bool:
    """Whether the browser runs on the app's own computer; one behind a proxy does not."""
    if SECRET in os.environ or "X-Forwarded-For" in st.context.headers:
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


def is_id(text: str) -> bool:
    """Whether a text is an id as `owner` makes them; "local" is none."""
    return len(text) == 32 and set(text) <= set("0123456789abcdef")


def signature(identity: str) -> str:
    """Return what stands behind an id in the cookie of a public server; "" on any other."""
    secret = os.environ.get(SECRET, "")
    return hmac.new(secret.encode(), identity.encode(), "sha256").hexdigest() if secret else ""


def _known() -> str | None:
    """Return the id in the browser's cookie, if it is one, and one of ours."""
    cookie = st.context.cookies.get(COOKIE) or ""
    identity, mark = cookie[:32], cookie[32:]
    is_ours = hmac.compare_digest(mark.encode(), signature(identity).encode())
    return identity if is_ours and is_id(identity) else None


def remember(page: str) -> None:
    """Keep the name of the page being shown, in the session and in the browser."""
    st.session_state[LAST] = page
    set_cookie(LAST_COOKIE, page, LAST_SECONDS)


def last_rung() -> str | None:
    """Return the name of the page that was shown last, in this session or before."""
    name: str | None = st.session_state.get(LAST) or st.context.cookies.get(LAST_COOKIE)
    return name


def set_cookie(name: str, value: str, seconds: int) -> None:
    """Put a cookie into the browser, for the app and for no other below the same host.

    In a frame of another host's page, such as a learning platform's, a browser keeps only what says
    that it is meant for that: partitioned, so that it is another one below each platform.

    Parameters
    ----------
    name, value : str
    seconds : int
        How long the browser keeps it.
    """
    path = "/" + st.get_option("server.baseUrlPath").strip("/")
    cookie = f"{name}={value}; path={path}; max-age={seconds}; samesite="
    framed = "window.top !== window && location.protocol === 'https:'"
    with st.container(key=f"set_{name}"):
        st.html(
            f"<script>document.cookie = {json.dumps(cookie)} + "
            f"({framed} ? 'none; secure; partitioned' : 'lax')</script>",
            unsafe_allow_javascript=True,
        )
