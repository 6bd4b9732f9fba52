"""The section `hierarchy` of a profile: what each ring of States may do to, and owes, the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.agreement.elements import elements_of
from comity.agreement.many.evaluator import Positions
from comity.agreement.vocabulary import LevelType
from comity.api.profile_pairs import (
    EVERY_RIGHT,
    NEWCOMER,
    SETTLED,
    THREATENED,
    Pairs,
    Typical,
    deciding_articles,
    pairs_between,
    positions,
)
from comity.api.profile_people import POPULATION, told
from comity.api.profile_rings import (
    Rings,
    carried_figures,
    floors_table,
    readmission_table,
)
from comity.api.profile_setting import Setting
from comity.api.profile_shown import hides
from comity.api.schema_profile import Cell, FigureModel, ProfileSectionModel, ProfileTableModel
from comity.profile.hierarchy import (
    ACCESSION,
    BY_SCHENGEN,
    EUROPE,
    HEARTLAND,
    PERIPHERY,
    RINGS,
    SYSTEMS,
    Levels,
    System,
    levels,
    rings,
)

ASKED: Mapping[Typical, tuple[str, ...]] = {
    NEWCOMER: ("entry", "stay", "work"),
    SETTLED: ("stay", "work", "tenure", "remedy"),
    THREATENED: ("shield",),
}
"""The rights that are looked at of each typical person."""
_ALL = (
    (HEARTLAND, HEARTLAND),
    (ACCESSION, HEARTLAND),
    (PERIPHERY, HEARTLAND),
    (HEARTLAND, PERIPHERY),
    (PERIPHERY, PERIPHERY),
)
TOLD = (
    (NEWCOMER, "work", _ALL),
    (SETTLED, "tenure", (_ALL[0], _ALL[2], _ALL[3])),
    (THREATENED, "shield", (_ALL[2], _ALL[3])),
)
"""What is told as figures: of whose people, before which hosts; every pair of rings is in the table."""
INWARD = (_ALL[0], _ALL[2])

DEFINITION = (
    "A State stands in the innermost ring that has it on the day. Europe: heartland, members of the "
    "Union, the European Economic Area or the Swiss agreement on free movement; accession, States "
    "with a Europe Agreement or the association of Ankara; periphery, States of the Budapest Process, "
    "of a Euro-Mediterranean agreement or of those of 1976. North and Central America: heartland, "
    "those in the free trade area from its first day; accession, who joined it later; periphery, "
    "States of the Puebla Process. For each ordered pair of States one typical person of the first "
    f"stands before the second: {NEWCOMER.stated()}; {SETTLED.stated()}; {THREATENED.stated()}. "
    "Every fact that is not stated is ordinary, powers that nobody declared are neither exercised "
    "nor not. The level of a pair is what is surely guaranteed (0: nothing). A pair of rings has the "
    "mean over the people of the corridors (the certain ones of 2024), the mean over the pairs, and "
    "the least and greatest. Who may expel is `tenure` of the settled worker: at 0 the encoded texts "
    "name no least threat that the host would have to show."
)
EXAMPLE = (
    "Two States A and B of the heartland and one, C, outside. Work `any` is step 4 and is guaranteed "
    "between A and B; nothing is to those of C. 300 people of A live in B, 100 of B in A, 1,000 of C "
    "in A and none of C in B. Heartland to heartland: 4 by people ((300 x 4 + 100 x 4) / 400), 4 by "
    "pair, least 4, greatest 4. Periphery to heartland: 0. Were B to guarantee step 2 to those of C, "
    "the mean by pair would be 1, the mean by people still 0, as nobody of C is in B."
)


@dataclass(frozen=True, eq=False)
class Placed:
    """A system on a day: its rings, all pairs of its States, and where each pair stands."""

    system: System
    rings: Rings
    pairs: Pairs
    of: Mapping[tuple[str, str], NDArray[np.bool_]]
    found: Mapping[Typical, Mapping[str, Positions]]


def placed(
    setting: Setting, system: System, *, without_left: bool = False, adopted: bool = False
) -> Placed | None:
    """A system with its pairs evaluated; None where no text reaches a host of the subject in it.

    adopted: elements whose adoption no text states are read as adopted.
    """
    made = rings(system, setting.regime.vocabulary, setting.day, without_left=without_left)
    everyone = [state for states in made.values() for state in states]
    own = setting.subject.hosts
    hosts = [s for s in everyone if own is None or s in own]
    pairs = pairs_between(setting, everyone, hosts)
    reached = frozenset[str]().union(*(setting.bound(i) for i in setting.standing))
    if not made[HEARTLAND] or not len(pairs) or not reached & set(hosts):
        return None
    ring_of = {state: ring for ring, states in made.items() for state in states}
    origins = np.array([ring_of[o] for o in pairs.origins])
    into = np.array([ring_of[h] for h in pairs.hosts])
    of = {(a, b): (origins == a) & (into == b) for a in RINGS for b in RINGS}
    found = {
        person: positions(setting, pairs, person, EVERY_RIGHT, adopted=adopted) for person in ASKED
    }
    return Placed(system, made, pairs, of, found)


def hierarchy_section(setting: Setting) -> ProfileSectionModel:
    """The rings of both systems, what is guaranteed across them, and what ties them."""
    several = [one for system in SYSTEMS if (one := placed(setting, system)) is not None]
    of_texts = [(one.system, one.rings) for one in several]
    tables = (
        _rings_table(several),
        *(_levels_table(setting, one) for one in several),
        readmission_table(setting, of_texts),
        floors_table(setting, of_texts),
    )
    return ProfileSectionModel(
        id="hierarchy",
        title="Hierarchy",
        asks="What may each ring of States do to the next, and what does it owe?",
        definition=DEFINITION,
        example=EXAMPLE,
        figures=(
            *(figure for one in several for figure in _figures(setting, one)),
            *carried_figures(setting, [one.system for one in several]),
        ),
        tables=tuple(table for table in tables if table.rows),
        sensitivity=tuple(f for one in several for f in _sensitivity(setting, one)),
        not_observed=tuple(_not_observed(setting, several)),
        notes=_notes(setting, several),
    )


def _figures(setting: Setting, one: Placed) -> Iterator[FigureModel]:
    for person, right, steps in TOLD:
        for step in steps:
            figure = _figure(setting, one, person, right, step)
            if figure is not None:
                yield figure


def _figure(
    setting: Setting,
    one: Placed,
    person: Typical,
    right: str,
    step: tuple[str, str],
    *,
    also: str = "",
    possible: bool = False,
    by_pair: bool = False,
) -> FigureModel | None:
    at = one.found[person].get(right)
    mask = one.of[step]
    if at is None or not mask.any():
        return None
    lower = (at.lower_possible if possible else at.lower)[mask]
    made = levels(lower, one.pairs.stock[mask])
    assert made is not None
    mean = made.by_pair if by_pair else made.by_people
    start, end = step
    keys = deciding_articles(setting, EVERY_RIGHT, right, at, mask, one.pairs.stock)
    return FigureModel(
        id=f"hierarchy.{one.system.id}.{person.id}.{right}.{start}_to_{end}"
        + (f".{also.replace(' ', '_')}" if also else ""),
        title=f"{one.system.title}: `{right}` guaranteed to {person.words}, of the {start} in the "
        f"{end}" + (f", {also}" if also else ""),
        value=None if mean is None else round(mean, 2),
        unit=f"steps of {setting.regime.vocabulary.rights[right].top}",
        low=float(made.least),
        high=float(made.most),
        articles=keys,
        evidence=f"{made.pairs} pairs, {told(made.people, int(one.pairs.stock.sum()))} people in the "
        f"corridors; least `{_word(setting, right, made.least)}`, "
        f"greatest `{_word(setting, right, made.most)}`",
        sources=POPULATION,
    )


def _word(setting: Setting, right: str, rank: int) -> str:
    kind = setting.regime.vocabulary.rights[right].type
    return kind.scale.levels[rank] if isinstance(kind, LevelType) else str(rank)


def _rings_table(several: Sequence[Placed]) -> ProfileTableModel:
    rows: list[tuple[Cell, ...]] = [
        (one.system.title, ring, len(states), ", ".join(states) or "none")
        for one in several
        for ring, states in one.rings.items()
    ]
    return ProfileTableModel(
        id="hierarchy.rings",
        title="The rings on the day",
        columns=("system", "ring", "States", "which"),
        rows=tuple(rows),
    )


def _levels_table(setting: Setting, one: Placed) -> ProfileTableModel:
    rows: list[tuple[Cell, ...]] = []
    for person, rights in ASKED.items():
        for right in rights:
            for (start, end), mask in one.of.items():
                at = one.found[person].get(right)
                made = None if at is None else levels(at.lower[mask], one.pairs.stock[mask])
                if made is not None:
                    rows.append(_row(setting, one, person, right, (start, end), made))
    return ProfileTableModel(
        id=f"hierarchy.{one.system.id}.levels",
        title=f"{one.system.title}: levels surely guaranteed, from ring to ring",
        columns=(
            "person",
            "right",
            "of the",
            "in the",
            "mean by people",
            "mean by pair",
            "least",
            "greatest",
            "of",
            "pairs",
            "people",
        ),
        rows=tuple(rows),
        note="steps of the right's scale; 0 is no guarantee, not a refusal",
    )


def _row(
    setting: Setting,
    one: Placed,
    person: Typical,
    right: str,
    step: tuple[str, str],
    made: Levels,
) -> tuple[Cell, ...]:
    few = hides(made.people, int(one.pairs.stock.sum()))
    return (
        person.words,
        right,
        *step,
        None if made.by_people is None else round(made.by_people, 2),
        round(made.by_pair, 2),
        _word(setting, right, made.least),
        _word(setting, right, made.most),
        setting.regime.vocabulary.rights[right].top,
        made.pairs,
        None if few else made.people,
    )


def _sensitivity(setting: Setting, one: Placed) -> Iterator[FigureModel]:
    for step in INWARD:
        for also, possible, by_pair in (
            ("by pair", False, True),
            ("powers not exercised", True, False),
        ):
            found = _figure(
                setting, one, NEWCOMER, "work", step, also=also, possible=possible, by_pair=by_pair
            )
            if found is not None:
                yield found
    others = [("without who left", placed(setting, one.system, without_left=True))]
    if any(elements_of(i) for i in setting.standing if i.force.binds):
        others.append(("were all elements adopted", placed(setting, one.system, adopted=True)))
    if one.system is EUROPE:
        others.append(("by the Schengen area", placed(setting, BY_SCHENGEN)))
    for also, other in others:
        if other is not None:
            for step in INWARD:
                found = _figure(setting, other, NEWCOMER, "work", step, also=also)
                if found is not None:
                    yield found


def _not_observed(setting: Setting, several: Sequence[Placed]) -> Iterator[str]:
    there = {one.system.id for one in several}
    for system in SYSTEMS:
        if system.id not in there:
            yield (
                f"{system.title}: on {setting.day} no State of this subject is in its rings, "
                "no text of the regime reaches one, or there is no heartland yet"
            )
    for one in several:
        for ring, states in one.rings.items():
            if not states:
                yield f"{one.system.title}: no State is in the {ring} on {setting.day}"
        unbound = sorted(
            {r for person, rights in ASKED.items() for r in rights if r not in one.found[person]}
        )
        if unbound:
            yield f"{one.system.title}: no text of this regime bounds {', '.join(unbound)}"
    yield (
        "who must take back whom: readmission is owed between States, and no rule here says whose "
        "people, from where, within which time; the agreements of readmission themselves are not "
        "encoded"
    )
    if any("CHE" in states for one in several for states in one.rings.values()):
        yield (
            "free movement between the Union and Switzerland: the agreement is not encoded, so that "
            "those pairs stand at 0 inside the heartland"
        )
    yield "other regions' rings: no group of the vocabulary says who stands before whose door"


def _notes(setting: Setting, several: Sequence[Placed]) -> tuple[str, ...]:
    notes = []
    if several and setting.day.year != 2024:
        notes.append("The people in the corridors are those of 2024, whatever the day.")
    if any(len(one.rings[PERIPHERY]) for one in several):
        notes.append(
            "Whoever left the heartland stands in the ring that still has it, such as the United "
            "Kingdom since 2021; the sensitivity leaves those States out."
        )
    return tuple(notes)
