"""The columns of the microdata: each a fact of the vocabulary, its type, source and distribution.

One list for everybody: the blocks have these arrays, Parquet has these columns, the manifest
prints these sentences. Numbers are in the fact's own unit (months, days, per cent). A column with
words holds codes, 0 the first word: the rank in a scale, the place in an enumeration, the country.
Yes is 1 and no is 0. -1 is unknown, and stands only where `may_be_unknown` says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from comity.world.attributes import DEMOGRAPHICS, IMMIGRANTS
from comity.world.conflict import DEGREE, IMMEDIACY, SOURCE_ID
from comity.world.countries import countries
from comity.world.published import STOCK, UNHCR
from comity.world.tables_people import ROUNDS

STATED = "stated"
"""The source of a distribution that this project states: nobody has measured it for everybody."""


class Kind(StrEnum):
    """What the values of a column are."""

    NUMBER = "number"
    YES_NO = "yes/no"
    LEVEL = "level of a scale"
    OPTION = "option of an enumeration"
    COUNTRY = "country"
    COUNTRIES = "one country, the only member of a set"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    fact: its name, a path of the vocabulary. dtype: numpy's name of the type.
    labels: the words of the codes, in order. sources: ids, or `STATED`.
    distribution: how a value is drawn, in one sentence.
    most: of a number that may be unknown, the greatest that the vocabulary allows.
    """

    fact: str
    kind: Kind
    dtype: str
    distribution: str
    sources: tuple[str, ...] = (STATED,)
    labels: tuple[str, ...] = ()
    may_be_unknown: bool = False
    most: int = 0

    @property
    def is_yes_no(self) -> bool:
        """Whether it is yes or no."""
        return self.kind is Kind.YES_NO


STAY = (
    "none", "tolerated", "applicant", "temporary", "humanitarian", "protected", "long_term",
    "permanent", "citizen",
)  # fmt: skip
LIKELIHOOD = (
    "nil", "speculative", "reasonable_possibility", "real_risk", "more_likely", "certain",
)  # fmt: skip
THREAT = ("none", "minor", "public_order", "serious", "very_serious", "imperative", "never")
ATTACHMENT = ("none", "jurisdiction", "present", "lawfully_in", "lawfully_staying", "habitual")
GROUND = ("none", "race", "religion", "nationality", "social_group", "political_opinion")
SEX = ("unspecified", "female", "male")
SKILL = ("unskilled", "skilled", "specialist", "manager", "executive")
WORKER = (
    "none", "worker", "temporary", "seasonal", "frontier", "artist", "seafarer", "transferee",
    "visitor", "contract_supplier", "job_seeker", "student", "self_employed", "posted",
)  # fmt: skip
RELATION = (
    "none", "spouse", "partner", "minor_child", "dependent_child", "dependent_parent",
    "parent_of_minor", "sibling_of_minor", "child", "sibling", "in_law", "other",
)  # fmt: skip
DETENTION = ("none", "entry", "removal", "other")
ROLE = ("none", "activist", "target", "victim", "mixed")
SCOPE = ("individual", "group", "locality", "country")
HARM = (
    "none", "torture", "inhuman", "degrading", "death_penalty", "unfair_trial", "indiscriminate",
    "lack_of_care", "other",
)  # fmt: skip
ACTOR = ("none", "state", "de_facto_authority", "non_state")
INTENSITY = ("none", "low", "high", "extreme")
APPLICATION = (
    "none", "protection", "permit", "family", "permanent", "long_term", "naturalisation",
    "readmission",
)  # fmt: skip


@cache
def country_codes() -> tuple[str, ...]:
    """The words of the columns that are countries: ISO3, sorted. Raises SnapshotDamaged."""
    return tuple(sorted(countries()))


def _number(fact: str, distribution: str, *sources: str) -> Column:
    return Column(fact, Kind.NUMBER, "int16", distribution, sources or (STATED,))


def _yes_no(fact: str, distribution: str, *sources: str, unknown: bool = False) -> Column:
    kept = sources or (STATED,)
    return Column(fact, Kind.YES_NO, "int8", distribution, kept, may_be_unknown=unknown)


