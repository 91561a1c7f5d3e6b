"""Each module marks as it says, for many trainees.

For every trainee the solution earns everything and the untouched notebook nothing, each declared mistake loses
points in its own task and in no other and is recognised, and hardly any two trainees share their answers
(`safelearn.course.prove`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def prove(size: int, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Try `size` trainees on every module; the three of `IN_FULL` with whole notebooks."""
    from safelearn.course.modules import folders
    from safelearn.course.prove import IN_FULL
    from safelearn.course.prove import prove as prove_module

    who = [*IN_FULL, *(f"trainee{i:03d}" for i in range(len(IN_FULL), size))][:size]
    tried = {"trainees": 0, "mistakes": 0, "pairs": 0}
    failed: list[str] = []
    alike: dict[str, int] = {}
    modules = [f.name for f in folders() if (f / "assignment.py").is_file()]
    for at, name in enumerate(modules):

        def tell(done: int, total: int, _trainee: str, at: int = at) -> None:
            progress(at * total + done, len(modules) * total)

        proof = prove_module(name, who, on_trainee=tell)
        tried["trainees"] += proof.trainees
        tried["mistakes"] += proof.mistakes * proof.trainees
        tried["pairs"] += proof.pairs
        alike |= proof.alike
        failed += [f"{name}: {sentence}" for sentence in proof.failures]
    return {"tried": tried, "failed": failed, "pairs_alike": alike}
