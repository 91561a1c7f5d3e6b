"""Tables of a small city, and the attacker that is written apart from the library."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest


@pytest.fixture(scope="session")
def outsider():
    """The module `outsider` beside this file."""
    spec = importlib.util.spec_from_file_location(
        "disclosure_outsider", Path(__file__).with_name("outsider.py")
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def tidy():
    """A matrix of counts as a tidy frame; the columns are offences unless told."""

    def make(x, rows="area_id", columns="offence", codes=None):
        x = np.asarray(x)
        codes = codes or [f"{401 + 100 * j:04d}" for j in range(x.shape[1])]
        return pd.DataFrame(
            [
                (f"{i + 1:02d}", codes[j], int(x[i, j]))
                for i in range(x.shape[0])
                for j in range(x.shape[1])
            ],
            columns=[rows, columns, "n"],
        )

    return make
