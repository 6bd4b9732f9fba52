"""The JSON document of `comity compare`: as stable as those of `schema`."""

from __future__ import annotations

from pydantic import Field

from comity.api.schema import CoverageModel
from comity.api.schema_base import Document
from comity.api.schema_proofs import ArticleModel, PeopleModel, ToldFactModel

ANSWERS = "`some` (a person shows it), `nobody` (proved), or `unknown` (a limit was hit)"


class RegionModel(Document):
    """Those for whom one norm makes the difference, in the law's own terms."""

    change: str = Field(description="better, worse, more_room or less_room")
    right: str
    text: str = Field(description="who they are, in one sentence")
    norm: ArticleModel = Field(description="the norm that decides for them")
    level: str = Field(description="what it gives or leaves")
    when: tuple[str, ...] = Field(description="its conditions, as its text has them")
    where: tuple[str, ...] = Field(description="the values of the parameters that they name")
    unless: tuple[ArticleModel, ...] = Field(description="the exceptions and powers that end it")
    other_level: str = Field(
        default="", description="the most that the other regime guarantees to anybody there"
    )
    other_by: tuple[ArticleModel, ...] = ()
    person: int | None = Field(description="number of an invented person there; null: none found")
    people: PeopleModel | None = None


class LevelLostModel(Document):
    """A level that OLD guarantees somebody and NEW nobody."""

    right: str
    level: str
    person: int | None = Field(description="number of an invented person who had it")


class ComparedRightModel(Document):
    """One right: to whom each change comes, region by region."""

    right: str
    meaning: str
    better: str = Field(description=f"whether NEW guarantees anybody more: {ANSWERS}")
    worse: str = Field(description=f"whether NEW guarantees anybody less: {ANSWERS}")
    more_room: str = Field(description=f"whether NEW lets the State grant more: {ANSWERS}")
    less_room: str = Field(description=f"whether NEW lets the State grant less: {ANSWERS}")
    same: bool = Field(description="proved to be the same for everybody")
    by_absence: bool = Field(description="no norm of either speaks of it")
    regions: tuple[RegionModel, ...]
    lost: tuple[LevelLostModel, ...]
    lost_answer: str = Field(description=f"whether a guarantee became unreachable: {ANSWERS}")
    gained: tuple[str, ...] = Field(description="levels that NEW guarantees somebody, OLD nobody")
    limit: str = ""
    people: dict[str, PeopleModel] = Field(default_factory=dict, description="by change")


class ChangedRightModel(Document):
    """What one person has of a right before and after, as `explain` finds it."""

    right: str
    change: str
    old: str
    new: str
    old_by: tuple[ArticleModel, ...]
    new_by: tuple[ArticleModel, ...]


class ComparedPersonModel(Document):
    """An invented person found by the solver and seen by `explain` under both regimes."""

    number: int
    told: str
    facts: tuple[ToldFactModel, ...]
    rights: tuple[ChangedRightModel, ...]
    case: str = Field(description="the record, as `explain --case` reads it")


class ComparedRegimeModel(Document):
    """One side of the comparison."""

    name: str
    instruments: dict[str, str] = Field(description="titles by id")
    for_every_host: tuple[str, ...] = Field(description="drafts, read as in force everywhere")


class CompareDocument(Document):
    """`comity compare OLD NEW --json`."""

    old: ComparedRegimeModel
    new: ComparedRegimeModel
    date: str
    better: str = Field(description=f"whether NEW is better for anybody on a right: {ANSWERS}")
    worse: str = Field(description=f"whether NEW is worse for anybody on a right: {ANSWERS}")
    both: str = Field(
        description=f"whether it is better on one right and worse on another: {ANSWERS}"
    )
    both_person: int | None = None
    same: tuple[str, ...] = Field(description="rights proved to be the same for everybody")
    rights: tuple[ComparedRightModel, ...]
    persons: tuple[ComparedPersonModel, ...]
    people: dict[str, PeopleModel] = Field(
        default_factory=dict, description="people: better, worse, both, same"
    )
    assumptions: str = ""
    engines: tuple[str, ...]
    coverage: dict[str, CoverageModel]
    reading: dict[str, str]
    notes: tuple[str, ...] = Field(description="how the two sides were read")
    warnings: tuple[str, ...]
    claim: str = Field(description="what the comparison says, and what it does not")
    seconds: float
