"""Every sentence on goals, targets and priorities, as a reader meets it."""

from __future__ import annotations

from safelearn.indicators import targets
from safelearn.reports import indicator_findings as findings


def test_the_goals_are_counted_and_empty_ones_named():
    assert findings.goals(24, 1, 30, []) == (
        "The city measures 25 of 30 indicators of the global goals, and at least one for each goal"
    )
    assert findings.goals(3, 0, 30, ["Health", "Work"]) == (
        "The city measures 3 of 30 indicators of the global goals, and none on Health and Work"
    )
    assert findings.goals(0, 0, 30, ["Health"]) == (
        "No indicator of the global goals is measured yet"
    )
    assert findings.goals(30, 0, 30, []).startswith("Every indicator")


def test_targets_are_counted_by_where_they_stand():
    off, on, open_ = targets.OFF, targets.ON, targets.CANNOT_TELL
    assert findings.standing([on, on, off, open_]) == (
        "Of 4 targets, 2 are on course, 1 is off course, and of 1 it cannot be told yet"
    )
    assert findings.standing([open_] * 3) == (
        "For none of the 3 targets can it be told yet whether the city is on course"
    )
    assert findings.standing([targets.REACHED, targets.MISSED]) == (
        "Of 2 targets, 1 is reached and 1 was missed"
    )


def test_priorities_without_an_outcome_are_named():
    assert findings.priorities(6, []) == (
        "Each of the 6 priorities has at least one outcome indicator that is measured."
    )
    assert findings.priorities(6, ["Safe crossings"]) == (
        "1 priority has no outcome indicator that is measured: Safe crossings."
    )


def test_every_state_and_flag_of_a_target_has_words():
    stands = (targets.REACHED, targets.ON, targets.OFF, targets.MISSED)
    assert set(findings.PROGRESS) == {*stands, targets.CANNOT_TELL}
    flags = "NO_BASELINE NO_TARGET NO_DATE NO_OWNER NO_BUDGET NO_STEP TOO_SMALL "
    flags += "NOT_MEASURED UNKNOWN NOT_SINCE FROM_RECORDS"
    assert set(findings.FLAGS) == {getattr(targets, f) for f in flags.split()}
