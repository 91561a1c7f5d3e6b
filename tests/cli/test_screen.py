"""Long work says how far it is: a line now and then in a log, and nothing for what is done at once."""

from __future__ import annotations

import pytest

from safelearn.cli import screen


@pytest.fixture
def clock(monkeypatch):
    """A clock that a test sets."""

    class Clock:
        now = 0.0

    monkeypatch.setattr(screen.time, "monotonic", lambda: Clock.now)
    return Clock


def test_a_log_gets_a_line_now_and_then_with_the_time_left(clock, capsys):
    with screen.progress("Reading crimes.csv") as step:
        for clock.now, done in ((1, 5), (20, 10), (25, 20), (60, 50)):
            step(done, 100, f"{done},000 rows read")
    assert capsys.readouterr().err.splitlines() == [
        "Reading crimes.csv: 10,000 rows read, 10% done, about 3 minutes left.",
        "Reading crimes.csv: 50,000 rows read, 50% done, about 60 seconds left.",
    ]


def test_what_is_done_at_once_shows_nothing(clock, capsys):
    with screen.progress("Reading crimes.csv") as step:
        step(50, 100, "halfway")
        clock.now = 1.5
        step(100, 100, "")
    assert capsys.readouterr() == ("", "")


def test_a_terminal_gets_a_bar_only_after_two_seconds(clock, capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    with screen.progress("Reading crimes.csv") as step:
        step(50, 100, "halfway")
        assert capsys.readouterr().err == ""
        clock.now = 3
        step(60, 100, "600 rows read")
        assert "600 rows read" in capsys.readouterr().err
