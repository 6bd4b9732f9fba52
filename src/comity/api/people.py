"""One person's record under a regime: what `comity explain` and `comity ask` call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from comity.agreement.cases import Case
from comity.agreement.regimes import Regime
from comity.api import library as shelf
from comity.api.cautions import refuse_after_review
from comity.api.explaining import explain_document
from comity.api.regimes import read_regime, refuse_unheld
from comity.api.schema import ExplainDocument
from comity.explain.answer import explain
from comity.language.case_files import CaseRecord, read_case, write_case
from comity.language.faults import ComityError, Fault

ASSUMED = (
    "Under the set `ordinary`: what the record does not say is taken to have the ordinary value that "
    "the vocabulary states."
)


def explain_file(
    regime: str,
    path: Path,
    *,
    on: date | None,
    today: date,
    readings: Mapping[str, str] | None = None,
    rights: tuple[str, ...] = (),
    assume: str = "nothing",
) -> ExplainDocument:
    """The position of a person whose record is a file.

    on: the day of the law; None takes the record's own day, else `today`.
    rights: only these; empty for all that the regime speaks of.
    assume: `nothing`, or `ordinary`: what the record does not say has its ordinary value.
    Raises ComityError.
    """
    read = read_regime(regime, readings=readings)
    refuse_after_review(read.regime, today)
    text = shelf.read_file(path)
    if isinstance(text, Fault):
        raise ComityError(text)
    record = read_case(
        text[0],
        text[1],
        read.regime.vocabulary,
        today=today,
        on=on,
        instruments=read.library.instruments,
    )
    if assume == "ordinary" and not record.case.ordinary:
        case = replace(record.case, ordinary=True)
        document = explain_case(read.regime, case, record.title, rights=rights)
        return document.model_copy(update={"warnings": (*document.warnings, ASSUMED)})
    return explain_case(read.regime, record.case, record.title, rights=rights)


def explain_case(
    regime: Regime, case: Case, title: str, *, rights: tuple[str, ...] = ()
) -> ExplainDocument:
    """The answer for a case as a document. Raises ComityError (E201) for a right that is none."""
    unknown = [name for name in rights if name not in regime.vocabulary.rights]
    if unknown:
        raise ComityError(
            Fault(
                "E201",
                f"`{unknown[0][:40]}` is not a right",
                possible=f"rights: {', '.join(regime.vocabulary.rights)}",
            )
        )
    refuse_unheld(regime, case.on)
    document = explain_document(explain(regime, case), title)
    if rights:
        kept = {name: model for name, model in document.rights.items() if name in rights}
        document = document.model_copy(
            update={
                "rights": kept,
                "conflicts": tuple(c for c in document.conflicts if c.right in rights),
                "partings": tuple(p for p in document.partings if p.right in rights),
            }
        )
    return document


def save_case(regime: Regime, case: Case, path: Path) -> None:
    """Writes the answers of an interview as a record that `comity explain` reads back.

    Raises ComityError (E460) if the file cannot be written.
    """
    record = CaseRecord(case, "the person asked", "")
    try:
        path.write_text(
            write_case(record, regime.vocabulary, instruments=regime.library), encoding="utf-8"
        )
    except OSError as cause:
        raise ComityError(
            Fault("E460", f"`{path}` cannot be written: {cause.strerror or cause}")
        ) from cause
