"""How much of an answer is the chart library's own work, told by Chromium's profiler."""

from typing import TYPE_CHECKING, Any

from benchmarks.in_chromium.visits import slider_waits

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCRIPTS = ("/embed.", "/vega-interpreter.")
"""In the addresses of the scripts that are Vega and what evaluates its expressions."""


def vega_seconds(page: "Page", address: str, name: str, n: int) -> float:
    """Seconds that a move of the slider called `name` keeps Vega busy, the mean of `n` moves.

    What Vega calls in the browser counts, what the browser lays out and paints afterwards does not.
    The profiler slows all of it a little.

    Parameters
    ----------
    page : Page
    address : str
        Of a page with a chart.
    name : str
        The slider's.
    n : int
        How many moves.
    """
    slider_waits(page, address, name, 2)  # both ways once: what comes is no first time
    profiler = page.context.new_cdp_session(page)
    profiler.send("Profiler.enable")
    profiler.send("Profiler.start")
    slider = page.get_by_role("slider", name=name)
    for i in range(n):
        slider.press("ArrowLeft" if i % 2 else "ArrowRight")
        page.wait_for_function("n => window.waits.length >= n", arg=i + 3)
    profile = profiler.send("Profiler.stop")["profile"]
    profiler.detach()
    return _inside(profile) / n


def _inside(profile: dict[str, Any]) -> float:
    """Seconds of a profile in which a function of Vega was running, or had called what was.

    Examples
    --------
    >>> vega = {"id": 2, "callFrame": {"url": "http://x/static/js/embed.C.js"}, "children": [3]}
    >>> other = {"id": 1, "callFrame": {"url": ""}, "children": [2]}
    >>> called = {"id": 3, "callFrame": {"url": ""}}
    >>> profile = {"nodes": [other, vega, called], "samples": [1, 2, 3], "timeDeltas": [1, 10, 100]}
    >>> _inside(profile)
    0.00011
    """
    within: dict[int, bool] = {}
    for node in profile["nodes"]:  # callers come before what they call
        is_vega = any(script in node["callFrame"]["url"] for script in SCRIPTS)
        within[node["id"]] = is_vega = is_vega or within.get(node["id"], False)
        within |= dict.fromkeys(node.get("children", []), is_vega)
    spent = zip(profile["samples"], profile["timeDeltas"], strict=True)
    return float(sum(micro for node, micro in spent if within[node])) / 1e6
