"""A chart as one HTML file, which plays without the app and without a network.

Vega, Vega-Lite and Vega-Embed come from the wheel of vl-convert, which has them inside: the page
carries them with it. Its colours are the app's, light or dark as the reader's system is. From the
menu in its corner the step that is shown is saved as PNG or SVG.
"""

import base64
import functools
import gzip
import html
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

import altair as alt
import pandas as pd

from core.messages import N_, Translate

ROOT = Path(__file__).resolve().parents[2]

CONTROLS = "\n/* The player's controls in one row"
"""Where the style sheet of the app begins to say how a player's controls look."""

PRINT_RUNTIME = (
    "import sys, vl_convert; print(vl_convert.javascript_bundle(vl_version=sys.argv[1]))"
)
"""In a process of its own: the engine that makes it takes 150 MB, for a second."""

PAGE, SCRIPTS = (ROOT / "assets" / f"{name}.html" for name in ("standalone", "standalone_player"))
"""A page, and the scripts by which it plays."""

CHART_STYLE = """#player { overflow-x: clip }
.vega-embed { width: 100%; padding-right: 0 !important }
.vega-embed svg.marks { width: 100%; height: auto }
form.vega-bindings { display: flex }"""

CLOCK = ROOT / "assets" / "player_clock.js"
"""What makes a player play."""


def as_html(
    specification: Mapping[str, Any],
    tables: Mapping[str, pd.DataFrame],
    *,
    title: str,
    about: str,
    alt_text: str,
    language: str = "en",
    file_name: str = "player",
    translate: Translate = str,
    narrow: tuple[Mapping[str, Any], Mapping[str, pd.DataFrame]] | None = None,
    style: str = "",
    above: str = "",
    below: str = "",
    runtime_file: str = "",
) -> str:
    """Write a chart and its data as a page of its own.

    Parameters
    ----------
    specification : mapping
        A Vega-Lite specification without data, see `core.charts.player.specification`.
    tables : mapping of str to pandas.DataFrame
        What it reads, by name.
    title, about, alt_text : str
        The heading, a sentence below it, and what kind of chart it is for those who cannot see it.
    language : str, default="en"
        Of these texts, as a browser calls it.
    file_name : str, default="player"
        Of the pictures that are saved from it, without an ending.
    translate : callable, default=str
        Gives the menu's words in that language.
    narrow : tuple, optional
        Another specification and its tables, for a phone.
    style : str
        More CSS.
    above, below : str
        HTML before the heading, and after the chart.
    runtime_file : str, default=""
        The address of a script that `runtime_script` wrote, which pages share; "": it is inside.

    Returns
    -------
    str
        HTML that asks nothing of the network.
    """
    scripts = Template(SCRIPTS.read_text("utf-8")).substitute(
        clock=CLOCK.read_text("utf-8"),
        runtime=f'<script src="{html.escape(runtime_file)}"></script>'
        if runtime_file
        else f"<script>\n{runtime_script()}</script>",
        specification=_with_data(specification, tables),
        narrow="" if narrow is None else _with_data(*narrow),
        themes=_in_script({name: _config(theme) for name, theme in app_themes().items()}),
        file_name=_in_script(file_name),
        words=_in_script(
            {
                "CLICK_TO_VIEW_ACTIONS": translate(N_("Save the picture")),
                "SVG_ACTION": translate(N_("Save as SVG")),
                "PNG_ACTION": translate(N_("Save as PNG")),
            }
        ),
    )
    return as_page(
        title,
        html.escape(about),
        language=language,
        style=f"{CHART_STYLE}\n{controls_style()}\n{style}",
        above=above,
        player='<div class="st-key-player_alone"><div class="stVegaLiteChart" id="player" '
        f'aria-label="{html.escape(alt_text)}"></div>\n</div>',
        below=below,
        scripts=scripts,
    )


