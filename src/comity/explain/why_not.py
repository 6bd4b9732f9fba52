"""Why a level is not reached: the smallest set of facts or articles that stands in the way.

A set F of facts and a set A of articles is a *way* to a level of a right if there are values for
the facts in F, all other facts as they are (what is known keeps its value, what is unknown stays
unknown), such that with the nodes of A out of the way the certain lower bound is at least the
level. A limit, exception or power in A is treated as not holding; a guarantee in A as binding and
operating (its host a party, its article not reserved, its element in operation, its instrument
binding, itself valid on the day). A known host is not a fact that one can change, and neither are
what the text itself says of a host's declarations, powers and elements, and the readings taken; a
sponsor's position is a fact, which an article out of the way leaves as it is.
The answer is a smallest way: fewest facts and articles together; then fewest articles; then most
unknown facts rather than contrary ones; then the order of the text.

How it is found. The text is turned into formulas over facts (`lifted`), and their ways are listed
(`ways`), sizes from the least possible upwards. What holds is at first taken to stay so, which can
only make ways look cheaper; the facts that the cheapest way changes are then *watched*, and the
ways listed again. A way is tried out (`standing`) before it is returned.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, product

from comity.agreement.conditions import Condition, FactRef
from comity.agreement.regimes import Unit
from comity.agreement.values import Possible, Range, Truth, is_known
from comity.agreement.vocabulary import LevelType
from comity.explain.constants import constants_of, representatives
from comity.explain.evaluate import Evaluation
from comity.explain.standing import Standing
from comity.explain.ways import IMPOSSIBLE, Way, Ways

_LARGEST = 5
_MOST_TRIES = 12


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
    return _why_not(evaluation, Ways(Standing.of(evaluation)), right, rank)


def next_levels(evaluation: Evaluation) -> tuple[WhyNot, ...]:
    """For each right, why not the next level above the certain one that some norm gives."""
    ways = Ways(Standing.of(evaluation))
    found = []
    for right in evaluation.regime.vocabulary.rights:
        units = ways.standing.meaning.guarantees(right)
        if units:
            lower = evaluation.bounds(right).lower
            ranks = [_next_rank(ways.standing, unit, lower) for unit in units]
            least = min((rank for rank in ranks if rank is not None), default=None)
            if least is not None:
                found.append(_why_not(evaluation, ways, right, least))
    return tuple(found)


def would_lose(evaluation: Evaluation, right: str) -> tuple[Blocker, ...]:
    """The single known facts each of which, were it different, would lower the certain bound.

    `needed` is a value with which the level would be lost; `condition` is None, since more than
    one test may turn on the fact.
    """
    standing = Standing.of(evaluation)
    lower = standing.bounds(right).lower
    vocabulary = evaluation.regime.vocabulary
    found = []
    constants = constants_of(standing, (right,), open_only=False).constants if lower else {}
    for path, compared in constants.items():
        now = standing.present(path)
        if path == "host" or path.startswith("node ") or not is_known(now):
            continue
        declared = vocabulary.fact(path)
        everything = Truth.UNKNOWN if declared is None else declared.type.everything()
        for value in representatives(everything, compared, path, vocabulary):
            if value != now and standing.with_facts({path: value}).bounds(right).lower < lower:
                found.append(Blocker("fact", path, now, value))
                break
    return tuple(found)


# ---- search ----
def _why_not(evaluation: Evaluation, ways: Ways, right: str, rank: int) -> WhyNot:
    bounds = evaluation.bounds(right)
    kind = "forbidden" if bounds.upper_possible < rank else "not_granted"
    units = [u for u in ways.standing.meaning.guarantees(right) if _may_give(ways, u, rank)]
    if not units:
        return WhyNot(right, rank, kind, nobody_grants=True)
    found, exact = _smallest(ways, units, rank)
    exact = exact and ways.standing.bounds(right) == bounds
    if found is None:
        return WhyNot(right, rank, kind, exact=exact)
    way, by = found
    blockers = tuple(_blocker(ways.standing, key, way) for key in way.needs if key in way.changes)
    return WhyNot(right, rank, kind, blockers, by.node, exact=exact)


def _next_rank(standing: Standing, unit: Unit, above: int) -> int | None:
    """The next rank above a rank that a guarantee may give."""
    right = standing.regime.vocabulary.rights[unit.right]
    level = standing.level(unit)
    if not isinstance(unit.level, FactRef):
        return level.low if level.low > above else None
    if isinstance(right.type, LevelType):
        return above + 1 if right.top > above else None
    return max(level.low, above + 1) if level.high > above else None


def _may_give(ways: Ways, unit: Unit, rank: int) -> bool:
    """Whether a guarantee gives at least a rank, for some value of the fact that is its level."""
    if not isinstance(unit.level, FactRef):
        return ways.standing.level(unit).low >= rank
    vocabulary = ways.standing.regime.vocabulary
    declared, right = vocabulary.fact(unit.level.path), vocabulary.rights[unit.right]
    every = None if declared is None else declared.type.everything()
    assert isinstance(every, Range)
    return max(right.rank(every.low), right.rank(min(every.high, right.top))) >= rank


def _smallest(ways: Ways, units: list[Unit], rank: int) -> tuple[tuple[Way, Unit] | None, bool]:
    """A smallest way with the guarantee that then gives the level; whether that is sure."""
    meaning = ways.standing.meaning
    goals = [(unit, meaning.gives(unit, rank)) for unit in units]
    goals = [(unit, goal) for unit, goal in goals if ways.cost(goal) < IMPOSSIBLE]
    exact, watched = True, frozenset[str]()
    least = min((ways.cost(goal) for _unit, goal in goals), default=IMPOSSIBLE)
    for budget in range(max(1, least), _LARGEST + 1):
        unsure: frozenset[str] | None = watched
        while unsure is not None:
            watched |= unsure
            unsure, capped, cut = None, False, False
            found = []
            for unit, goal in goals:
                listed = ways.to(goal, budget, watched)
                found += [(ways.rank(way), way, unit) for way in listed.ways]
                capped, cut = capped or listed.is_capped, cut or listed.is_cut
            for _rank, way, unit in sorted(found, key=lambda entry: entry[0]):
                if not way.changes <= watched:
                    unsure = way.changes  # what else hangs on these, and which values would do
                    break
                by = _tried(ways.standing, way, unit, rank)
                if by is not None:
                    return (way, by), exact and not capped
                exact = False
        exact = exact and not capped
        if not cut:
            return None, exact
    return None, not goals


def _tried(standing: Standing, way: Way, unit: Unit, rank: int) -> Unit | None:
    """The norm by which the changed case really reaches the level, for one of a few values."""
    states = tuple(standing.regime.vocabulary.states)
    keys = sorted(way.changes)
    choices = [way.needs[key].values(standing.present(key), states) for key in keys]
    for values in islice(product(*choices), _MOST_TRIES):
        changed = standing.with_facts(dict(zip(keys, values, strict=True)))
        for norm in (unit, *changed.meaning.guarantees(unit.right)):
            if changed.truth(changed.meaning.gives(norm, rank)) is Truth.TRUE:
                return norm
    return None


def _blocker(standing: Standing, key: str, way: Way) -> Blocker:
    if key.startswith("node "):
        return Blocker("article", key.removeprefix("node "))
    now, allowed = standing.present(key), way.needs[key]
    needed = allowed.needed(now, tuple(standing.regime.vocabulary.states))
    return Blocker("fact", key, now, needed, way.failing.get(key), allowed.may_be(now))
