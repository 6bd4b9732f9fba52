"""Names and numbers as written to operands and values of a type."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lark import Token, Tree

from comity.agreement.conditions import Constant, DefinitionRef, FactRef, Operand, ParameterRef
from comity.agreement.vocabulary import (
    NOBODY,
    CountryType,
    DateType,
    EnumerationType,
    FactType,
    LevelType,
    NumberType,
    Right,
    TruthType,
    Vocabulary,
)
from comity.language.context import Context, dotted, inner, need, token, tokens, trees
from comity.language.faults import did_you_mean, list_words

HOST = "host"
TIME_UNITS = ("days", "months")


@dataclass(frozen=True, slots=True)
class Found:
    """What a reference names, its type, and whether it was written `origin.x`.

    operand: None for a term (its name is in `term`, its instrument in `owner`) and for a right.
    """

    operand: Operand | None
    type: FactType | None
    implicit_origin: bool = False
    term: str = ""
    owner: str = ""
    place: str = ""
    right: Right | None = None


def look_up(context: Context, ref: Tree[Token]) -> Found:
    """What a reference names: a fact, a parameter, a definition, in proofs also a right."""
    name = dotted(ref)
    head, _, rest = name.partition(".")
    vocabulary = context.vocabulary
    if name in vocabulary.facts and not name.startswith("place."):
        return Found(FactRef(name), vocabulary.facts[name].type)
    if rest and head == "place":
        if not context.in_place:
            context.fail(
                "E221",
                ref,
                f"`{name}` speaks of a place, but none is meant here",
                suggestion="write `origin.x`, `destination.x` or `every origin (place.x)`",
            )
        return _member(context, ref, rest, "place")
    origin = vocabulary.places.get(head)
    if rest and origin is not None and origin.count > 1:
        found = _member(context, ref, rest, "place")
        return replace(found, implicit_origin=True)
    if rest and head in vocabulary.place_instances:
        return _member(context, ref, rest, head)
    if not rest:
        found_name = _named(context, name, ref)
        if found_name is not None:
            return found_name
    candidates = [*vocabulary.facts, *context.own.names]
    candidates += [
        f"{place}.{path.removeprefix('place.')}"
        for place in ("origin", "destination")
        for path in vocabulary.facts
        if path.startswith("place.")
    ]
    if not rest and name in vocabulary.rights:
        context.fail(
            "E224",
            ref,
            f"`{name}` is a right, and a condition may depend on facts only",
            suggestion="state it in a proof, or name the rule: `14.1 holds`",
        )
    context.unknown(ref, name, "a fact, term, table or parameter", candidates)


def _named(context: Context, name: str, ref: Tree[Token]) -> Found | None:
    right = context.vocabulary.rights.get(name)
    if right is not None and context.in_proof:
        return Found(None, None, right=right)
    declared = context.declared(name)
    if declared is None:
        return None
    if declared.of_place:
        context.fail(
            "E221",
            ref,
            f"`{name}` is defined of a place, and no place is named",
            suggestion=f"write `origin.{name}` or `destination.{name}`",
        )
    return _definition(context, name, "", ref)


def _member(context: Context, ref: Tree[Token], rest: str, binding: str) -> Found:
    declared_fact = context.vocabulary.facts.get(f"place.{rest}")
    if declared_fact is not None:
        return Found(FactRef(f"{binding}.{rest}"), declared_fact.type)
    declared = context.declared(rest)
    if declared is not None and declared.of_place:
        return _definition(context, rest, binding, ref)
    if declared is not None:
        context.fail(
            "E221",
            ref,
            f"`{rest}` is not defined of a place",
            suggestion=f"write `{rest}`, or define it `of place`",
        )
    known = [p.removeprefix("place.") for p in context.vocabulary.facts if p.startswith("place.")]
    known += [name for name, d in context.own.names.items() if d.of_place]
    context.unknown(ref, rest, "known of a place", known)


def _definition(context: Context, name: str, place: str, ref: Tree[Token]) -> Found:
    declared = context.own.names[name]
    owner = declared.owner
    if declared.keyword == "term":
        return Found(None, TruthType(), term=name, owner=owner, place=place)
    if declared.keyword == "parameter":
        return Found(ParameterRef(owner, name), None)
    if declared.keyword == "table":
        scale = context.vocabulary.scales.get(declared.gives)
        if scale is None:
            context.unknown(ref, declared.gives, "a scale", list(context.vocabulary.scales))
        return Found(DefinitionRef(owner, name, place), LevelType(scale))
    if declared.keyword == "choose":
        return Found(DefinitionRef(owner, name, place), choice_type(context, name))
    context.fail("E223", ref, f"`{name}` is {_article(declared.keyword)}, not a fact")


def choice_type(context: Context, name: str) -> FactType:
    """The type of an ordered choice: an enumeration if its last value is an option, else a country.

    `nobody` is a country here, whatever enumeration has an option of that name.
    """
    for choice in context.written_as("choose", name):
        last = trees(choice)[-1]
        word = dotted(inner(last)) if last.data == "name" else ""
        for enumeration in context.vocabulary.enumerations.values():
            if word in enumeration.options and word != NOBODY:
                return EnumerationType(enumeration)
    return CountryType()


def _article(keyword: str) -> str:
    return {"alternative": "a question on which readings part", "element": "an element"}.get(
        keyword, f"a {keyword}"
    )


def parameter_kind(context: Context, name: str) -> str:
    """Unit of a parameter, or "" for the level of a scale."""
    for declared in context.written_as("parameter", name):
        value = inner(declared, "under")
        if value.data == "quantity":
            return normal_unit(str(need(value, "UNIT")))
    return ""


# ---- values ----
def normal_unit(written: str) -> str:
    """`year` and `years` are counted in months; other units in the plural."""
    unit = written if written.endswith("s") or written == "percent" else f"{written}s"
    return "months" if unit == "years" else unit


def number_type(tree: Tree[Token]) -> NumberType:
    """`months up to 600`; a year is 12 months."""
    unit, number = str(need(tree, "UNIT")), int(need(tree, "INT"))
    return NumberType(normal_unit(unit), 12 * number if unit.startswith("year") else number)


def unit_hint(unit: str, wanted: str, otherwise: str) -> str:
    """What to try for a number in another unit than the one that is wanted."""
    if {unit, wanted} <= set(TIME_UNITS):
        return "days and months never compare: a month has no fixed number of days"
    return otherwise


def quantity(context: Context, tree: Tree[Token]) -> Constant:
    """A number with a unit; a year is 12 months."""
    number, written = int(need(tree, "INT")), str(need(tree, "UNIT"))
    unit = normal_unit(written)
    if number > 10**9:
        context.fail("E208", tree, f"{number} is beyond any number that a text needs")
    months = 12 * number if written.startswith("year") else number
    return Constant(months, unit, f"{number} {written}")


def months_of(context: Context, tree: Tree[Token], what: str) -> int:
    """A span of months or years, in months. E203 for other units."""
    unit = need(tree, "UNIT")
    if normal_unit(str(unit)) != "months":
        context.fail("E203", unit, f"{what} is counted in months or years")
    return int(need(tree, "INT")) * (12 if unit.startswith("year") else 1)


def constant_of(context: Context, tree: Tree[Token], wanted: FactType) -> Constant:
    """A value as the rank, number or day of a type. Faults: E202 level, E203 unit, E207 type."""
    if isinstance(wanted, LevelType):
        if tree.data == "yes_or_no":  # `no < yes` is a scale too
            word = str(need(tree, "YES_OR_NO"))
        elif tree.data == "name":
            word = dotted(inner(tree))
        else:
            context.fail(
                "E207",
                tree,
                f"a level of `{wanted.scale.name}` is needed here",
                possible=levels_of(wanted),
            )
        return Constant(rank_of(context, tree, word, wanted), wanted.scale.name)
    if isinstance(wanted, NumberType):
        return _number(context, tree, wanted)
    if isinstance(wanted, DateType):
        if tree.data != "date":
            context.fail("E207", tree, "a date is needed here", suggestion="write 2015-09-01")
        return Constant(context.date(need(tree, "DATE")).toordinal(), "date")
    context.fail("E207", tree, "an ordered value is needed here")


def _number(context: Context, tree: Tree[Token], wanted: NumberType) -> Constant:
    if tree.data == "quantity":
        value = quantity(context, tree)
        if value.kind != wanted.unit:
            context.fail(
                "E203",
                tree,
                f"`{value.written}` is not a number of {wanted.unit}",
                suggestion=unit_hint(value.kind, wanted.unit, f"write {wanted.unit}"),
            )
    elif tree.data == "number":
        if wanted.unit in TIME_UNITS:
            context.fail(
                "E203",
                tree,
                "a number of time needs its unit",
                suggestion=f"{need(tree, 'INT')} {wanted.unit}",
            )
        value = Constant(int(need(tree, "INT")), wanted.unit, str(need(tree, "INT")))
    else:
        context.fail("E207", tree, f"a number of {wanted.unit} is needed here")
    if value.value > wanted.high:
        context.fail("E208", tree, f"{value.value} is above the highest value here, {wanted.high}")
    return value


def rank_of(context: Context, node: Tree[Token], word: str, wanted: LevelType) -> int:
    """Rank of a level's name on a scale. E202 if the scale has no such level."""
    scale = wanted.scale
    if word in scale.levels:
        return scale.rank(word)
    context.fail(
        "E202",
        node,
        no_level(word, wanted, context.vocabulary),
        possible=levels_of(wanted),
        suggestion=did_you_mean(word, scale.levels),
    )


