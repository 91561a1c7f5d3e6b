"""A check is lifted by two named people for a reason, and some checks by nobody."""

from __future__ import annotations

import pytest

from safelearn.city.settings import Disclosure
from safelearn.disclosure.overrides import Override, must_be_internal
from safelearn.errors import SafelearnError
from safelearn.reports.release import Release


@pytest.mark.parametrize(
    "check", ["personal data", "exact points", "sensitive slices", "model card", ""]
)
def test_personal_data_points_and_sensitive_slices_cannot_be_lifted(check):
    with pytest.raises(SafelearnError, match="cannot be lifted"):
        Override(check, "A. Person", "B. Person", "a reason")


@pytest.mark.parametrize(("by", "reason"), [("", "a reason"), ("A. Person", " ")])
def test_a_name_and_a_reason_are_needed(by, reason):
    with pytest.raises(SafelearnError, match="named person"):
        Override("small counts", by, "B. Person", reason)


@pytest.mark.parametrize("second", ["", "  ", "A. Person", "a.person"])
def test_the_second_person_is_somebody_else(second):
    with pytest.raises(SafelearnError, match="second person"):
        Override("small counts", "A. Person", second, "a reason")


def test_small_counts_are_never_shown_to_the_public():
    lifted = [Override("small counts", "A. Person", "B. Person", "a reason")]
    with pytest.raises(SafelearnError, match="never shown to the public"):
        must_be_internal(lifted, "public")
    must_be_internal(lifted, "internal")
    must_be_internal([Override("wording", "A", "B", "a by-law is quoted")], "public")


def test_small_counts_of_sexual_violence_stay_hidden_though_the_check_is_lifted():
    import pandas as pd

    lifted = Override("small counts", "A. Person", "B. Person", "asked")
    release = Release(Disclosure(), "internal", overrides=(lifted,))
    codes = ["0301", "0302", "0401", "0501"]
    counts = pd.DataFrame({"offence": codes, "n": [3, 8, 2, 60]})
    safe = release.protect(counts)
    shown = safe.cells.set_index("offence")["n"]
    assert shown["0401"] == 2 and pd.isna(shown["0301"])
    out = release.approve(
        "x", safe.cells[["offence", "n"]], keys=["offence"], measures=["n"]
    )
    assert any("B. Person" in note for note in out.notes)
    assert "this check was lifted" in out.threshold
