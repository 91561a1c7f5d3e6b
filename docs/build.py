"""``make docs``: the site of the project, in site/, from what is in the checkout and nothing else.

Pages are the Markdown files of this folder, the README, the changelog and CONTRIBUTING; the lessons as ``make
proof`` executed them (build/executed/; a lesson that was not executed is shown without outputs and says so);
and a reference made from the code: commands, tables, functions. No notebook runs here, nothing is fetched, and
the same inputs give the same bytes. Exit status 1 if a link leads nowhere.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(HERE))

import reference  # noqa: E402
from writing import Markdown, highlight_css  # noqa: E402

#: The order of the menu. A Markdown file of docs/ that is not named here comes last in its group.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Start", ("index.md", "../README.md")),
    (
        "For a city",
        (
            "city-folder.md",
            "country-folder.md",
            "profiles.md",
            "instruments.md",
            "documents.md",
            "disclosure.md",
            "measures.md",
        ),
    ),
    ("For a course", ("course.md", "widgets.md")),
    ("Reference", ("vocabulary.md",)),
    ("The project", ("../CONTRIBUTING.md", "../CHANGELOG.md")),
)


@dataclass
class Page:
    """One page of the site."""

    file: str
    title: str
    body: str
    group: str
    headings: list[tuple[int, str, str]] = field(default_factory=list)


def build(site: Path, executed: Path) -> list[str]:
    """Write the site; gives a sentence for each link that leads nowhere."""
    targets = _targets()
    pages = [*_written(targets), *_lessons(targets, executed), *_reference(targets)]
    order = [name for name, _ in GROUPS]
    pages.sort(key=lambda page: order.index(page.group))
    if site.exists():
        shutil.rmtree(site)
    site.mkdir(parents=True)
    css = (HERE / "site.css").read_text(encoding="utf-8")
    _write(site / "site.css", css + "\n" + highlight_css())
    if (HERE / "pictures").is_dir():
        shutil.copytree(HERE / "pictures", site / "pictures")
    for page in pages:
        _write(site / page.file, _frame(page, pages))
    return broken_links(site)


def _targets() -> dict[Path, str]:
    """Which page each source becomes."""
    found = {}
    for path in [*HERE.glob("*.md"), *ROOT.glob("*.md")]:
        found[path] = f"{path.stem.lower()}.html"
    for lesson in sorted((ROOT / "curriculum").glob("*/lesson.py")):
        for name in ("lesson.py", "lesson.ipynb"):
            found[lesson.with_name(name)] = f"lesson-{lesson.parent.name}.html"
    package = reference.PACKAGE
    found[package / "__init__.py"] = "functions.html"
    found[package / "cli"] = "commands.html"
    found[package / "city" / "contracts"] = "tables.html"
    for room in reference.ROOMS:
        for path in [package / room, *(package / room).rglob("*.py")]:
            found[path] = f"functions-{room}.html"
    return found


def _written(targets: dict[Path, str]) -> list[Page]:
    pages = []
    named = {(HERE / name).resolve() for _, names in GROUPS for name in names}
    spare = sorted(set(HERE.glob("*.md")) - named)
    for group, names in GROUPS:
        paths = [(HERE / name).resolve() for name in names]
        for path in [*paths, *(spare if group == "Reference" else [])]:
            if path.is_file():
                text = path.read_text(encoding="utf-8")
                pages.append(_page(text, path, targets, targets[path], group))
    return pages


def _page(
    text: str, source: Path, targets: dict[Path, str], file: str, group: str
) -> Page:
    markdown = Markdown(source, targets, ROOT)
    body = markdown.page(text)
    title = next((words for level, words, _ in markdown.headings if level == 1), file)
    return Page(file, title, body, group, markdown.headings)


def _lessons(targets: dict[Path, str], executed: Path) -> list[Page]:
    """The lessons, from the run of the proof where there is one."""
    pages = []
    for built in sorted((ROOT / "curriculum").glob("*/lesson.ipynb")):
        name = built.parent.name
        ran = executed / name / "lesson.ipynb"
        notebook = json.loads(
            (ran if ran.is_file() else built).read_text(encoding="utf-8")
        )
        markdown = Markdown(built, targets, ROOT)
        body = "\n".join(_cell(cell, markdown) for cell in notebook["cells"])
        note = (
            "This is the lesson as it ran. To do it yourself: <code>safelearn lab</code>."
            if ran.is_file()
            else "This lesson is shown without its pictures and numbers: it was not executed "
            "here. <code>make proof</code> does that, or open it with <code>safelearn lab</code>."
        )
        title = next(w for level, w, _ in markdown.headings if level == 1)
        body = f'<p class="note">{note}</p>\n{body}'
        pages.append(
            Page(f"lesson-{name}.html", title, body, "For a course", markdown.headings)
        )
    return pages


def _cell(cell: dict, markdown: Markdown) -> str:
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        return markdown.page(source)
    if cell["cell_type"] != "code" or not source.strip():
        return ""
    shown = [markdown.code(source, "python")]
    for output in cell.get("outputs", []):
        text = _output(output, markdown)
        if text:
            shown.append(f'<div class="output">{text}</div>')
    return "\n".join(shown)


def _output(output: dict, markdown: Markdown) -> str:
    if output["output_type"] == "stream":
        return f"<pre>{html.escape(''.join(output['text']))}</pre>"
    if output["output_type"] == "error":
        return f"<pre>{html.escape(output['evalue'])}</pre>"
    data = output.get("data", {})
    if "text/html" in data:
        return "".join(data["text/html"])
    if "image/svg+xml" in data:
        return "".join(data["image/svg+xml"])
    if "image/png" in data:
        code = "".join(data["image/png"]).replace("\n", "")
        words = html.escape("".join(data.get("text/plain", "a picture")), quote=True)
        return f'<img alt="{words}" src="data:image/png;base64,{code}">'
    if "text/markdown" in data:
        return markdown.page("".join(data["text/markdown"]))
    return f"<pre>{html.escape(''.join(data.get('text/plain', '')))}</pre>"


def _reference(targets: dict[Path, str]) -> list[Page]:
    """Commands, tables and functions, as the code has them."""
    return [
        _page(text, HERE / "reference.py", targets, file, "Reference")
        for file, text in reference.pages()
    ]


def _frame(page: Page, pages: list[Page]) -> str:
    """The page with its menu, in the project's own style."""
    menu = []
    for group, _ in GROUPS:
        entries = [p for p in pages if p.group == group]
        if not entries:
            continue
        links = "".join(_entry(p, p is page) for p in entries)
        menu.append(f"<h2>{group}</h2><ul>{links}</ul>")
    sections = [(words, anchor) for level, words, anchor in page.headings if level == 2]
    here = ""
    if len(sections) > 2:
        links = "".join(
            f'<li><a href="#{a}">{html.escape(w.removeprefix(page.title + "."))}</a></li>'
            for w, a in sections
        )
        here = f'<nav class="here" aria-label="On this page"><h2>On this page</h2><ul>{links}</ul></nav>'
    title = page.title if page.title == "safelearn" else f"{page.title} · safelearn"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="site.css">
