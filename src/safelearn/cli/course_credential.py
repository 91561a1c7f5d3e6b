"""``safelearn course credential``: what a trainee may show to others, if they want to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safelearn.cli import course_credential_check
from safelearn.cli.screen import paragraph, progress, say, say_error
from safelearn.language import listing, mark, t, tn

app = typer.Typer(
    help=mark(
        "Credentials that trainees may ask for: issued with their consent, checked without a network, revocable."
    ),
    no_args_is_help=True,
)
Folder = Annotated[
    Path, typer.Argument(metavar="DIR", help=mark("The course's folder."))
]
Student = Annotated[
    str, typer.Argument(metavar="STUDENT", help=mark("The trainee's id."))
]
Secret = Annotated[
    Path | None,
    typer.Option(
        help=mark("The file of the private key, if it is kept in a place of its own.")
    ),
]
RevocationsAt = Annotated[
    str,
    typer.Option(
        help=mark("The address at which the list of revocations will be found.")
    ),
]


@app.command(help=mark("Make the issuer's pair of keys; once for a course."))
def key(
    folder: Folder,
    issuer: Annotated[
        str,
        typer.Option(help=mark("Who issues, as it shall stand in each credential.")),
    ],
    url: Annotated[str, typer.Option(help=mark("The issuer's page."))] = "",
    revocations_at: RevocationsAt = "",
    keep: Annotated[
        Path | None,
        typer.Option(
            help=mark("The file for the private key; by default in your own settings.")
        ),
    ] = None,
) -> None:
    from safelearn.course.credentials.issuer import FILE, make_issuer, private_key
    from safelearn.course.credentials.proof import fingerprint
    from safelearn.course.credentials.revocations import LIST, publish

    made, kept = make_issuer(
        folder, issuer, url=url, revocations_at=revocations_at, keep=keep
    )
    publish(folder, made, private_key(made, kept))
    say(t("{name} can issue credentials now.", name=made.name))
    say(t("For everybody: {file}. Its key is {key}.", file=Path(folder) / FILE, key=fingerprint(made.did)))  # fmt: skip
    say(t("For everybody, and anew after each revocation: {file}.", file=Path(folder) / LIST))  # fmt: skip
    say(
        t(
            "For you alone: {file}. Keep a copy in a safe place: who has it can issue in your name, and without it "
            "nothing can be issued or revoked.",
            file=kept,
        )
    )


@app.command(
    help=mark("Write down that a trainee wants a credential, or take it back.")
)
def consent(
    folder: Folder,
    student: Student,
    name: Annotated[
        str,
        typer.Option(
            help=mark("The name that shall stand in it, as the trainee wants it.")
        ),
    ] = "",
    code: Annotated[
        bool,
        typer.Option(
            "--code", help=mark("No name: a code that only the trainee gets.")
        ),
    ] = False,
    agreed: Annotated[
        bool,
        typer.Option(
            "--agreed",
            help=mark("The trainee has read the sentences and said yes."),
        ),
    ] = False,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help=mark("The trainee takes it back."))
    ] = False,
) -> None:
    import sys

    from safelearn.course.credentials import consent as the
    from safelearn.course.credentials.issue import issued_to
    from safelearn.course.credentials.issuer import read_issuer
    from safelearn.course.credentials.revocations import read_places
    from safelearn.errors import SafelearnError

    if withdraw:
        there = the.withdraw(folder, student)
        say(
            t("{id} has taken the consent back. Nothing more will be issued.", id=student)
            if there
            else t("There was no consent of {id}.", id=student)
        )  # fmt: skip
        revoked = {r["id"] for r in read_places(folder).revoked.values()}
        held = {c["id"] for c in issued_to(folder, student)}
        if left := len(held - revoked):
            say(
                tn(
                    "{n} credential is in the trainee's hands. `safelearn course credential revoke` revokes it.",
                    "{n} credentials are in the trainee's hands. `safelearn course credential revoke` revokes them.",
                    left,
                )
            )
        return
    issuer = read_issuer(folder)
    the.person(folder, student)
    if bool(name.strip()) == code:
        raise SafelearnError(
            t("How shall the credential name its holder?"),
            remedy=t(
                "Ask the trainee: --name 'The name', or --code for a code instead of a name."
            ),
        )
    for sentence in the.terms(issuer, name.strip()):
        paragraph(sentence, indent="  ", first="· ")
    if not agreed:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            say(t("Nothing was written down. If the trainee agrees, add --agreed."))
            raise typer.Exit(2)
        if not typer.confirm(t("Does the trainee agree to all of this?")):
            say(t("Nothing was written down."))
            raise typer.Exit(2)
    _, given = the.record(folder, issuer, student, name)
    say(t("Written down: {id} agrees.", id=student))
    if given:
        say(t("The code of {id}: {code}", id=student, code=given))
        say(
            t(
                "Give it to the trainee and to nobody else. It is not kept, and it is not shown again."
            )
        )


@app.command(
    help=mark("Issue credentials: to those who are named, or to all who agreed.")
)
def issue(
    folder: Folder,
    students: Annotated[
        list[str] | None,
        typer.Argument(metavar="[STUDENT]...", help=mark("Ids of the trainees.")),
    ] = None,
    part: Annotated[
        bool,
        typer.Option(
            "--part", help=mark("Also of a part of the role's path; it then says so.")
        ),
    ] = False,
    days: Annotated[
        int, typer.Option(help=mark("For how many days they hold."), min=1, max=3660)
    ] = 365,
    secret: Secret = None,
) -> None:
    from safelearn.course.credentials.consent import consenting
    from safelearn.course.credentials.issue import issue as give
    from safelearn.course.credentials.issuer import private_key, read_issuer
    from safelearn.course.credentials.revocations import publish
    from safelearn.course.reporting.marks import read_marks
    from safelearn.errors import SafelearnError

    issuer = read_issuer(folder)
    who = students or consenting(folder)
    if not who:
        raise SafelearnError(
            t("Nobody has agreed to a credential."),
            where=str(folder),
            remedy=t(
                "Ask, and write each answer down with `safelearn course credential consent`."
            ),
        )
    signs = private_key(issuer, secret)
    failed = 0
    with progress(t("Issuing credentials")) as step:
        marks = read_marks(folder)
        for n, student in enumerate(who):
            step(n, len(who), student)
            try:
                made = give(folder, marks, issuer, signs, student, part=part, days=days)
            except SafelearnError as error:
                failed += 1
                say_error(error)
                continue
            say(
                t("{id}: {title}", id=student, title=made.name)
                if made.new
                else t("{id}: issued before, and it holds: {title}", id=student, title=made.name)
            )  # fmt: skip
            say(f"  {made.signed}")
            if made.page:
                say(f"  {made.page}")
            else:
                failed += 1
                say(t("  Without a page: {reason}", reason=made.no_page))
    if failed < len(who):
        publish(folder, issuer, signs)
        say(t("Give each to its holder, and to nobody else."))
    if failed:
        raise typer.Exit(1)


app.registered_commands += course_credential_check.app.registered_commands


@app.command(
    help=mark("Revoke credentials, and sign the list of revocations as of today.")
)
def revoke(
    folder: Folder,
    which: Annotated[
        str,
        typer.Argument(
            metavar="[STUDENT | FILE]",
            help=mark(
                "All of a trainee's, or the one in a file; without it the list is only signed anew."
            ),
        ),
    ] = "",
    reason: Annotated[
        str,
        typer.Option(help=mark("Why; it is kept in the course and not published.")),
    ] = "",
    secret: Secret = None,
) -> None:
    from safelearn.course.credentials import revocations as the
    from safelearn.course.credentials.issue import issued_to
    from safelearn.course.credentials.issuer import private_key, read_issuer
    from safelearn.course.credentials.proof import read_signed
    from safelearn.errors import SafelearnError

    issuer = read_issuer(folder)
    signs = private_key(issuer, secret)
    if which:
        file = Path(which)
        found = [read_signed(file).said] if file.is_file() else issued_to(folder, which)
        if not found:
            raise SafelearnError(
                t("Nothing was issued to {id} in this course.", id=which),
                remedy=t("Name a trainee's id, or the file of a credential."),
            )
        if not reason.strip():
            raise SafelearnError(
                t("It was not said why."),
                remedy=t("Say it with --reason; it is not published."),
            )
        n = sum([the.revoke(folder, issuer, one, reason.strip()) for one in found])
        say(tn("{n} credential was revoked.", "{n} credentials were revoked.", n))
    listed = the.publish(folder, issuer, signs)
    say(t("The list as of today: {file}. Publish it, or hand it on.", file=listed))


@app.command(
    help=mark("Make a course with which a role's credentials are renewed for a year.")
)
def renew(
    folder: Folder,
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help=mark("A new folder for it."))
    ],
    year: Annotated[int, typer.Option(help=mark("Of which year."))],
    path: Annotated[
        str, typer.Option(help=mark("The role whose path it renews, such as planner."))
    ],
    task: Annotated[
        list[str] | None,
        typer.Option(
            help=mark(
                "A task to do again, such as m05-t3; may be given several times. By default one a module."
            )
        ),
    ] = None,
    revocations_at: RevocationsAt = "",
) -> None:
    from safelearn.course.credentials.renewal import MODULES, TRAINEES
    from safelearn.course.credentials.renewal import renew as make
    from safelearn.course.modules import MORE

    with progress(t("Making the renewal")) as step:
        made = make(
            folder,
            out,
            year,
            path,
            task or (),
            revocations_at=revocations_at,
            on_step=step,
        )
    say(
        t(
            "The renewal of {year} is in {folder}, with: {names}.",
            year=str(year),
            folder=out,
            names=listing(list(made.tasks)),
        )
    )
    say(tn("{n} trainee is in it.", "{n} trainees are in it.", made.trainees))
    say(
        t(
            "Before you grade or issue in it, and whenever you work with it, set {name} to: {folder}",
            name=MORE,
            folder=(Path(out) / MODULES).resolve(),
        )
    )
    say(
        t(
            "Trainees get what stands in {release}, and {folder} with the same variable; no solution is in it. Ask "
            "each of them again for their consent.",
            release=Path(out) / "release",
            folder=Path(out) / TRAINEES,
        )
    )
