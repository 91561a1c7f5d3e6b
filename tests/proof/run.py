"""``make proof``: what is too long for a test, tried as often as ``tests/proof.toml`` says.

A part is a module of this folder with one function, ``prove(size)`` or ``prove(size, progress)``. It tries what
its table in ``proof.toml`` promises, `size` times over, calls ``progress(done, total)`` if it takes it, and
gives back a dict:

tried : int, or dict of str to int
    How often, in all or by kind.
failed : list of str
    A sentence for each thing that did not hold, the same ones in the same order for the same size.
skipped : str, optional
    Why nothing could be tried here. With ``CI=true`` that counts as a failure.

Whatever else stands in the dict is written down with it. A full run replaces proof.json, which is committed; a
short one writes build/proof-ci.json. Exit status 1 if anything failed.
"""

from __future__ import annotations

import argparse
import importlib.util
import inspect
import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SIZES = HERE.parent / "proof.toml"


def parts(folder: Path = HERE) -> dict[str, Path]:
    """The modules of `folder` that prove something, by name."""
    found = sorted(p for p in folder.glob("*.py") if p.name != "run.py")
    return {p.stem: p for p in found if "def prove(" in p.read_text(encoding="utf-8")}


def run_part(
    path: Path, size: int, progress: Callable[[int, int], None]
) -> dict[str, Any]:
    """What the part at `path` tried and what failed; a part that breaks has failed."""
    try:
        prove = _load(path).prove
        takes_progress = len(inspect.signature(prove).parameters) > 1
        result = dict(prove(size, progress) if takes_progress else prove(size))
        tried = result["tried"]
        result["tried"] = dict(tried) if isinstance(tried, dict) else int(tried)
        result["failed"] = [str(sentence) for sentence in result["failed"]]
    except Exception as error:
        said = (str(error).splitlines() or [""])[0]
        stopped = f"The proof itself stopped: {type(error).__name__}: {said}"
        return {"tried": 1, "failed": [stopped]}
    if result.get("skipped") and os.environ.get("CI") == "true":
        result["failed"].append(f"Nothing could be tried: {result['skipped']}")
    elif not result.get("skipped") and not _total(result):
        result["failed"].append("Nothing was tried.")
    return result


def run(size: str, only: list[str], folder: Path = HERE, sizes: Path = SIZES) -> dict:
    """Every part at its `size` (``ci`` or ``full``), or those named in `only`."""
    asked = tomllib.loads(sizes.read_text(encoding="utf-8"))
    found = parts(folder)
    if set(asked) != set(found):
        odd = ", ".join(sorted(set(asked) ^ set(found)))
        raise SystemExit(f"proof.toml and the modules of tests/proof differ: {odd}")
    if unknown := sorted(set(only) - set(found)):
        raise SystemExit(f"There is no part {unknown[0]}: {', '.join(found)}")
    if only:
        return {name: _one(found[name], asked[name], size) for name in sorted(only)}
    alone = [name for name in asked if asked[name].get("alone")]
    together = [name for name in asked if name not in alone]
    # What uses both processors, or has limits of time, waits until the others are done.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        made = pool.map(lambda name: _apart(name, size), together)
        results = dict(zip(together, made, strict=True))
    results |= {name: _one(found[name], asked[name], size) for name in alone}
    return dict(sorted(results.items()))


def _one(path: Path, spec: dict[str, Any], size: str) -> dict[str, Any]:
    name = path.stem
    print(f"{name}: {spec['what']} ({spec[size]} {spec['unit']})", flush=True)
    start = time.monotonic()
    result = run_part(path, spec[size], _teller(name))
    _say(name, result, time.monotonic() - start)
    return {"what": spec["what"], "size": spec[size], "unit": spec["unit"]} | result


def _apart(name: str, size: str) -> dict[str, Any]:
    """One part in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.json"
        command = [sys.executable, __file__, "--size", size, "--out", str(told), name]
        subprocess.run(command, cwd=ROOT, check=False)
        if not told.is_file():
            return {"tried": 1, "failed": [f"{name}: its process ended."]}
        return json.loads(told.read_text(encoding="utf-8"))[name]


def record(results: dict[str, Any], size: str, target: Path) -> None:
    """Write down what was tried, how often, what failed, on which commit."""
    text = {"size": size, "commit": _commit(), "parts": results}
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        json.dumps(text, ensure_ascii=False, indent=2) + "\n",
        encoding="utf-8",
        newline="\n",
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Run the long proofs.")
    parser.add_argument("--size", choices=["ci", "full"], default="full")
    parser.add_argument("parts", nargs="*", help="only these; nothing is recorded")
    parser.add_argument("--out", type=Path, help="a file for what these gave")
    asked = parser.parse_args(arguments)
    results = run(asked.size, asked.parts)
    if asked.out:
        asked.out.write_text(json.dumps(results), encoding="utf-8")
    elif not asked.parts:
        ci = asked.size == "ci"
        target = ROOT / "build" / "proof-ci.json" if ci else ROOT / "proof.json"
        record(results, asked.size, target)
        print(f"Written down in {target.relative_to(ROOT).as_posix()}.")
    failed = sum(len(r["failed"]) for r in results.values())
    passed = sum(max(_total(r) - len(r["failed"]), 0) for r in results.values())
    skipped = sum(bool(r.get("skipped")) for r in results.values())
    tail = f", {skipped} skipped" if skipped else ""
    print(f"{passed} passed, {failed} failed{tail}")
    return 1 if failed else 0


def _total(result: dict[str, Any]) -> int:
    tried = result["tried"]
    return sum(tried.values()) if isinstance(tried, dict) else tried


def _load(path: Path) -> Any:
    # Parts may import their neighbours and the tests' own simulations.
    for folder in (str(path.parent), str(path.parents[2])):
        if folder not in sys.path:
            sys.path.insert(0, folder)
    spec = importlib.util.spec_from_file_location(f"proof_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _teller(name: str) -> Callable[[int, int], None]:
    """Says how far a part has come, once every ten seconds at most."""
    last = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= 10:
            last = time.monotonic()
            print(f"  {name}: {done} of {total}", flush=True)

    return tell


def _say(name: str, result: dict[str, Any], seconds: float) -> None:
    if result.get("skipped"):
        print(f"  skipped: {result['skipped']}")
    failed = len(result["failed"])
    print(f"  {name}: {_total(result)} tried, {failed} failed, {seconds:.0f} s")
    for sentence in result["failed"][:20]:
        print(f"  ✗ {sentence}")
    if failed > 20:
        print(f"  … and {failed - 20} more")
    sys.stdout.flush()


def _commit() -> str:
    """The commit, and whether the tree still had changes of its own."""

    def git(*words: str) -> str:
        command = ["git", "-C", str(ROOT), *words]
        return subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", check=False
        ).stdout.strip()

    commit = git("rev-parse", "HEAD")
    changed = git("status", "--porcelain", "--untracked-files=no", "--", ":!proof.json")
    return f"{commit} and uncommitted changes" if changed else commit


if __name__ == "__main__":
    sys.exit(main())
