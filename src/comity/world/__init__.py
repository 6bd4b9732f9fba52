"""What is known about states, corridors and people: sources, snapshot, population, assumptions.

Belongs here: the record of each source and its defects; the packaged snapshot and the script
that builds it; countries and joins that lose nobody; the population of 2024 as weighted cells;
what a record knows of its people, and what a named set assumes; age, sex and stay with their
source; synthetic rows drawn from all that. Does not belong here: a position, a count under an
agreement, a model, a chart.

Everything but `listing.fetch_source` works with no network; everything but `listing.build_world`
and `sources` works with no mirror.
"""

from __future__ import annotations

from comity.world.errors import ERROR_CODES, ErrorCode, WorldError

__all__ = ["ERROR_CODES", "ErrorCode", "WorldError"]
