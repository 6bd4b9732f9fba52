"""The section of discretion: width left to the State by right, mean over people, and powers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from comity.agreement.many.columns import Table
from comity.agreement.many.evaluator import Evaluated, Evaluator
from comity.agreement.values import Truth
from comity.api.people_counts import Held, Mask
from comity.api.profile_powers import body_tables, power_figures, power_table
from comity.api.profile_setting import Setting
from comity.api.profile_shown import Hosts, first_articles, people_figure, shown, sources_of
from comity.api.profile_varied import Varied
from comity.api.schema_profile import Cell, FigureModel, ProfileSectionModel, ProfileTableModel
from comity.profile.discretion import (
    MeanWidth,
    Widths,
    deciding,
    mean_of_hosts,
    mean_width,
    widths,
)
from comity.profile.powers import state_powers
from comity.world.assumptions import ORDINARY

HEADLINE = ("entry", "stay", "shield", "tenure", "work", "family", "remedy", "health", "movement")
"""Rights that have figures of their own; the table has every right of the vocabulary."""

DEFINITION = (
    "Of one person and one right, the norms in force leave the State the steps of the right's scale "
    "between the lower bound (below which it may not go) and the upper bound (above which it may "
    "not): upper - lower, none where the two cross. A level is a step above the one before; of a "
    "number, each unit is. With unknown facts: least = surely open upper bound - possibly guaranteed "
    "lower bound; greatest = possibly open upper - surely guaranteed lower. The figure is the mean "
    "over the people of the setting, each person once, in steps, as an interval from the mean of the "
    "least to the mean of the greatest. A right that no norm bounds leaves all its steps. "
    "`Before parties` are the people before a host that is party to some text of the "
    "setting, one that binds nobody too. `Bounded` are the people for whom some norm surely gives "
    "more than the bottom or forbids the top. `Everything is left` are those of whom every step is "
    "left. A power of a State is a `may` of a text; it is declared exercised by the States that the "
    "text's front matter names on the day. "
    "A power of a body (of a draft) is a sentence of an article that names a committee, assembly or "
    "the like with a verb of deciding, and the facts, elements and numbers that its article or the "
    "vocabulary ties to it; it is measured by everybody's guaranteed level with the decision at its "
    "lowest and at its highest."
)
EXAMPLE = (
    "A scale has 4 steps above its bottom. Of 300 people a text guarantees level 1 and forbids "
    "nothing: 4 - 1 = 3 steps are left. Of 100 people it guarantees level 3, and forbids level 4: "
    "3 - 3 = 0 are left. The mean is (300 x 3 + 100 x 0) / 400 = 2.25 steps of 4, 56 % of the scale. "
    "If it is unknown of the 300 whether level 1 or level 2 is due, their width lies between 2 and 3 "
    "and the mean between 1.5 and 2.25."
)


@dataclass(frozen=True)
class _Found:
    """What the section works with: the ordinary table of records and who decides there."""

    setting: Setting

    @property
    def rights(self) -> tuple[str, ...]:
        """The headline rights that the vocabulary has."""
        return tuple(r for r in HEADLINE if r in self.setting.regime.vocabulary.rights)

    @property
    def bounded_rights(self) -> tuple[str, ...]:
        """Those of them that some norm bounds."""
        return tuple(r for r in self.rights if r in self.setting.under.rights)

    @cached_property
    def table(self) -> Table:
        """The people under the set `ordinary`, with every fact that the regime asks."""
        under = self.setting.under
        return under.of.tables.table(under.evaluator.keys, ORDINARY)

    @cached_property
    def varied(self) -> Varied:
        """The people under `ordinary`, headline rights with the norm that decides each bound."""
        evaluator = Evaluator(
            self.setting.regime, self.setting.day, rights=self.bounded_rights, deciding=True
        )
        return Varied(evaluator, self.table)

    def widths(self, right: str, evaluated: Evaluated) -> Widths:
        """The width of a right of each record."""
        top = self.setting.regime.vocabulary.rights[right].top
        return widths(evaluated.rights.get(right), top, len(self.setting.cells))

    @cached_property
    def hosts(self) -> Hosts:
        """The records by host."""
        return Hosts(self.setting.counts)

    @cached_property
    def concerned(self) -> Mask:
        """The people before a host that is party to some standing text, one that binds nobody too."""
        setting = self.setting
        bound = frozenset[str]().union(*(setting.bound(i) for i in setting.standing))
        return self.hosts.mask(bound)

    @cached_property
    def articles(self) -> Mapping[str, Mapping[str, int]]:
        """Of each headline right the norms that decide most people's bounds, most first."""
        evaluator, found = self.varied.evaluator, self.varied.as_it_is()
        persons = self.setting.counts.tables.counted
        by_right = {}
        for right in self.bounded_rights:
            position = found.rights[right]
            sums = deciding(position.by, persons, evaluator.units(right))
            for key, number in deciding(
                position.limited_by, persons, evaluator.limits(right)
            ).items():
                sums[key] = sums.get(key, 0) + number
            ordered = dict(sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])))
            # then those that may decide, where the record does not say
            others = (*evaluator.units(right), *evaluator.limits(right))
            by_right[right] = {**ordered, **{key: 0 for key in others if key not in ordered}}
        return by_right


