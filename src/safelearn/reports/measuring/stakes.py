"""What the page on stakeholders measures beyond the diagnosis: promises, decisions, answers, partners and strengths."""

from __future__ import annotations

from safelearn.reports.measuring.actors import attempt
from safelearn.reports.measuring.positions import positions
from safelearn.reports.measuring.scope import Scope
from safelearn.reports.measuring.strengths import strengths
from safelearn.reports.measuring.taking_part import answered, decided, promised


def stakes(scope: Scope) -> None:
    """Measure what is there; each part is silent without its table."""
    attempt(scope, "promises", promised)
    attempt(scope, "decision_log", decided)
    attempt(scope, "feedback_rounds", answered)
    positions(scope)
    strengths(scope)
