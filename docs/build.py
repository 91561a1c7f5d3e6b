"""``make docs``: the site of the project, in site/, from what is in the checkout and nothing else.

Pages are the Markdown files of this folder, the README, the changelog and CONTRIBUTING; the lessons as ``make
proof`` executed them (build/executed/; a lesson that was not executed is shown without outputs and says so);
and a reference made from the code: commands, tables, clauses, functions. They are laid out as in the checkout, and
Sphinx with myst-nb makes the site. No notebook runs here, and nothing is fetched. Exit status 1 if Sphinx finds
something wrong, such as a link that leads nowhere.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(HERE))

import reference  # noqa: E402

#: The order of the menu, as pages without their ending. A file of docs/ that is not named comes last in the reference.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Start", ("README",)),
    (
        "For a city",
        (
            "docs/city-folder",
            "docs/country-folder",
            "docs/profiles",
            "docs/instruments",
            "docs/documents",
            "docs/disclosure",
            "docs/measures",
            "docs/benchmarks",
        ),
    ),
    (
        "For a course",
        (
            "docs/course",
            "docs/classroom",
            "docs/container",
            "docs/credentials",
            "docs/widgets",
        ),
    ),
    ("Lessons", ()),
    ("Reference", ("docs/vocabulary",)),
    ("The project", ("CONTRIBUTING", "CHANGELOG")),
)
RAN = "This is the lesson as it ran. To do it yourself: `safelearn lab`."
NOT_RAN = (
    "This lesson is shown without its pictures and numbers: it was not executed here. `make proof` does that, "
    "or open it with `safelearn lab`."
)
_CODE = re.compile(
    r"\[([^\]]+)\]\((?:\.\./)?src/(safelearn/[\w/]+)(?:\.py|\.toml)?(?:#(\w+))?\)"
)
#: What a page would load from elsewhere, and what names the machine that built it.
_LOADED = re.compile(
    r"<(?:script|iframe|img|link|source)\b[^>]*?(?:src|href)=\"((?:https?:)?//[^\"]+)\""
)


def build(site: Path, executed: Path) -> list[str]:
    """Write the site; gives what is wrong with it, in sentences. Sphinx says its own on the screen."""
    from sphinx.application import Sphinx

    if site.exists():
        shutil.rmtree(site)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        lay_out(source, executed)
        app = Sphinx(
            str(source),
            str(HERE),
            str(site),
            str(Path(folder) / "doctrees"),
            "html",
            confoverrides={"root_doc": "index"},
            status=None,
            freshenv=True,
        )
        app.build(force_all=True)
        found = [f"Sphinx found {app._warncount} things wrong."] * bool(app._warncount)
    for own in (".buildinfo", ".buildinfo.bak"):
        (site / own).unlink(missing_ok=True)
    return found + strays(site)


def strays(site: Path) -> list[str]:
    """Pages that fetch something from elsewhere, link to code that is not there, or name this machine."""
    wrong = []
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(site).as_posix()
        wrong += [f"{name} fetches {address}" for address in _LOADED.findall(text)]
        if "reference" not in path.parts[-2:-1]:
            # A link to the code that was found stands inside an anchor. Types in docstrings need not be found.
            lost = re.findall(
                r'(?<!">)<code class="xref py py-(?:obj|mod)[^>]*>(.*?)</code>', text
            )
            wrong += [
                f"{name} names {re.sub('<.*?>', '', words)}, which is not there"
                for words in lost
            ]
        if str(ROOT) in text or f"{Path.home()}/" in text:
            wrong.append(f"{name} names a folder of this machine")
    return wrong


def lay_out(source: Path, executed: Path) -> None:
    """Put every page of the site into one folder, as they lie in the checkout."""
    lessons = _lessons(source, executed)
    made = {f"reference/{name}": text for name, text in reference.pages().items()}
    for name in ("README", "CHANGELOG", "CONTRIBUTING"):
        made[name] = (ROOT / f"{name}.md").read_text(encoding="utf-8")
    for path in sorted((ROOT / "datasets").glob("*/SOURCE.md")):
        made[f"datasets/{path.parent.name}/SOURCE"] = path.read_text(encoding="utf-8")
    for path in sorted(HERE.glob("*.md")):
        if path.stem != "index":
            made[f"docs/{path.stem}"] = path.read_text(encoding="utf-8")
    first = (HERE / "index.md").read_text(encoding="utf-8")
    first = re.sub(r"\]\(([\w-]+\.md)", r"](docs/\1", first)
    made["index"] = first.replace("](../", "](") + _menu([*made, *lessons])
    for name, text in made.items():
        path = source / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_linked(text, name), encoding="utf-8", newline="\n")
    shutil.copytree(HERE / "pictures", source / "docs" / "pictures")


def _lessons(source: Path, executed: Path) -> list[str]:
    """The lessons, from the run of the proof where there is one."""
    names = []
    for built in sorted((ROOT / "curriculum").glob("*/lesson.ipynb")):
        name = f"curriculum/{built.parent.name}/lesson"
        ran = executed / built.parent.name / "lesson.ipynb"
        found = ran if ran.is_file() else built
        notebook = json.loads(found.read_text(encoding="utf-8"))
        note = f"> {RAN if ran.is_file() else NOT_RAN}"
        first = {"cell_type": "markdown", "id": "note", "metadata": {}, "source": note}
        # Below the title: what comes first names the page.
        notebook["cells"].insert(1, first)
        notebook["metadata"].pop("widgets", None)
        path = source / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(notebook), encoding="utf-8", newline="\n")
        names.append(name)
    return names


def _menu(pages: list[str]) -> str:
    """The tables of contents of the first page, which make the menu of all."""
    named = {name for _, names in GROUPS for name in names}
    lines = []
    for group, names in GROUPS:
        listed = [name for name in names if name in pages]
        if group == "For a course":
            listed += [name for name in pages if name.startswith("datasets/")]
        if group == "Lessons":
            listed += [name for name in pages if name.startswith("curriculum/")]
        if group == "Reference":
            spare = [n for n in pages if n.startswith("docs/") and n not in named]
            listed += spare + [n for n in pages if n.startswith("reference/")]
        body = "\n".join(listed)
        lines.append(f"```{{toctree}}\n:hidden:\n:caption: {group}\n\n{body}\n```")
    return "\n\n" + "\n\n".join(lines) + "\n"


def _linked(text: str, page: str) -> str:
    """Links to a file of the source become links to what the reference says of it."""
    up = "../" * page.count("/")

    def target(found: re.Match[str]) -> str:
        words, path, name = found[1], found[2], found[3]
        if path == "safelearn/__init__":
            return f"[{words}]({up}reference/functions.md)"
        if path == "safelearn/cli":
            return f"[{words}]({up}reference/commands.md)"
        if path == "safelearn/city/contracts":
            return f"[{words}]({up}reference/tables.md)"
        dotted = path.replace("/", ".") + (f".{name}" if name else "")
        role = "py:obj" if name else "py:mod"
        return f"{{{role}}}`{words.replace('`', '')} <{dotted}>`"

    return _CODE.sub(target, text).replace("](docs/index.md)", "](index.md)")


def main(arguments: Iterable[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Build the site.")
    parser.add_argument("--out", type=Path, default=ROOT / "site")
    parser.add_argument("--executed", type=Path, default=ROOT / "build" / "executed")
    asked = parser.parse_args(None if arguments is None else list(arguments))
    wrong = build(asked.out, asked.executed)
    for sentence in wrong:
        print(f"✗ {sentence}")
    print(f"{len(list(asked.out.rglob('*.html')))} pages in {asked.out}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
