"""What a trainee with an account and a terminal tries, and must not succeed in.

`attacker` works as their own account of the system: reads, replaces, hands in under another name, hands in links.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hub_machine import INSTALLED, ROOT
from hub_pages import CLASS, MODULE, TEACHER

FORGED = "A forged answer in the place of another's."
_LONG_AGO = "2020-01-01 00:00:00.000000 UTC"
_LATER = "2099-01-01 00:00:00.000000 UTC"


def at_the_door(proof: Any, browser: Any, address: str, known: str) -> None:
    """Who is not in the class, or does not know the password, stays outside."""
    subprocess.run(["useradd", "--create-home", "stranger"], check=True)
    subprocess.run(["chpasswd"], input="stranger:Strange-1-x\n", text=True, check=True)
    for who, password in (("stranger", "Strange-1-x"), (known, "guess"), ("root", "")):
        page = browser.new_page(ignore_https_errors=True)
        page.goto(f"{address}/hub/login")
        page.fill("#username_input", who)
        page.fill("#password_input", password)
        page.click("#login_submit")
        page.wait_for_load_state()
        stays = (
            page.locator("#username_input").count() or page.get_by_text("403").count()
        )
        proof.holds(
            f"{who} does not come in without a place and a password",
            bool(stays),
            page.url,
        )
        proof.picture(page, f"door-{who}")
        page.close()


def from_a_terminal(
    proof: Any, victim: str, attacker: str, course: Path, exchange: Path, hub: Path
) -> None:
    """Read what is not theirs; then put into the exchange what nobody should take."""
    inside = exchange / course.name
    secret = [
        Path(f"/home/{victim}/{MODULE}/assignment.ipynb"),
        course / "gradebook.db",
        course / "source" / MODULE / "assignment.ipynb",
        course / "roster.json",
        ROOT / "curriculum" / MODULE / "assignment.py",
        hub / "private" / "passwords.csv",
        hub / "private" / "jupyterhub.sqlite",
        hub / "private" / "cookie_secret",
    ]
    mine = f"/home/{attacker}/{MODULE}/assignment.ipynb"
    proof.holds("the attacker can read their own", _as(attacker, "cat", mine) == 0)
    for path in secret:
        path.stat()
        proof.holds(
            f"{path.parent.name}/{path.name} is closed",
            _as(attacker, "cat", str(path)) != 0,
        )
    for folder in ("inbound", "feedback"):
        proof.holds(
            f"names in {folder} are closed",
            _as(attacker, "ls", str(inside / folder)) != 0,
        )
    (theirs,) = inside.glob(f"inbound/{victim}+*")
    for words in (
        ("mv", str(inside), f"{inside}-moved"),
        ("mv", str(inside / "outbound"), str(inside / "old")),
        ("cat", str(theirs / "assignment.ipynb")),
        ("rm", "-rf", str(theirs)),
        ("sh", "-c", f"echo x > '{theirs}/assignment.ipynb'"),
        ("touch", str(hub / "own_settings.py")),
        ("sh", "-c", f"echo x >> {inside}/outbound/{MODULE}/assignment.ipynb"),
        (
            "sh",
            "-c",
            f"cat $(find {INSTALLED} -name assignment.py -path '*{MODULE}*') </dev/null | grep -q .",
        ),
    ):
        proof.holds(f"refused: {' '.join(words)[:80]}", _as(attacker, *words) != 0)
    for text in _SUBMISSIONS:
        code = text.format(
            inbound=inside / "inbound", me=attacker, victim=victim, module=MODULE, course=course,
            forged=FORGED, long_ago=_LONG_AGO, later=_LATER, home=f"/home/{attacker}",
        )  # fmt: skip
        done = subprocess.run(
            ["runuser", "-u", attacker, "--", sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=False,
        )
        proof.holds("the attack itself runs", done.returncode == 0, done.stderr[-150:])


#: In the victim's name; what cannot be read at all; and the attacker's own, with links in it and an old date on it.
_SUBMISSIONS = (
    """
import os, shutil
to = "{inbound}/{victim}+{module}+{later}+forged"
shutil.copytree("{home}/{module}", to)
open(to + "/assignment.ipynb", "w").write("{forged}")
""",
    """
