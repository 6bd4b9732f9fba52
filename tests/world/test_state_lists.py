"""The two lists of states that instruments share: their layout, their codes, their dates."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files

import pytest

from comity.world.countries import countries, host_of
from comity.world.errors import InputUnexpected
from comity.world.parties import GROUPS, parties_document
from comity.world.population import population
from comity.world.states import ENDED, SINCE

FOLDER = files("comity") / "instruments"
STATES = (FOLDER / "states.md").read_text(encoding="utf-8")
PARTIES = (FOLDER / "parties.md").read_text(encoding="utf-8")
FENCE = "```"

ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in STATES.splitlines()
    if re.match(r"\| [A-Z]{3} ", line)
]
MEMBER = re.compile(
    r"([A-Z]{3}) from (\d{4}-\d\d-\d\d)(?: until (\d{4}-\d\d-\d\d))?", flags=re.ASCII
)


def statements() -> dict[str, str]:
    fence = PARTIES.split(f"{FENCE}comity\n")[1].split(f"\n{FENCE}")[0]
    found: dict[str, str] = {}
    name = ""
    for line in fence.splitlines():
        if line.startswith("group "):
            name, _, rest = line.removeprefix("group ").partition(":")
            found[name] = rest.strip()
        elif line.startswith("  "):
            found[name] += " " + line.strip()
        else:
            assert line == "" or line.startswith("# ")
    return found


def test_the_table_of_states_follows_its_fence() -> None:
    assert f"{FENCE}comity\nstates\n{FENCE}\n\n| code | name | from | until |\n" in STATES
    assert STATES.startswith("---\nid: states\n")
    assert PARTIES.startswith("---\nid: parties\n")


def test_codes_are_unique_and_cover_every_host_and_origin_of_the_population() -> None:
    codes = [row[0] for row in ROWS]
    assert sorted(set(codes)) == codes
    assert set(countries()) <= set(codes)
    people = {c.host for c in population()} | {c.origin for c in population() if c.origin}
    assert people <= set(codes)
    assert {"SUN", "YUG", "SCG", "CSK", "DDR", "VDR", "YMD", "ANT", "XKX"} <= set(codes)


def test_dates_of_existence_are_dates_in_order() -> None:
    for code, name, since, until in ROWS:
        assert name, code
        if since:
            assert date(1945, 1, 1) <= date.fromisoformat(since) < date(2012, 1, 1)
        if since and until:
            assert date.fromisoformat(since) < date.fromisoformat(until)


@pytest.mark.parametrize(
    ("code", "since", "until"),
    [
        ("SSD", "2011-07-09", ""),
        ("SUN", "", "1991-12-26"),
        ("ERI", "1993-05-24", ""),
        ("CZE", "1993-01-01", ""),
        ("SWE", "", ""),
        ("PRI", "", ""),
    ],
)
def test_some_states_stand_with_their_dates(code: str, since: str, until: str) -> None:
    assert (since, until) == next(row[2:] for row in ROWS if row[0] == code)


def test_every_dated_code_is_listed() -> None:
    assert set(SINCE) | set(ENDED) <= {row[0] for row in ROWS}
    assert not set(SINCE) & set(ENDED)


def test_every_group_is_a_statement_of_members_with_dates() -> None:
    found = statements()
    assert [group.name for group in GROUPS] == list(found)
    codes = {row[0] for row in ROWS}
    for name, text in found.items():
        for member in text.split(", "):
            match = MEMBER.fullmatch(member)
            assert match, (name, member)
            assert match[1] in codes
            since = date.fromisoformat(match[2])
            assert match[3] is None or since < date.fromisoformat(match[3])


@pytest.mark.parametrize(
    ("group", "members"),
    [
        ("refugee_convention_1951", 146),
        ("refugee_protocol_1967", 147),
        ("cat", 173),
        ("eu", 29),
        ("schengen", 29),
        ("dublin", 32),
        ("statelessness_1954", 99),
        ("statelessness_1961", 80),
    ],
)
def test_groups_have_all_their_rows(group: str, members: int) -> None:
    assert members == len(MEMBER.findall(statements()[group]))


def test_the_united_kingdom_left_on_the_days_it_left() -> None:
    assert "GBR from 1973-01-01 until 2020-02-01" in statements()["eu"]
    assert "GBR from 1997-09-01 until 2021-01-01" in statements()["dublin"]


def test_doubtful_rows_are_named_above_their_group() -> None:
    assert "# check: SSD\ngroup refugee_convention_1951:" in PARTIES
    assert "# check: AGO CHL COL GNB HTI ISL MLI MLT SLE STP TGO TUR\n" in PARTIES


def test_lines_fit_and_hosts_are_countries() -> None:
    inside = PARTIES.split(f"{FENCE}comity\n")[1]
    assert max(len(line) for line in inside.splitlines()) <= 95
    assert "XCX" == host_of("JEY")


def test_a_row_without_a_code_of_three_letters_is_refused(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "spells.csv"
    head = "regime,iso3,from_date,to_date,precision,basis,confidence\n"
    deposits = Path(str(tmp_path)) / "deposits.csv"
    deposits.write_text("treaty,iso3,consent_date,consent_type,is_organisation\n")
    path.write_text(head + "refugee_convention_1951,AB9,1990-01-01,,day,x,sure\n")
    with pytest.raises(InputUnexpected, match="AB9"):
        parties_document(path, deposits)
    path.write_text(head)
    with pytest.raises(InputUnexpected, match="no regime"):
        parties_document(path, deposits)


def test_a_vote_is_for_good_and_a_signature_or_an_organisation_is_no_party() -> None:
    assert "AGO from 2018-12-19" in statements()["gcm_endorsed"]
    assert "until" not in statements()["gcm_endorsed"]
    assert "USA" not in statements()["gcm_endorsed"]
    assert "ALB from 2002-08-21" in statements()["palermo_trafficking"]
