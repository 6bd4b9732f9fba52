"""One script for two persons, a later month, or two laws; under labels; and by another solver."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from comity.agreement.cases import Case
from comity.agreement.regimes import Regime
from comity.agreement.values import Range, Truth, exactly
from comity.agreement.vocabulary import NumberType
from comity.explain.evaluate import Evaluation
from comity.prove.assignments import values_of
from comity.prove.fields import Values
from comity.prove.law import NONE, Latitude, Law
from comity.prove.persons import person_in
from comity.prove.solvers import Solver
from comity.prove.variants import NotLess, Of, Variant
from tests.readers_agree.comparing import drawn
from tests.readers_agree.draws import Draw
from tests.readers_agree.generator import without_node
from tests.readers_agree.people import PATHS, operation_facts, varied
from tests.readers_agree.smallest import difference
from tests.readers_agree.solver import FREE, Asked, Saying, asked_of, within_the_law
from tests.readers_agree.told import Said, Told, everything_told
from tests.readers_agree.words import WORDS, drawn_value

COUNTERS = ("residence", "absence", "waited")
LATITUDES = (NONE, FREE)
NAMED = ("the law alone", "at large")


# ---- another person, a later month ----
class Persons:
    """All that is told of a first person, of another, of the first later, and at given months.

    renamed: the facts of which the other has values of their own. months: how much later it is.
    then: the numbers that counters have at last.
    """

    def __init__(self, rng: Random, draw: Draw, latitude: Latitude) -> None:
        self.draw, self.latitude = draw, latitude
        self.told = everything_told(draw.regime, draw.on)
        self.law = Law(draw.regime, draw.on, latitude=latitude)
        paths = [*PATHS, *operation_facts(draw.regime)]
        self.renamed = frozenset(rng.sample(paths, rng.choice((1, 2, 6))))
        if rng.random() < 0.3:
            self.renamed |= {"host"}
        self.months = {c: rng.randint(1, 2) for c in rng.sample(COUNTERS, rng.choice((1, 2)))}
        self.other = Variant("other", self.renamed)
        self.then = {c: rng.randint(0, _top(c)) for c in rng.sample(COUNTERS, rng.choice((1, 2)))}
        later, then = Variant("later", later=self.months), Variant("then", at=self.then)
        of_all = self._sayings(None, self.other, later, then)
        self.asked = Asked((self.law,), [*of_all, *self._order()])

    def _sayings(self, *variants: Variant | None) -> Iterator[Saying]:
        for variant in variants:
            for one in self.told:
                plain = one.formula(self.law)
                formula = plain if variant is None else Of(plain, variant)
                name = f"of {variant.name}: {one.name}" if variant else one.name
                yield Saying(name, formula, one.right)

    def _order(self) -> Iterator[Saying]:
        """That the other has at least as much of a number; only numbers that the law tests."""
        for key in sorted(self.renamed & set(COUNTERS)):
            yield Saying(f"no less {key}", NotLess(key, self.other))

    def people(self, rng: Random, case: Case) -> tuple[Case, Case, Case, Case]:
        """The first, the other, and the first later and then; no counter ends too soon."""
        first = within_the_law(self.draw.regime, case, self.latitude)
        room = {c: exactly(min(_number(first, c), _top(c) - n)) for c, n in self.months.items()}
        first = first.with_facts(room)
        own = {path: drawn_value(rng, path) for path in self.renamed}
        other = within_the_law(self.draw.regime, first.with_facts(own), self.latitude)
        later = {c: exactly(_number(first, c) + n) for c, n in self.months.items()}
        then = {c: exactly(n) for c, n in self.then.items()}
        return first, other, first.with_facts(later), first.with_facts(then)

    def values(self, first: Case, other: Case) -> Values:
        """The symbols of the two; a later month has none of its own."""
        return values_of(self.asked.script, first, WORDS, {"other": other})

    def explained(self, *people: Case) -> list[Said]:
        """What `explain` says of each, in the order of the sayings; without the order of numbers."""
        evaluations = [Evaluation(self.draw.regime, person) for person in people]
        return [one.explained(e) for e in evaluations for one in self.told]

    def no_less(self, first: Case, other: Case) -> list[Said]:
        """For each number that the other has of their own, whether it is at least the first's."""
        keys = sorted(self.renamed & set(COUNTERS))
        return [(Truth.of(_number(other, k) >= _number(first, k)),) for k in keys]

    def hypotheses(self, first: Case, other: Case) -> list[Said]:
        """What `NotLess` must say: it holds of numbers in that order, and may of a pair in one code."""
        truths = self.no_less(first, other)
        return [truth if truth == (Truth.TRUE,) else (Truth.UNKNOWN,) for truth in truths]


def _number(case: Case, path: str) -> int:
    known = case.facts[path]
    assert isinstance(known, Range)
    return known.low


def _top(path: str) -> int:
    declared = WORDS.facts[path].type
    assert isinstance(declared, NumberType)
    return declared.high


@pytest.mark.parametrize("latitude", LATITUDES, ids=NAMED)
@pytest.mark.parametrize("seed", (400, 401))
def test_of_another_person_and_of_later_months_both_readers_say_the_same(
    seed: int, latitude: Latitude
) -> None:
    rng = Random(seed)
    for draw in drawn(seed, 30, 8, latitude):
        persons = Persons(rng, draw, latitude)
        count = len(persons.told) * 4
        for case in draw.cases:
            people = persons.people(rng, case)
            first, other, *_ = people
            said = persons.explained(*people)
            every = [*said, *persons.hypotheses(first, other)]
            names = persons.asked.differing(persons.values(first, other), every)
            assert not names, difference(draw.regime, other, [*names, str(persons.renamed)])
            assert count == len(said)


