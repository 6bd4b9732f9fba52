"""Invented persons by whom corridors are compared: what each is, in the vocabulary's own words.

A person is evaluated in every corridor (host and origin) of a setting: the nationality is the
origin's, the facts below hold, all else is ordinary. Each is weighted by the people who live in the
corridor: nobody's own record says how they work or earn, so the figure is of corridors, not of the
people in them. **At the door** the person asks to come; **a year in** the person was admitted as asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from comity.agreement.values import Possible, Truth, exactly
from comity.agreement.vocabulary import EnumerationType, LevelType, NumberType, Vocabulary

Word: TypeAlias = bool | int | str
"""Yes or no; a number of the fact's unit; a level or an option by its name."""

Facts: TypeAlias = Mapping[str, Word]


@dataclass(frozen=True)
class Person:
    """An invented person. sponsor: facts of the person whom a member of the family joins."""

    id: str
    title: str
    facts: Facts
    sponsor: Facts = field(default_factory=dict)

    def with_facts(self, id_: str, title: str, changed: Facts) -> Person:
        """The same with some facts otherwise."""
        return Person(id_, title, {**self.facts, **changed}, self.sponsor)


def known(vocabulary: Vocabulary, facts: Facts) -> dict[str, Possible]:
    """Facts as what is known of a case. Raises KeyError for a fact or level that is none."""
    return {path: _known(vocabulary, path, word) for path, word in facts.items()}


def _known(vocabulary: Vocabulary, path: str, word: Word) -> Possible:
    declared = vocabulary.fact(path)
    if declared is None:
        raise KeyError(path)
    match declared.type:
        case LevelType(scale) if isinstance(word, str) and word in scale.levels:
            return exactly(scale.rank(word))
        case EnumerationType(enumeration) if word in enumeration.options:
            return exactly(word)
        case NumberType(high=high) if isinstance(word, int) and 0 <= word <= high:
            return exactly(word)
        case _ if isinstance(word, bool):
            return Truth.of(word)
    raise KeyError(f"{path} {word}")


def in_words(vocabulary: Vocabulary, facts: Facts) -> str:
    """The facts as the language writes them: `work.kind worker, salary 100 percent`."""
    parts = []
    for path, word in facts.items():
        declared = vocabulary.fact(path)
        if isinstance(word, bool):
            said = "yes" if word else "no"
        elif declared is not None and isinstance(declared.type, NumberType):
            said = f"{word} {declared.type.unit}"
        else:
            said = str(word)
        parts.append(f"{path} {said}")
    return ", ".join(parts)


# ---- who they are ----
_ASKS: Facts = {
    "outside_origin": False,
    "contact": "abroad",
    "attachment": "none",
    "application.kind": "permit",
}
_ADMITTED: Facts = {
    "attachment": "lawfully_staying",
    "status.held": "temporary",
    "status.permit": 24,
}


def _employed(months: int) -> Facts:
    """Months of lawful residence and work, all of it with one employer and in one occupation."""
    return {
        "residence.lawful": months,
        "residence.temporary": months,
        "work.lawful": months,
        "work.same_employer": months,
        "work.one_employer": months,
        "work.same_occupation": months,
        "work.temporary": months,
        "arrived_age": 360 - months,
        "entry.days": 30 * months,
    }


_WORKER: Facts = {"work.kind": "worker", "work.offer": True, "work.contract": 24}
_DANGER: Facts = {
    "claims": True,
    "origin1.degree": "danger_to_life",
    "origin1.immediacy": "under_way",
    "origin1.likelihood": "real_risk",
    "origin1.ground": "political_opinion",
    "origin1.harm": "inhuman",
    "origin1.actor": "state",
    "origin1.role": "target",
    "origin1.event": "generalised_violence",
    "origin1.protects": False,
}


def worker(months: int) -> Person:
    """A worker of ordinary pay and no special skill after so many months of lawful work."""
    title = f"a worker after {months} months of lawful work"
    return Person(f"worker_{months}", title, {**_ADMITTED, **_WORKER, **_employed(months)})


def temporary_worker(months: int) -> Person:
    """The same in a programme of temporary work, which some texts tell apart by the kind of work."""
    title = f"a worker of a temporary programme after {months} months of lawful work"
    return worker(months).with_facts(f"temporary_{months}", title, {"work.kind": "temporary"})


JOB_LOST: Facts = {
    "employment.lost": True,
    "work.unemployed": 1,
    "work.left_by_choice": False,
    "work.offer": False,
    "work.contract": 0,
}
"""What the loss of the job changes of a worker's record; registered and seeking work, as is ordinary."""


@dataclass(frozen=True)
class Kind:
    """A kind of person at two moments."""

    name: str
    title: str
    door: Person
    inside: Person


