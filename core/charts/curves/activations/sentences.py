"""A sentence whose numbers the browser fills in, for charts that the reader moves."""

import json
from string import Formatter


def sentence(template: str, **values: str) -> str:
    """Return a Vega expression for `template` with each ``{name}`` replaced by an expression.

    Parameters
    ----------
    template : str
        The sentence, in the reader's language.
    **values
        For each name in `template` a Vega expression, of a text.

    Examples
    --------
    >>> sentence("slope {k} at {t}", k="format(k, 1)", t="datum.t")
    '"slope " + format(k, 1) + " at " + datum.t'
    """
    parts = []
    for text, name, _, _ in Formatter().parse(template):
        if text:
            parts.append(json.dumps(text, ensure_ascii=False))
        if name:
            parts.append(values[name])
    return " + ".join(parts)
