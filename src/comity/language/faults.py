"""A fault in a text: code, place, excerpt, what was possible and what to try."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from comity.agreement.spans import NOWHERE, Span
from comity.language.messages import REGISTRY

MOST = 200
"""Faults of one file that are told; after so many, something else is wrong than the single lines."""


@dataclass(frozen=True, slots=True)
class Place:
    """A further place that a fault involves, with its caption."""

    caption: str
    span: Span
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input, told to the person who can mend it.

    code: `E202`; its page is in the docs. message: one sentence, the user's words in back-ticks.
    excerpt: the line of the source. possible: what would have been accepted, in words.
    suggestion: one thing to try.
    """

    code: str
    message: str
    span: Span = NOWHERE
    excerpt: str = ""
    possible: str = ""
    suggestion: str = ""
    others: tuple[Place, ...] = ()

    @property
    def name(self) -> str:
        """The code's name, such as `unknown-level`."""
        return REGISTRY[self.code].name

    def __str__(self) -> str:
        return render(self)


class ComityError(Exception):
    """Base of every error that a caller may want to catch. `faults` says what is wrong, where."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(fault.message for fault in faults))
        self.faults = faults


class FaultFound(Exception):
    """Raised inside the language to give up one statement; collected, never shown as such."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class AlreadyReported(Exception):
    """A statement uses a name whose own statement is broken: one report is enough."""


MANY = 2000
"""Candidates that a near miss is sought among; of more, those with the same first letter."""


def nearest(word: str, candidates: Iterable[str]) -> str:
    """The candidate that looks most like the word, or "" if none does."""
    known = set(candidates)
    if len(known) > MANY:
        known = {name for name in known if name[:1] == word[:1]}
    short = [name for name in sorted(known)[:MANY] if len(name) <= 80]
    found = difflib.get_close_matches(word[:80], short, n=1, cutoff=0.6)
    return found[0] if found else ""


def did_you_mean(word: str, candidates: Iterable[str], *, otherwise: str = "") -> str:
    """``did you mean `x`?`` of the candidate most like the word; `otherwise` if none is."""
    guess = nearest(word, candidates)
    return f"did you mean `{guess}`?" if guess else otherwise


def list_words(words: Iterable[str], *, most: int = 12) -> str:
    """`a, b, c, ...` in the given order, cut where it gets long."""
    every = list(words)
    shown = ", ".join(every[:most])
    return f"{shown}, ..." if len(every) > most else shown


def render(fault: Fault) -> str:
    """The fault as the command line prints it: several lines, no colour."""
    lines = [f"{fault.code} {fault.name}: {fault.message}"]
    lines += _excerpt(fault.span, fault.excerpt, "")
    for place in fault.others:
        lines += _excerpt(place.span, place.excerpt, place.caption)
    if fault.possible:
        lines.append(f"  {fault.possible}")
    if fault.suggestion:
        lines.append(f"  try: {fault.suggestion}")
    return "\n".join(lines)


def _excerpt(span: Span, excerpt: str, caption: str) -> list[str]:
    if not span.file:
        return []
    where = f"  --> {span.file}:{span.line}:{span.column}"
    if span.article:
        where += f", {span.article}"
    if caption:
        where += f"  ({caption})"
    lines = [where]
    if excerpt:
        number = str(span.line)
        shown, column = _window(excerpt, span.column)
        lines.append(f"{number} | {shown}")
        carets = "^" * max(1, min(span.length, len(shown) - column + 1))
        lines.append(f"{' ' * len(number)} | {' ' * (column - 1)}{carets}")
    return lines


def _window(line: str, column: int, width: int = 100) -> tuple[str, int]:
    """A long line cut to a window around the column; control characters are shown as dots."""
    clean = "".join(c if c.isprintable() else "·" for c in line.replace("\t", " "))
    if len(clean) <= width:
        return clean, max(1, column)
    start = max(0, column - width // 2)
    return clean[start : start + width], max(1, column - start)


def render_gnu(fault: Fault) -> str:
    """One line for editors: `file:line:column: error: message [code]`."""
    span = fault.span
    return f"{span.file}:{span.line}:{span.column}: error: {fault.message} [{fault.code}]"
