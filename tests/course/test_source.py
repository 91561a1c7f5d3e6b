"""One text holds the task, the solution and the typical mistakes; what does not fit is refused before release."""

from __future__ import annotations

import pytest

from safelearn.course.source import CODE_STUB, read_assignment, released
from safelearn.errors import SafelearnError


def edited(tiny, old, new):
    path = tiny / "assignment.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return tiny


def test_each_cell_is_what_stands_in_it(tiny):
    assignment = read_assignment(tiny)
    roles = [(cell.role, cell.task) for cell in assignment.cells]
    assert roles == [
        ("prose", "m98-t1"),
        ("given", ""),
        ("prose", "m98-t1"),
        ("answer", "m98-t1"),
        ("check", "m98-t1"),
        ("prose", "m98-t2"),
        ("written", "m98-t2"),
    ]
    first, second = assignment.mistakes["m98-t1"]
    assert first.name == "mean of the rates"
    assert (
        first.message
        == "You took the mean of the streets' rates. Add up first, then divide."
    )
    assert second.code.startswith("thefts =")


def test_the_trainee_finds_the_names_and_no_solution(tiny):
    answer = next(c for c in read_assignment(tiny).cells if c.role == "answer")
    assert released(answer.source) == f"thefts = ...\nrate = ...\n{CODE_STUB}"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("rate = ...\n", "", "`rate = ...`"),
        ('check("m98-t1"', 'check("m98-t7"', "m98-t7"),
        (
            '# %% per hundred tags=["mistake"]',
            "# %% per hundred",
            "`given` or `mistake`",
        ),
        ('# %% per hundred tags=["mistake"]', '# %% tags=["mistake"]', "two mistakes"),
        ("# You divided for 100 people. It was asked for 1,000.\n", "", "two mistakes"),
        ("### END SOLUTION\n\n# %%\ncheck", "\n# %%\ncheck", "no answer cell"),
        ("# %% m98-t2 [markdown]", "# %% [markdown]", "m98-t2"),
    ],
)
def test_a_text_that_does_not_fit_its_module_is_refused(tiny, old, new, said):
    with pytest.raises(SafelearnError) as caught:
        read_assignment(edited(tiny, old, new))
    assert said in caught.value.remedy


def test_an_installed_safelearn_says_that_solutions_are_not_in_it(tiny):
    (tiny / "assignment.py").unlink()
    with pytest.raises(SafelearnError, match="checkout"):
        read_assignment(tiny)
