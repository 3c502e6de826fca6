"""Every step of a claim that Coq refuses, not only the first: lemmas that fail are admitted, and the file is compiled again.

    python tests/logic/coq_failing.py convexity/slope_falls uniqueness/multiplier_exists

A development tool for the writer; claims that are required are compiled as they are.
"""

from __future__ import annotations

import re
import sys

from focal_symbolic.claims import coq as second
from focal_symbolic.claims import library
from focal_symbolic.logic.coq import proof
from focal_symbolic.logic.coq.compiler import Limits, compiled, installed
from focal_symbolic.logic.coq.facts import in_hypothesis_order
from focal_symbolic.logic.coq.project import library as shipped
from focal_symbolic.logic.coq.statement import proposition


def lemmas(claim):
    """The text of each step, and what is said of those that cannot be written; these are admitted."""
    texts, failed = [], {}
    for k, theorem in enumerate(claim.claim.theorems):
        try:
            texts.append(claim.lemma(k))
        except Exception as error:
            failed[k + 1] = f"{type(error).__name__}: {error}"
            step = claim.step(k)
            texts.append(admitted(step.lemma(step.name, in_hypothesis_order(theorem), proposition(theorem.conclusion), "")))
    return texts, failed


def admitted(text, line=None):
    """The text with the proof that holds this line (or the only one) left out."""
    lines = text.split("\n")
    start = next(k for k in range(len(lines) if line is None else line, -1, -1) if lines[k - 1] == "Proof.")
    end = next(k for k in range(start, len(lines)) if lines[k].startswith("Qed."))
    return "\n".join([*lines[: start - 1], "Admitted.", *lines[end + 1 :]])


def failing(name):
    """What Coq says of each step that it refuses, by its number."""
    claim = proof.ClaimWriter(second._replayed(name), second._replayed)
    texts, failed = lemmas(claim)
    files = shipped() | {"Definitions.v": second.project(()).definitions()}
    files |= {f"claims/{proof.module(n)}.v": second._text(n) for n in library.in_order([name]) if n != name}
    while True:
        head = proof.header(claim.uses, claim.requires)
        file = f"claims/{proof.module(name)}.v"
        built = compiled(files | {file: head + "\n".join(texts)}, installed(), limits=lambda _: Limits(seconds=300))[file]
        if built.status == "compiled":
            return failed
        line = built.line - len(head.splitlines())
        for k, text in enumerate(texts):
            length = len(text.split("\n"))
            if line <= length:
                failed[k + 1] = f"{built.status}: {built.error}"
                texts[k] = admitted(text, line)
                break
            line -= length
        else:
            return failed | {0: f"{built.status}: {built.error}"}


if __name__ == "__main__":
    for asked in sys.argv[1:]:
        for number, reason in failing(asked).items():
            rule = library.steps(asked)[number - 1].rule if number else "the file"
            print(f"{asked} step {number} ({rule}): {re.sub(chr(10), ' ', reason)[:500]}")  # noqa: T201
