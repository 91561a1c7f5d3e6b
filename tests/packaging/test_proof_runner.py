"""`make proof` tells what was tried and what failed, and never calls a proof that broke a success."""

from __future__ import annotations

import importlib.util
import json
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def runner():
    spec = importlib.util.spec_from_file_location(
        "proof_runner", ROOT / "tests" / "proof" / "run.py"
    )
    module = importlib.util.module_from_spec(spec)
    path = list(sys.path)
    spec.loader.exec_module(module)
    yield module
    sys.path[:] = path


def part(folder: Path, body: str) -> Path:
    path = folder / "claims.py"
    path.write_text(f"def prove(size):\n    {body}\n", encoding="utf-8")
    return path


def told(runner, path: Path) -> dict:
    return runner.run_part(path, 3, lambda done, total: None)


def test_every_part_has_its_sizes_and_every_size_its_part(runner):
    sizes = tomllib.loads((ROOT / "tests" / "proof.toml").read_text(encoding="utf-8"))
    assert set(sizes) == set(runner.parts())
    for part_ in sizes.values():
        assert set(part_) - {"alone"} == {"what", "unit", "ci", "full"}
        assert 0 < part_["ci"] <= part_["full"]


def test_a_part_that_holds_says_how_often(runner, tmp_path):
    path = part(tmp_path, "return {'tried': {'cities': size}, 'failed': [], 'more': 1}")
    assert told(runner, path) == {"tried": {"cities": 3}, "failed": [], "more": 1}


def test_a_part_that_breaks_has_failed(runner, tmp_path):
    result = told(runner, part(tmp_path, "raise KeyError('gone')"))
    assert result["failed"] == ["The proof itself stopped: KeyError: 'gone'"]


def test_a_part_that_tries_nothing_has_failed(runner, tmp_path):
    result = told(runner, part(tmp_path, "return {'tried': 0, 'failed': []}"))
    assert result["failed"] == ["Nothing was tried."]


def test_a_missing_tool_is_a_failure_only_where_all_must_be_there(
    runner, tmp_path, monkeypatch
):
    path = part(tmp_path, "return {'tried': 0, 'failed': [], 'skipped': 'no browser'}")
    monkeypatch.delenv("CI", raising=False)
    assert told(runner, path)["failed"] == []
    monkeypatch.setenv("CI", "true")
    assert told(runner, path)["failed"] == ["Nothing could be tried: no browser"]


def test_a_part_without_a_size_is_not_forgotten(runner, tmp_path):
    part(tmp_path, "return {'tried': 1, 'failed': []}")
    sizes = tmp_path / "proof.toml"
    sizes.write_text("", encoding="utf-8")
    with pytest.raises(SystemExit, match="claims"):
        runner.run("ci", [], tmp_path, sizes)


def test_what_is_written_down_is_the_same_for_the_same_run(runner, tmp_path):
    results = {"claims": {"tried": 3, "failed": [], "what": "holds"}}
    for name in ("one.json", "two.json"):
        runner.record(results, "full", tmp_path / name)
    written = (tmp_path / "one.json").read_bytes()
    assert written == (tmp_path / "two.json").read_bytes()
    told_ = json.loads(written)
    assert told_["parts"] == results
    assert told_["size"] == "full"
    assert len(told_["commit"].split()[0]) == 40


def test_the_last_line_counts_and_the_status_says_whether_anything_failed(
    runner, monkeypatch, capsys, tmp_path
):
    for failed, status in (([], 0), (["a sentence"], 1)):
        result = {"claims": {"tried": {"a": 4, "b": 6}, "failed": failed}}
        monkeypatch.setattr(runner, "run", lambda *_, r=result: r)
        monkeypatch.setattr(runner, "ROOT", tmp_path)
        assert runner.main(["--size", "ci"]) == status
        last = capsys.readouterr().out.splitlines()[-1]
        assert last == f"{10 - len(failed)} passed, {len(failed)} failed"
        assert (tmp_path / "build" / "proof-ci.json").is_file()
        assert not (tmp_path / "proof.json").exists()
