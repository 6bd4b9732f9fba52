"""An instrument: its front matter, its articles and its statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from comity.agreement.governance import Governed, governed_on
from comity.agreement.lineage import Carried, SheetLine, Vector
from comity.agreement.nodes import (
    Alternatives,
    Choice,
    Element,
    Extension,
    Norm,
    NormException,
    NoRule,
    Paragraph,
    Parameter,
    Power,
    Prevalence,
    Scope,
    Standstill,
    Table,
    Term,
    Unreservable,
)
from comity.agreement.spans import NOWHERE, Span
from comity.agreement.statements import CaseStatement, Proof
from comity.agreement.vocabulary import Member

Definition: TypeAlias = Term | Table | Choice
Holding: TypeAlias = Norm | NormException | Power | Extension | Standstill
"""Nodes with an id that hold or do not in a case."""
Statement: TypeAlias = (
    Parameter
    | Alternatives
    | Definition
    | Holding
    | Prevalence
    | Element
    | Scope
    | Unreservable
    | NoRule
    | Paragraph
    | SheetLine
    | Vector
    | Carried
    | Governed
    | Proof
    | CaseStatement
)


class Force(StrEnum):
    """Only what is binding makes positions; the rest is traced."""

    BINDING = "binding"
    DIRECTIVE = "directive"
    POLITICAL = "political"
    INFORMAL = "informal"

    @property
    def binds(self) -> bool:
        """Whether its norms bound a position."""
        return self in (Force.BINDING, Force.DIRECTIVE)


@dataclass(frozen=True, slots=True)
class Reservation:
    """A State does not accept these articles, between these days."""

    spell: Member
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Declaration:
    """A State has made the declaration of this name (a geographic limit, an opt-in)."""

    name: str
    spell: Member


@dataclass(frozen=True, slots=True)
class Exercise:
    """A State has exercised a power of the instrument."""

    power: str
    spell: Member


@dataclass(frozen=True, slots=True)
class Article:
    """A heading of the document with the statements under it.

    id: `14`, `25bis`, `annexB`, `prot4.4`; text: the prose under the heading.
    """

    id: str
    title: str
    text: str
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def heading(self) -> str:
        """`Article 14. No one unreturnable without a status`."""
        return f"{article_name(self.id)}. {self.title}" if self.title else article_name(self.id)


def article_name(article: str) -> str:
    """An article's id as one says it: `25bis` is `Article 25 bis`, `prot4.4` `Protocol 4, Article 4`."""
    if article.startswith("annex"):
        return f"Annex {article.removeprefix('annex')}".rstrip()
    if article.startswith("prot"):
        protocol, _, number = article.removeprefix("prot").partition(".")
        return f"Protocol {protocol}, Article {number}" if number else f"Protocol {protocol}"
    digits = article.rstrip("abcdefghijklmnopqrstuvwxyz")
    suffix = article.removeprefix(digits)
    return f"Article {digits} {suffix}" if suffix else f"Article {digits}"


def article_of(node_id: str) -> str:
    """The article that a rule's name begins with: `14.1` is of `14`, `prot4.4.1` of `prot4.4`."""
    parts = node_id.split(".")
    if node_id.startswith("prot") and len(parts) > 1:
        return ".".join(parts[:2])
    return parts[0]


