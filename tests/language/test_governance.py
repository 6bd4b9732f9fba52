"""`governance`: what is accepted, what is refused and where, how it is printed, what is declared."""

from __future__ import annotations

from datetime import date

import pytest

from comity.agreement.governance import NOTHING, Governed
from comity.agreement.nodes import ALWAYS, Validity
from comity.agreement.vocabulary import EnumerationType, LevelType, NumberType
from comity.api.library import vocabulary as packaged_vocabulary
from comity.language.documents import read_document
from comity.language.faults import Fault
from comity.language.formatter import format_vocabulary
from comity.language.outline import outline
from comity.language.printer import declaration_text, statement_text
from comity.language.resolve_vocabulary import read_vocabulary
from tests.language import reading
from tests.language.test_printing import formatted

FRONT = "---\nid: made\ntitle: Made\nforce: binding\n---\n\n## Article 1. The case\n\n```comity\n"
FIRST = FRONT.count("\n") + 1
"""The line of the first statement."""

DECLARED = """\
```comity
scale publicity: secret < full
enum overseers: nobody, experts
governance published: publicity, "who may read it"
{}
```
"""


def _text(*statements: str) -> str:
    return f"{FRONT}{chr(10).join(statements)}\n```\n"


def _said(*statements: str) -> list[Governed]:
    made = reading.instrument(_text(*statements))
    return [s for s in made.statements if isinstance(s, Governed)]


def _places(faults: list[Fault]) -> list[tuple[str, int, int]]:
    return [(fault.code, fault.span.line, fault.span.column) for fault in faults]


# ---- accepted ----
@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("published: secret", (0,)),
        ("published: full", (2,)),
        ("registered: yes", (True,)),
        ("registered: no", (False,)),
        ("notice: 6 months", (6,)),
        ("notice: 50 years", (600,)),
        ("notice: 0 months", (0,)),
        ("staff: 12", (12,)),
        ("staff: 12 persons", (12,)),
        ("seat: experts", ("experts",)),
        ("monitor: nobody", ("nobody",)),
        ("monitor: parliament, experts", ("parliament", "experts")),
    ],
)
def test_a_value_is_held_as_its_type_holds_it(
    written: str, values: tuple[bool | int | str, ...]
) -> None:
    (one,) = _said(f'governance {written} "Article 1"')

    assert values == one.values
    assert [type(value) for value in values] == [type(value) for value in one.values]
    assert ("Article 1", "", ALWAYS, "1") == (one.evidence, one.doubt, one.validity, one.article)


@pytest.mark.parametrize(
    ("days", "validity"),
    [
        ("from 1994-02-01", Validity(date(1994, 2, 1))),
        ("until 1994-02-01", Validity(None, date(1994, 2, 1))),
        ("from 1994-02-01 until 1999-01-01", Validity(date(1994, 2, 1), date(1999, 1, 1))),
    ],
)
def test_a_doubt_and_days_stand_before_the_value(days: str, validity: Validity) -> None:
    (one,) = _said(f'governance published check "not read" {days}: full "Article 1"')

    assert ("not read", validity, (2,)) == (one.doubt, one.validity, one.values)


def test_under_no_article_it_is_of_no_article() -> None:
    text = '---\nid: made\ntitle: M\nforce: informal\n---\n# M\n\n```comity\ngovernance staff: 1 "x"\n```\n'
    (one,) = reading.instrument(text).statements

    assert isinstance(one, Governed)
    assert "" == one.article


def test_values_follow_one_another_without_a_day_between_or_in_common() -> None:
    made = reading.instrument(
        _text(
            'governance notice until 1994-02-01: 6 months "before"',
            'governance notice from 1994-02-01: 12 months "after"',
        )
    )

    days = (date(1994, 1, 31), date(1994, 2, 1))
    assert [(6,), (12,)] == [made.governance_on(day)["notice"].values for day in days]


def test_it_is_no_paragraph_that_is_encoded_and_no_rule() -> None:
    made = reading.instrument(_text('governance published: full "Article 1"'))

    assert (0, ()) == (made.coverage.encoded, made.holdings)


# ---- refused ----
@pytest.mark.parametrize(
    ("statement", "code", "column", "said", "to_try"),
    [
        ('publishd: full "x"', "E201", 12, "`publishd` is not a quality", "`published`"),
        ('published: fulll "x"', "E202", 23, "not a level of `publicity`", "`full`"),
        ('seat: expert "x"', "E202", 18, "not an option of `overseers`", "`experts`"),
        ('registered: full "x"', "E207", 24, "`full` is not yes or no", ""),
        ('published: 3 months "x"', "E207", 23, "a level of `publicity` is needed", ""),
        ('notice: 90 days "x"', "E203", 20, "`90 days` is not a number of months", "never compare"),
        ('notice: 7 "x"', "E203", 20, "a number of time needs its unit", "7 months"),
        ('notice: 601 months "x"', "E208", 20, "above the highest value here, 600", ""),
        ('notice: long "x"', "E207", 20, "a number of months is needed", ""),
        ('published: in_part, full "x"', "E313", 32, "`published` has one value", "give each its"),
        ('monitor: experts, nobody "x"', "E313", 30, "`nobody` says that there is none", "one of"),
        ('monitor: experts, experts "x"', "E211", 30, "`experts` stands twice here", ""),
        ('published: full ""', "E312", 28, "nothing shows that this is so", "Article 38(2)"),
        ('published: full "  "', "E312", 28, "nothing shows that this is so", "Article 38(2)"),
        ("published: full", "E312", 23, "nothing shows that this is so", "Article 38(2)"),
        ("monitor: experts, officials", "E100", 39, "a text in quotation marks", ""),
        ('published from 2001-02-30: full "x"', "E206", 27, "not a day of the calendar", "year-"),
        (
            'published from 2001-01-02 until 2001-01-02: full "x"',
            "E206",
            22,
            "before it begins",
            "",
        ),
    ],
)
def test_a_fault_has_its_code_at_its_column(
    statement: str, code: str, column: int, said: str, to_try: str
) -> None:
    faults = reading.faults(_text('governance staff: 1 "right"', f"governance {statement}"))

    assert [(code, FIRST + 1, column)] == _places(faults)
    assert said in faults[0].message
    assert to_try in faults[0].suggestion


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("", ""),
        ("", " from 2001-01-01"),
        (" until 2001-01-02", " from 2001-01-01"),
        (" from 2001-01-01 until 2003-01-01", " from 2002-12-31 until 2004-01-01"),
    ],
)
def test_one_quality_is_stated_once_on_a_day(first: str, second: str) -> None:
    faults = reading.faults(
        _text(f'governance staff{first}: 1 "x"', f'governance staff{second}: 2 "y"')
    )

    assert [("E211", FIRST + 1, 12)] == _places(faults)
    assert FIRST == faults[0].others[0].span.line
    assert "`until`" in faults[0].suggestion


