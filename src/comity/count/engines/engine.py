"""The one way to use an engine: hand it a table for this run, ask, and take rows back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from comity.count.engines.columns import Kind, Values

Row = tuple[Any, ...]

Progress = Callable[[str, int, int | None], None]
"""Told while rows move: what is being done, how many rows are done, how many there are (None where
nobody knows yet)."""

ROWS = 65_536
"""Rows of a block, unless another number is asked for."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of an answer, in the answer's order, with the names of its columns."""

    names: tuple[str, ...]
    rows: list[Row]


class Engine(Protocol):
    """DuckDB, PostgreSQL or Spark. Use as a context: what was handed over is gone at its end.

    dialect: the word by which sqlglot, and `comity sql --dialect`, know the engine's SQL.
    progress: told while rows move, if there is one.
    Every method raises EngineError (E470 to E479) and no error of a driver.
    """

    dialect: str
    progress: Progress | None

    def load(self, name: str, columns: Mapping[str, Values], types: Mapping[str, Kind]) -> None:
        """Hands over a table for this run: one array or sequence a column, all of one length.

        A missing value is None, a masked element or NaT. `types` declares every column.
        """
        ...

    def attach(
        self, name: str, path: Path, types: Mapping[str, Kind], *, delimiter: str = ","
    ) -> None:
        """Lets a query read a Parquet or CSV file, or a folder of Parquet, under a table's name.

        Only the declared columns are seen; other types than the declared ones are refused. In CSV an
        empty field is unknown and a quoted empty field is an empty text.
        """
        ...

    def rows(self, sql: str) -> tuple[tuple[str, ...], list[Row]]:
        """The names of the answer's columns, and all its rows."""
        ...

    def stream(self, sql: str, *, size: int = ROWS) -> Iterator[Block]:
        """The answer in blocks of at most `size` rows, at least one; memory does not grow."""
        ...

    def close(self) -> None:
        """Ends the session; tables handed over are gone. May be called twice."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def all_rows(blocks: Iterable[Block]) -> tuple[tuple[str, ...], list[Row]]:
    """A streamed answer as one: its names and every row."""
    names: tuple[str, ...] = ()
    rows: list[Row] = []
    for block in blocks:
        names = block.names
        rows += block.rows
    return names, rows


def with_whole_numbers(rows: Sequence[Row], decimals: Sequence[int]) -> list[Row]:
    """Rows with integers where an engine's decimal has no fraction; `decimals` are its columns.

    PostgreSQL sums integers to a decimal and Spark to an integer: who asks shall not see it.
    """
    if not decimals:
        return list(rows)
    found: list[Row] = []
    for row in rows:
        values = list(row)
        for at in decimals:
            value = values[at]
            if isinstance(value, Decimal) and value.as_tuple().exponent == 0:
                values[at] = int(value)
        found.append(tuple(values))
    return found
