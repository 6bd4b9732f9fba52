"""`comity fmt`: the statements of a document in canonical layout, everything else as it was.

Prose, headings and front matter are not touched. Comments are kept: those above a statement stay
above it, one at the end of a single line stays there, those within a statement of several lines
move above it, and those at the end of a block stay there. One blank line stays between statements
where there was one or more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from lark import Token, Tree

from comity.agreement.instruments import Statement
from comity.agreement.vocabulary import Vocabulary
from comity.language.documents import Document, Fence, read_document
from comity.language.faults import ComityError, Fault, FaultFound
from comity.language.front_matter import identity
from comity.language.outline import Outline, outline
from comity.language.printer import declaration_text, declarations, statement_text
from comity.language.printer_layout import Spelled, aligned
from comity.language.printer_vocabulary import Declaration
from comity.language.resolve import read_library
from comity.language.resolve_values import normal_unit
from comity.language.resolve_vocabulary import read_vocabulary
from comity.language.resolved import Library
from comity.language.statements import Piece, cut

Made = TypeVar("Made", Statement, Declaration)


def format_document(
    text: str, file: str, vocabulary: Vocabulary, *, beside: Iterable[Document] = ()
) -> str:
    """An agreement with its statements in canonical layout.

    beside: documents that it may refer to; one with the same id is left out.
    Raises ComityError with the faults of the text if it has any: nothing is guessed.
    """
    document = read_document(_line_ends(text), file)
    try:
        name = identity(document)[0]
    except FaultFound as found:
        raise ComityError(*document.faults, found.fault) from None
    others = [other for other in beside if _id_of(other) != name]
    library = read_library([*others, document], vocabulary)
    return format_read(library, name if name in library.instruments else "", file)


def format_read(library: Library, name: str, file: str = "") -> str:
    """An agreement of a library that was read, its statements in canonical layout.

    Raises ComityError with the faults of its file (`file`, where the agreement could not be read).
    """
    _refuse(file or library.documents[name].file, library.faults)
    document = library.documents[name]
    read = outline(document, name)
    statements = library.instruments[name].statements

    def printed(made: Statement, spelled: Spelled) -> str:
        return statement_text(made, library.vocabulary, instrument=name, spelled=spelled)

    return _reprinted(document, read, {made.span.line: made for made in statements}, printed)


def format_vocabulary(text: str, file: str, *, beside: Iterable[Document] = ()) -> str:
    """A file of the vocabulary with its declarations in canonical layout.

    beside: the other files of the vocabulary, whose words it may use.
    Raises ComityError with the faults of the text if it has any.
    """
    document = read_document(_line_ends(text), file)
    read = outline(document, "vocabulary")
    others = [outline(other, "vocabulary") for other in beside if other.file != file]
    vocabulary, faults = read_vocabulary([*others, read])
    _refuse(file, faults)
    declared = {made.span.line: made for made in declarations(vocabulary) if made.span.file == file}

    def printed(made: Declaration, spelled: Spelled) -> str:
        return declaration_text(made, vocabulary, spelled=spelled)

    return _reprinted(document, read, declared, printed)


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _id_of(document: Document) -> str:
    try:
        return identity(document)[0]
    except FaultFound:
        return ""


def _refuse(file: str, faults: Iterable[Fault]) -> None:
    own = [fault for fault in faults if fault.span.file == file]
    if own:
        raise ComityError(*own)


def _reprinted(
    document: Document,
    read: Outline,
    made: Mapping[int, Made],
    printed: Callable[[Made, Spelled], str],
) -> str:
    """The document with what stands in its blocks printed anew, by the line it begins on."""
    by_piece = _by_piece(read, made)
    texts = {line: printed(one, _spelled(tree)) for line, (one, tree) in by_piece.items()}
    return _rewritten(document, texts)


def _by_piece(read: Outline, made: Mapping[int, Made]) -> dict[int, tuple[Made, Tree[Token]]]:
    """What stands in each piece, by the piece's first line."""
    found = {}
    for parsed in read.statements:
        piece = parsed.piece
        for line in range(piece.line, _end(piece) + 1):
            if line in made and parsed.tree is not None:
                found[piece.line] = (made[line], parsed.tree)
                break
    return found


def _end(piece: Piece) -> int:
    return piece.line + piece.text.count("\n")


def _spelled(tree: Tree[Token]) -> Spelled:
    """How a statement wrote its amounts: 60 months as `5 years`, 5 persons as `5`."""
    found: dict[tuple[int, str], str] = {}
    leaves = list(tree.scan_values(lambda leaf: isinstance(leaf, Token)))
    for index, leaf in enumerate(leaves):
        if leaf.type != "INT":
            continue
        after = leaves[index + 1] if index + 1 < len(leaves) else leaf
        before = leaves[index - 2 : index]
        if after.type == "UNIT":
            unit = str(after)
        elif [part.type for part in before] == ["UNIT", "UPTO"]:
            unit = str(before[0])
        else:
            found.setdefault((int(leaf), ""), str(leaf))
            continue
        months = 12 if unit.startswith("year") else 1
        found.setdefault((months * int(leaf), normal_unit(unit)), f"{int(leaf)} {unit}")
    return found


# ---- the document around the statements ----
def _rewritten(document: Document, printed: Mapping[int, str]) -> str:
    """The document with its blocks printed anew; from the last to the first, so that lines stay."""
    lines = list(document.lines)
    for fence in reversed(document.fences):
        opening = lines[fence.line - 2]
        margin = opening[: len(opening) - len(opening.lstrip())]
        if not opening.lstrip().startswith(("`", "~")):
            continue  # the block stands in a quotation or opens a list item: its lines are not ours
        pieces, _after = cut(fence)
        if fence.table is not None and pieces and pieces[-1].keyword == "table":
            start, end = fence.table.line - 1, fence.table.end
            lines[start:end] = _table(lines[start:end], fence)
        block = _block(fence, pieces, printed)
        lines[fence.line - 1 : fence.end - 1] = [f"{margin}{line}".rstrip() for line in block]
    return "\n".join(lines)


def _table(lines: Sequence[str], fence: Fence) -> list[str]:
    assert fence.table is not None
    margin = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    marks = [mark.strip() for mark in lines[1].strip().strip("|").split("|")]
    header = [cell.text for cell in fence.table.header]
    rows = [[cell.text for cell in row] for row in fence.table.rows]
    return [f"{margin}{line}" for line in aligned(header, rows, marks)]


def _block(fence: Fence, pieces: Sequence[Piece], printed: Mapping[int, str]) -> list[str]:
    source = fence.text.removesuffix("\n").split("\n")
    made: list[str] = []
    done = 0
    for piece in pieces:
        made += _tidy(source[done : piece.line - fence.line], first=not made)
        text = printed.get(piece.line, piece.text)
        done = _end(piece) - fence.line + 1
        if len(piece.inside) == 1 and "\n" not in piece.text and "\n" not in text:
            made.append(f"{text}  {piece.inside[0]}")
        else:
            made += [*piece.inside, *text.split("\n")]
    made += _tidy(source[done:], first=not made)
    while made and not made[-1]:
        made.pop()
    return made


def _tidy(between: Iterable[str], *, first: bool) -> list[str]:
    """Comments and blank lines between statements: in column 0, one blank line at most in a row."""
    made: list[str] = []
    for line in between:
        text = line.strip()
        if text or (made and made[-1]) or (not made and not first):
            made.append(text)
    return made
