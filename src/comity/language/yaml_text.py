"""YAML and JSON as a tree of texts with positions: nothing is guessed from how a word looks.

`NO` stays the word NO, `2015-02-31` stays a word until somebody asks for a date, and a key that
stands twice is a fault. Anchors and tags are refused: a record has no need of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NoReturn, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from comity.agreement.spans import Span
from comity.language.faults import Fault, FaultFound, did_you_mean

DEEPEST = 12
"""Levels that a record may nest; front matter and cases need four."""


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar as written. plain: not in quotation marks."""

    text: str
    span: Span
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Entry, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping in the order of the text; `keys` says where each key stands."""

    entries: Mapping[str, Entry]
    keys: Mapping[str, Span]
    span: Span


Entry: TypeAlias = Text | Items | Fields


@dataclass(frozen=True, slots=True)
class Source:
    """The file that a record stands in, for excerpts."""

    file: str
    lines: tuple[str, ...]
    first_line: int = 1

    def fail(
        self, code: str, span: Span, message: str, *, possible: str = "", suggestion: str = ""
    ) -> NoReturn:
        """Gives up with a fault at a place."""
        line = self.lines[span.line - 1] if 0 < span.line <= len(self.lines) else ""
        told = " ".join(message.split())  # a key or text of a record may have line breaks
        raise FaultFound(Fault(code, told, span, line, possible, suggestion))


def read_yaml(text: str, source: Source) -> Entry | None:
    """The tree of a YAML text; None if it is empty. Raises FaultFound (E120, E121, E122)."""
    here = Span(source.file, source.first_line, 1)
    too_deep = _too_many_brackets(text)
    if too_deep:
        where = Span(source.file, source.first_line + too_deep - 1, 1)
        source.fail("E121", where, f"the record nests deeper than {DEEPEST} levels")
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except RecursionError:
        source.fail("E121", here, "the record nests too deep to be read")
    except MarkedYAMLError as cause:
        mark = cause.problem_mark or cause.context_mark
        where = here if mark is None else _span(mark, source)
        problem = " ".join((cause.problem or cause.context or "unreadable").split())
        source.fail(
            "E120",
            where,
            f"this is not YAML: {problem}",
            suggestion="put a text with `:` or `#` in quotation marks; indent with spaces",
        )
    except (YAMLError, ValueError) as cause:
        source.fail("E120", here, f"this is not YAML: {' '.join(str(cause).split())}")
    return None if node is None else _entry(node, source, 0)


def _too_many_brackets(text: str) -> int:
    """The line on which far too many brackets are open, 0 if none: the reader would take minutes."""
    depth = line = 0
    for mark in re.findall(r"[\[\]{}\n]", text):
        line += int(mark == "\n")
        depth += int(mark in "[{") - int(mark in "]}")
        if depth > 10 * DEEPEST:
            return line + 1
    return 0


def _entry(node: Any, source: Source, depth: int) -> Entry:
    span = _span(node.start_mark, source)
    if depth > DEEPEST:
        source.fail("E121", span, f"the record nests deeper than {DEEPEST} levels")
    _only_text(node, source)
    if isinstance(node, ScalarNode):
        return Text(str(node.value), span, node.style not in ("'", '"'))
    if isinstance(node, SequenceNode):
        return Items(tuple(_entry(item, source, depth + 1) for item in node.value), span)
    assert isinstance(node, MappingNode)
    entries: dict[str, Entry] = {}
    keys: dict[str, Span] = {}
    for key, value in node.value:
        where = _span(key.start_mark, source)
        if not isinstance(key, ScalarNode):
            source.fail("E120", where, "a key is a word")
        _only_text(key, source)
        word = str(key.value)
        where = Span(where.file, where.line, where.column, max(1, len(word)))
        if word in entries:
            source.fail(
                "E122",
                where,
                f"the key `{word[:60]}` stands twice (first on line {keys[word].line})",
                suggestion="keep one",
            )
        entries[word] = _entry(value, source, depth + 1)
        keys[word] = where
    return Fields(entries, keys, span)


def _only_text(node: Any, source: Source) -> None:
    """E120 for a node with an anchor or a tag; what begins with `!` unquoted is always a tag."""
    where = _span(node.start_mark, source)
    if getattr(node, "anchor", None):
        source.fail("E120", where, "anchors and aliases are not read", suggestion="write it out")
    if node.start_mark.buffer[node.start_mark.pointer] == "!":
        source.fail("E120", where, "tags such as `!!int` are not read", suggestion="delete the tag")


def _span(mark: Any, source: Source) -> Span:
    return Span(source.file, source.first_line + mark.line, mark.column + 1)


def read_json(text: str, source: Source) -> Entry:
    """The tree of a JSON text; positions are those of the file's beginning."""
    here = Span(source.file, 1, 1)

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in items:
            if key in found:
                source.fail("E122", here, f"the key `{key}` stands twice")
            found[key] = value
        return found

    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_float=str, parse_int=str)
    except RecursionError:
        source.fail("E121", here, "the record nests too deep to be read")
    except json.JSONDecodeError as cause:
        source.fail(
            "E120", Span(source.file, cause.lineno, cause.colno), f"this is not JSON: {cause.msg}"
        )
    return _from_json(value, source, here, 0)


