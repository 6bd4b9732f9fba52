"""The input schema of a regime: one table, one row a person or a group of alike persons.

Each fact on which an answer hangs has a column; what no column says is unknown, never assumed.
The name of a column is the fact's path with `_` for each dot. Names that are no path
(`exercised echr_3_8/15.1`) are written with `__` for the stroke and `_` for every other sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from sqlglot import exp

from comity.agreement.many.evaluator import Evaluator
from comity.agreement.vocabulary import (
    CountriesType,
    CountryType,
    DateType,
    EnumerationType,
    FactType,
    LevelType,
    NumberType,
    TruthType,
    Vocabulary,
)
from comity.count.engines.columns import Kind
from comity.count.sql.faults import NamesCollide, NoSuchColumn

TABLE = "persons"
"""The table's name, unless another is given."""
WEIGHT = "persons"
"""The column that says how many alike persons a row stands for; one, where the table lacks it."""
HOST = "host"
MEMBERS = 3
"""Columns of a set of countries. Whoever has more is told by `_complete` being false."""
LONGEST = 63
"""Bytes of a name that PostgreSQL keeps; it cuts longer ones without a word."""


class Part(StrEnum):
    """What a column says of its fact."""

    VALUE = "value"
    LOW = "from"
    HIGH = "to"
    BUT = "not"
    MEMBER = "member"
    COMPLETE = "complete"
    WEIGHT = "weight"


@dataclass(frozen=True, slots=True)
class InputColumn:
    """One column. key: its fact, "" of the weight. values: the only words it may hold, if they are few.

    is_optional: a table without it loses nothing but a way to say that a fact is partly known.
    """

    name: str
    key: str
    part: Part
    kind: Kind
    meaning: str
    unknown: str
    values: tuple[str, ...] = ()
    is_optional: bool = False


@dataclass(frozen=True)
class InputSchema:
    """The columns that a regime's query reads, the host first."""

    vocabulary: Vocabulary
    columns: tuple[InputColumn, ...]

    @cached_property
    def by_name(self) -> Mapping[str, InputColumn]:
        """Columns by name."""
        return {column.name: column for column in self.columns}

    @cached_property
    def by_key(self) -> Mapping[str, tuple[InputColumn, ...]]:
        """Columns by fact."""
        found: dict[str, list[InputColumn]] = {}
        for column in self.columns:
            found.setdefault(column.key, []).append(column)
        return {key: tuple(several) for key, several in found.items()}

    @cached_property
    def plain(self) -> frozenset[str]:
        """The names of all columns but those that only say what is partly known."""
        return frozenset(column.name for column in self.columns if not column.is_optional)

    def types(self, names: Iterable[str] | None = None) -> Mapping[str, Kind]:
        """The types of some columns, of all if none are named."""
        wanted = self.by_name if names is None else names
        return {name: self.by_name[name].kind for name in wanted}


def column_name(key: str) -> str:
    """The column of a fact."""
    plain = key.lower().replace("/", "__")
    return re.sub(r"[^a-z0-9_]", lambda found: _sign(found.group()), plain)


def _sign(sign: str) -> str:
    return "_" if sign.isascii() else f"_u{ord(sign):x}_"


def schema_of(evaluator: Evaluator) -> InputSchema:
    """The schema of an evaluator's regime. Raises NamesCollide (E493)."""
    vocabulary = evaluator.regime.vocabulary
    keys = dict.fromkeys((HOST, *evaluator.keys))
    columns = [column for key in keys for column in _columns_of(key, vocabulary)]
    columns.append(
        InputColumn(
            WEIGHT,
            "",
            Part.WEIGHT,
            Kind.BIGINT,
            "How many persons the row stands for, alike in all that is asked.",
            "never; without the column, each row is one person",
            is_optional=True,
        )
    )
    _refuse_collisions(columns)
    return InputSchema(vocabulary, tuple(columns))


def _refuse_collisions(columns: Iterable[InputColumn]) -> None:
    seen: dict[str, InputColumn] = {}
    for column in columns:
        other = seen.setdefault(column.name, column)
        if other is not column:
            raise NamesCollide(
                f"`{other.key or WEIGHT}` and `{column.key or WEIGHT}` would both be the column "
                f"`{column.name}`"
            )
        if len(column.name.encode()) > LONGEST:
            raise NamesCollide(
                f"`{column.key}` would be the column `{column.name}`, longer than {LONGEST} bytes"
            )


def fact_type(key: str, vocabulary: Vocabulary) -> FactType:
    """The type of a fact; what the vocabulary does not declare is a yes or no of the law."""
    declared = vocabulary.fact(key)
    return TruthType() if declared is None else declared.type


