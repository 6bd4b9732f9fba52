"""What the coded clauses of a bilateral labour agreement are: words, rights, and what goes together.

Belongs here: the topics of the coding with the right of the vocabulary that each is read as, and the
bundles of clauses that must go together. Does not belong here: counting agreements
(`bilateral_shares`), a typed instrument (`api.bilateral_instruments`).

The coding says that a text *mentions* a topic. So a present clause is read at the lowest level above
the bottom that the words of its topic carry, and in doubt. Where the vocabulary has no right for a
topic, the clause counts as a clause alone, and its reason is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from comity.world.bilateral import Coded


@dataclass(frozen=True, slots=True)
class Clause:
    """One topic of the coding.

    number: in the ILO's list of good practices, such as `6a`. right, level: how a present clause is
    read, empty where no right fits. doubt: what the coding leaves open of a guarantee. reason, why:
    of a clause without a right, one of the words of `no rule`, and a sentence.
    """

    column: str
    number: str
    title: str
    right: str = ""
    level: str = ""
    doubt: str = ""
    reason: str = ""
    why: str = ""

    @property
    def is_guarantee(self) -> bool:
        """Whether the vocabulary has a right for it."""
        return bool(self.right)

    @property
    def level_words(self) -> str:
        """The level as one says it."""
        return f"{self.level} percent" if self.level.isdigit() else self.level


_INTERSTATE = "between the two States; no right of a person"
_BODY = "says who takes part; no right of a person"
_FORM = "the vocabulary has no right to a contract"
_EMPLOYER = "a duty of the employer or inspector, without a level in the vocabulary"

CLAUSES = (
    Clause("intl_instr", "1", "Refers to international instruments", reason="expressed_elsewhere",
           why="what those instruments give stands in their own texts"),
    Clause("info_exch", "2", "Exchange of information between the States",
           reason="interstate", why=_INTERSTATE),
    Clause("info_dissem", "3", "The agreement is made known", reason="interstate", why=_INTERSTATE),
    Clause("govt_agencies", "4", "Responsibilities of the parties are defined",
           reason="institutional", why=_BODY),
    Clause("joint_commit", "5", "Joint committee", reason="institutional", why=_BODY),
    Clause("recruit_cost_mig", "6a", "The migrant pays no recruitment fee", "fee", "0",
           "recruitment alone is coded; what papers and permits cost is not"),
    Clause("recruit_auth", "6b", "Names who may recruit", reason="procedure",
           why="who may recruit; no level of a right"),
    Clause("labor_union_orig", "7a", "Role of unions in the country of origin",
           reason="institutional", why=_BODY),
    Clause("labor_union_dest", "7b", "Role of unions in the country of destination",
           reason="institutional", why=_BODY),
    Clause("labor_union_join", "7c", "Migrants may join a union", "organise", "join",
           "to join is coded; to form, to bargain and to strike are not"),
    Clause("emp_orgs", "7d", "Role of employers' organisations", reason="institutional", why=_BODY),
    Clause("ngos", "7e", "Role of civil society", reason="institutional", why=_BODY),
    Clause("migrant_info", "8", "Migrants are given the information that matters", reason="open_term",
           why="the vocabulary has no right to be informed before departure"),
    Clause("prot_equal", "9", "Equal treatment and no discrimination", "pay", "as_nationals",
           "in what treatment is equal is not coded; read as pay and conditions of work"),
    Clause("prot_women", "10a", "Protection of women", reason="open_term",
           why="a protection in general words, without a level"),
    Clause("prot_women_det", "10b", "Detailed protection of women or domestic workers",
           reason="open_term", why="what is protected is not coded"),
    Clause("prot_other", "10c", "Protection on other grounds (race, religion)", reason="open_term",
           why="a protection in general words, without a level"),
    Clause("contract_req", "11a", "An employment contract is required", reason="open_term", why=_FORM),
    Clause("contract_standard", "11b", "A standard contract", reason="open_term", why=_FORM),
    Clause("contract_terms", "11c", "Terms that the contract must have", reason="open_term", why=_FORM),
    Clause("wage_prot", "12", "Protection of wages", reason="open_term",
           why="that wages are paid and not withheld; the vocabulary has the height of pay alone"),
    Clause("housing_req", "13a", "The employer provides housing", "housing", "as_aliens",
           "that there is housing is coded; how good it is, and beside whose, is not"),
    Clause("housing_cond", "13b", "Housing must meet conditions", reason="open_term", why=_EMPLOYER),
    Clause("housing_monitor", "13c", "The government inspects housing", reason="procedure",
           why=_EMPLOYER),
    Clause("work_monitor", "13d", "The government inspects work", reason="procedure", why=_EMPLOYER),
    Clause("passport", "14", "Travel documents may not be taken away", reason="open_term",
           why="the vocabulary has the papers that a host gives, not those that nobody may take"),
    Clause("social_security", "15", "Social protection and health care", "social_security", "as_aliens",
           "that there is some is coded; insurance or care, and how much, is not"),
    Clause("disputes_emp_mig", "16", "Complaints and settlement of disputes", "remedy", "on_paper",
           "a complaint about work is coded; whether it suspends anything is not"),
    Clause("mig_human_cap", "17", "Training and better skills", reason="open_term",
           why="no stage of schooling is coded"),
    Clause("credentials", "18", "Recognition of skills and qualifications", "recognition", "assessed",
           "that they are looked at is coded; whether they count in full is not"),
    Clause("remittances", "19", "Transfer of savings and remittances", reason="open_term",
           why="the vocabulary has no right to send money home"),
    Clause("reintegration", "20a", "Reintegration on return", reason="open_term",
           why="help in the country of origin; the vocabulary has the way back to the host alone"),
    Clause("contract_renewal", "20b", "The contract may be renewed", reason="open_term",
           why="a possibility, of which no length is coded"),
    Clause("perm_resid", "20c", "A way to permanent residence", reason="open_term",
           why="a way whose conditions are not coded; a level of stay would say too much"),
)  # fmt: skip
"""The topics in the order of the coding, with the numbers of the ILO's list."""

