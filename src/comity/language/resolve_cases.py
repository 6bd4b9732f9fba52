"""Cases as written to typed statements: what is given, and what is expected."""

from __future__ import annotations

from dataclasses import replace

from lark import Token, Tree

from comity.agreement.instruments import Statement
from comity.agreement.nodes import Under
from comity.agreement.statements import CaseStatement, Expectation, ExpectationKind, Given, Person
from comity.agreement.values import Options, Possible, Range, Truth, exactly
from comity.agreement.vocabulary import (
    CountriesType,
    CountryType,
    EnumerationType,
    Fact,
    LevelType,
    NumberType,
    TruthType,
)
from comity.language.context import (
    Context,
    child,
    children,
    dotted,
    inner,
    need,
    need_child,
    quotation,
    token,
    tokens,
    trees,
)
from comity.language.faults import AlreadyReported, did_you_mean
from comity.language.resolve_frames import option_named
from comity.language.resolve_values import (
    choice_type,
    constant_of,
    country,
    levels_of,
    name_of,
    parameter_kind,
    rank_of_right,
    right_of,
    rights_of,
    yes_or_no,
)


def case(context: Context, tree: Tree[Token]) -> Statement:
    """A case with its facts and expectations. Faults: E401 no expectation, E402 fact given twice."""
    code, day = token(tree, "COUNTRY"), token(tree, "DATE")
    on = context.date(day) if day is not None else None
    host = country(context, code) if code is not None else ""
    if code is not None and on is not None:
        state = context.vocabulary.states.get(host)
        if state is not None and not state.existed(on):
            context.fail("E403", code, f"`{host}` ({state.name}) was no State on {on}")
    given: dict[str, list[Given]] = {"given": [], "other": [], "sponsor": []}
    expected: list[Expectation] = []
    for line in trees(tree):
        if line.data in given:
            entry = replace(_assignment(context, inner(line)), span=context.span(inner(line)))
            if any(e.path == entry.path for e in given[str(line.data)]):
                context.fail("E402", line, f"`{entry.path}` is given twice")
            given[str(line.data)].append(entry)
        elif line.data == "case_line":
            expected.append(_expectation(context, inner(line)))
    if not expected:
        context.fail(
            "E401",
            None,
            "the case expects nothing",
            suggestion="add `expect stay at least temporary by 14.1`",
        )
    people = {e.person for e in expected} | (
        {"other"} if any(e.kind == "same" for e in expected) else set()
    )
    for person in ("other", "sponsor"):
        if person in people and not given[person]:
            context.fail(
                "E401",
                None,
                f"the case expects something of {_THE[person]}, of whom nothing is given",
                suggestion=f"add `{person} FACT VALUE`",
            )
    return CaseStatement(
        quotation(tree),
        host,
        on,
        tuple(given["given"]),
        tuple(expected),
        tuple(given["other"]),
        tuple(given["sponsor"]),
        _readings(context, tree),
        token(tree, "ALL_ELSE_UNKNOWN") is not None,
        context.span(need(tree, "STRING")),
        str(token(tree, "NAME") or ""),
    )


_THE = {"other": "the other person", "sponsor": "the sponsor"}


def _readings(context: Context, tree: Tree[Token]) -> tuple[Under, ...]:
    found = child(tree, "under_list")
    if found is None:
        return ()
    return tuple(option_named(context, option) for option in children(found, "under"))


def _assignment(context: Context, tree: Tree[Token]) -> Given:
    kind = str(tree.data)
    if kind == "assign_exercised":
        node = context.node_key(inner(tree))
        return Given(f"exercised {node}", Truth.of(need(tree, "YES_OR_NO") == "yes"))
    if kind == "assign_declared":
        owner, name = _owned_name(context, inner(tree))
        return Given(f"declared {owner}/{name}", Truth.of(need(tree, "YES_OR_NO") == "yes"))
    if kind == "assign_reserved":
        article = _article_named(context, inner(tree))
        return Given(f"reserved {article}", Truth.of(need(tree, "YES_OR_NO") == "yes"))
    if kind == "assign_parameter":
        return _parameter(context, *trees(tree))
    if kind in ("assign_elements", "assign_acquired"):
        names = tuple(context.require_element(n) for n in tokens(inner(tree), "NAME"))
        return Given("adopted" if kind == "assign_elements" else "acquired", Truth.TRUE, names)
    ref = need_child(tree, "ref")
    path, fact = fact_named(context, ref)
    if kind == "assign_unknown":
        return Given(path, fact.type.everything())
    if kind == "assign_set":
        return _set(context, tree, path, fact)
    values = trees(tree, "ref")
    if kind == "assign_between":
        low, high = (constant_of(context, v, fact.type).value for v in values)
        if low > high:
            context.fail("E206", tree, "the first value is above the second")
        return Given(path, Range(low, high))
    return Given(path, _value(context, values[0], fact))


