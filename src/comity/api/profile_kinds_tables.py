"""Tables of the kinds of persons: side by side, where they are furthest apart, in corridors of the paper."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from comity.api.profile_kinds import RIGHTS, Kinds, person_of
from comity.api.profile_shown import hides
from comity.api.schema_profile import Cell, ProfileTableModel
from comity.count.suppression import MIN_CELL
from comity.profile.persons import EXPERT, INVESTOR, KINDS, MANAGER, WORKER, in_words
from comity.profile.selectivity import GRANTS, advantage, share

MOVED = (MANAGER, EXPERT, INVESTOR)
"""The kinds whom capital moves."""
OF_THE_PAPER = (
    ("DEU", "TUR"),
    ("GBR", "POL"),
    ("USA", "MEX"),
    ("ARG", "BOL"),
    ("GHA", "NGA"),
)
"""Corridors (host, origin) of the two cases of Overbeek 2002, and of two regions with free movement."""
WIDEST = 15
"""Corridors with the widest difference that are listed."""


def percent(part: float) -> float:
    """A share as per cent, to two places."""
    return round(100 * part, 2)


def kinds_tables(found: Kinds) -> Iterator[ProfileTableModel]:
    """Side by side, furthest apart, in the corridors of the paper, and who they are."""
    yield _by_kind(found)
    yield from _widest(found)
    if (paper := _of_the_paper(found)) is not None:
        yield paper
    vocabulary = found.setting.regime.vocabulary
    yield ProfileTableModel(
        id="selectivity.persons",
        title="The invented persons",
        columns=("person", "who", "facts", "facts of the sponsor"),
        rows=tuple(
            (p.id, p.title, in_words(vocabulary, p.facts), in_words(vocabulary, p.sponsor) or None)
            for p in found.persons
        ),
        note="a national of the corridor's origin, of whom all else is ordinary; a sponsor likewise",
    )


def _by_kind(found: Kinds) -> ProfileTableModel:
    rows: list[tuple[Cell, ...]] = []
    hidden = 0
    for kind in KINDS:
        row: list[Cell] = [kind.title]
        for grant in GRANTS:
            surely, possibly = found.guaranteed(person_of(kind, grant), grant.right, grant.level)
            is_hidden = found.corridors.weighed(surely, possibly).hidden
            hidden += is_hidden
            low = share(surely, found.corridors.counted)
            row += [
                None if is_hidden else percent(low.of_people),
                percent(low.of_corridors),
            ]
        rows.append(tuple(row))
    columns = [f"{g.name}, % of {what}" for g in GRANTS for what in ("people", "corridors")]
    return ProfileTableModel(
        id="selectivity.kinds",
        title="What each kind of person is guaranteed in the same corridors",
        columns=("kind", *columns),
        rows=tuple(rows),
        note=f"{found.corridors.size} corridors, {found.corridors.people} people; surely, whatever "
        "powers are used; at the door: entry and stay, else a year in",
        hidden=hidden,
    )


def _widest(found: Kinds) -> Iterator[ProfileTableModel]:
    """The corridors in which those whom capital moves stand furthest above a worker."""
    corridors = found.corridors
    for right, at_door, words in (("entry", True, "at the door"), ("work", False, "a year in")):
        if right not in found.setting.under.rights:
            continue
        levels = found.levels(right, MOVED, at_door=at_door)
        (level,) = found.levels(right, (WORKER,), at_door=at_door)
        steps = advantage(levels, level)
        told = np.flatnonzero((steps > 0) & (corridors.counted >= MIN_CELL))
        order = sorted(
            told.tolist(), key=lambda n: (-steps[n], -corridors.counted[n], corridors.hosts[n])
        )[:WIDEST]
        if not order:
            continue
        name_of = found.setting.regime.vocabulary.rights[right].name_of
        rows: list[tuple[Cell, ...]] = []
        for n in order:
            best = MOVED[int(levels[:, n].argmax())]
            person = best.door.id if at_door else best.inside.id
            other = WORKER.door.id if at_door else WORKER.inside.id
            rows.append(
                (
                    corridors.hosts[n],
                    corridors.origins[n],
                    int(corridors.counted[n]),
                    int(steps[n]),
                    best.title,
                    name_of(int(levels[:, n].max())),
                    found.article(person, right, n) or None,
                    name_of(int(level[n])),
                    found.article(other, right, n) or None,
                )
            )
        yield ProfileTableModel(
            id=f"selectivity.widest.{right}",
            title=f"Corridors in which managers, experts or investors stand furthest above workers: "
            f"{right} {words}",
            columns=(
                "host",
                "origin",
                "people",
                "steps apart",
                "best placed",
                "guaranteed to them",
                "by",
                "guaranteed to a worker with an offer",
                "by, for the worker",
            ),
            rows=tuple(rows),
            note=f"{len(told)} of {corridors.size} corridors have some difference; those widest apart "
            "and then with most people are listed; no power used",
        )


def _of_the_paper(found: Kinds) -> ProfileTableModel | None:
    places = {
        pair: n
        for n, pair in enumerate(
            zip(found.corridors.hosts, found.corridors.origins, strict=True)
        )
    }  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    rights = found.setting.regime.vocabulary.rights
    for pair in (p for p in OF_THE_PAPER if p in places):
        at = places[pair]
        few = hides(int(found.corridors.counted[at]), found.corridors.people)
        people = None if few else int(found.corridors.counted[at])
        for kind in KINDS:
            cells: list[Cell] = []
            for right in RIGHTS:
                person = kind.door.id if right == "entry" else kind.inside.id
                position = found.found[person].unused.rights.get(right)
                level = 0 if position is None else int(position.lower[at])
                cells += [rights[right].name_of(level), found.article(person, right, at) or None]
            rows.append((*pair, people, kind.title, *cells))
    if not rows:
        return None
    return ProfileTableModel(
        id="selectivity.paper",
        title="Corridors of the paper: what each kind is guaranteed, and by which norm",
        columns=(
            "host",
            "origin",
            "people",
            "kind",
            *(word for right in RIGHTS for word in (right, f"{right} by")),
        ),
        rows=tuple(rows),
        note="entry at the door, the rest a year in; no power used; `refused` and `none`: no guarantee "
        "found in the encoded texts, the State may grant more",
    )
