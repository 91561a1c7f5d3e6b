"""Questionnaires and forms: they open in an ODK server, can be refused at each question, and come home as a table."""

from __future__ import annotations

import io
import re
from collections import Counter

import numpy as np
import openpyxl
import pandas as pd
import pytest

from safelearn.city.folder import City
from safelearn.city.importing import import_file
from safelearn.city.instruments import read_instrument, xlsform
from safelearn.resources import templates

FORMS = sorted((templates() / "instruments").glob("*.toml"))
SAFE = ["very_safe", "safe", "unsafe", "very_unsafe", "never_goes_out", "dont_know"]
SENSITIVE = {
    "assault", "assault_times", "assault_relation", "assault_place", "assault_told", "threat", "threat_told",
    "partner_physical", "partner_psychological", "partner_sexual", "nonpartner_sexual", "childhood_sexual",
    "sexual_violence", "sexual_violence_told", "sexual_ever", "harassed_sexual_type", "harassed_sexual_place",
}  # fmt: skip


def form(name: str, languages=("en",)):
    made = xlsform(
        read_instrument(templates() / "instruments" / f"{name}.toml"), languages
    )
    book = openpyxl.load_workbook(io.BytesIO(made))
    return {
        sheet.title: [
            dict(zip([c.value for c in sheet[1]], [c.value for c in row], strict=True))
            for row in sheet.iter_rows(min_row=2)
        ]
        for sheet in book
    }


def opened(rows: list[dict]) -> dict[str, str]:
    """Each question with the conditions of all groups that it stands in."""
    found, groups = {}, []
    for row in rows:
        if row["type"] == "begin_group":
            groups.append(row["relevant"] or "")
        elif row["type"] == "end_group":
            groups.pop()
        else:
            found[row["name"]] = " and ".join(filter(None, [*groups, row["relevant"]]))
    return found


@pytest.mark.needs("python:pyxform")
@pytest.mark.parametrize("path", FORMS, ids=lambda p: p.stem)
def test_each_form_is_taken_by_an_odk_server(path, tmp_path):
    from pyxform.xls2xform import convert

    file = tmp_path / f"{path.stem}.xlsx"
    file.write_bytes(xlsform(read_instrument(path)))
    made = convert(str(file))
    assert made.warnings == []
    assert f'id="{read_instrument(path).id}"' in made.xform


@pytest.mark.parametrize("path", FORMS, ids=lambda p: p.stem)
def test_no_page_waits_for_itself(path):
    """A condition that rests on its own answer is refused on the telephone, not by the form's maker."""
    rows = form(path.stem)["survey"]
    needs = {
        name: set(re.findall(r"\$\{(\w+)\}", said))
        for name, said in opened(rows).items()
    }
    for row in rows:
        if row.get("calculation"):
            needs[row["name"]] |= set(re.findall(r"\$\{(\w+)\}", row["calculation"]))

    def reach(name, seen=()):
        assert name not in seen, f"{name} waits for itself: {seen}"
        for other in needs[name]:
            reach(other, (*seen, name))

    for name in needs:
        reach(name)


def test_every_question_can_be_refused_and_not_known():
    made = form("survey")
    lists: dict[str, set] = {}
    for row in made["choices"]:
        lists.setdefault(row["list_name"], set()).add(row["name"])
    for row in made["survey"]:
        kind = row["type"] or ""
        if kind.startswith("select_one ") and kind not in (
            "select_one gate",
            "select_one hide",
        ):
            values = lists[kind.split()[1]]
            assert values & {"refused", "no_answer"}, row["name"]
            assert values & {"dont_know", "unknown"}, row["name"]
        if kind == "integer":
            assert "-98" in row["constraint"] and "-99" in row["constraint"]


def test_the_question_on_safety_after_dark_has_the_six_answers_and_the_refusal():
    values = [
        r["name"] for r in form("survey")["choices"] if r["list_name"] == "walk_dark"
    ]
    assert values == [*SAFE, "refused"]


def test_harassment_is_asked_in_eight_questions():
    names = [r["name"] for r in form("survey")["survey"]]
    asked = [
        f"{kind}_{what}" if what in ("ever", "when") else f"harassed_{kind}_{what}"
        for kind in ("sexual", "other")
        for what in ("ever", "type", "when", "place")
    ]
    assert len(asked) == 8 and set(asked) <= set(names)


