"""Random agreements and random people in the typed form, for every reader to be held to.

Type-directed: whatever is drawn is well typed and free of cycles, so that draws reach deep into the
readers. The vocabulary is fixed and small, so that a definition can be checked by trying every
value. Draws are biased towards rules that decide something: a condition is mostly one that some
persons meet and others do not, most exceptions hit a rule, most prevalence clauses a crossing pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from random import Random

from comity.agreement.cases import Case
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
    Includes,
    InGroup,
    IsEmpty,
    IsOneOf,
    Lapse,
    Meets,
    NodeHolds,
    Not,
    Operand,
    ParameterRef,
    Part,
    SomePlace,
    Sum,
    TermHolds,
)
from comity.agreement.instruments import (
    Declaration,
    Exercise,
    Force,
    Instrument,
    Reservation,
    Statement,
)
from comity.agreement.nodes import (
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
    Validity,
)
from comity.agreement.regimes import Cycle, Regime
from comity.agreement.values import Members, Options, Possible, Range, Truth, exactly, is_known
from comity.agreement.vocabulary import (
    CountriesType,
    CountryType,
    Enumeration,
    EnumerationType,
    Fact,
    Group,
    LevelType,
    Member,
    NumberType,
    Place,
    Right,
    Scale,
    TruthType,
    Vocabulary,
)

TODAY = date(2024, 6, 1)
EARLIER = date(2015, 6, 1)
CHANGE = date(2020, 1, 1)
"""Rules with dates are valid either until this day or from it."""

HOSTS = ("DEU", "SWE", "USA")
NATIONS = ("IRQ", "SWE", "SYR")

DEGREE = Scale("degree", ("none", "hardship", "danger"))
NEARNESS = Scale("nearness", ("remote", "near"))
TIER = Scale("tier", ("P0", "P1", "P2"))
STAY = Scale("stay_level", ("none", "temporary", "protected", "permanent"))
WORK = Scale("work_level", ("none", "tied", "free"))
KIND = Enumeration("kind_of_work", ("care", "farm", "none"))


def _vocabulary() -> Vocabulary:
    facts = (
        Fact("host", CountryType()),
        Fact("nationality", CountriesType(), frozenset({"SYR"})),
        Fact("place.degree", LevelType(DEGREE), 0),
        Fact("place.nearness", LevelType(NEARNESS), 0),
        Fact("origin2.exists", TruthType(), False),
        Fact("onward.exists", TruthType(), False),
        Fact("destination.is_origin", TruthType(), True),
        Fact("excluded", TruthType(), False),
        Fact("child", TruthType(), False),
        Fact("kind", EnumerationType(KIND), "none"),
        Fact("last_country", CountryType(), "SYR"),
        Fact("residence", NumberType("months", 5), 0),
        Fact("absence", NumberType("months", 3), 0),
        Fact("waited", NumberType("months", 4), 0),
        Fact("status", LevelType(STAY), 0),
    )
    rights = (
        Right("stay", LevelType(STAY)),
        Right("work", LevelType(WORK)),
        Right("wait", NumberType("months", 4), less_is_better=True, measured_by="waited"),
    )
    places = (Place("origin", 2), Place("destination"), Place("onward"))
    return Vocabulary(
        places={p.name: p for p in places},
        scales={s.name: s for s in (DEGREE, NEARNESS, TIER, STAY, WORK)},
        enumerations={"kind_of_work": KIND},
        facts={f.path: f for f in facts},
        rights={r.name: r for r in rights},
        groups={
            "union": Group("union", (Member("DEU"), Member("SWE", date(1995, 1, 1)))),
            "levant": Group("levant", (Member("SYR"), Member("IRQ", CHANGE))),
        },
    )


VOCABULARY = _vocabulary()


# ---- all values of a fact ----
def values(path: str) -> tuple[Possible, ...]:
    """Every known value that a fact may have; of countries, a few that stand for all."""
    declared = VOCABULARY.fact(path)
    if declared is None:  # `exercised NODE` and the like
        return (Truth.FALSE, Truth.TRUE)
    match declared.type:
        case TruthType():
            return (Truth.FALSE, Truth.TRUE)
        case LevelType(scale):
            return tuple(Range(r, r) for r in range(len(scale.levels)))
        case NumberType(_, high):
            return tuple(Range(n, n) for n in range(high + 1))
        case EnumerationType(enumeration):
            return tuple(exactly(option) for option in enumeration.options)
        case CountryType():
            return tuple(
                exactly(name) for name in (HOSTS if path == "host" else (*NATIONS, "DEU", "USA"))
            )
        case CountriesType():
            single = (("SYR",), ("IRQ",), ("SWE",), ("DEU",), ("USA",))
            several = (("SYR", "SWE"), ("SYR", "DEU"), ("IRQ", "SYR"), ("DEU", "SWE"))
            return tuple(exactly(names) for names in ((), *single, *several))
        case _:
            raise AssertionError(path)


def within(value: Possible, known: Possible) -> bool:
    """Whether a known value is one of those that are still possible."""
    if isinstance(value, Truth):
        return known is Truth.UNKNOWN or known is value
    if isinstance(value, Range):
        assert isinstance(known, Range)
        return known.low <= value.low and value.high <= known.high
    if isinstance(value, Options):
        assert isinstance(known, Options)
        assert value.names is not None
        return known.names is None or value.names <= known.names
    assert isinstance(known, Members)
    return known.surely <= value.surely and (known.perhaps is None or value.surely <= known.perhaps)


# ---- agreements ----
@dataclass(frozen=True)
class Size:
    """How much is drawn."""

    instruments: int = 2
    terms: int = 2
    rules: int = 4
    exceptions: int = 3


SMALL = Size(instruments=2, terms=1, rules=3, exceptions=2)
USUAL = Size()


@dataclass
class Drafting:
    """One agreement in the making."""

    rng: Random
    size: Size
    terms: list[tuple[str, str, bool]]
    rules: list[tuple[str, str, Kind, str]]
    paths: tuple[str, ...]
    has_table: bool = False
    has_choice: bool = False

    # ---- conditions ----
    def condition(self, depth: int = 1, place: str = "", terms: int | None = None) -> Condition:
        """A condition; `place` when it stands under a place; only the first `terms` terms."""
        draw = self.rng.random()
        if depth > 0 and draw < 0.25:
            several = self.rng.choice((AllOf, AnyOf))
            return several(tuple(self.condition(depth - 1, place, terms) for _ in range(2)))
        if depth > 0 and draw < 0.35:
            return Not(self.condition(depth - 1, place, terms))
        if not place and draw < 0.6:
            kind = self.rng.choice(("origin", "origin", "destination", "onward"))
            quantifier = self.rng.choice((EveryPlace, SomePlace))
            return quantifier(kind, self.condition(depth - 1, "place", terms))
        return self.atom(place, terms)

    def atom(self, place: str, terms: int | None = None) -> Condition:
        """One test of facts."""
        rng = self.rng
        usable = [t for t in self.terms[:terms] if not t[2] or place]
        if usable and rng.random() < 0.25:
            instrument, name, of_place = rng.choice(usable)
            return TermHolds(instrument, name, "place" if of_place else "")
        if place and rng.random() < 0.75:
            return self._of_place()
        path = rng.choice(self.paths)
        match path:
            case "nationality":
                return rng.choice(
                    (
                        Meets(FactRef(path), "levant"),
                        Includes(FactRef(path), "SYR"),
                        Includes(FactRef(path), "host"),
                        IsEmpty(FactRef(path)),
                        Meets(FactRef(path), "parties", "b"),
                    )
                )
            case "kind":
                options = tuple(sorted(rng.sample(KIND.options, rng.choice((1, 2)))))
                return IsOneOf(FactRef(path), options)
            case "last_country":
                subject: FactRef | DefinitionRef = FactRef(path)
                if self.has_choice and rng.random() < 0.6:
                    subject = DefinitionRef("a", "responsible")
                return rng.choice(
                    (
                        IsOneOf(subject, ("host",)),
                        InGroup(subject, "levant"),
                        IsOneOf(subject, ("SYR", "USA")),
                    )
                )
            case "residence" | "absence" | "waited":
                return self._number(path)
            case "status":
                return _compare(FactRef(path), self._relation(), Constant(rng.randint(1, 2), "x"))
            case "declared":
                return Declared("a", "limit")
            case _:
                return FactHolds(FactRef(path))

    def _relation(self) -> str:
        return self.rng.choice(("at least", "more than", "at most", "less than"))

    def _number(self, path: str) -> Condition:
        rng = self.rng
        constant: Operand = Constant(rng.randint(1, 3), "months")
        if rng.random() < 0.3:
            constant = ParameterRef("a", "P_x")
        if rng.random() < 0.2:
            return IsOneOf(FactRef(path), (Constant(2, "months"), Constant(3, "months")))
        if rng.random() < 0.4:
            other = rng.choice([p for p in ("residence", "absence", "waited") if p != path])
            factor = rng.choice((Fraction(-1), Fraction(1), Fraction(1, 2)))
            left = Sum((Part(Fraction(1), FactRef(path)), Part(factor, FactRef(other))))
            return Comparison(left, self._relation(), Sum((Part(Fraction(1), constant),)))  # type: ignore[arg-type]
        return _compare(FactRef(path), self._relation(), constant)

    def _of_place(self) -> Condition:
        rng = self.rng
        if self.has_table and rng.random() < 0.5:
            tier = DefinitionRef("a", "tier", "place")
            if rng.random() < 0.2:
                return IsOneOf(tier, (Constant(1, "tier"),))
            return _compare(tier, self._relation(), Constant(rng.randint(1, 2), "tier"))
        if rng.random() < 0.4:
            return _compare(FactRef("place.nearness"), self._relation(), Constant(1, "nearness"))
        if rng.random() < 0.2:
            return IsOneOf(FactRef("place.degree"), (Constant(0, "degree"), Constant(2, "degree")))
        return _compare(
            FactRef("place.degree"), self._relation(), Constant(rng.randint(1, 2), "degree")
        )

    # ---- statements ----
    def when(self, most: int = 2, terms: int | None = None) -> tuple[Condition, ...]:
        """The lines of a rule."""
        count = self.rng.choice(range(1, most + 1))
        return tuple(self.condition(terms=terms) for _ in range(count))

    def frame(self) -> Frame:
        """Mostly valid at all times; now and then until or from a day."""
        draw = self.rng.random()
        if draw < 0.1:
            return Frame(validity=Validity(until=CHANGE))
        if draw < 0.2:
            return Frame(validity=Validity(since=CHANGE))
        return Frame()

    def bounding(self) -> Bounding:
        """A right at a level that is neither its bottom nor, mostly, its top."""
        right = self.rng.choice(("stay", "stay", "stay", "work", "wait"))
        if right == "stay":
            if self.rng.random() < 0.1:
                return Bounding(right, FactRef("status"))
            return Bounding(right, self.rng.randint(1, 3))
        if right == "work":
            return Bounding(right, self.rng.randint(1, 2))
        if self.rng.random() < 0.25:
            return Bounding(right, ParameterRef("a", "P_x"))
        if self.rng.random() < 0.25:
            return Bounding(right, FactRef("absence"))
        return Bounding(right, self.rng.randint(1, 3))

    def norm(self, instrument: str, article: int) -> Norm:
        """A guarantee or a limit that leaves room."""
        kind = self.rng.choice((Kind.GUARANTEE, Kind.GUARANTEE, Kind.LIMIT))
        bounding = self.bounding()
        if kind is Kind.LIMIT and isinstance(bounding.level, int):
            bounding = replace(bounding, level=bounding.level - 1)
        lines = list(self.when())
        earlier = [r for r in self.rules if r[0] == instrument]
        if earlier and self.rng.random() < 0.25:
            owner, node, named, right = self.rng.choice(earlier)
            holds: Condition = NodeHolds(f"{owner}/{node}")
            if named is Kind.GUARANTEE and right == "wait":
                holds = Lapse(f"{owner}/{node}")
            lines.append(self.rng.choice((holds, Not(holds))))
        element = self.rng.choice(("", "", "e1", "e2")) if instrument == "b" else ""
        node_id = f"{article}.{1 + sum(r[1].startswith(f'{article}.') for r in earlier)}"
        self.rules.append((instrument, node_id, kind, bounding.right))
        return Norm(
            node_id,
            kind,
            (bounding,),
            tuple(lines),
            element,
            soft=self.rng.random() < 0.04,
            frame=self.frame(),
        )


def _compare(left: Operand, relation: str, right: Operand) -> Comparison:
    one = Fraction(1)
    return Comparison(Sum((Part(one, left),)), relation, Sum((Part(one, right),)))  # type: ignore[arg-type]


ALL_PATHS = (
    "nationality",
    "excluded",
    "child",
    "kind",
    "last_country",
    "residence",
    "absence",
    "waited",
    "status",
    "declared",
)


def regime(rng: Random, size: Size = USUAL, *, facts: int = 6, standstills: bool = True) -> Regime:
    """A random regime without cycles. facts: how many of the facts without a place it speaks of."""
    while True:
        drawn = _regime(rng, size, facts, standstills)
        try:
            drawn.check_acyclic()
        except Cycle:
            continue
        return drawn


def _regime(rng: Random, size: Size, facts: int, standstills: bool) -> Regime:
    paths = tuple(rng.sample(ALL_PATHS, facts))
    draw = Drafting(rng, size, [], [], paths)
    bodies: dict[str, list[Statement]] = {n: [] for n in ("a", "b", "c")[: size.instruments]}
    _definitions(draw, bodies)
    for name, body in bodies.items():
        body += [draw.norm(name, rng.randint(1, 2)) for _ in range(size.rules)]
    for name, body in bodies.items():
        body += _exceptions(draw, name)
    if "b" in bodies:
        _extras(draw, bodies, standstills)
    for name, body in bodies.items():
        body.extend(_prevalence(draw, name, tuple(bodies)))
    instruments = tuple(_instrument(rng, name, tuple(body)) for name, body in bodies.items())
    everywhere = frozenset(i.id for i in instruments if rng.random() < 0.4)
    return Regime("drawn", instruments, VOCABULARY, {i.id: i for i in instruments}, everywhere)


def _definitions(draw: Drafting, bodies: dict[str, list[Statement]]) -> None:
    rng = draw.rng
    bodies["a"].append(Parameter("P_x", Constant(rng.randint(1, 3), "months")))
    draw.has_table = rng.random() < 0.7
    if draw.has_table:
        columns = len(NEARNESS.levels)
        cells = tuple(tuple(rng.randint(0, 2) for _ in range(columns)) for _ in DEGREE.levels)
        bodies["a"].append(
            Table("tier", FactRef("place.degree"), FactRef("place.nearness"), "tier", cells, True)
        )
    for number in range(draw.size.terms):
        of_place = rng.random() < 0.4
        lines = tuple(
            draw.condition(1, "place" if of_place else "") for _ in range(rng.choice((1, 2)))
        )
        bodies["a"].append(Term(f"t{number}", lines, of_place))
        draw.terms.append(("a", f"t{number}", of_place))
    if "last_country" in draw.paths and rng.random() < 0.5:
        picks = (
            Pick("host", (draw.condition(0),)),
            Pick(FactRef("last_country"), (draw.condition(0),)),
        )
        bodies["a"].append(Choice("responsible", picks, "SYR", "country"))
        draw.has_choice = True


def _exceptions(draw: Drafting, instrument: str) -> Iterator[Statement]:
    """A chain of exceptions to exceptions, up to three deep, and powers."""
    rng = draw.rng
    chain: list[str] = []
    for number in range(draw.size.exceptions):
        node_id = f"9.{number + 1}"
        target: Target
        if chain and rng.random() < 0.6 and len(chain) < 3:
            target = NodeTarget(instrument, chain[-1])
        elif rng.random() < 0.7:
            owner, rule, _kind, _right = rng.choice(draw.rules)
            target = NodeTarget(owner, rule)
        else:
            target = rng.choice(
                (
                    ArticleTarget(instrument, "1"),
                    EveryTarget("a", Kind.GUARANTEE),
                    EveryTarget("a", Kind.LIMIT),
                    TermTarget("a", "t0"),
                )
            )
        # An exception to a definition speaks of no definition, so no circle arises.
        lines = draw.when(1, terms=0)
        if rng.random() < 0.25:
            yield Power(node_id, (target,), None, lines if rng.random() < 0.5 else ())
        else:
            yield NormException(node_id, (target,), lines, draw.frame())
        chain = [*chain, node_id] if isinstance(target, NodeTarget) and chain else [node_id]


def _extras(draw: Drafting, bodies: dict[str, list[Statement]], standstills: bool) -> None:
    rng = draw.rng
    bodies["b"] += [Element("e1", "E1", (("e2",),)), Element("e2", "E2")]
    if draw.terms and not draw.terms[0][2] and rng.random() < 0.6:
        bodies["b"].append(Extension("8.1", "a", "t0", draw.when(1, terms=0)))
    if standstills and rng.random() < 0.35:
        since = EARLIER if rng.random() < 0.7 else None
        bodies["b"].append(Standstill("7.1", ("stay", "wait"), since, draw.when(1)))


def _prevalence(draw: Drafting, name: str, names: tuple[str, ...]) -> Iterator[Prevalence]:
    rng = draw.rng
    draws = rng.random()
    if draws < 0.25:
        yield Prevalence("10.1", (Favour(),))
    elif draws < 0.75:
        guarantees = [r for r in draw.rules if r[2] is Kind.GUARANTEE]
        limits = [r for r in draw.rules if r[2] is Kind.LIMIT]
        pairs = [(g, m) for g in guarantees for m in limits if g[3] == m[3]]
        if pairs and rng.random() < 0.7:
            one, other = rng.choice(pairs)
            if rng.random() < 0.5:
                one, other = other, one
            yield Prevalence(
                "10.1", (Over(Side(one[0], node=one[1]), (Side(other[0], node=other[1]),)),)
            )
        else:
            others = [n for n in names if n != name] or [name]
            winner, loser = rng.sample((name, rng.choice(others)), 2)
            yield Prevalence("10.1", (Over(Side(winner), (Side(loser),)),))


def _instrument(rng: Random, name: str, body: tuple[Statement, ...]) -> Instrument:
    force = Force.INFORMAL if name == "c" and rng.random() < 0.5 else Force.BINDING
    parties = (Member("DEU"), Member("SWE", CHANGE if rng.random() < 0.3 else None))
    powers = [s.id for s in body if isinstance(s, Power)]
    return Instrument(
        name,
        name.upper(),
        force,
        parties=parties,
        reservations=(Reservation(Member("DEU"), ("2",)),) if rng.random() < 0.3 else (),
        declarations=(Declaration("limit", Member("SWE")),) if name == "a" else (),
        exercised=(Exercise(powers[0], Member("SWE")),) if powers and rng.random() < 0.4 else (),
        elements={"e2": "adopted"} if name == "b" and rng.random() < 0.3 else {},
        statements=body,
    )


# ---- people ----
def law_facts(drawn: Regime) -> tuple[str, ...]:
    """The facts about the law's operation that a case under the regime may state."""
    found = []
    for instrument in drawn.instruments:
        for node in instrument.holdings:
            if isinstance(node, Power):
                found.append(f"exercised {instrument.key(node.id)}")
        for element in instrument.elements_declared:
            if element not in instrument.elements:
                found.append(f"adopted {instrument.id}/{element}")
            found.append(f"acquired {instrument.id}/{element}")
    return tuple(found)


