"""The documents of a city: what each says of itself, and what it shows and never shows once it is filled."""

from __future__ import annotations

import re
from collections import defaultdict

import pandas as pd
import pytest

from safelearn.city.contracts import canonical
from safelearn.city.folder import City
from safelearn.city.settings import Settings
from safelearn.errors import SafelearnError
from safelearn.guidelines.clauses import clauses
from safelearn.reports.documents.collection import document, documents, names, read
from safelearn.reports.documents.copying import blank_form
from safelearn.reports.documents.filling import fill, tables_of
from safelearn.reports.documents.registers import Registers
from safelearn.resources import bundled_city

NAMES = names()
HIDDEN = "hidden to protect people"


@pytest.fixture(scope="module")
def city() -> City:
    return City.open(bundled_city("puerto-sereno"))


class Asked(dict):
    """Tables that remember which of them were asked for."""

    def __init__(self, tables):
        super().__init__(tables)
        self.names = set()

    def get(self, name, default=None):
        self.names.add(name)
        return super().get(name, default)


@pytest.fixture(scope="module")
def filled(city):
    """Each document filled for Puerto Sereno, with the tables that it asked for."""
    made = {}
    for one in documents():
        tables = Asked(tables_of(city, one))
        made[one.name] = (fill(one, city.settings, tables), tables.names)
    return made


def settings(**more) -> Settings:
    return Settings(name="Northfield", timezone="UTC", **more)


def table(name: str, *rows: dict) -> pd.DataFrame:
    frame, problems = canonical(pd.DataFrame(list(rows)).astype(object), name)
    assert not problems
    return frame


@pytest.mark.parametrize("name", NAMES)
def test_a_document_says_what_it_is_for_and_which_clause_it_serves(name):
    one = document(name)
    known = {clause.id for clause in clauses()}
    assert set(one.clauses) <= known
    assert len(one.title) < 90 and 20 < len(one.purpose) < 260 and one.filled_by
    assert one.form_only == (not one.fills)


@pytest.mark.clause(
    "draft:23(b)", "draft:23(c)", "draft:23(d)", "draft:24.0", "draft:24(a)", "draft:24(b)", "draft:24(g)",
    "draft:25(d).6", "draft:25(e)", "draft:25(i)", "draft:25(k)", "draft:26(e).1", "draft:26(e).2", "draft:10",
    "draft:12", "draft:28",
)  # fmt: skip
@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_filled_from_the_tables_that_it_names(filled, name):
    made, asked = filled[name]
    text = made.markdown
    assert text.startswith(f"# {document(name).title}\n")
    assert "{{" not in text and "{%" not in text and "nan" not in text.split()
    assert asked >= set(document(name).fills), "it names a table that it does not use"
    assert not re.search(r"\n\n\n", text)
    assert made.stamp.startswith("Invented city")


@pytest.mark.parametrize("name", NAMES)
def test_a_city_without_any_table_gets_a_form_with_marked_blanks(name):
    form = blank_form(name)
    # One mark more is the example of what a blank looks like.
    assert form.blanks == form.markdown.count("==") // 2 - 1 >= 2
    assert not form.used
    assert "Puerto" not in form.markdown and " nan " not in form.markdown


def test_no_two_documents_share_a_paragraph():
    places = defaultdict(set)
    for one in documents():
        for part in re.split(r"\n\s*\n|\n(?=[-#]|\d\.)", one.body):
            words = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\W+", " ", part).split()
            if len(words) > 7:
                places[" ".join(words).lower()].add(one.name)
    assert {text: where for text, where in places.items() if len(where) > 1} == {}


