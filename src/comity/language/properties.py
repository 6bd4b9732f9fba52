"""A property as a user types it on a command line, outside any document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lark import Token, Tree

from comity.agreement.spans import Span
from comity.agreement.statements import Proof
from comity.language.context import Context
from comity.language.documents import Document, Fence, decode
from comity.language.faults import AlreadyReported, ComityError, Fault, FaultFound, did_you_mean
from comity.language.outline import Outline, Parsed, Together
from comity.language.resolve_proofs import stated
from comity.language.resolved import Library
from comity.language.statements import Piece
from comity.language.syntax import parse_property

PLACE = "--property"
"""What faults name as the file."""


def read_property(text: str, library: Library, instruments: Iterable[str]) -> Proof:
    """The proof of a property such as `no gap on stay when age less than 18 years over readings`.

    instruments: ids of the regime's, in its order. Terms, rules, elements, parameters, tables,
    choices and declarations are theirs; of a name that several of them declare, the first one's;
    `parties` are those of the first. `imfc/refugee` and `imfc/14.1` may be of any in the library.
    The label of the proof is the text. Raises ComityError with `PLACE` as the file.
    """
    whole = decode(text.encode("utf-8", "surrogatepass"), PLACE)
    if isinstance(whole, Fault):
        raise ComityError(whole)
    whole = whole.strip()
    lines = tuple(whole.split("\n"))
    parsed = parse_property(whole, PLACE)
    if isinstance(parsed, Fault):
        raise ComityError(parsed)
    context = _context(parsed, Document(PLACE, lines, "", 1, 1, (), ()), library, instruments)
    try:
        made = stated(context, parsed)
    except FaultFound as found:
        raise ComityError(found.fault) from None
    except AlreadyReported:
        raise ComityError(*library.faults) from None
    return replace(made, label=" ".join(whole.split()), span=Span(PLACE, 1, 1, len(lines[0])))


def _context(
    tree: Tree[Token], document: Document, library: Library, instruments: Iterable[str]
) -> Context:
    """The property as the one statement of a document of its own."""
    # an instrument that was made from data has no document, and declares no name that can be said
    written = [n for n in instruments if n in library.outlines or n not in library.instruments]
    parts = tuple(_outline(name, library) for name in written)
    first = parts[0].id if parts else ""
    text = "\n".join(document.lines)
    statement = Parsed(Piece(text, 1), Fence(1, text, len(document.lines), ""), tree)
    own = Together(first, document, parts=parts)
    return Context(library.vocabulary, library.outlines, own, statement)


def _outline(name: str, library: Library) -> Outline:
    if name not in library.outlines:
        raise ComityError(
            Fault(
                "E304",
                f"there is no instrument `{name[:60]}`",
                suggestion=did_you_mean(name, library.outlines),
            )
        )
    return library.outlines[name]
