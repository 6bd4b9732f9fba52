"""What conditions and definitions make of facts: from the typed form to formulas.

Made once for a regime, a day and a host, and kept: the text alone decides. While the host is
unknown, it is a fact like others. Exceptions and holdings are added in `norms`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from comity.agreement.coding.allowed import ANY, NONE, YES, Allowed, Names, Numbers, Sets
from comity.agreement.coding.facts import MeaningOfFacts, at_least, within_spans
from comity.agreement.coding.formulas import (
    NEVER,
    SURELY,
    Formula,
    all_of,
    either,
    some_of,
)
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
    TermHolds,
)
from comity.agreement.latitude import bounds_of, parameters_of
from comity.agreement.nodes import Choice, Table, Term
from comity.agreement.regimes import Regime
from comity.agreement.values import Options, Range


class MeaningOfConditions(MeaningOfFacts, ABC):
    """The conditions and definitions of a regime on a day before a host, as formulas.

    varying: parameters (`INSTRUMENT/NAME`) that are numbers within their bounds, not fixed.
    """

    def __init__(
        self, regime: Regime, day: date, host: Options, varying: frozenset[str] = frozenset()
    ) -> None:
        super().__init__(regime.vocabulary, host)
        self.regime, self.day, self.varying = regime, day, varying
        self._conditions: dict[tuple[int, str], tuple[Condition, Formula]] = {}
        self._terms: dict[tuple[str, str], Formula] = {}

    @abstractmethod
    def node(self, key: str) -> Formula:
        """A node holds."""

    @abstractmethod
    def lapsed(self, key: str, test: Condition) -> Formula:
        """A guarantee holds, and its clock has passed its bound."""

    @abstractmethod
    def unexcepted(self, key: str) -> Formula:
        """No exception to a node or definition holds."""

    @abstractmethod
    def guaranteed(self, right: str, rank: int) -> Formula:
        """The lower bound of a right is at least a rank; conditions of proofs speak of it."""

    @abstractmethod
    def left_open(self, right: str, rank: int) -> Formula:
        """The upper bound of a right is at least a rank."""

    @abstractmethod
    def declared(self, instrument: str, name: str, atom: Condition) -> Formula:
        """The host has made a declaration."""

    def defined(self, name: str, label: str, make: Callable[[], Formula]) -> Formula:
        """What a definition or node says; a reader that must name it afterwards overrides this."""
        return make()

    # ---- conditions ----
    def condition(self, condition: Condition, place: str = "") -> Formula:
        """A condition holds."""
        asked = (id(condition), place)
        if asked not in self._conditions:  # kept with the condition, whose id is then its own
            self._conditions[asked] = condition, self._condition(condition, place)
        return self._conditions[asked][1]

    def _condition(self, condition: Condition, place: str) -> Formula:
        match condition:
            case Not(inner):
                return self.condition(inner, place).negated
            case AllOf(several):
                return all_of(self.condition(one, place) for one in several)
            case AnyOf(several):
                return some_of(self.condition(one, place) for one in several)
            case EveryPlace(kind, inner):
                return all_of(
                    some_of((exists.negated, self.condition(inner, instance)))
                    for instance, exists in self._places(kind)
                )
            case SomePlace(kind, inner):
                return some_of(
                    all_of((exists, self.condition(inner, instance)))
                    for instance, exists in self._places(kind)
                )
            case TermHolds(instrument, name, at):
                return self.term(f"{instrument}/{name}", place if at == "place" else at)
            case NodeHolds(node):
                return self.node(node)
            case Lapse(node):
                return self.lapsed(node, condition)
            case Guaranteed(right, rank):
                return self.guaranteed(right, rank)
            case LeftOpen(right, rank):
                return self.left_open(right, rank)
            case _:
                return self._atom(condition, place)

    def _places(self, kind: str) -> Iterator[tuple[str, Formula]]:
        if kind == "destination":
            yield "destination", SURELY
            yield "onward", self.record("onward.exists", YES)
            return
        for number, instance in enumerate(self.regime.vocabulary.places[kind].instances):
            is_open = number or f"{instance}.exists" in self.vocabulary.facts
            yield instance, self.record(f"{instance}.exists", YES) if is_open else SURELY

    def _atom(self, atom: Condition, place: str) -> Formula:
        match atom:
            case FactHolds(fact):
                return self.fact(at_place(fact, place), YES, atom)
            case Comparison(left, relation, right):
                total: dict[Operand, Fraction] = {}
                sign = 1 if relation in ("at least", "more than") else -1
                for part in left.parts:
                    total[part.operand] = total.get(part.operand, Fraction(0)) + part.coefficient
                for part in right.parts:
                    total[part.operand] = total.get(part.operand, Fraction(0)) - part.coefficient
                signed = {operand: sign * c for operand, c in total.items()}
                return self.linear(signed, relation in ("more than", "less than"), place, atom)
            case IsOneOf(subject, values):
                return self._is_one_of(subject, values, place, atom)
            case InGroup(subject, group, instrument):
                return self._among(subject, Names(self._group(group, instrument)), place, atom)
            case Meets(subject, group, instrument):
                hits = frozenset({Names(self._group(group, instrument))})
                return self.fact(at_place(subject, place), Sets(hits), atom)
            case Includes(subject, "host") if not self.host.is_known:
                return self.is_host(subject, place, atom)
            case Includes(subject, country):
                name = next(iter(self.host.names or ())) if country == "host" else country
                hits = frozenset({Names(frozenset({name}))})
                return self.fact(at_place(subject, place), Sets(hits), atom)
            case IsEmpty(subject):
                return self.fact(at_place(subject, place), Sets(avoids=ANY), atom)
            case Declared(instrument, name):
                return self.declared(instrument, name, atom)
            case _:
                raise AssertionError(atom)

    def _group(self, name: str, instrument: str) -> frozenset[str]:
        if name != "parties":
            return self.regime.vocabulary.groups[name].on(self.day)
        if instrument in self.regime.for_every_host:
            return frozenset(self.regime.vocabulary.states)
        return self.regime.library[instrument].parties_on(self.day)

    def is_host(self, subject: FactRef | DefinitionRef, place: str, atom: Condition) -> Formula:
        """A country is the host, or a set has it as a member, while it is not said which it is."""
        if isinstance(subject, FactRef):
            return self.fact_is_host(at_place(subject, place), atom)
        definition = self.regime.definition(f"{subject.instrument}/{subject.name}", self.day)
        assert isinstance(definition, Choice)

        def value_is_host(value: FactRef | str) -> Formula:
            if isinstance(value, FactRef):
                return self.fact_is_host(value.path, atom)
            if value == "host":
                return SURELY
            return self.record("host", Names(frozenset({value})), atom)

        return self.chosen(definition, value_is_host)

    def _is_one_of(
        self,
        subject: FactRef | DefinitionRef,
        values: tuple[Constant | str, ...],
        place: str,
        atom: Condition,
    ) -> Formula:
        numbers = [value.value for value in values if isinstance(value, Constant)]
        if numbers:
            return self._among(subject, Numbers.of(numbers), place, atom)
        names = frozenset(v for v in values if isinstance(v, str) and v != "host")
        if "host" in values and self.host.is_known:
            names |= self.host.names or NONE.names
        listed = self._among(subject, Names(names), place, atom)
        if "host" not in values or self.host.is_known:
            return listed
        return some_of((listed, self.is_host(subject, place, atom)))

    # ---- definitions ----
    def term(self, key: str, place: str) -> Formula:
        """A defined term holds, extensions and exceptions considered."""
        if (key, place) not in self._terms:
            self._terms[key, place] = self._term(key, place)
        return self._terms[key, place]

    def _term(self, key: str, place: str) -> Formula:
        definition = self.regime.definition(key, self.day)
        if not isinstance(definition, Term):
            return NEVER
        instrument, _, name = key.partition("/")
        label = f"{instrument}/term {name}"
        name_here = f"{label} {place}" if definition.of_place else label
        return self.defined(name_here, label, lambda: self._met(definition, key, place))

    def _met(self, definition: Term, key: str, place: str) -> Formula:
        instrument, _, name = key.partition("/")
        free = self.unexcepted(f"{instrument}/term {name}")
        return all_of((self.meant(definition, key, place), free))

    def meant(self, definition: Term, key: str, place: str) -> Formula:
        """What a term says before its exceptions, extensions included."""
        lines = all_of(self.condition(line, place) for line in definition.when)
        added = (self.node(x) for x in self.regime.extensions_on(key, self.day))
        return some_of((lines, *added))

    def _among(
        self, subject: FactRef | DefinitionRef, allowed: Allowed, place: str, atom: Condition
    ) -> Formula:
        if isinstance(subject, FactRef):
            return self.fact(at_place(subject, place), allowed, atom)
        definition = self.regime.definition(f"{subject.instrument}/{subject.name}", self.day)
        if isinstance(definition, Table):
            assert isinstance(allowed, Numbers)
            where = place if subject.place == "place" else subject.place
            return self._table(subject, definition, allowed, where, atom)
        assert isinstance(definition, Choice)
        assert isinstance(allowed, Names)
        label = f"{subject.instrument}/term {subject.name}"
        name = f"{label} {sorted(allowed.names)} {allowed.others}"
        return self.defined(name, label, lambda: self._choice(definition, allowed, atom))

    def _table(
        self, ref: DefinitionRef, table: Table, allowed: Numbers, place: str, atom: Condition
    ) -> Formula:
        """The level that a table gives is one of some."""
        label = f"{ref.instrument}/term {ref.name}"
        name = f"{label} {place} {allowed.spans}"
        return self.defined(
            name,
            label,
            lambda: within_spans(allowed, lambda half: self._half(table, half, place, atom)),
        )

    def _half(self, table: Table, inside: Numbers, place: str, atom: Condition) -> Formula:
        yes, no = (self._blocks(table, a, place, atom) for a in (inside, inside.complement()))
        if not {SURELY, NEVER}.intersection((yes, no)):
            yes._negated, no._negated = no, yes  # the blocks of the rest, not all that miss these
        return yes

    def _blocks(self, table: Table, allowed: Numbers, place: str, atom: Condition) -> Formula:
        """Rows and columns all of whose cells are allowed: the largest such blocks."""
        row, column = at_place(table.row, place), at_place(table.column, place)
        return some_of(
            all_of(
                (
                    self.fact(row, Numbers.of(rows), atom),
                    self.fact(column, Numbers.of(columns), atom),
                )
            )
            for rows, columns in _largest_blocks(table, allowed)
        )

    def _choice(self, choice: Choice, allowed: Names, atom: Condition) -> Formula:
        """The first pick that applies is among the names."""

        def value_in(value: FactRef | str) -> Formula:
            if isinstance(value, FactRef):
                return self.fact(value.path, allowed, atom)
            if value == "host":
                return self.record("host", allowed, atom)
            return SURELY if allowed.has(value) else NEVER

        return self.chosen(choice, value_in)

    def chosen(self, choice: Choice, said: Callable[[FactRef | str], Formula]) -> Formula:
        """What is said of the first pick that applies."""
        found = said(choice.otherwise)
        for pick in reversed(choice.picks):
            applies = all_of(self.condition(line) for line in pick.when)
            found = either(applies, said(pick.value), found)
        return found

    # ---- linear forms ----
    def parameter(self, instrument: str, name: str) -> str:
        """The key of a parameter that varies within the bounds of the text."""
        key = f"{instrument}/{name}"
        parameter = next(p for k, p in parameters_of(self.regime, self.day) if k == key)
        return self.quantity(f"parameter {key}", *bounds_of(parameter))

    def linear(
        self, total: Mapping[Operand, Fraction], strict: bool, place: str, test: Condition | None
    ) -> Formula:
        """A sum of operands times numbers is at least 0 (more than 0, if strict)."""
        constant = Fraction(0)
        facts: dict[str, Fraction] = {}
        tables: list[tuple[DefinitionRef, Fraction]] = []
        for operand, c in total.items():
            match operand:
                case Constant(value):
                    constant += c * value
                case ParameterRef(instrument, name) if f"{instrument}/{name}" in self.varying:
                    path = self.parameter(instrument, name)
                    facts[path] = facts.get(path, Fraction(0)) + c
                case ParameterRef(instrument, name):
                    constant += c * self.regime.parameter(instrument, name, self.day)
                case FactRef() if c:
                    path = at_place(operand, place)
                    facts[path] = facts.get(path, Fraction(0)) + c
                case DefinitionRef() if c:
                    tables.append((operand, c))
        return self._with_tables(facts, tables, constant, strict, place, test)

    def _with_tables(
        self,
        facts: dict[str, Fraction],
        tables: list[tuple[DefinitionRef, Fraction]],
        constant: Fraction,
        strict: bool,
        place: str,
        test: Condition | None,
    ) -> Formula:
        """Each level of a table in turn: the table gives as much, and the rest makes up for it."""
        if not tables:
            return self.sum(facts, constant, strict, test)
        (ref, c), *rest = tables
        if not rest and not facts:
            assert test is not None
            return self._among(ref, at_least(c, -constant, strict), place, test)
        table = self.regime.definition(f"{ref.instrument}/{ref.name}", self.day)
        assert isinstance(table, Table)
        assert test is not None
        return some_of(
            all_of(
                (
                    self._among(ref, at_least(c, c * level, False), place, test),
                    self._with_tables(facts, rest, constant + c * level, strict, place, test),
                )
            )
            for level in sorted({level for row in table.cells for level in row})
        )


def at_place(fact: FactRef, place: str) -> str:
    """The concrete path of a fact."""
    return place + fact.path.removeprefix("place") if fact.path.startswith("place.") else fact.path


def _largest_blocks(
    table: Table, allowed: Numbers
) -> Iterator[tuple[frozenset[int], frozenset[int]]]:
    fits = [
        frozenset(n for n, level in enumerate(cells) if allowed.admits(Range(level, level)))
        for cells in table.cells
    ]
    found: set[frozenset[int]] = set()
    for columns in fits:
        found |= {columns} | {columns & other for other in found}
    for columns in sorted((c for c in found if c), key=lambda c: (-len(c), sorted(c))):
        yield frozenset(n for n, row in enumerate(fits) if columns <= row), columns