def _columns_of(key: str, vocabulary: Vocabulary) -> Iterator[InputColumn]:
    name, meaning = column_name(key), _meaning(key, vocabulary)
    match fact_type(key, vocabulary):
        case TruthType():
            yield InputColumn(name, key, Part.VALUE, Kind.BOOLEAN, meaning, "NULL")
        case LevelType(scale):
            yield from _ordered(name, key, Kind.TEXT, f"{meaning}", scale.levels)
        case NumberType(unit, high):
            yield from _ordered(name, key, Kind.INTEGER, f"{meaning} In {unit}, 0 to {high}.")
        case DateType():
            yield from _ordered(name, key, Kind.DATE, meaning)
        case EnumerationType(enumeration):
            options = enumeration.options
            yield InputColumn(name, key, Part.VALUE, Kind.TEXT, meaning, "NULL", options)
            yield InputColumn(
                f"{name}_{Part.BUT}",
                key,
                Part.BUT,
                Kind.TEXT,
                f"The one that {name} is surely not, where {name} is NULL.",
                "NULL: it may be any",
                options,
                is_optional=True,
            )
        case CountryType() if key == HOST:
            yield InputColumn(
                name, key, Part.VALUE, Kind.TEXT, f"{meaning} An ISO 3166 alpha-3 code.", "never"
            )
        case CountryType():
            told = f"{meaning} An ISO 3166 alpha-3 code, or `nobody` where there is none."
            yield InputColumn(name, key, Part.VALUE, Kind.TEXT, told, "NULL")
        case CountriesType():
            for number in range(1, MEMBERS + 1):
                yield InputColumn(
                    f"{name}_{number}",
                    key,
                    Part.MEMBER,
                    Kind.TEXT,
                    f"{meaning} One country, an ISO 3166 alpha-3 code.",
                    f"NULL says that no further one is known; see {name}_complete",
                )
            yield InputColumn(
                f"{name}_complete",
                key,
                Part.COMPLETE,
                Kind.BOOLEAN,
                f"True: the countries named in {name}_1 to {name}_{MEMBERS} are all there are.",
                "NULL or false: others are possible",
            )


def _ordered(
    name: str, key: str, kind: Kind, meaning: str, values: tuple[str, ...] = ()
) -> Iterator[InputColumn]:
    yield InputColumn(name, key, Part.VALUE, kind, meaning, "NULL", values)
    for part, word in ((Part.LOW, "least"), (Part.HIGH, "most")):
        yield InputColumn(
            f"{name}_{part}",
            key,
            part,
            kind,
            f"The {word} that {name} may be, where {name} is NULL.",
            "NULL: no such bound is known",
            values,
            is_optional=True,
        )


def _meaning(key: str, vocabulary: Vocabulary) -> str:
    declared = vocabulary.fact(key)
    if declared is None:
        word, _, node = key.partition(" ")
        return {
            "exercised": f"The host has exercised the power {node}.",
            "adopted": f"The element {node} operates for the host.",
            "acquired": f"The element {node} operated on the day of admission.",
        }.get(word, f"{key}.")
    text = declared.meaning.text if declared.meaning else f"{key}."
    if declared.position_of:
        text += " Worked out beforehand, as the sponsor's own position."
    return text


# ---- the table ----
_SQL_TYPES: Mapping[Kind, exp.DType] = {
    Kind.BOOLEAN: exp.DType.BOOLEAN,
    Kind.INTEGER: exp.DType.INT,
    Kind.BIGINT: exp.DType.BIGINT,
    Kind.TEXT: exp.DType.TEXT,
    Kind.DATE: exp.DType.DATE,
}


def quoted(name: str) -> exp.Identifier:
    """A name as it is, whatever signs it has."""
    return exp.to_identifier(name, quoted=True)


def table_named(name: str) -> exp.Table:
    """A table by its name; dots part it from its schema and catalogue. Raises NoSuchColumn (E496)."""
    parts = name.split(".")
    if len(parts) > 3 or not all(parts):
        raise NoSuchColumn(
            f"`{name[:60]}` is no name of a table", suggestion="write table, or schema.table"
        )
    words = ("this", "db", "catalog")
    return exp.Table(**dict(zip(words, map(quoted, reversed(parts)), strict=False)))


def table_ddl(schema: InputSchema, dialect: str, *, table: str = TABLE) -> str:
    """`CREATE TABLE` with what each column means, for a dialect of sqlglot."""
    columns: list[exp.Expr] = []
    for column in schema.columns:
        limits: list[exp.ColumnConstraint] = []
        if column.name == HOST:
            limits.append(exp.ColumnConstraint(kind=exp.NotNullColumnConstraint()))
        made = exp.ColumnDef(
            this=quoted(column.name),
            kind=exp.DataType(this=_SQL_TYPES[column.kind]),
            constraints=limits,
        )
        made.add_comments([told(column)])
        columns.append(made)
    create = exp.Create(this=exp.Schema(this=table_named(table), expressions=columns), kind="TABLE")
    return create.sql(dialect, pretty=True)


def told(column: InputColumn) -> str:
    """What a column means, what it may hold, and how unknown is written, in one line."""
    words = f" One of: {', '.join(column.values)}." if column.values else ""
    return f" {column.meaning}{words} Unknown: {column.unknown}. "
