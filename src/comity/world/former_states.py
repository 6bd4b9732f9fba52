"""Corridors of today that lay inside one State of an earlier year.

Both sources of stocks count in the borders of later years, so that who moved from one republic of
the Soviet Union to another stands as a migrant of 1970. No agreement among States could speak of
them: they were at home. They are kept apart for the years in which both places were one State, and
stand in no figure about law. Names and codes imply no opinion on the legal status of any country or
territory: the annexation of Estonia, Latvia and Lithuania was not recognised by many States, and
people moved there as inside one State all the same.

People of a State's overseas territories, of colonies and of countries under occupation are not in
this table: they stay corridors, as they are for the population of 2024.

Source: `comity.world.states`, from general knowledge.
"""

from __future__ import annotations

from dataclasses import dataclass

from comity.world.states import SINCE


@dataclass(frozen=True, slots=True)
class FormerUnion:
    """A State that is several today. carried_by: the one of today that it goes on as, or empty."""

    name: str
    members: frozenset[str]
    carried_by: str


FORMER_UNIONS = (
    FormerUnion(
        "Union of Soviet Socialist Republics",
        frozenset(
            [
                "ARM",
                "AZE",
                "BLR",
                "EST",
                "GEO",
                "KAZ",
                "KGZ",
                "LTU",
                "LVA",
                "MDA",
                "RUS",
                "TJK",
                "TKM",
                "UKR",
                "UZB",
            ],
        ),
        "",
    ),
    FormerUnion("Yugoslavia", frozenset(["BIH", "HRV", "MKD", "MNE", "SRB", "SVN"]), ""),
    FormerUnion("Czechoslovakia", frozenset({"CZE", "SVK"}), ""),
    FormerUnion("Pakistan until 1971", frozenset({"BGD", "PAK"}), "PAK"),
    FormerUnion("Ethiopia until 1993", frozenset({"ERI", "ETH"}), "ETH"),
    FormerUnion("Sudan until 2011", frozenset({"SDN", "SSD"}), "SDN"),
)


def one_state(origin: str | None, host: str, year: int) -> FormerUnion | None:
    """The State in which both places lay on 1 July of a year, if they are two States today.

    origin, host: ISO3 codes of today; an unknown origin was in no known State.
    """
    if origin is None or origin == host:
        return None
    day = f"{year}-07-01"
    for union in FORMER_UNIONS:
        both = {origin, host}
        if both <= union.members and all(
            code == union.carried_by or SINCE[code] > day for code in both
        ):
            return union
    return None
