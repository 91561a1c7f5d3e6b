"""Either the whole import happens or none of it, and the last one can be taken back."""

from __future__ import annotations

import errno
import shutil

import pytest

from safelearn.city.imports import history
from safelearn.city.imports.history import (
    RECORDS,
    change,
    records,
    recover,
    undo,
    write_json,
)
from safelearn.errors import SafelearnError


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "areas.csv").write_bytes(b"old")
    return tmp_path


def everything(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file()
    }


def put(folder, number, **files):
    with change(folder) as staged:
        for name, content in files.items():
            staged.stage(name.replace("_csv", ".csv")).write_bytes(content)
        known = [
            *records(folder),
            {"id": number, "file": f"{number}.csv", "table": "areas"},
        ]
        write_json(staged.stage(RECORDS), known)
        staged.commit(number)


def test_an_import_taken_back_leaves_every_file_as_it_was(folder):
    put(folder, 1, areas_csv=b"first")
    before = everything(folder)
    put(folder, 2, areas_csv=b"second", population_csv=b"people")
    assert (folder / "areas.csv").read_bytes() == b"second"
    undone = undo(folder)
    assert undone.file == "2.csv" and everything(folder) == before
    undo(folder)
    assert (folder / "areas.csv").read_bytes() == b"old" and records(folder) == []
    with pytest.raises(SafelearnError, match="no import to take back"):
        undo(folder)


def test_work_done_by_hand_since_is_kept_aside(folder):
    put(folder, 1, areas_csv=b"first")
    (folder / "areas.csv").write_bytes(b"edited by hand")
    undone = undo(folder)
    assert undone.kept == ("areas.csv",) and len(undone.sentences()) == 2
    assert (folder / "areas.csv").read_bytes() == b"old"
    assert (
        folder / "review" / "before-undo-areas.csv"
    ).read_bytes() == b"edited by hand"


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full."),
        (
            PermissionError(errno.EACCES, "Permission denied", "areas.csv"),
            "cannot be written",
        ),
        (KeyboardInterrupt(), "You stopped the import."),
    ],
)
def test_a_full_disk_and_a_stopped_import_change_nothing(folder, fault, sentence):
    before = everything(folder)
    with (
        pytest.raises(SafelearnError, match=sentence) as raised,
        change(folder) as staged,
    ):
        staged.stage("areas.csv").write_bytes(b"half")
        raise fault
    assert raised.value.exit_status == 2 and "Nothing" in raised.value.remedy
    assert everything(folder) == before and not list(folder.glob(".importing-*"))


@pytest.mark.parametrize("survives", [1, 2, 3])
def test_a_fault_while_files_change_places_puts_them_all_back(
    folder, monkeypatch, survives
):
    before = everything(folder)
    moves, real = [], history.Path.replace

    def replace(self, target):
        moves.append(target)
        if len(moves) == survives + 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(history.Path, "replace", replace)
    with pytest.raises(SafelearnError, match="disk is full"):
        put(folder, 1, areas_csv=b"first", population_csv=b"people")
    assert everything(folder) == before


def test_a_power_cut_in_the_middle_is_put_right_by_the_next_import(
    folder, tmp_path_factory
):
    before = everything(folder)
    put(folder, 1, areas_csv=b"first", population_csv=b"people")
    # As a power cut leaves it: one file has changed places, the other not, the journal says "applying".
    former = folder / history.FORMER / "0001"
    journal = (former / "journal.json").read_text(encoding="utf-8")
    (former / "journal.json").write_text(
        journal.replace('"done"', '"applying"'), encoding="utf-8"
    )
    (folder / "population.csv").unlink()
    assert recover(folder)
    shutil.rmtree(folder / "source")
    assert everything(folder) == before


def test_a_city_whose_import_was_cut_short_says_so_until_it_is_mended(tmp_path):
    from safelearn.city.folder import City
    from safelearn.city.scaffold import new_city

    folder = new_city(tmp_path / "villa", name="Villa").folder
    put(folder, 1, areas_csv=b"first")
    journal = folder / history.FORMER / "0001" / "journal.json"
    text = journal.read_text(encoding="utf-8")
    journal.write_text(text.replace('"done"', '"applying"'), encoding="utf-8")
    before = everything(folder)
    with pytest.raises(SafelearnError, match="cut short") as raised:
        City.open(folder)
    assert "safelearn city check" in raised.value.remedy
    # Who only looks changes nothing.
    assert everything(folder) == before
    assert history.mend(folder) and not history.mend(folder)
    assert City.open(folder).slug == "villa" and not (folder / "areas.csv").exists()


def test_only_the_last_few_imports_keep_their_former_files(folder):
    for number in range(1, history.DEPTH + 3):
        put(folder, number, areas_csv=str(number).encode())
    assert len(list((folder / history.FORMER).iterdir())) == history.DEPTH
    for _ in range(history.DEPTH):
        undo(folder)
    with pytest.raises(SafelearnError, match="too far back"):
        undo(folder)
