"""``--formats`` on the command line: what was asked for and cannot be made is named, and everything else is there."""

from __future__ import annotations

import pytest

from safelearn.cli import main
from safelearn.errors import SafelearnError
from safelearn.reports.formats import pdf
from safelearn.resources import bundled_city


def made(capsys, out, formats: str) -> tuple[int, str, str]:
    city = str(bundled_city("rio-manso"))
    with pytest.raises(SystemExit) as ended:
        main(["diagnose", city, "--out", str(out), "--formats", formats])
    said, complained = capsys.readouterr()
    assert "Traceback" not in complained
    return int(ended.value.code or 0), said, complained


def refuses(words: str):
    def maker(*_args, **_rest):
        raise SafelearnError(words, remedy="Install it.")

    return maker


@pytest.fixture
def no_pango(monkeypatch):
    monkeypatch.setattr(
        pdf, "_maker", refuses("This machine cannot make a PDF: pango is missing.")
    )


@pytest.mark.needs("python:pypandoc", "python:resvg_py")
def test_without_pango_the_rest_is_made_and_the_command_fails(
    no_pango, capsys, tmp_path
):
    out = tmp_path / "report"
    status, said, complained = made(capsys, out, "pdf,docx")
    assert status == 1
    assert "pango is missing" in complained
    assert "Install it." in complained
    names = {path.name for path in out.iterdir()}
    assert {"diagnosis.html", "diagnosis.docx", "brief.docx", "workbook.xlsx"} <= names
    assert "diagnosis.pdf" not in names
    for name in ("brief.docx", "workbook.xlsx"):
        assert name in said
    assert "diagnosis.pdf" not in said
