"""The walls around a trainee's notebook: what is seen inside, what can be taken, and that a broken wall is found."""

from __future__ import annotations

import json

import pytest

from safelearn import resources
from safelearn.errors import SafelearnError
from safelearn.execution.sandbox import seccomp, walls
from safelearn.execution.sandbox.command import bubblewrap
from safelearn.execution.sandbox.walls import ANSWERS, missing, open_sandbox
from safelearn.execution.warm.jobs import Limits

needs_sandbox = pytest.mark.needs("bwrap")


@pytest.fixture(scope="module")
def more(tmp_path_factory):
    """An instructor's own module, with its solutions."""
    folder = tmp_path_factory.mktemp("our-modules") / "20_harbour"
    folder.mkdir()
    for name in ("module.toml", "variant.py", "assignment.py", "assignment.ipynb"):
        (folder / name).write_text("secret = 7", encoding="utf-8")
    return folder.parent


@pytest.fixture(scope="module")
def worker(more):
    with open_sandbox([more], outside=[more]) as opened:
        yield opened


@pytest.fixture
def inside(worker):
    def ask(code, **limits):
        """What `answer` is after the code has run inside."""
        write = (
            "\nimport json, os\n"
            "with open(os.environ['SAFELEARN_ANSWERS'], 'a') as file:\n"
            "    file.write(json.dumps(answer) + '\\n')"
        )
        done = worker.run(
            [(0, code + write)],
            environment={"SAFELEARN_ANSWERS": ANSWERS},
            answers=ANSWERS,
            limits=Limits(**{"cell_seconds": 20, "seconds": 30, **limits}),
        )
        assert done.lines.get(0), (done.reason, done.outputs)
        return json.loads(done.lines[0][0])

    return ask


FAILS = """
def fails(what):
    try:
        what()
    except (OSError, MemoryError, RuntimeError) as error:
        return type(error).__name__
    return ""
"""


@needs_sandbox
def test_of_the_curriculum_only_what_a_trainee_has_is_seen(inside):
    code = """
from pathlib import Path
from safelearn import resources
answer = sorted({path.name for path in resources.curriculum().rglob("*") if path.is_file()})
"""
    assert inside(code) == ["course.toml", "module.toml", "pictures.py", "variant.py"]
    assert (resources.curriculum() / "05_rates" / "assignment.py").is_file()


@needs_sandbox
def test_an_instructors_own_modules_are_seen_without_their_solutions(inside):
    code = """
import os
from pathlib import Path
more = Path(os.environ["SAFELEARN_CURRICULUM"])
answer = sorted(str(path.relative_to(more)) for path in more.rglob("*.*"))
"""
    assert inside(code) == ["20_harbour/module.toml", "20_harbour/variant.py"]


@needs_sandbox
def test_no_home_no_secrets_and_no_process_of_this_machine_is_seen(inside):
    code = """
import os
names = ["/home", "/var", "/etc/passwd", "/etc/shadow", "/etc/ssh", "/run", "/sys", "/mnt", "/srv", "/boot", "/tmp"]
answer = [
    [name for name in names if os.path.exists(name)],
    [name for name in os.listdir("/proc") if name.isdigit() and name != "1"],
    sorted(name for name in os.environ if "SAFELEARN" in name or "TOKEN" in name),
]
"""
    seen, processes, variables = inside(code)
    # Only folders that lead to this Python can be left of those.
    assert set(seen) <= {"/home", "/tmp", "/mnt", "/srv"}
    assert processes == []
    assert variables == ["SAFELEARN_ANSWERS", "SAFELEARN_CURRICULUM"]


@needs_sandbox
def test_one_is_nobody_and_cannot_become_anyone_else(inside):
    code = (
        FAILS
        + """
import os
answer = [os.getuid() == 0 or os.geteuid() == 0, fails(lambda: os.setuid(0)), fails(lambda: os.unshare(0x10000000))
          if hasattr(os, "unshare") else "PermissionError", fails(lambda: os.chroot("/box"))]
"""
    )
    root, *said = inside(code)
    assert root is False
    # A number that is not in one's namespace is no number at all (EINVAL).
    assert all(error in ("PermissionError", "OSError") for error in said)


@needs_sandbox
@pytest.mark.parametrize(
    ("what", "error"),
    [
        ("__import__('socket').socket()", "PermissionError"),
        ("__import__('socket').socket(1)", "PermissionError"),
        ("os.memfd_create('x')", "PermissionError"),
        ("open('/dev/mem', 'rb')", "FileNotFoundError"),
        ("open('/usr/mark', 'w')", "OSError"),
        ("open('/opt/safelearn/safelearn/errors.py', 'a')", "OSError"),
        ("open('/scratch/mark', 'w')", "OSError"),
        ("os.mkdir('/mark')", "OSError"),
        ("bytearray(8 << 30)", "MemoryError"),
        ("os.mknod('node', 0o20666, os.makedev(1, 1))", "PermissionError"),
    ],
)
def test_what_must_not_succeed_fails(inside, what, error):
    said = inside(FAILS + f"import os\nanswer = fails(lambda: {what})")
    assert said == error or (error == "OSError" and said == "PermissionError")


