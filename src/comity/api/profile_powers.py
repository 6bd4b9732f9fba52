"""Powers in figures and tables: of States, with who has declared them; of a draft's bodies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from comity.agreement.instruments import Instrument
from comity.agreement.many.evaluator import Evaluated
from comity.agreement.values import Possible, Truth, exactly, is_known
from comity.agreement.vocabulary import LevelType, NumberType, TruthType
from comity.api.people_counts import Held
from comity.api.profile_setting import Setting
from comity.api.profile_shown import Hosts, Shown, first_articles, people_figure, shown, sources_of
from comity.api.profile_varied import Varied
from comity.api.schema_profile import Cell, FigureModel, ProfileTableModel
from comity.api.telling import article_model
from comity.profile.powers import BodyPower, StatePower, body_powers, state_powers


@dataclass(frozen=True)
class Told:
    """What is told of powers."""

    figures: tuple[FigureModel, ...] = ()
    tables: tuple[ProfileTableModel, ...] = ()
    not_observed: tuple[str, ...] = ()


def _powers(setting: Setting) -> Iterator[tuple[Instrument, StatePower]]:
    for instrument in setting.standing:
        if setting.subject.hosts is not None and not setting.bound(instrument):
            continue
        for power in state_powers(setting.regime, instrument, setting.day):
            yield instrument, power


# ---- of States ----
def power_figures(
    setting: Setting, hosts: Hosts, sources: tuple[str, ...]
) -> tuple[FigureModel, ...]:
    """How many powers the texts give, how many of them a State has declared, and to how many people."""
    powers = [power for _, power in _powers(setting)]
    of_subject = setting.subject.hosts
    declared = {
        p.key: p.exercised if of_subject is None else p.exercised & of_subject for p in powers
    }
    used = [key for key, hosts in declared.items() if hosts]
    figures = [
        FigureModel(
            id="discretion.powers",
            title="Powers that the texts give to States (`may`)",
            value=len(powers),
            unit="powers",
            articles=tuple(p.key for p in powers)[:12],
        ),
        FigureModel(
            id="discretion.powers_declared",
            title="Powers of which some State is known to have declared the exercise",
            value=len(used),
            unit="powers",
            of=len(powers),
            articles=tuple(used)[:12],
        ),
    ]
    using = frozenset(host for several in declared.values() for host in several)
    if using:
        figures.append(
            people_figure(
                "discretion.powers_people",
                "People before States that have declared the exercise of some power",
                shown(setting.counts, hosts.before(using)),
                articles=used,
                evidence=", ".join(sorted(using)),
                sources=sources,
            )
        )
    return tuple(figures)


def power_table(setting: Setting, hosts: Hosts) -> Told:
    """Each power with its article, what it opens, the States that it belongs to and those that use it."""
    rows: list[tuple[Cell, ...]] = []
    before: dict[frozenset[str], Shown] = {}
    unknown = hidden = 0
    for instrument, power in _powers(setting):
        bound = setting.bound(instrument)
        declared = power.exercised & bound
        if bound not in before:
            before[bound] = shown(setting.counts, hosts.before(bound))
        people = before[bound]
        using = shown(setting.counts, hosts.before(declared)) if declared else None
        unknown += not declared
        hidden += people.hidden + (using is not None and using.hidden)
        told = article_model(power.key, setting.regime)
        rows.append(
            (
                power.key,
                f"{instrument.title}, {told.article}",
                told.title or None,
                _opens(setting, power),
                _levels(setting, power) or None,
                len(bound),
                people.certain,
                ", ".join(sorted(declared)) or "not observed",
                None if using is None else using.certain,
            )
        )
    if not rows:
        return Told(not_observed=("no text of this setting gives a State a power (`may`)",))
    table = ProfileTableModel(
        id="discretion.powers",
        title="Powers of States: what they open, and who has declared them",
        columns=(
            "power",
            "article",
            "title",
            "what it does",
            "what that gives at most",
            "States bound",
            "people before them",
            "declared exercised by",
            "people before those",
        ),
        rows=tuple(rows),
        note="`not observed`: no declaration stands in the text's front matter, which is no proof that "
        "the power is not used",
        hidden=hidden,
    )
    said = (
        f"of {unknown} of {len(rows)} powers no State's exercise is declared in the encoded texts"
    )
    return Told(tables=(table,), not_observed=(said,) if unknown else ())


def _opens(setting: Setting, power: StatePower) -> str:
    parts = []
    if power.sets_aside:
        parts.append(f"sets aside {', '.join(power.sets_aside)}")
    if power.grants is not None:
        right, level = power.grants
        name = setting.regime.vocabulary.rights[right].name_of(level)
        parts.append(f"may grant {right} {name}; bounds nothing")
    return "; ".join(parts) or "is traced; bounds nothing"


def _levels(setting: Setting, power: StatePower) -> str:
    rights = setting.regime.vocabulary.rights
    told = [f"{right} {rights[right].name_of(rank)}" for right, rank in power.opens.items()]
    more = f" and {len(told) - _MOST_RIGHTS} more" if len(told) > _MOST_RIGHTS else ""
    return ", ".join(told[:_MOST_RIGHTS]) + more


_MOST_RIGHTS = 8


# ---- of bodies ----
def body_tables(setting: Setting, people: Varied) -> Told:
    """What a draft leaves to its committee or assembly, and what it moves among people.

    people: under the set `ordinary`, with the rights whose guaranteed level is compared.
    """
    figures: list[FigureModel] = []
    rows: list[tuple[Cell, ...]] = []
    moves: list[tuple[Cell, ...]] = []
    unread = []
    hidden = 0
    rights = people.evaluator.rights or ()
    for draft in (i for i in setting.standing if i.is_draft):
        found = body_powers(setting.regime, draft, setting.day)
        unread += [f"{draft.id}, {a.heading}" for a in draft.articles if a.id in found.unread]
        for power in found.powers:
            rows.append(_row(setting, draft, power))
            if power.kind == "parameter" or not rights or not setting.cells:
                continue
            ends = _ends(setting, people, power)
            if ends is None:
                continue
            figure, lines = _moved(setting, draft, power, ends, rights)
            figures.append(figure)
            hidden += sum(None in line for line in lines)
            moves += lines
    not_observed = []
    if unread:
        not_observed.append(
            "sentences that give a body a decision which no rule here reads, so that its width is "
            f"not measured: {'; '.join(unread)}"
        )
    tables = []
    if rows:
        tables.append(
            ProfileTableModel(
                id="discretion.bodies",
                title="Powers of bodies: what a committee or assembly decides",
                columns=(
                    "instrument",
                    "article",
                    "kind",
                    "decides",
                    "from",
                    "to",
                    "read by",
                    "says",
                ),
                rows=tuple(rows),
                note="`from` and `to`: the bounds of a named number; of a finding, any value",
            )
        )
    if moves:
        tables.append(
            ProfileTableModel(
                id="discretion.bodies_moved",
                title="What a body's finding opens: guaranteed level at either end of it",
                columns=(
                    "instrument",
                    "article",
                    "decides",
                    "right",
                    "mean steps guaranteed, at one end",
                    "mean steps guaranteed, at the other",
                    "people whose level it moves",
                ),
                rows=tuple(moves),
                note="under the set ordinary, what that leaves unknown at its ordinary value: no power used, "
                "no element adopted but by the decision",
                hidden=hidden,
            )
        )
    return Told(tuple(figures), tuple(tables), tuple(not_observed))


def _row(setting: Setting, draft: Instrument, power: BodyPower) -> tuple[Cell, ...]:
    low, high = power.bounds or (None, None)
    article = draft.article(power.article)
    words = [_short(draft, power)]
    if power.kind == "finding":
        declared = setting.regime.vocabulary.facts.get(power.facts[0])
        if declared is not None and declared.meaning is not None:
            words = [f"{power.facts[0]}: {declared.meaning.text}"]
    heading = article.heading if article is not None else "no article says who moves it"
    return (
        draft.id,
        heading,
        power.kind,
        ", ".join(words),
        low,
        high,
        ", ".join(power.keys) or "no rule",
        power.says,
    )


def _ends(setting: Setting, people: Varied, power: BodyPower) -> tuple[Evaluated, Evaluated] | None:
    """Everybody's position with what the body decides at its lowest, and at its highest."""
    made = []
    is_read = False
    for is_high in (False, True):
        said: dict[str, Possible] = dict(_else_ordinary(setting, people))
        for fact in power.facts:
            decided = _said(setting, fact, people.evaluator.keys, is_high=is_high)
            is_read = is_read or bool(decided)
            said.update(decided)
        if not is_read:
            return None
        made.append(people.said(said))
    return made[0], made[1]


