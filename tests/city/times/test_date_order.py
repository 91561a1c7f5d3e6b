"""Day first or month first: one answer for a whole column, with its evidence. Dates are made up by hand."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from safelearn.city.times.stamps import settle_stamps

BOGOTA, CHICAGO = ZoneInfo("America/Bogota"), ZoneInfo("America/Chicago")
#: Dates that can be read both ways, in no order of time.
OPEN = [f"{d:02d}/{m:02d}/2023" for m in range(1, 13) for d in (2, 7, 11) if d != m]
OPEN = [OPEN[7 * i % len(OPEN)] for i in range(len(OPEN))]


def settle(*dates, zone=BOGOTA, formats=(), **beside):
    frame = pd.DataFrame({"fecha": dates, **beside}, dtype="str")
    return settle_stamps(frame["fecha"], beside=frame, zone=zone, formats=formats)


def read(*dates, **options):
    reader = settle(*dates, **options)
    text = pd.Series(dates, dtype="str")
    return reader.read(text).moments.astype("datetime64[D]").astype(str).tolist()


def note(*dates, **options):
    reader = settle(*dates, **options)
    return " ".join((*reader.notes, *reader.order.notes))


def test_one_date_that_can_only_be_day_first_decides_for_the_column():
    assert read("03/04/2020", "25/12/2020")[0] == "2020-04-03"
    said = note("03/04/2020", "25/12/2020", zone=CHICAGO)
    assert "day was read first" in said
    assert "1 date can only be read so (25/12/2020)" in said


def test_one_date_that_can_only_be_month_first_decides_for_the_column():
    assert read("03/04/2020", "12/25/2020")[0] == "2020-03-04"
    said = note("03/04/2020", "12/25/2020", "12/26/2020", "12/25/2020")
    assert "month was read first" in said
    assert "3 dates can only be read so (12/25/2020)" in said


def test_a_few_contradicting_dates_are_unreadable_and_counted():
    dates = ["25/12/2020"] * 40 + ["03/04/2020"] * 5 + ["12/26/2020"]
    assert read(*dates)[-2:] == ["2020-04-03", "NaT"]
    said = note(*dates)
    assert "40 dates can only be read so" in said and "but 1 only" in said
    text = pd.Series(dates, dtype="str")
    assert settle(*dates).read(text).figures["other_order"] == 1


def test_a_column_mixed_about_evenly_has_no_order():
    refusal = settle(*["25/12/2020"] * 6, *["12/26/2020"] * 5, "03/04/2020").order
    assert "6 dates can only be read with the day first (25/12/2020)" in refusal.refusal
    assert "5 only with the month first (12/26/2020)" in refusal.refusal


def test_two_programs_that_wrote_into_one_column_are_told_apart_by_their_style():
    dates = ["25/12/2020", "03/04/2020", "12-26-2020", "03-04-2020"]
    assert read(*dates) == ["2020-12-25", "2020-04-03", "2020-12-26", "2020-03-04"]
    assert "dates like 25/12/2020 have the day first" in note(*dates)


def test_where_nothing_decides_the_habit_of_the_country_is_taken_and_said():
    assert read("03/04/2020", "05/06/2020")[0] == "2020-04-03"
    said = note("03/04/2020", "05/06/2020")
    assert "2 dates such as 03/04/2020 could have the day or the month first" in said
    assert "usual order in the time zone America/Bogota" in said
    assert 'format = "%m/%d/%Y"' in said
    assert read("03/04/2020", "05/06/2020", zone=CHICAGO)[0] == "2020-03-04"


def test_dates_whose_day_is_their_month_need_no_assumption():
    assert note("03/03/2020", "05/05/2020") == ""


def test_a_column_of_months_decides():
    months = [d[:2] for d in OPEN]
    assert read(*OPEN, mes=months)[0] == "2023-02-01"
    assert "The column mes agrees" in note(*OPEN, mes=months)


def test_a_column_of_names_of_months_decides():
    names = "January February March April May June July August September October November December"
    months = [names.split()[int(d[:2]) - 1] for d in OPEN]
    assert read(*OPEN, Month=months)[0] == "2023-02-01"


def test_a_column_of_weekdays_decides():
    # 1 February 2023 was a Wednesday, 2 January 2023 a Monday.
    days = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"]
    dates = pd.to_datetime(OPEN, format="%m/%d/%Y")
    assert dates[0].date().isoformat() == "2023-02-01"
    weekdays = [days[d] for d in dates.day_of_week]
    assert read(*OPEN, dia_semana=weekdays)[0] == "2023-02-01"


def test_a_column_that_agrees_with_neither_decides_nothing():
    assert "usual order" in note(*OPEN, mes=["1", "2", "3"] * (len(OPEN) // 3))


def test_another_column_of_dates_of_the_same_file_decides():
    reported = ["12/31/2023"] * len(OPEN)
    assert read(*OPEN, reported=reported)[0] == "2023-02-01"
    assert "So does the column reported write its dates: 12/31/2023" in note(
        *OPEN, reported=reported
    )


def test_dates_by_month_are_all_firsts():
    assert read(*[f"{m}/1/2023" for m in range(1, 13)])[4] == "2023-05-01"
    assert read(*[f"01/{m}/2023" for m in range(1, 13)])[4] == "2023-05-01"


@pytest.mark.parametrize("order", [1, -1])
def test_rows_in_the_order_of_time_decide(order):
    days = pd.date_range("2023-01-01", "2023-12-31")
    days = days[(days.day <= 12)][::order]
    assert read(*days.strftime("%m/%d/%Y"))[20] == str(days[20].date())
    assert "order of time" in note(*days.strftime("%m/%d/%Y"))


def test_a_profile_decides_unless_the_dates_contradict_it():
    formats = ("%m/%d/%Y", "ISO8601")
    assert read("03/04/2020", "05/06/2020", formats=formats)[0] == "2020-03-04"
    assert note("03/04/2020", "05/06/2020", formats=formats) == ""
    assert read("03/04/2020", "25/12/2020", formats=formats)[0] == "2020-04-03"
    assert "not written as the profile says" in note("25/12/2020", formats=formats)


def test_years_of_two_digits_are_those_of_this_century_until_69():
    assert read("25/12/68", "25/12/69") == ["2068-12-25", "1969-12-25"]
    assert "25/12/19 was read as a date of 2019" in note("25/12/19")


def test_a_year_of_two_digits_may_stand_first():
    assert read("98-12-31", "99-01-02")[1] == "1999-01-02"
    days = pd.date_range("2019-01-01", "2019-03-31").strftime("%y-%m-%d")
    assert read(*days)[31] == "2019-02-01"


def test_a_sample_decides_for_what_it_does_not_show():
    reader = settle("25/12/2020")
    later = reader.read(pd.Series(["03/04/2020", "12/26/2020"], dtype="str"))
    assert later.moments[0] == np.datetime64("2020-04-03")
    assert np.isnat(later.moments[1]) and later.figures["other_order"] == 1
