"""How many States are party to what, and when, against counts that others have published."""

from __future__ import annotations

from datetime import date

import pytest

from comity.api import library as shelf

PUBLISHED = [
    # (group, day, States, who published it)
    ("refugee_convention_1951", "2015-04-15", 145, "UNHCR, States parties, April 2015"),
    ("refugee_protocol_1967", "2015-04-15", 146, "UNHCR, States parties, April 2015"),
    ("refugee_convention_1951", "2024-01-01", 146, "UN Treaty Collection, V.2"),
    ("refugee_protocol_1967", "2024-01-01", 147, "UN Treaty Collection, V.5"),
    ("cat", "2015-03-14", 158, "UN Treaty Collection, IV.9, March 2015"),
    ("cat", "2022-12-31", 173, "OHCHR, status of ratification, 2022"),
    ("iccpr", "2015-03-14", 168, "UN Treaty Collection, IV.4, March 2015"),
    ("iccpr", "2022-12-31", 173, "OHCHR, status of ratification, 2022"),
    ("crc", "2015-10-02", 196, "UN, after Somalia's ratification, October 2015"),
    ("statelessness_1954", "2022-12-31", 96, "UN Treaty Collection, V.3"),
    ("statelessness_1961", "2022-12-31", 78, "UN Treaty Collection, V.4"),
    ("statelessness_1961", "2015-03-14", 63, "UN Treaty Collection, V.4, March 2015"),
    ("ilo_c097", "2015-01-01", 49, "ILO NORMLEX, C097"),
    ("ilo_c143", "2015-01-01", 23, "ILO NORMLEX, C143"),
    ("kampala", "2021-01-01", 33, "African Union, status list"),
    ("gcm_endorsed", "2018-12-19", 152, "GA 73rd session, vote on A/RES/73/195"),
    ("schengen", "2013-07-01", 26, "European Commission"),
    ("schengen", "2023-01-01", 27, "European Commission, Croatia"),
    ("schengen", "2024-03-31", 29, "European Commission, Bulgaria and Romania"),
    ("eea", "2014-07-01", 31, "EFTA Surveillance Authority"),
    ("eea", "2021-01-01", 30, "EFTA Surveillance Authority"),
    ("ecowas_free_movement", "2025-02-01", 12, "ECOWAS, 29 January 2025"),
    ("ecowas_free_movement", "2001-01-01", 15, "ECOWAS, after Mauritania left"),
    ("europe_agreement", "1999-02-01", 10, "European Commission"),
    ("puebla_rcm", "2020-01-01", 11, "Regional Conference on Migration"),
    # the Union itself is a member of the organisation and no State
    ("wto_gats", "2016-08-01", 164 - 1, "WTO, 164 members"),
    ("wto_gats", "2024-09-01", 166 - 1, "WTO, 166 members"),
]
UNION = [
    ("1958-01-01", 6), ("1973-01-01", 9), ("1981-01-01", 10), ("1986-01-01", 12),
    ("1995-01-01", 15), ("2004-05-01", 25), ("2007-01-01", 27), ("2013-07-01", 28),
    ("2020-02-01", 27),
]  # fmt: skip


def parties(group: str, day: str) -> frozenset[str]:
    """The States of a group on a day."""
    return shelf.vocabulary().groups[group].on(date.fromisoformat(day))


@pytest.mark.parametrize(("group", "day", "states", "source"), PUBLISHED)
def test_parties_are_as_many_as_published(group: str, day: str, states: int, source: str) -> None:
    assert states == len(parties(group, day)), source


@pytest.mark.parametrize(("day", "states"), UNION)
def test_members_of_the_union(day: str, states: int) -> None:
    """Greenland was inside with Denmark until 1985 and is no State."""
    assert states == len(parties("eu", day) - {"GRL"})


@pytest.mark.parametrize(
    ("instrument", "day", "states"),
    [
        ("cat_art3", "2015-03-14", 158),
        ("oau_1969", "2020-01-01", 47),
        ("icrmw", "2026-11-30", 59),
        ("mercosur_residence", "2015-01-01", 9),
        ("nafta_ch16", "2000-01-01", 3),
        ("nafta_ch16", "2020-07-01", 0),
        ("usmca_ch16", "2020-07-01", 3),
        ("eu_qd_2011_95", "2015-01-01", 25),
        ("eu_qd_2011_95", "2026-07-01", 0),
        ("stca", "2026-11-30", 2),
    ],
)
def test_an_instrument_binds_as_many_as_its_groups_say(
    instrument: str, day: str, states: int
) -> None:
    found = shelf.packaged().instruments[instrument].parties_on(date.fromisoformat(day))
    assert states == len(found)
