"""A dossier's instruments: what is in force or presses on the day, what is not, chains, refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from comity.agreement.instruments import Force, Instrument
from comity.agreement.lineage import Carried
from comity.api import library as shelf
from comity.api.brief_notes import coverage_of
from comity.api.lineage import NOTE, chain_document, lines_document
from comity.api.regimes import Read
from comity.api.schema_lineage import LinesModel
from comity.brief.context import Bounds
from comity.brief.law_context import Apart, Chain, Kind, Refusal, Step, Text

NOT_SAID = "not said"
CHAINS_NOTE = NOTE


def kind_of(instrument: Instrument) -> Kind:
    """The kind of text: a regulation of the Union stands beside the directives (by its CELEX)."""
    if instrument.force in (Force.POLITICAL, Force.INFORMAL):
        return "political" if instrument.force is Force.POLITICAL else "informal"
    celex = instrument.citations.get("celex", "")
    is_regulation = celex[:1] == "3" and celex[5:6] == "R"
    return "directive" if instrument.force is Force.DIRECTIVE or is_regulation else "binding"


def is_on(instrument: Instrument, day: date) -> bool:
    """Whether a text is in force, or presses, on the day."""
    if instrument.is_draft:
        return False
    if instrument.ended is not None and day >= instrument.ended:
        return False
    began = instrument.in_force or instrument.adopted
    return began is not None and began <= day


def texts_of(
    read: Read, day: date, people: Mapping[str, tuple[Bounds, Bounds]]
) -> tuple[Text, ...]:
    """Everything in force or pressing on the day. people: before a bound host, and given something."""
    lines = {one.id: one for one in lines_document(day).instruments}
    return tuple(
        _text(i, day, lines.get(i.id), people.get(i.id))
        for i in read.regime.instruments
        if is_on(i, day)
    )


def _text(
    instrument: Instrument,
    day: date,
    lines: LinesModel | None,
    people: tuple[Bounds, Bounds] | None,
) -> Text:
    said = instrument.accountability
    return Text(
        instrument.id,
        instrument.title,
        kind_of(instrument),
        _citation(instrument),
        len(instrument.parties_on(day)),
        instrument.adopted,
        instrument.in_force,
        instrument.ended,
        said.get("monitor", NOT_SAID),
        said.get("answers_to", NOT_SAID),
        said.get("complaint", NOT_SAID),
        coverage_of(instrument),
        instrument.lines,
        lines.encoded if lines else 0,
        lines.in_part if lines else 0,
        tuple(Refusal(r.number, r.reason, r.note, r.partly) for r in lines.refused)
        if lines
        else (),
        lines.doubtful if lines else (),
        instrument.contested,
        instrument.review_by,
        *(people if people is not None else (None, None)),
    )


_NAMES = {"un_treaty": "UN treaty", "ets": "ETS", "celex": "CELEX", "oj": "OJ", "ilo": "ILO"}


def _citation(instrument: Instrument) -> str:
    parts = []
    for key, value in instrument.citations.items():
        if key != "url":
            parts.append(f"{_NAMES[key]} {value}" if key in _NAMES else value)
    return "; ".join(parts)


# ---- what binds nobody on the day ----
def lapsed_of(instruments: Sequence[Instrument], day: date) -> tuple[Apart, ...]:
    """Texts that have ended, or are not yet in force, on the day."""
    found = [
        _apart(i, "ended" if i.ended is not None and day >= i.ended else "not yet in force")
        for i in instruments
        if not i.is_draft and not is_on(i, day)
    ]
    return tuple(sorted(found, key=lambda one: one.title))


def never_of(instruments: Sequence[Instrument]) -> tuple[Apart, ...]:
    """Drafts: read by nobody as law here, and in no number of the page."""
    found = [_apart(i, "never adopted") for i in instruments if i.is_draft]
    return tuple(sorted(found, key=lambda one: one.title))


def _apart(instrument: Instrument, why: str) -> Apart:
    return Apart(
        instrument.id,
        instrument.title,
        why,
        instrument.adopted,
        instrument.in_force,
        instrument.ended,
        _citation(instrument),
        instrument.contested,
    )


# ---- chains ----
def chains_of(instruments: Sequence[Instrument]) -> tuple[Chain, ...]:
    """What each text's conclusions were carried into; of packaged texts that state any."""
    packaged = shelf.packaged().instruments
    return tuple(
        Chain(i.id, i.title, _steps(i.id))
        for i in instruments
        if i.id in packaged and any(isinstance(s, Carried) for s in packaged[i.id].statements)
    )


def _steps(name: str) -> tuple[Step, ...]:
    return tuple(
        Step(
            one.depth,
            one.source_says,
            one.target_says,
            one.states,
            one.since,
            one.evidence,
            one.doubt,
            one.repeats,
        )
        for one in chain_document(name).links
    )
