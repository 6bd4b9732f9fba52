"""UN DESA, World Population Prospects 2024: population by age and sex."""

from __future__ import annotations

from comity.world.sources.record import Defect, Licence, Redistribution, Source

SOURCE = Source(
    id="un_wpp_age_2024",
    title="World Population Prospects 2024, population by five-year age group and sex",
    publisher="United Nations, Department of Economic and Social Affairs, Population Division",
    citation=(
        "United Nations, Department of Economic and Social Affairs, Population Division (2024) "
        "World Population Prospects 2024; Sevcikova, H., wpp2024 R package."
    ),
    landing_page="https://population.un.org/wpp/",
    download=(
        "https://population.un.org/wpp/assets/Excel%20Files/1_Indicator%20(Standard)/CSV_FILES/"
        "WPP2024_PopulationByAge5GroupSex_Medium.csv.gz"
    ),
    version="2024 (wpp2024 1.1-3)",
    accessed="2026-11-24",
    licence=Licence("CC-BY-3.0-IGO", "https://creativecommons.org/licenses/by/3.0/igo/"),
    redistribution=Redistribution.YES,
    mirror_path="un_wpp2024_age/population_1990_2100.parquet",
    sha256="cf4a1a3d797bba51b410b868ef05dae9e0b6ff7aa0f1c6b7574665fe5fc0fee0",
    bytes=1368184,
    publisher_sha256=None,
    defects=(
        Defect(
            id="2024-is-interpolated",
            years=(2024, 2024),
            reason="the copy interpolates 2024 between 2020 and 2025, scaled to published totals",
            effect="an age group of a country may be off by a few per cent",
        ),
        Defect(
            id="residents-not-migrants",
            years=None,
            reason="it counts everybody who lives in a country, not its migrants",
            effect="as an age structure of migrants it is a stated stand-in, never a publication",
        ),
    ),
)
