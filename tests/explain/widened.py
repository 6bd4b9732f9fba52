"""Random agreements with what the generator does not draw: readings, and a sponsor's position."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

from comity.agreement.cases import Case
from comity.agreement.conditions import Comparison, Constant, FactRef, Not, Part, Sum
from comity.agreement.instruments import Instrument, Statement
from comity.agreement.nodes import (
    Alternatives,
    Frame,
    Norm,
    NormException,
    Option,
    Term,
    Under,
    Validity,
)
from comity.agreement.regimes import Cycle, Regime
from comity.agreement.values import Possible, Range
from comity.agreement.vocabulary import Fact, LevelType
from tests.readers_agree.generator import (
    CHANGE,
    STAY,
    USUAL,
    VOCABULARY,
    Size,
    completed,
    person,
    regime,
)
from tests.readers_agree.generator import values as drawn_values

SPONSOR = "sponsor.stay"
WIDE = replace(
    VOCABULARY,
    facts={
        **VOCABULARY.facts,
        SPONSOR: Fact(SPONSOR, LevelType(STAY), 0, position_of="stay"),
    },
)


def wide_regime(rng: Random, size: Size = USUAL, *, facts: int = 6) -> Regime:
    """A regime with two readings of one question in `a`, some rules of which turn on a sponsor.

    A statement under the question is in one reading only, or in both with other content.
    """
    while True:
        drawn = regime(rng, size, facts=facts)
        instruments = tuple(_widened(rng, i) for i in drawn.instruments)
        readings = {"a/q": "y"} if rng.random() < 0.5 else {}
        wide = replace(
            drawn,
            instruments=instruments,
            vocabulary=WIDE,
            library={i.id: i for i in instruments},
            readings=readings,
        )
        try:
            wide.check_acyclic()
        except Cycle:
            continue
        return wide


def wide_person(rng: Random, drawn: Regime, *, unknown: float, host_known: bool = True) -> Case:
    """A person of whom half have a sponsor with the same host."""
    case = person(rng, drawn, unknown=unknown, host_known=host_known)
    if rng.random() < 0.5:
        return case
    record = person(rng, drawn, unknown=unknown)
    facts = {path: value for path, value in record.facts.items() if path != "host"}
    if "host" in case.facts:
        facts["host"] = case.facts["host"]
    return Case(case.on, case.facts, case.ordinary, Case(case.on, facts))


def wide_completed(rng: Random, drawn: Regime, case: Case) -> Case:
    """The same person with every fact known, the sponsor's as well."""
    full = completed(rng, drawn, case)
    if case.sponsor is None:
        return full.with_facts({SPONSOR: rng.choice(values(SPONSOR))})
    own = {"host": full.host, SPONSOR: rng.choice(values(SPONSOR))}  # one level only
    record = case.sponsor.with_facts(own)
    return replace(full, sponsor=completed(rng, drawn, record))


def values(path: str) -> tuple[Possible, ...]:
    """Every known value of a fact, the sponsor's position included."""
    if path == SPONSOR:
        return tuple(Range(rank, rank) for rank in range(len(STAY.levels)))
    return drawn_values(path)


def _widened(rng: Random, instrument: Instrument) -> Instrument:
    body: list[Statement] = []
    for statement in instrument.statements:
        if isinstance(statement, Norm) and rng.random() < 0.3:
            statement = replace(statement, when=(*statement.when, _of_sponsor(rng)))
        if instrument.id == "a" and isinstance(statement, (Norm, NormException, Term)):
            body += _read(rng, statement)
        else:
            body.append(statement)
    if instrument.id == "a":
        x = Option("reading", "x", "court", is_default=True)
        y = Option("reading", "y", "state", validity=Validity(since=rng.choice((None, CHANGE))))
        body.insert(0, Alternatives("q", "what does it mean", (x, y)))
    return replace(instrument, statements=tuple(body))


def _read(rng: Random, statement: Norm | NormException | Term) -> list[Statement]:
    draw = rng.random()
    x, y = Frame(under=Under("q", "x")), Frame(under=Under("q", "y"))
    if draw < 0.6:
        return [statement]
    if draw < 0.75:
        return [replace(statement, frame=rng.choice((x, y)))]
    if not statement.when:
        return [statement]
    lines = statement.when[1:] if len(statement.when) > 1 else (Not(statement.when[0]),)
    other = replace(statement, when=lines, frame=y)
    if isinstance(other, Norm) and isinstance(other.boundings[0].level, int):
        bounding = replace(other.boundings[0], level=rng.randint(1, 2))
        other = replace(other, boundings=(bounding,))
    return [replace(statement, frame=x), other]


def _of_sponsor(rng: Random) -> Comparison:
    constant = Constant(rng.randint(1, 2), "stay_level")
    relation = rng.choice(("at least", "less than"))
    one = Fraction(1)
    return Comparison(
        Sum((Part(one, FactRef(SPONSOR)),)),
        relation,  # type: ignore[arg-type]
        Sum((Part(one, constant),)),
    )
