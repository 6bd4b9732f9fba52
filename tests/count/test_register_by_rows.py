"""The check of whole columns against its slow definition: one row after the other, in plain Python."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from comity.agreement.spells import months_between
from comity.agreement.values import Options, Possible, Range
from tests.count.register_samples import DAY, checked, counted, found, known, written

MAP = """\
day: 2024-12-31
id: pid
weight: w
facts:
  host: {column: land, standard: iso2}
  sex: {column: kon, codes: {1: male, 2: female, 9: unknown}}
  age: {column: age, unit: years}
  arrived_age: {column: aa, unit: months, unknown: [NA]}
  residence.lawful: {since: arr, form: day}
"""
COLUMNS = ("pid", "w", "land", "kon", "age", "aa", "arr")
POOLS = (
    ("1", "2", "3", "4", "5", "6", "7", "8", "9", ""),
    ("1", "1", "1", "2", "0.5", "", "-1", "x"),
    ("SE", "SE", "SE", "DE", "", "SWE", "se"),
    ("1", "2", "9", "", "0", "male", " 1"),
    ("40", "40", "0", "120", "121", "", "-3", "forty", "40.0"),
    ("480", "100", "NA", "", "1441", "12.5"),
    ("2010-01-31", "2024-12-31", "2025-01-01", "2023-02-29", "", "1990-06-30", "31.1.2010"),
)
SEX = {"1": "male", "2": "female"}


def number(word: str, top: int) -> int | None:
    """A whole number up to a top, None if it is none."""
    whole = word.removesuffix(".0")
    return int(whole) if whole.isascii() and whole.isdigit() and int(whole) <= top else None


class Slow:
    """What is found, row by row."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.known: dict[str, list[Possible]] = defaultdict(list)
        self.ids: list[str] = []

    def row(self, at: int, row: tuple[str, ...]) -> None:
        """One row."""
        pid, weight, land, kon, age, arrived, since = row
        self.ids.append(pid)
        if weight not in ("1", "2", "0.5"):
            self.found["E489", "weight"].append(at)
        if land not in ("SE", "DE"):
            self.found["E486", "host"].append(at)
            if land:
                self.found["E484", "host"].append(at)
        if kon and kon not in ("1", "2", "9"):
            self.found["E484", "sex"].append(at)
        self.known["sex"].append(
            Options(frozenset({SEX[kon]} if kon in SEX else {"unspecified", "male", "female"}))
        )
        years = number(age, 120)
        if years is None and age:
            self.found["E485", "age"].append(at)
        ages = Range(0, 1440) if years is None else Range(12 * years, min(1440, 12 * years + 11))
        months = number(arrived, 1440)
        if months is None and arrived not in ("", "NA"):
            self.found["E485", "arrived_age"].append(at)
        arrivals = Range(0, 1440) if months is None else Range(months, months)
        lawful = self._since(at, since)
        # nobody arrives older than they are; nobody has stayed longer than they have lived
        is_older = arrivals.low > ages.high
        is_longer = lawful.low > ages.high
        if is_older:
            self.found["E488", "age, arrived_age"].append(at)
        if is_longer:
            self.found["E488", "age, residence.lawful"].append(at)
        self.known["age"].append(Range(0, 1440) if is_older or is_longer else ages)
        self.known["arrived_age"].append(Range(0, 1440) if is_older else arrivals)
        self.known["residence.lawful"].append(Range(0, 1200) if is_longer else lawful)

    def _since(self, at: int, since: str) -> Range:
        try:
            start = date.fromisoformat(since)
        except ValueError:
            if since:
                self.found["E485", "residence.lawful"].append(at)
            return Range(0, 1200)
        if start > DAY:
            self.found["E485", "residence.lawful"].append(at)
            return Range(0, 1200)
        months = months_between(start, DAY)
        return Range(months, months)

    def findings(self) -> list[tuple[str, str, int, tuple[int, ...]]]:
        """As a report has them."""
        twice = [at for at, pid in enumerate(self.ids, 1) if pid and self.ids.count(pid) > 1]
        every = {**self.found, **({("E487", "id"): twice} if twice else {})}
        return sorted(
            (code, fact, len(rows), tuple(rows[:10])) for (code, fact), rows in every.items()
        )


@pytest.mark.parametrize("seed", range(12))
def test_columns_and_rows_find_the_same(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    rows = [tuple(chance.choice(pool) for pool in POOLS) for _ in range(chance.choice((1, 7, 60)))]
    data = written(tmp_path, ",".join(COLUMNS), *(",".join(row) for row in rows))
    slow = Slow()
    for at, row in enumerate(rows, 1):
        slow.row(at, row)

    assert slow.findings() == sorted(found(checked(data, MAP), in_order=True))


@pytest.mark.parametrize("seed", range(12, 18))
def test_columns_and_rows_know_the_same_where_faults_are_accepted(
    seed: int, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    pools = (POOLS[0], ("1", "2"), ("SE", "DE"), *POOLS[3:])
    rows = [tuple(chance.choice(pool) for pool in pools) for _ in range(80)]
    data = written(tmp_path, ",".join(COLUMNS), *(",".join(row) for row in rows))
    slow = Slow()
    for at, row in enumerate(rows, 1):
        slow.row(at, row)
    (block,) = counted(data, MAP, accept=("E484", "E485", "E487", "E488"))

    assert 80 == block.rows
    for fact, expected in slow.known.items():
        assert expected == known(block, fact)
