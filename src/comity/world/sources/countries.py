"""Country reference table: codes, names of UN usage, regions, coordinates of capitals."""

from __future__ import annotations

from comity.world.sources.record import Defect, Licence, Redistribution, Source

SOURCE = Source(
    id="countries",
    title="Country reference table (UN M49, IOM GDI, capitals of CEPII GeoDist)",
    publisher="United Nations Statistics Division; IOM Global Data Institute; CEPII",
    citation=(
        "United Nations Statistics Division, Standard country or area codes for statistical use "
        "(M49); IOM GDI."
    ),
    landing_page="https://unstats.un.org/unsd/methodology/m49/overview/",
    download="https://unstats.un.org/unsd/methodology/m49/overview/",
    version="June 2025",
    accessed="2026-11-24",
    licence=Licence(
        "facts; UN terms of use (M49) and MIT (IOM gdidata compilation)",
        "https://unstats.un.org/unsd/methodology/m49/overview/",
    ),
    redistribution=Redistribution.YES,
    mirror_path="countries/countries.csv",
    sha256="9741f7531a328f2c7cbf725a9b302d315918c9d8b20f168e1ecae7c7fcc727d6",
    bytes=36750,
    publisher_sha256=None,
    defects=(
        Defect(
            id="resolution-number",
            years=None,
            reason="the name of XKX cites a resolution 2144; it is resolution 1244 of 1999",
            effect="the builder writes `Kosovo (SCR 1244 (1999))`",
        ),
        Defect(
            id="capital-missing",
            years=None,
            reason="33 codes have no coordinates",
            effect="the builder adds those of inhabited places from general knowledge",
        ),
    ),
)
