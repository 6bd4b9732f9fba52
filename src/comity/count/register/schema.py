"""A register's map, read: which column says which fact, in which codes, units and forms.

A column that no fact names is left alone; a fact that no column says is unknown of everybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from comity.agreement.values import Possible
from comity.agreement.vocabulary import Counter

MOST_GROUPS = 1000
"""Different values of a column that people are counted by; more would single people out."""

OF_THE_LAW = ("exercised ", "declared ", "adopted ", "acquired ")
"""How keys begin that the vocabulary does not declare: what a host has done with a text."""


class Form(StrEnum):
    """How a column writes a day. A month or a year leaves open which of its days it was."""

    DAY = "day"
    COMPACT = "compact"
    MONTH = "month"
    YEAR = "year"


WRITTEN: Mapping[Form, str] = {
    Form.DAY: "2015-03-31, or a column of dates",
    Form.COMPACT: "20150331",
    Form.MONTH: "2015-03 or 201503",
    Form.YEAR: "2015",
}


@dataclass(frozen=True, slots=True)
class Dated:
    """A column of days. unknown: what stands where the day is not known, beside NULL."""

    column: str
    form: Form
    unknown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Codes:
    """A column whose values are listed. known: what each says of the fact, None for nothing.

    standard: the standard of country codes among them, "" if none. is_own: the map lists codes
    itself, so that a value which is not among them may be shown.
    """

    column: str
    known: Mapping[str, Possible | None]
    standard: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """Whole numbers: of one column, or between two, of which either may be empty.

    factor: units of the fact in one of the column. spare: units beyond a full one that a number may
    leave out: 11 months where full years are written, 0 where numbers are exact.
    """

    low: str
    high: str
    factor: int = 1
    spare: int = 0
    unknown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Since:
    """The days or months from a day to the register's day, both within one unbroken time."""

    start: Dated


STATELESS = ""
"""In place of a country, in a column of nationalities: the person has none."""


@dataclass(frozen=True, slots=True)
class Nationalities:
    """Columns with one country each. known: the country of each value, None where it says nothing.

    is_complete: a person has no other than those; an empty column after the first says none.
    """

    columns: tuple[str, ...]
    known: Mapping[str, str | None]
    is_complete: bool
    standard: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class OnDay:
    """A fact that is a day itself."""

    of: Dated


@dataclass(frozen=True, slots=True)
class Same:
    """What is known alike of everybody."""

    known: Possible


Source: TypeAlias = Codes | Number | Since | Nationalities | OnDay | Same


@dataclass(frozen=True)
class SchemaMap:
    """A map. facts: by path. events: days by the event's name; derived: the facts counted from them.

    day: the register's day, to which everything is counted; None if nothing is.
    lines: of the map, by the column that is named there first.
    """

    file: str
    facts: Mapping[str, Source]
    events: Mapping[str, Dated] = field(default_factory=dict)
    derived: Mapping[str, Counter] = field(default_factory=dict)
    day: date | None = None
    id: str = ""
    weight: str = ""
    groups: tuple[str, ...] = ()
    delimiter: str = ","
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def keys(self) -> frozenset[str]:
        """The facts of which the register says something."""
        return frozenset(self.facts) | frozenset(self.derived)

    @property
    def stated(self) -> frozenset[str]:
        """Powers and declarations of which the register speaks itself, as `Evaluator.stated`."""
        return frozenset(key for key in self.facts if key.startswith(OF_THE_LAW[:2]))

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of the data that the map names, each once."""
        found = [name for source in self.facts.values() for name in columns_of(source)]
        found += [dated.column for dated in self.events.values()]
        found += [self.id, self.weight, *self.groups]
        return tuple(dict.fromkeys(name for name in found if name))


def columns_of(source: Source) -> Iterator[str]:
    """The columns that say a fact."""
    match source:
        case Codes(column):
            yield column
        case Number(low, high):
            yield from dict.fromkeys((low, high))
        case Since(dated) | OnDay(dated):
            yield dated.column
        case Nationalities(columns):
            yield from columns
        case Same():
            return
