"""A classroom on JupyterHub. Written by safelearn from settings.json; your own settings go into own_settings.py.

Every trainee has an account of the system, and their notebooks run as that account: what keeps trainees from each
other's work and from the gradebook is the system itself. Passwords are the accounts' own.
"""

import json
from pathlib import Path

HERE = Path(__file__).resolve().parent
SETTINGS = json.loads((HERE / "settings.json").read_text(encoding="utf-8"))
PRIVATE = HERE / "private"

c = get_config()  # noqa: F821

# Only this machine can reach it; Caddy (see Caddyfile) stands before it and encrypts what crosses the network.
c.JupyterHub.bind_url = f"http://127.0.0.1:{SETTINGS['port']}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{SETTINGS['port'] + 1}"
c.JupyterHub.db_url = f"sqlite:///{PRIVATE / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(PRIVATE / "cookie_secret")
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{SETTINGS['port'] + 2}"
c.ConfigurableHTTPProxy.pid_file = str(PRIVATE / "proxy.pid")
c.ConfigurableHTTPProxy.command = [
    SETTINGS["python"],
    "-c",
    "import sys; from configurable_http_proxy.cli import main; sys.exit(main())",
    # In milliseconds; left to itself it gives up after 20 s, and grading a notebook may take 300.
    "--proxy-timeout=1200000",
]
# A restart of the hub leaves everybody's notebooks running.
c.JupyterHub.cleanup_servers = False

# Who may log in: the group that accounts.sh keeps, and the instructor. Nobody administers the hub from a browser.
c.JupyterHub.authenticator_class = "pam"
c.Authenticator.allowed_users = {SETTINGS["instructor"]} - {""}
c.LocalAuthenticator.allowed_groups = {SETTINGS["group"]}
c.Authenticator.admin_users = set()

c.JupyterHub.spawner_class = "localprocess"
c.Spawner.default_url = "/lab"
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 120
c.JupyterHub.concurrent_spawn_limit = 8

LIMITS = [
    "prlimit",
    f"--data={SETTINGS['memory_gb'] * 2**30}",  # of each process
    "--nproc=400",
    "--core=0",
    "--",
]


def room(spawner):
    """Give each server its settings: the instructor's has formgrader and the course, a trainee's has neither."""
    teaches = spawner.user.name == SETTINGS["instructor"]
    python = SETTINGS["instructor_python"] if teaches else SETTINGS["python"]
    if teaches:
        spawner.cmd = [python, "-m", "jupyterhub.singleuser"]
    else:
        # With the lessons in the trainee's home.
        spawner.cmd = [*LIMITS, python, "-m", "safelearn.course.classroom.desk"]
    folder = HERE / ("instructor" if teaches else "trainee")
    spawner.environment = {
        "JUPYTER_CONFIG_PATH": str(folder),
        "PATH": f"{Path(python).parent}:/usr/local/bin:/usr/bin:/bin",
        **SETTINGS["environment"],
    }
    if teaches:
        spawner.notebook_dir = SETTINGS["course"]


c.Spawner.pre_spawn_hook = room
# What the administrator's own session has set does not reach anybody's notebooks.
c.Spawner.env_keep = ["LANG", "LC_ALL", "TZ"]

# Servers that nobody has used for an hour are closed; saved work stays.
c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [
            SETTINGS["python"],
            "-m",
            "jupyterhub_idle_culler",
            f"--timeout={SETTINGS['idle_minutes'] * 60}",
        ],
    }
]
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "services": ["idle-culler"],
        "scopes": [
            "list:users",
            "read:users:activity",
            "read:servers",
            "delete:servers",
        ],
    }
]

load_subconfig("own_settings.py", path=str(HERE))  # noqa: F821
