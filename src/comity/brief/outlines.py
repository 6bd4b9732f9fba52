"""The outlines of the world: one path a host, the borders between them, and who is too small.

Paths are in tenths of a pixel of a map that is 1,000 pixels wide, as whole numbers relative to
the point before: short to write, and exact enough for print.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TypedDict, cast

from comity.brief.projection import EqualEarth, LonLat, Point
from comity.brief.topology import (
    Geometry,
    Polygon,
    TopologyFile,
    decode_arcs,
    placed_lines,
    placed_rings,
    polygons,
    ring_area,
    ring_points,
    thinned,
)

UNITS_PER_PIXEL = 10
THINNING = 0.6 * UNITS_PER_PIXEL  # points closer than about half a pixel say nothing on screen
SPECK = 0.12 * UNITS_PER_PIXEL**2  # islands below this area are left out of a larger State
TOO_SMALL = 14.0 * UNITS_PER_PIXEL**2  # a host below this area gets a dot beside its shape


class Part(TypedDict):
    """Polygons of one shape, within a box of degrees, that are another host's."""

    of: str
    box: tuple[float, float, float, float]
    iso3: str


class Policy(TypedDict):
    """geometry/country_shapes.json: codes, names and the boundary policy."""

    shapes: dict[str, str]
    shapes_by_name: dict[str, str]
    parts: list[Part]
    points: dict[str, tuple[float, float]]
    contested: list[str]
    dashed: list[tuple[str, str]]
    omitted: list[str]
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Outline:
    """One host on the map. `path` is empty when it has no shape."""

    iso3: str
    name: str
    path: str
    area: float
    centre: Point | None

    @property
    def is_too_small(self) -> bool:
        """Nobody would see its colour; it needs a dot."""
        return self.area < TOO_SMALL


@dataclass(frozen=True, slots=True)
class World:
    """Every outline, and the lines between them, on one projection."""

    projection: EqualEarth
    hosts: Mapping[str, Outline]
    contested: str
    borders: str
    dashed: str
    names: Mapping[str, str]


@dataclass(slots=True)
class _Pieces:
    """What is gathered for one owner before it becomes a path."""

    rings: list[list[Point]] = field(default_factory=list)
    largest: float = 0.0
    area: float = 0.0
    centre: Point | None = None


def country_policy() -> Policy:
    """Reads the packaged codes, names and boundary policy."""
    text = files("comity.brief").joinpath("geometry/country_shapes.json").read_text("utf-8")
    return cast("Policy", json.loads(text))


def _topology() -> TopologyFile:
    text = files("comity.brief").joinpath("geometry/countries-50m.json").read_text("utf-8")
    return cast("TopologyFile", json.loads(text))


def relative_path(points: Sequence[Point], *, closed: bool) -> str:
    """An SVG path in whole numbers; empty when rounding leaves nothing to draw."""
    whole = [(round(x), round(y)) for x, y in points]
    steps: list[tuple[int, int]] = []
    x, y = whole[0]
    for here in whole[1:]:
        step = (here[0] - x, here[1] - y)
        if step != (0, 0):
            steps.append(step)
            x, y = here
    if closed and steps and (x, y) == whole[0]:
        steps.pop()
    if len(steps) < (2 if closed else 1):
        return ""
    numbers = [n for step in steps for n in step]
    moves = str(numbers[0]) + "".join(_after_another(n) for n in numbers[1:])
    return f"M{whole[0][0]} {whole[0][1]}l{moves}" + ("z" if closed else "")


def _after_another(n: int) -> str:
    """A number after another one: a minus sign parts them as well as a space does."""
    return f" {n}" if n >= 0 else str(n)


def _owner(geometry: Geometry, outer: Sequence[LonLat], policy: Policy) -> str | None:
    """Whose a polygon is: a code, a contested area's name, or None if it is not drawn."""
    name = geometry["properties"]["name"]
    number = geometry.get("id")
    if number in policy["omitted"]:
        return None
    for part in policy["parts"]:
        if part["of"] in (number, name):
            west, south, east, north = part["box"]
            if all(west <= x <= east and south <= y <= north for x, y in outer):
                return part["iso3"]
    if number is not None:
        return policy["shapes"][number]
    if name in policy["contested"]:
        return name
    return policy["shapes_by_name"][name]


def _add_polygon(
    pieces: _Pieces, polygon: Polygon, arcs: Sequence[Sequence[LonLat]], projection: EqualEarth
) -> None:
    for number, ring in enumerate(polygon.rings):
        points = ring_points(ring, arcs)
        if pieces.centre is None:  # an island that thinning leaves without a shape keeps a place
            pieces.centre = projection(points[0])
        if len(points) < 3:
            continue
        for placed in placed_rings(points, projection):
            area = ring_area(placed)
            if number == 0:
                pieces.area += area
                if area >= pieces.largest:
                    pieces.largest = area
                    pieces.centre = _middle(placed)
            pieces.rings.append(placed)


def _middle(ring: Sequence[Point]) -> Point:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _host_path(pieces: _Pieces) -> str:
    keep = [r for r in pieces.rings if ring_area(r) >= min(SPECK, pieces.largest)]
    return "".join(relative_path(ring, closed=True) for ring in keep)


@cache
def world() -> World:
    """The packaged world, read and drawn once (about a fifth of a second)."""
    policy, topology = country_policy(), _topology()
    projection = EqualEarth(width=1000.0 * UNITS_PER_PIXEL)
    arcs = [thinned(arc, projection, distance=THINNING) for arc in decode_arcs(topology)]
    pieces: defaultdict[str, _Pieces] = defaultdict(_Pieces)
    users: defaultdict[int, set[str]] = defaultdict(set)
    for geometry in topology["objects"]["countries"]["geometries"]:
        for polygon in polygons(geometry):
            owner = _owner(geometry, ring_points(polygon.rings[0], arcs), policy)
            if owner is None:
                continue
            _add_polygon(pieces[owner], polygon, arcs, projection)
            for ring in polygon.rings:
                for number in ring:
                    users[number if number >= 0 else ~number].add(owner)
    contested = [pieces.pop(name) for name in policy["contested"]]
    hosts = {
        code: Outline(code, policy["names"][code], _host_path(found), found.area, found.centre)
        for code, found in sorted(pieces.items())
    }
    for code, place in policy["points"].items():
        hosts[code] = Outline(code, policy["names"][code], "", 0.0, projection(place))
    solid, dashed = _lines(users, policy)
    return World(
        projection=projection,
        hosts=hosts,
        contested="".join(_host_path(found) for found in contested),
        borders=_mesh((arcs[n] for n in solid), projection),
        dashed=_mesh((arcs[n] for n in dashed), projection),
        names=policy["names"],
    )


def _lines(users: Mapping[int, set[str]], policy: Policy) -> tuple[list[int], list[int]]:
    """Arcs between two hosts: those drawn solid and those drawn dashed. Coasts are neither."""
    solid, dashed = [], []
    pairs = {frozenset(pair) for pair in policy["dashed"]}
    contested = set(policy["contested"])
    for number, owners in sorted(users.items()):
        if owners & contested or owners in pairs:
            dashed.append(number)
        elif len(owners) > 1:
            solid.append(number)
    return solid, dashed


def _mesh(lines: Iterable[Sequence[LonLat]], projection: EqualEarth) -> str:
    return "".join(
        relative_path(line, closed=False) for arc in lines for line in placed_lines(arc, projection)
    )
