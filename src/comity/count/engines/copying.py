"""Columns as PostgreSQL's binary COPY, made by numpy a block of rows at a time.

The layout is PostgreSQL's own (documentation, COPY, "Binary Format"): a header, for each row the
number of its fields, for each field its length in bytes (-1 where it is missing) and its bytes in
network order, a trailer. No row is looked at one by one: a block is a matrix of bytes as wide as its
widest row, and a second matrix says which of them are there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from comity.count.engines.columns import Column, Kind

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"

_DAY_ZERO = 10_957
"""Days from 1970-01-01 to 2000-01-01, from which PostgreSQL counts."""

_WIRE = {
    Kind.BOOLEAN: ">u1",
    Kind.SMALLINT: ">i2",
    Kind.INTEGER: ">i4",
    Kind.BIGINT: ">i8",
    Kind.DOUBLE: ">f8",
    Kind.DATE: ">i4",
}
_WIDEST = 1 << 26
"""Bytes of one block's matrix; a block with long texts is halved until it fits."""

Bytes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]


def copy_blocks(columns: Sequence[Column], *, size: int) -> Iterator[tuple[int, bytes]]:
    """Blocks of a table between HEADER and TRAILER, each with the number of its rows."""
    for start in range(0, len(columns[0]), size):
        yield from _halved([column.part(start, start + size) for column in columns])


def _halved(columns: Sequence[Column]) -> Iterator[tuple[int, bytes]]:
    count = len(columns[0])
    if count > 1 and _widest(columns) * count > _WIDEST:
        for start, stop in ((0, count // 2), (count // 2, count)):
            yield from _halved([column.part(start, stop) for column in columns])
    else:
        yield count, _block(columns)


def _widest(columns: Sequence[Column]) -> int:
    texts = [column for column in columns if column.kind is Kind.TEXT]
    # four bytes a character is the most that UTF-8 takes
    longest = sum(4 * max(map(len, _present(column)), default=0) for column in texts)
    return longest + 12 * len(columns)


def _present(column: Column) -> set[str]:
    values = column.values if column.missing is None else column.values[~column.missing]
    return set(values.tolist())


def _block(columns: Sequence[Column]) -> bytes:
    """Every row of a block: how many fields, then each field."""
    count = len(columns[0])
    fields = np.full(count, len(columns), dtype=">i2").view(np.uint8).reshape(count, 2)
    parts, there = [fields], [np.ones((count, 2), dtype=bool)]
    for column in columns:
        part, kept = _field(column)
        parts.append(part)
        there.append(kept)
    found: bytes = np.concatenate(parts, axis=1)[np.concatenate(there, axis=1)].tobytes()
    return found


def _field(column: Column) -> tuple[Bytes, Mask]:
    """One column's lengths and bytes, and which of the bytes belong to the row."""
    content, lengths = _texts(column) if column.kind is Kind.TEXT else _fixed(column)
    if column.missing is not None:
        lengths = np.where(column.missing, -1, lengths)
    count, width = content.shape
    prefix = lengths.astype(">i4").view(np.uint8).reshape(count, 4)
    kept = np.arange(width) < lengths[:, None]
    return (
        np.concatenate([prefix, content], axis=1),
        np.concatenate([np.ones((count, 4), dtype=bool), kept], axis=1),
    )


def _fixed(column: Column) -> tuple[Bytes, npt.NDArray[Any]]:
    values = column.values
    if column.kind is Kind.DATE:
        values = values - _DAY_ZERO
    wire = values.astype(_WIRE[column.kind])
    width = wire.dtype.itemsize
    content = wire.view(np.uint8).reshape(len(values), width)
    return content, np.full(len(values), width, dtype=np.int64)


def _texts(column: Column) -> tuple[Bytes, npt.NDArray[Any]]:
    values = column.values
    if column.missing is not None:
        values = np.where(column.missing, "", values)
    # a block has many texts and few different ones: each is written as bytes once
    number = {text: at for at, text in enumerate(set(values.tolist()))}
    coded = [text.encode() for text in number]
    lengths = np.fromiter(map(len, coded), dtype=np.int64, count=len(coded))
    # numpy cuts NUL bytes from the end of a text; a column with any has been refused before
    width = max(1, int(lengths.max(initial=0)))
    packed = np.array(coded, dtype=f"S{width}").view(np.uint8).reshape(len(coded), width)
    which = np.fromiter(map(number.__getitem__, values), dtype=np.int64, count=len(values))
    return packed[which], lengths[which]
