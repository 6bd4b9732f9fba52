"""Nodes times readers: whatever the typed form can say, every reader reads.

A class of conditions, operands, statements, targets, clauses or levels that is not listed here
fails, and so does one that a reader does not read: for each there is a text and a person whose
position is another once it is taken away or turned round, and every reader must say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, get_args

import pytest

from comity.agreement import conditions, nodes, vocabulary
from comity.agreement.cases import Case
from comity.agreement.coding.formulas import NEVER
from comity.agreement.conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Constant,
    Declared,
    DefinitionRef,
    EveryPlace,
    FactHolds,
    FactRef,
    Guaranteed,
    Includes,
    InGroup,
    IsEmpty,
    IsOneOf,
    Lapse,
    LeftOpen,
    Meets,
    NodeHolds,
    Not,
    ParameterRef,
    SomePlace,
    TermHolds,
    atoms,
    operands,
)
from comity.agreement.governance import Governed
from comity.agreement.instruments import Holding, Instrument, Statement
from comity.agreement.lineage import Carried, SheetLine, Vector
from comity.agreement.nodes import (
    Alternatives,
    ArticleTarget,
    Bounding,
    Choice,
    Element,
    EveryTarget,
    Extension,
    Favour,
    Frame,
    Kind,
    NodeTarget,
    Norm,
    NormException,
    NoRule,
    Over,
    Paragraph,
    Parameter,
    Power,
    Prevalence,
    Scope,
    Standstill,
    Table,
    Term,
    TermTarget,
    Unreservable,
)
from comity.agreement.regimes import Regime
from comity.agreement.statements import CaseStatement, Proof
from comity.agreement.values import Truth, exactly
from comity.explain.evaluate import Evaluation
from comity.prove.fields import Name
from comity.prove.law import NONE, Latitude, Law
from tests.readers_agree.changes import FEATURES, Change, fronts, rewritten, without
from tests.readers_agree.comparing import drawn
from tests.readers_agree.draws import Draw
from tests.readers_agree.solver import FREE, AskedOfRegime, within_the_law
from tests.readers_agree.told import Told, everything_told
from tests.readers_agree.words import RIGHTS, WORDS, compare

Position = tuple[tuple[int, int], ...]
"""The bounds of each right, in the order of the vocabulary."""
AGREEMENTS, PEOPLE = 80, 6


# ---- readers ----
def by_explain(regime: Regime, case: Case, _latitude: Latitude) -> Position:
    """What the reference evaluator says of a person of whom all is known."""
    evaluation = Evaluation(regime, case)
    found = [evaluation.bounds(right) for right in RIGHTS]
    return tuple((bounds.lower, bounds.upper) for bounds in found)


def by_solver(regime: Regime, case: Case, latitude: Latitude) -> Position:
    """What a model says of the same person, from the shared coding."""
    told = [t for t in everything_told(regime, case.on) if " at least " in t.name and not t.right]
    asked = AskedOfRegime(regime, case.on, latitude, told=tuple(told))
    said = dict(zip((t.name for t in told), asked.truths(case), strict=True))
    return tuple(
        (_highest(said, f"lower {right}"), _highest(said, f"upper {right}")) for right in RIGHTS
    )


def _highest(said: Mapping[str, bool], bound: str) -> int:
    ranks = range(1, WORDS.rights[bound.partition(" ")[2]].top + 1)
    reached = [rank for rank in ranks if said[f"{bound} at least {rank}"]]
    assert reached == list(range(1, len(reached) + 1)), "a higher rank without a lower one"
    return len(reached)


READERS: Mapping[str, Callable[[Regime, Case, Latitude], Position]] = {
    "explain": by_explain,
    "prove": by_solver,
}
"""Every reader that makes positions; `count` belongs here as soon as it is there."""


# ---- what makes positions ----
@dataclass(frozen=True)
class Read:
    """Changes of a text that show whether something in it is read."""

    changes: tuple[Change, ...]
    latitude: Latitude = NONE


def _without(kind: type) -> Read:
    return Read((without(lambda s: isinstance(s, kind)),))


def _as_feature(name: str, latitude: Latitude = NONE) -> Read:
    return Read(FEATURES[name], latitude)


def _clauses(kind: type) -> Read:
    def change(statement: Statement) -> Statement:
        if not isinstance(statement, Prevalence):
            return statement
        kept = tuple(c for c in statement.clauses if not isinstance(c, kind))
        return replace(statement, clauses=kept)

    return Read((lambda regime: rewritten(regime, change),))


def _levels(kind: type) -> Read:
    """The bounds at levels of a kind are left out."""

    def change(statement: Statement) -> Statement:
        if not isinstance(statement, Norm):
            return statement
        kept = tuple(b for b in statement.boundings if not isinstance(b.level, kind))
        return replace(statement, boundings=kept)

    return Read((lambda regime: rewritten(regime, change),))


def _field(name: str, value: object) -> Read:
    """A field of nodes has one value wherever it is there."""

    def change(statement: Statement) -> Statement:
        there = isinstance(statement, get_args(Holding)) and hasattr(statement, name)
        return replace(statement, **{name: value}) if there else statement  # type: ignore[type-var]

    return Read((lambda regime: rewritten(regime, change),))


def _front(**values: object) -> Read:
    return Read((fronts(lambda instrument: replace(instrument, **values)),))  # type: ignore[arg-type]


def _turned(regime: Regime) -> Regime:
    """Every guarantee is a limit, and the other way round."""
    other = {Kind.GUARANTEE: Kind.LIMIT, Kind.LIMIT: Kind.GUARANTEE}
    return rewritten(regime, lambda s: replace(s, kind=other[s.kind]) if isinstance(s, Norm) else s)


STATEMENTS: Mapping[type, Read] = {
    Parameter: _as_feature("parameter within its bounds"),
    Alternatives: _as_feature("reading"),
    Term: _as_feature("defined term"),
    Table: _as_feature("table at places"),
    Choice: _as_feature("ordered choice"),
    Norm: _without(Norm),
    NormException: _without(NormException),
    Power: _without(Power),
    Extension: _without(Extension),
    Standstill: _without(Standstill),
    Prevalence: _without(Prevalence),
    Element: _as_feature("element"),
}
"""Statements that make positions."""
OTHER_STATEMENTS: Mapping[type, str] = {
    Unreservable: "bounds what a proof ranges over: see below",
    Scope: "whom conformity is asked of: read by `prove` alone",
    NoRule: "coverage",
    Paragraph: "coverage",
    SheetLine: "coverage of the fact sheet",
    Vector: "coverage of the fact sheet",
    Carried: "history: walked by `chain`, shown beside pressure",
    Governed: "how an instrument is governed: read by the profile, bounds nothing",
    Proof: "run by `prove`",
    CaseStatement: "run by `check`",
}
TARGETS: Mapping[type, Read] = {
    NodeTarget: Read((without(lambda s: _targets(s, NodeTarget)),)),
    TermTarget: _as_feature("exception to a definition"),
    ArticleTarget: _as_feature("exception to an article"),
    EveryTarget: _as_feature("exception to every norm of a kind"),
}
CLAUSES: Mapping[type, Read] = {Favour: _clauses(Favour), Over: _clauses(Over)}
LEVELS: Mapping[type, Read] = {
    int: _levels(int),
    FactRef: _levels(FactRef),
    ParameterRef: _levels(ParameterRef),
}
FIELDS: Mapping[str, Read | None] = {
    "id": None,
    "span": None,
    "kind": Read((_turned,)),
    "boundings": _levels(object),
    "when": _field("when", ()),
    "element": _as_feature("element"),
    "soft": _field("soft", True),
    "frame": _field("frame", Frame()),
    "targets": _field("targets", ()),
    "grants": None,  # a power to grant bounds nothing and is only traced
    "instrument": _without(Extension),
    "term": _without(Extension),
    "rights": _field("rights", ()),
    "since": _field("since", None),
    "moved": _field("moved", True),
}
"""Fields of what holds; None: no reader's position hangs on it."""
FRONT: Mapping[str, Read] = {
    "force": _as_feature("informal instrument"),
    "in_force": _as_feature("dates of an instrument"),
    "ended": _as_feature("dates of an instrument"),
    "parties": _front(parties=()),
    "reservations": _front(reservations=()),
    "declarations": Read(_front(declarations=()).changes, NONE),
    "elements": Read((fronts(lambda i: replace(i, elements=_stated_otherwise(i))),)),
}
"""What stands before the articles and makes positions (`exercised` a complete case says itself)."""


