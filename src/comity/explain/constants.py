"""Which facts an answer hangs on, and the constants with which the law compares them.

`Dependence` walks from a right down to the facts. With `open_only` it follows only what is still
unknown: a fact cannot change a truth that is already certain, so it need not be asked for it.
The constants divide the values of a fact into classes that the law does not tell apart; one value
of each class, a *representative*, stands for all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import combinations
from math import ceil, floor

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
from comity.agreement.instruments import article_of
from comity.agreement.nodes import Choice, Kind, Norm, Power, Standstill, Table, Term
from comity.agreement.regimes import Unit
from comity.agreement.values import Members, Options, Possible, Range, Truth, exactly, is_known
from comity.agreement.vocabulary import NOBODY, EnumerationType, Vocabulary
from comity.explain.evaluate import Evaluation

NOTHING: frozenset[str] = frozenset()


@dataclass(slots=True)
class Constants:
    """What the law compares a fact with.

    cuts: numbers from which on something may be different. groups: sets of names it tests for.
    is_level: the fact itself is the level of a norm, so that every value may matter.
    """

    cuts: set[int] = field(default_factory=set)
    groups: set[frozenset[str]] = field(default_factory=set)
    is_level: bool = False

    def cut_around(self, at: Fraction) -> None:
        """Tells apart what lies below a number, at it, and above."""
        self.cuts |= {floor(at), floor(at) + 1, ceil(at), ceil(at) + 1}


class Dependence:
    """The facts on which the answers of an evaluation hang, with their constants.

    facts: constants by concrete path, in the order in which the law names them.
    of_nodes, of_terms, of_units: for what was met, the facts that it hangs on; of_conditions the
    same, by the id of the condition in the regime and the place.
    """

    def __init__(
        self,
        evaluation: Evaluation,
        *,
        open_only: bool,
        facts: dict[str, Constants] | None = None,
    ) -> None:
        self.evaluation = evaluation
        self.open_only = open_only
        self.facts: dict[str, Constants] = {} if facts is None else facts
        self.of_nodes: dict[str, frozenset[str]] = {}
        self.of_terms: dict[tuple[str, str], frozenset[str]] = {}
        self.of_conditions: dict[tuple[int, str], frozenset[str]] = {}
        self.of_units: dict[Unit, frozenset[str]] = {}
        self.of_rights: dict[str, frozenset[str]] = {}
        self.earlier: dict[date, Dependence] = {}

    # ---- positions ----
    def right(self, name: str) -> frozenset[str]:
        """The facts on which a position hangs."""
        if name not in self.of_rights:
            units = self.evaluation.units(name)
            self.of_rights[name] = _union(self.unit(u) | self._level(u) for u in units)
        return self.of_rights[name]

    def _level(self, unit: Unit) -> frozenset[str]:
        """The facts whose value is the unit's level, if the unit may be effective."""
        if not isinstance(unit.level, FactRef):
            return NOTHING
        if self.open_only and self.evaluation.effective(unit) is Truth.FALSE:
            return NOTHING
        right = self.evaluation.regime.vocabulary.rights[unit.right]
        cuts: set[int] = set()
        for other in self.evaluation.units(unit.right):
            level = self.evaluation.level(other.level, right)
            for rank in (level.low, level.high):
                amount = right.amount(rank)
                cuts |= {amount, amount + 1}
        found = self._fact(unit.level.path, cuts=cuts)
        for path in found:
            self.facts[path].is_level = True
        return found

    def unit(self, unit: Unit) -> frozenset[str]:
        """The facts on which it hangs whether a unit is effective."""
        if unit in self.of_units:
            return self.of_units[unit]
        evaluation = self.evaluation
        if self.open_only and evaluation.effective(unit) is not Truth.UNKNOWN:
            return NOTHING
        self.of_units[unit] = NOTHING  # opposite units meet again below, and add nothing
        found = self.node(unit.node) | self._before(unit)
        for other in evaluation.units(unit.right):
            if other.kind is unit.kind:
                continue
            defeats = evaluation.defeats(other, unit)
            if defeats is Truth.FALSE and (self.open_only or not self._may_defeat(other, unit)):
                continue
            if not self.open_only or defeats is Truth.UNKNOWN:
                found |= self._level(unit) | self._level(other) | self._clauses(other, unit)
            if not self.open_only or evaluation.effective(other) is not Truth.FALSE:
                found |= self.unit(other)
        self.of_units[unit] = found
        return found

    def _may_defeat(self, winner: Unit, loser: Unit) -> bool:
        """Whether, for another host or another level, the one may defeat the other."""
        guarantee, limit = (winner, loser) if winner.kind is Kind.GUARANTEE else (loser, winner)
        if self.evaluation.crosses(guarantee, limit) is Truth.FALSE and not any(
            isinstance(unit.level, FactRef) for unit in (winner, loser)
        ):
            return False
        ruling = self.evaluation.regime.ruling(guarantee.node, limit.node)
        ours = ruling.for_guarantee if winner.kind is Kind.GUARANTEE else ruling.for_limit
        return bool(ours)

    def _clauses(self, winner: Unit, loser: Unit) -> frozenset[str]:
        guarantee, limit = (winner, loser) if winner.kind is Kind.GUARANTEE else (loser, winner)
        ruling = self.evaluation.regime.ruling(guarantee.node, limit.node)
        return _union(self._bound(f"{i}/") for i in ruling.for_guarantee + ruling.for_limit)

    def _before(self, unit: Unit) -> frozenset[str]:
        """What the earlier rules hang on, for a standstill."""
        evaluation = self.evaluation
        node = evaluation.regime.node(unit.node, evaluation.on)
        if not isinstance(node, Standstill):
            return NOTHING
        found = NOTHING
        if node.since is None:
            parties = evaluation.regime.instrument_of(unit.node).parties
            found = self._host(frozenset({member.state}) for member in parties)
        for day, earlier in evaluation._earlier.items():
            if day not in self.earlier:
                self.earlier[day] = Dependence(earlier, open_only=self.open_only, facts=self.facts)
            found |= self.earlier[day].right(unit.right)
        return found

    # ---- nodes and definitions ----
    def node(self, key: str) -> frozenset[str]:
        """The facts on which it hangs whether a node holds."""
        if key not in self.of_nodes:
            self.of_nodes[key] = NOTHING
            self.of_nodes[key] = self._node(key)
        return self.of_nodes[key]

    def _node(self, key: str) -> frozenset[str]:
        evaluation = self.evaluation
        regime = evaluation.regime
        if self.open_only and evaluation.holds(key) is not Truth.UNKNOWN:
            return NOTHING
        node = regime.node(key, evaluation.on)
        if node is None or key.partition("/")[0] not in regime.by_id:
            return NOTHING
        found = self._bound(key)
        if isinstance(node, Norm) and node.element:
            instrument = regime.instrument_of(key)
            found |= _union(
                self._law(f"adopted {instrument.id}/{element}")
                for element in instrument.elements_declared
                if element not in instrument.elements
            )
            if node.kind is Kind.GUARANTEE:
                found |= self._law(f"acquired {instrument.id}/{node.element}")
        if isinstance(node, Power) and not (
            self.open_only and evaluation.exercised(node, key) is not Truth.UNKNOWN
        ):
            states = frozenset(
                e.spell.state
                for e in regime.instrument_of(key).exercised
                if e.power == node.id and e.spell.on(evaluation.on)
            )
            if states and f"exercised {key}" not in evaluation.case.facts:
                found |= self._host((states,))
            # Where the text says what some hosts did, which host it is comes first.
            if not (self.open_only and states and not is_known(evaluation.case.host)):
                found |= self._law(f"exercised {key}")
        found |= _union(self.condition(line) for line in node.when)
        if not self.open_only:
            found |= {f"node {key}"}
        return found | self._exceptions(key)

    def _exceptions(self, key: str) -> frozenset[str]:
        return _union(
            self.node(e) for e in self.evaluation.regime.exceptions_on(key, self.evaluation.on)
        )

    def _bound(self, key: str) -> frozenset[str]:
        name, _, node_id = key.partition("/")
        evaluation = self.evaluation
        if name in evaluation.regime.for_every_host or name not in evaluation.regime.by_id:
            return NOTHING
        instrument = evaluation.regime.by_id[name]
        parties = frozenset(m.state for m in instrument.parties if m.on(evaluation.on))
        reserved = frozenset(
            r.spell.state
            for r in instrument.reservations
            if r.spell.on(evaluation.on) and article_of(node_id) in r.articles
        )
        return self._host((parties, reserved))

    def _host(self, groups: Iterable[frozenset[str]]) -> frozenset[str]:
        return self._fact("host", groups=tuple(groups))

    def _law(self, path: str) -> frozenset[str]:
        known = is_known(self.own(path))
        if known and self.open_only:
            return NOTHING
        self.facts.setdefault(path, Constants())
        return frozenset({path})

    def term(self, key: str, place: str) -> frozenset[str]:
        """The facts on which it hangs whether a definition holds."""
        if (key, place) in self.of_terms:
            return self.of_terms[key, place]
        if self.open_only and self.evaluation.term(key, place) is not Truth.UNKNOWN:
            return NOTHING
        self.of_terms[key, place] = NOTHING
        regime = self.evaluation.regime
        definition = regime.definition(key, self.evaluation.on)
        instrument, _, name = key.partition("/")
        found = self._exceptions(f"{instrument}/term {name}")
        if isinstance(definition, Term):
            found |= _union(self.condition(line, place) for line in definition.when)
            found |= _union(self.node(x) for x in regime.extensions_on(key, self.evaluation.on))
        self.of_terms[key, place] = found
        return found

    # ---- conditions ----
    def condition(self, condition: Condition, place: str = "") -> frozenset[str]:
        """The facts on which it hangs whether a condition holds."""
        if self.open_only and self.evaluation.truth(condition, place) is not Truth.UNKNOWN:
            return NOTHING
        key = (id(condition), place)
        if key not in self.of_conditions:
            self.of_conditions[key] = self._condition(condition, place)
        return self.of_conditions[key]

    def _condition(self, condition: Condition, place: str) -> frozenset[str]:
        match condition:
            case Not(inner):
                return self.condition(inner, place)
            case AllOf(several) | AnyOf(several):
                return _union(self.condition(one, place) for one in several)
            case EveryPlace(kind, inner) | SomePlace(kind, inner):
                return self._places(kind, inner)
            case Comparison(left, _, right):
                return self._comparison(left, right, place)
            case IsOneOf(subject, members):
                return self._is_one_of(subject, members, place)
            case InGroup(subject, group, instrument):
                names = self.evaluation._group(group, instrument)
                return self._operand(subject, place, groups=(names,))
            case Meets(subject, group, instrument):
                names = self.evaluation._group(group, instrument)
                return self._operand(subject, place, groups=(names,))
            case Includes(subject, country):
                if country != "host":
                    return self._operand(subject, place, groups=(frozenset({country}),))
                return self._like_host(subject, place)
            case IsEmpty(subject):
                return self._operand(subject, place)
            case FactHolds(fact):
                return self._operand(fact, place)
            case TermHolds(instrument, name, at):
                return self.term(f"{instrument}/{name}", place if at == "place" else at)
            case NodeHolds(node):
                return self.node(node)
            case Lapse(node):
                return self.node(node) | self._clock(node)
            case Declared(instrument, name):
                declarations = self.evaluation.regime.library[instrument].declarations
                states = frozenset(d.spell.state for d in declarations if d.name == name)
                path = f"declared {instrument}/{name}"
                return (
                    self._law(path) if path in self.evaluation.case.facts else self._host((states,))
                )
            case Guaranteed(right) | LeftOpen(right):
                return self.right(right)

    def _places(self, kind: str, inner: Condition) -> frozenset[str]:
        found = NOTHING
        for instance, exists in self.evaluation._places(kind):
            if self.open_only and exists is Truth.FALSE:
                continue
            if instance not in ("destination", f"{kind}1", kind) or instance == "onward":
                found |= self._fact(f"{instance}.exists")
            found |= self.condition(inner, instance)
        return found

    def _comparison(self, left: Sum, right: Sum, place: str) -> frozenset[str]:
        total: dict[Operand, Fraction] = {}
        for sign, side in ((1, left), (-1, right)):
            for part in side.parts:
                total[part.operand] = total.get(part.operand, Fraction(0)) + sign * part.coefficient
        ends: dict[Operand, tuple[Fraction, Fraction]] = {}
        for operand, coefficient in total.items():
            known = self.evaluation.operand(operand, place)
            assert isinstance(known, Range)
            low, high = sorted((coefficient * known.low, coefficient * known.high))
            ends[operand] = (low, high)
        found = NOTHING
        for operand, coefficient in total.items():
            if isinstance(operand, (Constant, ParameterRef)) or not coefficient:
                continue
            around = Constants()
            for which in (0, 1):
                rest = sum((e[which] for o, e in ends.items() if o != operand), Fraction(0))
                around.cut_around(-rest / coefficient)
            found |= self._operand(operand, place, cuts=around.cuts)
        return found

    def _is_one_of(
        self, subject: FactRef | DefinitionRef, values: tuple[Constant | str, ...], place: str
    ) -> frozenset[str]:
        cuts = {v.value + more for v in values if isinstance(v, Constant) for more in (0, 1)}
        names = frozenset(v for v in values if isinstance(v, str) and v != "host")
        found = self._operand(subject, place, cuts=cuts, groups=(names,))
        return found | self._like_host(subject, place) if "host" in values else found

    def _like_host(self, subject: FactRef | DefinitionRef, place: str) -> frozenset[str]:
        """A comparison with the host: each tells apart the names that the other may have."""
        host = self.evaluation.case.host
        assert isinstance(host, Options)
        single = [frozenset({name}) for name in sorted(host.names or ())]
        found = self._operand(subject, place, groups=single)
        known = self.evaluation.operand(subject, place)
        names: frozenset[str] = NOTHING
        if isinstance(known, Members):
            names = known.surely | (known.perhaps or NOTHING)
        elif isinstance(known, Options):
            names = known.names or NOTHING
        return found | self._host(frozenset({name}) for name in sorted(names))

    def _clock(self, key: str) -> frozenset[str]:
        evaluation = self.evaluation
        node = evaluation.regime.node(key, evaluation.on)
        found = NOTHING
        if isinstance(node, Norm):
            for bounding in node.boundings:
                right = evaluation.regime.vocabulary.rights[bounding.right]
                if right.measured_by:
                    level = evaluation.level(bounding.level, right)
                    cuts = {right.amount(level.low) + 1, right.amount(level.high) + 1}
                    found |= self._fact(right.measured_by, cuts=cuts)
                    if isinstance(bounding.level, FactRef):
                        clock = evaluation.fact(right.measured_by)
                        assert isinstance(clock, Range)
                        found |= self._fact(bounding.level.path, cuts={clock.low, clock.high})
        return found

    # ---- facts ----
    def _operand(
        self,
        operand: Operand,
        place: str,
        *,
        cuts: Iterable[int] = (),
        groups: Iterable[frozenset[str]] = (),
    ) -> frozenset[str]:
        match operand:
            case FactRef(path):
                at = place + path.removeprefix("place") if path.startswith("place.") else path
                return self._fact(at, cuts=cuts, groups=groups)
            case DefinitionRef(instrument, name, at):
                where = place if at == "place" else at
                key = f"{instrument}/{name}"
                definition = self.evaluation.regime.definition(key, self.evaluation.on)
                if isinstance(definition, Table):
                    rows = definition.cells
                    columns = tuple(zip(*rows, strict=True))
                    return self._operand(definition.row, where, cuts=_changes(rows)) | (
                        self._operand(definition.column, where, cuts=_changes(columns))
                    )
                assert isinstance(definition, Choice)
                return self._choice(definition, tuple(groups))
            case _:
                return NOTHING

    def _choice(self, choice: Choice, groups: tuple[frozenset[str], ...]) -> frozenset[str]:
        found = NOTHING
        for pick in choice.picks:
            found |= _union(self.condition(line) for line in pick.when)
        for value in (*(pick.value for pick in choice.picks), choice.otherwise):
            if isinstance(value, FactRef):
                found |= self._fact(value.path, groups=groups)
            elif value == "host":
                found |= self._host(groups)
        return found

    def _fact(
        self, path: str, *, cuts: Iterable[int] = (), groups: Iterable[frozenset[str]] = ()
    ) -> frozenset[str]:
        found = set()
        for source in self.sources(path):
            if self.open_only and is_known(self.own(source)):
                continue
            constants = self.facts.setdefault(source, Constants())
            if source != "destination.is_origin":
                constants.cuts.update(cuts)
                constants.groups.update(groups)
            found.add(source)
        return frozenset(found)

    def sources(self, path: str) -> tuple[str, ...]:
        """The facts of the record from which a fact is read: a destination may be the origin."""
        place, _, rest = path.partition(".")
        if place != "destination" or path == "destination.is_origin" or not rest:
            return (path,)
        same = self.evaluation.fact("destination.is_origin")
        if self.open_only and same is Truth.TRUE:
            return (f"origin1.{rest}",)
        if self.open_only and same is Truth.FALSE:
            return (path,)
        return ("destination.is_origin", path, f"origin1.{rest}")

    def own(self, path: str) -> Possible:
        """What the record itself says of a fact, its own or one of the law's operation."""
        return own(self.evaluation, path)