def test_two_persons_read_from_a_model_differ_in_their_own_facts_only_and_are_who_it_says() -> None:
    rng = Random(410)
    read = 0
    for draw in drawn(410, 40, 4):
        persons = Persons(rng, draw, NONE)
        for case in draw.cases:
            first, other, *_ = persons.people(rng, case)
            given = persons.values(first, other)
            kept = {symbol: v for symbol, v in given.items() if rng.random() < 0.3}
            found = persons.asked.model(kept)
            if found is None:
                continue
            values, goals = found
            two = [
                person_in(persons.asked.script, values, persons.law, draw.on, copy=copy)
                for copy in ("", "other")
            ]
            apart = {p for p in two[0].facts if two[0].facts[p] != two[1].facts.get(p)}
            assert apart <= persons.renamed | set(_follows(persons))
            said = persons.explained(*two)
            left = len(persons.asked.sayings) - len(said)  # later months, and the order of numbers
            names = persons.asked.untrue(goals, [*said, *[(Truth.UNKNOWN,)] * left])
            assert not names, difference(draw.regime, two[1], [*names, str(persons.renamed)])
            orders = persons.asked.goals[4 * len(persons.told) :]
            for goal, truth in zip(orders, persons.no_less(*two), strict=True):
                assert truth == (Truth.TRUE,) or not goals[goal]
            read += 1
    assert read > 60


def _follows(persons: Persons) -> Iterator[str]:
    """What is filled in by the host: a State that is or is not it, a power that the text lists."""
    if "host" in persons.renamed:
        asked = {path for path, _ in persons.asked.script.fields}
        yield from ("nationality", "last_country")
        powers = (p for p in operation_facts(persons.draw.regime) if p.startswith("exercised "))
        yield from (path for path in powers if path not in asked)


# ---- two laws ----
def _with_both(rng: Random, case: Case, one: Regime, other: Regime, latitude: Latitude) -> Case:
    for path in operation_facts(other):
        if path not in case.facts:
            case = case.with_facts({path: drawn_value(rng, path)})
    if latitude != NONE:
        case = varied(rng, other, case)
    return within_the_law(other, within_the_law(one, case, latitude), latitude)


@pytest.mark.parametrize(
    ("latitude", "is_near"),
    [(NONE, True), (FREE, True), (NONE, False)],
    ids=("a norm left out", "a norm left out, at large", "another agreement"),
)
def test_two_laws_in_one_script_each_say_what_explain_says(
    latitude: Latitude, is_near: bool
) -> None:
    """Parameters and articles are shared by name: two agreements at large must bound them alike."""
    rng = Random(420)
    before: Draw | None = None
    for draw in drawn(420, 40, 6, latitude):
        other = without_node(draw.regime, rng.choice(list(draw.regime.nodes)))
        if not is_near and before is not None:
            other = before.regime
        before = draw
        laws = [
            Law(regime, draw.on, latitude=latitude, tag=tag)
            for regime, tag in ((draw.regime, ""), (other, "other "))
        ]
        told = [everything_told(law.regime, draw.on) for law in laws]
        sayings = [
            Saying(f"{law.tag}{one.name}", one.formula(law), one.right)
            for law, several in zip(laws, told, strict=True)
            for one in several
        ]
        asked = Asked(laws, sayings)
        for person in draw.cases:
            case = _with_both(rng, person, draw.regime, other, latitude)
            said = [*_explained(draw.regime, case, told[0]), *_explained(other, case, told[1])]
            names = asked.differing(values_of(asked.script, case, WORDS), said)
            assert not names, difference(draw.regime, case, names)


def _explained(regime: Regime, case: Case, told: tuple[Told, ...]) -> list[Said]:
    evaluation = Evaluation(regime, case)
    return [one.explained(evaluation) for one in told]


# ---- labels ----
@pytest.mark.parametrize("latitude", LATITUDES, ids=NAMED)
def test_with_every_label_assumed_the_labelled_text_says_the_same(latitude: Latitude) -> None:
    for draw in drawn(430, 60, 6, latitude):
        asked = asked_of(draw, latitude, labelled=True)
        assert len(asked.asked.script.labels) > 10
        for case in draw.cases:
            names = asked.differing(case)
            assert not names, difference(draw.regime, case, names)


def test_without_the_label_of_a_node_it_is_open_whether_it_holds() -> None:
    """So a proof that needs the node is refuted without it."""
    opened = 0
    for draw in drawn(440, 8, 1):
        asked = asked_of(draw, labelled=True)
        names = {label: key for key, label in asked.asked.script.labels.items()}
        for case in draw.cases:
            case = within_the_law(draw.regime, case, NONE)
            values = values_of(asked.asked.script, case, WORDS)
            for label, key in names.items():
                asked.asked.labels = {other: True for other in names if other != label}
                differing = asked.asked.differing(values, asked.explained(case))
                if f"{key} holds" in {one.name for one in asked.told}:
                    assert f"{key} holds" in differing
                    opened += 1
    assert opened > 80


# ---- another solver ----
def test_cvc5_says_the_same_on_the_same_text() -> None:
    with Solver("cvc5") as solver:
        for draw in drawn(450, 200, 1):
            asked = asked_of(draw)
            case = within_the_law(draw.regime, draw.cases[0], NONE)
            values = values_of(asked.asked.script, case, WORDS)
            said = asked.explained(case)
            claimed = asked.asked.text(values, said)
            asks = (claimed + "(assert (not other))", claimed + "(assert other)")
            answers = [solver.ask(text).verdict for text in asks]
            assert ["sat", "unsat"] == answers, difference(draw.regime, case, answers)
