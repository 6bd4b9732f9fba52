"""The pairs of States of a setting: what texts state of each, and what a typical person is guaranteed.

Belongs here: the pairs and their levels, made once for the section `openness`. Does not belong here:
a figure, a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.agreement.instruments import Instrument
from comity.agreement.many.evaluator import Positions
from comity.agreement.vocabulary import LevelType
from comity.api.brief_law_texts import kind_of
from comity.api.profile_pairs import (
    EVERY_RIGHT,
    NEWCOMER,
    PROVIDER,
    SEEKER,
    Mask,
    Pairs,
    Typical,
    pairs_between,
    positions,
)
from comity.api.profile_setting import Setting
from comity.profile.openness import HUB, QUALITIES, Grid, grid
from comity.world.countries import countries

PERSONS = (NEWCOMER, SEEKER, PROVIDER)
LEAST = {"entry": "visa", "stay": "temporary", "work": "any"}
"""What counts as guaranteed, of each right."""


@dataclass(frozen=True, eq=False)
class World:
    """The pairs of a setting: what texts state of them, what is guaranteed in them."""

    pairs: Pairs
    levels: Mapping[str, NDArray[np.int8]]
    found: Mapping[str, Mapping[str, Positions]]

    def guaranteed(self, person: Typical, right: str, rank: int, *, possibly: bool = False) -> Mask:
        """The pairs in which a level is guaranteed to a typical person."""
        at = self.found[person.id].get(right)
        if at is None:
            return np.zeros(len(self.pairs), dtype=np.bool_)
        return (at.lower_possible if possibly else at.lower) >= rank


def states_of(setting: Setting) -> tuple[str, ...]:
    """Members of the United Nations that existed on the day, by code."""
    declared = setting.regime.vocabulary.states
    return tuple(
        code
        for code, one in sorted(countries().items())
        if one.is_un_member and code in declared and declared[code].existed(setting.day)
    )


def world_of(setting: Setting) -> World:
    """All pairs of the setting with what is stated of them and guaranteed in them; made once."""
    kept: World | None = vars(setting).get("_openness")
    if kept is not None:
        return kept
    states = states_of(setting)
    own = setting.subject.hosts
    hosts = [s for s in states if own is None or s in own]
    pairs = pairs_between(setting, states, hosts)
    place = {state: n for n, state in enumerate(states)}
    texts = binding(setting)
    acts = frozenset(i.id for i, _ in texts if kind_of(i) == "directive")
    at = grid(texts, states, setting.day, _hub(setting), acts)
    rows = np.array([place[o] for o in pairs.origins], dtype=np.int64)
    columns = np.array([place[h] for h in pairs.hosts], dtype=np.int64)
    levels = {q: at.levels[q][rows, columns] for q in QUALITIES} if len(pairs) else _none(at)
    found = {p.id: positions(setting, pairs, p, EVERY_RIGHT) for p in PERSONS}
    made = World(pairs, levels, found)
    vars(setting)["_openness"] = made
    return made


def _none(at: Grid) -> Mapping[str, NDArray[np.int8]]:
    return {q: at.levels[q][:0, 0] for q in QUALITIES}


def _hub(setting: Setting) -> frozenset[str]:
    group = setting.regime.vocabulary.groups.get(HUB)
    return frozenset() if group is None else group.on(setting.day)


def binding(setting: Setting) -> list[tuple[Instrument, frozenset[str]]]:
    """Texts that bind, with all their States: a pair has both, also where one is no subject."""
    regime, day = setting.regime, setting.day
    everybody = frozenset(states_of(setting))
    return [
        (i, everybody if i.id in regime.for_every_host else i.parties_on(day))
        for i in setting.standing
        if i.force.binds
    ]


def least(setting: Setting, right: str, level: str = "") -> int:
    """The rank from which a right counts as guaranteed."""
    kind = setting.regime.vocabulary.rights[right].type
    assert isinstance(kind, LevelType)
    return kind.scale.rank(level or LEAST[right])
