"""`count` on a user's own register: read where it lies, checked, counted in blocks, never sent on."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.agreement.many.compiled import is_installed
from comity.agreement.many.evaluator import Evaluated, Evaluator
from comity.api.cautions import warnings_of
from comity.api.count_questions import Asked, refuse_field
from comity.api.counting import Count
from comity.api.counts import shown_rows
from comity.api.explaining import coverage_model
from comity.api.people_counts import levels_to
from comity.api.regimes import read_regime, refuse_unheld
from comity.api.schema_people import CountDocument, CountRowModel, RegisterModel
from comity.api.verdict_words import open_questions
from comity.api.where import refuse_unknown_rights
from comity.count.register.faults import ACCEPTED
from comity.count.register.reading_map import read_map_file
from comity.count.register.register import Block, Register
from comity.count.register.report import RegisterFaulty, Report
from comity.count.register.report import told as report_text
from comity.count.register.template import template
from comity.count.register.validation import blocks, validate
from comity.count.register.writing import Results, write_results

__all__ = [
    "ACCEPTED",
    "OwnData",
    "RegisterFaulty",
    "codes_in",
    "count_register",
    "report_text",
    "template_for",
]

Key: TypeAlias = tuple[str, ...]
Progress: TypeAlias = Callable[[str, int, int], None]

NOTHING_ASSUMED = (
    "Nothing is assumed: what the register does not say is unknown, so that a count is an interval."
)


@dataclass(frozen=True)
class OwnData:
    """A register and what is to be done with it.

    accept: codes of faults whose values count as unknown. out: a file for one row a person, which
    needs a purpose.
    """

    data: Path
    schema: Path
    accept: frozenset[str] = frozenset()
    out: Path | None = None
    purpose: str = ""
    memory: str | None = None


def template_for(words: str, asked: Asked, *, on: date) -> str:
    """A map to be filled in, with every fact that the regime asks of a person."""
    read = read_regime(words, readings=asked.readings)
    evaluator = Evaluator(read.regime, on, rights=asked.rights or None)
    return template(evaluator.keys, read.regime.vocabulary, name=words)


def count_register(
    words: str, asked: Asked, own: OwnData, *, on: date, progress: Progress | None = None
) -> CountDocument:
    """The people of a register under a regime, by the map's groups, right and level.

    Raises ComityError, RegisterError (E480 to E489, E492), EngineError (E473 to E479).
    """
    began = time.perf_counter()
    tell = progress or (lambda _what, _done, _all: None)
    read = read_regime(words, readings=asked.readings)
    refuse_unheld(read.regime, on)
    refuse_unknown_rights(read.regime, asked.rights)
    vocabulary = read.regime.vocabulary
    schema = read_map_file(own.schema, vocabulary)
    evaluator = Evaluator(
        read.regime,
        on,
        rights=asked.rights or None,
        deciding=own.out is not None,
        compile=is_installed(),
        stated=schema.stated,
    )
    with Register(own.data, schema, vocabulary, memory=own.memory) as register:
        fields = _fields(asked, tuple(schema.groups))
        report = validate(register, day=on).accepting(own.accept)

        def every() -> Iterator[Block]:
            done = 0
            for block in blocks(register, report, day=on, keys=evaluator.keys):
                tell("rows", done, report.rows)
                yield block
                done += block.rows

        if own.out is not None:
            report.refuse()
            write_results(Results(evaluator), every(), own.out, purpose=own.purpose)
        found, total = _counted(evaluator, every(), fields)
    rows = tuple(shown_rows(found, fields, asked.min_cell, read.regime))
    return CountDocument(
        regime=words,
        date=on.isoformat(),
        by=fields,
        unit="persons" if schema.weight else "rows",
        means="people of the register to whom at least this level is guaranteed"
        if "level" in fields
        else "people of the register to whom something of the right is guaranteed",
        rows=tuple(row.model_copy(update={"assumed": None}) for row in rows),
        total=CountRowModel(key={}, certain=total, possible=total, assumed=None),
        min_cell=asked.min_cell,
        suppressed=sum(row.hidden for row in rows),
        engine="comity",
        assumptions=NOTHING_ASSUMED,
        own_data=_model(report),
        reading={q: read.regime.reading_of(q, on) for q in open_questions(read.regime)},
        coverage={i.title: coverage_model(i.coverage) for i in read.regime.instruments},
        warnings=warnings_of(read.regime, on),
        claim="Counted of this encoding, on this day, in this register, as its map reads it. It "
        "says what the encoded texts guarantee, not what an officer does; a State may grant more.",
        seconds=time.perf_counter() - began,
    )


def _fields(asked: Asked, groups: Sequence[str]) -> tuple[str, ...]:
    known = (*groups, "right", "level")
    for name in asked.by:
        refuse_field(name, known)
    named = tuple(dict.fromkeys(asked.by))
    return named if "right" in named else ("right", *named)


def _counted(
    evaluator: Evaluator, every: Iterator[Block], fields: Sequence[str]
) -> tuple[dict[Key, Count], int]:
    """Persons by the fields; certain and possible, block by block."""
    sums: dict[Key, list[float]] = defaultdict(lambda: [0.0, 0.0])
    total = 0.0
    for block in every:
        total += float(block.weights.sum())
        found = evaluator.evaluate(block.table)
        for key, certain, possible in _of_block(evaluator, block, found, fields):
            sums[key][0] += certain
            sums[key][1] += possible
    counts = {
        key: Count(round(certain), round(possible)) for key, (certain, possible) in sums.items()
    }
    order = {name: n for n, name in enumerate(evaluator.rights or ())}
    place = list(fields).index("right")
    return dict(sorted(counts.items(), key=lambda item: order[item[0][place]])), round(total)


def _of_block(
    evaluator: Evaluator, block: Block, found: Evaluated, fields: Sequence[str]
) -> Iterator[tuple[Key, float, float]]:
    of_groups = [name for name in fields if name in block.groups]
    codes = np.zeros(block.rows, dtype=np.int64)
    for name in of_groups:
        places, names = block.groups[name]
        codes = codes * len(names) + places
    distinct, codes = np.unique(codes, return_inverse=True)
    labels = [
        _labels(int(code), [block.groups[name][1] for name in of_groups]) for code in distinct
    ]
    for right in evaluator.rights or ():
        positions = found.rights[right]
        declared = evaluator.regime.vocabulary.rights[right]
        ranks = levels_to(evaluator, right, declared.top) if "level" in fields else (1,)
        for rank in ranks:
            certain = _sums(codes, block.weights, positions.lower >= rank, len(distinct))
            possible = _sums(codes, block.weights, positions.lower_possible >= rank, len(distinct))
            for number, label in enumerate(labels):
                if not possible[number] and rank > 1:
                    continue
                named = dict(zip(of_groups, label, strict=True))
                named |= {"right": right, "level": declared.name_of(rank)}
                yield tuple(named[name] for name in fields), certain[number], possible[number]


def _sums(
    codes: NDArray[np.int64],
    weights: NDArray[np.int64] | NDArray[np.float64],
    mask: object,
    most: int,
) -> NDArray[np.float64]:
    chosen = np.asarray(mask, dtype=np.bool_)
    return np.bincount(codes[chosen], weights=weights[chosen], minlength=most).astype(np.float64)


def _labels(code: int, names: Sequence[Sequence[str]]) -> list[str]:
    found: list[str] = []
    for several in reversed(names):
        code, place = divmod(code, len(several))
        found.append(several[place])
    return found[::-1]


def _model(report: Report) -> RegisterModel:
    return RegisterModel(
        rows=report.rows,
        findings=tuple(f"{one.code} {one.message} ({one.count:,} rows)" for one in report.findings),
        accepted=tuple(sorted(report.accepted)),
        unnamed=report.unnamed,
        unknown={one.fact: one.unknown for one in report.facts},
        text=report_text(report),
    )


def codes_in(words: Collection[str]) -> frozenset[str]:
    """Codes as they are named on a command line."""
    return frozenset(
        code.strip().upper() for word in words for code in word.split(",") if code.strip()
    )