def _from_json(value: Any, source: Source, here: Span, depth: int) -> Entry:
    if depth > DEEPEST:
        source.fail("E121", here, f"the record nests deeper than {DEEPEST} levels")
    if isinstance(value, dict):
        entries = {k: _from_json(v, source, here, depth + 1) for k, v in value.items()}
        return Fields(entries, dict.fromkeys(entries, here), here)
    if isinstance(value, list):
        return Items(tuple(_from_json(v, source, here, depth + 1) for v in value), here)
    if isinstance(value, bool):
        return Text("yes" if value else "no", here)
    if value is None:
        return Text("", here)
    return Text(str(value), here)


def read_record(text: str, source: Source) -> Entry:
    """The tree of a record, no fields if it is empty.

    JSON is checked as JSON and then read as YAML, which knows the columns.
    """
    if not source.file.lower().endswith(".json"):
        tree = read_yaml(text, source)
        return Fields({}, {}, Span(source.file, 1, 1)) if tree is None else _checked(tree, source)
    try:
        said = read_json(text, source)
    except FaultFound as found:
        if found.fault.code == "E122":
            read_yaml(text, source)  # finds the same key with its line
        raise
    try:
        tree = read_yaml(text, source)
    except FaultFound:  # JSON that is no YAML: tabs at the beginning of a line
        tree = None
    placed = None if tree is None else _as_json(tree)
    same = placed is not None and _words(placed) == _words(said)
    return _checked(placed if placed is not None and same else said, source)


def _as_json(entry: Entry) -> Entry:
    """A tree read as YAML with the words that `read_json` has for true, false and null."""
    if isinstance(entry, Text):
        words = {"true": "yes", "false": "no", "null": ""} if entry.plain else {}
        return replace(entry, text=words.get(entry.text, entry.text))
    if isinstance(entry, Items):
        return replace(entry, items=tuple(_as_json(item) for item in entry.items))
    return replace(entry, entries={key: _as_json(item) for key, item in entry.entries.items()})


def _words(entry: Entry) -> object:
    """What a tree says, without where it says it."""
    if isinstance(entry, Text):
        return entry.text
    if isinstance(entry, Items):
        return [_words(item) for item in entry.items]
    return {key: _words(item) for key, item in entry.entries.items()}


def _checked(entry: Entry, source: Source) -> Entry:
    """The same tree. E102 if an escape in it is half a character, which nobody could print."""
    words = [entry.text] if isinstance(entry, Text) else []
    inner: Iterable[Entry] = entry.items if isinstance(entry, Items) else ()
    if isinstance(entry, Fields):
        words, inner = list(entry.keys), entry.entries.values()
    if any("\ud800" <= character <= "\udfff" for word in words for character in word):
        source.fail("E102", entry.span, "an escape here stands for half a character")
    for one in inner:
        _checked(one, source)
    return entry


# ---- asking for a kind of value ----
def fields(entry: Entry, source: Source, what: str) -> Fields:
    """A mapping. E123 for anything else."""
    if not isinstance(entry, Fields):
        source.fail("E123", entry.span, f"{what} is a list of `key: value` lines")
    return entry


def items(entry: Entry, source: Source, what: str) -> tuple[Entry, ...]:
    """A list. E123 for anything else."""
    if not isinstance(entry, Items):
        source.fail("E123", entry.span, f"{what} is a list", suggestion="write [one, two]")
    return entry.items


def text(entry: Entry, source: Source, what: str) -> str:
    """A text. E123 for anything else."""
    if not isinstance(entry, Text):
        source.fail("E123", entry.span, f"{what} is a text")
    return entry.text


def day(entry: Entry, source: Source, what: str) -> date:
    """A day. E206 if the calendar has no such day."""
    word = text(entry, source, what)
    try:
        return date.fromisoformat(word)
    except ValueError:
        source.fail(
            "E206",
            entry.span,
            f"`{word[:40]}` is not a day of the calendar ({what})",
            suggestion="write year-month-day, such as 2015-02-28",
        )


def whole(entry: Entry, source: Source, what: str) -> int:
    """A whole number from 0. E123 for anything else."""
    word = text(entry, source, what)
    if not (word.isascii() and word.isdigit()) or len(word) > 9:
        source.fail("E123", entry.span, f"{what} is a whole number, not `{word[:40]}`")
    return int(word)


def yes_no(entry: Entry, source: Source, what: str) -> bool:
    """`yes` or `no` (`true` and `false` are read too). E123 for anything else."""
    word = text(entry, source, what)
    if word in ("yes", "true", "True"):
        return True
    if word in ("no", "false", "False"):
        return False
    source.fail("E123", entry.span, f"{what} is yes or no, not `{word[:40]}`")


def only_keys(found: Fields, known: tuple[str, ...], source: Source, what: str) -> None:
    """E124 for a key that is not known there, with the nearest one that is."""
    for key, span in found.keys.items():
        if key not in known:
            source.fail(
                "E124",
                span,
                f"{what} has no `{key[:60]}`",
                possible=f"keys: {', '.join(known)}",
                suggestion=did_you_mean(key, known),
            )
