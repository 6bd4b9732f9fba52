"""The section of selectivity: the kinds of persons compared in each corridor of the setting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from comity.api.profile_kinds import VARIANTS, Kinds, person_of
from comity.api.profile_kinds_tables import kinds_tables, percent
from comity.api.profile_setting import Setting
from comity.api.profile_shown import first_articles, hides, sources_of
from comity.api.schema_profile import FigureModel, ProfileSectionModel
from comity.profile.persons import EXPERT, INVESTOR, KINDS, MANAGER, WORKER
from comity.profile.selectivity import GRANTS, Grant, gap, share

COMPARED = (
    (MANAGER.name, WORKER.name),
    (EXPERT.name, WORKER.name),
    (INVESTOR.name, WORKER.name),
    (MANAGER.name, "temporary"),
    (MANAGER.name, "seasonal"),
    (MANAGER.name, "family"),
    (MANAGER.name, "danger"),
)
"""Pairs of kinds whose gap is told: those whom capital moves against the others."""
DEFINITION = (
    "Nine invented persons stand in each corridor (host and origin in which people of the setting "
    "live): a manager whom a firm transfers, an expert with a degree and 160 % of average pay, an "
    "investor, a worker with an offer and average pay, a worker of a temporary programme, a seasonal "
    "worker, a worker without an offer, "
    "the spouse of a worker in the fifth year, a person whose life is in danger at home. Their facts "
    "are printed in the table of persons; the nationality is the origin's, all else is ordinary, and "
    "where a schedule of services is asked for, sector and class stand in it. At the door the person "
    "asks to come; a year in the person was admitted as asked. Told is in which share of corridors, "
    "and of the people who live in them, each kind is guaranteed entry at the door, a stay of at "
    "least temporary (at the door and a year in), work, free choice of work and family a year in. Low: "
    "both with no power used but where a text lists it and with every power used; high: in one of "
    "the two. A gap is the difference of two kinds' shares in percentage points, each grant apart. "
    "The advantage in a corridor, on a right, is the highest level guaranteed to a manager, an expert "
    "or an investor less that of a worker with an offer, in steps, no power used. "
    "What a State grants of its own accord is not in it."
)
EXAMPLE = (
    "Two corridors, of 300 and 100 people. A text admits transferred managers in both, workers in the "
    "second only. Entry of managers: 2 of 2 corridors, 400 of 400 people, 100 %; of workers: 1 of 2, "
    "100 of 400 people, 25 %. The gap of managers to workers is 75 percentage points of people. In the "
    "first corridor the manager is guaranteed a visa (2 steps above refused) and the worker nothing: "
    "the advantage there is 2 steps."
)


def selectivity_section(setting: Setting) -> ProfileSectionModel:
    """Persons of several kinds in the same corridor, side by side."""
    found = Kinds(setting)
    section = ProfileSectionModel(
        id="selectivity",
        title="Selectivity",
        asks="In the same corridor, what is guaranteed to managers, experts and investors, and what to "
        "workers, families and people in danger?",
        definition=DEFINITION,
        example=EXAMPLE,
        notes=tuple(_notes(setting)),
    )
    if not found.corridors.people:
        nobody = "nobody of a known origin is counted here: no corridor to compare persons in"
        return section.model_copy(update={"not_observed": (nobody,)})
    sources = sources_of(setting.counts)
    not_observed = [
        "what States grant of their own accord: the law of no State is in the figures but for what a "
        "text guarantees",
        "which sectors stand in a State's schedule of services: no text here holds the schedules; the "
        "sensitivity shows managers and experts without it",
    ]
    if not found.evaluator.rights:
        not_observed.append("no norm of this regime bounds entry, stay, work or family on this day")
    return section.model_copy(
        update={
            "figures": (*_figures(found, sources), *_gaps(found, sources)),
            "tables": tuple(kinds_tables(found)),
            "sensitivity": tuple(_sensitivity(found, sources)),
            "not_observed": tuple(not_observed),
        }
    )


def _notes(setting: Setting) -> Iterator[str]:
    yield "invented persons: the people of a corridor are its weight, not the persons compared"
    yield "a gap of one grant says nothing of another: they are never added"
    if setting.day.year != 2024:
        yield f"the people are those of 2024, the law is that of {setting.day}"


# ---- figures ----
def _figures(found: Kinds, sources: tuple[str, ...]) -> Iterator[FigureModel]:
    for grant in GRANTS:
        for kind in KINDS:
            title = (
                f"Share of people in corridors in which {kind.title} is guaranteed {_said(grant)}"
            )
            id_ = f"selectivity.{grant.name.replace(' ', '_')}.{kind.name}"
            yield _share(found, id_, title, person_of(kind, grant), grant, sources)


def _said(grant: Grant) -> str:
    when = "on asking to come" if grant.at_door else "a year in"
    words = {"entry": "entry", "work": f"work (at least {grant.level})"}
    return f"{words.get(grant.right, f'{grant.right} (at least {grant.level})')} {when}"


def _share(
    found: Kinds, id_: str, title: str, person: str, grant: Grant, sources: tuple[str, ...]
) -> FigureModel:
    surely, possibly = found.guaranteed(person, grant.right, grant.level)
    counted = found.corridors.counted
    low, high = share(surely, counted), share(possibly, counted)
    people = found.corridors.weighed(surely, possibly)
    by = found.articles(person, grant.right, possibly)
    could = found.evaluator.units(grant.right) if grant.right in found.setting.under.rights else ()
    value = None if people.hidden else percent(low.of_people)
    return FigureModel(
        id=id_,
        title=title,
        value=value if low.of_people == high.of_people else None,
        unit="% of people",
        low=value,
        high=None if people.hidden else percent(high.of_people),
        certain=people.certain,
        possible=people.possible,
        of=people.of,
        hidden=people.hidden,
        articles=first_articles(by or could),
        evidence=f"{percent(low.of_corridors)} to {percent(high.of_corridors)} % of "
        f"{found.corridors.size} corridors; an invented person",
        sources=sources,
    )


def _gaps(found: Kinds, sources: tuple[str, ...]) -> Iterator[FigureModel]:
    kinds = {kind.name: kind for kind in KINDS}
    counted = found.corridors.counted
    for one, other in COMPARED:
        for grant in GRANTS:
            ends = []
            articles: list[str] = []
            for name in (one, other):
                person = person_of(kinds[name], grant)
                masks = found.guaranteed(person, grant.right, grant.level)
                if any(hides(int(counted[m].sum()), found.corridors.people) for m in masks):
                    break
                ends.append([share(mask, counted).of_people for mask in masks])
                articles += list(found.articles(person, grant.right, masks[1]))[:6]
            is_hidden = len(ends) < 2
            low = high = None
            if not is_hidden:  # the same powers are used for both: sure and possible are compared
                low, high = sorted(round(gap(ends[0][n], ends[1][n]), 2) for n in (0, 1))
            yield FigureModel(
                id=f"selectivity.gap.{grant.name.replace(' ', '_')}.{one}.{other}",
                title=f"Gap of {_said(grant)}: {kinds[one].title}, less {kinds[other].title}",
                value=low if low == high else None,
                unit="percentage points of people",
                low=low,
                high=high,
                of=found.corridors.people,
                hidden=is_hidden,
                articles=first_articles(articles),
                sources=sources,
            )


# ---- sensitivity ----
def _sensitivity(found: Kinds, sources: tuple[str, ...]) -> Iterator[FigureModel]:
    """The same shares with other facts of the persons."""
    at_door: Sequence[Grant] = [grant for grant in GRANTS if grant.at_door]
    for kind, name, title, _ in VARIANTS:
        for grant in at_door:
            words = f"{kind.title}, {title}, is guaranteed {_said(grant)}"
            yield _share(
                found,
                f"selectivity.{grant.name.replace(' ', '_')}.{kind.name}.{name}",
                f"Share of people in corridors in which {words}",
                f"{kind.name}.{name}",
                grant,
                sources,
            )