def _else_ordinary(setting: Setting, people: Varied) -> Mapping[str, Possible]:
    """What no record and no assumption says, at its ordinary value; no power used, nothing adopted."""
    found: dict[str, Possible] = {}
    for key in people.evaluator.keys:
        if key in people.table.columns or is_known(people.table.shared.get(key, Truth.UNKNOWN)):
            continue
        declared = setting.regime.vocabulary.fact(key)
        if declared is None:
            found[key] = Truth.FALSE
        elif declared.ordinary is not None:
            found[key] = exactly(declared.ordinary)
    return found


def _said(
    setting: Setting, fact: str, keys: Sequence[str], *, is_high: bool
) -> Mapping[str, Possible]:
    vocabulary = setting.regime.vocabulary
    if fact.startswith("adopted "):
        return {fact: Truth.of(is_high)}
    paths = [fact]
    if fact.startswith("place."):
        paths = [place + fact.removeprefix("place") for place in vocabulary.place_instances]
    found: dict[str, Possible] = {}
    for path in paths:
        declared = vocabulary.fact(path)
        if declared is None or path not in keys:
            continue
        match declared.type:
            case TruthType():
                found[path] = Truth.of(is_high)
            case LevelType(scale):
                found[path] = exactly(len(scale.levels) - 1 if is_high else 0)
            case NumberType(high=high):
                found[path] = exactly(high if is_high else 0)
            case _:
                pass
    return found


