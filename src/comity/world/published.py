"""World totals as the sources publish them, which the cells of the population must reproduce."""

from __future__ import annotations

from comity.world.snapshot import packaged_snapshot

STOCK, UNHCR, DECISIONS = "un_desa_stock_2024", "unhcr_population", "unhcr_asylum_decisions"

FIRST_INSTANCE = "FI"
MIXED_LEVELS = ("FA", "NA", "IN", "EO")  # first instance and something else, or another name of it
PERSONS, CASES = "P", "C"


def published_totals() -> dict[str, int]:
    """World totals as the sources publish them, from the snapshot's own rows, in persons.

    Keys: `stock`, then UNHCR's `refugees`, `asylum_seekers`, `oip`, `stateless`, `idps`, `ooc` of
    2024, `refugees_2023`, and `refused`.
    """
    snapshot = packaged_snapshot()
    years = {row["year"]: row for row in snapshot.rows("unhcr_totals")}
    totals = {
        "stock": sum(int(row["female"]) + int(row["male"]) for row in snapshot.rows("stock")),
        "refugees_2023": int(years["2023"]["refugees"]),
        "refused": sum(
            int(row["rejected"])
            for row in snapshot.rows("decisions")
            if row["level"] == FIRST_INSTANCE and row["unit"] == PERSONS
        ),
    }
    for column in ("refugees", "asylum_seekers", "oip", "stateless", "idps", "ooc"):
        totals[column] = int(years["2024"][column])
    return totals


def refusals_not_counted() -> tuple[int, int]:
    """Refusals of 2020-24 that make no people here: persons under mixed levels, and cases.

    Raises SnapshotDamaged.
    """
    mixed = cases = 0
    for row in packaged_snapshot().rows("decisions"):
        if row["unit"] == CASES:
            cases += int(row["rejected"])
        elif row["level"] in MIXED_LEVELS:
            mixed += int(row["rejected"])
    return mixed, cases
