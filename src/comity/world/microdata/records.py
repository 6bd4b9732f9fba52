"""A block of people as a table of the evaluation of many cases: the same arrays, with their meaning."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from comity.agreement.many.columns import Column as TableColumn
from comity.agreement.many.columns import ListedColumn, NumberColumn, Table
from comity.agreement.values import Members, Options, Possible, Range, Truth, exactly
from comity.world.microdata.columns import COLUMNS, Column, Kind


@cache
def meanings(column: Column) -> tuple[Possible, ...]:
    """What each code of a column means: first the unknown, if it may stand there, then the words.

    Raises ValueError for a column of numbers, which have no codes.
    """
    known: tuple[Possible, ...]
    unknown: Possible
    match column.kind:
        case Kind.NUMBER:
            raise ValueError(f"`{column.fact}` is a number")
        case Kind.YES_NO:
            known, unknown = (Truth.FALSE, Truth.TRUE), Truth.UNKNOWN
        case Kind.LEVEL:
            ranks = range(len(column.labels))
            known, unknown = tuple(map(exactly, ranks)), Range(0, ranks[-1])
        case Kind.COUNTRIES:
            known = tuple(exactly([word]) for word in column.labels)
            unknown = Members(frozenset(), None)
        case Kind.COUNTRY:
            known, unknown = tuple(map(exactly, column.labels)), Options(None)
        case Kind.OPTION:
            known, unknown = tuple(map(exactly, column.labels)), Options(frozenset(column.labels))
    return (unknown, *known) if column.may_be_unknown else known


def as_table(block: Mapping[str, np.ndarray]) -> Table:
    """A block of `blocks` as a table: arrays are shared, but for codes that may be unknown.

    The host, one for the whole block, is shared by all records.
    """
    columns: dict[str, TableColumn] = {}
    for fact, column in COLUMNS.items():
        values = block[fact]
        if fact == "host":
            continue
        if column.kind in (Kind.NUMBER, Kind.LEVEL) and not column.may_be_unknown:
            columns[fact] = NumberColumn(values, values)
        elif column.kind is Kind.NUMBER:
            most = values.dtype.type(column.most)
            columns[fact] = NumberColumn(np.maximum(values, 0), np.where(values < 0, most, values))
        elif column.may_be_unknown:
            columns[fact] = ListedColumn(values + values.dtype.type(1), meanings(column))
        else:
            columns[fact] = ListedColumn(values, meanings(column))
    host = exactly(COLUMNS["host"].labels[int(block["host"][0])])
    return Table(len(block["host"]), columns, {"host": host})
