"""What a hostile archive costs whoever unpacks it: CPU seconds and peak memory, each in a process of its own."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests import zips

MEMORY_MIB, SECONDS = 200, 2.0
UNPACKED = """
import sys, time
from pathlib import Path
from grading.hand_in.archive import unpack

start = time.process_time()
found = unpack(Path(sys.argv[1]))
spent = time.process_time() - start
peak = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) // 1024
print(sum(map(len, found.entries.values())), peak, spent, ",".join(one.code for one in found.troubles) or "taken")
"""


def report() -> None:
    """Prints a line for each archive."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.zip"
        for name, make in ARCHIVES.items():
            path.write_bytes(make())
            done = subprocess.run(
                [sys.executable, "-c", UNPACKED, path],
                capture_output=True,
                text=True,
                check=True,
                cwd=Path(__file__).parents[1],
            )
            unpacked, peak, spent, code = done.stdout.split()
            kept = int(peak) <= MEMORY_MIB and float(spent) <= SECONDS
            print(
                f"{name}: {path.stat().st_size:,} bytes → {int(unpacked):,}; {peak} MiB of {MEMORY_MIB}, "
                f"{float(spent):.2f} s CPU of {SECONDS:g}: {code}{'' if kept else '  TOO MUCH'}",
                flush=True,
            )


def _bzip2() -> bytes:
    return zips.plain({zips.DATA: bytes(2**30)}, 12)


def _many() -> bytes:
    return zips.made(*(zips.Entry(str(number).encode(), packed=b"\3\0") for number in range(50_000)))


def _largest() -> bytes:
    chance = random.Random(1)
    block = b"".join(chance.randbytes(60) + bytes(10_000) for _ in range(420))
    return zips.made(zips.Entry(b"0", block * 15), zips.Entry(b"1", block * 7))


ARCHIVES: dict[str, Callable[[], bytes]] = {
    "1 GiB of zeros": lambda: zips.made(zips.bomb(1024)),
    "1 GiB of zeros that says 60 MiB": lambda: zips.made(zips.lying_bomb(1024, 60 * 2**20)),
    "1 GiB of zeros by bzip2": _bzip2,
    "1,000 entries made from the same bytes": zips.overlapping,
    "50,000 entries": _many,
    "just below every cap": _largest,
}
