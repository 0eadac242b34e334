"""What no page sends: messages of the wrong form, of the wrong type, or that ask for too much."""

import asyncio
import json
from collections.abc import Iterator

import pytest
from hypothesis import strategies as st
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.load.learners import canvas_state
from benchmarks.load.tab import UnansweredError
from deploy.door import LONGEST_LINK, MOST_WIDGETS, is_let_in
from tests.hostile.cases import CASES, texts, try_all
from tests.hostile.spy import Spy

OWNER = "a" * 32

FAILED = "This page met an error and stopped here."

SECRETS = (b"Traceback", b"site-packages", b'File "')
"""What an answer never holds. Where the app's folder is, Streamlit tells every browser."""

WRONG = (
    {"bool_value": True},
    {"int_value": -(2**62)},
    {"double_value": 1e308},
    {"string_value": "<script>"},
    {"string_value": "9" * 100_000},
    {"bytes_value": b"\x80\x04."},
    {"json_value": "[]"},
    {"json_value": '{"a": {"b": [null]}}'},
    {"trigger_value": True},
)
"""What widgets may be made to say; for each of them nearly all is of the wrong type."""


def wrong_arrays() -> Iterator[WidgetState]:
    """Widget states that hold several values."""
    for values in ([], [1e308], [0.1, 0.2, 0.3]):
        state = WidgetState()
        state.double_array_value.data.extend(values)
        yield state
    state = WidgetState()
    state.string_array_value.data.extend(["x"] * 50)
    yield state
    state = WidgetState()
    state.int_array_value.data.extend([10**12, -1])
    yield state


@pytest.mark.long
@pytest.mark.parametrize(
    ("page", "n_widgets"),
    [
        ("sketch", 1),
        *(
            pytest.param(page, 1_000, marks=pytest.mark.proof)
            for page in ("one_weight", "playground", "mlp", "sketch", "inspect", "train", "sweep")
        ),
    ],
)
def test_a_widget_that_says_what_it_cannot(server: str, page: str, n_widgets: int) -> None:
    """Its sender reads one sentence, and may have to load the page again; nobody else notices."""

    async def go() -> None:
        async with Spy(server, "one_weight", "b" * 32) as other:
            await other.run()
            async with Spy(server, page, OWNER) as tab:
                await tab.run()
                ids = sorted(widget.id for widget in tab.widgets.values())[:n_widgets]
            for widget in ids:
                async with Spy(server, page, OWNER) as tab:
                    await tab.run()
                    for state in [*(WidgetState(**wrong) for wrong in WRONG), *wrong_arrays()]:
                        state.id = widget
                        await tab.say(state)
                    assert not any(secret in tab.seen for secret in SECRETS)
            async with Spy(server, page, OWNER) as tab:
                await tab.run()
                assert FAILED.encode() not in tab.seen
            assert await other.slide("ow_rate", 1.5) > 0

    asyncio.run(go())


DRAWINGS = (
    "null",
    "7",
    '"x"',
    "[]",
    "{}",
    '{"drawing": 7}',
    '{"drawing": {"raw": 7, "data": 7}}',
    '{"drawing": {"raw": {"objects": 7}, "data": "data:image/png;base64,AAAA"}}',
    '{"drawing": {"raw": {"objects": [7]}, "data": "no url"}}',
    '{"drawing": {"raw": {"objects": []}, "data": "data:image/png;base64,\\u0000"}}',
    '{"drawing": {"raw": {"objects": []}, "data": null}, "backgroundFit": 7}',
    "[" * 10_000,
)


@pytest.mark.long
def test_a_canvas_that_tells_no_drawing(server: str) -> None:
    """What was drawn before is still there, and what is drawn next is read."""

    async def go() -> None:
        async with Spy(server, "sketch", OWNER) as tab:
            await tab.run()
            stroke = [(140, 40 + 8 * i) for i in range(20)]
            await tab.tell("canvas", canvas_state([stroke]))
            canvas = tab.id_of("canvas")
            for drawing in DRAWINGS:
                tab.seen = b""
                if is_let_in(rerun(WidgetState(id=canvas, json_value=drawing))):
                    await tab.say(WidgetState(id=canvas, json_value=drawing))
                assert not any(secret in tab.seen for secret in SECRETS)
            tab.seen = b""
            await tab.tell("canvas", canvas_state([stroke]))
            assert FAILED.encode() not in tab.seen

    asyncio.run(go())


@pytest.mark.long
def test_messages_that_are_for_nobody(server: str) -> None:
    """A stranger clears no caches, learns nothing of the repository, and stops no server."""
    unwanted = [
        BackMsg(clear_cache=True),
        BackMsg(load_git_info=True),
        BackMsg(set_run_on_save=True),
        BackMsg(debug_shutdown_runtime=True),
        BackMsg(debug_disconnect_websocket=True),
        b"\xff" * 100,
        b"",
    ]

    async def go() -> None:
        async with Spy(server, "one_weight", OWNER) as tab:
            await tab.run()
            for message in unwanted:
                await tab.send(message)
            tab.seen = b""
            await tab.run()
            assert b"git_info" not in tab.seen
            assert FAILED.encode() not in tab.seen

    asyncio.run(go())


def rerun(*states: WidgetState, **more: str) -> bytes:
    message = BackMsg()
    message.rerun_script.widget_states.widgets.extend(states)
    for name, value in more.items():
        setattr(message.rerun_script, name, value)
    return message.SerializeToString()


def test_what_the_door_lets_in() -> None:
    number = WidgetState(id="x", double_value=0.5)
    assert is_let_in(rerun(number, query_string="ow_rate=0.5"))
    assert is_let_in(rerun(WidgetState(id="x", json_value=json.dumps({"a": 1}))))
    for refused in (
        rerun(WidgetState(id="x", double_value=float("nan"))),
        rerun(WidgetState(id="x", double_value=float("inf"))),
        rerun(WidgetState(id="x" * 2_000, double_value=0.5)),
        rerun(WidgetState(id="x", json_value="{")),
        rerun(WidgetState(id="x", json_trigger_value="[" * 100_000)),
        rerun(*[number] * (MOST_WIDGETS + 1)),
        rerun(query_string="x" * (LONGEST_LINK + 1)),
        rerun(page_name="x" * 2_000),
        BackMsg().SerializeToString(),
    ):
        assert not is_let_in(refused)


@CASES
def test_the_door_reads_anything(n_cases: int) -> None:
    right = rerun(WidgetState(id="$$ID-0-x", double_value=0.5), query_string="x=1")

    def check(data: bytes, place: int, text: str) -> None:
        assert is_let_in(data) in (True, False)
        assert is_let_in(right[:place] + data + right[place:]) in (True, False)
        assert is_let_in(rerun(WidgetState(id="x", json_value=text))) in (True, False)

    said = texts('{"a": [1, 2]}').map(lambda text: text.encode("utf-8", "replace").decode())
    try_all(n_cases, check, st.binary(max_size=200), st.integers(0, len(right)), said)


@pytest.mark.long
def test_a_frame_that_is_too_large_ends_its_senders_connection_alone(server: str) -> None:
    async def go() -> None:
        async with (
            Spy(server, "one_weight", OWNER) as tab,
            Spy(server, "one_weight", OWNER) as other,
        ):
            await asyncio.gather(tab.run(), other.run())
            with pytest.raises(UnansweredError):
                await tab.say(WidgetState(id="x", string_value="x" * 9_000_000))
            assert await other.run() > 0

    asyncio.run(go())
