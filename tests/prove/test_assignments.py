"""A person as values of symbols, and back: `values_of` and `person_in` undo one another."""

from __future__ import annotations

from random import Random

import pytest

from comity.agreement.cases import Case
from comity.agreement.coding.allowed import YES, Names, Numbers
from comity.agreement.coding.formulas import SURELY, Formula, all_of
from comity.agreement.conditions import Constant, FactRef, Includes, InGroup, IsOneOf, ParameterRef
from comity.agreement.instruments import Exercise
from comity.agreement.nodes import Bounding, Kind, Norm, Parameter, Power
from comity.agreement.values import Members, Options, Possible, Range, Truth, exactly
from comity.agreement.vocabulary import Member
from comity.prove.assignments import values_of
from comity.prove.fields import Name, NameSet, Number
from comity.prove.law import Latitude, Law
from comity.prove.persons import person_in
from comity.prove.script import Script, Writer
from comity.prove.variants import Of, Variant
from tests.prove.asking import ON, holds, regime_of
from tests.readers_agree.people import somebody
from tests.readers_agree.words import WORDS, compare, drawn_value

P = Parameter("P", Constant(2, "months"), Constant(1, "months"), Constant(4, "months"))
CONDITIONS = (
    holds("child"),
    compare(FactRef("residence"), "more than", FactRef("absence")),
    compare(FactRef("waited"), "at least", ParameterRef("a", "P")),
    compare(FactRef("origin1.degree"), "at least", Constant(1, "degree")),
    IsOneOf(FactRef("kind"), ("care",)),
    IsOneOf(FactRef("last_country"), ("host", "USA")),
    InGroup(FactRef("host"), "union"),
    Includes(FactRef("nationality"), "host"),
    Includes(FactRef("nationality"), "SYR"),
)
TEXT = regime_of(
    P,
    Norm("1.1", Kind.GUARANTEE, (Bounding("stay", 2),), CONDITIONS),
    Power("2.1", (), None, ()),
)


def law() -> Law:
    return Law(TEXT, ON, latitude=Latitude(parameters=True))


def script_of(asked: Law, *formulas: Formula) -> Script:
    everything = [asked.condition(one) for one in CONDITIONS]
    return Writer((asked,), SURELY, goals=(*everything, *formulas)).write()


def person(rng: Random) -> Case:
    """Somebody with a value of the parameter, and all that the host has done."""
    given: dict[str, Possible] = {"parameter a/P": exactly(rng.randint(1, 4))}
    return somebody(rng, ON).with_facts(given)


def test_every_symbol_has_a_value_and_no_other() -> None:
    script = script_of(law())
    assert set(script.symbols) == values_of(script, person(Random(1)), WORDS).keys()


@pytest.mark.parametrize("seed", range(40))
def test_a_person_read_from_their_own_values_has_the_same_values(seed: int) -> None:
    """The facts may be others that no test tells apart; the values are the same."""
    asked = law()
    script = script_of(asked)
    first = values_of(script, person(Random(seed)), WORDS)
    again = person_in(script, first, asked, ON)
    assert first == values_of(script, again, WORDS)
    assert again == person_in(script, values_of(script, again, WORDS), asked, ON)


@pytest.mark.parametrize("seed", range(10))
def test_numbers_in_a_sum_options_and_parameters_come_back_as_they_were(seed: int) -> None:
    asked = law()
    script = script_of(asked)
    before = person(Random(seed))
    after = person_in(script, values_of(script, before, WORDS), asked, ON)
    for path in ("residence", "absence", "waited", "child", "parameter a/P"):
        assert before.facts[path] == after.facts[path]


def test_whether_a_country_is_the_host_comes_back() -> None:
    asked = law()
    script = script_of(asked)
    for host in ("DEU", "SWE", "USA", "NOR"):
        for country in ("DEU", "SWE", "USA", "NOR", "SYR"):
            facts = {"host": exactly(host), "last_country": exactly(country)}
            facts["nationality"] = exactly({country, "IRQ"})
            case = person(Random(3)).with_facts(facts)
            after = person_in(script, values_of(script, case, WORDS), asked, ON)
            last, several = after.facts["last_country"], after.facts["nationality"]
            assert isinstance(several, Members)
            assert (last == after.host) is (country == host)
            [name] = _names(after.host)
            assert (name in several.surely) is (country == host)


