"""What can be wrong with a query that is asked for: one class of error a code, E493 to E499."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


class SqlError(Exception):
    """Anything for which no query is made; `message` says what, `help` what to try."""

    code = ""
    name = ""
    help = ""

    def __init__(self, message: str, *, suggestion: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion or self.help

    def __str__(self) -> str:
        return f"{self.code} {self.name}: {self.message}"


class NamesCollide(SqlError):
    """Two facts would have one column, or a column would have a name that no database keeps."""

    code = "E493"
    name = "column-names-collide"
    help = "rename the fact or the node, so that they differ in more than dots and signs"


class NotInSchema(SqlError):
    """Something is known of a record that the columns of the input schema cannot say."""

    code = "E494"
    name = "not-in-schema"
    help = "say it as known or as unknown, or evaluate the records with `comity count`"


class NoPurpose(SqlError):
    """One row a person is asked for, and nobody says what for."""

    code = "E495"
    name = "no-purpose"
    help = "count people instead, or write --purpose TEXT: it stands in every row"


class NoSuchColumn(SqlError):
    """A column is named that the table does not have, or that means nothing to the query."""

    code = "E496"
    name = "no-such-column"
    help = "`--schema` lists the columns; name those of your table with --columns"


class NoSuchDialect(SqlError):
    """A dialect that comity does not write."""

    code = "E497"
    name = "no-such-dialect"
    help = "choose duckdb, postgres or spark"


class NothingAsked(SqlError):
    """No norm of the regime bounds any of the rights asked for."""

    code = "E498"
    name = "nothing-bounded"
    help = "ask for a right that the regime bounds"


class NotAQuery(SqlError):
    """The law asks what the columns of the input schema cannot answer."""

    code = "E499"
    name = "not-in-sql"
    help = "evaluate the records with `comity count`, and report it: the schema should have it"


ERRORS = (
    NamesCollide,
    NotInSchema,
    NoPurpose,
    NoSuchColumn,
    NoSuchDialect,
    NothingAsked,
    NotAQuery,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the reference says of a code."""

    name: str
    meaning: str
    help: str


REGISTRY: Mapping[str, Told] = {
    one.code: Told(one.name, (one.__doc__ or "").strip(), one.help) for one in ERRORS
}
"""Every code of a query with its meaning, for the reference."""
