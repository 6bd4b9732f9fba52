"""Every test of a circuit as tests of columns: of whom it surely holds, and of whom possibly.

As `agreement.many` folds what a table leaves unknown into constants, a column that the table lacks
is folded here: then the test is a constant, or open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import lcm

from comity.agreement.coding.allowed import ANY, Names, Numbers, Sets
from comity.agreement.coding.allowed import NONE as NO_NAME
from comity.agreement.many.circuit import Above, OfFact, OfHost, OfSum, Test, Wanted
from comity.agreement.many.evaluator import Evaluator
from comity.agreement.many.fields import admits, least_above, unknown
from comity.agreement.many.program import ALL, NONE, Op, Plane, Planes, Program
from comity.agreement.values import Range, Truth
from comity.agreement.vocabulary import (
    CountriesType,
    EnumerationType,
    LevelType,
    TruthType,
    Vocabulary,
)
from comity.count.engines.columns import Kind
from comity.count.sql.atoms import (
    Atom,
    Between,
    Columns,
    Equals,
    IsThere,
    IsTruth,
    OneOf,
    SumAtLeast,
    Term,
)
from comity.count.sql.faults import NotAQuery
from comity.count.sql.schema import HOST, InputSchema, Part, fact_type

FEW = 8
"""Countries that are listed twice, for certain and for possible; a longer list is written once."""


class Atoms(Program):
    """A program whose tests are tests of columns: an instruction names its atom by number."""

    def __init__(self) -> None:
        super().__init__()
        self.atoms: list[Atom] = []
        self._numbers_of_atoms: dict[Atom, int] = {}

    def atom(self, atom: Atom) -> Plane:
        """The plane of a test, which is added if it is new."""
        if atom not in self._numbers_of_atoms:
            self._numbers_of_atoms[atom] = len(self.atoms)
            self.atoms.append(atom)
        return self._made(Op.EQUAL, self._numbers_of_atoms[atom])

    def negated(self, plane: Plane) -> Plane:
        """The records that are not in a plane; of a yes or no, those of whom it is the contrary."""
        atom = self.atom_of(plane) if plane >= 0 else None
        if isinstance(atom, IsTruth):
            return self.atom(IsTruth(atom.columns, not atom.wanted, not atom.maybe))
        return super().negated(plane)

    def atom_of(self, plane: Plane) -> Atom | None:
        """The test that a plane is, if it is one."""
        instruction = self.instructions[plane]
        return self.atoms[instruction.a] if instruction.op is Op.EQUAL else None


@dataclass(frozen=True)
class Available:
    """The columns of the user's table, by fact. A fact without a column is unknown of all."""

    schema: InputSchema
    names: frozenset[str]

    def of(self, key: str, part: Part) -> Columns:
        """The columns that say one part of a fact, those that the table has."""
        several = self.schema.by_key.get(key, ())
        return tuple(c.name for c in several if c.part is part and c.name in self.names)

    def low(self, key: str) -> Columns:
        """Where the least that a number may be is said."""
        return (*self.of(key, Part.VALUE), *self.of(key, Part.LOW))

    def high(self, key: str) -> Columns:
        """Where the most that a number may be is said."""
        return (*self.of(key, Part.VALUE), *self.of(key, Part.HIGH))

    def says(self, key: str) -> bool:
        """Whether any column says anything of a fact."""
        return any(c.name in self.names for c in self.schema.by_key.get(key, ()))