def test_ratings_points_and_organisations_in_danger_are_in_no_document(filled, city):
    stakeholders = city.table("stakeholders")
    exposed = stakeholders["group"].isin(
        ["refugees", "migrants", "internally_displaced", "sexual_and_gender_minorities"]
    )
    assert exposed.any()
    for name, (made, _) in filled.items():
        for words in stakeholders.loc[exposed, "name"]:
            assert words not in made.markdown, f"{name} names {words}"
        assert not re.search(r"-\d\d\.\d{3,}", made.markdown), f"{name} shows a point"
        assert "Opposes" not in made.markdown


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("stakeholders", "stance"),
        ("skills", "level"),
        ("services", "latitude"),
        ("ballots", "rank"),
        ("survey", "age"),
    ],
)
def test_a_document_cannot_ask_for_ratings_points_or_answers(name, column):
    with pytest.raises(ValueError, match="a document does not show"):
        Registers(settings(), {}).rows(name, [column])


def test_small_numbers_of_people_are_hidden_with_what_would_reveal_them():
    rows = table(
        "programmes",
        {"programme_id": "A", "name": "Work", "prevention": "justice", "reached": 3, "completed": 0},
        {"programme_id": "B", "name": "Talk", "prevention": "justice", "reached": 40, "completed": 38},
        {"programme_id": "C", "name": "Play", "prevention": "justice", "reached": 8, "completed": 0,
         "target_group": "children"},
        {"programme_id": "D", "name": "Help", "prevention": "justice", "reached": 60, "completed": 30},
    )  # fmt: skip
    text = Registers(settings(), {"programmes": rows}).rows(
        "programmes", ["name", "reached", "completed"]
    )
    lines = [
        line.strip("| ").split(" | ") for line in text.splitlines() if "| " in line
    ]
    assert lines[2:] == [
        ["Work", HIDDEN, HIDDEN],
        # 38 of 40 says that two left.
        ["Talk", "40", HIDDEN],
        # Eight children are below the stricter threshold.
        ["Play", HIDDEN, HIDDEN],
        ["Help", "60", "30"],
    ]


def test_a_small_group_is_not_tied_to_a_neighbourhood_and_a_list_needs_consent():
    started = {"prevention": "social", "status": "running"}
    rows = table(
        "initiatives",
        {"initiative_id": "A", "name": "Kitchen", "area_id": "01", "led_by": "migrants", "consent": "yes", **started},
        {"initiative_id": "B", "name": "Garden", "area_id": "01", "led_by": "women", "consent": "yes", **started},
        {"initiative_id": "C", "name": "Choir", "area_id": "01", "led_by": "women", "consent": "no", **started},
    )  # fmt: skip
    areas = table("areas", {"area_id": "01", "area_name": "Hillside"})
    text = Registers(settings(), {"initiatives": rows, "areas": areas}).rows(
        "initiatives", ["name", "area_id"]
    )
    assert f"| Kitchen | {HIDDEN} |" in text and "| Garden | Hillside |" in text
    assert "Choir" not in text


def test_shelters_are_one_line_without_name_place_or_number():
    secret = {
        "type": "shelter",
        "confidential": "yes",
        "area_id": "01",
        "referral": "5550100",
    }
    rows = table(
        "services",
        {"service_id": "1", "name": "House of Rosa", **secret},
        {"service_id": "2", "name": "House of Inés", **secret},
        {"service_id": "3", "name": "Help line", "type": "hotline", "referral": "5550199"},
    )  # fmt: skip
    areas = table("areas", {"area_id": "01", "area_name": "Hillside"})
    tables = {"services": rows, "areas": areas}
    text = fill(document("referral-directory"), settings(), tables).markdown
    assert not any(words in text for words in ("House of", "Hillside", "5550100"))
    assert text.count("| Shelter |") == 1 and "5550199" in text


def test_what_somebody_wrote_into_a_cell_stays_a_cell():
    rows = table(
        "reviews",
        {"review_id": "1", "subject": "by_law", "title": "Lamps | *all*\n# of them", "owner": "ana@example.org"},
    )  # fmt: skip
    text = Registers(settings(), {"reviews": rows}).rows("reviews", ["title", "owner"])
    assert "| Lamps \\| \\*all\\* \\# of them |" in text
    assert "example" not in text and HIDDEN in text


