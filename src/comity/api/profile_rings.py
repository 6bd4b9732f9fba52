"""What ties the rings of States: texts on taking people back, conclusions carried into law, floors.

Belongs here: tables of the section `hierarchy` that are made of the texts alone. Does not belong
here: positions of persons (`profile_hierarchy`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from comity.agreement.instruments import Instrument
from comity.agreement.lineage import Carried
from comity.agreement.nodes import Norm
from comity.api.brief_law_texts import NOT_SAID, kind_of
from comity.api.profile_setting import Setting
from comity.api.schema_profile import Cell, FigureModel, ProfileTableModel
from comity.profile.hierarchy import RINGS, System, rings

READMISSION = ("readmi", "take back", "taken back", "takes back", "taking back")
"""Words by which an article speaks of taking people back."""
BARS_RETURN = "shield"

Rings = Mapping[str, Sequence[str]]


def speaks_of_readmission(text: str) -> bool:
    """Whether a text has one of the words."""
    plain = " ".join(text.lower().split())
    return any(word in plain for word in READMISSION)


def readmission_articles(instrument: Instrument) -> tuple[str, ...]:
    """Keys of the articles that speak of it: in heading, prose, or the words of a statement."""
    found: dict[str, None] = {}
    for article in instrument.articles:
        if speaks_of_readmission(f"{article.title} {article.text}"):
            found[instrument.key(article.id)] = None
    for node in instrument.holdings:
        if speaks_of_readmission(node.frame.title):
            found[instrument.key(node.id)] = None
    return tuple(found)


def readmission_table(
    setting: Setting, systems: Sequence[tuple[System, Rings]]
) -> ProfileTableModel:
    """By ring and text: how many of the ring's States a text on taking back binds or presses on."""
    rows: list[tuple[Cell, ...]] = []
    for system, there_on in systems:
        for instrument in setting.standing:
            keys = readmission_articles(instrument)
            bound = setting.bound(instrument)
            for ring, states in there_on.items():
                there = len(bound & set(states))
                if keys and there:
                    rows.append(
                        (
                            system.title,
                            ring,
                            instrument.title,
                            kind_of(instrument),
                            there,
                            len(states),
                            ", ".join(key.partition("/")[2] for key in keys[:4]),
                        )
                    )
    return ProfileTableModel(
        id="hierarchy.readmission",
        title="Texts that speak of taking people back, by the ring of their States",
        columns=("system", "ring", "text", "kind", "States", "of", "articles"),
        rows=tuple(rows),
        note="found by word; who takes back whom from whom is a duty between States, which no rule "
        "here expresses",
    )


def carried_of(setting: Setting) -> tuple[tuple[Instrument, Carried], ...]:
    """The conclusions of the texts of the regime that had become law somewhere by the day."""
    return tuple(
        (instrument, one)
        for instrument in setting.regime.instruments
        for one in instrument.statements
        if isinstance(one, Carried) and one.since <= setting.day
    )


def carried_figures(setting: Setting, systems: Sequence[System]) -> list[FigureModel]:
    """Of the conclusions that became law: in how many the law is one of each ring's States.

    The ring is that of the day on which the law began.
    """
    carried = carried_of(setting)
    figures = []
    for system in systems:
        ring_of = {one: rings(system, setting.regime.vocabulary, one.since) for _, one in carried}
        for ring in RINGS if carried else ():
            own = [o for _, o in carried if set(o.states) & set(ring_of[o][ring])]
            back = [o for o in own if speaks_of_readmission(f"{o.words} {o.evidence}")]
            figures.append(
                FigureModel(
                    id=f"hierarchy.{system.id}.carried.{ring}",
                    title=f"{system.title}: conclusions that became law in a State of the {ring} of "
                    "that day",
                    value=len(own),
                    unit="links",
                    of=len(carried),
                    articles=tuple(dict.fromkeys(one.source for one in own))[:12],
                    evidence=f"{len(back)} of them speak of taking people back; "
                    f"{sum(1 for o in own if o.doubt)} are marked as doubtful",
                )
            )
    return figures


def floor_texts(setting: Setting) -> tuple[Instrument, ...]:
    """Binding texts in force with a guarantee against removal."""
    return tuple(
        i
        for i in setting.standing
        if i.force.binds
        and any(
            isinstance(n, Norm)
            and not n.soft
            and n.kind.value == "guarantee"
            and any(b.right == BARS_RETURN for b in n.boundings)
            for n in i.holdings
        )
    )


def floors_table(setting: Setting, systems: Sequence[tuple[System, Rings]]) -> ProfileTableModel:
    """By ring and text against removal: how many of the ring's States it binds, and who watches."""
    rows: list[tuple[Cell, ...]] = []
    texts = floor_texts(setting)
    for system, there_on in systems:
        for ring, states in there_on.items():
            for one in texts:
                there = len(setting.bound(one) & set(states))
                if states and there:
                    said = one.accountability
                    rows.append(
                        (
                            system.title,
                            ring,
                            one.title,
                            there,
                            len(states),
                            said.get("monitor", NOT_SAID),
                            said.get("complaint", NOT_SAID),
                        )
                    )
    return ProfileTableModel(
        id="hierarchy.floors",
        title="Who is bound by a text that bars removal, and who watches",
        columns=("system", "ring", "text", "States", "of", "monitor", "complaint"),
        rows=tuple(rows),
        note="monitor and complaint as the front matter says; `not said` is not `none`",
    )
