"""safelearn where there is no checkout: a fresh environment, an empty home, and once no network either."""

from __future__ import annotations

import json
import os

import pytest

#: How to take the network away; only root may do it without a user namespace of its own.
NO_NETWORK = (
    ("unshare", "-n") if getattr(os, "geteuid", int)() == 0 else ("unshare", "-rn")
)

WHERE = """
import json
from safelearn import resources
from safelearn.course.modules import find_module
print(json.dumps({
    "checkout": resources.is_checkout(),
    "city": str(resources.bundled_city("puerto-sereno")),
    "template": (resources.templates() / "notebooks" / "diagnosis.ipynb").is_file(),
    "module": find_module("m05").title,
}))
"""


def test_an_installed_safelearn_finds_its_city_its_templates_and_its_course(installed):
    done = installed.run("python", "-c", WHERE)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["checkout"] is False
    assert str(installed.bin.parent) in found["city"]
    assert found["template"]
    assert found["module"]


def test_an_installed_safelearn_has_no_solutions_and_says_where_they_are(installed):
    ask = (
        "from safelearn.course.modules import find_module\n"
        "from safelearn.course.source import read_assignment\n"
        "read_assignment(find_module('m05').folder)\n"
    )
    done = installed.run("python", "-c", ask)
    assert done.returncode != 0
    assert "Instructors work from a checkout" in done.stderr


@pytest.mark.needs("unshare")
def test_the_demo_runs_from_the_wheel_alone_and_without_a_network(installed, tmp_path):
    out = tmp_path / "report"
    done = installed.run("safelearn", "demo", "--out", str(out), prefix=NO_NETWORK)
    assert done.returncode == 0, done.stdout + done.stderr
    assert str(out / "diagnosis.html") in done.stdout.replace("\n", "")
    assert (out / "manifest.json").is_file()
    html = (out / "diagnosis.html").read_text(encoding="utf-8")
    assert "Puerto Sereno" in html
    assert str(installed.home) not in html


def test_a_demo_writes_nothing_into_the_installed_package(installed):
    resources = next(installed.bin.parent.rglob("_resources"))
    before = sorted((p, p.stat().st_mtime_ns) for p in resources.rglob("*"))
    done = installed.run(
        "safelearn", "city", "check", str(resources / "datasets" / "puerto-sereno")
    )
    assert done.returncode in (0, 1), done.stderr
    assert sorted((p, p.stat().st_mtime_ns) for p in resources.rglob("*")) == before