def _article_named(context: Context, tree: Tree[Token]) -> str:
    """`INSTRUMENT/ARTICLE`. E305 if its document has no such article."""
    node, name = need(tree, "ID"), token(tree, "NAME")
    owner = context.own if name is None else context.outline_of(str(name), name)
    known = [article.id for article in owner.document.articles]
    if str(node) not in known:
        context.fail(
            "E305",
            node,
            f"there is no article `{node}` in {owner.called}",
            suggestion=did_you_mean(str(node), known),
        )
    return f"{owner.id}/{node}"


def _parameter(context: Context, name: Tree[Token], value: Tree[Token]) -> Given:
    """A parameter at another value than the text's, in the parameter's own unit."""
    *owners, word = tokens(name, "NAME")
    owner = context.outline_of(str(owners[0]), owners[0]) if owners else context.own
    what = f"a parameter of {owner.called}"
    context.require_name(word, str(word), what, ("parameter",), owner)
    unit = parameter_kind(replace(context, own=owner), str(word))
    if not unit:
        raise AlreadyReported
    number = constant_of(context, value, NumberType(unit, 10**9)).value
    return Given(f"parameter {owner.id}/{word}", exactly(number), unit=unit)


def fact_named(context: Context, ref: Tree[Token]) -> tuple[str, Fact]:
    """The concrete path and declaration of a fact in a case: `origin.x` is the first origin's."""
    name = dotted(ref)
    head, _, rest = name.partition(".")
    place = context.vocabulary.places.get(head)
    if rest and place is not None:
        name = f"{place.instances[0]}.{rest}"
    fact = context.vocabulary.fact(name)
    if fact is None or (fact.path == name and name.startswith("place.")):
        context.unknown(ref, dotted(ref), "a fact", list(context.vocabulary.concrete_paths()))
    return name, fact


def _set(context: Context, tree: Tree[Token], path: str, fact: Fact) -> Given:
    if not isinstance(fact.type, CountriesType):
        context.fail("E207", tree, f"`{path}` is not a set of countries")
    codes = context.distinct(tokens(tree, "COUNTRY"))
    for code in tokens(tree, "COUNTRY"):
        country(context, code)
    most = (
        context.vocabulary.places["origin"].count if "origin" in context.vocabulary.places else 99
    )
    if path == "nationality" and len(codes) > most:
        context.fail("E404", tree, f"a case has at most {most} nationalities")
    return Given(path, exactly(codes), codes)


def _value(context: Context, value: Tree[Token], fact: Fact) -> Possible:
    if isinstance(fact.type, TruthType):
        return Truth.of(yes_or_no(context, value))
    if isinstance(fact.type, CountryType):
        name = name_of(context, value, fact.type)
        if name == "host":
            context.fail("E207", value, "a case names its countries by their codes")
        return Options(frozenset({name}))
    if isinstance(fact.type, EnumerationType):
        return Options(frozenset({name_of(context, value, fact.type)}))
    if isinstance(fact.type, CountriesType):
        context.fail("E207", value, f"`{fact.path}` is a set", suggestion="write {SYR, IRQ}")
    return exactly(constant_of(context, value, fact.type).value)


def _owned_name(context: Context, tree: Tree[Token]) -> tuple[str, str]:
    names = tokens(tree, "NAME")
    if tree.data == "own_name":
        owner = context.own
    else:
        owner = context.outline_of(str(names[0]), names[0])
    what = f"a declaration of `{owner.id}`"
    return owner.id, context.require_declaration(names[-1], owner, what)


_SIMPLE: dict[str, ExpectationKind] = {
    "expect_bottom": "bottom",
    "expect_conflict": "conflict",
    "expect_same": "same",
}


_TERMS: dict[str, ExpectationKind] = {
    "expect_term": "term",
    "expect_not_term": "not term",
    "expect_unknown_term": "unknown term",
}


_PERSONS: dict[str, Person] = {"expect_other": "other", "expect_sponsor": "sponsor"}


