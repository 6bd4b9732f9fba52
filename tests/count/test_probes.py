"""The probes themselves: enough of them, each with its rule, all of them on the page."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.count.dialect_rules import broken_rules
from tests.count.probe_page import PAGE, page
from tests.count.probes import PROBES, Probe


def test_the_page_is_what_the_probes_say() -> None:
    assert page() == PAGE.read_text(encoding="utf-8"), "run `python -m tests.count.probe_page`"


def test_every_probe_has_a_name_and_a_question_of_its_own() -> None:
    assert len(PROBES) >= 30
    for of in (lambda probe: probe.name, lambda probe: probe.sql):
        assert [] == [what for what, count in Counter(map(of, PROBES)).items() if count > 1]


@pytest.mark.parametrize("probe", [p for p in PROBES if not p.is_agreed], ids=lambda p: p.name)
def test_where_engines_differ_comity_has_a_rule(probe: Probe) -> None:
    assert probe.rule
    assert len(probe.answers) == 3


STOPS = "sum of BIGINT above BIGINT"
"""The one difference that no rule keeps away: one engine stops where the others go on, all rightly."""


@pytest.mark.parametrize("probe", [p for p in PROBES if not p.is_agreed], ids=lambda p: p.name)
def test_a_query_on_which_engines_differ_breaks_a_rule(probe: Probe) -> None:
    assert bool(broken_rules(probe.sql)) is (probe.name != STOPS)


LIKE_THE_COMPILERS = """
WITH facts AS (
  SELECT p."host", p."persons",
    CASE WHEN p."age" >= 18 AND p."status" IN ('refugee', 'stateless') THEN 2
      WHEN p."age" < 18 THEN 1 ELSE 0 END AS "level",
    CAST(p."arrived" + INTERVAL 60 MONTH AS DATE) <= DATE '2026-11-24' AS "settled"
  FROM "people" AS p
), cells AS (
  SELECT f."host", f."level", COALESCE(SUM(CAST(f."persons" AS DECIMAL(38, 0))), 0) AS "certain",
    COUNT(*) FILTER (WHERE f."settled" IS TRUE) AS "rows", MOD(f."level", 2) AS "odd"
  FROM facts AS f GROUP BY f."host", f."level"
)
SELECT c."host", c."level", c."certain", SUM(c."certain") OVER (PARTITION BY c."host") AS "margin"
FROM cells AS c WHERE c."certain" >= 10 AND (c."level" & 3) = 2
ORDER BY c."host" NULLS LAST, c."level" NULLS LAST
"""


def test_a_query_that_keeps_to_the_common_part_breaks_none() -> None:
    assert [] == broken_rules(LIKE_THE_COMPILERS)
