"""Why a level is not reached: the smallest set of facts or articles that stands in the way.

A set F of facts and a set A of articles is a *way* to a level of a right if there are values for
the facts in F, all other facts as they are (what is known keeps its value, what is unknown stays
unknown), such that with the nodes of A out of the way the certain lower bound is at least the
level. A limit, exception or power in A is treated as not holding; a guarantee in A as binding and
operating (its host a party, its article not reserved, its element in operation, its instrument
binding, itself valid on the day). A known host is not a fact that one can change, and neither is
what the text itself says of a host's declarations, powers and elements: there the article stands in
the way. The answer is a smallest way: fewest facts and articles together; then fewest articles;
then most unknown facts rather than contrary ones; then the order of the text.

How it is found. For a formula and a wanted truth, `_Ways` lists the ways, each a mapping from facts
to the sets of values that would do. A conjunction intersects them, a disjunction collects them,
negation swaps the two; what is dearer than the size sought, or asks more than another way, is
dropped. Sizes are tried from one upwards. What is already as wanted is at
first taken to stay so, which can only make ways look cheaper; the facts that the cheapest way
changes are then *watched*, and the ways listed again with the demands that what is as wanted makes
on watched facts. A way all of whose changes are watched is evaluated before it is returned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import islice, product
from math import ceil, floor
from typing import TypeAlias

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
    Operand,
    ParameterRef,
    SomePlace,
    Sum,
    TermHolds,
    operands,
)
from comity.agreement.instruments import Holding, Instrument, article_of
from comity.agreement.nodes import Choice, Element, Kind, Norm, Power, Standstill, Table, Term
from comity.agreement.regimes import Regime, Unit
from comity.agreement.values import (
    Members,
    Options,
    Possible,
    Range,
    Truth,
    conjunction,
    exactly,
    is_known,
)
from comity.agreement.vocabulary import NOBODY, LevelType, NumberType, Right
from comity.explain.constants import Dependence, own, representatives
from comity.explain.evaluate import Evaluation


# ---- results ----
@dataclass(frozen=True, slots=True)
class Blocker:
    """A fact or an article that stands in the way.

    kind: `fact` or `article`. path_or_key: the fact's path, or the key of the node.
    now: what is known of the fact. needed: values of it that would do; both None for an article.
    condition: the test of the law that the fact fails.
    unknown: the fact may be as needed, only it is not known.
    """

    kind: str
    path_or_key: str
    now: Possible | None = None
    needed: Possible | None = None
    condition: Condition | None = None
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a level of a right is not reached.

    kind: `forbidden` if a limit that surely is effective leaves less than the level, else
    `not_granted`.
    blockers: a smallest way; empty if there is none.
    by: key of the norm that would then give the level, None if there is no way.
    nobody_grants: no norm of the regime, bound or not, ever gives the level.
    exact: the search was not cut short, so no smaller way exists.
    """

    right: str
    rank: int
    kind: str
    blockers: tuple[Blocker, ...] = ()
    by: str | None = None
    nobody_grants: bool = False
    exact: bool = True


def why_not(evaluation: Evaluation, right: str, rank: int) -> WhyNot:
    """The smallest set of facts or articles that stands between a case and a level of a right.

    rank: above the certain lower bound of the right.
    """
    return _why_not(_Setting(evaluation), right, rank)


def _why_not(setting: _Setting, right: str, rank: int) -> WhyNot:
    evaluation = setting.evaluation
    kind = "forbidden" if evaluation.bounds(right).upper_possible < rank else "not_granted"
    if not _grantors(setting, right, rank):
        return WhyNot(right, rank, kind, nobody_grants=True)
    way, unit, exact = _smallest(setting, right, rank)
    if way is None or unit is None:
        return WhyNot(right, rank, kind, exact=exact)
    blockers = tuple(_blocker(evaluation, key, way) for key in way.needs if key in way.changes)
    return WhyNot(right, rank, kind, blockers, unit.node, exact=exact)


def next_levels(evaluation: Evaluation) -> tuple[WhyNot, ...]:
    """For each right, why not the next level above the certain one that some norm gives."""
    found = []
    setting = _Setting(evaluation)
    for name, right in evaluation.regime.vocabulary.rights.items():
        lower = evaluation.bounds(name).lower
        ranks = [
            rank
            for unit in setting.guarantees(name)
            for rank in _ranks_given(evaluation, unit, right, lower)
        ]
        if ranks:
            found.append(_why_not(setting, name, min(ranks)))
    return tuple(found)


def would_lose(evaluation: Evaluation, right: str) -> tuple[Blocker, ...]:
    """The single known facts each of which, were it different, would lower the certain bound.

    `needed` is a value with which the level would be lost; `condition` is None, since more than
    one test may turn on the fact.
    """
    bounds = evaluation.bounds(right)
    if bounds.lower == 0:
        return ()
    regime, case = evaluation.regime, evaluation.case
    dependence = Dependence(evaluation, open_only=False)
    found = []
    paths = dependence.right(right)
    for path in (path for path in dependence.facts if path in paths and path != "host"):
        now = own(evaluation, path)
        if not is_known(now) or (path.startswith("exercised ") and path not in case.facts):
            continue
        declared = regime.vocabulary.fact(path)
        everything = Truth.UNKNOWN if declared is None else declared.type.everything()
        values = representatives(everything, dependence.facts[path], path, regime.vocabulary)
        for value in values:
            lower = _again(evaluation, {path: value}).bounds(right).lower
            if value != now and lower < bounds.lower:
                found.append(Blocker("fact", path, now, value))
                break
    return tuple(found)


# ---- sets of values that would do ----
@dataclass(frozen=True, slots=True)
class Numbers:
    """Whole numbers or ranks, as disjoint spans in order."""

    spans: tuple[tuple[int, int], ...]

    @staticmethod
    def of(numbers: Iterable[int]) -> Numbers:
        """Exactly these."""
        spans: list[tuple[int, int]] = []
        for number in sorted(set(numbers)):
            if spans and spans[-1][1] + 1 == number:
                spans[-1] = (spans[-1][0], number)
            else:
                spans.append((number, number))
        return Numbers(tuple(spans))

    def without(self, numbers: Iterable[int]) -> Numbers:
        """All but these."""
        spans = list(self.spans)
        for number in numbers:
            spans = [
                part
                for low, high in spans
                for part in (
                    ((low, number - 1), (number + 1, high))
                    if low <= number <= high
                    else ((low, high),)
                )
                if part[0] <= part[1]
            ]
        return Numbers(tuple(spans))


@dataclass(frozen=True, slots=True)
class Names:
    """These names, or every name but these."""

    names: frozenset[str]
    others: bool = False


@dataclass(frozen=True, slots=True)
class Sets:
    """Sets of countries with a member in each of `hits` and none in `avoids`; empty, if said."""

    hits: frozenset[frozenset[str]] = frozenset()
    avoids: frozenset[str] = frozenset()
    empty: bool | None = None


Allowed: TypeAlias = "frozenset[Truth] | Numbers | Names | Sets"
YES = frozenset({Truth.TRUE})
NO = frozenset({Truth.FALSE})


