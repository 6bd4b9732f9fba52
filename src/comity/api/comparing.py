"""`compare` for a user: from the names of two regimes to regions, persons and what is proved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from comity.agreement.regimes import Regime
from comity.api.cautions import warnings_of
from comity.api.changes import Seen, any_of, both, changed, none_of, within
from comity.api.compared_words import (
    claim_of,
    coverage_of,
    notes_of,
    person_model,
    readings_of,
    region_model,
)
from comity.api.counting import Count
from comity.api.proof_counts import people_model
from comity.api.proving import Progress, Session
from comity.api.regimes import Read, read_regime, refuse_unheld
from comity.api.replaying import NotReplayed
from comity.api.schema_compare import (
    CompareDocument,
    ComparedRegimeModel,
    ComparedRightModel,
    LevelLostModel,
)
from comity.api.schema_proofs import PeopleModel
from comity.api.witnesses import Persons, Witness, had
from comity.language.faults import ComityError, Fault, nearest
from comity.prove.comparison import Answer, Compared, Comparison, versions
from comity.prove.law import Law
from comity.prove.regions import Change, Region
from comity.prove.solvers import Limits
from comity.prove.verdicts import Finding, Verdict

_PLAIN = 4
"""Facts that are not ordinary, host and nationality among them, up to which a person who was found
for one region also serves as the person of another."""


class Counts(Protocol):
    """How people of the population are counted (`proof_counts.ProofCounts`)."""

    @property
    def assumptions(self) -> str:
        """The set of assumptions, in words."""

    def people_for_each(
        self, old: Regime, new: Regime, asked: Mapping[str, Seen]
    ) -> Mapping[str, Count]:
        """How many people each question holds of, asked of both evaluations of one record.

        Keys: `better`, `worse`, `both`, `same`; `CHANGE RIGHT`; `CHANGE RIGHT NORM LEVEL`.
        """


@dataclass
class Work:
    """One comparison under way: what was found of each right, and the persons who show it."""

    comparison: Comparison
    persons: Persons
    found: list[Compared] = field(default_factory=list)
    both: Finding | None = None

    # ---- asking ----
    def run(self, rights: Sequence[str], progress: Progress | None) -> None:
        """Asks of every right, then looks for a person in each region that is inhabited."""
        for done, right in enumerate(rights):
            if progress is not None:
                progress(right, done, 2 * len(rights) + 1)
            self.found.append(self.comparison.look(right))
        for done, compared in enumerate(self.found, len(rights)):
            if progress is not None:
                progress(f"{compared.right}: persons", done, 2 * len(rights) + 1)
            self._show(compared)
        if progress is not None:
            progress("both better and worse", 2 * len(rights), 2 * len(rights) + 1)
        self._ask_both()

    def _show(self, compared: Compared) -> None:
        for inhabited in compared.regions:
            region = inhabited.region
            question = within(region)
            known = self.persons.plainest(question)
            if known is None or known.unusual > _PLAIN:
                self._find(self.comparison.somebody(region), question, str(region.node))
        for rank in compared.lost:
            question = had(compared.right, rank)
            if self.persons.plainest(question) is None:
                found = self.comparison.reaches(compared.right, rank)
                self._find(found, question, compared.right)

    def _ask_both(self) -> None:
        """Only where some right is better and some worse, so that nobody is asked for in vain."""
        for change in (Change.BETTER, Change.WORSE):
            if self.answer(change) is Answer.NOBODY:
                self.both = Finding(Verdict.PROVED)
                return
        rights = [compared.right for compared in self.found]
        self.both = self.comparison.both(rights)
        if self.both.verdict is Verdict.REFUTED:
            self._find(self.both, self.both_seen(), "both")

    def _find(self, finding: Finding, question: Seen, what: str) -> None:
        """Replays a person found. Raises NotReplayed where `explain` does not see the change."""
        if finding.verdict is Verdict.PROVED:
            raise NotReplayed(f"{what}: somebody was found, and then nobody")
        if finding.person is not None and not self.persons.add(finding.person).shows(question):
            raise NotReplayed(f"{what}: explain does not see what the solver saw")

    # ---- answers ----
    def both_seen(self) -> Seen:
        """NEW guarantees more of one right and less of another."""
        sides = (
            [c.right for c in self.found if c.answers[change] is not Answer.NOBODY]
            for change in (Change.BETTER, Change.WORSE)
        )
        return both(*sides)

    def answer(self, change: Change) -> Answer:
        """Whether a change comes to anybody on any right."""
        answers = {compared.answers[change] for compared in self.found}
        for answer in (Answer.SOME, Answer.UNKNOWN):
            if answer in answers:
                return answer
        return Answer.NOBODY

    @property
    def answer_both(self) -> Answer:
        """Whether NEW is better for somebody on one right and worse on another."""
        assert self.both is not None
        return {
            Verdict.PROVED: Answer.NOBODY,
            Verdict.REFUTED: Answer.SOME,
            Verdict.UNKNOWN: Answer.UNKNOWN,
        }[self.both.verdict]

    def chosen(self) -> Mapping[object, Witness | None]:
        """For each region, level lost and for `both` the plainest person of all that were found."""
        chosen: dict[object, Witness | None] = {}
        for compared in self.found:
            for inhabited in compared.regions:
                chosen[inhabited.region] = self.persons.plainest(within(inhabited.region))
            for rank in compared.lost:
                chosen[compared.right, rank] = self.persons.plainest(had(compared.right, rank))
        if self.answer_both is Answer.SOME:
            chosen["both"] = self.persons.plainest(self.both_seen())
        return chosen


# ---- the two sides ----
def read_sides(
    old: str, new: str, readings: Mapping[str, str] | None = None
) -> tuple[Read, Read, str]:
    """The two regimes, and a note where one was read beside the instruments of the other.

    A draft compared with a list that has another draft and instruments in force is read beside
    those instruments too: two versions of a text are compared under the same law. Raises ComityError.
    """
    sides = [read_regime(words, readings=readings) for words in (old, new)]
    for own, other in ((0, 1), (1, 0)):
        mine, theirs = sides[own].regime, sides[other].regime
        beside = [i.id for i in theirs.instruments if not i.is_draft]
        are_drafts = all(i.is_draft for i in mine.instruments)
        if are_drafts and beside and len(beside) < len(theirs.instruments):
            words = (old, new)[own]
            joined = read_regime(",".join((*beside, words)), readings=readings)
            sides[own] = replace(joined, regime=replace(joined.regime, name=words))
            note = f"{words} is a draft alone; it is read beside the instruments in force of {theirs.name}."
            return sides[0], sides[1], note
    return sides[0], sides[1], ""


def _rights(named: Sequence[str], regime: Regime) -> tuple[str, ...]:
    """The rights named; all, if none are. Raises ComityError (E201)."""
    known = regime.vocabulary.rights
    for name in named:
        if name not in known:
            guess = nearest(name, known)
            raise ComityError(
                Fault(
                    "E201",
                    f"`{name[:40]}` is not a right",
                    possible=f"rights: {', '.join(known)}",
                    suggestion=f"did you mean `{guess}`?" if guess else "name one of these",
                )
            )
    return tuple(right for right in known if not named or right in named)


def compare(
    old: str,
    new: str,
    *,
    on: date,
    readings: Mapping[str, str] | None = None,
    rights: Sequence[str] = (),
    cross_check: bool = False,
    seconds: float = 20.0,
    counts: Counts | None = None,
    progress: Progress | None = None,
) -> CompareDocument:
    """For whom NEW is better, worse, both or the same than OLD, right by right.

    old, new: ids, paths and named lists, separated by commas. rights: only these; all, if none.
    seconds: what one question may take. counts: who counts people; None leaves them out.
    Raises ComityError.
    """
    first, second, note = read_sides(old, new, readings)
    return compare_sides(
        first.regime, second.regime, on=on, note=note, rights=rights, cross_check=cross_check,
        seconds=seconds, counts=counts, progress=progress,
    )  # fmt: skip


def compare_sides(
    old: Regime,
    new: Regime,
    *,
    on: date,
    note: str = "",
    rights: Sequence[str] = (),
    cross_check: bool = False,
    seconds: float = 20.0,
    counts: Counts | None = None,
    progress: Progress | None = None,
) -> CompareDocument:
    """The same of two regimes as they were made. note: how the sides were read, if in a special way.

    Raises ComityError (E201, E451).
    """
    began = time.perf_counter()
    for side in (old, new):
        refuse_unheld(side, on)
    chosen_rights = _rights(rights, new)
    with Session(cross_check, Limits(seconds=seconds), needs=False) as session:
        laws = (Law(old, on, tag="old "), Law(new, on, tag="new "))
        work = Work(Comparison(session.prover, *laws, versions(old, new)), Persons(old, new))
        work.run(chosen_rights, progress)
        engines = session.prover.engines
    people = {} if counts is None else _counted(work, counts)
    document = _document(work, on, note, engines, people, time.perf_counter() - began)
    return document.model_copy(update={"assumptions": counts.assumptions if counts else ""})


def _counted(work: Work, counts: Counts) -> Mapping[str, PeopleModel]:
    """People by question. What is proved to come to nobody is not asked of records half known."""
    open_ = [
        (change, compared.right)
        for compared in work.found
        for change, answer in compared.answers.items()
        if answer is not Answer.NOBODY
    ]
    asked: dict[str, Seen] = {
        "better": any_of(one for one in open_ if one[0] is Change.BETTER),
        "worse": any_of(one for one in open_ if one[0] is Change.WORSE),
        "both": work.both_seen() if work.answer_both is not Answer.NOBODY else any_of(()),
        "same": none_of(open_),
    }
    asked |= {f"{change} {right}": changed(change, right) for change, right in open_}
    for compared in work.found:
        for inhabited in compared.regions:
            asked[key_of(inhabited.region)] = within(inhabited.region)
    found = counts.people_for_each(work.persons.old, work.persons.new, asked)
    return {key: people_model(count) for key, count in found.items()}


def key_of(region: Region) -> str:
    """The key under which the people of a region are counted."""
    level = getattr(region.level, "path", region.level)
    return f"{region.change} {region.right} {region.node} {level}"


# ---- the document ----
def _document(
    work: Work,
    on: date,
    note: str,
    engines: tuple[str, ...],
    people: Mapping[str, PeopleModel],
    seconds: float,
) -> CompareDocument:
    old, new = work.persons.old, work.persons.new
    chosen = work.chosen()
    told: dict[Witness, dict[str, None]] = {}
    for asked, witness in chosen.items():
        if witness is not None:
            told.setdefault(witness, {}).update(dict.fromkeys(_rights_of(asked, witness, work)))
    numbers = {witness: number for number, witness in enumerate(told, 1)}

    def number(asked: object) -> int | None:
        witness = chosen.get(asked)
        return None if witness is None else numbers[witness]

    rights = tuple(_right_model(c, work, number, people) for c in work.found)
    return CompareDocument(
        old=_side(old),
        new=_side(new),
        date=on.isoformat(),
        better=work.answer(Change.BETTER),
        worse=work.answer(Change.WORSE),
        both=work.answer_both,
        both_person=number("both"),
        same=tuple(compared.right for compared in work.found if compared.is_same),
        rights=rights,
        persons=tuple(
            person_model(w, numbers[w], tuple(rs), work.comparison) for w, rs in told.items()
        ),
        people={k: people[k] for k in ("better", "worse", "both", "same") if k in people},
        engines=engines,
        coverage=coverage_of(old, new),
        reading=readings_of(old, new, on),
        notes=(*((note,) if note else ()), *notes_of(work.comparison)),
        warnings=tuple(dict.fromkeys((*warnings_of(old, on), *warnings_of(new, on)))),
        claim=claim_of(work.comparison, engines, on),
        seconds=seconds,
    )


def _rights_of(asked: object, witness: Witness, work: Work) -> Iterator[str]:
    """The rights on which a person shows what was asked."""
    match asked:
        case Region(right=right) | (str(right), int()):
            yield right
        case _:
            for compared in work.found:
                for change in (Change.WORSE, Change.BETTER):
                    if witness.shows(changed(change, compared.right)):
                        yield compared.right


def _side(regime: Regime) -> ComparedRegimeModel:
    return ComparedRegimeModel(
        name=regime.name,
        instruments={i.id: i.title for i in regime.instruments},
        for_every_host=tuple(i.id for i in regime.instruments if i.id in regime.for_every_host),
    )


def _right_model(
    compared: Compared,
    work: Work,
    number: Callable[[object], int | None],
    people: Mapping[str, PeopleModel],
) -> ComparedRightModel:
    right = work.persons.new.vocabulary.rights[compared.right]
    regions = (
        region_model(inhabited, work.comparison).model_copy(
            update={
                "person": number(inhabited.region),
                "people": people.get(key_of(inhabited.region)),
            }
        )
        for inhabited in compared.regions
    )
    counted = {change.value: people.get(f"{change} {compared.right}") for change in Change}
    return ComparedRightModel(
        right=compared.right,
        meaning=right.meaning.text if right.meaning else "",
        better=compared.answers[Change.BETTER],
        worse=compared.answers[Change.WORSE],
        more_room=compared.answers[Change.MORE_ROOM],
        less_room=compared.answers[Change.LESS_ROOM],
        same=compared.is_same,
        by_absence=compared.by_absence,
        regions=tuple(regions),
        lost=tuple(
            LevelLostModel(
                right=compared.right,
                level=right.name_of(rank),
                person=number((compared.right, rank)),
            )
            for rank in compared.lost
        ),
        lost_answer=compared.lost_answer,
        gained=tuple(right.name_of(rank) for rank in compared.gained),
        limit=compared.limit,
        people={change: found for change, found in counted.items() if found is not None},
    )
