"""The page of the dossier on the law in force: a context and its drawings, to one HTML text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from comity.brief.context import Bounds
from comity.brief.covered import shown_levels
from comity.brief.errors import UnknownReference
from comity.brief.joint_suppression import suppress_together
from comity.brief.law_context import KINDS, HostRow, LawContext, Refusal, Text
from comity.brief.maps import (
    DISCLAIMER,
    base_outlines,
    base_rules,
    choropleth,
    choropleth_on_base,
    legend,
)
from comity.brief.pages import environment
from comity.brief.suppression import Shown, Withheld
from comity.brief.tables import ShownBounds, shown_bounds

SECTIONS = ("claims", "findings", "instruments", "by-text", "apart", "covered", "hosts", "discretion",
            "persons", "partings", "crossing", "chains", "not-encoded", "sources")  # fmt: skip
"""The page's sections by the names under which it can be opened: `index.html#hosts`."""
TEXT_BREAKS = (3.0, 5.0, 8.0, 12.0)
PEOPLE_BREAKS = (10_000.0, 50_000.0, 200_000.0, 1_000_000.0, 3_000_000.0)


@dataclass(frozen=True, slots=True)
class LawMap:
    """A map for the page, and the same as a file of its own."""

    title: str
    description: str
    svg: Markup
    legend: Markup
    file: str
    standalone: str


@dataclass(frozen=True, slots=True)
class ShownHost:
    """A host as it is published."""

    host: HostRow
    people: ShownBounds
    lasting: ShownBounds


def shown_hosts(hosts: Sequence[HostRow]) -> tuple[ShownHost, ...]:
    """The hosts with small numbers hidden, and enough beside them."""
    if not hosts:
        return ()
    people, lasting = (
        _shown([getattr(host, name) for host in hosts]) for name in ("people", "lasting")
    )
    return tuple(
        ShownHost(host, one, other) for host, one, other in zip(hosts, people, lasting, strict=True)
    )


def _shown(several: Sequence[Bounds]) -> list[ShownBounds]:
    certain, assumed, possible = suppress_together(
        [[getattr(one, name) for one in several] for name in ("certain", "assumed", "possible")]
    )
    rows = zip(certain[0], possible[0], assumed[0], strict=True)
    return [ShownBounds(*three) for three in rows]


def law_maps(context: LawContext) -> tuple[LawMap, ...]:
    """How many texts bind each host; how many people are guaranteed a stay that lasts."""
    if not context.hosts:
        return ()
    numbers: dict[str, float] = {}
    hidden: dict[str, Withheld] = {}
    for one in shown_hosts(context.hosts):
        cell = one.lasting.assumed
        if isinstance(cell, Withheld):
            hidden[one.host.code] = cell
        else:
            numbers[one.host.code] = cell
    texts = {host.code: float(len(host.texts)) for host in context.hosts}
    return (
        _map(
            "map-texts",
            "Texts that bind each host and speak of admission or protection",
            "World map of how many encoded texts in force bind each host and guarantee somebody "
            "something of entry, stay or protection from removal. A number of texts is no measure of "
            "how well anybody is protected. The file of hosts names them.",
            "texts",
            (texts, {}),
            TEXT_BREAKS,
            context,
        ),
        _map(
            "map-lasting",
            "People to whom a stay that lasts is guaranteed, by host",
            f"World map of people under the set {context.assumptions.name}. What a State grants "
            "beyond a guarantee is not counted. The table below holds every number.",
            "persons",
            (numbers, hidden),
            PEOPLE_BREAKS,
            context,
        ),
    )


def _map(
    name: str,
    title: str,
    description: str,
    unit: str,
    values: tuple[Mapping[str, float], Mapping[str, Withheld]],
    breaks: Sequence[float],
    context: LawContext,
) -> LawMap:
    numbers, hidden = values
    on_page, alone = (
        draw(
            numbers, breaks=breaks, title=title, description=description, unit=unit,
            figure=name, dots=context.dots, withheld=hidden,
        )
        for draw in (choropleth_on_base, choropleth)
    )  # fmt: skip
    key = legend(breaks, unit=unit, has_withheld=bool(hidden))
    return LawMap(title, description, Markup(on_page), Markup(key), f"figures/{name}.svg", alone)


def by_reason(refused: Sequence[Refusal]) -> list[tuple[str, list[Refusal]]]:
    """Refusals under their reasons, in the order in which a text first gives each."""
    found: dict[str, list[Refusal]] = {}
    for one in refused:
        found.setdefault(one.reason, []).append(one)
    return list(found.items())


def shown_three(bounds: Bounds | None) -> tuple[Shown, ...] | None:
    """Certain, possible and assumed as they are shown."""
    made = shown_bounds(bounds)
    return None if made is None else (made.certain, made.possible, made.assumed)


def counted_texts(context: LawContext) -> list[tuple[Text, tuple[Shown, ...], tuple[Shown, ...]]]:
    """The texts whose people were counted, by title, with the numbers as shown."""
    found = []
    for text in sorted(context.texts, key=lambda one: one.title):
        before, given = shown_three(text.before), shown_three(text.given)
        if before is not None and given is not None:
            found.append((text, before, given))
    return found


def page(context: LawContext, maps: Sequence[LawMap]) -> str:
    """The whole of index.html. Raises UnknownReference if a finding points at nothing."""
    for finding in context.findings:
        if finding.see not in SECTIONS:
            raise UnknownReference(f"finding points at `{finding.see}`, which the page lacks")
    light, dark, rules = base_rules()
    return environment().get_template("law.html").render(
        law=context,
        kinds=[(*kind, context.of_kind(kind[0])) for kind in KINDS],
        counted=counted_texts(context),
        levels=[(row, numbers[:3]) for row, numbers in shown_levels(context.levels)],
        hosts=shown_hosts(context.hosts),
        maps=maps,
        by_reason=by_reason,
        shown_three=shown_three,
        disclaimer=DISCLAIMER,
        base=Markup(base_outlines()) if maps else Markup(""),
        light=Markup(light),
        dark=Markup(dark),
        map_rules=Markup(rules),
    )  # fmt: skip
