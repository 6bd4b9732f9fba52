"""Numbers of persons as a profile shows them: three of them, or none where few people stand there.

A number of the whole is hidden when it, or what is left of the whole, is fewer than ten but not
nobody. Source: design, section 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from comity.api.counting import Count
from comity.api.people_counts import Held, Mask, PeopleCounts
from comity.api.schema_profile import FigureModel
from comity.count.suppression import MIN_CELL, between_levels, hidden


class Hosts:
    """Which records are before which hosts. codes, names: as the table groups its cells by host."""

    def __init__(self, counts: PeopleCounts) -> None:
        groups = counts.tables.groups("host")
        self.codes, self.names = groups.codes, groups.names

    def mask(self, hosts: Iterable[str]) -> Mask:
        """The records whose host is one of some, shape (records,)."""
        wanted = frozenset(hosts)
        named = np.array([name in wanted for name in self.names], dtype=np.bool_)
        return named[self.codes] if len(named) else np.zeros(0, dtype=np.bool_)

    def before(self, hosts: Iterable[str]) -> Held:
        """The people before some hosts."""
        here = self.mask(hosts)
        return Held(here, here, here)


@dataclass(frozen=True)
class Shown:
    """Persons of whom something holds; None where hidden. of: all of whom it was asked."""

    certain: int | None
    possible: int | None
    assumed: int | None
    of: int
    hidden: bool = False

    @property
    def cells(self) -> tuple[int | None, int | None, int | None]:
        """The three numbers, as cells of a table."""
        return self.certain, self.possible, self.assumed


def count_of(counts: PeopleCounts, held: Held) -> Count:
    """Persons of whom something holds."""
    return next((found for _, found in counts.counted(held)), Count())


def shown(counts: PeopleCounts, held: Held) -> Shown:
    """The persons of whom something holds, hidden if they or the others are few."""
    return shown_count(counts, count_of(counts, held))


def shown_count(counts: PeopleCounts, found: Count) -> Shown:
    """The same of persons that were counted."""
    counted, everybody = int(counts.tables.counted.sum()), int(counts.tables.persons.sum())
    pairs = ((found.certain, counted), (found.possible, everybody), (found.assumed, counted))
    if any(hides(number, whole) for number, whole in pairs):
        return Shown(None, None, None, counted, hidden=True)
    return Shown(found.certain, found.possible, found.assumed, counted)


def hides(number: int, whole: int) -> bool:
    """Whether a number of a whole is not shown: it, or what is left of the whole, is few."""
    return bool(hidden({("these",): number, ("others",): max(0, whole - number)}))


def shown_levels(counts: PeopleCounts, held: Sequence[Held]) -> tuple[Shown, ...]:
    """Of things of which each implies the one before: hidden too where few stand between two."""
    found = [count_of(counts, one) for one in held]
    out: set[int] = set()
    for numbers in (
        [one.certain for one in found],
        [one.possible for one in found],
        [one.assumed for one in found],
    ):
        rows: dict[tuple[str, ...], int] = {
            (f"{place:04}",): number for place, number in enumerate(numbers)
        }
        out |= {int(key[0]) for key in between_levels(rows, 0, MIN_CELL)}
    return tuple(
        Shown(None, None, None, int(counts.tables.counted.sum()), hidden=True)
        if place in out
        else shown_count(counts, one)
        for place, one in enumerate(found)
    )


def people_figure(
    id_: str,
    title: str,
    found: Shown,
    *,
    articles: Iterable[str] = (),
    evidence: str = "",
    sources: tuple[str, ...] = (),
    defects: tuple[str, ...] = (),
) -> FigureModel:
    """A figure of persons."""
    return FigureModel(
        id=id_,
        title=title,
        unit="persons",
        certain=found.certain,
        possible=found.possible,
        assumed=found.assumed,
        of=found.of,
        hidden=found.hidden,
        articles=first_articles(articles),
        evidence=evidence,
        sources=sources,
        defects=defects,
    )


def first_articles(found: Iterable[str]) -> tuple[str, ...]:
    """The first dozen nodes, each once."""
    return tuple(dict.fromkeys(found))[:_MOST_ARTICLES]


_MOST_ARTICLES = 12


def sources_of(counts: PeopleCounts) -> tuple[str, ...]:
    """The sources of the people counted, in the order in which they come, with that of the danger."""
    found = dict.fromkeys(s for sources in _distinct(counts) for s in sources)
    return (*found, "ucdp_prio_acd") if found else ()


def _distinct(counts: PeopleCounts) -> Mapping[tuple[str, ...], None]:
    return dict.fromkeys(cell.sources for cell in counts.tables.cells)
