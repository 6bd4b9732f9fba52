"""Small numbers hidden by the query itself: none can be worked out from what it shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

import numpy as np
import pytest
from sqlglot import exp

from comity.agreement.vocabulary import LevelType, Right, Scale
from comity.count.engines.columns import Kind
from comity.count.engines.duck import DuckDB
from comity.count.sql import suppression
from comity.count.sql.cells import count_stages
from comity.count.sql.common import Stages
from comity.count.sql.positions import SqlBound, SqlPositions
from comity.count.sql.suppression import THRESHOLD

LEVELS = ("none", "some", "more", "all")
RIGHTS = tuple(Right(name, LevelType(Scale("levels", LEVELS))) for name in ("stay", "work"))

Row = Mapping[str, Any]


def _positions(right: Right) -> SqlPositions:
    bound = SqlBound(right, True, 0, (), (), ())
    return SqlPositions(right, bound, bound, bound, bound, tuple(range(len(LEVELS))))


def _answer(
    engine: DuckDB,
    people: Sequence[tuple[str | None, int, int, int, int]],
    *,
    by: bool,
    level: bool,
) -> list[Row]:
    """The table of counts. people: group, then lower and possible lower bound of two rights."""
    names = ("by_1", "stay_lower", "stay_lower_possible", "work_lower", "work_lower_possible")
    kinds = (Kind.TEXT, *[Kind.INTEGER] * 4)
    columns: dict[str, Any] = {
        n: list(c) for n, c in zip(names, zip(*people, strict=True), strict=True)
    }
    columns["weight"] = [1] * len(people)
    engine.load("given", columns, dict(zip(names, kinds, strict=True)) | {"weight": Kind.BIGINT})
    stages = Stages()
    stages.add("positions", exp.select("*").from_("given"))
    last = count_stages(
        stages, [_positions(r) for r in RIGHTS], {"by_1": "host"} if by else {}, by_level=level
    )
    found, rows = engine.rows(stages.query(last).sql("duckdb"))
    return [dict(zip(found, row, strict=True)) for row in rows]


def _true(people: Sequence[tuple[Any, ...]], row: Row, *, of: str, by: bool) -> int:
    """What a cell is, counted by hand."""
    place = 1 if row["right"] == "stay" else 3
    total = 0
    for one in people:
        if by and row["total"] not in ("groups", "all") and one[0] != row["host"]:
            continue
        low, high = one[place], one[place + 1]
        match row["level"]:
            case "all levels":
                total += 1
            case "anything":
                total += (low if of == "certain" else high) > 0
            case "not known":
                total += low != high
            case level:
                rank = LEVELS.index(level)
                total += low == high == rank if of == "certain" else low <= rank <= high
    return total


def _drawn(rng: Random) -> list[tuple[str | None, int, int, int, int]]:
    """People in some groups, some of them tiny, some levels rare."""
    people: list[tuple[str | None, int, int, int, int]] = []
    for group in (*"ABCDE"[: rng.randint(1, 5)], None):
        for _ in range(rng.choice((0, 1, 5, 9, 10, 12, 40))):
            bounds: list[int] = []
            for _ in range(2):
                low = rng.choice((0, 0, 1, 3, rng.randint(0, 3)))
                bounds += [low, min(3, low + rng.choice((0, 0, 0, 0, 1, 2)))]
            people.append((group, bounds[0], bounds[1], bounds[2], bounds[3]))
    return people


def _equations(rows: Sequence[Row], *, of: str, level: bool) -> Iterator[tuple[list[int], int]]:
    """What a reader knows to add up: the places of the parts, and of their sum.

    Every right's sum over levels is the same number, which is one unknown (its place is the first's).
    """
    first: dict[Any, int] = {}
    place: list[int] = []
    for number, row in enumerate(rows):
        key = (row.get("host"), row["total"]) if row["total"] in ("levels", "all") else number
        place.append(first.setdefault(key, number))
    for right in {row["right"] for row in rows}:
        own = [(place[n], row) for n, row in enumerate(rows) if row["right"] == right]
        groups: dict[str, list[tuple[int, Row]]] = {}
        for n, row in own:
            groups.setdefault(row["level"], []).append((n, row))
        for several in groups.values():
            sums = [n for n, row in several if row["total"] in ("groups", "all")]
            if sums:
                yield [n for n, row in several if n not in sums], sums[0]
        if level and of == "certain":
            lines: dict[Any, list[tuple[int, Row]]] = {}
            for n, row in own:
                lines.setdefault((row.get("host"), row["total"] in ("groups", "all")), []).append(
                    (n, row)
                )
            for several in lines.values():
                sums = [n for n, row in several if row["total"] in ("levels", "all")]
                yield [n for n, row in several if n not in sums], sums[0]


def _worked_out(rows: Sequence[Row], true: Sequence[int], *, of: str, level: bool) -> set[int]:
    """The hidden cells whose number follows from what is shown, by linear algebra."""
    hidden = [n for n, row in enumerate(rows) if row["suppressed"]]
    matrix = []
    for parts, total in _equations(rows, of=of, level=level):
        line = np.zeros(len(rows))
        for part in parts:
            line[part] += 1
        line[total] -= 1
        matrix.append(line)
    if not matrix or not hidden:
        return set()
    # a zero that is hidden beside others is an unknown to the reader, too
    unknown = np.array(matrix)[:, hidden]
    rank = np.linalg.matrix_rank(unknown)
    found = set()
    for number, cell in enumerate(hidden):
        one = np.zeros((1, len(hidden)))
        one[0, number] = 1
        if unknown[:, number].any() and np.linalg.matrix_rank(np.vstack([unknown, one])) == rank:
            found.add(cell)
    return {cell for cell in found if 0 < true[cell] < THRESHOLD}


SHAPES = [(True, True), (True, False), (False, True), (False, False)]


def _faults(seed: int, *, by: bool, level: bool) -> list[str]:
    """What is wrong with the table of some random people."""
    rng, wrong = Random(seed), []
    people = _drawn(rng)
    if not people:
        return []
    with DuckDB(threads=1, memory="1GB") as engine:
        rows = _answer(engine, people, by=by, level=level)
    for of in ("certain", "possible"):
        true = [_true(people, row, of=of, by=by) for row in rows]
        for row, number in zip(rows, true, strict=True):
            if row["suppressed"]:
                if row[of] is not None:
                    wrong.append(f"{row} is hidden and told")
            elif row[of] != number:
                wrong.append(f"{row} is {number}")
            elif 0 < number < THRESHOLD:
                wrong.append(f"{row} is told")
        for cell in _worked_out(rows, true, of=of, level=level):
            wrong.append(f"{of} of {rows[cell]} is worked out to be {true[cell]}")
    return wrong


@pytest.mark.parametrize(("by", "level"), SHAPES)
def test_no_small_number_is_told_or_can_be_worked_out(by: bool, level: bool) -> None:
    for seed in range(40):
        assert [] == _faults(seed, by=by, level=level), seed


def test_one_small_cell_hides_the_next_smallest_and_totals_stay_right() -> None:
    people = [(g, 0, 0, 0, 0) for g, n in (("A", 3), ("B", 12), ("C", 50)) for _ in range(n)]
    people = [(g, 1, 1, 1, 1) for g, *_ in people]
    with DuckDB(threads=1, memory="1GB") as engine:
        rows = _answer(engine, people, by=True, level=False)
    stay = {
        row["host"]: row["certain"]
        for row in rows
        if row["right"] == "stay" and row["total"] == "none"
    }
    assert {"A": None, "B": None, "C": 50} == stay
    assert [65] == [
        row["certain"] for row in rows if row["right"] == "stay" and row["total"] == "groups"
    ]


def test_two_small_cells_that_are_few_together_hide_a_third() -> None:
    people = [
        (g, 1, 1, 1, 1) for g, n in (("A", 2), ("B", 3), ("C", 50), ("D", 60)) for _ in range(n)
    ]
    with DuckDB(threads=1, memory="1GB") as engine:
        rows = _answer(engine, people, by=True, level=False)
    told = {row["host"] for row in rows if row["total"] == "none" and not row["suppressed"]}
    assert {"D"} == told


def test_without_what_stands_beside_them_small_numbers_are_worked_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(suppression, "ROUNDS", 0)
    monkeypatch.setattr(suppression, "_close", lambda *_, **__: None)
    assert any(_faults(seed, by=True, level=True) for seed in range(10))


def test_the_last_resort_alone_hides_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suppression, "ROUNDS", 0)
    for seed in range(15):
        assert [] == _faults(seed, by=True, level=False), seed
