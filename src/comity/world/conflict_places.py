"""Where a conflict was fought, when its sides do not say it.

The copy of UCDP/PRIO ACD has sides, not places. Within a state (`intrastate`, and `II`: with
troops of other states) the place is the country of side A's government. For the others the
place is a decision, written here one by one, from general knowledge of the conflicts; the
builder refuses a conflict between states of 2020 or later that is not listed.
"""

from __future__ import annotations

from types import MappingProxyType

INTERSTATE_LISTED_FROM = 2020

# conflict_id: countries in which it was fought to the point of endangering people at large.
INTERSTATE_PLACES = MappingProxyType(
    {
        218: ("IND", "PAK"),  # India and Pakistan: line of control in Kashmir
        274: ("CHN", "IND"),  # China and India: Galwan valley
        11639: ("AFG", "PAK"),  # Afghanistan and Pakistan: common border
        13243: ("UKR",),  # Russia and Ukraine; Russia stands in the table by its own conflicts
        13324: ("KGZ", "TJK"),  # Kyrgyzstan and Tajikistan: both sides of the border
        14609: ("IRN", "ISR"),  # Iran and Israel
        16099: ("YEM",),  # United States and United Kingdom against the Houthis: air strikes there
    }
)

# Conflicts within a state that were also fought in a place with a code of its own here.
ALSO_FOUGHT_IN = MappingProxyType(
    {
        234: ("PSE",),  # Israel: Palestine
        331: ("ESH",),  # Morocco: Western Sahara
        426: ("LBN",),  # Israel: Southern Lebanon
    }
)
