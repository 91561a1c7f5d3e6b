"""Two questions to ask a trainee by word of mouth, from their own answers and their own code.

The notebook that was handed in and the templates in the private ``questions.toml`` go in; a sheet for the examiner
comes out. Which templates and which line of code are chosen follows from the private seed, so that the same work gives
the same questions, and nobody can prepare for them. The sheet is no part of what a trainee gets back.

A template names a task and what to ask; in it ``{rate}`` is the trainee's own answer of that name, ``{line}`` one line
of their code::

    [[questions]]
    task = "t1"
    ask = "You answered {rate} for 1,000 people. What would it be if half of the people had moved away?"
"""

from __future__ import annotations

import ast
import contextlib
import re
import string
import tomllib
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safelearn.course.classroom.api import nbgrader_of, quiet
from safelearn.course.classroom.folder import course_folder
from safelearn.course.exams.register import exam_of, module_of
from safelearn.course.exams.seed import Seed
from safelearn.course.grading.batch import desk_of, handed_in, notebook_of
from safelearn.course.grading.preflight import preflight
from safelearn.course.grading.records import put, read_record
from safelearn.course.modules import Module, Task
from safelearn.course.points import in_words
from safelearn.course.source import CODE_STUB
from safelearn.errors import SafelearnError
from safelearn.execution.handed_in import require_plain
from safelearn.language import listing, mark, number, t

FILE, FOLDER = "questions.toml", "questions"
#: So many are asked.
ASKED = 2
LINE = "line"
#: What is always asked of code, whatever is declared.
_OF_CODE = mark(
    "Why did you write this line, and what would your answer be without it? {line}"
)
_LONGEST = 160


@dataclass(frozen=True)
class Template:
    """A question to be filled: its task, the sentence, and the names in it."""

    task: str
    ask: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """What the examiner has before them.

    Attributes
    ----------
    questions : tuple of str
        Two of them, or fewer where too little was handed in.
    text : str
        In Markdown, as it stands in ``questions/EXAM/TRAINEE.md``.
    """

    trainee: str
    questions: tuple[str, ...]
    text: str


def questions(
    course: Path,
    name: str,
    trainees: Sequence[str] = (),
    *,
    sandboxed: bool = True,
    on_trainee: Callable[[int, int, str], None] | None = None,
) -> list[Sheet]:
    """Write the sheet of each of these trainees, or of all who handed in.

    Raises
    ------
    SafelearnError
        If nobody handed in, the exam has not begun, or this machine has no sandbox.
    """
    course = course_folder(course)
    exam = exam_of(course, name)
    module, seed = module_of(exam), exam.seed()
    templates = read_templates(module)
    wanted = handed_in(course, module, trainees)
    sheets = []
    # On a machine of many users they are for the examiner alone.
    (course / FOLDER).mkdir(mode=0o700, exist_ok=True)
    with quiet():
        desk = desk_of(nbgrader_of(course), course, module, sandboxed=sandboxed)
        for done, who in enumerate(wanted):
            if on_trainee:
                on_trainee(done, len(wanted), who)
            try:
                path = notebook_of(course, module, who)
                require_plain(path.parent)
                notebook = preflight(path, module.id, course).notebook
                # Once it is graded, both are kept, and nothing runs again.
                given = desk.ran(notebook, who, desk.key(who)).given
                asked = chosen(templates, module, given, code_of(notebook), seed, who)
            except SafelearnError as error:
                asked = [f"{error.what} {error.remedy}".strip()]
            text = _sheet(course, module, who, asked)
            put(course / FOLDER / exam.name / f"{who}.md", text)
            sheets.append(Sheet(who, tuple(asked), text))
    if on_trainee:
        on_trainee(len(wanted), len(wanted), "")
    return sheets


def read_templates(module: Module) -> list[Template]:
    """The declared templates, and for each automatic task the one on its code.

    Raises
    ------
    SafelearnError
        If the file cannot be read, or a template asks for what its task does not have.
    """
    path = module.folder / FILE
    rows: list[dict[str, str]] = []
    if path.is_file():
        try:
            rows = tomllib.loads(path.read_text(encoding="utf-8"))["questions"]
            found = [_template(module, row["task"], row["ask"]) for row in rows]
        except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
            raise SafelearnError(
                t("The questions of the exam cannot be read."),
                where=f"{path}: {error}",
                remedy=t(
                    "Each [[questions]] has a task and what to ask; names in braces are answers of that task, or "
                    "{line} for a line of code.",
                    line="{line}",
                ),
            ) from error
    else:
        found = []
    of_code = [
        Template(task.id, t(_OF_CODE, line="{line}"), (LINE,))
        for task in module.tasks.values()
        if task.automatic
    ]
    return [*found, *of_code]


