"""Documents on where an encoding comes from and what became of a text."""

from __future__ import annotations

from pydantic import Field

from comity.api.schema_base import Document


class LinkModel(Document):
    """One step of a chain: a conclusion, and the condition or law that it was carried into."""

    depth: int = Field(description="0 for what the start itself became")
    source: str
    source_says: str
    target: str = Field(description="a node of the library, or empty for a law outside it")
    target_says: str
    states: tuple[str, ...] = Field(description="whose law it is, where no node stands for it")
    since: str
    evidence: str
    doubt: str = ""
    repeats: bool = False


class ChainDocument(Document):
    """`comity chain ID[/RULE] --json`."""

    start: tuple[str, ...]
    links: tuple[LinkModel, ...]
    note: str


class PressureModel(Document):
    """A rule that binds nobody and speaks of the case: soft, political or informal."""

    norm: str
    article: str
    title: str
    force: str = Field(description="soft, political or informal")
    certain: bool
    levels: dict[str, str]
    became: tuple[str, ...] = Field(description="what it was carried into by that day")


class RefusalModel(Document):
    """A numbered line of a fact sheet, or a test vector, without a rule or case, and why."""

    number: str
    reason: str
    note: str
    partly: bool = Field(description="another part of the line is encoded")


class LinesModel(Document):
    """What of one instrument's fact sheet is encoded."""

    id: str
    title: str
    force: str
    status: str
    coverage: str
    lines: int | None
    encoded: int
    in_part: int
    vectors: int | None
    vectors_as_cases: int
    refused: tuple[RefusalModel, ...]
    doubtful: tuple[str, ...] = Field(description="rules that carry a mark of doubt")
    cases: int
    proofs: int
    review_by: str


class LinesDocument(Document):
    """`comity list lines --json`."""

    date: str
    instruments: tuple[LinesModel, ...]
    lines: int
    encoded: int
    refused: int
