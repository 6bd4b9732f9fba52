"""Where in a file something stands, so that a message or a trace can point at it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one line of a file (lines and columns count from 1), and the article it is in.

    length: characters under the caret, at least 1.
    article: heading under which it stands, such as `Article 14. No one unreturnable`, or "".
    """

    file: str
    line: int
    column: int
    length: int = 1
    article: str = ""


NOWHERE = Span("", 0, 0)
