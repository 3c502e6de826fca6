"""The table of the minimizer: every row as a multiple of one evaluation of H, with its largest relative error.

The files here are called bench_*, so that the test suite does not collect them.
"""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pari
import processors
import pytest
import sections

ROWS: list[tuple[str, ...]] = []
HEAD = ("what", "problem", "× H", "largest relative error", "it says")
COMMAND = "python -m pytest tests/benchmarks/bench_minimizer.py --table BENCHMARKS.md"
NOTES = """\
All figures are of that one processor. What float64 costs and where its last digits fall depends on which of NumPy's functions
it is given; FLINT, GMP and torch choose theirs by themselves.

Cost is the best of several runs over the best of several evaluations of H_γ(P, Q), interleaved with them, in processor
time: at the same precision and in the same library. That H is

- for this package's certified balls `entropy.focal_entropy_ball` at the minimizer, on prepared balls: for each class
  ln q, ln(1 − q), the power by exp(γ ln(1 − q)), two products, the sum; nothing is rounded to decimals.
  The solver's time is that of
  `minimizer(Distribution, γ, dps)` with its caches emptied: from exact input to rounded decimals, certificate included;
- for float64, in arrays and in SciPy, `(p * -(1 - q)**γ * log(q)).sum()` in NumPy, whole arrays at once;
- for mpmath the same sum over mpf at the same digits; for torch the same in float64 tensors;
- for PARI/GP the same sum in a loop of its own language, at 15 digits more than asked for, by its own clock.

γ = 2.3 if nothing else is said, and n classes have shares like 1, 1/2, 1/3, ... and one of 2e-5 of the largest. The peers start
from q = 1/n, but for the bracketing ones: of `find_root` and of gp's `solve` one finds ln λ, and within it another the logit
of each class. A step limit of 20 is set for `findroot`, 200 iterations ten times over for L-BFGS and 2000 steps for Adam.

The error is the largest relative error of any class against the certified minimizer. Costs of the same row differ by some 20 %
from run to run. A run fails if this package exceeds a floor given here.
"""


def pytest_addoption(parser):
    parser.addoption("--table", metavar="FILE", help="write the table of the benchmarks to this file, as Markdown")


@pytest.fixture
def row():
    return lambda *cells: ROWS.append(tuple(map(str, cells)))


def pytest_terminal_summary(terminalreporter, config):
    if not ROWS:
        return
    terminalreporter.section("multiples of one evaluation of H")
    lines = ["| " + " | ".join(cells) + " |" for cells in (HEAD, ["---"] * len(HEAD), *ROWS)]
    for line in lines:
        terminalreporter.write_line(line)
    if target := config.getoption("--table"):
        text = "\n\n".join([f"Made by `{COMMAND}` on {_machine()}.", NOTES.strip(), "\n".join(lines)])
        sections.put(Path(target), sections.HEADINGS[0], text)


def _machine() -> str:
    import os

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    libraries = []
    for name in ("numpy", "python-flint", "mpmath", "scipy", "torch"):
        try:
            libraries.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            libraries.append(f"{name} not installed")
    if pari.installed():
        libraries.append(f"PARI/GP {pari.version()}")
    python = ".".join(platform.python_version_tuple()[:2])
    kind = f"{cores} cores {platform.machine()} ({processors.model()}; NumPy's functions for {processors.level()})"
    return f"{kind}, {platform.system()}, Python {python}; {', '.join(libraries)}"
