"""The guided notebook in a real browser: from two spreadsheets to a report, with buttons and without a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from safelearn.city.folder import City
from safelearn.city.importing import import_file
from safelearn.city.scaffold import new_city
from safelearn.course.workspace import prepare

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.needs("python:playwright")]
MINUTE = 60_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("guide")


@pytest.fixture(scope="module")
def spreadsheets(folder) -> tuple[Path, Path]:
    """A list of three neighbourhoods, and two hundred thefts, five of them in a name that is spelt wrongly."""
    from openpyxl import Workbook

    areas = folder / "areas.csv"
    areas.write_text(
        "area_id;area_name\n01;Las Acacias\n02;El Puente\n03;Villa Hermosa\n", "utf-8"
    )
    book = Workbook()
    book.active.append(["Fecha", "Hora", "Delito", "Barrio"])
    names = ["Las Acacias", "EL PUENTE", "Villa Hermosa", "las acacias"]
    for i in range(200):
        name = "Villa Ermosa" if i < 5 else names[i % 4]
        day = f"{i % 28 + 1:02d}/{i % 12 + 1:02d}/2024"
        book.active.append([day, f"{i % 24:02d}:{i % 60:02d}", "Hurto", name])
    book.active.append([None, None, None, None])
    events = folder / "hurtos.xlsx"
    book.save(events)
    return areas, events


@pytest.fixture(scope="module")
def twin(folder, spreadsheets) -> list[list[str]]:
    """What the command says of the same files in another city."""
    city = new_city(folder / "twin", name="Villa").folder
    return [import_file(city, path).sentences() for path in spreadsheets]


@pytest.fixture(scope="module")
def page(folder, twin, lab_in_chromium, run_all):
    city = new_city(folder / "villa", name="Villa").folder
    space = prepare(folder / "work", city)
    private = folder / "private"
    with lab_in_chromium(space.folder, private, first=space.first, height=1400) as page:
        run_all(page)
        made = page.get_by_role("button", name="Make the report")
        made.wait_for(timeout=2 * MINUTE)
        yield page


def bring_in(page, path: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a file").click()
    chooser.value.set_files(str(path))
    page.wait_for_selector("text=Choose a file (1)")
    page.get_by_role("button", name="Bring it in").click()


def shows(page, sentence: str) -> bool:
    page.get_by_text(sentence, exact=True).first.wait_for(timeout=2 * MINUTE)
    return True


def test_a_mistake_is_told_as_the_command_tells_it(page, folder):
    page.get_by_role("button", name="Bring it in").click()
    assert shows(page, "No file was chosen.")
    wrong = folder / "letter.docx"
    wrong.write_bytes(b"Dear Sir")
    bring_in(page, wrong)
    assert shows(page, "This type of file is not known.")


def test_from_two_spreadsheets_to_the_report_with_buttons(
    page, spreadsheets, twin, folder
):
    areas, events = spreadsheets
    bring_in(page, areas)
    assert all(shows(page, sentence) for sentence in twin[0])
    bring_in(page, events)
    assert all(shows(page, sentence) for sentence in twin[1])

    # One word waits for a person: the guess is offered, and nothing is done until it is taken.
    assert City.open(folder / "villa").incidents()["area_id"].notna().sum() == 195
    menu = page.get_by_label("Villa Ermosa (5)")
    menu.select_option("03 - Villa Hermosa")
    page.get_by_role("button", name="Use these answers").click()
    assert shows(page, "- 5 rows now have an area.")
    assert City.open(folder / "villa").incidents()["area_id"].notna().all()
    assert shows(page, "Nothing is left to confirm.")
    assert shows(page, "What these data can and cannot say:")

    page.get_by_role("button", name="Make the report").click()
    with page.expect_popup(timeout=3 * MINUTE) as popup:
        page.get_by_role("link", name="Open the report").click(timeout=3 * MINUTE)
    report = popup.value
    report.wait_for_load_state("domcontentloaded")
    assert "Villa" in report.title()
    assert report.get_by_text("200 of 200").first.is_visible()
