"""When things happened, on the city's own clock, and no more exactly than the source knows."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safelearn.city.columns.profiles import Profile, profile_named
from safelearn.city.times.reading import read_times, settle_times
from safelearn.errors import SafelearnError

BOGOTA = ZoneInfo("America/Bogota")
PLAIN = Profile("plain", "Plain")


def read(columns, fields=None, profile=PLAIN, **options):
    frame = pd.DataFrame(columns, dtype="str")
    fields = fields or {name: name for name in frame}
    return read_times(
        frame, fields, profile, zone=options.pop("zone", BOGOTA), **options
    )[0]


def notes(columns, profile=PLAIN, **options):
    """What is said of the columns, as one text."""
    frame = pd.DataFrame(columns, dtype="str")
    zone = options.pop("zone", BOGOTA)
    fields = {name: name for name in frame}
    return "\n".join(read_times(frame, fields, profile, zone=zone, **options)[1])


def test_true_universal_time_becomes_the_citys_evening():
    times = read({"from": ["2019-05-12T02:36:00Z"]}, profile=profile_named("medata"))
    assert times.occurred_from[0] == np.datetime64("2019-05-11T21:36")


def test_a_letter_z_that_lies_is_found_out_by_the_quietest_hour(day):
    stamps = [f"2024-01-01T{h:02d}:30:00Z" for h, n in enumerate(day) for _ in range(n)]
    times = read({"from": stamps})
    assert times.occurred_from[0] == np.datetime64("2024-01-01T00:30")
    assert "are local" in notes({"from": stamps})


def test_a_person_who_names_the_zone_is_believed():
    stamps = {"from": ["2019-05-12T02:36:00Z"]}
    assert read(stamps, file_zone="local").occurred_from[0] == np.datetime64(
        "2019-05-12T02:36"
    )
    assert read(stamps, file_zone="Asia/Tokyo").occurred_from[0] == np.datetime64(
        "2019-05-11T12:36"
    )
    with pytest.raises(SafelearnError, match="no time zone called Bogota"):
        read(stamps, file_zone="Bogota")


def test_an_offset_is_an_instant_whatever_the_zone():
    times = read({"from": ["2019-05-12T02:36:00+02:00"]}, file_zone="Asia/Tokyo")
    assert times.occurred_from[0] == np.datetime64("2019-05-11T19:36")


def test_a_date_beside_a_time_of_day():
    times = read(
        {"from_date": ["01/03/2024 12:00:00 AM"] * 3, "from_time": ["2315", "5", ""]}
    )
    assert times.occurred_from.astype(str).tolist() == [
        "2024-03-01T23:15:00",
        "2024-03-01T00:05:00",
        "2024-03-01T00:00:00",
    ]
    assert list(times.precision) == ["minute", "minute", "day"]


def test_an_interval_keeps_its_end_and_a_backward_one_does_not():
    columns = {
        "from": ["2024-01-01 10:00"] * 2,
        "to": ["2024-01-02 08:00", "2023-12-31 08:00"],
    }
    times = read(columns)
    assert times.occurred_to[0] == np.datetime64("2024-01-02T08:00")
    assert np.isnat(times.occurred_to[1])
    assert "1 row ends before it begins" in notes(columns)


def test_a_column_of_firsts_of_the_month_knows_months_only():
    stamps = [f"2022-{m:02d}-01" for m in range(1, 13) for _ in range(10)]
    times = read({"from": stamps})
    assert set(times.precision) == {"month"}


def test_three_dates_on_the_first_prove_nothing():
    assert set(
        read({"from": ["2022-01-01", "2022-02-01", "2022-03-01"]}).precision
    ) == {"day"}


def test_a_column_of_midnights_knows_days_only():
    assert set(
        read({"from": ["2022-01-05 00:00:00", "2022-02-07 00:00:00"]}).precision
    ) == {"day"}


def test_full_hours_throughout_are_known_to_the_hour():
    stamps = [f"2022-01-{d:02d} {h:02d}:00" for d in range(1, 5) for h in range(24)]
    assert set(read({"from": stamps}).precision) == {"hour"}


def test_a_masked_hour_is_no_hour():
    parts = {
        "year": ["2020"] * 2,
        "month": ["7"] * 2,
        "day": ["27"] * 2,
        "hour": ["0", "9"],
        "minute": ["0", "30"],
    }
    times = read(parts, masked=np.array([True, False]))
    assert list(times.precision) == ["day", "minute"]
    assert times.occurred_from[0] == np.datetime64("2020-07-27")


def test_months_are_not_moved_by_a_time_zone():
    times = read({"from": ["2022-01", "2022-02"]}, file_zone="UTC")
    assert times.occurred_from[0] == np.datetime64("2022-01-01")


def test_a_file_without_dates_is_refused():
    with pytest.raises(SafelearnError, match="No column with the date"):
        read({"offence_label": ["theft"]})


def test_a_day_without_its_year_is_refused_with_an_example():
    with pytest.raises(
        SafelearnError, match="cannot be read as dates, such as 3-Ene"
    ) as raised:
        read_times(
            pd.DataFrame({"Fecha": ["", "3-Ene", "9-Feb"]}, dtype="str"),
            {},
            profile_named("generic"),
            zone=BOGOTA,
        )
    assert "needs its year" in raised.value.remedy


def test_months_without_a_year_are_refused_as_that():
    frame = pd.DataFrame({"Mes": ["Enero", "Febrero"]}, dtype="str")
    with pytest.raises(SafelearnError, match="no column says of which year") as raised:
        read_times(frame, {}, profile_named("generic"), zone=BOGOTA)
    assert "column year" in raised.value.remedy


def moments(times):
    return times.occurred_from.astype(str).tolist()


def test_days_written_as_midnights_of_another_zone_stay_the_same_days():
    # As UTC midnights they would move to the evening before.
    for stamp in ("2023-05-12T00:00:00Z", "2023-05-12T00:00:00+00:00", "1683849600000"):
        times = read({"from": [stamp]})
        assert moments(times) == ["2023-05-12T00:00:00"]
        assert list(times.precision) == ["day"]
    assert "read as days" in notes({"from": ["2023-05-12T00:00:00.000Z"]})


def test_local_midnights_written_in_universal_time_are_days():
    # Midnight in Toronto is 05:00 UTC in winter and 04:00 in summer.
    times = read(
        {"from": ["1388552400000", "1404187200000"]}, zone=ZoneInfo("America/Toronto")
    )
    assert moments(times) == ["2014-01-01T00:00:00", "2014-07-01T00:00:00"]
    assert set(times.precision) == {"day"}


def test_hours_that_clocks_skip_or_repeat_are_counted_and_kept():
    stamps = ["2024-03-31 01:30", "2024-10-27 01:30", "2024-10-27 03:30"]
    columns, london = {"from": stamps}, ZoneInfo("Europe/London")
    assert moments(read(columns, zone=london)) == [
        "2024-03-31T01:30:00",
        "2024-10-27T01:30:00",
        "2024-10-27T03:30:00",
    ]
    said = notes(columns, zone=london)
    assert "1 row happened in an hour that clocks showed twice" in said
    assert "1 row happened in an hour that clocks skipped" in said


def test_an_instant_in_the_repeated_hour_is_not_in_doubt():
    said = notes(
        {"from": ["2024-10-27T01:30:00+01:00"]}, zone=ZoneInfo("Europe/London")
    )
    assert "twice" not in said


def test_an_interval_over_the_end_of_daylight_saving_is_not_taken_for_a_backward_one():
    # From 01:50 summer time to 01:10 winter time are twenty minutes.
    columns = {"from": ["2024-10-27T00:50:00Z"], "to": ["2024-10-27T01:10:00Z"]}
    times = read(columns, zone=ZoneInfo("Europe/London"), file_zone="UTC")
    assert times.occurred_from[0] == np.datetime64("2024-10-27T01:50")
    assert times.occurred_to[0] == times.occurred_from[0]
    assert times.figures["backward_ends"] == 0


def test_an_end_known_to_the_day_may_be_any_minute_of_it():
    times = read(
        {
            "from_date": ["03/15/2024", "03/15/2024"],
            "from_time": ["22:00", "22:00"],
            "to_date": ["03/15/2024", "03/16/2024"],
            "to_time": ["", "07:00"],
        }
    )
    assert times.occurred_to.astype(str).tolist() == [
        "2024-03-15T23:59:00",
        "2024-03-16T07:00:00",
    ]
    assert times.figures["backward_ends"] == 0


def test_days_without_hours_can_be_an_interval():
    times = read({"from": ["2024-03-15"], "to": ["2024-03-17"]})
    assert times.occurred_to[0] == np.datetime64("2024-03-17T23:59")
    assert list(times.precision) == ["day"]


def test_a_missing_end_leaves_a_moment_and_an_end_equal_to_it_too():
    times = read({"from": ["2024-03-15 10:00"] * 2, "to": ["", "2024-03-15 10:00"]})
    assert np.isnat(times.occurred_to[0])
    assert times.occurred_to[1] == times.occurred_from[1]


def test_a_column_of_dates_that_mixes_two_orders_is_refused_with_what_to_do():
    dates = ["25/12/2020"] * 6 + ["12/26/2020"] * 5
    with pytest.raises(SafelearnError, match="mixes two orders") as refused:
        read({"from": dates})
    assert "2024-03-31" in refused.value.remedy


def test_ends_that_mix_two_orders_are_not_used():
    columns = {"from": ["2020-12-24"] * 4, "to": ["25/12/2020", "12/26/2020"] * 2}
    assert np.isnat(read(columns).occurred_to).all()
    assert "Ends are not used" in notes(columns)


def test_the_order_of_ends_is_said_only_where_it_is_another():
    same = {"from": ["25/12/2020 10:00"], "to": ["26/12/2020 10:00"]}
    other = {"from": ["25/12/2020 10:00"], "to": ["12/26/2020 10:00"]}
    assert notes(same).count("was read first") == 1
    assert notes(other).count("was read first") == 2


def test_24_00_is_counted_and_belongs_to_the_next_day():
    columns = {"from_date": ["31/12/2023"], "from_time": ["24:00"]}
    assert moments(read(columns)) == ["2024-01-01T00:00:00"]
    assert "1 row happened at 24:00" in notes(columns)


def test_a_clock_that_cannot_be_read_leaves_the_day_and_is_counted():
    columns = {"from_date": ["31/12/2023"] * 2, "from_time": ["late", "10:00"]}
    assert list(read(columns).precision) == ["day", "minute"]
    assert "time of day of 1 row cannot be read" in notes(columns)


def test_a_date_beside_a_column_of_hours_has_hours():
    columns = {"from_date": ["2014/01/01 05:00:00+00"], "hour": ["22"]}
    times = read(columns, zone=ZoneInfo("America/Toronto"))
    assert moments(times) == ["2014-01-01T22:00:00"]


def test_where_the_date_is_missing_the_year_and_month_stand_in():
    columns = {
        "from_date": ["2023-05-12", "2023-06-30", ""],
        "year": ["2023"] * 3,
        "month": ["mayo", "junio", "julio"],
    }
    times = read(columns)
    assert moments(times)[2] == "2023-07-01T00:00:00"
    assert list(times.precision) == ["day", "day", "month"]
    assert "1 row has no readable date, but a year" in notes(columns)


def test_a_year_that_is_not_that_of_the_event_does_not_stand_in():
    columns = {"from_date": ["2022-05-12", "2021-06-30", ""], "year": ["2023"] * 3}
    assert np.isnat(read(columns).occurred_from[2])


def test_quarters_are_known_to_the_year_and_keep_their_ends():
    times = read({"from": ["Q1 2020", "Q4 2020"]})
    assert moments(times) == ["2020-01-01T00:00:00", "2020-10-01T00:00:00"]
    assert times.occurred_to[1] == np.datetime64("2020-12-31T23:59")
    assert set(times.precision) == {"year"}
    assert "Q1 2020 was read as 2020-01-01 to 2020-03-31" in notes(
        {"from": ["Q1 2020"]}
    )


def test_financial_years_begin_where_the_city_lies():
    columns = {"from": ["2010/11", "2011/12"]}
    times = read(columns, zone=ZoneInfo("Africa/Johannesburg"))
    assert moments(times)[1] == "2011-04-01T00:00:00"
    times = read(columns, zone=ZoneInfo("Australia/Sydney"))
    assert moments(times)[1] == "2011-07-01T00:00:00"
    assert times.occurred_to[1] == np.datetime64("2012-06-30T23:59")


def test_a_profile_says_when_the_financial_year_begins():
    profile = Profile("plain", "Plain", year_begins=10)
    times = read({"year": ["2011/12"]}, profile=profile)
    assert moments(times) == ["2011-10-01T00:00:00"]
    assert times.occurred_to[0] == np.datetime64("2012-09-30T23:59")


def test_a_table_that_says_how_exact_each_row_is_is_believed():
    columns = {
        "from": ["2011-04-01", "2024-01-01"],
        "to": ["2012-03-31 23:59", ""],
        "time_precision": ["year", "month"],
    }
    times = read(columns)
    assert moments(times) == ["2011-04-01T00:00:00", "2024-01-01T00:00:00"]
    assert times.occurred_to[0] == np.datetime64("2012-03-31T23:59")
    assert list(times.precision) == ["year", "month"]


def test_hours_that_a_source_writes_for_unknown_are_no_hours():
    profile = Profile("plain", "Plain", unknown_hours=frozenset({1}))
    columns = {"from": ["2024-01-01 00:01", "2024-01-01 00:02"]}
    assert list(read(columns, profile=profile).precision) == ["day", "minute"]
    assert 'writes for "not known"' in notes(columns, profile=profile)


COLUMNS = st.sampled_from(
    [
        "25/12/2020 10:30",
        "03/04/2020",
        "12/26/2020",
        "2020-03-04",
        "2020-03-04T05:06:07Z",
        "2020-03-04T00:00:00+02:00",
        "43900",
        "43900.5",
        "3 de março de 2020",
        "ene-20",
        "Q1 2020",
        "2019/20",
        "2020",
        "1/2/19",
        "soon",
        "",
        "2024-03-31 01:30",
        "31/12/2020 24:00",
    ]
)
CLOCKS = st.sampled_from(["", "2315", "5", "0.5", "10h30", "24:00", "11:15 p. m.", "x"])


@given(
    rows=st.lists(st.tuples(COLUMNS, CLOCKS, COLUMNS, st.booleans()), min_size=1),
    cut=st.integers(0, 20),
)
@settings(max_examples=40, deadline=None)
def test_a_file_read_in_pieces_gives_what_it_gives_as_a_whole(rows, cut):
    frame = pd.DataFrame(
        [row[:3] for row in rows], columns=["from_date", "from_time", "to"], dtype="str"
    )
    masked = np.array([row[3] for row in rows])
    fields = {name: name for name in frame}
    try:
        reader = settle_times(frame, fields, PLAIN, zone=ZoneInfo("Europe/London"))
    except SafelearnError:
        return
    whole = reader.read(frame, masked)
    pieces = [
        reader.read(frame[part].reset_index(drop=True), masked[part])
        for part in (slice(None, cut), slice(cut, None))
    ]
    for name in ("occurred_from", "occurred_to"):
        together = np.concatenate([getattr(piece, name) for piece in pieces])
        assert np.array_equal(together, getattr(whole, name), equal_nan=True)
    assert [*pieces[0].precision, *pieces[1].precision] == list(whole.precision)
    added = {k: sum(p.figures[k] for p in pieces) for k in whole.figures}
    assert added == whole.figures
