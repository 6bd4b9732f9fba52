"""A literate agreement as a document: front matter, articles, fences, tables. No meaning yet."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt

from comity.agreement.instruments import Article, article_name
from comity.agreement.spans import Span
from comity.language.faults import Fault

LARGEST = 5 * 1024 * 1024
"""Bytes that a text may have at most."""

_HEADING = re.compile(
    r"^(?:Article|Art\.)\s+(?P<article>\d+)\s*(?P<suffix>bis|ter|quater|[A-Z])?(?![\w.]\w)"
    r"|^Annex(?:\s+(?P<annex>[A-Z0-9]{1,4}))?(?=[.:\s]|$)"
    r"|^Protocol\s+(?P<protocol>\d+)(?:,\s*Article\s+(?P<number>\d+[A-Za-z]*))?",
)
_DIRECTION_MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a Markdown table, with the column of the file where its text begins."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class MarkdownTable:
    """A table: header cells and rows of cells."""

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced `comity` block: its first line of content, and the table right after it if any."""

    line: int
    text: str
    end: int
    article: str
    table: MarkdownTable | None = None


@dataclass(frozen=True)
class Document:
    """A text cut into its parts. `lines` are those of the normalised text, without line ends."""

    file: str
    lines: tuple[str, ...]
    front_matter: str
    front_matter_line: int
    body_line: int
    fences: tuple[Fence, ...]
    articles: tuple[Article, ...]
    faults: tuple[Fault, ...] = field(default=())

    def excerpt(self, line: int) -> str:
        """A line of the file, "" beyond its end."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""

    def heading(self, article: str) -> str:
        """`Article 14. Title` for an article's id."""
        found = next((a for a in self.articles if a.id == article), None)
        return found.heading if found else (article_name(article) if article else "")


