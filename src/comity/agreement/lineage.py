"""Where an encoding comes from, and what became of the text: no reader makes a position of these.

Belongs here: the lines and test vectors of an instrument's fact sheet with what stands for each,
and what a conclusion was carried into. Does not belong here: anything that bounds a right.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from comity.agreement.spans import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A numbered line of the fact sheet: the nodes that encode it, or why it has none.

    nodes: ids of rules and names of definitions of the same file, or the reason stands. A line
    that is encoded in part has a statement of each form.
    """

    number: str
    nodes: tuple[str, ...] = ()
    reason: str = ""
    note: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Vector:
    """A test vector of the fact sheet: titles of the cases that are it, or why none can be."""

    number: str
    cases: tuple[str, ...] = ()
    reason: str = ""
    note: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Carried:
    """A conclusion that became a condition or a law elsewhere: the chain that pressure takes.

    source, target: keys `INSTRUMENT/ID`; target is "" where the law stands in no file here, and
    words and states then name it. since: its first day. evidence: what shows the link.
    """

    source: str
    target: str
    words: str
    states: tuple[str, ...]
    since: date
    evidence: str
    doubt: str = ""
    span: Span = field(default=NOWHERE, compare=False)


LINE_REASONS = {
    "practice": "says what is done, not what is owed",
}
"""Why a line of a sheet has no rule, beside the reasons for paragraphs."""
