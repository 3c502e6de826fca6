"""One step of a derivation as a lemma: its statement, its place, and the rules' own proofs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

from focal_symbolic.logic.context import Answers, Context
from focal_symbolic.logic.coq.facts import Facts, in_hypothesis_order
from focal_symbolic.logic.coq.place import File, Head, Place
from focal_symbolic.logic.coq.script import Script
from focal_symbolic.logic.coq.statement import binders, proposition
from focal_symbolic.logic.kernel import Step, Theorem, here
from focal_symbolic.logic.terms import Key, Term, subterms

__all__ = ["StepWriter", "modules_for", "proves", "writers"]

_NEEDS = (("decl", "Definitions"), *((op, "Coquelicot") for op in ("finite", "sup", "bounded")))


def modules_for(statements: Iterable[Term]) -> set[str]:
    """What a file has to import to speak of these statements."""
    ops = {t.op for s in statements for t in subterms(s)}
    return {module for op, module in _NEEDS if op in ops}


Writer = Callable[["StepWriter", Place], None]
_writers: dict[str, Writer] = {}
writers: Mapping[str, Writer] = MappingProxyType(_writers)
"""For each rule what writes its proof."""


def proves(*rules: str) -> Callable[[Writer], Writer]:
    """Register what writes the proofs of these rules."""

    def register(write: Writer) -> Writer:
        for name in rules:
            _writers[name] = write
        return write

    return register


@dataclass
class StepWriter:
    """A step with its theorem, and the lemmas written for it.

    `symbols` are those of all lemmas of the derivation; `heads` the lemmas of the premises, in their order (for the rule
    `lemma` the claim's first).
    """

    name: str
    symbols: tuple[Key, ...]
    step: Step
    theorem: Theorem
    premises: Sequence[Theorem]
    heads: Sequence[Head]
    claim: File
    remark: str = ""
    """The line above each lemma."""

    def __post_init__(self) -> None:
        self.lemmas: list[str] = []

    @property
    def answers(self) -> Answers:
        """Where the certificates come from."""
        return self.claim.answers

    @property
    def conclusion(self) -> Term:
        """What the step states."""
        return self.theorem.conclusion

    @property
    def arguments(self) -> dict[str, Any]:
        """The arguments of the rule."""
        return dict(self.step.arguments)

    def here(
        self, premises: Sequence[Theorem] | None = None, shown: Sequence[Term] = (), hypotheses: frozenset[Term] | None = None
    ) -> Context:
        """What is known under hypotheses (else those of the theorem) by premises (else all)."""
        used = self.premises if premises is None else premises
        return here(self.answers, self.theorem.hypotheses if hypotheses is None else hypotheses, used, shown)

    def given(self, *premises: Theorem, shown: Sequence[Term] = ()) -> Context:
        """What is known under the hypotheses of the premises."""
        union = frozenset[Term]().union(*(p.hypotheses for p in premises))
        return here(self.answers, union, premises, shown)

    # -- lemmas

    def place(self, hypotheses: Sequence[Term]) -> Place:
        """Where the proof of a lemma under these hypotheses begins; premises that need no others are known."""
        place = Place(self, Script(), Facts(), {})
        for k, h in enumerate(hypotheses):
            place.whole[h] = f"h{k}"
            place.later(h, partial("h{}".format, k))
        for m, p in enumerate(self.premises):
            if p.hypotheses <= {*hypotheses}:
                place.facts_of(m)
        return place

    def lemma(self, name: str, hypotheses: Sequence[Term], goal: str, script: Script) -> str:
        """The text of a lemma over all symbols, from P of the hypotheses."""
        self.claim.uses |= modules_for((*hypotheses, self.conclusion))
        quantified = binders(self.symbols)
        names = " ".join(b[1:].split(" ")[0] for b in quantified)
        given = [f"  {proposition(h)} ->\n" for h in hypotheses]
        intros = " ".join([names, *(f"h{k}" for k in range(len(hypotheses)))])
        return (
            f"{self.remark}Lemma {name} : forall {' '.join(quantified)},\n{''.join(given)}  {goal}.\n"
            f"Proof.\n  intros {intros}.\n{script}\nQed.\n"
        )

    def text(self) -> str:
        """The lemmas of the step, its own last."""
        hypotheses = in_hypothesis_order(self.theorem)
        place = self.place(hypotheses)
        writers[self.step.rule](self, place)
        own = self.lemma(self.name, hypotheses, proposition(self.conclusion), place.script)
        return "\n".join([*self.lemmas, own])