def _meet(one: Allowed, other: Allowed) -> Allowed | None:
    """The values in both; None if there are none."""
    if one == other:
        return one
    if isinstance(one, Numbers) and isinstance(other, Numbers):
        spans = tuple(
            (max(a, c), min(b, d))
            for a, b in one.spans
            for c, d in other.spans
            if max(a, c) <= min(b, d)
        )
        return Numbers(spans) if spans else None
    if isinstance(one, Names) and isinstance(other, Names):
        if one.others and other.others:
            return Names(one.names | other.names, True)
        if one.others:
            one, other = other, one
        names = one.names - other.names if other.others else one.names & other.names
        return Names(names) if names else None
    if isinstance(one, Sets) and isinstance(other, Sets):
        if one.empty is not None and other.empty is not None and one.empty != other.empty:
            return None
        empty = other.empty if one.empty is None else one.empty
        hits, avoids = one.hits | other.hits, one.avoids | other.avoids
        if (empty and hits) or any(not hit - avoids for hit in hits):
            return None
        return Sets(hits, avoids, empty)
    assert isinstance(one, frozenset)
    assert isinstance(other, frozenset)
    return (one & other) or None


def _admits(allowed: Allowed, known: Possible) -> bool:
    """Whether every value that a fact may have is allowed."""
    if isinstance(known, Truth):
        assert isinstance(allowed, frozenset)
        return known in allowed if known is not Truth.UNKNOWN else len(allowed) == 2
    if isinstance(known, Range):
        assert isinstance(allowed, Numbers)
        return any(low <= known.low and known.high <= high for low, high in allowed.spans)
    if isinstance(known, Options):
        assert isinstance(allowed, Names)
        if known.names is None:
            return allowed.others and not allowed.names
        return not known.names & allowed.names if allowed.others else known.names <= allowed.names
    assert isinstance(allowed, Sets)
    if allowed.empty is not None:
        is_empty = known.perhaps is not None and not known.perhaps
        if not (is_empty if allowed.empty else bool(known.surely)):
            return False
    if not all(known.surely & hit for hit in allowed.hits):
        return False
    if known.perhaps is None:
        return not allowed.avoids
    return not known.perhaps & allowed.avoids


def _may_be(allowed: Allowed, known: Possible) -> bool:
    """Whether some value that a fact may have is allowed."""
    if isinstance(known, Truth):
        return known is Truth.UNKNOWN or known in allowed  # type: ignore[operator]
    if isinstance(known, Range):
        return _meet(allowed, Numbers(((known.low, known.high),))) is not None
    if isinstance(known, Options):
        return known.names is None or _meet(allowed, Names(known.names)) is not None
    assert isinstance(allowed, Sets)
    if known.surely & allowed.avoids or (allowed.empty and known.surely):
        return False
    if known.perhaps is None:
        return True
    open_to = known.perhaps - allowed.avoids
    if allowed.empty is False and not open_to:
        return False
    return all(hit & open_to for hit in allowed.hits)


def _includes(wide: Allowed, narrow: Allowed) -> bool:
    """Whether every value of the second is one of the first."""
    if isinstance(wide, Sets) and isinstance(narrow, Sets):
        return (
            all(any(n <= w for n in narrow.hits) for w in wide.hits)
            and (wide.avoids <= narrow.avoids or narrow.empty is True)
            and (wide.empty is None or wide.empty == narrow.empty)
        )
    return _meet(wide, narrow) == narrow


# ---- ways ----
@dataclass(frozen=True, slots=True)
class Way:
    """Facts with the values that would do; those among them that are not so now.

    Keys are paths of facts, and `node KEY` for whether a node is left as it is (yes) or out of the
    way (no). failing: the test that each changed fact fails.
    """

    needs: Mapping[str, Allowed] = field(default_factory=dict)
    changes: frozenset[str] = frozenset()
    failing: Mapping[str, Condition] = field(default_factory=dict)

    @property
    def articles(self) -> int:
        """How many of the changes are articles out of the way."""
        return sum(key.startswith("node ") for key in self.changes)

    def asks_no_more_than(self, other: Way) -> bool:
        """Whether whatever is a way by the other is one by this."""
        return self.changes <= other.changes and all(
            key in other.needs and _includes(allowed, other.needs[key])
            for key, allowed in self.needs.items()
        )


ALREADY = Way()
_MOST_WAYS = 60
_LARGEST = 5
_MOST_TRIES = 12


