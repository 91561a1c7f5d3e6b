"""The reference part of the site, made from the code as it is: commands, tables of a city, functions.

Modules are read as text and not imported, so that a page shows what stands in the source and building the site
runs none of it; only the command line and the contracts of the tables are asked for what they know.
"""

from __future__ import annotations

import ast
import inspect
import re
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
LISTS = ("Parameters", "Attributes", "Returns", "Raises", "Yields")


def pages() -> list[tuple[str, str]]:
    """Markdown of every page of the reference, by file."""
    made = [("commands.html", commands()), ("tables.html", tables())]
    made.append(("functions.html", facade()))
    return made + [(f"functions-{room}.html", package(room)) for room in ROOMS]


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
        "([how](city-folder.md)); these are the columns that safelearn keeps. Codes are text: zeros in front stay.",
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


# ---- functions ------------------------------------------------------------------------------------------------


def facade() -> str:
    """The names that ``from safelearn import ...`` gives."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    names = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "_NAMES":
            names = ast.literal_eval(node.value)
    lines = ["# Functions", "", _prose(ast.get_docstring(tree) or ""), ""]
    lines += ["These can be imported from `safelearn` itself:", ""]
    for name, module in sorted(names.items(), key=lambda item: item[0].lower()):
        room = module.split(".")[1]
        lines.append(f"- [`{name}`](functions-{room}.html#{name.lower()})")
    lines += ["", "All packages:", ""]
    for room in ROOMS:
        lines.append(f"- [`safelearn.{room}`](functions-{room}.html): {_about(room)}")
    return "\n".join(lines)


def _about(room: str) -> str:
    tree = ast.parse((PACKAGE / room / "__init__.py").read_text(encoding="utf-8"))
    return _prose((ast.get_docstring(tree) or "").partition("\n\n")[0]).strip()


def package(room: str) -> str:
    """One package: its modules, and the public functions and classes of each."""
    lines = [f"# safelearn.{room}", ""]
    tree = ast.parse((PACKAGE / room / "__init__.py").read_text(encoding="utf-8"))
    lines += [_prose(ast.get_docstring(tree) or ""), ""]
    for path in sorted((PACKAGE / room).rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        if path == PACKAGE / room / "__init__.py" or parts[-1].startswith("__main"):
            continue
        lines += _module(path, ".".join(p for p in parts if p != "__init__"))
    return "\n".join(lines)


def _module(path: Path, name: str) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    lines = ["", f"## {name}", "", _prose(ast.get_docstring(tree) or ""), ""]
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        if node.name.startswith("_") or not ast.get_docstring(node):
            continue
        lines += [f"### {node.name}", "", "```python", _signature(node), "```", ""]
        lines += [_docstring(ast.get_docstring(node) or ""), ""]
        if isinstance(node, ast.ClassDef):
            lines += _methods(node)
    return lines


def _methods(node: ast.ClassDef) -> list[str]:
    lines = []
    for child in node.body:
        if not isinstance(child, ast.FunctionDef) or child.name.startswith("_"):
            continue
        words = ast.get_docstring(child)
        if words:
            lines += [f"`{_arguments(child)}`", "", _docstring(words), ""]
    return lines


def _signature(node: ast.FunctionDef | ast.ClassDef) -> str:
    if isinstance(node, ast.FunctionDef):
        return _arguments(node)
    bases = ", ".join(ast.unparse(base) for base in node.bases)
    return f"class {node.name}({bases})" if bases else f"class {node.name}"


def _arguments(node: ast.FunctionDef) -> str:
    given = ast.unparse(node.args)
    gives = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    line = f"{node.name}({given}){gives}"
    if len(line) <= 100:
        return line
    parts = re.split(r", (?![^\[\(]*[\]\)])", given)
    return f"{node.name}(\n    " + ",\n    ".join(parts) + f",\n){gives}"


def _docstring(text: str) -> str:
    """Numpydoc to Markdown: sections become small headings, parameters a list."""
    lines = inspect.cleandoc(text).splitlines()
    blocks: list[tuple[str, list[str]]] = [("", [])]
    at = 0
    while at < len(lines):
        ruled = at + 1 < len(lines) and re.fullmatch(r"-{3,}", lines[at + 1].strip())
        if ruled:
            blocks.append((lines[at].strip(), []))
            at += 2
            continue
        blocks[-1][1].append(lines[at])
        at += 1
    made = []
    for name, part in blocks:
        words = "\n".join(part).strip("\n")
        if name in LISTS:
            words = _listed(part)
        elif name == "Examples":
            words = f"```pycon\n{words}\n```"
        else:
            words = _prose(words)
        made.append(f"**{name}**\n\n{words}" if name else words)
    return "\n\n".join(made)


def _listed(lines: list[str]) -> str:
    """``name : type`` with its indented words below, as a list."""
    items: list[list[str]] = []
    for line in lines:
        if line and not line.startswith(" "):
            name, _, kind = line.partition(" : ")
            items.append([f"`{name.strip()}`" + (f" ({_code(kind)})" if kind else "")])
        elif line.strip() and items:
            items[-1].append(line.strip())
    return "\n".join(
        f"- {item[0]}" + (f": {_code(' '.join(item[1:]))}" if item[1:] else "")
        for item in items
    )


def _prose(text: str) -> str:
    """Paragraphs; a word with indented lines right below it is a term and its meaning."""
    blocks = []
    for block in text.split("\n\n"):
        lines = block.splitlines()
        if len(lines) > 1 and lines[0][:1].strip() and lines[1].startswith("    "):
            block = "\n\n".join(_term(item) for item in re.split(r"\n(?=\S)", block))
        blocks.append(block)
    return _code("\n\n".join(blocks))


def _term(item: str) -> str:
    word, *meaning = item.splitlines()
    return f"{word}\n: {' '.join(line.strip() for line in meaning)}"


def _code(text: str) -> str:
    """Double backticks as in docstrings to single ones."""
    return re.sub(r"``(.+?)``", r"`\1`", text)