def no_level(word: str, wanted: LevelType, vocabulary: Vocabulary) -> str:
    """That a word is no level of a scale, with the scale of which it is one."""
    elsewhere = [scale.name for scale in vocabulary.scales.values() if word in scale.levels]
    if elsewhere:
        return f"`{word}` is a level of `{elsewhere[0]}`, not of `{wanted.scale.name}`"
    return f"`{word}` is not a level of `{wanted.scale.name}`"


def levels_of(wanted: LevelType) -> str:
    """`levels of `stay`: none < tolerated < ...`."""
    return f"levels of `{wanted.scale.name}`: {' < '.join(wanted.scale.levels)}"


def name_of(context: Context, tree: Tree[Token], wanted: FactType) -> str:
    """A value as the name of an option or a country (`host`, `nobody` included)."""
    if isinstance(wanted, EnumerationType):
        word = dotted(inner(tree)) if tree.data == "name" else ""
        options = wanted.enumeration.options
        if word not in options:
            context.fail(
                "E202",
                tree,
                f"`{word or _text(tree)}` is not an option of `{wanted.enumeration.name}`",
                possible=f"options: {list_words(options, most=20)}",
                suggestion=did_you_mean(word, options),
            )
        return word
    if isinstance(wanted, CountryType):
        if tree.data == "country":
            return country(context, need(tree, "COUNTRY"))
        if tree.data == "host":
            return HOST
        if tree.data == "name" and dotted(inner(tree)) == NOBODY:
            return NOBODY
        context.fail(
            "E207",
            tree,
            f"`{_text(tree)}` is not a country",
            possible="a country is a code of three capital letters, `host` or `nobody`",
        )
    context.fail("E207", tree, f"`{_text(tree)}` does not fit here")