class _Setting:
    """What all searches in one evaluation share: its facts, their domains, its guarantees."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.dependence = Dependence(evaluation, open_only=False)
        self._present: dict[str, Possible] = {}
        self._domain: dict[str, Allowed | None] = {}
        self._units: dict[str, tuple[Unit, ...]] = {}
        self._earlier: dict[date, _Setting] = {}

    def present(self, key: str) -> Possible:
        """What is known of a fact of the record; of a node, that it is left as it is."""
        if key not in self._present:
            is_node = key.startswith("node ")
            self._present[key] = Truth.TRUE if is_node else own(self.evaluation, key)
        return self._present[key]

    def domain(self, path: str) -> Allowed | None:
        """The values that a fact can have at all; None if there are no bounds to them."""
        if path not in self._domain:
            declared = self.evaluation.regime.vocabulary.fact(path)
            everything = Truth.UNKNOWN if declared is None else declared.type.everything()
            found: Allowed | None = None
            if isinstance(everything, Range):
                found = Numbers(((everything.low, everything.high),))
            elif isinstance(everything, Options) and everything.names is not None:
                found = Names(everything.names)
            self._domain[path] = found
        return self._domain[path]

    def guarantees(self, right: str) -> tuple[Unit, ...]:
        """Every guarantee of a right, bound or not."""
        if right not in self._units:
            self._units[right] = _guarantees(self.evaluation, right)
        return self._units[right]

    def earlier(self, day: date) -> _Setting:
        """The setting of the rules valid on an earlier day: they hang on facts of their own."""
        if day not in self._earlier:
            base = self.evaluation
            evaluation = base._earlier.get(day) or Evaluation(
                base.regime, base.case, on=day, without_standstills=True
            )
            self._earlier[day] = _Setting(evaluation)
        return self._earlier[day]


class _Ways:
    """The ways of at most `budget` changes to make formulas true or false.

    watched: the facts and nodes for which demands of what is already as wanted are kept.
    """

    def __init__(self, setting: _Setting, budget: int, watched: frozenset[str]) -> None:
        self.setting = setting
        self.evaluation = setting.evaluation
        self.regime = setting.evaluation.regime
        self.budget = budget
        self.watched = watched
        self.dependence = setting.dependence
        self.present = setting.present
        self._against: dict[tuple[str, Allowed], bool] = {}
        self.is_cut = False
        self.is_capped = False
        self._memo: dict[tuple[object, ...], list[Way]] = {}
        self._days: dict[date, _Ways] = {}
        self._kept: list[object] = []

    # ---- algebra ----
    def _all(self, parts: Iterable[Callable[[], list[Way]]]) -> list[Way]:
        """Ways to have all of several things."""
        ways = [ALREADY]
        for part in parts:
            others = part()
            if not others:
                return []
            if len(others) == 1 and others[0] is ALREADY:
                continue
            ways = self._prune(
                [both for one in ways for other in others if (both := self._both(one, other))]
            )
            if not ways:
                return []
        return ways

    def _any(self, parts: Iterable[Callable[[], list[Way]]]) -> list[Way]:
        """Ways to have one of several things."""
        ways: list[Way] = []
        for part in parts:
            for way in part():
                if not way.needs:
                    return [ALREADY]
                ways.append(way)
        return self._prune(ways)

    def _both(self, one: Way, other: Way) -> Way | None:
        if not one.needs:
            return other
        if not other.needs:
            return one
        changes = one.changes | other.changes
        if len(changes) > self.budget:
            self.is_cut = True
            return None
        needs = dict(one.needs)
        more: set[str] = set()
        for key, allowed in other.needs.items():
            before = needs.get(key)
            met = allowed if before is None else _meet(before, allowed)
            if met is None:
                return None
            needs[key] = met
            if before is not None and key not in changes and not _admits(met, self.present(key)):
                more.add(key)  # each alone holds of a partly known fact, both together may not
        if more:
            if not all(self._may_change(key) for key in more):
                return None
            changes |= more
            if len(changes) > self.budget:
                self.is_cut = True
                return None
        return Way(needs, changes, {**other.failing, **one.failing})

    def _prune(self, ways: list[Way]) -> list[Way]:
        if len(ways) < 2:
            return ways
        ways = sorted(ways, key=self.rank)
        kept: list[Way] = []
        for way in ways:
            if not any(better.asks_no_more_than(way) for better in kept):
                kept.append(way)
        if len(kept) > _MOST_WAYS:
            self.is_capped = True
            del kept[_MOST_WAYS:]
        return kept

    def rank(self, way: Way) -> tuple[int, int, int]:
        """What makes one way smaller than another."""
        contrary = sum(self._is_against(key, way.needs[key]) for key in way.changes)
        return (len(way.changes), way.articles, contrary)

    def _is_against(self, key: str, allowed: Allowed) -> bool:
        """Whether a fact is known to be otherwise than is allowed."""
        if key.startswith("node "):
            return False
        if (key, allowed) not in self._against:
            self._against[key, allowed] = not _may_be(allowed, self.present(key))
        return self._against[key, allowed]

    # ---- single facts ----
    def _may_change(self, key: str) -> bool:
        return key != "host" or not is_known(self.evaluation.case.host)

    def _one(self, key: str, allowed: Allowed | None, test: Condition | None = None) -> list[Way]:
        """The way that has one fact among the allowed values."""
        if allowed is None:
            return []
        if not key.startswith("node "):
            allowed = self._within(key, allowed)
            if allowed is None:
                return []
        if _admits(allowed, self.present(key)):
            return [Way({key: allowed})] if key in self.watched else [ALREADY]
        if not self._may_change(key):
            return []
        if self.budget < 1:
            self.is_cut = True
            return []
        return [Way({key: allowed}, frozenset({key}), {key: test} if test else {})]

    def _within(self, path: str, allowed: Allowed) -> Allowed | None:
        """The allowed values that the fact can have at all."""
        domain = self.setting.domain(path)
        if domain is not None:
            return _meet(allowed, domain)
        if isinstance(allowed, Names) and not allowed.names and not allowed.others:
            return None
        if isinstance(allowed, Sets) and any(not hit - allowed.avoids for hit in allowed.hits):
            return None
        return allowed

    def _is_settled(self, hangs_on: Callable[[], frozenset[str]]) -> bool:
        """Whether what is as wanted cannot be upset by anything that is watched."""
        return not self.watched or not hangs_on() & self.watched

    # ---- positions ----
    def unit_gives(self, unit: Unit, rank: int) -> list[Way]:
        """Ways to have a guarantee effective at a level of at least the rank."""
        right = self.regime.vocabulary.rights[unit.right]
        return self._all(
            (
                lambda: self._level(unit.level, right, rank, right.top),
                lambda: self.effective(unit, True),
            )
        )

    def lower(self, name: str, rank: int, wanted: bool) -> list[Way]:
        """Ways to have the certain lower bound of a right at least at a rank, or surely not."""
        right = self.regime.vocabulary.rights[name]
        units = self.setting.guarantees(name)
        if wanted:
            return self._any(lambda u=u: self.unit_gives(u, rank) for u in units)  # type: ignore[misc]
        return self._all(
            lambda u=u: self._any(  # type: ignore[misc]
                (
                    lambda: self._level(u.level, right, 0, rank - 1),
                    lambda: self.effective(u, False),
                )
            )
            for u in units
        )

    def effective(self, unit: Unit, wanted: bool) -> list[Way]:
        """Ways to have a unit effective, or surely not effective."""
        return self._remember(("unit", unit, wanted), lambda: self._effective(unit, wanted))

    def _effective(self, unit: Unit, wanted: bool) -> list[Way]:
        opposite = [o for o in self._units(unit.right) if o.kind is not unit.kind]
        binds = _binds(self.evaluation, unit)
        if wanted:
            return self._all(
                (
                    *(() if binds else (lambda: self._one(f"node {unit.node}", NO),)),
                    lambda: self.node(unit.node, True),
                    lambda: self._before(unit, True),
                    *(lambda o=o: self._defeated(o, unit, False) for o in opposite),
                )
            )
        return self._any(
            (
                *(() if binds else (lambda: self._one(f"node {unit.node}", YES),)),
                lambda: self.node(unit.node, False),
                lambda: self._before(unit, False),
                *(lambda o=o: self._defeated(o, unit, True) for o in opposite),
            )
        )

    def _units(self, name: str) -> list[Unit]:
        limits = [u for u in self.evaluation.units(name) if u.kind is Kind.LIMIT]
        return [*self.setting.guarantees(name), *limits]

    def _defeated(self, winner: Unit, loser: Unit, wanted: bool) -> list[Way]:
        guarantee, limit = (winner, loser) if winner.kind is Kind.GUARANTEE else (loser, winner)
        ruling = self.regime.ruling(guarantee.node, limit.node)
        ours, theirs = ruling.for_guarantee, ruling.for_limit
        if winner.kind is Kind.LIMIT:
            ours, theirs = theirs, ours
        parts = (
            lambda: self._clauses(ours, theirs, wanted),
            lambda: self._crosses(guarantee, limit, wanted),
            lambda: self.effective(winner, wanted),
        )
        return self._all(parts) if wanted else self._any(parts)

    def _clauses(self, ours: tuple[str, ...], theirs: tuple[str, ...], wanted: bool) -> list[Way]:
        """Whether an instrument that speaks for the winner binds, and none that speaks against."""
        speaks = self._either(wanted)(
            [lambda i=i: self._bound(f"{i}/", wanted) for i in ours]  # type: ignore[misc]
        )
        silent = self._either(not wanted)(
            [lambda i=i: self._bound(f"{i}/", not wanted) for i in theirs]  # type: ignore[misc]
        )
        both = (lambda: speaks, lambda: silent)
        return self._all(both) if wanted else self._any(both)

    def _either(self, disjoin: bool) -> Callable[[list[Callable[[], list[Way]]]], list[Way]]:
        return self._any if disjoin else self._all

    def _crosses(self, guarantee: Unit, limit: Unit, wanted: bool) -> list[Way]:
        right = self.regime.vocabulary.rights[guarantee.right]
        above = self.evaluation.level(guarantee.level, right)
        below = self.evaluation.level(limit.level, right)
        if not isinstance(limit.level, FactRef):
            ranks: Iterable[int] = (below.low,)
        elif not isinstance(guarantee.level, FactRef):
            ranks = (above.low - 1,) if wanted else (above.low,)
        elif right.top <= _EVERY_VALUE:
            ranks = range(right.top + 1)
        else:
            self.is_capped = True
            ranks = (above.low, above.high, below.low, below.high)
        if wanted:
            return self._any(
                lambda r=r: self._all(  # type: ignore[misc]
                    (
                        lambda: self._level(guarantee.level, right, r + 1, right.top),
                        lambda: self._level(limit.level, right, 0, r),
                    )
                )
                for r in ranks
            )
        return self._any(
            lambda r=r: self._all(  # type: ignore[misc]
                (
                    lambda: self._level(guarantee.level, right, 0, r),
                    lambda: self._level(limit.level, right, r, right.top),
                )
            )
            for r in ranks
        )

    def _level(
        self, level: int | FactRef | ParameterRef, right: Right, low: int, high: int
    ) -> list[Way]:
        """Ways to have a level between two ranks."""
        if low > high:
            return []
        if not isinstance(level, FactRef):
            rank = self.evaluation.level(level, right).low
            return [ALREADY] if low <= rank <= high else []
        declared = self.regime.vocabulary.fact(level.path)
        assert declared is not None
        every = declared.type.everything()
        assert isinstance(every, Range)
        ranks = sorted((right.amount(low), right.amount(high)))
        least, most = ranks
        # A number beyond the right's bounds counts as the bound.
        if most == right.top:
            most = max(most, every.high)
        if least > most:
            return []
        return self._one(level.path, Numbers(((least, most),)))

    def _before(self, unit: Unit, wanted: bool) -> list[Way]:
        """Whether the rules valid on a standstill's day gave its level."""
        node = self.regime.node(unit.node, self.evaluation.on)
        if not isinstance(node, Standstill):
            return [ALREADY] if wanted else []
        assert isinstance(unit.level, int)
        day = self.evaluation.standstill_day(unit.node)
        if day is None:
            return [] if wanted else [ALREADY]
        if day not in self._days:
            self._days[day] = _Ways(self.setting.earlier(day), self.budget, self.watched)
        earlier = self._days[day]
        ways = earlier.lower(unit.right, unit.level, wanted)
        self.is_cut = self.is_cut or earlier.is_cut
        self.is_capped = self.is_capped or earlier.is_capped
        return ways

    # ---- nodes and definitions ----
    def _remember(self, key: tuple[object, ...], ways: Callable[[], list[Way]]) -> list[Way]:
        if key not in self._memo:
            self._memo[key] = []  # in a circle of prevalence, nothing is gained by going round
            self._memo[key] = ways()
        return self._memo[key]

    def node(self, key: str, wanted: bool) -> list[Way]:
        """Ways to have a node hold, or surely not hold."""
        return self._remember(("node", key, wanted), lambda: self._node(key, wanted))

    def _node(self, key: str, wanted: bool) -> list[Way]:
        now = self.evaluation.holds(key)
        if now is _truth(wanted) and self._is_settled(lambda: self.dependence.node(key)):
            return [ALREADY]
        if key.partition("/")[0] not in self.regime.by_id:
            return [] if wanted else [ALREADY]
        node = self.regime.node(key, self.evaluation.on)
        lifted = _liftable(self.regime, key, self.evaluation.on)
        if node is None and lifted is None:
            return [] if wanted else [ALREADY]
        out = f"node {key}"
        body = node or lifted
        assert body is not None
        if wanted:
            lines = [lambda: self._lines(body.when, "", True), lambda: self._unexcepted(key, True)]
            ways: list[Callable[[], list[Way]]] = []
            if node is not None:
                member = [
                    lambda: self._bound(key, True),
                    lambda: self._operates(node, key, True),
                    lambda: self._exercised(node, key, True),
                    *lines,
                ]
                if _removable(node):
                    member.append(lambda: self._one(out, YES))
                ways.append(lambda: self._all(member))
            if lifted is not None:
                ways.append(lambda: self._all([lambda: self._one(out, NO), *lines]))
            return self._any(ways)
        fails: list[Callable[[], list[Way]]] = [
            lambda: self._lines(body.when, "", False),
            lambda: self._unexcepted(key, False),
        ]
        unmet: list[Callable[[], list[Way]]] = (
            [lambda: [ALREADY]]
            if node is None
            else [
                lambda: self._bound(key, False),
                lambda: self._operates(node, key, False),
                lambda: self._exercised(node, key, False),
            ]
        )
        if lifted is not None:
            fails.append(lambda: self._all((lambda: self._one(out, YES), lambda: self._any(unmet))))
        else:
            fails += unmet
        if node is not None and _removable(node):
            fails.append(lambda: self._one(out, NO))
        return self._any(fails)

    def _lines(self, lines: Iterable[Condition], place: str, wanted: bool) -> list[Way]:
        parts = [lambda c=c: self.condition(c, place, wanted) for c in lines]
        return self._all(parts) if wanted else self._any(parts)

    def _unexcepted(self, key: str, wanted: bool) -> list[Way]:
        exceptions = self.regime.exceptions_on(key, self.evaluation.on)
        parts = [lambda e=e: self.node(e, not wanted) for e in exceptions]
        return self._all(parts) if wanted else self._any(parts)

    def _bound(self, key: str, wanted: bool) -> list[Way]:
        now = self.evaluation.bound(key)
        if now is not Truth.UNKNOWN and is_known(self.evaluation.case.host):
            return [ALREADY] if now is _truth(wanted) else []
        name, _, node_id = key.partition("/")
        instrument = self.regime.by_id.get(name)
        on = self.evaluation.on
        outside = instrument is None or not _in_force(instrument, on)
        if outside or name in self.regime.for_every_host:
            return [ALREADY] if now is _truth(wanted) else []
        assert instrument is not None
        parties = frozenset(m.state for m in instrument.parties if m.on(on))
        reserved = frozenset(
            r.spell.state
            for r in instrument.reservations
            if r.spell.on(on) and article_of(node_id) in r.articles
        )
        return self._one("host", Names(parties - reserved, others=not wanted))

    def _operates(self, node: Holding, key: str, wanted: bool) -> list[Way]:
        if not isinstance(node, Norm) or not node.element:
            return [ALREADY] if wanted else []
        instrument = self.regime.instrument_of(key)
        parts = [lambda: self._element(instrument, node.element, wanted, ())]
        if node.kind is Kind.GUARANTEE:
            path = f"acquired {instrument.id}/{node.element}"
            parts.append(lambda: self._one(path, _truths(wanted)))
        return self._any(parts) if wanted else self._all(parts)

    def _element(
        self, instrument: Instrument, name: str, wanted: bool, above: tuple[str, ...]
    ) -> list[Way]:
        """Elements may need one another in a circle: then they operate together."""
        if name in above:
            return [ALREADY] if wanted else []
        element = next(
            (s for s in instrument.statements if isinstance(s, Element) and s.name == name), None
        )
        if element is None:
            return [] if wanted else [ALREADY]
        stated = instrument.elements.get(name)

        def adopted() -> list[Way]:
            if stated is not None:
                return [ALREADY] if (stated == "adopted") is wanted else []
            return self._one(f"adopted {instrument.id}/{name}", _truths(wanted))

        def need(alternatives: tuple[str, ...]) -> list[Way]:
            return self._either(wanted)(
                [
                    lambda other=other: self._element(  # type: ignore[misc]
                        instrument, other, wanted, (*above, name)
                    )
                    for other in alternatives
                ]
            )

        needs = [lambda some=some: need(some) for some in element.needs]
        return self._all([adopted, *needs]) if wanted else self._any([adopted, *needs])

    def _exercised(self, node: Holding, key: str, wanted: bool) -> list[Way]:
        if not isinstance(node, Power):
            return [ALREADY] if wanted else []
        path = f"exercised {key}"
        now = self.evaluation.exercised(node, key)
        if path not in self.evaluation.case.facts and now is Truth.TRUE:
            return [ALREADY] if wanted else []
        return self._one(path, _truths(wanted))

    def _term(self, key: str, place: str, wanted: bool) -> list[Way]:
        now = self.evaluation.term(key, place)
        if now is _truth(wanted) and self._is_settled(lambda: self.dependence.term(key, place)):
            return [ALREADY]
        definition = self.regime.definition(key, self.evaluation.on)
        if not isinstance(definition, Term):
            return [] if wanted else [ALREADY]
        instrument, _, name = key.partition("/")
        extensions = self.regime.extensions_on(key, self.evaluation.on)
        meant = self._either(wanted)(
            [
                lambda: self._lines(definition.when, place, wanted),
                *(lambda x=x: self.node(x, wanted) for x in extensions),
            ]
        )
        parts = (lambda: meant, lambda: self._unexcepted(f"{instrument}/term {name}", wanted))
        return self._all(parts) if wanted else self._any(parts)

    # ---- conditions ----
    def condition(self, condition: Condition, place: str, wanted: bool) -> list[Way]:
        """Ways to have a condition surely true, or surely false."""
        self._kept.append(condition)  # so that no other object takes its id
        key = ("condition", id(condition), place, wanted)
        return self._remember(key, lambda: self._condition(condition, place, wanted))

    def _condition(self, condition: Condition, place: str, wanted: bool) -> list[Way]:
        if self.evaluation.truth(condition, place) is _truth(wanted) and self._is_settled(
            lambda: self.dependence.condition(condition, place)
        ):
            return [ALREADY]
        match condition:
            case Not(inner):
                return self.condition(inner, place, not wanted)
            case AllOf(several) | AnyOf(several):
                parts = [lambda c=c: self.condition(c, place, wanted) for c in several]
                conjoin = isinstance(condition, AllOf) is wanted
                return self._all(parts) if conjoin else self._any(parts)
            case EveryPlace(kind, inner) | SomePlace(kind, inner):
                return self._places(kind, inner, isinstance(condition, EveryPlace), wanted)
            case TermHolds(instrument, name, at):
                where = place if at == "place" else at
                return self._remember(
                    ("term", instrument, name, where, wanted),
                    lambda: self._term(f"{instrument}/{name}", where, wanted),
                )
            case NodeHolds(node):
                return self.node(node, wanted)
            case Lapse(node):
                return self._lapse(node, condition, wanted)
            case Declared(instrument, name):
                return self._declared(instrument, name, condition, wanted)
            case Guaranteed() | LeftOpen():
                return []  # of proofs only
            case _:
                return self._atom_where(condition, place, wanted)

    def _places(self, kind: str, inner: Condition, every: bool, wanted: bool) -> list[Way]:
        places: list[tuple[str, str]] = []
        if kind == "destination":
            places = [("destination", ""), ("onward", "onward.exists")]
        else:
            instances = self.regime.vocabulary.places[kind].instances
            places = [(name, f"{name}.exists" if n else "") for n, name in enumerate(instances)]
        # `every`: there is no such place, or it is so there; `some`: there is one, and it is so.
        conjoin_places = every is wanted
        existing = not every if wanted else every

        def at(instance: str, exists: str) -> list[Way]:
            parts: list[Callable[[], list[Way]]] = [lambda: self.condition(inner, instance, wanted)]
            if exists:
                parts.insert(0, lambda: self._one(exists, _truths(existing)))
            return self._any(parts) if conjoin_places else self._all(parts)

        several = [lambda i=i, e=e: at(i, e) for i, e in places]
        return self._all(several) if conjoin_places else self._any(several)

    def _lapse(self, key: str, test: Condition, wanted: bool) -> list[Way]:
        clocks: list[Callable[[], list[Way]]] = []
        node = self.regime.node(key, self.evaluation.on) or _liftable(
            self.regime, key, self.evaluation.on
        )
        # A guarantee that is not valid today has no clock: the evaluator asks the valid one.
        if isinstance(self.regime.node(key, self.evaluation.on), Norm):
            assert isinstance(node, Norm)
            for bounding in node.boundings:
                right = self.regime.vocabulary.rights[bounding.right]
                if right.measured_by:
                    clocks.append(
                        lambda b=bounding, r=right: self._clock(b.level, r, test, wanted)  # type: ignore[misc]
                    )
        passed = self._either(wanted)(clocks)
        parts = (lambda: self.node(key, wanted), lambda: passed)
        return self._all(parts) if wanted else self._any(parts)

    def _clock(
        self, level: int | FactRef | ParameterRef, right: Right, test: Condition, wanted: bool
    ) -> list[Way]:
        one = Fraction(1)
        if isinstance(level, FactRef):
            terms: dict[Operand, Fraction] = {FactRef(right.measured_by): one, level: -one}
            return self._linear(terms, Fraction(0), True, "", test, not wanted)
        amount = right.amount(self.evaluation.level(level, right).low)
        return self._linear(
            {FactRef(right.measured_by): one}, Fraction(-amount), True, "", test, not wanted
        )

    def _declared(self, instrument: str, name: str, test: Condition, wanted: bool) -> list[Way]:
        path = f"declared {instrument}/{name}"
        if path in self.evaluation.case.facts:
            return self._one(path, _truths(wanted), test)
        states = frozenset(
            d.spell.state
            for d in self.regime.library[instrument].declarations
            if d.name == name and d.spell.on(self.evaluation.on)
        )
        return self._one("host", Names(states, others=not wanted), test)

    def _atom_where(self, atom: Condition, place: str, wanted: bool) -> list[Way]:
        """An atom that reads the destination is read twice: as the origin, or for itself."""
        if not _reads_destination(atom, place):
            return self._atom(atom, place, wanted, False)
        same = "destination.is_origin"
        readings = [
            lambda: self._all(
                (lambda: self._one(same, YES), lambda: self._atom(atom, place, wanted, True))
            ),
            lambda: self._all(
                (lambda: self._one(same, NO), lambda: self._atom(atom, place, wanted, False))
            ),
        ]
        if self.present(same) is Truth.UNKNOWN:
            readings.append(
                lambda: self._all(
                    (
                        lambda: self._atom(atom, place, wanted, True),
                        lambda: self._atom(atom, place, wanted, False),
                    )
                )
            )
        return self._any(readings)

    def _atom(self, atom: Condition, place: str, wanted: bool, as_origin: bool) -> list[Way]:
        def at(fact: FactRef) -> str:
            return _path(fact.path, place, as_origin)

        match atom:
            case FactHolds(fact):
                return self._one(at(fact), _truths(wanted), atom)
            case Comparison(left, relation, right):
                return self._compare(left, relation, right, place, atom, wanted, as_origin)
            case IsOneOf(subject, values):
                return self._is_one_of(subject, values, place, atom, wanted, as_origin)
            case InGroup(subject, group, instrument):
                names = Names(self.evaluation._group(group, instrument), others=not wanted)
                if isinstance(subject, DefinitionRef):
                    return self._choice_in(subject, names, atom)
                return self._one(at(subject), names, atom)
            case Meets(subject, group, instrument):
                names_ = self.evaluation._group(group, instrument)
                sets = Sets(hits=frozenset({names_})) if wanted else Sets(avoids=names_)
                return self._one(at(subject), sets, atom)
            case Includes(subject, country):
                if country == "host":
                    return self._includes_host(at(subject), atom, wanted)
                names_ = frozenset({country})
                sets = Sets(hits=frozenset({names_})) if wanted else Sets(avoids=names_)
                return self._one(at(subject), sets, atom)
            case IsEmpty(subject):
                return self._one(at(subject), Sets(empty=wanted), atom)
            case _:
                raise AssertionError(atom)

    def _includes_host(self, path: str, test: Condition, wanted: bool) -> list[Way]:
        host = self.evaluation.case.host
        assert isinstance(host, Options)
        if host.names is None:
            return self._one(path, Sets(empty=True), test) if not wanted else []
        if not wanted:
            return self._one(path, Sets(avoids=host.names), test)
        if not host.is_known:
            return []
        return self._one(path, Sets(hits=frozenset({host.names})), test)

    def _is_one_of(
        self,
        subject: FactRef | DefinitionRef,
        values: tuple[Constant | str, ...],
        place: str,
        atom: Condition,
        wanted: bool,
        as_origin: bool,
    ) -> list[Way]:
        numbers = [value.value for value in values if isinstance(value, Constant)]
        if numbers:
            allowed = Numbers.of(numbers)
            if not wanted:
                allowed = Numbers(((0, _FAR),)).without(numbers)
            if isinstance(subject, DefinitionRef):
                return self._table_in(subject, allowed, place, atom, as_origin)
            return self._one(_path(subject.path, place, as_origin), allowed, atom)
        names = frozenset(v for v in values if isinstance(v, str) and v != "host")
        if "host" in values:
            host = self.evaluation.case.host
            assert isinstance(host, Options)
            if host.is_known or (not wanted and host.names is not None):
                names |= host.names or frozenset()
            elif not wanted:
                return []
        several = Names(names, others=not wanted)
        if isinstance(subject, DefinitionRef):
            return self._choice_in(subject, several, atom)
        return self._one(_path(subject.path, place, as_origin), several, atom)

    # ---- definitions as operands ----
    def _table_in(
        self, ref: DefinitionRef, allowed: Numbers, place: str, atom: Condition, as_origin: bool
    ) -> list[Way]:
        """Rows and columns whose cells are all allowed: the largest such blocks."""
        table = self.regime.definition(f"{ref.instrument}/{ref.name}", self.evaluation.on)
        assert isinstance(table, Table)
        where = place if ref.place == "place" else ref.place
        row = _path(table.row.path, where, as_origin)
        column = _path(table.column.path, where, as_origin)
        return self._any(
            lambda rows=rows, columns=columns: self._all(  # type: ignore[misc]
                (
                    lambda: self._one(row, Numbers.of(rows), atom),
                    lambda: self._one(column, Numbers.of(columns), atom),
                )
            )
            for span in allowed.spans  # the evaluator sees a table's levels as a range
            for rows, columns in _blocks(table, Numbers((span,)))
        )

    def _choice_in(self, ref: DefinitionRef, names: Names, atom: Condition) -> list[Way]:
        """Ways to have the first pick that applies among the names."""
        choice = self.regime.definition(f"{ref.instrument}/{ref.name}", self.evaluation.on)
        assert isinstance(choice, Choice)

        def value_in(value: FactRef | str) -> list[Way]:
            if isinstance(value, FactRef):
                return self._one(_path(value.path, "", False), names, atom)
            if value == "host":
                return self._one("host", names, atom)
            return [ALREADY] if (value in names.names) is not names.others else []

        def rest(number: int) -> list[Way]:
            if number == len(choice.picks):
                return value_in(choice.otherwise)
            pick = choice.picks[number]
            fits = value_in(pick.value)
            later = rest(number + 1)
            applies = self._lines(pick.when, "", True)
            misses = self._lines(pick.when, "", False)
            return self._any(
                (
                    lambda: self._all((lambda: fits, lambda: applies)),
                    lambda: self._all((lambda: fits, lambda: later)),
                    lambda: self._all((lambda: misses, lambda: later)),
                )
            )

        return rest(0)

    # ---- linear forms ----
    def _compare(
        self,
        left: Sum,
        relation: str,
        right: Sum,
        place: str,
        atom: Condition,
        wanted: bool,
        as_origin: bool,
    ) -> list[Way]:
        total: dict[Operand, Fraction] = {}
        constant = Fraction(0)
        for sign, side in ((1, left), (-1, right)):
            for part in side.parts:
                coefficient = sign * part.coefficient
                match part.operand:
                    case Constant(value):
                        constant += coefficient * value
                    case ParameterRef(instrument, name):
                        value = self.regime.parameter(instrument, name, self.evaluation.on)
                        constant += coefficient * value
                    case operand:
                        total[operand] = total.get(operand, Fraction(0)) + coefficient
        total = {operand: c for operand, c in total.items() if c}
        if relation in ("at most", "less than"):
            total = {operand: -c for operand, c in total.items()}
            constant = -constant
        strict = relation in ("more than", "less than")
        return self._linear(total, constant, strict, place, atom, not wanted, as_origin)

    def _linear(
        self,
        total: Mapping[Operand, Fraction],
        constant: Fraction,
        strict: bool,
        place: str,
        atom: Condition,
        negate: bool,
        as_origin: bool = False,
    ) -> list[Way]:
        """Ways to have `total + constant` at least 0 (more than 0 if strict), or surely not."""
        if negate:
            total = {operand: -c for operand, c in total.items()}
            constant, strict = -constant, not strict
        if not total:
            return [ALREADY] if constant > 0 or (constant == 0 and not strict) else []
        known = {operand: self._known(operand, place, as_origin) for operand in total}
        worst = {
            operand: min(c * known[operand].low, c * known[operand].high)
            for operand, c in total.items()
        }

        def bounded(operand: Operand, least: Fraction, strictly: bool) -> list[Way]:
            """Ways to have coefficient times operand at least (or more than) a number."""
            allowed = _at_least(total[operand], least, strictly)
            if isinstance(operand, DefinitionRef):
                return self._table_in(operand, allowed, place, atom, as_origin)
            assert isinstance(operand, FactRef)
            return self._one(_path(operand.path, place, as_origin), allowed, atom)

        if len(total) == 1:
            (only,) = total
            return bounded(only, -constant, strict)
        if len(total) > 2 and self.budget > 2:
            self.is_capped = True  # three facts are not all changed together
        ways: list[Callable[[], list[Way]]] = []
        for one in total:
            rest = [o for o in total if o is not one]
            for other in rest:
                others = [o for o in rest if o is not other]
                fixed = sum((worst[o] for o in others), constant)
                for point in self._points(other, total[other], known[other], place, as_origin):
                    ways.append(
                        lambda one=one, other=other, others=others, fixed=fixed, point=point: (  # type: ignore[misc]
                            self._all(
                                (
                                    lambda: bounded(one, -fixed - point, strict),
                                    lambda: bounded(other, point, False),
                                    *(lambda o=o: bounded(o, worst[o], False) for o in others),
                                )
                            )
                        )
                    )
        return self._any(ways)

    def _known(self, operand: Operand, place: str, as_origin: bool) -> Range:
        found: Possible
        if isinstance(operand, FactRef):
            found = self.present(_path(operand.path, place, as_origin))
        else:
            found = self.evaluation.operand(operand, place)
        assert isinstance(found, Range)
        return found

    def _points(
        self, operand: Operand, coefficient: Fraction, known: Range, place: str, as_origin: bool
    ) -> list[Fraction]:
        """Values of coefficient times operand from which the other may be bounded."""
        numbers = {known.low, known.high}
        if self.budget > 1 or self.watched:
            if isinstance(operand, FactRef):
                path = _path(operand.path, place, as_origin)
                declared = self.regime.vocabulary.fact(path)
                assert declared is not None
                if isinstance(declared.type, (LevelType, NumberType)):
                    every = declared.type.everything()
                    assert isinstance(every, Range)
                    if every.high <= _EVERY_VALUE:
                        numbers |= set(range(every.high + 1))
                    else:
                        constants = self.dependence.facts.get(path)
                        cuts = constants.cuts if constants else set()
                        numbers |= {0, every.high}
                        numbers |= {n for c in cuts for n in (c - 1, c) if 0 <= n <= every.high}
            else:
                numbers |= set(range(_EVERY_VALUE))
        return sorted(coefficient * number for number in numbers)


