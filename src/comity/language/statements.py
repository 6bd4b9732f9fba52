"""The cutter: a fence into statements, at lines that begin in column 0.

Layout, not grammar, is what the reader falls back on after a fault, so that each statement is
judged alone. Comments (`#` to the end of the line, outside quotation marks) are kept beside the
statement for the formatter.
"""

from __future__ import annotations

from dataclasses import dataclass

from comity.language.documents import Fence


@dataclass(frozen=True, slots=True)
class Piece:
    """One statement as text: comments blanked out, line breaks and columns kept.

    line: the file's line on which it begins. above: comment lines before it. inside: comments
    within it, in order.
    """

    text: str
    line: int
    above: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()

    @property
    def keyword(self) -> str:
        """Its first word."""
        words = self.text.split(None, 1)
        return words[0].rstrip(":") if words else ""


def cut(fence: Fence) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """The statements of a fence, and the comments after the last of them."""
    pieces: list[Piece] = []
    above: list[str] = []
    current: list[str] = []
    inside: list[str] = []
    pending: list[str] = []
    start = fence.line
    quoted = False

    def close() -> None:
        nonlocal above, current, inside
        if current:
            text = "\n".join(current).rstrip()
            pieces.append(Piece(text, start, tuple(above), tuple(inside)))
            above, current, inside = [], [], []

    for number, line in enumerate(fence.text.split("\n"), fence.line):
        if line[:1].strip():  # a text in quotation marks ends with its statement at the latest
            quoted = False
        code, comment, quoted = split_comment(line, quoted)
        if code.strip() and not code[0].isspace():
            close()
            above += pending
            pending = []
            start = number
            current = [code.rstrip()]
            if comment:
                inside.append(comment)
        elif code.strip():
            if not current:  # an indented line with nothing to continue stands for itself
                above += pending
                start = number
            else:
                inside += pending
            pending = []
            current.append(code.rstrip())
            if comment:
                inside.append(comment)
        elif comment:
            pending.append(comment)
            if current:
                current.append("")
        elif current:
            current.append("")
    close()
    return tuple(pieces), tuple(pending)


def split_comment(line: str, quoted: bool = False) -> tuple[str, str, bool]:
    """A line without its comment, the comment with its `#`, and whether a text goes on after it.

    quoted: the line begins within a text in quotation marks.
    """
    for index, character in enumerate(line):
        if character == '"':
            quoted = not quoted
        elif character == "#" and not quoted:
            return line[:index], line[index:].rstrip(), False
    return line, "", quoted
