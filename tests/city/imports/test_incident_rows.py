"""A file of incidents read in pieces gives the rows, the account and the words of the file read at once."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import geopandas
import numpy as np
import pandas as pd
import pytest
from shapely import box

from safelearn.city.columns.crosswalk import read_crosswalk
from safelearn.city.columns.guess import guess_columns
from safelearn.city.columns.profiles import profile_named
from safelearn.city.files.formats import Source
from safelearn.city.imports.incidents import read_incidents
from safelearn.city.places.reading import KnownAreas

BOUNDARIES = geopandas.GeoDataFrame(
    {"area_id": ["01", "02"], "area_name": ["Alto", "Bajo"]},
    geometry=[box(-75, 6, -74, 7), box(-74, 6, -73, 7)],
    crs=4326,
)
AREAS = KnownAreas(["01", "02"], ["Alto", "Bajo"], BOUNDARIES)


def ugly(n=400):
    """A file with every trap that a reader might settle piece by piece instead of once."""
    rng = np.random.default_rng(7)

    def some(*values):
        return rng.choice(values, n)

    day = rng.integers(1, 29, n)
    # Only one row in a hundred shows that the day stands first.
    day[np.arange(n) % 100 != 99] = rng.integers(1, 13, n)[np.arange(n) % 100 != 99]
    frame = pd.DataFrame(
        {
            "case": [f"C{i}" for i in rng.integers(0, n // 2, n)],
            "date": [
                f"{d:02d}/{m:02d}/2023 {h:02d}:15"
                for d, m, h in zip(
                    day, rng.integers(1, 13, n), rng.integers(0, 24, n), strict=True
                )
            ],
            "longitude": some("-74,512345", "-73,512345", "", "0"),
            "latitude": some("6,512345", "6,712345", "0"),
            "neighbourhood": some("Alto", "Bajo", "Medio", ""),
            "offence": some("Theft", "Robbery", "Homicide", "Zzz", ""),
            # H appears once in a while, and makes every M a woman.
            "sex": np.where(np.arange(n) % 50 == 0, "H", some("M", "M", "")),
            "age": some("34", "-1", "1,5", "25-44", ""),
            "weapon": some("firearm", "catapult", "sling", ""),
            "cantidad": some("1", "2", "0", "", "1.000"),
        },
        dtype="str",
    )
    # Rows that repeat another far away to the letter.
    frame.iloc[n - 20 :] = frame.iloc[:20].to_numpy()
    frame.loc[n // 2, "date"] = "sometime"
    return frame


def read(frame, rows):
    """Read a table in pieces of so many rows."""
    whole = Source(frame, name="ugly.csv")
    source = Source(
        name="ugly.csv",
        columns=list(frame.columns),
        read=lambda _: whole.chunks(rows),
        sample=frame,
    )
    profile, crosswalk = profile_named("generic"), read_crosswalk("generic")
    columns, _ = guess_columns(frame, profile, crosswalk)
    columns |= {"count": "cantidad", "mechanism": "weapon", "incident_id": "case"}
    zone = ZoneInfo("America/Bogota")
    return read_incidents(source, profile, columns, crosswalk, AREAS, zone=zone)


@pytest.fixture(scope="module")
def at_once():
    return read(ugly(), 10_000)


@pytest.mark.parametrize(("rows", "in_all"), [(1, 60), (7, 400), (64, 400), (399, 400)])
def test_pieces_give_what_the_whole_gives(rows, in_all):
    at_once, pieces = read(ugly(in_all), 10_000), read(ugly(in_all), rows)
    for column in at_once.frame:
        a, b = at_once.frame[column], pieces.frame[column]
        if isinstance(a.dtype, pd.CategoricalDtype):
            a, b = a.astype("str"), b.astype("str")
        pd.testing.assert_series_equal(a, b)
    assert pieces.accounting.set_aside == at_once.accounting.set_aside
    assert pieces.accounting.reasons.astype("str").equals(
        at_once.accounting.reasons.astype("str")
    )
    assert pieces.notes == at_once.notes
    assert pieces.figures == at_once.figures
    assert pieces.examples == at_once.examples
    pd.testing.assert_frame_equal(pieces.strange_places, at_once.strange_places)
    pd.testing.assert_frame_equal(pieces.strange_offences, at_once.strange_offences)


def test_the_traps_are_in_the_file_and_are_seen(at_once):
    frame = at_once.frame
    assert set(at_once.accounting.set_aside) >= {
        "no readable date",
        "repeated identifier",
    }
    # 13/03/2023 can only be March: the day stands first in all rows.
    assert frame["occurred_from"].dt.year.eq(2023).all()
    assert frame["victim_sex"].value_counts()["male"] < 20
    assert set(frame["count"]) <= {1, 2, 1000}
    assert any("say that nothing happened" in note for note in at_once.notes)
    assert any("catapult" in note or "2 words" in note for note in at_once.notes)


def test_rows_that_a_late_piece_holds_against_the_sample_are_counted():
    frame = ugly()
    frame["date"] = "2023-05-04 10:15"
    frame.loc[380:, "date"] = "not yet known"
    found = read(frame, 50)
    assert found.accounting.set_aside["no readable date"] == 20