_EVERY_VALUE = 12
_FAR = 10**9


def _truth(wanted: bool) -> Truth:
    return Truth.TRUE if wanted else Truth.FALSE


def _truths(wanted: bool) -> frozenset[Truth]:
    return YES if wanted else NO


def _at_least(coefficient: Fraction, least: Fraction, strictly: bool) -> Numbers:
    """Whole numbers x with coefficient * x at least (or more than) a number."""
    edge = least / coefficient
    if coefficient > 0:
        return Numbers(((floor(edge) + 1 if strictly else ceil(edge), _FAR),))
    return Numbers(((-_FAR, ceil(edge) - 1 if strictly else floor(edge)),))


def _path(path: str, place: str, as_origin: bool) -> str:
    """The concrete path of a fact; of the destination, that of the origin where they are one."""
    if path.startswith("place."):
        path = place + path.removeprefix("place")
    if as_origin and path.startswith("destination.") and path != "destination.is_origin":
        return "origin1" + path.removeprefix("destination")
    return path


def _reads_destination(atom: Condition, place: str) -> bool:
    for operand in operands(atom):  # type: ignore[arg-type]
        match operand:
            case FactRef(path):
                concrete = _path(path, place, False)
                if concrete != _path(path, place, True):
                    return True
            case DefinitionRef(place=at):
                if (place if at == "place" else at) == "destination":
                    return True
    return False


