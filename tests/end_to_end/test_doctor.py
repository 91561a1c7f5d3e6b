"""`safelearn doctor --sandbox` opens a sandbox and tries whether it holds."""

from __future__ import annotations

import json

import pytest

from safelearn.cli import main


def said(capsys, *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main(["doctor", *words])
    assert not ended.value.code
    return capsys.readouterr().out


@pytest.mark.needs("bwrap")
def test_the_sandbox_is_tried_when_asked_for(capsys):
    found = json.loads(said(capsys, "--json", "--sandbox"))
    assert found["sandbox"]["holds"] is True
    assert "safelearn doctor --sandbox" in said(capsys)
