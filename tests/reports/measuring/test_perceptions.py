"""What leaves on fear: thirty answers at least, hidden counts nowhere, planted places found."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest

from safelearn.city.folder import City
from safelearn.diagnosis.fear_risk import FEARED_ONLY, HARMED_ONLY, QUADRANTS
from safelearn.reports.chapters.perception import perception as chapter
from safelearn.reports.chapters.survey_parts import group_names
from safelearn.reports.measuring.fear import between
from safelearn.reports.measuring.perceptions import perceptions, without_remainders
from safelearn.reports.measuring.scope import Scope
from safelearn.reports.release import Release
from safelearn.resources import bundled_city


def measured(city):
    scope = Scope(city, Release(city.settings.disclosure, "public"), frozenset())
    perceptions(scope)
    return scope


@pytest.fixture(scope="module")
def planted(town):
    return json.loads((town / "truth.json").read_text("utf-8"))["perception"]


@pytest.fixture(scope="module")
def page(found):
    return str(chapter(found))


@pytest.mark.clause("draft:5.1", "draft:25(d).4")
def test_every_place_that_is_feared_but_safe_is_found(found, planted):
    frame = found.tables["fear_and_risk"].frame.set_index("area_id")
    placed = frame.loc[planted["feared_but_safe"], "quadrant"]
    assert (placed == FEARED_ONLY).all()


def test_no_place_is_put_where_all_residents_would_not_put_it(found, planted):
    """Fear of everybody who lives there, against everybody in the city."""
    frame = found.tables["fear_and_risk"].frame.set_index("area_id")
    afraid = 1 - pd.Series(planted["share_safe_after_dark_by_area"])
    city = 1 - planted["share_safe_after_dark"]
    placed = frame[frame["quadrant"].isin(QUADRANTS)]
    truly = afraid.reindex(placed.index) > city
    said = placed["quadrant"].isin([FEARED_ONLY, QUADRANTS[0]])
    assert (truly == said).all()
    planted_other_way = frame.loc[planted["unsafe_but_not_feared"], "quadrant"]
    assert FEARED_ONLY not in set(planted_other_way)
    assert (planted_other_way == HARMED_ONLY).any()


def test_areas_with_few_answers_have_no_value(found):
    frame = found.tables["fear_and_risk"].frame
    few = frame["mark"] == "too few answers"
    assert few.any()
    assert frame.loc[few, ["fear", "risk", "gap", "n"]].isna().all(axis=None)
    assert frame.loc[~few, "n"].min() >= 30


def test_the_page_says_what_the_figure_is_not_for_and_keeps_the_order_of_codes(
    found, page
):
    assert "Not for patrol allocation, stops, eviction, lending or insurance" in page
    assert found.tables["fear_and_risk"].frame["area_id"].is_monotonic_increasing
    assert "more fear, less harm" in page


def test_the_page_opens_with_the_share_that_feels_safe(found, page):
    row = found.tables["perceptions"].where(measure="safe_dark", breakdown="city").frame
    assert f"{round(100 * row['value'].iloc[0])}% of adults feel safe" in page
    assert found.sentences["safe_dark"].endswith("women less often than men")


def test_a_hidden_count_is_bounded_by_what_a_reader_knows():
    # In a, robbery is hidden: all 20 less 8 assaults, 5 thefts leave at most 7. In c the total is hidden too.
    rows = [
        ("a", "all", 20), ("a", "0201", 8), ("a", "0401", None), ("a", "0502", 5),
        ("b", "all", 30), ("b", "0201", 10), ("b", "0401", 6), ("b", "0502", 14),
        ("c", "all", None), ("c", "0201", 9), ("c", "0401", None), ("c", "0502", 5),
    ]  # fmt: skip
    released = pd.DataFrame(rows, columns=["area_id", "offence", "n"])
    released["n"] = released["n"].astype("Int64")
    found = between(released, ["0201", "0401"])
    assert found.loc["a"].tolist() == [8, 15]
    assert found.loc["b"].tolist() == [16, 16]
    assert found.loc["c"].isna().all()


def test_a_remainder_is_named_and_takes_no_group_with_it():
    frame = pd.DataFrame(
        {
            "measure": "x", "breakdown": ["city", "sex", "sex", "sex"],
            "group": ["city", "female", "male", "other"], "n": [104, 60, 40, 4],
        }
    )  # fmt: skip
    kept, thin = without_remainders(frame)
    assert kept["group"].tolist() == ["city", "female", "male"]
    assert thin == [("sex", "other")]


def test_545_answers_give_the_city_and_groups_but_no_area():
    scope = measured(City.open(bundled_city("kharwell")))
    table = scope.release.tables["perceptions"].frame
    assert table.loc[table["breakdown"] == "city", "value"].notna().all()
    assert "fear_and_risk" not in scope.release.tables
    assert "Too few people" in scope.refused["fear_risk"].what


def test_a_city_without_a_survey_gets_a_card_and_no_section(tmp_path):
    from safelearn.reports.chapters.gaps import missing
    from safelearn.reports.evidence import gather

    folder = tmp_path / "rio-manso"
    shutil.copytree(bundled_city("rio-manso"), folder)
    evidence = gather(folder, language="en")
    assert str(chapter(evidence)) == ""
    cards = str(missing(evidence))
    assert "How safe people feel" in cards
    assert "What police never hear" in cards


def test_every_group_has_a_name(found):
    names = group_names(found)
    groups = set(found.tables["perceptions"].frame["group"])
    assert groups <= set(names)
