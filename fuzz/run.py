"""Fuzz one target for a while: ``python fuzz/run.py TARGET --seconds N``. README.md beside this file says more.

What breaks a contract is kept in ``fuzz/found``, the smallest of its kind (the error and where it was raised), and the run goes on. A
crash in C, or a time or memory beyond all bounds, ends it; the input is left there too.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
HERE = ROOT / "fuzz"
NAMES = ("numbers", "txt", "layout", "pack", "pdf")
LONGEST = {"numbers": 2000, "txt": 6000, "layout": 6000, "pack": 8000, "pdf": 60_000}
"""Bytes of an input, at most."""


def kind_of(error: BaseException) -> str:
    """The error, what it says where it is a contract's, and the innermost place in the project where it was raised."""
    frames = [
        f
        for f in traceback.extract_tb(error.__traceback__)
        if "reportparse" in f.filename and "fuzz" not in Path(f.filename).parts
    ]
    place = f"{Path(frames[-1].filename).stem}-{frames[-1].name}" if frames else str(error)
    return "".join(c if c.isalnum() else "-" for c in f"{type(error).__name__}-{place}")[:80]


class Run:
    """The target as the fuzzer calls it. It counts, keeps what is found and stops when the time is over."""

    def __init__(self, name: str, target: Callable[[bytes], None], seconds: float) -> None:
        self.name, self.target, self.seconds = name, target, seconds
        self.begin, self.done, self.found = time.monotonic(), 0, dict[str, int]()

    def __call__(self, data: bytes) -> None:
        if time.monotonic() - self.begin > self.seconds:
            self.end()
        self.done += 1
        try:
            self.target(data)
        except Exception as error:
            self.keep(data, kind_of(error), error)

    def keep(self, data: bytes, kind: str, error: Exception) -> None:
        if len(data) >= self.found.get(kind, sys.maxsize):
            return
        if kind not in self.found:
            traceback.print_exception(error, file=sys.stderr)
        self.found[kind] = len(data)
        (HERE / "found" / f"{self.name}-{kind}").write_bytes(data)

    def end(self) -> None:
        took = round(time.monotonic() - self.begin)
        print(
            f"{self.name}: {self.done} executions in {took} s, {len(self.found)} kinds of finds: {', '.join(self.found) or '-'}"
        )
        sys.stdout.flush()
        os._exit(1 if self.found else 0)


def main() -> None:
    asked = argparse.ArgumentParser(description="Fuzz one target for a while.")
    asked.add_argument("target", choices=NAMES)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--seed", type=int, default=0, help="of the fuzzer; 0: another each time")
    given = asked.parse_args()

    import atheris

    with atheris.instrument_imports(include=["reportparse"]):
        from fuzz.targets import TARGETS
    from fuzz import mutators
    from fuzz.seeds import seeds

    work = HERE / "work" / given.target
    work.mkdir(parents=True, exist_ok=True)
    (HERE / "found").mkdir(exist_ok=True)
    for seed in seeds(given.target):
        if len(seed) <= LONGEST[given.target]:
            (work / hashlib.sha256(seed).hexdigest()[:20]).write_bytes(seed)

    ways = {"pdf": mutators.of_pdf, "pack": mutators.of_pack}

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        rng = random.Random(seed)
        if given.target in ways:
            return ways[given.target](data, most, rng, atheris.Mutate)
        return mutators.of_text(data, most, rng, atheris.Mutate, recode=given.target == "txt")

    TARGETS[given.target]("一、收入12万元".encode())  # what is loaded once is not of the first input's time
    options = [
        f"-max_len={LONGEST[given.target]}",
        "-timeout=120",
        "-rss_limit_mb=3000",
        f"-artifact_prefix={HERE}/found/{given.target}-",
        f"-seed={given.seed}",
    ]
    atheris.Setup(
        [sys.argv[0], *options, str(work)],
        Run(given.target, TARGETS[given.target], given.seconds),
        custom_mutator=mutate,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
