"""Corridors of a setting: host, origin and people, in which invented persons are evaluated at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from comity.agreement.cases import Case
from comity.agreement.many.columns import Column, ListedColumn, NumberColumn, Table, known_in
from comity.agreement.many.evaluator import Evaluated, Evaluator, Positions
from comity.agreement.values import Possible, Range, Truth, exactly
from comity.api.profile_setting import Setting
from comity.api.profile_shown import Shown, hides
from comity.profile.persons import Facts, Person, known
from comity.world.countries import country

Codes = NDArray[np.int32]
Mask = NDArray[np.bool_]
Persons = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Corridors:
    """The corridors of a setting in which people live whose origin is known, host and origin apart.

    hosts, origins: ISO3 by corridor. counted, persons: people of each who are certain, and all of
    them; shape (corridors,).
    """

    setting: Setting
    hosts: tuple[str, ...]
    origins: tuple[str, ...]
    counted: Persons
    persons: Persons

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.hosts)

    @property
    def people(self) -> int:
        """People of all of them who are certain."""
        return int(self.counted.sum())

    def weighed(self, surely: Mask, possibly: Mask) -> Shown:
        """The people of the corridors in which something surely and possibly holds of a person.

        Only people who are certain weigh: they are a weight, and nobody's own record is asked.
        """
        certain = int(self.counted[surely].sum())
        possible = int(self.counted[possibly | surely].sum())
        if any(hides(number, self.people) for number in (certain, possible)):
            return Shown(None, None, None, self.people, hidden=True)
        return Shown(certain, possible, None, self.people)

    @cached_property
    def _places(self) -> Mapping[str, ListedColumn]:
        """Host, nationality and origin of each corridor."""
        origins, host_codes = _listed(self.origins), _listed(self.hosts)
        places = [exactly(name) for name in origins[1]]
        nations: list[Possible] = [exactly(frozenset({n})) for n in origins[1]]
        europe: list[Possible] = [Truth.of(country(n).region == "Europe") for n in origins[1]]
        hosts: list[Possible] = [exactly(n) for n in host_codes[1]]
        return {
            "host": ListedColumn(host_codes[0], tuple(hosts)),
            "nationality": ListedColumn(origins[0], tuple(nations)),
            "origin1.state": ListedColumn(origins[0], tuple(places)),
            "origin1.in_europe": ListedColumn(origins[0], tuple(europe)),
        }

    def evaluate(self, evaluator: Evaluator, persons: Sequence[Person]) -> tuple[Twice, ...]:
        """Each person in each corridor, all at once; what each has, in the order of the persons.

        Twice: if no State used a power but where the text lists it, and if each used all of its own.
        """
        if not self.size or not persons:
            return ()
        powers = [key for key in evaluator.keys if key.startswith("exercised ")]
        made = [
            self._split(evaluator.evaluate(self._table(evaluator, persons, powers, used)), persons)
            for used in ((Truth.FALSE, Truth.TRUE) if powers else (Truth.FALSE,))
        ]
        return tuple(Twice(*pair) for pair in zip(made[0], made[-1], strict=True))

    def _split(self, found: Evaluated, persons: Sequence[Person]) -> tuple[Evaluated, ...]:
        parts = (slice(n * self.size, (n + 1) * self.size) for n in range(len(persons)))
        return tuple(
            Evaluated({right: _part(one, rows) for right, one in found.rights.items()})
            for rows in parts
        )

    def _table(
        self, evaluator: Evaluator, persons: Sequence[Person], powers: Sequence[str], used: Truth
    ) -> Table:
        """Persons times corridors, person by person. All that is not said is ordinary."""
        vocabulary = self.setting.regime.vocabulary
        empty = Case(self.setting.day, {}, ordinary=True)
        said = [known(vocabulary, person.facts) for person in persons]
        sponsored = [self._sponsor_positions(evaluator, p, used) for p in persons]
        columns: dict[str, Column] = {}
        shared: dict[str, Possible] = dict.fromkeys(powers, used)
        for key in evaluator.keys:
            if key in shared:
                continue
            if key in self._places:
                columns[key] = _tiled(self._places[key], len(persons))
                continue
            ordinary = known_in(empty, key, vocabulary)
            if any(key in of for of in sponsored):
                columns[key] = self._of_sponsors(key, sponsored, ordinary)
            elif key == "family.sponsor_state":
                columns[key] = self._sponsor_state(persons, ordinary)
            else:
                listed = [facts.get(key, ordinary) for facts in said]
                if len(set(listed)) == 1:
                    shared[key] = listed[0]
                else:
                    columns[key] = _repeated(listed, self.size)
        return Table(self.size * len(persons), columns, shared)

    def _sponsor_state(self, persons: Sequence[Person], ordinary: Possible) -> Column:
        """The sponsor is of the same origin as the person; who has none has no such State."""
        places = self._places["origin1.state"]
        nobody = len(places.values)
        codes = [
            places.codes if p.sponsor else np.full(self.size, nobody, dtype=np.int32)
            for p in persons
        ]
        return ListedColumn(np.concatenate(codes), (*places.values, ordinary))

    def _sponsor_positions(
        self, evaluator: Evaluator, person: Person, used: Truth
    ) -> Mapping[str, tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """What is secured to a person's sponsor, worked out first: one level only."""
        vocabulary = self.setting.regime.vocabulary
        paths = {
            key: fact.position_of
            for key in evaluator.keys
            if (fact := vocabulary.fact(key)) is not None and fact.position_of
        }
        if not person.sponsor or not paths:
            return {}
        twice = self._sponsor(person.sponsor, tuple(dict.fromkeys(paths.values())))
        found = twice.used if used is Truth.TRUE else twice.unused
        return {
            key: (
                found.rights[right].lower.astype(np.int64),
                found.rights[right].lower_possible.astype(np.int64),
            )
            for key, right in paths.items()
        }

    def _sponsor(self, facts: Facts, rights: tuple[str, ...]) -> Twice:
        """The sponsor in each corridor; the same for every person with such a sponsor."""
        asked = (tuple(sorted(facts.items())), rights)
        if asked not in self._sponsors:
            evaluator = Evaluator(self.setting.regime, self.setting.day, rights=rights)
            (found,) = self.evaluate(evaluator, [Person("sponsor", "the sponsor", facts)])
            self._sponsors[asked] = found
        return self._sponsors[asked]

    @cached_property
    def _sponsors(self) -> dict[object, Twice]:
        return {}

    def _of_sponsors(
        self,
        key: str,
        sponsored: Sequence[Mapping[str, tuple[NDArray[np.int64], NDArray[np.int64]]]],
        ordinary: Possible,
    ) -> Column:
        """A fact that is the sponsor's position: its certain to its possible lower bound."""
        assert isinstance(ordinary, Range)
        alone = tuple(
            np.full(self.size, end, dtype=np.int64) for end in (ordinary.low, ordinary.high)
        )
        pairs = [of.get(key, alone) for of in sponsored]
        return NumberColumn(
            np.concatenate([pair[0] for pair in pairs]), np.concatenate([p[1] for p in pairs])
        )


