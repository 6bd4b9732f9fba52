"""DuckDB, embedded: the user's data in this process, and nothing else of this machine in reach.

The database is in memory. No extension is fetched or found, no Python variable is taken for a table,
and once the first query has been asked no file can be opened but those attached before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from comity.count.engines.columns import (
    WRITTEN,
    Column,
    Kind,
    Values,
    complaint,
    plain_columns,
)
from comity.count.engines.engine import (
    ROWS,
    Block,
    Progress,
    Row,
    all_rows,
    with_whole_numbers,
)
from comity.count.engines.faults import (
    EngineError,
    EngineMissing,
    FileDamaged,
    FileNotReadHere,
    NoRoom,
    NoSuchTable,
    QueryRefused,
    QueryStopped,
    WrongType,
    about_a_value,
    in_one_line,
)
from comity.count.engines.files import kind_of_file, refuse_other_columns, refuse_other_head

TYPE = {kind: str(kind).upper() for kind in Kind} | {Kind.TEXT: "VARCHAR"}

_LOADED_AT_ONCE = 1 << 20


_OF_A_FILE = ("csv error", "parquet file", "magic bytes", "failed to read file")
"""What DuckDB says of a file that it cannot read."""


class DuckDB:
    """DuckDB in memory, closed to the outside. Keeps to the protocol Engine.

    memory: its limit, such as `2GB`; None leaves DuckDB's own (80 % of the machine). threads: how
    many cores; None leaves all. spill: a folder for what does not fit in memory; without one, a
    query that needs more stops with E475, and nothing of the data ever reaches a disk. What is
    spilled is not encrypted, and stays there if the process is killed.
    """

    dialect = "duckdb"

    def __init__(
        self,
        *,
        memory: str | None = None,
        threads: int | None = None,
        spill: Path | None = None,
        progress: Progress | None = None,
    ) -> None:
        try:
            import duckdb
        except ImportError:
            raise EngineMissing(
                "DuckDB is not installed: it comes with comity, install that again"
            ) from None
        self.progress = progress
        self._readable: list[Path] = []
        self._locked = False
        self._cursors: list[Any] = []
        settings: dict[str, Any] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "python_enable_replacements": False,
            "temp_directory": "" if spill is None else str(spill),
        }
        if memory is not None:
            settings["memory_limit"] = memory
        if threads is not None:
            settings["threads"] = threads
        with _mapped():
            self._connection = duckdb.connect(":memory:", config=settings)

    def load(self, name: str, columns: Mapping[str, Values], types: Mapping[str, Kind]) -> None:
        """Copies the columns into a table of the database in memory."""
        plain = plain_columns(name, columns, types)
        declared = ", ".join(f"{quoted(c.name)} {TYPE[c.kind]}" for c in plain)
        total = len(plain[0])
        with _mapped():
            self._connection.execute(f"CREATE TABLE {quoted(name)} ({declared})")
        for start in range(0, total, _LOADED_AT_ONCE):
            part = [column.part(start, start + _LOADED_AT_ONCE) for column in plain]
            with _mapped():
                self._insert(name, part)
            if self.progress is not None:
                self.progress(f"loading {name}", start + len(part[0]), total)

    def _insert(self, name: str, part: list[Column]) -> None:
        arrays: dict[str, np.ndarray[Any, Any]] = {}
        values = []
        for at, column in enumerate(part):
            arrays[f"v{at}"] = column.values
            value = f"v{at}"
            if column.kind is Kind.DATE:
                value = f"DATE '1970-01-01' + v{at}"
            if column.missing is not None:
                arrays[f"m{at}"] = column.missing
                value = f"CASE WHEN NOT m{at} THEN {value} END"
                if column.kind is Kind.TEXT:
                    # None among the texts is read as missing too; never as the word `None`
                    arrays[f"v{at}"] = np.where(column.missing, "", column.values)
            values.append(value)
        self._connection.register("handed_over", arrays)
        try:
            self._connection.execute(
                f"INSERT INTO {quoted(name)} SELECT {', '.join(values)} FROM handed_over"
            )
        finally:
            self._connection.unregister("handed_over")

    def attach(
        self, name: str, path: Path, types: Mapping[str, Kind], *, delimiter: str = ","
    ) -> None:
        """A view over the file. Raises E479 once a query has been asked: the files are shut by then."""
        if self._locked:
            raise FileNotReadHere(
                f"`{path.name}` comes too late: files are attached before the first query"
            )
        path = path.absolute()
        if kind_of_file(path) == "parquet":
            refuse_other_columns(path, types)
            source = _parquet(path)
            values = [f"CAST({quoted(column)} AS {TYPE[kind]})" for column, kind in types.items()]
        else:
            source = _csv(path, refuse_other_head(path, types, delimiter), delimiter)
            values = [_read(column, kind) for column, kind in types.items()]
        chosen = ", ".join(
            f"{value} AS {quoted(column)}" for column, value in zip(types, values, strict=True)
        )
        with _mapped(path.name):
            self._connection.execute(f"CREATE VIEW {quoted(name)} AS SELECT {chosen} FROM {source}")
        self._readable.append(path)

    def _lock(self) -> None:
        """Shuts the files of the machine, all but those attached, for good."""
        if self._locked:
            return
        files = [str(path) for path in self._readable if not path.is_dir()]
        folders = [str(path) for path in self._readable if path.is_dir()]
        with _mapped():
            for setting, paths in (("allowed_paths", files), ("allowed_directories", folders)):
                listed = ", ".join(literal(path) for path in paths)
                self._connection.execute(f"SET {setting} = [{listed}]")
            self._connection.execute("SET enable_external_access = false")
            self._connection.execute("SET lock_configuration = true")
        self._locked = True

    def rows(self, sql: str) -> tuple[tuple[str, ...], list[Row]]:
        """The names of the answer's columns, and all its rows."""
        return all_rows(self.stream(sql))

    def stream(self, sql: str, *, size: int = ROWS) -> Iterator[Block]:
        """The answer in blocks; several answers may be read side by side."""
        self._lock()
        with _mapped():
            cursor = self._connection.cursor()
        self._cursors.append(cursor)
        try:
            with _mapped():
                cursor.execute(sql)
                described = cursor.description or []
            names = tuple(str(column[0]) for column in described)
            decimals = [at for at, c in enumerate(described) if str(c[1]).startswith("DECIMAL")]
            done, first = 0, True
            while True:
                with _mapped():
                    rows = cursor.fetchmany(size)
                if not rows and not first:
                    return
                yield Block(names, with_whole_numbers(rows, decimals))
                done, first = done + len(rows), False
                if self.progress is not None:
                    self.progress("reading", done, None)
        finally:
            self._cursors.remove(cursor)
            cursor.close()

    def interrupt(self) -> None:
        """Stops the queries that other threads are asking; each of them raises E478."""
        for cursor in tuple(self._cursors):
            cursor.interrupt()

    def write_parquet(self, name: str, path: Path) -> None:
        """A loaded table as one Parquet file; only before the first query."""
        with _mapped(path.name):
            self._connection.execute(
                f"COPY {quoted(name)} TO {literal(str(path))} (FORMAT parquet)"
            )

    def close(self) -> None:
        """Forgets everything that was loaded."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def quoted(name: str) -> str:
    """A name as an identifier of standard SQL; a dot in it is part of the name."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def literal(text: str) -> str:
    """A text as a literal of standard SQL."""
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def _parquet(path: Path) -> str:
    whole = path / "**" / "*.parquet" if path.is_dir() else path
    return f"read_parquet({literal(str(whole))}, union_by_name = true)"


