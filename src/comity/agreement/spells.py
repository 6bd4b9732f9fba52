"""Counters derived from dated spells and events: calendar arithmetic, done once, in this one place.

**A period of months** ends on the same number of the day, or on the last day of its final month
where that month has no such day: one month from 31 January ends on 28 or 29 February.

**A spell** includes its first day and excludes its last: `from: 2019-03-01`, `until: 2019-04-01`
are 31 days and one month. A spell without an end runs to the day of the case, which is excluded
too: what began on the day itself has lasted 0 days.

**Spells are a set of days.** Spells that overlap or touch are merged first, so that no day counts
twice and a renewed permit is one stay.

**Full months.** A counter of n months means n full months.

1. One merged spell counts its completed calendar months, exactly.
2. Several merged spells count the greater of (a) their completed months, each spell alone, added
   up; (b) the months that as many days in a row contain *whenever they begin* (`full_months`: 31
   days are 1 month, 62 are 2, 92 are 3, 366 are 12).

So days left over are not lost, one spell is never rounded up, and a counter never falls when a
spell is added, lengthened or joined to the next. (Thirty days for a month would break both: 60
days of a July and August that miss one day would give two months, and all 61 days one.)

**Days** are counted exactly.

**Dates known to the month or the year** give a range. As no counter falls when days are added, the
least is counted over the days that are surely in a spell, the most over those that may be.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from comity.agreement.values import Range
from comity.agreement.vocabulary import Counter, NumberType, Vocabulary

Run: TypeAlias = tuple[date, date]
"""Days in a row: the first, and the first no longer in it."""


@dataclass(frozen=True, slots=True)
class When:
    """A day, known exactly or to lie between two days, both possible."""

    earliest: date
    latest: date

    @staticmethod
    def on(day: date) -> When:
        """A day that is known."""
        return When(day, day)

    @property
    def is_known(self) -> bool:
        """Only one day is left."""
        return self.earliest == self.latest


ANY_DAY = When(date.min, date.max)
"""A day of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Spell:
    """A spell from its first day until the first day no longer.

    last: None for a spell that still runs on the day of the case.
    tags: what the spell was (`lawful`, `study`); None where that is not known.
    """

    first: When
    last: When | None = None
    tags: frozenset[str] | None = frozenset()

    def surely(self, on: date) -> Run:
        """The days that are in the spell whatever the dates turn out to be; may be empty."""
        return self.first.latest, on if self.last is None else min(on, self.last.earliest)

    def possibly(self, on: date) -> Run:
        """The days that may be in the spell."""
        return self.first.earliest, on if self.last is None else min(on, self.last.latest)


@dataclass(frozen=True, slots=True)
class SpellList:
    """The spells of one kind. is_complete: there were no others."""

    spells: tuple[Spell, ...] = ()
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class History:
    """What is dated on a record: spells by kind, days of events by name; the rest is unknown."""

    spells: Mapping[str, SpellList] = field(default_factory=dict)
    events: Mapping[str, When] = field(default_factory=dict)


# ---- the calendar ----
def add_months(day: date, months: int) -> date:
    """The day on which a period of so many months from a day ends; negative: began.

    The same number of the day, or the last day of the month if it has no such day.
    Raises ValueError beyond the years 1 to 9999.
    """
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    if month == 2:
        is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return 29 if is_leap else 28
    return 30 if month in (4, 6, 9, 11) else 31


def months_between(first: date, last: date) -> int:
    """Completed calendar months from the first day to the last; 0 where it is not later.

    The greatest n with `add_months(first, n) <= last`.
    Definition, for tests: `tests/agreement/test_spells.py`, day by day.
    """
    months = 12 * (last.year - first.year) + last.month - first.month
    ends_on = min(first.day, days_in_month(last.year, last.month))
    return max(0, months if last.day >= ends_on else months - 1)


def days_between(first: date, last: date) -> int:
    """Days from the first, included, to the last, excluded; 0 where it is not later."""
    return max(0, (last - first).days)


