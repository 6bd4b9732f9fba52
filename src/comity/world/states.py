"""When a State existed: first and last days, for codes that came or went after 1945.

Dates are days of independence, union or dissolution as usually given (Gleditsch and Ward 1999
and UN membership pages), from general knowledge, not looked up: they decide only whether a code
can stand in a case on a date. `until` is the first day on which the State no longer existed.
A code without a date existed before 1945 or is a territory, for which the question is not
whether a State existed.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from comity.world.tables import Rows


@dataclass(frozen=True, slots=True)
class Existence:
    """Code, name (of an ended State), first day, first day after the last; empty: no limit."""

    code: str
    since: str
    until: str
    name: str


_SINCE = """
JOR 1946-05-25  SYR 1946-04-17  PHL 1946-07-04  PAK 1947-08-14  IND 1947-08-15  MMR 1948-01-04
LKA 1948-02-04  ISR 1948-05-14  KOR 1948-08-15  PRK 1948-09-09  IDN 1945-08-17  VNM 1945-09-02
LAO 1953-10-22  KHM 1953-11-09  MYS 1957-08-31  SGP 1965-08-09  MDV 1965-07-26  BGD 1971-03-26
KWT 1961-06-19  BHR 1971-08-15  QAT 1971-09-03  ARE 1971-12-02  BRN 1984-01-01  TLS 2002-05-20
LBY 1951-12-24  SDN 1956-01-01  MAR 1956-03-02  TUN 1956-03-20  GHA 1957-03-06  GIN 1958-10-02
CMR 1960-01-01  TGO 1960-04-27  MDG 1960-06-26  COD 1960-06-30  SOM 1960-07-01  BEN 1960-08-01
NER 1960-08-03  BFA 1960-08-05  CIV 1960-08-07  TCD 1960-08-11  CAF 1960-08-13  COG 1960-08-15
CYP 1960-08-16  GAB 1960-08-17  SEN 1960-08-20  MLI 1960-09-22  NGA 1960-10-01  MRT 1960-11-28
SLE 1961-04-27  TZA 1961-12-09  RWA 1962-07-01  BDI 1962-07-01  DZA 1962-07-05  UGA 1962-10-09
KEN 1963-12-12  MWI 1964-07-06  MLT 1964-09-21  ZMB 1964-10-24  GMB 1965-02-18  BWA 1966-09-30
LSO 1966-10-04  MUS 1968-03-12  SWZ 1968-09-06  GNQ 1968-10-12  GNB 1973-09-24  MOZ 1975-06-25
CPV 1975-07-05  COM 1975-07-06  STP 1975-07-12  AGO 1975-11-11  SYC 1976-06-29  DJI 1977-06-27
ZWE 1980-04-18  NAM 1990-03-21  ERI 1993-05-24  SSD 2011-07-09
JAM 1962-08-06  TTO 1962-08-31  GUY 1966-05-26  BRB 1966-11-30  BHS 1973-07-10  GRD 1974-02-07
SUR 1975-11-25  DMA 1978-11-03  LCA 1979-02-22  VCT 1979-10-27  BLZ 1981-09-21  ATG 1981-11-01
KNA 1983-09-19
WSM 1962-01-01  NRU 1968-01-31  TON 1970-06-04  FJI 1970-10-10  PNG 1975-09-16  SLB 1978-07-07
TUV 1978-10-01  KIR 1979-07-12  VUT 1980-07-30  MHL 1986-10-21  FSM 1986-11-03  PLW 1994-10-01
LTU 1990-03-11  EST 1991-08-20  LVA 1991-08-21  UKR 1991-08-24  BLR 1991-08-25  MDA 1991-08-27
GEO 1991-04-09  ARM 1991-09-21  AZE 1991-08-30  KAZ 1991-12-16  KGZ 1991-08-31  TJK 1991-09-09
TKM 1991-10-27  UZB 1991-08-31  RUS 1991-12-26
SVN 1991-06-25  HRV 1991-06-25  MKD 1991-09-08  BIH 1992-03-03  MNE 2006-06-03  SRB 2006-06-03
CZE 1993-01-01  SVK 1993-01-01  XKX 2008-02-17
"""

_ENDED = (
    Existence("ANT", "", "2010-10-10", "Netherlands Antilles"),
    Existence("CSK", "", "1993-01-01", "Czechoslovakia"),
    Existence("DDR", "1949-10-07", "1990-10-03", "German Democratic Republic"),
    Existence("EAZ", "1963-12-10", "1964-04-26", "Zanzibar"),
    Existence("SCG", "2003-02-04", "2006-06-03", "Serbia and Montenegro"),
    Existence("SUN", "", "1991-12-26", "Union of Soviet Socialist Republics"),
    Existence("VDR", "1945-09-02", "1976-07-02", "Democratic Republic of Viet Nam"),
    Existence("YMD", "1967-11-30", "1990-05-22", "Democratic Yemen"),
    Existence("YUG", "", "2003-02-04", "Yugoslavia"),
)

_WORDS = _SINCE.split()
SINCE = MappingProxyType(dict(zip(_WORDS[::2], _WORDS[1::2], strict=True)))
ENDED = MappingProxyType({entry.code: entry for entry in _ENDED})

# Placeholders of statistics: no person comes from there and no State is bound there.
NOT_STATES = frozenset({"OOO", "OOS", "STL", "TIB", "AB9"})

_HEAD = """\
---
id: states
title: States and territories, and when they existed
---

# States and territories

Every code of three letters that a case, a group or a record may name: the countries and
territories of the United Nations' list (M49), Kosovo (XKX), the Channel Islands together (XCX),
and States that no longer exist. Names and codes follow United Nations usage and imply no opinion
on the legal status of any country, territory, city or area, or of its authorities, or on the
delimitation of its frontiers or boundaries.

`from` is the first day on which a State existed, `until` the first day on which it no longer
did. An empty `from` means before 1945, or a territory, where the question does not arise. The
dates come from general knowledge (days of independence, union, dissolution) and must be checked
before any legal use. Estonia, Latvia and Lithuania stand with the day on which independence was
restored. Belarus and Ukraine were members of the United Nations before they were independent,
and Serbia carries on treaties that Yugoslavia and Serbia and Montenegro had made: dates of
parties may therefore lie before `from`. YUG is the Yugoslavia of before and after 1992; VDR is
the north of Viet Nam. Old codes of States that only changed their name (BUR, ZAR, ROM, TMP) are
not listed: MMR, COD, ROU and TLS stand for them.

```comity
states
```

| code | name | from | until |
|---|---|---|---|
"""


def states_document(country_rows: Rows) -> str:
    """The text of `instruments/states.md`.

    country_rows: rows of `comity.world.tables.country_table` (code first, name fourth).
    """
    listed = {row[0]: row[3] for row in country_rows if row[0] not in NOT_STATES}
    listed.update({code: entry.name for code, entry in ENDED.items()})
    lines = []
    for code, name in sorted(listed.items()):
        ended = ENDED.get(code)
        since = SINCE.get(code, "") if ended is None else ended.since
        until = "" if ended is None else ended.until
        lines.append(" ".join(f"| {code} | {name} | {since} | {until} |".split()))
    return _HEAD + "\n".join(lines) + "\n"
