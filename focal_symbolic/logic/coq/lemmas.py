"""Lemmas beside that of a step: what is shown of a variable, to be used at any number."""

from __future__ import annotations

from collections.abc import Sequence

from focal_symbolic.logic.context import Context
from focal_symbolic.logic.coq.bridge import joined, parts_of
from focal_symbolic.logic.coq.calculus import Calculus
from focal_symbolic.logic.coq.facts import arguments
from focal_symbolic.logic.coq.place import Place
from focal_symbolic.logic.coq.statement import CLOSED, number
from focal_symbolic.logic.coq.step import StepWriter
from focal_symbolic.logic.terms import Term

__all__ = ["Lemma", "continuity", "lambda_of"]


def lambda_of(x: str, f: Term) -> str:
    """A number as a function of a variable."""
    return f"(fun v_{x} : R => {number(f)})"


class Lemma:
    """A lemma beside that of a step, over the same symbols, under hypotheses that may speak of a variable."""

    def __init__(self, step: StepWriter, suffix: str, hypotheses: Sequence[Term]):
        self.step, self.name = step, f"{step.name}_{suffix}"
        self.hypotheses = list(dict.fromkeys(hypotheses))
        self.place = step.place(self.hypotheses)

    def close(self, goal: str) -> None:
        """Enter the lemma, whose script proves the goal."""
        self.step.lemmas.append(self.step.lemma(self.name, self.hypotheses, goal, self.place.script))

    def applied(self, place: Place, at: dict[str, str], given: dict[Term, str]) -> str:
        """The lemma with numbers for variables; `given`: proofs of T of the hypotheses that speak of them."""
        proofs = []
        for h in self.hypotheses:
            parts = [given.get(part) or place.find(part) for part in parts_of(h)] if h in given else []
            proofs.append(joined(parts) if parts else place.proof(h))
        put = {("var", x): (text,) for x, text in at.items()}
        return f"({' '.join([self.name, *arguments(self.step.symbols, put), *proofs])})"


def continuity(step: StepWriter, suffix: str, hypotheses: Sequence[Term], context: Context, f: Term, x: str) -> Lemma:
    """The lemma: f is continuous at the variable."""
    lemma = Lemma(step, suffix, hypotheses)
    lemma.place.defined(context, f)
    tactic = Calculus(lemma.place, context, x).continuous(f, CLOSED)
    lemma.place.script.line(f"{tactic}.")
    lemma.close(f"continuity_pt {lambda_of(x, f)} v_{x}")
    return lemma
