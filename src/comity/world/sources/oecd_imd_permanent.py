"""OECD, International Migration Database: standardised permanent-type inflows by category."""

from __future__ import annotations

from comity.world.sources.record import Defect, Licence, Redistribution, Source

SOURCE = Source(
    id="oecd_imd_permanent",
    title="International Migration Database, permanent-type inflows by category of entry",
    publisher="Organisation for Economic Co-operation and Development",
    citation=(
        "OECD (2026) International Migration Database; Standardised inflows of permanent-type "
        "migrants."
    ),
    landing_page="https://data-explorer.oecd.org",
    download=(
        "https://sdmx.oecd.org/public/rest/data/"
        "OECD.ELS.IMD,DSD_MIG_INT@DF_MIG_INT_PER,1.0/?format=csvfile"
    ),
    version="March 2026",
    accessed="2026-11-24",
    licence=Licence("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    redistribution=Redistribution.YES,
    mirror_path="oecd_imd/permanent_inflows_by_category_2014_2024.csv",
    sha256="47e4c0763f504cf7c644c199038d7bfe302f56a146680d9a72d36061d72df933",
    bytes=62421,
    publisher_sha256=None,
    defects=(
        Defect(
            id="no-origin",
            years=None,
            reason="it counts by destination and never by origin",
            effect="what a region admits from itself cannot be told from what it admits otherwise",
        ),
        Defect(
            id="zero-may-be-elsewhere",
            years=None,
            reason="a zero may mean that the category is counted under another one",
            effect="a category may be too low; a sum of all categories is not touched",
        ),
        Defect(
            id="29-destinations",
            years=None,
            reason="29 destinations, most of them rich, and not every one in every year",
            effect="a region without such a destination has no figure",
        ),
    ),
)
