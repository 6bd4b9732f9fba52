"""Draws the people of a block: one array a column, from tables and random bits.

Everything of a person hangs together: who holds no status was there irregularly, work lies within
residence by right, nobody arrived before birth. The axioms of the vocabulary hold by construction.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import DTypeLike

from comity.world.microdata import shares as stated
from comity.world.microdata.columns import COLUMNS, RELATION, STAY, WORKER
from comity.world.microdata.hosts import HostTables
from comity.world.microdata.tables import MONTHS, QUANTILES

Arrays = dict[str, np.ndarray]

_OF_AGE, _MAY_WORK, _SIXTY = 18 * 12, 15 * 12, 60 * 12
_APPLICANT = STAY.index("applicant")
_TOLERATED = STAY.index("tolerated")
_SEASONAL = WORKER.index("seasonal")
_SETTLED = stated.BRACKETS.index(60) + 1  # the first bracket after five years
_GRAVE = 3  # the rank of a serious threat
_BRACKET = np.searchsorted(np.array(stated.BRACKETS), np.arange(MONTHS), side="right").astype(
    np.int32
)
_AGE_BAND = np.searchsorted([_OF_AGE, _SIXTY], np.arange(MONTHS), side="right").astype(np.int32)
_IS_UNION = np.array([word in ("spouse", "partner") for word in RELATION], dtype=np.int32) << 8


class Bits:
    """Random bits of one block: the same for the same seed, host and number of the block."""

    def __init__(self, seed: int, host: str, block: int, people: int) -> None:
        key = [seed, int.from_bytes(host.encode("ascii"), "big"), block]
        self._source = np.random.PCG64(np.random.SeedSequence(key))
        self._people = people

    def small(self) -> np.ndarray:
        """One byte a person, as an index."""
        return self._raw(np.uint8).astype(np.int32)

    def wide(self) -> np.ndarray:
        """Sixteen bits a person."""
        return self._raw("<u2").astype(np.uint32)

    def chance(self, of_256: int) -> np.ndarray:
        """Yes for so many of 256 people, as int8."""
        return np.asarray(self._raw(np.uint8) < of_256).view(np.int8)

    def _raw(self, kind: DTypeLike) -> np.ndarray:
        """One number of a kind a person; the same on a machine of either byte order."""
        each = 8 // np.dtype(kind).itemsize
        words = self._source.random_raw(-(-self._people // each)).astype("<u8", copy=False)
        found: np.ndarray = words.view(kind)[: self._people]
        return found


def _part(months: np.ndarray, share: np.ndarray) -> np.ndarray:
    """A share in 1/256 of some months, rounded down."""
    found: np.ndarray = (months * share) >> 8
    return found.astype(np.int16)


def draw(tables: HostTables, first: int, people: int, bits: Bits) -> Mapping[str, np.ndarray]:
    """Every column of the people from `first` on of a host.

    tables: of the host. people: at least 1, and no more than are left.
    Returns arrays of one length, typed as `COLUMNS` says.
    """
    spread = tables.spreader(first, people)
    out: Arrays = {"host": np.full(people, tables.host_code, dtype=np.int16)}
    for fact, codes in tables.known.items():
        out[fact] = spread(codes)
    for fact, (low, levels) in tables.bands.items():
        step = (bits.small().astype(np.int16) * spread(levels)) >> 8
        out[fact] = (spread(low) + step).astype(np.int8)
    category = spread(tables.category)
    _origin(out, bits)

    age = np.take(tables.ages, spread(tables.age_at) + (bits.wide() >> 4))
    stay = _stay(tables, spread(tables.stay_at), age, bits)
    out["age"], out["arrived_age"] = age, age - stay
    bracket = np.take(_BRACKET, stay)
    key = (category * (len(stated.BRACKETS) + 1) + bracket) << 8
    status = np.take(stated.STATUS, key + bits.small())
    of_status = status.astype(np.int32) << 8
    out["status.held"] = status
    out["status.permit"] = np.take(stated.PERMIT, of_status + bits.small())
    out["attachment"] = np.take(stated.ATTACHMENT, of_status + bits.small())

    _residence(out, stay, of_status, bits)
    _work(out, stay, of_status, bits, spread(tables.sex_at), tables)
    _procedure(out, category, status, bits)
    _removal(out, bracket, bits)
    _family(out, stay, category, bits)
    _conduct(out, bits)
    return {fact: out[fact] for fact in COLUMNS}


def _origin(out: Arrays, bits: Bits) -> None:
    """What the danger at the origin is, of those of whom its degree is known; else unknown."""
    is_known = (out["origin1.degree"] >= 0).view(np.int8)
    for name, table in stated.AT_ORIGIN.items():
        # one more and one less: what is not known is multiplied to 0, and becomes -1
        out[f"origin1.{name}"] = (np.take(table, bits.small()) + np.int8(1)) * is_known - np.int8(1)
    recorded = out["origin1.alternative"]
    drawn = (bits.chance(64) + np.int8(1)) * is_known - np.int8(1)
    out["origin1.alternative"] = np.where(recorded >= 0, recorded, drawn)


def _stay(tables: HostTables, at: np.ndarray, age: np.ndarray, bits: Bits) -> np.ndarray:
    """Months of stay, drawn from those that are no more than the age."""
    within = np.take(tables.stays_up_to, at * MONTHS + age).astype(np.uint32)
    place = ((within * bits.wide()) >> 20).astype(np.int32)
    return np.asarray(np.minimum(np.take(tables.stays, at * QUANTILES + place), age))


def _residence(out: Arrays, stay: np.ndarray, of_status: np.ndarray, bits: Bits) -> None:
    months = stay.astype(np.int32)
    history = of_status + bits.small()
    for kind, table in zip(stated.KINDS, stated.HISTORY, strict=True):
        found = _part(months, np.take(table, history))
        out[f"residence.{kind}"] = found if kind == "lawful" else np.minimum(found, 600)
    lawful = out["residence.lawful"].astype(np.int32)
    tier = of_status + bits.small()
    out["residence.temporary"] = _part(lawful, np.take(stated.TEMPORARY, tier))
    out["residence.long_term"] = _part(lawful, np.take(stated.LONG_TERM, tier))
    known = np.take(stated.KNOWN, of_status + bits.small())
    out["residence.known"] = _part(out["residence.irregular"].astype(np.int32), known)

    longest = np.minimum(np.take(stated.ABSENCE, bits.small()), stay)
    total = longest + np.take(stated.SHORT_ABSENCES, bits.small())
    out["residence.absence_longest"] = longest
    out["residence.absence_total"] = np.minimum(np.minimum(total, 60), stay)
    has_status = (of_status > _TOLERATED << 8).view(np.int8)
    out["residence.regularised"] = has_status & (out["residence.irregular"] > 0).view(np.int8)
    out["document.valid"] = np.where(has_status, bits.chance(200), bits.chance(110))
    out["absent"] = longest * (bits.chance(102) & (of_status > 0).view(np.int8))


def _work(
    out: Arrays,
    stay: np.ndarray,
    of_status: np.ndarray,
    bits: Bits,
    sex_at: np.ndarray,
    tables: HostTables,
) -> None:
    by_right = out["residence.lawful"] + out["residence.procedure"]
    by_right += out["residence.humanitarian"]
    by_right += out["residence.study"]
    grown = np.maximum(out["age"] - np.int16(_MAY_WORK), 0)
    might = np.minimum(by_right, grown).astype(np.int32)
    lawful = _part(might, np.take(stated.WORK, of_status + bits.small()))
    out["work.lawful"] = lawful
    months = lawful.astype(np.int32)
    same_employer = _part(months, np.take(stated.SAME_EMPLOYER, bits.small()))
    out["work.same_employer"] = same_employer
    elsewhere = (lawful - same_employer).astype(np.int32)
    out["work.same_occupation"] = same_employer + _part(
        elsewhere, np.take(stated.SAME_OCCUPATION, bits.small())
    )
    temporary = np.minimum(lawful, out["residence.temporary"]).astype(np.int32)
    out["work.temporary"] = _part(temporary, np.take(stated.TEMPORARY_WORK, bits.small()))
    has_worked = lawful > 0
    lost = np.minimum(np.take(stated.UNEMPLOYED, bits.small()), stay - lawful)
    out["work.unemployed"] = lost * has_worked
    out["insurance.months"] = _part(months, np.take(stated.INSURED, bits.small()))
    is_grown = grown > 0
    which = (is_grown.astype(np.int32) << 9) | (has_worked.astype(np.int32) << 8)
    kind = np.take(stated.OCCUPATIONS, which + bits.small())
    out["work.kind"] = kind
    works = np.take(stated.IS_WORKING, kind)
    at_work = works.astype(np.int8)
    out["employment.lost"] = (out["work.unemployed"] > 0).view(np.int8)
    out["work.tied_by_terms"] = bits.chance(80) & at_work
    out["work.employer_breach"] = bits.chance(10) & at_work
    seasonal = np.flatnonzero(kind == _SEASONAL)
    out["work.seasons"] = _at(seasonal, 1 + ((12 * bits.small()[seasonal]) >> 8), len(kind))
    out["insurance.pension_due"] = bits.chance(128) & (out["insurance.months"] >= 60).view(np.int8)
    out["skill"] = np.take(tables.skills, sex_at + bits.small()) * is_grown
    salary = np.take(stated.SALARY, bits.wide() >> 4)
    out["salary"] = salary * works


def _procedure(out: Arrays, category: np.ndarray, status: np.ndarray, bits: Bits) -> None:
    key = (category * len(STAY) + status) << 8
    claims = np.take(stated.CLAIMS, key + bits.small())
    out["claims"] = (claims > 0).view(np.int8)
    is_final = claims == 2
    out["procedure.final"] = is_final.view(np.int8)
    out["procedure.pending"] = out["residence.procedure"] * (status == _APPLICANT)
    is_illegal = (status <= _TOLERATED).view(np.int8)
    out["illegal_stay"] = is_illegal
    out["irregular_entry"] = is_illegal | (
        bits.chance(128) & (out["residence.irregular"] > 0).view(np.int8)
    )
    out["removal.possible"] = (bits.chance(141) | (1 - is_illegal)).astype(np.int8)

    refused = np.flatnonzero(is_final)
    days = np.minimum(out["residence.irregular"][refused].astype(np.int64) * 30, 9999)
    since = (days * bits.wide()[refused]) >> 16
    out["procedure.days_final"] = _at(refused, since, len(status))
    hindered = (since * bits.wide()[refused]) >> 16
    hindered[bits.small()[refused] >= 77] = 0
    out["procedure.noncooperation"] = _at(refused, hindered, len(status))

    chance = bits.small()
    held = np.flatnonzero(((status == 0) & (chance < 4)) | ((status == _APPLICANT) & (chance < 2)))
    length = bits.wide()[held].astype(np.int64)
    out["detention.days"] = _at(held, 1 + ((539 * length * length) >> 32), len(status))
    kinds = np.zeros(len(status), dtype=np.int8)
    kinds[held] = np.where(status[held] == 0, 2, 1)
    out["detention.kind"] = kinds


def _removal(out: Arrays, bracket: np.ndarray, bits: Bits) -> None:
    is_illegal, claims = out["illegal_stay"], out["claims"]
    out["procedure.suspensive"] = bits.chance(80) & claims & (1 - out["procedure.final"])
    out["direct"], out["presented"] = bits.chance(100) & claims, bits.chance(150) & claims
    granted = bits.chance(180) | (1 - is_illegal)
    out["removal.period_granted"] = granted
    out["removal.period_running"] = bits.chance(50) & is_illegal & granted
    out["removal.absconding_risk"] = bits.chance(64) & is_illegal
    out["removal.postponed"] = bits.chance(130) & (1 - out["removal.possible"])
    settled = (bracket >= _SETTLED).view(np.int8)
    out["expulsion.disproportionate"] = bits.chance(60) & settled
    out["application.kind"] = np.take(stated.APPLICATIONS, bits.small())
    out["disability"], out["trafficked"] = bits.chance(30), bits.chance(1)
    out["means.needy"], out["means.lost"] = bits.chance(38), bits.chance(15)


def _at(places: np.ndarray, values: np.ndarray, people: int) -> np.ndarray:
    """Values at some places, 0 elsewhere, as int16."""
    found = np.zeros(people, dtype=np.int16)
    found[places] = values
    return found


def _family(out: Arrays, stay: np.ndarray, category: np.ndarray, bits: Bits) -> None:
    band = np.take(_AGE_BAND, out["age"])
    relation = np.take(stated.RELATIONS, (band << 8) + bits.small())
    out["family.relation"] = relation
    joins = relation > 0
    of_joining = joins.astype(np.int32) << 8
    out["family.sponsor"] = np.take(stated.SPONSORS, of_joining + bits.small())
    admitted = np.take(stated.FAMILY_MONTHS, of_joining + bits.small())
    out["family.months"] = np.minimum(_part(stay.astype(np.int32), admitted), 600)
    out["family.sponsor_permit"] = np.take(stated.SPONSOR_PERMIT, of_joining + bits.small())
    out["family.resources"] = np.take(stated.RESOURCES, of_joining + bits.small())
    out["family.wait"] = np.minimum(np.take(stated.WAITED, bits.small()), stay)
    union = np.take(stated.MARRIED, np.take(_IS_UNION, relation) + bits.small())
    grown = np.maximum(out["age"] - np.int16(_OF_AGE), 0).astype(np.int32)
    out["family.marriage_months"] = _part(grown, union)
    out["family.lives_with"] = bits.chance(230) & joins.view(np.int8)
    is_adult = (band > 0).view(np.int8)
    out["family.host_national"] = bits.chance(21) & is_adult
    out["family.children_here"] = bits.chance(102) & is_adult
    alone = (bits.small() < 20) & (band == 0) & ~joins & (category > 0)
    out["unaccompanied"] = alone.view(np.int8)


def _conduct(out: Arrays, bits: Bits) -> None:
    threat = np.take(stated.THREAT, bits.wide() >> 4)
    out["conduct.threat"] = threat
    grave = np.flatnonzero(threat >= _GRAVE)
    length = bits.wide()[grave].astype(np.int64)
    sentence = 3 + ((117 * length * length) >> 32)
    out["conduct.sentence"] = _at(grave, sentence, len(threat))
    served = (np.minimum(sentence, 60) * bits.wide()[grave]) >> 16
    out["prison"] = _at(grave, served, len(threat))
