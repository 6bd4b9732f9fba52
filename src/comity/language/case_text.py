"""What is known of a fact, read as a record writes it.

A value is a word (`yes`, `danger_to_life`, `SYR`), a number with its unit (`26 months`), a band
(`[low, high]` or `{at_least: low, at_most: high}`), a list of what is still possible, or `unknown`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from comity.agreement.spans import Span
from comity.agreement.spells import ANY_DAY, When, days_in_month
from comity.agreement.values import Members, Options, Possible, Range, Truth
from comity.agreement.vocabulary import (
    NOBODY,
    CountriesType,
    CountryType,
    DateType,
    EnumerationType,
    Fact,
    LevelType,
    NumberType,
    TruthType,
    Vocabulary,
)
from comity.language.faults import did_you_mean, list_words
from comity.language.front_matter import state_code
from comity.language.resolve_values import levels_of, no_level, normal_unit, unit_hint
from comity.language.yaml_text import Entry, Fields, Items, Source, Text, only_keys

UNKNOWN = "unknown"
_YES_NO = {"yes": True, "true": True, "True": True, "no": False, "false": False, "False": False}
_NUMBER = re.compile(r"([0-9]{1,9})\s*([a-z]*)")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_CODE = re.compile(r"[A-Z]{3}")


def at(entry: Entry) -> Span:
    """Where an entry stands, its whole text under the caret."""
    if isinstance(entry, Text) and "\n" not in entry.text:
        return replace(entry.span, length=max(1, len(entry.text) + (0 if entry.plain else 2)))
    return entry.span


def is_unknown(entry: Entry) -> bool:
    """Whether the record says that nothing is known."""
    return isinstance(entry, Text) and entry.text == UNKNOWN


@dataclass(frozen=True, slots=True)
class ValueReader:
    """Reads what a record says of a fact. Every fault is raised as FaultFound."""

    source: Source
    vocabulary: Vocabulary
    on: date

    def read(self, entry: Entry, declared: Fact, path: str) -> Possible:
        """What is known of a fact. Faults: E420 wrong kind, E202, E203, E206, E208, E209, E403."""
        if isinstance(entry, Text) and not entry.text.strip():
            self.source.fail(
                "E420",
                entry.span,
                f"`{path}` is empty",
                suggestion=f"write `{path}: unknown`, or leave the line out",
            )
        kind = declared.type
        if is_unknown(entry):
            return kind.everything()
        if isinstance(kind, TruthType):
            return Truth.of(self.yes_no(entry, f"`{path}`"))
        if isinstance(kind, EnumerationType):
            words = self._words(entry, path, "one option, or a list of those still possible")
            return Options(frozenset(self._option(word, kind) for word in words))
        if isinstance(kind, CountryType):
            words = self._words(entry, path, "one country, or a list of those still possible")
            past = path in {f"{place}.state" for place in origins(self.vocabulary)}
            return Options(frozenset(self.country(w, nobody=True, past=past) for w in words))
        if isinstance(kind, CountriesType):
            return self.countries(entry, path)[0]
        return self._ordered(entry, kind, path)

    def yes_no(self, entry: Entry, what: str) -> bool:
        """`yes` or `no`. E420 for anything else."""
        if isinstance(entry, Text) and entry.text in _YES_NO:
            return _YES_NO[entry.text]
        self.source.fail(
            "E420", at(entry), f"{what} is yes or no{_not(entry)}", possible="yes, no, unknown"
        )

    def _words(self, entry: Entry, path: str, wanted: str) -> tuple[Text, ...]:
        several = entry.items if isinstance(entry, Items) else (entry,)
        texts = tuple(one for one in several if isinstance(one, Text))
        if not texts or len(texts) < len(several):
            self.source.fail("E420", entry.span, f"`{path}` is {wanted}")
        return texts

    def _option(self, entry: Text, kind: EnumerationType) -> str:
        options = kind.enumeration.options
        if entry.text not in options:
            self.source.fail(
                "E202",
                at(entry),
                f"`{entry.text[:60]}` is not an option of `{kind.enumeration.name}`",
                possible=f"options: {list_words(options, most=20)}",
                suggestion=did_you_mean(entry.text, options),
            )
        return entry.text

    def country(self, entry: Entry, *, nobody: bool = False, past: bool = False) -> str:
        """A country code. E209 if there is none such, E403 if it was no State on the day.

        nobody: whether `nobody` may stand here. past: a State that has since ended may stand here.
        """
        if not isinstance(entry, Text):
            self.source.fail("E420", entry.span, "a country is a code of three letters")
        if nobody and entry.text == NOBODY:
            return NOBODY
        state = self.vocabulary.states.get(entry.text)
        day: date | None = self.on
        if past and state is not None and (state.since is None or state.since <= self.on):
            day = None
        if not self.vocabulary.states and not _CODE.fullmatch(entry.text):
            self.source.fail(
                "E209", at(entry), f"`{entry.text[:20]}` is no country code of three letters"
            )
        return state_code(entry.text, at(entry), self.source, self.vocabulary, day)

    def countries(self, entry: Entry, path: str) -> tuple[Members, tuple[str, ...]]:
        """A set of countries, and those surely in it in the order of the text."""
        if is_unknown(entry):
            return Members(frozenset(), None), ()
        if isinstance(entry, Fields):
            only_keys(entry, ("surely", "perhaps"), self.source, f"`{path}`")
            surely = self._codes(entry.entries.get("surely", Items((), entry.span)), path)
            perhaps = entry.entries.get("perhaps", Items((), entry.span))
            more = None if is_unknown(perhaps) else frozenset(self._codes(perhaps, path))
            names = frozenset(surely)
            return Members(names, None if more is None else names | more), surely
        codes = self._codes(entry, path)
        return Members(frozenset(codes), frozenset(codes)), codes

    def _codes(self, entry: Entry, path: str) -> tuple[str, ...]:
        if not isinstance(entry, Items):
            self.source.fail(
                "E420",
                at(entry),
                f"`{path}` is a list of countries",
                suggestion="write [SYR], or [] for none",
            )
        codes = tuple(self.country(item) for item in entry.items)
        for number, code in enumerate(codes):
            if code in codes[:number]:
                self.source.fail("E402", at(entry.items[number]), f"`{code}` stands twice")
        return codes

    def _ordered(self, entry: Entry, kind: LevelType | NumberType | DateType, path: str) -> Range:
        """A level, number or day, or a band of them."""
        if isinstance(entry, Text):
            return self._one(entry, kind, path)
        whole = kind.everything()
        assert isinstance(whole, Range)
        low, high = whole.low, whole.high
        if isinstance(entry, Fields):
            only_keys(entry, ("at_least", "at_most"), self.source, f"`{path}`")
            ends = (entry.entries.get("at_least"), entry.entries.get("at_most"))
        elif len(entry.items) == 2:
            ends = (entry.items[0], entry.items[1])
        else:
            ends = (None, None)
        if ends == (None, None) or any(isinstance(e, (Items, Fields)) for e in ends):
            self.source.fail(
                "E420",
                entry.span,
                f"`{path}` is one value or a band of two",
                suggestion="write [low, high] or {at_least: low, at_most: high}",
            )
        least, most = ends
        if isinstance(least, Text) and not is_unknown(least):
            low = self._one(least, kind, path).low
        if isinstance(most, Text) and not is_unknown(most):
            high = self._one(most, kind, path).high
        if low > high:
            self.source.fail(
                "E420",
                entry.span,
                f"the band of `{path}` begins above its end",
                suggestion="write the lower value first",
            )
        return Range(low, high)

    def _one(self, entry: Text, kind: LevelType | NumberType | DateType, path: str) -> Range:
        if isinstance(kind, DateType):
            when = self.when(entry, f"`{path}`")
            return Range(when.earliest.toordinal(), when.latest.toordinal())
        if isinstance(kind, NumberType):
            number = self._number(entry, kind, path)
            return Range(number, number)
        if entry.text in kind.scale.levels:
            rank = kind.scale.rank(entry.text)
            return Range(rank, rank)
        self.source.fail(
            "E202",
            at(entry),
            no_level(entry.text[:60], kind, self.vocabulary),
            possible=levels_of(kind),
            suggestion=did_you_mean(entry.text, kind.scale.levels),
        )

    def _number(self, entry: Text, kind: NumberType, path: str) -> int:
        match = _NUMBER.fullmatch(entry.text.strip())
        if match is None:
            self.source.fail(
                "E420",
                at(entry),
                f"`{path}` is a whole number of {kind.unit}{_not(entry)}",
                suggestion=f"write 12 {kind.unit}",
            )
        number, unit = int(match[1]), match[2]
        if unit and normal_unit(unit) != kind.unit:
            self.source.fail(
                "E203",
                at(entry),
                f"`{entry.text[:40]}` is not a number of {kind.unit}",
                suggestion=unit_hint(normal_unit(unit), kind.unit, f"write {number} {kind.unit}"),
            )
        if unit in ("year", "years"):
            number *= 12
        if number > kind.high:
            self.source.fail(
                "E208",
                at(entry),
                f"{number} is above the highest value of `{path}`, {kind.high} {kind.unit}",
            )
        return number

    def amount(self, entry: Entry, unit: str, path: str) -> int:
        """A whole number of a unit; of any unit, as the record says it, if that is "" (not known)."""
        if not isinstance(entry, Text):
            self.source.fail("E420", entry.span, f"`{path}` is one number")
        match = _NUMBER.fullmatch(entry.text.strip())
        said = match[2] if match is not None else ""
        kind = NumberType(unit or (normal_unit(said) if said else "its unit"), 10**9)
        return self._number(entry, kind, path)

    def when(self, entry: Entry, what: str) -> When:
        """A day, a month, a year, or `unknown`. E206 if the calendar has no such day."""
        if is_unknown(entry):
            return ANY_DAY
        match = _DATE.fullmatch(entry.text) if isinstance(entry, Text) else None
        if match is None:
            self.source.fail(
                "E206",
                at(entry),
                f"{what} is a day, a month or a year{_not(entry)}",
                suggestion="write 2019-03-01, 2019-03, 2019 or unknown",
            )
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            if year and month is None:
                return When(date(year, 1, 1), date(year, 12, 31))
            if year and month and day is None:
                return When(date(year, month, 1), date(year, month, days_in_month(year, month)))
            return When.on(date(year or 0, month or 0, day or 0))
        except ValueError:
            self.source.fail(
                "E206",
                at(entry),
                f"`{match[0]}` is not a day of the calendar ({what})",
                suggestion="write year-month-day, such as 2015-02-28",
            )


def origins(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Names of the single origins: `origin1`, `origin2`, ..."""
    origin = vocabulary.places.get("origin")
    return origin.instances if origin is not None else ()


def _not(entry: Entry) -> str:
    return f", not `{entry.text[:40]}`" if isinstance(entry, Text) else ""
