"""Places of dots on a map for inhabited codes that the country table leaves without coordinates.

Degrees north and east of the capital or main place, to a hundredth, from general knowledge.
They decide nothing but where a dot stands.
"""

from __future__ import annotations

from types import MappingProxyType

ADDED_COORDINATES = MappingProxyType(
    {
        "ALA": (60.10, 19.94),
        "ASM": (-14.28, -170.70),
        "BES": (12.15, -68.27),
        "BLM": (17.90, -62.85),
        "CUW": (12.11, -68.93),
        "GGY": (49.46, -2.54),
        "GUM": (13.47, 144.75),
        "IMN": (54.15, -4.48),
        "JEY": (49.19, -2.11),
        "LIE": (47.14, 9.52),
        "MAF": (18.07, -63.08),
        "MCO": (43.73, 7.42),
        "MNE": (42.44, 19.26),
        "MYT": (-12.78, 45.23),
        "SJM": (78.22, 15.64),
        "SRB": (44.80, 20.47),
        "SSD": (4.85, 31.58),
        "SXM": (18.03, -63.05),
        "VAT": (41.90, 12.45),
        "VIR": (18.34, -64.93),
        "XCX": (49.19, -2.11),
        "XKX": (42.67, 21.17),
    }
)
