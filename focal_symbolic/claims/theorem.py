"""The form of a page: `@theorem` states what is shown, over which variables, and a falsehood near by; a function proves it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sympy import Interval, Rational, oo, sympify
from sympy.core.relational import Gt, Lt
from sympy.logic.boolalg import And

from focal_symbolic.claims.claim import (
    Boxes,
    Claim,
    Draws,
    HardSet,
    Kind,
    Letter,
    Levels,
    Lower,
    Mixture,
    Near,
    Number,
    Optimum,
    Permutation,
    Pmf,
    Result,
    Source,
    Subpmf,
    Twin,
    Upper,
    Variable,
)

__all__ = [
    "above",
    "below",
    "bijection",
    "data",
    "letter",
    "levels",
    "mixture",
    "near",
    "optimum",
    "pmf",
    "submass",
    "theorem",
]

OfKey = Callable[[Any], Variable]

# -- kinds of variables: each takes the key under which it stands in `over` ---------------------------------------------------


def pmf(base: Any) -> Variable:
    """A probability mass function that vanishes nowhere."""
    return Pmf(base)


def data(base: Any) -> Variable:
    """A probability mass function that may vanish somewhere."""
    return Pmf(base, positive=False)


def submass(base: Any) -> Variable:
    """Positive masses whose sum is at most 1."""
    return Subpmf(base)


def letter(index: Any) -> Variable:
    """A letter of the alphabet."""
    return Letter(index)


def bijection(base: Any) -> Variable:
    """A bijection of the alphabet."""
    return Permutation(base)


def optimum(p: Any, gamma: Any) -> OfKey:
    """Under the key (q, multiplier): the minimizer for the data p, with its multiplier."""
    return lambda key: Optimum(key[0], key[1], p, sympify(gamma))


def mixture(first: Any, second: Any, weight: Any, moved: Any = None) -> OfKey:
    """The family (1 - weight) first + weight second, the second relabelled by `moved` if that is given."""
    return lambda base: Mixture(base, first, second, weight, moved)


def below(*families: Any) -> OfKey:
    """A positive number below 1 that no entry of the families falls short of."""
    return lambda symbol: Lower(symbol, families)


def above(*families: Any) -> OfKey:
    """A number, at most 1, that no entry of the families exceeds."""
    return lambda symbol: Upper(symbol, families)


def near(value: Any, radius: Any) -> OfKey:
    """The number at which a witness sits; the fuzz moves it by the radius at most."""
    return lambda symbol: Near(symbol, sympify(value), sympify(radius))


def levels(first: tuple[int, int], second: tuple[int, int], at: tuple[Any, Any]) -> OfKey:
    """The pmf of a witness with two values: (how many letters, weight) of each, and a letter of each."""
    return lambda base: Levels(base, (first, second), at)


def _variable(key: Any, kind: Any) -> Variable:
    if isinstance(kind, Interval):
        low_open, high_open = bool(kind.left_open), bool(kind.right_open)
        return Number(key, kind.start, kind.end, low_open and kind.start != -oo, high_open and kind.end != oo)
    made: Variable = kind(key)
    return made


def _variables(over: Mapping[Any, Any] | None) -> tuple[Variable, ...]:
    return tuple(_variable(key, kind) for key, kind in (over or {}).items())


# -- defaults ------------------------------------------------------------------------------------------------------------------

_ROOM, _STEP, _FAR = Rational(1, 1000), Rational(1, 10), sympify(6)


def _precision(given: Any, variables: tuple[Variable, ...], goal: Any) -> Boxes | HardSet:
    """The box given as {number: (low, high)}, or what the variables imply.

    That is a box for strict inequalities in at most two numbers: a thousandth from open ends, and from a tenth to 6 beyond the
    end of a half-line. Else the hard cases.
    """
    if given is not None:
        return Boxes(tuple((symbol, *map(sympify, ends)) for symbol, ends in given.items()))
    numbers = [v for v in variables if isinstance(v, Number) and v.low != -oo]
    strict = all(isinstance(part, Lt | Gt) for part in (goal.args if isinstance(goal, And) else [goal]))
    if not strict or not 0 < len(numbers) == len(variables) <= 2:
        return HardSet()
    return Boxes(tuple(map(_interval, numbers)))


def _interval(v: Number) -> tuple[Any, Any, Any]:
    if v.high == oo:
        return v.symbol, v.low + _STEP if v.low_open else v.low, v.low + _FAR
    return v.symbol, v.low + _ROOM if v.low_open else v.low, v.high - _ROOM if v.high_open else v.high


# -- the decorator -----------------------------------------------------------------------------------------------------------


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
