"""What leaves on groups: thirty answers at least, no area, no community without its agreement."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

from safelearn.city.folder import City
from safelearn.city.settings import update_settings
from safelearn.indicators import sdg
from safelearn.reports.chapters.groups import groups as chapter
from safelearn.reports.chapters.voices import EVERYBODYS
from safelearn.reports.measuring.groups import groups
from safelearn.reports.measuring.scope import Scope
from safelearn.reports.release import Release
from safelearn.resources import bundled_city


def measured(city):
    release = Release(city.settings.disclosure, "public")
    groups(Scope(city, release, frozenset()))
    return release


@pytest.fixture
def copy(tmp_path):
    """A city that a test may change."""

    def make(name="kharwell", without=()):
        folder = tmp_path / name
        shutil.copytree(bundled_city(name), folder)
        for table in without:
            (folder / f"{table}.csv").unlink()
        return folder

    return make


@pytest.fixture(scope="module")
def page(found):
    return str(chapter(found))


@pytest.mark.clause("draft:26(c).1", "draft:11")
def test_women_feel_less_safe_as_planted_and_the_page_says_so(found, page, town):
    import json

    truth = json.loads((town / "truth.json").read_text("utf-8"))["perception"]
    table = found.tables["groups"].where(group="women", item="safe_after_dark").frame
    sexes = {"group": "female", "others": "male"}
    for row in table.itertuples():
        planted = truth["share_safe_after_dark_by_sex"][sexes[row.who]]
        assert row.lower < planted < row.upper
    assert "of women feel safe walking alone after dark" in page


def test_a_groups_figure_is_the_indicators_own(found, town):
    survey = City.open(town).table("survey")
    women = survey[survey["sex"] == "female"]
    yes = sdg.safe_after_dark(women)
    share = (yes * women["weight"]).sum() / women["weight"].sum()
    table = found.tables["groups"].where(
        group="women", item="safe_after_dark", who="group"
    )
    assert table.frame["value"].item() == pytest.approx(share)
    assert table.frame["n"].item() == round(len(women) / 5) * 5


def test_no_line_rests_on_fewer_than_thirty_answers_and_none_names_an_area(found):
    names = ("groups", "group_differences", "group_intersections", "norms")
    for name in names:
        frame = found.tables[name].frame
        assert not {"area_id", "area_name", "parent", "stratum"} & set(frame)
        assert frame["n"].min() >= 30
        hidden = frame["mark"] == "too few answers"
        assert (
            frame.loc[hidden, ["value", "lower", "upper", "n"]].isna().to_numpy().all()
        )


@pytest.mark.clause("draft:11.3")
def test_gender_identity_has_too_few_answers_and_is_crossed_with_nothing(found, page):
    rows = found.tables["groups"].where(group="gender").frame
    assert rows["value"].isna().all()
    assert (
        not found.tables["group_intersections"]
        .frame["overlap"]
        .str.contains("gender")
        .any()
    )
    assert "Too few people of other genders than woman or man answered" in page


@pytest.mark.clause("draft:26(c).4")
def test_nothing_about_indigenous_peoples_leaves_without_their_agreement(found, page):
    for table in found.tables.values():
        assert not table.frame.astype(str).isin(["indigenous"]).any(axis=None)
    assert "no agreement of their communities is recorded" in page
    assert "Authority to control" in page


@pytest.mark.clause("draft:26(c).4")
def test_with_a_recorded_agreement_they_are_shown_and_who_agreed_is_said(
    town, tmp_path
):
    folder = tmp_path / "agreed"
    shutil.copytree(town, folder)
    who = "Council of the communities, assembly of 2 March 2025"
    update_settings(folder, {"consent": {"indigenous": who}})
    release = measured(City.open(folder))
    assert "indigenous" in set(release.tables["groups"].frame["group"])
    assert release.results["groups"]["status"]["indigenous"] == ""


@pytest.mark.clause("draft:26(c).3")
def test_disability_follows_the_washington_group_and_the_planted_share_is_found(found):
    rows = found.tables["functioning"].frame.set_index("at_least")
    cut = rows.loc["a_lot_of_difficulty"]
    assert cut["lower"] < 0.05981 < cut["upper"]
    assert rows["value"].is_monotonic_decreasing


@pytest.mark.clause("draft:26(c).6", "draft:25(d).5")
def test_each_group_has_its_section_or_its_line_whether_it_was_asked_or_not(page):
    from safelearn.diagnosis.groups import GROUPS

    for group in GROUPS:
        assert group.title in page, group.key
    assert "Nobody under 18 was asked" in page
    assert "Nobody of this group has walked" in page


@pytest.mark.clause("draft:26(c).2")
def test_young_people_are_shown_first_with_what_is_strong(found):
    items = found.tables["groups"].where(group="young", who="group").frame["item"]
    assert items.tolist()[:2] == ["safe_after_dark", "trusts_police"]
    assert items.tolist()[-1] == "discriminated"


@pytest.mark.clause("draft:10.2", "draft:11.2")
def test_norms_trust_and_bribes_are_shown_for_everybody_and_by_sex(found, page):
    norms = found.tables["norms"].frame
    assert {"no_partner_violence", "newcomers", "trust_courts", "bribe"} <= set(
        norms["item"]
    )
    assert set(norms["sex"]) == {"all", "female", "male"}
    bribe = norms[(norms["item"] == "bribe") & (norms["sex"] == "all")].iloc[0]
    assert bribe["n"] == 1755  # of 3,355 asked those who met an official
    assert "paid a bribe or were asked for one" in page


def test_only_quotes_with_consent_are_on_the_page_and_without_their_area(found, page):
    quotes = City.open(bundled_city("puerto-sereno")).table("quotes")
    for row in quotes.itertuples():
        assert (row.quote in page) == (row.consent == "publish")
    assert set(found.tables["quotes"].frame) == {
        "group", "theme", "tone", "place_type", "setting", "quote",
    }  # fmt: skip
    assert "9 quotes are not shown" in page
    assert "Cohen" in page


def test_every_kind_of_voice_has_a_place_in_the_chapter():
    from safelearn.city.contracts import labels
    from safelearn.diagnosis.groups import GROUPS

    placed = {voice for group in GROUPS for voice in group.voices} | set(EVERYBODYS)
    assert placed == set(labels("quotes", "group"))
    assert placed == set(labels("audits", "rater_group"))


def test_a_name_in_a_quote_keeps_it_here(copy):
    folder = copy("puerto-sereno")
    path = folder / "quotes.csv"
    text = path.read_text(encoding="utf-8")
    named = text.replace("They shout from the corner", "Ask Rosa Quispe at the corner")
    path.write_text(named, encoding="utf-8")
    release = measured(City.open(folder))
    shown = release.tables["quotes"].frame["quote"]
    assert not shown.str.contains("Rosa").any()
    assert release.results["groups"]["withheld"]["person"] == 1


def test_a_long_account_or_a_number_of_a_paper_keeps_a_quote_here_and_stops_nothing(
    copy,
):
    folder = copy("puerto-sereno")
    path = folder / "quotes.csv"
    text = path.read_text(encoding="utf-8")
    text = text.replace("They shout from the corner", "and then it went on " * 20)
    text = text.replace("Give us the field", "Charge 4111 1111 1111 1111")
    path.write_text(text, encoding="utf-8")
    release = measured(City.open(folder))
    assert release.results["groups"]["withheld"]["person"] == 2
    assert len(release.tables["quotes"]) == 17
    assert release.tables["quotes_by_theme"].frame["quotes"].sum() == 17


def test_a_smaller_survey_says_less_and_never_drops_a_group():
    release = measured(City.open(bundled_city("kharwell")))
    table = release.tables["groups"].frame
    shown = table.dropna(subset=["value"]).groupby("group").size()
    assert shown["women"] == 18  # nine questions; of victims fewer than thirty
    assert "displaced" not in shown  # asked, and fewer than thirty answered
    assert "displaced" in set(table["group"])


def test_a_survey_without_a_question_says_that_nobody_was_asked(copy):
    folder = copy()
    survey = pd.read_csv(folder / "survey.csv", dtype=str)
    survey.drop(columns=["tenure", "walk_dark"]).to_csv(
        folder / "survey.csv", index=False
    )
    release = measured(City.open(folder))
    found = release.results["groups"]
    assert found["status"]["tenure"] == "asked"
    assert found["lacking"] == ["safe_after_dark"]


def test_five_of_six_questions_on_functioning_are_refused_and_the_others_go_on(copy):
    folder = copy()
    survey = pd.read_csv(folder / "survey.csv", dtype=str)
    survey.drop(columns="wg_hearing").to_csv(folder / "survey.csv", index=False)
    city = City.open(folder)
    release = Release(city.settings.disclosure, "public")
    scope = Scope(city, release, frozenset())
    groups(scope)
    assert "six questions" in scope.refused["washington_group"].what
    assert release.results["groups"]["status"]["disability"] == "asked"
    assert "women" in set(release.tables["groups"].frame["group"])


def test_a_city_with_neither_survey_nor_walks_nor_quotes_has_no_such_chapter(
    measured,
):
    found = measured("rio-manso")
    assert "groups" not in found.results
    assert str(chapter(found)) == ""
