"""The data of a register, wherever they lie, as one view whose columns and types are known.

A file is read where it is, in blocks. Columns in memory and Arrow streams are copied into the
embedded database first, because every register is read twice: once to check it, once to count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from comity.count.engines.columns import Kind, Values
from comity.count.engines.duck import DuckDB, literal, quoted
from comity.count.engines.engine import Row
from comity.count.engines.faults import (
    EngineError,
    FileDamaged,
    FileNotReadHere,
    NoRoom,
    QueryStopped,
    WrongType,
    in_one_line,
)
from comity.count.engines.files import kind_of_file, refuse_other_head
from comity.count.register.arrow_reading import Arrays, StreamBroken, read_stream
from comity.count.register.words import shown

Given: TypeAlias = Path | str | Mapping[str, Values] | Any
"""A file or folder, numpy columns by name, or anything that offers an Arrow stream."""

TABLE = "register"

_SIGNED = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
WHOLE = (*_SIGNED, *(f"U{kind}" for kind in _SIGNED))
REAL = ("FLOAT", "DOUBLE", "DECIMAL")
DAYS = ("DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS")


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column as the database has it. sql: its name there; type: `VARCHAR`, `DECIMAL`, ..."""

    name: str
    sql: str
    type: str


class Data:
    """A register's rows. Use as a context: whatever was copied is gone at its end.

    given: see `Given`; a mapping holds what `DuckDB.load` takes. delimiter: of a CSV file. memory:
    the database's limit, such as `2GB`. Raises EngineError (E473 to E475, E479).
    """

    def __init__(
        self,
        given: Given,
        *,
        delimiter: str = ",",
        memory: str | None = None,
        threads: int | None = None,
    ) -> None:
        self.engine = _Engine(memory=memory, threads=threads)
        try:
            if isinstance(given, (str, Path)):
                self.name = Path(given).name
                self.columns = self.engine.file(Path(given), delimiter)
            elif isinstance(given, Mapping):
                self.name = "the columns"
                self.columns = self.engine.arrays(given)
            elif hasattr(given, "__arrow_c_stream__"):
                self.name = "the Arrow stream"
                self.columns = self.engine.stream_of(given)
            else:
                raise FileNotReadHere(
                    f"nothing is read from a {type(given).__name__}",
                    suggestion="give a file, numpy columns by name, or an Arrow stream",
                )
        except BaseException:
            self.engine.close()
            raise

    def rows(self, sql: str) -> list[Row]:
        """All rows of a short answer."""
        return self.engine.rows(sql)[1]

    def words(self, name: str, listed: Sequence[str]) -> None:
        """Declares words that a query may turn into their places in the list."""
        self.engine.declare(name, listed)

    def blocks(self, expressions: Mapping[str, str], *, where: str = "") -> Iterator[Arrays]:
        """Each expression of every row, in the order of the rows, in blocks of the engine's own size."""
        chosen = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in expressions.items())
        yield from self.engine.numbers(f"SELECT {chosen} FROM {TABLE}{where}", self.name)

    def close(self) -> None:
        """Forgets everything that was copied."""
        self.engine.close()

    def __enter__(self) -> Data:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Engine(DuckDB):
    """DuckDB, closed to the outside as every engine is, with one table and its columns as given."""

    def file(self, path: Path, delimiter: str) -> dict[str, DataColumn]:
        """A view over a file."""
        path = path.absolute()
        if kind_of_file(path) == "csv":
            head = refuse_other_head(path, {}, delimiter)
            # names of our own: a head may say anything, and a database minds capitals
            names = [f"c{at}" for at in range(len(head))]
            listed = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
            source = (
                f"read_csv({literal(str(path))}, header = true, all_varchar = true, "
                f"delim = {literal(delimiter)}, quote = '\"', escape = '\"', nullstr = '', "
                "allow_quoted_nulls = false, strict_mode = true, auto_detect = false, "
                f"columns = {{{listed}}})"
            )
            found = [DataColumn(n, sql, "VARCHAR") for n, sql in zip(head, names, strict=True) if n]
        else:
            if path.is_dir():
                self._refuse_other_columns(path)
            whole = path / "**" / "*.parquet" if path.is_dir() else path
            source = f"read_parquet({literal(str(whole))}, union_by_name = true)"
            found = []
        with _told(path.name):
            self._connection.execute(f"CREATE VIEW {TABLE} AS SELECT * FROM {source}")
        self._readable.append(path)
        return {column.name: column for column in found or self._described(path.name)}

    def _refuse_other_columns(self, folder: Path) -> None:
        """E473 for a file that lacks a column of the others: its people would be unknown silently."""
        found: dict[str, set[str]] = {}
        for file in sorted(folder.rglob("*.parquet")):
            with _told(file.name):
                rows = self._connection.execute(
                    f"DESCRIBE SELECT * FROM read_parquet({literal(str(file))})"
                ).fetchall()
            found[file.name] = {str(row[0]) for row in rows}
        every = set().union(*found.values())
        for name, columns in found.items():
            if lacking := sorted(every - columns):
                raise FileDamaged(
                    f"`{name}` has no column `{shown(lacking[0])}`, which other files of "
                    f"`{folder.name}` have"
                )

    def arrays(self, given: Mapping[str, Values]) -> dict[str, DataColumn]:
        """A table of columns in memory, each of one type. Raises E474."""
        self.load(TABLE, given, {name: _kind(name, values) for name, values in given.items()})
        return {column.name: column for column in self._described("the columns")}

    def stream_of(self, given: Any) -> dict[str, DataColumn]:
        """A table of all that an Arrow stream has; it may be read only once, and we read twice."""
        with _told("the Arrow stream"):
            # the stream itself: a relation of another connection would be refused
            self._connection.register("handed_over", given.__arrow_c_stream__())
            try:
                self._connection.execute(f"CREATE TABLE {TABLE} AS SELECT * FROM handed_over")
            finally:
                self._connection.unregister("handed_over")
        return {column.name: column for column in self._described("the Arrow stream")}

    def _described(self, name: str) -> list[DataColumn]:
        with _told(name):
            rows = self._connection.execute(f"DESCRIBE {TABLE}").fetchall()
        return [DataColumn(str(r[0]), quoted(str(r[0])), _family(str(r[1]))) for r in rows]

    def declare(self, name: str, listed: Sequence[str]) -> None:
        """An enumeration of words."""
        words = ", ".join(literal(word) for word in listed)
        with _told("the map"):
            self._connection.execute(f"CREATE TYPE {quoted(name)} AS ENUM ({words})")

    def numbers(self, sql: str, name: str) -> Iterator[Arrays]:
        """The blocks of an answer that has nothing but numbers."""
        self._lock()
        with _told(name):
            cursor = self._connection.cursor()
        self._cursors.append(cursor)
        try:
            with _told(name):
                capsule = cursor.sql(sql).__arrow_c_stream__()
            with closing(read_stream(capsule)) as blocks:
                while True:
                    with _told(name):
                        block = next(blocks, None)
                    if block is None:
                        return
                    yield block
        finally:
            self._cursors.remove(cursor)
            cursor.close()


