"""An instrument of the library as the JSON documents have it: `list`, `show` and whatever names one."""

from __future__ import annotations

from pydantic import Field

from comity.api.schema_base import Document


class CoverageModel(Document):
    """How much of an instrument is encoded; `total` null where the count is unknown."""

    total: int | None
    encoded: int
    without_rule: dict[str, int]
    counted_from: str
    share: str


class ArticleModel(Document):
    """An article of an instrument with the keys of its rules."""

    id: str
    heading: str
    rules: tuple[str, ...]
    text: str = ""


class InstrumentModel(Document):
    """One instrument of the library."""

    id: str
    title: str
    force: str
    status: str
    parties: int = Field(description="States bound on the day")
    coverage: CoverageModel
    cases: int
    proofs: int
    citations: dict[str, str] = Field(default={})
    articles: tuple[ArticleModel, ...] = ()
