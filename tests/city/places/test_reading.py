"""Events lie where their points say; codes and names help only where they are exactly an area's."""

from __future__ import annotations

from collections import Counter

import geopandas
import numpy as np
import pandas as pd
import pytest
from shapely import box

from safelearn.city.columns.profiles import Profile
from safelearn.city.places.matching import confirmation_key
from safelearn.city.places.reading import (
    KnownAreas,
    gather_strange,
    settle_places,
)
from safelearn.errors import SafelearnError

PLAIN = Profile("plain", "Plain")
SHAPES = geopandas.GeoDataFrame(
    {"area_id": ["01", "02"]},
    geometry=[box(-75, 6, -74, 7), box(-74, 6, -73, 7)],
    crs=4326,
)
AREAS = KnownAreas(["01", "02"], ["El Poblado", "Arbutus Ridge"], SHAPES)
LISTED = KnownAreas(AREAS.codes, AREAS.names)


def read(columns, areas=AREAS, profile=PLAIN, **options):
    frame = pd.DataFrame(columns, dtype="str")
    reader = settle_places(frame, {c: c for c in frame}, profile, areas, **options)
    return reader, reader.read(frame)


def place(columns, areas=AREAS, profile=PLAIN, **options):
    return read(columns, areas, profile, **options)[1]


def said(columns, areas=AREAS, **options):
    reader, places = read(columns, areas, **options)
    return (*reader.notes, *reader.say(places.figures))


def test_points_decide_and_a_point_outside_is_not_located():
    places = place(
        {
            "longitude": ["-74.5", "-73,5", "-80", ""],
            "latitude": ["6.5", "6,5", "6", "6"],
        }
    )
    assert places.area.tolist() == [0, 1, -1, -1]
    assert list(places.precision) == ["exact", "exact", "exact", "none"]


def test_zero_zero_is_no_place():
    places = place({"longitude": ["0.0", "-74.5"], "latitude": ["0", "6.5"]})
    assert np.isnan(places.longitude[0]) and places.area.tolist() == [-1, 0]
    assert places.figures == {"zero_coordinates": 1}


def test_swapped_columns_are_swapped_back_and_said():
    swapped = {"longitude": ["6.5"] * 20, "latitude": ["-74.5"] * 20}
    places = place(swapped)
    assert set(places.area) == {0}
    assert any("swapped" in note for note in said(swapped))
    assert places.figures == {"swapped": 20}


def test_metres_without_a_coordinate_system_are_an_error():
    metres = {"x": ["491059.5"], "y": ["5459122.4"]}
    with pytest.raises(SafelearnError, match="not degrees") as raised:
        place(metres)
    assert "--crs" in raised.value.remedy
    places = place(metres, areas=KnownAreas([], []), crs="EPSG:32610")
    assert places.longitude[0] == pytest.approx(-123.12, abs=0.01)


def test_a_name_counts_whatever_its_accents_and_hyphens():
    places = place({"area_name": ["EL POBLADO", "Arbutus-Ridge", "Poblado"]}, LISTED)
    assert places.area.tolist() == [0, 1, -1]
    assert list(places.precision) == ["area", "area", "none"]
    assert places.strange[["value", "kind", "rows"]].to_numpy().tolist() == [
        ["Poblado", "name", 1]
    ]


def test_a_code_that_is_not_the_citys_is_not_overruled_by_a_name():
    places = place(
        {"area_id": ["01", "99"], "area_name": ["El Poblado", "Arbutus Ridge"]}, LISTED
    )
    assert places.area.tolist() == [0, -1]


def test_zeros_that_a_spreadsheet_ate_are_put_back():
    assert place({"area_id": ["1", "2"]}, LISTED).area.tolist() == [0, 1]


def test_two_areas_of_one_name_are_no_ones():
    twins = KnownAreas(["01", "02", "03"], ["Centro", "Centro", "Norte"])
    assert place({"area_name": ["Centro", "Norte"]}, twins).area.tolist() == [-1, 2]


def test_a_person_who_confirms_a_name_is_believed():
    given = {confirmation_key("Poblado"): "01"}
    confirmed = KnownAreas(AREAS.codes, AREAS.names, None, given)
    assert place({"area_name": ["Poblado"]}, confirmed).area.tolist() == [0]


def masked_rows(inside, elsewhere):
    """Rows called Old Town: some in area 01, some in 02, ten without a point."""
    n = inside + elsewhere
    return {
        "longitude": ["-74.5"] * inside + ["-73.5"] * elsewhere + [""] * 10,
        "latitude": ["6.5"] * n + [""] * 10,
        "area_name": ["Old Town"] * (n + 10),
    }


def test_rows_with_a_point_are_witnesses_to_what_a_name_means():
    places = place(masked_rows(98, 2))
    assert set(places.area[-10:]) == {0}
    assert any(
        "Old Town" in note and "98%" in note for note in said(masked_rows(98, 2))
    )


def test_witnesses_who_disagree_or_are_few_settle_nothing():
    assert set(place(masked_rows(80, 20)).area[-10:]) == {-1}
    assert set(place(masked_rows(20, 0)).area[-10:]) == {-1}


def test_a_file_of_another_city_is_an_error():
    with pytest.raises(SafelearnError, match="No row of the file lies in an area"):
        place({"longitude": ["2.35"], "latitude": ["48.85"]})
    with pytest.raises(SafelearnError, match="No row of the file lies in an area"):
        place({"area_name": ["Montmartre"]}, LISTED)


def test_moved_points_are_called_so():
    moved = Profile("p", "P", place_precision="snapped")
    assert list(
        place({"longitude": ["-74.5"], "latitude": ["6.5"]}, profile=moved).precision
    ) == ["snapped"]


def test_a_file_read_in_pieces_gives_what_it_gives_whole():
    frame = pd.DataFrame(
        {
            "longitude": ["", "6.5", "0", "6.5", "", "", "50", ""] + ["6.5"] * 9,
            "latitude": ["", "-74.5", "0", "-73.5", "", "", "50", ""] + ["-74.5"] * 9,
            "area_name": ["Poblado", "", "El Poblado", "", "Zzz", "Poblado", "", "Zzz"]
            + [""] * 9,
        },
        dtype="str",
    )
    columns = {c: c for c in frame}
    reader = settle_places(frame, columns, PLAIN, AREAS)
    whole = reader.read(frame)
    pieces = [reader.read(frame.iloc[i : i + 3]) for i in range(0, len(frame), 3)]
    assert whole.area.tolist() == [-1, 0, 0, 1, -1, -1, -1, -1] + [0] * 9
    assert [a for p in pieces for a in p.area] == whole.area.tolist()
    added = gather_strange(p.strange for p in pieces)
    assert added[["value", "rows"]].to_numpy().tolist() == [["Poblado", 2], ["Zzz", 2]]
    assert added.equals(whole.strange)
    totals = Counter()
    for piece in pieces:
        totals.update(piece.figures)
    assert dict(totals) == dict(whole.figures)
    assert whole.figures == {
        "zero_coordinates": 1,
        "outside": 1,
        "swapped": 12,
        "by_name": 1,
        "to_confirm": 4,
    }
