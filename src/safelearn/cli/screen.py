"""What the terminal shows: plain sentences on stdout, problems and progress on stderr."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from safelearn.errors import SafelearnError
from safelearn.language import percent, t, tn

#: Seconds before anything is shown, and between two lines of a log.
_SOON, _LINE = 2, 15


def say(text: str = "") -> None:
    """Print one line of a command's answer."""
    print(text, flush=True)


def say_json(value: Any) -> None:
    """Print an answer that a program reads."""
    print(json.dumps(value, ensure_ascii=False, indent=1), flush=True)


def say_error(error: SafelearnError) -> None:
    """Print what went wrong, where, and what to do now."""
    lines = [error.what, error.where, error.remedy]
    mark, indent = ("✗ ", "  ") if _can_write("✗", sys.stderr) else ("", "  ")
    for i, line in enumerate(line for line in lines if line):
        for part in line.splitlines():
            print((indent if i else mark) + part, file=sys.stderr)
            i = 1
    sys.stderr.flush()


def table(
    head: list[str], rows: list[list[str]], numeric: tuple[int, ...] = ()
) -> None:
    """Print a table that fits the terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for i, name in enumerate(head):
        grid.add_column(
            Text(name), justify="right" if i in numeric else "left", overflow="fold"
        )
    for row in rows:
        grid.add_row(*[Text(cell) for cell in row])
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    console.print(grid)


def paragraph(text: str, indent: str = "", first: str | None = None) -> None:
    """Print a sentence or two, broken into lines that fit the terminal and are not too long to read."""
    import shutil
    import textwrap

    width = min(shutil.get_terminal_size((80, 24)).columns, 96)
    start = indent if first is None else first
    say(
        textwrap.fill(
            text,
            max(width, 40),
            initial_indent=start,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


def require_yes(sentences: list[str], *, yes: bool) -> None:
    """Say what would be deleted for good, and go on only if somebody wants it.

    Where nobody can be asked, nothing is deleted without ``--yes``.
    """
    import typer

    for sentence in sentences:
        say(sentence)
    if yes:
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        say(t("Nothing was deleted. To delete it, add --yes."))
        raise typer.Exit(2)
    if not typer.confirm(t("Delete all of this? It cannot be undone.")):
        say(t("Nothing was deleted."))
        raise typer.Exit(2)


@contextmanager
def progress(title: str) -> Iterator[Any]:
    """Show how far a long piece of work is, on stderr; yields ``step(done, total, what)``.

    What is done within two seconds shows nothing. On a terminal it is a bar with the time left; in a file or a
    pipe it is a line now and then, so that a log stays readable.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        yield _lines(title)
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[what]}", markup=False),
        TimeRemainingColumn(compact=True),
    )
    bar = Progress(*columns, console=console, transient=True, speed_estimate_period=60)
    task = bar.add_task(title, total=None, what="")
    begun, shown = time.monotonic(), False

    def step(done: float, total: float | None, what: str = "") -> None:
        nonlocal shown
        bar.update(task, completed=done, total=total, what=what)
        if not shown and time.monotonic() - begun > _SOON:
            shown = True
            bar.start()

    try:
        yield step
    finally:
        bar.stop()


def _lines(title: str) -> Any:
    """Progress as lines of a log: how much is done, and the time left by the pace so far."""
    begun = last = time.monotonic()

    def step(done: float, total: float | None, what: str = "") -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _LINE or not total or not 0 < done < total:
            return
        last = now
        left = (now - begun) * (total - done) / done
        about = {"title": title, "what": what, "share": percent(done / total)}
        if left < 90:
            said = tn(
                "{title}: {what}, {share} done, about {n} second left.",
                "{title}: {what}, {share} done, about {n} seconds left.",
                max(round(left), 1),
                **about,
            )
        else:
            said = tn(
                "{title}: {what}, {share} done, about {n} minute left.",
                "{title}: {what}, {share} done, about {n} minutes left.",
                round(left / 60),
                **about,
            )
        print(said, file=sys.stderr, flush=True)

    return step


def _can_write(text: str, stream: Any) -> bool:
    try:
        text.encode(getattr(stream, "encoding", None) or "ascii")
    except UnicodeEncodeError:
        return False
    return True