def discretion_section(setting: Setting) -> ProfileSectionModel:
    """Width left to the State by right, and the powers that the texts give States and bodies."""
    found = _Found(setting)
    sources = sources_of(setting.counts)
    powers = power_table(setting, found.hosts)
    section = ProfileSectionModel(
        id="discretion",
        title="Discretion",
        asks="How much is left to the State to decide as it likes, and who has used which power?",
        definition=DEFINITION,
        example=EXAMPLE,
        figures=power_figures(setting, found.hosts, sources),
        tables=powers.tables,
        not_observed=powers.not_observed,
        notes=(*_notes(setting),),
    )
    if not int(setting.counts.tables.counted.sum()):
        nobody = "nobody of the population is counted here: no mean over people, no body's decision"
        return section.model_copy(update={"not_observed": (nobody, *powers.not_observed)})
    bodies = body_tables(setting, found.varied)
    return section.model_copy(
        update={
            "figures": (*_figures(found, sources), *section.figures, *bodies.figures),
            "tables": (_by_right(found), *powers.tables, *bodies.tables),
            "sensitivity": tuple(_sensitivity(found, sources)),
            "not_observed": (*powers.not_observed, *bodies.not_observed),
        }
    )


def _notes(setting: Setting) -> Iterable[str]:
    rights = setting.regime.vocabulary.rights
    unbounded = [name for name in rights if not setting.regime.units_on(name, setting.day)]
    if unbounded:
        yield (
            f"{len(unbounded)} of {len(rights)} rights of the vocabulary are bounded by no norm of "
            f"this regime: all their steps are left to the State ({', '.join(unbounded)})"
        )
    yield "a width is no judgement: what is left to the State it may also use to grant more"
    if setting.day.year != 2024:
        yield f"the people are those of 2024, the law is that of {setting.day}"


# ---- figures ----
def _figures(found: _Found, sources: tuple[str, ...]) -> Iterable[FigureModel]:
    under, counts = found.setting.under, found.setting.counts
    for right in found.rights:
        nothing, ordinary = (found.widths(right, e) for e in (under.nothing, under.ordinary))
        articles = tuple(found.articles.get(right, ()))
        for suffix, of, words in (
            ("", nothing, "nothing assumed"),
            (".ordinary", ordinary, "under the set ordinary"),
        ):
            mean = mean_width(of, counts.tables.counted)
            assert mean is not None
            title = f"Steps of {right} left to the State, mean over people, {words}"
            yield _width_figure(f"discretion.{right}{suffix}", title, mean, articles, sources)
        mean = mean_width(ordinary, counts.tables.counted, found.concerned)
        if mean is not None and mean.persons < int(counts.tables.counted.sum()):
            title = (
                f"Steps of {right} left, mean over people before parties, under the set ordinary"
            )
            yield _width_figure(f"discretion.{right}.parties", title, mean, articles, sources)
        everything = Held(
            nothing.everything_surely, nothing.everything_possibly, ordinary.everything_surely
        )
        yield people_figure(
            f"discretion.{right}.everything",
            f"People of whom every step of {right} is left to the State",
            shown(counts, everything),
            articles=articles,
            sources=sources,
        )


def _width_figure(
    id_: str,
    title: str,
    mean: MeanWidth,
    articles: Iterable[str],
    sources: tuple[str, ...],
    evidence: str = "",
) -> FigureModel:
    low, high = mean.shares
    return FigureModel(
        id=id_,
        title=title,
        value=_rounded(mean.least) if mean.least == mean.greatest else None,
        unit=f"steps of {mean.top}",
        low=_rounded(mean.least),
        high=_rounded(mean.greatest),
        of=mean.persons,
        articles=first_articles(articles),
        evidence=evidence or f"{100 * low:.1f} to {100 * high:.1f} % of the scale",
        sources=sources,
    )


def _rounded(number: float) -> float:
    return round(number, 4)


