"""The whole battery of hostile and broken submissions, graded as a class with honest trainees among them.

See tests/course/hostile.py for what each tries and what it may come to.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import random
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

COURSE = Path(__file__).resolve().parents[1] / "course"
NAME = "98_tiny"
HONEST = 10


def prove(size: int, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Grade `size` classes: in each every attack once, and ten honest trainees, in another order."""
    if shutil.which("bwrap") is None:
        return {"tried": 0, "failed": [], "skipped": "bubblewrap is not installed"}
    hostile = _tests("hostile")
    failed: list[str] = []
    attacks, honest = len(hostile.ATTACKS), 0
    total = size * (attacks + HONEST)
    for number in range(size):
        with tempfile.TemporaryDirectory() as folder:
            before = number * (attacks + HONEST)

            def step(done: int, _: int, __: str, before: int = before) -> None:
                progress(before + done, total)

            found = _class(Path(folder), hostile, number, step)
            failed += [f"class {number + 1}, {sentence}" for sentence in found]
            honest += HONEST
    tried = {"hostile": size * attacks, "honest": honest}
    return {"tried": tried, "failed": failed, "kinds": attacks}


def _class(root: Path, hostile: ModuleType, seed: int, step: Callable) -> list[str]:
    """Make a class, grade it once, and say what did not come to what it should."""
    from safelearn.course import key, variants
    from safelearn.course.classroom.new import new_course
    from safelearn.course.grading import checker
    from safelearn.course.grading.batch import grade
    from safelearn.execution.warm.jobs import Limits

    more, course = root / "more", root / "course"
    _module(more / NAME)
    honest = [
        hostile.Hostile(f"honest-{letter}", hostile.RIGHT, points=2)
        for letter in "abcdefghij"
    ]
    # They are graded in the order of their names: each class another.
    drawn = [*hostile.ATTACKS, *honest]
    random.Random(seed).shuffle(drawn)
    old = {name: os.environ.get(name) for name in ("SAFELEARN_CURRICULUM",)}
    limits = checker.Limits
    cached = (variants.variant, key.assignment_of, key.key_for, checker.sandbox)
    for function in cached:
        function.cache_clear()
    try:
        os.environ["SAFELEARN_CURRICULUM"] = str(more)
        checker.Limits = functools.partial(Limits, memory=400 << 20, disk=8 << 20)
        new_course(course, [NAME])
        config = course / "nbgrader_config.py"
        seconds = "c.Judge.seconds = 3\nc.Judge.total_seconds = 15\n"
        config.write_text(config.read_text("utf-8") + seconds, encoding="utf-8")
        with socket.create_server(("", 0)) as heard:
            for attack in drawn:
                hostile.hand_in(course, NAME, attack, heard.getsockname()[1])
            records = {r.student: r for r in grade(course, NAME, on_student=step)}
            heard.setblocking(False)
            try:
                heard.accept()
                return ["network: a notebook reached this machine"]
            except BlockingIOError:
                pass
        checker.sandbox(course).close()
        return _wrong(drawn, records, _marks(course))
    finally:
        checker.Limits = limits
        for function in cached:
            function.cache_clear()
        for name, value in old.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _wrong(drawn: list, records: dict, marks: dict[str, dict]) -> list[str]:
    """A sentence for each submission that came to something else."""
    told = []
    for attack in drawn:
        record, found = records.get(attack.name), marks.get(attack.name, {})
        given = [sum(filter(None, points)) for points in found.values()]
        if record is None:
            told.append(f"{attack.name}: no record")
        elif bool(record.set_aside) is not attack.aside:
            told.append(f"{attack.name}: set aside for '{record.set_aside}'")
        elif attack.told not in f"{record.set_aside} {record.note}":
            told.append(f"{attack.name}: '{record.note}' does not say {attack.told}")
        elif sum(given) != attack.points or record.points != attack.points:
            told.append(f"{attack.name}: {sum(given)} and {record.points} points")
        elif attack.name.startswith("honest") and record.note:
            told.append(f"{attack.name}: {record.note}")
    return told


def _marks(course: Path) -> dict[str, dict[str, tuple]]:
    """From nbgrader's gradebook: by trainee and cell, points by machine, by hand and extra."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        return {
            handed_in.student.id: {
                g.cell.name: (g.auto_score, g.manual_score, g.extra_credit)
                for g in handed_in.notebooks[0].grades
                # The last cell says how many tasks are done, and gives no points.
                if g.cell.name != "m98-end-check"
            }
            for handed_in in book.assignment_submissions(NAME)
        }


def _module(folder: Path) -> None:
    texts = _tests("conftest")
    folder.mkdir(parents=True)
    for name, text in {
        "module.toml": texts.MODULE,
        "variant.py": texts.VARIANT,
        "assignment.py": texts.ASSIGNMENT,
    }.items():
        (folder / name).write_text(text, encoding="utf-8")


def _tests(name: str) -> ModuleType:
    key = f"proof_course_{name}"
    if key not in sys.modules:
        spec = importlib.util.spec_from_file_location(key, COURSE / f"{name}.py")
        sys.modules[key] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[key])
    return sys.modules[key]
