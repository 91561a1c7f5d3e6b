"""The first page of ``safelearn lab``: the modules of a trainee's path, what is done, and the next step.

A trainee's folder and role go in; out comes the text of the page, and a notebook that shows it and, run again,
shows it anew. The page is ours and written anew each time; nothing of a trainee's work stands in it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from safelearn.course.modules import course, folders
from safelearn.course.progress import ASSIGNMENT, LESSON, Progress, progress
from safelearn.guidelines.competencies import role as role_of
from safelearn.guidelines.competencies import roles
from safelearn.language import listing, number, t

PAGE = "start.ipynb"
_CODE = """# Run this cell to see how far you have come: the triangle above, or Shift and Enter.
from safelearn.course.start import show

show({role!r})"""


def text(folder: Path, role: str = "") -> str:
    """The page in Markdown.

    Parameters
    ----------
    folder : Path
        The trainee's.
    role : str
        Whose path is shown, such as ``planner``; all modules without one.
    """
    found = progress(folder, path_of(role))
    hours = sum(one.module.hours for one in found)
    lines = [f"# {course()['title']}", ""]
    lines += [
        t(
            "Your path as {role}: {n} modules, about {hours} hours.",
            role=role_of(role).name,
            n=number(len(found)),
            hours=number(hours),
        )
        if role
        else t(
            "All {n} modules, about {hours} hours. A shorter path for your work: "
            "`safelearn lab --role NAME`, with one of {names}.",
            n=number(len(found)),
            hours=number(hours),
            names=listing([one.id for one in roles()]),
        ),
        "",
        f"**{t('Next step')}:** {_next(found)}",
        "",
        f"| | {t('Module')} | {t('Hours')} | {t('Lesson')} | {t('Tasks answered')} | {t('Needs')} |",
        "|---|---|---:|---|---:|---|",
    ]
    numbers = {one.module.id: one for one in found}
    for one in found:
        needs = [
            name.removeprefix("m")
            for name in one.module.needs
            if name in numbers and not numbers[name].done
        ]
        lines.append(
            f"| {_sign(one)} | {one.module.id.removeprefix('m')} · {one.module.title} "
            f"| {number(one.module.hours)} | [{_read(one)}]({one.module.name}/{LESSON}) "
            f"| [{t('{n} of {all}', n=number(one.answered), all=number(one.tasks))}]"
            f"({one.module.name}/{ASSIGNMENT}) | {', '.join(needs)} |"
        )
    lines += [
        "",
        t(
            "An answer counts here when its form is right. Whether it is true, "
            "you learn after you have handed in."
        ),
    ]
    return "\n".join(lines)


def path_of(role: str) -> list[str]:
    """The modules of a role's path in their order, with an instructor's own at the end.

    Raises
    ------
    SafelearnError
        If there is no such role.
    """
    everything = [folder.name for folder in folders()]
    if not role:
        return everything
    own = course()
    path = own["paths"][role_of(role).id]
    return [name for name in everything if name in path or name not in own["modules"]]


def notebook(folder: Path, role: str = "") -> Any:
    """The page as a notebook that already shows it."""
    import nbformat

    made = nbformat.v4.new_notebook(
        metadata={
            "kernelspec": {
                "name": "python3",
                "display_name": "Python 3",
                "language": "python",
            },
            "safelearn": {"role": role},
        }
    )
    shown = nbformat.v4.new_output(
        "display_data", data={"text/markdown": text(folder, role)}
    )
    cell = nbformat.v4.new_code_cell(
        _CODE.format(role=role), id="start", outputs=[shown]
    )
    cell.metadata["jupyter"] = {"source_hidden": True}
    made.cells.append(cell)
    return made


def show(role: str = "") -> None:
    """Show the page in the notebook that calls this, which lies in the trainee's folder."""
    from IPython.display import Markdown, display

    display(Markdown(text(Path.cwd(), role)))


def role_in(page: Path) -> str:
    """The role that an earlier page was written for."""
    import json

    try:
        content = json.loads(page.read_text(encoding="utf-8"))
        return str(content["metadata"]["safelearn"]["role"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _next(found: list[Progress]) -> str:
    """The first thing on the path that is not done yet."""
    for one in found:
        name = one.module.title
        if not one.readable:
            return t(
                "a notebook of “{name}” is damaged. Move its folder away and start "
                "`safelearn lab` again: you get a fresh one.",
                name=name,
            )
        if not one.read and not one.done:
            return t(
                "read and run the lesson “{name}”: {link}",
                name=name,
                link=f"[{LESSON}]({one.module.name}/{LESSON})",
            )
        if not one.done:
            return t(
                "do the tasks of “{name}”: {link}",
                name=name,
                link=f"[{ASSIGNMENT}]({one.module.name}/{ASSIGNMENT})",
            )
    return t("hand in what you have not handed in. Every task has an answer.")


def _sign(one: Progress) -> str:
    return "✓" if one.done else "◐" if one.begun else "○"


def _read(one: Progress) -> str:
    if not one.readable:
        return t("damaged")
    if one.read:
        return t("read")
    if not one.ran:
        return t("not begun")
    return t("{n} of {all} cells", n=number(one.ran), all=number(one.cells))