def relevant_paths(drawn: Regime) -> tuple[str, ...]:
    """Every fact that a case may state, `host` first."""
    return (*VOCABULARY.concrete_paths(), *law_facts(drawn))


def may_state(drawn: Regime, path: str, host: Possible) -> bool:
    """Whether a case may state the fact: not where the text itself says what the host did."""
    kind, _, rest = path.partition(" ")
    if kind != "exercised":
        return True
    instrument, _, node_id = rest.partition("/")
    states = {e.spell.state for e in drawn.by_id[instrument].exercised if e.power == node_id}
    assert isinstance(host, Options)
    return not states or (host.names is not None and not host.names & states)


def person(rng: Random, drawn: Regime, *, unknown: float = 0.3, host_known: bool = True) -> Case:
    """A random person; each fact is unknown, or known within a band, with the given chance."""
    facts: dict[str, Possible] = {}
    host = rng.choice(HOSTS[:2]) if rng.random() < 0.85 else "USA"
    if host_known or rng.random() > unknown:
        facts["host"] = exactly(host)
    for path in relevant_paths(drawn):
        if path == "host" or not may_state(drawn, path, exactly(host)):
            continue
        if rng.random() < unknown:
            if rng.random() < 0.2:
                facts[path] = _band(rng, path)
            continue
        facts[path] = rng.choice(values(path))
    return Case(TODAY, {p: v for p, v in facts.items() if not _is_nothing(v)})


