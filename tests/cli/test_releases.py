"""Publishing and purging from the command line: nothing is deleted unasked, and mistakes are named."""

from __future__ import annotations

import shutil
import sys

import pytest

from safelearn.cli import main
from safelearn.resources import bundled_city


def run(capsys, *words: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main([str(w) for w in words])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return int(ended.value.code or 0), out, err


@pytest.fixture
def town(tmp_path):
    city = shutil.copytree(bundled_city("rio-manso"), tmp_path / "rio-manso")
    for path in city.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return city


def test_without_a_terminal_nothing_is_deleted_unless_it_is_said_in_full(town, capsys):
    before = {p: p.read_bytes() for p in town.rglob("*") if p.is_file()}
    status, out, _ = run(capsys, "city", "purge", town)
    assert status == 2 and "--yes" in out and "incidents" in out
    assert {p: p.read_bytes() for p in town.rglob("*") if p.is_file()} == before
    status, out, _ = run(capsys, "city", "purge", town, "--yes")
    assert status == 0 and "It is deleted" in out
    assert not list((town / "source").glob("*.xlsx"))
    assert "nothing to delete" in run(capsys, "city", "purge", town, "--yes")[1]


def test_at_a_terminal_it_is_asked_and_no_is_no(town, capsys, monkeypatch):
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.confirm", lambda *_: False)
    status, out, _ = run(capsys, "city", "purge", town, "--before", "2023-01-01")
    assert status == 2 and "Nothing was deleted" in out
    assert list((town / "source").glob("*.xlsx"))


def test_a_day_that_is_none_is_named(town, capsys):
    status, _, err = run(capsys, "city", "purge", town, "--before", "01/02/2023")
    assert status == 2 and "2022-01-01" in err


def test_publishing_something_else_is_refused_with_what_to_do(town, capsys, tmp_path):
    status, _, err = run(capsys, "publish", town, tmp_path)
    assert status == 2 and "safelearn diagnose" in err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--override", "personal data", "--by", "A", "--second", "B", "--reason", "x"],
         "cannot be lifted"),
        (["--override", "wording", "--by", "A", "--second", "A", "--reason", "x"],
         "second person"),
        (["--override", "wording", "--by", "A", "--second", "B"], "stated reason"),
        (["--previous", "nowhere"], "no former diagnosis"),
    ],
)  # fmt: skip
def test_a_wrong_option_is_refused_before_anything_is_written(
    town, capsys, tmp_path, options, said
):
    told = ["--out", tmp_path / "out", "--language", "en"]
    status, _, err = run(capsys, "diagnose", town, *told, *options)
    assert status == 2 and said in err
    assert not (tmp_path / "out").exists()