REGIME: Mapping[str, Read | None] = {
    "name": None,
    "instruments": _without(Norm),
    "vocabulary": None,
    "library": None,
    "for_every_host": _as_feature("host that is no party"),
    "readings": _as_feature("reading"),
    "parameters": _as_feature("parameter within its bounds"),
    "is_fixed": None,  # whose parameters may move: see test_moved_parameters
}


def _stated_otherwise(instrument: Instrument) -> Mapping[str, str]:
    other = {"adopted": "proposed", "proposed": "adopted"}
    return {name: other[said] for name, said in instrument.elements.items()}


def _targets(statement: Statement, kind: type) -> bool:
    named = getattr(statement, "targets", ()) if isinstance(statement, NormException) else ()
    return any(isinstance(target, kind) for target in named)


EVERYTHING: Mapping[str, Read] = {
    **{f"statement {kind.__name__}": read for kind, read in STATEMENTS.items()},
    **{f"target {kind.__name__}": read for kind, read in TARGETS.items()},
    **{f"clause {kind.__name__}": read for kind, read in CLAUSES.items()},
    **{f"level {kind.__name__}": read for kind, read in LEVELS.items()},
    **{f"field {name}": read for name, read in FIELDS.items() if read is not None},
    **{f"front {name}": read for name, read in FRONT.items()},
    **{f"regime {name}": read for name, read in REGIME.items() if read is not None},
}


