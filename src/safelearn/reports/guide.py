"""Buttons for people who never open a terminal: add a file, see what was understood, confirm names, make the report.

A `Guide` is made of a city's folder, in the notebook that ``safelearn lab DIR`` opens. Each step calls what the
command of that step calls and shows its very sentences, errors and remedies included; after each, all steps show
where the city stands now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import ipywidgets
from IPython.display import HTML, display

from safelearn.city.folder import City
from safelearn.city.importing import import_file, undo
from safelearn.city.quality import check
from safelearn.city.review.questions import (
    Question,
    Questions,
    open_questions,
    write_answers,
)
from safelearn.errors import SafelearnError
from safelearn.language import number, t, tn
from safelearn.reports.sections import sayable
from safelearn.reports.widgets import pieces, upload

#: So many words are asked at once; the workbook holds them all.
SHOWN = 20


class Guide:
    """The steps from a folder of files to a report.

    Parameters
    ----------
    city : path
        The city's folder.
    report : path
        The folder for the report, where JupyterLab can open it.
    """

    def __init__(self, city: str | Path, report: str | Path) -> None:
        self.folder = City.open(Path(city)).folder
        self.report = Path(report)
        self._after: list[Callable[[], None]] = []

    def add_file(self) -> None:
        """Show the step that brings a file in, and the one that takes the last import back."""
        chosen = ipywidgets.FileUpload(
            multiple=False, description=t("Choose a file"), button_style="primary"
        )
        chosen.layout.width = "14rem"
        place = ipywidgets.Combobox(
            options=[str(p) for p in self._waiting()],
            placeholder=t("For a large file: its place on this computer"),
            layout=pieces.wide(),
        )
        choices = upload.Choices(self.folder)
        bring = pieces.button(t("Bring it in"), "success")
        back = pieces.button(t("Take the last import back"))
        bar, said = _bar(), ipywidgets.HTML()
        bring.add_class("safelearn-bring")

        def bring_in(_: Any) -> None:
            with (
                self._working((bring, back), bar, said) as step,
                upload.received(chosen, place.value) as file,
            ):
                result = import_file(
                    self.folder, file, progress=step, **choices.given()
                )
                said.value = pieces.lines(result.sentences())
                chosen.value, place.value = (), ""
                choices.clear()

        def take_back(_: Any) -> None:
            with self._working((bring, back), bar, said):
                said.value = pieces.lines(undo(self.folder).sentences())

        bring.on_click(bring_in)
        back.on_click(take_back)
        there = ipywidgets.HTML()
        self._show(there, self._tables)
        buttons = ipywidgets.HBox([bring, back])
        display(ipywidgets.VBox([chosen, place, choices.box, buttons, bar, said]))

    def confirm(self) -> None:
        """Show the words that a person may settle, each with the choices most like it."""
        box = ipywidgets.VBox()
        bar, said = _bar(), ipywidgets.HTML()

        def refresh() -> None:
            box.children = self._questions(bar, said)

        refresh()
        self._after.append(refresh)
        display(ipywidgets.VBox([box, bar, said]))

    def understood(self) -> None:
        """Show what is odd, what was set aside, and what the data can and cannot say."""
        self._show(ipywidgets.HTML(), self._understood)

    def make_report(self) -> None:
        """Show the step that makes the report."""
        from safelearn.reports.diagnose import diagnose

        audience = ipywidgets.ToggleButtons(
            options=[(t("For everybody"), "public"), (t("For one office"), "internal")]
        )
        office = ipywidgets.Text(
            description=t("Which office"), style=pieces.STYLE, layout=pieces.wide()
        )
        make, bar, said = (
            pieces.button(t("Make the report"), "success"),
            _bar(),
            ipywidgets.HTML(),
        )

        def run(_: Any) -> None:
            with self._working((make,), bar, said) as step:
                made = diagnose(
                    self.folder,
                    self.report,
                    audience=audience.value,
                    recipient=office.value.strip(),
                    progress=step,
                )
                said.value = pieces.lines(made.sentences()) + self._link()

        make.on_click(run)
        if (self.report / "diagnosis.html").is_file():
            display(HTML(self._link()))
        display(ipywidgets.VBox([audience, office, make, bar, said]))

    # -- what the steps show ------------------------------------------------------------------------------

    def _tables(self) -> str:
        tables = check(City.open(self.folder)).tables
        if not tables:
            return pieces.lines([t("The city's folder holds no table yet.")])
        head = (t("Table"), t("Rows read"), t("Rows used"), t("Set aside"))
        rows = [
            (
                name,
                number(part["rows_read"]),
                number(part["rows_used"]),
                number(sum(part["set_aside"].values())),
            )
            for name, part in tables.items()
        ]
        return pieces.table(head, rows, numeric=(1, 2, 3))

    def _understood(self) -> str:
        city = City.open(self.folder)
        problems = check(city).problems
        parts = []
        if problems:
            told = tn("{n} thing to know:", "{n} things to know:", len(problems))
            sentences = [
                f"{p.table}: {p.sentence} {p.remedy}".strip() for p in problems
            ]
            parts += [pieces.title(told), pieces.bullets(sentences)]
        if aside := self._set_aside():
            head = (t("File"), t("Rows"), t("Why"), t("What to do"))
            parts += [
                pieces.title(t("Rows set aside, listed in review/set_aside.csv:")),
                pieces.table(head, aside, numeric=(1,)),
            ]
        head = (t("Part of the report"), t("Verdict"), t("Why"))
        rows = [(line.title, line.verdict, line.why) for line in sayable(city)]
        parts += [
            pieces.title(t("What these data can and cannot say:")),
            pieces.table(head, rows),
        ]
        return "".join(parts)

    def _questions(
        self, bar: ipywidgets.FloatProgress, said: ipywidgets.HTML
    ) -> list[ipywidgets.Widget]:
        shown: list[ipywidgets.Widget] = []
        for asked in open_questions(self.folder):
            menus = {q.line: _menu(q, asked.choices) for q in asked.questions[:SHOWN]}
            use = pieces.button(t("Use these answers"), "success")
            use.on_click(partial(self._answer, asked, menus, use, bar, said))
            told = tn(
                "{n} word in {file} is not settled:",
                "{n} words in {file} are not settled:",
                len(asked.questions),
                file=f"review/{asked.workbook.name}",
            )
            shown += [ipywidgets.HTML(pieces.title(told)), *menus.values()]
            if left := len(asked.questions) - len(menus):
                more = tn(
                    "{n} more follows when these are settled.",
                    "{n} more follow when these are settled.",
                    left,
                )
                shown.append(ipywidgets.HTML(pieces.lines([more])))
            shown.append(use)
        if shown:
            return shown
        return [ipywidgets.HTML(pieces.lines([t("Nothing is left to confirm.")]))]

    def _answer(
        self,
        asked: Questions,
        menus: dict[int, ipywidgets.Dropdown],
        use: ipywidgets.Button,
        bar: ipywidgets.FloatProgress,
        said: ipywidgets.HTML,
        _: Any,
    ) -> None:
        with (
            self._working((use,), bar, said) as step,
            TemporaryDirectory(prefix="safelearn-") as folder,
        ):
            answers = {line: menu.value for line, menu in menus.items() if menu.value}
            if not answers:
                raise SafelearnError(
                    t("No answer was chosen."),
                    remedy=t("Choose what at least one of the words means."),
                )
            workbook = write_answers(asked, answers, Path(folder))
            result = import_file(self.folder, workbook, progress=step)
            said.value = pieces.lines(result.sentences())

    def _set_aside(self) -> list[tuple[str, str, str, str]]:
        """Rows by file and reason."""
        import pandas as pd

        from safelearn.city.review.lines import SET_ASIDE

        path = self.folder / SET_ASIDE
        if not path.is_file():
            return []
        rows = pd.read_csv(
            path, dtype="str", keep_default_na=False, encoding="utf-8-sig"
        )
        counts = rows.groupby(["file", "reason", "remedy"], sort=False).size()
        return [
            (file, number(n), reason, remedy)
            for (file, reason, remedy), n in counts.items()
        ]

    def _waiting(self) -> list[Path]:
        """Files that lie in the city's folder and were not brought in from there."""
        from safelearn.city.contracts import file_name, table_names
        from safelearn.city.files.formats import KNOWN

        ours = {file_name(name) for name in table_names()}
        ours |= {"areas.geojson", "datapackage.json", "truth.json"}
        return [
            path
            for path in sorted(self.folder.iterdir())
            if path.suffix.casefold() in KNOWN and path.name not in ours
        ]

    def _link(self) -> str:
        return pieces.link(self.report / "diagnosis.html", t("Open the report"))

    # -- what all steps share -----------------------------------------------------------------------------

    def _show(self, view: ipywidgets.HTML, text: Callable[[], str]) -> None:
        """Show a text now, and again after each change."""

        def refresh() -> None:
            view.value = text()

        refresh()
        self._after.append(refresh)
        display(view)

    @contextmanager
    def _working(
        self,
        buttons: Sequence[ipywidgets.Button],
        bar: ipywidgets.FloatProgress,
        said: ipywidgets.HTML,
    ) -> Iterator[Callable[..., None]]:
        """Hold the buttons while one works, show an error as the command would, bring all steps up to date.

        Gives what shows progress: ``step(done, total, what)``.
        """
        for button in buttons:
            button.disabled = True
        said.value = pieces.lines([t("Working …")])

        def step(done: float, total: float | None, what: str = "") -> None:
            bar.layout.display = ""
            bar.max, bar.value = total or 1, done
            said.value = pieces.lines([what or t("Working …")])

        try:
            yield step
        except SafelearnError as error:
            said.value = pieces.error(error)
        except Exception as error:
            said.value = pieces.unexpected(error)
        finally:
            bar.layout.display = "none"
            for button in buttons:
                button.disabled = False
        for refresh in self._after:
            refresh()


def _menu(question: Question, choices: Sequence[str]) -> ipywidgets.Dropdown:
    """The choices for one word, those most like it first; none is taken until a person takes it."""
    rest = [c for c in choices if c not in question.near]
    return ipywidgets.Dropdown(
        options=[(t("not settled"), ""), *((c, c) for c in (*question.near, *rest))],
        value="",
        description=f"{question.value} ({question.rows})",
        style={"description_width": "18rem"},
        layout=pieces.wide(),
    )


def _bar() -> ipywidgets.FloatProgress:
    layout = ipywidgets.Layout(display="none", width="100%", max_width="46rem")
    return ipywidgets.FloatProgress(min=0, max=1, layout=layout)
