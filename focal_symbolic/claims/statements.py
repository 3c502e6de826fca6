"""All claims as a text that is kept with the package: hypotheses and goals, so that a weaker one shows in a diff."""

from __future__ import annotations

from focal_symbolic.claims import library
from focal_symbolic.claims.claim import Result
from focal_symbolic.claims.derivation import stated as terms_of
from focal_symbolic.claims.printing import legend, line, stated
from focal_symbolic.logic.terms import Term

__all__ = ["shown", "text", "told"]

HEAD = "All claims with their hypotheses, as «focal-symbolic claims --write» writes them. A page is in proofs/."


def text() -> str:
    """The statements of the library, file by file."""
    every = [told(result) for result in library.results().values()]
    return "\n".join([HEAD, "", *legend(every), "", *every])


def told(result: Result) -> str:
    """A claim: its name, its sentence, its hypotheses and its goals."""
    assumptions, goal = terms_of(result.claim)
    goals = goal.args if goal.op == "and" else (goal,)
    marks = [mark for mark, held in (("main", result.main), (result.claim.kind, result.claim.kind != "universal")) if held]
    title = " ".join([result.name, *(f"({mark})" for mark in marks)])
    hypotheses = "".join(f"    {shown(t)}\n" for t in assumptions)
    return f"{title}\n  «{result.claim.statement}»\n{hypotheses}" + "".join(f"  ⊢ {shown(t)}\n" for t in goals)


def shown(term: Term) -> str:
    """A statement on one line; different statements on different lines, while no two names are printed alike."""
    return line(stated(term))
