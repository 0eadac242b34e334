"""The report of a study in tables and sentences, and the command that prints it."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from core.command import Parser, text_of_answers
from core.learning import concepts, effect
from core.learning.analysis import compare, conclusions, groups_of
from core.learning.answer_csv import read
from core.learning.answers import Answers
from core.learning.effect import Estimate
from core.learning.study import HURRIED, Study, item_gains, normalised_gain, scores, study
from core.messages import InputError


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the files, print the report; return the exit code."""
    parser = Parser(prog="python -m core.learning.analyse", description=__doc__)
    parser.add_argument("files", nargs="+", help="CSVs with a row a learner, or lists of codes")
    rows: list[Answers] = []
    for name in parser.parse_args(arguments).files:
        try:
            rows += read(text_of_answers(Path(name)))
        except InputError as error:
            print(f"{name}: {error}", file=sys.stderr)
            return 2
    print("\n".join(report(study(rows))))
    return 0


def report(found: Study) -> Iterator[str]:
    """Tell what was found, line by line."""
    yield from _who(found)
    if not found.learners:
        return
    groups = groups_of(found)
    yield ""
    yield f"Right answers of {len(concepts.items())}, on average"
    columns = f"{'before':>9}{'after':>9}{'gain':>9}  {'95 % interval':16}{'normalised':>11}"
    yield f"{'':22}{'n':>4}{columns}"
    for name, learners in groups.items():
        yield _gain(name, learners)
    if len(groups) > 1:
        yield _gain("all", found.learners)
    yield ""
    yield from _items(found.learners, groups)
    yield ""
    yield from _difference(found)


def _who(found: Study) -> Iterator[str]:
    finished = _n(len(found.learners), "learner")
    yield f"{_n(found.n_rows, 'row')}, {finished} with both halves finished."
    if found.n_repeated:
        yield f"Left out: {_n(found.n_repeated, 'row')} of a learner who is there already."
    for half, n in found.n_unfinished.items():
        yield f"Left out: {_n(n, 'learner')} who did not finish the half {half}."
    if found.n_hurried:
        yield (
            f"Kept, but look at them: {_n(found.n_hurried, 'learner')} who took less than "
            f"{HURRIED} seconds for a half."
        )


def _n(n: int, word: str) -> str:
    return f"{n} {word}" if n == 1 else f"{n} {word}s"


def _gain(name: str, learners: Sequence[Answers]) -> str:
    before, after = (scores(learners, half) for half in concepts.HALVES)
    gain = effect.mean(after - before)
    share = normalised_gain(before.mean(), after.mean(), len(concepts.items()))
    return (
        f"{name:22}{len(learners):4}{before.mean():9.2f}{after.mean():9.2f}"
        f"{(after - before).mean():+9.2f}  {_interval(gain) if gain else 'of one: none':16}"
        f"{'-' if share is None else format(share, '.2f'):>11}"
    )


def _interval(estimate: Estimate) -> str:
    return f"{estimate.low:+.2f} to {estimate.high:+.2f}"


def _items(learners: Sequence[Answers], groups: Mapping[str, Sequence[Answers]]) -> Iterator[str]:
    """Tell each item's answers of all, what each group gained, and what is still believed."""
    of_groups = [item_gains(group) for group in groups.values()] if len(groups) > 1 else []
    names = "".join(f"{f'gain {name}':>20}" for name in groups) if of_groups else ""
    yield f"{'Right, of all':16}{'before':>8}{'after':>8}{'gain':>8}{names}  most believed after"
    for i, (item, gain) in enumerate(zip(concepts.items(), item_gains(learners), strict=True)):
        shares = f"{gain.right_before:8.0%}{gain.right_after:8.0%}{gain.gain:+8.0%}"
        each = "".join(f"{gains[i].gain:+20.0%}" for gains in of_groups)
        believed = f"{gain.believed} ({gain.n_believed})" if gain.n_believed else "-"
        yield f"{item.id:16}{shares}{each}  {believed}"


def _difference(found: Study) -> Iterator[str]:
    compared = compare(found)
    if compared is not None:
        g, gain, ahead = compared.g, compared.gain, compared.ahead
        yield f"The experiment: asked (n = {compared.n_asked}) less shown (n = {compared.n_shown})"
        yield f"  gain               {gain:+.2f} right answers"
        yield f"  Hedges' g          {g.value:+.2f}, 95 % interval {_interval(g)} (noncentral t)"
        yield f"  p                  {compared.p:.4f} (9,999 permutations within classes)"
        if ahead:
            of_ahead = f"{ahead.value:+.2f} right answers, 95 % interval {_interval(ahead)}"
            yield f"  at equal scores    {of_ahead}"
            yield "  before             (analysis of covariance; a term for each class)"
        yield ""
    yield from conclusions(found, compared)
