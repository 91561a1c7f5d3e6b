"""A published table is read without its totals and notes, and each of them is accounted for."""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.city.accounting import account, also_read
from safelearn.city.files import sources
from safelearn.city.files.formats import read_source
from safelearn.city.files.sources import Source
from safelearn.city.files.tidying import tidied
from safelearn.city.importing import import_file
from safelearn.city.scaffold import new_city

PUBLISHED = (
    "Homicidios 2023\n\nFECHA;BARRIO;DELITO;CANTIDAD\n2023-01-02;BelÃ©n;Hurto;5\n"
    "2023-01-03;Popular;Hurto;6\nSubtotal;;;11\n2023-02-03;BelÃ©n;Robo;2\nTOTAL GENERAL;;;13\n"
    "Fuente: Policía\n".replace("í", "Ã\xad")
)


def test_totals_and_notes_are_in_no_row_and_keep_their_lines(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(PUBLISHED, encoding="utf-8")
    source = read_source(path)
    assert source.frame["BARRIO"].tolist() == ["Belén", "Popular", "Belén"]
    assert {k: v.tolist() for k, v in source.aside.items()} == {
        "note below the table": [9],
        "total row": [6, 8],
    }
    assert source.lines(np.arange(3)).tolist() == [4, 5, 7]


def test_an_import_accounts_for_totals_and_counts_no_event_twice(tmp_path):
    folder = new_city(tmp_path / "villa", name="Villa").folder
    path = tmp_path / "a.csv"
    path.write_text(PUBLISHED, encoding="utf-8")
    result = import_file(folder, path)
    assert (result.rows_read, result.rows_used, result.events) == (6, 3, 13)
    assert result.set_aside == {"total row": 2, "note below the table": 1}
    review = pd.read_csv(folder / "review" / "set_aside.csv")
    assert sorted(review["line"]) == [6, 8, 9]


def test_a_file_longer_than_its_sample_leaves_out_the_same_rows(monkeypatch, tmp_path):
    monkeypatch.setattr(sources, "SAMPLED", 40)
    lines = [f"2023-01-{i % 28 + 1:02d};Hurto;{i}" for i in range(200)]
    lines.insert(120, "Subtotal;;7140")
    text = "\n".join(["FECHA;DELITO;N", *lines, "TOTAL;;19900", "Fuente: SIEDCO;;", ""])
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    source = read_source(path)
    assert not source.whole
    chunks = list(source.chunks(50))
    assert sum(len(c.frame) for c in chunks) == 200
    assert {k: v.tolist() for k, v in source.aside.items()} == {
        "total row": [122, 203],
        "note below the table": [204],
    }
    origins = np.concatenate([c.origin for c in chunks])
    assert origins[119:121].tolist() == [119, 121]


def test_a_map_has_no_totals():
    frame = pd.DataFrame({"name": ["Total", "b"], "n": ["2", "2"]}, dtype="str")
    assert len(tidied(Source(frame, "geographic")).frame) == 2


def test_an_account_takes_in_rows_left_out_at_the_door():
    accounting = account(3, {"no readable date": np.array([False, True, False])})
    more = also_read(accounting, {"total row": 2, "no readable date": 1})
    assert (more.rows_read, more.rows_used) == (6, 2)
    assert more.set_aside == {"no readable date": 2, "total row": 2}
    assert more.reasons.dropna().index.tolist() == [1, 3, 4, 5]
