"""Files are whole or not there."""

from __future__ import annotations

import pytest

from safelearn.city.writing import whole
from safelearn.errors import SafelearnError


def test_a_file_takes_the_place_of_the_old_one_only_when_it_is_finished(tmp_path):
    path = tmp_path / "areas.csv"
    path.write_text("old", encoding="utf-8")
    with whole(path) as part:
        part.write_text("new", encoding="utf-8")
        assert path.read_text(encoding="utf-8") == "old"
    assert path.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("trouble", [OSError(28, "No space left"), KeyboardInterrupt()])
def test_a_full_disk_or_ctrl_c_leaves_the_old_file(tmp_path, trouble):
    path = tmp_path / "areas.csv"
    path.write_text("old", encoding="utf-8")
    expected = SafelearnError if isinstance(trouble, OSError) else KeyboardInterrupt
    with pytest.raises(expected), whole(path) as part:
        part.write_text("half", encoding="utf-8")
        raise trouble
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]
