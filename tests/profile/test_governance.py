"""Before whom a text answers, how fast it may be left, who decided: by hand."""

from __future__ import annotations

from datetime import date

import pytest

from comity.agreement.governance import Governed
from comity.agreement.instruments import Force, Instrument
from comity.agreement.nodes import Validity
from comity.api import library as shelf
from comity.profile.governance import (
    GOVERNANCE,
    INWARD,
    JUDGES,
    NOT_OBSERVED,
    OUTWARD,
    Told,
    class_of,
    classes,
    left_at_once,
    months_of_notice,
    told,
    without_a_parliament,
)
from comity.profile.openness import QUALITIES

DAY = date(2026, 12, 1)
WORDS = shelf.packaged().vocabulary


def of(*said: Governed) -> Told:
    """A text that states something."""
    return told(Instrument("a", "A", Force.BINDING, statements=said), WORDS, DAY)


def test_every_word_of_the_language_is_inward_or_outward_and_never_both() -> None:
    kind = WORDS.qualities["answers_to"].type
    assert hasattr(kind, "enumeration")
    assert set(kind.enumeration.options) == INWARD | OUTWARD
    assert not INWARD & OUTWARD
    assert JUDGES < OUTWARD
    assert set(WORDS.qualities) == set(GOVERNANCE) | set(QUALITIES)


@pytest.mark.parametrize(
    ("named", "plain", "apart"),
    [
        (("own_courts",), "inward", "inward"),
        (("treaty_body",), "outward", "outside judge"),
        (("own_courts", "regional_court"), "inward and outward", "inward and outside judge"),
        (("funders", "treaty_body"), "outward", "outside judge and outward"),
        (
            ("assembly", "regional_court", "other_executives"),
            "inward and outward",
            "inward, outside judge and outward",
        ),
        ((), NOT_OBSERVED, NOT_OBSERVED),
    ],
)
def test_classes(named: tuple[str, ...], plain: str, apart: str) -> None:
    assert class_of(named) == plain
    assert class_of(named, judges_apart=True) == apart
    assert plain in classes()
    assert apart in classes(judges_apart=True)


def test_a_word_of_neither_side_is_refused() -> None:
    with pytest.raises(ValueError, match="the_press"):
        class_of(("own_courts", "the_press"))


def test_every_mixture_has_a_class() -> None:
    every = sorted(INWARD | OUTWARD)
    for number in range(2 ** len(every)):
        named = [word for place, word in enumerate(every) if number >> place & 1]
        assert class_of(named) in classes()
        assert class_of(named, judges_apart=True) in classes(judges_apart=True)


def test_leaving_and_notice() -> None:
    assert left_at_once(of()) is None
    assert left_at_once(of(Governed("withdrawal", ("free",), "x"))) is True
    later = of(Governed("withdrawal", ("on_notice",), "x"), Governed("notice", (12,), "x"))
    assert left_at_once(later) is False
    assert months_of_notice(later) == 12
    assert left_at_once(of(Governed("notice", (0,), "x"))) is True
    assert left_at_once(of(Governed("withdrawal", ("no_clause",), "x"))) is False


def test_who_decided() -> None:
    assert without_a_parliament(of()) is None
    assert without_a_parliament(of(Governed("decided_by", ("ministers", "officials"), "x"))) is True
    assert (
        without_a_parliament(of(Governed("decided_by", ("ministers", "referendum"), "x"))) is False
    )


def test_doubts_and_days_and_articles() -> None:
    old = Governed("monitor", ("court",), "x", "", Validity(None, date(2020, 1, 1)), "3")
    now = Governed("monitor", ("experts",), "x", "heard", Validity(date(2020, 1, 1)), "4")
    one = of(old, now, Governed("goods", (4,), "x"))
    assert one.of("monitor") == ("experts",)
    assert one.key("monitor") == "a/4"
    assert one.doubtful == 1
    assert "goods" not in one.said
    assert one.answers() == NOT_OBSERVED
