"""Definitions, norms, exceptions, prevalence and elements as written to typed nodes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NoReturn

from lark import Token, Tree

from comity.agreement.conditions import Condition, Constant, FactRef, ParameterRef
from comity.agreement.instruments import Statement, article_of, paragraph_of
from comity.agreement.nodes import (
    NO_RULE_REASONS,
    PLAIN,
    Alternatives,
    ArticleTarget,
    Bounding,
    Choice,
    Clause,
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
    Validity,
)
from comity.agreement.vocabulary import (
    CountryType,
    EnumerationType,
    FactType,
    LevelType,
    NumberType,
    Right,
)
from comity.language.context import (
    Context,
    child,
    children,
    dotted,
    need,
    token,
    tokens,
    unquote,
)
from comity.language.faults import list_words, nearest
from comity.language.outline import Outline
from comity.language.resolve_conditions import condition
from comity.language.resolve_values import (
    choice_type,
    constant_of,
    look_up,
    name_of,
    parameter_kind,
    quantity,
    rank_of,
    right_of,
)


# ---- what every node carries ----
def frame(context: Context, tree: Tree[Token]) -> Frame:
    """Title, doubt, dates and option of a node."""
    title = token(tree, "STRING")
    doubt = child(tree, "doubt")
    made = Frame(
        unquote(str(title)) if title is not None else "",
        unquote(str(need(doubt, "STRING"))) if doubt is not None else "",
        validity(context, tree),
        under(context, tree),
    )
    return PLAIN if made == PLAIN else made


def validity(context: Context, tree: Tree[Token]) -> Validity:
    """The days of a node; E206 if they end before they begin."""
    found = child(tree, "validity")
    if found is not None:
        days = [context.date(day) for day in tokens(found, "DATE")]
        if len(days) > 1 and days[1] <= days[0]:
            context.fail("E206", found, f"it ends ({days[1]}) before it begins ({days[0]})")
        return Validity(days[0], days[1] if len(days) > 1 else None)
    only_until = child(tree, "validity_until")
    if only_until is not None:
        return Validity(None, context.date(need(only_until, "DATE")))
    return Validity()


def under(context: Context, tree: Tree[Token]) -> Under | None:
    """The option of a question to which a node belongs. E201 if there is none of that name."""
    found = child(tree, "under")
    return option_named(context, found) if found is not None else None


def option_named(context: Context, tree: Tree[Token]) -> Under:
    """`QUESTION.OPTION` of this document."""
    question, option = tokens(tree, "NAME")
    declared = context.declared(str(question))
    if declared is None or declared.keyword != "alternative":
        known = [n for n, d in context.own.names.items() if d.keyword == "alternative"]
        context.unknown(question, str(question), "a question on which readings part", known)
    options = _options_of(context.own, str(question))
    if str(option) not in options:
        context.unknown(option, str(option), f"an option of `{question}`", options)
    return Under(str(question), str(option))


def _options_of(outline: Outline, question: str) -> list[str]:
    for statement in outline.statements:
        if statement.tree is not None and statement.piece.keyword == "alternative":
            tree = statement.tree.children[0]
            if isinstance(tree, Tree) and str(need(tree, "NAME")) == question:
                return [str(need(o, "NAME")) for o in children(tree, "option")]
    return []


def when(context: Context, tree: Tree[Token]) -> tuple[Condition, ...]:
    """The `when` lines, each a condition of its own."""
    lines = []
    for line in children(tree, "when"):
        inner = next(c for c in line.children if isinstance(c, Tree))
        lines.append(condition(context, inner))
    return tuple(lines)


def numbered(context: Context, tree: Tree[Token]) -> str:
    """The id of a node. E302 if it does not begin with the article it stands under."""
    node = need(tree, "ID")
    here = context.statement.article
    if here and article_of(str(node)) != here:
        context.fail(
            "E302",
            node,
            f"`{node}` stands under {context.own.document.heading(here)}, so its number "
            f"begins with `{here}`",
            suggestion=f"{here}.1, or move it under its own article",
        )
    if not here:
        context.fail(
            "E302",
            node,
            f"`{node}` stands under no article",
            suggestion=f"put it under a heading `## Article {article_of(str(node))}. ...`",
        )
    return str(node)


# ---- definitions ----
def _not_a_fact(context: Context, name: Token) -> None:
    """E211 for a definition with the name of a fact: conditions would go on meaning the fact."""
    if str(name) in context.vocabulary.facts:
        context.fail(
            "E211",
            name,
            f"`{name}` is already a fact of the vocabulary",
            suggestion="choose another name",
        )


def parameter(context: Context, tree: Tree[Token]) -> Statement:
    name = need(tree, "NAME")
    _not_a_fact(context, name)
    value_tree = next(
        c
        for c in tree.children
        if isinstance(c, Tree) and c.data not in ("under", "bound_low", "bound_high")
    )
    value = _parameter_value(context, value_tree, None)
    low = _bound(context, tree, "bound_low", value)
    high = _bound(context, tree, "bound_high", value)
    if (low and low.value > value.value) or (high and high.value < value.value):
        context.fail("E227", value_tree, f"the value of `{name}` is outside its own bounds")
    return Parameter(str(name), value, low, high, under(context, tree), context.span(name))


def _parameter_value(context: Context, tree: Tree[Token], like: Constant | None) -> Constant:
    if tree.data != "quantity":
        context.fail(
            "E207", tree, "a parameter is a number with a unit", suggestion="write `90 days`"
        )
    value = quantity(context, tree)
    if like is not None and value.kind != like.kind:
        context.fail("E203", tree, f"`{value.written}` is not a number of {like.kind}")
    return value


def _bound(context: Context, tree: Tree[Token], kind: str, value: Constant) -> Constant | None:
    found = children(tree, kind)
    if not found:
        return None
    if len(found) > 1:
        context.fail("E211", found[1], "the same bound stands twice")
    inner = next(c for c in found[0].children if isinstance(c, Tree))
    return _parameter_value(context, inner, value)


def alternatives(context: Context, tree: Tree[Token]) -> Statement:
    name = need(tree, "NAME")
    title = token(tree, "STRING")
    options = []
    for option in children(tree, "option"):
        authority = child(option, "authority")
        options.append(
            Option(
                str(need(option, "OPTION_KIND")),
                str(need(option, "NAME")),
                unquote(str(need(option, "STRING"))),
                str(need(authority, "NAME")) if authority is not None else "",
                validity(context, option),
                token(option, "DEFAULT") is not None,
            )
        )
    names = [option.name for option in options]
    if len(set(names)) < len(names):
        context.fail("E211", name, f"an option stands twice in `{name}`")
    if sum(option.is_default for option in options) > 1:
        context.fail("E211", name, f"`{name}` has more than one default")
    if not any(option.is_default for option in options):
        options[0] = replace(options[0], is_default=True)
    question = unquote(str(title)) if title is not None else ""
    return Alternatives(str(name), question, tuple(options), context.span(name))


def term(context: Context, tree: Tree[Token]) -> Statement:
    name = need(tree, "NAME")
    _not_a_fact(context, name)
    of_place = child(tree, "of_place") is not None
    inside = replace(context, in_place=of_place)
    return Term(str(name), when(inside, tree), of_place, frame(context, tree), context.span(name))


def table(context: Context, tree: Tree[Token]) -> Statement:
    names = tokens(tree, "NAME")
    name = names[0]
    _not_a_fact(context, name)
    gives = str(names[1]) if len(names) > 1 else str(name)
    scale = context.vocabulary.scales.get(gives)
    if scale is None:
        context.unknown(names[-1], gives, "a scale", list(context.vocabulary.scales))
    of_place = child(tree, "of_place") is not None
    inside = replace(context, in_place=of_place)
    axes = []
    for ref in children(tree, "ref"):
        found = look_up(inside, ref)
        if not isinstance(found.operand, FactRef) or not isinstance(found.type, LevelType):
            context.fail("E207", ref, f"`{dotted(ref)}` is not a fact with levels")
        if found.implicit_origin:
            context.fail(
                "E221",
                ref,
                f"`{dotted(ref)}` may be several, and a table asks one",
                suggestion="define the table `of place`, by `place.x`",
            )
        axes.append((found.operand, found.type))
    cells = _cells(context, axes[0][1], axes[1][1], LevelType(scale))
    return Table(
        str(name),
        axes[0][0],
        axes[1][0],
        gives,
        cells,
        of_place,
        frame(context, tree),
        context.span(name),
    )


def _cells(
    context: Context, row_type: LevelType, column_type: LevelType, gives: LevelType
) -> tuple[tuple[int, ...], ...]:
    markdown = context.statement.fence.table
    if markdown is None or not context.statement.is_last:
        context.fail(
            "E212",
            None,
            "a `table` needs its Markdown table right after the block, and to be the "
            "last statement in it",
        )
    columns = _axis(
        context, [cell.text for cell in markdown.header[1:]], column_type, "column", markdown.line
    )
    rows: dict[int, tuple[int, ...]] = {}
    for row in markdown.rows:
        level = _level(context, row[0].text, row_type, row[0].line, row[0].column)
        if level in rows:
            _table_fault(
                context, "E213", f"the row `{row[0].text}` stands twice", row[0].line, row[0].column
            )
        if len(row) - 1 != len(columns):
            _table_fault(
                context,
                "E213",
                f"the row `{row[0].text}` has {len(row) - 1} cells, the header {len(columns)}",
                row[0].line,
                row[0].column,
            )
        values = [_level(context, c.text, gives, c.line, c.column) for c in row[1:]]
        rows[level] = tuple(values[columns.index(rank)] for rank in range(len(columns)))
    missing = [lv for rank, lv in enumerate(row_type.scale.levels) if rank not in rows]
    if missing:
        _table_fault(
            context,
            "E213",
            f"the table has no row for {list_words(f'`{m}`' for m in missing)}",
            markdown.end,
            1,
        )
    return tuple(rows[rank] for rank in range(len(row_type.scale.levels)))


def _axis(context: Context, words: list[str], kind: LevelType, what: str, line: int) -> list[int]:
    ranks = [_level(context, word, kind, line, 1) for word in words]
    if len(set(ranks)) < len(ranks):
        _table_fault(context, "E213", f"a {what} stands twice in the header", line, 1)
    missing = [lv for rank, lv in enumerate(kind.scale.levels) if rank not in ranks]
    if missing:
        _table_fault(
            context,
            "E213",
            f"the table has no {what} for {list_words(f'`{m}`' for m in missing)}",
            line,
            1,
        )
    return ranks


def _level(context: Context, word: str, kind: LevelType, line: int, column: int) -> int:
    if word in kind.scale.levels:
        return kind.scale.rank(word)
    guess = nearest(word, kind.scale.levels)
    _table_fault(
        context,
        "E202",
        f"`{word}` is not a level of `{kind.scale.name}`",
        line,
        column,
        f"did you mean `{guess}`?" if guess else f"levels: {' < '.join(kind.scale.levels)}",
    )


def _table_fault(
    context: Context, code: str, message: str, line: int, column: int, suggestion: str = ""
) -> NoReturn:
    from comity.agreement.spans import Span
    from comity.language.faults import Fault, FaultFound

    span = Span(
        context.own.document.file,
        line,
        column,
        1,
        context.own.document.heading(context.statement.article),
    )
    raise FaultFound(Fault(code, message, span, context.own.document.excerpt(line), "", suggestion))


def choice(context: Context, tree: Tree[Token]) -> Statement:
    name = need(tree, "NAME")
    _not_a_fact(context, name)
    kind = choice_type(context, str(name))
    picks = []
    for pick in children(tree, "pick"):
        value = next(c for c in pick.children if isinstance(c, Tree) and c.data != "when")
        picks.append(Pick(_chosen(context, value, kind), when(context, pick)))
    last = tree.children[-1]
    assert isinstance(last, Tree)
    gives = kind.enumeration.name if isinstance(kind, EnumerationType) else "country"
    return Choice(
        str(name),
        tuple(picks),
        _chosen(context, last, kind),
        gives,
        frame(context, tree),
        context.span(name),
    )


def _chosen(context: Context, value: Tree[Token], kind: FactType) -> FactRef | str:
    if isinstance(kind, CountryType) and value.data == "name":
        ref = value.children[0]
        assert isinstance(ref, Tree)
        if dotted(ref) != "nobody":
            found = look_up(context, ref)
            if not isinstance(found.operand, FactRef) or not isinstance(found.type, CountryType):
                context.fail("E207", ref, f"`{dotted(ref)}` is not a country")
            if found.implicit_origin:
                context.fail(
                    "E221",
                    ref,
                    f"`{dotted(ref)}` may be several, and one is chosen",
                    suggestion="name one of them: `origin1.x`",
                )
            return found.operand
    return name_of(context, value, kind)


# ---- norms ----
def bounding(context: Context, tree: Tree[Token], kind: Kind) -> Bounding:
    """A right at a level. E205 if the direction is not that of a guarantee or a limit."""
    right = right_of(context, need(tree, "NAME"))
    relation = "at least" if tree.data == "at_least" else "at most"
    wanted = "at least" if (kind is Kind.GUARANTEE) is not right.less_is_better else "at most"
    if relation != wanted:
        why = (
            f"less is better for `{right.name}`"
            if right.less_is_better
            else (f"more is better for `{right.name}`")
        )
        context.fail(
            "E205",
            tree,
            f"a {kind} on `{right.name}` says `{wanted}`, for {why}",
            suggestion=f"{right.name} {wanted} ...",
        )
    value = next(c for c in tree.children if isinstance(c, Tree))
    level, written = _level_of(context, value, right)
    if level == 0 and kind is Kind.GUARANTEE:
        context.fail("E228", value, f"a guarantee of `{right.name_of(0)}` guarantees nothing")
    if level == right.top and kind is Kind.LIMIT:
        context.fail("E228", value, f"a limit at `{right.name_of(right.top)}` limits nothing")
    return Bounding(right.name, level, written)


def _level_of(
    context: Context, value: Tree[Token], right: Right
) -> tuple[int | FactRef | ParameterRef, str]:
    if value.data == "name":
        ref = value.children[0]
        assert isinstance(ref, Tree)
        word = dotted(ref)
        declared = context.declared(word)
        if declared is not None and declared.keyword == "parameter":
            unit = parameter_kind(context, word)
            if not isinstance(right.type, NumberType) or unit != right.type.unit:
                context.fail("E203", ref, f"`{word}` does not count what `{right.name}` counts")
            return ParameterRef(context.instrument, word), ""
        fact = context.vocabulary.facts.get(word)
        if fact is not None:
            if fact.type != right.type and not (
                isinstance(fact.type, NumberType)
                and isinstance(right.type, NumberType)
                and fact.type.unit == right.type.unit
            ):
                context.fail("E202", ref, f"`{word}` is not on the scale of `{right.name}`")
            return FactRef(word), ""
        if isinstance(right.type, LevelType):
            return rank_of(context, ref, word, right.type), ""
    constant = constant_of(context, value, right.type)
    return right.rank(constant.value), constant.written


def rule(context: Context, tree: Tree[Token]) -> Statement:
    kind = Kind(str(need(tree, "NORM_KIND")))
    boundings = tuple(
        bounding(context, c, kind)
        for c in tree.children
        if isinstance(c, Tree) and c.data in ("at_least", "at_most")
    )
    rights = [b.right for b in boundings]
    if len(set(rights)) < len(rights):
        context.fail("E211", need(tree, "ID"), "the same right stands twice in one rule")
    tag = child(tree, "in_element")
    element = ""
    if tag is not None:
        element = _element_name(context, need(tag, "NAME"))
    node_id = numbered(context, tree)
    return Norm(
        node_id,
        kind,
        boundings,
        when(context, tree),
        element,
        token(tree, "SOFT") is not None,
        frame(context, tree),
        context.span(need(tree, "ID")),
    )


def _element_name(context: Context, name: Token) -> str:
    declared = context.declared(str(name))
    if declared is None or declared.keyword != "element":
        known = [n for n, d in context.own.names.items() if d.keyword == "element"]
        context.unknown(name, str(name), "an element", known)
    return str(name)


def target(context: Context, tree: Tree[Token]) -> Target:
    """What an exception or power is directed at."""
    kind = str(tree.data)
    owner = context.own
    names = tokens(tree, "NAME")
    if kind.startswith("foreign"):
        owner = context.outline_of(str(names[0]), names[0])
        names = names[1:]
    if kind.endswith("node"):
        node = need(tree, "ID")
        context.require_node(owner, str(node), node)
        return NodeTarget(owner.id, str(node))
    if kind.endswith("term"):
        declared = context.declared(str(names[0]), owner)
        if declared is None or declared.keyword not in ("term",):
            terms = [n for n, d in owner.names.items() if d.keyword == "term"]
            context.unknown(names[0], str(names[0]), f"a term of `{owner.id}`", terms)
        return TermTarget(owner.id, str(names[0]))
    if kind.endswith("article"):
        node = need(tree, "ID")
        if not any(article_of(known) == str(node) for known in owner.nodes):
            context.fail("E301", node, f"`{owner.id}` has no rule under article `{node}`")
        return ArticleTarget(owner.id, str(node))
    return EveryTarget(owner.id, Kind(str(need(tree, "NORM_KIND"))))


def exception(context: Context, tree: Tree[Token]) -> Statement:
    targets = tuple(target(context, c) for c in _targets(tree))
    node_id = numbered(context, tree)
    if NodeTarget(context.instrument, node_id) in targets:
        context.fail("E310", need(tree, "ID"), f"`{node_id}` excepts itself")
    return NormException(
        node_id, targets, when(context, tree), frame(context, tree), context.span(need(tree, "ID"))
    )


def _targets(tree: Tree[Token]) -> list[Tree[Token]]:
    return [
        c
        for c in tree.children
        if isinstance(c, Tree) and str(c.data).startswith(("target_", "foreign_"))
    ]


def power(context: Context, tree: Tree[Token]) -> Statement:
    lift, grant = child(tree, "lift"), child(tree, "grant")
    node_id = numbered(context, tree)
    targets: tuple[Target, ...] = ()
    grants = None
    if lift is not None:
        targets = tuple(target(context, c) for c in _targets(lift))
    if grant is not None:
        inner = next(c for c in grant.children if isinstance(c, Tree))
        grants = bounding(context, inner, Kind.GUARANTEE)
    return Power(
        node_id,
        targets,
        grants,
        when(context, tree),
        frame(context, tree),
        context.span(need(tree, "ID")),
    )


def extension(context: Context, tree: Tree[Token]) -> Statement:
    owner_name, term_name = tokens(tree, "NAME")
    owner = context.outline_of(str(owner_name), owner_name)
    declared = context.declared(str(term_name), owner)
    if declared is None or declared.keyword != "term" or declared.of_place:
        terms = [n for n, d in owner.names.items() if d.keyword == "term" and not d.of_place]
        context.unknown(term_name, str(term_name), f"a term of `{owner.id}`", terms)
    return Extension(
        numbered(context, tree),
        owner.id,
        str(term_name),
        when(context, tree),
        frame(context, tree),
        context.span(need(tree, "ID")),
    )


def standstill(context: Context, tree: Tree[Token]) -> Statement:
    names = child(tree, "names")
    assert names is not None
    rights = tuple(right_of(context, name).name for name in tokens(names, "NAME"))
    day = token(tree, "DATE")
    since: date | None = context.date(day) if day is not None else None
    return Standstill(
        numbered(context, tree),
        rights,
        since,
        when(context, tree),
        frame(context, tree),
        context.span(need(tree, "ID")),
    )


def prevalence(context: Context, tree: Tree[Token]) -> Statement:
    clauses: list[Clause] = []
    for clause in tree.children:
        if not isinstance(clause, Tree):
            continue
        if clause.data == "favour":
            clauses.append(Favour())
        elif clause.data in ("over", "yields"):
            sides = [_side(context, party) for party in clause.children]
            if clause.data == "over":
                clauses.append(Over(sides[0], tuple(sides[1:])))
            else:
                this = Side(context.instrument)
                clauses += [Over(side, (this,)) for side in sides]
    return Prevalence(
        numbered(context, tree),
        tuple(clauses),
        frame(context, tree),
        context.span(need(tree, "ID")),
    )


def _side(context: Context, tree: object) -> Side:
    assert isinstance(tree, Tree)
    if tree.data == "this_instrument":
        return Side(context.instrument)
    if tree.data == "other_instrument":
        name = need(tree, "NAME")
        return Side(context.outline_of(str(name), name).id)
    node = need(tree, "ID")
    if tree.data == "own_article":
        return Side(context.instrument, article=str(node))
    context.require_node(context.own, str(node), node)
    return Side(context.instrument, node=str(node))


# ---- elements, scope, paragraphs ----
def element(context: Context, tree: Tree[Token]) -> Statement:
    name = need(tree, "NAME")
    needs = tuple(
        tuple(_element_name(context, option) for option in tokens(each, "NAME"))
        for each in children(tree, "need")
    )
    title = unquote(str(need(tree, "STRING")))
    return Element(str(name), title, needs, context.span(name))


def scope(context: Context, tree: Tree[Token]) -> Statement:
    return Scope(when(context, tree), context.span(None))


def unreservable(context: Context, tree: Tree[Token]) -> Statement:
    ids = tokens(tree, "ID")
    known = {article.id for article in context.own.document.articles}
    for node in ids:
        if str(node) not in known:
            context.fail("E305", node, f"there is no article `{node}` in this file")
    return Unreservable(tuple(str(node) for node in ids), context.span(None))


def norule(context: Context, tree: Tree[Token]) -> Statement:
    reason = need(tree, "NAME")
    if str(reason) not in NO_RULE_REASONS:
        guess = nearest(str(reason), NO_RULE_REASONS)
        context.fail(
            "E306",
            reason,
            f"`{reason}` is not a reason for having no rule",
            possible=f"reasons: {', '.join(NO_RULE_REASONS)}",
            suggestion=f"did you mean `{guess}`?" if guess else "",
        )
    note = token(tree, "STRING")
    paragraphs = _paragraphs(context, tree)
    return NoRule(
        paragraphs, str(reason), unquote(str(note)) if note is not None else "", context.span(None)
    )


def _paragraphs(context: Context, tree: Tree[Token]) -> tuple[str, ...]:
    here = context.statement.article
    ids = tokens(tree, "ID")
    for node in ids:
        if here and article_of(str(node)) != here:
            context.fail(
                "E302", node, f"`{node}` is not a paragraph of {context.own.document.heading(here)}"
            )
    return tuple(paragraph_of(str(node)) for node in ids)


def paragraph(context: Context, tree: Tree[Token]) -> Statement:
    names = child(tree, "names")
    assert names is not None
    by = []
    for name in tokens(names, "NAME"):
        if context.declared(str(name)) is None:
            context.unknown(name, str(name), "a definition of this file", list(context.own.names))
        by.append(str(name))
    return Paragraph(_paragraphs(context, tree), tuple(by), context.span(None))


READ = {
    "parameter": parameter,
    "alternatives": alternatives,
    "term": term,
    "table": table,
    "choice": choice,
    "rule": rule,
    "exception": exception,
    "power": power,
    "extension": extension,
    "standstill": standstill,
    "prevalence": prevalence,
    "element": element,
    "scope": scope,
    "unreservable": unreservable,
    "norule": norule,
    "paragraph": paragraph,
}
