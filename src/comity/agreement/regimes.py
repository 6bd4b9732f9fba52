"""A regime: instruments read together. Which nodes except which, which norms cross, what prevails.

Everything here is decided from the text alone, before any case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from comity.agreement.conditions import Condition
from comity.agreement.dependence import Cycle, conditions_of, named_by, references, travels
from comity.agreement.instruments import Definition, Holding, Instrument
from comity.agreement.nodes import (
    Alternatives,
    Extension,
    Kind,
    Norm,
    NormException,
    Option,
    Parameter,
    Power,
    Table,
    Target,
    Under,
)
from comity.agreement.prevalence import Ruling, Unit, first_clause, may_cross, prevalence_circle
from comity.agreement.vocabulary import Vocabulary

__all__ = [
    "Cycle",
    "Regime",
    "Ruling",
    "Unit",
    "conditions_of",
    "may_cross",
    "references",
]


@dataclass(frozen=True)
class Regime:
    """Instruments that are read together, and how.

    name: as the user called it.
    for_every_host: ids of instruments taken as in force for every host, whatever their parties.
    library: every instrument that may be needed for a definition, those of the regime included.
    readings: the option chosen for each question; questions left out take their default.
    is_fixed: every parameter is at the value that its text states, whatever a case says.
    """

    name: str
    instruments: tuple[Instrument, ...]
    vocabulary: Vocabulary
    library: Mapping[str, Instrument]
    for_every_host: frozenset[str] = frozenset()
    readings: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, int] = field(default_factory=dict)
    is_fixed: bool = False

    # ---- instruments and nodes ----
    @cached_property
    def by_id(self) -> Mapping[str, Instrument]:
        """Instruments of the regime by id."""
        return {instrument.id: instrument for instrument in self.instruments}

    def instrument_of(self, key: str) -> Instrument:
        """The instrument of a node's key."""
        return self.library[key.partition("/")[0]]

    def bound_states(self, instrument: str, article: str, day: date) -> frozenset[str]:
        """The States that an article of an instrument binds on a day: parties without a reservation."""
        asked = (instrument, article, day)
        if asked not in self._bound_states:
            self._bound_states[asked] = self.by_id[instrument].binds_on(day, article)
        return self._bound_states[asked]

    @cached_property
    def _bound_states(self) -> dict[tuple[str, str, date], frozenset[str]]:
        return {}

    @cached_property
    def nodes(self) -> Mapping[str, tuple[Holding, ...]]:
        """Holdings of the regime by key, several where readings part; those that travel included."""
        found: dict[str, list[Holding]] = defaultdict(list)
        for instrument in self.library.values():
            for node in instrument.holdings:
                key = instrument.key(node.id)
                if instrument.id in self.by_id or key in self.travelling:
                    found[key].append(node)
        return {key: tuple(variants) for key, variants in found.items()}

    @cached_property
    def travelling(self) -> frozenset[str]:
        """Exceptions that are part of a definition: an instrument's own, to its own terms.

        Whoever borrows a definition borrows what it leaves out, so these hold whether or not the
        host is bound; and so do the instrument's own exceptions to them.
        """
        found: set[str] = set()
        while True:
            more = {
                instrument.key(node.id)
                for instrument in self.library.values()
                for node in instrument.holdings
                if isinstance(node, NormException)
                and all(travels(instrument, target, found) for target in node.targets)
            }
            if more == found:
                return frozenset(found)
            found = more

    @cached_property
    def definitions(self) -> Mapping[str, tuple[Definition, ...]]:
        """Definitions of the whole library by `INSTRUMENT/NAME`; several where readings part."""
        found: dict[str, list[Definition]] = defaultdict(list)
        for instrument in self.library.values():
            for definition in instrument.definitions:
                found[f"{instrument.id}/{definition.name}"].append(definition)
        return {key: tuple(variants) for key, variants in found.items()}

    @cached_property
    def questions(self) -> Mapping[str, Alternatives]:
        """The questions on which readings part, by `INSTRUMENT/NAME`."""
        return {
            f"{instrument.id}/{statement.name}": statement
            for instrument in self.library.values()
            for statement in instrument.statements
            if isinstance(statement, Alternatives)
        }

    # ---- readings ----
    def options_on(self, question: str, day: date) -> tuple[Option, ...]:
        """The readings of a question that are held on a day, the default first."""
        options = [o for o in self.questions[question].options if o.validity.on(day)]
        return tuple(sorted(options, key=lambda option: not option.is_default))

    def reading_of(self, question: str, day: date) -> str:
        """The reading taken: the one chosen, else the default of the day.

        On a day on which nobody holds any reading yet, the default of the text.
        """
        options = self.options_on(question, day) or self.questions[question].options
        chosen = self.readings.get(question)
        if chosen is not None and chosen in {option.name for option in options}:
            return chosen
        return next((o.name for o in options if o.is_default), options[0].name)

    def reading(self, question: str, option: str) -> Regime:
        """The same regime with one question read otherwise; made once, with what the text decides."""
        return self._otherwise(readings={**self.readings, question: option})

    def varied(self, parameters: Mapping[str, int]) -> Regime:
        """The same regime with other values of parameters (`INSTRUMENT/NAME`); made once."""
        return self._otherwise(parameters={**self.parameters, **parameters})

    @property
    def as_written(self) -> Regime:
        """The same regime with every parameter at the value that its text states."""
        return self._otherwise(parameters={}, is_fixed=True)

    def _otherwise(self, **change: object) -> Regime:
        asked = repr(
            [
                (what, sorted(of.items()) if isinstance(of, Mapping) else of)
                for what, of in change.items()
            ]
        )
        kept: dict[str, Regime] = vars(self).setdefault("_kept_otherwise", {})
        if asked not in kept:
            kept[asked] = replace(self, **change)  # type: ignore[arg-type]
        return kept[asked]

    def is_read(self, under: Under | None, instrument: str, day: date) -> bool:
        """Whether a node belongs to the reading taken (a node under no question always does)."""
        if under is None:
            return True
        return self.reading_of(f"{instrument}/{under.question}", day) == under.option

    def definition(self, key: str, day: date) -> Definition | None:
        """The variant of a definition that is read and valid on the day."""
        instrument = key.partition("/")[0]
        for definition in self.definitions.get(key, ()):
            if definition.frame.validity.on(day) and self.is_read(
                definition.frame.under, instrument, day
            ):
                return definition
        return None

    def node(self, key: str, day: date) -> Holding | None:
        """The variant of a node that is read and valid on the day."""
        instrument = key.partition("/")[0]
        for node in self.nodes.get(key, ()):
            if node.frame.validity.on(day) and self.is_read(node.frame.under, instrument, day):
                return node
        return None

    def parameter(self, instrument: str, name: str, day: date) -> int:
        """The value of a parameter: the one set for this regime, else the text's."""
        key = f"{instrument}/{name}"
        if key in self.parameters:
            return self.parameters[key]
        found = [
            statement
            for statement in self.library[instrument].statements
            if isinstance(statement, Parameter)
            and statement.name == name
            and self.is_read(statement.under, instrument, day)
        ]
        return found[0].value.value

    # ---- exceptions and extensions ----
    def targets_of(self, target: Target) -> tuple[str, ...]:
        """Keys of the nodes and definitions (`INSTRUMENT/term NAME`) that a target names."""
        return named_by(target, self.library)

    @cached_property
    def exceptions_to(self) -> Mapping[str, tuple[str, ...]]:
        """For each node or definition, the keys of the exceptions and powers that target it."""
        found: dict[str, list[str]] = defaultdict(list)
        for own, variants in self.nodes.items():
            instrument = self.instrument_of(own)
            for node in variants:
                if isinstance(node, (NormException, Power)):
                    for target in node.targets:
                        for key in self.targets_of(target):
                            if own not in found[key] and self._may_touch(instrument, key):
                                found[key].append(own)
        return {key: tuple(keys) for key, keys in found.items()}

    @cached_property
    def extensions_of(self) -> Mapping[str, tuple[str, ...]]:
        """For each definition (`INSTRUMENT/NAME`), the keys of the extensions that add to it."""
        found: dict[str, list[str]] = defaultdict(list)
        for instrument in self.instruments:
            for node in instrument.holdings:
                if isinstance(node, Extension):
                    name = f"{node.instrument}/{node.term}"
                    if self._may_touch(instrument, name):
                        found[name].append(instrument.key(node.id))
        return {key: tuple(dict.fromkeys(keys)) for key, keys in found.items()}

    def exceptions_on(self, key: str, day: date) -> tuple[str, ...]:
        """The exceptions and powers whose variant of the day, as read, targets a node or definition."""
        asked = (key, day)
        if asked not in self._exceptions_on:
            found = []
            for other in self.exceptions_to.get(key, ()):
                node = self.node(other, day)
                if isinstance(node, (NormException, Power)) and any(
                    key in self.targets_of(target) for target in node.targets
                ):
                    found.append(other)
            self._exceptions_on[asked] = tuple(found)
        return self._exceptions_on[asked]

    @cached_property
    def _exceptions_on(self) -> dict[tuple[str, date], tuple[str, ...]]:
        return {}

    def extensions_on(self, name: str, day: date) -> tuple[str, ...]:
        """The extensions whose variant of the day, as read, adds to a definition."""
        found = []
        for other in self.extensions_of.get(name, ()):
            node = self.node(other, day)
            if isinstance(node, Extension) and f"{node.instrument}/{node.term}" == name:
                found.append(other)
        return tuple(found)

    def units_on(self, right: str, day: date) -> tuple[Unit, ...]:
        """The bounding units of a right in the variants of the day, as read."""
        asked = (right, day)
        if asked not in self._units_on:
            self._units_on[asked] = tuple(u for u in self.units[right] if self._is_read_on(u, day))
        return self._units_on[asked]

    def _is_read_on(self, unit: Unit, day: date) -> bool:
        node = self.node(unit.node, day)
        return (
            isinstance(node, Norm)
            and node.kind is unit.kind
            and any(b.right == unit.right and b.level == unit.level for b in node.boundings)
        )

    @cached_property
    def _units_on(self) -> dict[tuple[str, date], tuple[Unit, ...]]:
        return {}

    def _may_touch(self, instrument: Instrument, key: str) -> bool:
        """What does not bind changes nothing that does: an informal text lowers nobody's position."""
        return instrument.force.binds or not self.instrument_of(key).force.binds

    # ---- units, crossing, prevalence ----
    @cached_property
    def units(self) -> Mapping[str, tuple[Unit, ...]]:
        """The bounding units of each right, from rules that bind; standstills are added in a case."""
        found: dict[str, dict[Unit, None]] = {right: {} for right in self.vocabulary.rights}
        for instrument in self.instruments:
            if not instrument.force.binds:
                continue
            for node in instrument.holdings:
                if isinstance(node, Norm) and not node.soft:
                    for bounding in node.boundings:
                        unit = Unit(
                            instrument.key(node.id), node.kind, bounding.right, bounding.level
                        )
                        found[bounding.right][unit] = None
        return {right: tuple(units) for right, units in found.items()}

    def ruling(self, guarantee: str, limit: str) -> Ruling:
        """What the prevalence clauses of the regime say of a guarantee and a limit, by their keys."""
        pair = (guarantee, limit)
        if pair not in self._rulings:
            self._rulings[pair] = self._decide(guarantee, limit)
        return self._rulings[pair]

    @cached_property
    def _rulings(self) -> dict[tuple[str, str], Ruling]:
        return {}

    def _decide(self, guarantee: str, limit: str) -> Ruling:
        for_guarantee: list[str] = []
        for_limit: list[str] = []
        for speaker in self.instruments:
            if not speaker.force.binds or not speaker.prevalences:
                continue
            decided = first_clause(speaker, guarantee, limit)
            if decided is not None:
                side, key = decided
                (for_guarantee if side is Kind.GUARANTEE else for_limit).append(key)
        return Ruling(tuple(for_guarantee), tuple(for_limit))

    # ---- dependence ----
    def depends_on(self, key: str) -> Iterator[str]:
        """Keys on which a node or definition (`INSTRUMENT/term NAME`) directly depends."""
        yield from self.exceptions_to.get(key, ())
        instrument, _, rest = key.partition("/")
        conditions: list[Condition] = []
        if rest.startswith("term "):
            name = f"{instrument}/{rest.removeprefix('term ')}"
            yield from self.extensions_of.get(name, ())
            for definition in self.definitions.get(name, ()):
                conditions += conditions_of(definition)
                if isinstance(definition, Table):
                    continue
        for node in self.nodes.get(key, ()):
            conditions += node.when
        for condition in conditions:
            yield from references(condition)

    def check_acyclic(self) -> None:
        """Raises Cycle if references, exceptions or prevalence on crossing pairs run in a circle."""
        _ = self.order
        for right, units in self.units.items():
            circle = prevalence_circle(units, self.ruling)
            if circle:
                raise Cycle(f"prevalence on `{right}`", circle)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Every node and definition of the regime after all that it depends on."""
        done: dict[str, None] = {}
        path: list[str] = []

        def visit(key: str) -> None:
            if key in done:
                return
            if key in path:
                circle = (*path[path.index(key) :], key)
                raise Cycle("definitions and exceptions", circle)
            path.append(key)
            for other in self.depends_on(key):
                visit(other)
            path.pop()
            done[key] = None

        for key in self.nodes:
            visit(key)
        for instrument in self.instruments:
            for definition in instrument.definitions:
                visit(f"{instrument.id}/term {definition.name}")
        return tuple(done)
