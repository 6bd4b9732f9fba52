"""What is known of a case, whether a condition holds in it, what a definition gives.

The first third of the reference evaluator: facts, conditions, terms, tables and choices.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from fractions import Fraction

from comity.agreement.cases import Case
from comity.agreement.conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Constant,
    Declared,
    DefinitionRef,
    EveryPlace,
    FactHolds,
    FactRef,
    Guaranteed,
    Includes,
    InGroup,
    IsEmpty,
    IsOneOf,
    Lapse,
    LeftOpen,
    Meets,
    NodeHolds,
    Not,
    Operand,
    ParameterRef,
    SomePlace,
    Sum,
    TermHolds,
)
from comity.agreement.latitude import as_varied
from comity.agreement.nodes import Choice, Table, Term
from comity.agreement.positions import Bounds
from comity.agreement.regimes import Regime
from comity.agreement.values import (
    Members,
    Options,
    Possible,
    Range,
    Truth,
    conjunction,
    disjunction,
    exactly,
)
from comity.explain.kleene import among, between, contains, is_empty, join, meets, same, truth_of


class Conditions(ABC):
    """One case under one regime, as far as its facts and definitions go."""

    def __init__(self, regime: Regime, case: Case, on: date) -> None:
        self.regime = as_varied(regime, case)
        self.case = case
        self.on = on
        self._facts: dict[str, Possible] = {}
        self._terms: dict[tuple[str, str], Truth] = {}

    @abstractmethod
    def holds(self, key: str) -> Truth:
        """Whether a rule, exception, power, extension or standstill holds."""

    @abstractmethod
    def lapsed(self, key: str) -> Truth:
        """Whether a guarantee holds and its clock has passed its bound."""

    @abstractmethod
    def declared(self, instrument: str, name: str) -> Truth:
        """Whether the host has made a declaration."""

    @abstractmethod
    def unexcepted(self, key: str) -> Truth:
        """Whether no exception to a node or definition holds."""

    @abstractmethod
    def bounds(self, right: str) -> Bounds:
        """The position of a right; conditions of proofs speak of positions, those of rules do not."""

    @abstractmethod
    def of_sponsor(self, right: str) -> Bounds | None:
        """The sponsor's own position, worked out first; None without a sponsor's record."""

    # ---- facts ----
    def fact(self, path: str) -> Possible:
        """What is known of a fact of the case, by its concrete path."""
        if path not in self._facts:
            self._facts[path] = self._fact(path)
        return self._facts[path]

    def _fact(self, path: str) -> Possible:
        declared = self.regime.vocabulary.fact(path)
        if declared is not None and declared.position_of and path not in self.case.facts:
            return self._from_sponsor(declared.position_of, path)
        place, _, rest = path.partition(".")
        if place == "destination" and path != "destination.is_origin" and rest:
            return self._of_destination(path, rest)
        return self.case.known(path, self.regime.vocabulary)

    def _of_destination(self, path: str, rest: str) -> Possible:
        """Where the destination is the origin, what is true of the one is true of the other."""
        same = self.fact("destination.is_origin")
        if same is Truth.TRUE:
            return self.case.known(f"origin1.{rest}", self.regime.vocabulary)
        own = self.case.known(path, self.regime.vocabulary)
        if same is Truth.FALSE:
            return own
        return join(own, self.case.known(f"origin1.{rest}", self.regime.vocabulary))

    def _from_sponsor(self, right: str, path: str) -> Possible:
        """A fact that is the sponsor's position: its certain to its possible lower bound."""
        bounds = self.of_sponsor(right)
        if bounds is None:
            return self.case.known(path, self.regime.vocabulary)
        found = self.regime.vocabulary.rights[right]
        amounts = [found.amount(rank) for rank in (bounds.lower, bounds.lower_possible)]
        return Range(min(amounts), max(amounts))

    # ---- conditions ----
    def truth(self, condition: Condition, place: str = "") -> Truth:
        """Whether a condition holds; `place` is the place that `place.` stands for."""
        match condition:
            case Not(inner):
                return self.truth(inner, place).negated()
            case AllOf(several):
                return conjunction(self.truth(one, place) for one in several)
            case AnyOf(several):
                return disjunction(self.truth(one, place) for one in several)
            case EveryPlace(kind, inner):
                return conjunction(
                    disjunction((exists.negated(), self.truth(inner, instance)))
                    for instance, exists in self._places(kind)
                )
            case SomePlace(kind, inner):
                return disjunction(
                    conjunction((exists, self.truth(inner, instance)))
                    for instance, exists in self._places(kind)
                )
            case Comparison(left, relation, right):
                return self._compare(left, relation, right, place)
            case IsOneOf(subject, values):
                return self._is_one_of(self.operand(subject, place), values)
            case InGroup(subject, group, instrument):
                options = self.operand(subject, place)
                assert isinstance(options, Options)
                return among(options, self._group(group, instrument))
            case Meets(subject, group, instrument):
                return meets(self._members(subject, place), self._group(group, instrument))
            case Includes(subject, country):
                return self._includes(self._members(subject, place), country)
            case IsEmpty(subject):
                return is_empty(self._members(subject, place))
            case FactHolds(fact):
                held = self.operand(fact, place)
                assert isinstance(held, Truth)
                return held
            case TermHolds(instrument, name, at):
                return self.term(f"{instrument}/{name}", place if at == "place" else at)
            case NodeHolds(node):
                return self.holds(node)
            case Lapse(node):
                return self.lapsed(node)
            case Declared(instrument, name):
                return self.declared(instrument, name)
            case Guaranteed(right, rank):
                bounds = self.bounds(right)
                return between(bounds.lower, bounds.lower_possible, rank)
            case LeftOpen(right, rank):
                bounds = self.bounds(right)
                return between(bounds.upper, bounds.upper_possible, rank)

    def _places(self, kind: str) -> list[tuple[str, Truth]]:
        """The places of a kind and whether the case has them. `destination` includes onward."""
        if kind == "destination":
            onward = self.fact("onward.exists")
            assert isinstance(onward, Truth)
            return [("destination", Truth.TRUE), ("onward", onward)]
        places = []
        for number, instance in enumerate(self.regime.vocabulary.places[kind].instances):
            is_open = number or f"{instance}.exists" in self.regime.vocabulary.facts
            exists = self.fact(f"{instance}.exists") if is_open else Truth.TRUE
            assert isinstance(exists, Truth)
            places.append((instance, exists))
        return places

    def operand(self, operand: Operand, place: str) -> Possible:
        """The possible values of a fact, parameter, table, choice or constant."""
        match operand:
            case FactRef(path):
                if path.startswith("place."):
                    return self.fact(place + path.removeprefix("place"))
                return self.fact(path)
            case ParameterRef(instrument, name):
                return exactly(self.regime.parameter(instrument, name, self.on))
            case Constant(value):
                return exactly(value)
            case DefinitionRef(instrument, name, at):
                return self.definition(f"{instrument}/{name}", place if at == "place" else at)

    def _compare(self, left: Sum, relation: str, right: Sum, place: str) -> Truth:
        low, high = self._difference(left, right, place)
        match relation:
            case "at least":
                return truth_of(low >= 0, high >= 0)
            case "more than":
                return truth_of(low > 0, high > 0)
            case "at most":
                return truth_of(high <= 0, low <= 0)
            case _:
                return truth_of(high < 0, low < 0)

    def _difference(
        self, left: Sum, right: Sum, place: str
    ) -> tuple[Fraction | int, Fraction | int]:
        """Least and greatest value of left minus right over what the facts may be.

        An operand on both sides is the same number on both sides, so coefficients are added first.
        """
        total: dict[Operand, Fraction | int] = {}
        for sign, side in ((1, left), (-1, right)):
            for part in side.parts:
                whole = part.coefficient.denominator == 1  # whole numbers add much faster
                number = part.coefficient.numerator if whole else part.coefficient
                total[part.operand] = total.get(part.operand, 0) + sign * number
        low: Fraction | int = 0
        high: Fraction | int = 0
        for operand, coefficient in total.items():
            values = self.operand(operand, place)
            assert isinstance(values, Range)
            ends = (coefficient * values.low, coefficient * values.high)
            low, high = low + min(ends), high + max(ends)
        return low, high

    def _is_one_of(self, subject: Possible, values: tuple[Constant | str, ...]) -> Truth:
        if isinstance(subject, Range):
            wanted = {value.value for value in values if isinstance(value, Constant)}
            if subject.is_known:
                return Truth.of(subject.low in wanted)
            inside = sum(subject.low <= value <= subject.high for value in wanted)
            if inside == subject.high - subject.low + 1:
                return Truth.TRUE
            return Truth.UNKNOWN if inside else Truth.FALSE
        assert isinstance(subject, Options)
        host = self.case.host
        names = frozenset(str(value) for value in values if value != "host")
        truth = among(subject, names)
        if "host" in values:
            truth = max(truth, same(subject, host))
        return truth

    def _group(self, name: str, instrument: str) -> frozenset[str]:
        if name == "parties":
            if instrument in self.regime.for_every_host:
                return frozenset(self.regime.vocabulary.states)
            return self.regime.library[instrument].parties_on(self.on)
        return self.regime.vocabulary.groups[name].on(self.on)

    def _members(self, subject: FactRef, place: str) -> Members:
        members = self.operand(subject, place)
        assert isinstance(members, Members)
        return members

    def _includes(self, members: Members, country: str) -> Truth:
        if country != "host":
            return contains(members, country)
        host = self.case.host
        assert isinstance(host, Options)
        if host.is_known and host.names is not None:
            return contains(members, next(iter(host.names)))
        if members.perhaps is not None and not members.perhaps:
            return Truth.FALSE
        return Truth.UNKNOWN

    # ---- definitions ----
    def term(self, key: str, place: str = "") -> Truth:
        """Whether a definition holds, extensions and exceptions considered."""
        if (key, place) not in self._terms:
            self._terms[key, place] = self._term(key, place)
        return self._terms[key, place]

    def _term(self, key: str, place: str) -> Truth:
        definition = self.regime.definition(key, self.on)
        if definition is None:
            return Truth.FALSE
        assert isinstance(definition, Term)
        defined = conjunction(self.truth(line, place) for line in definition.when)
        added = disjunction(self.holds(x) for x in self.regime.extensions_on(key, self.on))
        instrument, _, name = key.partition("/")
        return conjunction((max(defined, added), self.unexcepted(f"{instrument}/term {name}")))

    def definition(self, key: str, place: str = "") -> Possible:
        """The level that a table gives or the option that a choice gives."""
        definition = self.regime.definition(key, self.on)
        if isinstance(definition, Table):
            return self._table(definition, place)
        if isinstance(definition, Choice):
            return self._choice(definition)
        raise KeyError(key)  # INVARIANT: only tables and choices are operands

    def _table(self, table: Table, place: str) -> Range:
        """All levels that the cells still possible give: a row alone may settle the answer."""
        rows = self.operand(table.row, place)
        columns = self.operand(table.column, place)
        assert isinstance(rows, Range)
        assert isinstance(columns, Range)
        levels = [
            level
            for row in table.cells[rows.low : rows.high + 1]
            for level in row[columns.low : columns.high + 1]
        ]
        return Range(min(levels), max(levels))

    def _choice(self, choice: Choice) -> Options:
        """The first pick that applies; every pick that may be the first, where that is unknown."""
        names: set[str] = set()
        for pick in choice.picks:
            applies = conjunction(self.truth(line) for line in pick.when)
            if applies is Truth.FALSE:
                continue
            option = self._option(pick.value)
            if option is None:
                return Options(None)
            names |= option
            if applies is Truth.TRUE:
                return Options(frozenset(names))
        option = self._option(choice.otherwise)
        return Options(None if option is None else frozenset(names | option))

    def _option(self, value: FactRef | str) -> frozenset[str] | None:
        found: Possible
        if isinstance(value, FactRef):
            found = self.fact(value.path)
        elif value == "host":
            found = self.case.host
        else:
            return frozenset({value})
        assert isinstance(found, Options)
        return found.names
