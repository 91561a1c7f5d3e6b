"""Jobs run side by side in processes; one that dies costs only itself."""

from __future__ import annotations

import os

import pytest

from safelearn.errors import SafelearnError
from safelearn.execution.pool import executor


def test_jobs_run_in_processes_of_their_own():
    with executor(2) as pool:
        found = {pool.submit(os.getpid).result() for _ in range(4)}
    assert os.getpid() not in found


def test_a_process_that_dies_fails_its_own_job_and_is_replaced():
    with executor(1) as pool:
        before, dies, after = (
            pool.submit(abs, -1),
            pool.submit(os._exit, 3),
            pool.submit(abs, -2),
        )
        assert (before.result(), after.result()) == (1, 2)
        with pytest.raises(SafelearnError, match="ended before it had finished"):
            dies.result()


def test_an_error_of_a_job_comes_back_as_it_is():
    with executor(1) as pool, pytest.raises(ZeroDivisionError):
        pool.submit(divmod, 1, 0).result()


@pytest.mark.needs("python:distributed")
def test_the_workers_of_a_cluster_do_the_same():
    from distributed import LocalCluster

    with (
        LocalCluster(2, threads_per_worker=1, dashboard_address=None) as cluster,
        executor(cluster=cluster.scheduler_address) as pool,
    ):
        assert [pool.submit(divmod, n, 2).result() for n in (4, 5)] == [(2, 0), (2, 1)]


@pytest.mark.needs("python:distributed")
def test_a_cluster_that_does_not_answer_is_said_so(monkeypatch):
    from safelearn.execution import pool

    monkeypatch.setattr(pool, "_PATIENCE", 1)
    with (
        pytest.raises(SafelearnError, match="No cluster answers at tcp"),
        executor(cluster="tcp://127.0.0.1:9"),
    ):
        pass
