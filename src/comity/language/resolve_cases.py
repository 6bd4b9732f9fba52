"""Proofs and cases as written to typed statements."""

from __future__ import annotations

from dataclasses import replace

from lark import Token, Tree

from comity.agreement.conditions import FactRef
from comity.agreement.instruments import Statement
from comity.agreement.nodes import Kind, Under
from comity.agreement.statements import (
    AgainstInstrument,
    CaseStatement,
    Decommodified,
    EqualFooting,
    Expectation,
    ExpectationKind,
    Given,
    Implies,
    LabourNeverAlone,
    Monotone,
    Never,
    NoConflict,
    NoDeadText,
    NoGap,
    OperatesOnlyWith,
    Person,
    PossibleCase,
    Proof,
    Property,
    Reachable,
)
from comity.agreement.values import Options, Possible, Range, Truth, exactly
from comity.agreement.vocabulary import (
    CountriesType,
    CountryType,
    EnumerationType,
    Fact,
    LevelType,
    TruthType,
)
from comity.language.context import Context, child, children, dotted, need, token, tokens, unquote
from comity.language.faults import AlreadyReported
from comity.language.resolve_conditions import condition
from comity.language.resolve_norms import bounding, option_named
from comity.language.resolve_values import (
    choice_type,
    constant_of,
    country,
    levels_of,
    look_up,
    name_of,
    rank_of_right,
    right_of,
    yes_or_no,
)


def proof(context: Context, tree: Tree[Token]) -> Statement:
    inside = replace(context, in_proof=True)
    parts = [c for c in tree.children if isinstance(c, Tree)]
    stated = token(tree, "VERDICT")
    guard = condition(inside, parts[1]) if len(parts) > 1 else None
    label = need(tree, "LABEL")
    return Proof(
        str(label).strip(),
        property_(inside, parts[0]),
        stated is not None and stated == "refuted",
        guard,
        context.span(label),
    )


def property_(context: Context, tree: Tree[Token]) -> Property:
    """The property of a proof."""
    names = child(tree, "names")
    match str(tree.data):
        case "no_gap":
            return NoGap(_rights(context, names))
        case "no_conflict":
            return NoConflict(_rights(context, names))
        case "no_dead_text":
            return NoDeadText()
        case "equal_footing":
            return EqualFooting(_rights(context, names), _facts(context, children(tree, "ref")))
        case "monotone":
            return Monotone(_rights(context, names), _facts(context, children(tree, "ref"))[0])
        case "conforms" | "compatible" | "stands_still" as kind:
            name = need(tree, "NAME")
            relation = {
                "conforms": "conforms to",
                "compatible": "compatible with",
                "stands_still": "stands still against",
            }[kind]
            owner = context.outline_of(str(name), name).id
            return AgainstInstrument(relation, owner, _rights(context, names))  # type: ignore[arg-type]
        case "labour_never_alone":
            return LabourNeverAlone()
        case "decommodified":
            return Decommodified()
        case "reachable":
            return _reachable(context, tree)
        case "implies":
            first, second = (condition(context, c) for c in tree.children if isinstance(c, Tree))
            return Implies(first, second)
        case "never":
            return Never(condition(context, _only(tree)))
        case "possible":
            return PossibleCase(condition(context, _only(tree)))
        case "operates_only_with":
            assert names is not None
            every = [need(tree, "NAME"), *tokens(names, "NAME")]
            known = [n for n, d in context.own.names.items() if d.keyword == "element"]
            for name in every:
                if str(name) not in known:
                    context.unknown(name, str(name), "an element", known)
            return OperatesOnlyWith(str(every[0]), tuple(str(n) for n in every[1:]))
    raise AssertionError(tree.data)


def _only(tree: Tree[Token]) -> Tree[Token]:
    return next(c for c in tree.children if isinstance(c, Tree))


def _rights(context: Context, names: Tree[Token] | None) -> tuple[str, ...]:
    if names is None:
        return ()
    return tuple(right_of(context, name).name for name in tokens(names, "NAME"))


def _facts(context: Context, refs: list[Tree[Token]]) -> tuple[FactRef, ...]:
    found = []
    for ref in refs:
        operand = look_up(context, ref).operand
        if not isinstance(operand, FactRef):
            context.fail("E207", ref, f"`{dotted(ref)}` is not a fact")
        # `origin.role` is kept as the fact of every origin
        path = dotted(ref) if operand.path.startswith("place.") else operand.path
        found.append(FactRef(path))
    return tuple(found)


def _reachable(context: Context, tree: Tree[Token]) -> Property:
    unit = str(need(tree, "UNIT"))
    if unit[:5] not in ("month", "years", "year"):
        context.fail("E203", need(tree, "UNIT"), "a life is counted in months or years")
    months = int(need(tree, "INT")) * (12 if unit.startswith("year") else 1)
    goal, start = (
        bounding(context, c, Kind.GUARANTEE)
        for c in tree.children
        if isinstance(c, Tree) and c.data in ("at_least", "at_most")
    )
    return Reachable(months, goal, start, _facts(context, children(tree, "ref")))


