"""The bridge between published totals and the cells, as a table to be printed as it stands."""

from __future__ import annotations

from dataclasses import dataclass

from comity.agreement.values import Truth
from comity.world.population import UNHCR_COLUMNS, Category, persons_in, population
from comity.world.published import (
    DECISIONS,
    STOCK,
    UNHCR,
    published_totals,
    refusals_not_counted,
)


@dataclass(frozen=True, slots=True)
class BridgeRow:
    """A line of the bridge between published totals.

    level: 0 a total, 1 a part of the total above; the parts add up to it.
    """

    label: str
    persons: int
    source: str
    level: int


def bridge() -> tuple[BridgeRow, ...]:
    """From each published total to the cells, in persons; to be printed as it stands.

    Raises as `population` does.
    """
    cells, totals = population(), published_totals()
    inside = [cell for cell in cells if cell.in_stock is Truth.TRUE]
    unknown = sum(cell.persons for cell in inside if cell.origin is None)
    rows = [
        BridgeRow("migrants, mid-2024 (stock)", totals["stock"], STOCK, 0),
        *(
            BridgeRow(f"{kind.label} inside the stock", persons_in(inside, kind), STOCK, 1)
            for kind in (Category.MIGRANT, *UNHCR_COLUMNS)
        ),
        BridgeRow("of the stock, in any of these parts: origin unknown", unknown, STOCK, 0),
    ]
    for kind, column in UNHCR_COLUMNS.items():
        beyond = [c for c in cells if c.category.within is kind and c.category is not kind]
        known = sum(cell.persons for cell in beyond if cell.overlap is Truth.FALSE)
        rows += [
            BridgeRow(f"{kind.label}, end of 2024", totals[column], UNHCR, 0),
            BridgeRow("inside the stock of their corridor", persons_in(cells, kind), UNHCR, 1),
            BridgeRow("beyond the stock of their corridor", known, UNHCR, 1),
            BridgeRow(
                "origin unknown or stateless, beyond the stock, overlap unknown",
                sum(cell.persons for cell in beyond) - known,
                UNHCR,
                1,
            ),
        ]
    others, cases = refusals_not_counted()
    certain = sum(cell.persons for cell in cells if cell.is_certain)
    return (
        *rows,
        BridgeRow("stateless people, end of 2024 (overlap unknown)", totals["stateless"], UNHCR, 0),
        BridgeRow(
            "people refused at first instance, 2020-24 (possible only)",
            totals["refused"],
            DECISIONS,
            0,
        ),
        BridgeRow("all cells: certain persons", certain, "comity", 0),
        BridgeRow("all cells: possible persons", sum(c.persons for c in cells), "comity", 0),
        BridgeRow(
            "not in the cells: refused under mixed levels (FA, NA, IN, EO)", others, DECISIONS, 0
        ),
        BridgeRow(
            "not in the cells: refusals counted as cases, all levels",
            cases,
            DECISIONS,
            0,
        ),
        BridgeRow("not in the cells: displaced inside their own country", totals["idps"], UNHCR, 0),
        BridgeRow("not in the cells: others of concern to UNHCR", totals["ooc"], UNHCR, 0),
        BridgeRow("for comparison: refugees, end of 2023", totals["refugees_2023"], UNHCR, 0),
    )
