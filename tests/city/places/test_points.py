"""What is certain about a wrong coordinate is put right and said; what is not a place claims to be none."""

from __future__ import annotations

import geopandas
import numpy as np
import pandas as pd
import pytest
from pyproj import Transformer
from shapely import box

from safelearn.city.columns.profiles import Profile, parse_profile
from safelearn.city.places.matching import KnownAreas
from safelearn.city.places.reading import settle_places
from safelearn.errors import SafelearnError

PLAIN = Profile("plain", "Plain")
#: Four areas of 11 km each; the city spans 0.2 by 0.2 degrees around -75.5/6.5.
SQUARES = {
    "01": box(-75.6, 6.4, -75.5, 6.5),
    "02": box(-75.5, 6.4, -75.4, 6.5),
    "03": box(-75.6, 6.5, -75.5, 6.6),
    "04": box(-75.5, 6.5, -75.4, 6.6),
}


def city(squares=None, parents=()):
    squares = squares or SQUARES
    shapes = geopandas.GeoDataFrame(
        {"area_id": list(squares)}, geometry=list(squares.values()), crs=4326
    )
    return KnownAreas(list(squares), list(squares), shapes, parents=parents)


def read(longitude, latitude, areas=None, profile=PLAIN, **options):
    columns = {"longitude": longitude, "latitude": latitude} | options.pop("more", {})
    frame = pd.DataFrame(columns, dtype="str")
    areas = city() if areas is None else areas
    reader = settle_places(frame, {c: c for c in frame}, profile, areas, **options)
    places = reader.read(frame)
    return places, " ".join((*reader.notes, *reader.say(places.figures)))


def scattered(n, seed=1):
    """n different points inside the city, to six decimals."""
    rng = np.random.default_rng(seed)
    return rng.uniform(-75.59, -75.41, n).round(6), rng.uniform(6.41, 6.59, n).round(6)


def text(values):
    return [repr(float(v)) for v in values]


def test_rows_that_are_swapped_among_others_are_swapped_back_one_by_one():
    x, y = scattered(20)
    lon, lat = text(x), text(y)
    lon[3], lat[3] = lat[3], lon[3]
    places, said = read(lon, lat)
    assert (places.longitude[3], places.latitude[3]) == (x[3], y[3])
    assert places.area[3] >= 0
    assert places.figures["swapped"] == 1
    assert "1 row has longitude and latitude in each other's columns" in said


def test_swapped_columns_of_a_city_beyond_90_degrees_are_not_taken_for_nonsense():
    angeles = city({"01": box(-118.5, 33.9, -118.1, 34.2)})
    places, said = read(["34.05"] * 9, ["-118.25"] * 9, angeles)
    assert set(places.area) == {0}
    assert "swapped" in said


def test_without_outlines_an_impossible_latitude_shows_that_columns_are_swapped():
    places, _ = read(["34.05"] * 9, ["-118.25"] * 9, KnownAreas([], []))
    assert places.longitude[0] == -118.25


def test_in_a_city_on_the_diagonal_a_point_outside_is_not_swapped_into_it():
    diagonal = city({"01": box(10, 10, 11, 12)})
    places, _ = read(["10.5"] * 9 + ["11.5"], ["10.5"] * 9 + ["10.5"], diagonal)
    assert places.area.tolist() == [0] * 9 + [-1]


def test_a_minus_sign_that_was_lost_is_put_back():
    x, y = scattered(20)
    places, said = read(text(-x), text(y))
    assert places.longitude.tolist() == x.tolist()
    assert "lost their minus sign" in said


def test_metres_are_refused_with_the_systems_under_which_they_lie_in_the_city():
    x, y = scattered(30)
    to_metres = Transformer.from_crs(4326, 32618, always_xy=True)
    east, north = to_metres.transform(x, y)
    with pytest.raises(SafelearnError, match="not degrees") as raised:
        read(text(east), text(north))
    assert "EPSG:32618 (WGS 84 / UTM zone 18N): 100%" in raised.value.remedy
    places, _ = read(text(east), text(north), crs="EPSG:32618")
    assert places.longitude == pytest.approx(x, abs=1e-6)
    assert (places.area >= 0).all()


def test_metres_whose_northing_comes_first_are_read_all_the_same():
    x, y = scattered(30)
    to_metres = Transformer.from_crs(4326, 32618, always_xy=True)
    east, north = to_metres.transform(x, y)
    places, said = read(text(north), text(east), crs="EPSG:32618")
    assert places.longitude == pytest.approx(x, abs=1e-6)
    assert "swapped" in said


def test_a_wrong_system_is_refused_with_the_right_one():
    x, y = scattered(30)
    to_metres = Transformer.from_crs(4326, 32618, always_xy=True)
    east, north = to_metres.transform(x, y)
    with pytest.raises(SafelearnError, match="No row of the file") as raised:
        read(text(east), text(north), crs="EPSG:32615")
    assert "EPSG:32618" in raised.value.remedy


def test_degrees_with_a_comma_and_marks_of_thousands_are_degrees():
    places, _ = read(["-75,569854", "-75.569.854"], ["6,244203", "6.444.203"])
    assert places.longitude.tolist() == [-75.569854, -75.569854]
    assert places.latitude.tolist() == [6.244203, 6.444203]