import os
os.mkdir("{inbound}/{me}+{module}+no time at all+x")
os.mkdir("{inbound}/nobody-known+{module}+{later}+x")
os.symlink("{course}", "{inbound}/link+{module}+{later}+x")
open("{inbound}/file+{module}+{later}+x", "w").write("x")
""",
    """
import glob, os, shutil
to = "{inbound}/{me}+{module}+{long_ago}+linked"
(own,) = glob.glob("{home}/.local/share/jupyter/nbgrader_cache/*/*+{module}+*")
shutil.copytree(own, to)
os.symlink("{course}/gradebook.db", to + "/data.csv")
os.symlink("{course}/source", to + "/more")
os.symlink("/dev/zero", to + "/zero.csv")
os.mkfifo(to + "/pipe.csv")
open(to + "/large.csv", "w").truncate(90 << 20)
""",
)


def in_the_browser(proof: Any, page: Any, teacher: Any, names: list[str]) -> None:
    """Another's server, formgrader, the hub's own lists, and the instructor's door."""
    victim, attacker = names[:2]
    own = f"/user/{attacker}"
    for where, path, allowed in (
        (CLASS, f"{own}/api/status", True),
        (CLASS, f"/user/{victim}/lab", False),
        (CLASS, "/user/maria/formgrader", False),
        (TEACHER, "/user/maria/formgrader", False),
        (CLASS, f"{own}/formgrader", False),
        (CLASS, f"{own}/formgraders", False),
        (CLASS, "/hub/admin", False),
        (CLASS, "/hub/api/users", False),
    ):
        answer = page.context.request.get(where + path, max_redirects=20)
        said = f"{where}{path} is {'open' if allowed else 'closed'} for {attacker}"
        opened = answer.ok and "/hub/login" not in answer.url
        proof.holds(said, opened is allowed, f"{answer.status} {answer.url}")
    for path, allowed in (
        ("/user/maria/api/status", True),
        (f"{own}/lab", False),
        (f"{own}/", False),
    ):
        answer = teacher.context.request.get(TEACHER + path, max_redirects=20)
        said = (
            f"under the instructor's name {path} is {'open' if allowed else 'closed'}"
        )
        opened = answer.ok and "/hub/login" not in answer.url
        proof.holds(said, opened is allowed, f"{answer.status} {answer.url}")
    # What stands behind the doors gives no orders to an account of the machine.
    for address in (
        "http://127.0.0.1:8002/api/routes",
        "http://127.0.0.1:2019/config/",
    ):
        code = f"import urllib.request as u; u.urlopen({address!r}, timeout=5)"
        refused = _as(attacker, sys.executable, "-c", code) != 0
        proof.holds(f"{address} is closed", refused)


def after_collecting(proof: Any, victim: str, attacker: str, course: Path) -> None:
    """What was collected is each one's own, whole, and at its own time."""
    handed = course / "submitted"
    there = sorted(p.name for p in handed.iterdir())
    proof.holds(
        "nobody is collected who is not in the class",
        "nobody-known" not in there,
        there,
    )
    text = (handed / victim / MODULE / "assignment.ipynb").read_text("utf-8")
    proof.holds("a forged submission is not collected", FORGED not in text)
    own = handed / attacker / MODULE
    proof.holds(
        "the attacker's own notebook is collected", (own / "assignment.ipynb").is_file()
    )
    links = [p for p in handed.rglob("*") if p.is_symlink()]
    proof.holds("no link is collected", not links, links)
    book = (course / "gradebook.db").read_bytes()[:16]
    held = [p for p in handed.rglob("*") if p.is_file() and p.read_bytes()[:16] == book]
    proof.holds("no copy holds the gradebook", not held, held)
    stamp = (own / "timestamp.txt").read_text("utf-8")
    proof.holds(
        "an old date does not make it early", not stamp.startswith("2020"), stamp
    )
    linked = (
        (own / "left-out.txt").read_text("utf-8")
        if (own / "left-out.txt").is_file()
        else ""
    )
    proof.holds("what was left out is named", "data.csv" in linked, linked)


def _as(who: str, *command: str) -> int:
    """The exit status of a command that this account runs."""
    done = subprocess.run(
        ["runuser", "-u", who, "--", *command], capture_output=True, check=False, timeout=60,
        env={"PATH": os.environ["PATH"], "HOME": f"/home/{who}"}, cwd="/",
    )  # fmt: skip
    return done.returncode
