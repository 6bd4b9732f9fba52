"""Documents to typed instruments: the last step from text, and where all faults come together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from lark import Token, Tree

from comity.agreement.governance import Governed
from comity.agreement.instruments import Instrument, Statement
from comity.agreement.nodes import (
    Alternatives,
    Choice,
    Element,
    Extension,
    Norm,
    NormException,
    Parameter,
    Power,
    Prevalence,
    Standstill,
    Table,
    Term,
    Under,
    Unreservable,
    Validity,
)
from comity.agreement.spans import Span
from comity.agreement.statements import Proof
from comity.agreement.vocabulary import Vocabulary
from comity.language import (
    resolve_cases,
    resolve_definitions,
    resolve_governance,
    resolve_lineage,
    resolve_norms,
    resolve_proofs,
    resolve_structure,
)
from comity.language.context import Context, inner
from comity.language.documents import Document
from comity.language.faults import MOST, AlreadyReported, Fault, FaultFound, Place
from comity.language.front_matter import front_matter, id_span, identity
from comity.language.outline import Outline, Parsed, outline, too_many
from comity.language.resolve_circles import check_cycles
from comity.language.resolve_varied import varied_faults
from comity.language.resolve_vocabulary import VOCABULARY_KEYWORDS
from comity.language.resolved import Library

READ: dict[str, Callable[[Context, Tree[Token]], Statement]] = {
    **resolve_definitions.READ,
    **resolve_norms.READ,
    **resolve_structure.READ,
    **resolve_lineage.READ,
    **resolve_governance.READ,
    **resolve_proofs.READ,
    **resolve_cases.READ,
}


def read_library(
    documents: Iterable[Document], vocabulary: Vocabulary, *, beside: Library | None = None
) -> Library:
    """Reads agreements that may refer to one another. Every fault is found, none stops the others.

    beside: agreements that have been read already and have no fault; they are not read again. None
    of the documents may have the id of one of them.
    """
    library = Library(vocabulary)
    if beside is not None:
        library.instruments = dict(beside.instruments)
        library.documents = dict(beside.documents)
    outlines = dict(beside.outlines) if beside is not None else {}
    own: list[Outline] = []
    for document in documents:
        library.faults += document.faults
        is_identified = True
        try:
            name, declarations = identity(document)
        except FaultFound:  # reported with the rest of its front matter
            name, declarations, is_identified = f"?{document.file}", frozenset(), False
        if name in outlines:
            library.faults.append(_same_id(name, document, outlines[name].document))
            continue
        made = outlined(document, name, declarations)
        made.is_identified = is_identified
        outlines[name] = made
        own.append(made)
        library.documents[name] = document
    for made in own:
        instrument = _instrument(made, outlines, vocabulary, library.faults)
        if instrument is not None:
            library.instruments[made.id] = instrument
    library.outlines = outlines
    library.faults += varied_faults(library.instruments, library.documents)
    check_cycles(library)
    library.faults.sort(key=lambda fault: (fault.span.file, fault.span.line, fault.span.column))
    return library


def outlined(document: Document, name: str, declarations: Iterable[str]) -> Outline:
    """The outline of a document with the declarations that its front matter names."""
    made = outline(document, name)
    made.declarations = dict.fromkeys(declarations, name)
    return made


def _same_id(name: str, document: Document, other: Document) -> Fault:
    span, first = id_span(document), id_span(other)
    return Fault(
        "E126",
        f"`{name}` is the id of two files",
        span,
        document.excerpt(span.line),
        suggestion="give one of them an id of its own",
        others=(Place("the other", first, other.excerpt(first.line)),),
    )


def _instrument(
    own: Outline, outlines: Mapping[str, Outline], vocabulary: Vocabulary, faults: list[Fault]
) -> Instrument | None:
    faults += own.faults
    try:
        front = front_matter(own.document, vocabulary)
    except FaultFound as found:
        faults.append(found.fault)
        front = None
    statements: list[Statement] = []
    before = len(faults)
    for parsed in own.statements:
        if len(faults) - before >= MOST:
            heading = own.document.heading(parsed.article)
            faults.append(too_many(own.document, parsed.piece.line, heading))
            break
        statement = _statement(parsed, own, outlines, vocabulary, faults)
        if statement is not None:
            statements.append(statement)
    if front is not None:
        faults += front.faults
    if front is None or front.faults:
        return None
    instrument = Instrument(
        id=front.id, articles=own.document.articles, statements=tuple(statements), **front.values
    )
    faults += _whole_instrument(instrument, own, outlines, front.keys)
    return instrument


def _statement(
    parsed: Parsed,
    own: Outline,
    outlines: Mapping[str, Outline],
    vocabulary: Vocabulary,
    faults: list[Fault],
) -> Statement | None:
    if parsed.tree is None:
        return None
    context = Context(vocabulary, outlines, own, parsed)
    tree = inner(parsed.tree)
    try:
        read = READ.get(str(tree.data))
        if read is None:
            word = parsed.piece.keyword
            where = "the vocabulary" if word in VOCABULARY_KEYWORDS else "another file"
            context.fail("E303", None, f"`{word}` belongs in {where}, not in an agreement")
        return read(context, tree)
    except FaultFound as found:
        faults.append(found.fault)
    except AlreadyReported:
        pass  # the broken statement that this one names has its own report
    return None


# ---- what only the whole instrument shows ----
def _whole_instrument(
    instrument: Instrument,
    own: Outline,
    outlines: Mapping[str, Outline],
    keys: Mapping[str, Span],
) -> list[Fault]:
    document = own.document
    faults: list[Fault] = []

    def fault(code: str, span: Span, message: str, suggestion: str = "") -> None:
        faults.append(Fault(code, message, span, document.excerpt(span.line), "", suggestion))

    _twice(instrument, document, faults)
    _missing_variants(instrument, document, faults)
    for name in instrument.with_:
        if name not in outlines:
            fault("E304", keys["with"], f"`with` names `{name}`, and there is no such instrument")
    barred = {a for s in instrument.statements if isinstance(s, Unreservable) for a in s.articles}
    known = {article.id for article in instrument.articles}
    for reservation in instrument.reservations:
        for article in reservation.articles:
            if article in barred:
                fault(
                    "E307",
                    keys["reservations"],
                    f"`{reservation.spell.state}` reserves article "
                    f"{article}, to which no reservation may be made",
                )
            elif article not in known:
                fault(
                    "E305",
                    keys["reservations"],
                    f"a reservation names article {article}, which this file does not have",
                )
    powers = {s.id for s in instrument.statements if isinstance(s, Power)}
    for exercise in instrument.exercised:
        if exercise.power not in powers:
            fault(
                "E301",
                keys["exercised"],
                f"`exercised` names power `{exercise.power}`, which this file does not have",
            )
    resolve_lineage.unaccounted(instrument, own, keys, fault)
    coverage = instrument.coverage
    listed = coverage.encoded + sum(coverage.without_rule.values())
    if coverage.total is not None and listed > coverage.total:
        fault(
            "E308",
            keys["paragraphs"],
            f"{listed} paragraphs are encoded or explained, and the "
            f"front matter counts {coverage.total}",
        )
    return faults


def _missing_variants(instrument: Instrument, document: Document, faults: list[Fault]) -> None:
    """E229: a table, choice or parameter that belongs to some options of a question, not to all.

    A term that an option does not define simply does not hold under it.
    """
    options = {
        s.name: {option.name for option in s.options}
        for s in instrument.statements
        if isinstance(s, Alternatives)
    }
    found: dict[tuple[str, str], tuple[Span, set[str]]] = {}
    for statement in instrument.statements:
        if isinstance(statement, (Table, Choice)):
            under = statement.frame.under
        elif isinstance(statement, Parameter):
            under = statement.under
        else:
            continue
        if under is not None:
            key = (statement.name, under.question)
            found.setdefault(key, (statement.span, set()))[1].add(under.option)
    for (name, question), (span, covered) in found.items():
        missing = sorted(options.get(question, set()) - covered)
        if missing:
            faults.append(
                Fault(
                    "E229",
                    f"`{name}` has no variant under `{question}.{missing[0]}`",
                    span,
                    document.excerpt(span.line),
                    suggestion=f"write `{name}` once for each option of `{question}`",
                )
            )


_APART = {
    "proof": "give one of them another label",
    "governance": "give each days of its own: one ends, `until`, where the other begins, `from`",
}


def _twice(instrument: Instrument, document: Document, faults: list[Fault]) -> None:
    """E211: a name, number or label that stands twice, unless as options of one question."""
    seen: dict[tuple[str, str], list[tuple[Span, Under | None, Validity | None]]] = {}
    variant: tuple[Under | None, Validity | None]
    for statement in instrument.statements:
        match statement:
            case Norm() | NormException() | Power() | Extension() | Standstill():
                key, frame = ("rule", statement.id), statement.frame
                variant = (frame.under, frame.validity)
            case Prevalence():
                key, variant = ("rule", statement.id), (None, None)
            case Term() | Table() | Choice():
                key = ("name", statement.name)
                variant = (statement.frame.under, statement.frame.validity)
            case Parameter():
                key, variant = ("name", statement.name), (statement.under, None)
            case Alternatives() | Element():
                key, variant = ("name", statement.name), (None, None)
            case Governed():
                key, variant = ("governance", statement.name), (None, statement.validity)
            case Proof():
                key, variant = ("proof", statement.label), (None, None)
            case _:
                continue
        for span, under, validity in seen.get(key, ()):
            same_question = (
                under is not None
                and variant[0] is not None
                and (under.question == variant[0].question and under.option != variant[0].option)
            )
            apart = validity is not None and variant[1] is not None and _apart(validity, variant[1])
            if not same_question and not apart:
                faults.append(
                    Fault(
                        "E211",
                        f"`{key[1]}` stands twice",
                        statement.span,
                        document.excerpt(statement.span.line),
                        suggestion=_APART.get(
                            key[0],
                            "give one another name, disjoint dates, or an option each (`under`)",
                        ),
                        others=(Place("the first", span, document.excerpt(span.line)),),
                    )
                )
                break
        seen.setdefault(key, []).append((statement.span, variant[0], variant[1]))


def _apart(first: Validity, second: Validity) -> bool:
    """Whether no day lies in both."""
    return (
        first.until is not None and second.since is not None and first.until <= second.since
    ) or (second.until is not None and first.since is not None and second.until <= first.since)
