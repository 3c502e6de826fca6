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

HERE = "here"
"""The home of a theorem that is stated in a session or a notebook, which is no file."""


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
    """A theorem, of the function below it, which proves it; its name is that function's, behind that of its file.

    Parameters
    ----------
    sentence : str
        What is asserted, in one sentence without symbols that are not said.
    shows : Boolean
        The same as a SymPy statement.
    false : str
        A false statement near by, in one sentence.
    over : mapping of keys to kinds
        All variables in the order in which they are drawn, each with its interval or kind.
    where : Boolean, or sequence of them
        Hypotheses beyond those of the variables.
    answers, reference : str
        The phrase of the abstract that it answers to; or where else it is known, if it is our own.
    kind : {'universal', 'witness', 'limit', 'open'}
        What is asserted: of all values, at one, in the limit; or nothing yet, and the function says what is missing.
    but, but_over : Boolean, mapping
        The goal of the false statement, or its variables, where they are others.
    precision : mapping of numbers to pairs
        A box {number: (low, high)} on which balls decide it, where the variables imply another.
    fuzz : Draws
        How random cases are drawn, where the variables imply another way.
    main : bool
        Whether it is the main theorem of its file.

    Returns
    -------
    callable
        What makes a `Result` of the function: for the library, and for `proof.use` on other pages.

    Examples
    --------
    >>> from sympy import Interval
    >>> from focal_symbolic.claims import theorem
    >>> from focal_symbolic.definitions import x
    >>> inside = {x: Interval.open(0, 1)}
    >>> @theorem("A square lies below its root", over=inside, shows=x**2 < x, false="It lies above", but=x**2 > x)
    ... def square_below(proof):
    ...     proof.sign()
    >>> square_below.shows
    x**2 < x
    """
    variables = _variables(over)
    source: Source = "paper" if answers else "own"
    hypotheses = tuple(where) if isinstance(where, tuple | list) else (where,)
    twin = Twin(false, but, None if but_over is None else _variables(but_over))

    def made(proof: Callable[[Any], None]) -> Result:
        in_a_session = proof.__module__ == "__main__" and "__file__" not in proof.__globals__
        home = HERE if in_a_session else Path(inspect.getfile(proof)).stem
        name = f"{home}/{proof.__name__}"
        claim = Claim(name, sentence, source, answers or reference, variables, shows, kind, hypotheses)
        return Result(claim, proof, _precision(precision, variables, shows), fuzz or Draws(), twin, main)

    return made
