"""Many cities side by side: one that fails stops no other, and one for which nothing has changed is not made again.

Folders and options go in, one outcome for each city comes out, in the order in which they were given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safelearn.errors import SafelearnError
from safelearn.execution.pool import executor
from safelearn.language import current, t, use
from safelearn.reports.diagnose import Diagnosis, diagnose


@dataclass(frozen=True)
class Outcome:
    """What became of one city: its diagnosis, or why there is none."""

    city: Path
    diagnosis: Diagnosis | None = None
    error: SafelearnError | None = None


def diagnose_many(
    targets: Mapping[Path, Path | None],
    options: Mapping[str, Any],
    *,
    jobs: int = 0,
    cluster: str = "",
    on_city: Callable[[int, int, str], None] | None = None,
) -> list[Outcome]:
    """Diagnose several cities.

    Parameters
    ----------
    targets : mapping of Path to Path or None
        By city, the folder of its report; None for the usual one.
    options : mapping
        As `diagnose` takes them.
    jobs : int
        How many at once; 0 for as many as there are processors.
    cluster : str
        Address of a Dask cluster whose workers do it instead; they see the same folders.
    on_city : callable, optional
        Called as ``on_city(done, total, name)``, at once and after each city.

    Raises
    ------
    SafelearnError
        If the cluster cannot be reached.
    """
    outcomes: dict[Path, Outcome] = {}
    if on_city:
        on_city(0, len(targets), "")
    with executor(jobs, cluster) as pool:
        running = {
            pool.submit(
                _diagnose,
                city.resolve(),
                # Workers may stand in another folder than whoever asks.
                target.resolve() if target else Path.cwd() / _usual(city, options),
                dict(options),
                current(),
            ): city
            for city, target in targets.items()
        }
        for job in as_completed(running):
            city = running[job]
            try:
                outcomes[city] = Outcome(city, job.result())
            except SafelearnError as error:
                outcomes[city] = Outcome(city, error=error)
            except Exception as error:
                # Whatever it was, it was this city's: the others go on.
                outcomes[city] = Outcome(city, error=_unexpected(city, error))
            if on_city:
                on_city(len(outcomes), len(targets), city.resolve().name)
    return [outcomes[city] for city in targets]


def _diagnose(
    city: Path, target: Path, options: dict[str, Any], language: str
) -> Diagnosis:
    with use(language):
        return diagnose(city, target, **options)


def _usual(city: Path, options: Mapping[str, Any]) -> str:
    return f"{city.resolve().name}-{options['template']}"


def _unexpected(city: Path, error: Exception) -> SafelearnError:
    return SafelearnError(
        t("{city} could not be diagnosed.", city=city.resolve().name),
        where=f"{type(error).__name__}: {error}",
        remedy=t("Diagnose it alone, with --debug, to see where it stopped."),
    )
