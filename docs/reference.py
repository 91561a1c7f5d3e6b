"""The reference part of the site, made from the code as it is: commands, tables of a city, clauses, functions.

What is written here is Markdown for Sphinx. The functions themselves are documented by its autodoc, from their
docstrings; here is only said which modules there are.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "safelearn"
#: In the order of the house, top floor first; what these are for stands in each package's own docstring.
ROOMS = (
    "city",
    "simulation",
    "estimates",
    "diagnosis",
    "stakeholders",
    "strategy",
    "evaluation",
    "disclosure",
    "guidelines",
    "indicators",
    "views",
    "reports",
    "course",
    "execution",
)


def pages() -> dict[str, str]:
    """Markdown of every page of the reference, by its name."""
    return {
        "commands": commands(),
        "tables": tables(),
        "clauses": clause_table(),
        "functions": facade(),
        **{room: package(room) for room in ROOMS},
    }


# ---- commands -------------------------------------------------------------------------------------------------


def commands() -> str:
    """Every command with its options, as ``--help`` tells them."""
    import typer

    from safelearn.cli import app

    lines = ["# Commands", ""]
    lines += [
        "Each command answers `--help`. Exit status: 0 when what was asked for is there, 1 when a part of it "
        "was not made, 2 when it was refused; only `city check` grades the data (0 fit, 1 usable with problems, "
        "2 not usable).",
        "",
    ]
    lines += ["Before any command:", "", *_options(typer.main.get_command(app)), ""]
    for words, command in _every(typer.main.get_command(app), ["safelearn"]):
        usage = " ".join(
            _argument(p) for p in command.params if p.param_type_name == "argument"
        )
        lines += [f"## {' '.join(words)}", "", _line(command.help), ""]
        lines += ["```", f"{' '.join(words)} {usage} [OPTIONS]", "```", ""]
        lines += [*_options(command), ""]
    return "\n".join(lines)


def _every(command: object, words: list[str]) -> Iterator[tuple[list[str], object]]:
    for name, child in getattr(command, "commands", {}).items():
        if getattr(child, "commands", None):
            yield from _every(child, [*words, name])
        else:
            yield [*words, name], child


def _options(command: object) -> list[str]:
    rows = [
        f"| {_names(part)} | {_line(part.help)} |"
        for part in command.params
        if getattr(part, "help", None)
    ]
    return ["| | |", "|---|---|", *rows] if rows else []


def _names(part: object) -> str:
    if part.param_type_name == "argument":
        return f"`{(part.metavar or part.name.rstrip('_').upper()).strip('[]. ')}`"
    return ", ".join(f"`{name}`" for name in [*part.opts, *part.secondary_opts])


def _argument(part: object) -> str:
    name = (part.metavar or part.name.rstrip("_").upper()).strip("[]. ")
    name += "..." if part.nargs == -1 else ""
    return name if part.required else f"[{name}]"


def _line(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|")


# ---- tables ---------------------------------------------------------------------------------------------------


def tables() -> str:
    """Every table of a city with its columns, from its contract."""
    from safelearn.city import contracts

    lines = ["# Tables of a city", ""]
    lines += [
        "Every table but the areas is optional. A city imports its own files under their own column names "
        "([how](../docs/city-folder.md)); these are the columns that safelearn keeps. "
        "Codes are text: zeros in front stay.",
        "",
        "| table | file | what it holds |",
        "|---|---|---|",
    ]
    for name in contracts.table_names():
        known = contracts.contract(name)
        lines.append(
            f"| [{name}](#{name}) | `{contracts.file_name(name)}` | {_line(known.get('title'))} |"
        )
    for name in contracts.table_names():
        known = contracts.contract(name)
        lines += ["", f"## {name}", "", _line(known.get("description")), ""]
        if known.get("how_to_collect"):
            lines += [f"*How to collect it.* {_line(known['how_to_collect'])}", ""]
        lines += ["| column | kind | meaning |", "|---|---|---|"]
        for column in known["fields"]:
            lines.append(
                f"| `{column['name']}` | {_kind(column)} | {_meaning(column)} |"
            )
    return "\n".join(lines)


def _kind(column: dict) -> str:
    rules = column.get("constraints", {})
    return column["type"] + (", required" if rules.get("required") else "")


def _meaning(column: dict) -> str:
    words = column.get("description") or column.get("title") or ""
    values = [f"`{c['value']}`" for c in column.get("categories", [])]
    allowed = column.get("constraints", {}).get("enum")
    if not values and allowed:
        values = [f"`{value}`" for value in allowed]
    return _line(words) + (f" One of: {', '.join(values)}." if values else "")


# ---- clauses --------------------------------------------------------------------------------------------------


def clause_table() -> str:
    """Every clause of the Guidelines, and what serves it."""
    from safelearn.guidelines.clauses import clauses

    lines = ["# Clauses and what serves them", ""]
    lines += [
        "The clauses of the Guidelines in our own words. What is said to serve a clause names it in its own text, and "
        "a test exercises it.",
        "",
        "| clause | what it asks | served by |",
        "|---|---|---|",
    ]
    for clause in clauses():
        served = "; ".join(f"`{name}`" for name in clause.served_by)
        lines.append(
            f"| {clause.id.removeprefix('draft:')} | {_line(clause.text)} | {served or '–'} |"
        )
    return "\n".join(lines)


# ---- functions ------------------------------------------------------------------------------------------------


def facade() -> str:
    """The names that ``from safelearn import ...`` gives."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    names = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "_NAMES":
            names = ast.literal_eval(node.value)
    lines = ["# Functions", "", "```{py:module} safelearn", "```", ""]
    lines += [*_rst(ast.get_docstring(tree) or ""), ""]
    lines += ["These can be imported from `safelearn` itself:", ""]
    for name, module in sorted(names.items(), key=lambda item: item[0].lower()):
        lines.append(f"- {{py:obj}}`{name} <{module}.{name}>`")
    lines += ["", "All packages:", ""]
    lines += [f"- [`safelearn.{room}`]({room}.md)" for room in ROOMS]
    return "\n".join(lines)


def package(room: str) -> str:
    """One package: its modules, whose docstrings autodoc reads."""
    lines = [f"# safelearn.{room}", "", *_automodule(f"safelearn.{room}", "")]
    for path in sorted((PACKAGE / room).rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        if path == PACKAGE / room / "__init__.py" or parts[-1].startswith("__main"):
            continue
        name = ".".join(part for part in parts if part != "__init__")
        short = name.removeprefix(f"safelearn.{room}.")
        # What a package names again is documented where it is written.
        members = "" if path.name == "__init__.py" else "\n   :members:"
        lines += ["", f"## {short}", "", *_automodule(name, members)]
    return "\n".join(lines)


def _automodule(name: str, members: str) -> list[str]:
    return _rst(f".. automodule:: {name}{members}")


def _rst(text: str) -> list[str]:
    """Docstrings are written in reStructuredText, the pages in Markdown."""
    return ["```{eval-rst}", text, "```"]
