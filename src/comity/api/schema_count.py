"""The JSON documents of `comity sql`: as stable as those of `schema`."""

from __future__ import annotations

from pydantic import Field

from comity.api.schema import CoverageModel
from comity.api.schema_base import Document


class InputColumnModel(Document):
    """One column of the input schema."""

    name: str
    fact: str = Field(description="the fact's path; empty of the weight")
    type: str = Field(description="boolean, integer, bigint, text or date")
    meaning: str
    values: tuple[str, ...] = Field(description="the only words it may hold, if they are few")
    unknown: str = Field(description="how unknown is written")
    required: bool
    optional: bool = Field(
        description="read only where it is named: a range's end, or the weight `persons`"
    )


class SqlDocument(Document):
    """`comity sql REGIME`: one query, or the table that it reads."""

    regime: str
    date: str
    dialect: str
    table: str
    rights: tuple[str, ...]
    sql: str = Field(description="the query; with --schema, the CREATE TABLE statement")
    columns: tuple[InputColumnModel, ...] = Field(
        description="the input schema: every column that the query could read"
    )
    reads: tuple[str, ...] = Field(description="columns of the table that the query reads")
    missing: tuple[str, ...] = Field(
        description="facts that the table says nothing of, so that they are unknown of everybody"
    )
    output: tuple[str, ...] = Field(description="columns of the query's answer")
    strategy: str = Field(description="inlined or staged; empty with --schema")
    purpose: str | None = Field(description="what one row a person was asked for; null: counts")
    coverage: dict[str, CoverageModel]
    reading: dict[str, str]
    law_hash: str = Field(description="SHA-256 of the encoded texts")
    warnings: tuple[str, ...]
    claim: str
