"""What a profile is made of: a regime on a day, the texts that stand, the people, evaluated once.

Belongs here: naming the subject of a profile, and what its sections share. Does not belong here: any
figure (`profile_*`, one module a section).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from comity.agreement.instruments import Instrument
from comity.agreement.regimes import Regime
from comity.agreement.vocabulary import Vocabulary
from comity.api import library as shelf
from comity.api.brief_law_texts import is_on
from comity.api.people_counts import PeopleCounts, Under
from comity.api.profile_classes import classes_asked
from comity.api.regimes import NAMED, Read, read_regime, refuse_unheld
from comity.language.faults import ComityError, Fault, did_you_mean
from comity.profile.governance import Told, told
from comity.world.conflict import DangerReading
from comity.world.countries import countries
from comity.world.population import Cell, population

Progress: TypeAlias = Callable[[str, int, int], None]
BY_DEFAULT = "today"
"""The regime of a State or region that is named without one."""


@dataclass(frozen=True)
class Subject:
    """Whom a profile is of. kind: `regime`, `state` or `region`. hosts: None for all of them."""

    kind: str
    title: str
    regime: str
    hosts: frozenset[str] | None


def subject_of(words: str, vocabulary: Vocabulary, within: str, on: date) -> Subject:
    """A regime by its ids, paths and named lists; else a State by its code, else a region or group.

    within: a State, region or group whose hosts alone are counted, beside a regime.
    Raises ComityError (E457 for a place that is none).
    """
    if within:
        place = _place(within, vocabulary, on)
        if place is None:
            raise _no_such_place(within, vocabulary)
        return Subject("regime", f"{words}, within {place.title}", words, place.hosts)
    library = shelf.packaged()
    named = [shelf.instrument_id(p.strip()) for p in words.split(",")]
    is_regime = any(
        n in NAMED or n in library.instruments or shelf.looks_like_path(p)
        for n, p in zip(named, words.split(","), strict=True)
    )
    if not is_regime:
        place = _place(words.strip(), vocabulary, on)
        if place is not None:
            return place
    return Subject("regime", words, words, None)


def _place(word: str, vocabulary: Vocabulary, on: date) -> Subject | None:
    state = vocabulary.states.get(word.upper()) if len(word) == 3 else None
    if state is not None:
        return Subject("state", state.name, BY_DEFAULT, frozenset({word.upper()}))
    asked = _plain(word)
    for region in _regions():
        if _plain(region) == asked:
            hosts = frozenset(c.iso3 for c in countries().values() if region in _regions_of(c.iso3))
            return Subject("region", region, BY_DEFAULT, hosts)
    group = vocabulary.groups.get(word)
    if group is not None:
        return Subject("region", f"members of {word}", BY_DEFAULT, group.on(on))
    return None


def _regions_of(code: str) -> tuple[str, ...]:
    one = countries()[code]
    return tuple(name for name in (one.region, one.subregion) if name)


def _regions() -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for code in countries() for name in _regions_of(code)))


def _plain(word: str) -> str:
    return word.lower().replace("_", " ").replace("-", " ")


def _no_such_place(word: str, vocabulary: Vocabulary) -> ComityError:
    known = (*vocabulary.states, *_regions(), *vocabulary.groups)
    return ComityError(
        Fault(
            "E457",
            f"`{word[:60]}` is no State, region of the United Nations, or group of States",
            suggestion=did_you_mean(word, known) or "DEU, Europe, puebla_rcm",
        )
    )


@dataclass
class Setting:
    """What the sections of a profile share. Heavy parts are made when first asked for, once."""

    subject: Subject
    read: Read
    day: date
    danger: DangerReading
    report: Progress
    mirror: Path | None = None
    population: Sequence[Cell] | None = None

    @property
    def regime(self) -> Regime:
        """The regime as read."""
        return self.read.regime

    @cached_property
    def standing(self) -> tuple[Instrument, ...]:
        """The instruments in force or pressing on the day, drafts that were named among them."""
        return tuple(i for i in self.regime.instruments if i.is_draft or is_on(i, self.day))

    @cached_property
    def texts(self) -> tuple[Told, ...]:
        """What each text that stands, and reaches the subject, states of its governance."""
        return tuple(
            told(i, self.regime.vocabulary, self.day)
            for i in self.standing
            if self.subject.hosts is None or self.bound(i)
        )

    def bound(self, instrument: Instrument) -> frozenset[str]:
        """The States that an instrument binds on the day, those of the subject only; a draft binds
        those that it is meant for, everybody where it names none."""
        if instrument.id in self.regime.for_every_host:
            states = frozenset(
                code for code, s in self.regime.vocabulary.states.items() if s.existed(self.day)
            )
        else:
            states = instrument.parties_on(self.day)
        return states if self.subject.hosts is None else states & self.subject.hosts

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The people: cells of the population whose host is of the subject."""
        cells = population() if self.population is None else self.population
        hosts = self.subject.hosts
        return tuple(c for c in cells if hosts is None or c.host in hosts)

    @cached_property
    def counts(self) -> PeopleCounts:
        """The people, ready to be evaluated on the day."""
        return PeopleCounts(
            self.regime.vocabulary, self.day, self.danger, cells=self.cells, progress=self.report
        )

    @cached_property
    def under(self) -> Under:
        """The people under the regime, every right, evaluated once for all sections.

        asked: of each class of answerability, whether its texts give something (`governance`).
        """
        return self.counts.under(self.regime, asked=classes_asked(self.regime, self.texts))


def setting_of(
    words: str,
    *,
    on: date,
    danger: DangerReading,
    within: str = "",
    readings: Mapping[str, str] | None = None,
    mirror: Path | None = None,
    report: Progress | None = None,
) -> Setting:
    """The setting of a profile. mirror: where sources that may not be packaged are read from.

    Raises ComityError (E450, E451, E457, or the faults of a file)."""
    vocabulary = shelf.packaged().vocabulary
    subject = subject_of(words, vocabulary, within, on)
    read = read_regime(subject.regime, readings=readings)
    refuse_unheld(read.regime, on)
    return Setting(subject, read, on, danger, report or (lambda _what, _done, _all: None), mirror)
