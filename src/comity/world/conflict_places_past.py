"""Where the conflicts of earlier years were fought, one by one, in codes of today.

The copy of UCDP/PRIO ACD has sides, not places. Within a State the place is side A's country, as in
`conflict_places`; what stands here says otherwise: territories that are States today, States that
ended, colonial wars, wars between States. From general knowledge of the conflicts; the builder
refuses a conflict between States, or a colonial one, that is not listed.
"""

from __future__ import annotations

from types import MappingProxyType

FIRST_YEAR = 1958
"""The first year that still counts for the danger of 1960."""

_BETWEEN_STATES = """
218 IND PAK    232 CHN TWN    268 ETH SOM    272 TUN        274 CHN IND    276 IDN
278 DZA MAR    281 MYS        293 VNM        294 KHM THA    301 ISR JOR PSE 302 ISR SYR
304 CHN MMR    305 CHN RUS    306 HND SLV    320 YEM        323 CYP        324 IRN IRQ
328 KHM VNM    334 CHN VNM    346 FLK        349 NGA TCD    350 GRD        355 BFA MLI
356 LAO THA    361 LBY TCD    368 PAN        371 IRQ KWT    403 ECU PER    405 CMR NGA
409 ERI ETH    420 IRQ        427 TZA UGA    431 AFG        435 DJI ERI    11343 EGY ISR
11348 SDN SSD  13692 AFG
"""

_COLONIAL = """
246 DZA        248 CYP        254 CMR        256 MRT        257 ESH MAR    263 AGO
273 BRN        279 GNB        285 MOZ        286 YEM
"""

_WITHIN_A_STATE = """
234 ISR PSE    249 VNM        270 DZA FRA    275 ERI ETH    282 SDN SSD    298 NAM
312 BGD PAK    330 TLS        331 ESH MAR    359 YEM        376 ARM AZE    377 AZE
384 SVN        385 HRV        412 SRB        426 ISR LBN
"""


def _listed(table: str) -> MappingProxyType[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    number = 0
    for word in table.split():
        if word.isdigit():
            number = int(word)
            found[number] = ()
        else:
            found[number] += (word,)
    return MappingProxyType(found)


BETWEEN_STATES = _listed(_BETWEEN_STATES)
COLONIAL = _listed(_COLONIAL)
WITHIN_A_STATE = _listed(_WITHIN_A_STATE)

# Southern Sudan was part of Sudan until 2011, and the war over Sudan's government was fought there
# until the peace of 2005.
SUDAN, SUDAN_ENDED_IN_THE_SOUTH = 309, 2005
# The United States and Al-Qaida: fought in the United States in 2001, afterwards abroad.
AL_QAIDA, AL_QAIDA_AT_HOME = 418, 2001


def places_within(conflict: int, year: int, side_a: str) -> tuple[str, ...]:
    """Where a conflict within a State was fought in a year. side_a: the code of side A's State."""
    if conflict == SUDAN and year <= SUDAN_ENDED_IN_THE_SOUTH:
        return "SDN", "SSD"
    if conflict == AL_QAIDA:
        return ("USA",) if year == AL_QAIDA_AT_HOME else ("AFG",)
    return WITHIN_A_STATE.get(conflict, (side_a,))
