"""From a city's folder to its report: what cannot be done is refused, and leaves nothing."""

from __future__ import annotations

import pytest

from safelearn.errors import SafelearnError
from safelearn.reports.diagnose import diagnose


def test_the_city_is_never_written_to(town, tmp_path):
    before = {p: p.stat().st_mtime_ns for p in town.rglob("*")}
    with pytest.raises(SafelearnError):
        diagnose(town, town / "report")
    assert {p: p.stat().st_mtime_ns for p in town.rglob("*")} == before


def test_a_folder_with_other_files_is_left_alone(town, tmp_path):
    (tmp_path / "letters.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SafelearnError) as caught:
        diagnose(town, tmp_path)
    assert "left alone" in caught.value.what
    assert [p.name for p in tmp_path.iterdir()] == ["letters.txt"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"audience": "everybody"}, "everybody"),
        ({"audience": "internal"}, "who it is for"),
        ({"formats": ["docm"]}, "docm"),
        ({"parameters": {"yaer": 2024}}, "yaer"),
        ({"parameters": {"year": 1999}}, "1999"),
    ],
)
def test_what_cannot_be_done_is_refused_and_leaves_nothing(
    town, tmp_path, options, said
):
    with pytest.raises(SafelearnError) as caught:
        diagnose(town, tmp_path / "report", **options)
    assert said in str(caught.value)
    assert list(tmp_path.iterdir()) == []
