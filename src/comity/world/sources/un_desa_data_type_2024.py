"""UN DESA, International Migrant Stock 2024: what each destination counted."""

from __future__ import annotations

from comity.world.sources.record import Defect, Licence, Redistribution, Source

SOURCE = Source(
    id="un_desa_data_type_2024",
    title="International Migrant Stock 2024, type of data of each destination",
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
    mirror_path="undesa_migrant_stock/destination_data_type_rev2024.csv",
    sha256="54f9b982143727800c96628cdb465b046ce4f88f8de18096d9f799efb1cbe762",
    bytes=2848,
    publisher_sha256=None,
    defects=(
        Defect(
            id="imputed",
            years=None,
            reason="5 destinations have no data of their own and were imputed by the publisher",
            effect="neither birth nor citizenship is known there",
        ),
    ),
)