@cache
def _draws(latitude: Latitude) -> tuple[Draw, ...]:
    return tuple(drawn(700, AGREEMENTS, PEOPLE, latitude))


def _told_apart(read: Read) -> Iterator[tuple[Regime, Regime, Case]]:
    """Pairs of a text and its change with a person to whom `explain` gives another position."""
    for draw in _draws(read.latitude):
        changed = [other for c in read.changes if (other := c(draw.regime)) is not draw.regime]
        for case in draw.cases:
            case = within_the_law(draw.regime, case, read.latitude)
            before = by_explain(draw.regime, case, read.latitude)
            for other in changed:
                if by_explain(other, case, read.latitude) != before:
                    yield draw.regime, other, case


@pytest.mark.parametrize("name", EVERYTHING)
def test_every_reader_reads_it(name: str) -> None:
    read = EVERYTHING[name]
    told = next(_told_apart(read), None)
    assert told is not None, f"no draw hangs on it: {name}"
    text, changed, case = told
    said = by_explain(text, case, read.latitude), by_explain(changed, case, read.latitude)
    assert said[0] != said[1]
    for reader in READERS.values():
        assert said[0] == reader(text, case, read.latitude)
        assert said[1] == reader(changed, case, read.latitude)


# ---- conditions ----
SAMPLES: Mapping[type, tuple[Condition, ...]] = {
    Comparison: (
        compare(FactRef("residence"), "at least", ParameterRef("a", "P_x")),
        compare(FactRef("residence"), "more than", FactRef("absence")),
        compare(FactRef("arrived"), "less than", Constant(737425, "date")),
        compare(DefinitionRef("a", "tier", "origin1"), "at most", Constant(1, "tier")),
    ),
    IsOneOf: (
        IsOneOf(FactRef("kind"), ("care", "farm")),
        IsOneOf(FactRef("status"), (Constant(0, "stay_level"), Constant(2, "stay_level"))),
        IsOneOf(FactRef("last_country"), ("host", "USA")),
    ),
    InGroup: (InGroup(FactRef("last_country"), "levant"), InGroup(FactRef("host"), "union")),
    Meets: (Meets(FactRef("nationality"), "levant"), Meets(FactRef("nationality"), "parties", "b")),
    Includes: (Includes(FactRef("nationality"), "SYR"), Includes(FactRef("nationality"), "host")),
    IsEmpty: (IsEmpty(FactRef("nationality")),),
    FactHolds: (FactHolds(FactRef("child")),),
    TermHolds: (TermHolds("a", "t0"), TermHolds("a", "t1", "onward")),
    NodeHolds: (NodeHolds("b/8.1"), NodeHolds("c/9.1"), NodeHolds("b/9.4")),
    Lapse: tuple(Lapse(f"{i}/{article}.{n}") for i in "abc" for article in "12" for n in "1234"),
    Declared: (Declared("a", "limit"),),
    Guaranteed: (Guaranteed("stay", 2), Guaranteed("wait", 1)),
    LeftOpen: (LeftOpen("stay", 2), LeftOpen("permit", 3)),
    Not: (Not(FactHolds(FactRef("child"))),),
    AllOf: (AllOf((FactHolds(FactRef("excluded")), FactHolds(FactRef("origin2.exists")))),),
    AnyOf: (AnyOf((FactHolds(FactRef("excluded")), IsEmpty(FactRef("nationality")))),),
    EveryPlace: (
        EveryPlace("origin", compare(FactRef("place.degree"), "at least", Constant(1, "degree"))),
        EveryPlace("onward", compare(FactRef("place.degree"), "at most", Constant(1, "degree"))),
    ),
    SomePlace: (
        SomePlace("origin", compare(FactRef("place.nearness"), "at most", Constant(0, "nearness"))),
        SomePlace(
            "destination", compare(FactRef("place.degree"), "more than", FactRef("origin1.degree"))
        ),
    ),
}
"""Conditions of every class; of each, draws hold people whom it fits and people whom it does not."""


