"""A person's position with its reasons: what `explain` answers.

Everything that an answer rests on is in it: the norms that made a bound with the truth of each of
their lines, those that were defeated and by what, powers, doubts of the encoder, readings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from comity.agreement.cases import Case
from comity.agreement.conditions import Condition
from comity.agreement.instruments import Coverage, article_of
from comity.agreement.nodes import Kind, Norm, Power, Standstill
from comity.agreement.positions import Bounds
from comity.agreement.regimes import Regime, Unit
from comity.agreement.values import Truth
from comity.agreement.vocabulary import Axiom, Right
from comity.explain.evaluate import Evaluation
from comity.explain.expectations import broken_axioms
from comity.explain.partings import Parting, own_questions, partings
from comity.explain.questions import Question, questions
from comity.explain.why_not import WhyNot, next_levels


@dataclass(frozen=True, slots=True)
class Line:
    """One `when` line of a norm, and whether it holds."""

    condition: Condition
    truth: Truth


@dataclass(frozen=True, slots=True)
class Exceptor:
    """An exception or power that targets a norm, and whether it holds."""

    node: str
    truth: Truth
    is_power: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """A norm that makes, or may make, a bound of a right.

    level: rank in the person's favour (the lowest it may have). certain: it is surely effective.
    defeated_by: the norms that prevail over it, where it is defeated or may be.
    """

    node: str
    instrument: str
    article: str
    heading: str
    title: str
    kind: Kind
    right: str
    level: int
    level_possible: int
    truth: Truth
    lines: tuple[Line, ...]
    exceptors: tuple[Exceptor, ...]
    doubt: str = ""
    defeated_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Granting:
    """What the host may grant, or a soft or informal rule that speaks of the case: bounds nothing."""

    node: str
    heading: str
    title: str
    truth: Truth
    why: str
    rights: tuple[tuple[str, int], ...] = ()

    @property
    def is_pressure(self) -> bool:
        """A rule that binds nobody, and not a power of the host."""
        return self.why != "may grant"


@dataclass(frozen=True, slots=True)
class RightAnswer:
    """The position of one right.

    comparator_alone: the answer says only with whom one is compared; no absolute level is
    guaranteed behind it.
    """

    right: Right
    bounds: Bounds
    reasons: tuple[Reason, ...]
    defeated: tuple[Reason, ...]
    comparator_alone: bool
    why_not: tuple[WhyNot, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether any norm speaks, or may speak, of the right in this case."""
        return bool(self.reasons or self.defeated)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A guarantee and a limit that cross, with nothing to settle it."""

    right: str
    guarantee: str
    limit: str
    truth: Truth


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer for one case under one regime on one day."""

    regime: Regime
    case: Case
    on: date
    rights: tuple[RightAnswer, ...]
    conflicts: tuple[Conflict, ...]
    grants: tuple[Granting, ...]
    questions: tuple[Question, ...]
    partings: tuple[Parting, ...]
    coverage: tuple[tuple[str, Coverage], ...]
    readings: tuple[tuple[str, str], ...]
    impossible: tuple[Axiom, ...]
    bound_by: tuple[tuple[str, Truth], ...]

    def right(self, name: str) -> RightAnswer:
        """The answer for one right."""
        return next(answer for answer in self.rights if answer.right.name == name)


def explain(
    regime: Regime, case: Case, *, why_not: bool = True, ask: bool = True, part: bool = True
) -> Answer:
    """A person's position under a regime, with reasons.

    why_not, ask, part: also say what stands in the way of better levels, which unknown facts
    decide, and where readings part (each costs further evaluations).
    """
    evaluation = Evaluation(regime, case)
    blocked: dict[str, list[WhyNot]] = {}
    if why_not:
        for found in next_levels(evaluation):
            blocked.setdefault(found.right, []).append(found)
    rights = tuple(
        _right(evaluation, right, tuple(blocked.get(right.name, ())))
        for right in regime.vocabulary.rights.values()
    )
    bound = tuple((i.id, evaluation.bound(f"{i.id}/")) for i in regime.instruments)
    # Of a text that does not bind this host nothing in the answer hangs on coverage or readings.
    touching = {name for name, truth in bound if truth is not Truth.FALSE}
    return Answer(
        regime,
        case,
        case.on,
        rights,
        tuple(
            Conflict(name, guarantee.node, limit.node, both)
            for name in regime.vocabulary.rights
            for guarantee, limit, both in evaluation.conflicts(name)
        ),
        tuple(_grants(evaluation)),
        questions(regime, case) if ask else (),
        tuple(partings(evaluation)) if part else (),
        tuple((i.title, i.coverage) for i in regime.instruments if i.id in touching),
        tuple(
            (key, regime.reading_of(key, case.on))
            for key in own_questions(regime)
            if key.partition("/")[0] in touching
        ),
        broken_axioms(evaluation),
        bound,
    )


