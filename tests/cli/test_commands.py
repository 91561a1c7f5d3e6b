"""The other commands, as a person types them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

from safelearn import language
from safelearn.cli import main
from safelearn.resources import bundled_city


def run(capsys, *words: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main([str(w) for w in words])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return int(ended.value.code or 0), out, err


def test_doctor_says_what_this_machine_can_do(capsys):
    status, out, _ = run(capsys, "doctor")
    assert status == 0
    assert "nbgrader" in out
    assert "Noto Sans" in out or "DejaVu Sans" in out
    assert "Sandbox" in out


def test_doctor_answers_a_program_too(capsys):
    status, out, _ = run(capsys, "doctor", "--json")
    found = json.loads(out)
    assert status == 0
    assert found["python"] == sys.version.split()[0]
    assert found["packages"]["pandas"]
    # Nobody has tried yet whether it holds; where something lacks, it cannot.
    assert found["sandbox"]["holds"] is (False if found["sandbox"]["lacks"] else None)


def test_doctor_says_what_a_sandbox_would_need(capsys, monkeypatch):
    monkeypatch.setenv("PATH", "")
    _, out, _ = run(capsys, "doctor")
    assert "Sandbox for grading: no." in out


def test_profiles_lists_every_kind_of_file(capsys):
    _, out, _ = run(capsys, "profiles")
    for name in ("medata", "police-uk", "vancouver", "generic"):
        assert name in out


def test_diagnose_takes_parameters_as_papermill_writes_them(capsys, tmp_path):
    city = bundled_city("puerto-sereno")
    options = ("--out", tmp_path / "r", "-p", "year", "1999")
    status, _, err = run(capsys, "diagnose", city, *options)
    assert status == 2
    assert "1999" in err


def test_of_several_cities_one_that_fails_stops_no_other(capsys, tmp_path, diagnosed):
    city = bundled_city("rio-manso")
    shutil.copytree(diagnosed("rio-manso"), tmp_path / "r" / "rio-manso")
    status, out, err = run(
        capsys, "diagnose", tmp_path / "nowhere", city, "--out", tmp_path / "r"
    )
    assert status == 1
    assert "nowhere" in err
    assert "Nothing has changed since this report was made" in out
    assert "1 of 2" in out


def test_help_is_translated_when_it_is_shown(capsys):
    with language.use("en"):
        status, out, _ = run(
            capsys, "--language", language.PSEUDO, "city", "import", "--help"
        )
    assert status == 0
    assert out.count("⟦") >= 10


def test_help_comes_without_anything_heavy():
    code = (
        "import sys\nfrom safelearn.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'geopandas', 'nbformat', 'pydantic', 'scipy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip().splitlines()[-1] == "[]"


def test_the_facade_loads_names_only_when_they_are_used():
    code = "import sys, safelearn; safelearn.City; print('pandas' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