class Asked(Planes):
    """The planes of a circuit's gates over the columns of a table."""

    def __init__(self, evaluator: Evaluator, available: Available, program: Atoms) -> None:
        super().__init__(evaluator.circuit, {}, {}, program)
        self.atoms, self.available = program, available
        self.vocabulary: Vocabulary = evaluator.regime.vocabulary

    def _tested(self, test: Test) -> tuple[Plane, Plane]:
        match test.field:
            case OfFact(key):
                if not self.available.says(key):
                    return _constants(admits(test.wanted, unknown(key, self.vocabulary)))
                return self._fact(key, test.wanted)
            case OfHost(key):
                return self._is_host(key)
            case OfSum() as of:
                assert isinstance(test.wanted, Above)
                return self._sum(of, test.wanted)

    # ---- single facts ----
    def _fact(self, key: str, wanted: Wanted) -> tuple[Plane, Plane]:
        kind = fact_type(key, self.vocabulary)
        match wanted:
            case Numbers() if isinstance(kind, TruthType):
                return self._truth(key, wanted)
            case Numbers():
                return self._number(key, wanted)
            case Names():
                return self._name(key, wanted)
            case Sets():
                return self._set(key, wanted)
            case _:
                raise NotAQuery(f"`{key}` is asked in a way that has no columns: {wanted}")

    def _truth(self, key: str, wanted: Numbers) -> tuple[Plane, Plane]:
        columns = self.available.of(key, Part.VALUE)
        truths = [truth for truth in (True, False) if wanted.admits(Truth.of(truth))]
        if len(truths) != 1:
            return _constants(Truth.of(bool(truths)))
        return self._both(lambda maybe: IsTruth(columns, truths[0], maybe))

    def _number(self, key: str, wanted: Numbers) -> tuple[Plane, Plane]:
        """By its ends where the table has them; else by its one column."""
        domain = fact_type(key, self.vocabulary).everything()
        assert isinstance(domain, Range)
        spans = [
            (max(low, domain.low), min(high, domain.high))
            for low, high in wanted.spans
            if low <= domain.high and high >= domain.low
        ]
        one = self.available.of(key, Part.VALUE)
        low, high = self.available.low(key), self.available.high(key)
        if low == high == one and isinstance(fact_type(key, self.vocabulary), LevelType):
            return self._levels(key, spans)
        surely, possibly = [], []
        for first, last in spans:
            if low == high == one:
                surely.append(self._within(key, one, first, last, domain, maybe=False))
                possibly.append(self._within(key, one, first, last, domain, maybe=True))
                continue
            from_, to = self._ends(key, first, last, domain, maybe=False)
            surely.append(self.program.all_of([from_, to]))
            from_, to = self._ends(key, first, last, domain, maybe=True)
            possibly.append(self.program.all_of([from_, to]))
        return self.program.some_of(surely), self.program.some_of(possibly)

    def _ends(
        self, key: str, first: int, last: int, domain: Range, *, maybe: bool
    ) -> tuple[Plane, Plane]:
        """Surely: the lower end is from the first on, the upper up to the last. Possibly: crosswise."""
        low, high = self.available.low(key), self.available.high(key)
        begins, ends = (high, low) if maybe else (low, high)
        return (
            self._within(key, begins, first, domain.high, domain, maybe=maybe),
            self._within(key, ends, domain.low, last, domain, maybe=maybe),
        )

    def _within(
        self, key: str, columns: Columns, first: int, last: int, domain: Range, *, maybe: bool
    ) -> Plane:
        if first <= domain.low and last >= domain.high:
            return ALL
        if not columns:
            return ALL if maybe else NONE
        kind = fact_type(key, self.vocabulary)
        if isinstance(kind, LevelType):
            return self._closed(
                columns, set(range(first, last + 1)), kind.scale.levels, maybe=maybe
            )
        return self.atoms.atom(
            Between(
                columns,
                self.available.schema.by_name[columns[0]].kind,
                first if first > domain.low else None,
                last if last < domain.high else None,
                maybe,
            )
        )

    def _levels(self, key: str, spans: Iterable[tuple[int, int]]) -> tuple[Plane, Plane]:
        kind = fact_type(key, self.vocabulary)
        assert isinstance(kind, LevelType)
        ranks = {rank for low, high in spans for rank in range(low, high + 1)}
        if len(ranks) in (0, len(kind.scale.levels)):
            return _constants(Truth.of(bool(ranks)))
        columns = self.available.of(key, Part.VALUE)
        return (
            self._closed(columns, ranks, kind.scale.levels, maybe=False),
            self._closed(columns, ranks, kind.scale.levels, maybe=True),
        )

    def _closed(
        self, columns: Columns, ranks: set[int], among: tuple[str, ...], *, maybe: bool
    ) -> Plane:
        """Possibly: it is none of the other words, so that a word that is none counts as unknown."""
        wanted = tuple(word for rank, word in enumerate(among) if rank in ranks)
        others = tuple(word for rank, word in enumerate(among) if rank not in ranks)
        texts = others if maybe else wanted
        return self.atoms.atom(OneOf(columns, texts, maybe, maybe, among))

    def _name(self, key: str, wanted: Names) -> tuple[Plane, Plane]:
        columns, kind = self.available.of(key, Part.VALUE), fact_type(key, self.vocabulary)
        if isinstance(kind, EnumerationType):
            options = kind.enumeration.options
            places = {place for place, option in enumerate(options) if wanted.has(option)}
            if len(places) in (0, len(options)):
                return _constants(Truth.of(bool(places)))
            return self._option(key, columns, places, options)
        if not wanted.names:
            return _constants(Truth.of(wanted.others))
        texts = tuple(sorted(wanted.names))
        if len(texts) <= FEW:
            return self._both(lambda maybe: OneOf(columns, texts, wanted.others, maybe))
        surely = self.atoms.atom(OneOf(columns, texts, wanted.others, False))
        is_there = self.atoms.atom(IsThere(columns))
        return surely, self.program.some_of([surely, self.program.negated(is_there)])

    def _option(
        self, key: str, columns: Columns, places: set[int], options: tuple[str, ...]
    ) -> tuple[Plane, Plane]:
        """One of some options; what it surely is not settles a test that all others, or none, pass."""
        surely = self._closed(columns, places, options, maybe=False)
        possibly = self._closed(columns, places, options, maybe=True)
        but = self.available.of(key, Part.BUT)
        if but and len(places) == len(options) - 1:
            (other,) = (word for place, word in enumerate(options) if place not in places)
            is_not = self.atoms.atom(OneOf(but, (other,), False, False, options))
            surely = self.program.some_of([surely, is_not])
        if but and len(places) == 1:
            (only,) = (word for place, word in enumerate(options) if place in places)
            is_not = self.atoms.atom(OneOf(but, (only,), False, False, options))
            possibly = self.program.all_of([possibly, self.program.negated(is_not)])
        return surely, possibly

    # ---- sets of countries ----
    def _set(self, key: str, wanted: Sets) -> tuple[Plane, Plane]:
        """A member in each of the hits and none to be avoided; others may be there unless complete."""
        program = self.program
        complete = self._complete(key)
        avoided = self._some_member(key, wanted.avoids)
        ordered = sorted(wanted.hits, key=lambda hit: (hit.others, sorted(hit.names)))
        hits = [self._some_member(key, hit) for hit in ordered]
        surely = program.all_of(hits)
        if wanted.avoids != NO_NAME:
            surely = program.all_of([surely, complete, program.negated(avoided)])
        possible = [program.negated(avoided)]
        for hit in ordered:
            left = hit.meet(wanted.avoids.complement())
            if left is None:
                return NONE, NONE
            found = self._some_member(key, left)
            possible.append(program.some_of([found, program.negated(complete)]))
        return surely, program.all_of(possible)

    def _complete(self, key: str) -> Plane:
        columns = self.available.of(key, Part.COMPLETE)
        return self.atoms.atom(IsTruth(columns, True, False)) if columns else NONE

    def _some_member(self, key: str, names: Names) -> Plane:
        """Some member that is told is among the names."""
        if names == NO_NAME:
            return NONE
        told = []
        for member in self.available.of(key, Part.MEMBER):
            if names == ANY:
                told.append(self.atoms.atom(IsThere((member,))))
            else:
                texts = tuple(sorted(names.names))
                told.append(self.atoms.atom(OneOf((member,), texts, names.others, False)))
        return self.program.some_of(told)

    def _is_host(self, key: str) -> tuple[Plane, Plane]:
        if HOST not in self.available.names or not self.available.says(key):
            return NONE, ALL
        if not isinstance(fact_type(key, self.vocabulary), CountriesType):
            columns = self.available.of(key, Part.VALUE)
            return self._both(lambda maybe: Equals(columns, HOST, maybe))
        members = self.available.of(key, Part.MEMBER)
        told = [self.atoms.atom(Equals((member,), HOST, False)) for member in members]
        surely = self.program.some_of(told)
        return surely, self.program.some_of([surely, self.program.negated(self._complete(key))])

    # ---- sums ----
    def _sum(self, of: OfSum, wanted: Above) -> tuple[Plane, Plane]:
        scale = lcm(*(c.denominator for _, c in of.terms))
        least = least_above(wanted, scale)
        return self._reaches(of, scale, least, maybe=False), self._reaches(
            of, scale, least, maybe=True
        )

    def _reaches(self, of: OfSum, scale: int, least: int, *, maybe: bool) -> Plane:
        """Whether the lowest (possibly: the highest) that the sum may be is enough."""
        terms: list[Term] = []
        for key, c in of.terms:
            times, is_high = int(c * scale), (c > 0) is maybe
            domain = fact_type(key, self.vocabulary).everything()
            columns = self.available.high(key) if is_high else self.available.low(key)
            if not isinstance(domain, Range):
                raise NotAQuery(f"`{key}` is no number, and is added to others")
            end = domain.high if is_high else domain.low
            if not columns:
                least -= times * end
                continue
            if self.available.schema.by_name[columns[0]].kind is not Kind.INTEGER:
                raise NotAQuery(f"`{key}` is no count, and is added to others")
            terms.append(Term(times, columns, end))
        if not terms:
            return _constants(Truth.of(least <= 0))[0]
        return self.atoms.atom(SumAtLeast(tuple(terms), least))

    def _both(self, made: Callable[[bool], Atom]) -> tuple[Plane, Plane]:
        return self.atoms.atom(made(False)), self.atoms.atom(made(True))


def _constants(truth: Truth) -> tuple[Plane, Plane]:
    return (
        ALL if truth is Truth.TRUE else NONE,
        NONE if truth is Truth.FALSE else ALL,
    )
