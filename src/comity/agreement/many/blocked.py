"""Runs a program over blocks of records with numpy: planes in a few buffers that stay in the cache.

A plane is a byte a record. Bools were tried: numpy packs them at the price of two comparisons, and a
law has not so many more joinings than tests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.agreement.many.levels import Bound
from comity.agreement.many.program import ALL, Instruction, Op, Plane, Program
from comity.agreement.many.uncoded import Codes, Listed, Numbers, Plain, Span, Whole, code_type

BLOCK = 65536
"""Records a block: planes at work stay in a core's own cache, and a call is worth its price."""

Levels: TypeAlias = NDArray[Any]
Bools: TypeAlias = NDArray[np.bool_]
_Call: TypeAlias = tuple[Callable[..., object], int, int, int]
"""A function of numpy, and the slots of both operands and of what it writes."""


@dataclass(frozen=True)
class Plan:
    """The instructions in an order in which few planes are at work at a time, with their buffers.

    steps: an instruction with the buffer of its plane, or the number of a sum that is added up.
    buffers: how many are needed.
    """

    steps: tuple[tuple[Instruction, Plane, int] | int, ...]
    buffers: int
    of_plane: Mapping[Plane, int]


def planned(program: Program, sums: Sequence[Sequence[Plane]]) -> Plan:
    """Orders a program by its sums, each of which is added up as soon as its planes are there."""
    order: list[Plane | tuple[int]] = []
    seen: set[Plane] = set()
    for number, planes in enumerate(sums):
        for plane in planes:
            _add(program, plane, seen, order)
        order.append((number,))
    last: dict[Plane, int] = {}
    for at, one in enumerate(order):
        used = sums[one[0]] if isinstance(one, tuple) else _operands(program.instructions[one])
        for plane in used:
            last[plane] = at
    free: list[int] = []
    held: dict[Plane, int] = {}
    steps: list[tuple[Instruction, Plane, int] | int] = []
    buffers = 0
    for at, one in enumerate(order):
        if isinstance(one, tuple):
            used = tuple(sums[one[0]])
            steps.append(one[0])
        else:
            instruction = program.instructions[one]
            used = _operands(instruction)
        # a plane may take the place of one of which it is made
        for plane in dict.fromkeys(used):
            if plane >= 0 and last[plane] == at:
                free.append(held[plane])
        if not isinstance(one, tuple):
            if not free:
                free.append(buffers)
                buffers += 1
            held[one] = free.pop()
            steps.append((instruction, one, held[one]))
    return Plan(tuple(steps), buffers, held)


def _operands(instruction: Instruction) -> tuple[Plane, ...]:
    if instruction.op <= Op.BETWEEN:
        return ()
    return (instruction.a,) if instruction.op is Op.NOT else (instruction.a, instruction.b)


def _add(program: Program, plane: Plane, seen: set[Plane], order: list[Plane | tuple[int]]) -> None:
    """A plane after those of which it is made."""
    stack = [plane]
    while stack:
        one = stack[-1]
        if one < 0 or one in seen:
            stack.pop()
            continue
        missing = [p for p in _operands(program.instructions[one]) if p >= 0 and p not in seen]
        if missing:
            stack += reversed(missing)
            continue
        stack.pop()
        seen.add(one)
        order.append(one)


