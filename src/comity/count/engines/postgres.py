"""PostgreSQL, by a DSN: the query goes to the register, and the register stays where it is.

What is handed over is a temporary table, copied in binary, and gone when the session ends. A query
runs in a read-only transaction, so that it can change nothing. The DSN is not kept, and no message
holds its password.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

from comity.count.engines.columns import Column, Kind, Values, plain_columns
from comity.count.engines.copying import HEADER, TRAILER, copy_blocks
from comity.count.engines.duck import DuckDB, quoted
from comity.count.engines.engine import ROWS, Block, Progress, Row, with_whole_numbers
from comity.count.engines.faults import (
    EngineError,
    EngineLost,
    EngineMissing,
    EngineUnreachable,
    NoRoom,
    NoSuchTable,
    QueryRefused,
    QueryStopped,
    WrongType,
    about_a_value,
    in_one_line,
)

if TYPE_CHECKING:
    import psycopg

# Texts are ordered by their bytes, whatever the database's own collation: as the others do.
_TYPE = {kind: str(kind).upper() for kind in Kind} | {
    Kind.DOUBLE: "DOUBLE PRECISION",
    Kind.TEXT: 'TEXT COLLATE "C"',
}
_COPIED_AT_ONCE = 16_384
"""Rows of a block of the copy: its bytes stay in the processor's cache."""

_NUMERIC = 1700
"""PostgreSQL's number of its type numeric."""

_ONE_STATEMENT = True
"""What is prepared is one statement: a second one, after a `COMMIT`, would not be read-only."""

_BY_STATE: tuple[tuple[str, type[EngineError]], ...] = (
    ("08", EngineLost),
    ("57P", EngineLost),
    ("57014", QueryStopped),
    ("53", NoRoom),
    ("58030", NoRoom),
    ("42P01", NoSuchTable),
    ("42703", NoSuchTable),
    ("3F000", NoSuchTable),
    ("42804", WrongType),
    ("42883", WrongType),
    ("42846", WrongType),
)
"""SQLSTATE, by its first characters, and what it is to a user. Everything else is E477."""


