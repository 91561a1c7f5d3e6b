"""A module of two tasks whose data a test can follow by eye, in a folder outside the repository."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import ClassVar

import pytest

from safelearn.course import answers, key, variants

MODULE = """
id = "m98"
title = "A module of two tasks"
competency = "C5"
needs = []
hours = 1
clauses = ["draft:18"]

[tasks.t1]
title = "The rate"
lesson = "1. Divide"
level = 1
points = 2
answers.thefts = { kind = "number", unit = "thefts", min = 0, digits = 0 }
answers.rate = { kind = "number", unit = "per 1,000", min = 0, digits = 1 }

[tasks.t2]
title = "Say it"
lesson = "1. Divide"
level = 2
points = 3
rubric = [["It says of whom.", 2], ["It is short.", 1]]
"""

VARIANT = """
import numpy as np
import pandas as pd


def draw(seed):
    rng = np.random.default_rng(seed)
    n = rng.integers(5, 60, 4)
    people = rng.integers(1000, 9000, 4)
    return {"shops": pd.DataFrame({"street": list("ABCD"), "n": n, "people": people})}


def lesson_holds(tables):
    return tables["shops"]["n"].min() >= 10
"""

ASSIGNMENT = """# %% [markdown]
# # Two tasks

# %%
from safelearn import check
from safelearn.course.variants import my_city

city = my_city("m98")
shops = city.shops

# %% [markdown]
# ## Task 1
#
# How many thefts, and how many for 1,000 people?

# %%
thefts = ...
rate = ...
### BEGIN SOLUTION
thefts = shops["n"].sum()
rate = 1000 * thefts / shops["people"].sum()
### END SOLUTION

# %%
check("m98-t1", thefts=thefts, rate=rate)

# %% mean of the rates tags=["mistake"]
# You took the mean of the streets' rates. Add up first, then divide.
thefts = shops["n"].sum()
rate = (1000 * shops["n"] / shops["people"]).mean()

# %% per hundred tags=["mistake"]
# You divided for 100 people. It was asked for 1,000.
thefts = shops["n"].sum()
rate = 100 * thefts / shops["people"].sum()

# %% [markdown]
# ## Task 2
#
# Say it in a sentence.

# %% m98-t2 [markdown]
# ### BEGIN SOLUTION
# So many thefts for 1,000 people of four streets.
# ### END SOLUTION
"""


LESSON = """# %% [markdown]
# # A lesson

# %% [markdown]
# ## 1. Divide

# %%
1 + 1

# %% tags=["claim"]
assert 1 + 1 == 2
"""


@pytest.fixture(scope="session")
def write_tiny():
    """Write the module into a folder, and forget what was read before."""

    def write(more: Path) -> Path:
        folder = more / "98_tiny"
        folder.mkdir(parents=True)
        for name, text in {
            "module.toml": MODULE,
            "variant.py": VARIANT,
            "assignment.py": ASSIGNMENT,
            "lesson.py": LESSON,
        }.items():
            (folder / name).write_text(text, encoding="utf-8")
        for cached in (variants.variant, key.assignment_of, key.key_for):
            cached.cache_clear()
        answers._formed.clear()
        return folder

    return write


@pytest.fixture
def tiny(write_tiny, tmp_path, monkeypatch) -> Path:
    """The folder of the module."""
    monkeypatch.setenv("SAFELEARN_CURRICULUM", str(tmp_path / "more"))
    return write_tiny(tmp_path / "more")


@pytest.fixture(autouse=True)
def nobody(tmp_path, monkeypatch):
    """No test is anybody, and none reads or writes what the user has saved."""
    for name in ("JUPYTERHUB_USER", "SAFELEARN_TRAINEE", "SAFELEARN_ANSWERS"):
        monkeypatch.delenv(name, raising=False)
    for name in ("NBGRADER_EXECUTION", "NBGRADER_VALIDATING"):
        monkeypatch.delenv(name, raising=False)
    saved = tmp_path / "config" / "trainee.txt"
    monkeypatch.setattr(variants, "_saved_file", lambda: saved)


class Classroom:
    """A course of the module of two tasks, in which four trainees have handed in."""

    NAME = "98_tiny"
    RIGHT = 'thefts = shops["n"].sum()\nrate = 1000 * thefts / shops["people"].sum()'
    SLIP = RIGHT.replace("1000", "100")
    ANSWERS: ClassVar = {"ana": RIGHT, "ben": SLIP, "chi": "", "dan": RIGHT}

    def __init__(self, course: Path) -> None:
        self.course = course

    def hand_in(self) -> None:
        """Everybody does."""
        import nbformat

        given = self.course / "release" / self.NAME / "assignment.ipynb"
        for student, answer in self.ANSWERS.items():
            notebook = nbformat.read(given, as_version=4)
            for cell in notebook.cells:
                if cell.id == "m98-t1-answer":
                    cell.source = answer or cell.source
                if cell.id == "m98-t2" and answer:
                    cell.source = "So many for 1,000 people."
            path = self.course / "submitted" / student / self.NAME / given.name
            path.parent.mkdir(parents=True)
            nbformat.write(notebook, path)

    def grades(self, task: str) -> dict[str, object]:
        """By student, what nbgrader's gradebook holds for a task."""
        from nbgrader.api import Gradebook

        with Gradebook(f"sqlite:///{self.course / 'gradebook.db'}") as book:
            return {
                submission.student.id: (
                    grade.auto_score,
                    grade.manual_score,
                    grade.needs_manual_grade,
                )
                for submission in book.assignment_submissions(self.NAME)
                for grade in submission.notebooks[0].grades
                if grade.cell.name == task
            }


@pytest.fixture(scope="session")
def new_course(write_tiny, tmp_path_factory) -> Path:
    """The course as `safelearn course new` leaves it, made once: copy it before you change it."""
    from safelearn.course.classroom.new import new_course

    root = tmp_path_factory.mktemp("new")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAFELEARN_CURRICULUM", str(root / "more"))
        write_tiny(root / "more")
        new_course(root / "course", [Classroom.NAME])
    return root / "course"


@pytest.fixture(scope="module")
def a_copy(new_course, tmp_path_factory):
    """A copy of the course, to which a module of tests adds what all of its tests begin with."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAFELEARN_CURRICULUM", str(new_course.parent / "more"))
        yield shutil.copytree(new_course, tmp_path_factory.mktemp("copy") / "course")


@pytest.fixture(scope="module")
def template(new_course) -> Path:
    """With what the tests of a module begin: the new course, if the module says nothing else."""
    return new_course


@pytest.fixture
def course(template, tiny, tmp_path) -> Path:
    """A copy of the template, for one test."""
    return shutil.copytree(template, tmp_path / "course")


@pytest.fixture
def classroom(new_course, tiny, tmp_path) -> Classroom:
    """The course, before anything was graded."""
    made = Classroom(shutil.copytree(new_course, tmp_path / "course"))
    made.hand_in()
    return made
