"""OECD, International Migration Database: temporary inflows by category."""

from __future__ import annotations

from comity.world.sources.record import Defect, Licence, Redistribution, Source

SOURCE = Source(
    id="oecd_imd_temporary",
    title="International Migration Database, temporary inflows by category of entry",
    publisher="Organisation for Economic Co-operation and Development",
    citation="OECD (2026) International Migration Database; Inflows of temporary migrants.",
    landing_page="https://data-explorer.oecd.org",
    download=(
        "https://sdmx.oecd.org/public/rest/data/"
        "OECD.ELS.IMD,DSD_MIG_INT@DF_MIG_INT_TEMP,1.0/?format=csvfile"
    ),
    version="March 2026",
    accessed="2026-11-24",
    licence=Licence("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    redistribution=Redistribution.YES,
    mirror_path="oecd_imd/temporary_inflows_by_category_2014_2024.csv",
    sha256="ec5ff21217547854fdf8e9533eba1fc207ecd55dfbd80c53dfda105970a26e32",
    bytes=77919,
    publisher_sha256=None,
    defects=(
        Defect(
            id="no-origin",
            years=None,
            reason="it counts by destination and never by origin",
            effect="what a region admits from itself cannot be told from what it admits otherwise",
        ),
        Defect(
            id="zero-often-means-not-available",
            years=None,
            reason="a zero often means that no number was given",
            effect="temporary admissions may be too low, and never too high for that reason",
        ),
        Defect(
            id="national-definitions",
            years=None,
            reason="permits in one country, entries in another; posted workers are in none",
            effect="two destinations do not compare; the sum of a region mixes the two",
        ),
    ),
)