def country(context: Context, code: Token) -> str:
    """A country code that the `states` table knows. E209 if it does not."""
    if context.vocabulary.states and str(code) not in context.vocabulary.states:
        context.fail(
            "E209",
            code,
            f"`{code}` is no country code",
            suggestion=did_you_mean(str(code), context.vocabulary.states),
        )
    return str(code)


def yes_or_no(context: Context, tree: Tree[Token]) -> bool:
    """`yes` or `no`. E207 for anything else."""
    word = token(tree, "YES_OR_NO") if tree.data == "yes_or_no" else None
    if word is None:
        context.fail("E207", tree, f"`{_text(tree)}` is not yes or no", possible="yes, no")
    return str(word) == "yes"


def _text(tree: Tree[Token]) -> str:
    return " ".join(str(leaf) for leaf in tree.scan_values(lambda _leaf: True))


def right_of(context: Context, name: Token) -> Right:
    """A right by its name. E201 if there is none."""
    right = context.vocabulary.rights.get(str(name))
    if right is None:
        context.unknown(name, str(name), "a right", list(context.vocabulary.rights))
    return right


def rights_of(context: Context, names: Tree[Token] | None) -> tuple[str, ...]:
    """The rights of a list; none, which is all of them, if there is no list. E201 for others."""
    if names is None:
        return ()
    return tuple(right_of(context, name).name for name in tokens(names, "NAME"))


def rank_of_right(context: Context, right: Right, tree: Tree[Token]) -> int:
    """Rank in the person's favour of a value of a right."""
    return right.rank(constant_of(context, tree, right.type).value)
