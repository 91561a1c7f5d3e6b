"""What the pages say is so: commands exist, examples hold, every message and setting is explained."""

from __future__ import annotations

import ast
import doctest
import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
PAGES = [page for page in PAGES if page.is_file()]


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)


def commands(page: Path) -> list[str]:
    """Every command of safelearn that a page tells somebody to type."""
    words = page.read_text(encoding="utf-8")
    lines = [line for block in blocks(words, "") for line in block.splitlines()]
    lines += re.findall(r"`(safelearn [^`\n]+)`", words)
    lines = [line.strip().partition("  #")[0].strip() for line in lines]
    return [line for line in lines if line.startswith("safelearn ")]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_command_on_the_page_is_one(page):
    import typer

    from safelearn.cli import app

    for line in commands(page):
        command = typer.main.get_command(app)
        rest = shlex.split(line)[1:]
        while rest and hasattr(command, "commands") and rest[0] != "--help":
            assert rest[0] in command.commands, f"{line}: there is no {rest[0]}"
            command = command.commands[rest.pop(0)]
        known = {name for part in command.params for name in part.opts}
        known |= {name for part in command.params for name in part.secondary_opts}
        for word in rest:
            if word.startswith("-"):
                assert word in known | {"--help"}, f"{line}: there is no {word}"
        places = [p for p in command.params if p.param_type_name == "argument"]
        flags = {n for p in command.params for n in p.opts if getattr(p, "is_flag", 0)}
        if not rest:
            continue  # only its name is mentioned
        given, after = 0, ""
        for word in rest:
            given += not word.startswith("-") and (after in flags or not after)
            after = word if word.startswith("-") else ""
        least = sum(p.required for p in places)
        most = 99 if any(p.nargs == -1 for p in places) else len(places)
        assert least <= given <= most or "..." in line, (
            f"{line}: {given} arguments, it takes {least} to {most}"
        )


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_example_on_the_page_holds(page):
    words = page.read_text(encoding="utf-8")
    for code in blocks(words, "pycon"):
        parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(verbose=False)
        example = parser.get_doctest(code, {}, page.name, str(page), 0)
        options = doctest.NORMALIZE_WHITESPACE
        said: list[str] = []
        runner.optionflags |= options
        runner.run(example, out=said.append)
        assert not runner.failures, "".join(said)


def test_every_setting_is_explained():
    from safelearn.city.settings_guide import GUIDES

    page = text("city-folder.md")
    for guide in GUIDES:
        room, _, key = guide.name.partition(".")
        found = f"`{guide.name}`" in page or (
            f"`{room}`" in page and f"`{key}`" in page
        )
        assert found, f"{guide.name} is not on the page"


def test_every_reason_to_set_a_row_aside_is_explained():
    from safelearn.city.accounting import REASONS

    page = text("city-folder.md")
    for reason in REASONS:
        assert f"\n| {reason} |" in page, f"{reason} is not on the page"


def problem_codes() -> set[str]:
    """The codes of the problems that `city check` can find, as they stand in the source."""
    found = set()
    for path in (ROOT / "src" / "safelearn" / "city").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if "problems import" not in path.read_text(encoding="utf-8"):
            continue  # validation has problems of its own, about single cells
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem":
                first = node.args[0]
                parts = (
                    [first.body, first.orelse]
                    if isinstance(first, ast.IfExp)
                    else [first]
                )
                found |= {
                    part.value for part in parts if isinstance(part, ast.Constant)
                }
    return found


def test_every_problem_says_which_needs_it_fails():
    from safelearn.city.checks.problems import FAILS
    from safelearn.city.contracts import NEEDS

    assert problem_codes() <= FAILS.keys()
    for code, needs in FAILS.items():
        assert set(needs) <= NEEDS.keys(), code


def test_every_problem_that_check_finds_is_explained():
    from safelearn.city.checks.problems import FAILS

    codes = set(FAILS)
    page = text("city-folder.md")
    for code in codes:
        assert f"\n| {code} |" in page, f"{code} is not on the page"
    section = page.partition("## Check")[2].partition("## Diagnose")[0]
    listed = set(re.findall(r"^\| ([a-z0-9 ]+) \|", section, re.MULTILINE)) - {
        "problem"
    }
    assert listed == codes


def test_every_kind_of_file_that_is_read_is_named():
    from safelearn.city.files.formats import KNOWN

    page = text("city-folder.md")
    for suffix in sorted(KNOWN - {".fgb", ".shp", ".xlsm"}):
        assert re.search(rf"\b{suffix[1:]}\b", page), suffix


def test_every_way_of_attack_is_on_the_page_about_disclosure():
    from safelearn.disclosure import clues

    page = text("disclosure.md")
    for words in ("rates by populations", "limits of intervals", "smoothed rates"):
        assert words in page
    assert "shares" in page and "map colours" in page
    assert clues.clues_of.__doc__


def test_thresholds_on_the_page_are_those_of_the_code():
    from safelearn.city.settings import Disclosure

    given = Disclosure()
    page = text("disclosure.md")
    assert f"Counts from 1 to {given.threshold - 1}" in page
    assert f"from 1 to {given.sensitive_threshold - 1} for sexual offences" in page
