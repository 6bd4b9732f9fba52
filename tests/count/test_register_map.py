"""The map of a register: what it may say, and how it is refused, with the line and what to try."""

from __future__ import annotations

import re
from datetime import date

import pytest

from comity.agreement.many.evaluator import Evaluator
from comity.agreement.values import Members, Options, Range, Truth
from comity.api.regimes import read_regime
from comity.count.register.faults import ERRORS, MapPersonal, MapUnreadable, MapWrong, RegisterError
from comity.count.register.reading_map import read_map
from comity.count.register.schema import Codes, Form, Nationalities, Number, Same, Since
from comity.count.register.template import template
from comity.count.register.words import is_personal, shown
from comity.language.case_notes import is_personal as is_personal_of_a_record
from comity.language.messages import REGISTRY
from tests.count.register_samples import vocabulary

HOST = "facts:\n  host: {value: SWE}\n"


def test_every_error_has_its_entry_in_the_one_registry() -> None:
    assert [f"E{number}" for number in range(480, 490)] == [error.code for error in ERRORS]
    for error in ERRORS:
        assert REGISTRY[error.code].name == error.name
        assert error.help


# ---- what it says ----
def test_codes_levels_units_and_days_are_read() -> None:
    schema = read_map(
        HOST
        + "  sex: {column: kon, codes: {1: male, 2: female, 9: unknown}, unknown: ['']}\n"
        + "  status.held: {column: st, codes: {A: temporary, B: [temporary, humanitarian]}}\n"
        + "  age: {column: alder, unit: years}\n"
        + "  residence.lawful: {column: r, unit: years, exact: yes}\n"
        + "  work.lawful: {since: job, form: month}\n"
        + "  procedure.pending: {from: a, to: b, unit: months}\n"
        + "  removal.possible: {column: rp}\n"
        + "  salary: {column: band, codes: {1: [0, 99], 2: 150}}\n"
        + "  nationality: {columns: [n1, n2], standard: iso2, complete: yes, stateless: XX}\n"
        + "day: 2024-12-31\n",
        vocabulary(),
    )
    sex, held, removal = (schema.facts[k] for k in ("sex", "status.held", "removal.possible"))
    scale = vocabulary().scales["stay_level"]

    assert schema.facts["host"] == Same(Options(frozenset({"SWE"})))
    assert isinstance(sex, Codes)
    assert {"1": Options(frozenset({"male"})), "2": Options(frozenset({"female"}))} == {
        code: known for code, known in sex.known.items() if known is not None
    }
    assert {"9", ""} == {code for code, known in sex.known.items() if known is None}
    assert isinstance(held, Codes)
    assert Range(scale.rank("temporary"), scale.rank("humanitarian")) == held.known["B"]
    assert Number("alder", "alder", 12, 11) == schema.facts["age"]
    assert Number("r", "r", 12, 0) == schema.facts["residence.lawful"]
    assert Number("a", "b", 1, 0) == schema.facts["procedure.pending"]
    work = schema.facts["work.lawful"]
    assert isinstance(work, Since)
    assert (Form.MONTH, "job") == (work.start.form, work.start.column)
    assert isinstance(removal, Codes)
    assert {"yes": Truth.TRUE, "true": Truth.TRUE, "no": Truth.FALSE, "false": Truth.FALSE} == (
        removal.known
    )
    salary = schema.facts["salary"]
    assert isinstance(salary, Codes)
    assert {"1": Range(0, 99), "2": Range(150, 150)} == salary.known
    nationality = schema.facts["nationality"]
    assert isinstance(nationality, Nationalities)
    assert ("SYR", "") == (nationality.known["SY"], nationality.known["XX"])
    assert date(2024, 12, 31) == schema.day


def test_words_are_texts_whatever_they_look_like() -> None:
    schema = read_map(
        "facts:\n  host: {column: h, codes: {NO: NOR, 007: SWE, 1e3: DNK, null: FIN}}\n",
        vocabulary(),
    )
    host = schema.facts["host"]

    assert isinstance(host, Codes)
    assert ["NO", "007", "1e3", "null"] == list(host.known)


def test_facts_are_counted_from_days_where_the_vocabulary_says_how() -> None:
    schema = read_map(
        HOST + "events:\n  birth: {column: b, form: year}\n  arrival: {column: a, form: day}\n"
        "day: 2024-12-31\n",
        vocabulary(),
    )

    assert {"age", "arrived_age"} == set(schema.derived)


