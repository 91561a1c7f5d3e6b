"""A city's own profile begins with what its file seems to hold."""

from __future__ import annotations

import pytest

from safelearn.city.profile_drafting import draft_profile
from safelearn.city.profiles import match_profile
from safelearn.errors import SafelearnError


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "denuncias.csv"
    path.write_text(
        "fecha_hecho,delito,barrio,zapato\n2024-01-02,hurto,Alto,42\n", encoding="utf-8"
    )
    return path


def test_the_draft_is_a_profile_that_knows_the_file_again(tmp_path, file):
    path = draft_profile(tmp_path, file, "ours")
    profile, _ = match_profile(["fecha_hecho", "delito", "barrio", "zapato"], tmp_path)
    assert profile.name == "ours" and profile.own
    assert (
        profile.assign(["fecha_hecho", "delito", "barrio"])["offence_label"] == "delito"
    )
    assert "zapato" in path.read_text(encoding="utf-8")


def test_a_profile_is_never_overwritten(tmp_path, file):
    draft_profile(tmp_path, file, "ours")
    with pytest.raises(SafelearnError, match="of that name already"):
        draft_profile(tmp_path, file, "ours")
    with pytest.raises(SafelearnError, match="no name for a profile"):
        draft_profile(tmp_path, file, "../ours")
