"""Titles and prose neither rank areas, nor blame people, nor send the police."""

from __future__ import annotations

from pathlib import Path

import pytest

from safelearn.disclosure.wording import check

ROOT = Path(__file__).resolve().parents[2]
PROSE = [
    path
    for folder in ("curriculum", "templates", "docs", ".")
    for kind in ("*.md", "*.py", "*.toml")
    for path in sorted((ROOT / folder).glob(f"**/{kind}" if folder != "." else kind))
    # It names what is never published.
    if path.name != "disclosure.md"
]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The worst neighbourhoods of the city", "ranking"),
        ("Ten most dangerous areas", "ranking"),
        ("District 4 is the most violent district", "ranking"),
        ("Top 5 districts", "ranking"),
        ("Los barrios más peligrosos", "ranking"),
        ("Las peores comunas de la ciudad", "ranking"),
        ("Problem youth gather at the station.", "deficit"),
        ("A crime-ridden neighbourhood.", "deficit"),
        ("Young people are responsible for most thefts.", "deficit"),
        ("Jóvenes problemáticos en el parque.", "deficit"),
        ("Una zona roja de la ciudad.", "deficit"),
        ("Send more patrols to these cells.", "enforcement"),
        ("The area needs more police.", "enforcement"),
        ("Stop and search should start here.", "enforcement"),
        ("Enviar más patrullas a estos sectores.", "enforcement"),
        (
            "Families should be evicted; evict residents of the settlement.",
            "enforcement",
        ),
        ("Avoid these areas at night.", "enforcement"),
    ],
)
def test_sentences_that_rank_blame_or_send_the_police_are_found(text, kind):
    found = check(text)
    assert [p.kind for p in found] == [kind]
    assert found[0].remedy and found[0].words in found[0].sentence


@pytest.mark.parametrize(
    "text",
    [
        "Homicides per 100,000 residents by neighbourhood, 2021 to 2025",
        "Half of all robberies are recorded in six of 60 neighbourhoods",
        "This map is not for patrols, stops, evictions, lending or insurance.",
        "Areas are in code order: this is not a ranking of areas.",
        "Este mapa no es un ranking de barrios.",
        "Young people are the most frequent victims of robbery.",
        "December is the month with most burglaries.",
        "Never call an area the worst neighbourhood: figures this small change places by chance.",
        "Sending patrols where records are many finds more records there: a runaway feedback loop of patrols.",
        "More officers were trained in mediation.",
    ],
)
def test_plain_statements_and_warnings_are_left_alone(text):
    assert check(text) == []


def test_each_sentence_is_read_on_its_own_and_its_line_is_told():
    text = "# Where\n\nRobbery fell. This is\nnot a ranking.\n\n- The worst area is Centro.\n- All is well.\n"
    (problem,) = check(text)
    assert problem.line == 6
    assert problem.where == "The worst area is Centro."


def test_code_is_not_read_and_quotations_only_if_asked():
    assert check("Call `worst_areas()`.\n```\nthe worst areas\n```\n") == []
    lesson = 'Nobody writes that. A headline said: "Hillside is the worst district".'
    assert [p.kind for p in check(lesson)] == ["ranking"]
    assert check(lesson, quoted=False) == []


@pytest.mark.parametrize("path", PROSE, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_what_the_project_itself_writes_ranks_and_blames_nobody(path):
    assert [
        p.where for p in check(path.read_text(encoding="utf-8"), quoted=False)
    ] == []
