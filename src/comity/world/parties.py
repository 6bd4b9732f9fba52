"""Who was in which treaty or union, and when: the text of `instruments/parties.md`.

The dates come from the table of membership spells; nothing is added or corrected here. Rows
that the table marks `check`, and rows known only to the month or year, are named in comments.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from comity.world.errors import InputUnexpected

WIDTH = 95
_CODE = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class PartyGroup:
    """A group of the language and the regime of the table from which it is made.

    basis: only rows that rest on this, and for good (a vote has a day and no end).
    table: `spells`, or `depositary` for a treaty that only the depositary's table of 2015 has.
    """

    name: str
    regime: str
    title: str
    basis: str = ""
    table: str = "spells"


GROUPS = (
    PartyGroup("refugee_convention_1951", "refugee_convention_1951", "Refugee Convention, 1951"),
    PartyGroup("refugee_protocol_1967", "refugee_protocol_1967", "Refugee Protocol, 1967"),
    PartyGroup("oau_refugee_1969", "oau_refugee_1969", "OAU Refugee Convention, 1969"),
    PartyGroup(
        "cartagena_1984",
        "cartagena_1984",
        "States whose law has the wider definition of the Cartagena Declaration (no treaty)",
    ),
    PartyGroup("statelessness_1954", "statelessness_1954", "Status of Stateless Persons, 1954"),
    PartyGroup("statelessness_1961", "statelessness_1961", "Reduction of Statelessness, 1961"),
    PartyGroup("cat", "cat", "Convention against Torture, 1984"),
    PartyGroup("iccpr", "iccpr", "Covenant on Civil and Political Rights, 1966"),
    PartyGroup("crc", "crc", "Convention on the Rights of the Child, 1989"),
    PartyGroup("icrmw", "icrmw", "Migrant Workers Convention, 1990"),
    PartyGroup("ilo_c097", "ilo_c097", "ILO Migration for Employment Convention, 1949 (C097)"),
    PartyGroup("ilo_c143", "ilo_c143", "ILO Migrant Workers Convention, 1975 (C143)"),
    PartyGroup("kampala", "kampala", "Kampala Convention on internally displaced persons, 2009"),
    PartyGroup("eu", "eu_membership", "European Economic Community, then European Union"),
    PartyGroup("eea", "eea", "European Economic Area"),
    PartyGroup("eu_swiss_fmp", "eu_swiss_fmp", "Free movement of persons, EU and Switzerland"),
    PartyGroup("schengen", "schengen", "Schengen area"),
    PartyGroup("dublin", "dublin", "Dublin Convention and Regulations"),
    PartyGroup("decision_1_80", "decision_1_80", "Decision 1/80, EEC and Turkey"),
    PartyGroup("us_canada_stca", "us_canada_stca", "Safe Third Country Agreement"),
    PartyGroup("ecowas_free_movement", "ecowas_free_movement", "ECOWAS protocol, 1979"),
    PartyGroup("mercosur_residence", "mercosur_residence", "MERCOSUR residence agreement, 2002"),
    PartyGroup("eac_common_market", "eac_common_market", "EAC Common Market Protocol"),
    PartyGroup("eaeu", "eaeu", "Eurasian Economic Union"),
    PartyGroup("gcc", "gcc", "Gulf Cooperation Council"),
    PartyGroup("caricom_csme", "caricom_csme", "CARICOM Single Market, skilled nationals"),
    PartyGroup("nordic_labour_market", "nordic_labour_market", "Common Nordic labour market"),
    PartyGroup("trans_tasman", "trans_tasman", "Trans-Tasman Travel Arrangement"),
    PartyGroup("ankara_association", "ankara_association", "Association EEC and Turkey, 1963"),
    PartyGroup("europe_agreement", "europe_agreement", "Partners of the Europe Agreements"),
    PartyGroup(
        "euromed_association",
        "euromed_association",
        "Partners of the Euro-Mediterranean Association Agreements",
    ),
    PartyGroup("eu_maghreb_1976", "eu_maghreb_1976", "Partners of the agreements of 1976"),
    PartyGroup(
        "eu_free_movement_workers",
        "eu_free_movement_workers",
        "States whose workers move freely in the Community and Union",
    ),
    PartyGroup(
        "eu8_labour_market_open",
        "eu8_labour_market_open",
        "Hosts open to workers of the eight States of 2004, since the day of opening",
    ),
    PartyGroup(
        "eu2_labour_market_open",
        "eu2_labour_market_open",
        "Hosts open to workers of Bulgaria and Romania, since the day of opening",
    ),
    PartyGroup(
        "hrv_labour_market_open",
        "hrv_labour_market_open",
        "Hosts open to workers of Croatia, since the day of opening",
    ),
    PartyGroup("efta", "efta", "European Free Trade Association"),
    PartyGroup("uk_ie_cta", "uk_ie_cta", "Common Travel Area"),
    PartyGroup("nafta_tn", "nafta_tn", "Canada and the United States, NAFTA, USMCA"),
    PartyGroup("wto_gats", "wto_gats", "World Trade Organization"),
    PartyGroup("asean_membership", "asean_membership", "ASEAN"),
    PartyGroup("asean_mnp", "asean_mnp", "ASEAN agreement on movement of natural persons, 2012"),
    PartyGroup("au_free_movement", "au_free_movement", "AU free movement protocol, 2018"),
    PartyGroup("caricom_membership", "caricom_membership", "Caribbean Community"),
    PartyGroup(
        "caricom_full_movement_2025",
        "caricom_full_movement_2025",
        "CARICOM, full movement among some",
    ),
    PartyGroup("ecowas_membership", "ecowas_membership", "ECOWAS, members"),
    PartyGroup("mercosur_membership", "mercosur_membership", "MERCOSUR, members"),
    PartyGroup("andean_membership", "andean_membership", "Andean Community"),
    PartyGroup("ca4", "ca4", "Central American border agreement (CA-4)"),
    PartyGroup("budapest_process", "budapest_process", "Budapest Process (no treaty)"),
    PartyGroup("puebla_rcm", "puebla_rcm", "Regional Conference on Migration (no treaty)"),
    PartyGroup("iom_membership", "iom_membership", "International Organization for Migration"),
    PartyGroup(
        "gcm_endorsed",
        "gcm_vote",
        "States that voted for the Global Compact for Migration (no treaty)",
        basis="yes",
    ),
    PartyGroup(
        "palermo_trafficking",
        "palermo_trafficking_2000",
        "Palermo Protocol on trafficking, 2000, as of March 2015",
        table="depositary",
    ),
)

_HEAD = """\
---
id: parties
title: Who is in which treaty or union, and since when
---

