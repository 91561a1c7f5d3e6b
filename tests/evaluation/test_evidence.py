"""Levels of evidence: by how a design was made, in words, never more than the data carry."""

from __future__ import annotations

from itertools import product

import pytest

from safelearn.errors import SafelearnError
from safelearn.evaluation.evidence import ASSIGNMENTS, LEVELS, Design, grade
from safelearn.language import use


@pytest.mark.clause("draft:25(o).2")
@pytest.mark.parametrize(
    ("design", "level"),
    [
        (Design(3, counted_after=False), 0),
        (Design(3, 3, "matched", counted_before=False), 1),
        (Design(3), 2),
        (Design(3, recording_changed=True), 1),
        (Design(3, 3, "by_need"), 2),
        (Design(3, 3, "by_need", parallel_before=False), 2),
        (Design(3, 3, "by_need", parallel_before=True), 3),
        (Design(1, 1, "matched"), 3),
        (Design(8, 9, "matched"), 4),
        (Design(8, 9, "matched", parallel_before=False), 2),
        (Design(8, 9, "by_need", parallel_before=True), 3),
        (Design(8, 9, "by_need", parallel_before=True, adjusted=True), 4),
        (Design(1, 1, "by_lot"), 3),
        (Design(8, 9, "by_lot"), 5),
        (Design(8, 9, "by_lot", counted_before=False), 5),
    ],
)
def test_a_design_has_the_level_of_sherman_s_scale(design, level):
    assert grade(design).level == level


def test_the_other_scale_of_the_same_name_is_not_this_one():
    """In it, before and after without comparison is level 1; in that of 1997, level 2."""
    found = grade(Design(3))
    assert found.level == 2 and "1997" in found.scale


def test_better_data_never_lower_a_level_and_no_lot_no_five():
    choices = product(
        ASSIGNMENTS, (1, 6), (0, 1, 6), (True, False), (None, True, False)
    )
    for assignment, treated, control, adjusted, parallel in choices:
        design = Design(treated, control, assignment, True, True, parallel, adjusted)
        found = grade(design).level
        assert 2 <= found <= (5 if assignment == "by_lot" else 4)
        worse = Design(treated, 0, assignment, True, True, parallel, adjusted)
        assert grade(worse).level <= found
        assert found <= 2 or control


def test_every_level_says_why_and_what_would_raise_it():
    for design in (Design(3), Design(3, 3, "matched"), Design(8, 9, "by_lot")):
        found = grade(design)
        assert found.reason.endswith(".") and found.raised_by.endswith(".")
        assert found.name == LEVELS[found.level]
        with use("qps"):
            assert found.reason != grade(design)._reason


def test_an_unknown_way_of_choosing_is_named():
    with pytest.raises(SafelearnError, match="none of by_lot"):
        grade(Design(3, 3, "random"))
