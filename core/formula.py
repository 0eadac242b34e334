"""Formulas in LaTeX, as a page breaks them into lines."""

APART = r"\qquad"
"""What stands between the formulas of one line."""

BREAK = r"\quad\allowbreak\quad"
"""The same room, half of it in either line where they do not fit into one."""


def breakable(latex: str) -> str:
    r"""Return formulas that go on in another line between two of them, and nowhere else.

    Where a line is too long, KaTeX breaks it after any equals sign or plus, so that a line may
    end in "b =". In braces a formula stays whole. One that is wider than a phone is written in
    lines of its own ("aligned").

    Parameters
    ----------
    latex : str
        Formulas with "\\qquad" between them; none within an environment.

    Examples
    --------
    >>> breakable(r"a = b + c \qquad d = e")
    '{a = b + c}\\quad\\allowbreak\\quad{d = e}'
    """
    return BREAK.join(f"{{{formula.strip()}}}" for formula in latex.split(APART))
