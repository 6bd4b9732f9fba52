"""Where an encoding comes from, and what became of the text: no reader makes a position of these.

Belongs here: the lines and test vectors of an instrument's fact sheet with what stands for each,
and what a conclusion was carried into. Does not belong here: anything that bounds a right.
"""

from __future__ import annotations

from collections.abc import Iterable
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


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain: how far from the start, what carried it, and whether it goes on here.

    repeats: the target was reached before on this chain; it is not walked again.
    """

    depth: int
    carried: Carried
    repeats: bool = False


def chain(carried: Iterable[Carried], start: Iterable[str]) -> tuple[Link, ...]:
    """What some nodes became, what that became, and so on, depth first by date.

    carried: the statements of the whole library. start: keys `INSTRUMENT/ID`.
    """
    by_source: dict[str, list[Carried]] = {}
    for one in carried:
        by_source.setdefault(one.source, []).append(one)
    found: list[Link] = []
    seen: set[str] = set()

    def walk(key: str, depth: int) -> None:
        for one in sorted(by_source.get(key, ()), key=lambda c: (c.since, c.target, c.words)):
            repeats = one.target in seen
            found.append(Link(depth, one, repeats))
            if one.target and not repeats:
                seen.add(one.target)
                walk(one.target, depth + 1)

    for key in start:
        if key not in seen:
            seen.add(key)
            walk(key, 0)
    return tuple(found)