def _expectation(context: Context, tree: Tree[Token]) -> Expectation:
    kind, span = str(tree.data), context.span(tree)
    if kind in ("expect_bound", "expect_not_bound", "expect_possible", *_PERSONS):
        return _bound_expected(context, tree, kind)
    if kind in ("expect_can_be", "expect_cannot_be"):
        right = right_of(context, need(tree, "NAME"))
        value = inner(tree)
        word: ExpectationKind = "can be" if kind == "expect_can_be" else "cannot be"
        return Expectation(
            word, right=right.name, rank=rank_of_right(context, right, value), span=span
        )
    if kind in ("expect_other_bottom", "expect_sponsor_bottom"):
        person: Person = "other" if kind == "expect_other_bottom" else "sponsor"
        right = right_of(context, need(tree, "NAME"))
        return Expectation("bottom", person, right.name, span=span)
    if kind in ("expect_bottom", "expect_conflict"):
        return Expectation(
            _SIMPLE[kind], right=right_of(context, need(tree, "NAME")).name, span=span
        )
    if kind == "expect_no_conflict":
        return Expectation("no conflict", span=span)
    if kind == "expect_same":
        return Expectation("same", names=rights_of(context, inner(tree)), span=span)
    if kind in _TERMS:
        return Expectation(_TERMS[kind], names=(_term_named(context, inner(tree)),), span=span)
    if kind in ("expect_holds", "expect_not_holds"):
        holds: ExpectationKind = "holds" if kind == "expect_holds" else "not holds"
        return Expectation(holds, names=(context.node_key(inner(tree)),), span=span)
    if kind == "expect_defeats":
        nodes = tuple(context.node_key(c) for c in trees(tree))
        return Expectation("defeats", names=nodes, span=span)
    if kind == "expect_is":
        return _is_expected(context, tree)
    if kind == "expect_ask":
        return Expectation("ask", names=(fact_named(context, inner(tree))[0],), span=span)
    return Expectation("ask", names=(f"exercised {context.node_key(inner(tree))}",), span=span)


def _bound_expected(context: Context, tree: Tree[Token], kind: str) -> Expectation:
    bound = next(c for c in trees(tree) if c.data in ("at_least", "at_most"))
    right = right_of(context, need(bound, "NAME"))
    value = inner(bound)
    rank = rank_of_right(context, right, value)
    in_favour = (bound.data == "at_least") is not right.less_is_better
    by = ""
    for node in trees(tree):
        if node.data in ("own_id", "foreign_id"):
            by = context.node_key(node)
    word: ExpectationKind = "at least" if in_favour else "at most"
    if kind in ("expect_not_bound", "expect_possible") and not in_favour:
        context.fail(
            "E205",
            bound,
            f"this expectation says how much is guaranteed of `{right.name}`",
            suggestion=f"{right.name} {'at most' if right.less_is_better else 'at least'} ...",
        )
    if kind == "expect_not_bound":
        word = "not at least"
    elif kind == "expect_possible":
        word = "possible"
    return Expectation(
        word, _PERSONS.get(kind, "self"), right.name, rank, by, span=context.span(tree)
    )


def _term_named(context: Context, tree: Tree[Token]) -> str:
    names = tokens(tree, "NAME")
    owner = context.own if len(names) == 1 else context.outline_of(str(names[0]), names[0])
    return f"{owner.id}/{context.require_term(names[-1], owner)}"


def _is_expected(context: Context, tree: Tree[Token]) -> Expectation:
    ref, value = trees(tree)
    name = dotted(ref)
    head, _, rest = name.partition(".")
    place = context.vocabulary.places.get(head)
    if place is not None and rest:
        head = place.instances[0]
    own, at = (rest, head) if rest else (name, "")
    kinds = ("table", "choose")
    declared = context.require_name(ref, own, "a table or choice", kinds, context.own)
    if declared.keyword == "table":
        scale = context.vocabulary.scales[declared.gives]
        word = dotted(inner(value)) if value.data == "name" else ""
        if word not in scale.levels:
            context.fail(
                "E202",
                value,
                f"`{word}` is not a level of `{scale.name}`",
                possible=levels_of(LevelType(scale)),
            )
    else:
        word = name_of(context, value, choice_type(context, own))
    return Expectation(
        "is", names=(f"{context.instrument}/{own}", at), value=word, span=context.span(tree)
    )


READ = {"case": case}
