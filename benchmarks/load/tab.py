"""One tab of a browser, as far as a server can tell: what it sends, and what it must understand."""

import asyncio
import ssl
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from core.messages import InputError
from pages.shared.owner import COOKIE, is_loopback

PATIENCE = 60
"""Seconds until an answer counts as missed."""

ENDS = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}
"""What a run is told to be over with; one that begins anew tells something else first."""


class UnansweredError(Exception):
    """The server did not answer as it should, told in one sentence."""


class Tab:
    """A page, opened in a browser of its own.

    Parameters
    ----------
    address : str
        Of the server, which must be on this computer: nobody else's is put under load.
    page : str
        Its address on the server.
    owner : str
        The id of the browser, as its cookie would have it.
    query : str, default=""
        What the link says.
    cookies : mapping of str to str, optional
        Other cookies of the browser.
    patience : float
        Seconds until an answer counts as missed.

    Raises
    ------
    InputError
        If the server is not on this computer.
    """

    def __init__(
        self,
        address: str,
        page: str,
        owner: str,
        query: str = "",
        cookies: Mapping[str, str] | None = None,
        patience: float = PATIENCE,
    ) -> None:
        place = urlsplit(address)
        host = "127.0.0.1" if place.hostname == "localhost" else place.hostname or ""
        if place.scheme not in ("http", "https") or not _is_here(host):
            raise InputError("Only a server at http://127.0.0.1 is put under load.")
        scheme = place.scheme.replace("http", "ws")
        self._stream = f"{scheme}://{place.netloc}{place.path.rstrip('/')}/_stcore/stream"
        self._address, self._page = address, page
        self._query = dict(parse_qsl(query, keep_blank_values=True))
        self._patience = patience
        self.cookies = {COOKIE: owner, **(cookies or {})}
        """What the browser keeps for the server, and for a proxy in front of it."""
        self._connection: ClientConnection | None = None
        self._script = ""
        self._kept: dict[str, ForwardMsg] = {}
        self._states: dict[str, WidgetState] = {}
        self.widgets: dict[str, Any] = {}
        """What the page has shown that has a key, by this key."""
        self._parts: dict[str, str] = {}
        """The part of the page that each of them is in, which runs without the rest; "" if none."""
        self.n_messages = 0
        """That the server sent."""
        self.again: dict[str, float] = {}
        """The parts of the page that are to be run again by themselves: after how many seconds."""

    async def __aenter__(self) -> "Tab":
        """Connect, as somebody who sits elsewhere and comes through a proxy."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._connection = await connect(
            self._stream,
            subprotocols=["streamlit"],  # type: ignore[list-item]  # a NewType of str
            additional_headers={"Cookie": cookies, "X-Forwarded-For": "127.0.0.1"},
            ssl=_unverified() if self._stream.startswith("wss:") else None,
            compression=None,
            open_timeout=PATIENCE,
            ping_interval=None,
            max_size=None,
            max_queue=None,
            proxy=None,
        )
        assert self._connection.response
        for told in self._connection.response.headers.get_all("Set-Cookie"):
            name, _, value = told.partition(";")[0].partition("=")
            self.cookies[name] = value
        return self

    async def come_back(self, part: str = "") -> float:
        """Connect again after a connection has gone, as a browser does; the seconds until then.

        Its reader may first do something in a part of the page, which it still shows.

        Raises
        ------
        UnansweredError
            As in `run`.
        """
        began = time.perf_counter()
        await self.__aexit__(None, None, None)
        await self.__aenter__()
        await self.run(part)
        return time.perf_counter() - began

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the tab."""
        if self._connection is not None:
            await self._connection.close()

    async def run(self, part: str = "", *, by_itself: bool = False) -> float:
        """Have the server run the page, or a part of it; the seconds until it has been sent whole.

        Parameters
        ----------
        part : str, default=""
            Of the page; "" is all of it.
        by_itself : bool, default=False
            The time has come for the part; nobody has touched it.

        Raises
        ------
        UnansweredError
            If it does not come, or if the app says that it has failed.
        """
        assert self._connection, "the tab is not open"
        message = BackMsg()
        state = message.rerun_script
        state.query_string = urlencode(self._query)
        state.page_name, state.page_script_hash = self._page, self._script
        state.widget_states.widgets.extend(self._states.values())
        state.cached_message_hashes.extend(self._kept)
        state.fragment_id, state.is_auto_rerun = part, by_itself
        state.context_info.url = f"{self._address}/{self._page}"
        began = time.perf_counter()
        try:
            async with asyncio.timeout(self._patience):
                await self._connection.send(message.SerializeToString())
                await self._listen(self._connection)
        except TimeoutError:
            raise UnansweredError(f"No answer within {self._patience} s.") from None
        except (WebSocketException, OSError) as error:
            raise UnansweredError(f"The connection is gone: {type(error).__name__}.") from error
        return time.perf_counter() - began

    async def slide(self, key: str, value: float) -> float:
        """Move a slider, as its link has it, too; the seconds until the answer is there.

        Raises
        ------
        UnansweredError
            As in `run`, or if the page has no such slider.
        """
        slider = self._widget(key)
        state = WidgetState(id=slider.id)
        state.double_array_value.data.append(value)
        self._states[slider.id] = state
        self._query[slider.query_param_key or key] = f"{value:g}"
        return await self.run(self._parts[key])

    async def tell(self, key: str, state: str) -> float:
        """Have a component tell its state, in JSON; the seconds until the answer is there.

        Raises
        ------
        UnansweredError
            As in `run`, or if the page has no such component.
        """
        component = self._widget(key)
        self._states[component.id] = WidgetState(id=component.id, json_value=state)
        return await self.run(self._parts[key])

    async def click(self, key: str) -> float:
        """Click a button; the seconds until the answer is there.

        Raises
        ------
        UnansweredError
            As in `run`, or if the page has no such button.
        """
        button = self._widget(key)
        self._states[button.id] = WidgetState(id=button.id, trigger_value=True)
        try:
            return await self.run()
        finally:
            del self._states[button.id]

    def _widget(self, key: str) -> Any:
        """Return what the page last showed under a key."""
        if key not in self.widgets:
            raise UnansweredError(f"The page {self._page} has no {key}.")
        return self.widgets[key]

    async def _listen(self, connection: ClientConnection) -> None:
        """Read all that comes, until the page is there."""
        async for data in connection:
            message = ForwardMsg()
            message.ParseFromString(data if isinstance(data, bytes) else data.encode())
            if self._take(message):
                return
        raise UnansweredError("The server has closed the connection.")

    def _take(self, message: ForwardMsg) -> bool:
        """Take a message in; tell whether the page is now complete."""
        self.n_messages += 1
        if message.HasField("ref_hash"):
            message = self._kept[message.ref_hash]
        elif message.metadata.cacheable:
            self._kept[message.hash] = message
        match message.WhichOneof("type"):
            case "new_session":
                self._script = message.new_session.page_script_hash
                if not message.metadata.run.fragment_ids:
                    self.again, self.widgets, self._parts = {}, {}, {}
            case "navigation":
                self._script = message.navigation.page_script_hash
            case "page_info_changed":
                self._query = dict(parse_qsl(message.page_info_changed.query_string))
            case "auto_rerun":
                self.again[message.auto_rerun.fragment_id] = message.auto_rerun.interval
            case "stop_auto_rerun":
                for part in message.stop_auto_rerun.fragment_ids:
                    self.again.pop(part, None)
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                self._show(message.delta.new_element, message.delta.fragment_id)
            case "script_finished":
                return message.script_finished in ENDS
        return False

    def _show(self, element: Element, part: str) -> None:
        """Remember a widget by its key, and its part of the page; an exception is none."""
        kind = element.WhichOneof("type")
        if kind == "exception":
            what, *_ = [*element.exception.message.splitlines(), ""]
            raise UnansweredError(f"The app failed: {element.exception.type}: {what}")
        widget = getattr(element, kind or "", None)
        if key := key_of(getattr(widget, "id", "")):
            self.widgets[key], self._parts[key] = widget, part


def key_of(widget_id: object) -> str:
    """Return the key that the page gave a widget; "" if it gave none.

    Examples
    --------
    >>> key_of("$$ID-0a1b2c-ow_rate"), key_of("$$ID-0a1b2c-None"), key_of("")
    ('ow_rate', '', '')
    """
    key = str(widget_id).split("-", 2)[-1]
    return "" if key == "None" else key


def _unverified() -> ssl.SSLContext:
    """Take any certificate: whose it is, on one's own computer, nobody else has to say."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _is_here(host: str) -> bool:
    try:
        return is_loopback(host)
    except ValueError:
        return False
