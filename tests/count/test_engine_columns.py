"""A user's columns before any engine sees them: refused by row, never by value, never converted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import pytest

from comity.count.engines.columns import Kind, Values, plain_columns
from comity.count.engines.copying import copy_blocks
from comity.count.engines.faults import NoSuchTable, WrongType


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        (Kind.INTEGER, [1, "2", None], "something else in 1 rows: 2"),
        (Kind.INTEGER, [1, True], "something else in 1 rows: 2"),
        (Kind.INTEGER, [1, 2.0, 3.0], "something else in 2 rows: 2, 3"),
        (Kind.INTEGER, [2**31, 0], "a number that does not fit in 1 rows: 1"),
        (Kind.BIGINT, [2**63], "a number that does not fit"),
        (Kind.SMALLINT, np.array([0, 40_000], dtype=np.uint16), "does not fit in 1 rows: 2"),
        (Kind.BIGINT, np.array([2**63], dtype=np.uint64), "does not fit"),
        (Kind.INTEGER, np.array([1.0]), "holds float64"),
        (Kind.INTEGER, np.array([True]), "holds bool"),
        (Kind.INTEGER, np.array(["2024-01-01"], dtype="datetime64[D]"), "holds dates"),
        (Kind.BOOLEAN, [True, 1], "something else in 1 rows: 2"),
        (Kind.BOOLEAN, np.array([0, 1]), "holds int64"),
        (Kind.DOUBLE, np.array([0.5, np.nan, np.inf]), "not a number in 2 rows: 2, 3"),
        (Kind.DOUBLE, [0.5, float("nan")], "not a number in 1 rows: 2"),
        (Kind.DOUBLE, [True], "something else"),
        (Kind.TEXT, ["a", 5], "something else in 1 rows: 2"),
        (Kind.TEXT, ["a", "b\0"], "no database stores in 1 rows: 2"),
        (Kind.TEXT, ["\ud800"], "no database stores"),
        (Kind.TEXT, np.array([b"a"]), "holds |S1"),
        (Kind.DATE, [date(2024, 1, 1), datetime(2024, 1, 1)], "something else in 1 rows: 2"),
        (Kind.DATE, ["2024-01-01"], "something else"),
        (Kind.DATE, np.array(["2024-01-01T12:00"], dtype="datetime64[m]"), "a time of day"),
        (Kind.DATE, np.array(["10000-01-01"], dtype="datetime64[D]"), "a day outside"),
        (Kind.INTEGER, np.zeros((2, 2), dtype=int), "2 dimensions"),
    ],
)
def test_a_column_of_another_type_is_refused(kind: Kind, values: Sequence[Any], words: str) -> None:
    with pytest.raises(WrongType) as told:
        plain_columns("people", {"a": values}, {"a": kind})
    assert words in told.value.message
    assert told.value.message.startswith("column `a` of `people` ")


def test_a_refusal_names_no_value() -> None:
    with pytest.raises(WrongType) as told:
        plain_columns("people", {"a": [1, "Jane Doe"]}, {"a": Kind.INTEGER})
    assert "Jane" not in str(told.value)


@pytest.mark.parametrize("kind", list(Kind))
def test_what_is_missing_is_looked_at_by_nobody(kind: Kind) -> None:
    (column,) = plain_columns("people", {"a": [None, None]}, {"a": kind})
    assert column.missing is not None
    assert column.missing.all()


def test_behind_a_mask_anything_may_stand() -> None:
    masked = np.ma.MaskedArray(np.array([np.nan, 1.0]), mask=[True, False])
    (column,) = plain_columns("people", {"a": masked}, {"a": Kind.DOUBLE})
    assert [True, False] == list(column.missing if column.missing is not None else ())
    texts = np.ma.MaskedArray(np.array([None, "x"], dtype=object), mask=[True, False])
    (column,) = plain_columns("people", {"a": texts}, {"a": Kind.TEXT})
    assert "x" == column.values[1]


@pytest.mark.parametrize(
    ("columns", "types", "words"),
    [
        ({"a": [1]}, {}, "column `a` that no type declares"),
        ({}, {"a": Kind.TEXT}, "no column `a`"),
        ({}, {}, "no column at all"),
    ],
)
def test_columns_and_types_name_the_same(
    columns: dict[str, list[int]], types: dict[str, Kind], words: str
) -> None:
    with pytest.raises(NoSuchTable, match=words):
        plain_columns("people", columns, types)


def test_columns_have_one_length() -> None:
    kinds = {"a": Kind.INTEGER, "b": Kind.INTEGER}
    with pytest.raises(WrongType, match="`a` 1, `b` 2"):
        plain_columns("people", {"a": [1], "b": [1, 2]}, kinds)


def test_a_block_of_long_texts_is_halved_until_it_fits() -> None:
    texts = ["x" * 1_000_000, "", None, "é" * 500_000] * 32
    plain = plain_columns("people", {"a": texts}, {"a": Kind.TEXT})
    blocks = list(copy_blocks(plain, size=1000))
    assert len(blocks) > 1
    assert len(texts) == sum(count for count, _ in blocks)
    # two bytes for the number of fields and four for each length, beside the texts themselves
    told = sum(len(text.encode()) for text in texts if text) + 6 * len(texts)
    assert told == sum(len(block) for _, block in blocks)


def test_a_block_is_what_the_documentation_of_postgresql_says() -> None:
    columns: dict[str, Values] = {
        "a": [1, None],
        "b": ["é", "x"],
        "c": [date(2000, 1, 2), date(1999, 12, 31)],
    }
    kinds = {"a": Kind.SMALLINT, "b": Kind.TEXT, "c": Kind.DATE}
    ((count, block),) = copy_blocks(plain_columns("people", columns, kinds), size=10)
    first = "0003 00000002 0001 00000002 c3a9 00000004 00000001"
    second = "0003 ffffffff 00000001 78 00000004 ffffffff"
    assert (2, bytes.fromhex(first + second)) == (count, block)
