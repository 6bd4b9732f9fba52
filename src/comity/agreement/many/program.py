"""A circuit for one kind of table: planes of yes and no, and what is added up from them.

Of each gate two planes may be asked: of which records it *surely* holds, and of which *possibly*.
They are one where nothing that it hangs on is in doubt. A *plane* is the number of an instruction,
or one of two constants: every record, or none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeAlias

from comity.agreement.many.circuit import AllOf, Circuit, Field, Literal, Open, SomeOf, Test
from comity.agreement.many.fields import Coded, FieldCoder, Ranks, Same, Spans, admits
from comity.agreement.values import Truth

Plane: TypeAlias = int
ALL, NONE = -1, -2
"""The planes of all records and of none."""


class Op(IntEnum):
    """What an instruction does. The first four read a column of codes, the others planes."""

    AT_LEAST = 0
    AT_MOST = 1
    EQUAL = 2
    BETWEEN = 3
    AND = 4
    OR = 5
    NOT = 6
    AND_NOT = 7


@dataclass(frozen=True, slots=True)
class Column:
    """A column of codes: a field's, or the upper end of a field's ranks."""

    field: Field
    is_high: bool = False


@dataclass(frozen=True, slots=True)
class Instruction:
    """a, b: columns and codes, or planes. Of `AND_NOT` it is b that does not hold."""

    op: Op
    a: int
    b: int = 0
    c: int = 0


@dataclass
class Program:
    """Instructions in order, each of which names earlier ones only."""

    instructions: list[Instruction] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    _numbers: dict[Instruction, Plane] = field(default_factory=dict)
    _column_numbers: dict[Column, int] = field(default_factory=dict)

    def column(self, field_: Field, *, is_high: bool = False) -> int:
        """The number of a column."""
        asked = Column(field_, is_high)
        if asked not in self._column_numbers:
            self._column_numbers[asked] = len(self.columns)
            self.columns.append(asked)
        return self._column_numbers[asked]

    def _made(self, op: Op, a: int, b: int = 0, c: int = 0) -> Plane:
        asked = Instruction(op, a, b, c)
        if asked not in self._numbers:
            self._numbers[asked] = len(self.instructions)
            self.instructions.append(asked)
        return self._numbers[asked]

    def within(self, column: int, low: int, high: int, top: int) -> Plane:
        """Codes between two, of a column whose codes go from 0 to the top."""
        if low > high:
            return NONE
        if low <= 0 and high >= top:
            return ALL
        if low == high:
            return self._made(Op.EQUAL, column, low)
        if low <= 0:
            return self._made(Op.AT_MOST, column, high)
        if high >= top:
            return self._made(Op.AT_LEAST, column, low)
        return self._made(Op.BETWEEN, column, low, high)

    def all_of(self, planes: Sequence[Plane]) -> Plane:
        """The records that are in all of several planes."""
        found = ALL
        for plane in planes:
            found = self._and(found, plane)
        return found

    def some_of(self, planes: Sequence[Plane]) -> Plane:
        """The records that are in at least one of several planes."""
        found = NONE
        for plane in planes:
            found = self._or(found, plane)
        return found

    def _and(self, one: Plane, other: Plane) -> Plane:
        if NONE in (one, other):
            return NONE
        if one in (ALL, other):
            return other
        if other == ALL:
            return one
        for this, that in ((one, other), (other, one)):
            negated = self.instructions[that]
            if negated.op is Op.NOT:
                return self._made(Op.AND_NOT, this, negated.a)
        return self._made(Op.AND, *sorted((one, other)))

    def _or(self, one: Plane, other: Plane) -> Plane:
        if ALL in (one, other):
            return ALL
        if one in (NONE, other):
            return other
        if other == NONE:
            return one
        return self._made(Op.OR, *sorted((one, other)))

    def negated(self, plane: Plane) -> Plane:
        """The records that are not in a plane."""
        if plane in (ALL, NONE):
            return NONE if plane == ALL else ALL
        instruction = self.instructions[plane]
        if instruction.op is Op.NOT:
            return instruction.a
        return self._made(Op.NOT, plane)


class Planes:
    """The planes of a circuit's gates for tables of one kind.

    coders, coded: of each field, what codes it and what it is in the table at hand.
    """

    def __init__(
        self,
        circuit: Circuit,
        coders: Mapping[Field, FieldCoder],
        coded: Mapping[Field, Coded],
        program: Program,
    ) -> None:
        self.circuit, self.coders, self.coded, self.program = circuit, coders, coded, program
        self._found: dict[int, tuple[Plane, Plane]] = {}

    def surely(self, literal: Literal) -> Plane:
        """The records of which a literal surely holds."""
        return self._planes(literal)[0]

    def possibly(self, literal: Literal) -> Plane:
        """The records of which a literal possibly holds."""
        return self._planes(literal)[1]

    def _planes(self, literal: Literal) -> tuple[Plane, Plane]:
        gate = literal if literal >= 0 else ~literal
        self._work_out(gate)
        surely, possibly = self._found[gate]
        if literal >= 0:
            return surely, possibly
        negated = self.program.negated
        return negated(possibly), negated(surely)

    def _work_out(self, asked: int) -> None:
        stack = [asked]
        while stack:
            number = stack[-1]
            if number in self._found:
                stack.pop()
                continue
            gate = self.circuit.gates[number]
            if isinstance(gate, (AllOf, SomeOf)):
                parts = (part if part >= 0 else ~part for part in gate.parts)
                if missing := [part for part in parts if part not in self._found]:
                    stack += reversed(missing)
                    continue
            stack.pop()
            self._found[number] = self._made(gate)

    def _made(self, gate: AllOf | SomeOf | Test | Open) -> tuple[Plane, Plane]:
        match gate:
            case AllOf(parts):
                pairs = [self._planes(part) for part in parts]
                return (
                    self.program.all_of([one for one, _ in pairs]),
                    self.program.all_of([other for _, other in pairs]),
                )
            case SomeOf(parts):
                pairs = [self._planes(part) for part in parts]
                return (
                    self.program.some_of([one for one, _ in pairs]),
                    self.program.some_of([other for _, other in pairs]),
                )
            case Test():
                return self._tested(gate)
            case Open():
                return NONE, ALL

    def _tested(self, test: Test) -> tuple[Plane, Plane]:
        coded, coder = self.coded[test.field], self.coders[test.field]
        if isinstance(coded, Same):
            truth = admits(test.wanted, coded.known, coder.scale)
            return _constant(truth is Truth.TRUE), _constant(truth is not Truth.FALSE)
        if isinstance(coded, Ranks):
            return self._ranked(test.field, coded, coder.spans(test.wanted))
        column, top = self.program.column(test.field), coder.state - 1
        surely, possibly = (
            self.program.some_of(
                [
                    self.program.within(column, low, high, top)
                    for low, high in coder.classes_where(test.wanted, possibly=maybe)
                ]
            )
            for maybe in (False, True)
        )
        return surely, possibly

    def _ranked(self, field_: Field, coded: Ranks, spans: Spans) -> tuple[Plane, Plane]:
        program, low = self.program, self.program.column(field_)
        if coded.low is coded.high:
            plane = program.some_of([program.within(low, *span, coded.top) for span in spans])
            return plane, plane
        high = program.column(field_, is_high=True)
        surely = [
            program.all_of(
                [
                    program.within(low, first, coded.top, coded.top),
                    program.within(high, 0, last, coded.top),
                ]
            )
            for first, last in spans
        ]
        possibly = [
            program.all_of(
                [
                    program.within(low, 0, last, coded.top),
                    program.within(high, first, coded.top, coded.top),
                ]
            )
            for first, last in spans
        ]
        return program.some_of(surely), program.some_of(possibly)


def _constant(value: bool) -> Plane:
    return ALL if value else NONE
