"""How many people of the population a refutation concerns, or a change from one regime to another.

Each count is an interval with nothing assumed, and a number under the set `ordinary`. People whom
the law cannot tell apart share a record, and a record is evaluated once for each regime, whatever
is asked of it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from comity.agreement.conditions import Condition
from comity.agreement.regimes import Regime
from comity.agreement.values import Truth
from comity.agreement.vocabulary import Vocabulary
from comity.api.brief_notes import sources_of
from comity.api.counting import Count, assumptions_in_words
from comity.api.failing import Failure, Look, Uncounted, failure_of
from comity.api.likeness import Asked, Facts, Likeness
from comity.api.people_counts import PeopleCounts
from comity.api.proof_masses import people_at_once
from comity.api.records import Records
from comity.api.schema_proofs import PeopleModel
from comity.brief.context import SourceNote
from comity.brief.suppression import THRESHOLD
from comity.explain.evaluate import Evaluation
from comity.prove.law import Law
from comity.prove.verdicts import Finding
from comity.world.assumptions import NOTHING, ORDINARY, AssumptionSet
from comity.world.conflict import SOURCE_ID, danger_reading
from comity.world.population import Cell, population

if TYPE_CHECKING:
    from comity.api.verdict_words import Task

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told what is being counted, how many records are done, and how many there are."""

Changes: TypeAlias = Callable[[Evaluation, Evaluation], Truth]
"""What is asked of one record under an old and under a new regime."""

_CELLS_BETWEEN_REPORTS = 2000
_RECORDS_BETWEEN_REPORTS = 50
_MOST_REGIMES = 48


@dataclass(slots=True)
class Alike:
    """People whom nothing that is asked tells apart.

    countries: what is asked of their countries, a number for each library. rest: the number of all
    other facts. signatures: what each regime asks of host and countries, where regimes are asked.
    counted: those whom a sum of persons may count as certain. persons: all of them.
    """

    facts: Facts
    host: str
    countries: tuple[int, ...]
    rest: int
    signatures: tuple[Hashable, ...] = ()
    counted: int = 0
    persons: int = 0

    def count(self, truth: Truth, assumptions: AssumptionSet) -> Count:
        """The count of those of whom something is true, unknown or false."""
        if assumptions is ORDINARY:
            return Count(assumed=self.counted if truth is Truth.TRUE else 0)
        return Count(
            self.counted if truth is Truth.TRUE else 0,
            self.persons if truth is not Truth.FALSE else 0,
        )


@dataclass(frozen=True)
class Asking:
    """What is asked of each record: under which regimes, which conditions, with which facts changed.

    hosts: those whose people are counted; None: all.
    """

    regimes: tuple[Regime, ...]
    also: tuple[Condition, ...] = ()
    changed: Facts = ()
    hosts: frozenset[str] | None = None


RECORD_BY_RECORD = (
    "it compares two persons or follows a life, so each record is asked alone; `comity prove` does"
)
"""Why a count that must be quick leaves a property out."""


