"""What SQL means on the three engines: one probe a question, its answer on each, comity's rule.

A probe is written in DuckDB's words and carried over by sqlglot, as the compiler's queries are. The
answers here are golden: `test_engines_agree` runs every probe, and the table of
docs/explanation/sql_semantics.md is made from them (`python -m tests.count.probe_page` writes it).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlglot
from sqlglot import ErrorLevel

ENGINES = ("duckdb", "postgres", "spark")


@dataclass(frozen=True, slots=True)
class Probe:
    """A question, a query that asks it, what DuckDB, PostgreSQL and Spark answer, and the rule.

    answers: one text for all three, or three. Rows are parted by `; ` and values by `, `.
    """

    name: str
    sql: str
    answers: tuple[str, ...]
    rule: str = ""

    @property
    def is_agreed(self) -> bool:
        """Whether all three say the same."""
        return len(set(self.answers)) == 1

    def on(self, engine: str) -> str:
        """What an engine answers."""
        return self.answers[0] if len(self.answers) == 1 else self.answers[ENGINES.index(engine)]

    def text(self, engine: str) -> str:
        """The query in the engine's own words; what sqlglot cannot carry over is an error."""
        found = sqlglot.transpile(
            self.sql, read="duckdb", write=engine, unsupported_level=ErrorLevel.RAISE
        )
        assert len(found) == 1
        return found[0]


def agreed(name: str, sql: str, answer: str, rule: str = "") -> Probe:
    """A probe of which all three say the same."""
    return Probe(name, f"SELECT {sql}", (answer,), rule)


def differing(name: str, sql: str, duckdb: str, postgres: str, spark: str, *, rule: str) -> Probe:
    """A probe on which they do not agree; then there is a rule that keeps comity away from it."""
    assert len({duckdb, postgres, spark}) > 1 and rule
    return Probe(name, f"SELECT {sql}", (duckdb, postgres, spark), rule)


_T = "FROM (VALUES {}) AS t({})"


def _of(values: str, names: str = "x") -> str:
    return _T.format(values, names)


_MONTHS = "months are added to a date as one interval, never one after the other"
_NO_DIFFERENCE = "no difference in months or years: `date + n months` is compared"
_NO_CAST = "a fraction is never cast to an integer: `FLOOR` or `ROUND` of a decimal says which"
_DIVIDE = "a divisor stands in `NULLIF(b, 0)`"
_WIDE = "products are of BIGINT; an overflow stops the query on all three"
_EQUAL = "texts are compared for equality alone"
_READ = "text becomes a number at the edge, where a pattern is checked, and never in a query"

DATES = (
    agreed(
        "month end", "CAST(DATE '2023-01-31' + INTERVAL 1 MONTH AS DATE)", "2023-02-28", _MONTHS
    ),
    agreed("leap month end", "CAST(DATE '2024-01-31' + INTERVAL 1 MONTH AS DATE)", "2024-02-29"),
    agreed(
        "leap day + 12 months", "CAST(DATE '2024-02-29' + INTERVAL 12 MONTH AS DATE)", "2025-02-28"
    ),
    agreed(
        "month end - 1 month", "CAST(DATE '2024-03-31' - INTERVAL 1 MONTH AS DATE)", "2024-02-29"
    ),
    agreed(
        "a month, then a month",
        "CAST(CAST(DATE '2024-01-31' + INTERVAL 1 MONTH AS DATE) + INTERVAL 1 MONTH AS DATE)",
        "2024-03-29",
        _MONTHS,
    ),
    agreed(
        "months from a column",
        "CAST(d + n * INTERVAL 1 MONTH AS DATE) "
        + _of("(DATE '2024-01-31', 1), (DATE '2024-01-31', 13)", "d, n")
        + " ORDER BY n",
        "2024-02-29; 2025-02-28",
    ),
    agreed(
        "days over a leap day", "CAST(DATE '2024-02-28' + INTERVAL 2 DAY AS DATE)", "2024-03-01"
    ),
    agreed("days between", "DATE_DIFF('day', DATE '2024-02-28', DATE '2024-03-01')", "2"),
    differing(
        "years between",
        "DATE_DIFF('year', DATE '2023-12-31', DATE '2024-01-01')",
        "1",
        "1",
        "0",
        rule=_NO_DIFFERENCE,
    ),
    differing(
        "months between",
        "DATE_DIFF('month', DATE '2024-01-31', DATE '2024-02-01')",
        "1",
        "1",
        "0",
        rule=_NO_DIFFERENCE,
    ),
    differing(
        "date minus date",
        "DATE '2024-03-01' - DATE '2024-02-28'",
        "2",
        "2",
        "2 days",
        rule="days between dates are counted by `DATE_DIFF` of days",
    ),
    agreed(
        "date and text",
        "DATE '2024-01-02' = '2024-01-02'",
        "true",
        "dates are written `DATE '...'`",
    ),
)

