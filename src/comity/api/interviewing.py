"""`ask`: an interview that puts only decisive questions, and stops when none is left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from comity.agreement.cases import Case, places_of
from comity.agreement.regimes import Regime
from comity.agreement.values import Possible, Truth, exactly
from comity.agreement.vocabulary import (
    CountriesType,
    CountryType,
    DateType,
    EnumerationType,
    LevelType,
    NumberType,
    TruthType,
    Vocabulary,
)
from comity.api.explaining import question_text
from comity.explain.questions import questions
from comity.language.faults import nearest

UNKNOWN_WORDS = ("", "?", "unknown", "do not know")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as a person reads it. settles: how many open points the answer decides."""

    path: str
    text: str
    answers: str
    settles: int


class NotUnderstood(Exception):
    """An answer that does not fit its question; the message says what would."""


class Interview:
    """The state of an interview. Nothing is stored and nothing leaves the machine.

    `skipped`: questions answered with "I do not know"; they are not put again.
    """

    def __init__(self, regime: Regime, case: Case) -> None:
        self.regime = regime
        self.case = case
        self.skipped: set[str] = set()

    @classmethod
    def of_nobody_yet(cls, regime: Regime, day: date) -> Interview:
        """An interview of which nothing is known but the day of the law."""
        return cls(regime, Case(day, {}))

    def next(self) -> Asked | None:
        """The most decisive question that is still open, or None when nothing more decides."""
        first = self._first()
        if first is not None:
            return first
        for question in questions(self.regime, self.case):
            if question.path not in self.skipped:
                return Asked(
                    question.path,
                    question_text(question.path, self.regime),
                    self._answers(question.path),
                    question.settles,
                )
        return None

    def _first(self) -> Asked | None:
        """The host and the nationality come first: everything hangs on who is bound."""
        for path, text in (
            ("host", "which State is asked"),
            ("nationality", "which nationalities does the person have"),
        ):
            if path not in self.case.facts and path not in self.skipped:
                return Asked(path, text, self._answers(path), 0)
        return None

    def answer(self, path: str, word: str) -> None:
        """Takes an answer. Raises NotUnderstood if it does not fit; the question stays open."""
        cleaned = word.strip()
        if cleaned.lower() in UNKNOWN_WORDS:
            self.skipped.add(path)
            return
        changed = {path: self._value(path, cleaned)}
        if path == "nationality":
            changed |= places_of(self._countries(cleaned), self.regime.vocabulary)
        self.case = self.case.with_facts(changed)

    def _answers(self, path: str) -> str:
        declared = self.regime.vocabulary.fact(path)
        kind = declared.type if declared else TruthType()
        match kind:
            case LevelType(scale):
                return " < ".join(scale.levels)
            case NumberType(unit, high):
                return f"a whole number of {unit}, 0 to {high}"
            case EnumerationType(enumeration):
                return ", ".join(enumeration.options)
            case CountryType():
                return "a country code of three letters" + ("" if path == "host" else ", or nobody")
            case CountriesType():
                return "country codes separated by spaces; `none` for a stateless person"
            case DateType():
                return "a date, YYYY-MM-DD"
            case TruthType():
                return "yes, no"

    def _value(self, path: str, word: str) -> Possible:
        declared = self.regime.vocabulary.fact(path)
        kind = declared.type if declared else TruthType()
        match kind:
            case TruthType():
                if word.lower() not in ("yes", "no", "y", "n"):
                    raise NotUnderstood("answer yes or no")
                return Truth.of(word.lower().startswith("y"))
            case LevelType(scale):
                if word not in scale.levels:
                    guess = nearest(word, scale.levels)
                    raise NotUnderstood(f"did you mean {guess}?" if guess else self._answers(path))
                return exactly(scale.rank(word))
            case NumberType(unit, high):
                number = _amount(word, unit)
                if number is None or number > high:
                    raise NotUnderstood(self._answers(path))
                return exactly(number)
            case EnumerationType(enumeration):
                if word not in enumeration.options:
                    guess = nearest(word, enumeration.options)
                    raise NotUnderstood(f"did you mean {guess}?" if guess else self._answers(path))
                return exactly(word)
            case CountryType():
                state = self._country(word)
                if path == "host" and state == "nobody":
                    raise NotUnderstood("some State is asked: a code of three letters, such as SWE")
                return exactly(state)
            case CountriesType():
                return exactly(self._countries(word))
            case DateType():
                try:
                    return exactly(date.fromisoformat(word).toordinal())
                except ValueError:
                    raise NotUnderstood(self._answers(path)) from None

    def _countries(self, word: str) -> tuple[str, ...]:
        """Countries by code, or by name where commas stand between them, each once."""
        if word.strip().lower() in ("none", "stateless"):
            return ()
        parts = [part.strip() for part in word.split(",") if part.strip()]
        known = self.regime.vocabulary.states
        if all(code.upper() in known for part in parts for code in part.split()):
            parts = [code for part in parts for code in part.split()]
        found = tuple(dict.fromkeys(self._country(part) for part in parts))
        if not found or "nobody" in found:
            raise NotUnderstood("country codes separated by spaces; `none` for a stateless person")
        origin = self.regime.vocabulary.places.get("origin")
        if origin is not None and len(found) > len(origin.instances):
            raise NotUnderstood(f"a case has {len(origin.instances)} nationalities at most")
        return found

    def _country(self, word: str) -> str:
        return country_code(word, self.regime.vocabulary, self.case.on)


def country_code(word: str, vocabulary: Vocabulary, day: date) -> str:
    """A country by its code or its name. Raises NotUnderstood."""
    code = word.strip().upper()
    if word.strip() == "nobody":
        return "nobody"
    state = vocabulary.states.get(code)
    if state is None:
        named = {s.name.lower(): s for s in vocabulary.states.values()}
        state = named.get(word.strip().lower())
        if state is None:
            spoken = word.strip().lower()
            within = [name for name in named if len(spoken) > 2 and spoken in name]
            guess = min(within, key=len) if within else nearest(spoken, named)
            raise NotUnderstood(
                f"did you mean {named[guess].code} ({named[guess].name})?"
                if guess
                else "a code of three letters, such as SWE"
            )
    if not state.existed(day):
        raise NotUnderstood(f"{state.name} was no State on {day}")
    return state.code


def _amount(word: str, unit: str) -> int | None:
    """`26`, or `26 months` where months are asked for; years count as 12 months. None: neither."""
    match = re.fullmatch(r"([0-9]{1,9})\s*([a-z]*)", word.strip().lower())
    if match is None:
        return None
    number, written = int(match[1]), match[2]
    if unit == "months" and written in ("year", "years"):
        return 12 * number
    return number if written in ("", unit, unit.removesuffix("s")) else None
