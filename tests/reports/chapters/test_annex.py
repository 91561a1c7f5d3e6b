"""The annex: every file that went in is named, whatever it held."""

from __future__ import annotations

from safelearn.city.importing import import_file
from safelearn.city.review.questions import open_questions, write_answers
from safelearn.city.scaffold import new_city
from safelearn.reports import chapters
from safelearn.reports.evidence import gather


def test_answers_to_what_an_import_asked_are_listed_among_the_files(tmp_path):
    city = new_city(tmp_path / "villa", name="Villa").folder
    areas = tmp_path / "areas.csv"
    areas.write_text(
        "area_id,area_name\n01,Las Acacias\n02,El Puente\n03,Villa Hermosa\n", "utf-8"
    )
    names = ["Las Acacias", "El Puente", "Villa Hermosa", "Villa Ermosa"]
    events = tmp_path / "thefts.csv"
    rows = [f"2024-{i % 12 + 1:02d}-05 10:30,Theft,{names[i % 4]}" for i in range(48)]
    events.write_text("\n".join(["date,offence,neighbourhood", *rows]), "utf-8")
    for path in (areas, events):
        import_file(city, path)
    (asked,) = open_questions(city)
    (question,) = asked.questions
    book = write_answers(asked, {question.line: "03 - Villa Hermosa"}, tmp_path)
    import_file(city, book)
    text = str(chapters.annex(gather(city)))
    assert "Answers to what an import asked" in text
    assert "areas.xlsx" in text and "thefts.csv" in text
