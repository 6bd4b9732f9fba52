"""UNHCR, Refugee Population Statistics Database: age group and sex of people of concern."""

from __future__ import annotations

from comity.world.sources.record import Defect, Licence, Redistribution, Source

SOURCE = Source(
    id="unhcr_demographics",
    title="Refugee Population Statistics Database, people by age group, sex, origin and asylum",
    publisher="United Nations High Commissioner for Refugees",
    citation="UNHCR, Refugee Population Statistics Database, 2025 end-year release (June 2026).",
    landing_page="https://www.unhcr.org/refugee-statistics/",
    download=(
        "https://api.unhcr.org/population/v1/demographics/?limit=10000&yearFrom=2025&yearTo=2025"
        "&coo_all=true&coa_all=true&cf_type=ISO"
    ),
    version="2025.12.1",
    accessed="2026-11-24",
    licence=Licence("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    redistribution=Redistribution.YES,
    mirror_path="unhcr_refugee_data/demographics.parquet",
    sha256="784e5f5eece9d21c7f3b60b0b194d185ccefbb9fab7890f2fd58305e7c4e799c",
    bytes=326752,
    publisher_sha256=None,
    defects=(
        Defect(
            id="end-of-2025-only",
            years=(2025, 2025),
            reason="the file has the end of 2025 and no other year",
            effect="the people of 2024 take shares by age and sex that are a year younger than they",
        ),
        Defect(
            id="age-or-sex-not-recorded",
            years=(2025, 2025),
            reason="of some people only the sex is published, of others neither sex nor age",
            effect="they stay people of unknown age or sex, and are in no share",
        ),
        Defect(
            id="rounded-to-five",
            years=(2025, 2025),
            reason="small cells are rounded to 5 to protect people",
            effect="a group under 5 persons may be wrong by all of them",
        ),
    ),
)
