"""The house: each floor imports only floors above it, and the four chapters do not import each other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "safelearn"
FLOORS = [
    {"resources", "language", "errors"},
    {"execution"},
    {"guidelines"},
    {"city"},
    {"simulation"},
    {"estimates"},
    {"diagnosis", "stakeholders", "strategy", "evaluation"},
    {"disclosure"},
    {"indicators"},
    {"views"},
    {"reports"},
    {"course"},
    {"cli"},
]
FLOOR = {name: number for number, floor in enumerate(FLOORS) for name in floor}
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


def rooms_imported(module: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, (
                f"{module.name}: write the whole name instead of a relative import"
            )
            names = [node.module or ""]
            if node.module == "safelearn":
                names = [f"safelearn.{alias.name}" for alias in node.names]
        found |= {n.split(".")[1] for n in names if n.startswith("safelearn.")}
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_floor_imports_only_floors_above_it(module):
    room = module.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if room == "__main__":
        return
    assert room in FLOOR, f"{room} is not in the house plan"
    for other in rooms_imported(module) - {room, "__version__"}:
        above = FLOOR[other] < FLOOR[room]
        together = FLOOR[other] == FLOOR[room] == 0
        assert above or together, (
            f"{module.relative_to(PACKAGE)} imports {other}, which lies below"
        )


def test_the_test_sees_every_kind_of_import(tmp_path):
    module = tmp_path / "x.py"
    module.write_text(
        "import safelearn.cli\ndef f():\n    from safelearn.views import maps\n"
        "from safelearn import course\n",
        encoding="utf-8",
    )
    assert rooms_imported(module) == {"cli", "views", "course"}


@pytest.mark.parametrize("module", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_modules_stay_readable(module):
    lines = len(module.read_text(encoding="utf-8").splitlines())
    assert lines <= 400, f"{module.name} has {lines} lines: split it"


@pytest.mark.parametrize("module", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_fork_and_no_shell_outside_execution(module):
    if module.relative_to(PACKAGE).parts[0] == "execution":
        return
    text = module.read_text(encoding="utf-8")
    for word in ("os.fork", "os.system", "subprocess", "shell=True", "multiprocessing"):
        assert word not in text, (
            f"{module.name} uses {word}; only execution/ starts processes"
        )