def _blocks(table: Table, allowed: Numbers) -> Iterator[tuple[frozenset[int], frozenset[int]]]:
    """The largest sets of rows and columns all of whose cells are allowed."""
    fits = [
        frozenset(
            number
            for number, level in enumerate(cells)
            if any(low <= level <= high for low, high in allowed.spans)
        )
        for cells in table.cells
    ]
    found: set[frozenset[int]] = set()
    for columns in fits:
        found |= {columns} | {columns & other for other in found}
    for columns in sorted((c for c in found if c), key=lambda c: (-len(c), sorted(c))):
        yield frozenset(n for n, row in enumerate(fits) if columns <= row), columns


def _in_force(instrument: Instrument, day: date) -> bool:
    return not (
        (instrument.in_force is not None and day < instrument.in_force)
        or (instrument.ended is not None and day >= instrument.ended)
    )


def _removable(node: Holding) -> bool:
    """A limit, exception or power may be out of the way."""
    return (
        not (isinstance(node, Standstill) or _is_guarantee(node))
        and hasattr(node, "when")
        and (isinstance(node, Norm) or hasattr(node, "targets"))
    )


def _is_guarantee(node: Holding | None) -> bool:
    return isinstance(node, Norm) and node.kind is Kind.GUARANTEE


def _liftable(regime: Regime, key: str, day: date) -> Norm | None:
    """The guarantee of that key, the one valid on the day if there is one."""
    node = regime.node(key, day) or next(iter(regime.nodes.get(key, ())), None)
    return node if isinstance(node, Norm) and node.kind is Kind.GUARANTEE else None


