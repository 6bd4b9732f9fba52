"""The section `openness` of a profile: goods, capital, services and people, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from comity.agreement.instruments import Instrument
from comity.api.brief_law_texts import kind_of
from comity.api.profile_grid import LEAST, PERSONS, World, binding, least, world_of
from comity.api.profile_pairs import (
    EVERY_RIGHT,
    NEWCOMER,
    PROVIDER,
    SEEKER,
    Mask,
    Pairs,
    corridors,
    deciding_articles,
)
from comity.api.profile_people import POPULATION, told
from comity.api.profile_setting import Setting
from comity.api.profile_shown import hides
from comity.api.profile_trade import trade_figures, trade_tables, trade_unknown
from comity.api.schema_profile import Cell, FigureModel, ProfileSectionModel, ProfileTableModel
from comity.profile.openness import QUALITIES, Compared, compared, stated
from comity.world.countries import countries

SCALE = "openness"
FREE, PREFERENTIAL, SCHEDULED = "free", "preferential", "scheduled"

DEFINITION = (
    "A text states what it, or the treaty that it is part of, grants between its parties to goods, "
    "capital, services and people (`governance goods: free`), on the scale not covered, "
    "consultation, scheduled, preferential, free. Two States are joined by a text if both are bound "
    "by it on the day; of the texts of the Union with single partners, only pairs "
    "across, and of its acts only its members. A pair has "
    "the highest level that a binding text states. Beside what is stated stands what is guaranteed: "
    "before every host, a typical national of every other State, by the rules: "
    + "; ".join(person.stated() for person in PERSONS)
    + ". Guaranteed is entry from "
    f"`{LEAST['entry']}`, a stay from `{LEAST['stay']}`, work at `{LEAST['work']}`, and surely so. "
    "Pairs are ordered, of States that are members of the United Nations today and existed on the "
    "day; people are those counted as certain in the corridor (2024). A trade agreement between two "
    "States is one that DESTA lists as in force by the year, at most 2020."
)
EXAMPLE = (
    "Three States A, B, C: six ordered pairs. One text binds A and B and states goods free, people "
    "free; another binds all three and states goods free, people scheduled. Goods are free in 6 of 6 "
    "pairs, people in 2 of 6. If 90 people live in the corridors between A and B and 910 in the "
    "others, goods are free around 1,000 of them and people around 90. The first text grants people "
    "the same as goods, the second less."
)


def rank_of(setting: Setting, level: str) -> int:
    """The place of a level on the scale of openness."""
    return setting.regime.vocabulary.scales[SCALE].rank(level)


def openness_section(setting: Setting, mirror: Path | None = None) -> ProfileSectionModel:
    """What texts grant, by text, pair and region. mirror: where the table of trade agreements is."""
    world = world_of(setting)
    texts = [(i, said) for i in setting.standing if (said := stated(i, setting.day))]
    work = world.guaranteed(NEWCOMER, "work", least(setting, "work"))
    entry = world.guaranteed(NEWCOMER, "entry", least(setting, "entry"))
    tables = (
        _texts_table(setting, texts),
        _pairs_table(setting, world),
        _persons_table(setting, world),
        _regions_table(setting, world),
        *trade_tables(setting, world.pairs, entry | work, mirror),
    )
    return ProfileSectionModel(
        id="openness",
        title="Openness",
        asks="What does the same treaty or region grant to goods, capital, services and people?",
        definition=DEFINITION,
        example=EXAMPLE,
        figures=(
            *_text_figures(setting, texts),
            *_pair_figures(setting, world),
            *trade_figures(setting, world.pairs, entry | work, mirror),
        ),
        tables=tuple(table for table in tables if table.rows),
        sensitivity=(
            *_text_figures(setting, [t for t in texts if kind_of(t[0]) != "directive"], also=True),
            *_sensitivity(setting, world),
            *trade_figures(setting, world.pairs, entry | work, mirror, listed_only=True),
        ),
        not_observed=(*_not_observed(setting, texts), *trade_unknown(setting, mirror)),
        notes=(
            "A level that a text states says what it is for, not what each person has: the second "
            "half evaluates persons by the rules.",
            "People outside the members of the United Nations, or of unknown origin, are in no pair.",
            *(
                ("The people in the corridors are those of 2024, whatever the day.",)
                if setting.day.year != 2024
                else ()
            ),
        ),
    )


def _key(instrument: Instrument, setting: Setting, quality: str) -> str:
    return instrument.key(instrument.governance_on(setting.day)[quality].article)


# ---- by text ----
def _text_figures(
    setting: Setting, texts: Sequence[tuple[Instrument, Mapping[str, int]]], *, also: bool = False
) -> Iterator[FigureModel]:
    """also: the acts of the Union were left out, which all state what its treaties grant."""
    both = [(i, s) for i, s in texts if compared(s) is not Compared.UNKNOWN]
    words = {
        Compared.LESS: "texts that grant people less than goods",
        Compared.SAME: "texts that grant people as much as goods",
        Compared.MORE: "texts that grant people more than goods",
    }
    for how, title in words.items():
        own = [i for i, s in both if compared(s) is how]
        yield FigureModel(
            id=f"openness.texts.{how.name.lower()}" + (".treaties" if also else ""),
            title=title + (", the acts of the Union left out" if also else ""),
            value=len(own) if both else None,
            unit="texts",
            of=len(both) if both else None,
            articles=tuple(_key(i, setting, "people") for i in own)[:12],
            evidence="" if also else f"{len(setting.standing) - len(both)} do not state both",
        )


def _texts_table(
    setting: Setting, texts: Sequence[tuple[Instrument, Mapping[str, int]]]
) -> ProfileTableModel:
    levels = setting.regime.vocabulary.scales[SCALE].levels
    rows: list[tuple[Cell, ...]] = []
    for i, said in texts:
        words = (levels[said[q]] if q in said else None for q in QUALITIES)
        doubts = sum(1 for q in said if i.governance_on(setting.day)[q].doubt)
        rows.append(
            (i.title, kind_of(i), *words, compared(said).value, len(setting.bound(i)), doubts)
        )
    return ProfileTableModel(
        id="openness.texts",
        title="What each text grants between its parties",
        columns=("text", "kind", *QUALITIES, "people beside goods", "States", "doubtful"),
        rows=tuple(rows),
        note="not observed: the text states nothing of it here; `not_covered` says that it is not "
        "in the treaty",
    )


# ---- by pair ----
def _pair_figures(setting: Setting, world: World) -> Iterator[FigureModel]:
    if not len(world.pairs):
        return
    free = rank_of(setting, FREE)
    for quality in ("goods", "people"):
        yield _pairs_figure(
            f"openness.pairs.{quality}.free",
            f"pairs of States between which a binding text states that {quality} are free",
            world.levels[quality] >= free,
            world.pairs,
            _stating(setting, quality, free),
        )
    for right in ("entry", "work"):
        mask = world.guaranteed(NEWCOMER, right, least(setting, right))
        at = world.found[NEWCOMER.id].get(right)
        keys = (
            ()
            if at is None
            else deciding_articles(setting, EVERY_RIGHT, right, at, mask, world.pairs.stock)
        )
        yield _pairs_figure(
            f"openness.pairs.newcomer.{right}",
            f"pairs in which `{right}` is guaranteed to {NEWCOMER.words}",
            mask,
            world.pairs,
            keys,
        )


def _stating(setting: Setting, quality: str, rank: int) -> tuple[str, ...]:
    return tuple(
        _key(i, setting, quality)
        for i, _ in binding(setting)
        if stated(i, setting.day).get(quality, -1) >= rank
    )


def _pairs_figure(
    id_: str, title: str, mask: Mask, pairs: Pairs, articles: Sequence[str] = ()
) -> FigureModel:
    people, every = int(pairs.stock[mask].sum()), int(pairs.stock.sum())
    few = hides(people, every)
    part = "" if few or not every else f" ({100 * people / every:.1f} %)"
    return FigureModel(
        id=id_,
        title=title,
        value=int(mask.sum()),
        unit="ordered pairs",
        of=len(pairs),
        articles=tuple(articles)[:12],
        evidence=f"{told(people, every)} of {every:,} people in the corridors{part}",
        sources=POPULATION,
    )


def row_of(pairs: Pairs, mask: Mask) -> tuple[Cell, ...]:
    """Pairs, their share, people in the corridors, their share."""
    people, every = int(pairs.stock[mask].sum()), int(pairs.stock.sum())
    few = hides(people, every)
    return (
        int(mask.sum()),
        round(100 * float(mask.mean()), 2) if len(pairs) else None,
        None if few else people,
        None if few or not every else round(100 * people / every, 2),
    )


_COUNTED = ("pairs", "% of pairs", "people in the corridors", "% of people")


def _pairs_table(setting: Setting, world: World) -> ProfileTableModel:
    rows: list[tuple[Cell, ...]] = []
    for quality in QUALITIES:
        if len(world.pairs) and (world.levels[quality] >= 0).any():
            for level in (SCHEDULED, PREFERENTIAL, FREE):
                mask = world.levels[quality] >= rank_of(setting, level)
                rows.append((quality, level, *row_of(world.pairs, mask)))
    return ProfileTableModel(
        id="openness.pairs",
        title="Pairs of States with at least a level, as binding texts state it",
        columns=("what", "at least", *_COUNTED),
        rows=tuple(rows),
    )


def _persons_table(setting: Setting, world: World) -> ProfileTableModel:
    rows: list[tuple[Cell, ...]] = []
    for person in PERSONS:
        for right, level in LEAST.items():
            if world.found[person.id].get(right) is not None:
                mask = world.guaranteed(person, right, least(setting, right))
                rows.append((person.words, right, level, *row_of(world.pairs, mask)))
    return ProfileTableModel(
        id="openness.persons",
        title="Pairs in which a typical person is guaranteed something",
        columns=("person", "right", "at least", *_COUNTED),
        rows=tuple(rows),
    )


def _regions_table(setting: Setting, world: World) -> ProfileTableModel:
    region = {code: one.region for code, one in countries().items()}
    origins = np.array([region.get(o, "") for o in world.pairs.origins])
    hosts = np.array([region.get(h, "") for h in world.pairs.hosts])
    free = rank_of(setting, FREE)
    rows: list[tuple[Cell, ...]] = []
    for name in sorted({h for h in hosts.tolist() if h}):
        inside = (origins == name) & (hosts == name)
        if not inside.any():
            continue
        at_work = world.guaranteed(NEWCOMER, "work", least(setting, "work")) & inside
        people = int(world.pairs.stock[at_work].sum())
        rows.append(
            (
                name,
                int(inside.sum()),
                int((inside & (world.levels["goods"] >= free)).sum()),
                int((inside & (world.levels["people"] >= free)).sum()),
                int(at_work.sum()),
                None if hides(people, int(world.pairs.stock.sum())) else people,
            )
        )
    return ProfileTableModel(
        id="openness.regions",
        title="Inside each region: pairs free for goods, for people, and with work guaranteed",
        columns=("region", "pairs", "goods free", "people free", "work guaranteed", "people there"),
        rows=tuple(rows),
        note="encoded texts only: free movement in East Africa, Eurasia, the Gulf, the Nordic States, "
        "between Australia and New Zealand, and in the Andes is not encoded",
    )


def _sensitivity(setting: Setting, world: World) -> Iterator[FigureModel]:
    if not len(world.pairs):
        return
    for quality in ("goods", "people"):
        yield _pairs_figure(
            f"openness.pairs.{quality}.preferential",
            f"pairs between which {quality} are at least preferential instead of free",
            world.levels[quality] >= rank_of(setting, PREFERENTIAL),
            world.pairs,
        )
    others = (
        ("same_employer", "from `same_employer`", NEWCOMER, "same_employer", False),
        ("possible", "were no undeclared power exercised", NEWCOMER, "", True),
        ("seeker", "to a job seeker with no offer", SEEKER, "", False),
        (
            "provider",
            "to a provider of services, from `same_employer`",
            PROVIDER,
            "same_employer",
            False,
        ),
    )
    for id_, words, person, level, possibly in others:
        yield _pairs_figure(
            f"openness.pairs.work.{id_}",
            f"pairs in which `work` is guaranteed, {words}",
            world.guaranteed(person, "work", least(setting, "work", level), possibly=possibly),
            world.pairs,
        )


def _not_observed(
    setting: Setting, texts: Sequence[tuple[Instrument, Mapping[str, int]]]
) -> Iterator[str]:
    speaking = {one.id for one, _ in texts}
    silent = [i.title for i in setting.standing if i.id not in speaking]
    if not setting.standing:
        yield f"no text stands on {setting.day}"
    elif silent:
        yield (
            f"what {len(silent)} of {len(setting.standing)} texts grant to goods, capital, services "
            "and people: they do not state it"
        )
    for quality in QUALITIES:
        missing = [i.title for i, said in texts if quality not in said]
        if missing:
            yield f"{quality}: {', '.join(missing)}"
    if not corridors(setting):
        yield "people in the corridors: nobody is counted before these hosts"
