"""State numbers of Gleditsch and Ward, used by UCDP, and the ISO 3166 code of each.

Only the numbers that stand as a side of a conflict in UCDP/PRIO ACD 25.1. A state that ended
keeps its historical code (345 Yugoslavia: YUG); 751 Hyderabad has none and joins India.

Source: Gleditsch, K. S. & Ward, M. D. (1999) Interstate system membership: a revised list;
ISO 3166-1 and 3166-3.
"""

from __future__ import annotations

from types import MappingProxyType

from comity.world.errors import InputUnexpected

_TABLE = """
2 USA   40 CUB  41 HTI  42 DOM  52 TTO  55 GRD  70 MEX  90 GTM  91 HND  92 SLV  93 NIC  94 CRI
95 PAN  100 COL 101 VEN 115 SUR 130 ECU 135 PER 145 BOL 150 PRY 155 CHL 160 ARG 165 URY
200 GBR 210 NLD 220 FRA 230 ESP 235 PRT 310 HUN 339 ALB 343 MKD 344 HRV 345 YUG 346 BIH
350 GRC 352 CYP 359 MDA 360 ROU 365 RUS 369 UKR 372 GEO 373 AZE 371 ARM 404 GNB 420 GMB
432 MLI 433 SEN 434 BEN 435 MRT 436 NER 437 CIV 438 GIN 439 BFA 450 LBR 451 SLE 452 GHA
461 TGO 471 CMR 475 NGA 481 GAB 482 CAF 483 TCD 484 COG 490 COD 500 UGA 501 KEN 510 TZA
516 BDI 517 RWA 520 SOM 522 DJI 530 ETH 531 ERI 540 AGO 541 MOZ 551 ZMB 552 ZWE 553 MWI
560 ZAF 570 LSO 571 BWA 580 MDG 581 COM 600 MAR 615 DZA 616 TUN 620 LBY 625 SDN 626 SSD
630 IRN 640 TUR 645 IRQ 651 EGY 652 SYR 660 LBN 663 JOR 666 ISR 670 SAU 678 YEM 680 YMD
690 KWT 692 BHR 694 QAT 696 ARE 698 OMN 700 AFG 701 TKM 702 TJK 703 KGZ 704 UZB 705 KAZ
710 CHN 711 CHN 712 MNG 713 TWN 731 PRK 732 KOR 750 IND 751 IND 760 BTN 770 PAK 771 BGD
775 MMR 780 LKA 781 MDV 790 NPL 800 THA 811 KHM 812 LAO 816 VNM 817 VNM 820 MYS 830 SGP
840 PHL 850 IDN 860 TLS 900 AUS 910 PNG 920 NZL
"""

_WORDS = _TABLE.split()
ISO3_OF_STATE_NUMBER = MappingProxyType(
    dict(zip((int(word) for word in _WORDS[::2]), _WORDS[1::2], strict=True))
)


def iso3_of_state_number(number: int) -> str:
    """The ISO 3166 code of a Gleditsch and Ward number. Raises InputUnexpected if not listed."""
    try:
        return ISO3_OF_STATE_NUMBER[number]
    except KeyError as cause:
        raise InputUnexpected(f"Gleditsch and Ward number `{number}` has no ISO code") from cause
