"""Each language says everything, keeps every value, and is what was built from its catalogue."""

from __future__ import annotations

import pytest

from safelearn import language
from safelearn.cli import catalogues
from safelearn.cli.catalogues import LANGUAGES


@pytest.fixture(scope="module")
def found():
    return catalogues.messages()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_message_is_translated_and_keeps_its_values(code):
    assert catalogues.faults(code) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_catalogue_holds_todays_messages_and_no_others(code, found):
    assert {m.id for m in catalogues.read(code)} == {m.id for m in found}
    path = catalogues.path_of(code)
    assert path.read_text(encoding="utf-8") == catalogues.updated(code, found)


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_the_program_reads_is_built_from_the_catalogue(code):
    built = catalogues.path_of(code).with_suffix(".mo").read_bytes()
    assert built == catalogues.compiled(code)


def test_a_lost_value_a_lost_tag_and_an_empty_translation_are_seen(
    tmp_path, monkeypatch
):
    text = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: es\\n"\n\n'
        'msgid "{n} rows."\nmsgstr "{m} filas."\n\n'
        'msgid "<b>All</b>"\nmsgstr "Todo"\n\n'
        'msgid "Nothing."\nmsgstr ""\n\n'
        'msgid "Kept {n}."\nmsgstr "Se guardan {n}."\n'
    )
    path = tmp_path / "es.po"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(catalogues, "path_of", lambda code: path)
    assert sorted(catalogues.faults("es")) == [
        "not translated: Nothing.",
        "other values: <b>All</b> -> Todo",
        "other values: {n} rows. -> {m} filas.",
    ]


@pytest.mark.parametrize(
    ("code", "said"), [("es", "Resumen"), ("fr", "Résumé"), ("pt", "Resumo")]
)
def test_a_reader_is_spoken_to_in_their_language(code, said):
    with language.use(code):
        assert language.t("Summary") == said
    assert language.spoken(code) == code
