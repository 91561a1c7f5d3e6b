"""The page that lies in a hub's folder, for whoever runs it: start and stop it, add a trainee, keep a copy."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from safelearn.language import t

if TYPE_CHECKING:
    from pathlib import Path

    from safelearn.course.classroom.hub import Settings


def page(settings: Settings, folder: Path) -> str:
    """The page in Markdown."""
    here, course = shlex.quote(str(folder)), shlex.quote(settings.course)
    start = f"cd {here}/private && {settings.python} -m jupyterhub -f {here}/jupyterhub_config.py"
    again = f"{settings.python} -m safelearn course hub {course} --out {here}"
    parts = [
        f"# {t('The hub of {course}', course=settings.course_id)}",
        t("Commands with # before them are for root, in a terminal of this machine."),
        f"## {t('Start')}",
        _code(f"# sh {here}/accounts.sh", f"# {start}"),
        t(
            "The first gives an account to everybody in the class who has none. The second starts the hub, which "
            "stays until you press Ctrl-C. Trainees' passwords are then in private/passwords.csv: hand out each "
            "on paper to its owner alone, and delete the file. A trainee changes a password in JupyterLab: "
            "Terminal, then passwd. A password that was lost is set anew by root, with passwd and the name."
        ),
        t(
            "The instructor logs in as {name}, with the password of that account. Only there are the course's "
            "folder and the formgrader, which is in the menu Nbgrader. Before the first lesson run "
            "`safelearn doctor --sandbox` there, in a terminal: it says whether trainees' work can be graded safely.",
            name=settings.instructor,
        ),
        f"## {t('Let the class reach it')}",
        t(
            "The hub itself listens to this machine alone, because passwords must not cross a network in the "
            "open. Caddy, a program of the system, stands before it with encryption:"
        ),
        _code("# apt install caddy", f"# caddy run --config {here}/Caddyfile"),
        t(
            "The class then opens https://{host}, and the instructor https://{door}. Both names must lead to this "
            "machine: ask whoever keeps the network's names, or change them with --host and --instructor-host. "
            "Browsers warn once, because the certificate is this machine's own. If the machine has names that "
            "the internet knows, take the lines `tls internal` out of the Caddyfile.",
            host=settings.host,
            door=settings.door,
        ),
        t(
            "Why two names: a trainee's server may show any page, and a page under the instructor's name could "
            "act as the instructor. So log in as {name} under the second name only, and open no link there that "
            "leads to a trainee's server.",
            name=settings.instructor,
        ),
        f"## {t('Stop')}",
        t(
            "Ctrl-C, and the same command starts it again. Notebooks that are open go on running meanwhile; if "
            "JupyterLab says that the server or a kernel is gone, close that message and reload the page. "
            "Servers that nobody used for {n} minutes are closed; what was saved stays.",
            n=settings.idle_minutes,
        ),
        f"## {t('Add somebody, or let somebody go')}",
        _code(
            f"safelearn course roster add {course} eva",
            f"# {again}",
            f"# sh {here}/accounts.sh",
        ),
        t(
            "The hub need not be started anew. With `roster withdraw` in the first line, the same three lines "
            "keep somebody from logging in again; their files stay. Who is logged in stays so: end it with "
            "`pkill -u eva`, and start the hub anew after `rm private/cookie_secret`, which logs everybody out."
        ),
        f"## {t('Hand out, collect, give back')}",
        t(
            "Lessons are in each trainee's folder lessons. "
            "In formgrader: Release, Collect, Autograde, mark the written tasks, Generate Feedback, Release "
            "Feedback. Trainees find the same work under Nbgrader, Assignment List: Fetch, Validate, Submit, "
            "Fetch Feedback. In a terminal of the instructor's server, `safelearn course grade . 05_rates` does the "
            "same as Autograde for the whole class at once."
        ),
        f"## {t('Keep a copy')}",
        t(
            "Worth keeping are the course's folder ({course}), the trainees' homes, the exchange ({exchange}) and "
            "this folder. While nobody works:",
            course=settings.course,
            exchange=settings.exchange,
        ),
        _code(
            f"# tar czf hub-$(date +%F).tar.gz {course} /home {settings.exchange} {here}"
        ),
        t(
            "The copy holds everybody's work and marks: keep it where only you can read it, and delete it with "
            "the course. After a copy of the exchange was put back, submissions that were not collected before "
            "count from that day."
        ),
        f"## {t('When the course is over')}",
        t(
            "`safelearn course purge` deletes what the course's folder holds of people. The rest is yours to delete: "
            "the accounts of class.txt with their homes (`userdel --remove`), the exchange, this folder, the copies."
        ),
        f"## {t('Change something')}",
        t(
            "Your own settings belong in own_settings.py, which is read last and never written over. If you "
            "change another file, your version stays, and ours stands beside it with the ending .new. "
            "Each process of a trainee may take {memory} GB of memory; the number is in settings.json.",
            memory=settings.memory_gb,
        ),
        f"## {t('What keeps trainees apart')}",
        t(
            "Each has an account of this machine, with a home that nobody else can enter; the course belongs to "
            "the instructor's account. What runs in a trainee's notebook can do what that account can do, the "
            "network included. Keep the system up to date. A person's work is collected only from their own "
            "account; a link in it leads nowhere."
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _code(*lines: str) -> str:
    return "```\n" + "\n".join(lines) + "\n```"