def _family(said: str) -> str:
    """A type without its details: text for every list of words, decimals of every width alike."""
    word = said.split("(")[0].strip()
    if said.endswith("]"):
        return "LIST"
    return "VARCHAR" if word == "ENUM" else word


_KINDS: Mapping[str, Kind] = {
    "b": Kind.BOOLEAN,
    "i": Kind.BIGINT,
    "u": Kind.BIGINT,
    "f": Kind.DOUBLE,
    "U": Kind.TEXT,
    "M": Kind.DATE,
}


def _kind(name: str, values: Values) -> Kind:
    """The type of a column in memory. Raises WrongType (E474) where it is none."""
    array = values if isinstance(values, np.ndarray) else None
    if array is not None and array.dtype.kind in _KINDS:
        return _KINDS[array.dtype.kind]
    first = next((value for value in values if value is not None), None)
    match first:
        case None | str():
            return Kind.TEXT
        case bool() | np.bool_():
            return Kind.BOOLEAN
        case int() | np.integer():
            return Kind.BIGINT
        case float() | np.floating():
            return Kind.DOUBLE
        case datetime():
            pass
        case date() | np.datetime64():
            return Kind.DATE
    raise WrongType(f"column `{shown(name)}` holds what no fact is read from")


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Turns the database's errors into coded ones. A value may stand in its words: few are repeated."""
    import duckdb

    try:
        yield
    except (duckdb.Error, StreamBroken) as error:
        raise _fault(error, name) from None
    except MemoryError:
        raise NoRoom("DuckDB: memory is full") from None


def _fault(error: Exception, name: str) -> EngineError:
    import duckdb

    told = in_one_line(error)
    low = told.casefold()
    if isinstance(error, duckdb.OutOfMemoryException) or "out of memory" in low:
        return NoRoom(f"DuckDB: {told}")
    if "no space left" in low:
        return NoRoom("DuckDB: no space is left on the disk")
    if isinstance(error, duckdb.InterruptException) or "interrupt" in low:
        return QueryStopped("DuckDB was interrupted")
    if "csv error on line" in low:
        line = low.partition("csv error on line:")[2].strip().split(" ")[0]
        return FileDamaged(
            f"`{name}` is damaged at line {line}: its fields are not as in the others"
        )
    return FileDamaged(f"`{name}` cannot be read to its end")
