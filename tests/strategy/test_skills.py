"""The team learns what it lacks together, and no single post is shown in public."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.guidelines.competencies import role
from safelearn.strategy.skills import gaps, next_to_learn, team


def post(code: str, profile: str, levels: dict[str, int], **columns) -> pd.DataFrame:
    rows = pd.DataFrame({"competency": list(levels), "level": list(levels.values())})
    return rows.assign(post_id=code, post=code, profile=profile, **columns)


@pytest.mark.clause("draft:25(n)")
def test_what_a_role_asks_by_the_framework_holds_where_the_table_is_silent():
    least = dict(role("police_analyst").minimum)
    found = gaps(post("W1", "police_analyst", {"C5": 1})).set_index("competency")
    assert set(found.index) == {name for name, level in least.items() if level}
    assert found.loc["C5", "gap"] == least["C5"] - 1
    # A competency that nobody has judged lacks everything.
    assert pd.isna(found.loc["C4", "level"]) and found.loc["C4", "gap"] == least["C4"]


def test_the_required_level_of_the_table_goes_before_the_framework():
    found = gaps(post("W1", "other", {"C1": 2}, required_level=4))
    assert found[["required", "gap"]].values.tolist() == [[4, 2]]


@pytest.mark.clause("draft:25(n)")
def test_a_team_without_a_mapmaker_is_told_so():
    skills = pd.concat(
        [
            post("W1", "other", {"C1": 3}, required_level=2, staff=2, field="human", assessed_by="self"),
            post("W2", "other", {"C1": 1}, required_level=2, staff=5, field="human", assessed_by="course"),
        ]
    )  # fmt: skip
    found = team(skills)
    assert found.missing_fields == ("territorial", "technological")
    assert (found.staff, found.self_rated) == (7, 0.5)
    first = found.competencies.iloc[0]
    assert first[["highest", "leads", "does", "required", "short", "gap"]].tolist() == [3, 2, 2, 2, 1, 0]  # fmt: skip
    assert "C1" not in found.nobody_leads and "C9" in found.nobody_leads
    assert next_to_learn(skills) == ["C1"]


def test_the_team_can_lack_a_level_that_no_post_reaches():
    found = team(post("W1", "other", {"C9": 1}, required_level=3)).competencies
    assert found.set_index("competency").loc["C9", "gap"] == 2
