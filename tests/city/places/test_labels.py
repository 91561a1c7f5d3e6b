"""A column holds what its words say, whatever it is called."""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.city.columns.profiles import Profile
from safelearn.city.places.labels import settle_labels
from safelearn.city.places.matching import KnownAreas
from safelearn.city.places.reading import settle_places

AREAS = KnownAreas(
    ["0101", "0102", "0201"],
    ["Centro", "Alto", "Centro"],
    parents=["Comuna 1", "Comuna 1", "Comuna 2"],
)


def place(areas=AREAS, **columns):
    frame = pd.DataFrame(columns, dtype="str")
    reader = settle_places(frame, {c: c for c in frame}, Profile("p", "P"), areas)
    return reader.read(frame), " ".join(reader.notes)


def test_the_district_in_the_same_row_tells_namesakes_apart():
    places, _ = place(
        area_name=["CENTRO", "Centro", "Centro"],
        area_parent=["comuna 1", "Comuna 2", ""],
    )
    assert places.area.tolist() == [0, 2, -1]
    waiting = places.strange[["value", "parent", "rows"]].to_numpy().tolist()
    assert waiting == [["Centro", "", 1]]


def test_a_column_of_codes_that_are_districts_serves_as_districts():
    places, _ = place(area_id=["1", "2"], area_name=["Centro", "Centro"])
    assert places.area.tolist() == [0, 2]


def test_a_district_column_that_names_no_district_of_the_city_is_not_heeded():
    places, _ = place(area_name=["Alto", "Alto"], area_parent=["Zona A", "Zona B"])
    assert places.area.tolist() == [1, 1]


def test_codes_of_police_beats_are_no_codes_of_areas_and_names_count():
    places, said = place(area_id=["B-12", "B-13"], area_name=["Alto", "Alto"])
    assert places.area.tolist() == [1, 1]
    assert "codes of another kind" in said


def test_codes_of_another_year_are_never_joined_by_name():
    places, said = place(
        area_id=["0101", "0999"], area_name=["Centro", "Alto"], area_parent=["", ""]
    )
    assert places.area.tolist() == [0, -1]
    assert said == ""


def test_a_column_called_district_is_used_where_the_areas_are_the_districts():
    districts = KnownAreas(["01", "02"], ["North", "South"])
    places, _ = place(
        districts, area_name=["Elm Park", "Old Mill"], area_parent=["North", "South"]
    )
    assert places.area.tolist() == [0, 1]


def test_words_for_not_known_wait_for_nobody():
    places, _ = place(area_name=["Alto", "SIN DATO", "No reporta"])
    assert places.strange.empty


def test_codes_that_contradict_the_points_are_codes_of_something_else():
    frame = pd.DataFrame({"area_id": ["0101"] * 60 + ["0102"] * 60}, dtype="str")
    lies_in = np.array([1] * 60 + [0] * 60)
    readers, said = settle_labels(frame, {"area_id": "area_id"}, AREAS, lies_in)
    assert readers == ()
    assert "only 0% lie in the area of their code" in said[0]
    readers, said = settle_labels(frame, {"area_id": "area_id"}, AREAS, 1 - lies_in)
    assert len(readers) == 1
