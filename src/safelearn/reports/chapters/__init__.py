"""The chapters of the diagnosis: each takes the evidence and gives HTML for one section.

A chapter decides words and order only. Its numbers come from `reports.evidence`, released by disclosure control,
and its titles from the rules in `reports.findings`.
"""

from safelearn.reports.chapters.basis import basis
from safelearn.reports.chapters.care import care
from safelearn.reports.chapters.city import city
from safelearn.reports.chapters.gaps import later, missing
from safelearn.reports.chapters.offences import offences
from safelearn.reports.chapters.summary import summary
from safelearn.reports.chapters.where import where
from safelearn.reports.chapters.who import who

__all__ = [
    "basis",
    "care",
    "city",
    "later",
    "missing",
    "offences",
    "show",
    "summary",
    "where",
    "who",
]


def show(section: str) -> None:
    """Display one section in the notebook."""
    from IPython.display import HTML, display

    display(HTML(str(section)))
