"""What a block of a register says of each fact: the evaluator's columns, and which rows are at fault.

A value at fault counts as unknown here, and is reported; whether that is enough is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.agreement.many.columns import Column, ListedColumn, NumberColumn
from comity.agreement.many.fields import unknown
from comity.agreement.values import Possible, Range
from comity.agreement.vocabulary import Vocabulary
from comity.count.register.arrow_reading import Arrays
from comity.count.register.dates import FIRST, LAST, OF_ORDINAL, Whens, between, days_of, whens
from comity.count.register.faults import BadCode, BadNumber, Impossible
from comity.count.register.schema import Codes, Dated, Form, Number, OnDay
from comity.count.register.slots import MISSING, NO_CODE, UNREADABLE, Slots

Bools: TypeAlias = NDArray[np.bool_]
Ints: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Bad:
    """Rows at fault in one way. rows: shape (rows of the block,)."""

    code: str
    column: str
    fact: str
    rows: Bools


@dataclass(eq=False)
class Told:
    """What a block says. missing: rows in which nothing is known of a fact; capped: too long a time."""

    columns: dict[str, Column] = field(default_factory=dict)
    bad: list[Bad] = field(default_factory=list)
    missing: dict[str, int] = field(default_factory=dict)
    capped: dict[str, int] = field(default_factory=dict)

    def note(self, code: str, column: str, fact: str, rows: Bools) -> None:
        """Reports rows at fault, if there are any."""
        if rows.any():
            self.bad.append(Bad(code, column, fact, rows))


class Reader(Protocol):
    """Reads facts out of blocks."""

    def read(self, block: Arrays, told: Told) -> None:
        """Adds what a block says."""


class CodesReader:
    """A fact whose values are listed."""

    def __init__(self, key: str, source: Codes, vocabulary: Vocabulary, slots: Slots) -> None:
        self.key, self.source = key, source
        words = list(source.known)
        self.slot = slots.place(source.column, words)
        nothing = unknown(key, vocabulary)
        said = [nothing if known is None else known for known in source.known.values()]
        self.values: tuple[Possible, ...] = tuple(dict.fromkeys([nothing, *said]))
        places = {known: at for at, known in enumerate(self.values)}
        # the two numbers that stand for no code come first
        self.table = np.array([0, 0, *(places[known] for known in said)], dtype=np.int32)

    def read(self, block: Arrays, told: Told) -> None:
        """Places of codes to what they say."""
        raw = block[self.slot]
        codes = self.table[raw - NO_CODE]
        missing = int(np.count_nonzero(codes == 0))
        told.missing[self.key] = missing
        told.columns[self.key] = (
            # no record may have an unknown host, not even in its list
            ListedColumn(codes - 1, self.values[1:])
            if self.key == "host" and not missing
            else ListedColumn(codes, self.values)
        )
        told.note(BadCode.code, self.source.column, self.key, raw == NO_CODE)


class NumberReader:
    """A number in one column, or between two."""

    def __init__(self, key: str, source: Number, vocabulary: Vocabulary, slots: Slots) -> None:
        self.key, self.source = key, source
        everything = unknown(key, vocabulary)
        assert isinstance(everything, Range)
        self.top = everything.high
        self.low = slots.number(source.low, source.unknown)
        self.high = slots.number(source.high, source.unknown)

    def read(self, block: Arrays, told: Told) -> None:
        """Numbers in the fact's own unit, between two ends."""
        least, is_low = self._checked(block[self.low], self.source.low, told)
        low = np.where(is_low, least * self.source.factor, 0)
        if self.low == self.high and not self.source.spare:
            high = np.where(is_low, low, self.top)
            is_high = is_low
        else:
            most, is_high = (
                (least, is_low)
                if self.low == self.high
                else self._checked(block[self.high], self.source.high, told)
            )
            most = np.minimum(most * self.source.factor + self.source.spare, self.top)
            high = np.where(is_high, most, self.top)
        crossed = low > high
        told.note(Impossible.code, f"{self.source.low}, {self.source.high}", self.key, crossed)
        told.missing[self.key] = int(np.count_nonzero(crossed | ~(is_low | is_high)))
        told.columns[self.key] = ended(np.where(crossed, 0, low), np.where(crossed, self.top, high))

    def _checked(self, raw: Ints, column: str, told: Told) -> tuple[Ints, Bools]:
        there = raw > UNREADABLE
        good = there & (raw >= 0) & (raw <= self.top // self.source.factor)
        told.note(BadNumber.code, column, self.key, (raw != MISSING) & ~good)
        return np.where(good, raw, 0), good


def ended(low: Ints, high: Ints) -> NumberColumn:
    """A column of numbers; one array where every number is known."""
    least = low.astype(np.int32)
    return NumberColumn(least, least if np.array_equal(low, high) else high.astype(np.int32))


class Days:
    """A column of days, read once however many facts are counted from it."""

    def __init__(self, name: str, source: Dated, day: date | None, slots: Slots) -> None:
        self.name, self.source = name, source
        self.slot = slots.day(source.column, source.form, source.unknown)
        self.day = None if day is None else days_of(day)

    def whens(self, block: Arrays, told: Told) -> tuple[Whens, Bools]:
        """The days, and which of them are known; nothing lies after the register's day."""
        raw = block[self.slot]
        there = raw > UNREADABLE
        found = whens(np.where(there, raw, _ANY[self.source.form]), self.source.form)
        good = there
        if self.day is not None:
            good = there & (found.earliest <= self.day)
            latest = np.minimum(found.latest, self.day)
            found = Whens(found.earliest, found.earliest if _is_exact(self.source) else latest)
        told.note(BadNumber.code, self.source.column, self.name, (raw != MISSING) & ~good)
        return found, good


_ANY: Mapping[Form, int] = {Form.DAY: 0, Form.COMPACT: 0, Form.MONTH: 12 * 1970, Form.YEAR: 1970}


def _is_exact(source: Dated) -> bool:
    return source.form in (Form.DAY, Form.COMPACT)


class TimeReader:
    """A fact that counts the time from one day to another, or to the register's day."""

    def __init__(
        self, key: str, unit: str, top: int, day: date, first: Days, second: Days | None = None
    ) -> None:
        self.key, self.unit, self.top = key, unit, top
        self.first, self.second = first, second
        self.day = np.array(days_of(day), dtype=np.int64)

    def read(self, block: Arrays, told: Told) -> None:
        """Full months, or days; a counter stops at the highest number of its fact."""
        first, good = self.first.whens(block, told)
        last = Whens(self.day, self.day)
        if self.second is not None:
            last, ended_well = self.second.whens(block, told)
            good = good & ended_well
            backwards = good & (last.latest < first.earliest)
            columns = f"{self.first.source.column}, {self.second.source.column}"
            told.note(Impossible.code, columns, self.key, backwards)
            good = good & ~backwards
        found = between(first, last, self.unit)
        told.capped[self.key] = int(np.count_nonzero(good & (found.latest > self.top)))
        told.missing[self.key] = int(np.count_nonzero(~good))
        told.columns[self.key] = ended(
            np.where(good, np.minimum(found.earliest, self.top), 0),
            np.where(good, np.minimum(found.latest, self.top), self.top),
        )


class OnDayReader:
    """A fact that is a day."""

    def __init__(self, key: str, source: OnDay, slots: Slots) -> None:
        self.key, self.days = key, Days(key, source.of, None, slots)

    def read(self, block: Arrays, told: Told) -> None:
        """Ordinals of days."""
        found, good = self.days.whens(block, told)
        told.missing[self.key] = int(np.count_nonzero(~good))
        told.columns[self.key] = ended(
            np.where(good, found.earliest, FIRST) + OF_ORDINAL,
            np.where(good, found.latest, LAST) + OF_ORDINAL,
        )


def distinct(bad: list[Bad]) -> Iterator[Bad]:
    """Each fault of a column once: several facts may be counted from one day."""
    seen: set[tuple[str, str, str]] = set()
    for one in bad:
        mark = (one.code, one.column, one.fact)
        if mark not in seen:
            seen.add(mark)
            yield one
