"""What a document declares, by name, before anything in it is resolved.

Documents may refer to one another, so names are gathered first. A statement that does not parse
still declares its name: its uses then raise no second report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lark import Token, Tree

from comity.agreement.spans import Span
from comity.language.documents import Document, Fence
from comity.language.faults import MOST, Fault
from comity.language.statements import Piece, cut
from comity.language.syntax import parse_statement

_DECLARES = re.compile(r"(?:soft\s+)?(\w+)\s+([A-Za-z][\w.]*|[0-9][\w.]*)(\s+of\s+place\b)?")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A statement with its tree (None where it did not parse), fence and article."""

    piece: Piece
    fence: Fence
    tree: Tree[Token] | None

    @property
    def article(self) -> str:
        """Id of the article it stands under."""
        return self.fence.article

    @property
    def is_last(self) -> bool:
        """Whether nothing follows it in its fence."""
        return cut(self.fence)[0][-1] == self.piece


@dataclass(frozen=True, slots=True)
class Declared:
    """A name that a document declares, and where.

    keyword: `term`, `table`, `choose`, `parameter`, `alternative`, `element`, `rule`, ...
    owner: id of the instrument.
    gives: for a table, the scale it gives as written (its own name if it says nothing).
    """

    name: str
    keyword: str
    line: int
    owner: str
    of_place: bool = False
    gives: str = ""
    parsed: bool = True


@dataclass
class Outline:
    """The statements of a document and the names that they declare.

    declarations: those that a host may have made, each with the id of the instrument.
    is_identified: its front matter could be read; if not, that has its own report.
    """

    id: str
    document: Document
    statements: list[Parsed] = field(default_factory=list)
    names: dict[str, Declared] = field(default_factory=dict)
    nodes: dict[str, Declared] = field(default_factory=dict)
    declarations: dict[str, str] = field(default_factory=dict)
    is_identified: bool = True
    faults: list[Fault] = field(default_factory=list)

    @property
    def called(self) -> str:
        """How a message names it."""
        return f"`{self.id}`"


@dataclass
class Together(Outline):
    """Several documents read as one, for a text that stands in none of them.

    Of a name that more than one declares the first one counts; its id is that of the first.
    """

    parts: tuple[Outline, ...] = ()

    def __post_init__(self) -> None:
        for part in reversed(self.parts):
            self.names |= part.names
            self.nodes |= part.nodes
            self.declarations |= part.declarations

    @property
    def called(self) -> str:
        """The one that it is, or all of them as a regime."""
        return self.parts[0].called if len(self.parts) == 1 else "the regime"


_NAMED = ("term", "table", "choose", "parameter", "alternative", "element")
_NUMBERED = ("rule", "exception", "power", "extend", "standstill", "prevalence")


def outline(document: Document, instrument: str) -> Outline:
    """Parses every statement of a document and gathers the names it declares."""
    made = Outline(instrument, document)
    for fence in document.fences:
        pieces, _after = cut(fence)
        for piece in pieces:
            heading = document.heading(fence.article)
            if len(made.faults) >= MOST:
                made.faults.append(too_many(document, piece.line, heading))
                return made
            result = parse_statement(piece, document.file, heading, document.lines)
            tree = None if isinstance(result, Fault) else result
            if isinstance(result, Fault):
                made.faults.append(result)
            made.statements.append(Parsed(piece, fence, tree))
            _declare(made, piece, tree is not None)
    return made


def too_many(document: Document, line: int, heading: str) -> Fault:
    """E115: nothing is read from this line on."""
    return Fault(
        "E115",
        f"{MOST} faults were found; from here on the file is not read",
        Span(document.file, line, 1, 1, heading),
        document.excerpt(line),
        suggestion="mend the first ones: the rest may follow from them",
    )


def _declare(made: Outline, piece: Piece, parsed: bool) -> None:
    match = _DECLARES.match(piece.text)
    if match is None:
        return
    keyword, name, of_place = match[1], match[2], bool(match[3])
    gives = ""
    if keyword == "table":
        found = re.search(r"\bgives\s+(\w+)", piece.text)
        gives = found[1] if found else name
    if keyword == "choose":
        name = name.rstrip(":")
    declared = Declared(name, keyword, piece.line, made.id, of_place, gives, parsed)
    if keyword in _NAMED:
        made.names.setdefault(name, declared)
    elif keyword in _NUMBERED:
        made.nodes.setdefault(name, declared)
