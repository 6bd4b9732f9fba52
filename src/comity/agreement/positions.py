"""Positions: what the norms in force leave a host to decide."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """A position of one right: ranks in the person's favour, the certain bounds and the possible ones.

    lower: surely guaranteed. lower_possible: guaranteed if open questions are answered so.
    upper: surely left open. upper_possible: left open if open questions are answered so.
    Source: design, section 2 ("Position").
    """

    lower: int
    lower_possible: int
    upper: int
    upper_possible: int