class ProofCounts:
    """Counts people on one day under one reading of danger. Make it once: what it learns is kept.

    danger: the reading of conflict data (`person` or `situation`). mirror, cache: where the sources
    are, to tell their state. cells: the people; without them, the population of the world's room.
    """

    def __init__(
        self,
        day: date,
        *,
        mirror: Path | None = None,
        cache: Path | None = None,
        danger: str = "person",
        cells: Sequence[Cell] | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.day, self.reading = day, danger_reading(danger)
        self._mirror, self._cache = mirror, cache
        self._given = cells
        self._tell = progress or (lambda _what, _done, _all: None)
        self._records: list[Records] = []
        self._likenesses: dict[Hashable, Likeness] = {}
        self._alike: dict[Hashable, tuple[Alike, ...]] = {}
        self._asked_of: dict[Hashable, tuple[Alike, ...]] = {}
        self._rests: dict[Facts, int] = {}
        self._evaluations: dict[Hashable, Evaluation] = {}
        self._found: dict[Hashable, tuple[Finding, Count | Uncounted]] = {}
        self._regimes: dict[Hashable, Regime] = {}
        self._laws: dict[int, Law] = {}
        self._tables: dict[int, PeopleCounts] = {}

    # ---- counts ----
    def people_of(
        self, task: Task, finding: Finding, *, everywhere: bool = False, at_once: bool = False
    ) -> Count | Uncounted:
        """The people for whom a refuted property fails, or why nobody is counted.

        A proof that a text states is asked as if the text bound every host. Its people are those of
        the hosts that it binds on the day (of a draft, of all); everywhere: those of every host.
        at_once: what must be asked record by record, which takes minutes under many texts, is left out.
        """
        hosts = None
        if task.owner is not None and not task.owner.is_draft and not everywhere:
            hosts = task.owner.parties_on(self.day)
        asked = (id(finding), task.proof, hosts, at_once, _listed(task.regime))
        if asked not in self._found:  # the finding is kept too, so that it stays the same
            self._found[asked] = finding, self._people_of(task, finding, hosts, at_once)
        return self._found[asked][1]

    def _people_of(
        self, task: Task, finding: Finding, hosts: frozenset[str] | None, at_once: bool
    ) -> Count | Uncounted:
        if len(self._regimes) > _MOST_REGIMES:
            self._forget()
        failure = failure_of(task, finding, self._law)
        if isinstance(failure, Uncounted):
            return failure
        if not failure.held:
            self._tell(f"people: {task.proof.label}", 0, 1)
            regime = failure.regimes[0]
            found = people_at_once(self._masses(regime), task, regime, hosts)
            if found is not None:
                return found
        if at_once:
            return Uncounted(RECORD_BY_RECORD)
        return self.record_by_record(task, failure, hosts)

    def record_by_record(self, task: Task, failure: Failure, hosts: frozenset[str] | None) -> Count:
        """The same by looking at each record through `explain`: slow, and right for every property."""
        regimes = tuple(self._same(regime) for regime in failure.regimes)
        asking = Asking(regimes, failure.also, failure.changed, hosts)
        found = Count()
        for one, assumptions in self._people(asking, f"people: {task.proof.label}"):
            truth = failure.fails(self._look(one, assumptions, asking))
            found += one.count(truth, assumptions)
        return found

    def _masses(self, regime: Regime) -> PeopleCounts:
        """The people as tables, in the words of a regime's vocabulary."""
        words = id(regime.vocabulary)
        if words not in self._tables:
            self._tables[words] = PeopleCounts(
                regime.vocabulary, self.day, self.reading, cells=self._cells
            )
        return self._tables[words]

    def people_for(self, old: Regime, new: Regime, asked: Changes) -> Count:
        """The people of whom something holds that is asked under two regimes."""
        return self.people_for_each(old, new, {"": asked})[""]

    def people_for_each(
        self, old: Regime, new: Regime, asked: Mapping[str, Changes]
    ) -> dict[str, Count]:
        """The same for many questions at once, each record evaluated once under each regime."""
        found = dict.fromkeys(asked, Count())
        for one, assumptions in self._people(Asking((old, new)), f"people under {new.name}"):
            case = self.records(old.vocabulary).case(one.facts, assumptions)
            before, after = Evaluation(old, case), Evaluation(new, case)
            for key, question in asked.items():
                found[key] += one.count(question(before, after), assumptions)
        return found

    def _people(self, asking: Asking, what: str) -> Iterator[tuple[Alike, AssumptionSet]]:
        for assumptions in (NOTHING, ORDINARY):
            every = self._apart(asking, assumptions)
            for done, one in enumerate(every):
                if done % _RECORDS_BETWEEN_REPORTS == 0:
                    self._tell(what, done, len(every))
                yield one, assumptions

    # ---- what the counts rest on ----
    @property
    def assumptions(self) -> str:
        """The set of assumptions and the reading of conflict data, in words."""
        return (
            f"{assumptions_in_words(self.reading)} For a proof that a text states, the people of the "
            "hosts that the text binds are counted; of a draft, those of every host."
        )

    @cached_property
    def sources(self) -> tuple[SourceNote, ...]:
        """The sources of the numbers with their state, hash and defects; none without a cache."""
        if self._cache is None:
            return ()
        used = {SOURCE_ID, *(source for cell in self._cells for source in cell.sources)}
        return tuple(s for s in sources_of(self._mirror, self._cache) if s.id in used)

    @property
    def evaluated(self) -> int:
        """Records evaluated for proofs so far, each regime's own."""
        return len(self._evaluations)

    # ---- evaluations ----
    def _look(self, one: Alike, assumptions: AssumptionSet, asking: Asking) -> Look:
        signatures = {id(r): s for r, s in zip(asking.regimes, one.signatures, strict=True)}

        def look(regime: Regime, changed: Facts) -> Evaluation:
            regime = self._same(regime)
            case = self.records(regime.vocabulary).case(one.facts, assumptions)
            if changed:  # other facts are another proof's: nobody will ask again
                return Evaluation(regime, case.with_facts(dict(changed)))
            asked = (signatures[id(regime)], one.rest, assumptions.name)
            if asked not in self._evaluations:
                self._evaluations[asked] = Evaluation(regime, case)
            return self._evaluations[asked]

        return look

    def _forget(self) -> None:
        """Texts that were edited are other texts; what was learnt of the old ones is let go."""
        for kept in (
            self._evaluations,
            self._regimes,
            self._laws,
            self._likenesses,
            self._alike,
            self._asked_of,
        ):
            kept.clear()

    def _law(self, regime: Regime) -> Law:
        regime = self._same(regime)
        if id(regime) not in self._laws:
            self._laws[id(regime)] = Law(regime, self.day)
        return self._laws[id(regime)]

    def _same(self, regime: Regime) -> Regime:
        """One regime for all that read the same texts alike, so that they share their records."""
        asked = (
            tuple(id(instrument) for instrument in regime.instruments),
            id(regime.library),
            regime.for_every_host,
            tuple(sorted(regime.readings.items())),
            tuple(sorted(regime.parameters.items())),
        )
        return self._regimes.setdefault(asked, regime)

    # ---- people who are alike ----
    def records(self, vocabulary: Vocabulary) -> Records:
        """The records of the population in the words of a vocabulary."""
        for records in self._records:
            if records.vocabulary is vocabulary or records.vocabulary == vocabulary:
                return records
        self._records.append(Records(vocabulary, self.day, self.reading))
        return self._records[-1]

    @cached_property
    def _cells(self) -> tuple[Cell, ...]:
        return population() if self._given is None else tuple(self._given)

    def _likeness(self, regime: Regime, also: tuple[Condition, ...]) -> Likeness:
        """What tells hosts and countries apart by a library's texts, and by what is asked besides."""
        for asked, extra in ((id(regime.library), ()), ((id(regime.library), also), also)):
            if asked not in self._likenesses:
                records = self.records(regime.vocabulary)
                self._likenesses[asked] = Likeness(records, regime.library, extra)
            if self._likenesses[asked].knows(also):
                break
        return self._likenesses[asked]

    def _apart(self, asking: Asking, assumptions: AssumptionSet) -> tuple[Alike, ...]:
        """The people by what is asked of them."""
        of = {id(r.library): self._likeness(r, asking.also) for r in asking.regimes}
        asked = tuple(
            (number, of[library].asked(regime, asking.also))
            for regime in asking.regimes
            for number, library in enumerate(of)
            if library == id(regime.library)
        )
        moves = any(self._records[0].is_country(path) for path, _ in asking.changed)
        changed = asking.changed if moves else ()
        key = (asked, asking.hosts, changed, assumptions.name)
        if key not in self._asked_of:
            every = self._by_library(tuple(of.values()), assumptions)
            self._asked_of[key] = tuple(
                _merged(every, tuple(of.values()), asked, asking.hosts, changed, assumptions)
            )
        return self._asked_of[key]

    def _by_library(
        self, likenesses: tuple[Likeness, ...], assumptions: AssumptionSet
    ) -> tuple[Alike, ...]:
        """The people by host and by what libraries ask of them, once for all of their regimes."""
        asked = (*(id(likeness) for likeness in likenesses), assumptions.name)
        if asked not in self._alike:
            records = likenesses[0].records
            kept: dict[int, Alike] = {}
            found: dict[Hashable, Alike] = {}
            for number, cell in enumerate(self._cells):
                if number % _CELLS_BETWEEN_REPORTS == 0:
                    self._tell(f"records, {assumptions.name} assumed", number, len(self._cells))
                facts = records.facts(cell, assumptions)
                if id(facts) not in kept:  # the records keep them, so that they stay the same
                    countries = tuple(x.countries(facts, assumptions) for x in likenesses)
                    others = tuple((k, v) for k, v in facts if not records.is_country(k))
                    rest = self._rests.setdefault(others, len(self._rests))
                    one = Alike(facts, cell.host, countries, rest)
                    kept[id(facts)] = found.setdefault((cell.host, countries, rest), one)
                kept[id(facts)].counted += cell.persons if cell.is_certain else 0
                kept[id(facts)].persons += cell.persons
            self._alike[asked] = tuple(found.values())
        return self._alike[asked]


def _merged(
    every: Sequence[Alike],
    likenesses: Sequence[Likeness],
    asked: Sequence[tuple[int, Asked]],
    hosts: frozenset[str] | None,
    changed: Facts,
    assumptions: AssumptionSet,
) -> Iterator[Alike]:
    """The people of some hosts by what regimes ask of them, as they are and with facts changed.

    asked: what each regime asks, with the number of its library.
    """
    found: dict[Hashable, Alike] = {}
    for one in every:
        if hosts is not None and one.host not in hosts:
            continue
        now = tuple(_signed(likenesses[n], a, one.host, one.countries[n]) for n, a in asked)
        then = tuple(
            _signed(
                likenesses[n],
                a,
                one.host,
                likenesses[n].countries(one.facts, assumptions, changed),
            )
            for n, a in asked
            if changed
        )
        fresh = Alike(one.facts, one.host, one.countries, one.rest, now)
        kept = found.setdefault((now, then, one.rest), fresh)
        kept.counted += one.counted
        kept.persons += one.persons
    yield from found.values()


def _signed(likeness: Likeness, asked: Asked, host: str, countries: int) -> Hashable:
    """A signature, told from those of another likeness."""
    return id(likeness), likeness.signature(asked, host, countries)


def _listed(regime: Regime) -> Hashable:
    """What texts list of hosts: a finding may stay while it changes, but not a count."""
    return tuple(
        (i.id, i.parties, i.reservations, i.declarations, i.exercised)
        for i in regime.library.values()
    )


# ---- as shown ----
def people_model(found: Count) -> PeopleModel:
    """A count as it may be shown: with a number from 1 to 9 in it, none is given."""
    numbers = (found.certain, found.possible, found.assumed)
    if any(0 < number < THRESHOLD for number in numbers):
        return PeopleModel(certain=0, possible=0, assumed=0, suppressed=True)
    return PeopleModel(certain=found.certain, possible=found.possible, assumed=found.assumed)
