"""Start JupyterLab on a folder, with settings of its own, and stay with it until it is closed.

The user's own Jupyter settings, kernels and workspaces are neither read nor written: what works on one machine
works on the next, no prompt about news covers the first lesson, and no other environment's "Python 3" that
knows nothing of safelearn is taken for ours. Nothing is fetched from the network.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from safelearn.errors import SafelearnError
from safelearn.language import t

#: Files of its own settings, by their place in the private folder.
_SETTINGS = {
    "settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
    # What only an instructor uses would fill the screen, and complain of a course that is not there.
    "config/labconfig/page_config.json": {
        "disabledExtensions": {
            "@jupyter/nbgrader:assignment-list": True,
            "@jupyter/nbgrader:course-list": True,
            "@jupyter/nbgrader:create-assignment": True,
            "@jupyter/nbgrader:formgrader": True,
            "@jupyter/nbgrader:menu": True,
        }
    },
}


class Lab:
    """A running JupyterLab.

    Parameters
    ----------
    folder : Path
        What it shows.
    private : Path
        Where its own settings lie.
    first : str
        The file that opens first, relative to `folder`, or "".
    environment : dict
        Variables that the notebooks see, besides those of this process.
    browser : bool
        Whether to open the user's browser.
    """

    def __init__(
        self,
        folder: Path,
        private: Path,
        *,
        first: str = "",
        environment: dict[str, str] | None = None,
        browser: bool = True,
    ) -> None:
        self.folder, self.first = Path(folder).resolve(), first
        # A folder for each run: in a Windows environment the server is not the process we start, so
        # its file cannot be found by that process's number.
        self._runtime = private / "runtime" / str(os.getpid())
        shutil.rmtree(self._runtime, ignore_errors=True)
        self._said = private / "lab.log"
        _write_settings(private)
        own = {
            "JUPYTER_CONFIG_DIR": private / "config",
            "JUPYTER_DATA_DIR": private / "data",
            "JUPYTER_RUNTIME_DIR": self._runtime,
            "JUPYTERLAB_SETTINGS_DIR": private / "settings",
            "JUPYTERLAB_WORKSPACES_DIR": private / "workspaces",
        }
        environment = {
            **os.environ,
            **{name: str(path) for name, path in own.items()},
            # So that a notebook can link to a file beside it.
            "SAFELEARN_LAB_ROOT": str(self.folder),
            **(environment or {}),
        }
        command = [
            *(sys.executable, "-m", "jupyterlab"),
            f"--ServerApp.root_dir={self.folder}",
            f"--LabApp.default_url=/lab/tree/{first}"
            if first
            else "--LabApp.default_url=/lab",
            "--LabApp.news_url=",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            "--ServerApp.answer_yes=True",
            "--LabApp.extension_manager=readonly",
        ]
        if not browser:
            command.append("--no-browser")
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--allow-root")
        # Its log goes into a file: it holds nothing that a trainee can act on, but the token.
        self._said.touch(mode=0o600)
        with self._said.open("wb") as log:
            self._process = subprocess.Popen(
                command, env=environment, stdout=log, stderr=subprocess.STDOUT
            )

    def address(self, seconds: float = 90) -> str:
        """Wait until it answers, and give its address, with the token in it.

        Raises
        ------
        SafelearnError
            If it ends, or does not answer in time.
        """
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            try:
                (info,) = self._runtime.glob("jpserver-*.json")
                found = json.loads(info.read_text(encoding="utf-8"))
                path = f"lab/tree/{self.first}" if self.first else "lab"
                return f"{found['url']}{path}?token={found['token']}"
            except (OSError, ValueError):
                time.sleep(0.2)
        self.close()
        raise SafelearnError(
            t("JupyterLab did not start."),
            where=str(self.folder),
            remedy=t("Look into {file}, and run `safelearn doctor`.", file=self._said),
        )

    def wait(self) -> int:
        """Stay until it is closed, from its menu or with Ctrl-C; gives its exit status."""
        try:
            self._process.wait()
        except KeyboardInterrupt:
            # Ctrl-C has reached JupyterLab too; it closes its kernels first.
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=10)
        return self.close()

    def close(self) -> int:
        """Close it and its kernels."""
        try:
            self._process.terminate()
            return self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()
        finally:
            shutil.rmtree(self._runtime, ignore_errors=True)


def _write_settings(private: Path) -> None:
    for name, values in _SETTINGS.items():
        path = private / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file():
            path.write_text(json.dumps(values), encoding="utf-8", newline="\n")
