"""From a page to its steps, and to those of its false twin."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from focal_symbolic.claims.claim import Result
from focal_symbolic.claims.derivation import stated
from focal_symbolic.claims.kept import Known, kept, lines_of
from focal_symbolic.claims.writer.desk import tidied
from focal_symbolic.claims.writer.nodes import Ledger, Node, in_sequence
from focal_symbolic.claims.writer.writer import Writer
from focal_symbolic.errors import Rejected
from focal_symbolic.logic.kernel import Step, Theorem
from focal_symbolic.logic.search import Search
from focal_symbolic.logic.terms import Term

__all__ = ["Written", "for_twin", "write"]


@dataclass(frozen=True)
class Written:
    """The steps of a page; `lines`: by the key of a line the step that it is; `searched`: how many were searched for."""

    steps: tuple[Step, ...]
    lines: Mapping[bytes, int]
    searched: int


def write(result: Result, lemmas: Callable[[str], Theorem], search: Search | None = None, anew: bool = False) -> Written:
    """The steps of a page. What is kept of the page as it was is used for lines that say the same, unless it is written anew.

    Nothing is believed: the kernel checks the steps. Raises NotShown where a line has no premises that give it.
    """
    claim, file = result.claim, result.name.split("/", maxsplit=1)[0]
    assumptions, goal = stated(claim)
    found = None if anew else kept(file).get(result.name)
    ledger, lines = Ledger(lemmas, Known(found, search)), dict[bytes, Node]()
    if found is not None and (found.assumptions, found.goal) == (assumptions, goal):
        nodes = ledger.stored(found.steps)
        lines = {key: nodes[k] for key, k in lines_of(file).get(result.name, {}).items() if k < len(nodes)}
    try:
        return _written(result, Writer(result.name, tidied(goal), assumptions, ledger, lines))
    except Rejected:
        if lines:  # one of them may be no good
            return write(result, lemmas, search, anew=True)
        raise


def _written(result: Result, writer: Writer) -> Written:
    result.proof(writer)
    last, steps = writer.finish()
    place = {node: k for k, node in enumerate(in_sequence(last)[0])}
    return Written(steps, {key: place[node] for key, node in writer.keys.items() if node in place}, writer.searched)


def for_twin(result: Result, steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps towards the goal of the false twin: its statement, or its parts, in place of those of the claim."""
    (_, goal), (_, false) = stated(result.claim), stated(result.falsehood)
    swap: dict[Term, Term] = {}
    for here, there in ((goal, false), (tidied(goal), tidied(false))):
        swap[here] = there
        if here.op == there.op == "and" and len(here.args) == len(there.args):
            own, other = ([s for s in a.args if s not in b.args] for a, b in ((here, there), (there, here)))
            swap |= dict(zip(own, other, strict=False))
    return tuple(replace(step, conclusion=swap.get(step.conclusion, step.conclusion)) for step in steps)
