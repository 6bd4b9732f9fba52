"""Runs a case that an agreement states, and says of each expectation whether it is met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.agreement.cases import Case, case_of, other_case
from comity.agreement.instruments import Instrument
from comity.agreement.nodes import Kind
from comity.agreement.positions import Bounds
from comity.agreement.regimes import Regime, Unit
from comity.agreement.statements import CaseStatement, Expectation
from comity.agreement.values import Options, Range, Truth
from comity.agreement.vocabulary import Axiom, LevelType
from comity.explain.evaluate import Evaluation
from comity.explain.questions import deciding_facts


@dataclass(frozen=True, slots=True)
class Outcome:
    """An expectation, whether it is met, and what the case gives instead, in words."""

    expectation: Expectation
    met: bool
    gives: str


@dataclass(frozen=True, slots=True)
class CaseRun:
    """A case that was run. impossible: axioms that its facts break."""

    case: CaseStatement
    outcomes: tuple[Outcome, ...]
    impossible: tuple[Axiom, ...] = ()

    @property
    def passed(self) -> bool:
        """Every expectation is met and the case is possible."""
        return not self.impossible and all(outcome.met for outcome in self.outcomes)


def broken_axioms(evaluation: Evaluation) -> tuple[Axiom, ...]:
    """The axioms that a case surely breaks.

    Facts left out are unknown or ordinary, and neither breaks an axiom of itself: only axioms that
    speak of something given can be broken.
    """
    vocabulary = evaluation.regime.vocabulary
    given = evaluation.case.facts
    return tuple(
        axiom
        for axiom, facts in zip(vocabulary.axioms, vocabulary.axiom_facts, strict=True)
        if (facts is None or not facts.isdisjoint(given))
        and evaluation.truth(axiom.condition) is Truth.FALSE
    )


def run_case(
    statement: CaseStatement, instrument: Instrument, regime: Regime, *, on: date
) -> CaseRun:
    """Runs one case under a regime; `on` is the day for cases that name none."""
    case = case_of(statement, instrument, regime.vocabulary, on=on)
    people: dict[str, Evaluation] = {"self": Evaluation(regime, case)}
    if statement.other:
        other = other_case(statement, case, instrument, regime.vocabulary)
        people["other"] = Evaluation(regime, other)
    if case.sponsor is not None:
        people["sponsor"] = Evaluation(regime, case.sponsor)
    impossible = tuple(a for person in people.values() for a in broken_axioms(person))
    outcomes = tuple(_outcome(e, people, case) for e in statement.expectations)
    return CaseRun(statement, outcomes, impossible)


def _outcome(expected: Expectation, people: dict[str, Evaluation], case: Case) -> Outcome:
    person = people[expected.person]
    if expected.right:
        return _of_right(expected, person)
    regime = person.regime
    if expected.kind == "same":
        unsure = [
            r for r in expected.names for who in ("self", "other") if not _is_sure(people[who], r)
        ]
        if unsure:
            return Outcome(expected, False, f"it is unknown whether they part on {unsure[0]}")
        parted = [
            r for r in expected.names if people["self"].bounds(r) != people["other"].bounds(r)
        ]
        return Outcome(
            expected, not parted, f"they part on {', '.join(parted)}" if parted else "same"
        )
    if expected.kind == "no conflict":
        found = [r for r in regime.vocabulary.rights if person.conflicts(r)]
        return Outcome(expected, not found, f"conflict on {', '.join(found)}" if found else "none")
    if expected.kind in ("term", "not term", "unknown term"):
        wanted = {"term": Truth.TRUE, "not term": Truth.FALSE, "unknown term": Truth.UNKNOWN}
        truth = person.term(expected.names[0])
        return Outcome(expected, truth is wanted[expected.kind], truth.name.lower())
    if expected.kind in ("holds", "not holds"):
        truth = person.holds(expected.names[0])
        met = truth is (Truth.TRUE if expected.kind == "holds" else Truth.FALSE)
        return Outcome(expected, met, truth.name.lower())
    if expected.kind == "defeats":
        return _defeats(expected, person)
    if expected.kind == "is":
        return _is(expected, person)
    asked = deciding_facts(regime, case)
    met = expected.names[0] in asked
    return Outcome(expected, met, f"asks {', '.join(asked) or 'nothing'}")


def _is_sure(person: Evaluation, right: str) -> bool:
    bounds = person.bounds(right)
    return bounds.lower == bounds.lower_possible and bounds.upper == bounds.upper_possible


def _of_right(expected: Expectation, person: Evaluation) -> Outcome:
    right = person.regime.vocabulary.rights[expected.right]
    bounds = person.bounds(expected.right)
    gives = describe(bounds, expected.right, person.regime)
    match expected.kind:
        case "at least":
            met = bounds.lower >= expected.rank
            if met and expected.by:
                met = any(
                    unit.node == expected.by
                    and person.effective(unit) is Truth.TRUE
                    and person.level(unit.level, right).low >= expected.rank
                    for unit in person.units(expected.right)
                )
                gives += "" if met else f", by {', '.join(_makers(person, expected.right))}"
        case "at most":
            met = bounds.upper_possible <= expected.rank
            if met and expected.by:
                met = any(
                    unit.node == expected.by and person.effective(unit) is Truth.TRUE
                    for unit in person.units(expected.right)
                    if unit.kind is Kind.LIMIT
                )
        case "not at least":
            met = bounds.lower_possible < expected.rank
        case "possible":
            met = bounds.lower < expected.rank <= bounds.lower_possible
        case "can be":
            met = bounds.upper_possible >= expected.rank
        case "cannot be":
            met = bounds.upper_possible < expected.rank
        case "bottom":
            met = bounds.lower_possible == 0
        case _:
            pairs = person.conflicts(expected.right)
            met = any(both is Truth.TRUE for _guarantee, _limit, both in pairs)
            gives = "a conflict" if pairs else "no conflict"
    return Outcome(expected, met, gives)


def _makers(person: Evaluation, right: str) -> list[str]:
    return [
        unit.node
        for unit in person.units(right)
        if unit.kind is Kind.GUARANTEE and person.effective(unit) is Truth.TRUE
    ]


def describe(bounds: Bounds, right: str, regime: Regime) -> str:
    """`stay at least temporary, perhaps protected; at most citizen`."""
    found = regime.vocabulary.rights[right]
    words = f"{right} at least {found.name_of(bounds.lower)}"
    if bounds.lower_possible != bounds.lower:
        words += f", perhaps {found.name_of(bounds.lower_possible)}"
    words += f"; open up to {found.name_of(bounds.upper)}"
    if bounds.upper_possible != bounds.upper:
        words += f", perhaps {found.name_of(bounds.upper_possible)}"
    return words


def _defeats(expected: Expectation, person: Evaluation) -> Outcome:
    winner_key, loser_key = expected.names

    def units(key: str) -> list[Unit]:
        return [
            u for r in person.regime.vocabulary.rights for u in person.units(r) if u.node == key
        ]

    met = any(
        winner.right == loser.right
        and winner.kind is not loser.kind
        and person.defeats(winner, loser) is Truth.TRUE
        and person.effective(winner) is Truth.TRUE
        for winner in units(winner_key)
        for loser in units(loser_key)
    )
    return Outcome(expected, met, "it does" if met else "it does not")


def _is(expected: Expectation, person: Evaluation) -> Outcome:
    key, place = expected.names
    found = person.definition(key, place)
    if isinstance(found, Options):
        return Outcome(
            expected,
            found.names == frozenset({expected.value}),
            " or ".join(sorted(found.names)) if found.names is not None else "unknown",
        )
    assert isinstance(found, Range)
    definition = person.regime.definition(key, person.on)
    gives = getattr(definition, "gives", "")
    scale = LevelType(person.regime.vocabulary.scales[gives]).scale
    low, high = scale.levels[found.low], scale.levels[found.high]
    word = low if low == high else f"{low} to {high}"
    return Outcome(expected, word == expected.value, word)
