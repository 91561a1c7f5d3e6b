"""Late, and by how much? By the list of the class, before nbgrader takes points for it.

nbgrader knows of an extension only for work that is in its gradebook, so one that was given before would come too late
for the first grading. Here each submission is told its deadline just before.
"""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader.preprocessors import AssignLatePenalties

from safelearn.course.classroom.api import opened
from safelearn.course.classroom.folder import course_of
from safelearn.course.classroom.roster import read_roster, set_due


class Penalties(AssignLatePenalties):
    """nbgrader's own, after a look into the list of the class."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple:
        """Set the deadline of this submission, then let nbgrader do what the course's settings say."""
        about = resources["nbgrader"]
        course = course_of(about["db_url"])
        with opened(course) as book:
            found = book.find_submission(about["assignment"], about["student"])
            set_due(read_roster(course), found)
            book.db.commit()
        return super().preprocess(nb, resources)
