"""How an element stands in a text, what it lacks, and test (a) of the balance of effort, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from comity.agreement.elements import greatest
from comity.agreement.instruments import Force, Instrument
from comity.agreement.nodes import Element, Kind, Norm, Paragraph
from comity.api import library as shelf
from comity.profile.elements import Stands, balance_of, effort, shares, waived

NEEDS = (
    Element("E5", "repression", (("E10",), ("E8",))),
    Element("E8", "quota", (("E10",),)),
    Element("E10", "rights"),
)
IN_E5 = Norm("1.1", Kind.LIMIT, (), element="E5")


def text(*extra: Norm | Paragraph, force: Force = Force.BINDING, **said: str) -> Instrument:
    """A text with three elements."""
    return Instrument("a", "A", force, elements=said, statements=(*NEEDS, *extra))


def test_how_an_element_stands() -> None:
    found = balance_of(text(IN_E5, Paragraph(("1.2",), ("E10",)), E8="waived"))
    assert found is not None
    assert found.stands == {"E5": Stands.RULE, "E8": Stands.WAIVED, "E10": Stands.DISPOSED}
    assert found.present == ("E5", "E10")
    assert [(one.element, one.missing) for one in found.lacking] == [("E5", (("E8",),))]
    assert found.rules["E5"] == ("a/1.1",)


def test_what_a_text_adopts_and_what_it_only_names() -> None:
    found = balance_of(text(E5="adopted", E10="adopted"))
    assert found is not None
    assert found.stands["E8"] is Stands.NAMED
    assert found.adopted == {"E5", "E10"}
    assert found.operates == {"E10"}


def test_a_rule_that_binds_nobody_asks_for_an_element() -> None:
    for informal in (text(replace(IN_E5, soft=True)), text(IN_E5, force=Force.INFORMAL)):
        found, hard = balance_of(informal), balance_of(informal, with_soft=False)
        assert found is not None
        assert hard is not None
        assert found.stands["E5"] is Stands.SOFT
        assert hard.present == ()


def test_a_text_without_elements_has_no_balance() -> None:
    assert balance_of(Instrument("a", "A", Force.BINDING)) is None
    assert waived(text()) is None


def test_the_budapest_process_as_the_definition_tells_it() -> None:
    found = balance_of(shelf.packaged().instruments["budapest_process"])
    assert found is not None
    assert {one.element: one.missing for one in found.lacking} == {
        "E5": (("E10",), ("E7", "E8")),
        "E6": (("E10",), ("E9",), ("E1",), ("E7", "E8")),
    }
    assert found.may_operate == frozenset()


def test_without_the_quota_six_of_ten_operate() -> None:
    draft = shelf.packaged().instruments["imfc"]
    elements = [s for s in draft.statements if isinstance(s, Element)]
    names = frozenset(e.name for e in elements)
    assert greatest(elements, names - {"E8"}) == {"E1", "E2", "E3", "E4", "E9", "E10"}
    left = waived(draft)
    assert left is not None
    assert (left.sets, left.whole, left.operates_in["E7"], left.operates_in["E5"]) == (
        93,
        10,
        4,
        42,
    )
    assert left.stopped_by["E7"] == ("E1", "E2", "E3", "E8", "E9")


def test_effort_over_three_whole_years_only() -> None:
    admitted = {
        ("AAA", 2022): (10, 100),
        ("AAA", 2023): (20, 100),
        ("AAA", 2024): (30, 100),
        ("BBB", 2023): (900, 1),
        ("BBB", 2024): (900, 1),
    }
    found = effort(admitted, None, 2024)
    assert found is not None
    assert (found.permanent, found.temporary, found.destinations) == (20.0, 100.0, ("AAA",))
    assert found.ratio == pytest.approx(0.2)
    assert effort(admitted, ("BBB",), 2024) is None
    assert effort(admitted, ("AAA",), 2023) is None


def test_nobody_for_a_time_has_no_ratio() -> None:
    found = effort({("AAA", y): (5, 0) for y in (1, 2, 3)}, None, 3)
    assert found is not None
    assert found.ratio is None


def test_the_key_is_half_people_and_half_product() -> None:
    found = shares({"AAA": (30, 100), "BBB": (70, 300)})
    assert found["AAA"].key == pytest.approx((0.3 + 0.25) / 2)
    assert sum(one.key for one in found.values()) == pytest.approx(1)
    with pytest.raises(ValueError, match="nothing to share"):
        shares({"AAA": (0, 0)})