@pytest.mark.clause("draft:25(d).5")
def test_violence_is_asked_only_behind_every_condition():
    rows = form("survey")["survey"]
    gate = {r["name"] for r in rows if r["type"] == "select_one gate"}
    assert {"trained", "alone", "only_one", "of_age", "referrals", "ethics"} <= gate
    said = opened(rows)
    assert set(said) >= SENSITIVE
    for name in SENSITIVE:
        for condition in gate:
            assert f"${{{condition}}} = 'yes'" in said[name], name


def test_one_touch_hides_every_question_after_the_consent():
    rows = form("survey")["survey"]
    said = opened(rows)
    before = {"psu", "adults", "mode", "agreed"}
    hides = [r["name"] for r in rows if r["type"] == "select_one hide"]
    hidden = next(r["calculation"] for r in rows if r["name"] == "hidden")
    assert all(f"${{{name}}} = 'hide'" in hidden for name in hides)
    pages = [r["name"] for r in rows if r["type"] == "begin_group"]
    for page in pages:
        inside = f"{page}_questions"
        if inside in pages and page not in ("sample", "consent", "end"):
            assert f"hide_{page}" in hides
    for row in rows:
        asks = (row["type"] or "").startswith(("select_one ", "integer")) and row[
            "name"
        ] not in {*hides, *before}
        if asks:
            assert "${hidden} = 'no'" in said[row["name"]], row["name"]


def test_nobody_who_declines_is_asked_anything():
    said = opened(form("survey")["survey"])
    for name in (
        "sex",
        "walk_dark",
        "robbery",
        "trained",
        "trust_police",
        "norm_lawful",
    ):
        assert "${agreed} = 'yes'" in said[name]


def test_an_audit_opens_only_for_two_who_know_the_ways_out_and_take_no_photos():
    for name in ("audit", "youth"):
        said = opened(form(name)["survey"])
        assert "${no_photos} = 'yes'" in said["score_feeling"]
    assert (
        "${pairs} = 'yes' and ${exits} = 'yes'"
        in opened(form("audit")["survey"])["lamps"]
    )
    assert (
        "${guardians} = 'yes' and ${assent} = 'yes'"
        in opened(form("youth")["survey"])["place_id"]
    )