def _binds(evaluation: Evaluation, unit: Unit) -> bool:
    """Whether the unit makes positions as the text stands."""
    regime = evaluation.regime
    if unit.kind is Kind.LIMIT or unit in regime.units[unit.right]:
        return True
    return any(isinstance(node, Standstill) for node in regime.nodes[unit.node])


def _guarantees(evaluation: Evaluation, name: str) -> tuple[Unit, ...]:
    """Every guarantee of a right, bound or not, soft ones too; and what standstills may give."""
    regime = evaluation.regime
    right = regime.vocabulary.rights[name]
    units: dict[Unit, None] = {}
    for instrument in regime.instruments:
        for node in instrument.holdings:
            key = instrument.key(node.id)
            if isinstance(node, Norm) and node.kind is Kind.GUARANTEE:
                for bounding in node.boundings:
                    if bounding.right == name:
                        units[Unit(key, Kind.GUARANTEE, name, bounding.level)] = None
    if not evaluation.without_standstills:
        levels: set[int] = set()
        for unit in units:
            level = evaluation.level(unit.level, right)
            levels |= {level.low, level.high}
            if isinstance(unit.level, FactRef) and right.top <= _EVERY_VALUE:
                levels |= set(range(right.top + 1))
        for instrument in regime.instruments:
            for node in instrument.holdings:
                if isinstance(node, Standstill) and name in node.rights and instrument.force.binds:
                    for rank in sorted(levels - {0}):
                        unit = Unit(instrument.key(node.id), Kind.GUARANTEE, name, rank)
                        units[unit] = None
    return tuple(units)