def _moved(
    setting: Setting,
    draft: Instrument,
    power: BodyPower,
    ends: tuple[Evaluated, Evaluated],
    rights: Sequence[str],
) -> tuple[FigureModel, list[tuple[Cell, ...]]]:
    counts = setting.counts
    persons = counts.tables.counted
    everybody = max(1, int(persons.sum()))
    nobody = np.zeros(len(setting.cells), dtype=np.bool_)
    anyone = nobody
    article = draft.article(power.article)
    lines: list[tuple[Cell, ...]] = []
    for right in rights:
        low, high = (end.rights[right].lower.astype(np.int64) for end in ends)
        moved = low != high
        if not moved.any():
            continue
        anyone = anyone | moved
        people = shown(counts, Held(nobody, nobody, moved))
        means = [round(float((persons * level).sum()) / everybody, 4) for level in (low, high)]
        lines.append(
            (
                draft.id,
                article.heading if article is not None else power.article,
                _short(draft, power),
                right,
                *((None, None) if people.hidden else means),
                people.assumed,
            )
        )
    sure = shown(counts, Held(nobody, nobody, anyone))
    figure = FigureModel(
        id=f"discretion.body.{draft.id}.{power.article}.{power.facts[0].split()[0]}",
        title=f"People whose guaranteed level hangs on what a body decides: {_short(draft, power)}",
        unit="persons",
        assumed=sure.assumed,
        of=sure.of,
        hidden=sure.hidden,
        articles=first_articles(power.keys),
        evidence=power.says,
        sources=sources_of(counts),
    )
    return figure, lines


def _short(draft: Instrument, power: BodyPower) -> str:
    return ", ".join(fact.removeprefix(f"adopted {draft.id}/") for fact in power.facts)
