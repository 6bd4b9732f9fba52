"""A column as a table has it says the same as its codes, in whatever type and however it is run."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import numpy as np
import pytest

from comity.agreement.many import blocked, compiled
from comity.agreement.many.columns import Column, ListedColumn, NumberColumn, Table
from comity.agreement.many.evaluator import Evaluated, Evaluator
from comity.agreement.many.uncoded import Listed, Numbers, looked_up, ranks_of
from tests.readers_agree.draws import draws, less_known
from tests.readers_agree.many import conditions_in, silent, stated_by, table_for

COMPILES = (False, True) if compiled.is_installed() else (False,)
TYPES = ("int8", "uint8", "int16", "uint16", "int32", "int64")


@pytest.mark.parametrize("kind", TYPES)
def test_ranks_are_how_many_edges_are_not_above(kind: str) -> None:
    rng = np.random.default_rng(1)
    limits = np.iinfo(kind)
    for count in (0, 1, 3, 60):
        far = rng.integers(-70_000, 70_000, count)
        edges = tuple(sorted({int(edge) for edge in (*far, *(far // 500))}))
        drawn = rng.integers(max(limits.min, -300), min(limits.max, 300), 70_000)
        numbers = np.concatenate([drawn, [limits.min, limits.max]]).astype(kind)
        expected = np.searchsorted(np.array(edges, dtype=np.int64), numbers, side="right")
        assert expected.tolist() == ranks_of(numbers, edges).astype(int).tolist()


@pytest.mark.parametrize("kind", TYPES)
def test_the_numbers_of_some_ranks_have_these_ranks_and_no_other(kind: str) -> None:
    edges = (-40_000, -200, -3, 0, 1, 100, 130, 255, 256, 40_000, 70_000)
    limits = np.iinfo(kind)
    near = {edge + step for edge in edges for step in (-1, 0, 1)} | {limits.min, limits.max}
    numbers = np.array(sorted(n for n in near if limits.min <= n <= limits.max), dtype=kind)
    ranks = ranks_of(numbers, edges).astype(int)
    column = Numbers(numbers, edges)
    for low in range(len(edges) + 1):
        for high in (None, *range(low, len(edges) + 1)):
            spans = column.spans(low, high)
            held = [any(_is_in(int(one), span) for span in spans) for one in numbers]
            most = len(edges) if high is None else high
            assert [low <= rank <= most for rank in ranks] == held


def _is_in(value: int, span: tuple[int | None, int | None]) -> bool:
    low, high = span
    return (low is None or low <= value) and (high is None or value <= high)


@pytest.mark.parametrize("kind", ["int8", "uint8", "int16", "int32"])
@pytest.mark.parametrize("size", [1, 2, 3, 16, 17, 100, 300])
def test_a_list_is_looked_up_place_by_place(kind: str, size: int) -> None:
    rng = np.random.default_rng(size)
    for most in (1, 2, 250, 1000):
        code: type[np.unsignedinteger[Any]] = np.uint8 if most < 256 else np.uint16
        several: tuple[Any, ...] = (
            rng.integers(0, min(most, size), size).astype(code),
            np.arange(size).astype(np.uint16 if size > 256 else code),
        )
        for classes in several:
            places = rng.integers(0, min(size, np.iinfo(kind).max + 1), 70_000).astype(kind)
            expected = classes[places].astype(int).tolist()
            assert expected == looked_up(classes, places).astype(int).tolist()
            short = Listed(places, classes)
            for low, high in ((0, 0), (1, None), (0, 1), (1, 2)):
                tested = np.asarray(short.block(slice(0, 500))).astype(int)
                held = [any(_is_in(one, span) for span in short.spans(low, high)) for one in tested]
                top = int(classes.max()) if high is None else high
                assert [low <= one <= top for one in expected[:500]] == held


def test_a_code_outside_its_list_is_refused() -> None:
    for codes in (np.array([0, 2], dtype=np.int8), np.array([-1, 0], dtype=np.int16)):
        with pytest.raises(ValueError, match="not among the 2 values"):
            ListedColumn(codes, (True, False))  # type: ignore[arg-type]


@pytest.mark.parametrize("compiles", COMPILES)
def test_tables_of_random_agreements_read_as_they_are_and_coded(
    compiles: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Long enough for several blocks and a last one that is not whole."""
    monkeypatch.setattr(blocked, "BLOCK", 64)
    monkeypatch.setattr(compiled, "BLOCK", 64)
    rng = Random(8)
    for draw in draws(rng, 12, cases=12):
        full = [*draw.cases]
        partly = [silent(less_known(rng, case)) for case in draw.cases]
        for cases in (full, partly):
            evaluator = Evaluator(
                draw.regime,
                draw.on,
                conditions=conditions_in(draw.regime)[:3],
                deciding=True,
                compile=compiles,
                stated=stated_by(cases),
            )
            short = table_for(evaluator, cases)
            order = np.random.default_rng(1).integers(0, short.size, 207)
            table = Table(207, {k: _at(c, order) for k, c in short.columns.items()}, short.shared)
            few = evaluator.evaluate_coded(evaluator.coded(short), short.size)
            coded = evaluator.evaluate_coded(evaluator.coded(table), table.size)
            read = {of: coder.read(table) for of, coder in evaluator.coders.items()}
            as_they_are = evaluator.evaluate_coded(read, table.size)
            expected = [values[order].tolist() for values in _arrays(few)]
            assert expected == [values.tolist() for values in _arrays(coded)]
            assert expected == [values.tolist() for values in _arrays(as_they_are)]


def _at(column: Column, order: np.ndarray) -> Column:
    if isinstance(column, ListedColumn):
        return ListedColumn(column.codes[order].astype(np.int16), column.values)
    low = column.low[order]
    return NumberColumn(low, low if column.high is column.low else column.high[order])


def _arrays(found: Evaluated) -> Iterator[np.ndarray]:
    for one in found.rights.values():
        yield from (one.lower, one.lower_possible, one.upper, one.upper_possible)
        for units in (one.by, one.limited_by):
            if units is not None:
                yield units
    yield from found.surely
    yield from found.possibly