def _kind(name: str, title: str, facts: Facts, door: Facts, inside: Facts) -> Kind:
    return Kind(
        name,
        title,
        Person(f"{name}.door", f"{title}, asks to come", {**facts, **door}),
        Person(f"{name}.inside", f"{title}, a year in", {**facts, **inside}),
    )


_YEAR_IN: Facts = {**_ADMITTED, **_employed(12)}
_SPONSOR: Facts = {**_ADMITTED, **_WORKER, **_employed(54)}
_SPOUSE: Facts = {
    "family.relation": "spouse",
    "family.sponsor": "temporary",
    "family.sponsor_permit": 24,
    "family.sponsor_resided": 54,
    "family.sponsor_works": True,
    "family.sponsor_worker": True,
    "family.sponsor_worked": 54,
    "family.sponsor_prospect": True,
    "family.lives_with": True,
    "family.authorised": True,
    "family.marriage_months": 60,
}

MANAGER = _kind(
    "manager",
    "a manager whom a firm transfers",
    {
        "work.kind": "transferee", "skill": "manager", "work.prior": 24, "work.scheduled": True,
        "work.essential": True, "work.offer": True, "work.contract": 24, "work.qualification": 48,
        "salary": 200,
    },
    _ASKS,
    {**_YEAR_IN, "status.scheme": "transferee", "work.supplier": 12},
)  # fmt: skip
EXPERT = _kind(
    "expert",
    "an expert with a degree and high pay",
    {
        "work.kind": "professional", "skill": "specialist", "work.qualification": 48,
        "work.experience": 60, "work.listed": True, "work.scheduled": True, "work.offer": True,
        "work.contract": 24, "salary": 160,
    },
    _ASKS,
    {**_YEAR_IN, "status.scheme": "blue_card", "status.scheme_months": 12},
)  # fmt: skip
INVESTOR = _kind(
    "investor",
    "an investor with substantial capital",
    {
        "work.kind": "investor", "skill": "executive", "work.capital": True,
        "work.essential": True, "work.established": True, "work.scheduled": True, "salary": 200,
    },
    _ASKS,
    {**_YEAR_IN, "status.scheme": "business"},
)  # fmt: skip
WORKER = _kind("worker", "a worker with an offer and ordinary pay", _WORKER, _ASKS, _YEAR_IN)
TEMPORARY = _kind(
    "temporary",
    "a worker of a temporary programme with an offer",
    {"work.kind": "temporary", "work.offer": True, "work.contract": 12},
    _ASKS,
    _YEAR_IN,
)
SEASONAL = _kind(
    "seasonal",
    "a seasonal worker with a contract of six months",
    {
        "work.kind": "seasonal", "work.listed": True, "work.offer": True, "work.contract": 6,
        "salary": 80,
    },
    _ASKS,
    {
        **_ADMITTED, **_employed(3), "status.permit": 6, "status.scheme": "seasonal",
        "work.season": 3,
    },
)  # fmt: skip
SEEKER = _kind(
    "seeker",
    "a worker who looks for work and has no offer",
    {"work.kind": "job_seeker"},
    _ASKS,
    {
        **_ADMITTED,
        "residence.lawful": 12,
        "residence.temporary": 12,
        "arrived_age": 348,
        "entry.days": 360,
    },
)
_SPOUSE_INSIDE: Facts = {
    **_ADMITTED,
    "residence.lawful": 12,
    "family.months": 12,
    "family.resided": 12,
    "arrived_age": 348,
    "entry.days": 360,
}
FAMILY = Kind(
    "family",
    "the spouse of a worker in the fifth year of work",
    Person(
        "family.door",
        "the spouse of a worker in the fifth year of work, asks to come",
        {**_SPOUSE, **_ASKS, "application.kind": "family"},
        _SPONSOR,
    ),
    Person(
        "family.inside",
        "the spouse of a worker in the fifth year of work, a year in",
        {**_SPOUSE, **_SPOUSE_INSIDE},
        _SPONSOR,
    ),
)
DANGER = _kind(
    "danger",
    "a person whose life is in danger at home",
    _DANGER,
    {"contact": "border", "attachment": "jurisdiction", "direct": True, "presented": True},
    {
        "attachment": "lawfully_in", "status.held": "applicant", "procedure.pending": 12,
        "residence.procedure": 12, "arrived_age": 348, "entry.days": 360,
    },
)  # fmt: skip

KINDS = (MANAGER, EXPERT, INVESTOR, WORKER, TEMPORARY, SEASONAL, SEEKER, FAMILY, DANGER)
"""The kinds that are compared, those whom capital moves first. Source: Overbeek 2002, section 4."""
