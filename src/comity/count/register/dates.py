"""Days of a column, known exactly or to the month or year, and the time between them; by arrays.

Calendar arithmetic is that of `agreement.spells`, the same to the day; only the shape differs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.count.register.schema import Form

Ints: TypeAlias = NDArray[np.int64]

FIRST = np.datetime64("0001-01-01", "D").astype(np.int64)
LAST = np.datetime64("9999-12-31", "D").astype(np.int64)
OF_ORDINAL = date(1970, 1, 1).toordinal()
"""What is added to days since 1970 for the ordinal of a day (`date.toordinal`)."""


@dataclass(frozen=True, eq=False)
class Whens:
    """Days since 1970-01-01, each shape (rows,): the earliest and the latest that each may be."""

    earliest: Ints
    latest: Ints


def days_of(day: date) -> int:
    """A day as days since 1970-01-01."""
    return day.toordinal() - OF_ORDINAL


def whens(numbers: Ints, form: Form) -> Whens:
    """Numbers of a form (days, months since year 0, years) as days. Numbers are of that form's range."""
    if form in (Form.DAY, Form.COMPACT):
        return Whens(numbers, numbers)
    months, step = (numbers, 1) if form is Form.MONTH else (12 * numbers, 12)
    return Whens(_month_begins(months), _month_begins(months + step) - 1)


@cache
def _begins() -> Ints:
    """The first day of each month since the year 0, up to the first of the year 10001."""
    months = np.arange(12 * 10_001 + 1, dtype=np.int64) - 12 * 1970
    found: Ints = months.view("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return found


@cache
def _month_of() -> NDArray[np.int32]:
    """The month since the year 0 of each day from 0000-01-01 on: looked up, 10 times as fast as made."""
    begins = _begins()
    return np.repeat(np.arange(len(begins) - 1, dtype=np.int32), np.diff(begins))


def _month_begins(months: Ints) -> Ints:
    found: Ints = _begins()[months]
    return found


def _months(days: Ints) -> Ints:
    found: Ints = _month_of()[days - _begins()[0]].astype(np.int64)
    return found


def months_between(first: Ints, last: Ints) -> Ints:
    """Completed calendar months from each first day to each last; 0 where it is not later.

    Definition, for tests: `agreement.spells.months_between`.
    """
    first, last = np.broadcast_arrays(first, last)
    since, until = _months(first), _months(last)
    day, end = first - _month_begins(since), last - _month_begins(until)
    length = _month_begins(until + 1) - _month_begins(until)
    # a period ends on the same number of the day, or on the last day of a shorter month
    months = until - since - (end < np.minimum(day, length - 1))
    found: Ints = np.maximum(months, 0)
    return found


def between(first: Whens, last: Whens, unit: str) -> Whens:
    """The least and the most time between days, in days or full months; as `agreement.spells.count`."""
    if unit == "days":
        return Whens(
            np.maximum(last.earliest - first.latest, 0),
            np.maximum(last.latest - first.earliest, 0),
        )
    least = months_between(first.latest, last.earliest)
    if first.earliest is first.latest and last.earliest is last.latest:
        return Whens(least, least)
    return Whens(least, months_between(first.earliest, last.latest))