class PostgreSQL:
    """A session with PostgreSQL. Keeps to the protocol Engine.

    dsn: as libpq reads it (`postgresql://user@host/database`, or `host=... dbname=...`); the password
    may stand there, in PGPASSWORD or in a password file. timeout: seconds after which a query is
    stopped (E478); None leaves the server's own.
    """

    dialect = "postgres"

    def __init__(
        self, dsn: str, *, timeout: float | None = None, progress: Progress | None = None
    ) -> None:
        try:
            import psycopg  # noqa: F401
        except ImportError:  # the driver is not there, or its libpq is not
            raise EngineMissing(
                'the driver of PostgreSQL is not installed: pip install "comity[postgres]"'
            ) from None
        self.progress = progress
        self._open = 0
        self._cursors = 0
        self._secrets: tuple[str, ...] = ()
        self._connection, self._secrets = _connected(dsn)
        milliseconds = 0 if timeout is None else max(1, int(timeout * 1000))
        with self._mapped():
            if timeout is not None:
                self._connection.execute(f"SET statement_timeout = {milliseconds}".encode())
            self._connection.execute("SET standard_conforming_strings = on")

    def load(self, name: str, columns: Mapping[str, Values], types: Mapping[str, Kind]) -> None:
        """Copies the columns into a temporary table, which hides a lasting one of that name."""
        plain = plain_columns(name, columns, types)
        with self._mapped(), self._connection.transaction():
            self._create(name, types)
            self._copy(name, plain)
            # or the planner takes the table for an empty one
            self._connection.execute(f"ANALYZE pg_temp.{quoted(name)}".encode())

    def _create(self, name: str, types: Mapping[str, Kind]) -> None:
        declared = ", ".join(f"{quoted(column)} {_TYPE[kind]}" for column, kind in types.items())
        self._connection.execute(f"CREATE TEMPORARY TABLE {quoted(name)} ({declared})".encode())

    def _copy(self, name: str, plain: tuple[Column, ...], *, before: int = 0) -> None:
        done, total = before, len(plain[0])
        command = f"COPY pg_temp.{quoted(name)} FROM STDIN (FORMAT binary)".encode()
        with self._connection.cursor() as cursor, cursor.copy(command) as copy:
            copy.write(HEADER)
            for count, block in copy_blocks(plain, size=_COPIED_AT_ONCE):
                copy.write(block)
                done += count
                if self.progress is not None:
                    self.progress(f"loading {name}", done, None if before else total)
            copy.write(TRAILER)

    def attach(
        self, name: str, path: Path, types: Mapping[str, Kind], *, delimiter: str = ","
    ) -> None:
        """Reads the file here, with DuckDB, and copies it over: a server does not see our files."""
        with DuckDB() as reader:
            reader.attach(name, path, types, delimiter=delimiter)
            columns = ", ".join(quoted(column) for column in types)
            blocks = reader.stream(f"SELECT {columns} FROM {quoted(name)}")
            done = 0
            with self._mapped(), self._connection.transaction():
                self._create(name, types)
                for block in blocks:
                    if not block.rows:
                        continue
                    values = dict(zip(types, zip(*block.rows, strict=True), strict=True))
                    self._copy(name, plain_columns(name, values, types), before=done)
                    done += len(block.rows)
                self._connection.execute(f"ANALYZE pg_temp.{quoted(name)}".encode())

    def rows(self, sql: str) -> tuple[tuple[str, ...], list[Row]]:
        """The names of the answer's columns, and all its rows; the server may use all its cores."""
        with self._mapped(), self._reading():
            cursor = self._connection.execute(sql.encode(), prepare=_ONE_STATEMENT)
            return _named(cursor), with_whole_numbers(cursor.fetchall(), _decimals(cursor))

    def stream(self, sql: str, *, size: int = ROWS) -> Iterator[Block]:
        """The answer in blocks, kept by the server until they are asked for."""
        self._cursors += 1
        name = quoted(f"comity_{self._cursors}")
        done, first = 0, True
        with self._reading():
            with self._mapped():
                # the whole answer will be read: the plan that is best for its first rows is no use
                self._connection.execute("SET LOCAL cursor_tuple_fraction = 1")
                declare = f"DECLARE {name} NO SCROLL CURSOR FOR {sql}"
                self._connection.execute(declare.encode(), prepare=_ONE_STATEMENT)
            while True:
                with self._mapped():
                    cursor = self._connection.execute(f"FETCH {int(size)} FROM {name}".encode())
                    rows = with_whole_numbers(cursor.fetchall(), _decimals(cursor))
                if not rows and not first:
                    break
                yield Block(_named(cursor), rows)
                done, first = done + len(rows), False
                if self.progress is not None:
                    self.progress("reading", done, None)
            with self._mapped():
                self._connection.execute(f"CLOSE {name}".encode())

    def set_for_session(self, setting: str, value: str) -> None:
        """One of PostgreSQL's own settings, such as `work_mem` or `search_path`, for this session."""
        with self._mapped():
            self._connection.execute("SELECT set_config(%s, %s, false)", (setting, value))

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """A read-only transaction, shared by the answers that are being read side by side."""
        with self._mapped():
            if self._open == 0:
                self._connection.execute("BEGIN READ ONLY")
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1
            if self._open == 0 and not self._connection.closed:
                with self._mapped():
                    self._connection.execute("ROLLBACK")

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        """Turns psycopg's errors into coded ones, without any secret."""
        import psycopg

        try:
            yield
        except psycopg.Error as error:
            raise self._fault(error) from None

    def _fault(self, error: psycopg.Error) -> EngineError:
        state = error.sqlstate or ""
        said = in_one_line(error, secrets=self._secrets)
        if state.startswith("22"):
            return about_a_value("PostgreSQL", state)
        for prefix, kind in _BY_STATE:
            if state.startswith(prefix):
                return kind(f"PostgreSQL: {said}")
        if self._connection.closed:
            return EngineLost(f"PostgreSQL: {said}")
        return QueryRefused(f"PostgreSQL: {said}")

    def close(self) -> None:
        """Ends the session; the server drops its temporary tables."""
        self._connection.close()

    def __repr__(self) -> str:
        return "PostgreSQL(...)"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _connected(dsn: str) -> tuple[psycopg.Connection[tuple[Any, ...]], tuple[str, ...]]:
    """An open session, and what must never be printed. Raises E471, without the DSN."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        parts = conninfo_to_dict(dsn)
    except psycopg.Error:
        # libpq would repeat the very word that it cannot read, and that may be the password
        raise EngineUnreachable(
            "the DSN cannot be read",
            suggestion="write postgresql://user@host:port/database; a special sign in a password as %XX",
        ) from None
    secrets = _secrets(str(parts.get("password") or ""), os.environ.get("PGPASSWORD", ""))
    parts.setdefault("connect_timeout", 10)
    parts.setdefault("application_name", "comity")
    parts["client_encoding"] = "utf8"
    try:
        return psycopg.connect(**parts, autocommit=True), secrets  # type: ignore[arg-type]
    except psycopg.Error as error:
        said = in_one_line(error, secrets=secrets)
        raise EngineUnreachable(f"PostgreSQL at `{_place(parts)}`: {said}") from None


def _secrets(*passwords: str) -> tuple[str, ...]:
    """Passwords as they are and as a DSN spells them, the longest first."""
    found = set(chain.from_iterable((word, quote(word, safe="")) for word in passwords if word))
    return tuple(sorted(found, key=len, reverse=True))


def _place(parts: Mapping[str, Any]) -> str:
    host = parts.get("host") or parts.get("hostaddr") or "this machine"
    database = parts.get("dbname") or "the default database"
    port = f":{parts['port']}" if parts.get("port") else ""
    return f"{host}{port}, {database}"


def _named(cursor: psycopg.Cursor[tuple[Any, ...]]) -> tuple[str, ...]:
    return tuple(column.name for column in cursor.description or ())


def _decimals(cursor: psycopg.Cursor[tuple[Any, ...]]) -> list[int]:
    described = cursor.description or ()
    return [at for at, column in enumerate(described) if column.type_code == _NUMERIC]
