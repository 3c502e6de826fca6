"""A statement in one case.

The precision rises until balls separate; what they never separate stays undecided, and undecided is not a pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import mpmath
from sympy.core.relational import Eq
from sympy.logic.boolalg import Boolean

from focal_symbolic.claims.evaluate.compiler import Verdict, compiled
from focal_symbolic.claims.evaluate.forms import FormView
from focal_symbolic.claims.evaluate.views import UNKNOWN, BallView, Environment
from focal_symbolic.numbers.balls import precision, to_mpf

__all__ = ["Decision", "decide", "decided", "start_bits"]

CEILING = 128
"""The highest precision tried, as a multiple of the first."""


def start_bits(dps: int) -> int:
    """The first precision for a number of digits."""
    return max(dps * 333 // 100 + 32, 128)


@dataclass(frozen=True)
class Decision:
    """The truth of a statement in one case.

    value: +1 proved, -1 refuted, 0 undecided; slack: the least relative room of an inequality; agreed_digits: to how many
    digits the equalities agree, None if there are none or they are exact; place: the part that decided or got stuck, with
    its letters; vacuous: a hypothesis inside the goal is false here, so the case shows nothing.
    """

    value: int
    slack: mpmath.mpf | None
    agreed_digits: int | None
    place: tuple[Any, tuple[Any, ...]] | None
    bits: int
    vacuous: bool = False

    @property
    def where(self) -> str:
        """The part that decided or got stuck, in words: printing it costs more than many a decision."""
        if self.place is None:
            return ""
        relation, letters = self.place
        at = ", ".join(f"{name}={letter}" for name, letter in letters)
        return _printed(relation) + (f" at {at}" if at else "")


def decide(goal: Boolean, environment: Environment, dps: int = 50, ceiling: int = CEILING) -> Decision:
    """The truth of a statement in one case, by balls of rising precision.

    Statement: +1 if balls (or exact arithmetic) show it, its equalities agreeing to `dps` digits at least; -1 if they
        show the contrary; 0 if neither at `ceiling` times the first precision.
    Raises: Undefined where the statement makes no sense (the logarithm of a negative number); Unsupported.
    """
    return decided(goal, environment, dps, ceiling)[0]


def decided(
    goal: Boolean, environment: Environment, dps: int, ceiling: int = CEILING, sides: bool = False
) -> tuple[Decision, BallView]:
    """The truth of a statement, and the view in which it was decided, with the sides of its relations if they are wanted."""
    test, bits = compiled(goal), start_bits(dps)
    last, formed = bits * ceiling, 0
    while True:
        with precision(bits):
            view = environment.decided_in(bits, dps)
            if bits == formed:
                view = FormView.of(view)
            if sides:
                view.sides = {}
            verdict = test(view)
            if verdict.value != UNKNOWN or bits >= last:
                return _decision(verdict, bits), view
        # what balls leave open of an equality more bits show, as a rule, and of other relations normal forms
        more = 4 if verdict.where is not None and isinstance(verdict.where[0], Eq) else 2
        formed = formed or min(bits * more, last)
        bits *= 2


def _decision(verdict: Verdict, bits: int) -> Decision:
    slack = None if verdict.slack is None else to_mpf(verdict.slack)
    return Decision(verdict.value, slack, verdict.agreed, verdict.where, bits, verdict.vacuous)


@lru_cache(maxsize=256)
def _printed(relation: Boolean) -> str:
    return str(relation)
