"""Positions of every right, row by row: as numpy columns, as an Arrow stream, as Parquet or CSV.

One row a person is handed out only for a purpose that somebody has written down; it stands in the
result. A file appears under its name when it is whole: a run that is killed leaves nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.agreement.many.evaluator import Evaluator, Positions
from comity.agreement.vocabulary import LevelType, Right
from comity.count.engines.duck import literal, quoted
from comity.count.engines.faults import (
    EngineError,
    FileNotReadHere,
    NoRoom,
    QueryRefused,
    in_one_line,
)
from comity.count.register.register import Block
from comity.count.sql.faults import NoPurpose
from comity.world.microdata.arrow import BlockStream

Columns = dict[str, NDArray[Any]]

ROW = "row"
BOUNDS = ("lower", "lower_possible", "upper", "upper_possible")
DECIDING = ("by", "limited_by")
NO_NORM = ""
"""In place of a deciding norm: no norm decides."""


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """One column of a result. labels: what its codes mean, in order; none: numbers."""

    fact: str
    dtype: str
    labels: tuple[str, ...] = ()
    is_yes_no: bool = False
    may_be_unknown: bool = False


class Results:
    """The positions of a register's rows under an evaluator's regime.

    For each right RIGHT: `RIGHT.lower` surely guaranteed, `RIGHT.lower_possible`, `RIGHT.upper`,
    `RIGHT.upper_possible` surely left open; and, if the evaluator tells it, `RIGHT.by` and
    `RIGHT.limited_by`, the norms that decide the lower and the upper. Levels are codes of words,
    lowest first; numbers are in the right's own unit. `row` counts the register's rows from 1.
    """

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self._rights = evaluator.regime.vocabulary.rights
        assert evaluator.rights is not None  # INVARIANT: an evaluator fixes them when it is made
        self.rights = evaluator.rights
        self.columns = tuple(self._described())

    def _described(self) -> Iterator[ResultColumn]:
        yield ResultColumn(ROW, "int32")
        for name in self.rights:
            right = self._rights[name]
            labels = right.type.scale.levels if isinstance(right.type, LevelType) else ()
            for bound in BOUNDS:
                yield ResultColumn(f"{name}.{bound}", "int32", labels)
            if self.evaluator.deciding:
                units = self.evaluator.units(name), self.evaluator.limits(name)
                for word, nodes in zip(DECIDING, units, strict=True):
                    yield ResultColumn(f"{name}.{word}", "int32", (NO_NORM, *nodes))

    def of(self, block: Block) -> Columns:
        """The columns of one block, each of shape (rows,) and int32."""
        evaluated = self.evaluator.evaluate(block.table)
        rows = np.arange(block.first, block.first + block.rows, dtype=np.int32)
        found: Columns = {ROW: rows}
        for name in self.rights:
            found |= self._of_right(name, self._rights[name], evaluated.rights[name], block.rows)
        return found

    def _of_right(self, name: str, right: Right, positions: Positions, size: int) -> Columns:
        found: Columns = {}
        for bound in BOUNDS:
            ranks = np.asarray(getattr(positions, bound), dtype=np.int32)
            # a burden is written as it is measured, days of detention and not days spared
            amounts = right.top - ranks if right.less_is_better else ranks
            found[f"{name}.{bound}"] = np.broadcast_to(amounts, (size,))
        if self.evaluator.deciding:
            for word in DECIDING:
                found[f"{name}.{word}"] = np.asarray(getattr(positions, word), dtype=np.int32)
        return found

    # ---- out ----
    def arrays(self, blocks: Iterable[Block]) -> Columns:
        """All rows at once, as codes and numbers; `columns` says what the codes mean."""
        parts = [self.of(block) for block in blocks]
        if not parts:
            return {column.fact: np.empty(0, dtype=np.int32) for column in self.columns}
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    def stream(self, blocks: Iterable[Block]) -> BlockStream:
        """All rows as an Arrow stream, which may be read once; levels and norms are words."""
        return BlockStream(self.columns, (self.of(block) for block in blocks))


def write_results(results: Results, blocks: Iterable[Block], path: Path, *, purpose: str) -> int:
    """Writes every row into a `.parquet` or `.csv` file, levels and norms in words.

    purpose: what one row a person is needed for; it stands in the file (a column of CSV, the
    metadata `comity_purpose` of Parquet). Returns the rows written. Raises NoPurpose (E492),
    FileNotReadHere (E479) for another kind of file, NoRoom (E475), QueryRefused (E477), and whatever
    the blocks raise; then nothing stands under the name, or what stood there before.
    """
    import duckdb

    purpose = " ".join(purpose.split())
    if not purpose:
        raise NoPurpose("one row a person is written only for a purpose")
    kind = path.suffix.casefold()
    if kind not in (".parquet", ".csv"):
        raise FileNotReadHere(
            f"`{path.name}` is neither .parquet nor .csv",
            suggestion="end the name with one of them",
        )
    # beside its place, so that it is on the same disk when it takes the name
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    stream = results.stream(blocks)
    try:
        with duckdb.connect(config={"autoload_known_extensions": False}) as engine:
            # a block at a time: more threads would hold several, each with its words
            engine.execute("SET threads = 1")
            engine.register("positions", stream)
            count = engine.execute(_copy(results, unfinished, kind, purpose)).fetchone()
        unfinished.replace(path)
    except BaseException as cause:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        if isinstance(stream.fault, Exception):
            raise stream.fault from None
        if isinstance(cause, (duckdb.Error, OSError)):
            raise _fault(cause, path.name) from None
        raise
    return int(count[0]) if count else 0


def _copy(results: Results, path: Path, kind: str, purpose: str) -> str:
    chosen = ", ".join(quoted(column.fact) for column in results.columns)
    # a group of rows is held until it is whole
    group = max(2048, min(122_880, (1 << 22) // len(results.columns)) // 2048 * 2048)
    settings: Mapping[str, str] = {
        ".parquet": f"FORMAT parquet, USE_TMP_FILE false, ROW_GROUP_SIZE {group}, "
        f"KV_METADATA {{comity_purpose: {literal(purpose)}}}",
        ".csv": "FORMAT csv, HEADER true, USE_TMP_FILE false",
    }
    if kind == ".csv":
        chosen += f", {literal(purpose)} AS purpose"
    return f"COPY (SELECT {chosen} FROM positions) TO {literal(str(path))} ({settings[kind]})"


_FULL = ("no space left", "file too large", "disk quota", "out of memory")


def _fault(cause: Exception, name: str) -> EngineError:
    told = in_one_line(getattr(cause, "strerror", None) or cause)
    if any(word in str(cause).casefold() for word in _FULL):
        return NoRoom(f"`{name}` could not be written: no room is left")
    return QueryRefused(
        f"`{name}` could not be written: {told}", suggestion="check the folder and its permissions"
    )
