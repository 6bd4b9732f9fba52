"""Sets of assumptions as files: what is packaged, and what is refused with its place and a hint."""

from __future__ import annotations

from importlib.resources import files

import pytest

from comity.agreement.values import Options
from comity.agreement.vocabulary import (
    CountriesType,
    CountryType,
    EnumerationType,
    LevelType,
    NumberType,
    TruthType,
)
from comity.api.library import vocabulary
from comity.api.records import possible_of
from comity.world.assumption_sets import TAKES, OfTheCell, Takes, packaged_set, set_of
from comity.world.assumptions import ASSUMPTION_SETS, NOTHING, ORDINARY
from comity.world.conflict import Band
from comity.world.errors import AssumptionsUnreadable
from comity.world.facts import Fact
from comity.world.people import AnyBut
from comity.world.population import Category

HEAD = 'name = "mine"\nsentence = "A set of one."\n'
ENTRY = (
    '[[assumption]]\nfact = "conduct.excluded"\nvalue = false\nsentence = "Nobody is excluded."\n'
)


def test_every_packaged_file_is_a_set_that_is_offered() -> None:
    folder = files("comity.world") / "assumption_sets"
    names = {path.name.removesuffix(".toml") for path in folder.iterdir() if ".toml" in path.name}
    assert set(ASSUMPTION_SETS) == names
    for name, chosen in ASSUMPTION_SETS.items():
        assert packaged_set(name) == chosen


def test_the_packaged_sets_say_what_they_said_as_code() -> None:
    assert (0, "") == (len(NOTHING.assumptions), NOTHING.rest)
    assert 26 == len(ORDINARY.assumptions)
    by_fact = {one.fact: one for one in ORDINARY.assumptions}
    assert OfTheCell.ONLY_NATIONALITY is by_fact[Fact.NATIONALITY].value
    assert Band("none", "none") == by_fact[Fact.THREAT].value
    assert AnyBut(frozenset({"none"})) == by_fact[Fact.ORIGIN_GROUND].value
    assert Category.REFUGEE is by_fact[Fact.ORIGIN_DEGREE].only
    assert frozenset({"PSE"}) == by_fact[Fact.AGENCY].except_origins
    assert 0 == by_fact[Fact.CHANGED].value
    assert "  " not in ORDINARY.sentence + ORDINARY.rest


def test_a_value_of_a_packaged_set_is_one_of_the_vocabulary() -> None:
    for one in ORDINARY.assumptions:
        declared = vocabulary().fact(str(one.fact))
        assert declared is not None
        if isinstance(one.value, OfTheCell):
            continue
        possible = possible_of(str(one.fact), one.value, vocabulary())
        everything = declared.type.everything()
        assert possible != everything
        if isinstance(possible, Options) and isinstance(everything, Options):
            assert possible.names is not None
            assert everything.names is not None
            assert possible.names < everything.names


@pytest.mark.parametrize("fact", [fact for fact in Fact if fact is not Fact.HOST])
def test_what_a_fact_takes_is_its_type_in_the_vocabulary(fact: Fact) -> None:
    types = {
        Takes.TRUTH: TruthType,
        Takes.NUMBER: NumberType,
        Takes.LEVELS: LevelType,
        Takes.OPTION: EnumerationType,
        Takes.COUNTRY: CountryType,
        Takes.COUNTRIES: CountriesType,
    }
    declared = vocabulary().fact(str(fact))
    assert declared is not None
    assert isinstance(declared.type, types[TAKES.get(fact, Takes.TRUTH)])


def test_a_file_of_ones_own_is_read() -> None:
    entry = ENTRY + 'only = "refugee"\nexcept_origins = ["SYR"]\n'
    mine = set_of(HEAD + entry, "mine")
    (one,) = mine.assumptions
    assert (Fact.EXCLUDED, False, Category.REFUGEE) == (one.fact, one.value, one.only)
    assert frozenset({"SYR"}) == one.except_origins


@pytest.mark.parametrize(
    ("text", "says", "suggests"),
    [
        ("name = ", "no TOML", None),
        ('name = "mine"\n', "`sentence` is missing", None),
        (HEAD + "rset = 'x.'\n", "`rset` means nothing here", "rest"),
        ('name = "other"\nsentence = "A."\n', "named `other`", None),
        ('name = "mine"\nsentence = "No stop"\n', "`sentence` is no sentence", None),
        ('name = "mine"\nsentence = 3\n', "`sentence` is no sentence", None),
        (HEAD + "rest = 'no stop'\n", "`rest` is no sentence", None),
        (HEAD + "[assumption]\nfact = 'x'\n", "written once", None),
        (HEAD + "assumption = ['x']\n", "assumption 1: no table", None),
        (HEAD + ENTRY + ENTRY, "assumption 2: `conduct.excluded` is assumed twice", None),
        (HEAD + ENTRY.replace('excluded"', 'exclued"'), "no fact", "conduct.excluded"),
        (HEAD + ENTRY.replace("conduct.excluded", "host"), "`host` is no fact", None),
        (HEAD + ENTRY.replace("sentence", "sentense"), "`sentence` is missing", None),
        (HEAD + ENTRY + 'only = "refugees"\n', "no category", "refugee"),
        (HEAD + ENTRY + 'only = "refugee_beyond_stock"\n', "no category", None),
        (HEAD + ENTRY + 'except_origins = ["SYRA"]\n', "`SYRA` is no country code", "SYR"),
        (HEAD + ENTRY + "except_origins = [3]\n", "`3` is no country code", None),
        (HEAD + ENTRY + 'except_origins = "SYR"\n', "no list of country codes", None),
    ],
)
def test_a_bad_file_is_refused_with_its_place(text: str, says: str, suggests: str | None) -> None:
    with pytest.raises(AssumptionsUnreadable) as caught:
        set_of(text, "mine")
    assert caught.value.message.startswith("`mine.toml`")
    assert says in caught.value.message
    if suggests is not None:
        assert suggests == caught.value.suggestion


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("conduct.excluded", '"no"'),
        ("conduct.excluded", "0"),
        ("cessation.changed", "false"),
        ("cessation.changed", "-1"),
        ("agency", "true"),
        ("agency", '""'),
        ("agency", "{ any_but = [] }"),
        ("agency", "{ any_but = [1] }"),
        ("agency", '{ any_but = ["none"], or = 1 }'),
        ("origin1.degree", '"hardship"'),
        ("origin1.degree", '{ at_least = "hardship" }'),
        ("origin1.degree", '{ at_least = "hardship", at_most = "bad" }'),
        ("origin1.degree", '{ at_least = "mass_killing", at_most = "hardship" }'),
        ("origin1.state", '"SYR"'),
        ("origin1.state", '{ of_the_record = "only_nationality" }'),
        ("nationality", '{ of_the_record = "origin" }'),
        ("nationality", "1.5"),
    ],
)
def test_a_value_of_another_kind_is_refused(fact: str, value: str) -> None:
    entry = f'[[assumption]]\nfact = "{fact}"\nvalue = {value}\nsentence = "It is so."\n'
    with pytest.raises(AssumptionsUnreadable, match=r"`mine\.toml`, assumption 1: "):
        set_of(HEAD + entry, "mine")


def test_a_packaged_file_that_is_missing_is_a_coded_error() -> None:
    with pytest.raises(AssumptionsUnreadable, match=r"`usual\.toml` cannot be read") as caught:
        packaged_set("usual")
    assert "W132" == caught.value.code