def _ranks_given(evaluation: Evaluation, unit: Unit, right: Right, above: int) -> Iterator[int]:
    """The ranks above a rank that a guarantee may give, the next ones first."""
    if not isinstance(unit.level, FactRef):
        rank = evaluation.level(unit.level, right).low
        if rank > above:
            yield rank
    elif isinstance(right.type, LevelType):
        if right.top > above:
            yield above + 1
    else:
        level = evaluation.level(unit.level, right)
        if level.high > above:
            yield max(level.low, above + 1)


def _grantors(setting: _Setting, name: str, rank: int) -> list[Unit]:
    """The guarantees that may give at least a rank."""
    evaluation = setting.evaluation
    right = evaluation.regime.vocabulary.rights[name]
    found = []
    for unit in setting.guarantees(name):
        if isinstance(unit.level, FactRef):
            declared = evaluation.regime.vocabulary.fact(unit.level.path)
            every = declared.type.everything() if declared else None
            assert isinstance(every, Range)
            most = max(right.rank(every.low), right.rank(min(every.high, right.top)))
        else:
            most = evaluation.level(unit.level, right).low
        if most >= rank:
            found.append(unit)
    return found


# ---- search ----
def _smallest(setting: _Setting, name: str, rank: int) -> tuple[Way | None, Unit | None, bool]:
    """A smallest confirmed way, the guarantee that then gives the level, whether that is sure."""
    evaluation, full = setting.evaluation, setting.dependence
    units = _grantors(setting, name, rank)
    exact = True
    watched: frozenset[str] = frozenset()
    for budget in range(1, _LARGEST + 1):
        while True:
            ways = _Ways(setting, budget, watched)
            if budget > 1 or watched:
                full.right(name)
            found = [(way, unit) for unit in units for way in ways.unit_gives(unit, rank)]
            found.sort(key=lambda entry: ways.rank(entry[0]))
            upset: frozenset[str] = frozenset()
            for way, unit in found:
                if not way.changes <= watched:
                    upset = way.changes  # what else hangs on these, and which values would do
                    break
                by = _confirmed(evaluation, way, unit, rank)
                if by is not None:
                    return way, by, exact and not ways.is_capped
                exact = False
            if not upset:
                break
            watched |= upset
        exact = exact and not ways.is_capped
        if not ways.is_cut:
            return None, None, exact
    return None, None, False


