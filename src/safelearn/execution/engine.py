"""The papermill engine named ``safelearn``: a notebook runs in a fork of a process that has imported the library.

``papermill --engine safelearn`` takes it, and so does every diagnosis. Tables and outputs are those of a kernel; where
no fork is to be had, or a notebook needs somebody who answers (a widget), it runs in a kernel from its first cell.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from safelearn.execution.fork import Fork, NeedsKernel
from safelearn.execution.kernel import kernel_manager, last_line

#: Names of kernels that are this Python.
_OURS = ("python3", "python")


class WarmEngine:
    """What papermill asks of an engine.

    papermill loads this module while it is itself imported; therefore its own engine is imported later.
    """

    @staticmethod
    def execute_notebook(nb: Any, kernel_name: str, **options: Any) -> Any:
        """Run the cells of `nb`; `options` are papermill's own and nbclient's.

        Raises
        ------
        DeadKernelError
            If Python ended before the last cell; with what it said.
        """
        from papermill.engines import NBClientEngine

        engine = _on_a_fork() if kernel_name in _OURS else NBClientEngine
        return engine.execute_notebook(nb, kernel_name, **options)

    @staticmethod
    def nb_kernel_name(nb: Any, name: str | None = None) -> str:
        from papermill.utils import nb_kernel_name

        return nb_kernel_name(nb, name)

    @staticmethod
    def nb_language(nb: Any, language: str | None = None) -> str:
        from papermill.utils import nb_language

        return nb_language(nb, language)


def _on_a_fork() -> type:
    from nbclient.exceptions import DeadKernelError
    from papermill.engines import NBClientEngine

    class OnAFork(NBClientEngine):
        @classmethod
        def execute_managed_notebook(
            cls, nb_man: Any, kernel_name: str, **options: Any
        ) -> None:
            run = super().execute_managed_notebook
            about = options.get("resources", {}).get("metadata", {})
            with kernel_manager() as (manager, said):
                try:
                    try:
                        cwd = about.get("path") or Path.cwd()
                        with Fork(said.parent, cwd) as fork:
                            run(nb_man, kernel_name, km=fork, **options)
                    except NeedsKernel:
                        nb_man.notebook_start()
                        options |= {"kernel_manager_class": manager}
                        run(nb_man, kernel_name, **options)
                except DeadKernelError as error:
                    raise DeadKernelError(last_line(said)) from error

    return OnAFork
