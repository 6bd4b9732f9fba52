"""UCDP/PRIO Armed Conflict Dataset, version 25.1: state-based conflicts 1946-2024."""

from __future__ import annotations

from comity.world.sources.record import Defect, Licence, Redistribution, Source

SOURCE = Source(
    id="ucdp_prio_acd",
    title="UCDP/PRIO Armed Conflict Dataset, version 25.1",
    publisher="Uppsala Conflict Data Program; Peace Research Institute Oslo",
    citation=(
        "Davies, S., Pettersson, T., Sollenberg, M. & Oberg, M. (2025) Organized violence "
        "1989-2024; Gleditsch, N. P. et al. (2002) Armed conflict 1946-2001."
    ),
    landing_page="https://ucdp.uu.se/downloads/",
    download="https://ucdp.uu.se/downloads/ucdpprio/ucdp-prio-acd-251-csv.zip",
    version="25.1",
    accessed="2026-11-24",
    licence=Licence("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    redistribution=Redistribution.YES,
    mirror_path="ucdp_conflict/ucdp_prio_acd_v25_1.csv",
    sha256="e65cbc8260bfa9df1889744fd584a95c5a1a4563837dcb4ba12816402513ef3c",
    bytes=416596,
    publisher_sha256=None,
    defects=(
        Defect(
            id="location-not-in-copy",
            years=None,
            reason="the copy has the sides of a conflict, not the publisher's column of location",
            effect=(
                "within a state: side A's country; between states since 2020: named one by one "
                "in this package, from general knowledge; colonial wars are left out"
            ),
        ),
        Defect(
            id="state-based-only",
            years=None,
            reason="violence between non-state groups, and against civilians alone, is not in it",
            effect="no conflict here does not mean no danger: it stays unknown",
        ),
        Defect(
            id="fewer-than-25-deaths",
            years=None,
            reason="a conflict enters at 25 battle-related deaths in a calendar year",
            effect="lower violence stays unknown",
        ),
    ),
)
