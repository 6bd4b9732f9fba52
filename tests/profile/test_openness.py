"""What texts grant, pair by pair, by hand."""

from __future__ import annotations

from datetime import date

import pytest

from comity.agreement.governance import Governed
from comity.agreement.instruments import Force, Instrument
from comity.agreement.nodes import Validity
from comity.profile.openness import Compared, compared, grid, stated

DAY = date(2026, 12, 1)
FREE, SCHEDULED = 4, 2


def text(id_: str, until: date | None = None, **levels: int) -> Instrument:
    """A text that states levels until a day."""
    said = tuple(
        Governed(q, (n,), "Article 1", "", Validity(None, until)) for q, n in levels.items()
    )
    return Instrument(id_, id_, Force.BINDING, statements=said)


INNER = text("inner", goods=FREE, people=FREE)
OUTER = text("outer", goods=FREE, people=SCHEDULED)


def test_the_example_of_the_definition() -> None:
    made = grid(
        [(INNER, frozenset("AB")), (OUTER, frozenset("ABC"))], ("A", "B", "C"), DAY, frozenset()
    )
    assert (made.levels["goods"] == FREE).sum() == 6
    assert (made.levels["people"] == FREE).sum() == 2
    assert made.levels["people"].tolist() == [[-1, 4, 2], [4, -1, 2], [2, 2, -1]]
    assert (made.levels["capital"] == -1).all()
    assert compared(stated(INNER, DAY)) is Compared.SAME
    assert compared(stated(OUTER, DAY)) is Compared.LESS


def test_partners_of_the_union_grant_one_another_nothing() -> None:
    spokes = text("eu_euromed_association", goods=3, people=1)
    made = grid([(spokes, frozenset("ABMN"))], ("A", "B", "M", "N"), DAY, frozenset("AB"))
    goods = made.levels["goods"]
    assert goods[0, 2] == goods[2, 0] == 3
    assert goods[2, 3] == goods[0, 1] == -1


def test_acts_of_the_union_speak_of_its_members_only() -> None:
    texts = [(INNER, frozenset("ABX"))]
    made = grid(texts, ("A", "B", "X"), DAY, frozenset("AB"), frozenset({"inner"}))
    assert made.levels["people"][0, 1] == FREE
    assert made.levels["people"][0, 2] == -1


@pytest.mark.parametrize(
    ("levels", "how"),
    [
        ({"goods": 4, "people": 2}, Compared.LESS),
        ({"goods": 2, "people": 2}, Compared.SAME),
        ({"goods": 0, "people": 4}, Compared.MORE),
        ({"goods": 4}, Compared.UNKNOWN),
        ({}, Compared.UNKNOWN),
    ],
)
def test_people_beside_goods(levels: dict[str, int], how: Compared) -> None:
    assert compared(levels) is how


def test_what_was_said_of_another_day_is_not_said() -> None:
    assert stated(text("a", until=date(2020, 1, 1), goods=4), DAY) == {}
    assert stated(text("a", goods=4, monitor=1), DAY) == {"goods": 4}
