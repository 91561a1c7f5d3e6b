"""A class in which nearly everybody cheats or breaks something is graded, and the honest ones get what they earned."""

from __future__ import annotations

import functools
import importlib.util
import socket
import sys
from pathlib import Path

import pytest

from safelearn.course.classroom.new import new_course
from safelearn.course.grading import checker
from safelearn.course.grading.batch import grade
from safelearn.execution.sandbox.walls import open_sandbox
from safelearn.execution.warm.jobs import Limits

pytestmark = [pytest.mark.needs("bwrap"), pytest.mark.filterwarnings("ignore")]
NAME = "98_tiny"


def _neighbour(name):
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


hostile = _neighbour("hostile")
LIGHT = [attack for attack in hostile.ATTACKS if attack.name in hostile.LIGHT]


@pytest.fixture(scope="module")
def graded(write_tiny, tmp_path_factory):
    """A class graded in one batch: the records and nbgrader's own marks, by trainee."""
    root = tmp_path_factory.mktemp("battery")
    course = root / "course"
    honest = [
        hostile.Hostile(f"honest-{letter}", hostile.RIGHT, points=2) for letter in "amz"
    ]
    with pytest.MonkeyPatch.context() as patch, socket.create_server(("", 0)) as heard:
        patch.setenv("SAFELEARN_CURRICULUM", str(root / "more"))
        write_tiny(root / "more")
        new_course(course, [NAME])
        config = course / "nbgrader_config.py"
        more = "c.Judge.seconds = 2\nc.Judge.total_seconds = 12\n"
        config.write_text(config.read_text(encoding="utf-8") + more, encoding="utf-8")
        small = {"memory": 300 << 20, "disk": 8 << 20}
        patch.setattr(checker, "Limits", functools.partial(Limits, **small))
        for attack in [*honest, *LIGHT]:
            hostile.hand_in(course, NAME, attack, heard.getsockname()[1])
        with open_sandbox([root / "more"], outside=[course]) as worker:
            patch.setattr(checker, "sandbox", lambda course: worker)
            records = {record.student: record for record in grade(course, NAME)}
        heard.setblocking(False)
        with pytest.raises(BlockingIOError):
            heard.accept()
    return course, records, marks(course)


def marks(course):
    """Sum of points by trainee, from nbgrader's gradebook."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        return {
            handed_in.student.id: [
                (
                    grade.cell.name,
                    grade.auto_score,
                    grade.manual_score,
                    grade.extra_credit,
                )
                for grade in handed_in.notebooks[0].grades
            ]
            for handed_in in book.assignment_submissions(NAME)
        }


@pytest.mark.parametrize("who", ["honest-a", "honest-m", "honest-z"])
def test_an_honest_trainee_among_them_gets_what_was_earned(graded, who):
    _, records, found = graded
    assert (records[who].points, records[who].note) == (2, "")
    assert ("m98-t1", 2, None, None) in found[who]


@pytest.mark.parametrize("attack", LIGHT, ids=lambda attack: attack.name)
def test_an_attack_comes_to_what_was_earned_and_no_more(graded, attack):
    _, records, found = graded
    record = records[attack.name]
    assert bool(record.set_aside) is attack.aside, record
    assert attack.told in f"{record.set_aside} {record.note}"
    assert bool(record.remedy) is attack.aside
    if attack.aside:
        assert not any(
            auto or manual for _, auto, manual, _ in found.get(attack.name, [])
        )
        return
    assert record.points == attack.points
    by_task = {
        name: (auto, manual, extra) for name, auto, manual, extra in found[attack.name]
    }
    assert by_task["m98-t1"] == (attack.points, None, None)
    # The written task was not written: it waits for a person or is 0, and has no points from a machine.
    assert by_task["m98-t2"] in [(0, None, None), (None, None, None)]