def own(evaluation: Evaluation, path: str) -> Possible:
    """What the record itself says of a fact, before the places are joined."""
    case = evaluation.case
    if path == "host":
        return case.host
    declared = evaluation.regime.vocabulary.fact(path)
    if declared is None:
        ordinary = case.ordinary and path.partition(" ")[0] in ("adopted", "acquired")
        return case.facts.get(path, Truth.FALSE if ordinary else Truth.UNKNOWN)
    if declared.position_of and path not in case.facts:
        return evaluation.fact(path)
    return case.known(path, evaluation.regime.vocabulary)


# ---- representatives ----
def representatives(
    known: Possible, constants: Constants, path: str, vocabulary: Vocabulary
) -> tuple[Possible, ...]:
    """One value for each class of values that the law does not tell apart, within what is known."""
    match known:
        case Truth():
            return (Truth.FALSE, Truth.TRUE)
        case Range(low, high):
            starts = sorted({low} | {cut for cut in constants.cuts if low < cut <= high})
            numbers = set(starts)
            if constants.is_level:
                numbers |= {start - 1 for start in starts[1:]} | {high}
            return tuple(Range(n, n) for n in sorted(numbers))
        case Options(names):
            return tuple(exactly(n) for n in _classes(names, constants.groups, path, vocabulary))
        case Members(surely, perhaps):
            extra = None if perhaps is None else perhaps - surely
            chosen_from = _classes(extra, constants.groups, "", vocabulary)
            return tuple(exactly(surely | chosen) for chosen in _subsets(chosen_from))


