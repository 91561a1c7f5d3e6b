"""The map: a coverage without gaps or overlaps, borders along streets, a river, populations that differ."""

from __future__ import annotations

import numpy as np
import shapely

from safelearn.simulation.drawing import ZONES
from safelearn.simulation.geography import lay_out, neighbours, to_degrees, to_metres


def test_sixty_neighbourhoods_share_their_borders_exactly(town):
    areas = town.geography.areas
    assert len(areas) == 60
    assert shapely.coverage_is_valid(areas)
    assert set(shapely.get_type_id(areas)) == {3}, "an area in two pieces"


def test_borders_in_degrees_as_the_file_holds_them_still_fit(town):
    def degrees(at):
        return np.column_stack(to_degrees(at[:, 0], at[:, 1])).round(6)

    rounded = shapely.transform(town.geography.areas, degrees)
    assert shapely.coverage_is_valid(rounded)
    assert shapely.is_valid(rounded).all()


def test_there_are_no_slivers(town):
    area = shapely.area(town.geography.areas)
    thickness = 4 * np.pi * area / shapely.length(town.geography.areas) ** 2
    assert area.min() > 100_000
    assert thickness.min() > 0.15


def test_blocks_fill_their_neighbourhoods(town):
    geography = town.geography
    assert (geography.block_area >= 0).all()
    of_blocks = np.bincount(geography.block_area, shapely.area(geography.blocks))
    np.testing.assert_allclose(of_blocks, shapely.area(geography.areas), rtol=0.01)


def test_the_river_parts_the_city_and_both_banks_are_lived_on(town):
    left, right, _ = neighbours(town.geography.areas)
    bank = {i: i for i in range(60)}

    def root(i):
        while bank[i] != i:
            i = bank[i]
        return i

    for a, b in zip(left, right, strict=True):
        bank[root(int(a))] = root(int(b))
    pieces = np.unique([root(i) for i in range(60)], return_counts=True)[1]
    assert len(pieces) == 2
    assert pieces.min() >= 15


def test_inequality_has_a_geography(town):
    left, right, _ = neighbours(town.geography.areas)
    poor = town.conditions["deprivation"].to_numpy()
    alike = np.corrcoef(
        np.concatenate([poor[left], poor[right]]),
        np.concatenate([poor[right], poor[left]]),
    )[0, 1]
    assert alike > 0.6


def test_populations_span_twenty_times(town):
    people = town.conditions["residents"]
    assert people.max() >= 20 * people.min()
    assert people.sum() == 465_000


def test_one_or_two_settlements_are_informal_and_poor(town):
    informal = town.conditions[town.conditions["settlement"] == "informal"]
    assert 1 <= len(informal) <= 2
    assert (informal["deprivation"] > 1).all()


def test_degrees_and_metres_undo_each_other():
    x, y = np.array([0.0, 5_000, 13_000]), np.array([0.0, 9_000, 15_000])
    back = to_metres(*to_degrees(x, y))
    np.testing.assert_allclose(back, [x, y], atol=1e-6)


def test_metres_are_metres():
    from pyproj import Geod

    lon, lat = to_degrees(np.array([2_000.0, 5_000]), np.array([3_000.0, 7_000]))
    _, _, away = Geod(ellps="WGS84").inv(lon[0], lat[0], lon[1], lat[1])
    assert abs(away - 5_000) < 5


def test_no_invented_street_can_be_looked_up(town):
    lon, lat = to_degrees(*shapely.get_coordinates(town.geography.areas).T)
    # Off the coast of Peru: at this latitude land begins east of 76.6 degrees west.
    assert lon.max() < -77.2
    assert -13.6 < lat.min() < lat.max() < -13.1


def test_another_seed_moves_the_streets_and_keeps_the_plan():
    other = lay_out(3)
    assert shapely.coverage_is_valid(other.areas)
    assert list(other.zone) == list(lay_out(0).zone)
    assert not shapely.equals(other.areas, lay_out(0).areas).all()


def test_every_zone_has_its_neighbourhoods():
    assert sum(zone.areas for zone in ZONES.values()) == 60
