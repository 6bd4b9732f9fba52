"""Gates laid out as SQL: which become columns of a stage of their own, and which are written in place.

A gate that is used more than once and is longer than a limit is always staged, so that the text grows
with the number of gates and never doubles with their depth. The limit is the strategy: low, and
nearly every shared gate is a column; high, and most are written where they are used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlglot import exp

from comity.agreement.many.program import ALL, Op, Plane
from comity.count.sql.asking import Atoms
from comity.count.sql.atoms import Columns, OneOf, by_place, column, columns_of, size_of, written
from comity.count.sql.schema import LONGEST

DEEPEST = 24
"""Brackets within brackets, beyond which a gate is staged: parsers of databases have a floor."""
LONGEST_INLINED = 400
"""Tests of an inlined text, beyond which databases plan longer than they work."""
MOST_COLUMNS = 1500
"""Columns of the last stage. PostgreSQL has room for 1,664 in one list, those read, the places and
those that the user groups by among them."""


class Strategy(StrEnum):
    """How shared gates are written."""

    INLINED = "inlined"
    STAGED = "staged"


_LIMIT = {Strategy.INLINED: 24, Strategy.STAGED: 2}
_COLUMN = 1.2
"""What a staged column costs, in tests of a yes or no: it is written and read."""
_SEEN = 0.9
"""The share of an inlined text that is looked at: a CASE stops at the first branch that holds."""


@dataclass(frozen=True)
class Layout:
    """Where each plane of a program is worked out.

    names: the columns of staged planes. places: of texts of few words, the columns of their places,
    with the words. layers: staged planes by stage, first to last. size: about
    how many tests the whole text has. reads: the columns of the table that it needs.
    """

    program: Atoms
    strategy: Strategy
    names: Mapping[Plane, str]
    places: Mapping[Columns, tuple[str, tuple[str, ...]]]
    layers: tuple[tuple[Plane, ...], ...]
    size: int
    reads: frozenset[str]

    @property
    def cost(self) -> float:
        """An estimate of the work a row, to choose between strategies by."""
        share = _SEEN if self.strategy is Strategy.INLINED else 1.0
        return self.size * share + _COLUMN * len(self.names)

    def plane(self, plane: Plane, *, defining: bool = False) -> exp.Expr:
        """A plane in SQL, never NULL. defining: as what its own column is made of."""
        if plane < 0:
            return exp.Boolean(this=plane == ALL)
        if plane in self.names and not defining:
            return column(self.names[plane])
        instruction = self.program.instructions[plane]
        match instruction.op:
            case Op.NOT:
                return exp.Not(this=_bracketed(self.plane(instruction.a)))
            case Op.AND | Op.AND_NOT:
                return _joined(self._parts(plane, (Op.AND, Op.AND_NOT)), exp.And)
            case Op.OR:
                return _joined(self._parts(plane, (Op.OR,)), exp.Or)
            case _:
                atom = self.program.atom_of(plane)
                assert atom is not None
                if isinstance(atom, OneOf) and atom.columns in self.places:
                    return by_place(atom, self.places[atom.columns][0])
                return written(atom)

    def _parts(self, plane: Plane, ops: tuple[Op, ...]) -> list[exp.Expr]:
        """What is joined, from left to right, those within a same join among them."""
        found: list[exp.Expr] = []
        stack: list[tuple[Plane, bool]] = [(plane, True)]
        while stack:
            one, is_top = stack.pop()
            instruction = self.program.instructions[one] if one >= 0 else None
            if (
                instruction is None
                or instruction.op not in ops
                or (one in self.names and not is_top)
            ):
                found.append(self.plane(one))
                continue
            if instruction.op is Op.AND_NOT:
                found.append(exp.Not(this=_bracketed(self.plane(instruction.b))))
                stack.append((instruction.a, False))
            else:
                stack += [(instruction.b, False), (instruction.a, False)]
        return found


def _bracketed(test: exp.Expr) -> exp.Expr:
    return test if isinstance(test, (exp.Column, exp.Boolean, exp.Paren)) else exp.Paren(this=test)


def _joined(parts: Sequence[exp.Expr], kind: type[exp.And | exp.Or]) -> exp.Expr:
    found: exp.Expr | None = None
    for part in parts:
        safe = exp.Paren(this=part) if isinstance(part, (exp.And, exp.Or)) else part
        found = safe if found is None else kind(this=found, expression=safe)
    assert found is not None
    return found


def operands(program: Atoms, plane: Plane) -> tuple[Plane, ...]:
    """The planes of which a plane is made."""
    instruction = program.instructions[plane]
    if instruction.op is Op.EQUAL:
        return ()
    return (instruction.a,) if instruction.op is Op.NOT else (instruction.a, instruction.b)


def laid_out(
    program: Atoms,
    roots: Iterable[Plane],
    strategy: Strategy,
    *,
    taken: Iterable[str] = (),
    limit: int | None = None,
) -> Layout:
    """Lays out the planes that the roots hang on. roots: each as often as it is written.

    taken: names that no staged column may have.
    """
    uses = _uses(program, roots)
    limit = _LIMIT[strategy] if limit is None else limit
    places = _places(program, uses, set(taken))
    prefix = "g"
    while any(name.startswith(prefix) and name[len(prefix) :].isdigit() for name in taken):
        prefix += "g"
    names: dict[Plane, str] = {}
    sizes: dict[Plane, int] = {}
    depths: dict[Plane, int] = {}
    layers: dict[Plane, int] = {}
    rows: list[list[Plane]] = []
    total = 0
    reads: set[str] = set()
    for plane in sorted(uses):
        below = operands(program, plane)
        atom = program.atom_of(plane)
        if atom is None:
            size = sum(1 if p in names else sizes[p] for p in below if p >= 0)
            depth = 1 + max((0 if p in names else depths[p] for p in below if p >= 0), default=0)
        else:
            is_placed = isinstance(atom, OneOf) and atom.columns in places
            size, depth = 1 if is_placed else size_of(atom), 0
            reads |= columns_of(atom)
        layer = max((layers[p] + (p in names) for p in below if p >= 0), default=0)
        sizes[plane], depths[plane], layers[plane] = size, depth, layer
        if (uses[plane] > 1 and size > limit) or (atom is None and depth > DEEPEST):
            names[plane] = f"{prefix}{len(names) + 1}"
            if layer == len(rows):
                rows.append([])
            rows[layer].append(plane)
            total += size
    if len(names) + len(places) + len(reads) > MOST_COLUMNS and limit < total:
        return laid_out(program, roots, strategy, taken=taken, limit=2 * limit)
    total += sum(1 if p in names else sizes[p] for p in roots if p >= 0)
    return Layout(
        program, strategy, names, places, tuple(map(tuple, rows)), total, frozenset(reads)
    )


def _places(
    program: Atoms, planes: Iterable[Plane], taken: set[str]
) -> Mapping[Columns, tuple[str, tuple[str, ...]]]:
    """Texts of few words that are tested more than once: looked up once, then numbers are compared."""
    asked: dict[Columns, int] = {}
    among: dict[Columns, tuple[str, ...]] = {}
    for plane in sorted(planes):
        atom = program.atom_of(plane)
        if isinstance(atom, OneOf) and atom.among:
            asked[atom.columns] = asked.get(atom.columns, 0) + 1
            among[atom.columns] = atom.among
    found: dict[Columns, tuple[str, tuple[str, ...]]] = {}
    for columns, times in asked.items():
        if times > 1:
            name = f"{'_'.join(columns)}_place"[:LONGEST]
            while name in taken:
                name = f"{name[: LONGEST - 1]}_"
            taken.add(name)
            found[columns] = name, among[columns]
    return found


def _uses(program: Atoms, roots: Iterable[Plane]) -> dict[Plane, int]:
    """How often each plane is named by another or by a root."""
    uses: dict[Plane, int] = {}
    stack: list[Plane] = []
    for root in roots:
        if root >= 0:
            uses[root] = uses.get(root, 0) + 1
            if uses[root] == 1:
                stack.append(root)
    while stack:
        for below in operands(program, stack.pop()):
            if below >= 0:
                uses[below] = uses.get(below, 0) + 1
                if uses[below] == 1:
                    stack.append(below)
    return uses


def cheaper(one: Layout, other: Layout) -> Layout:
    """The layout that is estimated to be less work; the first, if they are alike.

    Of a long inlined text the planning alone takes longer than a million rows: 25 s of DuckDB's for
    the right `stay` of the whole library, against 1 s where its gates are staged.
    """
    fit = [
        layout
        for layout in (one, other)
        if layout.strategy is Strategy.STAGED or layout.size <= LONGEST_INLINED
    ]
    return min(fit or (one, other), key=lambda layout: layout.cost)
