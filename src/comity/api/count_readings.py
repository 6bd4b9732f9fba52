"""Where readings part, in people: the same count under each option of each question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from comity.api.count_questions import Asked
from comity.api.count_rows import Counting, Key
from comity.api.counting import Count
from comity.api.people_counts import PeopleCounts
from comity.api.regimes import Read
from comity.api.schema_people import CountPartingModel
from comity.api.verdict_words import open_questions
from comity.world.conflict import danger_reading

Progress = Callable[[str, int, int], None]


def partings(
    read: Read, asked: Asked, on: date, progress: Progress | None = None
) -> tuple[CountPartingModel, ...]:
    """Each right and level whose people are others under another reading, all else as asked.

    Numbers under `asked.min_cell` people are hidden, and so is a difference that would tell one.
    """
    regime = read.regime
    rows = replace(asked, by=("right", "level"), where="", against="")
    counts = PeopleCounts(regime.vocabulary, on, danger_reading(asked.danger))
    base = dict(Counting(read, rows, counts).rows())
    others = [
        (question, option.name, option.holder)
        for question in open_questions(regime)
        for option in regime.options_on(question, on)
        if option.name != regime.reading_of(question, on)
    ]
    found: list[CountPartingModel] = []
    for number, (question, option, holder) in enumerate(others):
        if progress is not None:
            progress(f"people under {question}={option}", number, len(others))
        under = Read(regime.reading(question, option), read.library)
        moved = dict(Counting(under, rows, counts).rows())
        taken = regime.reading_of(question, on)
        for key, before, after in _differences(base, moved):
            found.append(
                _model(question, (taken, option, holder), key, before, after, asked.min_cell)
            )
    return tuple(found)


def _differences(
    base: dict[Key, Count], moved: dict[Key, Count]
) -> Iterator[tuple[Key, Count, Count]]:
    for key in dict.fromkeys([*base, *moved]):
        before, after = base.get(key, Count()), moved.get(key, Count())
        if before != after:
            yield key, before, after


def _model(
    question: str,
    options: Sequence[str],
    key: Key,
    before: Count,
    after: Count,
    min_cell: int,
) -> CountPartingModel:
    numbers = [
        (getattr(before, name), getattr(after, name)) for name in ("certain", "possible", "assumed")
    ]
    few = any(
        0 < small < min_cell for one, other in numbers for small in (one, other, abs(one - other))
    )
    taken, option, holder = options
    right, level = key
    return CountPartingModel(
        question=question,
        taken=taken,
        option=option,
        holder=holder,
        right=right,
        level=level,
        hidden=few,
        before=() if few else tuple(one for one, _ in numbers),
        after=() if few else tuple(other for _, other in numbers),
    )
