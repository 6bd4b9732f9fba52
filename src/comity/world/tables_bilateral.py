"""The snapshot's tables of bilateral labour agreements: those formed, and the clauses of those coded."""

from __future__ import annotations

from pathlib import Path

from comity.world.errors import InputUnexpected
from comity.world.tables import Rows, csv_rows

CLAUSES = (
    "intl_instr",
    "info_exch",
    "info_dissem",
    "govt_agencies",
    "joint_commit",
    "recruit_cost_mig",
    "recruit_auth",
    "labor_union_orig",
    "labor_union_dest",
    "labor_union_join",
    "emp_orgs",
    "ngos",
    "migrant_info",
    "prot_equal",
    "prot_women",
    "prot_women_det",
    "prot_other",
    "contract_req",
    "contract_standard",
    "contract_terms",
    "wage_prot",
    "housing_req",
    "housing_cond",
    "housing_monitor",
    "work_monitor",
    "passport",
    "social_security",
    "disputes_emp_mig",
    "mig_human_cap",
    "credentials",
    "remittances",
    "reintegration",
    "contract_renewal",
    "perm_resid",
)
"""The topics of the coding, by the names of its columns, in its order."""

FORMED = ("id", "a", "b", "year", "signed", "copy", "collection")
CODED = (
    "id",
    "title",
    "language",
    "duration",
    "years",
    "autorenew",
    "amends",
    "earlier",
    "replaces",
    "quota",
    "recruiters",
    *CLAUSES,
)

DURATIONS = {
    "The BLA is valid for a specified number of years": "years",
    "The BLA is valid until terminated": "until_terminated",
    "The BLA does not mention when it terminates": "silent",
    "Other": "other",
}
EARLIER = {"No prior BLA": "none", "One prior BLA": "one", "More than one prior BLA": "several"}
RECRUITERS = {
    "Government Recruitment Agencies": "government",
    "Private Recruitment Agencies": "private",
    "Employers": "employers",
    "Other": "other",
}
FORMER = frozenset({"CSK", "DDR", "YUG"})
_NAMED_OTHERWISE = {("YUG", "Serbia"): "SRB"}
"""Codes that belie the name beside them: the name of the State holds."""


def formed(path: Path) -> Rows:
    """id, the two States in the order of their codes, year, day of signature, copy, collection.

    The day of signature is kept only where it lies in the year of the agreement.
    """
    rows: Rows = []
    for row in _by_id(path):
        states = sorted(_state(row, side) for side in "ab")
        if states[0] == states[1]:
            raise InputUnexpected(f"agreement {row['treaty_id']} has one party")
        signed = row["date_signed"] if row["date_signed"][:4] == row["year"] else ""
        rows.append(
            (
                row["treaty_id"],
                *states,
                row["year"],
                signed,
                _yes_or_no(row, "copy_available"),
                row["dataset_original"],
            )
        )
    return rows


def coded(path: Path) -> Rows:
    """id, what the text says of itself, and of each topic 1 (mentioned), 0 or empty (missing)."""
    rows: Rows = []
    for row in _by_id(path):
        said = _word(
            row, "recruit_auth_who", {"Does not mention": ""}, default=row["recruit_auth_who"]
        )
        recruiters = [RECRUITERS.get(one, "") for one in said.split(",")] if said else []
        if "" in recruiters or bool(recruiters) is not (row["recruit_auth"] == "1"):
            raise InputUnexpected(f"agreement {row['treaty_id']}: recruiters `{said}`")
        duration = _word(row, "bla_duration", DURATIONS)
        if (duration == "years") is not bool(row["bla_duration_years"]):
            raise InputUnexpected(f"agreement {row['treaty_id']}: years without a term")
        rows.append(
            (
                row["treaty_id"],
                " ".join(row["agreement_title"].split()).strip('" '),
                row["coded_orig_lang"],
                duration,
                row["bla_duration_years"],
                _yes_or_no(row, "autorenew"),
                _yes_or_no(row, "past_bla_amend"),
                _word(row, "past_bla_ref", EARLIER),
                _yes_or_no(row, "past_bla_replace"),
                _yes_or_no(row, "quota"),
                " ".join(recruiters),
                *(_yes_or_no(row, name) for name in CLAUSES),
            )
        )
    return rows


def _by_id(path: Path) -> list[dict[str, str]]:
    rows = sorted(csv_rows(path), key=lambda row: int(row["treaty_id"]))
    if len({row["treaty_id"] for row in rows}) != len(rows):
        raise InputUnexpected(f"an agreement stands twice in {path.name}")
    return rows


def _state(row: dict[str, str], side: str) -> str:
    code, name = row[f"iso3_{side}"], row[f"country_{side}"]
    return _NAMED_OTHERWISE.get((code, name), code)


def _yes_or_no(row: dict[str, str], column: str) -> str:
    if row[column] not in ("", "0", "1"):
        raise InputUnexpected(f"agreement {row['treaty_id']}: `{column}` is `{row[column]}`")
    return row[column]


def _word(
    row: dict[str, str], column: str, words: dict[str, str], default: str | None = None
) -> str:
    found = words.get(row[column], default)
    if found is None:
        raise InputUnexpected(f"agreement {row['treaty_id']}: `{column}` is `{row[column]}`")
    return found