</head>
<body>
<a class="skip" href="#main">To the text</a>
<header><a href="index.html">safelearn</a><a class="to-menu" href="#menu">All pages</a></header>
<div class="columns">
<main id="main">
{page.body}
</main>
<nav class="menu" id="menu" aria-label="All pages">{"".join(menu)}</nav>
{here}
</div>
</body>
</html>
"""


def _entry(page: Page, current: bool) -> str:
    mark = ' aria-current="page"' if current else ""
    return f'<li><a{mark} href="{page.file}">{html.escape(_short(page))}</a></li>'


def _short(page: Page) -> str:
    """A title for the menu: of a long one, what stands before its colon."""
    if page.file == "readme.html":
        return "Read me first"
    return page.title.partition(":")[0] if len(page.title) > 32 else page.title


class _Links(HTMLParser):
    """What a page links to or loads, and the ids it has."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag in ("img", "script", "iframe", "source") and "src" in given:
            self.loaded.append(given["src"])
        elif tag == "link" and "href" in given:
            self.loaded.append(given["href"])


def broken_links(site: Path) -> list[str]:
    """Links of the site that lead nowhere, and whatever a page would fetch from elsewhere."""
    read = {}
    for path in sorted(site.glob("*.html")):
        parser = _Links()
        parser.feed(path.read_text(encoding="utf-8"))
        read[path.name] = parser
    wrong = []
    for name, found in read.items():
        for link in [*found.links, *found.loaded]:
            parts = urlsplit(link)
            if parts.scheme in ("data", "mailto") or (
                parts.scheme and link in found.links
            ):
                continue
            if parts.scheme or parts.netloc:
                wrong.append(f"{name} fetches {link}")
                continue
            target = unquote(parts.path) or name
            if not (site / PurePosixPath(target)).is_file():
                wrong.append(f"{name} links to {link}, which is not there")
            elif parts.fragment and unquote(parts.fragment) not in read[target].ids:
                wrong.append(f"{name} links to {link}: there is no such section")
        twice = sorted({i for i in found.ids if found.ids.count(i) > 1})
        wrong += [f"{name} has two sections called {i}" for i in twice]
    return wrong


def _write(path: Path, text: str) -> None:
    text = re.sub(r"[ \t]+\n", "\n", text)
    path.write_text(text, encoding="utf-8", newline="\n")


def main(arguments: Iterable[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Build the site.")
    parser.add_argument("--out", type=Path, default=ROOT / "site")
    parser.add_argument("--executed", type=Path, default=ROOT / "build" / "executed")
    asked = parser.parse_args(None if arguments is None else list(arguments))
    wrong = build(asked.out, asked.executed)
    for sentence in wrong:
        print(f"✗ {sentence}")
    pages = len(list(asked.out.glob("*.html")))
    print(f"{pages} pages in {asked.out}, {len(wrong)} broken links")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
