"""Runs a program as machine code, which LLVM makes from the program's own instructions.

A plane is a vector of bytes, all ones where a record is in it: a test is one comparison of 32 codes,
and joining two planes one operation on 32 records. LLVM comes with numba, as llvmlite; numba's own
way from Python text was tried first, and took ten seconds where this takes a tenth of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from comity.agreement.many.blocked import Blocked, Bools, Levels, constant, spans_of
from comity.agreement.many.levels import Bound
from comity.agreement.many.machine_code import compiled, element, lookup
from comity.agreement.many.program import ALL, Op, Plane, Program
from comity.agreement.many.uncoded import Codes, Listed, Numbers, Span, code_type

WIDTH = 32
"""Records a step: the bytes of one register."""

BLOCK = 32768
"""Records a call, where lists are looked up first: their classes stay in the cache."""

Output = tuple[str, int]


def is_installed() -> bool:
    """Whether LLVM is there."""
    return find_spec("llvmlite") is not None


class Compiled(Blocked):
    """A program as machine code; levels that are read from facts are left to numpy."""

    def __init__(self, program: Program, bounds: Sequence[Bound], planes: Sequence[Plane]) -> None:
        super().__init__(program, bounds, planes)
        self._kernels: dict[tuple[object, ...], Callable[[int, int, int], None]] = {}
        outputs: dict[Output, None] = {}
        for number, bound in enumerate(self.bounds):
            if bound.read:
                outputs |= {("plane", plane): None for plane in bound.planes if plane >= 0}
                continue
            if bound.steps:
                outputs["level", number] = None
            if bound.deciders:
                outputs["unit", number] = None
        outputs |= {("plane", plane): None for plane in self.wanted if plane >= 0}
        self.outputs = tuple(outputs)

    def kind_of(self, output: Output) -> type[np.unsignedinteger[Any]]:
        """The type of what is written."""
        kind, number = output
        if kind == "level":
            return code_type(self.bounds[number].top)
        return np.uint16 if kind == "unit" else np.uint8

    def run(
        self, columns: Sequence[Codes], size: int
    ) -> tuple[list[Levels], list[Levels | None], list[Bools]]:
        """As `Blocked.run`."""
        if not self.program.instructions:
            return super().run(columns, size)
        columns = [_contiguous(column) for column in columns]
        kinds = tuple(map(_kind, columns))
        if kinds not in self._kernels:
            self._kernels[kinds] = compiled(self.text(columns))
        run = self._kernels[kinds]
        made = {one: np.empty(size, dtype=self.kind_of(one)) for one in self.outputs}
        whole = size - size % WIDTH
        _run(run, columns, list(made.values()), whole)
        if whole < size:  # the last records fill a vector that is not whole
            ends = [_ended(column, whole) for column in columns]
            last = [np.empty(WIDTH, dtype=one.dtype) for one in made.values()]
            _run(run, ends, last, WIDTH)
            for one, end in zip(made.values(), last, strict=True):
                one[whole:] = end[: size - whole]
        return self._told(made, columns, size)

    def _told(
        self, made: Mapping[Output, Any], columns: Sequence[Codes], size: int
    ) -> tuple[list[Levels], list[Levels | None], list[Bools]]:
        levels: list[Levels] = []
        units: list[Levels | None] = []
        for number, bound in enumerate(self.bounds):
            level, unit = made.get(("level", number)), made.get(("unit", number))
            if not bound.steps and not bound.read:
                level = constant(bound.base, size, code_type(bound.top))
            if level is None:
                asked = {p: made["plane", p].view(np.bool_) for p in bound.planes if p >= 0}
                level, unit = self.added_up(bound, asked, columns, size)
            levels.append(level)
            units.append(unit)
        planes = [
            made["plane", plane].view(np.bool_)
            if plane >= 0
            else constant(plane == ALL, size, np.bool_)
            for plane in self.wanted
        ]
        return levels, units, planes

    # ---- the text ----
    def text(self, columns: Sequence[Codes]) -> str:
        """The kernel for columns of some types, in LLVM's language."""
        return "\n".join(self._lines(columns)) + "\n"

    def _lines(self, columns: Sequence[Codes]) -> Iterator[str]:
        kinds = [column.dtype.name for column in columns]
        yield "define void @kernel(i64 %size, ptr %columns, ptr %outputs) {"
        yield "entry:"
        for prefix, source, count in (
            ("c", "columns", len(kinds)),
            ("o", "outputs", len(self.outputs)),
        ):
            for n in range(count):
                yield f"  %{prefix}p{n} = getelementptr ptr, ptr %{source}, i64 {n}"
                yield f"  %{prefix}{n} = load ptr, ptr %{prefix}p{n}"
        yield "  %any = icmp ult i64 0, %size"
        yield "  br i1 %any, label %body, label %end"
        yield "body:"
        yield "  %i = phi i64 [ 0, %entry ], [ %next, %body ]"
        for n, kind in enumerate(kinds):
            yield f"  %ca{n} = getelementptr {element(kind)}, ptr %c{n}, i64 %i"
            yield f"  %v{n} = load {_vector(kind)}, ptr %ca{n}, align 1"
        for step in self.plan.steps:
            if not isinstance(step, int):
                yield from self._instruction(step[1], columns)
        for n, output in enumerate(self.outputs):
            kind = np.dtype(self.kind_of(output)).name
            yield from self._written(n, output, kind)
            yield f"  %oa{n} = getelementptr {element(kind)}, ptr %o{n}, i64 %i"
            yield f"  store {_vector(kind)} %r{n}, ptr %oa{n}, align 1"
        yield f"  %next = add i64 %i, {WIDTH}"
        yield "  %more = icmp ult i64 %next, %size"
        yield "  br i1 %more, label %body, label %end"
        yield "end:"
        yield "  ret void"
        yield "}"

    def _instruction(self, plane: Plane, columns: Sequence[Codes]) -> Iterator[str]:
        one = self.program.instructions[plane]
        a, b = one.a, one.b
        if one.op <= Op.BETWEEN:
            yield from self._test(plane, columns[a])
        elif one.op is Op.NOT:
            yield f"  %p{plane} = xor {_BYTES} %p{a}, {_splat('uint8', 255)}"
        elif one.op is Op.AND_NOT:
            yield f"  %n{plane} = xor {_BYTES} %p{b}, {_splat('uint8', 255)}"
            yield f"  %p{plane} = and {_BYTES} %p{a}, %n{plane}"
        else:
            yield f"  %p{plane} = {'and' if one.op is Op.AND else 'or'} {_BYTES} %p{a}, %p{b}"

    def _test(self, plane: Plane, column: Codes) -> Iterator[str]:
        one = self.program.instructions[plane]
        spans = spans_of(one, column)
        if not spans or (None, None) in spans:
            full = _splat("uint8", -1 if spans else 0)
            yield f"  %p{plane} = or {_BYTES} zeroinitializer, {full}"
            return
        before = ""
        for number, span in enumerate(spans):
            name = f"{plane}_{number}"
            yield from _spanned(name, f"%v{one.a}", span, column.dtype)
            if before:
                yield f"  %j{name} = or <{WIDTH} x i1> {before}, %t{name}"
            before = f"%j{name}" if before else f"%t{name}"
        yield f"  %p{plane} = sext <{WIDTH} x i1> {before} to {_BYTES}"

    def _written(self, n: int, output: Output, kind: str) -> Iterator[str]:
        """What stands in an output: a plane, a level added up, or the unit that decides."""
        what, number = output
        vector = _vector(kind)
        if what == "plane":
            yield f"  %r{n} = and {vector} %p{number}, {_splat(kind, 1)}"
            return
        bound = self.bounds[number]
        now = _splat(kind, bound.base if what == "level" else 0)
        several = bound.steps if what == "level" else bound.deciders
        for m, (plane, amount) in enumerate(several):
            mask = f"%m{n}_{m}"
            yield from _widened(mask, plane, kind)
            if what == "level":
                yield f"  %d{n}_{m} = and {vector} {mask}, {_splat(kind, amount)}"
                sign = "add" if bound.is_lower else "sub"
                yield f"  %l{n}_{m} = {sign} {vector} {now}, %d{n}_{m}"
            else:
                yield f"  %b{n}_{m} = icmp ne {vector} {mask}, zeroinitializer"
                yield (
                    f"  %l{n}_{m} = select <{WIDTH} x i1> %b{n}_{m}, {vector} "
                    f"{_splat(kind, amount)}, {vector} {now}"
                )
            now = f"%l{n}_{m}"
        yield f"  %r{n} = or {vector} {now}, zeroinitializer"


