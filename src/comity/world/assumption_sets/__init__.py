"""Named sets of assumptions as files, and the reader that refuses what no set may say.

Belongs here: the files (`*.toml`), what they become, and their reading. Does not belong here:
what an assumption does to a record (`comity.world.assumptions`).

A file has `name` (that of the file), `sentence`, `rest` if it has one, and any number of
`[[assumption]]`, each with `fact`, `value`, `sentence`, and `except_origins` or `only` if it has
them. A value is yes or no, a number, a word, or one of

    { at_least = "none", at_most = "minor" }    levels of a scale
    { any_but = ["none"] }                      any other option of an enumeration
    { of_the_record = "origin" }                the origin of the record
    { of_the_record = "only_nationality" }      that origin, and no other nationality
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from comity.world.conflict import DEGREE, IMMEDIACY, Band
from comity.world.countries import countries
from comity.world.errors import AssumptionsUnreadable
from comity.world.facts import Fact
from comity.world.people import AnyBut, FactValue
from comity.world.population import Category

__all__ = ["Assumption", "AssumptionSet", "OfTheCell", "packaged_set", "set_of"]


class OfTheCell(Enum):
    """A value that depends on the cell."""

    ORIGIN = "the origin of the record"
    ONLY_NATIONALITY = "the origin of the record, and no other"


@dataclass(frozen=True, slots=True)
class Assumption:
    """One fact that is taken for granted: its value, and the sentence that says so.

    except_origins: countries of origin for whose people it is not assumed.
    only: the category of people of whom alone it is assumed; None: of everybody.
    """

    fact: Fact
    value: FactValue | OfTheCell
    sentence: str
    except_origins: frozenset[str] = frozenset()
    only: Category | None = None


@dataclass(frozen=True, slots=True)
class AssumptionSet:
    """A named set of assumptions; a headline names its set.

    rest: the sentence that says that whatever else no record tells has its ordinary value, as the
    vocabulary states it, but for the facts of `STAYS_UNKNOWN`; "" if it stays unknown.
    left_open: a fact that the rest does not fill; "" if there is none.
    """

    name: str
    sentence: str
    assumptions: tuple[Assumption, ...]
    rest: str = ""
    left_open: str = ""

    def without(self, dropped: Assumption | None) -> AssumptionSet:
        """The same set with one assumption left out, its fact unknown; None leaves out the rest."""
        kept = tuple(one for one in self.assumptions if one is not dropped)
        what = self.rest if dropped is None else f"{dropped.fact}, {dropped.only}"
        name = f"{self.name} without {what}"
        rest = "" if dropped is None else self.rest
        left_open = "" if dropped is None else str(dropped.fact)
        return AssumptionSet(name, self.sentence, kept, rest, left_open)


class Takes(Enum):
    """What may be assumed of a fact."""

    TRUTH = "yes or no (`true`, `false`)"
    NUMBER = "a whole number, not negative"
    LEVELS = "levels (`{ at_least = ..., at_most = ... }`)"
    OPTION = "a word, or all words but some (`{ any_but = [...] }`)"
    COUNTRY = 'the country of the record (`{ of_the_record = "origin" }`)'
    COUNTRIES = 'the nationality of the record (`{ of_the_record = "only_nationality" }`)'


TAKES = MappingProxyType(
    {
        Fact.NATIONALITY: Takes.COUNTRIES,
        Fact.ORIGIN_STATE: Takes.COUNTRY,
        Fact.ORIGIN_DEGREE: Takes.LEVELS,
        Fact.ORIGIN_IMMEDIACY: Takes.LEVELS,
        Fact.ORIGIN_LIKELIHOOD: Takes.LEVELS,
        Fact.ATTACHMENT: Takes.LEVELS,
        Fact.THREAT: Takes.LEVELS,
        Fact.ORIGIN_GROUND: Takes.OPTION,
        Fact.AGENCY: Takes.OPTION,
        Fact.CHANGED: Takes.NUMBER,
    }
)
"""What each fact takes; yes or no if it is not here. The host is the record's, never assumed."""

_SCALES = {Fact.ORIGIN_DEGREE: DEGREE, Fact.ORIGIN_IMMEDIACY: IMMEDIACY}


def packaged_set(name: str) -> AssumptionSet:
    """The set of a packaged file. Raises AssumptionsUnreadable."""
    path = files("comity.world") / "assumption_sets" / f"{name}.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as cause:
        raise AssumptionsUnreadable(f"`{name}.toml` cannot be read") from cause
    return set_of(text, name)


def set_of(text: str, name: str) -> AssumptionSet:
    """The set that a file states.

    text: TOML. name: the file's name without `.toml`, which must be the set's own.
    Raises AssumptionsUnreadable, naming the file and the entry, for anything but a set: no TOML, a
    missing or unknown key, a fact, country or category that is none, a value of another kind.
    """
    return _Reader(name).read(text)


