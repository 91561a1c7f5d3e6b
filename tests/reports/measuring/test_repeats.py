"""Harm that comes back: shares of addresses leave, counts and homes of violence do not."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from safelearn.city.settings import Disclosure
from safelearn.reports.chapters.who import who
from safelearn.reports.measuring.repeats import repeats
from safelearn.reports.period import period_of
from safelearn.reports.release import Release

MONTHS = [f"2024-{m:02d}" for m in range(1, 13)]
PERIOD = period_of(MONTHS, [100] * 12)


def records(keys, offence="05012", precision="exact", domestic="no", month="2024-05"):
    return pd.DataFrame(
        {
            "occurred_from": pd.Timestamp(f"{month}-10"),
            "offence": offence,
            "place_key": keys,
            "place_precision": precision,
            "domestic": domestic,
            "count": 1,
        }
    )


def measured(*frames):
    scope = SimpleNamespace(
        table=lambda name: None,
        incidents=pd.concat(frames, ignore_index=True),
        period=PERIOD,
        release=Release(Disclosure(), "public"),
        refused={},
    )
    repeats(scope)
    return scope


def burglaries(once, twice):
    return [f"o{i}" for i in range(once)] + [f"t{i}" for i in range(twice)] * 2


def test_the_share_is_of_the_years_records_at_exact_addresses():
    scope = measured(
        records(burglaries(80, 10)),
        records(["o1"] * 50, month="2023-05"),  # the year before
        records(["t1"] * 50, precision="area"),  # moved points
        records([None] * 50),
    )
    table = scope.release.tables["repeat_places"].frame
    assert table["offence"].tolist() == ["0501"]
    assert table["share"].item() == 0.2  # 20 of 100
    assert table["lower"].item() < 0.2 < table["upper"].item()
    assert set(table) == {"offence", "share", "lower", "upper"}  # no count leaves


def test_sexual_and_domestic_violence_and_what_police_look_for_are_left_out():
    keys = burglaries(80, 20)
    scope = measured(
        records(keys),
        records(keys, offence="0301"),
        records(keys, offence="020112", domestic="yes"),
        records(keys, offence="0601"),
    )
    assert scope.release.tables["repeat_places"].frame["offence"].tolist() == ["0501"]


def test_a_share_of_fewer_than_five_records_is_hidden_in_words():
    scope = measured(records(burglaries(118, 1)))
    table = scope.release.tables["repeat_places"]
    assert table.display()["share"].tolist() == ["hidden to protect people"]


def test_records_without_addresses_are_refused_and_the_remedy_is_said():
    scope = measured(records([None] * 200))
    assert "no exact addresses" in scope.refused["repeat_victimisation"].what
    few = measured(records(burglaries(50, 10)))
    assert "100" in few.refused["repeat_victimisation"].what
    assert not few.release.tables


def test_the_chapter_on_who_is_harmed_says_how_much_comes_back(found):
    page = str(who(found))
    assert "Harm that comes back" in page
    table = found.tables["repeat_places"].frame.set_index("offence")
    # At the market and the bus station the same stalls are hit again: planted hot spots of theft.
    assert table.loc["0502", "lower"] > table.loc["0504", "upper"]
    victims = found.tables["repeat_victims"].frame.iloc[0]
    assert victims["n"] == 125  # 126 attacked, to the nearest five
    # 11 of them twice; the weights move the share a little.
    assert victims["lower"] < 11 / 126 < victims["upper"]


@pytest.mark.parametrize("name", ["kharwell", "northmoor"])
def test_cities_without_addresses_say_why_there_is_no_figure(name, measured):
    page = str(who(measured(name)))
    assert "no exact addresses" in page
