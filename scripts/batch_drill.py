"""Break a batch in every way that a machine, a disk and a document can, and hold what comes out to a clean run.

    python scripts/batch_drill.py --texts 400 --pdfs 20 --kills 50

Killed with SIGKILL at random moments; on a disk that is full; over an output that may not be written; with documents that
crash their worker, loop for ever or allocate without end; with files that change or vanish during the run. After each the run
is gone on with, and its lines and table must be those of one clean run, byte for byte. Ends with 1 if anything differs.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from make_archive import LIMIT, archive

from reportparse import __version__
from reportparse.batch import Limits, Settings, run
from reportparse.batch.workers import Job, Workers, parsed

_SECONDS, _MEGABYTES = 6, 700


class Drill:
    """An archive, the output of one clean run over it, and what went wrong."""

    def __init__(self, folder: Path, texts: int, pdfs: int) -> None:
        self.folder = folder
        self.archive = folder / "archive"
        self.fates = archive(self.archive, 11, texts, pdfs, 20)
        self.faults: list[str] = []
        began = time.monotonic()
        self.clean = self.output("clean")
        self.command(self.clean).check_returncode_in(0, 4)
        self.seconds = time.monotonic() - began

    def output(self, name: str) -> Path:
        return self.folder / name

    def arguments(self, output: Path, *more: str) -> list[str]:
        paths = [str(self.archive), "-o", str(output)]
        return [
            sys.executable,
            "-m",
            "reportparse",
            "batch",
            *paths,
            "--max-bytes",
            str(LIMIT),
            "--workers",
            "2",
            *more,
        ]

    def command(self, output: Path, *more: str, **options: Any) -> Ended:
        done = subprocess.run(self.arguments(output, "-q", *more), capture_output=True, env=environment(), **options)
        return Ended(done.returncode, done.stderr.decode(errors="replace"))

    def settings(self, output: Path, **more: Any) -> Settings:
        # As the command says it: what is done by another version or with other options is done again.
        reading = {"encoding": None, "max_bytes": LIMIT, "pdf_engine": "pdfium"}
        return Settings([str(self.archive)], str(output), 2, reading=reading, version=__version__, **more)

    def compare(self, what: str, output: Path) -> None:
        """Hold an output to that of the clean run."""
        wrong = [
            name for name in ("reports.jsonl", "files.csv") if (output / name).read_bytes() != (self.clean / name).read_bytes()
        ]  # fmt: skip
        ours, theirs = (json.loads((one / "summary.json").read_text(encoding="utf-8")) for one in (output, self.clean))
        for summary in (ours, theirs):
            del summary["slowest"], summary["new"], summary["gone"]
        wrong += ["summary.json"] if ours != theirs else []
        self.say(what, not wrong, f"differs in {', '.join(wrong)}" if wrong else "the same as one clean run")

    def say(self, what: str, is_right: bool, said: str) -> None:
        print(f"{'ok  ' if is_right else 'FAIL'} {what}: {said}", flush=True)
        if not is_right:
            self.faults.append(what)


class Ended:
    """How a command ended."""

    def __init__(self, code: int, said: str) -> None:
        self.code = code
        self.said = said

    def check_returncode_in(self, *codes: int) -> None:
        if self.code not in codes:
            raise SystemExit(f"ended with {self.code}: {self.said}")

    def is_told(self, code: str) -> bool:
        """Whether it ended with wrong usage, its reason and no traceback."""
        return self.code == 2 and code in self.said and "Traceback" not in self.said


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent / "src"), "LC_ALL": "C.UTF-8"}


def accounted(drill: Drill) -> None:
    """Every input once, with the fate that it was made for."""
    import csv

    with (drill.clean / "files.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["file"], row["code"] or row["state"]) for row in csv.DictReader(file)]
    wrong = [f"{name}: {got}, not {drill.fates.get(name)}" for name, got in rows if drill.fates.get(name) != got]
    right = len(rows) == len(dict(rows)) == len(drill.fates) and not wrong
    drill.say(
        "accounted for", right, f"{len(rows)} of {len(drill.fates)} inputs; {'; '.join(wrong[:5]) or 'all as made'}"
    )


def killed(drill: Drill, times: int) -> None:
    """SIGKILL to the run and its workers at random moments."""
    chance, output, rounds, reached = Random(3), drill.output("killed"), 0, 0
    for _ in range(times):
        process = subprocess.Popen(drill.arguments(output, "-q"), env=environment(), start_new_session=True)
        time.sleep(chance.uniform(0.05, min(3.0, max(1.2, drill.seconds / 3))))
        reached += process.poll() is None
        with suppress(ProcessLookupError):  # it came to its end by itself
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if (output / "summary.json").exists():  # it came to its end: from the beginning
            drill.command(output)
            drill.compare(f"killed, round {rounds}", output)
            shutil.rmtree(output)
            rounds += 1
    drill.command(output).check_returncode_in(0, 4)
    drill.compare(f"killed {times} times, {reached} of them while it ran", output)


def full_disk(drill: Drill) -> None:
    """No file may grow beyond half of what the lines need, as on a disk that is full."""
    output, half = drill.output("full"), (drill.clean / "reports.jsonl").stat().st_size // 2

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (half, half))

    ended = drill.command(output, preexec_fn=limited)
    drill.say("full disk is told", ended.is_told("RP-BATCH-002"), f"{ended.code} {ended.said.strip()[:200]}")
    drill.command(output).check_returncode_in(0, 4)
    drill.compare("after a full disk", output)


def read_only(drill: Drill) -> None:
    """An output folder that may not be written: root may write any, but no folder can be made under /proc."""
    if os.getuid() == 0:
        output = Path("/proc/reportparse")
    else:
        output = drill.output("locked")
        output.mkdir()
        output.chmod(0o555)
    ended = drill.command(output)
    drill.say("read-only output is told", ended.is_told("RP-BATCH-002"), f"{ended.code} {ended.said.strip()[:200]}")
    if os.getuid() != 0:
        output.chmod(0o755)
        drill.command(output).check_returncode_in(0, 4)
        drill.compare("after a read-only output", output)


def poisoned(job: Job, options: Mapping[str, Any]) -> tuple[bytes, dict[str, Any]]:
    """What documents can do to their worker: chosen by their hash, so that each does it whenever it is read."""
    match int(job.sha256[:4], 16) % 97:
        case 1:
            os.kill(os.getpid(), signal.SIGSEGV)
        case 2 if int(job.sha256[4:6], 16) < 64:  # each costs the seconds of its limit
            while True:
                pass
        case 3:
            held = []
            try:
                while True:
                    held.append(bytearray(50_000_000))
            except MemoryError:
                held.clear()
                return b"", {"code": "RP-BATCH-012", "reason": "memory"}
        case _:
            pass
    return parsed(job, options)


def vanishing(job: Job, options: Mapping[str, Any]) -> tuple[bytes, dict[str, Any]]:
    """Files that change or go away between being listed and being read."""
    if job.inside is None:
        path = Path(job.path)
        match int(job.sha256[:4], 16) % 31:
            case 1:
                path.rename(f"{path}.gone")
            case 2:
                shutil.copy(path, f"{path}.was")
                path.write_bytes(path.read_bytes() + b"\n")
            case _:
                pass
    return parsed(job, options)


def restore(folder: Path) -> int:
    """Put back what :func:`vanishing` took and changed."""
    touched = [path for ending in ("gone", "was") for path in folder.rglob(f"*.{ending}")]
    for path in touched:
        path.replace(path.with_suffix(""))
    return len(touched)


Reader = Callable[[Job, Mapping[str, Any]], tuple[bytes, dict[str, Any]]]


def with_engine(drill: Drill, name: str, read: Reader) -> Path:
    output = drill.output(name)
    settings = drill.settings(output, retries=0)
    with Workers(2, settings.options, Limits(_SECONDS, _MEGABYTES), read) as engine:
        summary = run(settings, engine=engine)
    told = {
        code: count for code, count in summary.failures.items() if code.startswith("RP-BATCH") or code == "RP-READ-001"
    }
    right = summary.inputs == len(drill.fates) and summary.waiting == 0 and bool(told)
    drill.say(f"{name}: every input accounted for", right, f"{summary.parsed} parsed, {told}")
    return output


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=400)
    parser.add_argument("--pdfs", type=int, default=20)
    parser.add_argument("--kills", type=int, default=50)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reportparse-drill-") as folder:
        drill = Drill(Path(folder), options.texts, options.pdfs)
        print(f"{len(drill.fates)} inputs; a clean run takes {drill.seconds:.1f} s")
        accounted(drill)
        killed(drill, options.kills)
        full_disk(drill)
        read_only(drill)
        output = with_engine(drill, "poisoned", poisoned)
        drill.command(output, "--retry-failed").check_returncode_in(0, 4)
        drill.compare("after crashes, loops and hunger", output)
        output = with_engine(drill, "vanishing", vanishing)
        touched = restore(drill.archive)
        drill.command(output).check_returncode_in(0, 4)
        drill.compare(f"after {touched} files changed or vanished", output)
        print("all held" if not drill.faults else f"failed: {', '.join(drill.faults)}")
    return int(bool(drill.faults))


if __name__ == "__main__":
    sys.exit(main())
