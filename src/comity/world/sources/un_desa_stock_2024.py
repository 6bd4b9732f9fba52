"""UN DESA, International Migrant Stock 2024: bilateral stock by sex."""

from __future__ import annotations

from comity.world.sources.record import Defect, Licence, Redistribution, Source

SOURCE = Source(
    id="un_desa_stock_2024",
    title="International Migrant Stock 2024, by sex, destination and origin",
    publisher="United Nations, Department of Economic and Social Affairs, Population Division",
    citation=(
        "United Nations, Department of Economic and Social Affairs, Population Division (2024) "
        "International Migrant Stock 2024."
    ),
    landing_page="https://www.un.org/development/desa/pd/content/international-migrant-stock",
    download=(
        "https://www.un.org/development/desa/pd/sites/www.un.org.development.desa.pd/files/"
        "undesa_pd_2024_ims_stock_by_sex_destination_and_origin.xlsx"
    ),
    version="2024",
    accessed="2026-11-24",
    licence=Licence("CC-BY-3.0-IGO", "https://creativecommons.org/licenses/by/3.0/igo/"),
    redistribution=Redistribution.YES,
    mirror_path="undesa_migrant_stock/bilateral_stock_rev2024.parquet",
    sha256="057b7bdca6afc22e64fb008ab99e913b8832321a3856fb75981b2ba9299b0dac",
    bytes=538456,
    publisher_sha256=None,
    defects=(
        Defect(
            id="birth-or-citizenship",
            years=None,
            reason="46 of 233 destinations count by citizenship alone, 180 by country of birth",
            effect="origin is not nationality; nationality stays unknown unless assumed",
        ),
        Defect(
            id="origin-unknown",
            years=None,
            reason="22.1 million of 304.0 million persons in 2024 have no known origin (OOO)",
            effect="their origin and their danger stay unknown",
        ),
        Defect(
            id="refugees-added",
            years=None,
            reason="the publisher added refugees to the stock of 159 of 233 destinations",
            effect="UNHCR's people are read as part of the stock of their corridor, up to its size",
        ),
        Defect(
            id="kosovo-with-serbia",
            years=None,
            reason="Kosovo (SCR 1244 (1999)) is counted with Serbia (SRB), as by UNHCR",
            effect="people from or in Kosovo stand under SRB; XKX has none",
        ),
    ),
)
