"""A city's own profile begins with what its file seems to hold."""

from __future__ import annotations

import pytest

from safelearn.city.columns.crosswalk import read_crosswalk
from safelearn.city.columns.profile_drafting import draft_profile
from safelearn.city.columns.profiles import match_profile, parse_profile
from safelearn.city.importing import import_file
from safelearn.city.scaffold import new_city
from safelearn.city.settings import update_settings
from safelearn.errors import SafelearnError


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "denuncias.csv"
    path.write_text(
        "fecha_hecho,delito,barrio,zapato\n2024-01-02,hurto,Alto,42\n", encoding="utf-8"
    )
    return path


def test_the_draft_is_a_profile_that_knows_the_file_again(tmp_path, file):
    path = draft_profile(tmp_path, file, "ours").profile
    profile, _ = match_profile(["fecha_hecho", "delito", "barrio", "zapato"], tmp_path)
    assert profile.name == "ours" and profile.own
    assert (
        profile.assign(["fecha_hecho", "delito", "barrio"])["offence_label"] == "delito"
    )
    assert "zapato" in path.read_text(encoding="utf-8")


@pytest.fixture
def office(tmp_path):
    """What an office sends every month, and a city to bring it into."""
    folder = new_city(tmp_path / "villa", name="Villa").folder
    update_settings(folder, {"timezone": "America/Lima"})
    path = tmp_path / "abril.csv"
    path.write_text(
        "NRO;FECHA;TIPO;BARRIO;NOMBRE COMPLETO;DIRECCION;SEXO;LONGITUD;LATITUD\n"
        "8841;28/04/2024 22:15;ROBO A MANO ARMADA;Centro;Ana Made Up;Calle 1;M;-77,0312;-12,0461\n"
        "8842;03/04/2024 09:00;ASALTO AL PASO;San Luis;NO REPORTA;NN;F;-77,0021;-12,0713\n"
        "8843;05/04/2024 10:30;ASALTO AL PASO;-;Eva Made Up;Calle 3;F;-77,0025;-12,0716\n",
        encoding="utf-8",
    )
    return folder, path


def test_each_column_is_shown_with_what_it_is_taken_for_and_why(office):
    guesses = {g.column: g for g in draft_profile(*office, "ours").guesses}
    assert (
        guesses["FECHA"].meaning == "the date" and guesses["FECHA"].why == "by its name"
    )
    assert guesses["FECHA"].values.startswith("28/04/2024 22:15")
    assert guesses["SEXO"].field == "victim_sex" and guesses["SEXO"].filled == 1
    assert guesses["NOMBRE COMPLETO"].field == ""


def test_names_and_addresses_are_neither_shown_nor_written_down(office):
    draft = draft_profile(*office, "ours")
    written = draft.profile.read_text(encoding="utf-8")
    shown = " ".join(g.values for g in draft.guesses)
    for text in (written, shown):
        assert "Made Up" not in text and "Calle" not in text
    assert "not shown: it may say who a person is" in written


def test_what_the_file_shows_of_dates_and_of_words_for_missing_is_written_down(office):
    profile = parse_profile(
        draft_profile(*office, "ours").profile.read_text(encoding="utf-8"), where="ours"
    )
    assert profile.time_formats == ("%d/%m/%Y %H:%M",)
    assert profile.missing["words"] == {"-", "no reporta"}
    assert profile.crosswalk == "ours"


def test_the_draft_imports_the_file_at_once(office):
    folder, path = office
    draft_profile(folder, path, "ours")
    result = import_file(folder, path)
    assert result.profile == "ours"
    assert (result.rows_read, result.rows_used) == (3, 3)


def test_labels_that_nobody_knows_are_listed_by_count_with_the_nearest_offence(office):
    draft = draft_profile(*office, "ours")
    assert [(u.label, u.rows) for u in draft.unknown] == [("ASALTO AL PASO", 2)]
    text = draft.crosswalk.read_text(encoding="utf-8")
    assert '# "ASALTO AL PASO" = "' in text
    # Nothing is classified before a person has said so.
    assert read_crosswalk("ours", office[0]).code("ASALTO AL PASO") is None
    assert read_crosswalk("ours", office[0]).code("robo a mano armada") == "0401"


def test_a_persons_yes_takes_the_mark_away(office):
    draft = draft_profile(*office, "ours")
    text = draft.crosswalk.read_text(encoding="utf-8")
    line = next(x for x in text.splitlines() if "ASALTO" in x)
    said = '"ASALTO AL PASO" = "04011"'
    draft.crosswalk.write_text(text.replace(line, said), encoding="utf-8")
    assert read_crosswalk("ours", office[0]).code("Asalto al paso") == "04011"


def test_a_profile_is_never_overwritten(tmp_path, file):
    draft_profile(tmp_path, file, "ours")
    with pytest.raises(SafelearnError, match="of that name already"):
        draft_profile(tmp_path, file, "ours")
    with pytest.raises(SafelearnError, match="no name for a profile"):
        draft_profile(tmp_path, file, "../ours")
