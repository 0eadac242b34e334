"""A tab that remembers all it was sent, and sends whatever it is told to."""

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.load.tab import Tab


class Spy(Tab):
    """A tab of somebody who looks at what comes, and not only at the page."""

    seen: bytes = b""

    async def send(self, message: BackMsg | bytes) -> None:
        """Send a message that no page sends."""
        assert self._connection
        data = message if isinstance(message, bytes) else message.SerializeToString()
        await self._connection.send(data)

    async def say(self, state: WidgetState) -> float:
        """Have a widget say this, and run the page."""
        self._states[state.id] = state
        try:
            return await self.run()
        finally:
            del self._states[state.id]

    def id_of(self, key: str) -> str:
        """Return the id of a widget, which its page must have shown."""
        return str(self._widget(key).id)

    def _take(self, message: ForwardMsg) -> bool:
        known = self._kept.get(message.ref_hash, message)  # what the browser is told to show again
        self.seen += known.SerializeToString()
        return super()._take(message)