NUMBERS = (
    differing("2.5 as integer", "CAST(2.5 AS INT)", "3", "3", "2", rule=_NO_CAST),
    differing("-2.5 as integer", "CAST(-2.5 AS INT)", "-3", "-3", "-2", rule=_NO_CAST),
    agreed("floor below zero", "CAST(FLOOR(-2.5) AS INT)", "-3"),
    agreed("round half, decimal", "CAST(ROUND(2.5) AS INT), CAST(ROUND(-2.5) AS INT)", "3, -3"),
    differing(
        "round half, double",
        "CAST(ROUND(CAST(2.5 AS DOUBLE)) AS INT)",
        "3",
        "2",
        "3",
        rule="doubles are not rounded in SQL: weights come back as they are",
    ),
    differing("1 / 0", "1 / 0", "inf", "error", "error", rule=_DIVIDE),
    agreed("1 // 0", "1 // 0", "error", _DIVIDE),
    agreed("division under NULLIF", "1 / NULLIF(0, 0), 1 // NULLIF(0, 0)", "NULL, NULL", _DIVIDE),
    agreed("7 / 2", "7 / 2", "3.5", "sqlglot writes the cast that PostgreSQL needs"),
    agreed("integer division", "7 // 2, (-7) // 2", "3, -3", "it cuts towards zero, not down"),
    agreed("remainder", "7 % 3, (-7) % 3", "1, -1", "the remainder has the dividend's sign"),
    differing(
        "decimal 10 / 3",
        "CAST(10 AS DECIMAL(10, 2)) / CAST(3 AS DECIMAL(10, 2))",
        "3.3333333333333335",
        "3.3333333333333333",
        "3.3333333333333",
        rule="money is in minor units, a fraction is compared by multiplying both sides",
    ),
    agreed(
        "decimal product", "CAST(1.25 AS DECIMAL(10, 2)) * CAST(1.1 AS DECIMAL(10, 1))", "1.375"
    ),
    agreed("decimals sum exactly", "0.1 + 0.2 = 0.3", "true"),
    agreed(
        "doubles do not",
        "CAST(0.1 AS DOUBLE) + CAST(0.2 AS DOUBLE) = CAST(0.3 AS DOUBLE)",
        "false",
        "no double in a condition",
    ),
    agreed("INTEGER overflow", "CAST(2147483647 AS INT) + CAST(1 AS INT)", "error", _WIDE),
    agreed("SMALLINT product", "CAST(300 AS SMALLINT) * CAST(300 AS SMALLINT)", "error", _WIDE),
    agreed(
        "BIGINT overflow", "CAST(9223372036854775807 AS BIGINT) + CAST(1 AS BIGINT)", "error", _WIDE
    ),
    agreed("cast out of range", "CAST(70000 AS SMALLINT)", "error"),
    agreed("a literal above INTEGER", "3000000000", "3000000000"),
    agreed("sum of INTEGER above INTEGER", "SUM(x) " + _of("(2147483647), (1)"), "2147483648"),
    differing(
        "sum of BIGINT above BIGINT",
        "SUM(x) " + _of("(CAST(9223372036854775807 AS BIGINT)), (CAST(1 AS BIGINT))"),
        "9223372036854775808",
        "9223372036854775808",
        "error",
        rule="no register reaches it; Spark stops, and answers nothing else",
    ),
    agreed(
        "the same as decimals",
        "SUM(CAST(x AS DECIMAL(38, 0))) "
        + _of("(CAST(9223372036854775807 AS BIGINT)), (CAST(1 AS BIGINT))"),
        "9223372036854775808",
    ),
    differing(
        "average",
        "AVG(x) " + _of("(1), (2)"),
        "1.5",
        "1.5000000000000000",
        "1.5",
        rule="no AVG: a sum and a count come back",
    ),
    agreed("bits", "5 & 3, 5 | 3, XOR(5, 3), ~5, 8 >> 1", "1, 7, 6, -6, 4"),
    agreed("a mask is tested", "(6 & 3) = 2", "true", "always in brackets"),
    agreed("a wide shift", "CAST(1 AS BIGINT) << 40", "1099511627776"),
    differing(
        "a shift into the sign",
        "CAST(1 AS INT) << 31",
        "error",
        "-2147483648",
        "-2147483648",
        rule="masks are written as numbers, of BIGINT",
    ),
)

