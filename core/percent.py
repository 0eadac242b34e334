"""How a share is written, wherever it is one of many images."""


def percent(share: float | None) -> str:
    """Return a share in percent, with one decimal; nothing where there is none.

    Parameters
    ----------
    share : float or None
        From 0 to 1.

    Examples
    --------
    >>> percent(0.9713), percent(None)
    ('97.1', '')
    """
    return "" if share is None else f"{100 * share:.1f}"