def _as_told(condition: Condition) -> Told:
    return Told(
        str(condition),
        lambda law: law.condition(condition),
        lambda evaluation: (evaluation.truth(condition),),
    )


@pytest.mark.parametrize("kind", SAMPLES, ids=lambda kind: kind.__name__)
def test_every_reader_reads_a_condition(kind: type) -> None:
    met: set[Truth] = set()
    for draw in _draws(NONE)[:12]:
        usable = [c for c in SAMPLES[kind] if _can_be_asked(draw.regime, c)]
        asked = AskedOfRegime(draw.regime, draw.on, told=tuple(map(_as_told, usable)))
        for case in draw.cases:
            said = asked.explained(within_the_law(draw.regime, case, NONE))
            assert not asked.differing(case, said)
            met |= {truth for truths in said for truth in truths}
    assert {Truth.FALSE, Truth.TRUE} == met


def _can_be_asked(regime: Regime, condition: Condition) -> bool:
    """Whether the text defines what a condition names; a node that is not there does not hold."""
    named = {a.name for a in atoms(condition) if isinstance(a, TermHolds)}
    named |= {o.name for a in atoms(condition) for o in operands(a) if isinstance(o, DefinitionRef)}
    return all(f"a/{name}" in regime.definitions for name in named)


# ---- nothing is left out ----
def _classes(union: Any) -> set[type]:
    """The classes of a union, those of unions within it included."""
    members = get_args(union)
    return set().union(*map(_classes, members)) if members else {union}


def _names_of_fields(kinds: Iterable[type]) -> set[str]:
    return {field.name for kind in kinds for field in fields(kind)}