def _is_nothing(value: Possible) -> bool:
    return value is Truth.UNKNOWN


def _band(rng: Random, path: str) -> Possible:
    """Something that narrows a fact without settling it."""
    one, other = rng.choice(values(path)), rng.choice(values(path))
    if isinstance(one, Range) and isinstance(other, Range):
        return Range(min(one.low, other.low), max(one.high, other.high))
    if isinstance(one, Options) and isinstance(other, Options):
        assert one.names is not None
        assert other.names is not None
        return Options(one.names | other.names)
    if isinstance(one, Members) and isinstance(other, Members):
        return Members(one.surely & other.surely, one.surely | other.surely)
    return Truth.UNKNOWN


def completed(rng: Random, drawn: Regime, case: Case) -> Case:
    """The same person with every fact known, each within what was known of it."""
    facts: dict[str, Possible] = {"host": exactly(rng.choice(_allowed("host", case)))}
    host = facts["host"]
    for path in relevant_paths(drawn):
        if path == "host" or not may_state(drawn, path, host):
            continue
        facts[path] = rng.choice(_possible_values(path, case))
    return Case(case.on, {**case.facts, **facts}, case.ordinary, case.sponsor)


def _allowed(path: str, case: Case) -> tuple[str, ...]:
    known = case.host
    assert isinstance(known, Options)
    return tuple(name for name in HOSTS if known.names is None or name in known.names)


