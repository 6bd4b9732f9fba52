"""Counts by a query: the same on every engine, and those of the evaluator's own positions."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from comity.agreement.many.evaluator import Evaluator
from comity.api.regimes import read_regime
from comity.count.engines.columns import Kind
from comity.count.engines.duck import DuckDB
from comity.count.engines.engine import Engine
from comity.count.sql.query import Request, make_query

DAY = date(2026, 11, 24)
SMALL = Path(__file__).parent / "golden" / "small.md"
TYPES = {
    "host": Kind.TEXT,
    "claims": Kind.BOOLEAN,
    "age": Kind.INTEGER,
    "status_held": Kind.TEXT,
    "sex": Kind.TEXT,
    "persons": Kind.BIGINT,
}


def _people(seed: int) -> dict[str, list[Any]]:
    rng = Random(seed)
    rows = [
        (
            rng.choice(("SWE", "SWE", "NOR", "DEU")),
            rng.choice((True, False, None)),
            rng.choice((200, 300, None)),
            rng.choice(("none", "temporary", "permanent", None)),
            rng.choice(("f", "m", None)),
            rng.choice((1, 2, 7, 30)),
        )
        for _ in range(60)
    ]
    return {name: list(cells) for name, cells in zip(TYPES, zip(*rows, strict=True), strict=True)}


def _evaluator() -> Evaluator:
    return Evaluator(read_regime(str(SMALL)).regime, DAY, ("stay", "permit"))


def _counts(engine: Engine, by: tuple[str, ...]) -> list[tuple[Any, ...]]:
    engine.load("persons", _people(5), TYPES)
    request = Request(by=by, columns=frozenset(TYPES))
    _, rows = engine.rows(make_query(_evaluator(), request, engine.dialect).text)
    return sorted(rows, key=repr)


BY = ("host", "sex", "level")


@pytest.mark.parametrize("name", ["postgres", "spark"])
def test_every_engine_counts_alike(name: str, duck: DuckDB, request: pytest.FixtureRequest) -> None:
    rows = _counts(duck, BY)
    assert rows == _counts(request.getfixturevalue(name), BY)
    suppressed = [row[-2] for row in rows]
    assert any(suppressed)
    assert not all(suppressed)


def test_counts_are_those_of_the_rows(duck: DuckDB) -> None:
    """What is told is the weighted sum of the rows' own positions; what is small is not told."""
    people = _people(5)
    told = {
        (right, host, level): (certain, possible, hidden)
        for right, host, level, certain, possible, hidden, total in _counts(duck, ("host", "level"))
        if total == "none" and right == "stay"
    }
    request = Request(by=("host", "persons"), columns=frozenset(TYPES), rows=True, purpose="a test")
    names, rows = duck.rows(make_query(_evaluator(), request, "duckdb").text)
    certain: Counter[tuple[str, str]] = Counter()
    for row in (dict(zip(names, cells, strict=True)) for cells in rows):
        low, high = row["stay_lower"], row["stay_lower_possible"]
        certain[row["host"], low if low == high else "not known"] += row["persons"]
    assert sum(certain.values()) == sum(people["persons"])
    assert {key[1:] for key, value in told.items() if value[0]} <= set(certain)
    for (host, level), number in certain.items():
        said, _, hidden = told["stay", host, level]
        assert said == (None if hidden else number)
        assert hidden or number >= 10


@pytest.mark.parametrize("by", [("host",), ("level",), ()])
def test_without_levels_or_groups_there_is_a_table_too(by: tuple[str, ...], duck: DuckDB) -> None:
    rows = _counts(duck, by)
    assert rows
    assert {"stay"} <= {row[0] for row in rows}
