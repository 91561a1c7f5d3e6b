"""Questionnaires and forms that fill a city's tables: XLSForms, written from a short text and the tables' contracts.

An instrument says which questions stand on which page and when they open; answers and most wordings come from the
contract of the table that it fills, so that an export is read without handwork. Every question can be refused and
answered with "do not know". Where an instrument asks for it, each page begins with a way to hide everything at once.
Serves draft:25(d).4 and draft:25(d).5.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safelearn.city.contracts import contract
from safelearn.language import mark, t, use

#: Names of the languages as XLSForm writes them.
LANGUAGES = {
    "en": "English (en)",
    "es": "Español (es)",
    "fr": "Français (fr)",
    "pt": "Português (pt)",
}
#: Answers that every question has; -98 and -99 stand for them where a number is asked.
REFUSED, UNKNOWN = "refused", "dont_know"
_SAME = {REFUSED: ("no_answer",), UNKNOWN: ("unknown",)}
_LISTS = {
    "yes_no": (("yes", mark("Yes")), ("no", mark("No"))),
    "gate": (("yes", mark("Yes")), ("no", mark("No"))),
    "when": (
        ("last_12_months", mark("In the last 12 months")),
        ("one_to_three_years", mark("One to three years ago")),
    ),
    "hide": (("hide", mark("Hide these questions")),),
}
_SAID = {REFUSED: mark("Prefers not to say"), UNKNOWN: mark("Does not know")}
_NUMBER_HINT = mark("-98: prefers not to say. -99: does not know.")
_HIDE = mark("Hide: touch here if somebody comes")
_NEUTRAL = mark("How many lamps stand in this street, and how many of them work?")
_MUST = mark("Please choose an answer; “does not know” is one.")
#: What the line of a drawn block says, and what a form works out from it.
_SAMPLE = ("area_id", "stratum", "stratum_psus")
#: Drawing the block, the household in it and the adult in the household, turned round.
_WEIGHT = "round({stratum_psus} div {psus_drawn} * {households_listed} div {households_asked} * ${adults}, 4)"


@dataclass(frozen=True)
class Instrument:
    """One questionnaire or form.

    Attributes
    ----------
    id, table : str
        Its code, and the city's table that its answers fill.
    title, about : str
        In English; translated when it is written.
    clauses : tuple of str
    pages : tuple of mapping
        As in the instrument's file.
    hide : bool
        Whether each page after the consent begins with a way to hide everything.
    """

    id: str
    table: str
    title: str
    about: str
    clauses: tuple[str, ...]
    pages: tuple[Mapping[str, Any], ...]
    hide: bool = False

    def texts(self) -> Iterator[str]:
        """Every text of it, for translators."""
        yield from (self.title, self.about)
        yield from (_MUST, _NUMBER_HINT, _HIDE, _NEUTRAL, *_SAID.values())
        fields = _fields(self.table)
        for page in self.pages:
            yield page["title"]
            for asked in page["question"]:
                yield from _wording(asked, fields, page)
                known = fields.get(asked.get("field", ""))
                yield from (c["label"] for c in (known or {}).get("categories", ()))


def read_instrument(path: Path) -> Instrument:
    """Read the text of one instrument."""
    text = tomllib.loads(path.read_text(encoding="utf-8"))
    pages = text.pop("page", [])
    if text.pop("every_field", False):
        pages = [
            {
                "name": "register",
                "title": text["title"],
                "described": True,
                "question": [{"field": name} for name in _fields(text["table"])],
            }
        ]
    clauses = tuple(text.pop("clauses"))
    return Instrument(clauses=clauses, pages=tuple(pages), **text)


def xlsform(instrument: Instrument, languages: Sequence[str] = ("en",)) -> bytes:
    """The instrument as an XLSForm workbook, for KoboToolbox and other ODK servers.

    Parameters
    ----------
    instrument : Instrument
    languages : sequence of str
        The form's languages; the first is its default.
    """
    from openpyxl import Workbook

    from safelearn.city.workbook import same_bytes

    rows = list(_rows(instrument))
    choices = list(_choices(instrument))
    book = Workbook()
    book.properties.creator = "safelearn"
    _sheet(book.active, "survey", rows, languages)
    _sheet(book.create_sheet(), "choices", choices, languages)
    with use(languages[0]):
        settings = {
            "form_title": t(instrument.title),
            "form_id": instrument.id,
            "default_language": LANGUAGES[languages[0]],
            "style": "pages",
            "allow_choice_duplicates": "yes",
        }
    page = book.create_sheet("settings")
    page.append(list(settings))
    page.append(list(settings.values()))
    return same_bytes(book)


def _rows(instrument: Instrument) -> Iterator[dict[str, Any]]:
    """The rows of the sheet ``survey``; texts are still English."""
    fields = _fields(instrument.table)
    yield {"type": "start", "name": "start"}
    yield {"type": "today", "name": "today"}
    hidden = [
        f"hide_{page['name']}" for page in instrument.pages if _hides(instrument, page)
    ]
    if hidden:
        any_of = " or ".join(f"${{{name}}} = 'hide'" for name in hidden)
        yield _calculate("hidden", f"if({any_of}, 'yes', 'no')")
    for page in instrument.pages:
        name = page["name"]
        yield {
            "type": "begin_group",
            "name": name,
            "label": page["title"],
            "appearance": "field-list",
        }
        hides = name if _hides(instrument, page) else ""
        if hides:
            yield {
                "type": "select_one hide",
                "name": f"hide_{name}",
                "label": _HIDE,
                "appearance": "quick",
            }
            yield {
                "type": "note",
                "name": f"neutral_{name}",
                "label": _NEUTRAL,
                "relevant": "${hidden} = 'yes'",
            }
        yield {
            "type": "begin_group",
            "name": f"{name}_questions",
            "label": page["title"],
            "relevant": _opens(instrument, page, bool(hidden)),
        }
        for number, asked in enumerate(page["question"]):
            yield from _question(asked, fields, page, number)
        yield {"type": "end_group"}
        yield {"type": "end_group"}


def _hides(instrument: Instrument, page: Mapping[str, Any]) -> bool:
    return instrument.hide and page.get("hide", True)


def _opens(instrument: Instrument, page: Mapping[str, Any], hidden: bool) -> str:
    """When the questions of a page are open."""
    conditions = [page["relevant"]] if page.get("relevant") else []
    if page.get("sensitive"):
        gate = next(p for p in instrument.pages if p["name"] == "gate")
        conditions += [
            f"${{{q['name']}}} = 'yes'"
            for q in gate["question"]
            if q.get("type") == "gate"
        ]
    if hidden and page.get("hide", True):
        conditions.append("${hidden} = 'no'")
    return " and ".join(f"({c})" if " or " in c else c for c in conditions)


def _question(
    asked: Mapping[str, Any], fields: Mapping[str, Any], page: Mapping, number: int
) -> Iterator[dict[str, Any]]:
    kind, known = asked.get("type", ""), fields.get(asked.get("field", ""))
    name = asked.get("name") or asked.get("field") or f"note_{page['name']}_{number}"
    label, hint = _wording(asked, fields, page)
    row = {"name": name, "label": label, "hint": hint}
    row["relevant"] = asked.get("relevant", "")
    if kind == "note":
        yield row | {"type": "note"}
    elif kind == "calculate":
        yield _calculate(name, asked["calculation"])
    elif kind == "block":
        yield row | {"type": "select_one_from_file sample.csv", "required": "yes"}
        for column in _SAMPLE:
            yield _calculate(
                column, f"pulldata('sample', '{column}', 'name', ${{psu}})"
            )
        yield _calculate("year", "format-date(today(), '%Y')")
        # The draw of the block, of the household in it, and of the adult in the household.
        yield _calculate("weight", _WEIGHT)
    elif kind in _LISTS:
        yield _must(row | {"type": f"select_one {kind}"})
    elif known is not None and known.get("categories"):
        yield _must(row | {"type": f"select_one {known['name']}"})
    elif kind == "count" or (known and known["type"] in ("integer", "number")):
        yield _must(row | _bounds(asked, known or {}))
    elif known and known["type"] == "date":
        yield row | {"type": "date", "required": "yes"}
    else:
        must = (known or {}).get("constraints", {}).get("required")
        yield row | {"type": "text", "required": "yes" if must else ""}


def _of_the_block(column: str) -> str:
    return f"pulldata('sample', '{column}', 'name', ${{psu}})"


def _calculate(name: str, calculation: str) -> dict[str, Any]:
    return {"type": "calculate", "name": name, "calculation": calculation}


def _must(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"required": "yes", "required_message": _MUST}


def _bounds(asked: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """A number between its bounds, or one of the two codes for no answer."""
    limits = known.get("constraints", {})
    least = asked.get("least", limits.get("minimum", 0))
    most = asked.get("most", limits.get("maximum", 100_000))
    kind = "decimal" if known.get("type") == "number" else "integer"
    return {
        "type": kind,
        "constraint": f"(. >= {least} and . <= {most}) or . = -98 or . = -99",
        "constraint_message": _NUMBER_HINT,
        "hint": _NUMBER_HINT,
    }


def _choices(instrument: Instrument) -> Iterator[dict[str, str]]:
    """The rows of the sheet ``choices``."""
    fields = _fields(instrument.table)
    used: dict[str, list[tuple[str, str]]] = {}
    for page in instrument.pages:
        for asked in page["question"]:
            known = fields.get(asked.get("field", ""))
            if asked.get("type") in _LISTS:
                used.setdefault(asked["type"], list(_LISTS[asked["type"]]))
            elif known is not None and known.get("categories"):
                pairs = [(c["value"], c["label"]) for c in known["categories"]]
                used.setdefault(known["name"], pairs)
    if instrument.hide:
        used["hide"] = list(_LISTS["hide"])
    for name, pairs in used.items():
        values = {value for value, _ in pairs}
        # What the table cannot do without is not left open: the light of a walk, the topic of a demand.
        must = fields.get(name, {}).get("constraints", {}).get("required")
        own = {value for value, _ in pairs} & {"no_answer", UNKNOWN}
        if name not in ("gate", "hide") and (own or not must):
            for value, label in _SAID.items():
                if value not in values and not values & set(_SAME[value]):
                    pairs = [*pairs, (value, label)]
        for value, label in pairs:
            yield {"list_name": name, "name": value, "label": label}


def _wording(
    asked: Mapping[str, Any], fields: Mapping[str, Any], page: Mapping[str, Any]
) -> tuple[str, str]:
    """What a question says, and the line under it."""
    known = fields.get(asked.get("field", ""), {})
    label = asked.get("text") or known.get("question") or known.get("title", "")
    hint = asked.get("hint", "")
    if page.get("described") and not asked.get("text"):
        hint = known.get("description", "")
    return label, hint


def _fields(table: str) -> dict[str, Mapping[str, Any]]:
    return {f["name"]: f for f in contract(table)["fields"]}


def _sheet(page: Any, title: str, rows: list[dict], languages: Sequence[str]) -> None:
    """Write rows; a text stands in one column for each language."""
    shown = ("label", "hint", "required_message", "constraint_message")
    first = ("list_name", "type", "name")
    columns = [c for c in first if any(c in row for row in rows)]
    said = [c for c in shown if any(row.get(c) for row in rows)]
    rest = sorted({c for row in rows for c in row} - {*columns, *shown})
    page.title = title
    page.append(
        [*columns, *(f"{c}::{LANGUAGES[x]}" for c in said for x in languages), *rest]
    )
    for row in rows:
        words = []
        for column in said:
            for code in languages:
                with use(code):
                    words.append(t(row[column]) if row.get(column) else None)
        page.append(
            [
                *(row.get(c) for c in columns),
                *words,
                *(row.get(c) or None for c in rest),
            ]
        )
    page.freeze_panes = "B2"
