"""A trainee's server on the hub: the lessons are put into their home, then JupyterHub's own server starts.

The hub starts this as the trainee, who may delete or change the lessons; what is missing is put back. Assignments
come through the exchange.
"""

from __future__ import annotations

import contextlib
from pathlib import Path


def main() -> None:
    """Put the lessons there, and serve."""
    from jupyterhub.singleuser import main as serve

    from safelearn.course.workspace import put_lessons

    # A full or read-only home is no reason to keep somebody out.
    with contextlib.suppress(OSError):
        put_lessons(Path.home() / "lessons")
    serve()


if __name__ == "__main__":
    main()