BY_COLUMN: Mapping[str, Clause] = {clause.column: clause for clause in CLAUSES}

NEVER_ASKED = (
    "family: whether it may come, and when",
    "stay: whether loss of work ends it",
    "access to work: whether the employer may be changed",
    "length of the permit and of the contract",
    "appeal against the State's own decisions",
    "coming back after a departure",
    "who sends and who receives",
    "whether the text binds in law",
)
"""What the coding asks of no text: not observed of any agreement, and never counted as absent."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Clauses that must go together. unseen: what belongs to it and the coding never asks."""

    name: str
    title: str
    source: str
    clauses: tuple[str, ...]
    unseen: tuple[str, ...]


BUNDLES = (
    Bundle(
        "more_than_labour",
        "Labour never travels alone: a union, care, an appeal",
        "property `labour never travels alone`; Overbeek 2002, section 4",
        ("labor_union_join", "social_security", "disputes_emp_mig"),
        ("family",),
    ),
    Bundle(
        "first_day",
        "From the first day: no fee, equal treatment, a union, insurance",
        "IMFC 20(4) and 20(5)",
        ("recruit_cost_mig", "prot_equal", "labor_union_join", "social_security"),
        ("debt", "licences of recruiters"),
    ),
    Bundle(
        "no_tie",
        "Neither debt nor tie: no fee, a contract, one's own passport, a complaint",
        "IMFC 2 and 20(4); ILO good practices 6a, 11a, 14, 16",
        ("recruit_cost_mig", "contract_req", "passport", "disputes_emp_mig"),
        ("change of employer",),
    ),
    Bundle(
        "counterparts",
        "What temporary labour (E7) needs: rights (E10), permanence (E8), a return (E9)",
        "IMFC 27, E7 needs E10, E8 and E9",
        ("prot_equal", "perm_resid", "reintegration"),
        ("employment (E3)", "education (E2)", "development (E1)"),
    ),
)
"""The bundles of the study. The coding stands in for each part by its nearest topic."""

BUNDLE: Mapping[str, Bundle] = {bundle.name: bundle for bundle in BUNDLES}


class Keeps(StrEnum):
    """How much of what the coding sees of a bundle a text keeps."""

    ALL = "all"
    SOME = "some"
    NONE = "none"
    NOT_OBSERVED = "not observed"


def keeps(coded: Coded, bundle: Bundle) -> Keeps:
    """All, some or none of a bundle's clauses; not observed where a missing value decides."""
    return kept({name: coded.clauses[name] for name in bundle.clauses})


def kept(values: Mapping[str, bool | None]) -> Keeps:
    """The same of any clauses by name: three-valued, a missing value is neither yes nor no."""
    several = tuple(values.values())
    if all(several):
        return Keeps.ALL
    if True in several and False in several:
        return Keeps.SOME
    if None in several:
        return Keeps.NOT_OBSERVED
    return Keeps.NONE


@dataclass(frozen=True, slots=True)
class Distance:
    """How far two texts lie apart on the clauses observed of both.

    hamming: clauses of which one has and the other has not. jaccard: these as a part of the clauses
    that at least one has; 0 where neither has any. of: clauses observed of both.
    """

    hamming: int
    jaccard: float
    of: int


def distance(one: Coded, other: Coded) -> Distance:
    """The distance of two coded texts."""
    seen = one.observed & other.observed
    return apart(one.present & seen, other.present & seen, len(seen))


def apart(one: frozenset[str], other: frozenset[str], of: int) -> Distance:
    """The distance of two sets of clauses among so many."""
    differing, either = len(one ^ other), len(one | other)
    return Distance(differing, differing / either if either else 0.0, of)