_BYTES = f"<{WIDTH} x i8>"


def _vector(kind: str) -> str:
    return f"<{WIDTH} x {element(kind)}>"


def _splat(kind: str, number: int) -> str:
    return f"splat ({element(kind)} {number})"


def _spanned(name: str, value: str, span: Span, dtype: np.dtype[Any]) -> Iterator[str]:
    """One comparison: of numbers without a sign, those below the first wrap around to the far end."""
    low, high = span
    kind, sign = dtype.name, "s" if dtype.kind == "i" else "u"
    relation, limit = f"{sign}le", high
    if low is not None:
        relation, limit = f"{sign}ge", low
        if high is not None:
            relation, limit = "eq", low
            if low != high:
                yield f"  %s{name} = sub {_vector(kind)} {value}, {_splat(kind, low)}"
                value, relation, limit = f"%s{name}", "ule", high - low
    assert limit is not None
    yield f"  %t{name} = icmp {relation} {_vector(kind)} {value}, {_splat(kind, limit)}"


def _widened(name: str, plane: Plane, kind: str) -> Iterator[str]:
    """A plane as wide as a level; of all records, all ones."""
    vector = _vector(kind)
    if plane < 0:
        yield f"  {name} = or {vector} zeroinitializer, {_splat(kind, -1 if plane == ALL else 0)}"
    elif kind == "uint8":
        yield f"  {name} = or {vector} %p{plane}, zeroinitializer"
    else:
        yield f"  {name} = sext {_BYTES} %p{plane} to {vector}"


