"""Powers of States and of bodies, read from a small text and from the drafts of the library."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from comity.api.regimes import Read, read_regime
from comity.profile.powers import body_powers, state_powers

ON = date(2026, 12, 1)
TEXT = """---
id: empowered
title: An agreement with powers
force: binding
status: draft
exercised: {"2.1": [KEN from 2020-01-01, TUR from 2027-01-01]}
parties: [KEN, SWE, TUR]
paragraphs: unknown
counted_from: a test agreement
review_by: 2027-11-30
---

# Powers

## Article 1. Who asks

```comity
parameter P_wait = 3 months, at most 6 months
rule 1.1: guarantee stay at least temporary, permit at least 12 months
  when claims
rule 1.2: limit work at most same_employer
  when claims
rule 1.3: guarantee decision at most P_wait
  when claims
```

## Article 2. Difficulties

```comity
power 2.1 "difficulties": may set aside 1.1, 1.2
power 2.2: may grant stay at least protected
```

## Article 3. Groups

The Board declares a group protected.

The Assembly moves numbers within their bounds.

```comity
rule 3.1: guarantee stay at least humanitarian
  when status.group
```

## Article 4. Minutes

The Board decides on its minutes.
"""


@cache
def read() -> Read:
    """The agreement above."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empowered.md"
        path.write_text(TEXT, encoding="utf-8")
        return read_regime(str(path))


def test_a_power_opens_what_the_guarantees_that_it_sets_aside_give() -> None:
    regime = read().regime
    first, second = state_powers(regime, regime.by_id["empowered"], ON)
    assert first.sets_aside == ("empowered/1.1", "empowered/1.2")
    assert first.opens == {"stay": 3, "permit": 12}
    assert (first.grants, second.grants) == (None, ("stay", 5))
    assert second.opens == {}


def test_a_power_is_exercised_by_those_that_declared_it_by_the_day() -> None:
    regime = read().regime
    text = regime.by_id["empowered"]
    for on, states in (
        (date(2019, 12, 31), frozenset()),
        (ON, frozenset({"KEN"})),
        (date(2027, 1, 1), frozenset({"KEN", "TUR"})),
    ):
        assert states == next(state_powers(regime, text, on)).exercised


def test_what_a_body_decides_is_read_from_its_article() -> None:
    regime = read().regime
    found = body_powers(regime, regime.by_id["empowered"], ON)
    assert [
        ("finding", "3", ("status.group",), ("empowered/3.1",), None),
        ("parameter", "3", ("empowered/P_wait",), ("empowered/1.3",), (3, 6)),
    ] == [(p.kind, p.article, p.facts, p.keys, p.bounds) for p in found.powers]
    assert found.unread == ("4",)


def test_the_committee_of_the_draft_convention_measures_danger() -> None:
    regime = read_regime("imfc").regime
    found = body_powers(regime, regime.by_id["imfc"], ON)
    by_fact = {p.facts[0]: p for p in found.powers}
    assert by_fact["place.degree"].article == "38"
    assert "imfc/term tier" in by_fact["place.degree"].keys
    assert by_fact["place.assured"].article == "13"
    assert by_fact["removal.interim_measure"].keys == ("imfc/39.1",)
    assert by_fact["imfc/P_temporary"].article == "annexC"


def test_the_regional_committee_finds_which_elements_are_funded() -> None:
    regime = read_regime("rmc_north_central_america").regime
    found = body_powers(regime, regime.by_id["rmc_north_central_america"], ON)
    elements = [p for p in found.powers if p.kind == "element"]
    assert [("5", 10)] == [(p.article, len(p.facts)) for p in elements]
    assert "rmc_north_central_america/19.1" in elements[0].keys


def test_a_text_without_bodies_gives_them_nothing() -> None:
    regime = read_regime("stca").regime
    assert body_powers(regime, regime.by_id["stca"], ON).powers == ()
