"""Definitions: parameters, questions with their readings, terms, tables and ordered choices."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

from lark import Token, Tree

from comity.agreement.conditions import Constant, FactRef
from comity.agreement.instruments import Statement
from comity.agreement.nodes import Alternatives, Choice, Option, Parameter, Pick, Table, Term
from comity.agreement.spans import Span
from comity.agreement.vocabulary import CountryType, EnumerationType, FactType, LevelType
from comity.language.context import (
    Context,
    child,
    children,
    dotted,
    inner,
    need,
    quotation,
    token,
    tokens,
    trees,
)
from comity.language.faults import Fault, FaultFound, did_you_mean, list_words
from comity.language.resolve_frames import frame, under, validity, when
from comity.language.resolve_values import (
    choice_type,
    levels_of,
    look_up,
    name_of,
    no_level,
    quantity,
)


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
    value_tree = inner(tree, "under", "bound_low", "bound_high")
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
    return _parameter_value(context, inner(found[0]), value)


def alternatives(context: Context, tree: Tree[Token]) -> Statement:
    name = need(tree, "NAME")
    options = []
    for option in children(tree, "option"):
        authority = child(option, "authority")
        options.append(
            Option(
                str(need(option, "OPTION_KIND")),
                str(need(option, "NAME")),
                quotation(option),
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
    return Alternatives(str(name), quotation(tree), tuple(options), context.span(name))


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
    _table_fault(
        context,
        "E202",
        no_level(word, kind, context.vocabulary),
        line,
        column,
        did_you_mean(word, kind.scale.levels, otherwise=levels_of(kind)),
    )


def _table_fault(
    context: Context, code: str, message: str, line: int, column: int, suggestion: str = ""
) -> NoReturn:
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
        picks.append(Pick(_chosen(context, inner(pick, "when"), kind), when(context, pick)))
    gives = kind.enumeration.name if isinstance(kind, EnumerationType) else "country"
    return Choice(
        str(name),
        tuple(picks),
        _chosen(context, trees(tree)[-1], kind),
        gives,
        frame(context, tree),
        context.span(name),
    )


def _chosen(context: Context, value: Tree[Token], kind: FactType) -> FactRef | str:
    if isinstance(kind, CountryType) and value.data == "name":
        ref = inner(value)
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


READ = {
    "parameter": parameter,
    "alternatives": alternatives,
    "term": term,
    "table": table,
    "choice": choice,
}
