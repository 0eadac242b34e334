"""The parts of a lesson's page that are the same on every rung."""

import dataclasses
import functools
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NoReturn, TypeVar

import streamlit as st

from core.hyperparameters import Descent
from core.link.parameters import PARAMETERS
from core.messages import InputError
from core.number import whole
from pages.shared import link
from pages.shared import page_parts as parts
from pages.shared.charts.orders import PLAYER, put_player
from pages.shared.choice import CURRENT_PAGE
from pages.shared.fragment import fragment
from pages.shared.i18n import _

AnyConfig = TypeVar("AnyConfig", bound=Descent)

_region = st.components.v2.component(
    "announcement",
    js="""
export default function ({ data }) {
  const id = "announcement";
  let region = document.getElementById(id);
  if (!region) {
    region = document.createElement("div");
    region.id = id;
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  if (region.textContent !== data.text) region.textContent = data.text;
}
""",
)

MAX_SEEN = 5_000_000
"""The most samples, epoch by epoch, that a run sees while the reader waits: half a second."""


NOTHING_TO_TRY = "nothing_to_try"
"""Session state: whether a lesson leads here, with a task of its own."""

TRIED = "tried_out"
"""Session state, for the next run: the page, and the name of what is tried out there."""


def announce(text: str, key: str = "announced") -> None:
    """Have a screen reader say what has changed, once it has finished what it is saying.

    The region outlives the page's elements, which are drawn anew: one that appears together with
    its text is not read. The same text is said once.

    Parameters
    ----------
    text : str
        A sentence in the reader's language; "" says nothing.
    key : str, default="announced"
        Of the element; another one in a part of the page that is run by itself.
    """
    with st.container(key=f"announcement_of_{key}"):
        _region(key=key, data={"text": text})


def presets(
    choices: Sequence[tuple[str, str, Mapping[str, Any]]],
    *,
    key: str = "preset",
    usual: Mapping[str, Any] | None = None,
    also: Mapping[str, Any] | None = None,
) -> None:
    """Show things to try: buttons that set the page's controls, the one that is set marked.

    Parameters
    ----------
    choices : sequence of (label, sentence, values)
        ``values`` maps keys of widgets to what the button sets them to.
    key : str, default="preset"
        Of the buttons; another one where a page has things to try in two places.
    usual : mapping, optional
        What leads back; the usual values of all that the buttons set, unless given.
    also : mapping, optional
        What each button sets besides, to move what only the browser keeps.
    """
    if st.session_state.get(NOTHING_TO_TRY):
        return
    names = {name for _label, _sentence, values in choices for name in values}
    back = usual or {name: PARAMETERS[name].kind.usual for name in names}
    more = also or {}

    def are_set() -> list[bool]:
        now = _set_now({**dict.fromkeys(names), **back})
        return [_is_set(values, now, back) for values in (*(one[2] for one in choices), back)]

    def show() -> None:
        *marked, is_usual = are_set()
        with st.container(key=f"{key}_choices"):
            for i, (label, sentence, values) in enumerate(choices):
                with st.container(gap="small", key=f"{key}_choice_{i}"):
                    st.button(
                        label,
                        key=f"{key}_{i}",
                        icon=":material/check:" if marked[i] else None,
                        type="primary" if marked[i] else "secondary",
                        on_click=_try_out,
                        args=({**values, **more}, f"{key}_{i}"),
                        width="stretch",
                    )
                    st.caption(sentence)
        st.button(
            _("Back to the usual"),
            key=f"{key}_usual",
            icon=":material/undo:",
            type="tertiary",
            disabled=not more and is_usual,
            on_click=_try_out,
            args=({**back, **more}, f"{key}_usual"),
        )

    st.header(_("Things to try"))
    parts.show(show, key=key, follows=are_set)