def _by_right(found: _Found) -> ProfileTableModel:
    """Every right of the vocabulary that some norm bounds."""
    under, counts = found.setting.under, found.setting.counts
    persons = counts.tables.counted
    rows = []
    hidden = 0
    for right in under.rights:
        nothing, ordinary = (found.widths(right, e) for e in (under.nothing, under.ordinary))
        cells: list[Cell] = [right, nothing.top]
        for of in (nothing, ordinary):
            mean = mean_width(of, persons)
            cells += _interval(mean)
        mean = mean_width(ordinary, persons)
        cells += [None, None] if mean is None else [_rounded(share) for share in mean.shares]
        # bounded surely; possibly, where nothing says that everything is left; and as assumed
        bounded = Held(nothing.bounded, ~nothing.everything_surely, ordinary.bounded)
        people = shown(counts, bounded)
        hidden += people.hidden
        cells += people.cells
        among = None if people.hidden else mean_width(ordinary, persons, ordinary.bounded)
        cells += _interval(among)
        cells += _interval(mean_width(ordinary, persons, found.concerned))
        rows.append(tuple(cells))
    return (
        ProfileTableModel(
            id="discretion.by_right",
            title="Width left to the State by right",
            columns=(
                "right",
                "steps of the scale",
                "least, nothing assumed",
                "greatest, nothing assumed",
                "least, ordinary",
                "greatest, ordinary",
                "least share of the scale, ordinary",
                "greatest share of the scale, ordinary",
                "people for whom it is bounded, certain",
                "people for whom it is bounded, possible",
                "people for whom it is bounded, ordinary",
                "least for those, ordinary",
                "greatest for those, ordinary",
                "least before parties, ordinary",
                "greatest before parties, ordinary",
            ),
            rows=tuple(rows),
            note="means over people, in steps of the right",
            hidden=hidden,
        )
        if rows
        else _no_right_bounded(found)
    )


def _no_right_bounded(found: _Found) -> ProfileTableModel:
    rights = found.setting.regime.vocabulary.rights
    return ProfileTableModel(
        id="discretion.by_right",
        title="Width left to the State by right",
        columns=("right", "steps of the scale", "steps left"),
        rows=tuple((name, right.top, right.top) for name, right in rights.items()),
        note="no norm of this regime binds on this day: every step of every right is left",
    )


def _interval(mean: MeanWidth | None) -> list[Cell]:
    return [None, None] if mean is None else [_rounded(mean.least), _rounded(mean.greatest)]


# ---- sensitivity ----
_VARIED = ("stay", "shield", "work", "family")


def _sensitivity(found: _Found, sources: tuple[str, ...]) -> Iterable[FigureModel]:
    yield from _each_host_once(found, sources)
    yield from _powers_used(found, sources)
    yield from _without_one(found, sources)


def _each_host_once(found: _Found, sources: tuple[str, ...]) -> Iterable[FigureModel]:
    setting = found.setting
    hosts = found.hosts.codes
    for right in (r for r in _VARIED if r in found.rights):
        of = found.widths(right, setting.under.ordinary)
        mean = mean_of_hosts(of, setting.counts.tables.counted, hosts)
        if mean is not None:
            title = f"Steps of {right} left, each host counted once, under the set ordinary"
            articles = found.articles.get(right, ())
            yield _width_figure(f"discretion.{right}.hosts", title, mean, articles, sources)


def _powers_used(found: _Found, sources: tuple[str, ...]) -> Iterable[FigureModel]:
    """The width if no State had used a power but those that declared it, and if all had used all."""
    setting = found.setting
    powers = [key for key in found.varied.evaluator.keys if key.startswith("exercised ")]
    if not powers:
        return
    for suffix, truth, words in (
        ("powers_unused", Truth.FALSE, "no power is used but where declared"),
        ("powers_used", Truth.TRUE, "every power is used by every State that has it"),
    ):
        evaluated = found.varied.said(dict.fromkeys(powers, truth))
        for right in (r for r in _VARIED if r in found.bounded_rights):
            mean = mean_width(found.widths(right, evaluated), setting.counts.tables.counted)
            if mean is not None:
                yield _width_figure(
                    f"discretion.{right}.{suffix}",
                    f"Steps of {right} left if {words}, under the set ordinary",
                    mean,
                    _opening(setting, right, powers),
                    sources,
                )


def _opening(setting: Setting, right: str, powers: Iterable[str]) -> list[str]:
    """The powers of a list that set a guarantee of a right aside."""
    named = {key.removeprefix("exercised ") for key in powers}
    return [
        power.key
        for instrument in setting.standing
        for power in state_powers(setting.regime, instrument, setting.day)
        if power.key in named and right in power.opens
    ]


def _without_one(found: _Found, sources: tuple[str, ...]) -> Iterable[FigureModel]:
    """The width without the instrument whose norms decide the bounds of most people."""
    regime, setting = found.setting.regime, found.setting
    for right in ("stay", "shield"):
        of = found.articles.get(right)
        if not of or len(regime.instruments) < 2:
            continue
        sums: dict[str, int] = {}
        for key, number in of.items():
            if not number:
                continue
            sums[key.partition("/")[0]] = sums.get(key.partition("/")[0], 0) + number
        if not sums:
            continue
        out = max(sums, key=lambda name: (sums[name], name))
        left = replace(regime, instruments=tuple(i for i in regime.instruments if i.id != out))
        evaluated = Evaluator(left, setting.day, rights=(right,)).evaluate(found.table)
        mean = mean_width(found.widths(right, evaluated), setting.counts.tables.counted)
        if mean is not None:
            title = f"Steps of {right} left without `{out}`, under the set ordinary"
            own = [key for key in of if key.startswith(f"{out}/")]
            yield _width_figure(f"discretion.{right}.without", title, mean, own, sources, out)
