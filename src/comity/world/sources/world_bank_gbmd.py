"""World Bank, Global Bilateral Migration Database: bilateral stock 1960 to 2000."""

from __future__ import annotations

from comity.world.sources.record import Defect, Licence, Redistribution, Source

SOURCE = Source(
    id="world_bank_gbmd",
    title="Global Bilateral Migration Database 1960-2000, stock by sex, destination and origin",
    publisher="World Bank",
    citation=(
        "Ozden, C., Parsons, C., Schiff, M. & Walmsley, T. (2011) Where on earth is everybody? The "
        "evolution of global bilateral migration 1960-2000. World Bank Economic Review 25(1)."
    ),
    landing_page="https://databank.worldbank.org/source/global-bilateral-migration",
    download=(
        "https://databank.worldbank.org/data/download/Global_Bilateral_Migration_Database_CSV.zip"
    ),
    version="2011",
    accessed="2026-11-24",
    licence=Licence("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    redistribution=Redistribution.YES,
    mirror_path="worldbank_gbmd_1960_2000/bilateral_stock_1960_2000.parquet",
    sha256="fefda1b07207faf775c2fbb5993db7c7b131a0b7e6b598ad4d7716de0cfc34c1",
    bytes=459305,
    publisher_sha256=None,
    defects=(
        Defect(
            id="below-un-desa",
            years=(1990, 2000),
            reason=(
                "in the two years that both have, 141.9 against 153.9 million people (1990) and "
                "167.1 against 174.6 million (2000) of UN DESA"
            ),
            effect="the stock of 1960 to 1980 and that of 1990 and later are two series: a break",
        ),
        Defect(
            id="partly-imputed",
            years=(1960, 2000),
            reason=(
                "where a census was missing or gave origins in groups, the authors filled the "
                "corridor in, and the copy does not tell which"
            ),
            effect="a small corridor may be an estimate; sums by region are firmer",
        ),
        Defect(
            id="birth-or-citizenship",
            years=(1960, 2000),
            reason="the copy does not tell which destinations count citizenship",
            effect="the nationality of its people is unknown unless assumed",
        ),
        Defect(
            id="borders-of-2000",
            years=(1960, 2000),
            reason=(
                "the authors recast earlier years to the States of 2000: who moved inside the "
                "Soviet Union, Yugoslavia or Czechoslovakia stands as a migrant"
            ),
            effect=(
                "people whose origin and host were one State in a year are kept apart for that "
                "year, and are in no figure about law"
            ),
        ),
        Defect(
            id="serbia-and-montenegro",
            years=(1960, 2000),
            reason="Serbia and Montenegro are one (SCG)",
            effect="their people stand under Serbia; people of or in Montenegro cannot be told",
        ),
    ),
)
