"""The section of commodification and emancipation: people of the record, and workers in each corridor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from comity.agreement.lexicon_of_rights import MORE_THAN_LABOUR
from comity.agreement.many.evaluator import Evaluated, Evaluator
from comity.api.people_counts import Held
from comity.api.profile_setting import Setting
from comity.api.profile_shown import (
    Shown,
    first_articles,
    people_figure,
    shown,
    shown_levels,
    sources_of,
)
from comity.api.profile_varied import Varied
from comity.api.profile_workers import Workers, worker_figures, worker_sensitivity, worker_tables
from comity.api.schema_profile import Cell, FigureModel, ProfileSectionModel, ProfileTableModel
from comity.api.telling import article_model
from comity.count.suppression import MIN_CELL
from comity.profile.commodification import (
    EMANCIPATED,
    THRESHOLDS,
    Guaranteed,
    emancipated,
    falls,
    forbidden,
    held,
    labour_alone,
    level_falls,
    not_guaranteed,
    rank_of,
)
from comity.profile.discretion import deciding
from comity.profile.persons import JOB_LOST, known
from comity.world.assumptions import NOTHING, ORDINARY

HARBOURED = ("stay", "shield")
"""Rights by which a person is in the host: a stay, or a bar to removal."""

DEFINITION = (
    "A right is held where more than its bottom is guaranteed. Labour alone: work is guaranteed at a "
    "threshold or above (`same_employer`, the lowest that opens any; `any`), and at least one of "
    f"{', '.join(MORE_THAN_LABOUR)} is not held. Lost with the job: the guaranteed level of stay or "
    "work is lower on the same record once the job is lost (employment.lost, one month without work, "
    "no offer, not by choice; registered and seeking, as is ordinary). Kept from work, of those who "
    "hold a stay or a bar to removal: forbidden (a limit leaves nothing above the bottom of work) or "
    "not guaranteed (nothing is due and nothing forbids it). Emancipated: work any, "
    f"{', '.join(MORE_THAN_LABOUR)}, vote at least local, stay at least long_term, all guaranteed. "
    "Of the people of the record: certain and possible with nothing assumed; under `ordinary`, what "
    "is surely so. Since no record says how people work, the same is asked of an invented worker in "
    "each corridor (host and origin), in the first, third and fifth year (6, 30, 54 months of lawful "
    "work with one employer), weighted by the people of the corridor: certain, if it holds both with no "
    "power used but where a text lists it and with every power used by every State that has it; "
    "possible, if in one of the two."
)
EXAMPLE = (
    "A text guarantees work with the same employer after 12 months and care to all, and nothing else. "
    "Of 300 people in the third year all have open work at `same_employer`, none at `any`; all lack "
    "family, organise and remedy, so 300 are labour alone at the first threshold and 0 at the second. "
    "If the text adds `stay at least temporary when not employment.lost`, 300 lose the stay with the "
    "job. None is emancipated."
)


@dataclass(frozen=True)
class Recorded:
    """The people of the record: positions, and those with the job lost."""

    setting: Setting

    @cached_property
    def companions(self) -> tuple[str, ...]:
        """The rights that must go with labour, of those that the vocabulary has."""
        rights = self.setting.regime.vocabulary.rights
        return tuple(r for r in MORE_THAN_LABOUR if r in rights)

    def _guaranteed(self, found: Evaluated) -> Guaranteed:
        tops = {name: right.top for name, right in self.setting.regime.vocabulary.rights.items()}
        return Guaranteed(found, len(self.setting.cells), tops)

    @cached_property
    def nothing(self) -> Guaranteed:
        """With nothing assumed."""
        return self._guaranteed(self.setting.under.nothing)

    @cached_property
    def ordinary(self) -> Guaranteed:
        """Under the set `ordinary`."""
        return self._guaranteed(self.setting.under.ordinary)

    @cached_property
    def _evaluator(self) -> Evaluator:
        rights = tuple(r for r in ("stay", "work") if r in self.setting.under.rights)
        return Evaluator(self.setting.regime, self.setting.day, rights=rights, deciding=True)

    def _varied(self, *, is_ordinary: bool) -> Varied:
        under = self.setting.under
        table = under.of.tables.table(under.evaluator.keys, ORDINARY if is_ordinary else NOTHING)
        return Varied(self._evaluator, table)

    @cached_property
    def after(self) -> tuple[Guaranteed, Guaranteed]:
        """Once the job is lost: with nothing assumed, and under `ordinary`."""
        lost = known(self.setting.regime.vocabulary, JOB_LOST)
        made = [self._varied(is_ordinary=which).said(lost) for which in (False, True)]
        return self._guaranteed(made[0]), self._guaranteed(made[1])

    @cached_property
    def deciders(self) -> Mapping[str, tuple[str, ...]]:
        """Of stay and work the norms that give most people something under `ordinary`, then others."""
        found = self._varied(is_ordinary=True).as_it_is()
        persons = self.setting.counts.tables.counted
        made = {}
        for right in self._evaluator.rights or ():
            units = self._evaluator.units(right)
            given = deciding(found.rights[right].by, persons, units)
            made[right] = tuple(dict.fromkeys((*given, *units)))
        return made

    @property
    def forbidding(self) -> tuple[str, ...]:
        """The limits that leave nothing of work."""
        limits = self._evaluator.rules.limits("work")
        return tuple(
            unit.node
            for unit in limits
            if isinstance(unit.level, int) and unit.level == 0
        )  # fmt: skip


def commodification_section(setting: Setting) -> ProfileSectionModel:
    """Labour guaranteed without what must go with it, and what does not survive the job."""
    section = ProfileSectionModel(
        id="commodification",
        title="Commodification and emancipation",
        asks="Whose work is guaranteed alone, who falls with the job, who is kept from work, and who "
        "is guaranteed all of it?",
        definition=DEFINITION,
        example=EXAMPLE,
        notes=tuple(_notes(setting)),
    )
    if not int(setting.counts.tables.counted.sum()):
        nobody = "nobody of the population is counted here"
        return section.model_copy(update={"not_observed": (nobody,)})
    if "work" not in setting.regime.vocabulary.rights:
        return section.model_copy(update={"not_observed": ("these words have no right `work`",)})
    recorded, workers = Recorded(setting), Workers(setting)
    sources = sources_of(setting.counts)
    not_observed = ["how people work and earn: no record of the population says it"]
    if "work" not in setting.under.rights:
        not_observed.append("no norm of this regime bounds `work` on this day: none is guaranteed")
    if not workers.corridors.size:
        not_observed.append("no corridor with a known origin: no worker to ask of")
    return section.model_copy(
        update={
            "figures": (*_figures(recorded, sources), *worker_figures(workers, sources)),
            "tables": (*_tables(recorded), *worker_tables(workers)),
            "sensitivity": (
                *_sensitivity(recorded, sources),
                *worker_sensitivity(workers, sources),
            ),
            "not_observed": tuple(not_observed),
        }
    )


def _notes(setting: Setting) -> Iterator[str]:
    yield (
        "an invented worker stands for nobody: the figures of workers say in which corridors the "
        "texts give such a person something, weighted by the people who live there"
    )
    if setting.day.year != 2024:
        yield f"the people are those of 2024, the law is that of {setting.day}"


# ---- the record ----
def alone(recorded: Recorded, level: str, without: str = "") -> Held:
    """Whose work is guaranteed alone, at a threshold; without: a right that is not asked for."""
    rank = rank_of(recorded.setting.regime.vocabulary, "work", level)
    rights = [right for right in recorded.companions if right != without]
    return Held(
        labour_alone(recorded.nothing, rank, rights),
        labour_alone(recorded.nothing, rank, rights, possibly=True),
        labour_alone(recorded.ordinary, rank, rights),
    )


def lost(recorded: Recorded, right: str) -> Held:
    """Whose level of a right falls with the job."""
    nothing, ordinary = recorded.after
    return Held(
        falls(recorded.nothing, nothing, right),
        falls(recorded.nothing, nothing, right, possibly=True),
        level_falls(recorded.ordinary, ordinary, right),
    )


def _kept(recorded: Recorded) -> Iterator[tuple[str, str, Held]]:
    """Who is kept from work, in two ways."""
    for name, title, test in (
        ("forbidden", "People who hold a stay or a bar to removal, and whose work is forbidden", forbidden),
        (
            "not_guaranteed",
            "People who hold a stay or a bar to removal, with no work guaranteed and none forbidden",
            not_guaranteed,
        ),
    ):  # fmt: skip
        now, then = recorded.nothing, recorded.ordinary
        yield (
            name,
            title,
            Held(
                test(now) & held(now, HARBOURED),
                test(now, possibly=True) & held(now, HARBOURED, possibly=True),
                test(then) & held(then, HARBOURED),
            ),
        )


def _emancipated(recorded: Recorded) -> Held:
    vocabulary = recorded.setting.regime.vocabulary
    ranks = {r: rank_of(vocabulary, r, level) for r, level in EMANCIPATED.items()}
    return Held(
        emancipated(recorded.nothing, ranks, recorded.companions),
        emancipated(recorded.nothing, ranks, recorded.companions, possibly=True),
        emancipated(recorded.ordinary, ranks, recorded.companions),
    )


def _figures(recorded: Recorded, sources: tuple[str, ...]) -> Iterator[FigureModel]:
    counts = recorded.setting.counts
    work = recorded.deciders.get("work", ())
    levels = shown_levels(counts, [alone(recorded, level) for level in THRESHOLDS])
    for level, found in zip(THRESHOLDS, levels, strict=True):
        title = f"People guaranteed work of at least {level} without all the rights that go with it"
        yield people_figure(
            f"commodification.alone.{level}", title, found, articles=work, sources=sources
        )
    for right in ("stay", "work"):
        yield people_figure(
            f"commodification.lost.{right}",
            f"People whose guaranteed level of {right} falls when the job is lost",
            shown(counts, lost(recorded, right)),
            articles=recorded.deciders.get(right, ()),
            sources=sources,
        )
    for name, title, people in _kept(recorded):
        articles = recorded.forbidding if name == "forbidden" else recorded.deciders.get("stay", ())
        yield people_figure(
            f"commodification.{name}",
            title,
            shown(counts, people),
            articles=articles,
            sources=sources,
        )
    yield people_figure(
        "emancipation.all",
        "People guaranteed work any, the rights that go with it, a local vote and a long-term stay",
        shown(counts, _emancipated(recorded)),
        articles=(*work, *recorded.deciders.get("stay", ())),
        sources=sources,
    )


def _tables(recorded: Recorded) -> Iterator[ProfileTableModel]:
    """Of the people with open work, who lacks which right; and what falls with the job, by article."""
    setting, counts = recorded.setting, recorded.setting.counts
    rows: list[tuple[Cell, ...]] = []
    hidden = 0
    for level in THRESHOLDS:
        rank = rank_of(setting.regime.vocabulary, "work", level)
        for right in recorded.companions:
            found = shown(
                counts,
                Held(
                    labour_alone(recorded.nothing, rank, [right]),
                    labour_alone(recorded.nothing, rank, [right], possibly=True),
                    labour_alone(recorded.ordinary, rank, [right]),
                ),
            )
            hidden += found.hidden
            rows.append((level, right, *found.cells))
    yield ProfileTableModel(
        id="commodification.lacking",
        title="Open work without a right that must go with it, by right",
        columns=("work at least", "not guaranteed", "certain", "possible", "ordinary"),
        rows=tuple(rows),
        note="people of the record; a person may lack several",
        hidden=hidden,
    )
    by_article = list(_fallen(recorded))
    if by_article:
        yield ProfileTableModel(
            id="commodification.lost_by_article",
            title="What falls with the job, by the article that gave it",
            columns=("right", "norm", "article", "people, ordinary"),
            rows=tuple(by_article),
            hidden=sum(row[-1] is None for row in by_article),
        )


def _fallen(recorded: Recorded) -> Iterator[tuple[Cell, ...]]:
    setting, evaluator = recorded.setting, recorded._evaluator
    found = recorded._varied(is_ordinary=True).as_it_is()
    for right in evaluator.rights or ():
        mask = lost(recorded, right).assumed
        by = found.rights[right].by
        if by is None or not mask.any():
            continue
        persons = setting.counts.tables.counted * mask
        for key, number in deciding(by, persons, evaluator.units(right)).items():
            told = article_model(key, setting.regime)
            owner = setting.regime.instrument_of(key).title
            yield right, key, f"{owner}, {told.article}", number if number >= MIN_CELL else None


# ---- sensitivity ----
def _sensitivity(recorded: Recorded, sources: tuple[str, ...]) -> Iterator[FigureModel]:
    """The same with one of the rights that go with labour left out."""
    counts = recorded.setting.counts
    for right in recorded.companions:
        found: Shown = shown(counts, alone(recorded, "same_employer", without=right))
        yield people_figure(
            f"commodification.alone.same_employer.without.{right}",
            f"People guaranteed some work without all the rights that go with it, {right} not asked",
            found,
            articles=first_articles(recorded.deciders.get("work", ())),
            sources=sources,
        )
