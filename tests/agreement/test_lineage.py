"""What a conclusion became: the chain is walked depth first, once, and never in circles."""

from __future__ import annotations

from datetime import date

from comity.agreement.lineage import Carried, chain


def carried(source: str, target: str, year: int, *states: str) -> Carried:
    words = "" if "/" in target else target
    return Carried(source, "" if words else target, words, states, date(year, 1, 1), "a report")


LINKS = (
    carried("process/1", "accession/2", 2004),
    carried("process/1", "a decree", 1998, "POL"),
    carried("accession/2", "an act", 2003, "POL", "SVK"),
    carried("accession/2", "process/1", 2005),
    carried("other/1", "an act of another", 2003),
)


def test_the_earliest_step_comes_first_and_the_walk_goes_to_the_end() -> None:
    assert [(0, "a decree"), (0, "accession/2"), (1, "an act"), (1, "process/1")] == [
        (link.depth, link.carried.target or link.carried.words)
        for link in chain(LINKS, ["process/1"])
    ]


def test_a_circle_is_shown_and_not_walked_again() -> None:
    assert [False, False, False, True] == [link.repeats for link in chain(LINKS, ["process/1"])]


def test_what_became_of_nothing_is_nothing() -> None:
    assert () == chain(LINKS, ["process/9"])
    assert () == chain((), ["process/1"])
