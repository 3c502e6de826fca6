"""The form of a page: `@theorem` states what is shown, over which variables, and a falsehood near by; a function proves it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sympy import Interval, sympify
from sympy.core.relational import Gt, Lt
from sympy.logic.boolalg import And

from focal_symbolic.claims.claim import Boxes, Claim, Draws, HardSet, Kind, Result, Source, Twin
from focal_symbolic.claims.variables.kind import Variable
from focal_symbolic.claims.variables.number import number

__all__ = ["theorem"]


def _variables(over: Mapping[Any, Any] | None) -> tuple[Variable, ...]:
    """The variables: under each key an interval, or a kind, which makes the variable of its key."""
    return tuple(number(key, kind) if isinstance(kind, Interval) else kind(key) for key, kind in (over or {}).items())


def _precision(given: Any, variables: tuple[Variable, ...], goal: Any) -> Boxes | HardSet:
    """The box given as {number: (low, high)}, or what the variables imply.

    That is their own box for strict inequalities in at most two numbers, else the hard cases.
    """
    if given is not None:
        return Boxes(tuple((symbol, *map(sympify, ends)) for symbol, ends in given.items()))
    boxes = tuple(box for box in (variable.box for variable in variables) if box)
    strict = all(isinstance(part, Lt | Gt) for part in (goal.args if isinstance(goal, And) else [goal]))
    return Boxes(boxes) if strict and 0 < len(boxes) == len(variables) <= 2 else HardSet()


def theorem(
    sentence: str,
    *,
    shows: Any,
    false: str,
    over: Mapping[Any, Any] | None = None,
    where: Any = (),
    answers: str = "",
    reference: str = "",
    kind: Kind = "universal",
    but: Any = None,
    but_over: Mapping[Any, Any] | None = None,
    precision: Mapping[Any, tuple[Any, Any]] | None = None,
    fuzz: Draws | None = None,
    main: bool = False,
) -> Callable[[Callable[[Any], None]], Result]:
    """State a theorem; the function below it proves it, and its name is the theorem's, behind that of its file.

    Parameters
    ----------
    sentence
        What is asserted, in one sentence without symbols that are not said.
    shows
        The same as a SymPy statement.
    false, but, but_over
        A false statement near by: its sentence, and its goal or its variables, where they are others.
    over
        All variables in the order in which they are drawn, each with its interval or kind.
    where
        Hypotheses beyond those of the variables.
    answers, reference
        The phrase of the abstract that it answers to; or where else it is known, if it is our own.
    precision, fuzz
        A box {number: (low, high)} on which balls decide it, and how random cases are drawn, where the variables imply others.
    main
        Whether it is the main theorem of its file.

    Returns
    -------
    The result, for the library and for `proof.use` on other pages.
    """
    variables = _variables(over)
    source: Source = "paper" if answers else "own"
    hypotheses = tuple(where) if isinstance(where, tuple | list) else (where,)
    twin = Twin(false, but, None if but_over is None else _variables(but_over))

    def made(proof: Callable[[Any], None]) -> Result:
        name = f"{Path(inspect.getfile(proof)).stem}/{proof.__name__}"
        claim = Claim(name, sentence, source, answers or reference, variables, shows, kind, hypotheses)
        return Result(claim, proof, _precision(precision, variables, shows), fuzz or Draws(), twin, main)

    return made
