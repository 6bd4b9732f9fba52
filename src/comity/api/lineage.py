"""Where encodings come from, and what conclusions became: chains, pressure, lines of fact sheets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from comity.agreement.instruments import Instrument, article_of
from comity.agreement.lineage import Carried, Link, SheetLine, Vector, chain
from comity.agreement.nodes import Norm
from comity.agreement.regimes import Regime
from comity.agreement.statements import CaseStatement, Proof
from comity.agreement.values import Truth
from comity.api import library as shelf
from comity.api.schema_lineage import (
    ChainDocument,
    LinesDocument,
    LinesModel,
    LinkModel,
    PressureModel,
    RefusalModel,
)
from comity.explain.answer import Answer, Granting
from comity.language.faults import ComityError, Fault, nearest

NOTE = (
    "Each link is a claim of history with its evidence, not a rule: what binds is the law at the "
    "end of the chain, where it is in force."
)


def _all_carried(instruments: Mapping[str, Instrument]) -> tuple[Carried, ...]:
    return tuple(
        statement
        for instrument in instruments.values()
        for statement in instrument.statements
        if isinstance(statement, Carried)
    )


# ---- chains ----
def chain_document(name: str, *, state: str = "") -> ChainDocument:
    """What an instrument's conclusions, or one of them, were carried into, and so on.

    name: `ID` or `ID/RULE`. state: only links that end in this State's law or in an instrument.
    Raises ComityError (E450, E301).
    """
    library = shelf.packaged()
    if library.faults:
        raise ComityError(*library.faults)
    word, _, rule = name.partition("/")
    instrument = library.instruments.get(shelf.instrument_id(word))
    if instrument is None:
        raise shelf.no_such(word, library)
    carried = _all_carried(library.instruments)
    keys = [instrument.key(node.id) for node in instrument.holdings]
    if rule:
        if instrument.key(rule) not in keys:
            guess = nearest(rule, [node.id for node in instrument.holdings])
            raise ComityError(
                Fault(
                    "E301",
                    f"there is no rule `{rule[:40]}` in `{instrument.id}`",
                    suggestion=f"did you mean `{guess}`?" if guess else f"comity show {word}",
                )
            )
        keys = [instrument.key(rule)]
    starts = [key for key in keys if any(one.source == key for one in carried)]
    links = chain(carried, starts)
    if state:
        links = _towards(links, state)
    return ChainDocument(
        start=tuple(starts) or (name,),
        links=tuple(_link(link, library.instruments) for link in links),
        note=NOTE,
    )


def _towards(links: tuple[Link, ...], state: str) -> tuple[Link, ...]:
    """The links on the way to a State's own law."""
    kept: list[Link] = []
    for place, link in enumerate(links):
        if state in link.carried.states:
            kept.append(link)
            continue
        below = []
        for later in links[place + 1 :]:
            if later.depth <= link.depth:
                break
            below.append(later)
        if any(state in later.carried.states for later in below):
            kept.append(link)
    return tuple(kept)


def _link(link: Link, instruments: Mapping[str, Instrument]) -> LinkModel:
    one = link.carried
    return LinkModel(
        depth=link.depth,
        source=one.source,
        source_says=_says(one.source, instruments),
        target=one.target,
        target_says=_says(one.target, instruments) if one.target else one.words,
        states=one.states,
        since=one.since.isoformat(),
        evidence=one.evidence,
        doubt=one.doubt,
        repeats=link.repeats,
    )


def _says(key: str, instruments: Mapping[str, Instrument]) -> str:
    """A node by its own title, else by its article's, with the instrument's title."""
    owner, _, node_id = key.partition("/")
    instrument = instruments[owner]
    node = next((n for n in instrument.holdings if n.id == node_id), None)
    article = instrument.article(article_of(node_id))
    own = node.frame.title if node is not None else ""
    return f"{instrument.title}: {own or (article.title if article else node_id)}"


# ---- pressure ----
def pressure_model(answer: Answer, grant: Granting) -> PressureModel:
    """A rule that binds nobody, with what had become of it by the day of the case."""
    regime = answer.regime
    rights = regime.vocabulary.rights
    return PressureModel(
        norm=grant.node,
        article=grant.heading,
        title=grant.title,
        force=grant.why,
        certain=grant.truth is Truth.TRUE,
        levels={name: rights[name].name_of(rank) for name, rank in grant.rights},
        became=_became(grant.node, regime, answer.on),
    )


def _became(key: str, regime: Regime, day: date) -> tuple[str, ...]:
    links = chain(_all_carried(regime.library), [key])
    return tuple(
        f"{link.carried.target or link.carried.words} ({link.carried.since.isoformat()})"
        for link in links
        if link.carried.since <= day and not link.repeats
    )


# ---- lines of the sheets ----
def lines_document(day: date) -> LinesDocument:
    """Lines encoded against lines in the fact sheets, each refusal with its reason."""
    library = shelf.packaged()
    if library.faults:
        raise ComityError(*library.faults)
    models = tuple(_lines(instrument) for instrument in library.instruments.values())
    return LinesDocument(
        date=day.isoformat(),
        instruments=models,
        lines=sum(model.lines or 0 for model in models),
        encoded=sum(model.encoded + model.in_part for model in models),
        refused=sum(
            sum(r.number.startswith("R") and not r.partly for r in model.refused)
            for model in models
        ),
    )


def _lines(instrument: Instrument) -> LinesModel:
    lines = [s for s in instrument.statements if isinstance(s, SheetLine)]
    vectors = [s for s in instrument.statements if isinstance(s, Vector)]
    encoded = {s.number for s in lines if s.nodes}
    refused = {s.number for s in lines if s.reason}
    as_cases = {s.number for s in vectors if s.cases}
    stated: list[SheetLine | Vector] = [*lines, *vectors]
    return LinesModel(
        id=instrument.id,
        title=instrument.title,
        force=instrument.force.value,
        status=instrument.status,
        coverage=instrument.coverage.share,
        lines=instrument.lines,
        encoded=len(encoded - refused),
        in_part=len(encoded & refused),
        vectors=instrument.vectors,
        vectors_as_cases=len(as_cases),
        refused=tuple(
            RefusalModel(
                number=s.number,
                reason=s.reason,
                note=s.note,
                partly=s.number in encoded | as_cases,
            )
            for s in stated
            if s.reason
        ),
        doubtful=tuple(
            dict.fromkeys(
                node.id
                for node in instrument.holdings
                if isinstance(node, Norm) and node.frame.doubt
            )
        ),
        cases=sum(isinstance(s, CaseStatement) for s in instrument.statements),
        proofs=sum(isinstance(s, Proof) for s in instrument.statements),
        review_by=instrument.review_by.isoformat() if instrument.review_by else "",
    )
