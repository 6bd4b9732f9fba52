"""Links from a dossier's page to the reading room beside it: every article and text that it names.

A page names articles in words (`TITLE, Article 14. Heading`), so they are found by their words: in
the text between tags, never within another link, a heading that folds, or a drawing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import escape

from comity.brief.reading_pages import anchor_of, rule_anchor

_TAG = re.compile(r"(<[^>]*>)")
_CLOSED = ("a", "summary", "style", "script", "title", "svg", "button", "h1", "caption", "option")
"""Elements within which no link is made."""
_NAME = re.compile(r"</?([a-zA-Z0-9]+)")
_RULE = re.compile(r"(?:rule )?([0-9A-Za-z.]+)(?: \(|(?=$|[;:,. ]))")
_NUMBERS = re.compile(r": Articles? ")
_NUMBER = re.compile(r"\s*(?:(?:Protocol|Annex) )?[0-9A-Z][0-9A-Za-z. ]*")
NAV_END = "</ol></div>\n</nav>"
NAV_ENTRY = '  <li><a href="reading/index.html">The texts themselves</a></li>\n  '


@dataclass(frozen=True)
class _Text:
    """An instrument of the reading room: addresses of its articles by heading and by number."""

    id: str
    passages: Sequence[Mapping[str, Any]]

    @cached_property
    def by_heading(self) -> Sequence[tuple[str, str]]:
        """Headings as a page shows them, the longest first, each with its address."""
        found = [
            (str(escape(p["heading"])), self.article(p["id"])) for p in self.passages if p["id"]
        ]
        return sorted(found, key=lambda pair: -len(pair[0]))

    @cached_property
    def by_number(self) -> Mapping[str, str]:
        """`14`, `25 bis`, `Annex B`: the number of each article as it is said."""
        return {
            heading.partition(". ")[0].removeprefix("Article "): address
            for heading, address in self.by_heading
        }

    @cached_property
    def rules(self) -> Mapping[str, str]:
        """Addresses of rules by their number."""
        return {
            made["name"]: f"{self.address}#{rule_anchor(made['key'])}"
            for passage in self.passages
            for part in passage["parts"]
            for made in part["statements"]
            if made["key"] and " " not in made["key"]
        }

    @property
    def address(self) -> str:
        """Of its page, from the dossier's."""
        return f"reading/{self.id}.html"

    def article(self, article: str) -> str:
        """Of one of its articles."""
        return f"{self.address}#{anchor_of(f'{self.id}/{article}')}"


def linked(page: str, readings: Mapping[str, Mapping[str, Any]]) -> str:
    """A dossier's page with links to `reading/`, and an entry for it among its contents.

    readings: documents of the pages there, by id; the page is handed back as it was without any.
    """
    if not readings:
        return page
    texts = {
        str(escape(reading["instrument"]["title"])): _Text(name, reading["passages"])
        for name, reading in readings.items()
    }
    titles = re.compile("|".join(map(re.escape, sorted(texts, key=len, reverse=True))))
    open_: list[str] = []
    made = []
    for piece in _TAG.split(page):
        if not piece.startswith("<"):
            made.append(piece if open_ or not piece.strip() else _linked(piece, titles, texts))
            continue
        name = _NAME.match(piece)
        if name is not None and name[1].lower() in _CLOSED and not piece.endswith("/>"):
            if piece.startswith("</"):
                if open_:
                    open_.pop()
            else:
                open_.append(name[1])
        made.append(piece)
    return "".join(made).replace(NAV_END, NAV_ENTRY + NAV_END, 1)


def _linked(piece: str, titles: re.Pattern[str], texts: Mapping[str, _Text]) -> str:
    """A stretch of text with its articles linked; a title that stands alone leads to its page."""
    if piece in texts:
        return f'<a href="{texts[piece].address}">{piece}</a>'
    made, at = [], 0
    for found in titles.finditer(piece):
        if found.start() < at:
            continue
        end, words = _after(piece, found.end(), texts[found[0]])
        if words:
            made += [piece[at : found.end()], words]
            at = end
    return "".join([*made, piece[at:]])


def _after(piece: str, at: int, text: _Text) -> tuple[int, str]:
    """What follows a title, linked, and where it ends: an article, a rule, or several numbers."""
    if piece.startswith(", ", at):
        rest = piece[at + 2 :]
        for heading, address in text.by_heading:
            if rest.startswith(heading):
                return at + 2 + len(heading), f', <a href="{address}">{heading}</a>'
        rule = _RULE.match(rest)
        if rule is not None and rule[1].rstrip(".") in text.rules:
            name = rule[1].rstrip(".")
            end = at + 2 + rule.start(1) + len(name)
            before = rest[: rule.start(1)]
            return end, f', {before}<a href="{text.rules[name]}">{name}</a>'
    several = _NUMBERS.match(piece, at)
    if several is not None:
        return _numbers(piece, at, several.end(), text)
    return at, ""


def _numbers(piece: str, at: int, start: int, text: _Text) -> tuple[int, str]:
    """`: Articles 1A, 33, Annex B` with each number linked that is an article's."""
    made, here = [piece[at:start]], start
    for number in piece[start:].split(", "):
        name = _NUMBER.match(number)
        word = name[0].strip().rstrip(".") if name is not None else ""
        address = text.by_number.get(word)
        if address is None:
            break
        if here > start:
            made.append(", ")
            here += 2
        made.append(f'<a href="{address}">{word}</a>')
        here += len(word)
        if len(word) < len(number):
            break
    return here, "".join(made)
