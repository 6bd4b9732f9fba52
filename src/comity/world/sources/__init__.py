"""Where the figures come from: one file a source, with its record and its defects.

Belongs here: the record of each source that this version uses, and the object that opens a
source from a mirror or fetches it. Does not belong here: a table, a join, a figure.
"""

from __future__ import annotations

from types import MappingProxyType

from comity.world.sources import (
    bla_formation,
    bla_provisions,
    countries,
    desta_agreements,
    desta_members,
    oecd_imd_permanent,
    oecd_imd_temporary,
    regime_spells,
    ucdp_prio_acd,
    un_desa_data_type_2024,
    un_desa_stock_2024,
    un_treaty_status_2015,
    un_wpp_age_2024,
    unhcr_asylum_decisions,
    unhcr_demographics,
    unhcr_population,
    wdr_2023_education,
    world_bank_gbmd,
    world_bank_wdi,
)
from comity.world.sources.files import Sources, SourceState
from comity.world.sources.record import Defect, Licence, Redistribution, Source

__all__ = [
    "SOURCES",
    "Defect",
    "Licence",
    "Redistribution",
    "Source",
    "SourceState",
    "Sources",
]

SOURCES = MappingProxyType(
    {
        module.SOURCE.id: module.SOURCE
        for module in (
            bla_formation,
            bla_provisions,
            countries,
            desta_agreements,
            desta_members,
            oecd_imd_permanent,
            oecd_imd_temporary,
            regime_spells,
            ucdp_prio_acd,
            un_desa_data_type_2024,
            un_desa_stock_2024,
            un_treaty_status_2015,
            un_wpp_age_2024,
            unhcr_asylum_decisions,
            unhcr_demographics,
            unhcr_population,
            wdr_2023_education,
            world_bank_gbmd,
            world_bank_wdi,
        )
    }
)
