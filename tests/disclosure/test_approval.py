"""Only an approved table leaves, and a hidden count takes everything derived from it along."""

from __future__ import annotations

import dataclasses
import inspect

import pandas as pd
import pytest

from safelearn import language
from safelearn.disclosure import approval
from safelearn.disclosure.approval import HIDDEN, Approved, approve
from safelearn.disclosure.overrides import Override
from safelearn.errors import SafelearnError


def rates() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_id": ["01", "02", "03"],
            "n": pd.array([70, None, 0], dtype="Int64"),
            "population": [1000, 2000, 3000],
            "rate": [7000.0, 150.0, 0.0],
            "eb": [6000.0, 200.0, 40.0],
            "mark": ["", "unstable", "unstable"],
        }
    )


def approved(**changes) -> Approved:
    told = {
        "keys": ["area_id"],
        "measures": ["n", "population", "rate", "eb", "mark"],
    }
    return approve("rates_by_area", rates(), **(told | changes))


def test_nobody_makes_an_approved_table_but_approve():
    blank = {f.name: None for f in dataclasses.fields(Approved)}
    with pytest.raises(TypeError, match="approve"):
        Approved(**blank)
    with pytest.raises(TypeError, match="approve"):
        Approved(**blank, seal=object())
    with pytest.raises(TypeError, match="approve"):
        dataclasses.replace(approved(), _frame=rates())


def test_a_hidden_count_takes_its_rate_smoothed_rate_and_mark_along_but_not_the_population():
    table = approved()
    row = table.frame.loc[1]
    assert row[["n", "rate", "eb", "mark"]].isna().all()
    assert row["population"] == 2000
    assert table.hidden.loc[1].to_dict() == {
        "area_id": False,
        "n": True,
        "population": False,
        "rate": True,
        "eb": True,
        "mark": True,
    }


def test_the_hidden_numbers_are_nowhere_in_the_object():
    table = approved()
    assert "150" not in repr(vars(table))
    assert "150" not in table.csv_frame().to_csv()


def test_a_hidden_cell_says_so_in_the_readers_language_and_is_never_blank():
    with language.use("qps"):
        shown = approved().display()
        assert shown.loc[1, "rate"] == language.t(HIDDEN) != HIDDEN
    assert (
        approved().csv_frame().loc[1, ["n", "rate", "eb", "mark"]].tolist()
        == [HIDDEN] * 4
    )
    assert approved().display().loc[2, "n"] == "0"


def test_exported_numbers_stay_numbers():
    table = approve(
        "counts",
        pd.DataFrame({"area_id": ["01"], "n": [7]}),
        keys=["area_id"],
        measures=["n"],
    )
    assert table.csv_frame()["n"].tolist() == [7]


def test_changing_the_frame_one_was_given_changes_nothing():
    table = approved()
    frame, hidden = table.frame, table.hidden
    frame.loc[0, "n"] = 1
    hidden.loc[1, "n"] = False
    assert table.frame.loc[0, "n"] == 70
    assert table.hidden.loc[1, "n"]


def test_slices_stay_approved_and_hidden():
    table = approved(title="Rates").labelled(
        "area_name", "area_id", {"01": "Alto", "02": "Bajo"}
    )
    part = table.where(area_id=["01", "02"]).columns(["area_id", "area_name", "rate"])
    part = part.sorted_by(["rate"]).rename("some_rates", "Some rates")
    assert isinstance(part, Approved)
    assert part.name == "some_rates" and part.title == "Some rates"
    assert part.frame["area_name"].tolist() == ["Alto", "Bajo"]
    assert part.keys == ("area_id", "area_name") and part.measures == ("rate",)
    assert part.display()["rate"].tolist() == ["7,000.0", HIDDEN]
    assert len(part) == 2


def test_a_hidden_row_that_is_told_apart_hides_all_its_counts():
    table = approved(hidden=pd.Series([True, False, False]))
    assert table.frame["n"].isna().tolist() == [True, True, False]


def test_a_small_count_that_is_still_shown_is_refused():
    frame = rates()
    frame.loc[0, "n"] = 4
    with pytest.raises(SafelearnError, match="small count") as refused:
        approve("rates", frame, keys=["area_id"], measures=list(frame)[1:])
    assert "area_id 01" in refused.value.where
    assert "protect" in refused.value.remedy


def test_a_count_of_seven_robberies_is_shown_and_of_seven_rapes_is_not():
    frame = pd.DataFrame({"offence": ["0401", "0301"], "n": [7, 7]})
    with pytest.raises(SafelearnError, match="small count") as refused:
        approve("offences", frame, keys=["offence"], measures=["n"])
    assert "0301" in refused.value.where


def test_a_weighted_count_below_one_is_small_too():
    frame = pd.DataFrame({"hour": [1, 2], "n": [0.4, 8.0]})
    with pytest.raises(SafelearnError, match="small count"):
        approve("hours", frame, keys=["hour"], measures=["n"])


def test_a_column_that_nobody_declared_is_refused():
    with pytest.raises(SafelearnError, match="declares") as refused:
        approve("rates", rates(), keys=["area_id"], measures=["n", "rate"])
    assert "population" in refused.value.where


def test_a_column_of_names_is_refused_whatever_is_lifted():
    frame = pd.DataFrame({"victim_name": ["x"], "n": [9]})
    lifted = [Override("small counts", "A. Person", "B. Person", "asked")]
    with pytest.raises(SafelearnError, match="names people"):
        approve("x", frame, keys=["victim_name"], measures=["n"], overrides=lifted)


def test_a_title_that_ranks_is_refused():
    with pytest.raises(SafelearnError, match="ranks areas"):
        approved(title="The worst neighbourhoods")


@pytest.mark.clause("draft:26(f)(ii).10")
def test_a_lifted_check_is_listed_with_the_name_and_the_reason():
    frame = pd.DataFrame({"area_id": ["01"], "n": [3]})
    lifted = Override("small counts", "A. Person", "B. Person", "the council asked")
    table = approve("x", frame, keys=["area_id"], measures=["n"], overrides=[lifted])
    (note,) = table.notes
    assert "A. Person" in note and "B. Person" in note and "council" in note


def test_a_check_that_was_lifted_for_nothing_is_not_listed():
    lifted = Override("wording", "A. Person", "B. Person", "the council asked")
    frame = pd.DataFrame({"area_id": ["01"], "n": [30]})
    told = {"keys": ["area_id"], "measures": ["n"], "overrides": [lifted]}
    assert approve("x", frame, **told, title="Recorded offences").notes == ()
    assert len(approve("x", frame, **told, title="The worst neighbourhoods").notes) == 1


def test_internal_tables_are_held_to_the_same_rules():
    frame = pd.DataFrame({"area_id": ["01"], "offence": ["0301"], "n": [50]})
    with pytest.raises(SafelearnError, match="not shown by area"):
        approve(
            "x", frame, keys=["area_id", "offence"], measures=["n"], audience="internal"
        )


def test_readers_are_told_what_was_hidden():
    assert "1 to 4" in approved().threshold and "1 to 9" in approved().threshold


def test_there_is_no_public_way_to_the_seal():
    assert not any(
        "seal" in name.lower() for name in dir(approval) if not name.startswith("_")
    )
    assert "seal" not in inspect.signature(approve).parameters
