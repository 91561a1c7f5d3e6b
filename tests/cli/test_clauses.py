"""``safelearn clauses`` prints every clause, for a reader and for a program."""

from __future__ import annotations

import json

from safelearn.cli.clauses import clauses


def test_a_program_reads_every_clause_with_its_product_or_plan(capsys):
    clauses(json=True)
    rows = json.loads(capsys.readouterr().out)["clauses"]
    assert len(rows) == 118
    assert all(set(r) == {"id", "served_by", "planned", "form_only"} for r in rows)
    assert all(r["served_by"] or r["planned"] for r in rows)
    assert {type(r["form_only"]) for r in rows} == {bool}


def test_a_reader_sees_what_each_clause_asks_and_how_many_are_served(capsys):
    clauses(json=False)
    page = " ".join(capsys.readouterr().out.split())
    assert "draft:25(h)" in page and "draft:30b" in page
    assert "of 118 clauses are served" in page
