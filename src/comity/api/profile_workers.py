"""An invented worker in each corridor of a setting, year by year, with the job and without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np

from comity.agreement.lexicon_of_rights import MORE_THAN_LABOUR
from comity.api.profile_corridors import Invented
from comity.api.profile_shown import Shown, people_figure
from comity.api.schema_profile import Cell, FigureModel, ProfileTableModel
from comity.api.telling import article_model
from comity.count.suppression import MIN_CELL
from comity.profile.commodification import (
    EMANCIPATED,
    THRESHOLDS,
    Guaranteed,
    Mask,
    emancipated,
    labour_alone,
    level_falls,
    rank_of,
)
from comity.profile.discretion import deciding
from comity.profile.persons import JOB_LOST, Facts, Person, in_words, temporary_worker, worker

YEARS = {6: "first", 30: "third", 54: "fifth"}
"""Months of lawful work in the middle of a year, and which year it is."""
COMPLETED = {12: "one year", 36: "three years", 60: "five years"}
"""Months by which years are complete: the terms that most ladders name."""
_NO_MEANS: Facts = {"means.lost": True, "means.sufficient": False, "means.needy": True}
LOSSES: dict[str, tuple[str, Facts]] = {
    "seven_months": ("seven months without work", {**JOB_LOST, "work.unemployed": 7}),
    "by_choice": ("the job given up by choice", {**JOB_LOST, "work.left_by_choice": True}),
    "unregistered": ("not registered as seeking work", {**JOB_LOST, "work.registered": False}),
    "means": ("no means left beside", {**JOB_LOST, **_NO_MEANS}),
    "worst": (
        "given up by choice, not registered, no means left, seven months without work",
        {
            **JOB_LOST,
            **_NO_MEANS,
            "work.unemployed": 7,
            "work.left_by_choice": True,
            "work.registered": False,
        },
    ),
}
"""Other ways to lose a job."""
VARIED = (6, 54)
"""Months of work after which the other ways are asked of."""


Test: TypeAlias = Callable[[Guaranteed, Guaranteed], Mask]
"""What is asked of a worker's levels, with the job and without it."""


class Workers(Invented):
    """A worker in each corridor."""

    @property
    def rights(self) -> tuple[str, ...]:
        """Those of the emancipated, and those that must go with labour."""
        asked = {*EMANCIPATED, *MORE_THAN_LABOUR}
        return tuple(right for right in self.setting.under.rights if right in asked)

    @cached_property
    def persons(self) -> tuple[Person, ...]:
        """Every worker that is asked of: each year, with the job and without it, and the variants."""
        kept = [worker(months) for months in (*YEARS, *COMPLETED)]
        kept += [temporary_worker(months) for months in YEARS]
        lost = [p.with_facts(f"{p.id}.lost", f"{p.title}, the job lost", JOB_LOST) for p in kept]
        others = [
            p.with_facts(f"{p.id}.{name}", f"{p.title}, {title}", facts)
            for p in map(worker, VARIED)
            for name, (title, facts) in LOSSES.items()
        ]
        return (*kept, *lost, *others)

    def guaranteed(self, name: str) -> tuple[Guaranteed, Guaranteed]:
        """The same as levels, with no power used and with all of them."""
        tops = {n: right.top for n, right in self.setting.regime.vocabulary.rights.items()}
        found = self.found[name]
        made = [Guaranteed(one, self.corridors.size, tops) for one in (found.unused, found.used)]
        return made[0], made[1]

    def asked(self, before: str, after: str, test: Test) -> tuple[Mask, Mask]:
        """In which corridors something surely and possibly holds of a person, and of another."""
        pairs = zip(self.guaranteed(before), self.guaranteed(after), strict=True)
        unused, used = (test(of, then) for of, then in pairs)
        return unused & used, unused | used

    def rank(self, right: str, level: str) -> int:
        """The rank of a level."""
        return rank_of(self.setting.regime.vocabulary, right, level)

    def articles(self, name: str, right: str, mask: Mask) -> dict[str, int]:
        """The norms by which a worker has a right in some corridors, with the people of those."""
        found = self.found[name].unused.rights.get(right)
        if found is None:
            return {}
        persons = self.corridors.counted * mask
        return deciding(found.by, persons, self.evaluator.units(right))


# ---- what is measured of one worker ----
@dataclass(frozen=True)
class _Measure:
    """One thing that is asked of a worker with the job, and of the same with the job lost."""

    name: str
    title: str
    right: str
    test: Test


