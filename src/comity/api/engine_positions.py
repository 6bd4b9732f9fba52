"""Positions of the population's records as an engine finds them, by the query that `comity sql` writes."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

import numpy as np

from comity.agreement.many.columns import Table
from comity.agreement.many.evaluator import Evaluated, Evaluator, Positions
from comity.agreement.vocabulary import Right
from comity.count.engines.columns import Kind
from comity.count.engines.engine import Engine
from comity.count.sql.natural import natural_columns
from comity.count.sql.query import Request, make_query
from comity.count.sql.schema import TABLE, schema_of
from comity.language.faults import ComityError, Fault

ENGINES = ("comity", "duckdb", "postgres", "spark")
_NUMBERS = itertools.count(1)
CELL = "cell"
"""The column that numbers the records, so that an engine's answer can be put in order."""


def opened(name: str, dsn: str | None) -> AbstractContextManager[Engine]:
    """An engine by its name. Raises EngineError (E470, E471), ComityError (E490) without an address."""
    if name == "duckdb":
        from comity.count.engines.duck import DuckDB

        return DuckDB()
    if name == "spark":
        from comity.count.engines.spark import Spark

        return Spark()
    if dsn is None:
        raise ComityError(
            Fault(
                "E490",
                "PostgreSQL is asked at an address",
                suggestion="--dsn postgresql://host/database, with the password in PGPASSWORD",
            )
        )
    from comity.count.engines.postgres import PostgreSQL

    return PostgreSQL(dsn)


def evaluated_on(engine: Engine, evaluator: Evaluator, table: Table) -> Evaluated:
    """The positions of every record of a table. Raises EngineError, SqlError (E494).

    The engine keeps what it was handed until it is closed, so each table has a name of its own.
    """
    name = f"{TABLE}_{next(_NUMBERS)}"
    schema = schema_of(evaluator)
    columns: dict[str, Any] = dict(natural_columns(table, schema))
    types: dict[str, Kind] = dict(schema.types(columns))
    columns[CELL], types[CELL] = np.arange(table.size, dtype=np.int64), Kind.INTEGER
    request = Request(
        by=(CELL,),
        columns=frozenset(columns),
        rows=True,
        purpose="counting the population",
        table=name,
    )
    query = make_query(evaluator, request, engine.dialect)
    engine.load(name, columns, types)
    names, rows = engine.rows(query.text)
    place = names.index(CELL)
    ordered = sorted(rows, key=lambda row: int(row[place]))
    if len(ordered) != table.size:
        raise AssertionError(f"{table.size} records went to the engine, {len(ordered)} came back")
    found: dict[str, Positions] = {}
    for right in evaluator.rights or ():
        declared = evaluator.regime.vocabulary.rights[right]
        rank = _ranks(declared)
        ends = [
            np.fromiter((rank(row[names.index(f"{right}_{end}")]) for row in ordered), np.int64)
            for end in ("lower", "lower_possible", "upper", "upper_possible")
        ]
        found[right] = Positions(*ends)
    return Evaluated(found)


def _ranks(right: Right) -> Callable[[Any], int]:
    """The rank of what a query says of a right: the name of a level, or an amount."""
    kept: dict[Any, int] = {}

    def rank(said: Any) -> int:
        if said not in kept:
            kept[said] = _rank(right, said)
        return kept[said]

    return rank


def _rank(right: Right, said: Any) -> int:
    if isinstance(said, str):
        names: Mapping[str, int] = {right.name_of(n): n for n in range(right.top + 1)}
        return names[said]
    return min(right.top, max(0, right.rank(int(said))))
