"""``safelearn course exam``: make an exam, hand it out, open it, receive it, and ask about it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safelearn.cli.screen import progress, say, say_json, table
from safelearn.language import listing, mark, number, t, tn

if TYPE_CHECKING:
    from datetime import datetime

app = typer.Typer(
    help=mark(
        "Exams: private tasks and data, a time window, receipts, and questions to ask by word of mouth."
    ),
    no_args_is_help=True,
)
Course = Annotated[
    Path, typer.Argument(metavar="COURSE", help=mark("The course's folder."))
]
Name = Annotated[
    str, typer.Argument(metavar="EXAM", help=mark("Its name, such as x01_final."))
]
Json = Annotated[bool, typer.Option("--json", help=mark("Print it for a program."))]


@app.command(
    help=mark("Make an exam of a private folder, or change its window or tasks.")
)
def new(
    course: Course,
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER",
            help=mark("Your private folder with the tasks, in no repository."),
        ),
    ],
    seed_file: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            help=mark("Your private seed; made if it is not there. Keep a copy."),
        ),
    ],
    opens: Annotated[
        str,
        typer.Option(
            metavar="TIME", help=mark("Local time, such as '2026-12-01 09:00'.")
        ),
    ],
    closes: Annotated[
        str,
        typer.Option(
            metavar="TIME", help=mark("Local time, such as '2026-12-01 12:00'.")
        ),
    ],
    zone: Annotated[
        str,
        typer.Option(
            help=mark(
                "The course's time zone from now on, such as America/Lima; it is kept."
            )
        ),
    ] = "",
) -> None:
    from safelearn.course.classroom.roster import read_roster
    from safelearn.course.exams.packets import FOLDER
    from safelearn.course.exams.register import window
    from safelearn.course.exams.seed import open_to_others, repository_of
    from safelearn.course.exams.sitting import new_exam

    fresh = not seed_file.exists()
    with progress(t("Making the exam")):
        exam = new_exam(
            course, folder, seed_file, opens=opens, closes=closes, zone=zone
        )
    roster = read_roster(course)
    open_ = window(exam, roster)
    say(
        t(
            "{name} is open from {opens} to {closes} ({zone}).",
            name=exam.name,
            opens=_time(open_.opens),
            closes=_time(open_.closes),
            zone=roster.zone,
        )
    )
    if fresh:
        say(
            t(
                "The seed is in {file}. Keep a copy: without it nothing can be graded.",
                file=seed_file,
            )
        )
    if seen := [path for path in (folder, seed_file) if open_to_others(path)]:
        say(
            t(
                "Other users of this machine can read {names}. Take that right from them, as with `chmod -R go=`.",
                names=listing([str(path) for path in seen]),
            )
        )
    if repository_of(course):
        say(
            t(
                "The course lies in a repository, and the exam's solutions in its source/: publish neither."
            )
        )
    if any((course / kind / exam.name).is_dir() for kind in (FOLDER, "release")):
        say(t("What was handed out before is as it was then: hand out again."))
    say(
        t("Prove it with `safelearn course prove`, hand it out with `safelearn course exam handout`.")
    )  # fmt: skip


@app.command(help=mark("Give one trainee more minutes than the others."))
def extra(
    course: Course,
    exam: Name,
    trainee: Annotated[
        str, typer.Argument(metavar="TRAINEE", help=mark("The trainee's id."))
    ],
    minutes: Annotated[
        int,
        typer.Argument(metavar="MINUTES", help=mark("In all; 0 for none."), min=0),
    ],
) -> None:
    from safelearn.course.exams.sitting import extra_time

    found = extra_time(course, exam, trainee, minutes)
    until = _time(found.closes)
    say(t("{trainee} may hand in until {time}.", trainee=trainee, time=until))


@app.command(
    help=mark("Write a sealed file for each trainee: the notebook and their own data.")
)
def handout(
    course: Course,
    exam: Name,
    out: Annotated[
        Path | None,
        typer.Option(help=mark("Where to; by default handout in the course's folder.")),
    ] = None,
) -> None:
    from safelearn.course.exams.packets import hand_out

    with progress(t("Sealing the exam")) as step:
        made = hand_out(course, exam, out, on_trainee=step)
    say(
        tn(
            "{n} sealed file is in {folder}.",
            "{n} sealed files are in {folder}.",
            len(made),
            folder=made[0].parent,
        )
    )
    say(
        t(
            "Give each trainee their own, as early as you like. Nobody can open one before you tell its code: "
            "`safelearn course exam codes`."
        )
    )


@app.command(
    help=mark("Print the code of each trainee. Tell them when the exam begins.")
)
def codes(course: Course, exam: Name, json: Json = False) -> None:
    from safelearn.course.exams.packets import codes as opening

    found = opening(course, exam)
    if json:
        say_json({"codes": found})
        return
    table([t("Trainee"), t("Code")], [[*row] for row in found.items()])


@app.command(
    "open",
    help=mark("For trainees: open the file that you were given, with your code."),
)
def unseal(
    packet: Annotated[
        Path,
        typer.Argument(metavar="FILE", help=mark("Your file, such as ana.exam.")),
    ],
    code: Annotated[
        str,
        typer.Argument(
            metavar="CODE", help=mark("Your code, told when the exam begins.")
        ),
    ],
    into: Annotated[
        Path, typer.Option(help=mark("Where to; by default the folder you are in."))
    ] = Path(),
) -> None:
    from safelearn.course.exams.packets import open_packet

    opened = open_packet(packet, code, into)
    about = opened.about
    say(
        t(
            "{title}, for {trainee}. Open {file} in JupyterLab.",
            title=about["title"],
            trainee=about["trainee"],
            file=opened.folder / "assignment.ipynb",
        )
    )
    say(
        t(
            "Hand in before {time} ({zone}). Later work is marked as late.",
            time=about["closes"],
            zone=about["zone"],
        )
    )


@app.command(
    help=mark("Give a receipt for each notebook that was handed in and has none.")
)
def receipt(course: Course, exam: Name) -> None:
    from safelearn.course.exams.receipts import FOLDER, issue
    from safelearn.course.exams.sitting import UNSEEN, standings
    from safelearn.course.exams.words import state_of

    issued, found = issue(course, exam), standings(course, exam)
    rows = [
        [one.trainee, issued[one.trainee].short, state_of(one)]
        for one in found
        if one.trainee in issued
    ]
    if rows:
        table([t("Trainee"), t("Notebook"), ""], rows)
        say(t("The receipts are in {folder}: give each trainee their own.", folder=f"{FOLDER}/"))  # fmt: skip
    elif not any(one.state == UNSEEN for one in found):
        say(t("Nobody has handed in yet."))
    if odd := [one.trainee for one in found if one.state == UNSEEN]:
        say(
            t(
                "No receipt for {names}: what lies there is no plain notebook. Grading says what it is.",
                names=listing(odd),
            )
        )


@app.command(help=mark("See whether a receipt is genuine and of this notebook."))
def verify(
    receipt: Annotated[
        Path, typer.Argument(metavar="RECEIPT", help=mark("The text that was given."))
    ],
    notebook: Annotated[
        Path, typer.Argument(metavar="NOTEBOOK", help=mark("The notebook."))
    ],
    course: Annotated[
        Path | None,
        typer.Option(
            help=mark(
                "For instructors: the course; trainees need only the folder of their exam."
            )
        ),
    ] = None,
) -> None:
    from safelearn.course.exams.receipts import verify as verified

    for sentence in verified(receipt, notebook, course):
        say(sentence)


@app.command(
    help=mark("Two questions to ask each trainee, from their own answers and code.")
)
def questions(
    course: Course,
    exam: Name,
    trainee: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TRAINEE]...", help=mark("Only these.")),
    ] = None,
    json: Json = False,
) -> None:
    from safelearn.course.exams.questions import questions as asked

    with progress(t("Reading the notebooks")) as step:
        sheets = asked(course, exam, trainee or (), on_trainee=step)
    if json:
        say_json({"questions": {one.trainee: one.questions for one in sheets}})
        return
    for sheet in sheets:
        say(sheet.trainee)
        for n, question in enumerate(sheet.questions, 1):
            say(f"  {n}. {question}")
    say(t("The sheets are in questions/, for the examiner alone."))


@app.command(help=mark("Show who sits the exam until when, and what was handed in."))
def status(course: Course, exam: Name, json: Json = False) -> None:
    from safelearn.course.classroom.roster import read_roster
    from safelearn.course.exams.register import exam_of, window
    from safelearn.course.exams.sitting import UNSURE, standings
    from safelearn.course.exams.words import state_of

    found, about = standings(course, exam), exam_of(course, exam)
    roster = read_roster(course)
    open_ = window(about, roster)
    if json:
        rows = [
            {name: _plain(value) for name, value in asdict(one).items()}
            for one in found
        ]
        say_json(
            {
                "exam": about.name,
                "opens": open_.opens.isoformat(),
                "closes": open_.closes.isoformat(),
                "zone": roster.zone,
                "trainees": rows,
            }
        )
        return
    say(
        t(
            "{name} is open from {opens} to {closes} ({zone}).",
            name=about.name,
            opens=_time(open_.opens),
            closes=_time(open_.closes),
            zone=roster.zone,
        )
    )
    rows = [
        [
            one.trainee,
            _time(one.closes),
            number(one.extra) if one.extra else "",
            _time(one.handed_in, open_.opens),
            _time(one.received, open_.opens),
            state_of(one),
        ]
        for one in found
    ]
    head = [t("Trainee"), t("Until"), t("Extra minutes"), t("Handed in"), t("Arrived"), ""]  # fmt: skip
    table(head, rows, numeric=(2,))
    unsure = [one.trainee for one in found if one.state == UNSURE]
    if unsure:
        say(
            t(
                "{names}: the work was first seen here after the end. Whether it was done in time, only the time "
                "that came with it says, if any; decide yourself.",
                names=listing(unsure),
            )
        )


def _time(when: datetime | None, like: datetime | None = None) -> str:
    """A time in the zone of another, to the minute."""
    if when is None:
        return ""
    return f"{when.astimezone(like.tzinfo) if like else when:%Y-%m-%d %H:%M}"


def _plain(value: object) -> object:
    from datetime import datetime, timedelta

    if isinstance(value, datetime):
        return value.isoformat()
    return value.total_seconds() if isinstance(value, timedelta) else value
