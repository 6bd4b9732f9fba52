"""`sql` for a user: from a regime's name to one query over a table that is described beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

import comity
from comity.agreement.many.evaluator import Evaluator
from comity.agreement.regimes import Regime
from comity.api import library as shelf
from comity.api.cautions import refuse_after_review, warnings_of
from comity.api.explaining import CLAIM, coverage_model
from comity.api.regimes import read_regime, refuse_unheld
from comity.api.schema_count import InputColumnModel, SqlDocument
from comity.api.verdict_words import open_questions
from comity.count.sql.header import Stamp
from comity.count.sql.query import DIALECTS, Request, SqlQuery, make_query
from comity.count.sql.schema import HOST, TABLE, InputSchema, schema_of, table_ddl
from comity.language.faults import ComityError, Fault, nearest
from comity.language.resolved import Library

__all__ = ["DIALECTS", "TABLE", "Wanted", "columns_in", "query"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a user asks of the data; see `count.sql.query.Request`.

    only_schema: the table that the query would read, instead of the query.
    """

    dialect: str
    rights: tuple[str, ...] = ()
    by: tuple[str, ...] = ("level",)
    columns: frozenset[str] | None = None
    table: str = TABLE
    rows: bool = False
    purpose: str | None = None
    deciding: bool = False
    only_schema: bool = False


def columns_in(words: str) -> frozenset[str]:
    """Names of columns: a list with commas, or a file with one a line (or the head of a CSV file).

    Raises ComityError (E460) for a file that cannot be read.
    """
    path = Path(words)
    if "," not in words and ("/" in words or "." in words or path.is_file()):
        read = shelf.read_file(path)
        if isinstance(read, Fault):
            raise ComityError(read)
        lines = read[0].splitlines()
        words = lines[0] if lines and "," in lines[0] else ",".join(lines)
    names = (name.strip().strip('"') for name in words.split(","))
    return frozenset(name for name in names if name)


def query(
    regime: str, wanted: Wanted, *, on: date, readings: Mapping[str, str] | None = None
) -> SqlDocument:
    """The query for a regime on a day. Raises ComityError, SqlError (E493 to E499)."""
    read = read_regime(regime, readings=readings)
    refuse_unheld(read.regime, on)
    if wanted.rows:
        refuse_after_review(read.regime, date.today())
    evaluator = Evaluator(read.regime, on, _rights(wanted.rights, read.regime))
    coverage = {i.id: i.coverage for i in read.regime.instruments}
    reading = {q: read.regime.reading_of(q, on) for q in open_questions(read.regime)}
    warnings = warnings_of(read.regime, on)
    stamp = Stamp(
        tuple(f"{name}: {found.share}" for name, found in coverage.items()),
        tuple(f"{question}={option}" for question, option in reading.items()),
        law_hash(read.library),
        warnings,
        comity.__version__,
    )
    schema = schema_of(evaluator)
    made = _made(evaluator, wanted, stamp, schema)
    return SqlDocument(
        regime=read.regime.name,
        date=on.isoformat(),
        dialect=wanted.dialect,
        table=wanted.table,
        rights=evaluator.rights or (),
        sql=made.text,
        columns=_schema_models(schema),
        reads=made.reads,
        missing=made.missing,
        output=made.names,
        strategy="" if wanted.only_schema else made.strategy,
        purpose=wanted.purpose if wanted.rows else None,
        coverage={name: coverage_model(found) for name, found in coverage.items()},
        reading=reading,
        law_hash=stamp.law_hash,
        warnings=warnings,
        claim=CLAIM,
    )


def _made(evaluator: Evaluator, wanted: Wanted, stamp: Stamp, schema: InputSchema) -> SqlQuery:
    request = Request(
        by=wanted.by,
        columns=wanted.columns,
        rows=wanted.rows,
        purpose=wanted.purpose,
        deciding=wanted.deciding,
        table=wanted.table,
    )
    made = make_query(evaluator, request, wanted.dialect, stamp)
    if not wanted.only_schema:
        return made
    text = table_ddl(schema, wanted.dialect, table=wanted.table)
    return SqlQuery(f"{text};\n", made.strategy, (), (), ())


def _rights(named: Sequence[str], regime: Regime) -> tuple[str, ...] | None:
    """The rights named; None, if none are. Raises ComityError (E201)."""
    known = regime.vocabulary.rights
    for name in named:
        if name not in known:
            guess = nearest(name, known)
            raise ComityError(
                Fault(
                    "E201",
                    f"`{name[:40]}` is not a right",
                    possible=f"rights: {', '.join(known)}",
                    suggestion=f"did you mean `{guess}`?" if guess else "name one of these",
                )
            )
    return tuple(dict.fromkeys(named)) or None


def _schema_models(schema: InputSchema) -> tuple[InputColumnModel, ...]:
    return tuple(
        InputColumnModel(
            name=column.name,
            fact=column.key,
            type=column.kind,
            meaning=column.meaning,
            values=column.values,
            unknown=column.unknown,
            required=column.name == HOST,
            optional=column.is_optional,
        )
        for column in schema.columns
    )


def law_hash(library: Library) -> str:
    """SHA-256 of the vocabulary and of every text of the library, in the order of their names.

    Of a user's own file it is the id that counts, not where it lies.
    """
    found = hashlib.sha256()
    folder = files("comity.instruments")
    texts = {name: (folder / name).read_bytes() for name in shelf.VOCABULARY_FILES}
    for instrument in library.instruments.values():
        label = instrument.span.file
        if label.startswith("instruments/"):
            texts[instrument.id] = (folder / label.removeprefix("instruments/")).read_bytes()
        else:
            read = shelf.read_file(Path(label))
            if isinstance(read, Fault):
                raise ComityError(read)
            texts[instrument.id] = read[0].encode()
    for name, text in sorted(texts.items()):
        found.update(f"{name} {len(text)}\n".encode())
        found.update(text)
    return found.hexdigest()