def decode(raw: bytes, file: str) -> str | Fault:
    """Text of the bytes of a file: UTF-8, no byte-order mark, `\\n` line ends, no hidden marks."""
    if len(raw) > LARGEST:
        size = f"{len(raw) / 1048576:.1f} MB"
        return Fault(
            "E101",
            f"the file has {size}, more than the 5 MB that a text may have",
            Span(file, 1, 1),
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        at = raw[: cause.start].count(b"\n") + 1
        return Fault(
            "E102",
            "the file is not text in UTF-8",
            Span(file, at, 1),
            suggestion="save it as UTF-8; a Word or PDF file must be exported as text first",
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(text.split("\n"), 1):
        for column, character in enumerate(line, 1):
            if character in _DIRECTION_MARKS:
                return Fault(
                    "E103",
                    f"a hidden mark U+{ord(character):04X} changes the direction of the text",
                    Span(file, number, column),
                    line,
                    suggestion="delete it: it can make a rule read differently from what is encoded",
                )
            if character < " " and character != "\t":
                return Fault(
                    "E102",
                    f"a control character U+{ord(character):04X} is in the text",
                    Span(file, number, column),
                    line,
                    suggestion="delete it; the file may not be text",
                )
    return text


def read_document(text: str, file: str) -> Document:
    """Cuts a normalised text into front matter, articles, fences and tables.

    Structural faults (duplicate articles, a fence that is never closed) are in `faults`.
    """
    lines = tuple(text.split("\n"))
    front, front_line, body_line = _front_matter(lines)
    body = "\n".join(lines[body_line - 1 :])
    # Blocks are all that is asked for: what stands within a paragraph is never looked at.
    tokens = MarkdownIt("commonmark").enable("table").disable("inline").parse(body)
    offset = body_line - 1
    faults: list[Fault] = []
    articles: list[tuple[str, str, int]] = []
    current = ""
    fences: list[Fence] = []
    for index, token in enumerate(tokens):
        if token.map is None:
            continue
        line = token.map[0] + offset + 1
        if token.type == "heading_open" and token.tag in ("h1", "h2", "h3"):
            current, found = _article(tokens[index + 1].content, current, token.tag)
            if found:
                articles.append((current, found[1], line))
        elif token.type == "fence" and token.info.split()[:1] == ["comity"]:
            end = token.map[1] + offset
            # a block may stand within a quotation or a list
            closed = lines[end - 1].lstrip(" \t>").startswith(token.markup) and end > line
            if not closed:
                faults.append(
                    Fault(
                        "E104",
                        "the `comity` block is never closed",
                        Span(file, line, 1, 3),
                        lines[line - 1],
                        suggestion=f"put {token.markup} on a line of its own after it",
                    )
                )
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            table = None
            if following is not None and following.type == "table_open" and following.map:
                table = _table(lines, following.map[0] + offset, following.map[1] + offset)
            fences.append(Fence(line + 1, token.content, end, current, table))
    faults += _duplicate_articles(articles, file, lines)
    return Document(
        file,
        lines,
        front,
        front_line,
        body_line,
        tuple(fences),
        _with_text(articles, lines, file),
        tuple(faults),
    )


def _front_matter(lines: tuple[str, ...]) -> tuple[str, int, int]:
    if not lines or lines[0].strip() != "---":
        return "", 1, 1
    for number, line in enumerate(lines[1:], 2):
        if line.strip() == "---":
            return "\n".join(lines[1 : number - 1]) + "\n", 2, number + 1
    return "", 1, 1


def article_id(heading: str) -> tuple[str, str] | None:
    """Id and title of an article's heading, or None: `Article 25 bis. ILO` is `25bis`, `ILO`."""
    match = _HEADING.match(heading.strip())
    if match is None:
        return None
    title = heading.strip()[match.end() :].strip(" .:").strip()
    if match["article"]:
        return match["article"] + (match["suffix"] or "").strip(), title
    if match["protocol"]:
        protocol = f"prot{match['protocol']}"
        return (f"{protocol}.{match['number']}" if match["number"] else protocol), title
    return f"annex{match['annex'] or ''}", title


def _article(heading: str, current: str, tag: str) -> tuple[str, tuple[str, str] | None]:
    found = article_id(heading)
    if found:
        return found[0], found
    # A heading of the same or a higher rank that is no article ends the article above it.
    return ("" if tag in ("h1", "h2") else current), None


def _duplicate_articles(
    articles: list[tuple[str, str, int]], file: str, lines: tuple[str, ...]
) -> list[Fault]:
    seen: dict[str, int] = {}
    faults = []
    for article, _title, line in articles:
        if article in seen:
            faults.append(
                Fault(
                    "E105",
                    f"`{article_name(article)}` stands twice in this file (first on line {seen[article]})",
                    Span(file, line, 1, len(lines[line - 1])),
                    lines[line - 1],
                    suggestion="join the two, or give the second its own number",
                )
            )
        seen.setdefault(article, line)
    return faults


def _with_text(
    articles: list[tuple[str, str, int]], lines: tuple[str, ...], file: str
) -> tuple[Article, ...]:
    made = []
    seen: set[str] = set()
    for index, (article, title, line) in enumerate(articles):
        if article in seen:
            continue
        seen.add(article)
        end = articles[index + 1][2] - 1 if index + 1 < len(articles) else len(lines)
        text = "\n".join(lines[line:end]).strip()
        made.append(Article(article, title, text, Span(file, line, 1)))
    return tuple(made)


def _table(lines: tuple[str, ...], start: int, end: int) -> MarkdownTable:
    rows = [_cells(lines[number], number + 1) for number in range(start, end)]
    return MarkdownTable(rows[0], tuple(rows[2:]), start + 1, end)


def _cells(line: str, number: int) -> tuple[Cell, ...]:
    cells = []
    column = 1
    for index, piece in enumerate(line.split("|")):
        text = piece.strip()
        start = column + len(piece) - len(piece.lstrip()) if text else column
        if not (index == 0 and not text):
            cells.append(Cell(text, number, start))
        column += len(piece) + 1
    if cells and not cells[-1].text and line.rstrip().endswith("|"):
        cells.pop()
    return tuple(cells) or (Cell("", number, 1),)
