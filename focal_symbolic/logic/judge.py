"""The judge: a process of its own that replays derivations from text and says what became of each.

    python -m focal_symbolic.logic.judge < derivations > verdicts

It loads data only: declarations, then a line «derivations», then derivations in the order of what rests on what. Rules and
declarations are frozen before the first step. Each line of its answer is a JSON object with the name of a claim and what was
proved, or why it was refused.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from typing import Any, TextIO

from focal_symbolic.errors import Rejected
from focal_symbolic.logic import rules as _rules  # noqa: F401  (importing the rules registers them)
from focal_symbolic.logic.kernel import Theorem, freeze, replay
from focal_symbolic.logic.meaning import declare
from focal_symbolic.logic.stored import Stored
from focal_symbolic.logic.text import Derivation, read_declarations, read_derivations

__all__ = ["HEADING", "judged", "main", "run"]

HEADING = "derivations"


def judged(derivations: Iterable[Derivation]) -> Iterator[dict[str, Any]]:
    """The verdict on each derivation; a lemma is a claim that was proved before."""
    proved: dict[str, Theorem] = {}

    def lemma(name: str) -> Theorem:
        if name not in proved:
            raise Rejected(f"the claim {name} is not proved before it is used.")
        return proved[name]

    for d in derivations:
        try:
            if d.name in proved:
                raise Rejected(f"{d.name}: there is a claim of this name already.")
            theorem = replay(d.name, d.goal, d.assumptions, d.steps, lemma, Stored(d.answers, d.table))
        except Rejected as error:
            yield {"name": d.name, "verdict": "failed", "reason": str(error)}
            continue
        proved[d.name] = theorem
        yield {
            "name": d.name,
            "verdict": "proved",
            "goal": theorem.conclusion.digest.hex(),
            "hypotheses": sorted(h.digest.hex() for h in theorem.hypotheses),
            "steps": len(d.steps),
            "evidence": sorted(theorem.evidence),
            "cited": [[c.name, c.reference] for c in sorted(theorem.cited)],
            "lemmas": sorted(theorem.lemmas),
        }


def main(source: TextIO = sys.stdin, out: TextIO = sys.stdout) -> int:
    """Judge what is read; 0 unless the text itself is malformed."""
    head, _, body = source.read().partition(f"\n{HEADING}\n")
    for name, function, x, parameters in read_declarations(head):
        declare(name, function, x, parameters)
    freeze()
    gc.disable()  # a short life: nothing is worth looking for
    for verdict in judged(read_derivations(body)):
        out.write(json.dumps(verdict) + "\n")
        out.flush()
    return 0


def run() -> int:
    """Judge what comes in, in UTF-8 whatever the locale and the environment: other letters may be other lines."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    return main()


if __name__ == "__main__":
    raise SystemExit(run())