def chosen(
    templates: Sequence[Template],
    module: Module,
    given: dict[str, dict[str, Any]],
    code: dict[str, list[str]],
    seed: Seed,
    trainee: str,
) -> list[str]:
    """Two filled questions, of different tasks and kinds where there are such.

    Parameters
    ----------
    given : dict
        The trainee's answers by task.
    code : dict
        By task, the lines that the trainee wrote.
    """
    own = seed.derived("questions", trainee)

    def rank(text: str) -> bytes:
        return Seed(own, "").derived(text)

    fit = [
        one
        for one in sorted(templates, key=lambda one: rank(f"{one.task}/{one.ask}"))
        if all(
            code.get(one.task) if name == LINE else name in given.get(one.task, {})
            for name in one.names
        )
    ]
    # First what asks for an answer: whoever declared it thought about it.
    first = next((one for one in fit if LINE not in one.names), None)
    picked = [first] if first else []
    for wish in (_of_another_task, _of_another_kind, _another):
        more = (one for one in fit if wish(one, picked))
        while len(picked) < ASKED and (one := next(more, None)):
            picked.append(one)
            if wish is not _another:
                break
    return [_filled(one, module, given, code, rank) for one in picked]


def code_of(notebook: Any) -> dict[str, list[str]]:
    """By task, the lines of its answer cell that do something."""
    found = {}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id") or ""
        if cell.cell_type == "code" and name.endswith("-answer"):
            found[name.removesuffix("-answer")] = _telling(cell.source)
    return found


def _of_another_task(one: Template, picked: list[Template]) -> bool:
    return _of_another_kind(one, picked) and one.task not in {p.task for p in picked}


def _of_another_kind(one: Template, picked: list[Template]) -> bool:
    kinds = {LINE in p.names for p in picked}
    return one not in picked and (LINE in one.names) not in kinds


def _another(one: Template, picked: list[Template]) -> bool:
    return one not in picked


def _telling(source: str) -> list[str]:
    """Lines with a call, a comparison or a sum: of the others there is nothing to ask."""
    lines = []
    for line in source.splitlines():
        bare = line.strip()
        if not bare or bare.startswith("#") or bare == CODE_STUB or "..." in bare:
            continue
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                nodes = list(ast.walk(ast.parse(bare)))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            nodes = []
        told = (ast.Call, ast.BinOp, ast.Compare, ast.Subscript)
        if any(isinstance(node, told) for node in nodes):
            lines.append(bare)
    return lines


def _template(module: Module, key: str, ask: str) -> Template:
    task = module.tasks.get(f"{module.id}-{key}")
    if task is None:
        raise KeyError(key)
    names = tuple(name for _, name, _, _ in string.Formatter().parse(ask) if name)
    unknown = [name for name in names if name not in (*task.answers, LINE)]
    if unknown or not names:
        raise KeyError(f"{key}: {listing(unknown)}" if unknown else ask)
    return Template(task.id, ask, names)


def _filled(
    one: Template,
    module: Module,
    given: dict[str, dict[str, Any]],
    code: dict[str, list[str]],
    rank: Callable[[str], bytes],
) -> str:
    task = module.tasks[one.task]
    values = {
        name: _value(given[one.task][name], task, name)
        for name in one.names
        if name != LINE
    }
    if LINE in one.names:
        lines = code[one.task]
        values[LINE] = f"`{_plain(min(lines, key=rank))}`"
    words = one.ask.format(**values)
    return t("{task}: {question}", task=task.title, question=words)


def _value(answer: Any, task: Task, name: str) -> str:
    """An answer in words; what a trainee wrote is shown as text and as nothing else."""
    form = task.answers[name]
    digits = int(form.get("digits", 2))
    # The run may have handed in anything under this name.
    with contextlib.suppress(TypeError, ValueError, OverflowError):
        if form["kind"] == "number":
            return number(float(answer), digits)
        if form["kind"] == "interval":
            return " – ".join(number(float(end), digits) for end in answer)
        if form["kind"] == "table":
            return t("your table of {n} rows", n=number(len(answer)))
    words = ", ".join(map(str, answer)) if isinstance(answer, list) else str(answer)
    return f"`{_plain(words)}`"


def _plain(text: str) -> str:
    """One line, without what Markdown or a browser would take for more than text."""
    line = re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069`<>]", " ", text)
    line = " ".join(line.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _sheet(course: Path, module: Module, who: str, asked: list[str]) -> str:
    lines = [f"# {module.title} · {who}", ""]
    lines += [t("For the examiner alone. Do not show it before the trainee is asked."), ""]  # fmt: skip
    lines += [f"{n}. {question}" for n, question in enumerate(asked, 1)]
    if len(asked) < ASKED:
        lines += ["", t("Too little was handed in for more questions.")]
    record = read_record(course, module.name, who)
    if record and record.tasks:
        lines += ["", f"## {t('What the marks say')}", ""]
        for task in record.tasks:
            slips = f" · {'; '.join(task.mistakes)}" if task.mistakes else ""
            lines.append(
                f"- {module.tasks[task.task].title}: {in_words(task.points)} / "
                f"{in_words(task.most)}{slips}"
            )
    return "\n".join([*lines, ""])
