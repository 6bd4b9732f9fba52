"""World Bank, World Development Indicators: population and domestic product by year."""

from __future__ import annotations

from comity.world.sources.record import Defect, Licence, Redistribution, Source

SOURCE = Source(
    id="world_bank_wdi",
    title="World Development Indicators, a panel of indicators by country and year",
    publisher="World Bank",
    citation="World Bank, World Development Indicators.",
    landing_page="https://databank.worldbank.org/source/world-development-indicators",
    download="https://databank.worldbank.org/data/download/WDI_CSV.zip",
    version="2026 update for the panel",
    accessed="2026-11-24",
    licence=Licence("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    redistribution=Redistribution.YES,
    mirror_path="worldbank_wdi/wdi_panel.parquet",
    sha256="08d0c2a803c89688c1b6565d8ebace73fbf0feae65681ab8703131d8932f27b5",
    bytes=2258202,
    publisher_sha256=None,
    defects=(
        Defect(
            id="product-at-market-rates",
            years=None,
            reason="domestic product is taken in current dollars at market rates",
            effect="a share of it moves with exchange rates",
        ),
        Defect(
            id="some-without-product",
            years=None,
            reason="some States publish no domestic product in some years",
            effect="a region with such a State has no key in that year",
        ),
    ),
)
