"""Ask another Python of this machine what it has.

Its path goes in, with names of packages; out come those that it lacks, and where its curriculum lies. Nothing of
this process reaches it but the question.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_QUESTION = """
import importlib.util, json, sys
lacks = [n for n in sys.argv[1:] if importlib.util.find_spec(n) is None]
told = {"lacks": lacks, "prefixes": [sys.prefix, sys.base_prefix], "curriculum": ""}
if "safelearn" not in lacks:
    from safelearn import resources
    told["curriculum"] = str(resources.curriculum())
print(json.dumps(told))
"""


@dataclass(frozen=True)
class OtherPython:
    """What a Python has.

    Attributes
    ----------
    lacks : tuple of str
        Of the packages asked for.
    prefixes : tuple of str
        Folders of its environment and of itself.
    curriculum : str
        Of its safelearn; empty if it has none.
    """

    lacks: tuple[str, ...]
    prefixes: tuple[str, ...]
    curriculum: str


def ask(python: str, packages: Iterable[str], account: str = "") -> OtherPython | None:
    """What this Python has, or None if there is none that answers.

    Parameters
    ----------
    account : str
        Whose it is: root does not run what somebody else can change, but asks as that account.
    """
    own: dict[str, Any] = {}
    if account and os.geteuid() == 0:
        own = {"user": account, "group": _group(account), "extra_groups": []}
    command = [python, "-I", "-c", _QUESTION, "safelearn", *packages]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            cwd="/",
            **own,
        )
        told = json.loads(done.stdout)
    except (OSError, ValueError, KeyError, subprocess.SubprocessError):
        return None
    return OtherPython(
        tuple(told["lacks"]), tuple(told["prefixes"]), told["curriculum"]
    )


def _group(account: str) -> int:
    import pwd

    return pwd.getpwnam(account).pw_gid
