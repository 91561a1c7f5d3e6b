"""Documents of law and of money: what is calculated for them, on small cities reckoned by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.city.contracts import canonical
from safelearn.city.settings import Settings
from safelearn.reports.documents.collection import document
from safelearn.reports.documents.filling import facts, fill
from safelearn.reports.documents.registers import Registers


def table(name: str, *rows: dict) -> pd.DataFrame:
    frame, problems = canonical(pd.DataFrame(list(rows)).astype(object), name)
    assert not problems
    return frame


def registers(**tables: pd.DataFrame) -> Registers:
    return Registers(Settings(name="Northfield", timezone="UTC"), tables)


def text_of(name: str, **tables: pd.DataFrame) -> str:
    settings = Settings(name="Northfield", timezone="UTC")
    return fill(document(name), settings, tables).markdown


OFFICES = table(
    "stakeholders",
    {"stakeholder_id": "P", "name": "Police", "type": "police", "level": "national"},
    {"stakeholder_id": "C", "name": "Court", "type": "justice", "level": "national"},
    {"stakeholder_id": "W", "name": "Works", "type": "city_department", "level": "city"},
    {"stakeholder_id": "R", "name": "Residents of the hill", "type": "residents_association", "level": "district"},
)  # fmt: skip

RESIDENTS = table(
    "population",
    *[
        {"area_id": area, "sex": sex, "age_group": age, "population": 100, "year": 2024}
        for area in ("01", "02")
        for sex in ("female", "male")
        for age in ("0-14", "15-19", "20-24", "25-59", "60+")
    ],
)


@pytest.mark.clause("draft:26(f)(ii).1")
def test_groups_that_came_only_to_the_diagnosis_were_not_heard_on_the_text():
    base = {"kind": "assembly", "participants": 20, "actual_level": "involve"}
    base |= {"activity": "Assembly", "held_on": "2025-03-01"}
    came = table(
        "participation",
        base | {"activity_id": "A", "phase": "design", "group": "women"},
        base | {"activity_id": "B", "phase": "design", "group": "women", "actual_level": "empower"},
        base | {"activity_id": "C", "phase": "diagnosis", "group": "youth"},
    )  # fmt: skip
    found = facts(document("rights-check"), registers(participation=came))
    assert found["heard"] == [["Women", "2", "Empower"]]
    assert "youth" in found["unheard"] and "women" not in found["unheard"].split(", ")
    assert len(found["rights"]) == 14


@pytest.mark.clause("draft:26(f)(ii).2")
def test_a_court_without_a_written_agreement_is_named_and_a_conflict_is_not():
    tie = {"tie": "cooperation", "formal": "yes"}
    ties = table(
        "ties",
        tie | {"from_id": "W", "to_id": "P"},
        tie | {"from_id": "C", "to_id": "W", "formal": "no"},
        tie | {"from_id": "P", "to_id": "R", "tie": "conflict"},
    )
    found = facts(document("bylaw-scope"), registers(stakeholders=OFFICES, ties=ties))
    assert found["institutions"] == [
        ["Police", "Works", "Works"],
        ["Court", "Works", "–"],
    ]
    assert found["loose"] == "Court"
    text = text_of("bylaw-scope", stakeholders=OFFICES, ties=ties)
    assert "Residents of the hill" in text.split("Article 6")[0]
    assert "Residents of the hill" not in text.split("Article 6")[1]


@pytest.mark.clause("draft:26(f)(ii).3")
def test_each_task_says_what_has_to_be_mended_and_each_level_what_it_does():
    mandates = table(
        "mandates",
        {"task_id": "1", "task": "Light", "stakeholder_id": "W", "level": "city", "part": "accountable",
         "legal_basis": "By-law 1", "funded": "yes"},
        {"task_id": "1", "task": "Light", "stakeholder_id": "W", "level": "city", "part": "responsible",
         "legal_basis": "By-law 1", "funded": "yes"},
        {"task_id": "2", "task": "Buses", "stakeholder_id": "W", "level": "city", "part": "responsible",
         "funded": "no"},
    )  # fmt: skip
    text = text_of("roles-by-level", mandates=mandates, stakeholders=OFFICES)
    assert "| Light | Works | Works | – | By-law 1 | Yes |" in text
    assert "| Buses | – | Works | – | – | No |" in text
    # City: answers for one task, does two, is only asked in none, one of two has a law and money.
    assert "| City | 1 | 2 | 0 | 1 | 1 |" in text
    mend = text.split("## What has to be mended")[1]
    assert "Nobody answers for it" in mend and "| Light |" not in mend


@pytest.mark.clause("draft:26(f)(ii).4")
def test_seats_stand_beside_residents_and_an_empty_seat_is_asked_for():
    seat = {"activity_id": "A", "activity": "Committee", "kind": "committee"}
    seat |= {"phase": "design", "held_on": "2025-06-01"}
    held = table(
        "participation",
        *[
            seat | {"group": group, "participants": n, "seats": n}
            for group, n in (("women", 2), ("men", 8), ("youth", 2), ("migrants", 0))
        ],
    )
    found = facts(
        document("seat-audit"), registers(participation=held, population=RESIDENTS)
    )
    lines = {row["group"]: row for row in found["seats"]}
    # Two of ten seats, half of the residents; two of ten, and two of five age groups are youth.
    assert (lines["Women"]["share"], lines["Women"]["residents"]) == ("20%", "50%")
    assert lines["Women"]["ratio"].startswith("0.4 (")
    assert lines["Youth"]["residents"] == "40%"
    assert found["missing"] == "migrants"
    assert found["to_fill"][-1] == "Migrants" and "Women" in found["to_fill"]
    assert "persons with disabilities" in found["unknown"]


@pytest.mark.clause("draft:26(f)(ii).6")
def test_buildings_with_free_hours_are_listed_and_those_without_consent_are_not():
    hall = {"type": "school", "area_id": "01", "hours_available": 60, "consent": "not_needed"}  # fmt: skip
    assets = table(
        "assets",
        hall | {"asset_id": "1", "name": "School East", "hours_used": 20},
        hall | {"asset_id": "2", "name": "School West", "hours_used": 55},
        hall | {"asset_id": "3", "name": "Hidden hall", "hours_used": 0, "consent": "no"},
        hall | {"asset_id": "4", "name": "School North", "hours_used": None},
        hall | {"asset_id": "5", "name": "Migrants' club", "hours_used": 0, "group": "migrants"},
    )  # fmt: skip
    areas = table("areas", {"area_id": "01", "area_name": "Hill", "parent": "South"})
    found = facts(document("shared-amenities"), registers(assets=assets, areas=areas))
    assert [row[0] for row in found["candidates"]] == ["School East"]
    assert found["candidates"][0][2:4] == ["Hill", "40"]
    # Three schools with hours: 180 hours, of which 20 + 55 + 0 are used.
    assert found["kinds"] == [["School", "3", "180", "75", "105", "42%"]]
    assert found["unknown"] == "1"


JUSTICE = [
    {"period": "2025", "measure": measure, "group": group, "sex": "all", "value": n}
    for measure, group, n in (
        ("stops", "everyone", 1000),
        ("stops", "youth", 700),
        ("stops_with_result", "everyone", 100),
        ("stops_with_result", "youth", 40),
        ("complaints", "everyone", 30),
    )
]


@pytest.mark.clause("draft:26(f)(ii).7")
def test_the_record_says_which_figures_nobody_splits_by_group():
    justice = table("justice", *JUSTICE)
    found = facts(
        document("policing-record"), registers(justice=justice, population=RESIDENTS)
    )
    assert found["not_split"] == "complaints"
    stops = [row for row in found["card"] if row["figure"].startswith("Stops per")]
    # 1,000 stops of 2,000 residents.
    assert stops[0]["now"].startswith("500.0 (")
    assert all(row["caution"] for row in found["card"])


@pytest.mark.clause("draft:26(f)(ii).8")
def test_a_group_stopped_more_often_and_on_weaker_grounds_is_said_so():
    justice = table("justice", *JUSTICE)
    found = facts(
        document("proportionality"), registers(justice=justice, population=RESIDENTS)
    )
    (row,) = found["equity"]
    # Youth: 700 of 800 residents, others 300 of 1,200; finds 40 of 700 over 60 of 300.
    assert row["ratio"].startswith("3.50 (")
    assert row["finds"].startswith("0.29 (")
    assert row["verdict"] == "more" and row["weaker"]


@pytest.mark.clause("draft:26(f)(ii).9")
def test_a_forecast_without_law_and_card_is_switched_off():
    text = text_of(
        "technology-register",
        technology=table(
            "technology",
            {"technology_id": "1", "name": "Forecast", "type": "prediction", "impact_assessed": "yes",
             "algorithm_card": "not_needed", "legal_basis": "Order 3", "retention_days": 30, "access": "Police",
             "redress": "Court", "review_on": "2026-01-01"},
            {"technology_id": "2", "name": "Lamps", "type": "sensor", "impact_assessed": "no",
             "algorithm_card": "not_needed", "legal_basis": "Order 4", "retention_days": 30, "access": "Works",
             "redress": "Court", "review_on": "2026-01-01"},
        ),
    )  # fmt: skip
    missing = text.split("## What is missing, and what follows")[1]
    assert (
        "| Forecast | algorithm card | switched off until law and card are there | |"
        in missing
    )
    assert "| Lamps | impact assessment | closed within \\[90\\] days | |" in missing
    assert "## Algorithm card: Forecast" in text
    assert "## Algorithm card: Lamps" not in text


@pytest.mark.clause("draft:26(f)(ii).12")
def test_the_by_law_on_information_holds_the_thresholds_of_the_city():
    strict = Settings(
        name="Northfield",
        timezone="UTC",
        retention="2027-03-31",
        disclosure={"threshold": 8, "sensitive_threshold": 12},
    )
    text = fill(document("information-bylaw"), strict, {}).markdown
    assert "Counts from 1 to 7 are hidden, from 1 to 11 for sexual offences" in text
    assert "Records are deleted by 31 March 2027" in text


@pytest.mark.clause("draft:26(f)(ii).13")
def test_a_by_law_past_its_date_and_without_indicator_is_named():
    base = {"subject": "by_law", "owner": "Council"}
    reviews = table(
        "reviews",
        base | {"review_id": "1", "title": "By-law 4 of 2018", "due_on": "2025-03-01"},
        base | {"review_id": "2", "title": "By-law 9 of 2020", "due_on": "2025-02-01", "done_on": "2025-06-01",
                "indicator_id": "street_lighting", "next_on": "2028-02-01"},
    )  # fmt: skip
    mandates = table(
        "mandates",
        {"task_id": "1", "task": "Light", "stakeholder_id": "W", "level": "city", "part": "responsible",
         "legal_basis": "Municipal by-law 9 of 2020"},
        {"task_id": "2", "task": "Guards", "stakeholder_id": "W", "level": "city", "part": "responsible",
         "legal_basis": "Order on guards"},
    )  # fmt: skip
    found = facts(
        document("bylaw-review-calendar"), registers(reviews=reviews, mandates=mandates)
    )
    assert found["as_of"] == "1 June 2025"
    assert found["overdue"] == found["no_indicator"] == found["no_date"] == "By-law 4 of 2018"  # fmt: skip
    assert found["bases"] == [["Order on guards", "Guards"]]


@pytest.mark.clause("draft:26(f)(iii).1")
def test_national_money_is_not_the_citys_own():
    line = {"year": 2025, "purpose": "lighting", "currency": "XTS", "department": "Works"}  # fmt: skip
    budget = table(
        "budget",
        line | {"line_id": "1", "level": "national", "funding": "transfer", "approved": 900},
        line | {"line_id": "2", "level": "city", "funding": "own_revenue", "approved": 60},
        line | {"line_id": "3", "level": "district", "funding": "grant", "approved": 30},
        line | {"line_id": "4", "level": "city", "approved": 10},
    )  # fmt: skip
    found = facts(document("revenue-options"), registers(budget=budget))
    assert found["sources"] == [["2025", "60", "30", "10", "60%"]]
    assert found["outside"] == [["Works", "Lighting", "Grant", "30"]]


@pytest.mark.clause("draft:26(f)(iii).2")
def test_money_is_shared_by_residents_and_turnout_without_groups_is_not_hidden_away():
    vote = {"ballot_id": "B", "kind": "participatory_budget", "held_on": "2025-08-31"}
    vote |= {"group": "everyone", "eligible": 1000}
    ballots = table(
        "ballots",
        vote | {"option_id": "1", "option": "Lamps", "votes": 60, "cost": 800, "funded": "yes"},
        vote | {"option_id": "2", "option": "Swings", "votes": 40, "cost": 500, "funded": "no"},
    )  # fmt: skip
    areas = table(
        "areas",
        {"area_id": "01", "area_name": "Hill", "parent": "South"},
        {"area_id": "02", "area_name": "Bay", "parent": "North"},
    )
    people = RESIDENTS[RESIDENTS["area_id"].eq("01") | RESIDENTS["sex"].eq("female")]
    found = facts(
        document("participatory-budget-rules"),
        registers(ballots=ballots, areas=areas, population=people),
    )
    assert found["vote"][0] == ["Lamps", "60", "60%", "800", "Yes"]
    assert found["turnout"] == [["Everyone", "100", "1,000", "10.0%"]]
    assert found["no_groups"]
    # Half of 800 by 1,000 and 500 residents.
    assert found["districts"] == [["South", "1,000", "267"], ["North", "500", "133"]]


@pytest.mark.clause("draft:26(f)(iii).3")
def test_lines_that_partners_pay_are_shown_before_a_new_contract():
    line = {"year": 2025, "level": "city", "purpose": "technology", "currency": "XTS"}
    budget = table(
        "budget",
        line | {"line_id": "7", "department": "Guard", "funding": "partnership", "approved": 50},
        line | {"line_id": "8", "department": "Guard", "funding": "own_revenue", "approved": 90},
    )  # fmt: skip
    found = facts(document("ppp-risks"), registers(budget=budget))
    assert found["partners"] == [["7", "Guard", "Technology", "50"]]


@pytest.mark.clause("draft:26(f)(iii).4")
def test_works_in_the_table_of_measures_come_before_the_gates():
    measure = {"topic": "lighting", "lever": "service", "prevention": "situational"}
    measures = table(
        "measures",
        measure | {"measure_id": "1", "name": "New square", "dimension": "place_making"},
        measure | {"measure_id": "2", "name": "Visits", "dimension": "outreach"},
    )  # fmt: skip
    text = text_of("capital-readiness", measures=measures)
    assert "New square" in text.split("## Four gates")[0]
    assert "Visits" not in text


@pytest.mark.clause("draft:26(f)(iii).5")
def test_staff_short_of_a_competency_are_counted_and_a_few_are_hidden():
    post = {"profile": "other", "field": "human", "department": "Works"}
    asked = {"C1": 3, "C2": 2}
    skills = table(
        "skills",
        *[
            post | {"post_id": name, "post": name, "staff": staff, "competency": c, "level": level,
                    "required_level": asked[c]}
            for name, staff, levels in (("Planner", 20, (1, 2)), ("Head", 10, (3, 3)), ("Clerk", 2, (3, 0)))
            for c, level in zip(asked, levels, strict=True)
        ],
    )  # fmt: skip
    found = facts(document("training-budget"), registers(skills=skills))
    lines = {row[0].split()[0]: row[1:] for row in found["gaps"]}
    # The 20 planners are short in the first competency; in the second only two clerks are, and two are too few.
    assert lines["C1"] == ["32", "20"]
    assert lines["C2"] == ["32", "hidden to protect people"]
    assert "Clerk" not in text_of("training-budget", skills=skills)


@pytest.mark.clause("draft:30b")
def test_clauses_that_are_not_met_come_first_into_the_proposals():
    base = {"subject": "guideline_clause", "owner": "Mayor", "finding": "No money"}
    reviews = table(
        "reviews",
        base | {"review_id": "1", "title": "a", "clause_id": "draft:24(a)", "status": "met"},
        base | {"review_id": "2", "title": "b", "clause_id": "draft:24(c)", "status": "partly"},
    )  # fmt: skip
    found = facts(document("guidelines-feedback"), registers(reviews=reviews))
    (line,) = found["clauses"]
    assert line[0] == "24(c)" and line[2:] == ["Partly", "No money"]


@pytest.mark.clause("draft:29")
def test_the_note_on_terms_says_what_licence_and_project_say():
    from pathlib import Path

    root = Path(__file__).parents[3]
    text = document("fair-terms").body
    readme = (root / "README.md").read_text(encoding="utf-8")
    for command in (
        "python -m pip download --require-hashes -r requirements.lock -d wheelhouse",
        "python -m pip wheel --no-deps -w wheelhouse .",
        "python -m pip install --no-index --find-links wheelhouse safelearn",
    ):
        assert command in text and command in readme
    licence = (root / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in licence and "Apache License 2.0" in text
    for language in ("es", "fr", "pt"):
        assert (root / "templates" / "locale" / language).is_dir()


LAW_AND_MONEY = (
    "rights-check", "bylaw-scope", "roles-by-level", "seat-audit", "street-time-trial", "shared-amenities",
    "policing-record", "proportionality", "technology-register", "information-bylaw", "bylaw-review-calendar",
    "revenue-options", "participatory-budget-rules", "ppp-risks", "capital-readiness", "training-budget",
    "guidelines-feedback", "fair-terms",
)  # fmt: skip


@pytest.mark.parametrize("name", LAW_AND_MONEY)
def test_each_document_of_law_and_money_ends_with_a_safeguard_and_signatures(name):
    text = text_of(name)
    safeguard = text.split("## Safeguard")[1]
    assert len(safeguard.split("\n\n")[1].split()) > 12
    assert "(post) | Date | Signature |" in safeguard.replace("\\", "")


@pytest.mark.parametrize("has_tables", [True, False])
def test_every_table_of_a_document_is_a_table_in_word(found_city, has_tables):
    from dataclasses import replace

    from safelearn.reports.documents.filling import tables_of
    from safelearn.reports.documents.writing import word_page

    made = [
        fill(one, found_city.settings, tables_of(found_city, one) if has_tables else {})
        for one in map(document, LAW_AND_MONEY)
    ]
    # One after the other in one document: each call of pandoc takes its time.
    whole = replace(made[0], markdown="\n\n".join(one.markdown for one in made))
    body = word_page(whole).body
    for line in body.splitlines():
        assert "|--" not in line and "| --" not in line and "| |" not in line
    assert body.count("<table") >= 3 * len(made)


@pytest.fixture(scope="module")
def found_city():
    from safelearn.city.folder import City
    from safelearn.resources import bundled_city

    return City.open(bundled_city("puerto-sereno"))


def test_a_line_to_be_written_in_is_as_high_as_a_hand_and_signatures_stay_together():
    import io
    import re
    import zipfile

    from safelearn.reports.documents.writing import to_docx

    one = document("bylaw-scope")
    settings = Settings(name="Northfield", timezone="UTC")
    with zipfile.ZipFile(io.BytesIO(to_docx(fill(one, settings, {})))) as archive:
        text = archive.read("word/document.xml").decode("utf-8")
    last = re.findall(r"<w:tbl>.*?</w:tbl>", text, re.DOTALL)[-1]
    head, *rows = re.findall(r"<w:tr>.*?</w:tr>", last, re.DOTALL)
    assert "Signature" in head and "w:trHeight" not in head
    assert all("w:trHeight" in row for row in rows)
    assert [row.count("<w:keepNext/>") > 0 for row in (head, *rows)] == [True] * len(rows) + [False]  # fmt: skip
