"""Put a server under the load of a class: ``python -m benchmarks.load``; 1 if an answer failed.

For 1, 10, 30, 60 and 100 learners it prints how long their answers took, what went wrong, and what
the server used. Seven of ten move a slider, two draw, one watches a run, with 3 to 7 s between two
moves. ``--churn 1000`` tells the memory of a server to which sessions come and from which they go.
``--class`` has all write ten digits for a class within a minute, and tells whether any was lost.

Client and server share this computer's processors, so the client's part is told. It speaks to
servers on this computer alone, for a bounded time.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from functools import partial

from core.command import Parser, importing, quiet

with importing():
    import psutil

    from benchmarks.load.a_class import MINUTE, a_class
    from benchmarks.load.measuring import CHURN_HEAD, HEAD, KINDS, Plan, churn, load, warm_up
    from benchmarks.load.servers import Server, our_server, two_servers_of_ours
    from core.messages import InputError

MOST_LEARNERS, MOST_SESSIONS, LONGEST = 200, 2_000, 900
"""The bounds: learners at once, sessions that come and go, seconds for each row."""

TINY = Plan((1, 2), 1.0, ("slide", "draw"), ("one_weight",), pause=(0.1, 0.2), churn=2)
"""So little that it only shows that it can be measured."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 if an answer failed, 2 if it cannot be asked so."""
    parser = Parser(prog="python -m benchmarks.load", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    add = parser.add_argument
    add("--learners", type=int, nargs="+", default=[1, 10, 30, 60, 100], help="a row for each")
    add("--seconds", type=float, default=40.0, help="of each row, once all pages are open")
    add("--kinds", nargs="+", choices=KINDS, default=list(KINDS), help="what learners do")
    add("--same-link", action="store_true", help="all have one link, as when a class begins")
    add("--churn", type=int, default=0, help="so many sessions come and go instead")
    add("--two", action="store_true", help="two servers behind nginx instead of one")
    add("--class", action="store_true", dest="is_class", help="learners write digits for a class")
    add("--database", help="an empty PostgreSQL for the server that is started; else a file")
    add("--address", help="of a server on this computer that runs already; else one is started")
    add("--pid", type=int, nargs="+", default=[], help="that server's processes, to be measured")
    add("--tiny", action="store_true", help="does it run? The figures say nothing then")
    options = parser.parse_args(arguments)
    plan = TINY
    if not options.tiny:
        runs_known = not options.address
        plan = Plan(
            learners=tuple(options.learners),
            seconds=options.seconds,
            kinds=tuple(kind for kind in options.kinds if runs_known or kind != "watch"),
            same_link=options.same_link,
            churn=options.churn,
        )
    try:
        check(plan)
        if options.is_class and options.address:
            raise InputError("Classes are written at a server that is started for them.")
        given = [psutil.Process(pid) for pid in options.pid]
        there = nullcontext(Server(options.address, given)) if options.address else None
        ours = two_servers_of_ours if options.two else partial(our_server, options.database)
        with there or ours() as under_load:
            if options.is_class:
                return asyncio.run(print_class(under_load, plan, tiny=options.tiny))
            return asyncio.run(print_all(under_load, plan, tiny=options.tiny))
    except InputError as error:
        parser.error(str(error))
    except psutil.NoSuchProcess as error:
        parser.error(f"There is no process {error.pid}.")


def check(plan: Plan) -> None:
    """Refuse what would take too much of this computer, in a sentence.

    Raises
    ------
    InputError
        If there are too many learners or sessions, or too long a time.
    """
    if not all(1 <= n <= MOST_LEARNERS for n in plan.learners):
        raise InputError(f"There may be 1 to {MOST_LEARNERS} learners.")
    if not 0 <= plan.churn <= MOST_SESSIONS:
        raise InputError(f"At most {MOST_SESSIONS} sessions may come and go.")
    if not 0 < plan.seconds <= LONGEST:
        raise InputError(f"A row may take up to {LONGEST} seconds.")


async def print_all(server: Server, plan: Plan, *, tiny: bool) -> int:
    """Print the rows as they are measured; 1 if an answer failed."""
    n_errors = 0
    if tiny or not plan.churn:
        print(HEAD, flush=True)
        async for row in load(server, plan):
            print(row, flush=True)
            n_errors += row.n_errors
    if plan.churn:
        print(CHURN_HEAD, flush=True)
        async for line in churn(server, plan):
            print(line, flush=True)
            n_errors += line.n_errors
    return int(n_errors > 0)


async def print_class(server: Server, plan: Plan, *, tiny: bool) -> int:
    """Print a row for each number of learners of a class; 1 if a digit was lost."""
    await warm_up(server, Plan((1,), 1.0, ("draw",)))
    print(HEAD, flush=True)
    n_errors = 0
    for n_learners in plan.learners:
        row = await a_class(server, n_learners, 2.0 if tiny else MINUTE)
        print(row, flush=True)
        n_errors += row.n_errors
    return int(n_errors > 0)


if __name__ == "__main__":
    with quiet():
        sys.exit(main())