UNKNOWN = (
    agreed(
        "NULL and", "NULL AND FALSE, NULL AND TRUE", "false, NULL", "strong Kleene, as in explain"
    ),
    agreed("NULL or", "NULL OR TRUE, NULL OR FALSE", "true, NULL"),
    agreed("not NULL", "NOT CAST(NULL AS BOOLEAN)", "NULL"),
    agreed("NULL = NULL", "CAST(NULL AS INT) = CAST(NULL AS INT)", "NULL"),
    agreed(
        "IS DISTINCT FROM", "NULL IS DISTINCT FROM 1, NULL IS NOT DISTINCT FROM NULL", "true, true"
    ),
    agreed(
        "IS TRUE",
        "CAST(NULL AS BOOLEAN) IS TRUE, CAST(NULL AS BOOLEAN) IS NOT FALSE",
        "false, true",
        "`IS TRUE` is certain, `IS NOT FALSE` possible",
    ),
    agreed("IN with NULL", "1 IN (2, NULL), 1 IN (1, NULL)", "NULL, true"),
    agreed("NOT IN with NULL", "1 NOT IN (2, NULL)", "NULL", "no NULL in a list"),
    agreed("NULL in a list", "CAST(NULL AS INT) IN (1)", "NULL"),
    agreed(
        "CASE at NULL",
        "CASE WHEN CAST(NULL AS BOOLEAN) THEN 1 ELSE 2 END",
        "2",
        "an unknown condition takes the other branch: certain and possible are two columns",
    ),
    agreed("CASE without ELSE", "CASE WHEN 1 = 2 THEN 1 END", "NULL", "ELSE is always written"),
    agreed("CASE x WHEN NULL", "CASE CAST(NULL AS INT) WHEN NULL THEN 1 ELSE 2 END", "2"),
    agreed(
        "CASE stops at the first",
        "CASE WHEN x = 0 THEN -1 WHEN 1 // x > 0 THEN 1 ELSE 0 END " + _of("(0)"),
        "-1",
    ),
    agreed("WHERE at NULL", "COUNT(*) " + _of("(1), (NULL)") + " WHERE x <> 2", "1"),
    agreed(
        "GREATEST and LEAST pass over NULL",
        "GREATEST(1, NULL), LEAST(1, NULL)",
        "1, 1",
        "not so in other databases: each argument stands in COALESCE",
    ),
    agreed("COALESCE widens", "COALESCE(CAST(NULL AS INT), 1.5)", "1.5"),
    agreed("COALESCE of two types", "COALESCE(CAST(NULL AS INT), 'a')", "error"),
    agreed("NULLIF", "NULLIF(1, 1), NULLIF(1, NULL)", "NULL, 1"),
    agreed(
        "a boolean summed",
        "SUM(CASE WHEN x THEN 1 ELSE 0 END) " + _of("(TRUE), (NULL)"),
        "1",
        "a boolean is counted by CASE, not by a cast",
    ),
    agreed("a boolean cast", "CAST(TRUE AS INT), CAST(2 AS BOOLEAN)", "1, true"),
    differing(
        "a boolean and a number",
        "TRUE = 1",
        "true",
        "error",
        "error",
        rule="booleans are only asked",
    ),
)

