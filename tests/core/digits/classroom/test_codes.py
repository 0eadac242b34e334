import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.digits.classroom import codes
from core.digits.classroom.codes import Held
from core.store.records import ClassRow

CODE = "K7QM2XVB9RTC"


def test_codes_and_keys_are_long_and_never_the_same() -> None:
    drawn = {codes.new_code() for _ in range(500)}
    assert len(drawn) == 500
    assert len(codes.ALPHABET) ** codes.LENGTH == 2**60
    assert len({codes.new_key() for _ in range(500)}) == 500
    assert set("".join(drawn)) == set(codes.ALPHABET)


@pytest.mark.parametrize(
    "typed",
    [
        "k7qm-2xvb-9rtc",
        " K7QM 2XVB 9RTC ",
        "k7qm–2xvb—9rtc",
        "Ｋ７ＱＭ２ＸＶＢ９ＲＴＣ",
        "K7QM_2XVB9RTC",
    ],
)
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert codes.read_code(typed) == CODE


@pytest.mark.parametrize(
    "typed", ["", "K7QM2XVB9RT", f"{CODE}0", "U" * 12, "K7QM2XVB9RTÇ", "0" * 99]
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert codes.read_code(typed) is None


@given(st.text(codes.ALPHABET, min_size=codes.LENGTH, max_size=codes.LENGTH))
def test_a_code_reads_back_as_it_was_written(code: str) -> None:
    assert codes.read_code(codes.write_code(code)) == code


def test_the_store_has_neither_code_nor_key() -> None:
    key = codes.new_key()
    kept = codes.class_id(CODE) + codes.key_hash(key)
    assert CODE not in kept.upper()
    assert key not in kept
    assert codes.class_id(CODE) != codes.class_id(CODE[:-1] + "D")


def test_a_class_is_led_by_its_own_key_in_its_own_browser() -> None:
    key = codes.new_key()
    row = ClassRow("", "ada", codes.key_hash(key), 0.0, 1.0)
    assert codes.leads(row, "ada", key)
    nearly = key[:-1] + ("0" if key[-1] != "0" else "1")
    for owner, given_key in (
        ("eve", key),
        ("ADA", key),
        ("", key),
        ("ada", nearly),
        ("ada", ""),
        ("ada", row.key_hash),
        ("ada", CODE),
    ):
        assert not codes.leads(row, owner, given_key)


def test_a_cookie_holds_the_newest_and_nothing_else_is_read() -> None:
    held = [Held(codes.new_code(), codes.new_key()) for _ in range(7)]
    text = codes.write_held(held)
    assert codes.read_held(text) == held[-codes.MOST_HELD :]
    assert len(text) < 400
    for other in (
        "",
        "x",
        f"{CODE}.",
        f"{CODE.lower()}.{'0' * 32}",
        f"{CODE}.{'g' * 32}",
        "\0" * 99,
    ):
        assert codes.read_held(other) == []
    assert codes.read_held(f"<script>{text}") == held[-codes.MOST_HELD :]
