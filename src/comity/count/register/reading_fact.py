"""One fact of a map: its column or columns, and what their values say, by the fact's own type."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import NoReturn

from comity.agreement.values import Members, Options, Possible, Range, Truth
from comity.agreement.vocabulary import (
    NOBODY,
    CountriesType,
    CountryType,
    DateType,
    EnumerationType,
    FactType,
    LevelType,
    NumberType,
    TruthType,
    Vocabulary,
)
from comity.count.register.faults import MapWrong
from comity.count.register.schema import (
    STATELESS,
    WRITTEN,
    Codes,
    Dated,
    Form,
    Nationalities,
    Number,
    OnDay,
    Same,
    Since,
    Source,
)
from comity.count.register.standards import STANDARDS, codes_of
from comity.count.register.tree import Entry, Keyed, Listed, Word
from comity.count.register.words import shown

UNKNOWN = "unknown"
YES, NO = ("yes", "true"), ("no", "false")

UNITS: Mapping[str, Mapping[str, int]] = {
    "months": {"months": 1, "quarters": 3, "years": 12},
    "days": {"days": 1, "weeks": 7},
}
"""Units of a column, by the unit of its fact, and how many of the latter one of them is."""

_BY_TYPE: Mapping[type, tuple[str, ...]] = {
    TruthType: ("column", "codes"),
    LevelType: ("column", "codes"),
    EnumerationType: ("column", "codes"),
    CountryType: ("column", "standard", "codes"),
    CountriesType: ("column", "columns", "standard", "codes", "stateless", "complete"),
    NumberType: ("column", "from", "to", "since", "unit", "exact", "codes", "form"),
    DateType: ("column", "form"),
}
KEYS = tuple(dict.fromkeys(["value", "unknown", *(k for keys in _BY_TYPE.values() for k in keys)]))
"""All that an entry may say of its fact."""


class FactReader:
    """Reads the entry of one fact. columns: those it names, with their lines."""

    def __init__(
        self,
        key: str,
        kind: FactType,
        entry: Keyed,
        vocabulary: Vocabulary,
        unknown: frozenset[str],
    ) -> None:
        self.key, self.kind, self.entry = key, kind, entry
        self.states = frozenset(vocabulary.states)
        self.unknown = unknown | frozenset(texts(entry.entries.get("unknown"), "unknown"))
        self.columns: dict[str, int] = {}

    def read(self) -> Source:
        """Where the fact is, and how it is written there. Raises MapWrong (E481)."""
        only(self.entry, ("value", "unknown", *_BY_TYPE[type(self.kind)]), f"`{self.key}`")
        if "value" in self.entry.entries:
            only(self.entry, ("value", "unit", "exact"), f"`{self.key}` with a value")
            known = self._known(self.entry.entries["value"])
            if known is None:
                self._wrong("leave the fact out: what no column says is unknown", "a value")
            return Same(known)
        match self.kind:
            case CountriesType():
                return self._nationalities()
            case NumberType():
                return self._number()
            case DateType():
                return OnDay(
                    Dated(self._column("column"), form_of(self.entry, self.key), self.unknown)
                )
            case _:
                return Codes(self._column("column"), *self._codes())

    def _column(self, key: str) -> str:
        name = text(self.entry, key, f"`{self.key}`")
        self.columns[name] = self.entry.lines[key]
        return name

    def _wrong(self, suggestion: str, what: str, line: int = 0) -> NoReturn:
        raise MapWrong(f"`{self.key}`: {what}", suggestion=suggestion, line=line or self.entry.line)

    # ---- lists of codes ----
    def _codes(self) -> tuple[dict[str, Possible | None], str, bool]:
        """What each value says, the standard, and whether the map itself lists values."""
        found: dict[str, Possible | None] = dict.fromkeys(self.unknown)
        standard = self._standard()
        if standard:
            found |= {
                c: Options(frozenset({s})) for c, s in codes_of(standard, self.states).items()
            }
        own = self.entry.entries.get("codes")
        if own is not None:
            found |= {word: self._known(said) for word, said in self._pairs(own)}
        elif not standard:
            found |= self._natural()
        return found, standard, own is not None

    def _standard(self) -> str:
        if "standard" in self.entry.entries:
            word = text(self.entry, "standard", f"`{self.key}`")
            if word not in STANDARDS:
                self._wrong(
                    f"one of {', '.join(STANDARDS)}",
                    f"`{shown(word)}` is no standard of country codes",
                    self.entry.lines["standard"],
                )
            return word
        if (
            isinstance(self.kind, (CountryType, CountriesType))
            and "codes" not in self.entry.entries
        ):
            self._wrong(
                f"write `standard:` with one of {', '.join(STANDARDS)}",
                "the map does not say in which codes countries are written",
            )
        return ""

    def _pairs(self, own: Entry) -> list[tuple[str, Entry]]:
        if not isinstance(own, Keyed) or not own.entries:
            self._wrong("write `codes: {1: ..., 2: ...}`", "`codes` lists values", own.line)
        return list(own.entries.items())

    def _natural(self) -> dict[str, Possible | None]:
        """The fact's own words, where the map has no others for them."""
        match self.kind:
            case TruthType():
                return {w: Truth.of(w in YES) for w in (*YES, *NO)}
            case LevelType(scale):
                return {w: Range(n, n) for n, w in enumerate(scale.levels)}
            case EnumerationType(enumeration):
                return {w: Options(frozenset({w})) for w in enumeration.options}
            case _:
                raise AssertionError(f"`{self.key}` has no words of its own")

    # ---- what a word of the map says ----
    def _known(self, said: Entry) -> Possible | None:
        """What may be so, by the map's own words; None where it says nothing."""
        if isinstance(said, Keyed):
            self._wrong("write one word, or [one, other]", "a value is a word or a list", said.line)
        words = texts(said, "a value")
        if words == (UNKNOWN,):
            return None
        if not words and not isinstance(self.kind, CountriesType):
            self._wrong(f"write `{UNKNOWN}` if nothing is known", "an empty value", said.line)
        match self.kind:
            case TruthType():
                if len(words) == 1 and words[0] in (*YES, *NO):
                    return Truth.of(words[0] in YES)
                return self._no_word(words, ("yes", "no"), said.line)
            case LevelType(scale):
                return self._levels(words, scale.levels, said.line)
            case EnumerationType(enumeration):
                if not set(words) <= set(enumeration.options):
                    return self._no_word(words, enumeration.options, said.line)
                return Options(frozenset(words))
            case CountryType():
                return Options(frozenset(self._country(w, said.line) for w in words))
            case CountriesType():
                members = frozenset(self._country(w, said.line) for w in words) - {NOBODY}
                return Members(members, members)
            case NumberType():
                return self._range(words, said.line)
            case DateType():
                self._wrong("name its column", "a day is not written in the map", said.line)

    def _no_word(self, words: tuple[str, ...], possible: tuple[str, ...], line: int) -> NoReturn:
        wrong = next((word for word in words if word not in possible), words[0])
        near = get_close_matches(wrong, possible, n=1)
        self._wrong(
            f"did you mean `{near[0]}`?" if near else f"one of {', '.join(possible)}",
            f"`{shown(wrong)}` is not one of its values",
            line,
        )

    def _levels(self, words: tuple[str, ...], levels: tuple[str, ...], line: int) -> Range:
        if not set(words) <= set(levels):
            self._no_word(words, levels, line)
        ranks = sorted({levels.index(word) for word in words})
        if ranks[-1] - ranks[0] != len(ranks) - 1:
            between = ", ".join(levels[ranks[0] : ranks[-1] + 1])
            self._wrong(f"write [{between}]", "levels of a list follow one another", line)
        return Range(ranks[0], ranks[-1])

    def _country(self, word: str, line: int) -> str:
        if word in self.states or (word == NOBODY and self.key != "host"):
            return word
        self._wrong("write its ISO 3166 alpha-3 code", f"`{shown(word)}` is no State", line)

    def _range(self, words: tuple[str, ...], line: int) -> Range:
        assert isinstance(self.kind, NumberType)
        factor, spare = self._unit()
        if len(words) > 2 or not all(w.isascii() and w.isdigit() and len(w) < 9 for w in words):
            self._wrong("write a whole number, or [least, most]", "this is no number", line)
        low, high = int(words[0]) * factor, int(words[-1]) * factor + spare
        if low > self.kind.high or low > high:
            self._wrong(f"0 to {self.kind.high} {self.kind.unit}", "it cannot be so", line)
        return Range(low, min(high, self.kind.high))

    # ---- numbers ----
    def _number(self) -> Source:
        assert isinstance(self.kind, NumberType)
        there = [key for key in ("column", "from", "to", "since") if key in self.entry.entries]
        if there == ["since"]:
            only(self.entry, ("since", "form", "unknown"), f"`{self.key}` with since")
            if self.kind.unit not in UNITS:
                self._wrong("name its column", f"no day is counted in {self.kind.unit}")
            return Since(Dated(self._column("since"), form_of(self.entry, self.key), self.unknown))
        if "form" in self.entry.entries:
            self._wrong("delete it", "`form` is of a day", self.entry.lines["form"])
        factor, spare = self._unit()
        if there == ["column"] and "codes" in self.entry.entries:
            known: dict[str, Possible | None] = dict.fromkeys(self.unknown)
            known |= {w: self._known(s) for w, s in self._pairs(self.entry.entries["codes"])}
            return Codes(self._column("column"), known, is_own=True)
        if "codes" in self.entry.entries:
            self._wrong("name one column", "`codes` needs one column", self.entry.lines["codes"])
        if there == ["column"]:
            name = self._column("column")
            return Number(name, name, factor, spare, self.unknown)
        if there == ["from", "to"]:
            return Number(self._column("from"), self._column("to"), factor, spare, self.unknown)
        self._wrong("write `column`, or `from` and `to`, or `since`", "the map does not say where")

    def _unit(self) -> tuple[int, int]:
        """How many units of the fact one of the column is, and how many it may leave out."""
        assert isinstance(self.kind, NumberType)
        units = UNITS.get(self.kind.unit, {self.kind.unit: 1})
        if "unit" not in self.entry.entries:
            if len(units) == 1:
                return 1, 0
            self._wrong(
                f"write `unit:` with one of {', '.join(units)}",
                "the map does not say in which unit it is",
            )
        word = text(self.entry, "unit", f"`{self.key}`")
        if word not in units:
            self._wrong(
                f"one of {', '.join(units)}; of a day, write `since`",
                f"`{shown(word)}` cannot be counted in {self.kind.unit} exactly",
                self.entry.lines["unit"],
            )
        is_exact = (
            yes_no(self.entry, "exact", f"`{self.key}`") if "exact" in self.entry.entries else False
        )
        return units[word], 0 if is_exact else units[word] - 1

    # ---- nationalities ----
    def _nationalities(self) -> Nationalities:
        if "columns" in self.entry.entries:
            names = texts(self.entry.entries["columns"], "columns")
            self.columns |= dict.fromkeys(names, self.entry.lines["columns"])
        else:
            names = (self._column("column"),)
        if not names or len(set(names)) < len(names) or len(names) > 6:
            self._wrong("name each column once, 6 at most", "the columns of a set of countries")
        if "complete" not in self.entry.entries:
            self._wrong(
                "write `complete: yes` if nobody has another, else `complete: no`",
                "the map does not say whether these columns name all of them",
            )
        codes, standard, is_own = self._codes()
        known = {word: self._one(word, said) for word, said in codes.items()}
        known |= dict.fromkeys(texts(self.entry.entries.get("stateless"), "stateless"), STATELESS)
        is_complete = yes_no(self.entry, "complete", f"`{self.key}`")
        return Nationalities(names, known, is_complete, standard, is_own)

    def _one(self, word: str, said: Possible | None) -> str | None:
        """The one country that a value names, `STATELESS` for none."""
        if said is None:
            return None
        names = said.names if isinstance(said, Options) else getattr(said, "surely", None)
        if names is None or len(names) > 1:
            self._wrong("write one country", f"`{shown(word)}` names several")
        return next(iter(names), STATELESS)