def _possible_values(path: str, case: Case) -> list[Possible]:
    known = case.facts.get(path)
    return [v for v in values(path) if known is None or within(v, known)]


def hidden(rng: Random, case: Case, *, share: float = 0.4, keep_host: bool = True) -> Case:
    """The same person with some of what was known left out."""
    kept = {
        path: value
        for path, value in case.facts.items()
        if (path == "host" and keep_host) or rng.random() > share
    }
    return Case(case.on, kept, case.ordinary, case.sponsor)


# ---- changes of the text ----
def without_node(drawn: Regime, key: str) -> Regime:
    """The regime with one rule, exception, power, extension or standstill left out."""
    owner, _, node_id = key.partition("/")
    return _with_statements(
        drawn,
        owner,
        lambda body: tuple(s for s in body if getattr(s, "id", None) != node_id),
    )


def shuffled(rng: Random, drawn: Regime) -> Regime:
    """The same statements in another order (clauses of prevalence keep theirs)."""

    def shuffle(body: tuple[Statement, ...]) -> tuple[Statement, ...]:
        fixed = [s for s in body if isinstance(s, Prevalence)]
        rest = [s for s in body if not isinstance(s, Prevalence)]
        rng.shuffle(rest)
        return (*rest, *fixed)

    for instrument in drawn.instruments:
        drawn = _with_statements(drawn, instrument.id, shuffle)
    return drawn


def with_statement(drawn: Regime, instrument: str, statement: Statement) -> Regime:
    """The regime with one statement more."""
    return _with_statements(drawn, instrument, lambda body: (*body, statement))


def _with_statements(drawn: Regime, owner: str, change: object) -> Regime:
    assert callable(change)
    instruments = tuple(
        replace(i, statements=change(i.statements)) if i.id == owner else i
        for i in drawn.instruments
    )
    library: Mapping[str, Instrument] = {i.id: i for i in instruments}
    return replace(drawn, instruments=instruments, library=library)


def unknown_paths(drawn: Regime, case: Case) -> tuple[str, ...]:
    """Facts of the case that are not fully known."""
    return tuple(
        path
        for path in relevant_paths(drawn)
        if may_state(drawn, path, case.host)
        and not is_known(case.facts[path] if path in case.facts else _everything(path))
    )


def _everything(path: str) -> Possible:
    declared = VOCABULARY.fact(path)
    return Truth.UNKNOWN if declared is None else declared.type.everything()
