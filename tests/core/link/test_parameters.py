import json
from dataclasses import asdict
from typing import get_args

import pytest

from core.curves import mlp, sigmoid_neuron
from core.ladder import GLOSSARY, HOME, LADDER, TEACH
from core.lines import gradient_descent, one_weight, weight_and_bias
from core.link.kinds import Number
from core.link.parameters import PARAMETERS, of_page, usual
from core.planes import boundary, playground
from core.planes.playground import OPTIMISERS, SCHEDULES
from core.planes.playground.data import Shape
from core.planes.playground.network import ACTIVATIONS, INITIALISATIONS, LABELS
from tests import ROOT

LINKS = json.loads((ROOT / "tests/compatibility/data/links.json").read_text("utf-8"))
PAGES = {GLOSSARY.name, TEACH.name, *(rung.name for rungs in LADDER.values() for rung in rungs)}


def test_every_page_of_the_table_is_a_page() -> None:
    assert {page for parameter in PARAMETERS.values() for page in parameter.pages} <= PAGES
    assert [p.name for p in of_page(HOME.name)] == ["lang", "class", "lesson", "task"]


def test_the_table_has_all_that_links_of_0_1_0_say_and_reads_it_as_they_meant_it() -> None:
    for page, links in LINKS.items():
        here = {parameter.name: parameter for parameter in of_page(page)}
        for link in links:
            for name, said in link["link"].items():
                if name in GONE:
                    assert name not in PARAMETERS
                    continue
                texts = said if isinstance(said, list) else [said]
                reading = here[name].kind.read(texts)
                assert not reading.problem, (page, name)
                assert reading.value == link["values"].get(name, reading.value) or name in MOVED


GONE = {"stack"}
"""What links may still say, and nobody reads: how wide the window is, the page sees by itself."""

MOVED = {"tr_preset"}
"""A link that says more besides, of which the page makes another one."""


def test_usual_values_are_allowed_and_marks_too() -> None:
    for parameter in PARAMETERS.values():
        kind = parameter.kind
        if isinstance(kind, Number):
            for value in (kind.usual, *kind.marks):
                assert kind.read(kind.write(value)).value == value
                assert not kind.read(kind.write(value)).problem


@pytest.mark.parametrize(
    ("prefix", "lesson"),
    [
        ("ow", one_weight),
        ("gd", gradient_descent),
        ("wb", weight_and_bias),
        ("sn", sigmoid_neuron),
        ("mlp", mlp),
        ("bd", boundary),
        ("pg", playground),
    ],
)
def test_what_is_usual_on_a_page_is_so_in_its_lesson(prefix: str, lesson: object) -> None:
    config = asdict(lesson.Config())  # type: ignore[attr-defined]
    fields = {"rate": "learning_rate", "epochs": "n_epochs", "start": "start_weight"}
    fields |= {
        "w1": "start_weight_1",
        "w2": "start_weight_2",
        "bias": "start_bias",
        "shuffle": "shuffle",
        "h": "n_hidden",
        "seed": "seed",
        "act": "activation",
        "init": "initialisation",
        "opt": "optimiser",
        "sched": "schedule",
    }
    compared = 0
    for short, field in fields.items():
        name = f"{prefix}_{short}"
        if name in PARAMETERS and field in config:
            assert usual(name)[name] == config[field], name
            compared += 1
    assert compared >= 2


def test_the_playground_offers_all_that_its_lesson_knows() -> None:
    """Written out in the table, so that no page loads a compiler to read a link."""
    names = {
        "pg_shape": get_args(Shape),
        "pg_x": tuple(LABELS.values()),
        "pg_act": ACTIVATIONS,
        "pg_a6": ACTIVATIONS,
        "pg_init": INITIALISATIONS,
        "pg_opt": OPTIMISERS,
        "pg_sched": SCHEDULES,
    }
    assert {name: PARAMETERS[name].kind.names for name in names} == names  # type: ignore[union-attr]
    made = usual("pg_h1", "pg_h2", "pg_layers", "pg_x")
    config = playground.Config()
    assert (made["pg_h1"], made["pg_h2"]) == config.hidden_sizes
    assert made["pg_layers"] == len(config.hidden_sizes)
    assert made["pg_x"] == tuple(LABELS[name] for name in config.inputs)