def _measures(workers: Workers) -> Iterator[_Measure]:
    rights = [r for r in MORE_THAN_LABOUR if r in workers.setting.regime.vocabulary.rights]
    for level in THRESHOLDS:
        rank = workers.rank("work", level)
        yield _Measure(
            f"open.{level}",
            f"work of at least {level} is guaranteed",
            "work",
            _reaching("work", rank),
        )
        yield _Measure(
            f"alone.{level}",
            f"work of at least {level} is guaranteed without all the rights that go with it",
            "work",
            _alone(rank, rights),
        )
    temporary = workers.rank("stay", "temporary")
    yield _Measure(
        "stay",
        "a stay of at least temporary is guaranteed",
        "stay",
        _reaching("stay", temporary),
    )
    for right in ("stay", "work"):
        yield _Measure(
            f"lost.{right}",
            f"the guaranteed level of {right} falls when the job is lost",
            right,
            _falling(right),
        )
        yield _Measure(
            f"gained.{right}",
            f"more {right} is guaranteed once the job is lost than before",
            right,
            _rising(right),
        )
    ranks = {right: workers.rank(right, level) for right, level in EMANCIPATED.items()}
    yield _Measure(
        "emancipated",
        "work any, the rights that go with it, a local vote and a long-term stay are guaranteed",
        "work",
        lambda of, _after: emancipated(of, ranks, rights),
    )


_TOLD = ("open.same_employer", "alone.same_employer", "lost.stay", "lost.work", "emancipated")


def worker_figures(workers: Workers, sources: tuple[str, ...]) -> Iterator[FigureModel]:
    """Of a worker in the first, third and fifth year."""
    if not workers.corridors.size:
        return
    for months, year in YEARS.items():
        who = f"a worker in the {year} year"
        yield from _told(workers, f"worker_{months}", who, _TOLD, sources)


def _told(
    workers: Workers, name: str, who: str, names: Sequence[str], sources: tuple[str, ...]
) -> Iterator[FigureModel]:
    for one in _measures(workers):
        if one.name not in names:
            continue
        surely, possibly = workers.asked(name, f"{name}.lost", one.test)
        by = workers.articles(name, one.right, possibly)
        # where nobody is, the norms that could give it
        articles = by or dict.fromkeys(
            workers.evaluator.units(one.right) if one.right in workers.setting.under.rights else ()
        )
        yield people_figure(
            f"commodification.{name}.{one.name}",
            f"People in corridors in which of {who} {one.title}",
            workers.corridors.weighed(surely, possibly),
            articles=articles,
            evidence=f"{int(np.count_nonzero(surely))} to {int(np.count_nonzero(possibly))} of "
            f"{workers.corridors.size} corridors; an invented worker",
            sources=sources,
        )


def worker_tables(workers: Workers) -> Iterator[ProfileTableModel]:
    """Year by year, what is lost by article, what is missing, and who the workers are."""
    if not workers.corridors.size:
        return
    yield _by_year(workers)
    lost = list(_lost_by_article(workers))
    if lost:
        yield ProfileTableModel(
            id="commodification.workers_lost",
            title="What a worker's lost job takes, by the article that gave it",
            columns=(
                "months of work",
                "how the job was lost",
                "right",
                "norm",
                "article",
                "people of those corridors",
            ),
            rows=tuple(lost),
            hidden=sum(row[-1] is None for row in lost),
        )
    yield _missing(workers)
    vocabulary = workers.setting.regime.vocabulary
    yield ProfileTableModel(
        id="commodification.persons",
        title="The invented workers",
        columns=("person", "who", "facts"),
        rows=tuple((p.id, p.title, in_words(vocabulary, p.facts)) for p in workers.persons),
        note="a national of the corridor's origin, of whom all else is ordinary",
    )


def _by_year(workers: Workers) -> ProfileTableModel:
    rows: list[tuple[Cell, ...]] = []
    hidden = 0
    asked = [
        (who, year, f"{kind}_{months}")
        for kind, who in (("worker", "a worker"), ("temporary", "of a temporary programme"))
        for months, year in YEARS.items()
    ]
    for who, year, name in asked:
        for one in _measures(workers):
            surely, possibly = workers.asked(name, f"{name}.lost", one.test)
            found: Shown = workers.corridors.weighed(surely, possibly)
            hidden += found.hidden
            corridors = int(np.count_nonzero(surely)), int(np.count_nonzero(possibly))
            people = found.certain, found.possible
            rows.append((who, year, one.title, *people, *_shares(found), *corridors))
    return ProfileTableModel(
        id="commodification.workers",
        title="A worker in each corridor, by year of work",
        columns=(
            "worker",
            "year of work",
            "what holds of the worker",
            "people of those corridors, certain",
            "people of those corridors, possible",
            "share, certain",
            "share, possible",
            "corridors, certain",
            "corridors, possible",
        ),
        rows=tuple(rows),
        note=f"{workers.corridors.size} corridors with a known origin, {workers.corridors.people} "
        "people; shares are of people",
        hidden=hidden,
    )