# ---- cases ----
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
    for line in tree.children:
        if not isinstance(line, Tree):
            continue
        if line.data in given:
            entry = _assignment(context, _only(line))
            if any(e.path == entry.path for e in given[str(line.data)]):
                context.fail("E402", line, f"`{entry.path}` is given twice")
            given[str(line.data)].append(entry)
        elif line.data == "case_line":
            expected.append(_expectation(context, _only(line)))
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
        unquote(str(need(tree, "STRING"))),
        host,
        on,
        tuple(given["given"]),
        tuple(expected),
        tuple(given["other"]),
        tuple(given["sponsor"]),
        _readings(context, tree),
        token(tree, "ALL_ELSE_UNKNOWN") is not None,
        context.span(need(tree, "STRING")),
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
        node = context.node_key(_only(tree))
        return Given(f"exercised {node}", Truth.of(need(tree, "YES_OR_NO") == "yes"))
    if kind == "assign_declared":
        owner, name = _owned_name(context, _only(tree))
        return Given(f"declared {owner}/{name}", Truth.of(need(tree, "YES_OR_NO") == "yes"))
    if kind in ("assign_elements", "assign_acquired"):
        names = [str(n) for n in tokens(_only(tree), "NAME")]
        known = [n for n, d in context.own.names.items() if d.keyword == "element"]
        for name in tokens(_only(tree), "NAME"):
            if str(name) not in known:
                context.unknown(name, str(name), "an element", known)
        word = "adopted" if kind == "assign_elements" else "acquired"
        return Given(word, Truth.TRUE, tuple(names))
    ref = child(tree, "ref")
    assert ref is not None
    path, fact = fact_named(context, ref)
    if kind == "assign_unknown":
        return Given(path, fact.type.everything())
    if kind == "assign_set":
        return _set(context, tree, path, fact)
    values = [c for c in tree.children if isinstance(c, Tree) and c.data != "ref"]
    if kind == "assign_between":
        low, high = (constant_of(context, v, fact.type).value for v in values)
        if low > high:
            context.fail("E206", tree, "the first value is above the second")
        return Given(path, Range(low, high))
    return Given(path, _value(context, values[0], fact))


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
    codes = tuple(country(context, code) for code in tokens(tree, "COUNTRY"))
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
    name = names[-1]
    if str(name) not in owner.declarations:
        if not owner.is_identified:
            raise AlreadyReported
        context.unknown(
            name, str(name), f"a declaration of `{owner.id}`", sorted(owner.declarations)
        )
    return owner.id, str(name)


# ---- expectations ----
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
        value = next(c for c in tree.children if isinstance(c, Tree))
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
        return Expectation("same", names=_rights(context, _only(tree)), span=span)
    if kind in _TERMS:
        return Expectation(_TERMS[kind], names=(_term_named(context, _only(tree)),), span=span)
    if kind in ("expect_holds", "expect_not_holds"):
        holds: ExpectationKind = "holds" if kind == "expect_holds" else "not holds"
        return Expectation(holds, names=(context.node_key(_only(tree)),), span=span)
    if kind == "expect_defeats":
        nodes = tuple(context.node_key(c) for c in tree.children if isinstance(c, Tree))
        return Expectation("defeats", names=nodes, span=span)
    if kind == "expect_is":
        return _is_expected(context, tree)
    if kind == "expect_ask":
        return Expectation("ask", names=(fact_named(context, _only(tree))[0],), span=span)
    return Expectation("ask", names=(f"exercised {context.node_key(_only(tree))}",), span=span)


def _bound_expected(context: Context, tree: Tree[Token], kind: str) -> Expectation:
    bound = next(
        c for c in tree.children if isinstance(c, Tree) and c.data in ("at_least", "at_most")
    )
    right = right_of(context, need(bound, "NAME"))
    value = next(c for c in bound.children if isinstance(c, Tree))
    rank = rank_of_right(context, right, value)
    in_favour = (bound.data == "at_least") is not right.less_is_better
    by = ""
    for node in tree.children:
        if isinstance(node, Tree) and node.data in ("own_id", "foreign_id"):
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
    declared = context.declared(str(names[-1]), owner)
    if declared is None or declared.keyword != "term" or declared.of_place:
        terms = [n for n, d in owner.names.items() if d.keyword == "term" and not d.of_place]
        context.unknown(names[-1], str(names[-1]), f"a term of `{owner.id}`", terms)
    return f"{owner.id}/{names[-1]}"


def _is_expected(context: Context, tree: Tree[Token]) -> Expectation:
    ref, value = (c for c in tree.children if isinstance(c, Tree))
    name = dotted(ref)
    head, _, rest = name.partition(".")
    place = context.vocabulary.places.get(head)
    if place is not None and rest:
        head = place.instances[0]
    own, at = (rest, head) if rest else (name, "")
    declared = context.declared(own)
    if declared is None or declared.keyword not in ("table", "choose"):
        known = [n for n, d in context.own.names.items() if d.keyword in ("table", "choose")]
        context.unknown(ref, own, "a table or choice", known)
    if declared.keyword == "table":
        scale = context.vocabulary.scales[declared.gives]
        word = dotted(value.children[0]) if value.data == "name" else ""  # type: ignore[arg-type]
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


READ = {"proof": proof, "case": case}