def test_nothing_is_no_nationality_and_a_value_may_hold_of_everybody() -> None:
    schema = read_map(HOST + "  nationality: {value: []}\n", vocabulary())

    assert Same(Members(frozenset(), frozenset())) == schema.facts["nationality"]


# ---- how it is refused ----
REFUSED = [
    ("", MapUnreadable, 0, "empty"),
    ("- a\n- b\n", MapUnreadable, 1, "key: value"),
    ("facts: [\n", MapUnreadable, 2, "not YAML"),
    ("facts:\n\thost: x\n", MapUnreadable, 2, "not YAML"),
    ("facts:\n  host: {value: SWE}\n sex: {column: a}\n", MapUnreadable, 3, "not YAML"),
    (HOST + "facts:\n  sex: {}\n", MapUnreadable, 3, "stands twice"),
    (HOST + "  sex: {column: a, column: b}\n", MapUnreadable, 3, "stands twice"),
    (HOST + "  sex: !!python/object {column: a}\n", MapUnreadable, 3, "tags"),
    (HOST + "  sex: &x {column: a}\n", MapUnreadable, 3, "anchors"),
    ("---\na: 1\n---\nb: 2\n", MapUnreadable, 3, "not YAML"),
    ("facts: {host: {value: SWE}, x: [[[[[[[[1]]]]]]]]}\n", MapUnreadable, 1, "deeper"),
    # the wrong indentation: a fact's keys stand beside it, or a fact stands beside `facts`
    (HOST + "  sex:\n  column: kon\n", MapWrong, 3, "indent `column` beneath it"),
    (HOST + "sex: {column: kon}\n", MapWrong, 3, "indent `sex` beneath `facts:`"),
    (HOST + "  sex:\ncolumn: kon\n", MapWrong, 4, "indent `column` beneath its fact"),
    (HOST + "  sxe: {column: kon}\n", MapWrong, 3, "did you mean `sex`?"),
    (HOST + "  origin.degree: {column: kon}\n", MapWrong, 3, "origin1.degree"),
    (HOST + "  birth: {column: kon}\n", MapWrong, 3, "under `events`"),
    (HOST + "  work: {column: kon}\n", MapWrong, 3, "is a right"),
    (HOST + "  sex: {colum: kon}\n", MapWrong, 3, "did you mean `column`?"),
    (HOST + "  sex: kon\n", MapWrong, 3, "{column: ...}"),
    (HOST + "  sex: {column: kon, codes: {1: mael}}\n", MapWrong, 3, "did you mean `male`?"),
    (HOST + "  sex: {column: kon, codes: 1}\n", MapWrong, 3, "codes: {1: ..., 2: ...}"),
    (HOST + "  sex: {value: unknown}\n", MapWrong, 3, "leave the fact out"),
    (
        HOST + "  status.held: {column: a, codes: {1: [none, applicant]}}\n",
        MapWrong,
        3,
        "tolerated",
    ),
    (HOST + "  age: {column: alder}\n", MapWrong, 3, "unit:"),
    (HOST + "  age: {column: alder, unit: days}\n", MapWrong, 3, "exactly"),
    (HOST + "  age: {column: alder, from: b, to: c, unit: years}\n", MapWrong, 3, "where"),
    (HOST + "  age: {since: b, form: day}\n", MapWrong, 1, "register's own day"),
    (HOST + "  age: {since: b}\nday: 2024-12-31\n", MapWrong, 3, "how the days are written"),
    (HOST + "  age: {since: b, form: weeks}\nday: 2024-12-31\n", MapWrong, 3, "no form of a day"),
    (HOST + "  salary: {since: b, form: day}\nday: 2024-12-31\n", MapWrong, 3, "percent"),
    (HOST + "  nationality: {column: n, complete: yes}\n", MapWrong, 3, "standard:"),
    (HOST + "  nationality: {column: n, standard: iso2}\n", MapWrong, 3, "complete: yes"),
    (HOST + "  nationality: {column: n, standard: un, complete: no}\n", MapWrong, 3, "iso3"),
    (HOST + "day: 31.12.2024\n", MapWrong, 3, "2024-12-31"),
    (HOST + "delimiter: ab\n", MapWrong, 3, "one mark"),
    ("facts:\n  sex: {column: a}\n", MapWrong, 1, "does not say the host"),
    ("facts:\n  host: {value: nobody}\n", MapWrong, 2, "no State"),
    ("facts:\n  host: {column: h}\n", MapWrong, 2, "standard:"),
    (HOST + "events:\n  brith: {column: b, form: day}\n", MapWrong, 4, "did you mean `birth`?"),
    (
        HOST + "  age: {column: a, unit: months}\n"
        "events:\n  birth: {column: b, form: day}\nday: 2024-12-31\n",
        MapWrong,
        3,
        "keep one",
    ),
    (HOST + "  name: {column: a}\n", MapPersonal, 3, "identify"),
    (HOST + "  passport_number: {column: a}\n", MapPersonal, 3, "identify"),
    (HOST + "  home.address: {column: a}\n", MapPersonal, 3, "identify"),
    (HOST + "surname: a\n", MapPersonal, 3, "identify"),
    (HOST + "groups: [region, family_name]\n", MapPersonal, 3, "single people out"),
]


