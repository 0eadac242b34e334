from hypothesis import given
from hypothesis import strategies as st

from core.lab.comparison import PLACES, choose, from_link, to_link

IDS = st.integers(0, 15).map(lambda n: f"{n:016x}")
CHANGES = st.lists(st.lists(IDS, max_size=14), max_size=5)


@given(CHANGES)
def test_exactly_the_chosen_runs_have_places(changes: list[list[str]]) -> None:
    places: list[str] = []
    for ids in changes:
        places = choose(places, ids)
        taken = [one for one in places if one]
        assert sorted(taken) == sorted(set(ids))


@given(CHANGES)
def test_a_run_keeps_its_place_and_none_waits_while_one_is_free(changes: list[list[str]]) -> None:
    places: list[str] = []
    for ids in changes:
        before, places = places, choose(places, ids)
        for place, one in enumerate(before[:PLACES]):
            if one in ids and one:
                assert places[place] == one
        assert len(places) <= PLACES or "" not in places


@given(CHANGES)
def test_a_link_opens_the_same_places(changes: list[list[str]]) -> None:
    places: list[str] = []
    for ids in changes:
        places = choose(places, ids)
    assert from_link(to_link(places)) == places[:PLACES]


@given(st.text(alphabet="0123456789abcdef, x", max_size=400))
def test_any_link_gives_ids_and_free_places_only(text: str) -> None:
    places = from_link(text)
    assert places == choose(places, filter(None, places))
    assert all(len(one) in (0, 16) for one in places)
