"""Counters from dated spells: the calendar, the rounding, what is known only to the month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.agreement.spells import (
    ANY_DAY,
    History,
    Run,
    Spell,
    SpellList,
    When,
    add_months,
    count,
    days_in_month,
    full_months,
    merged,
    months_between,
    months_in,
)
from comity.agreement.values import Range
from comity.agreement.vocabulary import Counter
from tests.house.tree import ROOT

ON = date(2024, 3, 15)


def day(text: str) -> date:
    return date.fromisoformat(text)


def spell(first: str, until: str = "", *tags: str) -> Spell:
    last = When.on(day(until)) if until else None
    return Spell(When.on(day(first)), last, frozenset(tags))


def month(text: str) -> When:
    first = day(f"{text}-01")
    return When(first, date(first.year, first.month, days_in_month(first.year, first.month)))


def counted(
    spells: Iterable[Spell],
    form: str = "in",
    *,
    unit: str = "months",
    tags: tuple[str, ...] = (),
    window: int = 0,
    on: date = ON,
    is_complete: bool = True,
    highest: int = 1200,
) -> Range:
    counter = Counter("residence", unit, form, "residence", tags, window)
    history = History({"residence": SpellList(tuple(spells), is_complete)})
    found = count(counter, history, on=on, highest=highest)
    assert found is not None
    return found


def exactly(number: int) -> Range:
    return Range(number, number)


# ---- the calendar ----
@pytest.mark.parametrize(
    ("first", "months", "ends"),
    [
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 2, "2023-03-31"),
        ("2023-08-31", 1, "2023-09-30"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2023-12-15", 1, "2024-01-15"),
        ("2024-03-31", -1, "2024-02-29"),
    ],
)
def test_a_period_ends_on_the_same_number_or_the_last_day_of_the_month(
    first: str, months: int, ends: str
) -> None:
    assert day(ends) == add_months(day(first), months)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2023-01-31", "2023-02-27", 0),
        ("2023-01-31", "2023-02-28", 1),
        ("2024-01-31", "2024-02-28", 0),
        ("2024-01-31", "2024-02-29", 1),
        ("2023-07-01", "2023-07-31", 0),
        ("2023-07-01", "2023-08-01", 1),
        ("2024-02-29", "2025-02-27", 11),
        ("2024-02-29", "2025-02-28", 12),
        ("2024-02-29", "2028-02-28", 47),
        ("2024-02-29", "2028-02-29", 48),
        ("2023-05-10", "2023-05-10", 0),
        ("2023-05-10", "2020-05-10", 0),
    ],
)
def test_completed_months_at_month_ends_and_leap_days(first: str, last: str, months: int) -> None:
    assert months == months_between(day(first), day(last))


DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DAYS, st.integers(0, 1500))
def test_months_between_undoes_add_months(first: date, months: int) -> None:
    assert months == months_between(first, add_months(first, months))


@given(DAYS, DAYS)
def test_the_next_month_is_not_yet_full(first: date, last: date) -> None:
    first, last = sorted((first, last))
    months = months_between(first, last)
    assert add_months(first, months) <= last < add_months(first, months + 1)


@pytest.mark.parametrize(
    ("days", "months"), [(0, 0), (30, 0), (31, 1), (61, 1), (62, 2), (92, 3), (365, 11), (366, 12)]
)
def test_days_in_a_row_contain_so_many_months_whenever_they_begin(days: int, months: int) -> None:
    assert months == full_months(days)


@given(DAYS, st.integers(0, 5000))
def test_no_single_spell_has_fewer_months_than_its_days_contain(first: date, days: int) -> None:
    assert full_months(days) <= months_between(first, first + timedelta(days))


# ---- the definition, day by day ----
def slow_months(first: date, last: date) -> int:
    """Walks from day to day and counts the days that bear the number of the first."""
    months = 0
    today = first
    while today < last:
        today += timedelta(1)
        number = min(first.day, days_in_month(today.year, today.month))
        months += today.day == number and (today.year, today.month) != (first.year, first.month)
    return months


@cache
def slow_full_months() -> tuple[int, ...]:
    """For each number of days up to 800 the fewest full months in it, by trying every start."""
    fewest = [800] * 801
    for offset in range(4 * 365 + 1):
        first = date(2000, 1, 1) + timedelta(offset)
        marks = [0] * 801
        for number in range(1, 28):
            length = (add_months(first, number) - first).days
            if length <= 800:
                marks[length] += 1
        fewest = [min(pair) for pair in zip(fewest, accumulate(marks), strict=True)]
    return tuple(fewest)


def test_full_months_by_trying_every_first_day() -> None:
    assert list(slow_full_months()) == [full_months(days) for days in range(801)]


def slow_count(runs: list[Run], form: str, unit: str, window: int, on: date) -> int:
    """A counter from the set of its days, one by one."""
    within = {first + timedelta(n) for first, last in runs for n in range((last - first).days)}
    within = {one for one in within if one < on}
    if form == "window":
        within = {one for one in within if one >= add_months(on, -window)}
    rows: list[Run] = []
    for one in sorted(within):
        if rows and rows[-1][1] == one:
            rows[-1] = (rows[-1][0], one + timedelta(1))
        else:
            rows.append((one, one + timedelta(1)))
    if unit == "days":
        lengths = [(last - first).days for first, last in rows]
        return max(lengths, default=0) if form == "longest" else sum(lengths)
    months = [slow_months(*row) for row in rows]
    if form == "longest":
        return max(months, default=0)
    if len(rows) == 1:
        return months[0]
    return max(sum(months), slow_full_months()[len(within)])


NEAR = st.dates(date(2022, 12, 1), date(2024, 6, 1))
RUNS = st.lists(st.tuples(NEAR, NEAR).map(lambda ends: (min(ends), max(ends))), max_size=5)
FORMS = st.tuples(st.sampled_from(["in", "longest", "window"]), st.sampled_from(["months", "days"]))


@given(RUNS, FORMS, st.integers(1, 14))
def test_the_fast_counter_is_the_one_counted_day_by_day(
    runs: list[Run], form: tuple[str, str], window: int
) -> None:
    on = date(2024, 5, 31)
    spells = [Spell(When.on(first), When.on(last)) for first, last in runs if first <= on]
    expected = slow_count([r for r in runs if r[0] <= on], *form, window, on)
    assert exactly(expected) == counted(spells, form[0], unit=form[1], window=window, on=on)


# ---- spells ----
def test_a_spell_includes_its_first_day_and_excludes_its_last() -> None:
    assert exactly(31) == counted([spell("2023-03-01", "2023-04-01")], unit="days")
    assert exactly(1) == counted([spell("2023-03-01", "2023-04-01")])


def test_an_open_spell_runs_to_the_day_of_the_case() -> None:
    assert exactly(14) == counted([spell("2024-03-01")], unit="days")
    assert exactly(0) == counted([spell("2024-03-15")], unit="days")


def test_a_spell_that_ends_later_is_counted_to_the_day_of_the_case() -> None:
    assert exactly(14) == counted([spell("2024-03-01", "2025-01-01")], unit="days")


def test_a_renewed_permit_is_one_stay() -> None:
    renewed = [spell("2023-01-31", "2023-02-20"), spell("2023-02-20", "2023-03-31")]
    assert exactly(2) == counted(renewed)


def test_no_day_counts_twice() -> None:
    both = [spell("2023-01-01", "2023-07-01"), spell("2023-04-01", "2023-10-01")]
    assert exactly(9) == counted(both)


def test_thirty_days_left_over_of_one_spell_are_no_month() -> None:
    assert exactly(0) == counted([spell("2023-07-01", "2023-07-31")])


def test_days_left_over_of_several_spells_are_not_lost() -> None:
    halves = [spell("2023-03-01", "2023-03-17"), spell("2023-06-01", "2023-06-16")]
    assert exactly(1) == counted(halves)
    assert exactly(0) == counted([halves[0], spell("2023-06-01", "2023-06-15")])


def test_twelve_contracts_of_27_days_are_ten_months() -> None:
    contracts = [Spell(When.on(date(2023, m, 1)), When.on(date(2023, m, 28))) for m in range(1, 13)]
    assert exactly(10) == counted(contracts)


def test_filling_a_gap_never_costs_a_month() -> None:
    summer = [spell("2023-07-01", "2023-07-31"), spell("2023-08-01", "2023-08-31")]
    assert exactly(1) == counted(summer)
    assert exactly(1) == counted([*summer, spell("2023-07-31", "2023-08-01")])


def test_two_februaries_keep_their_months() -> None:
    assert exactly(2) == counted(
        [spell("2022-02-01", "2022-03-01"), spell("2023-02-01", "2023-03-01")]
    )


def test_only_spells_with_one_of_the_tags_are_summed() -> None:
    spells = [
        spell("2023-01-01", "2023-03-01", "lawful", "temporary"),
        spell("2023-03-01", "2023-08-01", "study"),
        spell("2023-08-01", "2023-09-01", "procedure"),
    ]
    assert exactly(2) == counted(spells, tags=("temporary",))
    assert exactly(7) == counted(spells, tags=("lawful", "study"))
    assert exactly(8) == counted(spells)


def test_the_longest_spell() -> None:
    absences = [spell("2022-01-01", "2022-05-01"), spell("2023-01-01", "2023-08-15")]
    assert exactly(7) == counted(absences, "longest")


def test_a_window_counts_only_its_own_months() -> None:
    absences = [spell("2018-01-01", "2020-01-01"), spell("2023-12-15", "2024-02-15")]
    assert exactly(12) == counted(absences, "window", window=60, on=day("2024-01-01"))
    assert exactly(60) == counted([spell("2010-01-01")], "window", window=60)
    assert exactly(12) == counted([spell("2000-01-01")], "window", window=12, on=day("2024-02-29"))


def test_a_window_that_begins_before_the_calendar_is_no_fault() -> None:
    on = date(2, 1, 1)
    assert exactly(12) == counted([Spell(When.on(date.min))], "window", window=60, on=on)


def test_no_spells_are_nothing_and_no_word_of_them_is_unknown() -> None:
    assert exactly(0) == counted([])
    counter = Counter("residence", "months", "in", "residence")
    assert count(counter, History(), on=ON, highest=9) is None


def test_a_counter_stops_at_the_highest_number_of_its_fact() -> None:
    assert exactly(600) == counted([spell("1950-01-01")], highest=600)


@given(RUNS.flatmap(st.permutations))
def test_merging_is_free_of_order(runs: list[Run]) -> None:
    assert merged(sorted(runs)) == merged(runs)


@given(RUNS, st.tuples(NEAR, NEAR).map(lambda ends: (min(ends), max(ends))))
def test_a_counter_never_falls_when_days_are_added(runs: list[Run], more: Run) -> None:
    assert months_in(merged(runs)) <= months_in(merged([*runs, more]))


# ---- dates known to the month, tags not known, lists that are not complete ----
def test_a_spell_known_to_the_month_gives_a_range() -> None:
    some_time_in_may = Spell(month("2023-05"), When.on(day("2023-12-31")))
    assert Range(7, 7) == counted([some_time_in_may])
    assert Range(214, 244) == counted([some_time_in_may], unit="days")


def test_a_last_day_known_to_the_year_gives_a_range() -> None:
    ended_in_2023 = Spell(When.on(day("2022-07-01")), When(day("2023-01-01"), day("2023-12-31")))
    assert Range(6, 17) == counted([ended_in_2023])


def test_a_spell_of_unknown_end_lasted_from_nothing_to_today() -> None:
    assert Range(0, 14) == counted([Spell(When.on(day("2024-03-01")), ANY_DAY)], unit="days")


def test_a_spell_of_unknown_tags_may_count() -> None:
    unknown = Spell(When.on(day("2023-01-15")), None, None)
    assert Range(0, 14) == counted([unknown], tags=("lawful",))
    assert exactly(14) == counted([unknown])


def test_an_incomplete_list_is_a_lower_bound() -> None:
    assert Range(2, 1200) == counted([spell("2024-01-15")], is_complete=False)
    assert Range(2, 12) == counted([spell("2024-01-15")], "window", window=12, is_complete=False)


WHENS = st.tuples(NEAR, st.integers(0, 70)).map(lambda w: When(w[0], w[0] + timedelta(w[1])))


@given(st.lists(st.tuples(WHENS, WHENS), max_size=4), FORMS, st.data())
def test_whatever_the_days_turn_out_to_be_the_counter_is_in_its_range(
    bounds: list[tuple[When, When]], form: tuple[str, str], data: st.DataObject
) -> None:
    on = date(2024, 8, 31)
    spells = [Spell(first, last) for first, last in bounds]
    said = counted(spells, form[0], unit=form[1], window=9, on=on)
    really = []
    for first, last in bounds:
        began = data.draw(st.dates(first.earliest, first.latest))
        ended = data.draw(st.dates(last.earliest, last.latest))
        really.append(Spell(When.on(began), When.on(max(began, ended))))
    shown = counted(really, form[0], unit=form[1], window=9, on=on)
    assert said.low <= shown.low == shown.high <= said.high


# ---- events ----
def since(event: When, *, on: date = ON, unit: str = "months") -> Range | None:
    counter = Counter("procedure.pending", unit, "since", first="request")
    return count(counter, History(events={"request": event}), on=on, highest=99999)


def test_months_since_an_event() -> None:
    assert exactly(1) == since(When.on(day("2024-01-31")), on=day("2024-02-29"))
    assert exactly(29) == since(When.on(day("2024-01-31")), on=day("2024-02-29"), unit="days")


def test_months_since_an_event_known_to_the_month() -> None:
    assert Range(9, 10) == since(month("2023-05"))


@given(DAYS, DAYS, st.integers(0, 400))
def test_a_later_day_never_lowers_a_counter_since(event: date, on: date, later: int) -> None:
    now, then = since(When.on(event), on=on), since(When.on(event), on=on + timedelta(later))
    assert now is not None
    assert then is not None
    assert now.low <= then.low


def test_months_between_two_events() -> None:
    counter = Counter("arrived_age", "months", "between", first="birth", second="arrival")
    born, arrived = When.on(day("2004-02-29")), When.on(day("2022-02-28"))
    history = History(events={"birth": born, "arrival": arrived})
    assert exactly(216) == count(counter, history, on=ON, highest=1440)
    assert count(counter, History(events={"birth": born}), on=ON, highest=1440) is None


# ---- the documentation's own tables ----
PAGE = (ROOT / "docs" / "explanation" / "time_and_counting.md").read_text(encoding="utf-8")


def rows(head: str) -> list[list[str]]:
    """The rows of the page's table that has this first column."""
    table = PAGE.split(f"\n| {head} |")[1].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


