"""`comity fmt`: canonical, comments kept, prose untouched, idempotent, faults refused."""

from __future__ import annotations

import pytest

from comity.language.faults import ComityError
from tests.language import reading
from tests.language.test_printing import form, formatted

BEFORE = (reading.HERE / "tidy" / "before.md").read_text(encoding="utf-8")
AFTER = (reading.HERE / "tidy" / "after.md").read_text(encoding="utf-8")


def test_an_untidy_agreement_becomes_the_tidy_one() -> None:
    assert AFTER == formatted(BEFORE, "before.md")


def test_formatting_twice_is_formatting_once() -> None:
    assert AFTER == formatted(AFTER, "after.md")


def test_the_form_is_unchanged() -> None:
    assert form(reading.instrument(BEFORE)) == form(reading.instrument(AFTER))


def test_every_comment_is_kept() -> None:
    comments = [line[line.index("#") :] for line in BEFORE.splitlines() if "#" in line]
    for comment in comments:
        assert comment in AFTER


def test_line_ends_of_other_systems_are_read() -> None:
    assert AFTER == formatted(BEFORE.replace("\n", "\r\n"), "before.md")


def test_a_text_with_faults_is_refused_with_them() -> None:
    raw = (reading.HERE / "bad" / "two_faults_and_a_good_line_between.md").read_text(
        encoding="utf-8"
    )

    with pytest.raises(ComityError) as refused:
        formatted(raw)

    assert ["E202", "E100"] == [fault.code for fault in refused.value.faults]


def test_a_text_without_front_matter_is_refused() -> None:
    with pytest.raises(ComityError) as refused:
        formatted("# nothing\n")

    assert ["E125"] == [fault.code for fault in refused.value.faults]
