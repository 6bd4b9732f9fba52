"""Codes: every value of a fact has one, every code has a value, and a test says of the code the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from random import Random

import pytest
import z3

from comity.agreement.coding.allowed import ANY, Names, Numbers, Sets
from comity.agreement.values import Members, Options, Range, exactly
from comity.agreement.vocabulary import NOBODY
from comity.prove.fields import (
    Classes,
    Field,
    Name,
    NameSet,
    Number,
    conjunction,
    disjunction,
    same_as_host,
)

STATES = ("DEU", "NOR", "SWE", "SYR", NOBODY)


def models(declarations: Sequence[str], symbols: Sequence[str]) -> list[dict[str, bool | int]]:
    """Every way in which the symbols can be, by asking again and again for another."""
    context = z3.Context()
    solver = z3.Solver(ctx=context)
    solver.from_string("\n".join(declarations))
    found: list[dict[str, bool | int]] = []
    while solver.check() == z3.sat:
        model = solver.model()
        named = {d.name(): d for d in model.decls()}
        values = {
            s: model.eval(_constant(s, named, context), model_completion=True) for s in symbols
        }
        found.append(
            {s: v.as_long() if z3.is_int_value(v) else z3.is_true(v) for s, v in values.items()}
        )
        others = (_constant(s, named, context) != v for s, v in values.items())
        solver.add(z3.Or(*others) if symbols else z3.BoolVal(False, context))
    return found


def _constant(symbol: str, named: dict[str, object], context: object) -> object:
    declared = named.get(symbol)
    is_int = declared is not None and declared.range().kind() == z3.Z3_INT_SORT  # type: ignore[attr-defined]
    return z3.Int(symbol, context) if is_int else z3.Bool(symbol, context)


def said(text: str, one: Field, values: dict[str, bool | int]) -> bool:
    """What a test says of some values of the symbols."""
    given = [f"(assert (= {s} {str(v).lower()}))" for s, v in values.items()]
    context = z3.Context()
    solver = z3.Solver(ctx=context)
    solver.from_string("\n".join((*one.declarations(), *given, f"(assert {text})")))
    return bool(solver.check() == z3.sat)


# ---- numbers ----
LOW, HIGH = 0, 7


def _allowed(rng: Random) -> Numbers:
    numbers = [n for n in range(LOW, HIGH + 1) if rng.random() < 0.5] or [rng.randint(LOW, HIGH)]
    return Numbers.of(numbers)


def _code(one: Number, number: int) -> dict[str, bool | int]:
    if one.meets:
        return {one.symbol: number}
    return {f"{one.symbol}_{cut}": number >= cut for cut in one.cuts}


@pytest.mark.parametrize("meets", [False, True], ids=["by thresholds", "in a sum"])
@pytest.mark.parametrize("seed", range(6))
def test_a_test_of_a_number_says_of_its_code_what_it_says_of_the_number(
    seed: int, meets: bool
) -> None:
    rng = Random(seed)
    tests = [_allowed(rng) for _ in range(3)]
    one = Number("n", LOW, HIGH, meets=meets)
    for allowed in tests:
        one.ask(allowed)
    codes = {tuple(sorted(_code(one, n).items())) for n in range(LOW, HIGH + 1)}
    found = models(list(one.declarations()), one.symbols())
    assert codes == {tuple(sorted(values.items())) for values in found}
    for number in range(LOW, HIGH + 1):
        for allowed in tests:
            assert said(one.test(allowed), one, _code(one, number)) is allowed.admits(
                Range(number, number)
            )


@pytest.mark.parametrize("meets", [False, True], ids=["by thresholds", "in a sum"])
def test_a_number_so_much_later_is_tested_as_the_number_that_it_then_is(meets: bool) -> None:
    allowed = Numbers(((2, 3), (6, 6)))
    one = Number("n", LOW, HIGH, meets=meets)
    for later in range(4):
        one.ask(allowed, later)
    for later in range(4):
        for number in range(LOW, HIGH + 1):
            is_allowed = allowed.admits(Range(number + later, number + later))
            assert said(one.test(allowed, later), one, _code(one, number)) is is_allowed


@pytest.mark.parametrize("usual", [None, *range(LOW, HIGH + 1)])
def test_of_numbers_with_one_code_the_nearest_to_the_ordinary_one_is_read(
    usual: int | None,
) -> None:
    one = Number("n", LOW, HIGH, cuts={2, 5})
    ordinary = None if usual is None else exactly(usual)
    for members in ((0, 1), (2, 3, 4), (5, 6, 7)):
        nearest = min(members, key=lambda n: abs(n - (usual or 0)))
        for number in members:
            assert exactly(nearest) == one.read(_code(one, number), ordinary)


def test_the_ladder_of_a_number_goes_from_its_ordinary_code_to_the_farthest_and_leaves_none_out() -> (
    None
):
    one = Number("n", LOW, HIGH, cuts={2, 3, 6})
    rungs = one.ladder(exactly(4))
    first = [
        next(k for k, rung in enumerate(rungs) if said(rung, one, _code(one, number)))
        for number in range(LOW, HIGH + 1)
    ]
    assert [3, 3, 1, 0, 0, 0, 2, 2] == first
    assert one.aim(exactly(4)) is None


def test_a_number_in_a_sum_has_its_ordinary_value_as_only_rung_and_else_comes_near_to_it() -> None:
    one = Number("n", LOW, HIGH, meets=True)
    assert (["(= n 4)"], ("n", 4)) == (one.ladder(exactly(4)), one.aim(exactly(4)))
    assert ("n", LOW) == one.aim(None)


def test_a_yes_no_fact_is_a_number_of_which_yes_is_one() -> None:
    one = Number("n", 0, 1, cuts={1})
    for truth in (False, True):
        assert exactly(int(truth)) == one.read({"n_1": truth}, None)
        assert ["(not n_1)", "n_1"][truth] == one.ladder(exactly(truth))[0]


# ---- names ----
GROUPS = [frozenset({"DEU", "SWE"}), frozenset({"SWE", "SYR"})]


def test_names_are_in_one_class_if_and_only_if_no_test_tells_them_apart() -> None:
    classes = Classes.of(STATES, GROUPS)
    for one, other in combinations(STATES, 2):
        is_alike = all((one in group) == (other in group) for group in GROUPS)
        assert is_alike is (classes.of_name(one) == classes.of_name(other))
    assert sorted(STATES) == sorted(name for members in classes.members for name in members)
    assert classes.of_name("FRA") is None


@pytest.mark.parametrize("others", [False, True])
@pytest.mark.parametrize("group", GROUPS, ids=sorted)
def test_a_name_is_of_exactly_one_class_and_tested_as_its_members(
    group: frozenset[str], others: bool
) -> None:
    one = Name("c", Classes.of(STATES, GROUPS))
    found = models(list(one.declarations()), one.symbols())
    assert len(one.classes.members) == len(found)
    assert all(sum(values.values()) == 1 for values in found)
    for values in found:
        read = one.read(values, None)
        assert isinstance(read, Options)
        assert said(one.test(Names(group, others)), one, values) is Names(group, others).admits(
            read
        )


def test_the_ordinary_name_is_read_if_it_is_of_the_class_and_comes_first_on_the_ladder() -> None:
    one = Name("c", Classes.of(STATES, GROUPS))
    norway = one.classes.of_name("NOR")
    values = {symbol: n == norway for n, symbol in enumerate(one.symbols())}
    assert exactly(NOBODY) == one.read(values, exactly(NOBODY))
    assert exactly("NOR") == one.read(values, exactly("SYR"))
    assert one.symbols()[norway or 0] == one.ladder(exactly("NOR"))[0]
    assert sorted(one.symbols()) == sorted(one.ladder(exactly("NOR")))


def test_a_test_that_leaves_every_name_open_or_none_is_settled() -> None:
    one = Name("c", Classes.of(STATES, GROUPS))
    assert ("true", "false") == (one.test(ANY), one.test(Names(frozenset())))


# ---- sets ----
TESTS = (
    Sets(frozenset({Names(GROUPS[0])})),
    Sets(frozenset({Names(GROUPS[0]), Names(GROUPS[1])})),
    Sets(avoids=Names(GROUPS[1])),
    Sets(frozenset({Names(GROUPS[0])}), Names(frozenset({"SWE", "SYR"}))),
    Sets(avoids=ANY),
    Sets(frozenset({ANY})),
)


@pytest.mark.parametrize("allowed", TESTS)
def test_a_set_read_from_a_model_is_tested_as_its_members(allowed: Sets) -> None:
    one = NameSet("s", Classes.of(STATES, GROUPS), frozenset({NOBODY}))
    found = models(list(one.declarations()), one.symbols())
    assert 2 ** len(one.classes.members) == len(found)
    for values in found:
        read = one.read(values, exactly({"SYR"}))
        assert isinstance(read, Members)
        assert NOBODY not in read.surely
        assert said(one.test(allowed), one, values) is allowed.admits(read)


def test_what_is_no_country_is_in_no_set() -> None:
    one = NameSet("s", Classes.of(STATES, [frozenset({NOBODY})]), frozenset({NOBODY}))
    nobody = one.symbols()[one.classes.of_name(NOBODY) or 0]
    found = models(list(one.declarations()), one.symbols())
    assert len(found) == 2
    assert not any(values[nobody] for values in found)


def test_the_ladder_of_a_set_begins_with_its_ordinary_members() -> None:
    one = NameSet("s", Classes.of(STATES, GROUPS), frozenset({NOBODY}))
    rungs = one.ladder(exactly({"SYR"}))
    found = models(list(one.declarations()), one.symbols())
    plain = [values for values in found if said(rungs[0], one, values)]
    assert [exactly({"SYR"})] == [one.read(values, exactly({"SYR"})) for values in plain]


# ---- who is the host ----
def _pairs(other: Name | NameSet) -> Iterator[tuple[dict[str, bool | int], Name]]:
    host = Name("h", other.classes)
    lines = [*host.declarations(), *other.declarations(), *same_as_host("is", host, other)]
    for values in models(lines, [*host.symbols(), *other.symbols(), "is"]):
        yield values, host


@pytest.mark.parametrize("groups", [GROUPS, [frozenset({name}) for name in STATES], []])
def test_a_country_is_the_host_in_a_model_if_and_only_if_it_can_be(
    groups: list[frozenset[str]],
) -> None:
    other = Name("c", Classes.of(STATES, groups))
    found = {
        (host.name_in(values, None), other.name_in(values, None), bool(values["is"]))
        for values, host in _pairs(other)
    }
    classes = [members[0] for members in other.classes.members]
    possible = {(one, two, False) for one in classes for two in classes if one != two}
    possible |= {(one, one, True) for one in classes}
    possible |= {(m[0], m[0], False) for m in other.classes.members if len(m) > 1}
    assert possible == found


@pytest.mark.parametrize("groups", [GROUPS, [frozenset({name}) for name in STATES], []])
def test_a_set_has_the_host_in_a_model_only_if_some_set_does(groups: list[frozenset[str]]) -> None:
    """Of every model a set can be read: with the host in it where it says so, and without it else."""
    other = NameSet("s", Classes.of(STATES, groups), frozenset({NOBODY}))
    for values, host in _pairs(other):
        inside = next(m for n, m in enumerate(host.classes.members) if values[host.symbols()[n]])
        left = [name for name in inside if name != NOBODY]
        n = host.classes.members.index(inside)
        has_class = bool(values[other.symbols()[n]])
        if values["is"]:
            assert has_class
            assert left
        elif has_class:
            assert len(left) > 1, "the only State of the class is in the set and is not"


def test_texts_are_joined_without_what_changes_nothing() -> None:
    assert ("true", "false") == (conjunction(()), disjunction(()))
    assert "a" == conjunction(("a", "true", "a"))
    assert "(or a b)" == disjunction(("a", "false", "b", "a"))
