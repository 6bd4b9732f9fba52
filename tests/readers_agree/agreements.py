"""Random agreements of which most clauses decide something, with every node of the language.

Three instruments on the words of `words`: `a` defines, `b` has elements, an extension and
standstills, `c` may be informal; each has rules, a chain of exceptions, a power, and clauses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from random import Random

from comity.agreement.conditions import Constant, FactRef
from comity.agreement.instruments import (
    Declaration,
    Exercise,
    Force,
    Instrument,
    Reservation,
    Statement,
)
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
    NormException,
    Option,
    Over,
    Parameter,
    Pick,
    Power,
    Prevalence,
    Side,
    Standstill,
    Table,
    Target,
    Term,
    TermTarget,
    Under,
    Unreservable,
    Validity,
)
from comity.agreement.regimes import Cycle, Regime
from comity.agreement.vocabulary import Member
from comity.explain.evaluate import Evaluation
from tests.readers_agree.fitted import POOL, Fitted
from tests.readers_agree.generator import ALL_PATHS, CHANGE, DEGREE, EARLIER, KIND, NEARNESS, Size
from tests.readers_agree.people import somebody
from tests.readers_agree.words import BEFORE, JOINED, WORDS

SIZE = Size(instruments=3, terms=2, rules=4)
DEPTH = 3
"""Length of a chain of exceptions."""


# ---- regimes ----
def agreement(rng: Random) -> Regime:
    """A random regime of three instruments, without cycles, on the words of `words`."""
    while True:
        drawn = _agreement(rng)
        try:
            drawn.check_acyclic()
        except Cycle:
            continue
        return drawn


def _agreement(rng: Random) -> Regime:
    fronts = tuple(_front(rng, name) for name in ("a", "b", "c"))
    draft = Fitted(rng, SIZE, [], [], tuple(rng.sample(ALL_PATHS, 7)))
    bodies: dict[str, list[Statement]] = {front.id: [] for front in fronts}
    _definitions(draft, bodies, fronts)
    for name, body in bodies.items():
        draft.owner = name
        for number in range(1, SIZE.rules + 1):
            body += draft.variants(draft.rule(name, number))
    _of_b(draft, bodies["b"])
    for name, body in bodies.items():
        body += _exceptions(draft, name)
    for name, body in bodies.items():
        body += _prevalence(draft, name)
        if rng.random() < 0.3:
            body.append(Unreservable((rng.choice(("1", "2", "9")),)))
    instruments = tuple(_with_body(rng, f, tuple(bodies[f.id])) for f in fronts)
    everywhere = frozenset(i.id for i in instruments if rng.random() < 0.5)
    readings = {f"{i}/q": rng.choice("xy") for i in "abc" if rng.random() < 0.5}
    ranged = {f"{i}/P_x": rng.randint(1, 3) for i in "abc" if rng.random() < 0.5}
    library = {i.id: i for i in instruments}
    return Regime("drawn", instruments, WORDS, library, everywhere, readings, ranged)


def _front(rng: Random, name: str) -> Instrument:
    """Parties, reservations, declarations, force and dates."""
    since = JOINED if rng.random() < (0.7 if name == "b" else 0.3) else None
    parties = [Member("DEU", None if name == "a" else since), Member("SWE", since)]
    if rng.random() < 0.5:
        parties.append(Member("USA", rng.choice((None, JOINED))))
    reservations = []
    if rng.random() < 0.5:
        spell = Member(rng.choice(("DEU", "SWE")), *rng.choice(((None, None), (None, CHANGE))))
        reservations.append(Reservation(spell, rng.choice((("2",), ("1",), ("1", "9")))))
    declared = Member("SWE", rng.choice((None, CHANGE)))
    return Instrument(
        name,
        name.upper(),
        Force.INFORMAL if name == "c" and rng.random() < 0.4 else Force.BINDING,
        in_force=CHANGE if rng.random() < 0.05 else None,
        ended=date(2022, 1, 1) if rng.random() < 0.05 else None,
        parties=tuple(parties),
        reservations=tuple(reservations),
        declarations=(Declaration("limit", declared),) if name == "a" else (),
    )


def _with_body(rng: Random, front: Instrument, body: tuple[Statement, ...]) -> Instrument:
    powers = [s.id for s in body if isinstance(s, Power)]
    exercised = tuple(
        Exercise(power, Member(rng.choice(("SWE", "DEU")), rng.choice((None, CHANGE))))
        for power in powers
        if rng.random() < 0.3
    )
    elements = [s.name for s in body if isinstance(s, Element)]
    said = {
        e: rng.choice(("adopted", "adopted", "proposed")) for e in elements if rng.random() < 0.3
    }
    return replace(front, statements=body, exercised=exercised, elements=said)


# ---- definitions ----
def _definitions(
    draft: Fitted, bodies: dict[str, list[Statement]], fronts: tuple[Instrument, ...]
) -> None:
    rng = draft.rng
    for body in bodies.values():
        body += _parameter(rng)
        since = rng.choice((None, CHANGE))
        y = Option("reading", "y", "a state", validity=Validity(since=since))
        body.append(Alternatives("q", "what is meant", (_DEFAULT, y)))
    draft.has_table = rng.random() < 0.8
    if draft.has_table:
        bodies["a"] += _table(rng)
    _fit_to(draft, bodies, fronts)
    for number in range(SIZE.terms):
        of_place = number == 1
        bodies["a"].append(_term(draft, number, "place" if of_place else ""))
        draft.terms.append(("a", f"t{number}", of_place))
        _fit_to(draft, bodies, fronts)
    for choice in _choices(draft):
        bodies["a"].append(choice)
        draft.has_choice |= choice.name == "responsible"
        draft.has_sort |= choice.name == "sort"
        _fit_to(draft, bodies, fronts)


_DEFAULT = Option("reading", "x", "a court", is_default=True)


def _parameter(rng: Random) -> Iterator[Parameter]:
    """A parameter between bounds, or with one only; now and then another in a second reading."""
    for under in (None,) if rng.random() < 0.8 else (Under("q", "x"), Under("q", "y")):
        low, value, high = (Constant(n, "months") for n in sorted(rng.choices(range(5), k=3)))
        bare = rng.random()
        yield Parameter(
            "P_x", value, None if bare < 0.1 else low, None if bare > 0.9 else high, under
        )


def _table(rng: Random) -> Iterator[Table]:
    """A table at places; in a second reading, another."""
    columns = range(len(NEARNESS.levels))
    frames = (Frame(),) if rng.random() < 0.8 else (_read("x"), _read("y"))
    for frame in frames:
        cells = tuple(tuple(rng.randint(0, 2) for _ in columns) for _ in DEGREE.levels)
        row, column = FactRef("place.degree"), FactRef("place.nearness")
        yield Table("tier", row, column, "tier", cells, True, frame)


def _read(option: str) -> Frame:
    return Frame(under=Under("q", option))


def _term(draft: Fitted, number: int, place: str) -> Term:
    return Term(f"t{number}", draft.lines(2, 0.3, 0.9, place), bool(place))


def _choices(draft: Fitted) -> Iterator[Choice]:
    """Which State is responsible, and which kind of work it counts as."""
    rng = draft.rng
    if "last_country" in draft.paths:
        pick = Pick(FactRef("last_country"), (draft.line(0.2, 0.7, depth=0),))
        picks = (Pick("host", (draft.line(0.2, 0.7, depth=0),)), pick)
        yield Choice("responsible", picks, rng.choice(("SYR", "host")), "country")
    if "kind" in draft.paths:
        only = Pick(rng.choice(KIND.options), (draft.line(0.2, 0.8, depth=0),))
        yield Choice("sort", (only,), rng.choice(KIND.options), "kind_of_work")


def _fit_to(
    draft: Fitted, bodies: dict[str, list[Statement]], fronts: tuple[Instrument, ...]
) -> None:
    """The pool stands under what is defined so far."""
    instruments = tuple(replace(f, statements=tuple(bodies[f.id])) for f in fronts)
    so_far = Regime("so far", instruments, WORDS, {i.id: i for i in instruments})
    people = [p.case for p in draft.pool] or [somebody(draft.rng, BEFORE) for _ in range(POOL)]
    draft.pool = [Evaluation(so_far, person) for person in people]


# ---- exceptions and powers ----
def _exceptions(draft: Fitted, instrument: str) -> Iterator[Statement]:
    """A chain of exceptions to exceptions upon one rule, a power, and some others."""
    rng = draft.rng
    link: Target = draft.telling_rule(instrument)
    for number in range(1, DEPTH + 1):
        if number > 1 and rng.random() < 0.04:
            break
        yield from _exception(draft, f"9.{number}", (link,), power=0.08)
        link = NodeTarget(instrument, f"9.{number}")
    rule = draft.telling_rule(instrument)
    yield from _exception(draft, f"9.{DEPTH + 1}", (rule,), power=1)
    for number in range(DEPTH + 2, DEPTH + 2 + rng.choice((0, 1, 1))):
        yield from _exception(draft, f"9.{number}", _targets(draft, instrument), power=0.25)


def _targets(draft: Fitted, instrument: str) -> tuple[Target, ...]:
    rng = draft.rng
    draw = rng.random()
    if draw < 0.2:
        return tuple(dict.fromkeys((draft.telling_rule(instrument), draft.some_rule())))
    return (
        rng.choice(
            (
                ArticleTarget(rng.choice("abc"), rng.choice("12")),
                EveryTarget(rng.choice("abc"), rng.choice((Kind.GUARANTEE, Kind.LIMIT))),
                TermTarget("a", "t0"),
                TermTarget("a", "t1"),
                NodeTarget("b", rng.choice(draft.other_nodes)),
            )
        ),
    )


def _exception(
    draft: Fitted, node_id: str, targets: tuple[Target, ...], *, power: float
) -> Iterator[Statement]:
    """An exception with lines that most meet; it speaks of no definition, so no circle arises.

    power: the chance that it is one that the host must have exercised.
    """
    rng = draft.rng
    lines = draft.lines(1, 0.6, 0.95, terms=0) if rng.random() < 0.65 else ()
    if rng.random() < power:
        yield Power(node_id, targets, None, lines, draft.frame())
    else:
        yield from draft.variants(NormException(node_id, targets, lines, draft.frame()))


# ---- elements, extensions, standstills ----
def _of_b(draft: Fitted, body: list[Statement]) -> None:
    rng = draft.rng
    needs = rng.choice(((("e2",),), (("e2", "e3"),), (("e2",), ("e3",))))
    back = rng.choice(((), (("e1",),)))
    body += [Element("e1", "E1", needs), Element("e2", "E2", back), Element("e3", "E3")]
    body.append(Extension("8.1", "a", "t0", draft.lines(1, 0.3, 0.8, terms=0), draft.frame()))
    body.append(Power("8.2", (), Bounding("stay", 2), draft.lines(1, 0.3, 0.9)))
    draft.other_nodes.append("8.1")
    for node_id, since in (("7.1", EARLIER), ("7.2", None)):
        if rng.random() < 0.6:
            rights = tuple(rng.sample(tuple(WORDS.rights), 3))
            body.append(Standstill(node_id, rights, since, draft.lines(1, 0.5, 0.95)))
            draft.other_nodes.append(node_id)


# ---- prevalence ----
def _prevalence(draft: Fitted, speaker: str) -> Iterator[Prevalence]:
    rng = draft.rng
    if rng.random() < 0.9:
        drawers: tuple[Callable[[Fitted, str], Favour | Over], ...] = (
            _of_pair,
            _of_pair,
            _of_pair,
            _of_all,
        )
        clauses = [rng.choice(drawers)(draft, speaker) for _ in range(rng.randint(1, 3))]
        if rng.random() < 0.2:
            clauses.insert(rng.randint(0, len(clauses)), Favour())
        yield Prevalence("10.1", tuple(clauses))


def _of_pair(draft: Fitted, speaker: str) -> Favour | Over:
    """One of two rules that may cross over the other; an article or an instrument where none do."""
    pair = draft.crossing_pair()
    if pair is None:
        return _of_all(draft, speaker)
    winner, loser = map(_side, pair)
    return Over(winner, (loser,))


def _side(key: str) -> Side:
    owner, _, node_id = key.partition("/")
    return Side(owner, node=node_id)


def _of_all(draft: Fitted, speaker: str) -> Favour | Over:
    rng = draft.rng
    other = rng.choice([name for name in "abc" if name != speaker])
    winner, loser = rng.sample((Side(speaker), Side(other)), 2)
    if rng.random() < 0.3:
        one, two = rng.sample(("1", "2"), 2)
        winner, loser = Side(speaker, one), Side(speaker, two)
    return Over(winner, (loser,))
