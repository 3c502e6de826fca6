"""What replaying all derivations costs, against another checkout of the project, side by side in one run.

    python tests/benchmarks/bench_replay.py --reference CHECKOUT [--python CHECKOUT/.venv/bin/python] [--rounds 5]

Each figure is CPU time of one process, the best of several rounds in which they take turns; the garbage collector passes over
what was there before. The reference is a head whose library replays by itself: 64f7af9, with the kernel over SymPy.

What counts is the replay of steps that are there already. The reference has built them from its proof files, where its authors
name every premise. Here the writer of a page finds the premises, once, and what it found is kept as steps: these are read
from text, in a process in which no page has been written, so that nothing is remembered of the writer's own searches. They are
replayed with the certificates of the text (reading it counts as well), and with all certificates searched for anew. The
reference searches too: it keeps no certificates. What is replayed here are the claims that the reference has, by the names that
they have now, and all that they rest on; other claims have come since and are left out.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

REFERENCE = """
import gc, time
from focal_symbolic import library
names = list(library.results())
for name in names:
    library.steps(name)
gc.freeze()
began = time.process_time()
for name in names:
    library.theorem(name)
print(time.process_time() - began)
"""

STORED = """
import gc, sys, time
from focal_symbolic.logic.judge import HEADING, judged
from focal_symbolic.logic.meaning import declare
from focal_symbolic.logic.text import read_declarations, read_derivations
text = open(sys.argv[1], encoding="utf-8").read()
gc.freeze()
began = time.process_time()
head, _, body = text.partition(f"\\n{HEADING}\\n")
for declared in read_declarations(head):
    declare(*declared)
verdicts = [verdict["verdict"] for verdict in judged(read_derivations(body))]
spent = time.process_time() - began
if set(verdicts) != {"proved"}:
    raise SystemExit("a derivation is refused")
print(spent)
"""

SEARCHED = """
import gc, sys, time
from focal_symbolic.logic import kernel, rules
from focal_symbolic.logic.judge import HEADING
from focal_symbolic.logic.meaning import declare
from focal_symbolic.logic.search import Search
from focal_symbolic.logic.text import read_declarations, read_derivations
head, _, body = open(sys.argv[1], encoding="utf-8").read().partition(f"\\n{HEADING}\\n")
for declared in read_declarations(head):
    declare(*declared)
derivations = list(read_derivations(body))
proved = {}
gc.freeze()
began = time.process_time()
for d in derivations:
    proved[d.name] = kernel.replay(d.name, d.goal, d.assumptions, d.steps, proved.__getitem__, Search())
print(time.process_time() - began)
"""

TEXT = """
import sys
from focal_symbolic.claims import judging, library
from focal_symbolic.claims.renamed import RENAMED
from focal_symbolic.logic.judge import HEADING
from focal_symbolic.logic.meaning import declarations
from focal_symbolic.logic.text import declared_text, text_of
names = library.in_order([RENAMED.get(name, name) for name in open(sys.argv[2], encoding="utf-8").read().split()])
texts = "".join(text_of(judging.derivation(name)) for name in names)
open(sys.argv[1], "w", encoding="utf-8").write(f"{declared_text(declarations())}\\n{HEADING}\\n{texts}")
"""


def seconds(python: str, source: str, where: Path | None = None, *arguments: str) -> float:
    """What a script prints, run in a checkout."""
    command = [python, "-c", source, *arguments]
    done = subprocess.run(command, cwd=where, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return float(done.stdout or 0)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reference", type=Path, required=True, help="a checkout of the head to compare with")
    parser.add_argument("--python", help="its Python (default: .venv/bin/python in the checkout)")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    python = given.python or str(given.reference / ".venv/bin/python")
    with tempfile.TemporaryDirectory() as folder:
        text = str(Path(folder) / "derivations.txt")
        seconds(sys.executable, TEXT, None, text, str(given.reference / "focal_symbolic" / "claims.txt"))
        best = dict.fromkeys(("reference", "stored", "searched"), float("inf"))
        for _ in range(given.rounds):
            best["reference"] = min(best["reference"], seconds(python, REFERENCE, given.reference))
            best["stored"] = min(best["stored"], seconds(sys.executable, STORED, None, text))
            best["searched"] = min(best["searched"], seconds(sys.executable, SEARCHED, None, text))
    lines = [f"{'reference':<28}{best['reference']:.2f} CPU s"]
    for what, told in (("stored", "from text and certificates"), ("searched", "with search")):
        lines.append(f"{told:<28}{best[what]:.2f} CPU s, 1/{best['reference'] / best[what]:.1f} of the reference")
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main()
