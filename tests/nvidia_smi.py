"""An `nvidia-smi` on PATH that prints what the real one prints for a card: the interface by which a GPU is found."""

import os
from pathlib import Path

T4 = "0, GPU-5c9f4a3e-1d0b-9a52-6d13-0d6a6b7c5f10, Tesla T4, 15360, 14923, 7.5"
H100 = "0, GPU-8a1c2f77-93d4-4b0e-a5ab-3f0f7ad1c2e4, NVIDIA H100 80GB HBM3, 81559, 81004, 9.0"
HELD = "0, GPU-5c9f4a3e-1d0b-9a52-6d13-0d6a6b7c5f10, Tesla T4, 15360, 2210, 7.5"
HOLDER = "GPU-5c9f4a3e-1d0b-9a52-6d13-0d6a6b7c5f10, 4242, 12708, /usr/bin/python3"
NO_DRIVER = (
    "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA "
    "driver is installed and running."
)


def put(folder: Path, monkeypatch, *cards: str, processes: str = "", code: int = 0) -> None:
    """Puts one first on PATH that shows these cards, and ends with that code."""
    folder.mkdir(parents=True, exist_ok=True)
    script = folder / "nvidia-smi"
    lines = "\n".join(cards)
    script.write_text(
        "#!/bin/sh\n"
        'case "$1" in\n'
        f"--query-gpu=*) cat <<'END'\n{lines}\nEND\n;;\n"
        f"--query-compute-apps=*) cat <<'END'\n{processes}\nEND\n;;\n"
        f"esac\nexit {code}\n"
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
