"""Two imports into one city never run at the same time, and a lock outlives no process."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time

import pytest

from safelearn.city.imports.history import change
from safelearn.city.imports.locking import LOCK, alone, at_work
from safelearn.errors import SafelearnError


def locked_by(folder, process, computer=None):
    owner = {"process": process, "computer": computer or platform.node()}
    (folder / LOCK).write_text(json.dumps(owner), encoding="utf-8")


@pytest.fixture(scope="module")
def gone():
    """The number of a process that has ended."""
    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(ended.stdout)


def test_a_second_import_is_refused_and_told_who_is_at_work(tmp_path):
    with alone(tmp_path):
        assert at_work(tmp_path)
        with (
            pytest.raises(SafelearnError, match=f"process {os.getpid()}") as raised,
            change(tmp_path),
        ):
            pass
        assert LOCK in raised.value.remedy
    assert not at_work(tmp_path) and not list(tmp_path.iterdir())


def test_the_lock_of_a_process_that_is_gone_is_taken_over(tmp_path, gone):
    locked_by(tmp_path, gone)
    assert not at_work(tmp_path)
    with change(tmp_path):
        assert at_work(tmp_path)
    assert not list(tmp_path.iterdir())


def test_the_lock_of_another_computer_is_left_to_people(tmp_path, gone):
    locked_by(tmp_path, gone, computer="the other one")
    with pytest.raises(SafelearnError, match="the other one"), alone(tmp_path):
        pass


def test_a_lock_without_a_name_is_believed_for_a_moment(tmp_path):
    lock = tmp_path / LOCK
    lock.touch()
    assert at_work(tmp_path)
    long_ago = time.time() - 60
    os.utime(lock, (long_ago, long_ago))
    assert not at_work(tmp_path)


def test_what_a_killed_import_has_left_is_cleared_away(tmp_path, gone):
    locked_by(tmp_path, gone)
    left = tmp_path / ".importing-abc"
    left.mkdir()
    (left / "incidents.parquet").write_bytes(b"half of it")
    with change(tmp_path):
        assert not left.exists()