def test_a_copy_that_the_city_changed_is_filled_and_a_mistake_in_it_is_named(tmp_path):
    own = tmp_path / "our-rules.md"
    head = '+++\ntitle = "Our rules"\npurpose = "To have rules."\nfilled_by = "Us"\n'
    own.write_text(f'{head}clauses = ["draft:10"]\n+++\nRules of {{{{ city }}}}.\n')
    made = fill(document(str(own)), settings(), {})
    assert "Rules of Northfield." in made.markdown
    own.write_text(f'{head}clauses = ["draft:10"]\n+++\nRules of {{{{ town }}}}.\n')
    with pytest.raises(SafelearnError, match="town"):
        fill(document(str(own)), settings(), {})
    own.write_text(f'{head}clauses = ["draft:99"]\n+++\nRules.\n')
    with pytest.raises(SafelearnError, match="99"):
        read(own, "en")
    own.write_text(
        f'{head}clauses = ["draft:10"]\n[fills]\nsurvey = "x"\n+++\nRules.\n'
    )
    with pytest.raises(SafelearnError, match="survey"):
        read(own, "en")


def test_a_document_that_is_not_there_is_answered_with_the_nearest():
    with pytest.raises(SafelearnError) as error:
        document("harm-registre")
    assert "harm-register" in error.value.remedy


def test_a_blank_rights_screen_is_said_to_hold_the_strategy_back():
    measures = table(
        "measures",
        {"measure_id": "M1", "name": "Lamps", "prevention": "situational", "dimension": "place_making",
         "rights_screened": "yes"},
        {"measure_id": "M2", "name": "Patrols", "prevention": "justice", "dimension": "policing"},
    )  # fmt: skip
    made = fill(document("rights-screening"), settings(), {"measures": measures})
    assert "Held back: Patrols." in made.markdown
    assert "| Lamps | yes | 0 | 0 | – |" in made.markdown


def test_a_leaflet_leaves_out_what_is_held_back_and_says_how_hard_it_reads(filled):
    text = filled["resident-leaflet"][0].markdown
    assert text.index("Why we do this") < text.index("draft:24(f)")
    assert re.search(r"Reading ease: [6-9]\d from", text)
    city = City.open(bundled_city("puerto-sereno"))
    held = city.table("measures").query("rights_screened == 'no'")["name"]
    assert len(held) and not any(name in text for name in held)


def test_those_who_never_came_are_named_in_the_consultation_plan():
    came = {
        "activity": "Assembly",
        "kind": "assembly",
        "phase": "diagnosis",
        "held_on": "2025-01-01",
    }
    rows = [
        {"activity_id": str(i), "group": group, "participants": n, **came}
        for i in range(4)
        for group, n in [("women", 30), ("men", 30), ("older_persons", 1)]
    ]
    people = [
        {
            "area_id": "01",
            "sex": sex,
            "age_group": ages,
            "population": 100,
            "year": 2024,
        }
        for sex in ("female", "male")
        for ages in ("0-14", "15-59", "60+")
    ]
    tables = {"participation": table("participation", *rows), "population": table("population", *people)}  # fmt: skip
    text = fill(document("consultation-plan"), settings(), tables).markdown
    assert re.search(r"\| Women \| 120 \| 50% \| 50% \| 1.00 \|", text)
    # Four older persons in all: nobody learns how many, nor the share.
    assert (
        f"| Older persons | {HIDDEN} | {HIDDEN} | 33% | {HIDDEN} | {HIDDEN} |" in text
    )
    assert re.search(r"Nobody on record from: \*\*.*Persons with disabilities", text)


def test_help_reached_is_a_share_with_its_interval_and_small_services_are_hidden():
    rows = table(
        "services",
        {"service_id": "1", "name": "House", "type": "victim_support", "people_identified": 263, "people_served": 81},
        {"service_id": "2", "name": "Line", "type": "hotline", "people_identified": 20, "people_served": 7},
    )  # fmt: skip
    text = fill(document("referral-directory"), settings(), {"services": rows}).markdown
    # Newcombe (1998): 81 of 263 is .2553 to .3662.
    assert "| Victim support | 263 | 81 | 31% | 26%–37% |" in text
    assert f"| Hotline | 20 | {HIDDEN} | – | – |" in text
