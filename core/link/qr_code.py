"""A link as a picture that a phone reads from a projector."""

import io

import segno

LONGEST = 1_250
"""Characters. A code of more has over 117 squares a side: too fine to be read across a room."""


def as_svg(text: str) -> str | None:
    """Return a text as a QR code.

    Parameters
    ----------
    text : str
        Such as a link.

    Returns
    -------
    str or None
        An SVG, black on white with its quiet margin, as large as its place; None if the text is too
        long for a code that is still read from afar.

    Examples
    --------
    >>> as_svg("https://example.org/one_weight?bad=true")[:30]
    '<svg xmlns="http://www.w3.org/'
    >>> as_svg("x" * 3000)
    """
    if len(text.encode()) > LONGEST:
        return None
    code = segno.make_qr(text, error="l")  # a better correction where it costs no more squares
    written = io.BytesIO()
    code.save(written, kind="svg", xmldecl=False, omitsize=True, light="#fff")
    return written.getvalue().decode()
