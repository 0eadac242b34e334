"""A teacher's question as it is typed: a line for each answer, marked by its first sign."""

from collections.abc import Iterator
from typing import Any

from core.messages import N_, require

MARKS = {"+": True, "-": False}


def read_questions(text: str) -> list[dict[str, Any]]:
    r"""Read questions, with a blank line between two.

    Parameters
    ----------
    text : str
        Of each question first its text, then a line for each answer: ``+`` before the right one,
        ``-`` before the others; a line with ``>`` says why the answer above it is right or wrong.

    Returns
    -------
    list of dict
        Of the form of a lesson's own questions.

    Raises
    ------
    InputError
        If a question is incomplete; the sentence says which, and why.

    Examples
    --------
    >>> read_questions("Which way?\n- uphill\n+ downhill\n> Against the slope.")[0]["choices"]
    [{'text': 'uphill'}, {'text': 'downhill', 'right': True, 'why': 'Against the slope.'}]
    """
    blocks = [block for block in _blocks(text) if block]
    return [_question(block, number) for number, block in enumerate(blocks, 1)]


def write_questions(questions: list[dict[str, Any]], language: str) -> str:
    """Write questions as they are typed, in one language."""
    return "\n\n".join("\n".join(_lines(question, language)) for question in questions)


def _blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in (line.strip() for line in text.splitlines()):
        if line:
            block.append(line)
        else:
            yield block
            block = []
    yield block


def _question(lines: list[str], number: int) -> dict[str, Any]:
    asked = [line for line in lines if line[0] not in "+->"]
    choices: list[dict[str, Any]] = []
    for line in lines:
        said = line[1:].strip()
        if line[0] in MARKS:
            choices.append({"text": said} | ({"right": True} if MARKS[line[0]] else {}))
        elif line[0] == ">" and choices and said:
            choices[-1]["why"] = said
    require(
        bool(asked) and len(choices) in range(2, 7) and all(choice["text"] for choice in choices),
        N_(
            "Question {n}: first a line that asks, then two to six lines with answers: + before "
            "the right one, - before the others."
        ),
        n=number,
    )
    require(
        sum(choice.get("right", False) for choice in choices) == 1,
        N_("Question {n}: exactly one answer is right, and begins with +."),
        n=number,
    )
    return {"text": " ".join(asked), "choices": choices}


def _lines(question: dict[str, Any], language: str) -> Iterator[str]:
    yield _told(question["text"], language)
    for choice in question["choices"]:
        yield f"{'+' if choice.get('right') else '-'} {_told(choice['text'], language)}"
        if "why" in choice:
            yield f"> {_told(choice['why'], language)}"


def _told(text: Any, language: str) -> str:
    said = text if isinstance(text, str) else text.get(language, text["en"])
    return " ".join(said.split())
