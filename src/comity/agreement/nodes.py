"""The statements of an agreement: definitions, norms, exceptions, powers, prevalence, elements.

Every node that makes a position has one meaning, given by `explain`; a reader that cannot read a
node must not exist. The key of a node is `INSTRUMENT/ID`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from comity.agreement.conditions import Condition, Constant, FactRef, ParameterRef
from comity.agreement.spans import NOWHERE, Span


class Kind(StrEnum):
    """Whose side a norm bounds."""

    GUARANTEE = "guarantee"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class Validity:
    """First day, and first day no longer; None: open."""

    since: date | None = None
    until: date | None = None

    def on(self, day: date) -> bool:
        """Whether the day is within."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


ALWAYS = Validity()


@dataclass(frozen=True, slots=True)
class Under:
    """This node belongs to one option of a question (a reading or a bracket)."""

    question: str
    option: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What every node carries: title, doubt of the encoder, dates, the option it belongs to."""

    title: str = ""
    doubt: str = ""
    validity: Validity = ALWAYS
    under: Under | None = None


PLAIN = Frame()


# ---- definitions ----
@dataclass(frozen=True, slots=True)
class Parameter:
    """A named number of the text with the bounds that the text sets to it."""

    name: str
    value: Constant
    low: Constant | None = None
    high: Constant | None = None
    under: Under | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Option:
    """One reading (of a settled text) or bracket (in a draft): who holds it, since when."""

    kind: str
    name: str
    holder: str
    authority: str = ""
    validity: Validity = ALWAYS
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class Alternatives:
    """A question on which readings part, with the options in the order of the text."""

    name: str
    question: str
    options: tuple[Option, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Term:
    """A definition that holds or does not."""

    name: str
    when: tuple[Condition, ...]
    of_place: bool = False
    frame: Frame = PLAIN
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table: a level for each pair of levels. Rows in the order of the row scale.

    cells: ranks of `gives`, by row rank and column rank.
    """

    name: str
    row: FactRef
    column: FactRef
    gives: str
    cells: tuple[tuple[int, ...], ...]
    of_place: bool = False
    frame: Frame = PLAIN
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Pick:
    """An option of an ordered choice: `first VALUE when ...`."""

    value: FactRef | str
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """An ordered choice of a country or an option: the first pick that applies.

    gives: name of the enumeration, or `country`.
    """

    name: str
    picks: tuple[Pick, ...]
    otherwise: FactRef | str
    gives: str
    frame: Frame = PLAIN
    span: Span = field(default=NOWHERE, compare=False)


# ---- targets of exceptions ----
@dataclass(frozen=True, slots=True)
class NodeTarget:
    """A rule, exception, power, standstill or extension."""

    instrument: str
    id: str


@dataclass(frozen=True, slots=True)
class TermTarget:
    """A definition."""

    instrument: str
    name: str


@dataclass(frozen=True, slots=True)
class ArticleTarget:
    """Every rule and standstill of an article."""

    instrument: str
    article: str


@dataclass(frozen=True, slots=True)
class EveryTarget:
    """Every guarantee, or every limit, of an instrument."""

    instrument: str
    kind: Kind


Target: TypeAlias = NodeTarget | TermTarget | ArticleTarget | EveryTarget


# ---- norms ----
@dataclass(frozen=True, slots=True)
class Bounding:
    """A right bounded at a level: a rank in the person's favour, a parameter, or a fact's level.

    written: the level as the text wrote it (`2 years`), for the printer only.
    """

    right: str
    level: int | FactRef | ParameterRef
    written: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Norm:
    """A rule: a guarantee or a limit on one or more rights."""

    id: str
    kind: Kind
    boundings: tuple[Bounding, ...]
    when: tuple[Condition, ...] = ()
    element: str = ""
    soft: bool = False
    frame: Frame = PLAIN
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NormException:
    """An exception: where it holds, its targets do not. May itself be excepted, to any depth."""

    id: str
    targets: tuple[Target, ...]
    when: tuple[Condition, ...] = ()
    frame: Frame = PLAIN
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Power:
    """What the host *may* do: set norms aside (an exception that counts once exercised), or grant.

    A power to grant bounds nothing and is only traced.
    """

    id: str
    targets: tuple[Target, ...] = ()
    grants: Bounding | None = None
    when: tuple[Condition, ...] = ()
    frame: Frame = PLAIN
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Extension:
    """Adds cases to a definition of another instrument, among the parties of this one."""

    id: str
    instrument: str
    term: str
    when: tuple[Condition, ...] = ()
    frame: Frame = PLAIN
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Standstill:
    """No level of these rights falls below what the rules valid on a day gave.

    since: the day, or None for the day on which the host joined the instrument.
    moved: instead, below what the rules give with each parameter at the value that the text states.
    """

    id: str
    rights: tuple[str, ...]
    since: date | None
    when: tuple[Condition, ...] = ()
    frame: Frame = PLAIN
    span: Span = field(default=NOWHERE, compare=False)
    moved: bool = False


# ---- prevalence ----
@dataclass(frozen=True, slots=True)
class Side:
    """One side of a prevalence clause: an instrument, an article of one, or a single norm."""

    instrument: str
    article: str = ""
    node: str = ""


@dataclass(frozen=True, slots=True)
class Favour:
    """The more favourable rule prevails, wherever this instrument is one of the two."""


@dataclass(frozen=True, slots=True)
class Over:
    """The first side prevails over each of the others."""

    winner: Side
    losers: tuple[Side, ...]


Clause: TypeAlias = Favour | Over


@dataclass(frozen=True, slots=True)
class Prevalence:
    """Clauses in order; the first that covers a crossing pair decides it for this instrument.

    `without prejudice to X` is stored as X over this instrument.
    """

    id: str
    clauses: tuple[Clause, ...]
    frame: Frame = PLAIN
    span: Span = field(default=NOWHERE, compare=False)


# ---- elements and the rest ----
@dataclass(frozen=True, slots=True)
class Element:
    """A part of a regional convention that may operate only with its companions.

    needs: each need is met by one of its alternatives.
    """

    name: str
    title: str
    needs: tuple[tuple[str, ...], ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom the instrument speaks of; conformity is asked of these persons only."""

    when: tuple[Condition, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Unreservable:
    """Articles to which no reservation may be made."""

    articles: tuple[str, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NoRule:
    """Paragraphs that carry no rule, and why."""

    paragraphs: tuple[str, ...]
    reason: str
    note: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Paragraphs that definitions express: which terms, tables, choices, elements or parameters."""

    paragraphs: tuple[str, ...]
    by: tuple[str, ...]
    span: Span = field(default=NOWHERE, compare=False)


NO_RULE_REASONS = {
    "preamble": "recital or statement of purpose",
    "open_term": "an open term, left to argument",
    "institutional": "sets up a body or an organ; read with the institutions",
    "interstate": "a duty between States, or a measure of a State and year; read by monitoring",
    "procedure": "how an authority proceeds; no level of a right",
    "final_clause": "signature, entry into force, languages, depositary",
    "expressed_elsewhere": "its content stands in another rule, named in the note",
    "not_yet": "not encoded yet",
}
"""Why a paragraph has no rule: the only words that `no rule` accepts."""
