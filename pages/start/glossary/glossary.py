"""Start → Glossary: the words of the ladder, and where a tutorial's lines are found on it."""

import streamlit as st

from core.ladder import LADDER
from core.start.glossary import Term, found, lines
from pages.shared.control import text_field
from pages.shared.frame import foot
from pages.shared.i18n import LANGUAGES, _, language

TITLES = {rung.name: rung.title for rungs in LADDER.values() for rung in rungs}


def linked(rung: str) -> str:
    """Return a link to the page at an address, called by its title."""
    return f"[{_(TITLES[rung])}]({rung}?lang={language()})"


def told(term: Term) -> str:
    """Return a word, what it is called elsewhere, its letter, its sentence and its rung."""
    here, *others = (term.name.told(one) for one in sorted(LANGUAGES, key=language().__ne__))
    names = " · ".join(dict.fromkeys([f"**{here}**", *others, term.letter]))
    return f"{names.removesuffix(' · ')}  \n{term.text.told(language())} {linked(term.rung)}"


st.title(_("Glossary"))
st.markdown(
    _(
        "The words of the ladder, in the order in which one meets them: each with a sentence, the "
        "letter that formulas write for it, and a link to the rung that explains it."
    )
)
wanted = text_field(
    _("Search"), "word", help=_("A word, a part of one, or a letter, in any language.")
)
words = found(wanted)
for section, rungs in LADDER.items():
    names = [rung.name for rung in rungs]
    if here := [told(term) for term in words if term.rung in names]:
        st.header(_(section))
        st.markdown("\n\n".join(here))
if not words:
    st.info(_("No word here has that in it. Try a shorter piece, or empty the field."))

st.header(_("From the tutorial's line to our page"))
st.markdown(
    _(
        "The ladder follows a well-known tutorial, and goes on beyond it. Here is where you find "
        "what it writes, and what is different."
    )
)
rows = [
    " | ".join((line.theirs.told(language()), linked(line.rung), line.ours.told(language())))
    for line in lines()
]
head = " | ".join((_("In the tutorial"), _("Here"), _("What it is called here, what differs")))
st.markdown("\n".join([f"| {row} |" for row in (head, "--- | --- | ---", *rows)]))
foot()
