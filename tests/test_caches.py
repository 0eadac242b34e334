"""A server is left running: whatever it keeps to answer sooner has a bound, and a reason for it."""

import ast
from collections.abc import Iterator

from tests import ROOT

BOUNDS = {"cache_data": "max_entries", "cache_resource": "max_entries", "lru_cache": "maxsize"}
"""What says how many values are kept, by what keeps them."""

CACHES = {*BOUNDS, "cache"}


def caches() -> Iterator[tuple[str, ast.FunctionDef, ast.expr]]:
    """Every cached function, with where it is and its decorator."""
    for folder in ("core", "pages", "deploy"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    for decorator in node.decorator_list:
                        if name_of(decorator) in CACHES:
                            place = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
                            yield place, node, decorator


def name_of(decorator: ast.expr) -> str:
    """The last name of ``st.cache_data(…)`` and the like."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return getattr(called, "attr", getattr(called, "id", ""))


def is_bounded(node: ast.FunctionDef, decorator: ast.expr) -> bool:
    """Whether it keeps one value, having no parameters, or says how many."""
    takes = node.args
    if not (takes.args or takes.posonlyargs or takes.kwonlyargs or takes.vararg or takes.kwarg):
        return True
    bound = BOUNDS.get(name_of(decorator))
    given = decorator.keywords if isinstance(decorator, ast.Call) else []
    return any(
        one.arg == bound and isinstance(one.value, ast.Constant) and one.value.value is not None
        for one in given
    )


def has_reason(place: str, node: ast.FunctionDef, decorator: ast.expr) -> bool:
    """Whether a comment beside the decorator of a cache of several values says why so many."""
    if not node.args.args and not node.args.kwonlyargs:
        return True
    lines = (ROOT / place.partition(":")[0]).read_text("utf-8").splitlines()
    return any("  #" in line for line in lines[decorator.lineno - 1 : decorator.end_lineno])


def test_every_cache_has_a_bound_and_a_reason() -> None:
    found = list(caches())
    assert len(found) > 30
    unbounded = [place for place, node, decorator in found if not is_bounded(node, decorator)]
    assert unbounded == [], "say max_entries, or maxsize of functools.lru_cache"
    unsaid = [place for place, node, decorator in found if not has_reason(place, node, decorator)]
    assert unsaid == [], "say in a comment beside the decorator why so many"