def as_page(title: str, about: str, *, language: str = "en", style: str = "", **parts: str) -> str:
    """Write a page in the app's colours.

    Parameters
    ----------
    title : str
    about : str
        HTML, below the heading.
    language : str, default="en"
    style : str
        CSS.
    **parts
        HTML: `above` the heading, a `player`, what is `below` it, `scripts`.

    Returns
    -------
    str
        HTML.
    """
    themes = app_themes()
    colours = {
        name: ", ".join(themes[theme][role] for theme in ("light", "dark"))
        for name, role in (("ink", "ink"), ("paper", "background"), ("accent", "accent"))
    }
    return Template(PAGE.read_text("utf-8")).substitute(
        {"above": "", "player": "", "below": "", "scripts": ""},
        title=html.escape(title),
        about=about,
        language=html.escape(language),
        style=style,
        **colours,
        **parts,
    )


def runtime_script() -> str:
    """Return a script that holds Vega, Vega-Lite and Vega-Embed, compressed, as ``runtime``."""
    return f'const runtime = "{runtime()}"; // Vega, Vega-Lite and Vega-Embed, compressed\n'


def _with_data(specification: Mapping[str, Any], tables: Mapping[str, pd.DataFrame]) -> str:
    """Return a specification with its data, packed."""
    return packed(json.dumps({**specification, "datasets": _records(tables)}))


def _records(tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    return {
        name: json.loads(table.to_json(orient="records", double_precision=15))
        for name, table in tables.items()
    }


def with_theme(
    specification: Mapping[str, Any], tables: Mapping[str, pd.DataFrame], theme: str
) -> dict[str, Any]:
    """Return a chart with its data, in the colours of a theme: "light" or "dark"."""
    config, own = _config(app_themes()[theme]), specification.get("config", {})
    both = {name: {**config[name], **own.get(name, {})} for name in ("axis", "legend")}
    return {
        **specification,
        "config": {**config, **own, **both},
        "datasets": _records(tables),
    }


def vega_lite_version() -> str:
    """Return the version of Vega-Lite that altair writes, such as 6.1."""
    return ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])


@functools.cache
def runtime() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one script, compressed, in base 64."""
    command = [sys.executable, "-c", PRINT_RUNTIME, vega_lite_version()]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return packed(done.stdout)


def packed(text: str) -> str:
    """Return a text compressed, in base 64: half as large a file, and safe in a page.

    Examples
    --------
    >>> gzip.decompress(base64.b64decode(packed("ŷ"))).decode()
    'ŷ'
    """
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


@functools.cache
def app_themes() -> dict[str, dict[str, Any]]:
    """Return the app's colours by theme: of the text, the page, lines, and of what is charted."""
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    return {
        name: {
            "ink": theme[name]["textColor"],
            "background": theme[name]["backgroundColor"],
            "line": theme[name]["borderColor"],
            "accent": theme[name]["primaryColor"],
            "roles": theme[name]["chartCategoricalColors"],
        }
        for name in ("light", "dark")
    }


@functools.cache
def controls_style() -> str:
    """Return what the app's style sheet says of a player's controls."""
    style = (ROOT / "assets" / "style.css").read_text("utf-8")
    rule = style[style.index(CONTROLS) :]
    depth = 0
    for found in re.finditer(r"[{}]", rule):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return rule[: found.end()]
    raise ValueError("the rule does not end")


def _config(theme: Mapping[str, Any]) -> dict[str, Any]:
    """Vega-Lite's configuration in the colours of a theme."""
    ink, line = theme["ink"], theme["line"]
    return {
        "background": theme["background"],
        "font": "system-ui, sans-serif",
        "range": {"category": theme["roles"]},
        "view": {"stroke": None},
        "axis": {
            "labelColor": ink,
            "titleColor": ink,
            "gridColor": line,
            "domainColor": line,
            "tickColor": line,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
        },
        "legend": {"labelColor": ink, "titleColor": ink, "labelFontSize": 12},
        "title": {"color": ink},
    }


def _in_script(value: Any) -> str:
    """A value as JavaScript that no HTML parser takes for the end of the script."""
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/").replace("<!--", "<\\!--")