def paragraph_of(node_id: str) -> str:
    """The paragraph of a rule's name without the letters of its limbs: `14.1a` is of `14.1`."""
    article = article_of(node_id)
    rest = node_id.removeprefix(article).removeprefix(".").split(".")[0]
    number = rest[: len(rest) - len(rest.lstrip("0123456789"))] if rest else ""
    return f"{article}.{number}" if number else article


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of an instrument is encoded. Counts are paragraphs; total None: unknown."""

    total: int | None
    encoded: int
    without_rule: Mapping[str, int]
    counted_from: str = ""

    @property
    def share(self) -> str:
        """`41 % of 138 paragraphs encoded`, or `coverage unknown`."""
        if self.total is None:
            return "coverage unknown"
        return f"{round(100 * self.encoded / self.total)} % of {self.total} paragraphs encoded"


@dataclass(frozen=True)
class Instrument:
    """A treaty, directive, commitment or process, as encoded.

    parties: spells of its States; empty for a draft.
    party_group: the group of the vocabulary that they came from, "" if listed.
    with_: instruments taken as in force beside it when its own cases and proofs run.
    lines, vectors: numbered lines and test vectors of the fact sheet that it was encoded from.
    """

    id: str
    title: str
    force: Force
    status: str = "in_force"
    citations: Mapping[str, str] = field(default_factory=dict)
    adopted: date | None = None
    in_force: date | None = None
    ended: date | None = None
    parties: tuple[Member, ...] = ()
    party_group: str = ""
    reservations: tuple[Reservation, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    exercised: tuple[Exercise, ...] = ()
    elements: Mapping[str, str] = field(default_factory=dict)
    accountability: Mapping[str, str] = field(default_factory=dict)
    with_: tuple[str, ...] = ()
    paragraphs: int | None = None
    counted_from: str = ""
    lines: int | None = None
    vectors: int | None = None
    review_by: date | None = None
    contested: str = ""
    articles: tuple[Article, ...] = ()
    statements: tuple[Statement, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def is_draft(self) -> bool:
        """Not in force anywhere yet."""
        return self.status == "draft"

    def parties_on(self, day: date) -> frozenset[str]:
        """The States that are party on a day; none before it is in force or after it has ended."""
        if self.in_force is not None and day < self.in_force:
            return frozenset()
        if self.ended is not None and day >= self.ended:
            return frozenset()
        return frozenset(m.state for m in self.parties if m.on(day))

    def binds_on(self, day: date, article: str) -> frozenset[str]:
        """The parties on a day that have not reserved the article."""
        reserved = {
            r.spell.state for r in self.reservations if r.spell.on(day) and article in r.articles
        }
        return self.parties_on(day) - reserved

    @cached_property
    def holdings(self) -> tuple[Holding, ...]:
        """Norms, exceptions, powers, extensions and standstills, in the order of the text."""
        return tuple(
            statement
            for statement in self.statements
            if isinstance(statement, (Norm, NormException, Power, Extension, Standstill))
        )

    @cached_property
    def prevalences(self) -> tuple[Prevalence, ...]:
        """What it says of which rules prevail, in the order of the text."""
        return tuple(s for s in self.statements if isinstance(s, Prevalence))

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """Terms, tables and choices."""
        return tuple(s for s in self.statements if isinstance(s, (Term, Table, Choice)))

    @cached_property
    def elements_declared(self) -> tuple[str, ...]:
        """Names of its elements."""
        return tuple(s.name for s in self.statements if isinstance(s, Element))

    def all_of(self, kind: type) -> Iterator[Statement]:
        """The statements of one class, in the order of the text."""
        return (statement for statement in self.statements if isinstance(statement, kind))

    def governance_on(self, day: date) -> Mapping[str, Governed]:
        """What it says of how it is governed on a day, by quality; what is missing is not observed."""
        return governed_on(self.statements, day)

    def key(self, node_id: str) -> str:
        """`INSTRUMENT/ID`, by which traces and messages name a node."""
        return f"{self.id}/{node_id}"

    def article(self, article_id: str) -> Article | None:
        """The article of that id."""
        return next((article for article in self.articles if article.id == article_id), None)

    @property
    def coverage(self) -> Coverage:
        """Paragraphs encoded, and those without a rule by reason. What is not listed is not encoded."""
        encoded = {paragraph_of(node.id) for node in self.holdings}
        encoded |= {paragraph_of(s.id) for s in self.statements if isinstance(s, (Prevalence,))}
        reasons: dict[str, int] = {}
        for statement in self.statements:
            if isinstance(statement, Paragraph):
                encoded |= set(statement.paragraphs)
        for statement in self.statements:
            if isinstance(statement, NoRule):
                left = [p for p in statement.paragraphs if p not in encoded]
                reasons[statement.reason] = reasons.get(statement.reason, 0) + len(left)
        return Coverage(self.paragraphs, len(encoded), reasons, self.counted_from)
