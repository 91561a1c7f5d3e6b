"""What was handed in is looked at before it is read; tests/course/hostile.py has what people tried."""

from __future__ import annotations

import json
import os

import pytest

from safelearn.errors import SafelearnError
from safelearn.execution import handed_in
from safelearn.execution.handed_in import require_plain


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "ana" / "05_rates"
    (made / "data").mkdir(parents=True)
    (made / "data" / "mine.csv").write_text("a,b", encoding="utf-8")
    notebook = {"cells": [{"source": "[" * 900}] * 300, "metadata": {}}
    (made / "assignment.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return made


def test_a_notebook_with_a_file_beside_it_is_taken(folder):
    require_plain(folder)


def test_a_link_is_refused_wherever_it_is(folder):
    (folder / "data" / "link.csv").symlink_to("/etc/passwd")
    with pytest.raises(SafelearnError, match="link") as caught:
        require_plain(folder)
    assert caught.value.remedy
    other = folder.parent.parent / "ben"
    other.symlink_to(folder.parent)
    with pytest.raises(SafelearnError, match="link"):
        require_plain(other / "05_rates")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_is_refused_and_not_waited_for(folder):
    os.mkfifo(folder / "data" / "pipe")
    with pytest.raises(SafelearnError, match="no file"):
        require_plain(folder)


def test_too_many_and_too_large_are_refused(folder, monkeypatch):
    monkeypatch.setattr(handed_in, "FILES", 1)
    with pytest.raises(SafelearnError, match="More than 1 files"):
        require_plain(folder)
    monkeypatch.setattr(handed_in, "FILES", 9)
    monkeypatch.setattr(handed_in, "NOTEBOOK", 10)
    with pytest.raises(SafelearnError, match="too large"):
        require_plain(folder)


@pytest.mark.parametrize("inner", ["[" * 99 + "]" * 99, "[" + "{}," * 600_000 + "{}]"])
def test_a_notebook_that_would_fill_the_memory_is_refused(folder, inner):
    path = folder / "assignment.ipynb"
    path.write_text(f'{{"cells": {inner}}}', encoding="utf-8")
    with pytest.raises(SafelearnError, match="damaged"):
        require_plain(folder)
