"""The page that a trainee gets back: task by task what was asked, what was answered, what was found, where to look.

nbgrader's ``generate_feedback`` makes it with the template ``safefeedback``; the marks and a person's comments are
nbgrader's. The graded notebook goes in, which holds no right answer and nothing of other trainees; what could run in a
browser was taken out before.
"""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbformat import NotebookNode
from nbgrader.preprocessors import GetGrades

from safelearn.course.classroom.folder import course_of
from safelearn.course.grading.verdicts import where_to_look
from safelearn.course.modules import find_module
from safelearn.course.points import in_words
from safelearn.execution.harmless import Harmless
from safelearn.language import current, is_right_to_left, percent, t, tn
from safelearn.resources import templates


class FeedbackPage(HTMLExporter):
    """nbconvert's own, of another name, so that formgrader's pages keep their template."""


class Grades(GetGrades):
    """The gradebook's marks for a page, with what a person has still to read."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple:
        """Put marks into the cells, and the words of the page into `resources`."""
        course_of(resources["nbgrader"]["db_url"])
        self.waiting: dict[str, float] = {}
        nb, resources = super().preprocess(nb, resources)
        resources["safelearn"] = _words(resources["nbgrader"], self.waiting)
        return nb, resources

    def _get_score(self, cell: NotebookNode, resources: dict) -> None:
        super()._get_score(cell, resources)
        name = cell.metadata.nbgrader["grade_id"]
        grade = self.gradebook.find_grade(
            name, self.notebook_id, self.assignment_id, self.student_id
        )
        if grade.needs_manual_grade and grade.max_score:
            self.waiting[name] = grade.max_score


def use(config: Any) -> None:
    """Let an nbgrader course make its feedback this way."""
    config.GenerateFeedback.exporter_class = FeedbackPage
    config.FeedbackPage.template_name = "safefeedback"
    config.FeedbackPage.extra_template_basedirs = [
        str(templates() / "feedback"),
        str(templates() / "report"),
    ]
    config.GenerateFeedback.preprocessors = [
        Grades,
        Harmless,
        CSSHTMLHeaderPreprocessor,
    ]


def _words(about: dict[str, Any], waiting: dict[str, float]) -> dict[str, Any]:
    module = find_module(about["assignment"])
    score, most = about["score"], about["max_score"]
    lead = t(
        "{points} of {most} points so far.", points=in_words(score), most=in_words(most)
    )
    if waiting:
        lead += " " + tn(
            "{n} task is still to be read by a person, for up to {points} points.",
            "{n} tasks are still to be read by a person, for up to {points} points.",
            len(waiting),
            points=in_words(sum(waiting.values())),
        )
    elif most:
        share = percent(max(score, 0) / most)
        lead = t(
            "{points} of {most} points ({share}).",
            points=in_words(score),
            most=in_words(most),
            share=share,
        )
    if about["late_penalty"]:
        lead += " " + t(
            "{points} points were taken off because it came late.",
            points=in_words(about["late_penalty"]),
        )
    return {
        "lang": current().replace("_", "-"),
        "dir": "rtl" if is_right_to_left() else "ltr",
        "title": module.title,
        "kicker": t("Feedback for {who}", who=about["student"]),
        "lead": lead,
        "tasks": {
            task.id: t(
                "Task {n}. {title}", n=task.id.rpartition("-t")[2], title=task.title
            )
            for task in module.tasks.values()
        },
        "waiting": waiting,
        # A checked task says it in its verdict.
        "look": {
            task.id: " ".join(where_to_look(task))
            for task in module.tasks.values()
            if not task.automatic
        },
        "of": _of,
        "words": {
            "skip": t("Skip to the tasks"),
            "tasks": t("Tasks"),
            "answer": t("Your answer"),
            "found": t("What was found"),
            "comment": t("Comment"),
            "waits": t("to be read by a person"),
            "top": t("Back to the list of tasks"),
            "footer": t(
                "Marks are for learning. If you think that one of them is wrong, ask: each can be explained."
            ),
        },
    }


def _of(score: float, most: float) -> str:
    return t("{points} of {most} points", points=in_words(score), most=in_words(most))
