"""Who is covered, at which level, by whom; who moves; and on which assumptions people hang most.

Numbers of people as they are handed in; what the page shows of them has small ones hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comity.brief.context import Bounds
from comity.brief.suppression import THRESHOLD, Shown, Withheld
from comity.count.suppression import between_levels


@dataclass(frozen=True, slots=True)
class CoveredRow:
    """People to whom at least a level of a right is guaranteed, under both laws.

    by: under the draft, the articles that give most of them something of the right.
    """

    right: str
    level: str
    today: Bounds
    draft: Bounds
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MovedRow:
    """People to whom the draft guarantees more of a right than today's law, and less."""

    right: str
    more: Bounds
    less: Bounds


@dataclass(frozen=True, slots=True)
class HangingRow:
    """People who would leave the first finding if one assumption were dropped."""

    sentence: str
    persons: int


@dataclass(frozen=True, slots=True)
class Covered:
    """The section. hanging: most people first."""

    rows: tuple[CoveredRow, ...] = ()
    moved: tuple[MovedRow, ...] = ()
    hanging: tuple[HangingRow, ...] = ()


def shown_number(number: int) -> Shown:
    """A number as it is shown: from 1 to 9, that it is few."""
    return Withheld.FEW if 0 < number < THRESHOLD else number


def shown_levels(rows: Sequence[CoveredRow]) -> Iterator[tuple[CoveredRow, tuple[Shown, ...]]]:
    """Rows with their six numbers as shown.

    Levels are counted as at least: one that differs from the level before by few is hidden too.
    """
    six: dict[tuple[str, ...], tuple[int, ...]] = {
        (row.right, row.level): (*three(row.today), *three(row.draft)) for row in rows
    }
    beside = []
    for place in range(6):
        numbers = {key: several[place] for key, several in six.items()}
        few = [key for key, number in numbers.items() if 0 < number < THRESHOLD]
        beside.append(between_levels(numbers, 1, THRESHOLD, few))
    for row in rows:
        key = row.right, row.level
        yield (
            row,
            tuple(
                Withheld.BESIDE if key in beside[place] else shown_number(number)
                for place, number in enumerate(six[key])
            ),
        )


def three(bounds: Bounds) -> tuple[int, int, int]:
    """Certain, possible and as assumed."""
    return bounds.certain, bounds.possible, bounds.assumed


def covered_rows(found: Covered) -> list[list[str | int]]:
    """The levels as they stand in the CSV."""
    measures = ("certain", "possible", "assumed")
    head: list[str | int] = [
        "right",
        "level",
        *(f"{x}_{m}" for x in ("today", "draft") for m in measures),
    ]
    body = [
        [row.right, row.level, *map(_cell, numbers), "; ".join(row.by)]
        for row, numbers in shown_levels(found.rows)
    ]
    return [[*head, "by"], *body]


def moved_rows(found: Covered) -> list[list[str | int]]:
    """The changes as they stand in the CSV."""
    measures = ("certain", "possible", "assumed")
    head: list[str | int] = ["right", *(f"{x}_{m}" for x in ("more", "less") for m in measures)]
    return [
        head,
        *(
            [row.right, *(_cell(shown_number(n)) for n in (*three(row.more), *three(row.less)))]
            for row in found.moved
        ),
    ]


def hanging_rows(found: Covered) -> list[list[str | int]]:
    """The assumptions as they stand in the CSV."""
    return [
        ["assumption", "persons"],
        *([row.sentence, _cell(shown_number(row.persons))] for row in found.hanging),
    ]


def _cell(shown: Shown) -> str | int:
    return shown.value if isinstance(shown, Withheld) else shown
