"""Does a proof notice that a norm which it needs was changed? Every proved property of the Convention.

Run: `python -m benchmarks.mutation [REGIME] [--short] [--write]`. Takes hours; `--short` minutes.

Of each norm that the minimal core of a proof names, mutants are made (`tests.prove.mutants`): dropped,
weakened, negated. The property is asked of each; one that survives is sorted by the solver
(`tests.prove.survivors` says how). The *score* is the share refuted of all but the equivalent, the covered
and those that the property by its own meaning cannot notice. A survivor that is excused since the norm
does as before for all of whom the property speaks (*elsewhere*) counts as noticed only if another property
is refuted of the same mutant.

Beside it, norm by norm and not proof by proof: which mutants no property at all refutes and who then has
less; which norms no proof needs; and whether each number of months or days in a condition, moved by one
unit against the person, is noticed by some property.

`--write` puts the page into `MUTATION.md`. Exit 1 if the score is below its aim.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarks.harness import machine
from comity.agreement.statements import AgainstInstrument, NeverStuck, Reachable
from comity.api.proving import tasks
from comity.api.regimes import read_regime
from comity.prove.verdicts import Verdict
from tests.prove.mutants import How, Mutant, dropped
from tests.prove.survivors import Bench, Changed, Duty, Fate, Trial

PAGE = Path(__file__).with_name("MUTATION.md")
DAY = date(2026, 11, 24)
AIM = 0.95
COUNTED = (Fate.REFUTED, Fate.LEFT, Fate.UNKNOWN)

GROUPS: Mapping[Fate, str] = {
    Fate.LEFT: "Left: a property too weak to notice, or a mutant that keeps the duty",
    Fate.UNKNOWN: "Unknown: the solver gave up",
    Fate.ELSEWHERE: "Elsewhere: the norm does as before for all of whom the property speaks",
    Fate.COVERED: "Covered: other norms, named, do what the mutated one did",
    Fate.EQUIVALENT: "Equivalent: all that the property hangs on is the same for everybody",
    Fate.EMPTY: "Empty: nobody is left of whom the property speaks, and the proof says so",
    Fate.TOGETHER: "Together: whoever lost what is promised is no longer one of whom the property speaks",
    Fate.ABOVE: "Above: a level was lowered, and nobody falls below the one promised",
    Fate.NO_LESS: "No less: nobody has less of what is promised, at any level",
    Fate.SETTLED: "Settled: a clause decides each crossing, whatever the levels and whomever it concerns",
    Fate.ALIKE: "Alike: the two who are compared lose alike, or not against the direction",
}


@dataclass
class Run:
    """What was found. unneeded: norms that no proof needs, with the rights of which they are part.

    moved, unnoticed: mutants with the property that refutes them, "" for none, and the rights of which
    somebody then has less.
    """

    duties: tuple[Duty, ...]
    trials: list[Trial] = field(default_factory=list)
    moved: list[tuple[Mutant, str, tuple[str, ...]]] = field(default_factory=list)
    unnoticed: list[tuple[Mutant, tuple[str, ...]]] = field(default_factory=list)
    unneeded: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    seconds: float = 0.0
    is_short: bool = False

    @property
    def refuters(self) -> dict[str, str]:
        """Of each mutant that some property does not survive, the first such property."""
        found: dict[str, str] = {}
        for trial in self.trials:
            if trial.fate is Fate.REFUTED:
                found.setdefault(str(trial.mutant), trial.duty)
        return found


def counts(trial: Trial, refuters: Mapping[str, str]) -> bool:
    """A trial counts in the score: it is not excused."""
    return trial.fate in COUNTED or (
        trial.fate is Fate.ELSEWHERE and str(trial.mutant) not in refuters
    )


def score(run: Run) -> tuple[int, int]:
    """How many were refuted, and of how many."""
    refuters = run.refuters
    counted = [trial for trial in run.trials if counts(trial, refuters)]
    return sum(trial.fate is Fate.REFUTED for trial in counted), len(counted)


# ---- running ----
SLOW = (AgainstInstrument, NeverStuck, Reachable)
"""Properties that compare with another text or follow a life: ten times as slow to ask."""


def run_of(words: str, day: date, *, is_short: bool = False) -> Run:
    """All that this page tells of a regime's last text.

    is_short: without slow properties, without numbers that move by one, and without the norms that no
    proof needs.
    """
    began = time.perf_counter()
    read = read_regime(words)
    own = read.regime.instruments[-1].id
    every = [task for task in tasks(read) if task.owner is not None and task.owner.id == own]
    with Bench(every, day) as bench:
        kept = tuple(bench.duties())
        if is_short:
            kept = tuple(d for d in kept if not isinstance(d.task.proof.property, SLOW))
        run = Run(kept, is_short=is_short)
        pairs = bench.pairs(run.duties)
        if is_short:
            pairs = [(mutant, of) for mutant, of in pairs if mutant.how is not How.MOVED]
        for done, (mutant, duties) in enumerate(pairs):
            _say(f"{done + 1}/{len(pairs)} {mutant}")
            if mutant.how is How.MOVED:
                run.moved.append(_moved(bench, mutant, duties))
            else:
                run.trials += bench.trials(mutant, duties)
        _add_unnoticed(run, bench, [m for m, _ in pairs if m.how is not How.MOVED])
        if not is_short:
            _add_unneeded(run, bench, own)
    run.seconds = time.perf_counter() - began
    return run


def _moved(
    bench: Bench, mutant: Mutant, duties: Iterable[Duty]
) -> tuple[Mutant, str, tuple[str, ...]]:
    changed = Changed(bench, mutant)
    refuted = (duty.label for duty in duties if changed.verdict(duty) is Verdict.REFUTED)
    first = next(refuted, "")
    return mutant, first, () if first else changed.losses()


def _add_unnoticed(run: Run, bench: Bench, mutants: Iterable[Mutant]) -> None:
    refuters = run.refuters
    for mutant in mutants:
        if str(mutant) not in refuters:
            _say(f"who loses by {mutant}")
            run.unnoticed.append((mutant, Changed(bench, mutant).losses()))


def _add_unneeded(run: Run, bench: Bench, own: str) -> None:
    needed = {key for duty in run.duties for key in duty.needs}
    for key in bench.tasks[0].regime.nodes:
        if key.startswith(f"{own}/") and key not in needed:
            _say(f"who loses without {key}")
            run.unneeded.append((key, Changed(bench, dropped(key)).losses()))


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


# ---- the page ----
def page_of(run: Run, words: str, on: date) -> str:
    """What was found, as Markdown."""
    refuted, counted = score(run)
    verdict = "met" if refuted >= AIM * counted else "NOT met"
    lines = [
        "# The last mutation test",
        "",
        "Written by `python -m benchmarks.mutation --write`; not edited by hand. What each word means is "
        "said in `tests/prove/survivors.py`, what each mutant is in `tests/prove/mutants.py`.",
        "",
        f"{on.isoformat()}, `{words}`: {len(run.duties)} proofs that need norms, "
        f"{len({str(t.mutant) for t in run.trials})} mutants, {len(run.trials)} trials (a mutant with a "
        f"proof that needs its norm), {run.seconds:.0f} s. {machine()}; z3 {version('z3-solver')}.",
        "",
        f"Aim: at least {AIM:.0%} refuted of those that count. {refuted} of {counted}, "
        f"{refuted / max(counted, 1):.1%}: **{verdict}**.",
        "",
        *(
            [
                "A short run: without the properties that compare with another text or follow a life, "
                "which take ten times as long, without numbers moved by one unit, and without the norms "
                "that no proof needs.",
                "",
            ]
            if run.is_short
            else []
        ),
        *_table(run),
        "",
        *_norm_by_norm(run),
        "",
        "## Every survivor",
    ]
    for fate, title in GROUPS.items():
        lines += ["", f"### {title}", "", *_group(run, fate)]
    return "\n".join(lines) + "\n"


def _table(run: Run) -> Iterator[str]:
    found = Counter((trial.fate, trial.mutant.how) for trial in run.trials)
    hows = (How.DROPPED, How.WEAKENED, How.NEGATED)
    yield f"| fate | {' | '.join(hows)} | all |"
    yield "|---|---|---|---|---|"
    for fate in (Fate.REFUTED, *GROUPS):
        row = [found[fate, how] for how in hows]
        yield f"| {fate} | {' | '.join(map(str, row))} | {sum(row)} |"


def _norm_by_norm(run: Run) -> Iterator[str]:
    every = {str(trial.mutant) for trial in run.trials}
    yield "## Norm by norm"
    yield ""
    yield f"{len(run.refuters)} of {len(every)} mutants are refuted by at least one property."
    yield ""
    yield "### Refuted by none, and somebody has less"
    yield ""
    losing = [(str(mutant), rights) for mutant, rights in run.unnoticed if rights]
    yield from _lines(f"{_code(name)}: {', '.join(rights)}" for name, rights in losing)
    yield ""
    yield "### Refuted by none, and nobody has less of anything"
    yield ""
    yield from _by_norm(mutant for mutant, rights in run.unnoticed if not rights)
    if run.is_short:
        return
    yield ""
    yield "### Norms that no proof needs, with the rights of which somebody has less without them"
    yield ""
    yield from _lines(f"`{key}`: {', '.join(rights) or 'none'}" for key, rights in run.unneeded)
    yield ""
    yield "### Numbers of months or days moved by one unit against the person"
    yield ""
    noticed = sum(bool(by) for _, by, _ in run.moved)
    yield f"{noticed} of {len(run.moved)} are refuted by some property. The others:"
    yield ""
    yield from _lines(
        f"{_code(str(mutant))}: {', '.join(rights) or 'nobody has less'}"
        for mutant, by, rights in run.moved
        if not by
    )


def _group(run: Run, fate: Fate) -> Iterator[str]:
    """The survivors of a group, by property."""
    found: dict[str, list[Trial]] = defaultdict(list)
    for trial in run.trials:
        if trial.fate is fate:
            found[trial.duty].append(trial)
    refuters = run.refuters
    yield from _lines(
        f"**{duty}**: {'; '.join(_told(fate, several, refuters))}"
        for duty, several in found.items()
    )


def _told(fate: Fate, trials: Sequence[Trial], refuters: Mapping[str, str]) -> Iterator[str]:
    """The mutants of one property, those of one norm together."""
    found: dict[tuple[str, str], list[Mutant]] = defaultdict(list)
    for trial in trials:
        after = f" (by {', '.join(trial.by)})" if trial.by else ""
        if fate is Fate.ELSEWHERE:
            other = refuters.get(str(trial.mutant))
            after = f" (refutes `{other}`)" if other else " (**refutes nothing**)"
        found[trial.mutant.node, after].append(trial.mutant)
    for (node, after), mutants in found.items():
        yield f"`{node}` {', '.join(map(_what, mutants))}{after}"


def _by_norm(mutants: Iterable[Mutant]) -> Iterator[str]:
    found: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in mutants:
        found[mutant.node].append(mutant)
    yield from _lines(
        f"`{node}`: {', '.join(map(_what, several))}" for node, several in found.items()
    )


def _what(mutant: Mutant) -> str:
    return f"{mutant.how} ({mutant.told})" if mutant.told else str(mutant.how)


def _code(name: str) -> str:
    node, _, rest = name.partition(" ")
    return f"`{node}` {rest}"


def _lines(several: Iterable[str]) -> Iterator[str]:
    """A list; `None.` where it has nothing."""
    is_empty = True
    for one in several:
        is_empty = False
        yield f"- {one}"
    if is_empty:
        yield "None."


def main() -> int:
    """Run, print the score or write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Plain)
    parser.add_argument("regime", nargs="?", default="imfc")
    parser.add_argument("--write", action="store_true", help=f"into {PAGE.name}")
    parser.add_argument("--short", action="store_true", help="without what takes hours")
    asked = parser.parse_args()
    run = run_of(asked.regime, DAY, is_short=asked.short)
    page = page_of(run, asked.regime, date.today())
    if asked.write:
        PAGE.write_text(page, encoding="utf-8")
    else:
        print(page, end="")
    refuted, counted = score(run)
    return 0 if refuted >= AIM * counted else 1


class _Plain(argparse.RawDescriptionHelpFormatter):
    pass


if __name__ == "__main__":
    sys.exit(main())
