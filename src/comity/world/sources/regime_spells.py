"""Membership spells of migration regimes and treaties, by country."""

from __future__ import annotations

from comity.world.sources.record import Defect, Licence, Redistribution, Source

SOURCE = Source(
    id="regime_spells",
    title="Dates of migration regimes and who was in them (membership spells)",
    publisher="compiled from treaties, official gazettes and depositaries' tables",
    citation=(
        "Compiled from general knowledge of the instruments, UN Treaty Collection (2015), OHCHR "
        "(2022), ILO NORMLEX, Correlates of War IGO 3.0 and UN General Assembly voting data."
    ),
    landing_page="https://treaties.un.org/Pages/ParticipationStatus.aspx",
    download="https://treaties.un.org/Pages/ParticipationStatus.aspx",
    version="2026-11-24",
    accessed="2026-11-24",
    licence=Licence(
        "facts of membership and ratification",
        "https://treaties.un.org/Pages/ParticipationStatus.aspx",
    ),
    redistribution=Redistribution.YES,
    mirror_path="regimes/membership_spells.csv",
    sha256="7fcf4d160a67145a6064fc5a839f6821d43e70bf40cdcc261d9a51d8248bf7bb",
    bytes=185450,
    publisher_sha256=None,
    defects=(
        Defect(
            id="to-be-checked",
            years=None,
            reason="502 of 2,482 dates come from general knowledge and are marked `check`",
            effect="the country is named in a comment above its group",
        ),
        Defect(
            id="day-of-deposit",
            years=None,
            reason="for treaties the date is that of the deposit, not of the entry into force",
            effect="a state may be shown as bound up to three months (or years) too early",
        ),
        Defect(
            id="year-only",
            years=None,
            reason="358 dates are known to the year and set to its first day",
            effect="the country is named in a comment above its group",
        ),
    ),
)
