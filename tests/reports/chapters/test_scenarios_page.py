"""Papers for a workshop on the city's future, from a folder that has little, and from one that has all."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn import language
from safelearn.reports.chapters.scenarios_page import scenarios
from safelearn.reports.evidence import gather

VISION = (
    "After dark every street is open to women and girls, and traders keep their place.\n\n"
    "work: protects\nmovement: protects\n"
)


def ballots() -> pd.DataFrame:
    rows = [("women", "A", 30), ("women", "B", 9), ("men", "A", 20), ("men", "B", 3)]
    frame = pd.DataFrame(rows, columns=["group", "option_id", "votes"])
    fixed = {"ballot_id": "S1", "kind": "scenarios", "held_on": "2026-03-01"}
    return frame.assign(option="City " + frame["option_id"], **fixed)


def statistics() -> pd.DataFrame:
    rows = [
        ("road_death_rate", year, n)
        for year, n in zip(range(2021, 2026), (52, 61, 40, 70, 55), strict=True)
    ]
    rows += [
        ("assault_attendance_rate", year, n)
        for year, n in zip(range(2021, 2026), (800, 830, 790, 860, 840), strict=True)
    ]
    rows += [("trafficking_victims", year, 3) for year in range(2021, 2026)]
    rows += [("school_services", year, 40) for year in range(2021, 2026)]
    frame = pd.DataFrame(rows, columns=["indicator_id", "period", "numerator"])
    return frame.assign(denominator=100_000, group="everyone", source="Offices")


@pytest.fixture(scope="module")
def workshop(tmp_path_factory):
    folder = tmp_path_factory.mktemp("city") / "harbour"
    folder.mkdir()
    text = 'format = 1\nname = "Harbour"\nlanguage = "en"\ntimezone = "UTC"\n'
    (folder / "city.toml").write_text(text, encoding="utf-8")
    (folder / "areas.csv").write_text("area_id,area_name\n01,Old town\n", "utf-8")
    ballots().to_csv(folder / "ballots.csv", index=False)
    statistics().to_csv(folder / "statistics.csv", index=False)
    (folder / "vision.md").write_text(VISION, encoding="utf-8")
    with language.use("en"):
        return gather(folder, template="scenarios")


@pytest.mark.clause("draft:25(o).3b")
def test_drivers_are_carried_forward_and_what_cannot_be_is_named(workshop):
    table = workshop.tables["drivers"].frame
    assert set(table["driver"]) == {"road_death_rate", "assault_attendance_rate"}
    assert (table["horizon"] == 2028).all()
    left = workshop.results["no_drivers"]
    assert len(left) == 2
    assert any("small" in why for why in left.values())
    assert any("share" in why for why in left.values())
    page = scenarios(workshop)
    assert "Where each figure may lie in 2028" in page
    assert "How far" not in page


@pytest.mark.clause("draft:25(a)")
def test_four_scenarios_and_a_vote_of_which_small_numbers_are_hidden(workshop):
    assert len(workshop.tables["scenarios"]) == 4
    votes = workshop.tables["scenario_votes"]
    shown = votes.frame.set_index(["group", "option_id"])["n"]
    # Three votes of men are few, and with the other counts they could be worked out.
    assert pd.isna(shown["men", "B"])
    assert votes.hidden["n"].sum() >= 2
    assert "even" not in workshop.tables["scenario_votes_together"].frame
    assert "hidden to protect people" in scenarios(workshop)


@pytest.mark.clause("draft:26(f)(ii).1")
def test_the_vision_is_shown_with_the_rights_that_nobody_has_read_it_for(workshop):
    text, found = workshop.results["vision"]
    assert "protects" not in text
    state = found.rights.set_index("right")["state"]
    assert state["work"] == "held"
    assert state["housing"] == "to be read"
    page = scenarios(workshop)
    assert "Not every right has been read yet" in page
    assert text in page


@pytest.mark.clause("draft:25(j)")
def test_the_inventory_is_there_with_its_sources_and_questions(workshop):
    page = scenarios(workshop)
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/29483246/"' in page
    assert "read: abstract" in page
    assert "AGPL 3" in page
    assert "Is it settled how you will know whether it works here?" in page


def test_a_city_with_nothing_yet_gets_cards_that_say_how_to_begin(tmp_path):
    text = 'format = 1\nname = "Harbour"\nlanguage = "en"\ntimezone = "UTC"\n'
    (tmp_path / "city.toml").write_text(text, encoding="utf-8")
    (tmp_path / "areas.csv").write_text("area_id,area_name\n01,Old town\n", "utf-8")
    with language.use("en"):
        found = gather(tmp_path, template="scenarios")
        page = scenarios(found)
    assert page.count("Not measured yet") == 3
    assert not found.tables


@pytest.mark.clause("draft:25(o).3b")
def test_puerto_sereno_leaves_out_what_police_look_for_and_what_was_recorded_anew(town):
    with language.use("en"):
        found = gather(town, template="scenarios", options={"horizon": 2027})
    drivers = set(found.tables["drivers"].frame["driver"])
    assert {"0401", "0501", "0502"} <= drivers
    # Fraud is counted in another way since 2023, drugs follow the police, homicides are few.
    assert not {"0701", "0601", "0801", "0101"} & drivers
    assert found.tables["drivers"].frame["horizon"].unique().tolist() == [2027]
    assert found.results["attack"] > 0