def _csv(path: Path, head: Sequence[str], delimiter: str) -> str:
    """A CSV file as DuckDB reads it with nothing left to guess: every field a text, or NULL."""
    # a column without a name can be declared by nobody
    names = [name or f"unnamed {at}" for at, name in enumerate(head)]
    listed = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
    return (
        f"read_csv({literal(str(path))}, header = true, all_varchar = true, "
        f"delim = {literal(delimiter)}, quote = '\"', escape = '\"', nullstr = '', "
        "allow_quoted_nulls = false, strict_mode = true, auto_detect = false, "
        f"columns = {{{listed}}})"
    )


def _read(column: str, kind: Kind) -> str:
    """A CSV field as its declared type, or an error that names the column and not the value."""
    value = quoted(column)
    if kind is Kind.TEXT:
        return value
    return (
        f"CASE WHEN {value} IS NULL THEN NULL "
        f"WHEN regexp_full_match({value}, {literal(WRITTEN[kind])}) "
        f"AND TRY_CAST({value} AS {TYPE[kind]}) IS NOT NULL THEN CAST({value} AS {TYPE[kind]}) "
        f"ELSE error({literal(complaint(column, kind))}) END"
    )


@contextmanager
def _mapped(file: str = "") -> Iterator[None]:
    """Turns DuckDB's errors into coded ones; `file` is what was being read."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise _fault(error, file) from None
    except MemoryError as error:
        raise NoRoom(f"DuckDB: {in_one_line(error)}") from None


def _fault(error: Exception, file: str) -> EngineError:
    import duckdb

    said = in_one_line(error)
    told = said.casefold()
    if "no space left" in told:
        return NoRoom("DuckDB: no space is left on the disk")
    if isinstance(error, duckdb.OutOfMemoryException):
        return NoRoom(f"DuckDB: {said}")
    if isinstance(error, duckdb.InterruptException):
        return QueryStopped("DuckDB was interrupted")
    if (
        "csv error" in told
        or "parquet file" in told
        or "magic bytes" in told
        or "failed to read file" in told
    ):
        return FileDamaged(_about_file(said, file))
    if "is declared" in told and "holds something else" in told:
        return WrongType(said.partition(": ")[2])
    for kind, state in (
        (duckdb.ConversionException, "22018"),
        (duckdb.OutOfRangeException, "22003"),
    ):
        if isinstance(error, kind):
            return about_a_value("DuckDB", state)
    if "division by zero" in told:
        return about_a_value("DuckDB", "22012")
    if isinstance(error, duckdb.CatalogException) and "table" in told:
        return NoSuchTable(f"DuckDB: {said}")
    if isinstance(error, duckdb.BinderException):
        missing = "referenced column" in told or "does not have a column" in told
        return (NoSuchTable if missing else WrongType)(f"DuckDB: {said}")
    if file:
        return FileDamaged(_about_file(said, file))
    return QueryRefused(f"DuckDB: {said}")


def _about_file(said: str, file: str) -> str:
    return f"DuckDB cannot read `{file}`: {said}" if file else f"DuckDB: {said}"
