"""The JSON documents of `prove` and `compare`: as stable as those of `schema`."""

from __future__ import annotations

from pydantic import Field

from comity.api.schema import CoverageModel
from comity.api.schema_base import Document


class PeopleModel(Document):
    """People of the population whom a finding concerns, each an interval with nothing assumed."""

    certain: int
    possible: int
    assumed: int = Field(description="under the set of assumptions named in `assumptions`")
    suppressed: bool = Field(default=False, description="fewer than 10, so no number is given")


class ArticleModel(Document):
    """A node or definition with the article under which it stands."""

    key: str
    article: str
    title: str = ""


class ToldFactModel(Document):
    """A fact of an invented person that is not ordinary, in words."""

    fact: str
    value: str
    meaning: str


class ToldRightModel(Document):
    """A right of an invented person, as `explain` finds it."""

    right: str
    statement: str
    by: tuple[ArticleModel, ...] = Field(description="the articles that fire")
    missing: tuple[ArticleModel, ...] = Field(
        default=(), description="the articles that would have had to fire for the next level"
    )
    why_not: str = ""
    may_grant: tuple[str, ...] = Field(
        default=(), description="what the host may grant, though nobody can claim it"
    )


class PersonModel(Document):
    """An invented person found by the solver and seen by `explain` as well."""

    told: str
    facts: tuple[ToldFactModel, ...]
    rights: tuple[ToldRightModel, ...]
    case: str = Field(description="the record, as `explain --case` reads it")
    file: str = Field(default="", description="where it was saved, with --save")


class ProofModel(Document):
    """One property with its verdict."""

    name: str
    instrument: str = Field(description="whose proof it is; empty for a property asked by name")
    property: str
    stated: str = Field(description="the verdict that the text states")
    verdict: str = Field(description="proved, refuted or unknown")
    as_stated: bool
    by_absence: bool = Field(default=False, description="no article mentions the fact")
    vacuous: bool = Field(default=False, description="nobody can be in the situation presupposed")
    reason: str = ""
    limit: str = Field(default="", description="what stood in the way of a verdict")
    case: PersonModel | None = None
    other: PersonModel | None = Field(default=None, description="the second person of a pair")
    shows: tuple[str, ...] = Field(
        default=(), description="what of the property holds of the person and what does not"
    )
    life: str = Field(default="", description="how a life fails, month by month in words")
    articles: tuple[ArticleModel, ...] = Field(
        default=(), description="the smallest set that proves it"
    )
    dead: tuple[ArticleModel, ...] = Field(default=(), description="what decides nothing")
    readings: dict[str, str] = Field(default_factory=dict)
    claim: str = Field(description="what the verdict says, and what it does not")
    seconds: float
    people: PeopleModel | None = Field(
        default=None, description="the people of the population for whom it fails"
    )
    uncounted: str = Field(default="", description="why nobody is counted for a refutation")


class ElementsModel(Document):
    """The elements of an instrument and what may operate together."""

    instrument: str
    adoptions: int = Field(description="sets of adopted elements, all of which were looked at")
    operating_sets: tuple[tuple[str, ...], ...]
    brings: dict[str, tuple[str, ...]] = Field(
        description="for each element, the others that operate whenever it does"
    )
    operates_in: dict[str, int] = Field(description="in how many adoptions an element operates")


class ProveDocument(Document):
    """`comity prove REGIME --json`."""

    regime: str
    date: str
    proofs: tuple[ProofModel, ...]
    elements: tuple[ElementsModel, ...] = ()
    engines: tuple[str, ...]
    coverage: dict[str, CoverageModel]
    reading: dict[str, str]
    assumptions: str
    warnings: tuple[str, ...]
    seconds: float
