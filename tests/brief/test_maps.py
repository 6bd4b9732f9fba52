"""Maps lose no host, say each number, and are safe to print, mail and see in grey."""

from __future__ import annotations

import hashlib
import re
from importlib.resources import files
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.brief import ramp
from comity.brief.errors import BriefError, HostWithoutPlace
from comity.brief.maps import DISCLAIMER, base_outlines, choropleth, choropleth_on_base, legend
from comity.brief.outlines import country_policy, world
from comity.brief.projection import EqualEarth
from comity.brief.suppression import Withheld

BREAKS = (10.0, 1_000.0, 100_000.0)
SVG = "{http://www.w3.org/2000/svg}"


def draw(values: dict[str, float], **more: object) -> str:
    asked: dict[str, object] = {
        "breaks": BREAKS, "title": "Hosts", "description": "Made up.", "unit": "persons",
        "figure": "map-test",
    }  # fmt: skip
    return choropleth(values, **{**asked, **more})  # type: ignore[arg-type]


def titles(svg: str) -> set[str]:
    return {element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}title")}


def test_the_vendored_file_is_the_one_that_its_readme_names() -> None:
    folder = files("comity.brief") / "geometry"
    digest = hashlib.sha256((folder / "countries-50m.json").read_bytes()).hexdigest()
    assert digest in (folder / "README.md").read_text("utf-8")
    assert "Permission to use" in (folder / "LICENSE.txt").read_text("utf-8")


def test_every_host_has_a_name_and_a_shape_or_a_point() -> None:
    policy = country_policy()
    for code, outline in world().hosts.items():
        assert policy["names"][code] == outline.name
        assert outline.path or outline.centre


def test_a_map_of_every_host_names_each_with_its_number() -> None:
    values = {code: float(n) for n, code in enumerate(world().hosts)}
    said = titles(draw(values))
    for n, outline in enumerate(world().hosts.values()):
        assert f"{outline.name}: {n:,} persons" in said


def test_a_map_is_smaller_than_250_kilobytes_and_a_second_one_on_a_page_than_60() -> None:
    values = dict.fromkeys(world().hosts, 123_456.0)
    assert len(draw(values).encode()) < 250_000
    shared = choropleth_on_base(values, breaks=BREAKS, title="T", description="D",
                                unit="persons", figure="f")  # fmt: skip
    assert len(shared.encode()) < 60_000
    assert len(base_outlines().encode()) < 250_000


def test_no_data_is_a_hatch_and_zero_is_not() -> None:
    svg = draw({"SWE": 0.0})
    root = ElementTree.fromstring(svg)
    by_name = {p.findtext(f"{SVG}title"): p for p in root.iter(f"{SVG}path")}
    assert by_name["Sweden: 0 persons"].get("class") == "z"
    assert by_name["Sweden: 0 persons"].get("fill") is None
    assert by_name["Norway: no data"].get("fill") == "url(#map-test-hatch)"


def test_a_host_without_a_shape_gets_a_dot_and_one_without_a_place_is_an_error() -> None:
    assert draw({"GIB": 40.0}).count('class="dot ') == 1
    assert draw({"SWE": 40.0}).count('class="dot ') == 0
    assert "QQQ: 5 persons" in titles(draw({"QQQ": 5.0}, dots={"QQQ": (10.0, 50.0)}))
    with pytest.raises(HostWithoutPlace, match="`STL`"):
        draw({"STL": 5.0})


def test_a_withheld_host_says_why_and_not_how_many() -> None:
    said = titles(draw({}, withheld={"MLT": Withheld.FEW, "SWE": Withheld.BESIDE}))
    assert {"Malta: fewer than 10 persons", "Sweden: number withheld"} <= said


def test_contested_areas_are_never_coloured_and_crimea_is_drawn_with_ukraine() -> None:
    names = {outline.name for outline in world().hosts.values()}
    assert not names & set(country_policy()["contested"])
    assert "status is disputed: not coloured" in draw({"CYP": 5.0, "SOM": 5.0})
    assert [part["iso3"] for part in country_policy()["parts"] if part["of"] == "643"] == ["UKR"]


def test_a_map_has_no_visible_text_no_script_and_no_outside_address() -> None:
    svg = draw({"SWE": 5.0}, title="<script>alert(1)</script>")
    root = ElementTree.fromstring(svg)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "style", "defs", "pattern", "rect", "path", "g"}
    assert re.findall(r"https?://[^\"]+", svg) == ["http://www.w3.org/2000/svg"]
    assert root.get("role") == "img"


def test_ids_of_two_maps_on_a_page_differ() -> None:
    ids = re.findall(r' id="([^"]+)"', draw({}) + draw({}, figure="other"))
    assert len(set(ids)) == len(ids)


def test_no_ring_streaks_across_the_map() -> None:
    """The antimeridian trap: one step of a path never crosses a third of the world."""
    for outline in world().hosts.values():
        for ring in outline.path.split("M")[1:]:
            steps = [int(n) for n in re.findall(r"-?\d+", ring)[2:]]
            assert max(map(abs, steps[::2]), default=0) < 3_300, outline.name


@given(st.floats(-180, 179.9), st.floats(-55, 83))
def test_every_place_lies_on_the_map(longitude: float, latitude: float) -> None:
    projection = EqualEarth()
    x, y = projection((longitude, latitude))
    assert -1e-6 <= x <= projection.width + 1e-6
    assert -1e-6 <= y <= projection.height + 1e-6


def _lightness(colour: str) -> float:
    """CIE L* of a colour, which is what is left of it without hue."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return float(116 * y ** (1 / 3) - 16)


@pytest.mark.parametrize("colours", [ramp.LIGHT[::-1], ramp.DARK])
def test_the_ramp_is_told_apart_by_lightness_alone(colours: tuple[str, ...]) -> None:
    steps = [_lightness(colour) for colour in colours]
    gaps = [high - low for low, high in pairwise(steps)]
    assert min(gaps) > 8


@pytest.mark.parametrize("breaks", [(), (0.0, 5.0), (5.0, 5.0), (9.0, 3.0), tuple(range(1, 9))])
def test_breaks_that_do_not_rise_are_refused(breaks: tuple[float, ...]) -> None:
    with pytest.raises(BriefError):
        draw({}, breaks=breaks)


def test_a_number_on_a_break_belongs_to_the_class_above_as_the_legend_says() -> None:
    assert "10 to under 1,000" in legend(BREAKS, unit="persons")
    assert ramp.class_of(10, BREAKS) == ramp.class_of(999, BREAKS) != ramp.class_of(9, BREAKS)


def test_the_disclaimer_speaks_of_names_and_boundaries() -> None:
    assert "boundaries and names" in DISCLAIMER
    assert "do not imply" in DISCLAIMER