def _try_out(values: Mapping[str, Any], name: str) -> None:
    """Set a page's controls for a run to look at from its start; for a callback.

    Parameters
    ----------
    values : mapping
        What the keys of widgets are set to.
    name : str
        Of what is tried, so that its outcome can be asked for.
    """
    link.go(values)
    put_player("start", in_sight=PLAYER)
    st.session_state[TRIED] = st.session_state.get(CURRENT_PAGE), name
    parts.run_page()


def tried_out() -> str | None:
    """Return the name of what was tried out since the page's last run, None if nothing; once."""
    page, name = st.session_state.pop(TRIED, (None, None))
    return name if page == st.session_state.get(CURRENT_PAGE) else None


def _set_now(names: Iterable[str]) -> dict[str, Any]:
    """Return what controls are set to, without those that are not drawn yet."""
    state = st.session_state
    return {name: state[name] for name in names if name in state}


def _is_set(values: Mapping[str, Any], now: Mapping[str, Any], usual: Mapping[str, Any]) -> bool:
    """Whether the controls are as these values say; those not drawn yet are as usual."""
    return all(
        _plain(now.get(name, usual[name])) == _plain(value) for name, value in values.items()
    )


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, list | tuple) else value


CODE, PROGRAM = "code_that_ran", "whole_program"
"""Session state: whether these folds are open."""


@fragment
def fold_code(
    title: str,
    source: str,
    *,
    key: str,
    icon: str = ":material/code:",
    language: str = "python",
    caption: str | None = None,
    file_name: str | None = None,
) -> None:
    """Offer code in a fold. It is sent, and what colours it is fetched, once the fold is opened.

    Parameters
    ----------
    title : str
    source : str
        The code.
    key : str
        Of the fold, in the session's state.
    icon : str, optional
        Before the title.
    language : str, default="python"
        By whose rules the code is coloured.
    caption : str, optional
        Below the code.
    file_name : str, optional
        The code is offered as a file of this name, too.
    """
    fold = st.expander(title, icon=icon, key=key, on_change="rerun")
    if not fold.open:
        return
    fold.code(source, language=language, wrap_lines=True)
    if caption is not None:
        fold.caption(caption)
    if file_name is not None:
        fold.download_button(
            _("Download the program"),
            source,
            file_name=file_name,
            mime="text/x-python",
            icon=":material/download:",
            on_click="ignore",
        )


def code_that_ran(*functions: Callable[..., Any] | str) -> None:
    """Offer the source of the functions this page has just run; a text is shown as it is."""
    source = "\n\n".join(one if isinstance(one, str) else _source(one) for one in functions)
    fold_code(_("The code that ran"), source, key=CODE)


def program(source: str, file_name: str, title: str) -> None:
    """Offer a complete program that does what this page did, to read and as a file."""
    fold_code(title, source, key=PROGRAM, file_name=file_name)


def affordable(config: AnyConfig, n_samples: int, n_neurons: int = 1) -> AnyConfig:
    """Return the configuration with no more epochs than a page can wait for.

    Parameters
    ----------
    config : Descent
        What the controls say.
    n_samples : int
        How many samples an epoch has.
    n_neurons : int, default=1
        A sample takes about so many times as long as with a single neuron.
    """
    fewer = max(1, MAX_SEEN // (n_samples * n_neurons))
    return config if config.n_epochs <= fewer else dataclasses.replace(config, n_epochs=fewer)


def tell_affordable(config: Descent, wanted: int, n_samples: int) -> None:
    """Say so, if a configuration has fewer epochs than were `wanted`."""
    if config.n_epochs < wanted:
        st.caption(
            _("{wanted} epochs of {n} samples would take long: this run has {fewer}.").format(
                wanted=whole(wanted), n=whole(n_samples), fewer=whole(config.n_epochs)
            )
        )


def stop_with(error: InputError) -> NoReturn:
    """Show the error's sentence in the reader's language, and nothing below it."""
    st.error(error.translated(_))
    st.stop()


@functools.lru_cache(maxsize=200)  # functions that pages show
def _source(function: Callable[..., Any]) -> str:
    return inspect.getsource(getattr(function, "py_func", function)).rstrip()
