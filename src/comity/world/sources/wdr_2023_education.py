"""World Bank, World Development Report 2023: foreign-born people by sex, age and education."""

from __future__ import annotations

from comity.world.sources.record import Defect, Licence, Redistribution, Source

SOURCE = Source(
    id="wdr_2023_education",
    title="World Development Report 2023, emigrants and immigrants by education and sex",
    publisher="World Bank",
    citation=(
        "World Bank (2023) World Development Report 2023: Migrants, Refugees, and Societies; "
        "emigration and immigration rates 2000, 2010, 2020, N. Cha'ngom."
    ),
    landing_page="https://www.worldbank.org/en/publication/wdr2023/data",
    download="https://www.worldbank.org/en/publication/wdr2023/data",
    version="2023",
    accessed="2026-11-24",
    licence=Licence("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    redistribution=Redistribution.YES,
    mirror_path="worldbank_wdr2023_skill/emigrants_immigrants_by_education_2000_2020.csv",
    sha256="1b7a402cee044245b8cd8901a7e35b7cc3c6987214892a72c1b5c4d98fc023fa",
    bytes=67762,
    publisher_sha256=None,
    defects=(
        Defect(
            id="no-children-in-two-hosts",
            years=(2020, 2020),
            reason="Luxembourg and Sweden have no foreign-born children at all",
            effect="a zero there is a gap: the age of their migrants stays unknown",
        ),
        Defect(
            id="serbia-and-montenegro",
            years=None,
            reason="Serbia and Montenegro are one row (SCG)",
            effect="the row says nothing of either; it is left out",
        ),
        Defect(
            id="not-bilateral",
            years=None,
            reason="people are published by host alone, for 2020, partly modelled",
            effect="every origin in a host has the same shares, marked published for the host",
        ),
    ),
)
