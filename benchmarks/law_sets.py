"""Seeded random law sets in the typed form, each with one property known to hold, or not to.

Over the space of `benchmarks.boxes`, made by `benchmarks.law_drafts`. Each says which proof is asked
of it and which verdict is right; a broken one brings the people who show its fault, and
`LawSet.is_refuted_by` lets the reference evaluator say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.boxes import EVERYONE, GROUNDS, ORDINARY, VOCABULARY, Box, cut, lines
from benchmarks.law_drafts import COMPLIANT, MAKERS, YEAR, Rule, person
from comity.agreement.cases import Case
from comity.agreement.conditions import AllOf, AnyOf, Condition, FactRef, IsOneOf, Not
from comity.agreement.instruments import Force, Instrument, Statement
from comity.agreement.nodes import Bounding, Kind, NodeTarget, Norm, NormException
from comity.agreement.regimes import Regime
from comity.agreement.statements import (
    AgainstInstrument,
    EqualFooting,
    NoConflict,
    NoGap,
    Proof,
    Reachable,
)
from comity.agreement.values import Truth, exactly
from comity.explain.evaluate import Evaluation

SIZES: Mapping[str, tuple[int, ...]] = {
    "no-gap": (20, 100, 500, 1000),
    "conflict": (20, 100, 500, 1000),
    "floor": (20, 100, 500, 1000),
    "equal-footing": (20, 100, 200, 500, 1000),
    "reach10": (20, 100, 200),
}
"""The sizes of the note's table 3.4."""


# ---- rules, written ----
def written(box: Box, writing: str) -> tuple[Condition, ...]:
    """A box in one of several ways that mean the same."""
    plain = lines(box)
    match writing:
        case "strict":
            return lines(box, strict=True)[::-1]
        case "denied" if plain:
            return (Not(AnyOf(tuple(Not(line) for line in plain))),)
        case "halved":
            parts = cut(Random(repr(box.spans)), box)
            return (AnyOf(tuple(AllOf(lines(part)) for part in parts)),)
        case _:
            return plain


def statements(rules: Sequence[Rule], instrument: str) -> Iterator[Statement]:
    """The rules as an instrument states them: guarantees in Article 1, limits in 2, exceptions in 9."""
    for number, rule in enumerate(rules, start=1):
        article = 1 if rule.kind is Kind.GUARANTEE else 2
        when = list(written(rule.box, rule.writing))
        if rule.ground:
            when.append(IsOneOf(FactRef("ground"), (rule.ground,)))
        if rule.excluded and rule.inline:
            when.append(Not(AllOf(lines(rule.excluded))))
        norm = f"{article}.{number}"
        yield Norm(norm, rule.kind, (Bounding(rule.right, rule.level),), tuple(when))
        if rule.excluded and not rule.inline:
            excluded = lines(rule.excluded)
            yield NormException(f"9.{number}", (NodeTarget(instrument, norm),), excluded)


# ---- law sets ----
@dataclass(frozen=True)
class LawSet:
    """A law, what is asked of it, and which verdict is right.

    stated_in: the instrument whose proof it is; proof.refuted: the planted fault breaks it.
    witness: the people who show the fault (two for equal footing, one otherwise; none if it holds).
    boxes: where its rules lie, for people to be drawn near their edges.
    """

    name: str
    norms: int
    seed: int
    regime: Regime
    stated_in: str
    proof: Proof
    witness: tuple[Case, ...]
    boxes: tuple[Box, ...]

    def is_refuted_by(self, people: Sequence[Case]) -> bool:
        """Whether people show that the property does not hold, by the reference evaluator."""
        first = Evaluation(self.regime, people[0])
        guard = self.proof.guard
        if guard is not None and first.truth(guard) is not Truth.TRUE:
            return False
        match self.proof.property:
            case NoGap(rights):
                is_due = first.bounds("shield").lower == VOCABULARY.rights["shield"].top
                return is_due and any(first.bounds(right).lower == 0 for right in rights)
            case NoConflict():
                found = [c for right in VOCABULARY.rights for c in first.conflicts(right)]
                return any(truth is Truth.TRUE for _, _, truth in found)
            case AgainstInstrument(_, floor):
                below = Evaluation(_regime(self.name, self.regime.library, floor), people[0])
                return any(
                    first.bounds(right).lower < below.bounds(right).lower
                    for right in VOCABULARY.rights
                )
            case EqualFooting(rights):
                second = Evaluation(self.regime, people[1])
                return any(first.bounds(right) != second.bounds(right) for right in rights)
            case Reachable() as life:
                return self._fails(life, people[0])
        raise AssertionError(self.proof.property)

    def _fails(self, life: Reachable, newcomer: Case) -> bool:
        """Whether the stay ends before the goal is reached, or it is not reached in time.

        The stay ends where it is no longer guaranteed, or not left open. Looked at once a year: no
        rule changes its mind between.
        """
        for months in range(0, life.months + 1, YEAR):
            later = newcomer.with_facts({ref.path: exactly(months) for ref in life.by})
            then = Evaluation(self.regime, later)
            assert isinstance(life.start.level, int)
            assert isinstance(life.goal.level, int)
            lasts = then.bounds(life.start.right)
            if min(lasts.lower, lasts.upper) < life.start.level:
                return months > 0
            if then.bounds(life.goal.right).lower >= life.goal.level:
                return False
        return True

    def people(self, rng: Random) -> tuple[Case, ...]:
        """Random people of whom the property can be asked, near the edges of some rule."""
        if isinstance(self.proof.property, Reachable):
            near = COMPLIANT.meet(rng.choice(self.boxes)) or COMPLIANT
            return (person(near.point(rng, COMPLIANT.point(rng, ORDINARY))),)
        point = rng.choice(self.boxes).point(rng, EVERYONE.point(rng))
        if isinstance(self.proof.property, EqualFooting):
            one, other = rng.sample(GROUNDS.options, 2)
            return person(point, one), person(point, other)
        return (person(point, rng.choice(GROUNDS.options)),)


def _regime(name: str, library: Mapping[str, Instrument], instrument: str) -> Regime:
    return Regime(name, (library[instrument],), VOCABULARY, library, frozenset(library))


def law_set(name: str, norms: int, seed: int, *, broken: bool = False) -> LawSet:
    """The law set of that property, size and seed; with `broken`, the same with a planted fault.

    Raises EveryFaultIsMasked if the seed leaves no place for a fault that shows.
    """
    draft = MAKERS[name](Random(f"{name} {norms} {seed}"), norms, broken)
    proof = Proof(name.replace("-", " "), draft.property, refuted=broken, guard=draft.guard)
    stated_in = list(draft.rules)[-1]
    library = {
        key: Instrument(
            key,
            f"The {key}",
            Force.BINDING,
            statements=(
                *statements(rules, key),
                *draft.extra,
                *((proof,) if key == stated_in else ()),
            ),
        )
        for key, rules in draft.rules.items()
    }
    boxes = tuple(rule.box for rules in draft.rules.values() for rule in rules)
    regime = _regime(name, library, stated_in)
    return LawSet(name, norms, seed, regime, stated_in, proof, draft.witness, boxes)
