"""Shares, gaps and advantages by definition."""

from __future__ import annotations

import numpy as np
import pytest

from comity.profile.persons import KINDS
from comity.profile.selectivity import GRANTS, Share, advantage, gap, share

PEOPLE = np.array([300, 100])


def test_the_worked_example_of_the_docs() -> None:
    managers = share(np.array([True, True]), PEOPLE)
    workers = share(np.array([False, True]), PEOPLE)
    assert (Share(1.0, 1.0), Share(0.5, 0.25)) == (managers, workers)
    assert gap(managers.of_people, workers.of_people) == pytest.approx(75)
    levels = np.array([[2, 2], [0, 0]])
    assert [2, 0] == advantage(levels, np.array([0, 2])).tolist()


def test_a_gap_changes_its_sign_with_its_sides() -> None:
    assert gap(0.25, 1.0) == -gap(1.0, 0.25)
    assert gap(0.4, 0.4) == 0


def test_nobody_has_no_share() -> None:
    nobody = np.array([], dtype=np.int64)
    assert Share(0.0, 0.0) == share(nobody.astype(np.bool_), nobody)
    assert share(np.array([True]), np.array([0])).of_people == 0.0


def test_each_kind_is_another_person_and_keeps_what_it_is() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert kind.door.facts.get("work.kind") == kind.inside.facts.get("work.kind")
        assert kind.door.facts != kind.inside.facts
    assert len({grant.name for grant in GRANTS}) == len(GRANTS)
