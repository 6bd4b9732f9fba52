"""Tables as files: CSV that no spreadsheet takes for a formula, and JSON beside it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import TypeAlias

from comity.brief.context import Bounds, EstimateTable, Law, Measure, bounds_under
from comity.brief.joint_suppression import suppress_together
from comity.brief.suppression import Shown, Withheld

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Cell: TypeAlias = str | int | float | None
LAWS: tuple[Law, ...] = ("today", "draft")
MEASURES: tuple[Measure, ...] = ("certain", "possible", "assumed")
RISING: tuple[Measure, ...] = ("certain", "assumed", "possible")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class ShownBounds:
    """Bounds as they are published."""

    certain: Shown
    possible: Shown
    assumed: Shown


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as it is published."""

    code: str
    name: str
    today: ShownBounds
    draft: ShownBounds

    def under(self, law: Law) -> ShownBounds:
        """The row's numbers under one of the two laws."""
        return self.today if law == "today" else self.draft


@dataclass(frozen=True, slots=True)
class ShownTable:
    """An estimate table after suppression: the only form that leaves the program."""

    id: str
    title: str
    by: str
    unit: str
    rows: tuple[ShownRow, ...]
    total: ShownRow

    def has_withheld(self) -> bool:
        """Whether any cell of the table is not shown."""
        return any(
            isinstance(getattr(row.under(law), measure), Withheld)
            for row in (*self.rows, self.total)
            for law in LAWS
            for measure in MEASURES
        )


def shown_table(table: EstimateTable) -> ShownTable:
    """The table as published: small cells hidden, the largest number under today's law first.

    Rows whose number is hidden stand last, by name: their place must not tell their size.
    """
    columns: dict[Law, list[ShownBounds]] = {}
    totals: dict[Law, ShownBounds] = {}
    for law in LAWS:
        bounds = [bounds_under(row, law) for row in table.rows]
        certain, assumed, possible = suppress_together(
            [[getattr(b, measure) for b in bounds] for measure in RISING]
        )
        cells = zip(certain[0], possible[0], assumed[0], strict=True)
        columns[law] = [ShownBounds(*three) for three in cells]
        totals[law] = ShownBounds(certain[1], possible[1], assumed[1])
    rows = [
        ShownRow(row.code, row.name, columns["today"][i], columns["draft"][i])
        for i, row in enumerate(table.rows)
    ]
    rows.sort(key=_place)
    total = ShownRow("TOTAL", "All", totals["today"], totals["draft"])
    return ShownTable(table.id, table.title, table.by, table.unit, tuple(rows), total)


def _place(row: ShownRow) -> tuple[int, int, str]:
    sizes = [n if isinstance(n, int) else -1 for n in (row.today.assumed, row.today.possible)]
    return -sizes[0], -sizes[1], row.name


def table_rows(table: ShownTable) -> list[list[Cell]]:
    """Header, rows and total, as they stand in the CSV."""
    header: list[Cell] = [table.by, "name", *(f"{law}_{m}" for law in LAWS for m in MEASURES)]
    body = [_cells(row) for row in (*table.rows, table.total)]
    return [header, *body]


def _cells(row: ShownRow) -> list[Cell]:
    numbers = [getattr(row.under(law), measure) for law in LAWS for measure in MEASURES]
    return [row.code, row.name, *(n.value if isinstance(n, Withheld) else n for n in numbers)]


def safe_cell(cell: Cell) -> Cell:
    """A text that a spreadsheet would run gets an apostrophe before it; numbers stay numbers."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA_STARTS):
        return f"'{cell}"
    return "" if cell is None else cell


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """RFC 4180 text, one header row, safe to open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def json_text(document: object) -> str:
    """Indented JSON of dataclasses, dates, enums, tuples and plain values; keys in given order."""
    return json.dumps(plain(document), ensure_ascii=False, indent=1) + "\n"


def plain(thing: object) -> Json:
    """The value as JSON has it. Raises TypeError on what has no such form."""
    if thing is None or isinstance(thing, bool | int | float | str):
        return thing
    if isinstance(thing, Enum):
        return plain(thing.value)
    if isinstance(thing, date):
        return thing.isoformat()
    if isinstance(thing, Mapping):
        return {str(key): plain(inner) for key, inner in thing.items()}
    if isinstance(thing, list | tuple):
        return [plain(inner) for inner in thing]
    if is_dataclass(thing):
        return {f.name: plain(getattr(thing, f.name)) for f in fields(thing)}
    raise TypeError(f"`{type(thing).__name__}` has no form in JSON")


def shown_bounds(bounds: Bounds | None) -> ShownBounds | None:
    """A number that stands alone in a sentence, under the same threshold."""
    if bounds is None:
        return None
    (certain, _), (assumed, _), (possible, _) = suppress_together(
        [[bounds.certain], [bounds.assumed], [bounds.possible]]
    )
    return ShownBounds(certain[0], possible[0], assumed[0])
