"""What a person gets who installs safelearn: everything that is needed, and nothing that a trainee must not have."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from safelearn.course.source import SOLUTION, read_assignment

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = "safelearn/_resources/"
MODULES = sorted(p.parent for p in (ROOT / "curriculum").glob("*/module.toml"))


def squeezed(text: str) -> str:
    """The text without comment signs and white space, so that a line break hides nothing."""
    return re.sub(r"[\s#]+", "", text)


def readable(name: str, data: bytes) -> str:
    """A file as a curious trainee would search it; of a notebook, what stands in its cells."""
    text = data.decode("utf-8", errors="replace")
    if name.endswith(".ipynb"):
        text = "\n".join("".join(c["source"]) for c in json.loads(text)["cells"])
    return text


def secrets(module: Path) -> list[str]:
    """Every solution and mistake of a module: messages and code."""
    assignment = read_assignment(module)
    found = []
    for cell in assignment.cells:
        if cell.role in ("answer", "written"):
            found += [
                m.replace("### BEGIN SOLUTION", "").replace("### END SOLUTION", "")
                for m in SOLUTION.findall(cell.source)
            ]
    for mistakes in assignment.mistakes.values():
        for mistake in mistakes:
            found += [mistake.message, mistake.code]
    return [s for s in map(squeezed, found) if len(s) > 25]


def test_the_course_has_modules_and_they_have_secrets():
    assert MODULES
    assert all(len(secrets(module)) > 20 for module in MODULES)


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.name)
def test_no_solution_and_no_mistake_is_in_the_wheel(module, contents):
    texts = {n: squeezed(readable(n, data)) for n, data in contents.items()}
    for secret in secrets(module):
        holding = [name for name, text in texts.items() if secret in text]
        assert not holding, f"{holding[0]} holds: {secret[:120]}"


def test_no_solution_region_and_no_key_is_among_the_resources(contents):
    for name, data in contents.items():
        if not name.startswith(RESOURCES):
            continue
        assert Path(name).name not in ("assignment.py", "lesson.py"), name
        assert not re.search(r"key|solution|answer", Path(name).name), name
        assert "BEGIN SOLUTION" not in readable(name, data), name
        assert 'tags=["mistake"]' not in readable(name, data), name


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.name)
def test_a_trainee_gets_the_lesson_the_assignment_and_the_form_of_its_answers(
    module, contents
):
    folder = f"{RESOURCES}curriculum/{module.name}/"
    for path in module.iterdir():
        if path.name in ("module.toml", "lesson.ipynb", "assignment.ipynb"):
            assert contents[folder + path.name] == path.read_bytes()
    notebooks = [n for n in contents if n.startswith(folder) and n.endswith(".ipynb")]
    for name in notebooks:
        for imported in re.findall(
            r"^\s*(?:from|import) (\w+)", readable(name, contents[name]), re.MULTILINE
        ):
            beside = (module / f"{imported}.py").is_file()
            assert not beside or f"{folder}{imported}.py" in contents, (
                f"{name} imports {imported}.py, which the wheel leaves out"
            )


def test_every_bundled_city_and_template_is_in_the_wheel(contents):
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "datasets", "templates"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    ).stdout.split("\n")
    here = [name for name in listed if name and (ROOT / name).is_file()]
    missing = [name for name in here if RESOURCES + name not in contents]
    assert not missing
    assert RESOURCES + "datasets/puerto-sereno/city.toml" in contents


def test_every_module_and_data_file_of_the_package_is_in_the_wheel(contents):
    for path in (ROOT / "src").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert path.relative_to(ROOT / "src").as_posix() in contents


def test_tests_docs_and_caches_stay_at_home(contents):
    for name in contents:
        assert name.startswith(("safelearn/", "safelearn-")), name
        assert "__pycache__" not in name, name
        assert "/." not in name, name


def test_the_source_distribution_gives_the_same_wheel_and_no_solution(
    sdist, contents, tmp_path
):
    with tarfile.open(sdist) as archive:
        names = archive.getnames()
        archive.extractall(tmp_path, filter="data")
    assert not [n for n in names if Path(n).name in ("assignment.py", "lesson.py")]
    (unpacked,) = tmp_path.iterdir()
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "again"],
        cwd=unpacked,
        capture_output=True,
        check=True,
    )
    (again,) = (unpacked / "again").iterdir()
    with zipfile.ZipFile(again) as archive:
        assert {n: archive.read(n) for n in archive.namelist()} == contents


def test_one_version_is_told_everywhere():
    import safelearn

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert project["project"]["version"] == safelearn.__version__
    assert f"\nversion: {safelearn.__version__}\n" in citation
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\n## {safelearn.__version__} " in changes
