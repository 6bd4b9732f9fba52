"""The reading room: an instrument on a day, with all that the library knows of each article.

Belongs here: putting together prose, statements, references, parties, versions and people, each of
which has a module of its own (`reading_*`). Does not belong here: a page, or a terminal's lines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from comity.agreement.instruments import Instrument
from comity.agreement.regimes import Regime
from comity.agreement.statements import CaseStatement
from comity.api import library as shelf
from comity.api.checking import check
from comity.api.reading_parties import parties_model
from comity.api.reading_passages import Passage, passages_of
from comity.api.reading_references import References
from comity.api.reading_statements import Shelf, statement_model
from comity.api.reading_verdicts import asked, verdict_of
from comity.api.reading_versions import Descent, descents_of, pairs_of
from comity.api.schema_reading import (
    GivenModel,
    PartModel,
    PassageModel,
    ReadingModel,
    VersionModel,
)
from comity.language.resolved import Library

Progress = Callable[[str, int, int], None]
CLAIM = (
    "The prose is the encoding's own account of a text, not the authentic text; rules are read of "
    "this encoding, with its doubts. Verdicts of proofs stand as the text states them: `comity "
    "prove` asks them again."
)


@dataclass
class Room:
    """The library as it is read on a day. cache: the user's folder, for verdicts of `compare`.

    people: by key of a guarantee, where somebody had them counted already (a dossier); told: the
    regime, day and set of those counts, in words.
    """

    day: date
    library: Library = field(default_factory=shelf.packaged)
    cache: Path | None = None
    progress: Progress | None = None
    people: Mapping[str, GivenModel] = field(default_factory=dict)
    told: str = ""

    @cached_property
    def references(self) -> References:
        """Who names whom in the whole library."""
        return References(self.library.instruments)

    @cached_property
    def regime(self) -> Regime:
        """Every instrument together, drafts too: for exceptions across texts, not for a position."""
        return Regime(
            "library",
            tuple(self.library.instruments.values()),
            self.library.vocabulary,
            self.library.instruments,
        )

    @property
    def is_packaged(self) -> bool:
        """Whether the library is the packaged one, with no file of a user's own."""
        return self.library is shelf.packaged()

    # ---- what takes a while ----
    def run_cases(
        self, names: Sequence[str], article: str = ""
    ) -> Mapping[tuple[str, int], tuple[str, ...]]:
        """What each case of some instruments gives instead of what it expects; nothing: it passed.

        article: only the cases beside it. What is known to pass on the day is not run again.
        """
        if self.is_packaged and shelf.all_cases_passed(self.day) is not None:
            return {
                (name, made.span.line): ()
                for name in names
                for made in self.library.instruments[name].statements
                if isinstance(made, CaseStatement)
            }
        found: dict[tuple[str, int], tuple[str, ...]] = {}
        for name in names:
            self._tell(f"cases of {name}")
            for run in check(self._only(name, article), [name], on=self.day).runs:
                gives = [outcome.gives for outcome in run.outcomes if not outcome.met]
                if run.impossible:
                    gives.append("its facts go together in no possible world")
                found[name, run.case.span.line] = tuple(gives)
        return found

    def _only(self, name: str, article: str) -> Library:
        """The library with an instrument's cases beside one article alone; all, if none is named."""
        instrument = self.library.instruments[name]
        found = instrument.article(article)
        if found is None:
            return self.library
        kept = tuple(
            made
            for made in instrument.statements
            if not isinstance(made, CaseStatement) or made.span.article == found.heading
        )
        changed = {**self.library.instruments, name: replace(instrument, statements=kept)}
        return replace(self.library, instruments=changed)

    def count_people(self, names: Sequence[str]) -> None:
        """Counts the people of today's law once, and of each draft among the names beside it."""
        drafts = [n for n in names if self.library.instruments[n].is_draft]
        from comity.api.reading_people import people_of

        self.people = people_of(
            drafts, on=self.day, law=len(drafts) < len(names), progress=self.progress
        )
        self.told = (
            f"People of the world's population in 2024 to whom a guarantee gives something under all "
            f"encoded law of {self.day.isoformat()}, a draft counted beside it as in force for those "
            "it is meant for. Certain and possible assume nothing; the third number is under the set "
            "`ordinary`."
        )

    # ---- an instrument ----
    def reading(
        self,
        name: str,
        *,
        article: str = "",
        cases: bool = True,
        compare: bool = False,
        outcomes: Mapping[tuple[str, int], tuple[str, ...]] | None = None,
    ) -> ReadingModel:
        """An instrument, or one article of it. article: its id. compare: asks for verdicts not kept.

        cases: whether they are run, where no outcomes are handed in. Raises ComityError.
        """
        instrument = self.library.instruments[name]
        if outcomes is None:
            outcomes = self.run_cases([name], article) if cases else {}
        on_shelf = Shelf(self.regime, self.day, outcomes, self.people)
        document = self.library.documents[name]
        passages = [
            one for one in passages_of(instrument, document) if article in ("", one.article)
        ]
        return ReadingModel(
            file=document.file,
            adopted=_iso(instrument.adopted),
            review_by=_iso(instrument.review_by),
            contested=instrument.contested,
            accountability=dict(instrument.accountability),
            elements=dict(instrument.elements),
            beside=instrument.with_,
            beside_of=tuple(
                other.id for other in self.library.instruments.values() if name in other.with_
            ),
            passages=tuple(self._passage(instrument, one, on_shelf) for one in passages),
            refers_to=self.references.between(name, outward=True),
            referred_by=self.references.between(name, outward=False),
            parties=parties_model(instrument, self.day, self.library.vocabulary),
            versions=tuple(
                self._version(pair, name, article, compare=compare) for pair in descents_of(name)
            ),
            people=self.told,
            notes=tuple(self._notes(instrument)),
            claim=CLAIM,
        )

    def _passage(self, instrument: Instrument, made: Passage, on_shelf: Shelf) -> PassageModel:
        key = self.references.article_key(instrument.id, made.article)
        is_article = bool(made.article)
        return PassageModel(
            id=made.article,
            heading=made.heading,
            level=made.level,
            line=made.line,
            parts=tuple(
                PartModel(
                    prose=part.prose,
                    statements=tuple(
                        statement_model(instrument, one, on_shelf) for one in part.statements
                    ),
                )
                for part in made.parts
            ),
            refers_to=self.references.from_.get(key, ()) if is_article else (),
            referred_by=self.references.to.get(key, ()) if is_article else (),
        )

    def _version(self, pair: Descent, name: str, article: str, *, compare: bool) -> VersionModel:
        known = self.library.instruments
        verdict = verdict_of(pair, self.library, self.cache)
        if compare and not verdict.run:
            verdict = asked(pair, self.library, self.cache, on=self.day, progress=self.progress)
        old, new = known[pair.old], known[pair.new]
        pairs = pairs_of(old, new, self.library.vocabulary)
        if article:
            side = "old" if name == pair.old else "new"
            pairs = tuple(one for one in pairs if getattr(one, side) == article)
        return VersionModel(
            old=pair.old,
            old_title=old.title,
            new=pair.new,
            new_title=new.title,
            relation=pair.relation,
            evidence=pair.evidence,
            pairs=pairs,
            verdict=verdict,
        )

    def _notes(self, instrument: Instrument) -> list[str]:
        notes = []
        if not instrument.force.binds:
            notes.append("It binds nobody: its rules bound no position and give nobody anything.")
        if instrument.is_draft:
            notes.append("A draft: it is law nowhere.")
        if instrument.ended is not None and instrument.ended <= self.day:
            notes.append(f"It ended on {instrument.ended.isoformat()}.")
        if instrument.in_force is not None and self.day < instrument.in_force:
            notes.append(f"It is in force from {instrument.in_force.isoformat()}.")
        if not self.people:
            notes.append("People were not counted here: --people counts them.")
        return notes

    def _tell(self, what: str) -> None:
        if self.progress is not None:
            self.progress(what, 0, 1)


def _iso(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
