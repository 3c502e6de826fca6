"""The minimizer along gamma: arrays over a grid, and the gamma at which something happens, to certified digits.

The certified roots come with a proof that there are no others. On a box of gamma the last Newton step of the solver is run
with gamma a ball; it encloses ln lambda and every q for all gamma in the box at once, and with them the derivative of
ln lambda. Boxes are halved until each either holds no root, or a strictly monotone function with one.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import mpmath
import numpy as np
from flint import arb
from numpy.typing import ArrayLike, NDArray

from focal_symbolic.distribution import Distribution, digits_of, distribution_of, exact_number, gamma_of
from focal_symbolic.errors import InputError, Undecided
from focal_symbolic.numbers import arrays, formulas
from focal_symbolic.numbers.balls import ZERO, Probability, ball, precision, sign, to_fraction
from focal_symbolic.numbers.minimizer import Problem, certified_moves, solve
from focal_symbolic.numbers.minimizer.certificate import log1p_small
from focal_symbolic.numbers.parallel import worked
from focal_symbolic.numbers.rounding import rounded

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = ["Function", "Roots", "Sweep", "crossings", "log_gain", "multiplier_roots", "sweep", "weighted_mean"]

BITS = 64
"""Precision at which boxes are examined."""
FINEST = Fraction(1, 2**30)
"""A box narrower than this, relative to 1 or to gamma, is given up as unresolved."""
MOST_BOXES = 200_000
PART = 1 << 18
"""How many numbers of a sweep go to a worker at a time."""


@dataclass(frozen=True)
class Sweep:
    """Minimizers along gamma, in float64; the first axis is gamma's.

    Attributes
    ----------
    gamma : float64 array (m,)
        The grid.
    q : float64 array (m, n)
        The minimizers.
    ratio : float64 array (m, n)
        The q/p of every class; NaN never: 1 where p = 0.
    log_multiplier : float64 array (m,)
        The ln lambda.
    low, high : float64 array (m,)
        The classes with low < p < high are amplified.
    """

    gamma: NDArray[np.float64]
    q: NDArray[np.float64]
    ratio: NDArray[np.float64]
    log_multiplier: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


@dataclass(frozen=True)
class Roots:
    """The gamma in an interval at which a function of gamma is zero.

    If `unresolved` is empty, there are no others: that is proved, not sampled.

    Attributes
    ----------
    gammas : tuple of mpmath.mpf
        The roots, in order.
    rising : tuple of bool
        Whether the function rises through each root, else it falls.
    unresolved : tuple of pairs of Fraction
        Small intervals of gamma where roots could be neither excluded nor separated, such as around a double root.
    dps : int
        How many digits of each root are right.
    """

    gammas: tuple[mpmath.mpf, ...]
    rising: tuple[bool, ...]
    unresolved: tuple[tuple[Fraction, Fraction], ...]
    dps: int


def sweep(p: ArrayLike, gammas: ArrayLike, executor: Executor | None = None) -> Sweep:
    """The multiplier lambda, the ratios q/p and the band of amplified classes along a grid of gamma, in float64.

    By `arrays.along`: from the table for few classes, for which that is the faster, and else from neighbouring gamma.

    Parameters
    ----------
    p : array_like (n,) or (k, n)
        The data, nonnegative with sum 1 within n * 2**-52; one distribution, or k of them.
    gammas : array_like (m,)
        The focusing parameters, at least 0.
    executor : concurrent.futures.Executor, optional
        What works on the k distributions, some at a time; a part that it loses is done here.

    Returns
    -------
    Sweep
        The arrays, with the axis of gamma first; of k distributions, with theirs before it.

    Raises
    ------
    InputError
        For an argument that breaks a rule.

    Notes
    -----
    A class gains where psi(p) > lambda, by the claim `amplification/criterion`.

    Examples
    --------
    >>> from focal_symbolic import sweep
    >>> sweep.sweep([0.7, 0.2, 0.1], [0.0, 1.0, 2.0]).ratio.round(6)
    array([[1.      , 1.      , 1.      ],
           [0.856147, 1.316591, 1.373788],
           [0.764527, 1.463463, 1.721388]])
    """
    weights, grid = np.asarray(p, dtype=np.float64), np.asarray(gammas, dtype=np.float64)
    if weights.ndim == 2 and grid.ndim == 1:
        return _of_many(weights, grid, executor)
    return _of_one(weights, grid)


def _of_many(weights: NDArray[np.float64], grid: NDArray[np.float64], executor: Executor | None) -> Sweep:
    """The sweeps of several distributions."""
    size = max(PART // max(weights.shape[1] * len(grid), 1), 1)
    parts = [weights[at : at + size] for at in range(0, len(weights), size)]
    if executor is None:
        told = [_rows(part, grid, at) for at, part in zip(range(0, len(weights), size), parts, strict=True)]
    else:
        told = list(worked(executor, _rows, ((part, grid, size * place) for place, part in enumerate(parts))))
    q, ratio, multiplier, low, high = (
        (np.concatenate(each) for each in zip(*told, strict=True)) if told else _none(weights, grid)
    )
    return Sweep(grid, q, ratio, multiplier, low, high)


def _rows(weights: NDArray[np.float64], grid: NDArray[np.float64], first: int) -> tuple[NDArray[np.float64], ...]:
    """The arrays of the sweeps of some distributions, the first of which is this one of all."""
    found = []
    for place, row in enumerate(weights):
        try:
            one = _of_one(row, grid)
        except InputError as error:
            raise InputError(str(error).replace("p[", f"p[{first + place}, ", 1).replace(", ]", "]", 1)) from None
        found.append((one.q, one.ratio, one.log_multiplier, one.low, one.high))
    return tuple(map(np.stack, zip(*found, strict=True)))


def _none(weights: NDArray[np.float64], grid: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """The arrays of no sweeps."""
    wide, narrow = np.empty((0, len(grid), weights.shape[1])), np.empty((0, len(grid)))
    return wide, wide, narrow, narrow, narrow


def _of_one(weights: NDArray[np.float64], grid: NDArray[np.float64]) -> Sweep:
    found = arrays.along(weights, grid)
    low, high = arrays.amplification_band(found.log_multiplier, grid)
    ratio = np.where(weights > 0, found.q / np.where(weights > 0, weights, 1.0), 1.0)
    return Sweep(grid, found.q, ratio, found.log_multiplier, low, high)


def multiplier_roots(p: Iterable[object], low: object, high: object, dps: int = 50) -> Roots:
    """All gamma with low < gamma < high at which lambda = 1, where the rarest classes change sides.

    Every digit of each root is right; the function of `Roots` is ln lambda. It is 0 at gamma = 0, which is not
    counted as a root.

    Parameters
    ----------
    p : Distribution, or sequence of n numbers
        The data, with sum 1.
    low, high : number
        The ends of the interval, 0 <= low < high.
    dps : int
        Decimal digits, from 1 to 100000.

    Returns
    -------
    Roots
        The gamma with lambda = 1.

    Raises
    ------
    InputError
        For an argument that breaks a rule.
    Undecided
        If a root could not be found to so many digits.

    Notes
    -----
    What lambda > 1 means for the rarest classes is the claim `over_suppression/suppressed`.

    Examples
    --------
    >>> from mpmath import nstr
    >>> from focal_symbolic import Distribution, sweep
    >>> found = sweep.multiplier_roots(Distribution.from_counts([333, 333, 333, 1]), 1, 2, dps=10)
    >>> [nstr(gamma, 10) for gamma in found.gammas], found.rising, found.unresolved
    (['1.433642002'], (False,), ())
    """
    return _roots(distribution_of(p), None, low, high, dps)


def crossings(p: Iterable[object], index: object, low: object, high: object, dps: int = 50, level: object = None) -> Roots:
    """All gamma with low < gamma < high at which the class `index` crosses q = p, or another level.

    Every digit of each root is right; the function of `Roots` is ln psi(t) - ln lambda + ln(p_x/t) with t the level, which has
    the sign of q_x - t, because q_x > t where lambda = p_x phi(q_x) < p_x phi(t). With t = p_x it is 0 at gamma = 0, which is
    not counted as a root.

    Parameters
    ----------
    p : Distribution, or sequence of n numbers
        The data, with sum 1.
    index : int
        Which class, counted from 0, of positive probability.
    low, high : number
        The ends of the interval, 0 <= low < high.
    dps : int
        Decimal digits, from 1 to 100000.
    level : number, optional
        What q_x crosses, in (0, 1); p_x without it.

    Returns
    -------
    Roots
        The gamma with q_x = p_x, or with q_x at the level.

    Raises
    ------
    InputError
        For an argument that breaks a rule.
    Undecided
        If a root could not be found to so many digits.

    Notes
    -----
    A class gains where psi(p) > lambda, by the claim `amplification/criterion`.

    Examples
    --------
    >>> from mpmath import nstr
    >>> from focal_symbolic import Distribution, sweep
    >>> found = sweep.crossings(Distribution.from_counts([333, 333, 333, 1]), 3, 1, 2, dps=10)
    >>> [nstr(gamma, 10) for gamma in found.gammas], found.rising
    (['1.348827079'], (True,))
    """
    data = distribution_of(p)
    try:
        place = -1 if isinstance(index, bool) else operator.index(index)  # type: ignore[arg-type]  # refused below
    except TypeError:
        place = -1
    if not 0 <= place < len(data) or data[place] == 0:
        raise InputError(f"index = {index!r} is not a class of positive probability; give an int from 0 to {len(data) - 1}.")
    if level is None:
        return _roots(data, data[place], low, high, dps)
    crossed = exact_number(level, "level")
    if not 0 < crossed < 1:
        raise InputError(f"level = {level!r} is not a number above 0 and below 1; give one.")
    return _roots(data, crossed, low, high, dps, data[place] / crossed)


def _roots(
    data: Distribution, weight: Fraction | None, low: object, high: object, dps: int, ratio: Fraction = Fraction(1)
) -> Roots:
    start, end, digits = gamma_of(low), gamma_of(high), digits_of(dps)
    if not start < end:
        raise InputError(f"low = {start} is not below high = {end}; give an interval of gamma.")
    weights = tuple(data[x] for x in data.support)
    if len(set(weights)) == 1 and (weight is not None or len(weights) == 1):
        raise InputError("p is uniform on its support, so that q = p at every gamma; give another p.")
    function = Function(weights, weight, ratio)
    brackets, unresolved = function.isolate(start, end)
    gammas = tuple(function.root(one, digits) for one in brackets)
    return Roots(gammas, tuple(function.sign(one[1]) > 0 for one in brackets), tuple(unresolved), digits)


def log_gain(at: Probability, gamma: arb) -> arb:
    """The ln psi of a probability, enclosed, with the power of 1 - x kept out of the logarithm.

    ln psi(x) = gamma ln(1 - x) + ln(1 + gamma s(x)).

    Parameters
    ----------
    at : Probability
        A ball x with its complement, in (0, 1).
    gamma : arb
        A ball of the focusing parameter, at least 0.

    Returns
    -------
    arb
        A ball that holds ln psi(x), at the present precision.

    Notes
    -----
    The gain is of [mukhoti2020].

    Examples
    --------
    >>> from fractions import Fraction
    >>> from focal_symbolic.numbers.balls import Probability, ball, precision
    >>> from focal_symbolic.numbers.sweep import log_gain
    >>> with precision(64):
    ...     log_gain(Probability.exact(Fraction(1, 4)), ball(2)).str(10, radius=False)
    '0.07914419837'
    """
    return gamma * at.log_complement + formulas.lifted(at, gamma).log()


def weighted_mean(shares: list[arb], rates: list[arb]) -> arb:
    """The mean of the rates with positive weights, summed as distances from a number amid them.

    Parameters
    ----------
    shares : list of n arb
        The weights, positive.
    rates : list of n arb
        The numbers.

    Returns
    -------
    arb
        A ball that holds sum shares_i rates_i / sum shares_i, at the present precision.

    Notes
    -----
    It is how ln lambda moves with gamma, by the claim `existence/finite_step`.

    Examples
    --------
    >>> from focal_symbolic.numbers.balls import ball
    >>> from focal_symbolic.numbers.sweep import weighted_mean
    >>> weighted_mean([ball(1), ball(3)], [ball(2), ball(6)]).str(5)
    '5.0000'
    """
    amid = _middle(rates)
    return amid + sum((share * (rate - amid) for share, rate in zip(shares, rates, strict=True)), ZERO) / sum(shares, ZERO)


class Function:
    """The function ln lambda, or ln psi(t) - ln lambda + ln(ratio), of gamma with its derivative, enclosed.

    q_i moves by g_i (d ln phi(q_i)/d gamma - d ln lambda/d gamma), g_i = q_i/elasticity_i, and the moves sum to 0. So
    d ln lambda/d gamma is the mean of d ln phi(q_i)/d gamma = d ln psi(q_i)/d gamma with weights g_i.

    Parameters
    ----------
    weights : tuple of n Fraction
        The data on their support, with sum 1.
    weight : Fraction, optional
        The level t, such as the p_x of a class; None for ln lambda alone.
    ratio : Fraction
        The p_x/t of a level t.

    Notes
    -----
    The derivative is of the claim `existence/finite_step`.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from focal_symbolic.numbers.sweep import Function
    >>> function = Function((Fraction(333, 1000),) * 3 + (Fraction(1, 1000),), None)
    >>> function.sign(Fraction(1)), function.sign(Fraction(30))
    (1, -1)
    """

    def __init__(self, weights: tuple[Fraction, ...], weight: Fraction | None, ratio: Fraction = Fraction(1)) -> None:
        self.weights, self.weight, self.ratio = weights, weight, ratio

    def value(self, gamma: Fraction, bits: int) -> arb:
        """At an exact gamma, to about so many bits."""
        if gamma == 0:
            with precision(bits + 32):
                return ZERO if self.ratio == 1 else ball(self.ratio).log()
        log_multiplier = solve(self.weights, gamma, bits).log_multiplier
        with precision(bits + 32):
            if self.weight is None:
                return log_multiplier
            height = log_gain(Probability.exact(self.weight), ball(gamma)) - log_multiplier
            return height if self.ratio == 1 else height + ball(self.ratio).log()

    def sign(self, gamma: Fraction) -> int:
        """The certified sign at an exact gamma; 0 if it stays undecided."""
        bits = BITS
        while bits <= 16 * BITS:
            if found := sign(self.value(gamma, bits)):
                return found
            bits *= 2
        return 0

    def slope(self, low: Fraction, high: Fraction, bits: int) -> arb | None:
        """The derivative enclosed over a whole box of gamma, or None if the box is too wide."""
        middle = (low + high) / 2
        near = solve(self.weights, middle, bits)
        exact = Problem.of(self.weights, middle)
        at = [near.q[exact.order.index(rank)] for rank in range(len(exact.weights))]
        with precision(bits + 32):
            away = arb(0, ball((high - low) / 2).upper())
            gammas = ball(middle) + away
            problem = replace(exact, gamma=gammas, known={})
            points = exact.points(near.multiplier.mid(), [one.q.mid() for one in at[1:]])
            rates = [formulas.gain_rate(Probability(q, c), gammas) for q, c in zip(points.q, points.complement, strict=True)]
            reference = _middle(rates)
            # E_i(gamma), with lambda exp((gamma - middle) * reference) for lambda: by the mean value theorem in gamma
            excess = [log1p_small(one) + away * (rate - reference) for one, rate in zip(points.residuals(), rates, strict=True)]
            of_gamma = formulas.of_gamma(gammas)
            if (found := certified_moves(problem, points.q, points.eases(gammas), excess)) is None:
                return None
            _, moves, box, _ = found
            q = [(at + move) * box for at, move in zip(points.q[1:], moves, strict=True)]
            rates, shares = [], []
            for count, one in zip(problem.counts, [problem.head(q), *map(Probability, q)], strict=True):
                odds = one.q / one.complement
                lift = formulas.lift(-gammas, odds, one.log)
                shares.append(count * one.q * formulas.ease(of_gamma, odds, lift))
                rates.append(formulas.gain_rate(one, gammas))
            mean = weighted_mean(shares, rates)
            return mean if self.weight is None else formulas.gain_rate(Probability.exact(self.weight), gammas) - mean

    def isolate(self, low: Fraction, high: Fraction) -> tuple[list[tuple[Fraction, Fraction]], list[tuple[Fraction, Fraction]]]:
        """(brackets with exactly one root each, boxes that could not be resolved), in order."""
        brackets, unresolved = [], []
        boxes, seen = [(low, high)], 0
        while boxes:
            a, b = boxes.pop()
            seen += 1
            if seen > MOST_BOXES:
                raise Undecided(f"sweep: more than {MOST_BOXES} boxes between {low} and {high}; give a shorter interval.")
            slope = self.slope(a, b, BITS)
            if slope is not None and slope.is_finite():
                if slope > 0 or slope < 0:
                    if a == 0 and self.ratio == 1:  # the function starts from 0 there
                        continue
                    ends = self.sign(a), self.sign(b)
                    if ends[0] * ends[1]:
                        brackets += [(a, b)] if ends[0] != ends[1] else []
                        continue
                else:
                    middle = (a + b) / 2
                    with precision(BITS + 32):
                        whole = self.value(middle, BITS) + slope * arb(0, ball((b - a) / 2).upper())
                        if sign(whole):
                            continue
            if b - a < FINEST * max(b, Fraction(1)):
                unresolved.append((a, b))
                continue
            # not quite in the middle: a root at a round number should not be an end
            middle = a + (b - a) * Fraction(511, 1024)
            boxes += [(middle, b), (a, middle)]
        return brackets, unresolved

    def root(self, bracket: tuple[Fraction, Fraction], digits: int) -> mpmath.mpf:
        """The root in a bracket where the function is monotone, to so many right digits."""
        narrow = [bracket]

        def enclose(bits: int) -> list[arb]:
            narrow[0] = self.narrowed(narrow[0], bits)
            low, high = narrow[0]
            with precision(bits + 64):
                return [ball(low).union(ball(high))]

        (value,), _ = rounded(enclose, digits)
        return value

    def narrowed(self, bracket: tuple[Fraction, Fraction], bits: int) -> tuple[Fraction, Fraction]:
        """Interval Newton until the bracket's relative width is 2**-bits; where it does not narrow, halving."""
        low, high = bracket
        rising = self.sign(high) > 0
        for _ in range(40 + 2 * bits):
            width = high - low
            if width * 2**bits <= low:
                return low, high
            goal = min(bits, max(2 * _bits_of(low / width), 16))
            work = goal + 48
            middle = _dyadic((low + high) / 2, work)
            slope = self.slope(low, high, work // 2 + 32)
            value = self.value(middle, work)
            if slope is not None and (slope > 0 or slope < 0):
                with precision(work):
                    new = ball(middle) - value / slope
                    a, b = to_fraction(new.lower()), to_fraction(new.upper())
                a, b = max(a, low), min(b, high)
                if b - a <= width / 2 and a <= b:
                    low, high = a, b
                    if low == high:
                        return low, high
                    continue
            side = sign(value)
            if not side:
                raise Undecided(f"sweep: the sign at gamma = {float(middle)!r} is undecided with {work} bits.")
            low, high = (low, middle) if (side > 0) == rising else (middle, high)
        raise Undecided(f"sweep: a root between {float(low)!r} and {float(high)!r} did not come to {bits} bits.")


def _middle(rates: list[arb]) -> arb:
    """A number amid the balls."""
    middles = [rate.mid() for rate in rates]
    return ((min(middles) + max(middles)) / 2).mid()


def _bits_of(value: Fraction) -> int:
    return max(value.numerator.bit_length() - value.denominator.bit_length(), 0)


def _dyadic(value: Fraction, bits: int) -> Fraction:
    """A rational of so many binary places, next to `value`: solving at it costs no more than the digits asked for."""
    scale = 1 << (bits + 8)
    return Fraction(round(value * scale), scale)
