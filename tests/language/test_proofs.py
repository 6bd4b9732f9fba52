"""Proofs as written: their typed properties, what they range over, whom they may name."""

from __future__ import annotations

import pytest

from comity.agreement.conditions import FactHolds, FactRef
from comity.agreement.instruments import Instrument
from comity.agreement.nodes import Bounding
from comity.agreement.statements import (
    AgainstInstrument,
    NeverStuck,
    NoGap,
    OperatesOnlyWith,
    Proof,
    Property,
    Reachable,
    TableComplete,
)
from comity.language.documents import read_document
from comity.language.faults import render
from comity.language.resolve import read_library
from tests.language import reading

TEMPORARY, PERMANENT = Bounding("stay", 2), Bounding("stay", 4)
LAWFUL, STUDY = FactRef("residence.lawful"), FactRef("residence.study")


def agreement(statements: str, name: str = "demo", *, front: str = "") -> str:
    """An agreement of one article with these statements."""
    head = f"---\nid: {name}\ntitle: A demo\nforce: binding\n{front}---\n\n## Article 1. One\n\n"
    return f"{head}```comity\n{statements}\n```\n"


def proof(text: str, *, before: str = "") -> Proof:
    """The one proof of an agreement without `with`."""
    made = reading.instrument(agreement(f"{before}\nprove x: {text}"))
    (found,) = (s for s in made.statements if isinstance(s, Proof))
    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("never stuck", NeverStuck(None, None, ())),
        (
            "never stuck between stay at least temporary and stay at least permanent "
            "by residence.lawful + residence.study",
            NeverStuck(PERMANENT, TEMPORARY, (LAWFUL, STUDY)),
        ),
        (
            "never stuck between stay at least permanent and work at least any by residence.lawful",
            NeverStuck(Bounding("work", 2), PERMANENT, (LAWFUL,)),
        ),
        (
            "within 1 year stay at least permanent is reached from stay at least temporary "
            "by residence.lawful",
            Reachable(12, PERMANENT, TEMPORARY, (LAWFUL,)),
        ),
        ("table complete", TableComplete()),
        ("no gap", NoGap()),
    ],
)
def test_a_property_is_read_as_what_it_says(text: str, wanted: Property) -> None:
    assert wanted == proof(text).property


def test_a_waiting_time_goes_down_to_its_goal() -> None:
    made = proof(
        "never stuck between decision at most 90 days and decision at most 30 days "
        "by residence.lawful"
    ).property
    decision = reading.vocabulary().rights["decision"]

    assert isinstance(made, NeverStuck)
    assert Bounding("decision", decision.rank(30)) == made.goal
    assert Bounding("decision", decision.rank(90)) == made.start


def test_the_goal_may_be_a_parameter() -> None:
    made = proof(
        "never stuck between stay at least temporary and decision at most P by residence.lawful",
        before="parameter P = 30 days",
    )

    assert isinstance(made.property, NeverStuck)


@pytest.mark.parametrize(
    ("text", "wanted", "is_guarded"),
    [
        ("no gap", set(), False),
        ("no gap over readings", {"readings"}, False),
        ("no gap on stay over reservations", {"reservations"}, False),
        ("no gap when claims", set(), True),
        ("no gap when claims over parameters, readings", {"parameters", "readings"}, True),
        (
            "no gap when claims over reservations, readings, parameters",
            {"parameters", "readings", "reservations"},
            True,
        ),
        ("never claims over parameters", {"parameters"}, False),
        ("claims implies excluded over parameters", {"parameters"}, False),
        ("never stuck over readings", {"readings"}, False),
        ("conforms to neighbour over reservations", {"reservations"}, False),
    ],
)
def test_a_proof_ranges_over_what_it_says(text: str, wanted: set[str], is_guarded: bool) -> None:
    made = proof(text)

    assert wanted == made.over
    assert (FactHolds(FactRef("claims")) if is_guarded else None) == made.guard


def test_words_of_a_range_are_names_elsewhere() -> None:
    made = proof("never stuck when readings", before="term readings when claims")

    assert NeverStuck() == made.property
    assert frozenset() == made.over


def test_spaces_in_a_label_count_once() -> None:
    made = reading.instrument(agreement("prove no   limbo : no gap"))

    assert ["no limbo"] == [s.label for s in made.statements if isinstance(s, Proof)]


def test_the_elements_of_a_proof_are_its_instrument_s() -> None:
    made = proof("B operates only with A", before='element A "one"\nelement B "two" needs A')

    assert OperatesOnlyWith("B", ("A",), "demo") == made.property


# ---- whom a proof may name ----
RELATIONS = ("conforms to", "compatible with", "stands still against")


@pytest.mark.parametrize("relation", RELATIONS)
def test_any_instrument_may_be_named_without_with(relation: str) -> None:
    assert AgainstInstrument(relation, "neighbour", ("stay",)) == (  # type: ignore[arg-type]
        proof(f"{relation} neighbour on stay").property
    )


def versions(named: str) -> dict[str, Instrument]:
    """A first version of a file, and a second that speaks of the first."""
    later = "\n".join(
        f"prove against {number}: {relation} {named}" for number, relation in enumerate(RELATIONS)
    )
    texts = {"demo-draft-1.md": agreement("prove a: no gap", "demo-draft-1")}
    texts["demo.md"] = agreement(later)
    library = read_library(
        [read_document(text, file) for file, text in texts.items()], reading.vocabulary()
    )
    assert not library.faults, "\n".join(map(render, library.faults))
    return library.instruments


@pytest.mark.parametrize("named", ["demo_draft_1", "demo-draft-1"])
def test_an_earlier_version_is_named_by_its_id_or_as_its_file(named: str) -> None:
    made = versions(named)["demo"]

    assert [AgainstInstrument(relation, "demo_draft_1") for relation in RELATIONS] == [  # type: ignore[arg-type]
        s.property for s in made.statements if isinstance(s, Proof)
    ]
