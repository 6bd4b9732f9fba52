"""Vocabulary statements to a `Vocabulary`, in the order of the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from lark import Token, Tree

from comity.agreement.vocabulary import (
    Axiom,
    CountriesType,
    CountryType,
    DateType,
    Enumeration,
    EnumerationType,
    Fact,
    FactType,
    Group,
    LevelType,
    Meaning,
    Member,
    NumberType,
    Place,
    Right,
    Scale,
    State,
    TruthType,
    Value,
    Vocabulary,
)
from comity.language import resolve_counters, resolve_governance
from comity.language.context import (
    Context,
    child,
    children,
    dotted,
    inner,
    need,
    need_child,
    token,
    tokens,
    trees,
)
from comity.language.documents import Document
from comity.language.faults import AlreadyReported, Fault, FaultFound, did_you_mean
from comity.language.outline import Outline, Parsed
from comity.language.resolve_conditions import condition
from comity.language.resolve_draft import Draft, meaning, new_name
from comity.language.resolve_values import constant_of, country, name_of, number_type, yes_or_no

VOCABULARY_KEYWORDS = (
    "states",
    "place",
    "scale",
    "enum",
    "group",
    "fact",
    "right",
    "spell",
    "event",
    "counter",
    "governance",
    "always",
)


def read_vocabulary(outlines: Iterable[Outline]) -> tuple[Vocabulary, list[Fault]]:
    """The vocabulary of one or several documents, and every fault found in them."""
    draft = Draft()
    outlines = list(outlines)
    faults: list[Fault] = []
    later: list[tuple[Outline, Parsed]] = []
    for outline in outlines:
        faults += outline.document.faults
        faults += outline.faults
        for statement in outline.statements:
            if statement.tree is None:
                continue
            if statement.piece.keyword == "always":
                later.append((outline, statement))
            else:
                _collect(draft, outline, statement, faults)
    for outline, statement in later:  # axioms may name facts of any file
        _collect(draft, outline, statement, faults)
    faults += _rights_named(draft, {o.document.file: o.document for o in outlines})
    return draft.vocabulary(), faults


def _rights_named(draft: Draft, documents: Mapping[str, Document]) -> Iterator[Fault]:
    """E201 for `position of` and `absolute` that name no right: rights may stand after them."""
    named = [(fact.position_of, fact.span) for fact in draft.facts.values()]
    named += [(right.absolute, right.span) for right in draft.rights.values()]
    for name, span in named:
        if name and name not in draft.rights:
            yield Fault(
                "E201",
                f"`{name}` is not a right",
                span,
                documents[span.file].excerpt(span.line),
                suggestion=did_you_mean(name, draft.rights),
            )


def _collect(draft: Draft, outline: Outline, statement: Parsed, faults: list[Fault]) -> None:
    context = Context(draft.vocabulary(), {}, outline, statement)
    assert statement.tree is not None
    tree = inner(statement.tree)
    try:
        _READ.get(str(tree.data), _not_vocabulary)(draft, context, tree)
    except FaultFound as found:
        faults.append(found.fault)
    except AlreadyReported:
        pass  # the statement that is named here has its own report


def _not_vocabulary(_draft: Draft, context: Context, tree: Tree[Token]) -> None:
    word = context.statement.piece.keyword
    context.fail("E303", None, f"`{word}` belongs in an agreement, not in a vocabulary")


def _place(draft: Draft, context: Context, tree: Tree[Token]) -> None:
    name = need(tree, "NAME")
    count = token(tree, "INT")
    new_name(context, name, str(name), draft.places)
    number = int(count) if count is not None else 1
    place = Place(str(name), number, meaning(tree), context.span(name))
    draft.places[str(name)] = place
    for instance in place.instances[1:]:
        path = f"{instance}.exists"
        draft.facts[path] = Fact(
            path,
            TruthType(),
            False,
            meaning=Meaning(f"the person has this further {name}"),
            span=place.span,
        )


def _scale(draft: Draft, context: Context, tree: Tree[Token]) -> None:
    names = tokens(tree, "NAME")
    name = new_name(context, names[0], str(names[0]), draft.scales, draft.enumerations)
    levels = context.distinct(names[1:])
    draft.scales[name] = Scale(name, levels, meaning(tree), context.span(names[0]))


def _enumeration(draft: Draft, context: Context, tree: Tree[Token]) -> None:
    names = tokens(tree, "NAME")
    name = new_name(context, names[0], str(names[0]), draft.scales, draft.enumerations)
    options = context.distinct(names[1:])
    draft.enumerations[name] = Enumeration(name, options, meaning(tree), context.span(names[0]))


def _group(draft: Draft, context: Context, tree: Tree[Token]) -> None:
    name = need(tree, "NAME")
    new_name(context, name, str(name), draft.groups)
    members = tuple(member(context, m) for m in children(tree, "member"))
    draft.groups[str(name)] = Group(str(name), members, context.span(name))


def member(context: Context, tree: Tree[Token]) -> Member:
    """A State with the days of its spell; E206 if it ends before it begins."""
    code = country(context, need(tree, "COUNTRY"))
    since: date | None = None
    until: date | None = None
    last = ""
    for part in tree.children:
        if isinstance(part, Token) and part.type == "DATE":
            if last == "FROM":
                since = context.date(part)
            else:
                until = context.date(part)
        elif isinstance(part, Token):
            last = part.type
    if since and until and until <= since:
        context.fail(
            "E206", tree, f"the spell of `{code}` ends ({until}) before it begins ({since})"
        )
    return Member(code, since, until)


def _type(draft: Draft, context: Context, tree: Tree[Token]) -> FactType:
    match str(tree.data):
        case "type_truth":
            return TruthType()
        case "type_number":
            return number_type(tree)
        case "type_country":
            return CountryType()
        case "type_countries":
            return CountriesType()
        case "type_date":
            return DateType()
        case _:
            name = need(tree, "NAME")
            if str(name) in draft.scales:
                return LevelType(draft.scales[str(name)])
            if str(name) in draft.enumerations:
                return EnumerationType(draft.enumerations[str(name)])
            context.unknown(
                name, str(name), "a scale or an enumeration", [*draft.scales, *draft.enumerations]
            )


def _type_tree(tree: Tree[Token]) -> Tree[Token]:
    return next(c for c in trees(tree) if str(c.data).startswith("type_"))


def _fact(draft: Draft, context: Context, tree: Tree[Token]) -> None:
    ref = need_child(tree, "ref")
    path = new_name(context, ref, dotted(ref), draft.facts)
    if path in draft.rights:
        context.fail("E211", ref, f"`{path}` is already a right")
    kind = _type(draft, context, _type_tree(tree))
    ordinary: Value | None = None
    position_of = ""
    for clause in trees(tree):
        if clause.data == "ordinary":
            ordinary = _ordinary(context, inner(clause), kind)
        elif clause.data == "position_of":
            position_of = str(need(clause, "NAME"))
    draft.facts[path] = Fact(path, kind, ordinary, position_of, meaning(tree), context.span(ref))


def _ordinary(context: Context, value: Tree[Token], kind: FactType) -> Value:
    if isinstance(kind, TruthType):
        return yes_or_no(context, value)
    if isinstance(kind, (EnumerationType, CountryType)):
        return name_of(context, value, kind)
    if isinstance(kind, CountriesType):
        context.fail("E207", value, "a set of countries has no ordinary value")
    return constant_of(context, value, kind).value


def _right(draft: Draft, context: Context, tree: Tree[Token]) -> None:
    name = need(tree, "NAME")
    new_name(context, name, str(name), draft.rights)
    if str(name) in draft.facts:
        context.fail("E211", name, f"`{name}` is already a fact")
    kind = _type(draft, context, _type_tree(tree))
    if not isinstance(kind, (LevelType, NumberType)):
        context.fail("E207", name, "a right is a scale or a bounded whole number")
    less = bool(children(tree, "less"))
    if less and not isinstance(kind, NumberType):
        context.fail(
            "E207",
            name,
            "only a number can be better when it is less",
            suggestion="order the scale the other way",
        )
    measured = child(tree, "measured")
    ref = child(measured, "ref") if measured is not None else None
    absolute = child(tree, "absolute")
    if ref is not None:
        _measured_by(draft, context, ref, kind)
    draft.rights[str(name)] = Right(
        str(name),
        kind,
        less,
        dotted(ref) if ref is not None else "",
        str(need(absolute, "NAME")) if absolute is not None else "",
        meaning(tree),
        context.span(name),
    )


def _measured_by(
    draft: Draft, context: Context, ref: Tree[Token], kind: LevelType | NumberType
) -> None:
    fact = draft.facts.get(dotted(ref))
    if fact is None:
        context.unknown(ref, dotted(ref), "a fact", list(draft.facts))
    same = isinstance(fact.type, NumberType) and isinstance(kind, NumberType)
    if not same or fact.type.unit != kind.unit:  # type: ignore[union-attr]
        context.fail("E203", ref, f"`{fact.path}` does not count what the right counts")


def _axiom(draft: Draft, context: Context, tree: Tree[Token]) -> None:
    stated = inner(tree, "meaning")
    draft.axioms.append(Axiom(condition(context, stated), meaning(tree), context.span(stated)))


def _states(draft: Draft, context: Context, tree: Tree[Token]) -> None:
    table = context.statement.fence.table
    if table is None or not context.statement.is_last:
        context.fail("E212", None, "`states` needs its Markdown table right after the block")
    for row in table.rows:
        words = [cell.text for cell in row] + [""] * 4
        code, name, since, until = words[:4]
        draft.states[code] = State(code, name, _day(context, since), _day(context, until))


def _day(context: Context, text: str) -> date | None:
    return context.date(Token("DATE", text)) if text else None


_READ = {
    "states": _states,
    "place": _place,
    "scale": _scale,
    "enumeration": _enumeration,
    "group": _group,
    "fact": _fact,
    "right": _right,
    **resolve_counters.READ,
    "quality": resolve_governance.quality,
    "axiom": _axiom,
}
