"""Fields as small codes: numbers by their rank among the numbers of the law, all else by class.

Two values of a field that no test tells apart have one code. A number of which only its ends are
known has two ranks; of anything else, what is known is a class of its own.
Source: threshold coding, design section 4.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil, floor, lcm
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.agreement.coding.allowed import Numbers
from comity.agreement.many.circuit import Above, Field, OfFact, OfHost, OfSum, Wanted
from comity.agreement.many.columns import Column, ListedColumn, NumberColumn, Table
from comity.agreement.many.uncoded import (
    Codes,
    Listed,
    Plain,
    Whole,
    code_type,
    looked_up,
    ranks_of,
)
from comity.agreement.many.uncoded import Numbers as RawNumbers
from comity.agreement.values import Members, Options, Possible, Range, Truth, is_known
from comity.agreement.vocabulary import Vocabulary

Spans: TypeAlias = tuple[tuple[int, int], ...]
"""Codes from one to another, both included; several of them in order."""


@dataclass(frozen=True, eq=False)
class Ranks:
    """A number field of a table. low, high: ranks; one array where every number is known."""

    low: Codes
    high: Codes
    top: int


@dataclass(frozen=True, eq=False)
class Classes:
    """A listed field of a table. codes: the class of each record. known: one value of each class."""

    codes: Codes
    known: tuple[Possible, ...]


@dataclass(frozen=True, slots=True)
class Same:
    """A field that is known alike of every record."""

    known: Possible


Coded: TypeAlias = Ranks | Classes | Same


class _Coding:
    """Makes codes of columns."""

    def ranks(self, numbers: Whole, edges: tuple[int, ...]) -> Codes:
        """Numbers by their ranks."""
        return ranks_of(numbers, edges)

    def classes(self, places: Whole, classes: Plain) -> Codes:
        """Places in a list by their classes."""
        return looked_up(classes, places)


class _Reading(_Coding):
    """Leaves columns as they are."""

    def ranks(self, numbers: Whole, edges: tuple[int, ...]) -> Codes:
        """Numbers, with the edges of their ranks."""
        return RawNumbers(numbers, edges)

    def classes(self, places: Whole, classes: Plain) -> Codes:
        """Places in a list, with their classes."""
        return Listed(places, classes)


def admits(wanted: Wanted, known: Possible, scale: int = 1) -> Truth:
    """Whether what is known of a field is as wanted. scale: what a sum was multiplied by."""
    if wanted is None:
        assert isinstance(known, Truth)
        return known
    if isinstance(wanted, Above):
        assert isinstance(known, Range)
        least = least_above(wanted, scale)
        return (
            Truth.TRUE
            if known.low >= least
            else Truth.of(False)
            if known.high < least
            else Truth.UNKNOWN
        )
    if wanted.admits(known):
        return Truth.TRUE
    return Truth.UNKNOWN if wanted.may_be(known) else Truth.FALSE


def least_above(above: Above, scale: int) -> int:
    """The least whole number that is enough, of a sum multiplied by a scale."""
    number = above.number * scale
    return floor(number) + 1 if above.strict else ceil(number)


@dataclass
class FieldCoder:
    """Codes one field of any table of a vocabulary. wanted: all that is asked of it, in order.

    extra: numbers between which values must be told apart although no test does.
    """

    of: Field
    wanted: tuple[Wanted, ...]
    vocabulary: Vocabulary
    extra: tuple[int, ...] = ()
    _classes: dict[tuple[Truth, ...], int] = field(default_factory=dict)
    _known: list[Possible] = field(default_factory=list)
    _luts: dict[tuple[Possible, ...], NDArray[np.uint16]] = field(default_factory=dict)
    _unknown: dict[str, Possible] = field(default_factory=dict)
    _same: Same | None = None

    def __post_init__(self) -> None:
        edges: set[int] = set(self.extra)
        for one in self.wanted:
            if isinstance(one, Numbers):
                edges.update(edge for low, high in one.spans for edge in (low, high + 1))
            elif isinstance(one, Above):
                edges.add(least_above(one, self.scale))
        everything = self._everything
        if isinstance(everything, Range):
            edges = {edge for edge in edges if everything.low < edge <= everything.high}
        self.edges = tuple(sorted(edges))

    @property
    def scale(self) -> int:
        """What a sum is multiplied by so that its numbers are whole."""
        if not isinstance(self.of, OfSum):
            return 1
        return lcm(*(c.denominator for _, c in self.of.terms))

    @property
    def _everything(self) -> Possible | None:
        if not isinstance(self.of, OfFact):
            return None
        declared = self.vocabulary.fact(self.of.key)
        return None if declared is None else declared.type.everything()

    # ---- tests ----
    def spans(self, wanted: Wanted) -> Spans:
        """The ranks that a test of a number allows."""
        if isinstance(wanted, Above):
            return ((self.rank(least_above(wanted, self.scale)), len(self.edges)),)
        assert isinstance(wanted, Numbers)
        found = [(self.rank(low), self.rank(high)) for low, high in wanted.spans]
        return tuple((low, high) for low, high in found if low <= high)

    def rank(self, number: int) -> int:
        """How many edges are not above a number."""
        return int(np.searchsorted(np.asarray(self.edges, dtype=np.int64), number, side="right"))

    def least_of(self, rank: int) -> int:
        """The least number of a rank; of the lowest, one below its first edge."""
        return self.edges[rank - 1] if rank else (self.edges[0] - 1 if self.edges else 0)

    def classes_where(self, wanted: Wanted, *, possibly: bool) -> Spans:
        """The classes of which a test surely holds, or possibly."""
        least = Truth.UNKNOWN if possibly else Truth.TRUE
        number = self.wanted.index(wanted)
        codes = [code for truths, code in self._classes.items() if truths[number] >= least]
        return Numbers.of(codes).spans

    @property
    def state(self) -> int:
        """Grows as classes are met that no table had before."""
        return len(self._known)

    # ---- tables ----
    def coded(self, table: Table) -> Coded:
        """The field of a table."""
        return self._found(table, _Coding())

    def read(self, table: Table) -> Coded:
        """The field of a table for one evaluation: numbers and lists stay in the place of codes."""
        return self._found(table, _Reading())

    def _found(self, table: Table, how: _Coding) -> Coded:
        if isinstance(self.of, OfSum):
            return self._sum(table, how)
        key = self.of.key
        if key not in table.columns and key not in table.shared and isinstance(self.of, OfFact):
            if self._same is None:
                self._same = Same(unknown(key, self.vocabulary))
            return self._same
        column = self._column(table, key)
        if isinstance(self.of, OfHost):
            return self._host_in(table, column, how)
        match column:
            case NumberColumn(low, high):
                return self._ranks(low, high, how)
            case ListedColumn(codes, values):
                if len(values) == 1:
                    return Same(values[0])
                if all(isinstance(one, Range) for one in values):
                    return self._ranks_by_list(codes, values, how)
                return self._classes_by_list(codes, values, how)
            case known:
                return Same(known)

    def _column(self, table: Table, key: str) -> Column | Possible:
        column = table.columns.get(key)
        if column is not None:
            return column
        known = table.shared.get(key)
        if known is not None:
            return known
        if key not in self._unknown:
            self._unknown[key] = unknown(key, self.vocabulary)
        return self._unknown[key]

    def _ranks(self, low: Whole, high: Whole, how: _Coding) -> Ranks:
        found = how.ranks(low, self.edges)
        is_known = high is low
        return Ranks(found, found if is_known else how.ranks(high, self.edges), len(self.edges))

    def _ranks_by_list(self, codes: Whole, values: tuple[Possible, ...], how: _Coding) -> Ranks:
        ranges = [one for one in values if isinstance(one, Range)]
        kind = code_type(len(self.edges))
        low, high = (
            np.array([self.rank(end) for end in ends], dtype=kind)
            for ends in ([r.low for r in ranges], [r.high for r in ranges])
        )
        first = how.classes(codes, low)
        same = np.array_equal(low, high)
        return Ranks(first, first if same else how.classes(codes, high), len(self.edges))

    def _classes_by_list(self, codes: Whole, values: tuple[Possible, ...], how: _Coding) -> Classes:
        if values not in self._luts:
            self._luts[values] = np.array([self._class_of(v) for v in values], dtype=np.uint16)
        classes = self._luts[values].astype(code_type(len(self._known)))
        return Classes(how.classes(codes, classes), tuple(self._known))

    def _class_of(self, known: Possible) -> int:
        truths = tuple(admits(wanted, known) for wanted in self.wanted)
        if truths not in self._classes:
            self._classes[truths] = len(self._known)
            self._known.append(known)
        return self._classes[truths]

    # ---- fields of several facts ----
    def _host_in(self, table: Table, column: Column | Possible, how: _Coding) -> Coded:
        host = self._column(table, "host")
        assert not isinstance(column, NumberColumn)
        assert not isinstance(host, NumberColumn)
        if isinstance(column, ListedColumn) and isinstance(host, ListedColumn):
            found = _hosts(column.values, host.values)[column.codes, host.codes]
            return self._classes_by_list(found, (Truth.FALSE, Truth.UNKNOWN, Truth.TRUE), how)
        if isinstance(host, ListedColumn):
            assert not isinstance(column, ListedColumn)
            by_host = tuple(is_host(column, one) for one in host.values)
            return self._classes_by_list(host.codes, by_host, how)
        if isinstance(column, ListedColumn):
            by_column = tuple(is_host(one, host) for one in column.values)
            return self._classes_by_list(column.codes, by_column, how)
        return Same(is_host(column, host))

    def _sum(self, table: Table, how: _Coding) -> Coded:
        assert isinstance(self.of, OfSum)
        scale = self.scale
        terms = [
            (int(c * scale), _ends(self._column(table, key), self.vocabulary, key))
            for key, c in self.of.terms
        ]
        farthest = sum(abs(times) * _farthest(ends) for times, ends in terms)
        kind: type[np.signedinteger[Any]] = np.int32 if farthest < 2**31 else np.int64
        least, most = 0, 0
        low: Whole | None = None
        high: Whole | None = None
        for times, ends in terms:
            if not isinstance(ends, NumberColumn):
                one, other = times * ends.low, times * ends.high
                least, most = least + min(one, other), most + max(one, other)
                continue
            first = _times(ends.low, times, kind)
            second = first if ends.high is ends.low else _times(ends.high, times, kind)
            if times < 0:
                first, second = second, first
            is_known = first is second and (low is None or low is high)
            low = first if low is None else low + first
            high = low if is_known else (second if high is None else high + second)
        if low is None or high is None:
            return Same(Range(least, most))
        found = how.ranks(low + kind(least), self.edges)
        if least == most and low is high:
            return Ranks(found, found, len(self.edges))
        return Ranks(found, how.ranks(high + kind(most), self.edges), len(self.edges))


def _times(numbers: Whole, times: int, kind: type[np.signedinteger[Any]]) -> Whole:
    found: Whole = numbers.astype(kind)
    if times != 1:
        np.multiply(found, kind(times), out=found)
    return found


def _farthest(ends: NumberColumn | Range) -> int:
    """How far from nought a number can be that a column's type holds."""
    if isinstance(ends, Range):
        return max(abs(ends.low), abs(ends.high))
    limits = [np.iinfo(one.dtype) for one in (ends.low, ends.high)]
    return max(max(-int(one.min), int(one.max)) for one in limits)


