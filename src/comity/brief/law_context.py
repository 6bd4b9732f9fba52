"""What the dossier on the law in force is made from: frozen values, filled from readers' results.

Belongs here: what its page says of texts, hosts, people and invented persons. Does not belong here:
a position or a count, which a reader computes, or a drawing. Small numbers are hidden by the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from comity.brief.context import (
    Assumptions,
    Bounds,
    Caveat,
    Coverage,
    Finding,
    Reading,
    SourceNote,
)
from comity.brief.covered import CoveredRow
from comity.brief.errors import BriefError
from comity.brief.projection import LonLat

Kind: TypeAlias = Literal["binding", "directive", "political", "informal"]
KINDS: tuple[tuple[Kind, str, str], ...] = (
    ("binding", "Treaties and their bodies' decisions", "They bind the States that are party."),
    (
        "directive",
        "Directives and regulations of the European Union",
        "They bind member States, through national law or directly.",
    ),
    (
        "political",
        "Political commitments",
        "They bind nobody: no position rests on them. They stand in an answer as pressure.",
    ),
    (
        "informal",
        "Informal processes",
        "They bind nobody, are mostly unpublished, and answer to those who take part. What "
        "became of their conclusions stands under the chains.",
    ),
)
"""The kinds of text, their heading, and what they can do."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line of a fact sheet, or a test vector, without a rule, and why."""

    number: str
    reason: str
    note: str
    partly: bool


@dataclass(frozen=True, slots=True)
class Text:
    """An instrument of the page. lines: of its fact sheet; None: it was encoded from none.

    before, given: people before a host that it binds, and those to whom it guarantees anything.
    """

    id: str
    title: str
    kind: Kind
    citation: str
    parties: int
    adopted: date | None
    in_force: date | None
    ended: date | None
    monitor: str
    answers_to: str
    complaint: str
    coverage: Coverage
    lines: int | None
    encoded: int
    in_part: int
    refused: tuple[Refusal, ...]
    doubtful: tuple[str, ...]
    contested: str
    review_by: date | None
    before: Bounds | None = None
    given: Bounds | None = None

    def whole_refusals(self) -> int:
        """Lines (not vectors) of which nothing is encoded."""
        return sum(r.number.startswith("R") and not r.partly for r in self.refused)


@dataclass(frozen=True, slots=True)
class Apart:
    """A text that binds nobody on the day: lapsed, or never adopted."""

    id: str
    title: str
    why: str
    adopted: date | None
    in_force: date | None
    ended: date | None
    citation: str
    contested: str


@dataclass(frozen=True, slots=True)
class HostRow:
    """A host: ids of the texts that bind it and speak of admission or protection, and its people.

    is_member: of the United Nations; others are territories and areas, or States outside it.
    """

    code: str
    name: str
    texts: tuple[str, ...]
    bars_return: bool
    is_member: bool
    people: Bounds
    lasting: Bounds


@dataclass(frozen=True, slots=True)
class HeldRight:
    """One right of an invented person. by: the articles that give it; doubts: of the encoder."""

    right: str
    meaning: str
    statement: str
    discretion: str
    by: tuple[str, ...]
    set_aside: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """A case that an agreement states: who, before whom, what binds, what is due, what presses."""

    id: str
    title: str
    host: str
    on: date
    facts: tuple[str, ...]
    binds: tuple[str, ...]
    rights: tuple[HeldRight, ...]
    silent: tuple[str, ...]
    may_grant: tuple[str, ...]
    pressure: tuple[str, ...]
    partings: tuple[str, ...]
    conflicts: tuple[str, ...]
    stated_in: str


@dataclass(frozen=True, slots=True)
class PartingRow:
    """People of a right and level under the reading taken and another. None: small numbers hidden."""

    question: str
    asks: str
    taken: str
    option: str
    holder: str
    right: str
    level: str
    before: Bounds | None
    after: Bounds | None


@dataclass(frozen=True, slots=True)
class Crossing:
    """The verdict on `no conflict` with its claim; the person for whom it fails, in words."""

    verdict: str
    claim: str
    limit: str
    engines: tuple[str, ...]
    seconds: float
    articles: tuple[str, ...] = ()
    person: str = ""
    shows: tuple[str, ...] = ()
    people: Bounds | None = None
    not_counted: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a chain: what was carried into what, since when, on what evidence."""

    depth: int
    source: str
    target: str
    states: tuple[str, ...]
    since: str
    evidence: str
    doubt: str
    repeats: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """What the conclusions of one text became."""

    id: str
    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps of a right's scale that the texts leave to the State, mean over people."""

    right: str
    meaning: str
    steps: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class LawContext:
    """Everything that the page says. Tuples keep the order in which it is shown.

    barring: ids of the texts that bar return; never: drafts, which are law nowhere.
    """

    title: str
    lead: str
    regime: str
    law_on: date
    run_on: date
    version: str
    assumptions: Assumptions
    findings: tuple[Finding, ...]
    texts: tuple[Text, ...]
    lapsed: tuple[Apart, ...]
    never: tuple[Apart, ...]
    barring: tuple[str, ...]
    levels: tuple[CoveredRow, ...]
    hosts: tuple[HostRow, ...]
    dots: dict[str, LonLat]
    discretion: tuple[Steps, ...]
    persons: tuple[InventedPerson, ...]
    parted_rights: tuple[str, ...]
    partings: tuple[PartingRow, ...]
    crossing: Crossing
    chains: tuple[Chain, ...]
    chains_note: str
    readings: tuple[Reading, ...]
    sources: tuple[SourceNote, ...]
    caveats: tuple[Caveat, ...] = ()

    def __post_init__(self) -> None:
        known = {text.id for text in self.texts}
        lost = {name for host in self.hosts for name in host.texts} - known
        if lost:
            raise BriefError(f"a host is bound by a text that the page lacks: {sorted(lost)}")

    def of_kind(self, kind: Kind) -> tuple[Text, ...]:
        """The texts of one kind, by title."""
        return tuple(sorted((t for t in self.texts if t.kind == kind), key=lambda t: t.title))

    def title_of(self, name: str) -> str:
        """A text's title."""
        return next(text.title for text in self.texts if text.id == name)