def _right(evaluation: Evaluation, right: Right, why_not: tuple[WhyNot, ...]) -> RightAnswer:
    reasons, defeated = [], []
    for unit in evaluation.units(right.name):
        holds = evaluation.holds(unit.node)
        if holds is Truth.FALSE:
            continue
        effective = evaluation.effective(unit)
        if _bounds_nothing(evaluation, unit, right):
            continue
        if effective is Truth.FALSE:
            beaten = _beaten_by(evaluation, unit)
            if beaten:
                defeated.append(_reason(evaluation, unit, effective, beaten))
        else:
            beaten = _beaten_by(evaluation, unit)
            reasons.append(_reason(evaluation, unit, effective, beaten))
    bounds = evaluation.bounds(right.name)
    return RightAnswer(
        right,
        bounds,
        _strongest_first(reasons),
        tuple(defeated),
        _rests_on_comparator(evaluation, right, bounds),
        why_not,
    )


def _bounds_nothing(evaluation: Evaluation, unit: Unit, right: Right) -> bool:
    """A guarantee at the level of a fact that is the bottom, or such a limit at the top."""
    level = evaluation.level(unit.level, right)
    return level.high == 0 if unit.kind is Kind.GUARANTEE else level.low == right.top


def _strongest_first(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Guarantees from the highest down, then limits from the lowest up; certain before possible."""

    def order(reason: Reason) -> tuple[int, int, int]:
        if reason.kind is Kind.GUARANTEE:
            return (0, -reason.truth, -reason.level)
        return (1, -reason.truth, reason.level)

    return tuple(sorted(reasons, key=order))


def _beaten_by(evaluation: Evaluation, unit: Unit) -> tuple[str, ...]:
    return tuple(
        other.node
        for other in evaluation.units(unit.right)
        if other.kind is not unit.kind
        and evaluation.defeats(other, unit) is not Truth.FALSE
        and evaluation.effective(other) is not Truth.FALSE
    )


def _reason(
    evaluation: Evaluation, unit: Unit, truth: Truth, defeated_by: tuple[str, ...]
) -> Reason:
    node = evaluation.regime.node(unit.node, evaluation.on)
    assert isinstance(node, (Norm, Standstill))
    instrument = evaluation.regime.instrument_of(unit.node)
    article = article_of(node.id)
    found = instrument.article(article)
    level = evaluation.level(unit.level, evaluation.regime.vocabulary.rights[unit.right])
    return Reason(
        unit.node,
        instrument.id,
        article,
        found.heading if found else article,
        node.frame.title,
        unit.kind,
        unit.right,
        level.low,
        level.high,
        truth,
        tuple(Line(line, evaluation.truth(line)) for line in node.when),
        _exceptors(evaluation, unit.node),
        node.frame.doubt,
        defeated_by,
    )


def _exceptors(evaluation: Evaluation, key: str) -> tuple[Exceptor, ...]:
    regime = evaluation.regime
    return tuple(
        Exceptor(
            other, evaluation.holds(other), isinstance(regime.node(other, evaluation.on), Power)
        )
        for other in regime.exceptions_on(key, evaluation.on)
    )


def _rests_on_comparator(evaluation: Evaluation, right: Right, bounds: Bounds) -> bool:
    if not bounds.lower:
        return False
    if right.absolute:
        return evaluation.bounds(right.absolute).lower == 0
    return getattr(getattr(right.type, "scale", None), "name", "") == "comparator"


def _grants(evaluation: Evaluation) -> list[Granting]:
    found = []
    for instrument in evaluation.regime.instruments:
        for node in instrument.holdings:
            key = instrument.key(node.id)
            if evaluation.regime.node(key, evaluation.on) is not node:
                continue
            article = instrument.article(article_of(node.id))
            heading = article.heading if article else article_of(node.id)
            if isinstance(node, Power) and node.grants is not None:
                # INVARIANT: a power to grant bounds nothing, exercised or not
                truth = min(evaluation.bound(key), *map(evaluation.truth, node.when), Truth.TRUE)
                level = node.grants.level if isinstance(node.grants.level, int) else 0
                rights: tuple[tuple[str, int], ...] = ((node.grants.right, level),)
                why = "may grant"
            elif isinstance(node, Norm) and (node.soft or not instrument.force.binds):
                truth = evaluation.holds(key)
                why = "soft" if node.soft else instrument.force.value
                rights = tuple(
                    (b.right, b.level) for b in node.boundings if isinstance(b.level, int)
                )
            else:
                continue
            if truth is not Truth.FALSE:
                found.append(Granting(key, heading, node.frame.title, truth, why, rights))
    return found
