"""The chapters of the diagnosis: each takes the evidence and gives HTML for one section.

A chapter decides words and order only. Its numbers come from `reports.evidence`, released by disclosure control,
and its titles from the rules in `reports.findings`.
"""

from safelearn.reports.chapters.actors import actors
from safelearn.reports.chapters.annex import annex
from safelearn.reports.chapters.basis import basis
from safelearn.reports.chapters.care import care
from safelearn.reports.chapters.causes import causes
from safelearn.reports.chapters.changed import changed
from safelearn.reports.chapters.city import city
from safelearn.reports.chapters.gaps import later, missing
from safelearn.reports.chapters.groups import groups
from safelearn.reports.chapters.harm import harm
from safelearn.reports.chapters.indicators import indicators
from safelearn.reports.chapters.offences import offences
from safelearn.reports.chapters.options import options
from safelearn.reports.chapters.perception import perception
from safelearn.reports.chapters.places import places
from safelearn.reports.chapters.priorities import priorities
from safelearn.reports.chapters.reporting import reporting
from safelearn.reports.chapters.responses import responses
from safelearn.reports.chapters.summary import summary
from safelearn.reports.chapters.validation import validation
from safelearn.reports.chapters.where import where
from safelearn.reports.chapters.who import who

__all__ = [
    "actors",
    "annex",
    "basis",
    "care",
    "causes",
    "changed",
    "city",
    "groups",
    "harm",
    "indicators",
    "later",
    "missing",
    "offences",
    "options",
    "perception",
    "places",
    "priorities",
    "reporting",
    "responses",
    "show",
    "summary",
    "validation",
    "where",
    "who",
]


def show(section: str) -> None:
    """Display one section in the notebook."""
    from IPython.display import HTML, display

    display(HTML(str(section)))
