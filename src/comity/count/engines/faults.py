"""What can go wrong with an engine: one class of error a code, E470 to E479.

Errors of drivers are mapped to these at the boundary and never leak: a driver's message may hold a
password, or a value out of somebody's register. What an engine said itself is kept to one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_MOST = 300
"""Characters of an engine's own words that are passed on."""


class EngineError(Exception):
    """Anything an engine refuses or fails at; `message` says what, `help` what to try."""

    code = ""
    name = ""
    help = ""

    def __init__(self, message: str, *, suggestion: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion or self.help

    def __str__(self) -> str:
        return f"{self.code} {self.name}: {self.message}"


class EngineMissing(EngineError):
    """The engine, its driver or its Java is not installed."""

    code = "E470"
    name = "engine-missing"
    help = "install what the message names, or choose another --engine"


class EngineUnreachable(EngineError):
    """No connection could be made: wrong address, wrong password, no server."""

    code = "E471"
    name = "engine-unreachable"
    help = "check the address, the user and the password; the server must accept this machine"


class EngineLost(EngineError):
    """The engine went away in the middle. Its temporary tables are gone with it."""

    code = "E472"
    name = "engine-lost"
    help = "nothing was written; run the same command again when the engine is back"


class FileDamaged(EngineError):
    """A file of data is cut short or is not of its kind."""

    code = "E473"
    name = "data-damaged"
    help = "write the file again; comity never reads the first half of one"


class WrongType(EngineError):
    """A column holds something else than its declared type."""

    code = "E474"
    name = "column-type"
    help = "convert the column, or correct its type in the schema"


class NoRoom(EngineError):
    """Disk or memory is full, or the engine's own limit is reached."""

    code = "E475"
    name = "no-room"
    help = "free space, or raise the limit that the message names; nothing was lost"


class NoSuchTable(EngineError):
    """The query names a table or a column that the engine does not have."""

    code = "E476"
    name = "no-such-table"
    help = "compare the names with the input schema that stands at the head of the query"


class QueryRefused(EngineError):
    """The engine does not accept the query, or stops at a value it cannot compute."""

    code = "E477"
    name = "query-refused"
    help = "compare the engine's version with those of the docs; else it is a fault of comity: report it"


class QueryStopped(EngineError):
    """Somebody, or a time limit, stopped the query."""

    code = "E478"
    name = "query-stopped"
    help = "run it again with more time, or where the engine is less busy"


class FileNotReadHere(EngineError):
    """The engine cannot see or read a file of this machine."""

    code = "E479"
    name = "file-not-read"
    help = "give a .parquet or .csv file, or a folder of them, that the engine can see"


ERRORS = (
    EngineMissing,
    EngineUnreachable,
    EngineLost,
    FileDamaged,
    WrongType,
    NoRoom,
    NoSuchTable,
    QueryRefused,
    QueryStopped,
    FileNotReadHere,
)


def about_a_value(engine: str, state: str) -> EngineError:
    """An engine stopped at a value (a SQLSTATE of class 22). Its own words may hold that value."""
    if state == "22012":
        return QueryRefused(f"{engine}: division by zero")
    if state == "22003":
        return QueryRefused(f"{engine}: a number is out of the range of its type")
    return WrongType(f"{engine}: a value cannot be converted to the type that the query asks")


def in_one_line(said: object, *, secrets: Iterable[str] = ()) -> str:
    """An engine's own words: the first line that says something, cut, without any secret."""
    lines = [line.strip() for line in str(said).splitlines()]
    line = next((line for line in lines if line), "the engine said nothing")
    for secret in secrets:
        if secret:
            line = line.replace(secret, "***")
    line = re.sub(r"(://[^:/@\s]*):[^@\s]*@", r"\1:***@", line)
    line = re.sub(r"(?i)\b(password\s*=\s*)('[^']*'|\S+)", r"\1***", line)
    return line if len(line) <= _MOST else line[: _MOST - 3] + "..."
