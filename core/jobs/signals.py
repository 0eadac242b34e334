"""Orders to a run at work, as events of the Dask scheduler: any server may give them."""

import contextlib
from typing import Literal

from distributed import Client, Event, Variable

Order = Literal["pause", "stop", "make room"]
"""Stop in mid-epoch and keep the place; end after the last whole epoch; wait in the queue again."""

STATUS: dict[Order, Literal["stopped", "paused"]] = {"stop": "stopped", "pause": "paused"}
"""What a run is after an order of its owner."""


class SchedulerGone(Exception):  # noqa: N818 - no error of the run
    """The scheduler does not answer any more: its server has ended, or the network is cut."""


class Orders:
    """The orders to one attempt at one run.

    Parameters
    ----------
    client : Client
        Of the scheduler.
    run_id : str
    attempt : int
    """

    def __init__(self, client: Client, run_id: str, attempt: int) -> None:
        self._event = Event(f"neuron-ladder-{run_id}-{attempt}", client=client)
        self._order = Variable(f"neuron-ladder-{run_id}-{attempt}", client=client)

    def give(self, order: Order) -> None:
        """Tell the worker; it obeys within one update. What its owner said before goes first."""
        if order == "make room" and self._event.is_set():
            return
        self._order.set(order)
        self._event.set()

    def look(self) -> Order | None:
        """Return the order, if there is one; `SchedulerGone` where nobody can give any more."""
        try:
            if not self._event.is_set():
                return None
            order: Order = self._order.get(timeout="10s")
        except Exception as error:  # whatever a connection that ends in the middle raises
            raise SchedulerGone from error
        return order

    def forget(self) -> None:
        """Take the order back, so that the scheduler does not keep it for ever."""
        with contextlib.suppress(Exception):  # a scheduler that is gone has forgotten it
            if self._event.is_set():
                self._event.clear()
                self._order.delete()
