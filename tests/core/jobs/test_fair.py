import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.jobs.fair import TURN, Ticket, in_order, who_makes_room


def test_who_waits_longest_comes_first():
    waiting = [Ticket("late", "Ann", 2), Ticket("early", "Ann", 1)]
    assert [run.id for run in in_order(waiting, [])] == ["early", "late"]


def test_one_run_of_a_newcomer_comes_before_the_many_of_another():
    sweep = [Ticket(f"a{n}", "Ann", n) for n in range(50)]
    newcomer = Ticket("b", "Bob", 100)
    order = [run.id for run in in_order([*sweep[1:], newcomer], sweep[:1])]
    assert order[0] == "b"


def test_two_who_sweep_take_turns():
    waiting = [Ticket(f"a{n}", "Ann", n) for n in range(3)]
    waiting += [Ticket(f"b{n}", "Bob", 10 + n) for n in range(3)]
    assert [run.id for run in in_order(waiting, [])] == ["a0", "b0", "a1", "b1", "a2", "b2"]


def test_the_newest_of_many_places_goes_at_once_to_who_has_none():
    at_work = [Ticket("old", "Ann", started_at=0), Ticket("new", "Ann", started_at=50)]
    gives_way = who_makes_room([Ticket("b", "Bob", 60)], at_work, now=60)
    assert gives_way is not None
    assert gives_way.id == "new"


@pytest.mark.parametrize(("seconds", "expected"), [(TURN - 1, None), (TURN, "a")])
def test_a_single_place_is_kept_for_one_turn(seconds, expected):
    at_work = [Ticket("a", "Ann", started_at=0), Ticket("c", "Cy", started_at=10)]
    gives_way = who_makes_room([Ticket("b", "Bob", 1)], at_work, now=seconds)
    assert (gives_way and gives_way.id) == expected


def test_nobody_makes_room_for_their_own_next_run():
    at_work = [Ticket("a", "Ann", started_at=0), Ticket("b", "Ann", started_at=0)]
    assert who_makes_room([Ticket("c", "Ann", 1)], at_work, now=10 * TURN) is None


def test_nobody_makes_room_where_nobody_waits():
    assert who_makes_room([], [Ticket("a", "Ann", started_at=0)], now=10 * TURN) is None


tickets = st.lists(st.tuples(st.sampled_from("ABCD"), st.integers(0, 9)), max_size=12).map(
    lambda rows: [Ticket(str(n), owner, at, at) for n, (owner, at) in enumerate(rows)]
)


@given(tickets, tickets)
def test_nobody_is_lost_or_doubled(waiting, at_work):
    order = in_order(waiting, at_work)
    assert sorted(run.id for run in order) == sorted(run.id for run in waiting)


@given(tickets, st.integers(1, 4))
def test_places_are_never_more_than_one_apart_while_both_wait(waiting, n_places):
    """Give every place in the queue's order: owners who still wait have equal shares."""
    order = in_order(waiting, [])
    placed, left = order[:n_places], order[n_places:]
    have = {owner: sum(run.owner == owner for run in placed) for owner in "ABCD"}
    waits = {run.owner for run in left}
    assert all(have[one] <= have[other] + 1 for one in have for other in waits)


@given(tickets, tickets)
def test_giving_way_never_turns_the_tables(waiting, at_work):
    """Who makes room has, before it, more places than the one for whom they do."""
    gives_way = who_makes_room(waiting, at_work, now=1000)
    if gives_way is not None:
        follower = in_order(waiting, at_work)[0].owner
        have = [run.owner for run in at_work]
        assert have.count(gives_way.owner) > have.count(follower)