def _level(
    fact: str, labels: tuple[str, ...], distribution: str, *sources: str, unknown: bool = False
) -> Column:
    kept = sources or (STATED,)
    return Column(fact, Kind.LEVEL, "int8", distribution, kept, labels, unknown)


def _option(
    fact: str, labels: tuple[str, ...], distribution: str, *sources: str, unknown: bool = False
) -> Column:
    kept = sources or (STATED,)
    return Column(fact, Kind.OPTION, "int8", distribution, kept, labels, unknown)


_RECORD = "as the record of the cell says, or as the assumption set `ordinary` adds"
_BAND = "even within the band that the record and the set `ordinary` leave, else unknown"
_SHARE = "a stated share of"
_WHERE = "in stated shares where the degree of danger is known, else unknown"


@cache
def columns() -> tuple[Column, ...]:
    """Every column, in the order in which it is written. Raises SnapshotDamaged."""
    words = country_codes()
    since = ", ".join(map(str, ROUNDS))
    return (
        Column("host", Kind.COUNTRY, "int16", "the host of the cell", (STOCK,), words),
        Column("nationality", Kind.COUNTRIES, "int16", _RECORD, (STOCK, UNHCR), words, True),
        Column("origin1.state", Kind.COUNTRY, "int16", _RECORD, (STOCK, UNHCR), words, True),
        _yes_no("origin1.in_europe", _RECORD, "countries", unknown=True),
        _level("origin1.degree", DEGREE, _BAND, SOURCE_ID, STATED, unknown=True),
        _level("origin1.immediacy", IMMEDIACY, _BAND, SOURCE_ID, STATED, unknown=True),
        _level("origin1.likelihood", LIKELIHOOD, _BAND, STATED, unknown=True),
        _option(
            "origin1.ground",
            GROUND,
            "refugees: even over the five grounds of 1951, else unknown",
            unknown=True,
        ),
        _yes_no("origin1.protects", _RECORD, STATED, unknown=True),
        _yes_no("origin1.alternative", f"{_RECORD}; others {_WHERE}", STATED, unknown=True),
        _option("origin1.role", ROLE, _WHERE, unknown=True),
        _option("origin1.scope", SCOPE, _WHERE, unknown=True),
        _option("origin1.harm", HARM, _WHERE, unknown=True),
        _option("origin1.actor", ACTOR, _WHERE, unknown=True),
        _level("origin1.intensity", INTENSITY, _WHERE, unknown=True),
        Column(
            "origin1.personal_factors",
            Kind.NUMBER,
            "int16",
            _WHERE,
            may_be_unknown=True,
            most=10,
        ),
        _yes_no("outside_origin", _RECORD, STOCK, STATED),
        _option("sex", SEX, "the sex of the cell", STOCK),
        _number(
            "age",
            "the published shares by age group of the corridor or the host and the cell's sex, "
            "within a group as the host's residents; where nothing is published, as the residents",
            DEMOGRAPHICS,
            IMMIGRANTS,
            "un_wpp_age_2024",
        ),
        _number("arrived_age", "age less the duration of stay"),
        _level("attachment", ATTACHMENT, "by status held"),
        _yes_no("disability", "30 of 256"),
        _yes_no("trafficked", "one of 256"),
        _yes_no("document.valid", "200 of 256 with a status above tolerated, 110 of the others"),
        _yes_no("means.needy", "38 of 256"),
        _yes_no("means.lost", "15 of 256"),
        _yes_no("claims", "by category and status held; all asylum seekers", UNHCR, STATED),
        _yes_no("irregular_entry", "all whose stay is illegal, and a share of the others"),
        _yes_no("direct", "100 of 256 who have claimed"),
        _yes_no("presented", "150 of 256 who have claimed"),
        _option("application.kind", APPLICATION, "seven of ten none, in stated shares"),
        _yes_no("unaccompanied", "8 of 100 children of UNHCR's people who join nobody"),
        _level("status.held", STAY, "by category and duration of stay"),
        _number("status.permit", "by status held"),
        _yes_no("illegal_stay", "holds no status, or is tolerated"),
        _yes_no("procedure.final", "by category and status held; never asylum seekers"),
        _number("procedure.pending", "the residence as applicant of those who are applicants"),
        _number("procedure.days_final", "even within the presence without status, if final"),
        _number("procedure.noncooperation", "three of ten refused: even within the days since"),
        _yes_no("removal.possible", "55 of 100 without status or tolerated; all others"),
        _yes_no("procedure.suspensive", "80 of 256 who have claimed and are not finally refused"),
        _yes_no("removal.period_granted", "180 of 256 whose stay is illegal; all others"),
        _yes_no("removal.period_running", "50 of 256 whose stay is illegal, if granted"),
        _yes_no("removal.absconding_risk", "64 of 256 whose stay is illegal"),
        _yes_no("removal.postponed", "130 of 256 who cannot be removed"),
        _yes_no("expulsion.disproportionate", "60 of 256 after five years of stay"),
        _option("detention.kind", DETENTION, "one of 64 without status, one of 128 applicants"),
        _number("detention.days", "quadratic up to 540 days of those detained"),
        _number(
            "residence.lawful",
            "what is left of the duration of stay, which is drawn from the corridor's stocks of "
            f"{since} (the running minimum, less 3 of 100 a year, a tail of ten years before the "
            "first), cut at the age; asylum seekers: geometric, mean 20 months",
            STOCK,
            STATED,
        ),
        _number("residence.procedure", f"{_SHARE} the duration of stay, by status held"),
        _number("residence.humanitarian", f"{_SHARE} the duration of stay, by status held"),
        _number("residence.study", f"{_SHARE} the duration of stay, by status held"),
        _number("residence.irregular", f"{_SHARE} the duration of stay, by status held"),
        _number("residence.known", f"{_SHARE} the irregular presence"),
        _number("residence.temporary", f"{_SHARE} the lawful residence, by status held"),
        _number("residence.long_term", f"{_SHARE} the lawful residence, by status held"),
        _yes_no("residence.regularised", "holds a status above tolerated and was there without"),
        _number("residence.absence_longest", "six of ten none, else quadratic up to 60 months"),
        _number("residence.absence_total", "the longest and shorter ones, within 60 months"),
        _number("absent", "the longest absence, of two of five, if a status is held"),
        _option("work.kind", WORKER, "by age, work and status held"),
        _number("work.lawful", f"{_SHARE} the residence by right since the age of 15"),
        _number("work.same_employer", f"{_SHARE} the lawful work"),
        _number("work.same_occupation", f"{_SHARE} the lawful work, at least with the employer"),
        _number("work.temporary", f"{_SHARE} the lawful work within temporary residence"),
        _number("work.unemployed", "one of six who have worked: up to 36 months, within the stay"),
        _yes_no("employment.lost", "was unemployed"),
        _yes_no("work.tied_by_terms", "80 of 256 who work"),
        _yes_no("work.employer_breach", "10 of 256 who work"),
        _number("work.seasons", "even from 1 to 12 of seasonal workers"),
        _yes_no("insurance.pension_due", "half of those insured for five years"),
        _number("insurance.months", f"{_SHARE} the lawful work"),
        _option(
            "skill",
            SKILL,
            "by the host's published share of tertiary education",
            IMMIGRANTS,
            STATED,
        ),
        _number("salary", "log-normal, median 80, of those who work; none for others"),
        _option("family.relation", RELATION, "by age group"),
        _level("family.sponsor", STAY, "of those who join a sponsor"),
        _number("family.months", f"{_SHARE} the duration of stay of those who join a sponsor"),
        _number("family.marriage_months", "of spouses and partners: a share of the time since 18"),
        _number("family.sponsor_permit", "in stated shares of those who join a sponsor"),
        _number("family.resources", "40 to 250 of those who join a sponsor; none for others"),
        _number("family.wait", "nine of ten none, else quadratic up to 60 months within the stay"),
        _yes_no("family.lives_with", "nine of ten who join a sponsor"),
        _yes_no("family.host_national", "one of twelve adults"),
        _yes_no("family.children_here", "two of five adults"),
        _level("conduct.threat", THREAT, "97 of 100 none, fewer the graver"),
        _number("prison", "even within the sentence, at most 60 months"),
        _number("conduct.sentence", "quadratic up to 120 months where the threat is serious"),
    )


COLUMNS = MappingProxyType({column.fact: column for column in columns()})
"""Every column by the path of its fact, in the order in which it is written."""