@needs_sandbox
def test_disk_files_processes_and_threads_end_where_they_should(inside):
    code = """
import os, threading, time
size = files = children = threads = 0
try:
    with open("big", "wb") as file:
        while size < 40:
            size += file.write(bytes(1 << 20)) >> 20
except OSError:
    pass
os.unlink("big")
try:
    for _ in range(9000):
        open(f"f{files}", "w").close()
        files += 1
except OSError:
    pass
for name in os.listdir("."):
    os.unlink(name)
try:
    for _ in range(200):
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
        children += 1
except OSError:
    pass
try:
    threading.Thread(target=time.sleep, args=(1,)).start()
    threads = 1
except RuntimeError:
    pass
answer = [size, files, children, threads]
"""
    size, files, children, threads = inside(code, disk=8 << 20, files=300, processes=16)
    assert size <= 8 and 200 < files <= 300
    assert 8 <= children <= 16 and threads == 0


@needs_sandbox
def test_memory_is_counted_over_all_processes_of_a_notebook(worker):
    code = (
        "import os, time\n"
        "for _ in range(6):\n"
        "    if os.fork() == 0:\n"
        "        held = b'x' * (60 << 20); time.sleep(60); os._exit(0)\n"
        "time.sleep(60)"
    )
    limits = Limits(cell_seconds=20, seconds=30, memory=200 << 20)
    done = worker.run([(0, code)], environment={}, answers=ANSWERS, limits=limits)
    assert (done.ended, done.reason) == ("died", "it took more memory than it may")


def test_the_command_shows_no_folder_of_solutions_whole(more):
    command = bubblewrap([more])
    shown = [command[n + 1] for n, word in enumerate(command) if word == "--ro-bind"]
    checkout = resources.curriculum().resolve()
    for name in (str(checkout), str(more), str(more / "20_harbour"), "/", "/etc"):
        assert name not in shown
    assert not any(
        name.endswith(("assignment.py", "assignment.ipynb")) for name in shown
    )
    assert "--unshare-net" in command and "--clearenv" in command


@needs_sandbox
def test_a_wall_that_does_not_hold_is_found_and_nothing_opens():
    with pytest.raises(SafelearnError, match="cannot be shut in") as caught:
        open_sandbox(outside=["/usr/bin/env"])
    assert "files" in caught.value.where and "--no-sandbox" in caught.value.remedy


def test_without_bubblewrap_it_is_said_and_nothing_opens(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(walls.platform, "system", lambda: "Linux")
    assert "bubblewrap" in missing()[0]
    with pytest.raises(SafelearnError, match="none is run"):
        open_sandbox()


def test_a_sandbox_that_was_begun_is_the_one_that_opens(monkeypatch, tmp_path):
    begun = []
    monkeypatch.setattr(walls, "_open", lambda *asked: begun.append(asked) or asked)
    walls.open_ahead([tmp_path], outside=["/a"])
    assert open_sandbox([tmp_path], outside=["/a"]) == ((tmp_path,), ("/a",))
    assert len(begun) == 1
    # It is taken once, and by nobody who asks for other walls.
    walls.open_ahead([tmp_path])
    assert open_sandbox([tmp_path], outside=["/a"]) == ((tmp_path,), ("/a",))
    assert open_sandbox([tmp_path]) == ((tmp_path,), ())
    assert len(begun) == 3


def test_what_fails_ahead_is_told_to_whoever_needs_the_sandbox(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    walls.open_ahead(outside=["/b"])
    with pytest.raises(SafelearnError, match="none is run"):
        open_sandbox(outside=["/b"])


def test_on_another_system_the_container_is_named(monkeypatch):
    monkeypatch.setattr(walls.platform, "system", lambda: "Windows")
    assert "WSL" in missing()[0]


def test_a_processor_without_numbers_is_refused(monkeypatch):
    monkeypatch.setattr(seccomp.platform, "machine", lambda: "riscv64")
    with pytest.raises(OSError, match="riscv64"):
        seccomp.refuse(None)


def test_where_python_stands_under_home_all_beside_it_is_still_secret(tmp_path):
    from safelearn.execution.sandbox.walls import _beside

    for folder in ("home/ana/course/.venv", "home/ana/letters", "home/ben"):
        (tmp_path / folder).mkdir(parents=True)
    home, shown = tmp_path / "home", tmp_path / "home/ana/course/.venv"
    assert set(_beside(home, [shown])) == {home / "ana/letters", home / "ben"}
    assert _beside(home, [tmp_path / "usr"]) == [home]
    assert _beside(shown, [shown]) == []
