"""What leaves of the registers of organisations: counts and roles, never what raters thought, never a small group."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest

from safelearn.city.folder import City
from safelearn.reports.measuring.actors import actors
from safelearn.reports.measuring.positions import RATED
from safelearn.reports.measuring.scope import Scope
from safelearn.reports.measuring.stakes import stakes
from safelearn.reports.release import Release
from safelearn.resources import bundled_city
from safelearn.stakeholders.register import PLANNED

#: Columns that no public table may have.
INSIDE = {*RATED, *PLANNED, "stance", "conflicts", "conflict_of_interest", "goal", "gap", "tie"}  # fmt: skip


def measured(city: City, audience: str = "public") -> Release:
    release = Release(city.settings.disclosure, audience)
    scope = Scope(city, release, frozenset())
    actors(scope)
    stakes(scope)
    return release


@pytest.fixture(scope="module")
def port():
    return City.open(bundled_city("puerto-sereno"))


@pytest.fixture(scope="module")
def planted(port):
    return json.loads((port.folder / "truth.json").read_text("utf-8"))["stakeholders"]


@pytest.fixture(scope="module")
def public(port):
    return measured(port)


@pytest.fixture(scope="module")
def inside(port, tmp_path_factory):
    """What the city's own office reads, of the two tables that hold what must not leave."""
    folder = tmp_path_factory.mktemp("inside")
    for name in ("city.toml", "areas.csv", "stakeholders.csv", "ties.csv"):
        shutil.copy(port.folder / name, folder / name)
    return measured(City.open(folder), "internal")


@pytest.mark.clause("draft:25(b)")
def test_ratings_plans_and_ties_one_by_one_stay_inside(public, inside):
    columns = {c for table in public.tables.values() for c in table.frame}
    assert not columns & INSIDE
    assert not {"positions", "engagement_plan", "register_gaps", "ties"} & set(public.tables)  # fmt: skip
    assert {"positions", "engagement_plan", "register_gaps", "ties"} <= set(inside.tables)  # fmt: skip


def test_an_organisation_that_speaks_for_an_endangered_group_is_named_inside_only_to_be_cleaned(
    port, public, inside
):
    register = port.table("stakeholders")
    of = register.loc[register["group"] == "migrants", "name"]
    shown = " ".join(t.frame.to_csv() for t in public.tables.values())
    assert len(of) == 2 and not any(name in shown for name in of)
    for name in ("positions", "ties", "organisations"):
        assert not any(one in inside.tables[name].frame.to_csv() for one in of)
    assert set(inside.tables["register_gaps"].frame["organisation"]) == set(of)


@pytest.mark.clause("draft:24(d)")
def test_what_was_planted_in_the_registers_is_what_the_public_tables_say(
    public, planted
):
    frame = public.tables["organisations"].frame.set_index("stakeholder_id")
    assert frame["between"].idxmax() == planted["broker"]
    assert frame.index[frame["partners"] == 0].tolist() == [planted["isolated_department"]]  # fmt: skip
    for name in ("inclusion", "seat_shares"):
        table = public.tables[name].frame
        found = table.loc[table["group"] == planted["missing_group"], "found"]
        assert set(found) == {"no_record"}


@pytest.mark.clause("draft:25(d).5")
def test_a_small_group_is_hidden_with_everything_that_is_worked_out_from_it(
    port, public
):
    table = public.tables["inclusion"]
    walks = table.where(where="walks", group="displaced")
    came = port.table("participation")
    came = came[(came["kind"] == "safety_walk") & (came["group"] == "migrants")]
    assert 0 < came["participants"].sum() < 10
    assert walks.hidden[["n", "share", "representation", "lower", "upper"]].all(axis=None)  # fmt: skip
    shown = table.frame["n"].dropna()
    assert ((shown == 0) | (shown >= 5)).all()


def test_women_and_men_are_hidden_together_or_one_would_be_the_rest(port, tmp_path):
    folder = tmp_path / "city"
    folder.mkdir()
    for name in ("city.toml", "areas.csv", "population.csv", "participation.csv"):
        shutil.copy(port.folder / name, folder / name)
    rows = pd.read_csv(folder / "participation.csv", dtype=str)
    few = (rows["kind"] == "safety_walk") & (rows["group"] == "women")
    rows.loc[few, "participants"] = "3"
    rows.to_csv(folder / "participation.csv", index=False)
    release = Release(port.settings.disclosure, "public")
    actors(Scope(City.open(folder), release, frozenset()))
    table = release.tables["inclusion"].where(where="walks", group=["women", "men"])
    assert table.hidden["n"].all()


@pytest.mark.clause("draft:24(g)", "draft:26(d).3")
def test_only_those_who_agree_are_listed(port, public):
    listed = set(public.tables["initiatives"].frame["initiative_id"])
    register = port.table("initiatives").set_index("initiative_id")
    assert (register.loc[list(listed), "consent"] == "yes").all()
    assets = port.table("assets").set_index("asset_id")
    shown = public.tables["assets"].frame["asset_id"]
    assert (assets.loc[shown, "consent"] != "no").all()
    assert public.results["assets"]["assets"] + public.results["assets"]["unlisted"] == len(assets)  # fmt: skip


def test_a_city_without_registers_is_silent(tmp_path):
    folder = tmp_path / "city"
    folder.mkdir()
    for name in ("city.toml", "areas.csv"):
        shutil.copy(bundled_city("puerto-sereno") / name, folder / name)
    release = measured(City.open(folder))
    assert not release.tables and not release.results
