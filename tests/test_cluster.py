"""A Dask cluster as the engine of a batch: the same output as on one machine, and a document costs itself alone."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from conftest import DEV
from reportparse import batch
from reportparse.batch import Settings, run
from reportparse.batch.workers import Job, Limits, parsed
from reportparse.errors import BatchError

dask = pytest.importorskip("dask")
distributed = pytest.importorskip("distributed")
from reportparse.batch.cluster import Cluster  # noqa: E402

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="POSIX only"),
    pytest.mark.filterwarnings("ignore"),  # the cluster warns of ports and of workers that are killed here on purpose
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two worker processes, each replaced by its nanny when it dies, as on a real cluster."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=60
    ) as made:
        yield made


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    texts = [path.read_bytes() for path in DEV[:4]]
    for k in range(80):
        (folder / f"{k:02}.txt").write_bytes(texts[k % 4] + f"\n{k}\n".encode())
    (folder / "empty.txt").write_bytes(b"")
    return folder


def cursed(job: Job, options: Mapping[str, Any]) -> tuple[bytes, dict[str, Any]]:
    """What documents can do."""
    if job.name == "13.txt":
        os.kill(os.getpid(), signal.SIGSEGV)
    if job.name == "14.txt":
        import time

        time.sleep(600)
    return parsed(job, options)


def test_a_cluster_gives_what_one_machine_gives(cluster: Any, archive: Path, tmp_path: Path) -> None:
    here, there = (Settings([str(archive)], str(tmp_path / name), workers=2) for name in ("here", "there"))
    summary = run(here)
    with Cluster(cluster.scheduler_address, there.options, Limits(60, 2000)) as engine:
        assert run(there, engine=engine)._replace(slowest=[]) == summary._replace(slowest=[])
        assert run(there, engine=engine).new == 0
    for name in ("reports.jsonl", "files.csv"):
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()


def test_a_worker_that_is_killed_in_the_middle_loses_nothing(cluster: Any, archive: Path, tmp_path: Path) -> None:
    here, there = (Settings([str(archive)], str(tmp_path / name), workers=2) for name in ("here", "there"))
    run(here)
    killed: list[int] = []

    def kill(now: batch.Progress) -> None:
        if now.total and now.done > 5 and not killed:
            pid = next(iter(engine.client.run(os.getpid).values()))
            killed.append(pid)
            os.kill(pid, signal.SIGKILL)

    with Cluster(cluster.scheduler_address, there.options, Limits(60, 2000)) as engine:
        summary = run(there, kill, engine=engine)
    assert killed
    assert (summary.parsed, summary.failed, summary.waiting) == (80, 1, 0)
    assert (tmp_path / "there" / "reports.jsonl").read_bytes() == (tmp_path / "here" / "reports.jsonl").read_bytes()


def test_a_document_that_crashes_or_hangs_costs_itself_alone(cluster: Any, archive: Path, tmp_path: Path) -> None:
    told = Settings([str(archive)], str(tmp_path / "out"), retries=0)
    with Cluster(cluster.scheduler_address, told.options, Limits(5, 2000), cursed) as engine:
        summary = run(told, engine=engine)
    assert (summary.parsed, summary.failures) == (
        78, {"RP-BATCH-010": 1, "RP-BATCH-011": 1, "RP-READ-004": 1},
    )  # fmt: skip


def test_a_cluster_of_another_version_is_refused(cluster: Any, archive: Path, tmp_path: Path) -> None:
    told = Settings([str(archive)], str(tmp_path / "out"))
    with Cluster(cluster.scheduler_address, told.options, Limits(60, 2000)) as engine:
        engine.told = type(engine.told)(engine.told.options, engine.told.limits, "another", engine.told.read)
        with pytest.raises(BatchError, match="RP-BATCH-008"):
            run(told, engine=engine)
    assert batch.status(str(tmp_path / "out")).waiting == 81  # to be gone on with


def test_a_cluster_that_is_not_there_is_told() -> None:
    quick = dask.config.set({"distributed.comm.timeouts.connect": "200ms"})
    with quick, pytest.raises(BatchError, match="RP-BATCH-008"):
        Cluster("tcp://127.0.0.1:9", {}, Limits(60, 2000))