@pytest.mark.parametrize(
    ("union", "listed"),
    [
        (conditions.Condition, SAMPLES.keys()),
        (nodes.Target, TARGETS.keys()),
        (nodes.Clause, CLAUSES.keys()),
        (int | FactRef | ParameterRef, LEVELS.keys()),
        (Statement, {*STATEMENTS, *OTHER_STATEMENTS}),
    ],
    ids=("conditions", "targets", "clauses", "levels", "statements"),
)
def test_no_class_is_left_out(union: Any, listed: Iterable[type]) -> None:
    assert _classes(union) == set(listed)


def test_the_levels_of_a_bounding_are_those_listed() -> None:
    assert "int | FactRef | ParameterRef" == Bounding.__annotations__["level"]


def test_no_field_of_what_holds_is_left_out() -> None:
    assert set(FIELDS) == _names_of_fields(get_args(Holding))


def test_no_field_of_a_regime_is_left_out() -> None:
    assert set(REGIME) == _names_of_fields([Regime])


def test_the_samples_name_operands_of_every_class() -> None:
    every = (c for several in SAMPLES.values() for c in several)
    named = {type(o) for c in every for a in atoms(c) for o in operands(a)}
    assert _classes(conditions.Operand) == named


def test_the_words_have_facts_and_rights_of_every_type() -> None:
    assert _classes(vocabulary.FactType) == {type(fact.type) for fact in WORDS.facts.values()}
    assert _classes(vocabulary.RightType) == {type(right.type) for right in WORDS.rights.values()}


FRONT_THAT_MAKES_NO_POSITION = {
    "id",
    "title",
    "status",
    "citations",
    "adopted",
    "party_group",
    "accountability",
    "with_",
    "paragraphs",
    "counted_from",
    "review_by",
    "lines",
    "vectors",
    "contested",
    "articles",
    "statements",
    "span",
    "exercised",
}


def test_no_field_of_the_front_matter_is_left_out() -> None:
    assert {*FRONT, *FRONT_THAT_MAKES_NO_POSITION} == _names_of_fields([Instrument])


def test_the_draws_leave_the_host_free_of_no_article_that_may_not_be_reserved() -> None:
    """`no reservation` is read by the law that ranges over reservations, and by nobody else."""
    closed = open_ = 0
    for draw in _draws(FREE)[:20]:
        law = Law(draw.regime, draw.on, latitude=FREE)
        for key in draw.regime.nodes:
            name, _, node_id = key.partition("/")
            article = node_id.split(".")[0]
            bound = law.bound(key)
            is_named = f"reserved {name}/{article}" in bound.keys
            shut = any(
                article in s.articles
                for s in draw.regime.by_id[name].statements
                if isinstance(s, Unreservable)
            )
            if draw.regime.by_id[name].force.binds and bound is not NEVER:
                assert is_named is not shut
                closed, open_ = closed + shut, open_ + (not shut)
    assert min(closed, open_) > 20


def test_a_power_that_the_text_lists_is_exercised_to_both_readers() -> None:
    """`exercised` in the front matter is read where a case is silent; the solver has no other world."""
    listed = 0
    for draw in _draws(NONE)[:30]:
        for instrument in draw.regime.instruments:
            for exercise in instrument.exercised:
                key = instrument.key(exercise.power)
                node = draw.regime.node(key, draw.on)
                if node is None or not exercise.spell.on(draw.on):
                    continue
                silent = Case(draw.on, {"host": exactly(exercise.spell.state)})
                assert Evaluation(draw.regime, silent).exercised(node, key) is Truth.TRUE
                told = [
                    t for t in everything_told(draw.regime, draw.on) if t.name == f"{key} holds"
                ]
                asked = AskedOfRegime(draw.regime, draw.on, told=tuple(told)).asked
                field = asked.script.fields.get((f"exercised {key}", ""))
                if field is not None and ("host", "") in asked.script.fields:
                    host = asked.script.fields["host", ""]
                    assert isinstance(host, Name)
                    inside = host.classes.of_name(exercise.spell.state)
                    [power] = field.symbols()
                    here = {host.symbols()[inside or 0]: True}
                    assert asked.model({**here, power: True}) is not None
                    assert asked.model({**here, power: False}) is None
                    listed += 1
    assert listed > 10