def _shares(found: Shown) -> tuple[float | None, float | None]:
    """Certain and possible people as shares of those of all corridors."""
    if found.certain is None or found.possible is None or not found.of:
        return None, None
    return round(found.certain / found.of, 4), round(found.possible / found.of, 4)


def _lost_by_article(workers: Workers) -> Iterator[tuple[Cell, ...]]:
    """Each way to lose the job, and the norms that gave what it takes."""
    regime = workers.setting.regime
    ways = [
        (months, "one month ago, not by choice", f"worker_{months}", f"worker_{months}.lost")
        for months in YEARS
    ]
    ways += [
        (months, title, f"worker_{months}", f"worker_{months}.{name}")
        for months in VARIED
        for name, (title, _) in LOSSES.items()
    ]
    for months, how, before, after in ways:
        for right in ("stay", "work"):
            _, possibly = workers.asked(before, after, _falling(right))
            for key, number in workers.articles(before, right, possibly).items():
                told = article_model(key, regime)
                article = f"{regime.instrument_of(key).title}, {told.article}"
                people = number if number >= MIN_CELL else None
                yield months, how, right, key, article, people


def _falling(right: str) -> Test:
    return lambda before, after: level_falls(before, after, right)


def _rising(right: str) -> Test:
    return lambda of, after: level_falls(after, of, right)


def _reaching(right: str, rank: int) -> Test:
    return lambda of, _after: of.lower(right) >= rank


def _alone(rank: int, rights: Sequence[str]) -> Test:
    return lambda of, _after: labour_alone(of, rank, rights)


def _missing(workers: Workers) -> ProfileTableModel:
    """What stands between a worker in the fifth year, and after five years, and emancipation."""
    asked = {**dict.fromkeys(MORE_THAN_LABOUR, ""), **EMANCIPATED}
    rights = workers.setting.regime.vocabulary.rights
    rows: list[tuple[Cell, ...]] = []
    for months in (54, 60):
        for right, level in asked.items():
            if right not in rights:
                continue
            rank = workers.rank(right, level) if level else 1
            unused, used = (
                of.lower(right) >= rank for of in workers.guaranteed(f"worker_{months}")
            )
            found = workers.corridors.weighed(unused & used, unused | used)
            people = found.certain, found.possible
            rows.append((months, right, rights[right].name_of(rank), *people, *_shares(found)))
    return ProfileTableModel(
        id="emancipation.parts",
        title="What is guaranteed of emancipation to a worker, part by part",
        columns=(
            "months of work",
            "right",
            "at least",
            "people of those corridors, certain",
            "people of those corridors, possible",
            "share, certain",
            "share, possible",
        ),
        rows=tuple(rows),
        hidden=sum(row[3] is None for row in rows),
    )


def worker_sensitivity(workers: Workers, sources: tuple[str, ...]) -> Iterator[FigureModel]:
    """Completed years instead of the middle of a year; another kind of work; other losses."""
    if not workers.corridors.size:
        return
    for months, words in COMPLETED.items():
        yield from _told(workers, f"worker_{months}", f"a worker after {words}", _TOLD, sources)
    for months, year in YEARS.items():
        who = f"a worker of a temporary programme in the {year} year"
        yield from _told(workers, f"temporary_{months}", who, _TOLD, sources)
    for months, year in ((months, YEARS[months]) for months in VARIED):
        for name, (title, _) in LOSSES.items():
            for right in ("stay", "work"):
                surely, possibly = workers.asked(
                    f"worker_{months}", f"worker_{months}.{name}", _falling(right)
                )
                yield people_figure(
                    f"commodification.worker_{months}.{name}.lost.{right}",
                    f"People in corridors in which a worker in the {year} year loses some {right}: "
                    f"{title}",
                    workers.corridors.weighed(surely, possibly),
                    articles=workers.articles(f"worker_{months}", right, possibly),
                    sources=sources,
                )