class Blocked:
    """A program with what is added up from it, made ready to run.

    bounds: levels, one array each. counts: planes whose records are told one by one.
    """

    def __init__(self, program: Program, bounds: Sequence[Bound], planes: Sequence[Plane]) -> None:
        self.program, self.bounds, self.wanted = program, tuple(bounds), tuple(planes)
        sums = [bound.planes for bound in self.bounds] + [(plane,) for plane in self.wanted]
        self.plan = planned(program, sums)

    def run(
        self, columns: Sequence[Codes], size: int
    ) -> tuple[list[Levels], list[Levels | None], list[Bools]]:
        """Levels of each bound (records,), the units that decide them, and the wanted planes.

        columns: every column of the program, each of `size` records. What is the same for all
        records takes no memory and cannot be written to.
        """
        columns = [one.plain() if isinstance(one, Listed) else one for one in columns]
        levels = [self._levels(bound, size) for bound in self.bounds]
        units: list[Levels | None] = [
            np.zeros(size, dtype=np.uint16) if bound.deciders or bound.read else None
            for bound in self.bounds
        ]
        planes = [
            np.empty(size, dtype=np.bool_) if plane >= 0 else constant(plane == ALL, size, np.bool_)
            for plane in self.wanted
        ]
        held = _Slots(self.plan, columns, min(size, BLOCK))
        for start in range(0, size, BLOCK):
            rows = slice(start, min(size, start + BLOCK))
            if rows.stop - start < held.width:
                held = _Slots(self.plan, columns, rows.stop - start)
            held.fill(columns, rows)
            at = held.at
            for step in held.calls:
                if isinstance(step, int):
                    self._sum(step, rows, columns, held, levels, units, planes)
                else:
                    run, one, other, out = step
                    run(at[one], at[other], at[out])
        return levels, units, planes

    def _levels(self, bound: Bound, size: int) -> Levels:
        kind = code_type(bound.top)
        levels: Levels = constant(bound.base, size, kind)
        return np.empty(size, dtype=kind) if bound.steps or bound.read else levels

    def added_up(
        self, bound: Bound, planes: Mapping[Plane, Bools], columns: Sequence[Codes], size: int
    ) -> tuple[Levels, Levels | None]:
        """One bound, from planes of all records."""
        levels = self._levels(bound, size)

        def plane_at(plane: Plane) -> Bools | bool:
            return planes[plane] if plane >= 0 else plane == ALL

        _add_up(bound, levels, plane_at, columns, slice(0, size))
        if not bound.deciders and not bound.read:
            return levels, None
        units: Levels = np.zeros(size, dtype=np.uint16)
        _decide(bound, units, levels, plane_at, columns, slice(0, size))
        return levels, units

    def _sum(
        self,
        number: int,
        rows: slice,
        columns: Sequence[Codes],
        held: _Slots,
        levels: Sequence[Levels],
        units: Sequence[Levels | None],
        planes: Sequence[Bools],
    ) -> None:
        """What is added up from planes of a block, or told of it."""

        plane_at = held.plane
        if number >= len(self.bounds):
            plane = self.wanted[number - len(self.bounds)]
            if plane >= 0:
                planes[number - len(self.bounds)][rows] = plane_at(plane)
            return
        bound = self.bounds[number]
        _add_up(bound, levels[number][rows], plane_at, columns, rows)
        if (found := units[number]) is not None:
            _decide(bound, found[rows], levels[number][rows], plane_at, columns, rows)


class _Slots:
    """What the calls of numpy read and write of a block, by number, and the calls: for every block the same.

    A buffer has two slots, as bytes and as truths: bytes that are 0 or 1 are joined faster as bytes.
    A column of truths that is asked for as it is takes no call.
    """

    def __init__(self, plan: Plan, columns: Sequence[Codes], width: int) -> None:
        self.width = width
        self.at: list[Any] = []
        for held in np.empty((1 + plan.buffers, width), dtype=np.uint8):  # the first is a spare one
            self.at += (held, held.view(np.bool_))
        self._of_columns = len(self.at)
        self.at += [None] * len(columns)
        self._of_plane: dict[Plane, int] = {}
        self.calls: list[_Call | int] = []
        for step in plan.steps:
            if isinstance(step, int):
                self.calls.append(step)
                continue
            instruction, plane, buffer = step
            out = 2 * (1 + buffer)
            self._of_plane[plane] = out
            if instruction.op <= Op.BETWEEN:
                self._test(instruction, plane, columns[instruction.a])
            else:
                self._join(instruction, out)

    def fill(self, columns: Sequence[Codes], rows: slice) -> None:
        """The columns of a block into their slots."""
        for number, column in enumerate(columns, start=self._of_columns):
            block: NDArray[Any] = (
                column.block(rows) if isinstance(column, (Numbers, Listed)) else column[rows]
            )
            self.at[number] = block.view(np.uint8) if block.dtype == np.bool_ else block

    def plane(self, plane: Plane) -> Bools | bool:
        """The records of the block that are in a plane."""
        return self.at[self._of_plane[plane]].view(np.bool_) if plane >= 0 else plane == ALL

    def _constant(self, value: object) -> int:
        self.at.append(value)
        return len(self.at) - 1

    def _test(self, instruction: Instruction, plane: Plane, column: Codes) -> None:
        spans, kind = spans_of(instruction, column), column.dtype
        at, out = self._of_columns + instruction.a, self._of_plane[plane] + 1
        if kind == np.bool_:
            no, yes = (any(_is_in(value, span) for span in spans) for value in (0, 1))
            if yes and not no:
                self._of_plane[plane] = at
                return
            if no and not yes:
                self.calls.append((np.bitwise_xor, at, self._constant(np.uint8(1)), out - 1))
                return
            spans = [(None, None)] if yes else []
        if not spans:
            self.calls.append((_filled, self._constant(False), out, out))
        for number, span in enumerate(spans):
            self._span(span, kind, at, out if not number else 1)
            if number:
                self.calls.append((np.bitwise_or, out - 1, 0, out - 1))

    def _span(self, span: Span, kind: np.dtype[Any], at: int, out: int) -> None:
        low, high = span
        compare: Callable[..., object]
        if low is None and high is None:
            self.calls.append((_filled, self._constant(True), out, out))
            return
        if low is None:
            compare, limit = np.less_equal, high
        elif high is None:
            compare, limit = np.greater_equal, low
        elif low == high:
            compare, limit = np.equal, low
        else:
            self.calls.append((_between, at, self._constant((low, high)), out))
            return
        self.calls.append((compare, at, self._constant(np.array(limit, dtype=kind)), out))

    def _join(self, instruction: Instruction, out: int) -> None:
        one = self._of_plane[instruction.a]
        if instruction.op is Op.NOT:
            self.calls.append((np.bitwise_xor, one, self._constant(np.uint8(1)), out))
            return
        other = self._of_plane[instruction.b]
        if instruction.op is Op.AND_NOT:
            self.calls.append((np.greater, one, other, out + 1))
            return
        joined = np.bitwise_and if instruction.op is Op.AND else np.bitwise_or
        self.calls.append((joined, one, other, out))