_FOUR_YEARS = 4 * 365 + 1
_LENGTHS = [days_in_month(2000 + month // 12, month % 12 + 1) for month in range(48)] * 2
# The most days that n calendar months in a row can have, n from 0 to 47. A period that begins
# within a month is never longer than the one that begins on its first day.
_MOST_DAYS = [max(sum(_LENGTHS[i : i + n]) for i in range(48)) for n in range(48)]


def full_months(days: int) -> int:
    """The months that so many days in a row contain whenever they begin.

    The greatest n such that no n calendar months in a row have more days: 31 days are 1, 62 are 2,
    92 are 3, 366 are 12, 1,461 are 48.
    """
    spans, rest = divmod(days, _FOUR_YEARS)
    return 48 * spans + bisect_right(_MOST_DAYS, rest) - 1


# ---- sets of days ----
def merged(runs: Iterable[Run]) -> list[Run]:
    """The same days as runs that neither overlap nor touch, earliest first; empty ones left out."""
    made: list[Run] = []
    for first, last in sorted(run for run in runs if run[0] < run[1]):
        if made and first <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], last))
        else:
            made.append((first, last))
    return made


def months_in(runs: list[Run]) -> int:
    """Full months of merged runs together (the rule stands at the top of this module)."""
    alone = sum(months_between(*run) for run in runs)
    if len(runs) < 2:
        return alone
    return max(alone, full_months(sum(days_between(*run) for run in runs)))


def _within(runs: list[Run], first: date) -> list[Run]:
    return [(max(first, start), last) for start, last in runs if last > first]


def _amount(counter: Counter, runs: list[Run], on: date) -> int:
    """What the counter shows if exactly these days were in its spells."""
    if counter.form == "longest":
        measure = months_between if counter.unit == "months" else days_between
        return max((measure(*run) for run in runs), default=0)
    if counter.form == "window":
        runs = _within(runs, _window(on, counter.window))
    if counter.unit == "months":
        return months_in(runs)
    return sum(days_between(*run) for run in runs)


def _window(on: date, months: int) -> date:
    try:
        return add_months(on, -months)
    except ValueError:  # the window begins before the calendar does
        return date.min


# ---- counters ----
def derived(vocabulary: Vocabulary, history: History, *, on: date) -> dict[str, Range]:
    """Each counter that the history tells something about, by the fact that it counts.

    A counter stops at the highest number that the vocabulary gives its fact.
    """
    found: dict[str, Range] = {}
    for path, counter in vocabulary.counters.items():
        declared = vocabulary.fact(path)
        if declared is None or not isinstance(declared.type, NumberType):
            continue  # INVARIANT: the vocabulary's reader lets no such counter pass
        counted = count(counter, history, on=on, highest=declared.type.high)
        if counted is not None:
            found[path] = counted
    return found


def count(counter: Counter, history: History, *, on: date, highest: int) -> Range | None:
    """What a counter may show on a day; None where the history says nothing about it."""
    if counter.spells:
        listed = history.spells.get(counter.spells)
        return None if listed is None else _of_spells(counter, listed, on, highest)
    first = history.events.get(counter.first)
    second = When.on(on) if counter.form == "since" else history.events.get(counter.second)
    if first is None or second is None:
        return None
    measure = months_between if counter.unit == "months" else days_between
    least = measure(first.latest, second.earliest)
    most = measure(first.earliest, second.latest)
    return Range(min(highest, least), min(highest, most))


def _of_spells(counter: Counter, listed: SpellList, on: date, highest: int) -> Range:
    sure = [spell for spell in listed.spells if _belongs(spell, counter) is True]
    perhaps = [spell for spell in listed.spells if _belongs(spell, counter) is not False]
    least = _amount(counter, merged(spell.surely(on) for spell in sure), on)
    if listed.is_complete:
        most = _amount(counter, merged(spell.possibly(on) for spell in perhaps), on)
    else:
        most = _amount(counter, [(date.min, on)], on) if counter.form == "window" else highest
    return Range(min(highest, least), min(highest, most))


def _belongs(spell: Spell, counter: Counter) -> bool | None:
    """Whether the counter counts the spell; None where its tags are not known."""
    if not counter.tags:
        return True
    return None if spell.tags is None else bool(spell.tags & frozenset(counter.tags))
