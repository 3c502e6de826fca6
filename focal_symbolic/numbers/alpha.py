"""The weights of the alpha-balanced loss: what an outcome counts for, and the distribution that such a loss sees.

With weights w the loss of an outcome x is w_x loss(q_x). The condition of the optimum is w_x p_x phi(q_x) = lambda, so that the
optimum is the minimizer of the distribution proportional to w p, and a common factor of all weights changes nothing in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from focal_symbolic.distribution import Distribution, exact_number, in_order
from focal_symbolic.errors import InputError
from focal_symbolic.numbers.decimals import digits

__all__ = ["is_one_number", "pairs_of", "tilted", "weights_of"]


UNWEIGHED = Fraction(1)
"""What the weights sum to where there are none."""


def is_one_number(alpha: object) -> bool:
    """Whether alpha is a single number, and no sequence of them."""
    return isinstance(alpha, str) or not isinstance(alpha, Iterable) or getattr(alpha, "ndim", 1) == 0


def weights_of(
    alpha: object, size: int, positive: bool = False, labels: tuple[Any, ...] | None = None
) -> tuple[Fraction, ...] | None:
    """The weight of each outcome, exact; None for none.

    Args: alpha is a number at least 0 for each of `size` outcomes. For two outcomes it may be one number from 0 to 1: alpha for
        the first, the positives, and 1 - alpha for the second. positive, where a weight of 0 is refused. labels are the names
        of the outcomes, by which a dict of weights is read.
    Raises: InputError.
    """
    if alpha is None:
        return None
    alpha = in_order(alpha, labels, "alpha")
    if is_one_number(alpha):
        if size != 2:
            raise InputError(
                f"alpha = {_told(alpha)} is one number and there are {size} outcomes; give one a class, "
                "for a factor that all of them share changes nothing."
            )
        weights: tuple[Fraction, ...] = _pair(alpha, "alpha")
    else:
        values: tuple[object, ...] = tuple(alpha)  # type: ignore[arg-type]  # no number, so a sequence
        if len(values) != size:
            raise InputError(f"alpha has {len(values)} entries and there are {size} outcomes; give one a class.")
        weights = tuple(_weight(value, f"alpha[{place}]") for place, value in enumerate(values))
    if positive and 0 in weights:
        place = weights.index(Fraction(0))
        raise InputError(f"alpha[{place}] = 0, and what has no weight leaves no trace in the outputs; give weights above 0.")
    return weights


def pairs_of(
    alpha: object, size: int, positive: bool = False, labels: tuple[Any, ...] | None = None
) -> tuple[tuple[Fraction, Fraction], ...] | None:
    """For each of `size` sigmoids (the weight of its positives, that of its negatives), exact; None for none.

    Args: alpha is a number from 0 to 1, alpha for positives and 1 - alpha for negatives; or one such number a class; or a pair
        a class, of any two numbers at least 0. positive and labels as for `weights_of`.
    Raises: InputError.
    """
    if alpha is None:
        return None
    alpha = in_order(alpha, labels, "alpha")
    if is_one_number(alpha):
        pairs = [_pair(alpha, "alpha")] * size
    else:
        values = list(alpha)  # type: ignore[call-overload]  # no number, so a sequence
        if size == 1 and len(values) == 2 and all(map(is_one_number, values)):
            values = [values]
        if len(values) != size:
            raise InputError(f"alpha has {len(values)} entries and there are {size} classes; give one number, or one a class.")
        pairs = [
            _pair(value, f"alpha[{place}]") if is_one_number(value) else _two(value, f"alpha[{place}]")
            for place, value in enumerate(values)
        ]
    for place, pair in enumerate(pairs):
        if positive and 0 in pair:
            side = "positives" if not pair[0] else "negatives"
            raise InputError(
                f"alpha gives the {side} of class {place + 1} the weight 0, which leaves no trace in the outputs; "
                "give weights above 0."
            )
    return tuple(pairs)


def tilted(p: Distribution, weights: tuple[Fraction, ...] | None) -> tuple[Distribution, Fraction]:
    """(the distribution proportional to w p, the sum of w p).

    Raises: InputError if nothing is left.
    """
    if weights is None:
        return p, UNWEIGHED
    masses = [weight * share for weight, share in zip(weights, p, strict=True)]
    if not (total := sum(masses, Fraction(0))):
        raise InputError("alpha leaves no outcome of positive probability; give one of those a weight above 0.")
    return Distribution([mass / total for mass in masses]), total


def _weight(value: object, name: str) -> Fraction:
    exact = exact_number(value, name)
    if exact < 0:
        raise InputError(f"{name} = {digits(exact, 6)} is negative; a weight must be at least 0 (for none leave alpha out).")
    return exact


def _pair(value: object, name: str) -> tuple[Fraction, Fraction]:
    exact = exact_number(value, name)
    if not 0 <= exact <= 1:
        none = ", where -1 stands for no weights leave it out" if exact == -1 else ""
        raise InputError(
            f"{name} = {digits(exact, 6)} is not between 0 and 1, alpha for positives and 1 - alpha for negatives; "
            f"give such a number, or two weights{none}."
        )
    return exact, 1 - exact


def _two(values: object, name: str) -> tuple[Fraction, Fraction]:
    given: tuple[object, ...] = tuple(values)  # type: ignore[arg-type]  # no number, so a sequence
    if len(given) != 2:
        raise InputError(f"{name} has {len(given)} entries; give two weights, of the positives and of the negatives.")
    return _weight(given[0], f"{name}[0]"), _weight(given[1], f"{name}[1]")


def _told(value: object) -> str:
    return value if isinstance(value, str) else digits(exact_number(value, "alpha"), 6)
