"""The JSON document of `count`: as stable as those of `schema`."""

from __future__ import annotations

from pydantic import Field

from comity.api.schema import CoverageModel
from comity.api.schema_base import Document


class CountRowModel(Document):
    """People of one group. Numbers are null where they are hidden: fewer than the least cell, or
    beside such a number."""

    key: dict[str, str] = Field(description="the value of each field of `by`")
    title: str = Field(default="", description="of an article: its heading")
    certain: int | None
    possible: int | None
    assumed: int | None = Field(description="under the set of assumptions named in `assumptions`")
    hidden: bool = False


class CountSourceModel(Document):
    """A source of the numbers with its date, hash and known defects."""

    id: str
    title: str
    publisher: str
    licence: str
    version: str
    accessed: str
    sha256: str
    state: str
    defects: tuple[str, ...]


class OutsideModel(Document):
    """People who are in no row, and why."""

    who: str
    persons: int
    why: str


class RegisterModel(Document):
    """What was found in a register of the user's own."""

    rows: int
    findings: tuple[str, ...]
    accepted: tuple[str, ...] = Field(description="codes whose values count as unknown")
    unnamed: tuple[str, ...] = Field(description="columns that the map does not name; not read")
    unknown: dict[str, int] = Field(description="of each fact, in how many rows it is unknown")
    text: str


class CountPartingModel(Document):
    """A right and level whose people are others under another reading of one question."""

    question: str
    taken: str = Field(description="the option under which the rows are counted")
    option: str
    holder: str = Field(description="who holds the other option")
    right: str
    level: str
    hidden: bool = Field(default=False, description="a number or the difference is too small")
    before: tuple[int, ...] = Field(description="certain, possible, assumed, as taken")
    after: tuple[int, ...] = Field(description="the same under the option")


class CountDocument(Document):
    """`comity count REGIME --json`."""

    regime: str
    against: str = ""
    date: str
    by: tuple[str, ...]
    where: str = Field(default="", description="the property for whose failing people are counted")
    unit: str
    means: str = Field(description="what a row counts, in words")
    rows: tuple[CountRowModel, ...]
    total: CountRowModel = Field(description="all people who were looked at")
    min_cell: int
    suppressed: int = Field(description="rows whose numbers are hidden")
    engine: str
    assumptions: str
    outside: tuple[OutsideModel, ...] = ()
    own_data: RegisterModel | None = Field(default=None, description="of `--data`")
    reading: dict[str, str]
    partings: tuple[CountPartingModel, ...] = Field(
        default=(), description="with --readings: where the numbers move with a reading"
    )
    coverage: dict[str, CoverageModel]
    sources: tuple[CountSourceModel, ...] = ()
    warnings: tuple[str, ...]
    claim: str
    seconds: float