@pytest.mark.parametrize("row", rows("from"), ids=" ".join)
def test_a_spell_of_the_page_is_counted_as_the_page_says(row: list[str]) -> None:
    first, until, months, days, _because = row
    on = day("2030-01-01")
    assert exactly(int(months)) == counted([spell(first, until)], on=on)
    assert exactly(int(days)) == counted([spell(first, until)], unit="days", on=on, highest=9999)


@pytest.mark.parametrize("row", rows("spells"), ids=" ".join)
def test_several_spells_of_the_page_are_counted_as_the_page_says(row: list[str]) -> None:
    several = [spell(*one.split(" to ")) for one in row[0].split(", ")]
    assert exactly(int(row[1])) == counted(several)


def test_the_page_has_the_days_that_make_full_months() -> None:
    numbers = PAGE.split("\n| months |")[1].splitlines()[0].strip(" |").split("|")
    (days,) = (line for line in PAGE.splitlines() if line.startswith("| days |"))
    for months, needed in zip(numbers, days.strip("|").split("|")[1:], strict=True):
        assert int(months) == full_months(int(needed))
        assert int(months) - 1 == full_months(int(needed) - 1)


def when(text: str) -> When:
    if text == "unknown":
        return ANY_DAY
    if len(text) == 4:
        return When(day(f"{text}-01-01"), day(f"{text}-12-31"))
    return month(text) if len(text) == 7 else When.on(day(text))


@pytest.mark.parametrize("row", rows("spell, on 2024-03-15"), ids=" ".join)
def test_a_range_of_the_page_is_what_may_be(row: list[str]) -> None:
    first, until = row[0].removeprefix("from ").split(" until ")
    for unit, cell in zip(("months", "days"), row[1:], strict=True):
        low, _, high = cell.partition(" to ")
        expected = Range(int(low), int(high or low))
        assert expected == counted([Spell(when(first), when(until))], unit=unit)
