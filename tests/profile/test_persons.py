"""Invented persons: of the vocabulary's words, possible, and evaluated as `explain` does."""

from __future__ import annotations

from datetime import date

import pytest

from comity.agreement.cases import Case, places_of
from comity.agreement.many.evaluator import Evaluator
from comity.agreement.values import Possible, Truth, exactly
from comity.agreement.vocabulary import Vocabulary
from comity.api.profile_corridors import corridors_of
from comity.api.profile_setting import Setting, setting_of
from comity.api.profile_workers import Workers
from comity.api.regimes import read_regime
from comity.explain.answer import explain
from comity.explain.evaluate import Evaluation
from comity.profile.persons import KINDS, Person, in_words, known, worker
from comity.world.conflict import DangerReading
from comity.world.countries import country
from comity.world.population import population

ON = date(2026, 12, 1)
CORRIDORS = (("DEU", "TUR"), ("GBR", "POL"), ("USA", "MEX"), ("ARG", "BOL"), ("GHA", "NGA"))
RIGHTS = ("entry", "stay", "work", "family")


def setting() -> Setting:
    """The law of today and a few corridors."""
    made = setting_of("today", on=ON, danger=DangerReading.PERSON)
    made.population = tuple(c for c in population() if (c.host, c.origin) in CORRIDORS)
    return made


def everybody(made: Setting) -> tuple[Person, ...]:
    """Every invented person of the profile."""
    kinds = [person for kind in KINDS for person in (kind.door, kind.inside)]
    return (*kinds, *Workers(made).persons)


def case_of(person: Person, host: str, origin: str, vocabulary: Vocabulary) -> Case:
    """The person as a case of the reference evaluator; no power is used."""

    def facts(said: dict[str, Possible]) -> dict[str, Possible]:
        return {
            "host": exactly(host),
            "nationality": exactly(frozenset({origin})),
            **places_of((origin,), vocabulary),
            "origin1.in_europe": Truth.of(country(origin).region == "Europe"),
            **said,
        }

    own = facts(known(vocabulary, person.facts))
    sponsor = None
    if person.sponsor:
        own["family.sponsor_state"] = exactly(origin)
        sponsor = Case(ON, facts(known(vocabulary, person.sponsor)), ordinary=True)
    return Case(ON, own, ordinary=True, sponsor=sponsor)


def test_no_person_is_impossible() -> None:
    regime = read_regime("refugee_1951_1967").regime
    for person in everybody(setting()):
        answer = explain(regime, case_of(person, "DEU", "TUR", regime.vocabulary), ask=False)
        assert not answer.impossible, f"{person.id}: {answer.impossible}"


def test_every_corridor_has_the_position_that_explain_finds() -> None:
    made = setting()
    corridors = corridors_of(made)
    evaluator = Evaluator(made.regime, ON, rights=RIGHTS)
    persons = everybody(made)
    found = corridors.evaluate(evaluator, persons)
    places = list(zip(corridors.hosts, corridors.origins, strict=True))
    powers = [key for key in evaluator.keys if key.startswith("exercised ")]
    for number, (person, twice) in enumerate(zip(persons, found, strict=True)):
        host, origin = CORRIDORS[number % len(CORRIDORS)]
        for truth, one in ((Truth.FALSE, twice.unused), (Truth.TRUE, twice.used)):
            case = case_of(person, host, origin, made.regime.vocabulary)
            said = dict.fromkeys(powers, truth)
            sponsor = None if case.sponsor is None else case.sponsor.with_facts(said)
            case = Case(ON, {**case.facts, **said}, ordinary=True, sponsor=sponsor)
            explained = Evaluation(made.regime, case)
            for right in RIGHTS:
                expected = explained.bounds(right)
                at = places.index((host, origin))
                position = one.rights[right]
                assert (expected.lower, expected.lower_possible) == (
                    position.lower[at],
                    position.lower_possible[at],
                ), f"{person.id} {host} {origin} {right}"


def test_corridors_hold_every_person_of_a_known_origin_once() -> None:
    made = setting()
    corridors = corridors_of(made)
    assert sorted(CORRIDORS) == sorted(zip(corridors.hosts, corridors.origins, strict=True))
    assert corridors.people == sum(c.persons for c in made.cells if c.is_certain)


def test_facts_are_told_as_the_language_writes_them() -> None:
    vocabulary = read_regime("imfc").regime.vocabulary
    told = in_words(vocabulary, {"work.offer": True, "salary": 160, "work.kind": "worker"})
    assert told == "work.offer yes, salary 160 percent, work.kind worker"
    assert worker(6).facts["work.lawful"] == 6


@pytest.mark.parametrize(
    "facts", [{"nothing.such": True}, {"work.kind": "baker"}, {"salary": -1}, {"work.offer": 3}]
)
def test_a_word_that_the_vocabulary_lacks_is_refused(facts: dict[str, bool | int | str]) -> None:
    with pytest.raises(KeyError):
        known(read_regime("imfc").regime.vocabulary, facts)
