"""The folder of a hub: what it says, whom it lets in, and what of it is the administrator's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from safelearn.course.classroom.hub import account, write_hub
from safelearn.course.classroom.hub_checks import lacks, reachable
from safelearn.errors import SafelearnError

pytestmark = pytest.mark.needs("useradd")


@pytest.fixture
def course(tmp_path):
    return a_course(tmp_path / "our-course", "ana", "ben")


def a_course(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    config = (
        "# safelearn\nc = get_config()\nc.CourseDirectory.course_id = 'Our Course'\n"
    )
    (folder / "nbgrader_config.py").write_text(config, encoding="utf-8")
    people = [{"id": name} for name in names]
    roster = {"zone": "UTC", "people": people, "pairs": [], "deadlines": {}}
    (folder / "roster.json").write_text(json.dumps(roster), encoding="utf-8")
    return folder


def made(course: Path, folder: Path, **chosen):
    exchange = course.parent / "exchange"
    return write_hub(course, folder, exchange=str(exchange), **chosen)


def test_the_hub_listens_to_this_machine_alone_and_nobody_administers_it(
    course, tmp_path
):
    from traitlets.config import PyFileConfigLoader

    hub = made(course, tmp_path / "hub", instructor="maria", port=8100)
    c = PyFileConfigLoader("jupyterhub_config.py", path=str(hub.folder)).load_config()
    assert c.JupyterHub.bind_url == "http://127.0.0.1:8100"
    assert c.ConfigurableHTTPProxy.api_url == "http://127.0.0.1:8102"
    assert c.Authenticator.allowed_users == {"maria"}
    assert c.LocalAuthenticator.allowed_groups == {"hub-our-course"}
    assert c.Authenticator.admin_users == set()
    assert "allow_all" not in c.Authenticator
    assert oct((hub.folder / "private").stat().st_mode & 0o777) == "0o700"


def test_only_the_instructors_server_gets_the_course_and_formgrader(course, tmp_path):
    from types import SimpleNamespace

    from traitlets.config import PyFileConfigLoader

    hub = made(course, tmp_path / "hub", instructor="maria", python="/opt/x/bin/python")
    loader = PyFileConfigLoader("jupyterhub_config.py", path=str(hub.folder))
    room = loader.load_config().Spawner.pre_spawn_hook
    servers = {}
    for who in ("maria", "ana"):
        spawner = SimpleNamespace(user=SimpleNamespace(name=who), notebook_dir="")
        room(spawner)
        servers[who] = spawner
    assert servers["maria"].notebook_dir == str(course)
    assert servers["ana"].notebook_dir == ""
    assert "/opt/x/bin/python" in servers["ana"].cmd and "prlimit" in servers["ana"].cmd
    own = Path(servers["ana"].environment["JUPYTER_CONFIG_PATH"])
    server = json.loads((own / "jupyter_server_config.json").read_text("utf-8"))
    assert not server["ServerApp"]["jpserver_extensions"][
        "nbgrader.server_extensions.formgrader"
    ]
    assert str(course) not in "".join(
        p.read_text("utf-8") for p in own.rglob("*.*") if p.is_file()
    )


def test_a_second_time_nothing_is_written_and_a_new_trainee_is_listed(course, tmp_path):
    first = made(course, tmp_path / "hub")
    assert "class.txt" in first.written
    assert made(course, tmp_path / "hub").written == ()
    a_course(course, "ana", "ben", "eva")
    assert made(course, tmp_path / "hub").written == ("class.txt",)
    assert (tmp_path / "hub" / "class.txt").read_text("utf-8").split() == [
        "ana",
        "ben",
        "eva",
    ]


def test_the_instructor_has_a_door_that_no_page_of_a_trainees_comes_through(
    course, tmp_path
):
    hub = made(course, tmp_path / "hub", instructor="maria", host="class.example")
    text = (hub.folder / "Caddyfile").read_text("utf-8")
    head, klass, door = text.split("https://")[0], *text.split("\nhttps://")[1:]
    assert "admin off" in head
    assert klass.startswith("class.example") and door.startswith("teach.class.example")
    assert "path /user/maria/*" in klass and "not path /user/maria/*" in door
    assert "<" not in text


def test_what_was_chosen_once_stays_chosen(course, tmp_path):
    made(course, tmp_path / "hub", host="class.town.example", port=8200)
    again = made(course, tmp_path / "hub")
    assert (again.settings.host, again.settings.port) == ("class.town.example", 8200)
    assert "class.town.example" in (tmp_path / "hub" / "Caddyfile").read_text("utf-8")


def test_a_number_in_the_settings_may_be_changed_by_hand_and_a_slip_is_named(
    course, tmp_path
):
    settings = made(course, tmp_path / "hub").folder / "settings.json"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace('"memory_gb": 4', '"memory_gb": 8'), "utf-8")
    again = made(course, tmp_path / "hub")
    assert again.settings.memory_gb == 8 and again.kept == ()
    settings.write_text(text.replace('"memory_gb"', '"memory_bg"'), "utf-8")
    with pytest.raises(SafelearnError, match="memory_bg"):
        made(course, tmp_path / "hub")


def test_what_the_administrator_changed_stays_and_ours_is_put_beside_it(
    course, tmp_path
):
    hub = made(course, tmp_path / "hub").folder
    own = "c = get_config()\nc.Spawner.mem_limit = '1G'\n"
    (hub / "own_settings.py").write_text(own, encoding="utf-8")
    (hub / "accounts.sh").write_text("#!/bin/sh\n# our own way\n", encoding="utf-8")
    again = made(course, hub)
    assert again.kept == ("accounts.sh",) and again.written == ()
    assert "our own way" in (hub / "accounts.sh").read_text("utf-8")
    assert "useradd" in (hub / "accounts.sh.new").read_text("utf-8")
    assert (hub / "own_settings.py").read_text("utf-8") == own
    (hub / "accounts.sh").write_text(
        (hub / "accounts.sh.new").read_text("utf-8"), encoding="utf-8"
    )
    assert made(course, hub).kept == ()
    assert not (hub / "accounts.sh.new").exists()


def test_a_folder_of_something_else_is_left_alone(course, tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "beach.jpg").write_bytes(b"x")
    with pytest.raises(SafelearnError, match="something else"):
        made(course, tmp_path / "photos")
    made(course, tmp_path / "hub")
    with pytest.raises(SafelearnError, match="another course"):
        made(a_course(tmp_path / "other"), tmp_path / "hub")


@pytest.mark.parametrize("name", ["root", "daemon", "nobody"])
def test_no_account_of_the_system_teaches(course, tmp_path, name):
    with pytest.raises(SafelearnError, match="system itself"):
        made(course, tmp_path / "hub", instructor=name)


@pytest.mark.parametrize("name", ["ana", "ana.paz", "a-b_c", "trainee01"])
def test_an_id_that_can_name_an_account(name):
    assert account(name)


@pytest.mark.parametrize(
    "name", ["Ana", "ana@town.example", "7ana", "-ana", "a" * 33, "a+b", ""]
)
def test_an_id_that_cannot_name_an_account(name):
    assert not account(name)


def test_what_is_missing_is_said_with_its_remedy(tmp_path):
    course = a_course(tmp_path / "c", "ana@town.example", "daemon", "nobody-knows-me")
    hub = made(
        course,
        tmp_path / "hub",
        python=str(tmp_path / "none" / "python"),
        instructor="nobody-either",
    )
    assert hub.class_list == ("daemon", "nobody-knows-me")
    said = {one.what: one.remedy for one in lacks(hub)}
    assert all(said.values())
    for words in ("no Python at", "ana@town.example", "of the system itself: daemon",
                  "no account yet: nobody-knows-me", "no person's account"):  # fmt: skip
        assert any(words in what for what in said), words


def test_a_folder_is_reachable_if_all_above_it_can_be_entered(tmp_path):
    inner = tmp_path / "home" / "course"
    inner.mkdir(parents=True)
    (tmp_path / "home").chmod(0o700)
    assert not reachable(inner / "gradebook.db")
    assert reachable(Path("/usr/bin/env"))


def test_the_page_names_the_folders_of_this_hub(course, tmp_path):
    text = (made(course, tmp_path / "hub").folder / "README.md").read_text("utf-8")
    assert f"sh {tmp_path / 'hub'}/accounts.sh" in text
    assert f"safelearn course roster add {course} eva" in text
