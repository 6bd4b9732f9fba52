"""Two laws side by side: for whom NEW is better, worse, both or the same, asked right by right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from comity.agreement.cases import Case
from comity.agreement.coding.allowed import YES
from comity.agreement.coding.formulas import Formula, all_of, some_of
from comity.agreement.conditions import FactRef
from comity.agreement.instruments import Instrument
from comity.agreement.nodes import Kind, Power
from comity.agreement.regimes import Regime
from comity.agreement.values import Options, Truth
from comity.prove.law import Law, keys_of
from comity.prove.prover import Disagreement, Prover
from comity.prove.questions import Question
from comity.prove.regions import (
    Change,
    Region,
    fixed,
    gives_something,
    living,
    may_lie_below,
    named_ranks,
    ranks_of,
    regions_of,
)
from comity.prove.verdicts import Finding, Verdict


class Answer(StrEnum):
    """Whether a change comes to anybody: `nobody` is proved, `some` has a person."""

    SOME = "some"
    NOBODY = "nobody"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Inhabited:
    """A region in which somebody is.

    most: the highest rank that the other law guarantees to anybody there (None for rooms, and where
    it was not found). by: the norms of the other law that give it. also: those whose level is a
    fact's.
    """

    region: Region
    most: int | None = None
    by: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Compared:
    """What was found of one right.

    by_absence: neither law has a norm on it. lost: ranks that OLD guarantees somebody and NEW
    nobody, the highest first; gained: the reverse, of the ranks that NEW names. limit: what stood
    in the way of an answer.
    """

    right: str
    answers: dict[Change, Answer]
    regions: tuple[Inhabited, ...] = ()
    by_absence: bool = False
    lost: tuple[int, ...] = ()
    gained: tuple[int, ...] = ()
    lost_answer: Answer = Answer.NOBODY
    limit: str = ""
    seconds: float = 0.0

    @property
    def is_same(self) -> bool:
        """Proved to be the same for everybody."""
        return all(answer is Answer.NOBODY for answer in self.answers.values())


@dataclass
class Comparison:
    """Asks a prover about two laws on one day.

    twins: ids of instruments that are two versions of one text, the one of OLD first. What is said
    of the operation of a text (an element adopted, a power exercised) is then said of both.
    """

    prover: Prover
    old: Law
    new: Law
    twins: tuple[tuple[str, str], ...] = ()
    _regions: dict[str, tuple[Region, ...]] = field(default_factory=dict)

    # ---- regions ----
    def regions(self, right: str) -> tuple[Region, ...]:
        """Every region of a right, inhabited or not, in the order of the texts."""
        if right not in self._regions:
            self._regions[right] = tuple(
                region
                for change in Change
                for region in regions_of(change, right, *self.sides(change))
            )
        return self._regions[right]

    def sides(self, change: Change) -> tuple[Law, Law]:
        """The law whose norm makes a change, and the other."""
        return (self.new, self.old) if change.is_of_new else (self.old, self.new)

    # ---- questions ----
    def look(self, right: str) -> Compared:
        """For whom a right differs, region by region, and which levels nobody reaches any more."""
        regions = self.regions(right)
        spoken = [living(law, right, kind) for law in (self.old, self.new) for kind in Kind]
        if not any(spoken):
            return Compared(right, dict.fromkeys(Change, Answer.NOBODY), by_absence=True)
        ranks = sorted({*ranks_of(self.old, right), *ranks_of(self.new, right)}, reverse=True)
        given = [law.guaranteed(right, rank) for law in (self.old, self.new) for rank in ranks]
        said, limit, seconds = self._asked([*(r.who for r in regions), *given])
        answers = {
            change: _answer(s for r, s in zip(regions, said, strict=False) if r.change is change)
            for change in Change
        }
        levels = said[len(regions) :]
        before, after = levels[: len(ranks)], levels[len(ranks) :]
        inhabited = [r for r, s in zip(regions, said, strict=False) if s == "sat"]
        told, more = self._with_others(inhabited)
        return Compared(
            right,
            answers,
            told,
            lost=_only_first(ranks, before, after),
            gained=tuple(
                rank
                for rank in _only_first(ranks, after, before)
                if rank in named_ranks(self.new, right)
            ),
            lost_answer=_lost_answer(before, after),
            limit=limit,
            seconds=seconds + more,
        )

    def _with_others(self, regions: Sequence[Region]) -> tuple[tuple[Inhabited, ...], float]:
        """Each region with the most that the other law guarantees there, and by which norms."""
        pairs = [
            (region, unit)
            for region in regions
            if region.change.kind is Kind.GUARANTEE
            for unit in living(self.sides(region.change)[1], region.right, Kind.GUARANTEE)
            if may_lie_below(region, self.sides(region.change)[1], unit)
        ]
        others = {change: self.sides(change)[1] for change in Change}
        goals = [all_of((r.who, gives_something(others[r.change], u))) for r, u in pairs]
        said, limit, seconds = self._asked(goals)
        found: list[Inhabited] = []
        for region in regions:
            told = [u for (r, u), s in zip(pairs, said, strict=True) if r is region and s == "sat"]
            if region.change.kind is Kind.LIMIT or limit:
                found.append(Inhabited(region))
                continue
            levels = [(fixed(others[region.change], u).level, u.node) for u in told]
            most = max((lv for lv, _ in levels if isinstance(lv, int)), default=0)
            by = dict.fromkeys(node for level, node in levels if level == most)
            also = dict.fromkeys(node for level, node in levels if isinstance(level, FactRef))
            found.append(Inhabited(region, most, tuple(by), tuple(also)))
        return tuple(found), seconds

    def _asked(self, goals: Sequence[Formula]) -> tuple[list[str], str, float]:
        """`sat`, `unsat` or `unknown` of each goal, with the limit that was hit."""
        if not goals:
            return [], "", 0.0
        reply = self.prover.reached(self.new, goals, self._beside(some_of(goals)))
        if reply.verdict == "unknown":
            return ["unknown"] * len(goals), reply.limit, reply.seconds
        said = list(reply.goals)
        limit = f"time: {self.prover.solver.limits.seconds:g} s" if "unknown" in said else ""
        nobody = [goal for goal, s in zip(goals, said, strict=True) if s == "unsat"]
        if self.prover.second is not None and nobody:
            again = self.witness(some_of(nobody), plain=False)
            if again.verdict is Verdict.REFUTED:
                raise Disagreement(
                    "a goal that was ruled out alone is reached together with others"
                )
            if again.verdict is Verdict.UNKNOWN:
                limit = again.limit
                said = ["unknown" if s == "unsat" else s for s in said]
        return said, limit, reply.seconds

    def witness(self, claim: Formula, *, of_old: bool = False, plain: bool = True) -> Finding:
        """Somebody of whom a claim is true, as plain as can be; `proved`: there is nobody."""
        laws = (self.old, self.new) if of_old else (self.new, self.old)
        question = Question(all_of((self._worlds(claim), claim)), laws)
        found = self.prover.ask(question, plain=plain, needs=False)
        if found.person is None:
            return found
        return replace(found, person=self.completed(found.person))

    def somebody(self, region: Region) -> Finding:
        """A plain person in a region."""
        return self.witness(region.who, of_old=not region.change.is_of_new)

    def both(self, rights: Iterable[str]) -> Finding:
        """Somebody to whom NEW guarantees more of one right and less of another."""
        regions = [region for right in rights for region in self.regions(right)]
        better, worse = (
            some_of(region.who for region in regions if region.change is change)
            for change in (Change.BETTER, Change.WORSE)
        )
        return self.witness(all_of((better, worse)))

    def reaches(self, right: str, rank: int) -> Finding:
        """Somebody to whom OLD guarantees a rank."""
        return self.witness(self.old.guaranteed(right, rank), of_old=True)

    # ---- worlds ----
    def _worlds(self, claim: Formula) -> Formula:
        """The cases that can be: the axioms, and what the texts list of hosts."""
        return all_of((self.new.possible(claim), self._beside(claim)))

    def _beside(self, claim: Formula) -> Formula:
        """What NEW's law does not know of its cases: that versions of a text are operated alike.

        And what OLD's texts list of hosts, where they are not those of NEW's library.
        """
        parts = list(self._alike(keys_of((claim,)))) if self.twins else []
        known = self.new.regime.library
        if any(known.get(i.id) is not i for i in self.old.regime.instruments):
            parts.append(self.old.possible(claim))
        return all_of(parts)

    def _alike(self, keys: Iterable[str]) -> Iterator[Formula]:
        known = set(keys)
        for key in sorted(known):
            other = self.twin_of(key)
            if other is not None and (key < other or other not in known):
                first, second = (self.new.record(one, YES) for one in (key, other))
                yield some_of((first.negated, second))
                yield some_of((first, second.negated))

    def twin_of(self, key: str) -> str | None:
        """The same fact of the operation of the other version of a text, if that knows it."""
        kind, _, rest = key.partition(" ")
        owner, _, name = rest.partition("/")
        for pair in (*self.twins, *((b, a) for a, b in self.twins)):
            if owner == pair[0]:
                twin = self.new.regime.library.get(pair[1]) or self.old.regime.library.get(pair[1])
                return f"{kind} {pair[1]}/{name}" if twin and _knows(twin, kind, name) else None
        return None

    def completed(self, person: Case) -> Case:
        """The person with what is to be known of the operation of both texts."""
        facts = dict(person.facts)
        for key in list(facts):
            other = self.twin_of(key)
            if other is not None:
                facts.setdefault(other, facts[key])
        host = facts.get("host")
        for key, states in self._exercised:
            is_so = isinstance(host, Options) and bool(states & (host.names or frozenset()))
            facts.setdefault(key, Truth.of(is_so))
        return replace(person, facts=facts)

    @cached_property
    def _exercised(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """Every power of both laws with the States that are listed as having exercised it."""
        found: dict[str, frozenset[str]] = {}
        for law in (self.old, self.new):
            for instrument in law.regime.instruments:
                for node in instrument.holdings:
                    if isinstance(node, Power):
                        found[f"exercised {instrument.key(node.id)}"] = frozenset(
                            e.spell.state
                            for e in instrument.exercised
                            if e.power == node.id and e.spell.on(law.day)
                        )
        return tuple(found.items())


# ---- what the solver said ----
def _answer(said: Iterable[str]) -> Answer:
    words = set(said)
    if "sat" in words:
        return Answer.SOME
    return Answer.UNKNOWN if "unknown" in words else Answer.NOBODY


def _only_first(
    ranks: Sequence[int], first: Sequence[str], second: Sequence[str]
) -> tuple[int, ...]:
    """The ranks that the first law gives somebody and the second nobody."""
    told = zip(ranks, first, second, strict=True)
    return tuple(rank for rank, a, b in told if a == "sat" and b == "unsat")


def _lost_answer(before: Sequence[str], after: Sequence[str]) -> Answer:
    """Whether a guarantee became unreachable."""
    pairs = list(zip(before, after, strict=True))
    if ("sat", "unsat") in pairs:
        return Answer.SOME
    may_be = any(a != "unsat" and b != "sat" for a, b in pairs)
    return Answer.UNKNOWN if may_be else Answer.NOBODY


def _knows(instrument: Instrument, kind: str, name: str) -> bool:
    """Whether an instrument has an element or power of the name."""
    if kind in ("adopted", "acquired"):
        return name in instrument.elements_declared
    return kind == "exercised" and any(
        isinstance(node, Power) and node.id == name for node in instrument.holdings
    )


def versions(old: Regime, new: Regime) -> tuple[tuple[str, str], ...]:
    """Instruments of one regime alone each that are two versions of one text.

    They are where the title of the one is the beginning of the other's: `... Convention, draft 1`.
    """
    return tuple(
        (one.id, other.id)
        for one in old.instruments
        for other in new.instruments
        if one.id not in new.by_id and other.id not in old.by_id and _continues(one, other)
    )


def _continues(one: Instrument, other: Instrument) -> bool:
    short, long_ = sorted((one.title.casefold(), other.title.casefold()), key=len)
    return long_.startswith(short) and not long_[len(short) : len(short) + 1].isalnum()
