"""How conclusions that bind nobody became law: the chains that start at informal texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from comity.agreement.instruments import Instrument
from comity.agreement.lineage import Carried, Link, chain
from comity.api.profile_people import among, before, everybody
from comity.api.profile_setting import Setting
from comity.api.profile_shown import people_figure, shown, sources_of
from comity.api.schema_profile import Cell, FigureModel, ProfileTableModel


def chains(setting: Setting) -> Mapping[str, tuple[Link, ...]]:
    """By informal text of the regime, the links by the day that start at one of its conclusions."""
    library = setting.regime.library
    carried = [
        one
        for instrument in library.values()
        for one in instrument.statements
        if isinstance(one, Carried) and one.since <= setting.day
    ]
    found = {}
    for instrument in setting.regime.instruments:
        if instrument.force.binds:
            continue
        starts = [c.source for c in carried if c.source.startswith(f"{instrument.id}/")]
        if starts:
            found[instrument.id] = chain(carried, sorted(dict.fromkeys(starts)))
    return found


def _own(setting: Setting) -> list[tuple[Instrument, Link]]:
    """Each link once, under the first text that leads to it; within the subject's States."""
    hosts = setting.subject.hosts
    seen: set[tuple[str, str, str]] = set()
    made = []
    for name, links in chains(setting).items():
        for link in links:
            one = link.carried
            key = (one.source, one.target, one.words)
            here = hosts is None or not one.states or bool(hosts & set(one.states))
            if key not in seen and here:
                seen.add(key)
                made.append((setting.regime.library[name], link))
    return made


def _reached(setting: Setting, links: Sequence[tuple[Instrument, Link]]) -> frozenset[str]:
    states = {state for _, link in links for state in link.carried.states}
    hosts = setting.subject.hosts
    return frozenset(states if hosts is None else states & hosts)


def chain_figures(setting: Setting) -> list[FigureModel]:
    """Links from texts that bind nobody into law, the States whose law it is, the people there."""
    links = _own(setting)
    if not links:
        return []
    states = _reached(setting, links)
    keys = tuple(dict.fromkeys(link.carried.source for _, link in links))
    doubtful = sum(1 for _, link in links if link.carried.doubt)
    direct = sum(1 for _, link in links if link.depth == 0)
    figures = [
        FigureModel(
            id="governance.carried",
            title="links by which conclusions that bind nobody became conditions or law",
            value=len(links),
            unit="links",
            articles=keys[:12],
            evidence=f"{direct} directly, {len(links) - direct} by way of another text; {doubtful} "
            "are marked as doubtful",
        ),
        FigureModel(
            id="governance.carried.states",
            title="States in whose law such a conclusion stands",
            value=len(states),
            unit="States",
            articles=keys[:12],
            evidence=", ".join(sorted(states)),
        ),
    ]
    if states:
        held = among(everybody(setting), before(setting, states))
        figures.append(
            people_figure(
                "governance.carried.people",
                "people before a State in whose law such a conclusion stands",
                shown(setting.counts, held),
                articles=keys,
                sources=sources_of(setting.counts),
            )
        )
    return figures


def chain_table(setting: Setting) -> ProfileTableModel:
    """The links, text by text, in the order of the chain."""
    rows: list[tuple[Cell, ...]] = []
    for instrument, link in _own(setting):
        one = link.carried
        rows.append(
            (
                instrument.title,
                link.depth,
                one.source,
                one.target or one.words,
                ", ".join(one.states) or "not one State",
                one.since.isoformat(),
                one.evidence,
                one.doubt or "none",
            )
        )
    return ProfileTableModel(
        id="governance.chains",
        title="How conclusions that bind nobody got a hold",
        columns=("text", "step", "from", "into", "States", "since", "evidence", "doubt"),
        rows=tuple(rows),
        note="that a law came after a conclusion and says the same is no proof that it came because "
        "of it",
    )
