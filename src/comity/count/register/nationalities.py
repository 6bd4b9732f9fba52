"""Several columns with one country each as what is known of a person's nationalities.

Each nationality is an origin, in the order of the columns, and there are no more origins than that.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

import numpy as np

from comity.agreement.many.columns import ListedColumn
from comity.agreement.values import Members, Options, Possible, Truth
from comity.agreement.vocabulary import Vocabulary
from comity.count.register.arrow_reading import Arrays
from comity.count.register.columns import Bools, Ints, Told
from comity.count.register.faults import BadCode, Impossible
from comity.count.register.schema import STATELESS, Nationalities
from comity.count.register.slots import NO_CODE, Slots

_NOTHING, _EMPTY = 0, 1
"""Codes of a column here: nothing is known; nothing stands there. Then stateless, then countries."""
_STATELESS = 2


class NationalitiesReader:
    """A set of countries. implied: the facts of origins that the map leaves to the nationalities."""

    def __init__(
        self,
        key: str,
        source: Nationalities,
        vocabulary: Vocabulary,
        slots: Slots,
        given: Iterable[str],
    ) -> None:
        self.key, self.source = key, source
        words = list(source.known)
        self.slots = [slots.place(name, words) for name in source.columns]
        named = sorted({name for name in source.known.values() if name})
        self.countries = ("", "", "", *named)
        places = {name: at for at, name in enumerate(named, start=_STATELESS + 1)}
        said = [
            _NOTHING if n is None else _STATELESS if n == STATELESS else places[n]
            for n in source.known.values()
        ]
        self.table = np.array([_NOTHING, _EMPTY, *said], dtype=np.int64)
        self.implied = self._implied(vocabulary, frozenset(given))

    def _implied(
        self, vocabulary: Vocabulary, given: frozenset[str]
    ) -> tuple[tuple[str, int], ...]:
        origin = vocabulary.places.get("origin")
        if origin is None or self.key != "nationality":
            return ()
        return tuple(
            (path, number)
            for number, instance in enumerate(origin.instances)
            for path in (f"{instance}.state", f"{instance}.exists")
            if path not in given and (number or path.endswith(".state"))
        )

    def read(self, block: Arrays, told: Told) -> None:
        """Each combination of the columns is looked at once."""
        raw = [block[slot] for slot in self.slots]
        for column, places in zip(self.source.columns, raw, strict=True):
            told.note(BadCode.code, column, self.key, places == NO_CODE)
        columns = [self.table[places - NO_CODE] for places in raw]
        combined = columns[0]
        for further in columns[1:]:
            combined = combined * len(self.countries) + further
        different, codes = _distinct(combined, len(self.countries) ** len(columns))
        found = [self._split(int(number)) for number in different]
        members = [self._members(one) for one in found]
        told.note(
            Impossible.code,
            ", ".join(self.source.columns),
            self.key,
            _where([m is None for m in members], codes),
        )
        known = [_ANY if m is None else m for m in members]
        told.columns[self.key] = _listed(known, codes)
        told.missing[self.key] = int(_where([m == _ANY for m in known], codes).sum())
        for path, number in self.implied:
            says = self._state if path.endswith(".state") else self._exists
            told.columns[path] = _listed(
                [says(one, m, number) for one, m in zip(found, known, strict=True)], codes
            )

    def _split(self, combined: int) -> tuple[int, ...]:
        found = []
        for _ in self.slots:
            combined, code = divmod(combined, len(self.countries))
            found.append(code)
        return tuple(reversed(found))

    def _members(self, codes: tuple[int, ...]) -> Members | None:
        """The set; None where somebody is stateless and has a nationality."""
        named = frozenset(self.countries[code] for code in codes if code > _STATELESS)
        if _STATELESS in codes:
            return None if named else Members(named, named)
        is_whole = self.source.is_complete and codes[0] > _STATELESS and _NOTHING not in codes
        return Members(named, named if is_whole else None)

    def _state(self, codes: tuple[int, ...], known: Members, number: int) -> Possible:
        """The origin of that number: a country, where the columns before it name one each."""
        leading = takewhile(lambda code: code > _STATELESS, codes)
        named = list(dict.fromkeys(self.countries[code] for code in leading))
        if known != _ANY and number < len(named):
            return Options(frozenset({named[number]}))
        return Options(None)

    def _exists(self, codes: tuple[int, ...], known: Members, number: int) -> Possible:
        if number < len(known.surely):
            return Truth.TRUE
        return Truth.FALSE if known.is_known else Truth.UNKNOWN


_ANY = Members(frozenset(), None)


def _distinct(numbers: Ints, most: int) -> tuple[Ints, Ints]:
    """The different numbers in order, and the place of each among them. most: one above the highest."""
    if most > _LARGEST_TABLE:
        different, codes = np.unique(numbers, return_inverse=True)
        return different, codes
    # a table in place of a sort: ten times as fast, and registers have few combinations
    is_there = np.zeros(most, dtype=bool)
    is_there[numbers] = True
    places: Ints = np.cumsum(is_there, dtype=np.int64) - 1
    return np.flatnonzero(is_there), places[numbers]


_LARGEST_TABLE = 1 << 22


def _listed(known: list[Possible] | list[Members], codes: np.ndarray) -> ListedColumn:
    values: tuple[Possible, ...] = tuple(dict.fromkeys(known))
    places = {one: at for at, one in enumerate(values)}
    table = np.array([places[one] for one in known] or [0], dtype=np.int32)
    return ListedColumn(table[codes], values or (_ANY,))


def _where(flags: list[bool], codes: np.ndarray) -> Bools:
    found: Bools = np.array(flags or [False], dtype=bool)[codes]
    return found
