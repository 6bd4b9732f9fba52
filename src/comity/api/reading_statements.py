"""A statement of an agreement for a reader: its canonical text, and what stands in it by name.

Belongs here: one statement at a time. Does not belong here: what other statements say of it
(`reading_references`), people (`reading_people`), or a layout. A kind of statement that this module
has no words for is shown by its canonical text alone, so that nothing of a text is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from comity.agreement.conditions import Condition
from comity.agreement.governance import Governed
from comity.agreement.instruments import Instrument, Statement
from comity.agreement.lineage import Carried, SheetLine, Vector
from comity.agreement.nodes import (
    PLAIN,
    Alternatives,
    Choice,
    Extension,
    Frame,
    Kind,
    Norm,
    NormException,
    NoRule,
    Option,
    Parameter,
    Power,
    Prevalence,
    Scope,
    Standstill,
    Table,
    Term,
    Under,
    Validity,
)
from comity.agreement.regimes import Regime
from comity.agreement.statements import CaseStatement, Proof
from comity.api.schema_reading import BoundModel, GivenModel, OptionModel, StatementModel
from comity.language.printer import condition_text, statement_text
from comity.language.printer_cases import bounding
from comity.language.printer_layout import Words, plain
from comity.language.resolve_lineage import REASON_MEANINGS

NOT_RUN = "not run"


@dataclass(frozen=True)
class Shelf:
    """What is said of statements beside their own text.

    regime: every instrument of the library together, for exceptions across texts and readings.
    outcomes: of cases by instrument and line: what each gives instead of what it expects, nothing
    where it passed; a case that is not in it was not run. people: by key of a guarantee.
    """

    regime: Regime
    day: date
    outcomes: Mapping[tuple[str, int], Sequence[str]] = field(default_factory=dict)
    people: Mapping[str, GivenModel] = field(default_factory=dict)


def kind_of(made: Statement) -> str:
    """The word for a kind of statement: a norm by its side, another by its class."""
    match made:
        case Norm():
            return str(made.kind)
        case NormException():
            return "exception"
        case NoRule():
            return "no rule"
        case Alternatives():
            return "question"
        case SheetLine():
            return "line"
        case CaseStatement():
            return "case"
        case Governed():
            return "governance"
        case _:
            return type(made).__name__.lower()


def name_of(made: Statement) -> str:
    """A statement's own number, name or title; "" where it has none."""
    if isinstance(made, CaseStatement):
        return made.title
    for attribute in ("id", "name", "label", "number"):
        found = getattr(made, attribute, None)
        if isinstance(found, str):
            return found
    paragraphs = getattr(made, "paragraphs", ())
    return ", ".join(paragraphs)


def key_of(instrument: Instrument, made: Statement) -> str:
    """`INSTRUMENT/ID` of a rule, `INSTRUMENT/term NAME` of a definition, else ""."""
    match made:
        case Term() | Table() | Choice():
            return f"{instrument.id}/term {made.name}"
        case (
            Norm() | NormException() | Power() | Extension() | Standstill() | Prevalence()
        ):  # fmt: skip
            return instrument.key(made.id)
        case Parameter():
            return f"{instrument.id}/parameter {made.name}"
        case _:
            return ""


def statement_model(instrument: Instrument, made: Statement, shelf: Shelf) -> StatementModel:
    """One statement on the day, beside what the library says of it."""
    vocabulary = shelf.regime.vocabulary
    key, frame = key_of(instrument, made), _frame(made)
    since, until = _dates(frame.validity)
    return StatementModel.model_validate(
        {
            "kind": kind_of(made),
            "key": key,
            "name": name_of(made),
            "title": frame.title,
            "text": statement_text(made, vocabulary, instrument=instrument.id),
            "line": made.span.line,
            "when": tuple(
                condition_text(c, vocabulary, instrument=instrument.id) for c in _when(made)
            ),
            "excepted_by": shelf.regime.exceptions_to.get(key, ()),
            "doubt": frame.doubt,
            "since": since,
            "until": until,
            "valid": frame.validity.on(shelf.day),
            "under": _under(frame.under),
            "taken": shelf.regime.is_read(frame.under, instrument.id, shelf.day),
            "people": shelf.people.get(key) if isinstance(made, Norm) else None,
            **_own(instrument, made, shelf),
        }
    )


def _own(instrument: Instrument, made: Statement, shelf: Shelf) -> Mapping[str, object]:
    """What only one kind of statement has."""
    words = Words(shelf.regime.vocabulary, instrument.id)
    match made:
        case Norm():
            return {
                "bounds": tuple(_bounds(words, made)),
                "element": made.element,
                "soft": made.soft,
            }
        case NormException() | Power():
            targets = (shelf.regime.targets_of(t) for t in made.targets)
            return {"excepts": tuple(dict.fromkeys(k for several in targets for k in several))}
        case Parameter():
            least, most = (
                plain(words.constant(c)) if c is not None else "" for c in (made.low, made.high)
            )
            return {"value": plain(words.constant(made.value)), "least": least, "most": most}
        case Alternatives():
            return {"title": made.question, "options": tuple(_options(made, shelf.day))}
        case Proof():
            return {"verdict": "refuted" if made.refuted else "proved"}
        case CaseStatement():
            gives = shelf.outcomes.get((instrument.id, made.span.line))
            word = NOT_RUN if gives is None else "failed" if gives else "passed"
            return {"outcome": word, "failed": tuple(gives or ())}
        case NoRule() | SheetLine() | Vector():
            means = REASON_MEANINGS.get(made.reason, "")
            return {"reason": made.reason, "reason_means": means, "note": made.note}
        case Governed():
            return {"note": made.evidence}
        case Carried():
            return {"note": made.evidence, "doubt": made.doubt, "since": made.since.isoformat()}
        case _:
            return {}


def _bounds(words: Words, made: Norm) -> list[BoundModel]:
    in_favour = made.kind is Kind.GUARANTEE
    found = []
    for one in made.boundings:
        meaning = words.vocabulary.rights[one.right].meaning
        said = plain(bounding(words, one, in_favour=in_favour))
        found.append(
            BoundModel(right=one.right, bound=said, meaning=meaning.text if meaning else "")
        )
    return found


def _options(made: Alternatives, day: date) -> list[OptionModel]:
    return [_option(one, day) for one in made.options]


def _option(one: Option, day: date) -> OptionModel:
    since, until = _dates(one.validity)
    return OptionModel(
        kind=one.kind,
        name=one.name,
        holder=one.holder,
        authority=one.authority,
        since=since,
        until=until,
        default=one.is_default,
        held=one.validity.on(day),
    )


def _frame(made: Statement) -> Frame:
    """Title, doubt, dates and reading; of a statement that carries them by itself, the same."""
    frame = getattr(made, "frame", None)
    if isinstance(frame, Frame):
        return frame
    validity, doubt = getattr(made, "validity", None), getattr(made, "doubt", "")
    under = getattr(made, "under", None)
    return Frame(
        doubt=doubt if isinstance(doubt, str) else "",
        validity=validity if isinstance(validity, Validity) else PLAIN.validity,
        under=under if isinstance(under, Under) else None,
    )


def _when(made: Statement) -> Sequence[Condition]:
    match made:
        case Norm() | NormException() | Power() | Extension() | Standstill() | Term() | Scope():
            return made.when
        case _:
            return ()


def _under(under: Under | None) -> str:
    return f"{under.question}.{under.option}" if under is not None else ""


def _dates(validity: Validity) -> tuple[str, str]:
    since, until = validity.since, validity.until
    return since.isoformat() if since else "", until.isoformat() if until else ""