def test_a_broken_statement_leaves_the_others() -> None:
    faults = reading.faults(
        _text('governance published: ful "x"', "governance staff: 1", 'governance seat: x "x"')
    )

    assert ["E202", "E312", "E202"] == [fault.code for fault in faults]


# ---- printed ----
@pytest.mark.parametrize(
    ("untidy", "tidy"),
    [
        (
            'governance   published :full"x  y"',
            'governance published: full "x y"',
        ),
        (
            'governance notice\n  from 2001-01-01:\n  2   years "x"',
            'governance notice from 2001-01-01: 2 years "x"',
        ),
        (
            'governance staff: 1 "x"  # counted',
            'governance staff: 1 "x"  # counted',
        ),
        (
            'governance monitor check "from general knowledge of such texts": experts, parliament,'
            ' officials "Article 38"',
            'governance monitor check "from general knowledge of such texts": experts, parliament,'
            ' officials\n    "Article 38"',
        ),
    ],
)
def test_it_is_laid_out_once_and_for_all(untidy: str, tidy: str) -> None:
    once = formatted(_text(untidy))

    assert _text(tidy) == once
    assert once == formatted(once)
    assert _said(untidy) == _said(tidy)


def test_the_form_alone_prints_amounts_in_the_quality_s_own_unit() -> None:
    (one,) = _said('governance notice check "why": 2 years "x"')

    assert 'governance notice check "why": 24 months "x"' == statement_text(
        one, reading.vocabulary(), instrument="made"
    )


# ---- declared ----
@pytest.mark.parametrize(
    ("declaration", "code", "column"),
    [
        ("governance monitor: several publicity", "E201", 29),
        ("governance monitor: several oversers", "E201", 29),
        ("governance monitor: oversers", "E201", 21),
        ("governance monitor: 7 months", "E207", 21),
        ("governance monitor: DEU", "E207", 21),
        ("governance published: overseers", "E211", 12),
        ('governance monitor: overseers "evidence"', "E303", 1),
        ("governance monitor from 2001-01-01: overseers", "E100", 46),
    ],
)
def test_a_declaration_that_is_wrong_says_where(declaration: str, code: str, column: int) -> None:
    document = read_document(DECLARED.format(declaration), "words.md")
    found, faults = read_vocabulary([outline(document, "words")])

    assert [(code, 5, column)] == _places(faults)
    assert ["published"] == list(found.qualities)


def test_a_declaration_comes_back_as_it_went_in() -> None:
    written = 'governance monitor: several overseers, "who looks" from "ICRMW 72"'
    text = DECLARED.format(written)

    assert text == format_vocabulary(text, "words.md")
    found, _faults = read_vocabulary([outline(read_document(text, "words.md"), "words")])
    assert written == declaration_text(found.qualities["monitor"], found)


def test_an_ordered_choice_of_a_country_may_end_with_nobody() -> None:
    """`nobody` is an option of `overseers` too, which made such a choice one of overseers."""
    made = _text(
        "choose responsible:",
        "  first family.state when claims",
        "  otherwise nobody",
        "rule 1.1: guarantee stay at least temporary",
        "  when responsible is host",
    )

    assert [] == reading.faults(made)


# ---- the packaged words ----
PACKAGED = {
    "published": "publicity",
    "debated": "debate",
    "decided_by": "several deciders",
    "decision": "decision_rule",
    "monitor": "several overseers",
    "answers_to": "several answerable",
    "complaint": "route",
    "notice": "months up to 600",
    "withdrawal": "leaving",
    "conditionality": "several conditions",
    "leaving_costs": "several costs",
    "goods": "openness",
    "capital": "openness",
    "services": "openness",
    "people": "openness",
}


def test_the_packaged_qualities_are_of_these_types_and_say_what_they_mean() -> None:
    made = packaged_vocabulary()
    types = {}
    for name, one in made.qualities.items():
        match one.type:
            case LevelType(scale):
                word = scale.name
            case EnumerationType(enumeration):
                word = enumeration.name
            case NumberType(unit, high):
                word = f"{unit} up to {high}"
            case _:
                word = "yes/no"
        types[name] = f"several {word}" if one.several else word
        assert one.meaning is not None, name
        assert one.meaning.text and one.meaning.source, name

    assert types == PACKAGED


def test_the_words_for_nothing_are_options_of_packaged_qualities() -> None:
    """Else the rule that they stand alone would guard nothing."""
    options = {
        option
        for one in packaged_vocabulary().qualities.values()
        if one.several and isinstance(one.type, EnumerationType)
        for option in one.type.enumeration.options
    }

    assert set() == set(NOTHING) - options
