"""An agreement cut for reading: its headings in order, under each prose and blocks of statements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comity.agreement.instruments import Article, Instrument, Statement
from comity.language.documents import Document

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_PARTS = 2
"""Headings up to this level begin a passage; deeper ones stand in the prose, unless an article's."""


@dataclass(frozen=True, slots=True)
class Part:
    """Prose, or the statements of one block."""

    prose: str = ""
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands under one heading. article: its id, "" of any other heading; level 0: before all."""

    article: str
    heading: str
    level: int
    line: int
    parts: tuple[Part, ...]


def passages_of(instrument: Instrument, document: Document) -> tuple[Passage, ...]:
    """The whole document in order; nothing of it is left out but empty stretches."""
    articles = {article.span.line: article for article in instrument.articles}
    starts = list(_starts(document, articles))
    ends = [start[0] for start in starts[1:]] + [len(document.lines) + 1]
    found = []
    for (line, level, heading), end in zip(starts, ends, strict=True):
        article = articles.get(line)
        parts = tuple(_parts(instrument, document, line + (level > 0), end))
        if parts or level:
            name = article.id if article else ""
            title = article.heading if article else heading
            found.append(Passage(name, title, level, line, parts))
    return tuple(found)


def _starts(document: Document, articles: dict[int, Article]) -> Iterator[tuple[int, int, str]]:
    """Line, level and words of each heading that begins a passage; the first is of level 0."""
    yield document.body_line, 0, ""
    inside = ""
    for number in range(document.body_line, len(document.lines) + 1):
        line = document.lines[number - 1]
        fence = _FENCE.match(line)
        if fence is not None:
            if not inside:
                inside = fence[1]
            elif fence[1][0] == inside[0] and len(fence[1]) >= len(inside):
                inside = ""
            continue
        heading = None if inside else _HEADING.match(line)
        if heading is not None and (len(heading[1]) <= _PARTS or number in articles):
            yield number, len(heading[1]), heading[2]


def _parts(instrument: Instrument, document: Document, first: int, end: int) -> Iterator[Part]:
    """Prose and blocks from one line up to another, which is not in it."""
    at = first
    for fence in document.fences:
        opening = fence.line - 1
        if not first <= opening < end:
            continue
        yield from _prose(document.lines[at - 1 : opening - 1])
        inside = tuple(
            made for made in instrument.statements if opening <= made.span.line <= fence.end
        )
        if inside:
            yield Part(statements=inside)
        at = fence.end + 1
    yield from _prose(document.lines[at - 1 : end - 1])


def _prose(lines: Sequence[str]) -> Iterator[Part]:
    text = "\n".join(lines).strip("\n")
    if text.strip():
        yield Part(prose=text)
