"""What `verify` costs at its defaults, against another checkout of the project, side by side in one run.

    python tests/benchmarks/bench_verify.py --reference CHECKOUT [--python CHECKOUT/.venv/bin/python] [--rounds 1] [--every K]
        [--table BENCHMARKS.md]

Each figure is the CPU time, user and system, of the command `focal-symbolic verify` and of all its processes; of several
rounds, in which the runs take turns, the best counts. Claims come and go from head to head: `same` are those of the
reference that are still here, by the names that they have now, and `all` is everything. Checks, examples and twins are
counted as well: a quicker run that checks less is no quicker. Nothing is kept from one run to the next.

With `--every K` only every K-th claim of the reference is taken, on both sides, and `all` is left out: a sample for a machine
that has other work. With `--table` the figures are written to their section of that file, and the others are left alone.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sections

from focal_symbolic.claims import library
from focal_symbolic.errors import UnknownClaim

ROOT = Path(__file__).parents[2]
COMMAND = "python tests/benchmarks/bench_verify.py --reference CHECKOUT --table BENCHMARKS.md"
HEAD = ("run", "claims", "checks", "examples", "twins refused", "CPU s", "CPU s a claim", "of the reference a claim")
NOTES = """\
CPU time, user and system, of `focal-symbolic verify` at its defaults with all its processes. Claims come and go: `same` are
those of the reference that are still here, by the names that they have now, `all` is everything."""


@dataclass(frozen=True)
class Run:
    """A run of `verify`: its CPU seconds, and what it has checked."""

    seconds: float
    claims: int
    checks: int
    examples: int
    twins: int

    @property
    def each(self) -> float:
        """CPU seconds a claim."""
        return self.seconds / self.claims

    def told(self, name: str) -> str:
        """The run on one line."""
        each = f"{self.checks / self.claims:.1f} checks and {self.examples / self.claims:.1f} examples a claim"
        return (
            f"{name:<10} {self.seconds:7.1f} CPU s  {self.claims} claims, {self.checks} checks, {self.examples} examples, "
            + (f"{self.twins} twins refused ({each}; {self.each:.3f} CPU s a claim)")
        )


def run(python: str, where: Path, names: Sequence[str] = ()) -> Run:
    """Verify a checkout and count. Raises SystemExit where it is not verified."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [python, "-m", "focal_symbolic", "verify", "--json", str(report), *names]
        before = os.times()
        done = subprocess.run(command, cwd=where, env=os.environ | {"HOME": folder}, capture_output=True, check=False)
        after = os.times()
        if done.returncode:
            raise SystemExit(f"{where}: not verified\n{done.stdout.decode()[-2000:]}{done.stderr.decode()[-2000:]}")
        told = json.loads(report.read_text(encoding="utf-8"))["theorems"]
    spent = after.children_user - before.children_user + after.children_system - before.children_system
    legs = [one["legs"] for one in told]
    checks, examples = sum(leg["precision"]["checks"] for leg in legs), sum(leg["fuzz"]["examples"] for leg in legs)
    return Run(spent, len(told), checks, examples, sum(len(one["twin"]["refuted_by"]) == 3 for one in told))


def shared(reference: Path, every: int) -> tuple[list[str], list[str]]:
    """Every so many claims of the reference of those that are here too: by its names, and by their names here."""
    (listed,) = reference.glob("focal_symbolic/**/claims.txt")
    here = {}
    for name in listed.read_text(encoding="utf-8").split():
        try:
            here[name] = library.result(name).name
        except UnknownClaim:
            sys.stdout.write(f"{name} is not here\n")
    return [*here][::every], [*here.values()][::every]


def table(best: dict[str, Run], reference: Path, every: int) -> str:
    """The section of BENCHMARKS.md: what was run, where, and a row for each run."""
    head = ["git", "-C", str(reference), "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(head, capture_output=True, text=True, check=False).stdout.strip() or "no commit"
    where = f"{os.cpu_count()} cores {platform.machine()}, {platform.system()}, Python {platform.python_version()}"
    sample = f", every {every}th claim of the reference" if every > 1 else ""
    rows = []
    for name, one in best.items():
        figures = f"{one.seconds:.1f}", f"{one.each:.3f}", f"{one.each / best['reference'].each:.3f}"
        rows.append((name, one.claims, one.checks, one.examples, one.twins, *figures))
    lines = ["| " + " | ".join(map(str, cells)) + " |" for cells in (HEAD, ["---"] * len(HEAD), *rows)]
    return "\n\n".join([f"Made by `{COMMAND}` on {where}; the reference is {commit}{sample}.", NOTES, "\n".join(lines)])


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reference", type=Path, required=True, help="a checkout of the head to compare with")
    parser.add_argument("--python", help="its Python (default: .venv/bin/python in the checkout)")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--every", type=int, default=1, help="take every so many claims of the reference only")
    parser.add_argument("--table", type=Path, help="write the figures to their section of this file, as Markdown")
    given = parser.parse_args()
    python = given.python or str(given.reference / ".venv/bin/python")
    theirs, ours = shared(given.reference, given.every)
    runs: dict[str, list[Run]] = {"reference": [], "same": [], "all": []}
    for _ in range(given.rounds):
        runs["reference"].append(run(python, given.reference, theirs))
        runs["same"].append(run(sys.executable, ROOT, ours))
        if given.every == 1:
            runs["all"].append(run(sys.executable, ROOT))
    best = {name: min(found, key=lambda one: one.seconds) for name, found in runs.items() if found}
    lines = [one.told(name) for name, one in best.items()]
    for name in best.keys() - {"reference"}:
        lines.append(f"ratio      {best[name].each / best['reference'].each:.3f} of the reference a claim ({name})")
    sys.stdout.write("\n".join([*lines, ""]))
    if given.table is not None:
        sections.put(given.table, sections.HEADINGS[1], table(best, given.reference, given.every))


if __name__ == "__main__":
    main()
