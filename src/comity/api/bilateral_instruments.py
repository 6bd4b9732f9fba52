"""Each coded bilateral labour agreement as a typed instrument, made from data.

Belongs here: turning clauses into norms. Does not belong here: what a clause is read as
(`profile.bilateral`), any count.

A clause coded present is a guarantee that binds both States, for workers of the one in the other: the
data do not say who is host. A clause coded absent makes no norm. What the coding never asks is in no
norm either, and is listed as not observed, so an instrument's coverage is unknown. The parties are
bound from the last day of the year of the agreement, so that no day before it is covered.

That an agreement was ended is observed of few. So each has a power, once its stated term is over or from
the first day where it states none: either State may have ended it. Whether one has is a fact like any
other (`exercised bla_7/21.1`): unknown unless a case says so, and then a guarantee is possible, never
certain. An agreement whose term is over and that does not renew itself is over, and needs no power.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from comity.agreement.conditions import (
    AllOf,
    AnyOf,
    Condition,
    FactRef,
    Includes,
    IsOneOf,
    Not,
)
from comity.agreement.instruments import Article, Force, Instrument, Statement
from comity.agreement.nodes import (
    Bounding,
    EveryTarget,
    Frame,
    Kind,
    Norm,
    NoRule,
    Power,
    Validity,
)
from comity.agreement.vocabulary import LevelType, Member, Vocabulary
from comity.language.faults import ComityError, Fault
from comity.profile.bilateral import CLAUSES, Clause
from comity.world.bilateral import SOURCES_OF, BilateralAgreement, agreements, name_of

NO_WORKER = (
    "none",
    "visitor",
    "job_seeker",
    "student",
    "self_employed",
    "trader",
    "investor",
    "official",
)
"""Kinds of `work.kind` that are no employment by another."""


class NotCoded(ValueError):
    """An agreement whose text nobody coded cannot be read as an instrument."""


ENDING = "21.1"
"""The power by which an agreement may have been ended. The list of topics has twenty."""
_LAST = Article(
    "21", "How long it binds", "Whether a State has ended the agreement is not coded.\n"
)


def instrument_of(one: BilateralAgreement, vocabulary: Vocabulary) -> Instrument:
    """The typed form of a coded agreement. Raises NotCoded, also where its year is unknown."""
    coded = one.coded
    if coded is None or one.year is None:
        raise NotCoded(f"`{one.id}` has no coded text, or no year")
    since = date(one.year, 12, 31)
    present = [clause for clause in CLAUSES if coded.clauses[clause.column]]
    statements: list[Statement] = []
    for clause in present:
        statements.append(
            _norm(clause, one, vocabulary) if clause.is_guarantee else _no_rule(clause)
        )
    if any(isinstance(statement, Norm) for statement in statements) and one.ends is None:
        statements.append(_ending(one))
    return Instrument(
        one.id,
        coded.title,
        Force.BINDING,
        citations={
            "dataset": ", ".join(SOURCES_OF),
            "agreement": str(one.number),
            "language": coded.language,
        },
        adopted=one.signed,
        in_force=since,
        ended=one.ends,
        parties=tuple(Member(code, since) for code in one.pair),
        articles=(*_articles(present), _LAST),
        statements=tuple(statements),
    )


@lru_cache(maxsize=1)
def _numbers() -> dict[str, str]:
    """Of each column the id of its rule: topic 6a is 6.1, topic 9 is 9.1."""
    return {clause.column: _rule_id(clause.number) for clause in CLAUSES}


def _rule_id(number: str) -> str:
    digits = number.rstrip("abcde")
    letter = number.removeprefix(digits)
    return f"{digits}.{'abcde'.index(letter) + 1 if letter else 1}"


def rule_of(clause: Clause) -> str:
    """The id of the rule that a clause becomes."""
    return _numbers()[clause.column]


def _norm(clause: Clause, one: BilateralAgreement, vocabulary: Vocabulary) -> Norm:
    bounding = Bounding(clause.right, rank_of(clause, vocabulary))
    frame = Frame(title=clause.title, doubt=clause.doubt)
    return Norm(rule_of(clause), Kind.GUARANTEE, (bounding,), conditions_of_pair(one), frame=frame)


def rank_of(clause: Clause, vocabulary: Vocabulary) -> int:
    """The rank, in the person's favour, of the level at which a clause is read."""
    right = vocabulary.rights[clause.right]
    if isinstance(right.type, LevelType):
        return right.rank(right.type.scale.rank(clause.level))
    return right.rank(int(clause.level))


def conditions_of_pair(one: BilateralAgreement) -> tuple[Condition, ...]:
    """A worker who is a national of the one State, in the other."""
    first, second = one.pair
    return (
        AnyOf((_way(first, second), _way(second, first))),
        Not(IsOneOf(FactRef("work.kind"), NO_WORKER)),
    )


def _way(origin: str, host: str) -> Condition:
    return AllOf((Includes(FactRef("nationality"), origin), IsOneOf(FactRef("host"), (host,))))


def _ending(one: BilateralAgreement) -> Power:
    frame = Frame(
        title="either State may have ended it",
        doubt="whether one has is not observed",
        validity=Validity(since=one.term_ends),
    )
    return Power(ENDING, (EveryTarget(one.id, Kind.GUARANTEE),), frame=frame)


def _no_rule(clause: Clause) -> NoRule:
    return NoRule((rule_of(clause),), clause.reason, clause.why)


def _articles(present: list[Clause]) -> tuple[Article, ...]:
    """One article a topic of the list, with what the coding says of it as its prose."""
    found: dict[str, list[Clause]] = {}
    for clause in present:
        found.setdefault(rule_of(clause).partition(".")[0], []).append(clause)
    return tuple(
        Article(
            number,
            several[0].title,
            "".join(f"The coding says that the text mentions: {c.title}.\n" for c in several),
        )
        for number, several in found.items()
    )


def pair_names(one: BilateralAgreement) -> tuple[str, str]:
    """The names of the two States. Raises UnknownCountry."""
    first, second = one.pair
    return name_of(first), name_of(second)


def data_instrument(word: str, vocabulary: Vocabulary) -> Instrument | None:
    """The instrument that an id such as `bla_7` names; None for a word that is no such id.

    Raises ComityError (E458) for an agreement that is none, or that nobody coded.
    """
    name = word.strip().lower()
    if not name.removeprefix("bla_").isdigit() or not name.startswith("bla_"):
        return None
    found = next((one for one in agreements() if one.id == name), None)
    try:
        if found is None:
            raise NotCoded(f"`{name[:40]}` is no bilateral labour agreement")
        return instrument_of(found, vocabulary)
    except NotCoded as cause:
        suggestion = "comity bilateral --corridor DEU-TUR lists those of a corridor that are coded"
        raise ComityError(Fault("E458", str(cause), suggestion=suggestion)) from cause
