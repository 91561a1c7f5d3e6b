"""A check is lifted by a named person for a reason, and some checks by nobody."""

from __future__ import annotations

import pytest

from safelearn.disclosure.overrides import Override
from safelearn.errors import SafelearnError


@pytest.mark.parametrize("check", ["personal data", "sensitive slices", ""])
def test_personal_data_and_sensitive_slices_cannot_be_lifted(check):
    with pytest.raises(SafelearnError, match="cannot be lifted"):
        Override(check, "A. Person", "a reason")


@pytest.mark.parametrize(("by", "reason"), [("", "a reason"), ("A. Person", " ")])
def test_a_name_and_a_reason_are_needed(by, reason):
    with pytest.raises(SafelearnError, match="named person"):
        Override("small counts", by, reason)