def _kind(column: Codes) -> tuple[object, ...]:
    """What a kernel is made for: the type of a column, and what its tests ask for."""
    if isinstance(column, Listed) and column.is_short:
        return Listed, column.dtype, column.classes.tobytes()
    return type(column), column.dtype


def _contiguous(column: Codes) -> Codes:
    """The column one record after another, without a list where its places are the classes."""
    if isinstance(column, Numbers):
        return Numbers(np.ascontiguousarray(column.numbers), column.edges)
    if isinstance(column, Listed):
        if not isinstance(same := column.plain(), Listed):
            return _contiguous(same)
        return Listed(np.ascontiguousarray(column.places), column.classes)
    found: Any = np.ascontiguousarray(column)
    return cast("Codes", found)


def _ended(column: Codes, whole: int) -> Codes:
    """The last records, again and again until they fill a vector."""
    if isinstance(column, Numbers):
        return Numbers(np.resize(column.numbers[whole:], WIDTH), column.edges)
    if isinstance(column, Listed):
        return Listed(np.resize(column.places[whole:], WIDTH), column.classes)
    found: Any = np.resize(column[whole:], WIDTH)
    return cast("Codes", found)


def _array_of(column: Codes) -> NDArray[Any]:
    if isinstance(column, Numbers):
        return column.numbers
    return column.places if isinstance(column, Listed) else column


def _run(
    kernel: Callable[[int, int, int], None],
    columns: Sequence[Codes],
    outputs: Sequence[Any],
    size: int,
) -> None:
    """Runs a kernel, by blocks where a list is looked up first."""
    arrays: list[Any] = [_array_of(column) for column in columns]
    lists = [
        (n, one) for n, one in enumerate(columns) if isinstance(one, Listed) and not one.is_short
    ]
    block = BLOCK if lists else max(1, size)
    for n, one in lists:
        arrays[n] = np.empty(min(size, block), dtype=one.classes.dtype)
    ins, outs = (
        np.array([one.ctypes.data for one in several], dtype=np.uint64)
        for several in (arrays, outputs)
    )
    in_step, out_step = (
        np.array([one.itemsize for one in several], dtype=np.uint64)
        for several in (arrays, outputs)
    )
    in_step[[n for n, _ in lists]] = 0
    looks = [
        (
            lookup(one.places.dtype.name, one.classes.dtype.name),
            one.places.ctypes.data,
            one.places.itemsize,
            one.classes.ctypes.data,
            int(ins[n]),
        )
        for n, one in lists
    ]
    for start in range(0, size, block):
        now = min(block, size - start)
        for look, places, bytes_each, classes, found in looks:
            look(now, places + start * bytes_each, classes, found)
        now_in, now_out = ins + np.uint64(start) * in_step, outs + np.uint64(start) * out_step
        kernel(now, now_in.ctypes.data, now_out.ctypes.data)
