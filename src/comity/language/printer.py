"""The typed form as canonical text: the last arrow of the pipeline, and its way back.

One `when` a line, indented by two; lines up to `WIDTH` columns, continued with an indent of four.
INVARIANT: a text that is read, printed and read again has the same form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from comity.agreement.conditions import Condition, FactRef
from comity.agreement.governance import Governed
from comity.agreement.instruments import Statement
from comity.agreement.lineage import Carried, SheetLine, Vector
from comity.agreement.nodes import (
    Alternatives,
    ArticleTarget,
    Choice,
    Element,
    EveryTarget,
    Extension,
    Favour,
    Frame,
    Kind,
    NodeTarget,
    Norm,
    NormException,
    NoRule,
    Option,
    Over,
    Paragraph,
    Parameter,
    Pick,
    Power,
    Prevalence,
    Scope,
    Side,
    Standstill,
    Table,
    Target,
    Term,
    TermTarget,
    Under,
    Unreservable,
)
from comity.agreement.statements import CaseStatement, Proof
from comity.agreement.vocabulary import LevelType, Vocabulary
from comity.language.printer_cases import bounding, case, proof, stated
from comity.language.printer_conditions import condition
from comity.language.printer_governance import governed
from comity.language.printer_layout import (
    Spelled,
    Words,
    aligned,
    from_until,
    kept,
    laid_out,
    names,
    plain,
    quoted,
)
from comity.language.printer_lineage import lineage
from comity.language.printer_vocabulary import Declaration, declaration

__all__ = [
    "condition_text",
    "declaration_text",
    "declarations",
    "property_text",
    "statement_text",
    "table_text",
]


def condition_text(made: Condition, vocabulary: Vocabulary, *, instrument: str = "") -> str:
    """A condition on one line, as an agreement would write it.

    instrument: the one in hand; terms and rules of others carry the name of theirs.
    """
    return plain(condition(Words(vocabulary, instrument), made))


def property_text(made: Proof, vocabulary: Vocabulary, *, instrument: str = "") -> str:
    """The property of a proof on one line with its guard and its range, as `read_property` reads it.

    instrument: the one in hand; terms and rules of others carry the name of theirs.
    """
    return plain(" ".join(stated(Words(vocabulary, instrument), made)))


def declaration_text(
    made: Declaration, vocabulary: Vocabulary, *, spelled: Spelled | None = None
) -> str:
    """A declaration of the vocabulary, laid out; its other lines are indented by two."""
    return laid_out(declaration(Words(vocabulary, "", spelled or {}), made), deeper=2)


def statement_text(
    made: Statement, vocabulary: Vocabulary, *, instrument: str, spelled: Spelled | None = None
) -> str:
    """A statement of an agreement, laid out; of a table the declaration alone (see `table_text`).

    instrument: id of the agreement that it stands in.
    spelled: how the statement's own text wrote amounts that the form holds in one unit only.
    """
    words = Words(vocabulary, instrument, spelled or {})
    if isinstance(made, Choice):
        return _choice(words, made)
    if isinstance(made, (CaseStatement, Proof)):
        head, *lines = case(words, made) if isinstance(made, CaseStatement) else proof(words, made)
        return _lines(head, lines)
    if isinstance(made, Alternatives):
        return _alternatives(made)
    if isinstance(made, Governed):
        return governed(words, made)
    return _lines(_head(words, made), (f"when {condition(words, c)}" for c in _conditions(made)))


def table_text(made: Table, vocabulary: Vocabulary) -> str:
    """The Markdown table of a decision table, aligned."""
    rows, columns = (_levels(vocabulary, axis.path) for axis in (made.row, made.column))
    given = vocabulary.scales[made.gives].levels
    body = [
        (name, *(given[rank] for rank in cells))
        for name, cells in zip(rows, made.cells, strict=True)
    ]
    return "\n".join(aligned((made.row.path.rpartition(".")[2], *columns), body))


def _levels(vocabulary: Vocabulary, path: str) -> tuple[str, ...]:
    fact = vocabulary.facts[path] if path in vocabulary.facts else vocabulary.fact(path)
    if fact is None or not isinstance(fact.type, LevelType):
        raise KeyError(path)
    return fact.type.scale.levels


def _lines(head: str, lines: Iterable[str]) -> str:
    return "\n".join([laid_out(head), *(laid_out(line, 2) for line in lines)])


def _conditions(made: Statement) -> tuple[Condition, ...]:
    match made:
        case Norm() | NormException() | Power() | Extension() | Standstill() | Term() | Scope():
            return made.when
        case _:
            return ()


# ---- heads ----
def _head(words: Words, made: Statement) -> str:
    """Everything before the first `when`."""
    match made:
        case Norm():
            return _norm(words, made)
        case NormException(node_id, targets, _, frame):
            return f"exception {node_id}{_frame(frame)} to {_targets(words, targets)}"
        case Power():
            return _power(words, made)
        case Extension(node_id, owner, term, _, frame):
            return f"extend {node_id}{_frame(frame)} to term {owner}/{term}"
        case Standstill(node_id, rights, since, _, frame):
            day = f"since {since.isoformat() if since is not None else 'ratification'}"
            kept = "before parameters move" if made.moved else day
            return f"standstill {node_id}{_frame(frame)}: {names(rights)} {kept}"
        case Prevalence(node_id, _, frame):
            return f"prevalence {node_id}{_frame(frame)}: {'; '.join(_clauses(words, made))}"
        case Term(name, _, of_place, frame):
            return f"term {name}{_of_place(of_place)}{_frame(frame)}"
        case Table():
            gives = f" gives {made.gives}" if made.gives != made.name else ""
            head = f"table {made.name}{_of_place(made.of_place)}{_frame(made.frame)}"
            return f"{head} by {made.row.path}, {made.column.path}{gives}"
        case Parameter():
            return _parameter(words, made)
        case SheetLine() | Vector() | Carried():
            return lineage(words, made)
        case _:
            return _bookkeeping(made)


def _bookkeeping(made: Statement) -> str:
    match made:
        case Element(name, title, needs):
            needed = f" needs {names(' or '.join(each) for each in needs)}" if needs else ""
            return f"element {name} {quoted(title)}{needed}"
        case Scope():
            return "scope"
        case Unreservable(articles):
            return f"no reservation to articles {names(articles)}"
        case NoRule(paragraphs, reason, note):
            noted = f" {quoted(note)}" if note else ""
            return f"no rule {names(paragraphs)}: {reason}{noted}"
        case Paragraph(paragraphs, by):
            return f"paragraph {names(paragraphs)}: {names(by)}"
    raise AssertionError(made)


def _of_place(of_place: bool) -> str:
    return " of place" if of_place else ""


def _frame(made: Frame) -> str:
    """Title, option, doubt and dates, in the order of the grammar."""
    text = f" {quoted(made.title)}" if made.title else ""
    text += _under(made.under)
    text += f" check {quoted(made.doubt)}" if made.doubt else ""
    return text + from_until(made.validity.since, made.validity.until)


def _under(made: Under | None) -> str:
    return f" under {made.question}.{made.option}" if made is not None else ""


def _norm(words: Words, made: Norm) -> str:
    favour = made.kind is Kind.GUARANTEE
    bounds = names(bounding(words, b, in_favour=favour) for b in made.boundings)
    soft = "soft " if made.soft else ""
    element = f" {kept(f'in element {made.element}')}" if made.element else ""
    return f"{soft}rule {made.id}{_frame(made.frame)}: {made.kind} {bounds}{element}"


def _power(words: Words, made: Power) -> str:
    head = f"power {made.id}{_frame(made.frame)}: may"
    if made.grants is not None:
        return f"{head} grant {bounding(words, made.grants)}"
    return f"{head} {kept('set aside')} {_targets(words, made.targets)}"


def _targets(words: Words, several: tuple[Target, ...]) -> str:
    return names(_target(words, one) for one in several)


def _target(words: Words, made: Target) -> str:
    match made:
        case NodeTarget(owner, node_id):
            return words.own(owner, node_id)
        case TermTarget(owner, name):
            return kept(words.own(owner, f"term {name}"))
        case ArticleTarget(owner, article):
            return kept(words.own(owner, f"article {article}"))
        case EveryTarget(owner, kind):
            return kept(words.own(owner, f"every {kind}"))


def _clauses(words: Words, made: Prevalence) -> Iterator[str]:
    """The clauses; what yields to several others in a row is said once."""
    this = Side(words.instrument)
    yields: list[str] = []
    for clause in made.clauses:
        if (
            isinstance(clause, Over)
            and clause.losers == (this,)
            and (clause.winner.instrument != words.instrument)
        ):
            yields.append(_side(words, clause.winner))
            continue
        if yields:
            yield f"without prejudice to {names(yields)}"
            yields = []
        if isinstance(clause, Favour):
            yield kept("the more favourable")
        else:
            losers = names(_side(words, side) for side in clause.losers)
            yield f"{_side(words, clause.winner)} prevails over {losers}"
    if yields:
        yield f"without prejudice to {names(yields)}"


def _side(words: Words, made: Side) -> str:
    if made.node:
        return made.node
    if made.article:
        return kept(f"article {made.article}")
    return "this" if made.instrument == words.instrument else made.instrument


def _parameter(words: Words, made: Parameter) -> str:
    text = f"parameter {made.name}{_under(made.under)} = {words.constant(made.value)}"
    if made.low is not None:
        text += f", {kept('at least')} {words.constant(made.low)}"
    if made.high is not None:
        text += f", {kept('at most')} {words.constant(made.high)}"
    return text


# ---- statements of several lines ----
def _choice(words: Words, made: Choice) -> str:
    lines = [laid_out(f"choose {made.name}{_frame(made.frame)}:")]
    for pick in made.picks:
        lines += _pick(words, pick)
    return "\n".join([*lines, laid_out(f"otherwise {_chosen(made.otherwise)}", 2)])


def _pick(words: Words, made: Pick) -> list[str]:
    """`first VALUE when COND` on one line, or the conditions beneath it."""
    first = f"first {_chosen(made.value)}"
    whens = [f"when {condition(words, one)}" for one in made.when]
    whole = laid_out(f"{first} {whens[0]}", 2)
    if len(whens) == 1 and "\n" not in whole:
        return [whole]
    return [laid_out(first, 2), *(laid_out(when, 4) for when in whens)]


def _chosen(made: FactRef | str) -> str:
    return made.path if isinstance(made, FactRef) else made


def _alternatives(made: Alternatives) -> str:
    asked = f" {quoted(made.question)}" if made.question else ""
    ends = [";"] * (len(made.options) - 1) + [""]
    options = (f"{_option(o)}{end}" for o, end in zip(made.options, ends, strict=True))
    return _lines(f"alternative {made.name}{asked}:", options)


def _option(made: Option) -> str:
    text = f"{made.kind} {made.name} by {quoted(made.holder)}"
    text += f" authority {made.authority}" if made.authority else ""
    return (
        text
        + from_until(made.validity.since, made.validity.until)
        + (" default" if made.is_default else "")
    )


def declarations(vocabulary: Vocabulary) -> Iterator[Declaration]:
    """What the texts of a vocabulary declare; facts that follow from places are left out."""
    implied = {f"{i}.exists" for p in vocabulary.places.values() for i in p.instances[1:]}
    for group in (vocabulary.places, vocabulary.scales, vocabulary.enumerations, vocabulary.groups):
        yield from group.values()
    yield from (fact for path, fact in vocabulary.facts.items() if path not in implied)
    for later in (vocabulary.rights, vocabulary.spells, vocabulary.events, vocabulary.counters):
        yield from later.values()
    yield from vocabulary.axioms
    yield from vocabulary.qualities.values()
