"""Pairs of States with a trade agreement beside pairs with a guarantee, in the section `openness`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from comity.api.profile_pairs import Mask, Pairs
from comity.api.profile_people import POPULATION, told
from comity.api.profile_setting import Setting
from comity.api.profile_shown import hides
from comity.api.schema_profile import Cell, FigureModel, ProfileTableModel
from comity.world.trade import SOURCES_OF, Agreement, agreements, trading_pairs

FIRST, LAST = 1948, 2020
DEFECTS = (
    "the table ends in 2020, and does not say when an agreement lapsed",
    "an agreement counts whatever its depth; the sensitivity takes those that the WTO lists",
)


def _read(setting: Setting, mirror: Path | None) -> tuple[Agreement, ...] | None:
    kept: dict[Path | None, tuple[Agreement, ...] | None] = vars(setting).setdefault("_trade", {})
    if mirror not in kept:
        kept[mirror] = agreements(mirror)
    return kept[mirror]


def _trading(
    setting: Setting, pairs: Pairs, mirror: Path | None, *, listed_only: bool = False
) -> Mask | None:
    """Which pairs have an agreement in the year of the day; None where the table is not at hand."""
    table = _read(setting, mirror)
    if table is None or setting.day.year < FIRST or not len(pairs):
        return None
    union = setting.regime.vocabulary.groups.get("eu")
    found = trading_pairs(
        table,
        min(setting.day.year, LAST),
        lambda year: frozenset() if union is None else union.on(date(year, 12, 31)),
        listed_only=listed_only,
    )
    return np.fromiter(
        ((o, h) in found for o, h in zip(pairs.origins, pairs.hosts, strict=True)),
        np.bool_,
        len(pairs),
    )


def trade_figures(
    setting: Setting,
    pairs: Pairs,
    guaranteed: Mask,
    mirror: Path | None,
    *,
    listed_only: bool = False,
) -> list[FigureModel]:
    """Pairs with an agreement on trade, and those among them with entry or work guaranteed.

    guaranteed: the pairs in which a worker with an offer is guaranteed entry or work.
    """
    trading = _trading(setting, pairs, mirror, listed_only=listed_only)
    if trading is None:
        return []
    also = ".wto" if listed_only else ""
    words = " that the WTO lists" if listed_only else ""
    return [
        FigureModel(
            id=f"openness.trade{also}",
            title=f"pairs of States with a trade agreement{words}",
            value=int(trading.sum()),
            unit="ordered pairs",
            of=len(pairs),
            evidence=_people(pairs, trading),
            sources=(*SOURCES_OF, *POPULATION),
            defects=DEFECTS,
        ),
        FigureModel(
            id=f"openness.trade_and_guarantee{also}",
            title=f"of the pairs with a trade agreement{words}, those in which a worker with an "
            "offer is guaranteed entry or work",
            value=int((trading & guaranteed).sum()),
            unit="ordered pairs",
            of=int(trading.sum()),
            evidence=_people(pairs, trading & guaranteed),
            sources=(*SOURCES_OF, *POPULATION),
            defects=DEFECTS,
        ),
    ]


def _people(pairs: Pairs, mask: Mask) -> str:
    people, every = int(pairs.stock[mask].sum()), int(pairs.stock.sum())
    return f"{told(people, every)} of {every:,} people in the corridors"


def trade_tables(
    setting: Setting, pairs: Pairs, guaranteed: Mask, mirror: Path | None
) -> list[ProfileTableModel]:
    """Trade agreement, yes and no, by guarantee, yes and no; none where the table is not at hand."""
    trading = _trading(setting, pairs, mirror)
    if trading is None:
        return []
    rows: list[tuple[Cell, ...]] = []
    for trade in (True, False):
        for guarantee in (True, False):
            mask = (trading == trade) & (guaranteed == guarantee)
            people = int(pairs.stock[mask].sum())
            rows.append(
                (
                    trade,
                    guarantee,
                    int(mask.sum()),
                    None if hides(people, int(pairs.stock.sum())) else people,
                )
            )
    return [
        ProfileTableModel(
            id="openness.trade",
            title="Pairs by trade agreement, and by a guarantee of entry or work to a worker",
            columns=("trade agreement", "guarantee", "pairs", "people in the corridors"),
            rows=tuple(rows),
            note=f"trade agreements of DESTA in force by {min(setting.day.year, LAST)}; guarantees "
            "of encoded texts",
        )
    ]


def trade_unknown(setting: Setting, mirror: Path | None) -> list[str]:
    """What is missing for the pairs with a trade agreement."""
    said = []
    if _read(setting, mirror) is None:
        said.append(
            "pairs with a trade agreement: the table of DESTA may not be shipped, and no mirror that "
            "holds it is named (COMITY_MIRROR)"
        )
    elif setting.day.year > LAST:
        said.append(f"trade agreements after {LAST}: the table ends there")
    return said
