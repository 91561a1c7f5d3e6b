"""``python -m safelearn.simulation``: build the bundled cities again from their seeds."""

from __future__ import annotations

from safelearn import resources
from safelearn.simulation.build import build_bundled

if __name__ == "__main__":
    build_bundled(resources.datasets())
