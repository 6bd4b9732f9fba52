"""UNHCR, Refugee Population Statistics Database: asylum decisions."""

from __future__ import annotations

from comity.world.sources.record import Defect, Licence, Redistribution, Source

SOURCE = Source(
    id="unhcr_asylum_decisions",
    title="Refugee Population Statistics Database, asylum decisions",
    publisher="United Nations High Commissioner for Refugees",
    citation="UNHCR, Refugee Population Statistics Database, 2025 end-year release (June 2026).",
    landing_page="https://www.unhcr.org/refugee-statistics/",
    download=(
        "https://api.unhcr.org/population/v1/asylum-decisions/?limit=10000&yearFrom=2000"
        "&yearTo=2025&coo_all=true&coa_all=true&cf_type=ISO"
    ),
    version="2025.12.1",
    accessed="2026-11-24",
    licence=Licence("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    redistribution=Redistribution.YES,
    mirror_path="unhcr_refugee_data/asylum_decisions.parquet",
    sha256="bcd3a14b55d41948c64dc4708f75882b1bc6187be577918dd5ff206b33668550",
    bytes=615591,
    publisher_sha256=None,
    defects=(
        Defect(
            id="persons-or-cases",
            years=None,
            reason="some rows count cases, of one or more persons",
            effect="only rows that count persons make people",
        ),
        Defect(
            id="level-mixed",
            years=None,
            reason=(
                "some states report first instance and appeal together (FA), or under the names "
                "of their authorities (United States: IN, EO)"
            ),
            effect="refused persons of these rows are not counted, and the bridge prints them",
        ),
        Defect(
            id="present-or-gone",
            years=None,
            reason="a decision says nothing about where the person is now",
            effect="refused people enter as possible only; one person may be refused twice",
        ),
    ),
)
