"""What a case may vary of a text: the articles that are reserved, the values of its parameters.

Whether the text allows it shows only once every document has been read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from comity.agreement.instruments import Instrument, article_name
from comity.agreement.latitude import bounds_of, may_be_reserved
from comity.agreement.nodes import Parameter
from comity.agreement.statements import CaseStatement, Given
from comity.agreement.values import Range, Truth
from comity.language.documents import Document
from comity.language.faults import Fault


def varied_faults(
    instruments: Mapping[str, Instrument], documents: Mapping[str, Document]
) -> Iterator[Fault]:
    """E307 and E227: a case reserves what is barred, or goes beyond the bounds of a parameter."""
    for instrument in instruments.values():
        document = documents[instrument.id]
        for case in instrument.statements:
            if not isinstance(case, CaseStatement):
                continue
            for given in (*case.given, *case.other, *case.sponsor):
                found = _fault(given, case, instrument.id, instruments)
                if found is not None:
                    code, message, possible = found
                    excerpt = document.excerpt(given.span.line)
                    yield Fault(code, message, given.span, excerpt, possible)


def _fault(
    given: Given, case: CaseStatement, own: str, instruments: Mapping[str, Instrument]
) -> tuple[str, str, str] | None:
    word, _, key = given.path.partition(" ")
    owner, _, name = key.partition("/")
    if word not in ("reserved", "parameter") or owner not in instruments:
        return None  # an instrument that could not be read has its own report
    if word == "reserved":
        said = barred(instruments[owner], name) if given.possible is Truth.TRUE else ""
        return ("E307", said, "") if said else None
    variants = variants_of(instruments[owner], name)
    taken = {under.question: under.option for under in case.readings} if owner == own else {}
    read = [
        variant
        for variant in variants
        if variant.under is None
        or taken.get(variant.under.question, variant.under.option) == variant.under.option
    ]
    assert isinstance(given.possible, Range)
    number = given.possible.low
    return beyond(read, number) if read else None


def barred(instrument: Instrument, article: str) -> str:
    """Why a State cannot have reserved an article, "" if it can."""
    if may_be_reserved(instrument, article):
        return ""
    return f"`{instrument.id}` allows no reservation to {article_name(article)}"


def variants_of(instrument: Instrument, name: str) -> list[Parameter]:
    """A parameter of an instrument, once for each option of a question that it stands under."""
    return [s for s in instrument.statements if isinstance(s, Parameter) and s.name == name]


def beyond(variants: list[Parameter], number: int) -> tuple[str, str, str] | None:
    """E227 with its message and the bounds, if no variant of a parameter allows a number."""
    spans = [bounds_of(variant) for variant in variants]
    if any(low <= number <= high for low, high in spans):
        return None
    name, unit = variants[0].name, variants[0].value.kind
    allowed = " or ".join(
        f"{low} {unit}" if low == high else f"{low} to {high} {unit}" for low, high in spans
    )
    return "E227", f"`{number} {unit}` is outside the bounds of `{name}`", f"allowed: {allowed}"
