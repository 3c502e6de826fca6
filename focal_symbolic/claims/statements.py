"""All claims as a text that is kept with the package: hypotheses and goals, so that a weaker one shows in a diff."""

from __future__ import annotations

from collections.abc import Iterable

from focal_symbolic.claims import library
from focal_symbolic.claims.claim import Result
from focal_symbolic.claims.derivation import stated as terms_of
from focal_symbolic.claims.printing import legend, line, stated

__all__ = ["text"]

HEAD = "All claims with their hypotheses, as «focal-symbolic claims --write» writes them. A page is in proofs/."


def text() -> str:
    """The statements of the library, file by file."""
    told = [_statement(result) for result in library.results().values()]
    return "\n".join([HEAD, "", *legend(told), "", *told])


def _statement(result: Result) -> str:
    assumptions, goal = terms_of(result.claim)
    goals = goal.args if goal.op == "and" else (goal,)
    marks = [mark for mark, held in (("main", result.main), (result.claim.kind, result.claim.kind != "universal")) if held]
    title = " ".join([result.name, *(f"({mark})" for mark in marks)])
    return _block(title, result.claim.statement, _lines("  ", assumptions), _lines("⊢ ", goals))


def _lines(mark: str, terms: Iterable[object]) -> str:
    return "".join(f"  {mark}{line(stated(t))}\n" for t in terms)


def _block(title: str, sentence: str, hypotheses: str, goals: str) -> str:
    return f"{title}\n  «{sentence}»\n{hypotheses}{goals}"
