"""The positions of every record of a table under a regime on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

import numpy as np

from comity.agreement.coding.formulas import Formula
from comity.agreement.conditions import Condition, FactRef
from comity.agreement.many import compiled
from comity.agreement.many.blocked import Blocked, Bools, Levels
from comity.agreement.many.circuit import Circuit, Field, Literal, OfFact
from comity.agreement.many.columns import Table
from comity.agreement.many.fields import Coded, FieldCoder, Ranks, Same
from comity.agreement.many.levels import Bound, Given, GivenByFact, lower_bound, upper_bound
from comity.agreement.many.program import NONE, Planes, Program
from comity.agreement.many.rules import Rules
from comity.agreement.many.uncoded import Codes
from comity.agreement.regimes import Regime, Unit
from comity.agreement.values import Options, Range
from comity.agreement.vocabulary import Right


@dataclass(frozen=True, eq=False)
class Positions:
    """The position of one right of every record: ranks in the person's favour, each of shape (records,).

    As `Bounds`: lower is surely guaranteed, upper surely left open. by, limited_by: the unit that
    decides the surely guaranteed and the possible upper level, numbered from 1 in `units` and
    `limits`; 0 where no norm does. None unless asked for.
    """

    lower: Levels
    lower_possible: Levels
    upper: Levels
    upper_possible: Levels
    by: Levels | None = None
    limited_by: Levels | None = None


@dataclass(frozen=True, eq=False)
class Evaluated:
    """What is known of a table's records. surely, possibly: of each condition and formula, (records,)."""

    rights: Mapping[str, Positions]
    surely: tuple[Bools, ...] = ()
    possibly: tuple[Bools, ...] = ()


_Units: TypeAlias = Sequence[tuple[Unit, Literal]]