def _confirmed(evaluation: Evaluation, way: Way, unit: Unit, rank: int) -> Unit | None:
    """The norm by which the changed case really reaches the level, for one of a few values."""
    nodes = frozenset(key.removeprefix("node ") for key in way.changes if key.startswith("node "))
    paths = [key for key in way.changes if not key.startswith("node ")]
    choices = [_values(way.needs[path], own(evaluation, path), evaluation) for path in paths]
    right = evaluation.regime.vocabulary.rights[unit.right]
    for values in islice(product(*choices), _MOST_TRIES):
        changed = _again(evaluation, dict(zip(paths, values, strict=True)), nodes)
        for norm in (unit, *changed.units(unit.right)):
            if norm.kind is Kind.GUARANTEE and changed.level(norm.level, right).low >= rank:
                is_norm = norm in changed.units(unit.right)
                if is_norm and changed.effective(norm) is Truth.TRUE:
                    return norm
    return None


def _values(allowed: Allowed, known: Possible, evaluation: Evaluation) -> list[Possible]:
    """Known values that would do, the nearest to what is known first."""
    if isinstance(allowed, frozenset):
        return [truth for truth in (Truth.TRUE, Truth.FALSE) if truth in allowed]
    if isinstance(allowed, Numbers):
        assert isinstance(known, Range)
        spans = sorted(allowed.spans, key=lambda span: _distance(span, known))
        ends: dict[int, None] = {}
        for low, high in spans:
            near = min(max(known.low, low), high)
            ends |= {near: None, low: None, high: None}
        return [Range(number, number) for number in ends]
    if isinstance(allowed, Names):
        if not allowed.others:
            return [exactly(name) for name in sorted(allowed.names)]
        states = evaluation.regime.vocabulary.states
        return [exactly(next((s for s in states if s not in allowed.names), NOBODY))]
    assert isinstance(known, Members)
    return [exactly(_least_set(allowed, known, evaluation))]


def _distance(span: tuple[int, int], known: Range) -> int:
    return max(span[0] - known.high, known.low - span[1], 0)


def _least_set(allowed: Sets, known: Members, evaluation: Evaluation) -> frozenset[str]:
    """A set near to the known one: what may stay stays, and what is missing comes in."""
    if allowed.empty:
        return frozenset()
    names = set(known.surely - allowed.avoids)
    for hit in sorted(allowed.hits, key=sorted):
        if not names & hit:
            near = sorted(hit - allowed.avoids, key=lambda n: (n not in (known.perhaps or ()), n))
            names.add(near[0])
    if allowed.empty is False and not names:
        pool = [*sorted(known.perhaps or ()), *evaluation.regime.vocabulary.states, "XXX"]
        names.add(next(name for name in pool if name not in allowed.avoids))
    return frozenset(names)


def _blocker(evaluation: Evaluation, key: str, way: Way) -> Blocker:
    if key.startswith("node "):
        return Blocker("article", key.removeprefix("node "))
    now = own(evaluation, key)
    allowed = way.needs[key]
    return Blocker(
        "fact",
        key,
        now,
        _possible(allowed, now, evaluation),
        way.failing.get(key),
        _may_be(allowed, now),
    )


def _possible(allowed: Allowed, known: Possible, evaluation: Evaluation) -> Possible:
    """A set of values that would do: of numbers the nearest span, of sets of countries one set."""
    if isinstance(allowed, Numbers):
        assert isinstance(known, Range)
        low, high = min(allowed.spans, key=lambda span: _distance(span, known))
        return Range(low, high)
    if isinstance(allowed, Names) and not allowed.others:
        return Options(allowed.names)
    if isinstance(allowed, Names):
        states = frozenset(evaluation.regime.vocabulary.states) - allowed.names
        return Options(states or frozenset({NOBODY}))
    return _values(allowed, known, evaluation)[0]


# ---- the changed case ----
def _again(
    evaluation: Evaluation, facts: Mapping[str, Possible], nodes: frozenset[str] = frozenset()
) -> Evaluation:
    """The evaluation with some facts changed and some nodes out of the way."""
    case = evaluation.case.with_facts(facts)
    kind = _Changed if nodes else Evaluation
    changed = kind(
        evaluation.regime,
        case,
        on=evaluation.on,
        without_standstills=evaluation.without_standstills,
    )
    if isinstance(changed, _Changed):
        changed.take_out(nodes)
    return changed


class _Changed(Evaluation):
    """A case with nodes out of the way: the definition of an article that stands in the way."""

    out: frozenset[str] = frozenset()

    def take_out(self, nodes: frozenset[str]) -> None:
        """Treats limits, exceptions, powers as not holding, guarantees as bound and operating."""
        self.out = nodes
        for instrument in self.regime.instruments:
            for node in instrument.holdings:
                if isinstance(node, Standstill) and not self.without_standstills:
                    day = self.standstill_day(instrument.key(node.id))
                    if day is not None:
                        earlier = _Changed(self.regime, self.case, on=day, without_standstills=True)
                        earlier.take_out(nodes)
                        self._earlier[day] = earlier

    def _node_holds(self, key: str) -> Truth:
        if key not in self.out:
            return super()._node_holds(key)
        lifted = _liftable(self.regime, key, self.on)
        if lifted is None:
            return Truth.FALSE
        return conjunction((*(self.truth(line) for line in lifted.when), self.unexcepted(key)))

    @cached_property
    def _units(self) -> dict[str, tuple[Unit, ...]]:
        units = dict(super()._units)
        if not any(_liftable(self.regime, key, self.on) for key in self.out):
            return units
        for name in units:
            more = [
                unit
                for unit in _guarantees(self, name)
                if unit.node in self.out and unit not in units[name]
            ]
            units[name] = (*units[name], *more)
        return units
