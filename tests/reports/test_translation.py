"""In the pseudo-language every sentence wears accents and brackets: what stays plain was forgotten."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest

from safelearn import language
from safelearn.guidelines.clauses import clauses
from safelearn.reports import chapters, front
from safelearn.reports.evidence import gather

# The brackets of the pseudo-language are in no font of the report.
pytestmark = pytest.mark.filterwarnings("ignore:Glyph")
SECTIONS = (
    "summary",
    "basis",
    "city",
    "actors",
    "offences",
    "where",
    "who",
    "groups",
    "places",
    "causes",
    "priorities",
    "missing",
    "later",
    "harm",
    "care",
    "validation",
    "annex",
)
#: Tables whose texts a city has written itself.
REGISTERS = (
    "organisations",
    "priorities_by_group",
    "harm_register",
    "technology_register",
    "reviews",
    "decisions",
    "tasks",
)


def plain_words(page: str, known: set[str]) -> list[str]:
    """Visible texts of a page that are neither translated nor data."""
    page = re.sub(r'srcdoc="[^"]*"|(?:src|srcset)="data:[^"]*"', "", page)
    texts = re.findall(r">([^<]+)<", page)
    texts += re.findall(r'(?:alt|aria-label|title|data-label)="([^"]*)"', page)
    left = []
    for text in texts:
        rest = html.unescape(text).strip()
        while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", "", rest)) != rest:
            rest = shorter
        if re.search(r"[A-Za-z]{3,}", rest) and rest.strip() not in known:
            left.append(rest)
    return left


@pytest.fixture(scope="module")
def pseudo(town):
    with language.use(language.PSEUDO):
        yield gather(town, language=language.PSEUDO)


@pytest.fixture(scope="module")
def data(pseudo) -> set[str]:
    """What is data, not a sentence: names of places, sources, months, what import said at its time."""
    areas = pseudo.tables["population_by_area"].frame["area_name"]
    districts = pseudo.tables["sensitive_by_district"].frame["parent"]
    names = {*areas, *districts, *pseudo.assumptions}
    sources = {n: note.source for n, note in pseudo.settings.tables.items()}
    names |= {*sources.values()}
    # A figure of several tables, the last of which has no source of its own.
    names |= {f"{sources['incidents']}; {sources['survey']};"}
    names |= {*pseudo.tables["quotes"].frame["quote"]}
    for register in REGISTERS:
        texts = pseudo.tables[register].frame.select_dtypes(exclude="number")
        names |= {str(text) for column in texts for text in texts[column]}
    for record in pseudo.inputs:
        names |= {str(record["file"]), str(record.get("sha256", ""))[:16]}
    names |= {c.id for c in clauses()} | {pseudo.settings.redress}
    options = pseudo.results["ballots"]["options"]
    tops = pseudo.tables["first_choices_by_area"].frame["top"].dropna()
    names |= {language.listing([options[o] for o in top.split()]) for top in tops}
    with language.use("en"):
        days = [
            date.fromisoformat(x) for x in names if re.fullmatch(r"\d{4}(-\d\d){2}", x)
        ]
        names |= {language.day(d, style=s) for d in days for s in ("medium", "long")}
        held_on = pseudo.results["ballots"]["held_on"]
        names |= {language.day(date.fromisoformat(held_on))}
        names |= {
            *language.months("wide"),
            *language.months(),
            *language.weekdays("wide"),
        }
    return names


@pytest.mark.parametrize("section", SECTIONS)
def test_every_sentence_of_the_report_can_be_translated(section, pseudo, data):
    with language.use(language.PSEUDO):
        page = str(getattr(chapters, section)(pseudo))
    assert plain_words(page, data) == []


def test_the_front_can_be_translated(pseudo, data):
    with language.use(language.PSEUDO):
        content = front.front(pseudo).content
    words = [
        content[key]
        for key in ("title", "subtitle", "kicker", "warning", "warning_tag")
    ]
    words += [name for name, _ in content["facts"]] + list(content["words"].values())
    assert all("⟦" in text for text in words)


def test_the_test_finds_a_forgotten_sentence():
    assert plain_words("<p>Forgotten words</p><p>⟦Ŝàféţý⟧</p>", set()) == [
        "Forgotten words"
    ]
    assert plain_words("<p>⟦Ŝàféţý ⟦îń⟧ 2024⟧ – 12</p>", set()) == []