@dataclass
class Evaluator:
    """Evaluates tables under one regime on one day; what it learns of one serves the next.

    rights: those asked for; None: all that some norm bounds. conditions: whose records are told too.
    deciding: whether to tell the deciding norm of each right. compile: run as machine code (numba).
    stated: powers and declarations of which the table speaks itself (`Rules`). asked: makes further
    formulas whose records are told, after those of the conditions.
    """

    regime: Regime
    day: date
    rights: tuple[str, ...] | None = None
    conditions: tuple[Condition, ...] = ()
    deciding: bool = False
    compile: bool = False
    stated: frozenset[str] = frozenset()
    asked: Callable[[Rules], Sequence[Formula]] | None = None
    _prepared: dict[object, tuple[Blocked, tuple[tuple[int, ...], ...]]] = field(
        default_factory=dict
    )

    def __post_init__(self) -> None:
        self.rules = Rules(self.regime, self.day, stated=self.stated)
        known = self.regime.vocabulary.rights
        if self.rights is None:
            self.rights = tuple(right for right in known if self._all_units(right))
        units = {right: self._all_units(right) for right in self.rights}
        self.circuit = Circuit()
        flat = [unit for several in units.values() for unit in several]
        literals = self.circuit.literals(
            [
                *(self.rules.effective(unit) for unit in flat),
                *(self.rules.condition(one) for one in self.conditions),
                *(self.asked(self.rules) if self.asked is not None else ()),
            ]
        )
        effective = dict(zip(flat, literals, strict=False))
        self._asked = literals[len(flat) :]
        self._units: dict[str, _Units] = {
            right: [(unit, effective[unit]) for unit in several] for right, several in units.items()
        }
        self.coders = self._made_coders()

    def _all_units(self, right: str) -> tuple[Unit, ...]:
        return (*self.rules.guarantees(right), *self.rules.limits(right))

    def units(self, right: str) -> tuple[str, ...]:
        """The guarantees of a right, by their keys, as `Positions.by` numbers them from 1."""
        return tuple(unit.node for unit in self.rules.guarantees(right))

    def limits(self, right: str) -> tuple[str, ...]:
        """The limits of a right, as `Positions.limited_by` numbers them from 1."""
        return tuple(unit.node for unit in self.rules.limits(right))

    def _made_coders(self) -> dict[Field, FieldCoder]:
        vocabulary = self.regime.vocabulary
        wanted = dict(self.circuit.wanted_of())
        extra: dict[Field, set[int]] = {}
        for right in self._units:
            top = vocabulary.rights[right].top
            for unit, _ in self._units[right]:
                if isinstance(unit.level, FactRef):
                    of = OfFact(unit.level.path)
                    wanted.setdefault(of, ())
                    extra.setdefault(of, set()).update(range(1, top + 1))
        return {
            of: FieldCoder(of, several, vocabulary, tuple(sorted(extra.get(of, ()))))
            for of, several in wanted.items()
        }

    @property
    def keys(self) -> tuple[str, ...]:
        """The facts of the record on which some answer hangs."""
        of_levels = (of.key for of in self.coders if isinstance(of, OfFact))
        return tuple(dict.fromkeys(("host", *self.circuit.keys, *of_levels)))

    # ---- tables ----
    def coded(self, table: Table) -> dict[Field, Coded]:
        """The fields of a table as codes. Raises ValueError for a record without a host."""
        _refuse_without_host(table)
        return {of: coder.coded(table) for of, coder in self.coders.items()}

    def evaluate(self, table: Table) -> Evaluated:
        """The positions of every record. Columns are tested as they are, which is faster for once."""
        _refuse_without_host(table)
        read = {of: coder.read(table) for of, coder in self.coders.items()}
        return self.evaluate_coded(read, table.size)

    def evaluate_coded(self, coded: Mapping[Field, Coded], size: int) -> Evaluated:
        """The same of fields that were coded before."""
        blocked, places = self._ready(coded)
        columns = [_codes(coded[c.field], is_high=c.is_high) for c in blocked.program.columns]
        levels, units, planes = blocked.run(columns, size)
        found: dict[str, Positions] = {}
        assert self.rights is not None
        for right, (low, low_p, up, up_p) in zip(self.rights, places, strict=True):
            by, limited_by = units[low], units[up_p]
            if self.deciding:  # where no norm can decide, none does
                none = np.zeros(size, dtype=np.uint16)
                by, limited_by = (none if one is None else one for one in (by, limited_by))
            found[right] = Positions(
                levels[low], levels[low_p], levels[up], levels[up_p], by, limited_by
            )
        half = len(self._asked)
        return Evaluated(found, tuple(planes[:half]), tuple(planes[half:]))

    def _ready(self, coded: Mapping[Field, Coded]) -> tuple[Blocked, tuple[tuple[int, ...], ...]]:
        shape = tuple(self._kind(of, one) for of, one in coded.items())
        if shape not in self._prepared:
            if len(self._prepared) >= _MOST_PREPARED:
                del self._prepared[next(iter(self._prepared))]
            self._prepared[shape] = self._prepare(coded)
        return self._prepared[shape]

    def _kind(self, of: Field, one: Coded) -> tuple[str, object]:
        """What a program must know of a field; told apart by a word, since a truth is a number too."""
        match one:
            case Same(known):
                return type(known).__name__, known
            case Ranks(low, high):
                return "ranks", low is high
            case _:
                return "classes", self.coders[of].state

    def _prepare(self, coded: Mapping[Field, Coded]) -> tuple[Blocked, tuple[tuple[int, ...], ...]]:
        program = Program()
        planes = Planes(self.circuit, self.coders, coded, program)
        bounds: list[Bound] = []
        places = []
        assert self.rights is not None
        for right in self.rights:
            made = self._bounds(right, planes, coded)
            numbers = []
            for bound in made:
                if bound not in bounds:
                    bounds.append(bound)
                numbers.append(bounds.index(bound))
            places.append(tuple(numbers))
        asked = [planes.surely(one) for one in self._asked]
        asked += [planes.possibly(one) for one in self._asked]
        kind = compiled.Compiled if self.compile else Blocked
        return kind(program, bounds, asked), tuple(places)

    def _bounds(
        self, name: str, planes: Planes, coded: Mapping[Field, Coded]
    ) -> tuple[Bound, Bound, Bound, Bound]:
        """Lower, possible lower, upper and possible upper bound of a right."""
        right = self.regime.vocabulary.rights[name]
        first = len(self.rules.guarantees(name))
        guarantees, limits = self._units[name][:first], self._units[name][first:]
        made = []
        for units, possibly, best, deciding in (
            (guarantees, False, False, self.deciding),
            (guarantees, True, True, False),
            (limits, True, False, False),
            (limits, False, True, self.deciding),
        ):
            given, read = self._given(right, units, planes, coded, possibly=possibly, best=best)
            join = lower_bound if units is guarantees else upper_bound
            made.append(join(given, read, right.top, planes.program, deciding=deciding))
        lower, lower_possible, upper, upper_possible = made
        return (
            lower,
            lower if _alike(lower, lower_possible) else lower_possible,
            upper,
            upper if _alike(upper, upper_possible) and not self.deciding else upper_possible,
        )

    def _given(
        self,
        right: Right,
        units: _Units,
        planes: Planes,
        coded: Mapping[Field, Coded],
        *,
        possibly: bool,
        best: bool,
    ) -> tuple[list[Given], list[GivenByFact]]:
        """Levels with the planes in which they hold. best: of a level in doubt, the best for the person."""
        given: list[Given] = []
        read: list[GivenByFact] = []
        for number, (unit, literal) in enumerate(units, start=1):
            plane = planes.possibly(literal) if possibly else planes.surely(literal)
            if plane == NONE:
                continue
            if not isinstance(unit.level, FactRef):
                given.append(Given(self.rules.rank(unit.level, right), plane, number))
                continue
            of = OfFact(unit.level.path)
            known = coded[of]
            is_high = best is not right.less_is_better
            if isinstance(known, Same):
                assert isinstance(known.known, Range)
                amount = known.known.high if is_high else known.known.low
                given.append(Given(_clipped(right, amount), plane, number))
                continue
            assert isinstance(known, Ranks)
            is_high = is_high and known.low is not known.high
            column = planes.program.column(of, is_high=is_high)
            ranks = [
                _clipped(right, self.coders[of].least_of(code)) for code in range(known.top + 1)
            ]
            read.append(GivenByFact(column, np.array(ranks, dtype=np.int32), plane, number))
        return given, read


_MOST_PREPARED = 64


def _alike(one: Bound, other: Bound) -> bool:
    return (one.base, one.steps) == (other.base, other.steps) and not one.read and not other.read


def _clipped(right: Right, amount: int) -> int:
    return min(right.top, max(0, right.rank(amount)))


def _codes(coded: Coded, *, is_high: bool) -> Codes:
    assert not isinstance(coded, Same)
    if isinstance(coded, Ranks):
        return coded.high if is_high else coded.low
    return coded.codes


def _refuse_without_host(table: Table) -> None:
    """A record without a host has no position: which norms bind is not known of it."""
    if not table.size:
        return
    column = table.columns.get("host")
    hosts: Iterable[object]
    if column is None:
        hosts = [table.shared.get("host")]
    else:
        hosts = getattr(column, "values", ())
    for one in hosts:
        if not isinstance(one, Options) or not one.is_known:
            raise ValueError("every record needs a known host")
