"""A dossier's section on who is covered, at which level, by whom, who moves, and what people hang on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.agreement.many.evaluator import Evaluator
from comity.api.brief_counts import Side, bounds_of
from comity.api.counting import Count, Hanging
from comity.api.people_counts import articles_of, levels_to
from comity.api.tables_of_cells import table_of_cells
from comity.api.telling import article_model
from comity.brief.covered import Covered, CoveredRow, HangingRow, MovedRow
from comity.world.assumptions import NOTHING, ORDINARY
from comity.world.population import Cell

RIGHTS = ("stay", "shield", "work", "family", "health", "schooling", "remedy", "vote")
"""The rights whose levels the dossier counts."""
_MOST_ARTICLES = 3

Mask: TypeAlias = NDArray[np.bool_]
Ranks: TypeAlias = NDArray[np.int64]


def covered_of(now: Side, then: Side, cells: Sequence[Cell], hanging: Sequence[Hanging]) -> Covered:
    """People by right and guaranteed level under both laws, and those whose position changes."""
    known = then.read.regime.vocabulary.rights
    rights = [right for right in RIGHTS if right in known]
    rows: list[CoveredRow] = []
    moved: list[MovedRow] = []
    by = _articles(then, cells, rights)
    persons = np.array([c.persons for c in cells], dtype=np.int64)
    counted = np.array([c.persons if c.is_certain else 0 for c in cells], dtype=np.int64)

    def people(surely: Mask, possibly: Mask, assumed: Mask) -> Count:
        sums = counted[surely].sum(), persons[possibly].sum(), counted[assumed].sum()
        return Count(*map(int, sums))

    for right in rights:
        declared = known[right]
        old, new = (_held(side, cells, right) for side in (now, then))
        for rank in levels_to(then.tally.evaluator, right, declared.top):
            today, draft = (
                people(one.lower >= rank, one.possible >= rank, one.assumed >= rank)
                for one in (old, new)
            )
            if not (today.possible or draft.possible):
                continue
            named = by[right] if rank == 1 else ()
            rows.append(
                CoveredRow(right, declared.name_of(rank), bounds_of(today), bounds_of(draft), named)
            )
        more, less = (
            people(
                after.lower > before.possible,
                after.possible > before.lower,
                after.assumed > before.assumed,
            )
            for before, after in ((old, new), (new, old))
        )
        moved.append(MovedRow(right, bounds_of(more), bounds_of(less)))
    return Covered(
        tuple(rows), tuple(moved), tuple(HangingRow(one.sentence, one.persons) for one in hanging)
    )


@dataclass(frozen=True)
class _Held:
    """What each cell is guaranteed of a right: certain, possible, and as assumed."""

    lower: Ranks
    possible: Ranks
    assumed: Ranks


def _held(side: Side, cells: Sequence[Cell], right: str) -> _Held:
    nothing = [side.tally.standing(cell, NOTHING).bounds[right] for cell in cells]
    ordinary = [side.tally.standing(cell, ORDINARY).bounds[right] for cell in cells]
    return _Held(
        np.array([one.lower for one in nothing]),
        np.array([one.lower_possible for one in nothing]),
        np.array([one.lower for one in ordinary]),
    )


def _articles(
    side: Side, cells: Sequence[Cell], rights: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """For each right, the articles that give most people something of it, under the set `ordinary`."""
    regime, tally = side.read.regime, side.tally
    evaluator = Evaluator(regime, tally.day, rights=(), asked=articles_of(rights))
    table = table_of_cells(tally.records, cells, evaluator.keys, ORDINARY)
    surely = evaluator.evaluate(table).surely
    units = [(right, u.node) for right in rights for u in evaluator.rules.guarantees(right)]
    found: dict[str, dict[str, int]] = {right: {} for right in rights}
    for (right, node), plane in zip(units, surely, strict=True):
        persons = sum(
            c.persons for c, is_in in zip(cells, plane, strict=True) if is_in and c.is_certain
        )
        told = article_model(node, regime)
        name = f"{regime.instrument_of(node).title}, {told.article}"
        found[right][name] = max(found[right].get(name, 0), persons)
    return {
        right: tuple(
            name for name, persons in sorted(one.items(), key=lambda item: -item[1]) if persons
        )[:_MOST_ARTICLES]
        for right, one in found.items()
    }