def _names(known: Possible) -> frozenset[str]:
    assert isinstance(known, Options)
    assert known.names is not None
    return known.names


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("child", Truth.UNKNOWN),
        ("residence", Range(1, 2)),
        ("origin1.degree", Range(0, 2)),
        ("kind", Options(frozenset({"care", "farm"}))),
        ("host", Options(None)),
        ("last_country", Options(None)),
        ("nationality", Members(frozenset({"SYR"}), None)),
    ],
)
def test_of_a_fact_that_is_not_fully_known_there_is_no_value(path: str, known: Possible) -> None:
    script = script_of(law())
    with pytest.raises(ValueError, match=path):
        values_of(script, person(Random(1)).with_facts({path: known}), WORDS)


def test_a_parameter_that_a_case_does_not_give_has_no_value() -> None:
    script = script_of(law())
    with pytest.raises(ValueError, match="parameter a/P"):
        values_of(script, somebody(Random(1), ON), WORDS)


def test_what_a_case_does_not_say_of_the_law_s_operation_is_not_so() -> None:
    asked = law()
    script = script_of(asked, asked.node("a/2.1"))
    [power] = script.fields["exercised a/2.1", ""].symbols()
    case = person(Random(1))
    assert values_of(script, case, WORDS)[power] is False
    done = case.with_facts({"exercised a/2.1": Truth.TRUE})
    assert values_of(script, done, WORDS)[power] is True


def test_ranks_stay_open_and_are_no_fact_of_the_person_read() -> None:
    asked = law()
    script = script_of(asked, asked.guaranteed("stay", asked.rank_of("stay")))
    values = values_of(script, person(Random(1)), WORDS)
    left = set(script.symbols) - values.keys()
    assert left == set(script.fields["level stay", ""].symbols())
    read = person_in(script, {**values, **dict.fromkeys(left, True)}, asked, ON)
    assert not [path for path in read.facts if path.startswith("level ")]


# ---- two persons ----
OTHER = Variant("other", frozenset({"child", "residence", "host", "nationality"}))


def test_another_person_has_values_of_their_own_and_shares_the_rest() -> None:
    asked = law()
    script = script_of(asked, *(Of(asked.condition(one), OTHER) for one in CONDITIONS))
    rng = Random(5)
    for _ in range(20):
        first = person(rng)
        own = {path: drawn_value(rng, path) for path in OTHER.renamed}
        second = first.with_facts(own)
        values = values_of(script, first, WORDS, {"other": second})
        assert set(script.symbols) == values.keys()
        read = [person_in(script, values, asked, ON, copy=copy) for copy in ("", "other")]
        assert values == values_of(script, read[0], WORDS, {"other": read[1]})
        assert second.facts["residence"] == read[1].facts["residence"]
        for symbol in (s for (_, copy), s in script.hosts.items() if copy == "other"):
            assert isinstance(values[symbol], bool)


def test_a_script_of_two_persons_asks_for_both() -> None:
    asked = law()
    script = script_of(asked, Of(asked.condition(CONDITIONS[0]), OTHER))
    with pytest.raises(KeyError, match="other"):
        values_of(script, person(Random(1)), WORDS)


# ---- who is read ----
def test_what_no_symbol_stands_for_is_ordinary_and_a_listed_power_is_exercised() -> None:
    listed = (Exercise("2.1", Member("SWE")),)
    text = regime_of(*TEXT.instruments[0].statements, exercised=listed)
    asked = Law(text, ON)
    script = Writer((asked,), all_of((asked.record("child", YES),))).write()
    read = person_in(script, dict.fromkeys(script.symbols, True), asked, ON)
    assert read.ordinary
    assert Truth.TRUE is read.facts["child"]
    assert Truth.TRUE is read.facts["exercised a/2.1"], "the ordinary host has exercised it"
    assert exactly(0) == read.known("residence", WORDS)


def test_the_fields_of_a_script_are_those_that_its_formulas_name() -> None:
    asked = law()
    formula = all_of((asked.record("residence", Numbers(((2, 3),))), asked.record("child", YES)))
    script = Writer((asked,), formula).write()
    assert {("residence", ""), ("child", "")} == script.fields.keys()
    number = script.fields["residence", ""]
    assert isinstance(number, Number)
    assert {2, 4} == number.cuts
    assert not [f for f in script.fields.values() if isinstance(f, NameSet)]


def test_countries_are_told_apart_together() -> None:
    asked = law()
    host = asked.record("host", Names(frozenset({"DEU"})))
    last = asked.record("last_country", Names(frozenset({"SWE"})))
    script = Writer((asked,), all_of((host, last))).write()
    fields = [script.fields[path, ""] for path in ("host", "last_country")]
    classes = [one.classes for one in fields if isinstance(one, Name)]
    assert classes[0] == classes[1]
    assert len(classes[0].members) == 3
