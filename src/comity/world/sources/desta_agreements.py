"""DESTA: preferential trade agreements 1948-2020, with their years."""

from __future__ import annotations

from comity.world.sources.record import Defect, Licence, Redistribution, Source

DEFECTS = (
    Defect(
        id="ends-2020",
        years=(2021, 2026),
        reason="the table ends in 2020 and says nothing of when an agreement ended",
        effect="later agreements are missing, and some that lapsed are still counted",
    ),
    Defect(
        id="not-in-force-not-known",
        years=None,
        reason="437 of 1,217 entries have no year of entry into force",
        effect="they are left out of the count of those in force",
    ),
)

SOURCE = Source(
    id="desta_agreements",
    title="Design of Trade Agreements, list of agreements 02.01",
    publisher="University of Bern and University of Salzburg",
    citation=(
        "Dür, A., Baccini, L. & Elsig, M. (2014) The design of international trade agreements. "
        "Review of International Organizations 9(3)."
    ),
    landing_page="https://www.designoftradeagreements.org",
    download="https://www.designoftradeagreements.org/downloads/",
    version="02.01 (to 2020)",
    accessed="2026-11-24",
    licence=Licence(
        "DESTA: academic use with citation, possibly CC BY-NC-SA; manytrade package CC BY 4.0",
        "https://www.designoftradeagreements.org",
    ),
    redistribution=Redistribution.UNCLEAR,
    mirror_path="trade_agreements/desta_agreements_1948_2020.csv",
    sha256="bfb07e2ca2c5ea66c474fe4a08f98dfee3fb43a36737dad45b8fd7ed694f4592",
    bytes=104300,
    publisher_sha256=None,
    defects=DEFECTS,
)
