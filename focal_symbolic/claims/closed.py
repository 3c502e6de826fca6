"""What of a claim is evaluated: its goal and its hypotheses, for every letter that is no variable of it."""

from __future__ import annotations

from functools import lru_cache, reduce

from sympy import IndexedBase, Symbol
from sympy.logic.boolalg import And, Boolean

from focal_symbolic.claims.claim import Claim
from focal_symbolic.language import Every, n

__all__ = ["closed", "hypotheses", "statement"]


@lru_cache(maxsize=256)
def statement(claim: Claim) -> Boolean:
    """The goal of a claim, closed."""
    return closed(claim, claim.goal)


@lru_cache(maxsize=256)
def hypotheses(claim: Claim, everything: bool = False) -> Boolean:
    """The hypotheses of a claim beyond those of its variables (or all of them), closed like its goal."""
    return And(*(closed(claim, h) for h in (claim.assumptions if everything else claim.where)), evaluate=False)


def closed(claim: Claim, goal: Boolean) -> Boolean:
    """A statement of a claim, for every letter of a free index that is no variable of it."""
    given = {n, *claim.letters, *(base.label for base in goal.atoms(IndexedBase))}
    free = {symbol for symbol in goal.free_symbols if isinstance(symbol, Symbol) and symbol.is_integer} - given
    return reduce(Every, sorted(free, key=str), goal)