GROUPS = (
    agreed(
        "nothing summed",
        "SUM(x), COUNT(x), COUNT(*) " + _of("(1)") + " WHERE x > 1",
        "NULL, 0, 0",
        "`COALESCE(SUM(...), 0)`",
    ),
    agreed(
        "NULLs summed", "SUM(x), COUNT(x), COUNT(*) " + _of("(CAST(NULL AS INT))"), "NULL, 0, 1"
    ),
    agreed(
        "FILTER",
        "COUNT(*) FILTER (WHERE x > 1), SUM(x) FILTER (WHERE x > 9) " + _of("(1), (2), (NULL)"),
        "1, NULL",
    ),
    agreed("COUNT DISTINCT", "COUNT(DISTINCT x) " + _of("(2), (NULL), (2)"), "1"),
    agreed(
        "NULL is a group",
        "x, COUNT(*) " + _of("(1), (NULL), (NULL)") + " GROUP BY x ORDER BY x NULLS FIRST",
        "NULL, 2; 1, 1",
    ),
    agreed(
        "ORDER BY at NULL",
        "x " + _of("(2), (NULL), (1)") + " ORDER BY x",
        "1; 2; NULL",
        "sqlglot writes NULLS LAST for Spark; comity writes it everywhere",
    ),
    agreed("descending", "x " + _of("(2), (NULL), (1)") + " ORDER BY x DESC", "2; 1; NULL"),
    agreed(
        "HAVING of the whole",
        "SUM(x) " + _of("(1)") + " HAVING SUM(x) >= 10",
        "",
        "no row, not a NULL",
    ),
    agreed(
        "GROUPING SETS",
        "g, SUM(x) "
        + _of("('a', 1), ('b', 2)", "g, x")
        + " GROUP BY GROUPING SETS ((g), ()) ORDER BY g NULLS LAST",
        "'a', 1; 'b', 2; NULL, 3",
        "a total cannot be told from a group of NULL: totals are queries of their own",
    ),
    agreed(
        "sum over a window",
        "x, SUM(x) OVER (PARTITION BY g) "
        + _of("('a', 1), ('a', 2), ('b', 3)", "g, x")
        + " ORDER BY x",
        "1, 3; 2, 3; 3, 3",
    ),
    agreed(
        "sum of sums",
        "g, SUM(SUM(x)) OVER () " + _of("('a', 1), ('b', 2)", "g, x") + " GROUP BY g ORDER BY g",
        "'a', 3; 'b', 3",
        "of cells and their margin, for complementary suppression",
    ),
    agreed(
        "a running sum takes peers together",
        "x, SUM(x) OVER (ORDER BY x) " + _of("(1), (1), (2)") + " ORDER BY x",
        "1, 2; 1, 2; 2, 4",
    ),
    agreed(
        "RANK at NULL",
        "x, RANK() OVER (ORDER BY x NULLS LAST) AS r " + _of("(2), (NULL), (1)") + " ORDER BY r",
        "1, 1; 2, 2; NULL, 3",
    ),
    agreed(
        "QUALIFY",
        "g "
        + _of("('a', 2), ('b', 3)", "g, x")
        + " QUALIFY ROW_NUMBER() OVER (ORDER BY x DESC) = 1",
        "'b'",
        "PostgreSQL has none: sqlglot writes a subquery, and so does comity",
    ),
    agreed(
        "UNION takes NULLs as one",
        "x FROM (SELECT 1 AS x UNION SELECT 1 UNION SELECT NULL UNION SELECT NULL) AS t "
        "ORDER BY x NULLS FIRST",
        "NULL; 1",
    ),
    agreed(
        "a join loses NULL keys",
        "a.x, b.y FROM (VALUES (1), (NULL)) AS a(x) LEFT JOIN (VALUES (1, 'k'), (NULL, 'n')) AS b(x, y) "
        "ON a.x = b.x ORDER BY a.x NULLS LAST",
        "1, 'k'; NULL, NULL",
        "`IS NOT DISTINCT FROM` where NULL is a key",
    ),
    Probe(
        "a common table is read twice",
        "WITH c AS (SELECT x FROM (VALUES (1), (2)) AS t(x)) "
        "SELECT (SELECT SUM(x) FROM c) + (SELECT COUNT(*) FROM c)",
        ("5",),
        "stages are common tables; nothing in them depends on chance or on the clock",
    ),
)

