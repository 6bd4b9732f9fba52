"""A map's YAML as a tree of words with their lines: nothing is guessed from how a word looks.

`NO` stays Norway's code, `007` keeps its zeros, a key that stands twice is refused, and so are tags,
anchors and a second document: a map has no need of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from comity.count.register.faults import MapUnreadable
from comity.count.register.words import shown

LARGEST = 1_000_000
"""Characters of a map; a list of every country's code takes 10,000."""
DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Word:
    """A scalar as written. line: from 1."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A list."""

    items: tuple[Entry, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Keyed:
    """A mapping in the order of the text; `lines` says where each key stands."""

    entries: Mapping[str, Entry]
    lines: Mapping[str, int]
    line: int


Entry: TypeAlias = Word | Listed | Keyed


def read_tree(text: str) -> Keyed:
    """The tree of a map's text. Raises MapUnreadable (E480)."""
    if len(text) > LARGEST:
        raise MapUnreadable(f"the map has {len(text)} characters; {LARGEST} are read")
    if "\0" in text:
        raise MapUnreadable("the map is no text: it holds the character NUL")
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except RecursionError:
        raise MapUnreadable("the map nests too deep to be read") from None
    except MarkedYAMLError as cause:
        mark = cause.problem_mark or cause.context_mark
        raise _not_yaml(
            cause.problem or cause.context, 0 if mark is None else mark.line + 1
        ) from None
    except (YAMLError, ValueError) as cause:
        raise _not_yaml(str(cause), 0) from None
    if node is None:
        raise MapUnreadable("the map is empty")
    tree = _entry(node, 0)
    if not isinstance(tree, Keyed):
        raise MapUnreadable("a map is a list of `key: value` lines", line=tree.line)
    return tree


def _not_yaml(problem: str | None, line: int) -> MapUnreadable:
    told = shown(" ".join((problem or "unreadable").split()), most=200)
    return MapUnreadable(
        f"this is not YAML: {told}",
        suggestion="put a text with `:` or `#` in quotation marks; indent with spaces",
        line=line,
    )


def _entry(node: Any, depth: int) -> Entry:
    line = node.start_mark.line + 1
    if depth > DEEPEST:
        raise MapUnreadable(f"the map nests deeper than {DEEPEST} levels", line=line)
    _refuse_tags(node, line)
    if isinstance(node, ScalarNode):
        return Word(str(node.value), line)
    if isinstance(node, SequenceNode):
        return Listed(tuple(_entry(item, depth + 1) for item in node.value), line)
    assert isinstance(node, MappingNode)
    entries: dict[str, Entry] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        at = key.start_mark.line + 1
        if not isinstance(key, ScalarNode):
            raise MapUnreadable("a key is a word", line=at)
        _refuse_tags(key, at)
        word = str(key.value)
        if word in entries:
            raise MapUnreadable(
                f"the key `{shown(word)}` stands twice (first on line {lines[word]})",
                suggestion="keep one",
                line=at,
            )
        entries[word], lines[word] = _entry(value, depth + 1), at
    return Keyed(entries, lines, line)


def _refuse_tags(node: Any, line: int) -> None:
    if getattr(node, "anchor", None):
        raise MapUnreadable(
            "anchors and aliases are not read", suggestion="write it out", line=line
        )
    # what begins with `!` outside quotation marks is always a tag
    if node.start_mark.buffer[node.start_mark.pointer] == "!":
        raise MapUnreadable("tags such as `!!int` are not read", suggestion="delete it", line=line)
