"""What a study shows: the groups, the arms compared, and in sentences what follows and what not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.learning import concepts, effect
from core.learning.answers import Answers
from core.learning.arms import ARMS
from core.learning.effect import Estimate
from core.learning.study import Study, scores
from core.messages import Translate
from core.number import whole

EXPECTED = 0.36
"""The effect of trying before being told, in 53 studies (Sinha, Kapur, 2021)."""

LEAST = 2
"""Learners of a group from whom anything can be computed."""


def groups_of(found: Study) -> dict[str, Sequence[Answers]]:
    """Return the arms, and those who take part in no experiment, as far as there are any."""
    groups: dict[str, Sequence[Answers]] = {arm: found.of_arm(arm) for arm in ARMS}
    groups["no experiment"] = [one for one in found.learners if not one.class_number]
    return {name: learners for name, learners in groups.items() if learners}


@dataclass(frozen=True)
class Comparison:
    """The arms of an experiment, the first less the second.

    Parameters
    ----------
    n_asked, n_shown : int
    gain : float
        How many right answers more were gained.
    g : Estimate
        The same in standard deviations.
    p : float
    ahead : Estimate or None
        How many more were right after, at equal scores before.
    """

    n_asked: int
    n_shown: int
    gain: float
    g: Estimate
    p: float
    ahead: Estimate | None


def compare(found: Study) -> Comparison | None:
    """Compare the arms; None where there are too few learners, or all gained alike."""
    asked, shown = (found.of_arm(arm) for arm in ARMS)
    if min(len(asked), len(shown)) < LEAST:
        return None
    both, n = found.in_experiment, len(asked)
    before, after = (scores(both, half) for half in concepts.HALVES)
    gains = after - before
    is_asked = [one.arm == ARMS[0] for one in both]
    classes = [one.class_number for one in both]
    g = effect.hedges_g(gains[:n], gains[n:])
    if g is None:
        return None
    return Comparison(
        n,
        len(shown),
        float(gains[:n].mean() - gains[n:].mean()),
        g,
        effect.permutation_p(gains, is_asked, classes),
        effect.adjusted(after, before, is_asked, classes),
    )


def conclusions(
    found: Study, compared: Comparison | None, translate: Translate = str
) -> Iterator[str]:
    """Say in sentences what a comparison shows, and what it does not."""
    if compared is None:
        asked, shown = (len(found.of_arm(arm)) for arm in ARMS)
        if min(asked, shown) >= LEAST:
            yield translate("All gains are the same: there is nothing to compare.")
            return
        yield translate(
            "No comparison: it takes {least} learners in each arm, and there are {asked} who were "
            "asked and {shown} who were shown. A gain by itself does not say what it came from: "
            "to take a test twice also helps."
        ).format(least=LEAST, asked=asked, shown=shown)
        return
    g = compared.g
    if compared.p >= 0.05:
        yield translate(
            "This is nothing that one could tell from chance. It does not show that there is no "
            "difference: every effect from {low} to {high} fits these answers."
        ).format(low=two_digits(g.low), high=two_digits(g.high))
    elif g.value > 0:
        yield translate(
            "Those who were asked gained more, and chance alone would rarely part the arms so far. "
            "The effect may be anything within the interval. Where there is none, one study in "
            "twenty looks like this."
        )
    else:
        yield translate(
            "Those who were only shown gained more, and chance alone would rarely part the arms so "
            "far. The effect may be anything within the interval. Where there is none, one study "
            "in twenty looks like this."
        )
    yield translate(
        "Arms of this size find an effect of {smallest} four times out of five. For one of "
        "{expected} (trying before being told, 53 studies) each arm needs {n} learners."
    ).format(
        smallest=f"{effect.findable(compared.n_asked, compared.n_shown):.2f}",
        expected=EXPECTED,
        n=effect.needed(EXPECTED),
    )
    if compared.p >= 0.05 and abs(g.value) >= 0.1:
        yield translate(
            "If the effect were just as large as seen here, {effect}, each arm would need {n}."
        ).format(effect=f"{abs(g.value):.2f}", n=whole(effect.needed(abs(g.value))))


def two_digits(value: float) -> str:
    """Return a difference with its sign and two decimals.

    Examples
    --------
    >>> two_digits(0.5), two_digits(-1.234)
    ('+0.50', '−1.23')
    """
    return f"{value:+.2f}".replace("-", "−")
