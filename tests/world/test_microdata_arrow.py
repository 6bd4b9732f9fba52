"""Blocks as an Arrow stream: words, bits and nulls arrive, and all memory is given back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import duckdb
import numpy as np
import pytest

from comity.world.microdata import arrow
from comity.world.microdata.arrow import BlockStream
from comity.world.microdata.columns import Column, Kind

AGE = Column("age", Kind.NUMBER, "int16", "")
KNOWN = Column("is known", Kind.YES_NO, "int8", "", may_be_unknown=True)
WORD = Column("word", Kind.OPTION, "int8", "", labels=("a", "é", ""), may_be_unknown=True)
COLUMNS = (AGE, KNOWN, WORD)


def block(*rows: tuple[int, int, int]) -> dict[str, np.ndarray]:
    return {
        column.fact: np.array([row[at] for row in rows], dtype=column.dtype)
        for at, column in enumerate(COLUMNS)
    }


BLOCKS = (block((1, 1, 0), (2, 0, 1), (3, -1, -1)), block((4, 1, 2)), block())


def read(stream: BlockStream, sql: str = "select * from stream") -> list[tuple[object, ...]]:
    with duckdb.connect() as engine:
        engine.register("stream", stream)
        return engine.execute(sql).fetchall()


def test_numbers_bits_words_and_nulls_arrive() -> None:
    assert [(1, True, "a"), (2, False, "é"), (3, None, None), (4, True, "")] == read(
        BlockStream(COLUMNS, BLOCKS)
    )


def test_codes_stay_codes_where_words_are_not_asked_for() -> None:
    assert [(0,), (1,), (None,), (2,)] == read(
        BlockStream(COLUMNS, BLOCKS, frozenset()), "select word from stream"
    )


def test_a_long_column_of_nulls_arrives_whole() -> None:
    rng = np.random.default_rng(5)
    known = rng.integers(-1, 2, 100_001).astype(np.int8)
    found = read(
        BlockStream([KNOWN], [{"is known": known}]),
        'select count(*), count("is known"), count_if("is known") from stream',
    )
    assert [(len(known), int((known >= 0).sum()), int((known == 1).sum()))] == found


def test_what_was_read_is_given_back() -> None:
    before = len(arrow._KEPT)
    read(BlockStream(COLUMNS, BLOCKS * 50))
    assert before == len(arrow._KEPT)


def test_blocks_are_read_once() -> None:
    stream = BlockStream(COLUMNS, BLOCKS)
    read(stream)
    with pytest.raises(duckdb.Error, match="only once"):
        read(stream)


def test_a_column_of_another_type_is_refused() -> None:
    wrong = {**block((1, 1, 1)), "age": np.array([1.5])}
    with pytest.raises(duckdb.Error, match="`age` is float64, not int16"):
        read(BlockStream(COLUMNS, [wrong]))


def test_what_the_blocks_raise_is_kept_for_the_caller() -> None:
    def failing() -> Iterator[Mapping[str, np.ndarray]]:
        yield BLOCKS[0]
        raise LookupError("no more")

    stream = BlockStream(COLUMNS, failing())
    with pytest.raises(duckdb.Error, match="no more"):
        read(stream)
    assert isinstance(stream.fault, LookupError)
