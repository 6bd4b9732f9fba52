"""Invented persons of the dossier on the law in force: the cases that an agreement states of `today`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from comity.agreement.cases import Case, case_of
from comity.agreement.instruments import Instrument
from comity.agreement.regimes import Regime
from comity.agreement.statements import CaseStatement
from comity.agreement.values import Options
from comity.api.explaining import explain_document
from comity.api.schema import ExplainDocument, ReasonModel, RightModel
from comity.api.telling import unusual
from comity.brief.law_context import HeldRight, InventedPerson
from comity.explain.answer import explain
from comity.world.countries import country

OF_TODAY = "today"
_ALWAYS = ("stay", "shield")
_MOST_PRESSING = 8


def cases_of_today(
    instruments: Iterable[Instrument],
) -> Iterator[tuple[Instrument, CaseStatement]]:
    """The cases whose head says `of today`, in the order of the texts."""
    for instrument in instruments:
        for statement in instrument.statements:
            if isinstance(statement, CaseStatement) and statement.regime == OF_TODAY:
                yield instrument, statement


def person_of(
    instrument: Instrument, statement: CaseStatement, regime: Regime, on: date
) -> InventedPerson:
    """What the regime gives the person of a case, on the case's own day."""
    for reading in statement.readings:
        regime = regime.reading(f"{instrument.id}/{reading.question}", reading.option)
    case = case_of(statement, instrument, regime.vocabulary, on=on)
    document = explain_document(explain(regime, case, why_not=False, ask=False), statement.title)
    host = _host(case)
    speaking = [
        name
        for name, model in document.rights.items()
        if name in _ALWAYS or any(r.kind == "guarantee" and r.certain for r in model.reasons)
    ]
    held = [name for name in speaking if _is_due(document.rights[name])]
    return InventedPerson(
        f"person-{instrument.id.replace('_', '-')}-{statement.span.line}",
        statement.title,
        country(host).name if host else "not said",
        case.on,
        tuple(
            f"{fact.meaning or fact.fact}: {fact.value}"
            for fact in unusual(case, regime)
            if fact.fact not in ("host", "destination.state")
        ),
        tuple(
            f"{regime.by_id[name].title}{'' if truth == 'true' else ' (perhaps)'}"
            for name, truth in document.bound_by.items()
            if truth != "false" and regime.by_id[name].force.binds
        ),
        tuple(_held(name, document, regime) for name in held),
        tuple(
            f"{_meaning(name, regime)}: {document.rights[name].statement}"
            for name in _ALWAYS
            if name in document.rights and name not in held
        )
        + _unspoken(document, regime),
        tuple(in_titles(line, regime) for line in document.may_grant),
        tuple(dict.fromkeys(_pressing(document, regime)))[:_MOST_PRESSING],
        tuple(
            f"{p.text or p.question} ({p.right}): "
            + "; ".join(f"{level} under {name}" for name, level in p.under.items())
            for p in document.partings
        ),
        tuple(
            in_titles(f"{c.guarantee} against {c.limit} on {c.right}", regime)
            for c in document.conflicts
        ),
        instrument.title,
    )


def _meaning(name: str, regime: Regime) -> str:
    right = regime.vocabulary.rights[name]
    return right.meaning.text if right.meaning else name


def _host(case: Case) -> str:
    names = case.host.names if isinstance(case.host, Options) else None
    return next(iter(names)) if names and len(names) == 1 else ""


def _is_due(model: RightModel) -> bool:
    return any(r.kind == "guarantee" and r.certain for r in model.reasons)


def _unspoken(document: ExplainDocument, regime: Regime) -> tuple[str, ...]:
    """Stay and return, where no text says anything of them."""
    rights = regime.vocabulary.rights
    return tuple(
        f"{_meaning(name, regime)}: no guarantee found in the "
        f"encoded texts; the State may still grant up to {rights[name].name_of(rights[name].top)}"
        for name in _ALWAYS
        if name in rights and name not in document.rights
    )


def _held(name: str, document: ExplainDocument, regime: Regime) -> HeldRight:
    model = document.rights[name]
    giving = [r for r in model.reasons if r.kind == "guarantee" and r.certain]
    best = [r for r in giving if r.level == model.lower] or giving
    limits = [r for r in model.reasons if r.kind == "limit" and r.certain]
    touched = [*best, *limits, *model.defeated]
    return HeldRight(
        name,
        _meaning(name, regime),
        model.statement,
        model.discretion,
        tuple(dict.fromkeys(_article(r, regime) for r in best)),
        tuple(dict.fromkeys(_article(r, regime) for r in model.defeated)),
        tuple(dict.fromkeys(f"{_article(r, regime)}: {r.doubt}" for r in touched if r.doubt)),
    )


def _article(reason: ReasonModel, regime: Regime) -> str:
    return f"{regime.instrument_of(reason.norm).title}, {reason.article}"


_KEY = re.compile(r"\b([a-z][a-z0-9_]*)/([\w.]*\w)")


def in_titles(line: str, regime: Regime) -> str:
    """A line with each key `ID/RULE` said by the text's title."""

    def said(found: re.Match[str]) -> str:
        name, rule = found.groups()
        known = regime.library.get(name)
        return f"{known.title}, rule {rule}" if known is not None else found[0]

    return _KEY.sub(said, line)


def _pressing(document: ExplainDocument, regime: Regime) -> Iterator[str]:
    for one in document.pressure:
        levels = ", ".join(f"{right} {level}" for right, level in one.levels.items())
        became = f"; became {', '.join(one.became)}" if one.became else ""
        perhaps = "" if one.certain else "perhaps, "
        says = f": {one.title}" if one.title else ""
        yield in_titles(
            f"{regime.instrument_of(one.norm).title}, {one.article}{says} "
            f"({perhaps}{one.force}{'; ' + levels if levels else ''}{became})",
            regime,
        )


def persons_of(
    instruments: Iterable[Instrument], regime: Regime, on: date
) -> tuple[InventedPerson, ...]:
    """All of them, each once by title and day."""
    found: dict[tuple[str, date], InventedPerson] = {}
    for instrument, statement in cases_of_today(instruments):
        made = person_of(instrument, statement, regime, on)
        found.setdefault((made.title, made.on), made)
    numbered = enumerate(found.values(), 1)
    return tuple(replace(one, id=f"{one.id}-{number}") for number, one in numbered)
