"""The source of functions, read from their file: without importing it, and all that it needs."""

import ast
import functools
import importlib.util
import textwrap
from pathlib import Path


@functools.lru_cache(maxsize=50)  # what the page may show
def source(module: str, name: str) -> str:
    """Return the source of a function or class.

    Parameters
    ----------
    module : str
        Its module, such as ``core.digits.train.loop``.
    name : str
        Such as ``loss_of``, or ``Training.records`` in a class.

    Returns
    -------
    str
        With its decorators, at the left edge.

    Raises
    ------
    LookupError
        If there is none of this name.

    Examples
    --------
    >>> print(source("core.messages", "InputError.translated").splitlines()[0])
    def translated(self, translate: Translate) -> str:
    """
    specification = importlib.util.find_spec(module)
    if specification is None or specification.origin is None:
        raise LookupError(module)
    text = Path(specification.origin).read_text("utf-8")
    node: ast.AST = ast.parse(text)
    for part in name.split("."):
        node = _member(node, part)
    assert isinstance(node, Definition)
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    lines = text.splitlines()[first - 1 : node.end_lineno]
    return textwrap.dedent("\n".join(lines))


Definition = ast.FunctionDef | ast.ClassDef


def _member(node: ast.AST, name: str) -> Definition:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Definition) and child.name == name:
            return child
    raise LookupError(name)
