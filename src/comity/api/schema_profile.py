"""The JSON document of `profile`: sections of figures, each with its definition, articles and sources."""

from __future__ import annotations

from typing import TypeAlias

from pydantic import Field

from comity.api.schema_base import Document
from comity.api.schema_people import CountSourceModel

Cell: TypeAlias = str | int | float | bool | None
"""One place of a table; None where nothing was observed or the number is hidden."""


class FigureModel(Document):
    """One figure. Of people, `certain`, `possible` and `assumed` are persons; of anything else, `value`.

    value: null where nothing was observed, or where only numbers of persons are told.
    """

    id: str = Field(description="stable, such as discretion.stay")
    title: str
    value: Cell = None
    unit: str = ""
    low: float | None = Field(default=None, description="of a value that is an interval")
    high: float | None = None
    certain: int | None = Field(default=None, description="persons, with nothing assumed")
    possible: int | None = None
    assumed: int | None = Field(default=None, description="persons, under the set `ordinary`")
    of: int | None = Field(default=None, description="out of how many (persons, texts, rights)")
    hidden: bool = Field(default=False, description="a number of persons is too small to show")
    articles: tuple[str, ...] = Field(default=(), description="nodes `INSTRUMENT/ID` it rests on")
    evidence: str = ""
    sources: tuple[str, ...] = Field(default=(), description="ids of `comity world list`")
    defects: tuple[str, ...] = ()


class ProfileTableModel(Document):
    """Figures that belong side by side. Each row has one cell a column."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    hidden: int = Field(
        default=0, description="rows or cells hidden because few people stand there"
    )


class ProfileSectionModel(Document):
    """One theme of a profile.

    definition: how each figure is made. example: the definition worked by hand on a small case.
    sensitivity: the same figures under other choices. not_observed: what no text or table here says.
    """

    id: str
    title: str
    asks: str = Field(description="the question that the section answers")
    definition: str
    example: str
    figures: tuple[FigureModel, ...] = ()
    tables: tuple[ProfileTableModel, ...] = ()
    sensitivity: tuple[FigureModel, ...] = ()
    not_observed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class ProfileDocument(Document):
    """`comity profile REGIME|STATE|REGION --json`. There is no composite index, and no rank."""

    subject: str
    kind: str = Field(description="regime, state or region")
    title: str
    regime: str
    date: str
    hosts: tuple[str, ...] = Field(description="the hosts whose people are counted; empty: all")
    people: int = Field(description="persons of the population that are counted, once each")
    instruments: tuple[str, ...] = Field(description="those in force, or read as in force")
    sections: tuple[ProfileSectionModel, ...]
    articles: dict[str, str] = Field(
        description="of each node that a figure rests on: the instrument's title and its article"
    )
    assumptions: str
    reading: dict[str, str]
    coverage: dict[str, str]
    warnings: tuple[str, ...]
    sources: tuple[CountSourceModel, ...] = Field(description="of the numbers, with date and hash")
    claim: str
    seconds: float