TEXTS = (
    agreed("the empty text is no NULL", "'' IS NULL, LENGTH('')", "false, 0"),
    agreed(
        "equality is exact", "'a' = 'A', 'a' = 'a ', 'é' = 'e\u0301'", "false, false, false", _EQUAL
    ),
    agreed("quotes and backslashes", "'it''s', 'a\\b'", "'it''s', 'a\\b'"),
    agreed("length in characters", "LENGTH('é'), LENGTH('\U0001f30d')", "1, 1"),
    differing(
        "upper and lower", "UPPER('straße')", "'STRAẞE'", "'STRASSE'", "'STRASSE'", rule=_EQUAL
    ),
    agreed("NULL in ||", "'a' || NULL", "NULL"),
    agreed(
        "NULL in CONCAT", "CONCAT('a', NULL)", "'a'", "sqlglot writes the COALESCE that Spark needs"
    ),
    differing(
        "LIKE and a backslash",
        "'a_c' LIKE 'a\\_c'",
        "false",
        "true",
        "true",
        rule="no LIKE without ESCAPE",
    ),
    agreed(
        "LIKE with ESCAPE",
        "'a_c' LIKE 'a!_c' ESCAPE '!', 'abc' LIKE 'a!_c' ESCAPE '!'",
        "true, false",
    ),
    differing(
        "SUBSTRING from 0", "SUBSTRING('abc', 0, 2)", "'a'", "'a'", "'ab'", rule="texts are not cut"
    ),
    differing("'2.5' as integer", "CAST('2.5' AS INT)", "3", "error", "error", rule=_READ),
    agreed("'a' as integer", "CAST('a' AS INT)", "error", _READ),
    agreed("' 5 ' as integer", "CAST(' 5 ' AS INT)", "5", _READ),
    differing(
        "TRY_CAST",
        "TRY_CAST('a' AS INT)",
        "NULL",
        "error",
        "NULL",
        rule="PostgreSQL has none, and sqlglot writes a CAST without a word: " + _READ,
    ),
    agreed("a number as text", "CAST(10 AS VARCHAR), CAST(TRUE AS VARCHAR)", "'10', 'true'"),
)

NAMES = (
    agreed(
        "a dot in a name",
        't."origin1.state" FROM (SELECT \'SYR\' AS "origin1.state") AS t GROUP BY t."origin1.state"',
        "'SYR'",
        "every name is quoted",
    ),
    differing(
        "names that differ in case",
        '"a", "A" FROM (SELECT 1 AS "a", 2 AS "A") AS t',
        "1, 1",
        "1, 2",
        "error",
        rule="names are in lower case",
    ),
    differing(
        "a name used beside its making",
        "1 AS x, x + 1 AS y",
        "1, 2",
        "error",
        "1, 2",
        rule="a stage uses the names of the stage before it only",
    ),
    agreed(
        "an alias that is also a column",
        "x % 2 AS x, COUNT(*) " + _of("(1), (2), (3)") + " GROUP BY x ORDER BY 1, 2",
        "0, 1; 1, 1; 1, 1",
        "it groups by the column: aliases are new names",
    ),
    agreed(
        "BETWEEN needs its order", "5 BETWEEN 9 AND 1, 5 BETWEEN SYMMETRIC 9 AND 1", "false, true"
    ),
    agreed(
        "a list holds", "LIST_CONTAINS([1, 2], 2)", "true", "sets are masks or codes, not lists"
    ),
    differing(
        "a list's length",
        "LEN(ARRAY_AGG(x)) " + _of("(1), (NULL)"),
        "2",
        "error",
        "error",
        rule="no lists: sqlglot carries this over wrongly",
    ),
    agreed("comments", "/* Article 14 */ 1", "1", "articles are named in block comments"),
)

PROBES = (*DATES, *NUMBERS, *UNKNOWN, *GROUPS, *TEXTS, *NAMES)


def shown(rows: Iterable[tuple[Any, ...]]) -> str:
    """An answer as the probes write it."""
    return "; ".join(", ".join(_shown(value) for value in row) for row in rows)


def _shown(value: object) -> str:
    match value:
        case None:
            return "NULL"
        case bool():
            return str(value).lower()
        case str():
            return "'" + value.replace("'", "''") + "'"
        case date():
            return value.isoformat()
        case timedelta():
            return f"{value.days} days"
        case int() | float() | Decimal():
            return str(value)
    raise AssertionError(f"no probe answers {type(value)}")