@pytest.mark.parametrize(("text", "kind", "line", "told"), REFUSED)
def test_a_map_is_refused_with_its_line_and_what_to_try(
    text: str, kind: type[RegisterError], line: int, told: str
) -> None:
    with pytest.raises(kind) as caught:
        read_map(text, vocabulary(), file="map.yaml")

    assert line == caught.value.line
    assert told in f"{caught.value.message} {caught.value.suggestion}"
    assert (f"map.yaml, line {line}: " in caught.value.message) is (line > 0)


def test_hidden_marks_of_a_map_are_written_out() -> None:
    with pytest.raises(MapWrong) as caught:
        read_map(HOST + '  "s\\u202eex": {column: a}\n', vocabulary())

    assert "\u202e" not in str(caught.value)
    assert "s\\u202eex" in str(caught.value)


@pytest.mark.parametrize(
    "word", ["name", "Last name", "passport", "e-mail", "id", "tax_no", "phone"]
)
def test_what_identifies_a_person_is_the_same_here_as_on_a_record(word: str) -> None:
    assert is_personal(word)
    assert is_personal_of_a_record(word)


def test_no_fact_of_the_vocabulary_identifies_a_person() -> None:
    assert [] == [key for key in vocabulary().facts if is_personal(key)]


def test_what_is_shown_is_one_line_without_hidden_marks() -> None:
    assert "a\\nb\\x1b[31m\\u200b" == shown("a\nb\x1b[31m\u200b")
    assert 60 == len(shown("x" * 500))
    assert "Ålesund" == shown("Ålesund")


# ---- the template ----
@pytest.mark.parametrize("words", ["refugee_1951_1967", "encoded", "imfc"])
def test_a_template_reads_as_it_stands_and_with_every_fact_of_the_regime(words: str) -> None:
    read = read_regime(words)
    evaluator = Evaluator(read.regime, date(2024, 12, 31))
    text = template(evaluator.keys, read.library.vocabulary, name=words)
    bare = read_map(text, read.library.vocabulary, evaluator.keys)
    facts, _, events = text.partition("# events:\n")
    # all that the regime asks, uncommented; days in place of the facts counted from them come after
    full = read_map(re.sub(r"(?m)^( *)# ", r"\1", facts), read.library.vocabulary, evaluator.keys)

    assert {"host"} == set(bare.facts)
    assert set(evaluator.keys) == set(full.facts)
    assert ("row_number_in_the_register", "persons", ("region",)) == (
        full.id,
        full.weight,
        full.groups,
    )
    if events:
        dated = read_map(
            re.sub(r"(?m)^( *)# ", r"\1", f"# day: 2024-12-31\n{HOST}# events:\n{events}"),
            read.library.vocabulary,
            evaluator.keys,
        )
        assert set(dated.derived) & set(evaluator.keys)


def test_a_template_says_what_each_fact_means_and_may_be() -> None:
    text = template(["host", "sex", "age", "status.held"], vocabulary(), name="a test")

    for told in (
        "sex as recorded",
        "unspecified, female, male",
        "0 to 1440",
        "tolerated, applicant",
    ):
        assert told in " ".join(text.replace("##", "").split())
