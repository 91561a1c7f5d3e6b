"""Where organisations stand in the grid of power and interest, and how sure that is."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.errors import Refused, SafelearnError
from safelearn.stakeholders.position import SALIENCE, SALIENCE_NAMES, grid, salience


def rated(*lines: tuple) -> pd.DataFrame:
    """Code, power with its span, interest with its span, group."""
    columns = ["stakeholder_id", "power_lowest", "power", "power_highest", "interest_lowest", "interest",
               "interest_highest", "group"]  # fmt: skip
    return pd.DataFrame(lines, columns=columns)


@pytest.mark.clause("draft:15")
def test_each_of_the_four_fields_holds_what_the_books_say():
    found = grid(
        rated(
            ("mayor", 4, 5, 5, 4, 4, 5, None),
            ("finance", 4, 5, 5, 1, 1, 2, None),
            ("women", 1, 2, 3, 4, 5, 5, "women"),
            ("elders", 1, 1, 2, 2, 3, 3, "older_persons"),
        )
    )
    assert found.actors["field"].tolist() == ["work_closely", "win_over", "keep_informed", "look_again"]  # fmt: skip
    assert found.actors["sure"].all()
    # Whoever speaks for people and has neither power nor interest is not to be forgotten.
    assert found.overlooked == ("elders",)


def test_a_place_on_which_raters_disagree_is_not_sure():
    found = grid(rated(("guard", 2, 4, 5, 4, 4, 5, None), ("club", 1, 1, 1, 3, 4, 5, None)))  # fmt: skip
    assert found.actors["sure"].tolist() == [False, False]
    assert found.actors["spread"].tolist() == [3, 2]
    assert found.unsure == 2


def test_one_score_without_its_span_is_a_place_that_nobody_can_be_sure_of():
    one = pd.DataFrame({"stakeholder_id": ["a"], "power": [5.0], "interest": [5.0]})
    assert not grid(one).actors["sure"].item()


def test_another_cut_moves_those_on_the_line():
    on_the_line = rated(("a", 3, 3, 3, 3, 3, 3, None))
    assert grid(on_the_line).actors["field"].item() == "look_again"
    assert grid(on_the_line, cut=2.5).actors["field"].item() == "work_closely"


def test_who_was_not_rated_is_listed_and_a_grid_of_nobody_is_refused():
    rows = rated(("a", 3, 4, 5, 3, 4, 5, None), ("b", None, None, None, None, None, None, None))  # fmt: skip
    assert grid(rows).unrated == ("b",)
    with pytest.raises(Refused, match="scores"):
        grid(rows.tail(1))


def test_a_register_without_a_column_is_told_which():
    rows = rated(("a", 3, 4, 5, 3, 4, 5, None))
    with pytest.raises(SafelearnError, match="lacks the column interest"):
        grid(rows.drop(columns="interest"))


def test_the_eight_kinds_of_salience_have_neutral_names():
    flags = pd.DataFrame(list(SALIENCE), columns=["power", "legitimacy", "urgency"])
    rows = flags.replace({True: "yes", False: "no"}).add_prefix("has_")
    found = salience(rows.assign(stakeholder_id=list("abcdefgh")))
    assert found["salience"].tolist() == list(SALIENCE.values())
    said = " ".join(SALIENCE_NAMES.values()).lower()
    assert not any(word in said for word in ("danger", "demand", "dormant", "dependent"))  # fmt: skip


def test_an_unanswered_question_leaves_an_organisation_without_a_kind():
    answers = {"has_power": ["yes"], "has_legitimacy": [None], "has_urgency": ["no"]}
    rows = pd.DataFrame({"stakeholder_id": ["a"], **answers})
    assert salience(rows).empty
