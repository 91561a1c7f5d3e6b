"""Collecting takes what is a trainee's own, and follows nothing."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest

pytestmark = pytest.mark.needs("useradd")  # an exchange needs accounts
NAME, WORK = "05_rates", '{"cells": []}'


@pytest.fixture
def own(tmp_path):
    """A folder as a trainee hands it in."""
    folder = tmp_path / "handed"
    (folder / "data").mkdir(parents=True)
    (folder / "assignment.ipynb").write_text(WORK, encoding="utf-8")
    (folder / "data" / "mine.csv").write_text("1", encoding="utf-8")
    return folder


def test_plain_files_are_taken_and_links_are_not(own, tmp_path):
    from safelearn.course.classroom.collect import take

    (tmp_path / "gradebook.db").write_text("marks", encoding="utf-8")
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / "answer.txt").write_text("42", encoding="utf-8")
    (own / "data.csv").symlink_to(tmp_path / "gradebook.db")
    (own / "more").symlink_to(tmp_path / "solutions")
    os.mkfifo(own / "pipe")
    left = take(own, tmp_path / "copy", os.getuid())
    there = {
        str(p.relative_to(tmp_path / "copy"))
        for p in (tmp_path / "copy").rglob("*")
        if p.is_file()
    }
    assert there == {"assignment.ipynb", "data/mine.csv"}
    assert len(left) == 3 and all(
        any(n in one for one in left) for n in ("data.csv", "more", "pipe")
    )


def test_files_of_somebody_else_are_left(own, tmp_path):
    from safelearn.course.classroom.collect import take

    left = take(own, tmp_path / "copy", os.getuid() + 1)
    assert len(left) == 2
    assert not [p for p in (tmp_path / "copy").rglob("*") if p.is_file()]


def test_a_file_that_says_it_is_huge_is_left(own, tmp_path):
    from safelearn.course.classroom.collect import take

    with (own / "zz.csv").open("wb") as file:
        file.truncate(40 << 30)
    (left,) = take(own, tmp_path / "copy", os.getuid())
    assert "zz.csv" in left
    assert (tmp_path / "copy" / "assignment.ipynb").is_file()


@pytest.fixture
def collect(tmp_path):
    """Collect what lies in the exchange; gives the ids that were collected."""
    import pwd

    from traitlets.config import Config

    from safelearn.course.classroom.exchange import open_exchange

    me = pwd.getpwuid(os.getuid()).pw_name
    open_exchange(tmp_path / "exchange", "c", me)
    inbound = tmp_path / "exchange" / "c" / "inbound"

    def put(name: str, text: str = WORK):
        folder = inbound / name
        folder.mkdir()
        (folder / "assignment.ipynb").write_text(text, encoding="utf-8")
        return folder

    def run() -> dict:
        from nbgrader.coursedir import CourseDirectory

        from safelearn.course.classroom.api import own_tools
        from safelearn.course.classroom.collect import Collect

        own_tools()
        config = Config()
        config.Exchange.root = str(tmp_path / "exchange")
        config.CourseDirectory.root = str(tmp_path / "course")
        config.CourseDirectory.course_id = "c"
        config.CourseDirectory.assignment_id = NAME
        (tmp_path / "course").mkdir(exist_ok=True)
        collect = Collect(coursedir=CourseDirectory(config=config), config=config)
        collect.update = True
        collect.start()
        return {p.name: p / NAME for p in (tmp_path / "course" / "submitted").glob("*")}

    run.put, run.me, run.inbound = put, me, inbound
    return run


def test_a_folder_in_anothers_name_is_not_taken_and_stops_nobody(collect, tmp_path):
    now = f"{datetime.now(UTC) - timedelta(seconds=90):%Y-%m-%d %H:%M:%S.%f} UTC"
    collect.put(f"{collect.me}+{NAME}+{now}+x")
    collect.put(f"somebody-else+{NAME}+{now}+x", "forged")
    collect.put(f"{collect.me}+{NAME}+no time+x", "forged")
    (collect.inbound / f"{collect.me}+{NAME}+2099-01-01 00:00:00 UTC+x").symlink_to(
        tmp_path
    )
    there = collect()
    assert list(there) == [collect.me]
    assert (there[collect.me] / "assignment.ipynb").read_text("utf-8") == WORK
    assert (there[collect.me] / "submission_secret.txt").is_file()
    # An hour that is true is kept as it is.
    assert (there[collect.me] / "timestamp.txt").read_text("utf-8") == now


def test_work_that_says_it_came_long_ago_came_when_it_was_written(collect):
    collect.put(f"{collect.me}+{NAME}+2020-01-01 00:00:00.000000 UTC+x")
    said = (collect()[collect.me] / "timestamp.txt").read_text("utf-8")
    came = datetime.fromisoformat(said.removesuffix(" UTC")).replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - came) < timedelta(minutes=5)


def test_the_exchange_has_rights_that_keep_trainees_apart(collect, tmp_path):
    from safelearn.course.classroom.exchange import faults

    root = tmp_path / "exchange"
    assert faults(root, "c", collect.me) == []
    (root / "c" / "inbound").chmod(0o777)
    assert faults(root, "c", collect.me) == [str(root / "c" / "inbound")]


def test_what_somebody_put_in_the_place_of_the_exchange_is_not_used(tmp_path):
    import pwd

    from safelearn.course.classroom.exchange import open_exchange
    from safelearn.errors import SafelearnError

    (tmp_path / "exchange").mkdir()
    (tmp_path / "exchange" / "c").symlink_to(tmp_path)
    with pytest.raises(SafelearnError, match="Somebody else"):
        open_exchange(tmp_path / "exchange", "c", pwd.getpwuid(os.getuid()).pw_name)