@pytest.mark.parametrize(
    ("longitude", "latitude"),
    [
        ("75°34'12\"W", "6°27'00\"N"),
        ("75° 34' 12,0'' O", "6° 27' 0,0'' N"),
        ("W 75 34 12", "N 6 27 0"),
        ("-75 34 12", "6 27 00"),
        ("75º34.2'W", "6º27.0'N"),
    ],
)
def test_degrees_minutes_and_seconds_are_read(longitude, latitude):
    places, _ = read([longitude], [latitude])
    assert places.longitude[0] == pytest.approx(-75.57)
    assert places.latitude[0] == pytest.approx(6.45)


def test_words_in_place_of_coordinates_are_counted_and_words_for_none_are_not():
    places, _ = read(["-75.55", "here", "NA", ""], ["6.45", "6.45", "NA", ""])
    assert places.figures["unreadable_coordinates"] == 1


def test_a_point_at_sea_and_one_just_over_the_border_are_told_apart():
    lon = ["-75.55"] * 8 + ["-75.395", "-70.1"]
    places, said = read(lon, ["6.45"] * 10)
    assert places.figures["outside"] == 2
    assert places.figures["outside_near"] == 1
    assert "1 of them lie within a kilometre of the city, 1 farther away" in said


def test_middles_of_areas_are_not_exact_places():
    x, y = scattered(40)
    middles = [(-75.55, 6.45), (-75.45, 6.45), (-75.55, 6.55)]
    for mx, my in middles:
        x, y = np.append(x, [mx] * 5), np.append(y, [my] * 5)
    places, said = read(text(x), text(y))
    assert list(places.precision) == ["exact"] * 40 + ["area"] * 15
    assert places.area[-15:].tolist() == [0] * 5 + [1] * 5 + [2] * 5
    assert "15 rows lie on the middle of their area" in said


def test_one_busy_corner_that_happens_to_be_a_middle_stays_exact():
    x, y = scattered(40)
    places, _ = read(text(np.append(x, [-75.55] * 5)), text(np.append(y, [6.45] * 5)))
    assert set(places.precision) == {"exact"}


def test_one_point_for_all_that_the_source_cannot_find_is_no_exact_place():
    x, y = scattered(200)
    places, _ = read(text(np.append(x, [-75.47] * 30)), text(np.append(y, [6.43] * 30)))
    assert list(places.precision[-30:]) == ["area"] * 30
    assert set(places.area[-30:]) == {1}


def test_the_middle_of_the_city_is_in_no_area_and_a_name_beside_it_may_say_which():
    x, y = scattered(200)
    names = [""] * 200 + ["03"] + [""] * 29
    lon, lat = np.append(x, [-75.5] * 30), np.append(y, [6.5] * 30)
    places, said = read(text(lon), text(lat), more={"area_name": names})
    assert places.area[200] == 2
    assert set(places.area[201:]) == {-1}
    assert np.isnan(places.longitude[200:]).all()
    assert "30 rows lie on the middle of the city" in said


def test_a_source_that_says_it_moves_points_is_not_suspected():
    x, y = scattered(200)
    moved = Profile("p", "P", place_precision="snapped")
    lon, lat = np.append(x, [-75.47] * 30), np.append(y, [6.43] * 30)
    places, _ = read(text(lon), text(lat), profile=moved)
    assert set(places.precision) == {"snapped"}


def test_coordinates_cut_to_three_decimals_are_moved_points():
    x, y = scattered(60)
    places, said = read(text(x.round(3)), text(y.round(3)))
    assert set(places.precision) == {"snapped"}
    assert "about 111 metres" in said


def test_coordinates_with_four_decimals_are_exact():
    x, y = scattered(60)
    assert set(read(text(x.round(4)), text(y.round(4)))[0].precision) == {"exact"}


def test_a_source_may_write_no_place_in_its_own_way():
    profile = parse_profile(
        'name = "p"\n[place]\nnot_a_place = [[-1, -1], [999, 999]]\n', where="p"
    )
    places, said = read(["-75.55", "-1", "999"], ["6.45", "-1", "999"], profile=profile)
    assert np.isnan(places.longitude).tolist() == [False, True, True]
    assert "-1/-1, 999/999" in said


def test_pieces_of_a_file_give_what_the_whole_gives():
    x, y = scattered(200)
    lon, lat = text(np.append(x, [-75.5] * 30)), text(np.append(y, [6.5] * 30))
    lon[0], lat[0] = lat[0], lon[0]
    lon[1], lat[2] = "0", "91"
    frame = pd.DataFrame({"longitude": lon, "latitude": lat}, dtype="str")
    reader = settle_places(frame, {c: c for c in frame}, PLAIN, city())
    whole = reader.read(frame)
    pieces = [reader.read(frame.iloc[i : i + 70]) for i in range(0, len(frame), 70)]
    for name in ("longitude", "latitude", "area"):
        joined = np.concatenate([getattr(p, name) for p in pieces])
        assert np.array_equal(joined, getattr(whole, name), equal_nan=True)
    assert [p for piece in pieces for p in piece.precision] == list(whole.precision)
    for name, n in whole.figures.items():
        assert sum(p.figures.get(name, 0) for p in pieces) == n
