"""What a page says of proofs: verdicts in plain words, invented persons, articles, and how many.

Frozen values like those of `context`, and like them they compute nothing. What is checked here is
that no verdict stands without what it claims, and that a refutation shows somebody or something.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from comity.brief.context import ArticleRef, Bounds, Law
from comity.brief.errors import BriefError

Verdict: TypeAlias = Literal["proved", "refuted", "unknown"]
KINDS = ("proved", "by_absence", "vacuous", "refuted", "unknown")
"""Verdicts as a page tells them apart; only the first is one to be proud of."""


@dataclass(frozen=True, slots=True)
class Part:
    """One step of a property in plain words: a head (`For everyone of whom this is true`), its lines."""

    head: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Articles:
    """Articles of one instrument, in its order: `Article 14`, `Annex B`."""

    instrument: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldFact:
    """A fact of an invented person that is not ordinary, in words."""

    meaning: str
    value: str


@dataclass(frozen=True, slots=True)
class ToldRight:
    """A right of an invented person: what is guaranteed, by which article, and what is missing.

    missing: the articles that would have had to fire. may_grant: what a State may grant all the same.
    """

    right: str
    statement: str
    by: tuple[ArticleRef, ...] = ()
    missing: tuple[ArticleRef, ...] = ()
    why_not: str = ""
    may_grant: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """Somebody whom the solver invented and whom `explain` sees too; of two, what tells them apart.

    who: nationality and host in words. differs: of a pair, the facts in which the two part, as this
    one has them; facts then holds what both share.
    """

    who: str
    facts: tuple[ToldFact, ...]
    rights: tuple[ToldRight, ...]
    differs: tuple[ToldFact, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownProof:
    """A property of a law with its verdict.

    instrument: title of the text that states it. article: under which heading it stands there.
    says: the property in plain words; written: as the text has it.
    by_absence: no article mentions the fact, so it holds and nothing was done for it.
    vacuous: nobody can be in the position that it presupposes, so it says nothing.
    needs: the articles without which the proof fails.
    operating, idle: of a property of elements, those that operate where it fails, and those missing.
    dead: rules that decide nothing. life: how a life fails.
    people: real people whom a refutation concerns; None: not counted. not_counted: why, if known.
    """

    id: str
    law: Law
    name: str
    instrument: str
    article: str
    says: tuple[Part, ...]
    written: str
    verdict: Verdict
    claim: str
    by_absence: bool = False
    vacuous: bool = False
    needs: tuple[Articles, ...] = ()
    person: InventedPerson | None = None
    other: InventedPerson | None = None
    operating: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()
    dead: tuple[ArticleRef, ...] = ()
    life: str = ""
    reason: str = ""
    limit: str = ""
    people: Bounds | None = None
    not_counted: str = ""

    def __post_init__(self) -> None:
        if not self.claim or not self.says:
            raise BriefError(f"`{self.name}` has a verdict without what it claims")
        if self.verdict == "unknown" and not self.limit:
            raise BriefError(f"`{self.name}` is unknown, and no limit is named")
        shows = (self.person, self.dead, self.operating, self.reason)
        if self.verdict == "refuted" and not any(shows):
            raise BriefError(f"`{self.name}` is refuted, and nothing shows it")
        if self.people is not None and (self.not_counted or self.verdict != "refuted"):
            raise BriefError(f"`{self.name}` counts people whom it does not concern")

    @property
    def kind(self) -> str:
        """The verdict as the page tells it apart: a bare `proved` is one that its articles carry."""
        if self.verdict == "proved" and self.vacuous:
            return "vacuous"
        if self.verdict == "proved" and self.by_absence:
            return "by_absence"
        return self.verdict


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty that the draft sets itself, under both laws. today None: it cannot be asked there."""

    draft: ShownProof
    today: ShownProof | None


@dataclass(frozen=True, slots=True)
class Guarantees:
    """What was proved, what was not, and of whom.

    duties: what the draft sets itself, beside the law today. own: all else that the draft states.
    refuted_today: what today's instruments state to be refuted, each read as its own text says.
    sources: ids of the sources behind the counts of people.
    """

    duties: tuple[Duty, ...]
    own: tuple[ShownProof, ...]
    refuted_today: tuple[ShownProof, ...]
    engines: tuple[str, ...]
    seconds_each: float  # what one question may take
    sources: tuple[str, ...] = ()

    @property
    def of_draft(self) -> tuple[ShownProof, ...]:
        """Everything that was asked of the draft, duties first."""
        return (*(duty.draft for duty in self.duties), *self.own)

    @property
    def of_today(self) -> tuple[ShownProof, ...]:
        """Everything that was asked of the law today."""
        asked = (duty.today for duty in self.duties if duty.today is not None)
        return (*asked, *self.refuted_today)

    @property
    def every(self) -> tuple[ShownProof, ...]:
        """The draft's, then today's."""
        return (*self.of_draft, *self.of_today)

    def tally(self, law: Law) -> dict[str, int]:
        """How many verdicts of each kind there are under one of the two laws."""
        asked = self.of_draft if law == "draft" else self.of_today
        return {kind: sum(proof.kind == kind for proof in asked) for kind in KINDS}

    @property
    def gaps(self) -> tuple[ShownProof, ...]:
        """Refutations with an invented person: real people may be in the same position."""
        return tuple(p for p in self.every if p.verdict == "refuted" and p.person is not None)