# Parties

Groups of States with the dates of each, shared by every instrument. The dates come from the
table of membership spells of regimes and treaties (compiled from the UN Treaty Collection as of
March 2015, a table of 2022, ILO NORMLEX, gazettes and general knowledge; facts of membership).
`from` is the first day, `until` the first day on which it no longer applied. For treaties the
day is that of the deposit of ratification, accession or succession, not of the entry into force
for that State, which may be up to some months later.

A comment above a group names the States that are marked `check` in the table: the membership is
right to the best of knowledge, the date must be verified before any legal or statistical use.
Another names those whose date is known only to the month or year, and is set to its first day.
States that joined and are missing here joined after the table was made, or are not known to it.

This file is generated (`comity.world.build`): change the table, not the text.

```comity
"""


def _wrapped(head: str, members: list[str]) -> list[str]:
    """Members after a head, several a line, continued with two spaces, each but the last with a
    comma."""
    lines, line = [], head
    for place, member in enumerate(members):
        piece = member + ("," if place < len(members) - 1 else "")
        if len(line) + 1 + len(piece) > WIDTH:
            lines.append(line)
            line = f"  {piece}"
        else:
            line = f"{line} {piece}"
    return [*lines, line]


def _statement(group: PartyGroup, spells: list[dict[str, str]]) -> list[str]:
    for spell in spells:
        if not _CODE.fullmatch(spell["iso3"]):
            raise InputUnexpected(f"`{spell['iso3']}` in {group.regime} is no code of a State")
    lines = [f"# {group.title}"]
    doubtful = sorted({spell["iso3"] for spell in spells if spell["confidence"] == "check"})
    coarse = sorted({spell["iso3"] for spell in spells if spell["precision"] != "day"})
    if doubtful:
        lines += _comment("# check:", doubtful)
    if coarse:
        lines += _comment("# known to the month or year:", coarse)
    members = []
    for spell in sorted(spells, key=lambda entry: (entry["iso3"], entry["from_date"])):
        until = f" until {spell['to_date']}" if spell["to_date"] else ""
        members.append(f"{spell['iso3']} from {spell['from_date']}{until}")
    return lines + _wrapped(f"group {group.name}:", members)


def _comment(head: str, codes: list[str]) -> list[str]:
    lines, line = [], head
    for code in codes:
        if len(line) + 1 + len(code) > WIDTH:
            lines.append(line)
            line = head
        line = f"{line} {code}"
    return [*lines, line]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _deposits(path: Path) -> list[dict[str, str]]:
    """The depositary's table of 2015 in the columns of the table of spells.

    Organisations are no States, and a signature binds nobody: neither is a row.
    """
    return [
        {
            "regime": row["treaty"],
            "iso3": row["iso3"],
            "from_date": row["consent_date"],
            "to_date": "",
            "precision": "day",
            "basis": row["consent_type"],
            "confidence": "sure",
        }
        for row in _rows(path)
        if row["consent_date"] and row["is_organisation"] == "false"
    ]


def _own(group: PartyGroup, spells: list[dict[str, str]]) -> list[dict[str, str]]:
    own = [spell for spell in spells if spell["regime"] == group.regime]
    if not group.basis:
        return own
    return [{**spell, "to_date": ""} for spell in own if spell["basis"] == group.basis]


def parties_document(spells_path: Path, depositary_path: Path) -> str:
    """The text of `instruments/parties.md`.

    spells_path: the table of membership spells (regime, iso3, from_date, to_date, ...).
    depositary_path: the depositary's table of 2015 (treaty, iso3, consent_date, ...).
    Raises InputUnexpected if a regime is missing or a row has no code of three letters.
    """
    tables = {"spells": _rows(spells_path), "depositary": _deposits(depositary_path)}
    blocks = []
    for group in GROUPS:
        own = _own(group, tables[group.table])
        if not own:
            raise InputUnexpected(f"the table has no regime `{group.regime}`")
        blocks.append("\n".join(_statement(group, own)))
    return _HEAD + "\n\n".join(blocks) + "\n```\n"
