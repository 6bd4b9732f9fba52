"""The places of a timeline: the world, and the two cases of the paper."""

from __future__ import annotations

from dataclasses import dataclass

from comity.agreement.vocabulary import Vocabulary
from comity.language.faults import ComityError, Fault, did_you_mean
from comity.world.countries import countries, members_of


@dataclass(frozen=True)
class Place:
    """Hosts that are told together, the same ones in every year. id: as a user names it."""

    id: str
    title: str
    definition: str
    hosts: frozenset[str]


NAMES = ("world", "europe", "americas")
_BUDAPEST, _PUEBLA = "budapest_process", "puebla_rcm"


def places_of(names: tuple[str, ...], vocabulary: Vocabulary) -> tuple[Place, ...]:
    """The places of some names, in the order of `NAMES`; all of them for none.

    Raises ComityError (E457 for a place that is none).
    """
    for name in names:
        if name.lower() not in NAMES:
            raise ComityError(
                Fault(
                    "E457",
                    f"`{name[:60]}` is no place of the timeline",
                    possible=f"places: {', '.join(NAMES)}",
                    suggestion=did_you_mean(name, NAMES) or NAMES[0],
                )
            )
    asked = {name.lower() for name in names} or set(NAMES)
    return tuple(_place(name, vocabulary) for name in NAMES if name in asked)


def _place(name: str, vocabulary: Vocabulary) -> Place:
    if name == "world":
        return Place(
            name, "The world", "Every host that a source of people names.", frozenset(countries())
        )
    region, group, title, process = (
        ("Europe", _BUDAPEST, "Europe with the Budapest Process", "the Budapest Process")
        if name == "europe"
        else (
            "Americas",
            _PUEBLA,
            "The Americas with Puebla",
            "the Regional Conference on Migration",
        )
    )
    taking_part = frozenset(member.state for member in vocabulary.groups[group].members)
    return Place(
        name,
        title,
        f"The region {region} of the United Nations (M49), and every State that has ever taken part "
        f"in {process}; the same hosts in every year.",
        members_of(region) | (taking_part & countries().keys()),
    )
