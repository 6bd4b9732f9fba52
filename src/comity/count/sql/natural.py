"""A table of the evaluator as columns of the input schema.

What the schema has no way to say is refused: nothing is rounded to what it can say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeAlias

from comity.agreement.many.columns import Column, ListedColumn, NumberColumn, Table
from comity.agreement.values import Members, Options, Possible, Range, Truth
from comity.agreement.vocabulary import (
    CountriesType,
    DateType,
    EnumerationType,
    FactType,
    LevelType,
    Vocabulary,
)
from comity.count.sql.faults import NotInSchema
from comity.count.sql.schema import MEMBERS, InputSchema, fact_type

Cells: TypeAlias = tuple[Any, ...]
"""What one record has in the columns of one fact, in the schema's order; None is NULL."""


def natural_columns(table: Table, schema: InputSchema) -> Mapping[str, list[Any]]:
    """The columns of the schema, each a list with None for NULL. Raises NotInSchema (E494).

    Columns that would be NULL throughout are left out where the schema lets them be.
    """
    found: dict[str, list[Any]] = {}
    for key, columns in schema.by_key.items():
        if not key:
            continue
        kind = fact_type(key, schema.vocabulary)
        rows = _rows(key, kind, table, schema.vocabulary)
        for number, column in enumerate(columns):
            cells = [row[number] for row in rows]
            if not column.is_optional or any(cell is not None for cell in cells):
                found[column.name] = cells
    return found


def _rows(key: str, kind: FactType, table: Table, vocabulary: Vocabulary) -> list[Cells]:
    column: Column | Possible | None = table.columns.get(key, table.shared.get(key))
    match column:
        case None:
            return [_cells(key, kind, kind.everything())] * table.size
        case NumberColumn(low, high):
            ends = zip(low.tolist(), high.tolist(), strict=True)
            return [_cells(key, kind, Range(*pair)) for pair in ends]
        case ListedColumn(codes, values):
            listed = [_cells(key, kind, one) for one in values]
            return [listed[code] for code in codes.tolist()]
        case known:
            return [_cells(key, kind, known)] * table.size


def _cells(key: str, kind: FactType, known: Possible) -> Cells:
    match known:
        case Truth():
            return (None if known is Truth.UNKNOWN else known is Truth.TRUE,)
        case Range():
            return _of_range(known, kind)
        case Options(names):
            rest = (None,) if isinstance(kind, EnumerationType) else ()
            if names is not None and len(names) == 1:
                return (next(iter(names)), *rest)
            if names is None or known == kind.everything():
                if key == "host":
                    raise NotInSchema("every record needs a known host")
                return (None, *rest)
            if isinstance(kind, EnumerationType):
                out = [word for word in kind.enumeration.options if word not in names]
                if len(out) == 1:
                    return (None, out[0])
            one = "option" if isinstance(kind, EnumerationType) else "country"
            raise NotInSchema(f"`{key}` is one of {len(names)}; a column names one {one} or none")
        case Members(surely, perhaps):
            assert isinstance(kind, CountriesType)
            if perhaps is not None and perhaps != surely:
                raise NotInSchema(f"`{key}` may hold only certain further countries")
            if len(surely) > MEMBERS:
                raise NotInSchema(f"`{key}` holds {len(surely)} countries, more than {MEMBERS}")
            told = sorted(surely)
            return (*told, *[None] * (MEMBERS - len(told)), perhaps is not None)


def _of_range(known: Range, kind: FactType) -> Cells:
    written = _writer(kind)
    if known.is_known:
        return (written(known.low), None, None)
    everything = kind.everything()
    assert isinstance(everything, Range)
    return (
        None,
        written(known.low) if known.low > everything.low else None,
        written(known.high) if known.high < everything.high else None,
    )


def _writer(kind: FactType) -> Callable[[int], Any]:
    if isinstance(kind, LevelType):
        return lambda rank: kind.scale.levels[rank]
    return date.fromordinal if isinstance(kind, DateType) else int
