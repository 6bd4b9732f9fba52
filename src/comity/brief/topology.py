"""A TopoJSON file as rings of degrees: arcs that neighbours share, thinned once for both.

Arcs are thinned before rings are put together, so that two neighbours keep the same border.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import TypedDict

from comity.brief.projection import EqualEarth, LonLat, Point


class Transform(TypedDict):
    """How whole numbers become degrees."""

    scale: tuple[float, float]
    translate: tuple[float, float]


class Geometry(TypedDict, total=False):
    """One named thing: a polygon or several; rings are lists of arc numbers, ~n is n reversed."""

    type: str
    id: str
    properties: dict[str, str]
    arcs: list[list[list[int]]] | list[list[int]]


class Collection(TypedDict):
    """The geometries of one layer."""

    geometries: list[Geometry]


class TopologyFile(TypedDict):
    """What the JSON file holds."""

    transform: Transform
    arcs: list[list[list[int]]]
    objects: dict[str, Collection]


@dataclass(frozen=True, slots=True)
class Polygon:
    """One polygon: its outer ring first, then its holes, each a tuple of arc numbers."""

    rings: tuple[tuple[int, ...], ...]


def decode_arcs(topology: TopologyFile) -> list[list[LonLat]]:
    """Every arc in degrees: differences summed, then scaled."""
    (x_scale, y_scale) = topology["transform"]["scale"]
    (x_start, y_start) = topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x += step[0]
            y += step[1]
            points.append((x * x_scale + x_start, y * y_scale + y_start))
        decoded.append(points)
    return decoded


def polygons(geometry: Geometry) -> Iterator[Polygon]:
    """The polygons of a geometry, one or many."""
    arcs = geometry["arcs"]
    groups = [arcs] if geometry["type"] == "Polygon" else arcs
    for group in groups:
        yield Polygon(tuple(tuple(ring) for ring in group))  # type: ignore[arg-type]


def thinned(arc: Sequence[LonLat], projection: EqualEarth, *, distance: float) -> list[LonLat]:
    """The arc without points that fall closer than `distance` units to the last one kept.

    Both ends stay: other arcs begin there.
    """
    kept = [arc[0]]
    last = projection(arc[0])
    for point in arc[1:-1]:
        here = projection(point)
        if hypot(here[0] - last[0], here[1] - last[1]) >= distance:
            kept.append(point)
            last = here
    kept.append(arc[-1])
    return kept


def ring_points(ring: Sequence[int], arcs: Sequence[Sequence[LonLat]]) -> list[LonLat]:
    """A ring's points in degrees, without the repeated ends of its arcs."""
    points: list[LonLat] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else list(reversed(arcs[~number]))
        points.extend(arc if not points else arc[1:])
    return points[:-1] if len(points) > 1 and points[0] == points[-1] else points


def _unwrapped(points: Sequence[LonLat], projection: EqualEarth) -> list[LonLat]:
    """Degrees east of the centre that never jump, so that they may leave -180 to 180."""
    east = projection.turned(points[0][0])
    path = [(east, points[0][1])]
    for (before, _), (after, latitude) in pairwise(points):
        east += (after - before + 180) % 360 - 180
        path.append((east, latitude))
    return path


def _clipped(points: Sequence[LonLat], limit: float, sign: int) -> list[LonLat]:
    """The part of a closed ring on one side of a meridian (Sutherland and Hodgman)."""
    inside: list[LonLat] = []
    if not points:
        return inside
    for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
        here, there = (x0 - limit) * sign >= 0, (x1 - limit) * sign >= 0
        if here:
            inside.append((x0, y0))
        if here != there:
            inside.append((limit, y0 + (y1 - y0) * (limit - x0) / (x1 - x0)))
    return inside


def placed_rings(points: Sequence[LonLat], projection: EqualEarth) -> Iterator[list[Point]]:
    """A ring on the map, in one piece for each side of the map's edge that it reaches."""
    path = _unwrapped(points, projection)
    lowest, highest = min(x for x, _ in path), max(x for x, _ in path)
    for turn in (-360.0, 0.0, 360.0):
        if lowest + turn > 180 or highest + turn < -180:
            continue
        moved = [(x + turn, y) for x, y in path]
        cut = _clipped(_clipped(moved, -180, 1), 180, -1)
        if len(cut) > 2:
            yield [projection.place(x, y) for x, y in cut]


def placed_lines(arc: Sequence[LonLat], projection: EqualEarth) -> Iterator[list[Point]]:
    """An arc on the map, broken where it crosses the map's edge."""
    line: list[Point] = []
    before: float | None = None
    for longitude, latitude in arc:
        east = projection.turned(longitude)
        if before is not None and abs(east - before) > 180:
            if len(line) > 1:
                yield line
            line = []
        line.append(projection.place(east, latitude))
        before = east
    if len(line) > 1:
        yield line


def ring_area(points: Sequence[Point]) -> float:
    """Twice-signed area halved and made positive: square units on the map."""
    ring = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in ring)) / 2