# ---- what stands where ----
def only(entry: Keyed, known: tuple[str, ...], what: str) -> None:
    """Raises MapWrong (E481) for a key that has no business there."""
    for key, line in entry.lines.items():
        if key not in known:
            near = get_close_matches(key, known, n=1)
            raise MapWrong(
                f"{what} has no `{shown(key)}`; its keys are {', '.join(known)}",
                suggestion=f"did you mean `{near[0]}`?" if near else "",
                line=line,
            )


def text(entry: Keyed, key: str, what: str) -> str:
    """The word under a key. Raises MapWrong (E481) if there is none, or a list."""
    found = entry.entries.get(key)
    if not isinstance(found, Word) or not found.text:
        line = entry.lines.get(key, entry.line)
        raise MapWrong(f"{what} needs `{key}: ...`, one word", line=line)
    return found.text


def texts(entry: Entry | None, what: str) -> tuple[str, ...]:
    """The words of a list; one word is a list of one. Raises MapWrong (E481)."""
    if entry is None:
        return ()
    if isinstance(entry, Word):
        return (entry.text,)
    if isinstance(entry, Listed) and all(isinstance(item, Word) for item in entry.items):
        return tuple(item.text for item in entry.items if isinstance(item, Word))
    raise MapWrong(f"`{what}` is a list of words", suggestion="write [one, other]", line=entry.line)


def yes_no(entry: Keyed, key: str, what: str) -> bool:
    """`yes` or `no`. Raises MapWrong (E481) for anything else."""
    word = text(entry, key, what)
    if word not in (*YES, *NO):
        raise MapWrong(f"{what}: `{key}` is yes or no", line=entry.lines[key])
    return word in YES


def form_of(entry: Keyed, key: str) -> Form:
    """How days are written. Raises MapWrong (E481)."""
    told = "; ".join(f"{form} ({written})" for form, written in WRITTEN.items())
    if "form" not in entry.entries:
        raise MapWrong(
            f"`{key}`: the map does not say how the days are written",
            suggestion=f"write `form:` with one of {told}",
            line=entry.line,
        )
    word = text(entry, "form", f"`{key}`")
    if word not in set(Form):
        raise MapWrong(
            f"`{key}`: `{shown(word)}` is no form of a day",
            suggestion=f"one of {told}",
            line=entry.lines["form"],
        )
    return Form(word)
