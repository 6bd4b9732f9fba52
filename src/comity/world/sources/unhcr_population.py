"""UNHCR, Refugee Population Statistics Database: people by origin and country of asylum."""

from __future__ import annotations

from comity.world.sources.record import Defect, Licence, Redistribution, Source

SOURCE = Source(
    id="unhcr_population",
    title="Refugee Population Statistics Database, end-year population by origin and asylum",
    publisher="United Nations High Commissioner for Refugees",
    citation="UNHCR, Refugee Population Statistics Database, 2025 end-year release (June 2026).",
    landing_page="https://www.unhcr.org/refugee-statistics/",
    download=(
        "https://api.unhcr.org/population/v1/population/?limit=10000&yearFrom=1951&yearTo=2025"
        "&coo_all=true&coa_all=true&cf_type=ISO"
    ),
    version="2025.12.1",
    accessed="2026-11-24",
    licence=Licence("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    redistribution=Redistribution.YES,
    mirror_path="unhcr_refugee_data/population.parquet",
    sha256="b146d243d5522e9b7857f6716a36e92513e74d321f04a701196c54a368c62ee3",
    bytes=585294,
    publisher_sha256=None,
    defects=(
        Defect(
            id="rounded-to-five",
            years=None,
            reason="small cells are rounded to 5 to protect people",
            effect="a corridor under 5 persons may be wrong by all of them",
        ),
        Defect(
            id="origin-of-the-stateless",
            years=None,
            reason=(
                "country of origin is nationality or, for stateless people, former residence; "
                "Rohingya are counted as refugees from Myanmar and again as stateless"
            ),
            effect=(
                "nationality stays unknown for origins MMR, PSE and TIB; stateless people may "
                "be the same persons as refugees, so they are added as possible only"
            ),
        ),
        Defect(
            id="kosovo-with-serbia",
            years=None,
            reason="Kosovo (SCR 1244 (1999)) is counted with Serbia (SRB)",
            effect="people from or in Kosovo stand under SRB; XKX has none",
        ),
        Defect(
            id="without-unrwa",
            years=None,
            reason="Palestine refugees under UNRWA's mandate are not in this file",
            effect="about 5.9 million registered persons are missing from every refugee total",
        ),
        Defect(
            id="in-need-is-added",
            years=(2018, 2025),
            reason="other people in need of international protection are apart from refugees",
            effect="kept as a category of its own; add it only for the total",
        ),
    ),
)