def constant(value: int, size: int, kind: type[np.generic]) -> Any:
    """The same for every record, without an array of it."""
    return _constant(value, size, np.dtype(kind).char)


@lru_cache(maxsize=512)
def _constant(value: int, size: int, kind: str) -> Any:
    return np.broadcast_to(np.array(value, dtype=kind), (size,))


def spans_of(instruction: Instruction, column: Codes) -> list[Span]:
    """What a test allows, in what stands in its column: one or several spans, or nothing."""
    op, low = instruction.op, instruction.b
    high: int | None = low
    if op is Op.AT_LEAST:
        high = None
    elif op is Op.AT_MOST:
        low = 0
    elif op is Op.BETWEEN:
        high = instruction.c
    if isinstance(column, (Numbers, Listed)):
        return column.spans(low, high)
    return [(None if op is Op.AT_MOST else low, high)]


def _is_in(value: int, span: Span) -> bool:
    low, high = span
    return (low is None or value >= low) and (high is None or value <= high)


def _filled(value: bool, _: Bools, out: Bools) -> None:
    out[...] = value


def _between(column: Whole, span: tuple[int, int], out: Bools) -> None:
    """Of numbers without a sign, those below the first wrap around to the far end."""
    low, high = span
    kind = np.dtype(f"u{column.dtype.itemsize}")
    least = np.array(low, dtype=column.dtype).view(kind)
    np.less_equal(column.view(kind) - least, kind.type(high - low), out=out)


def _add_up(
    bound: Bound,
    levels: Levels,
    plane_at: Callable[[Plane], Bools | bool],
    columns: Sequence[Codes],
    rows: slice,
) -> None:
    if not bound.steps and not bound.read:
        return
    _fixed(bound, plane_at, levels)
    for one in bound.read:
        ranks = one.ranks.astype(levels.dtype).take(_codes(columns[one.column], rows))
        if bound.is_lower:
            np.maximum(levels, ranks, out=levels, where=plane_at(one.plane))
        else:
            np.minimum(levels, ranks, out=levels, where=plane_at(one.plane))


def _decide(
    bound: Bound,
    units: Levels,
    levels: Levels,
    plane_at: Callable[[Plane], Bools | bool],
    columns: Sequence[Codes],
    rows: slice,
) -> None:
    """The unit by which the level is reached; of several, the first of the regime."""
    for plane, unit in bound.deciders:
        np.copyto(units, unit, where=plane_at(plane))
    if not bound.read:
        return
    fixed = np.empty(levels.shape, dtype=levels.dtype)
    _fixed(bound, plane_at, fixed)
    best = fixed < levels if bound.is_lower else fixed > levels
    for one in reversed(bound.read):
        ranks = one.ranks.astype(levels.dtype).take(_codes(columns[one.column], rows))
        np.copyto(units, one.unit, where=(ranks == levels) & plane_at(one.plane) & best)


def _codes(column: Codes, rows: slice) -> Plain:
    return column.codes(rows) if isinstance(column, (Numbers, Listed)) else column[rows]


def _fixed(bound: Bound, plane_at: Callable[[Plane], Bools | bool], levels: Levels) -> None:
    """The level without those that are read from facts."""
    levels[...] = bound.base
    change = np.add if bound.is_lower else np.subtract
    for plane, delta in bound.steps:
        held = plane_at(plane)
        if isinstance(held, bool):
            if held:
                change(levels, levels.dtype.type(delta), out=levels)
        elif delta == 1:
            change(levels, held.view(np.uint8), out=levels)
        else:
            change(levels, np.multiply(held, levels.dtype.type(delta)), out=levels)
