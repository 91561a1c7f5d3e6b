"""JupyterLab opens on a folder, answers, and closes, without touching the user's own settings."""

from __future__ import annotations

import json
import urllib.request

from safelearn.execution.lab import Lab


def test_the_lab_answers_shows_the_folder_and_closes(tmp_path):
    folder, private = tmp_path / "work", tmp_path / "private"
    folder.mkdir()
    (folder / "lesson.ipynb").write_text("{}", encoding="utf-8")
    lab = Lab(folder, private, first="lesson.ipynb", browser=False)
    try:
        address = lab.address()
        assert "/lab/tree/lesson.ipynb?token=" in address
        root, _, token = address.partition("lab/tree/lesson.ipynb?token=")
        with urllib.request.urlopen(f"{root}api/contents?token={token}") as answer:
            listed = json.load(answer)
        assert [entry["name"] for entry in listed["content"]] == ["lesson.ipynb"]
    finally:
        status = lab.close()
    assert status is not None
    news = private / "settings" / "@jupyterlab" / "apputils-extension"
    settings = json.loads(
        (news / "notification.jupyterlab-settings").read_text("utf-8")
    )
    assert settings["fetchNews"] == "false"
