"""Common tables: the stages of a query, each made from those before it."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import exp

from comity.count.sql.schema import quoted


@dataclass
class Stages:
    """Common tables in order."""

    select: list[tuple[str, exp.Query]] = field(default_factory=list)

    @property
    def last(self) -> str:
        """The name of the last one."""
        return self.select[-1][0]

    def add(self, name: str, select: exp.Query) -> None:
        """Adds one."""
        self.select.append((name, select))

    def query(self, last: exp.Select) -> exp.Select:
        """A query over them."""
        ctes = [
            exp.CTE(this=select, alias=exp.TableAlias(this=quoted(name)))
            for name, select in self.select
        ]
        last.set("with_", exp.With(expressions=ctes))
        return last


def common(name: str) -> exp.Table:
    """A common table by its name."""
    return exp.Table(this=quoted(name))
