"""Lives: months of residence that follow one another, the counters growing, all else as it is.

A life begins in any case in which the first level is guaranteed. It refutes a promise of
reachability if the goal is not reached in time, or if the stay may end before it is: no longer
guaranteed, or not left open any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from comity.agreement.coding.allowed import Names, Numbers
from comity.agreement.coding.formulas import (
    NEVER,
    SURELY,
    Fact,
    Formula,
    Linear,
    all_of,
    everything_in,
    some_of,
)
from comity.agreement.conditions import FactRef, operands
from comity.agreement.conditions import atoms as atoms_of
from comity.agreement.nodes import Bounding
from comity.agreement.values import Options, Range, Truth, exactly
from comity.agreement.vocabulary import LevelType, Vocabulary
from comity.prove import lexicon
from comity.prove.law import keys_of
from comity.prove.questions import Asker, Question, of_bounding, up_to
from comity.prove.variants import Of, Variant


def reachable(
    asker: Asker, months: int | None, goal: Bounding, start: Bounding, by: Iterable[FactRef]
) -> Question:
    """Somebody has the first level and does not come to the goal.

    months: None for a life as long as the counters make a difference (at most
    `lexicon.LONGEST_LIFE`).
    """
    law = asker.law
    counters = tuple(dict.fromkeys(asker.copies(by)))
    reached = of_bounding(law, goal)
    right = law.vocabulary.rights[start.right]
    holds = of_bounding(law, start)
    lasts = all_of((holds, law.left_open(start.right, law.rank(start.level, right))))
    begins = all_of((holds, asker.guarded, *_ordinary(asker, reached, lasts)))
    length = _horizon((reached, lasts), counters) if months is None else months
    fits = [law.record(c, up_to(_most(asker, c) - length)) for c in counters]
    begins = all_of((begins, *fits))
    moments = (
        _at_thresholds(asker, counters[0], length, (reached, lasts))
        if len(counters) == 1 and not _meets(counters[0], (reached, lasts))
        else _every_month(counters, length)
    )
    fails = some_of(_fails_at(moments, n, reached, lasts) for n in range(len(moments)))
    claim = all_of((begins, fails))
    worlds = law.possible(claim)
    lived = (some_of((m.comes.negated, Of(worlds, m.variant))) for m in moments)
    return Question(
        all_of((worlds, *lived, claim)),
        (law,),
        premise=asker.possible(begins),
        about=f"{length} months",
    )


@dataclass(frozen=True)
class _Moment:
    """A month of a life at which something may be otherwise. comes: the life comes to it in time."""

    variant: Variant
    comes: Formula = SURELY
    is_last: bool = False


def _fails_at(moments: Sequence[_Moment], n: int, reached: Formula, lasts: Formula) -> Formula:
    """At a moment the stay may end, or time is up, and the goal has not been reached by then."""
    moment = moments[n]
    before = (some_of((m.comes.negated, Of(reached.negated, m.variant))) for m in moments[: n + 1])
    ends = SURELY if moment.is_last else Of(lasts.negated, moment.variant)
    return all_of((moment.comes, *before, ends))


def _every_month(counters: tuple[str, ...], length: int) -> list[_Moment]:
    """Where counters meet in sums, or several grow, any month may make a difference."""
    return [
        _Moment(
            Variant(f"month {month}", later=dict.fromkeys(counters, month)),
            is_last=month == length,
        )
        for month in range(length + 1)
    ]


def _at_thresholds(
    asker: Asker, counter: str, length: int, formulas: Iterable[Formula]
) -> list[_Moment]:
    """The first month, each threshold that the counter passes on the way, in order, and the last month.

    Between two thresholds nothing changes, so that a life of ten years has a dozen moments.
    """
    law = asker.law
    moments = [_Moment(Variant("month 0", later={counter: 0}))]
    for cut in sorted(_edges(formulas, {counter})):
        comes = law.record(counter, Numbers(((cut - length, cut - 1),)))
        if comes is not NEVER:
            moments.append(_Moment(Variant(f"at {cut}", at={counter: cut}), comes))
    last = Variant(f"month {length}", later={counter: length})
    return [*moments, _Moment(last, is_last=True)]


def default_bounds(vocabulary: Vocabulary) -> tuple[Bounding, Bounding, tuple[FactRef, ...]]:
    """Of `never stuck` without more: from a temporary to a long-term stay by lawful residence."""
    right = vocabulary.rights[lexicon.STAY]
    assert isinstance(right.type, LevelType)
    scale = right.type.scale
    goal = Bounding(lexicon.STAY, scale.rank("long_term"))
    start = Bounding(lexicon.STAY, scale.rank("temporary"))
    return goal, start, tuple(FactRef(path) for path in lexicon.LIFE)


def _most(asker: Asker, counter: str) -> int:
    domain = asker.law.domain(counter)
    assert isinstance(domain, Numbers)
    return domain.spans[-1][1]


def _horizon(formulas: Iterable[Formula], counters: tuple[str, ...]) -> int:
    """Months after which no counter makes a difference any more."""
    every = tuple(formulas)
    edges = {0, *_edges(every, set(counters))}
    for formula in everything_in(every):
        if isinstance(formula, Linear) and formula.keys & set(counters):
            slowest = min(abs(c) for c in formula.terms.values() if c)
            edges.add(int(abs(formula.constant) / slowest))
    return min(lexicon.LONGEST_LIFE, max(edges) + 1)


def _edges(formulas: Iterable[Formula], counters: set[str]) -> set[int]:
    """The numbers from which on a test of a counter may be otherwise."""
    found: set[int] = set()
    for formula in everything_in(formulas):
        if isinstance(formula, Fact) and formula.key in counters:
            assert isinstance(formula.allowed, Numbers)
            found |= {n for low, high in formula.allowed.spans for n in (low, high + 1)}
    return {n for n in found if 0 < n < 10**6}


def _meets(counter: str, formulas: Iterable[Formula]) -> bool:
    """Whether a counter meets other facts in a sum."""
    every = everything_in(formulas)
    return any(isinstance(f, Linear) and counter in f.terms for f in every)


def _ordinary(asker: Asker, *formulas: Formula) -> Iterator[Formula]:
    """What interrupts an ordinary life is ordinary, save what the proof names."""
    law = asker.law
    named = set(_named(asker))
    for key in sorted(keys_of(formulas)):
        declared = law.vocabulary.fact(key)
        if declared is None or declared.ordinary is None or key in named:
            continue
        if not key.startswith(lexicon.DEVIATIONS):
            continue
        usual = exactly(declared.ordinary)
        if isinstance(usual, Range):
            yield law.record(key, Numbers(((usual.low, usual.low),)))
        elif isinstance(usual, Truth):
            yield law.record(key, Numbers(((usual // 2, usual // 2),)))
        elif isinstance(usual, Options) and usual.names is not None:
            yield law.record(key, Names(usual.names))


def _named(asker: Asker) -> Iterator[str]:
    for atom in () if asker.guard is None else atoms_of(asker.guard):
        for operand in operands(atom):
            if isinstance(operand, FactRef):
                yield operand.path
