"""Microdata: one row a person, drawn from stated distributions. Synthetic: nobody is in it.

The counts of people by host, origin, category and sex are those of the population; everything
else of a row is drawn, from a published distribution where there is one (`COLUMNS` says which).
Rows are for load, for tests and for readers that need one row a person. A count of such rows by
age or by status is no finding about the world.

Belongs here: the columns, the drawing, Arrow, the Parquet files. Does not belong here: a position,
a count under an agreement.
"""

from __future__ import annotations

from comity.world.microdata.columns import COLUMNS, STATED, Column, Kind
from comity.world.microdata.drawn import BLOCK, blocks, hosts, people_in

__all__ = ["BLOCK", "COLUMNS", "STATED", "Column", "Kind", "blocks", "hosts", "people_in"]
