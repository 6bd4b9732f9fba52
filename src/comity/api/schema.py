"""The JSON documents that commands print with `--json`: stable, described in docs/reference/json.md.

Built with pydantic so that the schema and the document cannot differ. Fields are added, never
renamed, within a major version.
"""

from __future__ import annotations

from pydantic import Field

from comity.api.schema_base import Document
from comity.api.schema_library import ArticleModel as ArticleModel
from comity.api.schema_library import CoverageModel as CoverageModel
from comity.api.schema_library import InstrumentModel as InstrumentModel
from comity.api.schema_lineage import PressureModel
from comity.api.schema_reading import ReadingModel


class FaultModel(Document):
    """A coded fault of an input."""

    code: str = Field(description="such as E202; its page is in docs/reference/errors.md")
    name: str
    message: str
    file: str
    line: int
    column: int
    article: str = ""
    excerpt: str
    help: str = Field(description="what was possible and what to try")


class CaseCount(Document):
    """Cases run and failed."""

    run: int
    failed: int


class CheckDocument(Document):
    """`comity check --json`."""

    errors: tuple[FaultModel, ...]
    cases: CaseCount
    instruments: tuple[str, ...]


class ErrorDocument(Document):
    """What any command prints with `--json` when its input is at fault."""

    errors: tuple[FaultModel, ...]


class ListDocument(Document):
    """`comity list --json`."""

    date: str
    instruments: tuple[InstrumentModel, ...]
    named_lists: tuple[str, ...]


class ShowDocument(Document):
    """`comity show ID[/ARTICLE] --json`."""

    date: str
    instrument: InstrumentModel
    parties: tuple[str, ...]
    reading: ReadingModel | None = Field(
        default=None, description="prose, statements, references, parties, versions, people"
    )


class LineModel(Document):
    """One line of a norm's conditions in words, and whether it holds."""

    text: str
    truth: str = Field(description="true, false or unknown")


class ReasonModel(Document):
    """A norm that makes, or may make, a bound."""

    norm: str
    article: str
    title: str
    kind: str
    level: str
    certain: bool
    lines: tuple[LineModel, ...]
    exceptions: tuple[LineModel, ...]
    defeated_by: tuple[str, ...]
    doubt: str = ""


class BlockerModel(Document):
    """A fact or an article that stands in the way of a level."""

    kind: str = Field(description="fact or article")
    name: str
    text: str
    now: str
    needed: str


class WhyNotModel(Document):
    """Why a level is not reached."""

    level: str
    kind: str = Field(description="not_granted or forbidden")
    by: str = Field(description="norm that would then give the level, or empty")
    nobody_grants: bool
    exact: bool = Field(description="false if the search hit its limit and a smaller set may exist")
    blockers: tuple[BlockerModel, ...]


class RightModel(Document):
    """The position of one right. `upper` is what the State may grant; nothing here says refuse."""

    lower: str
    lower_possible: str
    upper: str
    upper_possible: str
    discretion: str
    comparator_alone: bool
    statement: str
    reasons: tuple[ReasonModel, ...]
    defeated: tuple[ReasonModel, ...]
    why_not: tuple[WhyNotModel, ...]


class ConflictModel(Document):
    """A guarantee and a limit that cross with nothing to settle it."""

    right: str
    guarantee: str
    limit: str
    certain: bool


class QuestionModel(Document):
    """An unknown fact whose answer would change something."""

    fact: str
    meaning: str
    settles: int


class PartingModel(Document):
    """A question on which readings part, with the lower bound under each."""

    question: str
    text: str
    right: str
    under: dict[str, str]


class ExplainDocument(Document):
    """`comity explain REGIME --case FILE --json`."""

    regime: str
    date: str
    title: str
    bound_by: dict[str, str]
    rights: dict[str, RightModel]
    conflicts: tuple[ConflictModel, ...]
    may_grant: tuple[str, ...] = Field(description="powers to grant: they bound nothing")
    pressure: tuple[PressureModel, ...] = Field(
        description="soft, political and informal rules: they bind nobody"
    )
    questions: tuple[QuestionModel, ...]
    reading: dict[str, str]
    partings: tuple[PartingModel, ...]
    coverage: dict[str, CoverageModel]
    warnings: tuple[str, ...]
    claim: str


class SourceModel(Document):
    """One source of data."""

    id: str
    title: str
    publisher: str
    licence: str
    redistribution: str
    state: str
    bytes: int | None
    in_snapshot: bool
    defects: tuple[str, ...]


class WorldListDocument(Document):
    """`comity world list --json`."""

    sources: tuple[SourceModel, ...]


class WorldFetchDocument(Document):
    """`comity world fetch ID --json`."""

    id: str
    state: str
    path: str
    sha256: str


class WorldBuildDocument(Document):
    """`comity world build --json`."""

    files: dict[str, int]


class MicrodataDocument(Document):
    """`comity world microdata --json`: invented rows, drawn from published totals."""

    folder: str
    seed: int
    rows: int
    hosts: dict[str, int] = Field(description="rows of each host's file")
    synthetic: bool = True


class FindingModel(Document):
    """One of the main findings, with certain, possible and assumed numbers where it counts people."""

    text: str
    certain: int | None = None
    possible: int | None = None
    assumed: int | None = None


class BriefDocument(Document):
    """`comity brief REGIME --json`."""

    path: str
    sections: tuple[str, ...]
    findings: tuple[FindingModel, ...]
    files: tuple[str, ...]
    seconds: float