def _ends(column: Column | Possible, vocabulary: Vocabulary, key: str) -> NumberColumn | Range:
    match column:
        case NumberColumn() | Range():
            return column
        case ListedColumn(codes, values):
            ranges = [v for v in values if isinstance(v, Range)]
            if len(ranges) != len(values):
                raise TypeError(f"`{key}` is a number; its column lists other values")
            low = np.array([r.low for r in ranges], dtype=np.int64).take(codes)
            if all(map(is_known, ranges)):
                return NumberColumn(low, low)
            return NumberColumn(low, np.array([r.high for r in ranges], dtype=np.int64).take(codes))
        case _:
            raise TypeError(f"`{key}` is a number; what is known of it is not")


def unknown(key: str, vocabulary: Vocabulary) -> Possible:
    """Nothing is known of a fact."""
    declared = vocabulary.fact(key)
    if declared is None:
        return Truth.UNKNOWN
    return declared.type.everything()


@lru_cache(maxsize=128)
def _hosts(countries: tuple[Possible, ...], hosts: tuple[Possible, ...]) -> NDArray[np.uint8]:
    """Whether each country is each host, (countries, hosts). Kept: tables of one world share them."""
    return np.array([[is_host(one, h) for h in hosts] for one in countries], dtype=np.uint8)


def is_host(known: Possible, host: Possible) -> Truth:
    """Whether a country is the host, or a set of countries has the host in it."""
    assert isinstance(host, Options)
    assert host.names is not None
    (name,) = host.names
    if isinstance(known, Members):
        if name in known.surely:
            return Truth.TRUE
        return Truth.UNKNOWN if known.perhaps is None or name in known.perhaps else Truth.FALSE
    assert isinstance(known, Options)
    if known.names is None:
        return Truth.UNKNOWN
    if name not in known.names:
        return Truth.FALSE
    return Truth.TRUE if len(known.names) == 1 else Truth.UNKNOWN
