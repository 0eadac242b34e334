"""The source of a lesson's functions, without what only this project needs of it."""

import ast
import functools
import inspect
import re
import textwrap
from collections.abc import Callable
from typing import Any

CHECKS = re.compile(r"check_\w+|require")
"""Functions that raise an error in the reader's language; a program of one's own has none."""

SECTIONS = re.compile(r"\n\s*(Raises|See Also|Notes|References|Examples)\n\s*-+\n.*", re.DOTALL)
"""What is left out of a docstring: errors that are not raised any more, names of our modules."""

WIDTH = 96


@functools.lru_cache(maxsize=200)  # the functions of all programs
def source(piece: Callable[..., Any], *, brief: bool = False) -> str:
    """Return the source of a function or class as it may stand in a program of its own.

    Without types, without checks of the input, and of a docstring without what only this project
    can mean. ``@njit`` keeps no more arguments than change the numbers.

    Parameters
    ----------
    piece : callable
        A function, one that numba has compiled, or a class.
    brief : bool, default=False
        Of a docstring keep the first sentence alone.

    Examples
    --------
    >>> from core.history import recorded_updates
    >>> print(source(recorded_updates, brief=True).splitlines()[0])
    def recorded_updates(n_updates, record_every):
    """
    text = textwrap.dedent(inspect.getsource(getattr(piece, "py_func", piece)))
    lines = re.sub(r" +# (type: ignore|noqa).*", "", text).splitlines()
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.stmt)]
    for node in sorted(nodes, key=lambda node: node.lineno, reverse=True):  # from below upwards
        first, last = node.lineno - 1, (node.end_lineno or node.lineno)
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            end = _end_of_docstring(node)
            if end:
                lines[node.body[0].lineno - 1 : end] = _docstring(node, brief=brief)
            if isinstance(node, ast.FunctionDef):
                lines[first : node.body[0].lineno - 1] = _header(node)
        elif isinstance(node, ast.Expr) and _is_check(node.value):
            del lines[first:last]
        elif isinstance(node, ast.AnnAssign) and node.value and node.target.col_offset >= 4:
            head, tail = ast.unparse(node.target), lines[first].split(" = ", 1)[1]
            lines[first] = f"{' ' * node.target.col_offset}{head} = {tail}"
    return re.sub(r"@njit\((.*)\)", _decorator, "\n".join(lines)).rstrip()


def uncompiled(text: str) -> str:
    r"""Return a loop's source in plain Python: numpy draws the orders, nothing is compiled.

    Examples
    --------
    >>> print(uncompiled("@njit\ndef f(rng, x):\n    return permutation(rng, x.size)"))
    def f(rng, x):
        return rng.permutation(x.size)
    """
    text = re.sub(r"^@njit.*\n", "", text, flags=re.MULTILINE)
    return re.sub(r"\bpermutation\(rng, ", "rng.permutation(", text)


def literal(name: str, values: Any) -> str:
    """Return a statement that makes a numpy array with the very numbers, in lines of 100 letters.

    Examples
    --------
    >>> import numpy as np
    >>> print(literal("x", np.array([[0.1, 2.0], [3.0, 1 / 3]])))
    x = np.array([
        [0.1, 2.0], [3.0, 0.3333333333333333],
    ])
    """
    rows = ", ".join(map(repr, values.tolist())) + ","
    filled = textwrap.fill(rows, WIDTH, initial_indent="    ", subsequent_indent="    ")
    return f"{name} = np.array([\n{filled}\n])"


def _decorator(found: re.Match[str]) -> str:
    kept = [one for one in found[1].split(", ") if one.startswith("error_model")]
    return f"@njit({', '.join(kept)})" if kept else "@njit"


def _is_check(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and CHECKS.fullmatch(node.func.id) is not None
    )


def _end_of_docstring(node: ast.FunctionDef | ast.ClassDef) -> int | None:
    return node.body[0].end_lineno if ast.get_docstring(node) is not None else None


def _docstring(node: ast.FunctionDef | ast.ClassDef, *, brief: bool) -> list[str]:
    """The docstring that is kept, as lines; it ends in an empty line where a class goes on."""
    text = SECTIONS.sub("", ast.get_docstring(node) or "")
    if brief or isinstance(node, ast.ClassDef):
        text = text.split("\n\n")[0]
    mark = 'r"""' if "\\" in text else '"""'
    quoted = f'{mark}{text}\n"""' if "\n\n" in text else f'{mark}{text}"""'
    return textwrap.indent(quoted, " " * node.body[0].col_offset).splitlines()


def _header(node: ast.FunctionDef) -> list[str]:
    """The line with ``def``, without types; too long a one is broken."""
    arguments = node.args
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        argument.annotation = None
    written = ast.unparse(arguments).replace("'", '"')
    return broken(f"{' ' * node.col_offset}def {node.name}(", written, "):").splitlines()


def broken(head: str, arguments: str, tail: str) -> str:
    """Return code with the arguments in lines of their own where one line would be too long.

    Examples
    --------
    >>> broken("f(", "a, b", ")")
    'f(a, b)'
    """
    line = head + arguments + tail
    if len(line) <= WIDTH:
        return line
    indent = " " * (len(head) - len(head.lstrip()))
    inner = textwrap.fill(
        f"{arguments},", WIDTH, initial_indent=indent + "    ", subsequent_indent=indent + "    "
    )
    return f"{head}\n{inner}\n{indent}{tail}"
