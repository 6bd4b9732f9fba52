"""Every fault of a register's rows: found, counted, named by row, and never passed over."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from comity.agreement.values import Members, Options, Range, Truth
from comity.count.engines.faults import EngineError, FileDamaged, FileNotReadHere, WrongType
from comity.count.register.faults import ColumnNotThere, MapPersonal
from comity.count.register.report import RegisterFaulty, told
from comity.count.register.validation import blocks, validate
from tests.count.register_samples import (
    DAY,
    as_parquet,
    checked,
    counted,
    found,
    known,
    opened,
    written,
)

HOST = "facts:\n  host: {value: SWE}\n"
SEX = HOST + "  sex: {column: kon, codes: {1: male, 2: female, 9: unknown}}\n"
AGE = HOST + "  age: {column: age, unit: years}\n"
DATED = "day: 2024-12-31\n" + HOST


def _there(*flags: int) -> list[bool]:
    return [flag == 1 for flag in flags]


# ---- columns ----
def test_a_column_that_is_not_there_is_named_with_the_line_of_the_map(tmp_path: Path) -> None:
    data = written(tmp_path, "Kon,age", "1,2")
    with pytest.raises(ColumnNotThere) as caught:
        checked(data, SEX)

    assert "map, line 3: register.csv has no column `kon`" == caught.value.message
    assert "did you mean `Kon`?" == caught.value.suggestion


def test_another_delimiter_is_guessed_at_in_the_message_only(tmp_path: Path) -> None:
    data = written(tmp_path, "kon;age", "1;2")
    with pytest.raises(ColumnNotThere, match="has no column") as caught:
        checked(data, SEX)

    assert "delimiter" in caught.value.suggestion
    assert 1 == checked(data, 'delimiter: ";"\n' + SEX).rows


def test_columns_that_the_map_does_not_name_are_listed_and_not_read(tmp_path: Path) -> None:
    data = written(tmp_path, "kon,family name,\u202eevil\x1b[31m", "1,Somebody,x")
    report = checked(data, SEX)

    assert () == report.findings
    assert ("family name", "\u202eevil\x1b[31m") == report.unnamed
    assert "`family name`, `\\u202eevil\\x1b[31m`" in told(report)
    assert "Somebody" not in told(report)


def test_a_head_may_have_names_that_a_database_would_mix_up(tmp_path: Path) -> None:
    data = written(tmp_path, 'kon,KON,"a"";drop table register;--",', "1,2,3,4")

    assert [Options(frozenset({"male"}))] == known(counted(data, SEX)[0], "sex")
    assert ("KON", 'a";drop table register;--') == checked(data, SEX).unnamed


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileDamaged, match="two columns"):
        checked(written(tmp_path, "kon,kon", "1,2"), SEX)


def test_columns_of_a_wrong_type_are_refused() -> None:
    with pytest.raises(WrongType, match="`age` is a number in the map and holds BOOLEAN"):
        checked({"age": np.array([True])}, AGE)
    with pytest.raises(WrongType, match="is a day in the map and holds DOUBLE"):
        checked({"a": np.array([1.5])}, DATED + "  residence.lawful: {since: a, form: day}\n")


def test_a_column_that_would_single_people_out_is_no_group() -> None:
    data = {"kon": np.array(["1"] * 1001), "town": np.array([f"t{n}" for n in range(1001)])}
    with pytest.raises(MapPersonal, match="single people out"):
        checked(data, "groups: [town]\n" + SEX)


# ---- codes ----
def test_bad_codes_are_counted_with_their_rows_and_shown_if_they_are_codes(tmp_path: Path) -> None:
    rows = ["1", "3", "9", '""', "3", "2\u202e", "9"]
    report = checked(written(tmp_path, "kon", *rows), SEX)

    assert [("E484", "sex", 4, (2, 4, 5, 6))] == found(report)
    assert "`3`, ``, `2\\u202e`" in report.findings[0].message
    assert "`codes`" in report.findings[0].suggestion


def test_a_value_that_may_identify_somebody_is_never_shown(tmp_path: Path) -> None:
    secret = ["19870312-1234", "somebody@example.org", "a very long remark about a person"]
    report = checked(written(tmp_path, "kon", "1", *secret, "3"), SEX)

    assert [("E484", "sex", 4, (2, 3, 4, 5))] == found(report)
    assert not any(word in told(report) for word in ("1987", "somebody", "remark"))
    assert "`3`" in told(report)


def test_a_column_with_many_different_values_is_no_column_of_codes(tmp_path: Path) -> None:
    names = [f"Name{chr(97 + n)}" for n in range(21)]
    report = checked(written(tmp_path, "kon,x", *(f"{name},1" for name in names)), SEX)

    assert 21 == report.findings[0].count
    assert "Name" not in told(report)


def test_values_of_a_column_without_codes_of_the_map_are_never_shown(tmp_path: Path) -> None:
    data = written(tmp_path, "r", "yes", "Anna")
    report = checked(data, HOST + "  removal.possible: {column: r}\n")

    assert [("E484", "removal.possible", 1, (2,))] == found(report)
    assert "Anna" not in told(report)


@pytest.mark.parametrize(
    ("declared", "values", "other"),
    [
        ("iso3", ["752", "4", "760"], "m49"),
        ("iso3", ["SE", "AF"], "iso2"),
        ("iso2", ["SWE", "AFG"], "iso3"),
        ("m49", ["SWE", "AFG"], "iso3"),
        ("iso3", ["Sweden", "sweden"], None),
    ],
)
def test_codes_of_another_standard_are_recognised(
    declared: str, values: list[str], other: str | None
) -> None:
    text = f"facts:\n  host: {{column: h, standard: {declared}}}\n"
    report = checked({"h": np.array(values)}, text)

    everybody = tuple(range(1, len(values) + 1))
    assert ("E484", "host", len(values), everybody) == found(report)[0]
    assert (f"write `standard: {other}`" == report.findings[0].suggestion) is (other is not None)


def test_a_few_rows_of_another_standard_do_not_change_the_standard_of_all() -> None:
    text = "facts:\n  host: {column: h, standard: iso2}\n"
    report = checked({"h": np.array(["SE", "SE", "DE", "SWE"])}, text)

    assert "they look like iso3" in report.findings[0].message
    assert "write these rows as the others" == report.findings[0].suggestion


def test_m49_is_read_with_its_zeros_and_without() -> None:
    text = "facts:\n  host: {column: h, standard: m49}\n"

    afghanistan = Options(frozenset({"AFG"}))
    assert [afghanistan] * 2 == known(counted({"h": np.array(["004", "4"])}, text)[0], "host")
    assert [afghanistan] == known(counted({"h": np.array([4])}, text)[0], "host")
    assert [afghanistan] == known(counted({"h": np.array([4.0])}, text)[0], "host")


# ---- numbers and days ----
def test_numbers_outside_the_bounds_or_unreadable_are_counted(tmp_path: Path) -> None:
    rows = ["12", "-1", "121", "12.5", "abc", "", "34.0", "99999999999999999999", "1e3", "120"]
    report = checked(written(tmp_path, "age,x", *(f"{row},1" for row in rows)), AGE)

    assert [("E485", "age", 6, (2, 3, 4, 5, 8, 9))] == found(report)
    assert "abc" not in told(report)
    accepted = counted(tmp_path / "register.csv", AGE, accept=["E485"])[0]
    assert Range(144, 155) == known(accepted, "age")[0]
    assert Range(0, 1440) == known(accepted, "age")[4]
    assert Range(408, 419) == known(accepted, "age")[6]
    assert Range(1440, 1440) == known(accepted, "age")[9]


def test_a_number_between_two_ends_is_kept_between_them() -> None:
    text = HOST + "  procedure.pending: {from: a, to: b, unit: months}\n"
    data = {
        "a": np.ma.array([1, 5, 0, 7, 0], mask=_there(0, 0, 1, 0, 1)),
        "b": np.ma.array([3, 5, 9, 4, 0], mask=_there(0, 0, 0, 0, 1)),
    }
    report = checked(data, text)

    assert [("E488", "procedure.pending", 1, (4,))] == found(report)
    block = counted(data, text, accept=["E488"])[0]
    assert [Range(1, 3), Range(5, 5), Range(0, 9), Range(0, 600), Range(0, 600)] == known(
        block, "procedure.pending"
    )
    assert 2 == report.facts[1].unknown


def test_days_are_read_in_each_form_and_none_lies_after_the_registers_day(tmp_path: Path) -> None:
    data = written(
        tmp_path,
        "d,c,m,y",
        "2024-01-31,20240131,2024-01,2023",
        "2024-02-30,20240230,2024-13,0",
        "2025-01-01,20250101,2025-01,2025",
        ",,,",
        "31.01.2024,2024-01-31,202401,24",
    )
    facts = ("residence.lawful", "residence.study", "residence.procedure", "residence.irregular")
    forms = zip(facts, "dcmy", ("day", "compact", "month", "year"), strict=True)
    text = DATED + "".join(f"  {k}: {{since: {c}, form: {form}}}\n" for k, c, form in forms)
    report = checked(data, text)

    assert [
        ("E485", "residence.study", 3, (2, 3, 5)),
        ("E485", "residence.lawful", 3, (2, 3, 5)),
        ("E485", "residence.procedure", 2, (2, 3)),
        ("E485", "residence.irregular", 3, (2, 3, 5)),
    ] == found(report)
    block = counted(data, text, accept=["E485"])[0]
    assert [Range(11, 11), Range(11, 11), Range(11, 11), Range(12, 23)] == [
        known(block, key)[0] for key in facts
    ]
    assert Range(11, 11) == known(block, "residence.procedure")[4]


def test_two_days_in_the_wrong_order_are_impossible() -> None:
    text = DATED + "events: {birth: {column: b, form: day}, arrival: {column: a, form: year}}\n"
    data = {
        "b": np.array(["1990-06-01", "1990-06-01"], dtype="datetime64[D]"),
        "a": np.array([1990, 1989]),
    }

    assert [("E488", "arrived_age", 1, (2,))] == found(checked(data, text))
    block = counted(data, text, accept=["E488"])[0]
    assert [Range(0, 6), Range(0, 1440)] == known(block, "arrived_age")


def test_a_time_longer_than_the_fact_can_say_is_counted_as_its_highest_and_told() -> None:
    text = DATED + "  residence.study: {since: a, form: year}\n"
    report = checked({"a": np.array([1950])}, text)

    assert () == report.findings
    assert 1 == report.facts[1].capped
    assert "residence.study: 1 row longer than the fact can say" in told(report)
    assert [Range(600, 600)] == known(counted({"a": np.array([1950])}, text)[0], "residence.study")


# ---- hosts, identifiers, weights ----
def test_a_row_without_a_host_stops_the_count_and_cannot_be_accepted(tmp_path: Path) -> None:
    text = "facts:\n  host: {column: h, standard: iso3}\n"
    data = written(tmp_path, "h,x", "SWE,1", ",1", "XYZ,1")
    report = checked(data, text)

    assert [("E484", "host", 1, (3,)), ("E486", "host", 2, (2, 3))] == found(report)
    with pytest.raises(ValueError, match="E486 cannot be accepted"):
        checked(data, text, accept=["E486"])
    with pytest.raises(RegisterFaulty) as caught:
        counted(data, text, accept=["E484"])
    assert "E486" == caught.value.code


def test_copies_of_an_identifier_are_found_and_no_identifier_is_told(tmp_path: Path) -> None:
    rows = ["a1,1", "b2,1", "a1,2", "c3,1", "b2,1", ",1", ",2", "a1,1"]
    data = written(tmp_path, "pid,kon", *rows)
    report = checked(data, "id: pid\n" + SEX)

    assert [("E487", "id", 5, (1, 2, 3, 5, 8))] == found(report)
    assert not any(word in told(report) for word in ("a1", "b2", "c3"))
    assert "id: unknown in 2 rows (25.0 %)" in told(report)
    assert 8 == counted(data, "id: pid\n" + SEX, accept=["E487"])[0].rows


def test_many_copies_are_counted_too() -> None:
    data = {"pid": np.arange(6000) % 5000, "kon": np.full(6000, "1")}

    first = tuple(range(1, 11))
    assert [("E487", "id", 2000, first)] == found(checked(data, "id: pid\n" + SEX))


def test_weights_that_are_none_stop_the_count(tmp_path: Path) -> None:
    data = written(tmp_path, "w,kon", "2,1", ",1", "-1,1", "x,1", "0,1", "1.5,1", "inf,1")
    report = checked(data, "weight: w\n" + SEX)

    assert [("E489", "weight", 4, (2, 3, 4, 7))] == found(report)
    with pytest.raises(ValueError, match="E489"):
        report.accepting(["E489"])


def test_weights_are_whole_where_all_are_and_else_as_they_stand() -> None:
    whole = {"w": np.array([2.0, 3.0]), "kon": np.array(["1", "2"])}
    parts = {"w": np.array([2.5, 3.0]), "kon": np.array(["1", "2"])}
    found_whole = counted(whole, "weight: w\n" + SEX)[0].weights
    found_parts = counted(parts, "weight: w\n" + SEX)[0].weights

    assert ([2, 3], "int64") == (found_whole.tolist(), str(found_whole.dtype))
    assert ([2.5, 3.0], "float64") == (found_parts.tolist(), str(found_parts.dtype))
    assert 5.5 == checked(parts, "weight: w\n" + SEX).persons


def test_groups_have_names_and_what_is_missing_is_unknown(tmp_path: Path) -> None:
    data = written(tmp_path, "kon,region", "1,north", "1,", "2,south", "2,no\u202erth")
    codes, names = counted(data, "groups: [region]\n" + SEX)[0].groups["region"]

    assert ["north", "unknown", "south", "no\\u202erth"] == [names[code] for code in codes]


# ---- nationalities ----
def test_several_columns_make_one_set_of_nationalities(tmp_path: Path) -> None:
    text = (
        HOST + "  nationality: {columns: [a, b], standard: iso3, complete: yes, "
        "stateless: [XXA], unknown: ['99']}\n"
    )
    rows = ["SYR,", "SYR,TUR", "XXA,", ",", "99,", "SYR,99", ",TUR", "SYR,SYR", "XXA,SYR", "SYR,??"]
    data = written(tmp_path, "a,b", *rows)
    report = checked(data, text)

    assert [("E484", "nationality", 1, (10,)), ("E488", "nationality", 1, (9,))] == found(report)
    block = counted(data, text, accept=["E484", "E488"])[0]

    def exactly(*names: str) -> Members:
        return Members(frozenset(names), frozenset(names))

    def at_least(*names: str) -> Members:
        return Members(frozenset(names), None)

    assert [
        exactly("SYR"),
        exactly("SYR", "TUR"),
        exactly(),
        at_least(),
        at_least(),
        at_least("SYR"),
        at_least("TUR"),
        exactly("SYR"),
        at_least(),
        at_least("SYR"),
    ] == known(block, "nationality")
    yes, no, open_ = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
    assert [no, yes, no, open_, open_, open_, open_, no, open_, open_] == known(
        block, "origin2.exists"
    )
    first = [names.names for names in known(block, "origin1.state") if isinstance(names, Options)]
    syria = frozenset({"SYR"})
    assert [syria, syria, None, None, None, syria, None, syria, None, syria] == first


# ---- what cannot be otherwise ----
def test_every_axiom_that_is_surely_broken_is_found_and_what_is_unknown_breaks_none() -> None:
    text = (
        HOST
        + "  age: {column: age, unit: months}\n"
        + "  arrived_age: {column: arrived, unit: months}\n"
        + "  unaccompanied: {column: alone}\n"
    )
    data = {
        "age": np.ma.array([360, 240, 240, 300, 300], mask=_there(0, 0, 0, 1, 0)),
        "arrived": np.array([100, 250, 100, 400, 300]),
        "alone": np.array(["no", "no", "yes", "no", "no"]),
    }
    report = checked(data, text)

    assert [
        ("E488", "age, arrived_age", 1, (2,)),
        ("E488", "age, unaccompanied", 1, (3,)),
    ] == sorted(found(report, in_order=True))
    assert "nobody arrives older than they are" in told(report)
    block = counted(data, text, accept=["E488"])[0]
    assert [Range(360, 360), Range(0, 1440), Range(0, 1440), Range(0, 1440), Range(300, 300)] == (
        known(block, "age")
    )
    assert [Truth.FALSE, Truth.FALSE, Truth.UNKNOWN, Truth.FALSE, Truth.FALSE] == known(
        block, "unaccompanied"
    )


def test_what_is_unknown_with_the_nationality_is_unknown_of_its_origins_too() -> None:
    text = (
        HOST + "  nationality: {column: n, standard: iso3, complete: yes}\n"
        "  status.held: {column: s}\n"
    )
    data = {"n": np.array(["SYR", "SWE"]), "s": np.array(["citizen", "citizen"])}

    assert [("E488", "nationality, status.held", 1, (1,))] == found(
        checked(data, text), in_order=True
    )
    block = counted(data, text, accept=["E488"])[0]
    assert [Options(None), Options(frozenset({"SWE"}))] == known(block, "origin1.state")


def test_an_axiom_about_the_host_is_not_asked_where_the_host_is_unknown() -> None:
    text = (
        "facts:\n  host: {column: h, standard: iso3}\n  status.held: {column: s}\n"
        "  nationality: {column: n, standard: iso3, complete: yes}\n"
    )
    data = {
        "h": np.array(["SWE", None], dtype=object),
        "n": np.array(["SWE", "SYR"]),
        "s": np.array(["citizen", "citizen"]),
    }

    assert [("E486", "host", 1, (2,))] == found(checked(data, text))


# ---- files ----
def test_files_that_are_damaged_or_not_there_have_a_code(tmp_path: Path) -> None:
    empty, cut = tmp_path / "empty.csv", tmp_path / "cut.parquet"
    empty.touch()
    as_parquet({"kon": np.array(["1"] * 5000)}, cut)
    cut.write_bytes(cut.read_bytes()[:-20])
    ragged = written(tmp_path, "kon,x", "1,2", "1,2,3", name="ragged.csv")
    quote = written(tmp_path, "kon", '"1', name="quote.csv")
    latin = tmp_path / "latin.csv"
    latin.write_bytes("kon\nå\n".encode("latin-1"))

    for path in (empty, cut, ragged, quote, latin):
        with pytest.raises(FileDamaged) as caught:
            checked(path, SEX)
        assert path.name in caught.value.message
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "none.csv", tmp_path / "a.xlsx", tmp_path / "folder"):
        with pytest.raises(FileNotReadHere):
            checked(path, SEX)
    with pytest.raises(FileNotReadHere, match="nothing is read from a int"):
        checked(5, SEX)


def test_a_file_of_a_folder_without_a_column_of_the_others_is_refused(tmp_path: Path) -> None:
    as_parquet({"kon": np.array(["1"]), "age": np.array([1])}, tmp_path / "a.parquet")
    as_parquet({"age": np.array([1])}, tmp_path / "b.parquet")
    with pytest.raises(FileDamaged, match=r"`b.parquet` has no column `kon`"):
        checked(tmp_path, SEX)


def test_a_broken_line_of_a_file_is_named_and_not_repeated(tmp_path: Path) -> None:
    data = written(tmp_path, "kon,x", "1,2", "1,secret,3")
    with pytest.raises(EngineError) as caught:
        checked(data, SEX)

    assert "line 3" in caught.value.message
    assert "secret" not in str(caught.value) + caught.value.suggestion


def test_a_register_without_rows_has_nobody_to_count(tmp_path: Path) -> None:
    data = written(tmp_path, "kon")
    report = checked(data, "id: kon\ngroups: [kon]\nweight: kon\n" + SEX)

    assert (0, 0) == (report.rows, len(report.findings))
    assert "there is nobody to count" in told(report)
    assert [] == counted(data, SEX)


def test_data_that_change_while_they_are_counted_stop_the_count(tmp_path: Path) -> None:
    data = written(tmp_path, "kon", "1", "2")
    with opened(data, SEX) as register:
        report = validate(register, day=DAY)
        written(tmp_path, "kon", "1", "2", "1")
        with pytest.raises(FileDamaged, match="not what it was"):
            list(blocks(register, report, day=DAY))


# ---- the report ----
def test_nothing_is_counted_while_something_is_not_accepted() -> None:
    data = {"kon": np.array(["1", "7", "2"])}
    with pytest.raises(RegisterFaulty) as caught:
        counted(data, SEX)

    assert ("E484", "bad-code") == (caught.value.code, caught.value.name)
    assert "nothing was counted: 1 finding in 1 row" in told(caught.value.report)
    assert [
        Options(frozenset({"male"})),
        Options(frozenset(_SEXES)),
        Options(frozenset({"female"})),
    ] == (known(counted(data, SEX, accept=["E484"])[0], "sex"))


_SEXES = ("unspecified", "female", "male")


def test_a_report_is_a_document_and_says_how_much_is_unknown() -> None:
    data = {"kon": np.array(["1", "7", "9", "9"])}
    report = checked(data, SEX, accept=["E484"])
    document = report.document()

    assert 4 == document["rows"]
    facts = document["facts"]
    assert isinstance(facts, dict)
    assert {"columns": ["kon"], "unknown": 3, "capped": 0} == facts["sex"]
    assert "sex: unknown in 3 rows (75.0 %)" in told(report)
    assert "sex: counted as unknown in 1 row" in told(report)


def test_the_first_ten_rows_are_named_and_all_are_counted() -> None:
    report = checked({"kon": np.array(["7"] * 30)}, SEX)

    assert [("E484", "sex", 30, tuple(range(1, 11)))] == found(report)
    assert "10, ..." in told(report)
