"""A peer of `benchmarks.count`: the twenty rules as SQL written by hand, in DuckDB with one thread.

Two ways, both over a table of the register's own columns: an ordered `CASE` a right, the highest level
first, with everything written out where it bears; and, the fastest that was found, the greatest of the
levels over shared exceptions as columns of a subquery, with the countries joined from a small table
(an ordered `CASE` over the same subquery was no faster). Both add everybody's levels up, so that
nothing is handed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

EXCLUDED = "(convicted and threat >= 4 and not degree >= 4)"
UNSETTLED = "((convicted and threat >= 2) or absent > 365)"

PROTECTION = (
    """(degree >= 3 and likelihood >= 3 and ground <> 0 and not {excluded})
    or (degree >= 4 and immediacy >= 2)
    or (degree >= 5 and (immediacy >= 1 or likelihood >= 2))""",
    """(degree >= 2 and likelihood >= 4 and ground between 1 and 3 and not {excluded})
    or ({war} and degree >= 1 and not ({safe} and not family_here))
    or (stateless and (unaccompanied or family_here) and degree >= 2)""",
    """(claims and not {safe} and not (absconded and not unaccompanied))
    or (unaccompanied and age < 6575)
    or (recognised and (ties >= 1 or family_here))""",
)
"""When each level of protection is reached, the highest first."""

RESIDENCE = (
    """((stay >= 96 and language >= 60 and ties >= 2)
    or (stateless and stay >= 60 and absent <= 90)
    or ({friend} and work >= 120 and language >= 50)) and not {unsettled}""",
    """(threat < 3 and ((stay >= 60 and language >= 40 and absent <= 180)
    or (lawful_entry and work >= 48 and income >= 2000000)))
    or (recognised and stay >= 36)""",
    """(stay >= 24 and income >= 1200000 and not (absconded and not lawful_entry))
    or (family_here and ties >= 1 and stay >= 12)
    or (age < 6575 and stay >= 36)""",
    """(claims and stay >= 6) or (lawful_entry and work >= 3)""",
)

Groups = Mapping[str, tuple[int, ...]]
"""The places of the countries of each group."""


def inlined(groups: Groups) -> str:
    """One ordered `CASE` a right."""
    words = {
        "excluded": EXCLUDED,
        "unsettled": UNSETTLED,
        "war": f"origin in {groups['at_war']}",
        "friend": f"origin in {groups['friends']}",
        "safe": f"transit in {groups['safe_passage']}",
    }
    return _summed((_case(PROTECTION, words), _case(RESIDENCE, words)), "persons")


def staged(_groups: Groups) -> str:
    """The greatest of the levels, over shared conditions as columns and a joined list of countries."""
    source = f"""(select persons.*, {EXCLUDED} as excluded, {UNSETTLED} as unsettled,
  origins.war, origins.friend, transits.safe
  from persons join countries origins on origins.place = origin
  join countries transits on transits.place = transit)"""
    words = {name: name for name in ("excluded", "unsettled", "war", "friend", "safe")}
    return _summed((_greatest(PROTECTION, words), _greatest(RESIDENCE, words)), source)


def _case(levels: tuple[str, ...], words: Mapping[str, str]) -> str:
    top = len(levels)
    lines = [f"  when {said.format(**words)} then {top - n}" for n, said in enumerate(levels)]
    return "\n".join(["case", *lines, "  else 0 end"])


def _greatest(levels: tuple[str, ...], words: Mapping[str, str]) -> str:
    top = len(levels)
    each = [f"{top - n} * ({said.format(**words)})::tinyint" for n, said in enumerate(levels)]
    return f"greatest({', '.join(each)})"


def _summed(levels: tuple[str, str], source: str) -> str:
    protection, residence = levels
    return (
        f"select sum(protection), sum(residence) from "
        f"(select {protection} as protection, {residence} as residence from {source})"
    )


def loaded(persons: Mapping[str, NDArray[Any]], yes_no: tuple[str, ...], groups: Groups) -> Any:
    """A connection with the tables `persons`, yes/no as booleans, and `countries`; one thread."""
    import duckdb

    connection = duckdb.connect(config={"threads": 1})
    given = {
        field: values.view("?") if field in yes_no else values for field, values in persons.items()
    }
    connection.register("given", given)
    connection.execute("create table persons as select * from given")
    connection.unregister("given")
    connection.execute(
        f"create table countries as select place::smallint as place, place in {groups['at_war']} "
        f"as war, place in {groups['friends']} as friend, place in {groups['safe_passage']} as safe "
        "from range(256) every(place)"
    )
    return connection
