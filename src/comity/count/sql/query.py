"""One self-contained query from a regime: over a user's table, counts of persons or one row a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from comity.agreement.many.evaluator import Evaluator
from comity.agreement.many.program import Plane
from comity.count.sql.asking import Asked, Atoms, Available
from comity.count.sql.atoms import column, number, place_of
from comity.count.sql.cells import OUTPUT, WEIGHT, count_stages
from comity.count.sql.common import Stages, common
from comity.count.sql.faults import NoPurpose, NoSuchColumn, NoSuchDialect, NothingAsked
from comity.count.sql.header import Stamp, header
from comity.count.sql.positions import decided_by, named, positions_of, rank_of
from comity.count.sql.schema import (
    HOST,
    TABLE,
    InputSchema,
    Part,
    column_name,
    schema_of,
    table_named,
)
from comity.count.sql.schema import WEIGHT as WEIGHT_COLUMN
from comity.count.sql.stages import Layout, Strategy, cheaper, laid_out
from comity.count.sql.words import nodes_above, nodes_words

DIALECTS = ("duckdb", "postgres", "spark")
LEVEL = "level"
"""The word among the grouping columns that tells levels apart."""
PURPOSE = "purpose"
WIDEST = 2000
"""Characters up to which a list stands in one line; a list of all States has about 1,300."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of the data.

    by: grouping columns, `level` among them if levels are told apart; of rows, columns to keep.
    columns: those of the user's table; None: all of the schema but those for what is partly known.
    rows: one row a person, which needs a purpose. deciding: with the norm that decides.
    strategy: None: the one estimated to be cheaper.
    """

    by: tuple[str, ...] = (LEVEL,)
    columns: frozenset[str] | None = None
    rows: bool = False
    purpose: str | None = None
    deciding: bool = False
    table: str = TABLE
    strategy: Strategy | None = None


@dataclass(frozen=True, slots=True)
class SqlQuery:
    """A query and what is to be known of it. reads, missing: columns of the schema."""

    text: str
    strategy: Strategy
    reads: tuple[str, ...]
    missing: tuple[str, ...]
    names: tuple[str, ...]


def make_query(
    evaluator: Evaluator, request: Request, dialect: str, stamp: Stamp | None = None
) -> SqlQuery:
    """The query for the rights of an evaluator. Raises SqlError (E493 to E499)."""
    return _Maker(evaluator, request, dialect, stamp or Stamp()).made()


class _Maker:
    def __init__(self, evaluator: Evaluator, request: Request, dialect: str, stamp: Stamp) -> None:
        if dialect not in DIALECTS:
            raise NoSuchDialect(f"`{dialect[:40]}` is no dialect that comity writes")
        if request.rows and not (request.purpose or "").strip():
            raise NoPurpose("one row a person is asked for, without a purpose")
        self.evaluator, self.request, self.dialect, self.stamp = evaluator, request, dialect, stamp
        self.schema: InputSchema = schema_of(evaluator)
        self.available = Available(self.schema, self._available())
        self.by_level = LEVEL in request.by and not request.rows
        self.by = self._groups()
        self.program = Atoms()
        self.asked = Asked(evaluator, self.available, self.program)
        rules, rights = evaluator.rules, evaluator.rights or ()
        if not any((*rules.guarantees(one), *rules.limits(one)) for one in rights):
            raise NothingAsked("no right that was asked for is bounded by the regime")
        self.positions = [positions_of(evaluator, name, self.asked) for name in rights]
        self.layout = self._layout()

    # ---- what the table has ----
    def _available(self) -> frozenset[str]:
        given = self.request.columns
        if given is None:
            return self.schema.plain
        if HOST not in given:
            raise NoSuchColumn("the table has no column `host`: which norms bind hangs on it")
        return given & self.schema.by_name.keys()

    def _groups(self) -> Mapping[str, str]:
        """The grouping columns by the names that they have within the query."""
        found: list[str] = []
        kept = (PURPOSE, *self._outputs()) if self.request.rows else OUTPUT
        for word in self.request.by:
            if word == LEVEL and not self.request.rows:
                continue
            of_fact = column_name(word)
            name = of_fact if of_fact in self.schema.by_name else word
            if not self._has(name):
                raise NoSuchColumn(f"`{word[:60]}` is no column of the table")
            if name in kept:
                raise NoSuchColumn(
                    f"`{name}` is a column of the answer",
                    suggestion="rename the column of your table",
                )
            if name not in found:
                found.append(name)
        return {f"by_{place}": name for place, name in enumerate(found, start=1)}

    def _has(self, name: str) -> bool:
        if self.request.columns is not None:
            return name in self.request.columns
        # a table may have further columns of its own; it is the engine that knows
        return name in self.schema.by_name or name == column_name(name)

    def _outputs(self) -> list[str]:
        ends = ["lower", "lower_possible", "upper", "upper_possible"]
        if self.request.deciding:
            ends += ["by", "limited_by"]
        return [f"{right}_{end}" for right in self.evaluator.rights or () for end in ends]

    # ---- how it is laid out ----
    def _roots(self) -> Iterable[Plane]:
        for one in self.positions:
            deciding = self.request.deciding and self.request.rows
            yield from one.lower.roots(deciding=deciding)
            yield from one.lower_possible.roots(deciding=False)
            if self.request.rows:
                yield from one.upper.roots(deciding=False)
                yield from one.upper_possible.roots(deciding=deciding)

    def _layout(self) -> Layout:
        taken = {*self.schema.by_name, *self.by.values()}
        roots = list(self._roots())

        def laid(strategy: Strategy) -> Layout:
            return laid_out(self.program, roots, strategy, taken=taken)

        if self.request.strategy is not None:
            return laid(self.request.strategy)
        return cheaper(laid(Strategy.STAGED), laid(Strategy.INLINED))

    # ---- stages ----
    def made(self) -> SqlQuery:
        """The text."""
        stages = Stages()
        reads = self._read_stage(stages)
        self._gate_stages(stages)
        self._position_stage(stages)
        if self.request.rows:
            last = self._rows(stages)
        else:
            last = count_stages(stages, self.positions, self.by, by_level=self.by_level)
        names = tuple(one.alias_or_name for one in last.selects)
        text = stages.query(last).sql(self.dialect, pretty=True, max_text_width=WIDEST)
        missing = self._missing(reads)
        head = header(
            self.evaluator,
            self.stamp,
            missing=missing,
            unused=self._unused(),
            table=self.request.table,
            purpose=self.request.purpose if self.request.rows else None,
            strategy=self.layout.strategy,
        )
        return SqlQuery(f"{head}{text}\n", self.layout.strategy, reads, missing, names)

    def _read_stage(self, stages: Stages) -> tuple[str, ...]:
        """The columns that are read, the grouping columns and the weight."""
        wanted = set(self.layout.reads)
        for one in self.positions:
            for _, bound in one.bounds():
                wanted |= {name for read in bound.reads for name in read.columns}
        reads = [name for name in self.schema.by_name if name in wanted]
        places = [name for name, _ in self.layout.places.values()]
        self.inner = {
            of: _fresh(of, {*self.schema.by_name, *self.layout.names.values(), *places})
            for of in (*self.by, WEIGHT)
        }
        select = exp.select(*map(column, reads))
        for of, name in self.by.items():
            select = select.select(exp.alias_(column(name), self.inner[of], quoted=True))
        weight: exp.Expr = number(1)
        if WEIGHT_COLUMN in self.available.names:
            weight = exp.Coalesce(this=column(WEIGHT_COLUMN), expressions=[weight])
        weight = exp.cast(weight, exp.DType.BIGINT)
        select = select.select(exp.alias_(weight, self.inner[WEIGHT], quoted=True))
        table = table_named(self.request.table)
        name = _fresh("people", {part.lower() for part in self.request.table.split(".")})
        stages.add(name, select.from_(table))
        return tuple(reads)

    def _gate_stages(self, stages: Stages) -> None:
        makes: dict[Plane, list[str]] = {}
        for one in self.positions:
            for _, bound in one.bounds():
                for made in (*bound.deciders, *bound.branches):
                    makes.setdefault(made.plane, []).extend(made.nodes)
                for read in bound.reads:
                    makes.setdefault(read.plane, []).append(read.node)
        above = nodes_above(self.program, self.layout.names, makes)
        regime = self.evaluator.regime
        if self.layout.places:
            select = exp.select(exp.Star()).from_(common(stages.last))
            for columns, (name, among) in self.layout.places.items():
                place = exp.alias_(place_of(columns, among), name, quoted=True)
                select = select.select(place, copy=False)
            self._fenced(stages, "places", select)
        for number_, layer in enumerate(self.layout.layers, start=1):
            select = exp.select(exp.Star()).from_(common(stages.last))
            for plane in layer:
                of = makes.get(plane) or above[plane]
                word = "effective" if plane in makes else "part of"
                gate = exp.alias_(
                    self.layout.plane(plane, defining=True), self.layout.names[plane], quoted=True
                )
                gate.add_comments([f" {word}: {nodes_words(regime, of)} "])
                select = select.select(gate, copy=False)
            self._fenced(stages, f"stage_{number_}", select)

    def _fenced(self, stages: Stages, name: str, select: exp.Select) -> None:
        """Adds a stage whose columns PostgreSQL shall not write out again wherever they are used."""
        stages.add(name, select.offset(0) if self.dialect == "postgres" else select)

    def _position_stage(self, stages: Stages) -> None:
        select = exp.select(
            *(exp.alias_(column(self.inner[of]), of, quoted=True) for of in (*self.by, WEIGHT))
        ).from_(common(stages.last))
        for one in self.positions:
            name = one.right.name
            for end, bound in one.bounds():
                if self.request.rows or bound.is_lower:
                    rank = rank_of(bound, self.layout)
                    select = select.select(
                        exp.alias_(rank, f"{name}_{end}", quoted=True), copy=False
                    )
            if self.request.rows and self.request.deciding:
                for end, bound in (("by", one.lower), ("limited_by", one.upper_possible)):
                    decider = decided_by(bound, self.layout)
                    select = select.select(
                        exp.alias_(decider, f"{name}_{end}", quoted=True), copy=False
                    )
        self._fenced(stages, "positions", select)

    def _rows(self, stages: Stages) -> exp.Select:
        select = exp.select(
            *(exp.alias_(column(of), name, quoted=True) for of, name in self.by.items())
        ).from_(common(stages.last))
        for one in self.positions:
            name = one.right.name
            for end, bound in one.bounds():
                output = f"{name}_{end}"
                ranks = range(one.right.top + 1) if bound.reads else sorted(bound.ranks)
                word = named(one.right, column(output), ranks)
                select = select.select(exp.alias_(word, output, quoted=True), copy=False)
            if self.request.deciding:
                select = select.select(column(f"{name}_by"), column(f"{name}_limited_by"))
        purpose = exp.Literal.string((self.request.purpose or "").strip())
        return select.select(exp.alias_(purpose, PURPOSE, quoted=True))

    # ---- what the head says ----
    def _missing(self, reads: Sequence[str]) -> tuple[str, ...]:
        """Facts on which an answer hangs and of which the table says nothing."""
        return tuple(
            column_name(key) for key in self.schema.by_key if key and not self.available.says(key)
        )

    def _unused(self) -> tuple[str, ...]:
        if self.request.columns is not None:
            return ()
        parts = {
            Part.LOW: "_from",
            Part.HIGH: "_to",
            Part.BUT: "_not",
            Part.WEIGHT: "the weight `persons`",
        }
        found = dict.fromkeys(parts[one.part] for one in self.schema.columns if one.is_optional)
        return tuple(f"the columns {one}" if one.startswith("_") else one for one in found)


def _fresh(name: str, taken: Iterable[str]) -> str:
    """A name that is not taken."""
    others = set(taken)
    while name in others:
        name += "_"
    return name


__all__ = ["DIALECTS", "Request", "SqlQuery", "make_query"]
