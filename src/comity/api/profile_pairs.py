"""Typical persons before every host: one person a pair of States, evaluated together in one table.

Belongs here: persons stated in full, the pairs, their positions under the regime, the people in each
corridor. Does not belong here: any figure made of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.agreement.cases import Case, places_of
from comity.agreement.many.columns import Column, ListedColumn, Table, known_in
from comity.agreement.many.evaluator import Evaluator, Positions
from comity.agreement.values import Possible, Range, Truth, exactly
from comity.agreement.vocabulary import LevelType, Vocabulary
from comity.api.profile_setting import Setting

Level: TypeAlias = str | int | bool
Mask: TypeAlias = NDArray[np.bool_]
EVERY_RIGHT = ("entry", "stay", "work", "tenure", "remedy", "shield")
"""The rights of typical persons that the sections ask: evaluated together, since that is cheapest."""


@dataclass(frozen=True, slots=True)
class Typical:
    """A typical person: what is stated of them; every other fact has its ordinary value.

    facts: words of scales and options as the vocabulary writes them, numbers in the fact's own unit.
    """

    id: str
    words: str
    facts: tuple[tuple[str, Level], ...] = ()

    def stated(self) -> str:
        """The facts in words, for the definition."""
        said = ("yes" if v is True else "no" if v is False else str(v) for _, v in self.facts)
        listed = ", ".join(f"{path} {v}" for (path, _), v in zip(self.facts, said, strict=True))
        return f"{self.words} ({listed})" if listed else self.words


def possible(path: str, value: Level, vocabulary: Vocabulary) -> Possible:
    """A stated fact as the evaluator takes it. Raises KeyError for an unknown fact or level."""
    declared = vocabulary.fact(path)
    if declared is None:
        raise KeyError(path)
    if isinstance(value, bool):
        return Truth.of(value)
    if isinstance(value, str) and isinstance(declared.type, LevelType):
        return exactly(declared.type.scale.rank(value))
    return Range(value, value) if isinstance(value, int) else exactly(value)


@dataclass(frozen=True, eq=False)
class Pairs:
    """Ordered pairs of States, origin and host, that are not the same.

    origins, hosts: codes of each pair. stock: persons counted as certain in each corridor, (pairs,).
    """

    origins: tuple[str, ...]
    hosts: tuple[str, ...]
    stock: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.hosts)


def pairs_between(setting: Setting, origins: Sequence[str], hosts: Sequence[str]) -> Pairs:
    """Every pair of an origin and another host, in the order given, with the people in it."""
    listed = [(o, h) for h in hosts for o in origins if o != h]
    people = corridors(setting)
    return Pairs(
        tuple(o for o, _ in listed),
        tuple(h for _, h in listed),
        np.array([people.get(pair, 0) for pair in listed], dtype=np.int64),
    )


def corridors(setting: Setting) -> Mapping[tuple[str, str], int]:
    """Persons counted as certain by origin and host, made once a setting."""
    kept: dict[tuple[str, str], int] | None = vars(setting).get("_corridors")
    if kept is None:
        kept = {}
        for cell in setting.cells:
            if cell.origin and cell.is_certain:
                pair = (cell.origin, cell.host)
                kept[pair] = kept.get(pair, 0) + cell.persons
        vars(setting)["_corridors"] = kept
    return kept


def evaluator_of(setting: Setting, rights: tuple[str, ...]) -> Evaluator:
    """An evaluator of some rights that tells the deciding norms, made once a setting."""
    kept: dict[tuple[str, ...], Evaluator] = vars(setting).setdefault("_pair_evaluators", {})
    known = setting.regime.units
    asked = tuple(right for right in rights if known.get(right))
    if asked not in kept:
        kept[asked] = Evaluator(setting.regime, setting.day, rights=asked, deciding=True)
    return kept[asked]


def positions(
    setting: Setting,
    pairs: Pairs,
    person: Typical,
    rights: tuple[str, ...],
    *,
    adopted: bool = False,
) -> Mapping[str, Positions]:
    """The positions of one typical person, before each pair's host with the other's nationality.

    Rights that no norm of the regime bounds are left out. `by` numbers `evaluator_of(...).units`.
    adopted: every element whose adoption no text states is read as adopted and funded.
    """
    evaluator = evaluator_of(setting, rights)
    if not evaluator.rights or not len(pairs):
        return {}
    vocabulary = setting.regime.vocabulary
    stated = {path: possible(path, value, vocabulary) for path, value in person.facts}
    case = Case(setting.day, stated, ordinary=True)
    own = {o: places_of((o,), vocabulary) for o in dict.fromkeys(pairs.origins)}
    for o, facts in own.items():
        facts["nationality"] = exactly(frozenset({o}))
    varied = {key for facts in own.values() for key in facts}
    columns: dict[str, Column] = {"host": _listed(pairs.hosts, exactly)}
    for key in sorted(varied & set(evaluator.keys)):
        of_origin = {o: facts[key] for o, facts in own.items()}
        columns[key] = _listed(pairs.origins, of_origin.__getitem__)
    shared = {key: known_in(case, key, vocabulary) for key in evaluator.keys if key not in columns}
    if adopted:
        shared |= {key: Truth.TRUE for key in shared if key.startswith("adopted ")}
    return evaluator.evaluate(Table(len(pairs), columns, shared)).rights


def _listed(names: Sequence[str], said: Callable[[str], Possible]) -> ListedColumn:
    listed = {name: n for n, name in enumerate(dict.fromkeys(names))}
    codes = np.fromiter((listed[name] for name in names), np.int32, len(names))
    return ListedColumn(codes, tuple(said(name) for name in listed))


# ---- typical persons ----
NEWCOMER = Typical(
    "newcomer",
    "a worker with an offer who asks for leave",
    (("work.kind", "worker"), ("work.offer", True), ("application.kind", "permit")),
)
SEEKER = Typical(
    "seeker",
    "a job seeker with no offer who asks for leave",
    (("work.kind", "job_seeker"), ("application.kind", "permit")),
)
PROVIDER = Typical(
    "provider",
    "a provider of services in a sector that the host has scheduled",
    (("work.kind", "contract_supplier"), ("work.scheduled", True)),
)
SETTLED = Typical(
    "settled",
    "a worker after five lawful years",
    (
        ("work.kind", "worker"),
        ("attachment", "lawfully_staying"),
        ("status.held", "temporary"),
        ("residence.lawful", 60),
        ("residence.temporary", 60),
        ("work.lawful", 60),
    ),
)
THREATENED = Typical(
    "threatened",
    "a person persecuted at home for a political opinion who asks for protection",
    (
        ("claims", True),
        ("origin1.degree", "danger_to_life"),
        ("origin1.immediacy", "real_risk"),
        ("origin1.likelihood", "more_likely"),
        ("origin1.ground", "political_opinion"),
        ("origin1.role", "target"),
        ("origin1.harm", "torture"),
        ("origin1.actor", "state"),
        ("origin1.protects", False),
    ),
)


def deciding_articles(
    setting: Setting,
    rights: tuple[str, ...],
    right: str,
    at: Positions,
    mask: NDArray[np.bool_],
    weights: NDArray[np.int64],
    most: int = 12,
) -> tuple[str, ...]:
    """Keys of the guarantees that decide a right in some pairs, those of most people first."""
    assert at.by is not None
    units = evaluator_of(setting, rights).units(right)
    by = at.by[mask].astype(np.int64)
    people = np.bincount(by, weights=weights[mask], minlength=len(units) + 1)
    pairs = np.bincount(by, minlength=len(units) + 1)
    order = sorted(
        (n for n in range(1, len(units) + 1) if pairs[n]), key=lambda n: (-people[n], -pairs[n], n)
    )
    return tuple(dict.fromkeys(units[n - 1] for n in order))[:most]