@dataclass(frozen=True, eq=False)
class Twice:
    """What a person has in each corridor: with no power used but where listed, and with all used."""

    unused: Evaluated
    used: Evaluated


def _part(found: Positions, rows: slice) -> Positions:
    return Positions(
        found.lower[rows],
        found.lower_possible[rows],
        found.upper[rows],
        found.upper_possible[rows],
        None if found.by is None else found.by[rows],
        None if found.limited_by is None else found.limited_by[rows],
    )


def _tiled(column: ListedColumn, times: int) -> ListedColumn:
    return ListedColumn(np.tile(column.codes, times), column.values)


def _repeated(listed: Sequence[Possible], each: int) -> ListedColumn:
    values = tuple(dict.fromkeys(listed))
    codes = np.array([values.index(one) for one in listed], dtype=np.int32)
    return ListedColumn(np.repeat(codes, each), values)


def _listed(names: Sequence[str]) -> tuple[Codes, tuple[str, ...]]:
    listed: dict[str, int] = {}
    codes = np.fromiter(
        (listed.setdefault(name, len(listed)) for name in names), np.int32, len(names)
    )
    return codes, tuple(listed)


def corridors_of(setting: Setting) -> Corridors:
    """The corridors of the people of a setting."""
    counted: dict[tuple[str, str], int] = {}
    persons: dict[tuple[str, str], int] = {}
    for cell in setting.cells:
        if cell.origin is None or cell.origin == cell.host:
            continue
        corridor = (cell.host, cell.origin)
        persons[corridor] = persons.get(corridor, 0) + cell.persons
        counted[corridor] = counted.get(corridor, 0) + (cell.persons if cell.is_certain else 0)
    return Corridors(
        setting,
        tuple(host for host, _ in persons),
        tuple(origin for _, origin in persons),
        np.array([counted[c] for c in persons], dtype=np.int64),
        np.array(list(persons.values()), dtype=np.int64),
    )


@dataclass(frozen=True)
class Invented:
    """Invented persons in each corridor of a setting; everything is evaluated at once, when asked for.

    rights, persons: said by each section that asks.
    """

    setting: Setting

    @property
    def rights(self) -> tuple[str, ...]:
        """The rights that the section speaks of, in its own order."""
        raise NotImplementedError

    @cached_property
    def persons(self) -> tuple[Person, ...]:
        """Everybody who is asked of."""
        raise NotImplementedError

    @cached_property
    def corridors(self) -> Corridors:
        """The corridors with people."""
        return corridors_of(self.setting)

    @cached_property
    def evaluator(self) -> Evaluator:
        """The rights of the section that some norm bounds, with the norms that decide them."""
        bounded = self.setting.under.rights
        rights = tuple(right for right in self.rights if right in bounded)
        return Evaluator(self.setting.regime, self.setting.day, rights=rights, deciding=True)

    @cached_property
    def found(self) -> Mapping[str, Twice]:
        """What each person has in each corridor, by the person's id; empty without a corridor."""
        made = self.corridors.evaluate(self.evaluator, self.persons)
        return {p.id: e for p, e in zip(self.persons, made, strict=True)} if made else {}
