"""Equal Earth: a world on which equal areas of land have equal areas of ink.

Source: Savric, Patterson and Jenny 2018, "The Equal Earth map projection".
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import TypeAlias

LonLat: TypeAlias = tuple[float, float]
Point: TypeAlias = tuple[float, float]

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2


def _height(latitude: float) -> tuple[float, float]:
    """The projection's y on the unit sphere, and the factor that turns radians east into x."""
    theta = asin(_M * sin(radians(latitude)))
    t2 = theta * theta
    t6 = t2**3
    y = theta * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))
    slope = _A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)
    return y, cos(theta) / (_M * slope)


@dataclass(frozen=True, slots=True)
class EqualEarth:
    """The world from `south` to `north`, `width` units wide, with `centre` degrees in the middle.

    The centre of 11 degrees east cuts the world in the Bering Strait, so that no State is split.
    y grows downwards, as on a screen.
    """

    width: float = 1000.0
    centre: float = 11.0
    north: float = 83.7
    south: float = -56.0

    @property
    def scale(self) -> float:
        """Units for one radius of the sphere."""
        return self.width / (2 * radians(180) * _height(0)[1])

    @property
    def height(self) -> float:
        """Units from `north` to `south`."""
        return (_height(self.north)[0] - _height(self.south)[0]) * self.scale

    def turned(self, longitude: float) -> float:
        """Degrees east of the centre, from -180 up to 180."""
        return (longitude - self.centre + 180) % 360 - 180

    def place(self, east: float, latitude: float) -> Point:
        """Where a point lies that is `east` degrees east of the centre; not wrapped."""
        y, factor = _height(latitude)
        top = _height(self.north)[0]
        return self.width / 2 + radians(east) * factor * self.scale, (top - y) * self.scale

    def __call__(self, point: LonLat) -> Point:
        """Where a place on Earth (degrees east, degrees north) lies on the map."""
        return self.place(self.turned(point[0]), point[1])
