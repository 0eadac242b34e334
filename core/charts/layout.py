"""How a chart is laid out for the room it has: one of a few widths, which the browser scales.

A chart is an SVG. Between two layouts the browser makes it as wide as its place, and the type grows
with it; from one layout to the next the panels become wider, or stand beside each other.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Layout:
    """One way to lay charts out.

    Parameters
    ----------
    name : str
        What the browser calls it.
    least : int
        The narrowest room that it is for, in pixels of the screen.
    width : int
        Pixels of a whole player before the browser scales it.
    usual : int
        The room where it is mostly seen: a phone's, a tablet's, a laptop's, a projector's page.
    stacked : bool, default=False
        One panel above the other.
    is_large : bool, default=False
        Its letters are to be read from the back of a room.
    """

    name: str
    least: int
    width: int
    usual: int
    stacked: bool = False
    is_large: bool = False


PHONE = Layout("phone", 0, 342, 358, stacked=True)
TABLET = Layout("tablet", 600, 704, 704)
LAPTOP = Layout("laptop", 800, 800, 916)
PROJECTOR = Layout("projector", 1200, 1000, 1556)
STAGE = Layout("stage", 800, 860, 1800, is_large=True)
"""For presenting, in any room from this width on: in a window twice as wide as high it fills it."""

LAYOUTS = {layout.name: layout for layout in (PHONE, TABLET, LAPTOP, PROJECTOR)}
"""The layouts by their names, the narrowest first."""