def _classes(
    names: frozenset[str] | None, groups: set[frozenset[str]], path: str, vocabulary: Vocabulary
) -> list[str]:
    """The first name of each class of names that lie in the same groups, and one in no group."""
    pool = sorted(frozenset().union(*groups)) if groups else []
    if names is not None:
        declared = vocabulary.fact(path)
        is_enumeration = declared is not None and isinstance(declared.type, EnumerationType)
        order = declared.type.enumeration.options if is_enumeration else sorted(names)  # type: ignore[union-attr]
        pool = [name for name in order if name in names]
    else:
        others = (code for code in vocabulary.states if code not in pool)
        pool = [*pool, next(others, NOBODY)]
    ordered = sorted(groups, key=sorted)
    found: dict[tuple[bool, ...], str] = {}
    for name in pool:
        found.setdefault(tuple(name in group for group in ordered), name)
    return list(found.values())


_ALL_SUBSETS_UP_TO = 5


def _subsets(names: list[str]) -> list[frozenset[str]]:
    """Every set of a few names; of many: none, single ones, pairs, and all."""
    sizes = range(len(names) + 1) if len(names) <= _ALL_SUBSETS_UP_TO else (0, 1, 2, len(names))
    return [frozenset(chosen) for size in sizes for chosen in combinations(names, size)]


def _changes(lines: tuple[tuple[int, ...], ...]) -> set[int]:
    """The numbers of the lines of a table that differ from the line before."""
    return {n for n in range(1, len(lines)) if lines[n] != lines[n - 1]}


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    found: set[str] = set()
    for one in sets:
        found |= one
    return frozenset(found)
