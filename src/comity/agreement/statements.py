"""Proofs and cases as an agreement states them. `prove` reads the first, `check` runs the second."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from comity.agreement.conditions import Condition, FactRef
from comity.agreement.nodes import Bounding, Under
from comity.agreement.spans import NOWHERE, Span
from comity.agreement.values import Possible


# ---- properties that a proof states ----
@dataclass(frozen=True, slots=True)
class NoGap:
    """Nobody to whom something is due stays at the bottom of the rights (all rights if none)."""

    rights: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoConflict:
    """No guarantee and limit cross without a clause that settles it."""

    rights: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoDeadText:
    """Every norm decides a level in some case."""


@dataclass(frozen=True, slots=True)
class TableComplete:
    """Every cell of every table is reached in some case, and no row or column is missing."""


@dataclass(frozen=True, slots=True)
class EqualFooting:
    """Two persons who differ only in the facts named have the same positions."""

    rights: tuple[str, ...]
    facts: tuple[FactRef, ...]


@dataclass(frozen=True, slots=True)
class Monotone:
    """The rights never fall as the fact grows, all else equal."""

    rights: tuple[str, ...]
    fact: FactRef


@dataclass(frozen=True, slots=True)
class AgainstInstrument:
    """`conforms to`, `compatible with` or `stands still against` another instrument."""

    relation: Literal["conforms to", "compatible with", "stands still against"]
    instrument: str
    rights: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabourNeverAlone:
    """Wherever work is open, the rights that make a person more than labour are too."""


@dataclass(frozen=True, slots=True)
class Decommodified:
    """Stay, health, schooling, relief and housing do not depend on employment, means or sponsor."""


@dataclass(frozen=True, slots=True)
class Reachable:
    """From one level, another is reached within the time of ordinary life; the stay lasts."""

    months: int
    goal: Bounding
    start: Bounding
    by: tuple[FactRef, ...]


@dataclass(frozen=True, slots=True)
class NeverStuck:
    """Whoever is guaranteed the start reaches the goal at some time, and the stay lasts till then.

    by: the counters that grow together along the life. Bare `never stuck`, without goal, start and
    counters, leaves them to the reader.
    """

    goal: Bounding | None = None
    start: Bounding | None = None
    by: tuple[FactRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Implies:
    """In every case in which the first holds, the second does."""

    premise: Condition
    conclusion: Condition


@dataclass(frozen=True, slots=True)
class Never:
    """No case satisfies the condition."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class PossibleCase:
    """Some case satisfies the condition."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class OperatesOnlyWith:
    """No set of elements lets this one operate while one of the companions does not.

    instrument: the one whose elements they are.
    """

    element: str
    companions: tuple[str, ...]
    instrument: str = ""


Property: TypeAlias = (
    NoGap
    | NoConflict
    | NoDeadText
    | TableComplete
    | EqualFooting
    | Monotone
    | AgainstInstrument
    | LabourNeverAlone
    | Decommodified
    | Reachable
    | NeverStuck
    | Implies
    | Never
    | PossibleCase
    | OperatesOnlyWith
)


Varied: TypeAlias = Literal["parameters", "readings", "reservations"]
"""What a proof may range over besides the cases, in the order in which it is written."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A property with the verdict that the text states (`proved` if it states none).

    over: it holds for every value of each parameter within its bounds, under every reading,
    whatever reservations the host has made of those that are permitted.
    """

    label: str
    property: Property
    refuted: bool = False
    guard: Condition | None = None
    over: frozenset[Varied] = frozenset()
    span: Span = field(default=NOWHERE, compare=False)


# ---- cases ----
@dataclass(frozen=True, slots=True)
class Given:
    """A fact of a case: its path and what is known of it.

    path: a fact (`origin1.degree`), or `exercised NODE`, `declared INSTRUMENT/NAME`,
    `reserved INSTRUMENT/ARTICLE`, `parameter INSTRUMENT/NAME`, `adopted INSTRUMENT/ELEMENT`,
    `acquired INSTRUMENT/ELEMENT`.
    order: the members of a set in the order of the text (nationalities: first origin first).
    unit: of a parameter, what its number counts (`days`).
    """

    path: str
    possible: Possible
    order: tuple[str, ...] = ()
    unit: str = ""
    span: Span = field(default=NOWHERE, compare=False)


Person: TypeAlias = Literal["self", "other", "sponsor"]
ExpectationKind: TypeAlias = Literal[
    "at least",
    "at most",
    "not at least",
    "possible",
    "can be",
    "cannot be",
    "bottom",
    "same",
    "conflict",
    "no conflict",
    "term",
    "not term",
    "unknown term",
    "holds",
    "not holds",
    "defeats",
    "is",
    "ask",
]


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a case expects.

    names: rights of `same`, nodes of `holds` and `defeats`, the term, the fact to ask.
    by: key of the norm that must be among the reasons of a bound.
    values: for `is`, the level, option or country.
    """

    kind: ExpectationKind
    person: Person = "self"
    right: str = ""
    rank: int = 0
    by: str = ""
    names: tuple[str, ...] = ()
    value: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class CaseStatement:
    """An invented case beside an article, with what is expected of it.

    all_else_unknown: facts left out are unknown instead of ordinary.
    regime: the named list or instrument that it runs under on its day, among the parties of that
    day; "": its own file and those of `with`, in force for every host.
    """

    title: str
    host: str
    on: date | None
    given: tuple[Given, ...]
    expectations: tuple[Expectation, ...]
    other: tuple[Given, ...] = ()
    sponsor: tuple[Given, ...] = ()
    readings: tuple[Under, ...] = ()
    all_else_unknown: bool = False
    span: Span = field(default=NOWHERE, compare=False)
    regime: str = ""
