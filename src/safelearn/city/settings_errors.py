"""Which line of city.toml is wrong, and what should stand there instead?

In go pydantic's findings and the text of the settings files; out comes one error, worded for the person who
wrote the file, that names the file and the line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safelearn.city.settings_guide import guide
from safelearn.errors import SafelearnError
from safelearn.language import t

if TYPE_CHECKING:
    from pydantic import ValidationError


@dataclass(frozen=True)
class Layer:
    """One city.toml: the city's own, or that of a folder it inherits from."""

    path: Path
    text: str
    values: dict[str, Any]


def mendable(
    error: ValidationError,
    layers: list[Layer],
    names_beside: Callable[[tuple[str | int, ...]], list[str]],
) -> SafelearnError:
    """The first wrong setting as a sentence for the person who wrote it; unknown names come first."""
    found = sorted(error.errors(), key=lambda e: e["type"] != "extra_forbidden")[0]
    path = tuple(p for p in found["loc"] if p != "[key]")
    setting = ".".join(str(p) for p in path if not isinstance(p, int))
    remedy = ""
    kind = found["type"]
    if kind == "extra_forbidden":
        near = nearest(str(path[-1]), names_beside(path[:-1]))
        what = t("The setting `{setting}` in city.toml is not known.", setting=setting)
        remedy = (
            t("Did you mean `{name}`?", name=near)
            if near
            else t("Take the line out; a note can stand behind a #.")
        )
    elif kind == "missing":
        what = t("The setting `{setting}` is missing in city.toml.", setting=setting)
        example = guide(setting)
        remedy = t("Add a line such as `{line}`.", line=example.line) if example else ""
    elif kind == "value_error":
        what, *advice = found["ctx"]["error"].args
        remedy = advice[0] if advice else ""
    else:
        what = _wrong_value(kind, setting, found["input"])
        if example := guide(setting):
            remedy = t("Write a line such as `{line}`.", line=example.line)
    return SafelearnError(what, where=where(layers, path), remedy=remedy)


def _wrong_value(kind: str, setting: str, value: Any) -> str:
    said = str(value)
    if kind.startswith("string_type"):
        return t("The setting `{setting}` must be text in quotes.", setting=setting)
    if kind.startswith("string_too_short"):
        return t("The setting `{setting}` is empty.", setting=setting)
    if kind.startswith("bool"):
        return t(
            "The setting `{setting}` must be true or false, not “{value}”.",
            setting=setting,
            value=said,
        )
    if kind.startswith("int"):
        return t(
            "The setting `{setting}` must be a whole number, not “{value}”.",
            setting=setting,
            value=said,
        )
    if kind.startswith("greater_than"):
        return t(
            "The setting `{setting}` must be 3 or more: smaller cells would not protect people.",
            setting=setting,
        )
    if kind.startswith("date"):
        return t(
            "The setting `{setting}` must be a date written year-month-day, not “{value}”.",
            setting=setting,
            value=said,
        )
    return t(
        "The setting `{setting}` cannot be “{value}”.", setting=setting, value=said
    )


def nearest(word: str, words: Iterable[str]) -> str:
    """The known word that comes nearest to one that is not, or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(words), n=1, cutoff=0.6)
    return near[0] if near else ""


def where(layers: list[Layer], path: tuple[str | int, ...]) -> str:
    """The file and line of a setting, in the lowest file that has it."""
    for layer in reversed(layers):
        line = _line(layer.text, path)
        if line:
            return t("{file}, line {line}", file=layer.path, line=line)
    return str(layers[-1].path)


def _line(text: str, path: tuple[str | int, ...]) -> int | None:
    """The line on which a setting stands: tomlkit keeps no positions, so headers and keys are counted."""
    keys = [p for p in path if isinstance(p, str)]
    nth = next((p for p in path if isinstance(p, int)), 0)
    header: list[str] = []
    times: dict[str, int] = {}
    last = None
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r"\s*(\[\[?)\s*([^\]]+?)\s*\]", line)
        if found:
            header = [p.strip().strip("\"'") for p in found[2].split(".")]
            if found[1] == "[[":
                times[found[2]] = times.get(found[2], -1) + 1
            here = times.get(found[2], 0) == nth
            if here and header == keys[: len(header)]:
                last = number
            if here and header == keys:
                return number
            continue
        found = re.match(r"\s*([\w.\"'-]+)\s*=", line)
        if found:
            key = [p.strip("\"'") for p in found[1].split(".")]
            if [*header, *key] == keys[: len(header) + len(key)] and (
                not header or times.get(".".join(header), 0) == nth
            ):
                return number
    return last