class _Reader:
    """Reads one file; `where` is what the message of an error begins with."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.where = f"`{name}.toml`"

    def refuse(self, message: str, near: list[str] | None = None) -> AssumptionsUnreadable:
        return AssumptionsUnreadable(
            f"{self.where}: {message}", suggestion=near[0] if near else None
        )

    def read(self, text: str) -> AssumptionSet:
        try:
            found = tomllib.loads(text)
        except tomllib.TOMLDecodeError as cause:
            raise self.refuse(f"no TOML: {cause}") from cause
        self.keys(found, {"name", "sentence"}, {"rest", "assumption"})
        if found["name"] != self.name:
            raise self.refuse(f"the set is named `{found['name']}`, not as its file")
        entries = found.get("assumption", [])
        if not isinstance(entries, list):
            raise self.refuse("`assumption` is written once; write `[[assumption]]`")
        sentence = self.sentence(found, "sentence")
        rest = self.sentence(found, "rest") if "rest" in found else ""
        made: list[Assumption] = []
        for number, entry in enumerate(entries, start=1):
            self.where = f"`{self.name}.toml`, assumption {number}"
            made.append(self.assumption(entry))
            if made[-1].fact in {one.fact for one in made[:-1]}:
                raise self.refuse(f"`{made[-1].fact}` is assumed twice")
        return AssumptionSet(self.name, sentence, tuple(made), rest)

    def keys(self, found: Mapping[str, Any], needed: set[str], others: set[str]) -> None:
        missing = sorted(needed - found.keys())
        if missing:
            raise self.refuse(f"`{missing[0]}` is missing")
        unknown = sorted(found.keys() - needed - others)
        if unknown:
            near = get_close_matches(unknown[0], sorted(needed | others), n=1)
            raise self.refuse(f"`{unknown[0]}` means nothing here", near)

    def sentence(self, found: Mapping[str, Any], key: str) -> str:
        text = found[key]
        if not isinstance(text, str) or not text.endswith("."):
            raise self.refuse(f"`{key}` is no sentence with a full stop")
        return text

    def assumption(self, entry: object) -> Assumption:
        if not isinstance(entry, dict):
            raise self.refuse("no table of keys")
        self.keys(entry, {"fact", "value", "sentence"}, {"except_origins", "only"})
        fact = self.fact(entry["fact"])
        return Assumption(
            fact,
            self.value(fact, entry["value"]),
            self.sentence(entry, "sentence"),
            frozenset(self.origins(entry.get("except_origins", []))),
            self.category(entry["only"]) if "only" in entry else None,
        )

    def fact(self, name: object) -> Fact:
        names = [str(fact) for fact in Fact if fact is not Fact.HOST]
        if name not in names:
            near = get_close_matches(str(name), names, n=1)
            raise self.refuse(f"`{name}` is no fact that may be assumed", near)
        return Fact(str(name))

    def origins(self, codes: object) -> list[str]:
        if not isinstance(codes, list):
            raise self.refuse("`except_origins` is no list of country codes")
        for code in codes:
            if not isinstance(code, str) or code not in countries():
                near = get_close_matches(str(code), countries(), n=1)
                raise self.refuse(f"`{code}` is no country code", near)
        return codes

    def category(self, name: object) -> Category:
        names = sorted({kind.within.value for kind in Category})
        if name not in names:
            near = get_close_matches(str(name), names, n=1)
            raise self.refuse(f"`{name}` is no category of people", near)
        return Category(str(name))

    def value(self, fact: Fact, said: object) -> FactValue | OfTheCell:
        takes = TAKES.get(fact, Takes.TRUTH)
        match said:
            case bool() if takes is Takes.TRUTH:
                return said
            case int() if takes is Takes.NUMBER and not isinstance(said, bool) and said >= 0:
                return said
            case str() if takes is Takes.OPTION and said:
                return said
            case {"any_but": [*words], **others} if takes is Takes.OPTION and not others:
                if words and all(isinstance(word, str) for word in words):
                    return AnyBut(frozenset(words))
            case {"at_least": str(low), "at_most": str(high), **others} if (
                takes is Takes.LEVELS and not others
            ):
                return self.band(fact, low, high)
            case {"of_the_record": "origin", **others} if takes is Takes.COUNTRY and not others:
                return OfTheCell.ORIGIN
            case {"of_the_record": "only_nationality", **others} if (
                takes is Takes.COUNTRIES and not others
            ):
                return OfTheCell.ONLY_NATIONALITY
        raise self.refuse(f"of `{fact}` one may assume {takes.value}")

    def band(self, fact: Fact, low: str, high: str) -> Band:
        scale = _SCALES.get(fact)
        for level in (low, high):
            if scale is not None and level not in scale:
                near = get_close_matches(level, scale, n=1)
                raise self.refuse(f"`{level}` is no level of `{fact}`", near)
        if scale is not None and scale.index(low) > scale.index(high):
            raise self.refuse(f"`{low}` is above `{high}`")
        return Band(low, high)
