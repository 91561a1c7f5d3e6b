"""Dates with names of months, weekdays and clocks, in five languages. Expected moments are written by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.city.times.moments import PRECISIONS
from safelearn.city.times.written_dates import put_together, take_apart


def read(*written):
    return put_together(take_apart(pd.Series(written, dtype="str")), {})


@pytest.mark.parametrize(
    ("written", "moment", "precision"),
    [
        ("15-ene-2023", "2023-01-15", "day"),
        ("15ENE2023", "2023-01-15", "day"),
        ("3 de março de 2023", "2023-03-03", "day"),
        ("3 de março de 2023 às 10h30", "2023-03-03T10:30", "minute"),
        ("1º de maio de 2023", "2023-05-01", "day"),
        ("1er août 2023", "2023-08-01", "day"),
        ("2 Févr. 2020", "2020-02-02", "day"),
        ("15. Januar 2023", "2023-01-15", "day"),
        ("15 Dez. 2021 um 14.30 Uhr", "2021-12-15T14:30", "minute"),
        ("Jan 15, 2023", "2023-01-15", "day"),
        ("Sept. 5, 2020", "2020-09-05", "day"),
        ("3rd of March, 2023", "2023-03-03", "day"),
        ("January 15, 2023 10:33PM", "2023-01-15T22:33", "minute"),
        ("Mon, 15 Jan 2023 10:00:00 GMT", "2023-01-15T10:00", "minute"),
        ("Monday January 15 2023", "2023-01-15", "day"),
        ("lunes, 15 de enero de 2023", "2023-01-15", "day"),
        # "mar." is a Tuesday here, not March.
        ("mar. 15 ene. 2023", "2023-01-15", "day"),
        ("12 de diciembre del 2022 a las 11:15 p. m.", "2022-12-12T23:15", "minute"),
        ("15-Jan-23", "2023-01-15", "day"),
        ("März 2023", "2023-03-01", "month"),
        ("ene-23", "2023-01-01", "month"),
        ("23/04/2019 - 10:30", "2019-04-23T10:30", "minute"),
        ("2020/01/01 05:00:00+00", "2020-01-01T05:00", "minute"),
        ("23/04/2019 24:00", "2019-04-24", "minute"),
        ("31/12/2019 24:00", "2020-01-01", "minute"),
        ("2023-01-15 10", "2023-01-15T10:00", "hour"),
        ("2019.04.23", "2019-04-23", "day"),
    ],
)
def test_each_way_to_write_a_date_out(written, moment, precision):
    stamps = read(written)
    assert stamps.moments[0] == np.datetime64(moment, "s")
    assert PRECISIONS[stamps.precision[0]] == precision


@pytest.mark.parametrize(
    "text", ["31/02/2020", "15-Jan", "04/19", "10-15-20 foo", "1/1", "99/99/9999", ""]
)
def test_what_is_no_date_is_not_read(text):
    assert np.isnat(read(text).moments[0])


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("locale", ["es", "pt", "fr", "de", "en"])
def test_every_month_is_known_in_full_and_in_short(month, locale):
    from babel.dates import get_month_names

    for width in ("wide", "abbreviated"):
        name = get_month_names(width, locale=locale)[month]
        assert read(f"15 {name} 2023").moments[0] == np.datetime64(
            f"2023-{month:02d}-15"
        )