def answered(rng, rows: list[dict], choices: list[dict], n: int) -> pd.DataFrame:
    """An export of `n` made-up forms, as a server writes it: paths for names, codes for answers."""
    lists: dict[str, list] = {}
    for row in choices:
        lists.setdefault(row["list_name"], []).append(row["name"])
    frame, groups = {"start": ["2026-03-02T09:00:00.000-05:00"] * n}, []
    for row in rows:
        kind, path = row["type"], "/".join([*groups, row["name"] or ""])
        if kind == "begin_group":
            groups.append(row["name"])
        elif kind == "end_group":
            groups.pop()
        elif row["name"] in (
            "psu",
            "area_id",
            "stratum",
            "stratum_psus",
            "weight",
            "year",
        ):
            block = np.arange(n) % 20
            frame[path] = {
                "psu": [f"B-{b:02d}" for b in block],
                "area_id": [f"{b % 4 + 1:02d}" for b in block],
                "stratum": [f"S{b // 10}" for b in block],
                "stratum_psus": [100 + b // 10 for b in block],
                "weight": (20 + rng.integers(1, 5, n) * 7.5).tolist(),
                "year": ["2026"] * n,
            }[row["name"]]
        elif kind.startswith("select_one ") and kind.split()[1] in lists:
            values = ["yes"] if row["name"] in ("agreed",) else lists[kind.split()[1]]
            frame[path] = [""] * n if "hide" in kind else rng.choice(values, n).tolist()
        elif kind == "text":
            words = {"area_id": ["01"], "rater": ["A", "B"]}.get(row["name"])
            frame[path] = (
                rng.choice(words, n).tolist() if words else [f"N{i}" for i in range(n)]
            )
        elif kind == "date":
            frame[path] = ["2026-03-01"] * n
        elif kind == "calculate" and row["calculation"].startswith("'"):
            frame[path] = [row["calculation"].strip("'")] * n
        elif row["name"] and row["name"].startswith(
            ("score_", "power", "interest", "lamps")
        ):
            frame[path] = rng.integers(1, 4, n).tolist()
        elif kind == "integer":
            frame[path] = rng.choice([*range(18, 80), -98, -99], n).tolist()
    made = pd.DataFrame(frame)
    made["_id"] = np.arange(n) + 5_000
    made["_uuid"] = [f"u{i:04d}-made-up" for i in range(n)]
    made["_submission_time"] = "2026-03-02T10:00:00"
    made["_index"] = np.arange(n) + 1
    return made


def town(tmp_path):
    """The folder of a city of four areas and nothing else."""
    folder = tmp_path / "city"
    folder.mkdir()
    (folder / "city.toml").write_text(
        'format = 1\nname = "Test"\ncountry = "XX"\nlanguage = "en"\ntimezone = "UTC"\nunit = "ward"\n'
        "synthetic = true\n",
        encoding="utf-8",
    )
    (folder / "areas.csv").write_text(
        "area_id,area_name\n01,One\n02,Two\n03,Three\n04,Four\n", encoding="utf-8"
    )
    return folder


def test_an_export_of_two_hundred_answers_comes_home_without_handwork(tmp_path):
    made = form("survey")
    export = answered(np.random.default_rng(4), made["survey"], made["choices"], 200)
    column = next(c for c in export if c.endswith("/walk_dark"))
    folder = town(tmp_path)
    file = tmp_path / "export.xlsx"
    export.to_excel(file, index=False)
    import_file(folder, file)
    survey = City.open(folder).table("survey")
    assert len(survey) == 200
    counted = Counter(export[column])
    kept = Counter(survey["walk_dark"])
    # Who would not say is among those who do not know: everybody who was asked stays below the line.
    assert sum(kept.values()) == 200
    assert {a: kept[a] for a in SAFE[:5]} == {a: counted[a] for a in SAFE[:5]}
    assert kept["dont_know"] == counted["dont_know"] + counted["refused"]
    assert survey["weight"].sum() == pytest.approx(
        float(export[next(c for c in export if c.endswith("/weight"))].sum())
    )
    weight = survey["weight"].to_numpy()
    safe = export[column].isin(["very_safe", "safe"]).to_numpy()
    expected = float(weight[safe].sum() / weight.sum())
    from safelearn.estimates.survey import survey_design, survey_proportion

    said = survey_proportion(
        survey_design(survey), survey["walk_dark"].isin(["very_safe", "safe"])
    )
    assert said.value == pytest.approx(expected)


@pytest.mark.clause("draft:25(o).3")
def test_the_intake_form_asks_first_says_when_it_deletes_and_who_does_not_write():
    rows = {row["name"]: row for row in form("intake")["survey"] if row["name"]}
    said = " ".join(str(row.get("label::English (en)")) for row in rows.values())
    assert "today()" in rows["delete_on"]["calculation"]
    assert "deleted after two years, on ${delete_on}" in said
    assert "does not count reports to decide who needs most" in said
    names = list(rows)
    assert names.index("agreed") < names.index("demand")
    assert "${agreed} = 'yes'" in rows["report_questions"]["relevant"]
    # No name, no telephone, no point on a map and no picture.
    kinds = {str(row["type"]).split()[0] for row in rows.values()}
    assert not kinds & {"geopoint", "image", "audio", "phonenumber", "barcode"}


def test_a_form_speaks_several_languages():
    head = form("survey", ("en", "es"))["survey"][0]
    assert {"label::English (en)", "label::Español (es)"} <= set(head)


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("demands", "demands"),
        ("intake", "demands"),
        ("stakeholders", "stakeholders"),
        ("audit", "audits"),
        ("youth", "audits"),
    ],
)
def test_the_other_forms_come_home_by_themselves_too(name, table, tmp_path):
    made = form(name)
    export = answered(np.random.default_rng(5), made["survey"], made["choices"], 12)
    folder = town(tmp_path)
    file = tmp_path / "export.xlsx"
    export.to_excel(file, index=False)
    import_file(folder, file)
    assert len(City.open(folder).table(table)) == 12


def test_what_is_committed_is_what_the_texts_make():
    from safelearn.cli.build import forms

    for path, content in forms().items():
        assert path.read_bytes() == content, path.name
