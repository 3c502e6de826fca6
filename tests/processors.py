"""The processor as NumPy sees it, and the lesser ones that it can be told to see.

NumPy carries its functions several times over, compiled for more and more of what a processor may have, and takes the best;
below that it asks the C library, which chooses likewise. Their last bits differ; `python processors.py` prints a digest.
"""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np

try:
    from numpy._core import _multiarray_umath as core
except ImportError:  # NumPy 1
    from numpy.core import _multiarray_umath as core

DISABLE = "NPY_DISABLE_CPU_FEATURES"
PLAIN_LIBRARY = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-AVX512F"}
"""With this, glibc takes its own functions for a processor without these; other libraries do not look at it."""


def levels() -> list[str]:
    """What NumPy has functions for and may use here beyond its baseline, lowest first."""
    return [name for name in core.__cpu_dispatch__ if core.__cpu_features__[name]]


def level() -> str:
    """The highest of them."""
    return (levels() or ["baseline"])[-1]


def model() -> str:
    """The processor's name, as far as the system tells it."""
    known = {}
    if (told := Path("/proc/cpuinfo")).exists():
        lines = told.read_text(encoding="utf-8", errors="replace").split("\n\n")[0].splitlines()
        known = {key.strip(): value.strip() for key, colon, value in (line.partition(":") for line in lines) if colon}
    name = known.get("model name") or platform.processor() or f"{platform.machine()} of unknown make"
    if "cpu family" in known and "model" in known:  # a virtual machine may keep the rest of the name back
        name += f", family {known['cpu family']} model {known['model']}"
    return name


def settings() -> dict[str, dict[str, str]]:
    """What to add to the environment for each lesser processor, the next best first.

    Only names that NumPy knows and may use here are given to it, so that it has nothing to complain about.
    """
    known = levels()
    found = {}
    for count in reversed(range(len(known))):
        names = [*os.environ.get(DISABLE, "").replace(",", " ").split(), *known[count:]]
        found["up to " + (known[count - 1] if count else "the baseline")] = {DISABLE: " ".join(names)}
    plain = {DISABLE: " ".join([*os.environ.get(DISABLE, "").replace(",", " ").split(), *known])} if known else {}
    found["a plain C library"] = plain | PLAIN_LIBRARY
    return found


def environment(setting: dict[str, str]) -> dict[str, str]:
    """That of a new process; nothing in it is about the pytest that may run this one."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "COV_"))} | setting


def digest_with(setting: dict[str, str]) -> str:
    """`digest` in a process of its own."""
    command = [sys.executable, __file__]
    return subprocess.run(command, env=environment(setting), capture_output=True, text=True, check=True).stdout


def digest() -> str:
    """Of the bits of the functions that the arrays call, at many places; the places are the same on every processor."""
    unit = np.arange(1, 20_001) / 20_000
    spread = np.ldexp(0.5 + unit, (1000 * unit).astype(int) - 995)
    results = [
        *(function(700 * unit) for function in (np.exp, np.sinh, np.arcsinh)),
        *(function(-unit) for function in (np.exp, np.expm1)),
        np.exp(-700 * unit),
        np.log(spread),
        np.log(unit),
        np.log1p(-unit / 2),
        np.log1p(unit),
        np.power(unit, 300.7),
        np.power(0.9 + unit / 10, 6000.3),
        np.logaddexp(0, 100 * unit - 50),
        np.array([unit.sum(), (unit * unit).sum(), np.einsum("i,i", unit, spread)]),
    ]
    return hashlib.sha256(b"".join(result.tobytes() for result in results)).hexdigest()


if __name__ == "__main__":
    sys.stdout.write(digest())
