"""Facts as symbols of a solver: one truth a threshold, one truth a class of names.

What the law does not tell apart is one code. A number is an integer only where it meets another
in a sum. Source of the encoding: the order encoding of the notes on rules as code, section 3.4.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from comity.agreement.coding.allowed import Names, Numbers, Sets
from comity.agreement.values import Possible, Range, exactly

Values = Mapping[str, bool | int]
"""What a model says of the symbols."""


def conjunction(parts: Iterable[str]) -> str:
    """All of some texts; `true` of none."""
    return _joined("and", parts, "true")


def disjunction(parts: Iterable[str]) -> str:
    """One of some texts; `false` of none, which SMT-LIB does not write as an empty `or`."""
    return _joined("or", parts, "false")


def _joined(word: str, parts: Iterable[str], neutral: str) -> str:
    several = list(dict.fromkeys(part for part in parts if part != neutral))
    if len(several) < 2:
        return several[0] if several else neutral
    return f"({word} {' '.join(several)})"


class Field(ABC):
    """One fact of one person: its symbols, and the text of what a test of it asks."""

    symbol: str

    @abstractmethod
    def declarations(self) -> Iterator[str]:
        """The commands that declare its symbols and say which of their values can be."""

    @abstractmethod
    def read(self, values: Values, ordinary: Possible | None) -> Possible:
        """The value in a model, the nearest to the ordinary one where several would do."""

    @abstractmethod
    def ladder(self, ordinary: Possible | None) -> list[str]:
        """Texts of what a plain person has, the plainest first."""

    def aim(self, ordinary: Possible | None) -> tuple[str, int] | None:
        """The integer symbol that is to come as near as can be to a number, if there is one."""
        return None

    @abstractmethod
    def symbols(self) -> list[str]:
        """The symbols whose values `read` needs."""


@dataclass
class Number(Field):
    """A number, rank, day or yes/no, by the thresholds at which the law looks.

    cuts: the numbers v of which the law asks whether the fact is at least v.
    meets: the fact meets another in a sum, and is an integer.
    """

    symbol: str
    low: int
    high: int
    cuts: set[int] = field(default_factory=set)
    meets: bool = False

    def at_least(self, number: int) -> str:
        """The fact is at least a number."""
        if number <= self.low:
            return "true"
        if number > self.high:
            return "false"
        return f"(>= {self.symbol} {number})" if self.meets else f"{self.symbol}_{number}"

    def test(self, allowed: Numbers, later: int = 0) -> str:
        """The fact, so much later, is one of some numbers."""
        return disjunction(self._within(a - later, b - later) for a, b in allowed.spans)

    def _within(self, low: int, high: int) -> str:
        above = self.at_least(high + 1)
        parts = [self.at_least(low), "true" if above == "false" else f"(not {above})"]
        return "false" if above == "true" else conjunction(parts)

    def ask(self, allowed: Numbers, later: int = 0) -> None:
        """Notes the thresholds of a test."""
        for low, high in allowed.spans:
            self.cuts.update(
                cut for cut in (low - later, high + 1 - later) if self.low < cut <= self.high
            )

    def declarations(self) -> Iterator[str]:
        """Its declaration; a higher threshold is passed only where a lower one is."""
        if self.meets:
            yield f"(declare-const {self.symbol} Int)"
            yield f"(assert (and (<= {self.low} {self.symbol}) (<= {self.symbol} {self.high})))"
            return
        cuts = sorted(self.cuts)
        for cut in cuts:
            yield f"(declare-const {self.symbol}_{cut} Bool)"
        for lower, higher in pairwise(cuts):
            yield f"(assert (or {self.symbol}_{lower} (not {self.symbol}_{higher})))"

    def read(self, values: Values, ordinary: Possible | None) -> Range:
        """The number, or of those with the same code the nearest to the ordinary one."""
        if self.meets:
            number = int(values[self.symbol])
            return Range(number, number)
        passed = [cut for cut in sorted(self.cuts) if values[f"{self.symbol}_{cut}"]]
        low = passed[-1] if passed else self.low
        high = min((cut for cut in self.cuts if cut > low), default=self.high + 1) - 1
        usual = _number(ordinary, self.low)
        number = min(max(usual, low), high)
        return Range(number, number)

    def ladder(self, ordinary: Possible | None) -> list[str]:
        """The ordinary number first, then those of other codes, by distance."""
        usual = _number(ordinary, self.low)
        cuts = sorted(self.cuts)
        if self.meets:
            return [f"(= {self.symbol} {usual})"]  # if that fails, the nearest is searched for
        starts = [self.low, *cuts]
        codes = [(start, (*cuts, self.high + 1)[n] - 1) for n, start in enumerate(starts)]
        codes.sort(key=lambda code: max(code[0] - usual, usual - code[1], 0))
        return [self._within(*code) for code in codes]

    def aim(self, ordinary: Possible | None) -> tuple[str, int] | None:
        """The integer that is to come as near as can be to the ordinary number."""
        return (self.symbol, _number(ordinary, self.low)) if self.meets else None

    def symbols(self) -> list[str]:
        """Its integer, or a truth for each threshold."""
        return [self.symbol] if self.meets else [f"{self.symbol}_{cut}" for cut in self.cuts]


def _number(known: Possible | None, default: int) -> int:
    if isinstance(known, Range):
        return known.low
    return default if known is None or not isinstance(known, int) else int(known) // 2


@dataclass(frozen=True)
class Classes:
    """Names that no test of a question tells apart, a class each; the first of each speaks for it."""

    members: tuple[tuple[str, ...], ...]

    @staticmethod
    def of(names: Sequence[str], groups: Iterable[frozenset[str]]) -> Classes:
        """The classes of some names under the groups that are tested for."""
        ordered = sorted(groups, key=sorted)
        found: dict[tuple[bool, ...], list[str]] = {}
        for name in names:
            found.setdefault(tuple(name in group for group in ordered), []).append(name)
        return Classes(tuple(tuple(members) for members in found.values()))

    def within(self, names: Names) -> list[int]:
        """The classes all of whose members are among the names."""
        return [n for n, members in enumerate(self.members) if names.has(members[0])]

    def of_name(self, name: str) -> int | None:
        """The class of a name."""
        return next((n for n, members in enumerate(self.members) if name in members), None)


@dataclass
class Name(Field):
    """An option of an enumeration, or a country."""

    symbol: str
    classes: Classes

    def test(self, allowed: Names) -> str:
        """The name is among some."""
        inside = self.classes.within(allowed)
        if len(inside) == len(self.classes.members):
            return "true"
        return disjunction(f"{self.symbol}_{n}" for n in inside)

    def declarations(self) -> Iterator[str]:
        """A truth a class, of which exactly one holds."""
        every = self.symbols()
        for symbol in every:
            yield f"(declare-const {symbol} Bool)"
        yield f"(assert {disjunction(every)})"
        for n, one in enumerate(every):
            for other in every[n + 1 :]:
                yield f"(assert (not (and {one} {other})))"

    def read(self, values: Values, ordinary: Possible | None) -> Possible:
        """The first name of the class, the ordinary one if it is in it."""
        return exactly(self.name_in(values, ordinary))

    def name_in(self, values: Values, ordinary: Possible | None) -> str:
        """The name in a model."""
        members = next(
            members
            for n, members in enumerate(self.classes.members)
            if values[f"{self.symbol}_{n}"]
        )
        usual = getattr(ordinary, "names", None) or frozenset()
        return next((name for name in members if name in usual), members[0])

    def ladder(self, ordinary: Possible | None) -> list[str]:
        """The ordinary name first, then the others in their order."""
        usual = getattr(ordinary, "names", None) or frozenset()
        first = [n for n, members in enumerate(self.classes.members) if usual & set(members)]
        rest = [n for n in range(len(self.classes.members)) if n not in first]
        return [f"{self.symbol}_{n}" for n in (*first, *rest)]

    def symbols(self) -> list[str]:
        """A truth a class."""
        return [f"{self.symbol}_{n}" for n in range(len(self.classes.members))]


@dataclass
class NameSet(Field):
    """A set of countries: for each class, whether it has a member in it."""

    symbol: str
    classes: Classes
    without: frozenset[str]

    def test(self, allowed: Sets) -> str:
        """The set has a member in each of what it must hit, and none in what it must avoid."""
        hits = (self._meets(names) for names in allowed.hits)
        return conjunction((*hits, _denied(self._meets(allowed.avoids))))

    def _meets(self, names: Names) -> str:
        return disjunction(f"{self.symbol}_{n}" for n in self.classes.within(names))

    def declarations(self) -> Iterator[str]:
        """A truth a class; what is no country is in no set."""
        for n, members in enumerate(self.classes.members):
            yield f"(declare-const {self.symbol}_{n} Bool)"
            if self.without.issuperset(members):
                yield f"(assert (not {self.symbol}_{n}))"

    def read(self, values: Values, ordinary: Possible | None) -> Possible:
        """One member of each class that the set meets."""
        return exactly(self.names_in(values, ordinary))

    def names_in(self, values: Values, ordinary: Possible | None) -> frozenset[str]:
        """The members in a model."""
        usual = getattr(ordinary, "surely", None) or frozenset()
        chosen = []
        for n, members in enumerate(self.classes.members):
            if values[f"{self.symbol}_{n}"]:
                pool = [name for name in members if name not in self.without]
                chosen.append(next((name for name in pool if name in usual), pool[0]))
        return frozenset(chosen)

    def ladder(self, ordinary: Possible | None) -> list[str]:
        """The ordinary members first, then each class alone, then none."""
        every = range(len(self.classes.members))
        usual = getattr(ordinary, "surely", None) or frozenset()
        first = [n for n in every if usual & set(self.classes.members[n])]
        ways = [first, *([n] for n in every), []]
        return [
            conjunction(
                f"{self.symbol}_{n}" if n in way else f"(not {self.symbol}_{n})" for n in every
            )
            for way in ways
        ]

    def symbols(self) -> list[str]:
        """A truth a class."""
        return [f"{self.symbol}_{n}" for n in range(len(self.classes.members))]


def _denied(text: str) -> str:
    return {"true": "false", "false": "true"}.get(text, f"(not {text})")


def same_as_host(symbol: str, host: Name, other: Name | NameSet) -> Iterator[str]:
    """Commands: a truth that a country is the host, or a set has it, and what follows from it."""
    yield f"(declare-const {symbol} Bool)"
    without = other.without if isinstance(other, NameSet) else frozenset[str]()
    for n, members in enumerate(host.classes.members):
        here, there = f"{host.symbol}_{n}", f"{other.symbol}_{n}"
        if isinstance(other, Name):
            yield f"(assert (=> {symbol} (= {here} {there})))"
        else:
            yield f"(assert (=> (and {symbol} {here}) {there}))"
        possible = [name for name in members if name not in without]
        if len(possible) == 1:
            yield f"(assert (=> (and {here} {there}) {symbol}))"


__all__ = [
    "Classes",
    "Field",
    "Name",
    "NameSet",
    "Number",
    "Values",
    "conjunction",
    "disjunction",
    "same_as_host",
]
