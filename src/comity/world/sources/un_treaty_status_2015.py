"""Signature and ratification of treaties on persons, as the depositary showed them in 2015."""

from __future__ import annotations

from comity.world.sources.record import Defect, Licence, Redistribution, Source

SOURCE = Source(
    id="un_treaty_status_2015",
    title="Status of human rights, refugee, statelessness and trafficking treaties",
    publisher="United Nations Treaty Collection",
    citation=(
        "United Nations Treaty Collection, Multilateral Treaties Deposited with the "
        "Secretary-General, as of March 2015."
    ),
    landing_page="https://treaties.un.org/Pages/ParticipationStatus.aspx",
    download="https://treaties.un.org/pages/ParticipationStatus.aspx?clang=_en",
    version="2015-03",
    accessed="2026-11-30",
    licence=Licence(
        "UN terms of use; facts of ratification",
        "https://treaties.un.org/Pages/Content.aspx?path=DB/MTDSG/page1_en.xml",
    ),
    redistribution=Redistribution.YES,
    mirror_path="treaty_ratification/untc_status_2015.csv",
    sha256="109bacc2cb86abfd488f520c512325706fb7f4008f6caf75a9bbef14f7d30063",
    bytes=239341,
    publisher_sha256=None,
    defects=(
        Defect(
            id="stops-in-2015",
            years=(2015, 2026),
            reason="the table was taken in March 2015",
            effect="States that joined later are missing from their group",
        ),
    ),
)
