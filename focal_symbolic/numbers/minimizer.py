"""The minimizer Q* of the focal-entropy H_gamma(P, .), its multiplier, and the inverse map from Q* to P.

On the support of P, p_x phi(q_x) = lambda (phi the slope of the loss) and the q_x sum to 1. The heaviest outcomes are
held out: their q is what the others leave of 1, so that it and its complement are both known to full relative accuracy
even when it is 1 - 1e-300.

Joint Newton on lambda and q, each step O(n): a start in float64, steps of order 3 on rising precision that nobody needs to
trust, and one interval Newton step at full precision, which is the certificate. It evaluates three transcendental functions a
class, and H* is had from the same three, so that to many digits all costs little more than H itself.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple

import mpmath
from flint import arb, ctx, fmpq
from sympy import Add, diff, log

from focal_symbolic import definitions
from focal_symbolic.distribution import Distribution, digits_of, distribution_of, gamma_of
from focal_symbolic.errors import InputError, Undecided
from focal_symbolic.numbers import arrays
from focal_symbolic.numbers.balls import HALF, ONE, ZERO, Probability, ball, compiled, precision, rounded
from focal_symbolic.numbers.entropy import focal_entropy_ball

__all__ = [
    "Minimizer",
    "Solution",
    "data_distribution",
    "inverse_map",
    "minimizer",
    "slope_formulas",
    "slope_inverse_ball",
    "solve",
]


@dataclass(frozen=True)
class Minimizer:
    """The minimizer of the focal-entropy of p, every number rounded from a certified enclosure."""

    p: Distribution
    gamma: Fraction
    dps: int
    q: tuple[mpmath.mpf, ...]
    complement: tuple[mpmath.mpf, ...]
    """1 - q, to the same relative accuracy."""
    multiplier: mpmath.mpf
    log_multiplier: mpmath.mpf
    entropy: mpmath.mpf
    """The minimum, H_gamma(p, q)."""
    log_entropy: mpmath.mpf
    radius: mpmath.mpf
    """A bound of the relative error of every number here."""


@dataclass(frozen=True, eq=False)
class Solution:
    """Certified balls of the minimizer on a support: each contains the true value. Equal p share one `Probability`."""

    q: tuple[Probability, ...]
    multiplier: arb
    log_multiplier: arb
    entropy: arb
    log_entropy: arb


def minimizer(p: Iterable[object], gamma: object, dps: int = 50) -> Minimizer:
    """The unique q that minimizes the focal-entropy of p, to `dps` digits, each of them right.

    Statement: q_x = phi^-1(lambda/p_x) where p_x > 0, q_x = 0 elsewhere; q = p if gamma = 0 or p is degenerate.
    Args: p is a Distribution or a sequence of numbers; gamma is a number at least 0.
    Raises: InputError for an argument that breaks a rule; Undecided if the digits could not be certified.
    """
    data, power, digits = distribution_of(p), gamma_of(gamma), digits_of(dps)
    support = data.support
    weights = _Weights(tuple(data[x] for x in support))
    firsts = [indices[0] for indices in weights.places.values()]  # equal p once

    def enclose(bits: int) -> list[arb | Fraction]:
        found = _solve(weights, power, bits)
        at = [found.q[x] for x in firsts]
        q: list[arb | Fraction] = [one.q for one in at]
        complement: list[arb | Fraction] = [one.complement for one in at]
        if power == 0 or len(firsts) == 1:
            q = [weights.values[x] for x in firsts]
            complement = [1 - weight for weight in q]
        return [found.multiplier, found.log_multiplier, found.entropy, found.log_entropy, *q, *complement]

    (multiplier, log_multiplier, entropy, log_entropy, *parts), radius = rounded(enclose, digits)
    q, complement = [mpmath.mpf(0)] * len(data), [mpmath.mpf(1)] * len(data)
    for indices, value, other in zip(weights.places.values(), parts, parts[len(firsts) :], strict=False):
        for x in indices:
            q[support[x]], complement[support[x]] = value, other
    return Minimizer(
        p=data,
        gamma=power,
        dps=digits,
        q=tuple(q),
        complement=tuple(complement),
        multiplier=multiplier,
        log_multiplier=log_multiplier,
        entropy=entropy,
        log_entropy=log_entropy,
        radius=radius,
    )


def data_distribution(q: Iterable[object], gamma: object, dps: int = 50) -> tuple[mpmath.mpf, ...]:
    """The data distribution whose minimizer is q, to `dps` digits, each of them right.

    Statement: p_x = (1/phi(q_x)) / sum_y 1/phi(q_y), with p_x = 0 where q_x = 0; p = q if gamma = 0 or q is degenerate.
    Args: q is a Distribution or a sequence of numbers; gamma is a number at least 0.
    Raises: InputError; Undecided.
    """
    model, power, digits = distribution_of(q, "q"), gamma_of(gamma), digits_of(dps)
    weights = tuple(model[x] for x in model.support)

    def enclose(bits: int) -> Sequence[arb | Fraction]:
        if power == 0 or len(set(weights)) == 1:
            return weights
        with precision(bits + _guard(max(weights), min(weights), len(weights), power)):
            return inverse_map([Probability.exact(weight) for weight in weights], power)

    values, _ = rounded(enclose, digits)
    of_index = dict(zip(model.support, values, strict=True))
    return tuple(of_index.get(x, mpmath.mpf(0)) for x in range(len(model)))


def inverse_map(q: Sequence[Probability], gamma: Fraction | arb) -> tuple[arb, ...]:
    """The data distribution of q, all entries in (0, 1), enclosed at the present precision."""
    slope, power = slope_formulas().slope, ball(gamma)
    shares = [1 / slope(at, power) for at in q]
    total = sum(shares, ZERO)
    return tuple(share / total for share in shares)


class _Weights:
    """Probabilities that hash and compare fast, with the places at which each distinct one stands."""

    __slots__ = ("hash", "keys", "places", "values")

    def __init__(self, values: tuple[Fraction, ...]) -> None:
        self.values = values
        self.keys = [(value.numerator, value.denominator) for value in values]
        self.hash = hash(tuple(self.keys))
        self.places: dict[tuple[int, int], list[int]] = {}
        for index, key in enumerate(self.keys):
            self.places.setdefault(key, []).append(index)

    def __hash__(self) -> int:
        return self.hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Weights) and self.keys == other.keys


# ------------------------------------------------------------------------------------------------- formulas


@dataclass(frozen=True)
class _Formulas:
    slope: Callable
    log_slope: Callable
    elasticity: Callable
    both: Callable


@cache
def slope_formulas() -> _Formulas:
    """The slope, its logarithm, and its elasticity -d ln phi/d ln x > 0, made from the definition.

    (1 - x)^gamma is taken out, term by term, before logarithms and quotients, where it would only widen the balls.
    """
    x, gamma = definitions.x, definitions.gamma
    slope, power = definitions.slope(x, gamma), (1 - x) ** gamma
    reduced, derivative = (Add(*(term / power for term in each.args)) for each in (slope, diff(slope, x)))
    log_slope = gamma * log(1 - x) + log(reduced)
    elasticity = -x * derivative / reduced
    names = (x, gamma)
    return _Formulas(
        compiled(slope, names),
        compiled(log_slope, names),
        compiled(elasticity, names),
        compiled((log_slope, elasticity), names),
    )


# ------------------------------------------------------------------------------------------------- the solver

ATTEMPTS = 10
MOST_ODDS = arb((9, -3))
"""The largest odds of the others for `Problem.newton`, where theirs are below 1."""
ROOT_BITS = 2000
"""From here on roots of 1 - q up to the 16th are cheaper than exp and ln; square roots always are."""
NARROW = arb((1, -32))
"""A ball of smaller relative radius is inverted as a whole, others at both ends."""


def solve(p: Sequence[Fraction], gamma: Fraction, prec: int) -> Solution:
    """The minimizer on a support, in certified balls of relative radius at most 2**-prec.

    Statement: each ball contains the true value; ln lambda and ln H* have absolute radii of that size. Results are kept.
    Args: p is all positive and sums to 1 exactly; gamma is exact and at least 0; prec is in bits.
    Raises: InputError for another p or gamma; Undecided if no certificate was found.
    """
    weights = tuple(p)
    if not all(isinstance(weight, (Fraction, int)) for weight in weights):
        raise InputError("p must be positive Fractions that sum to 1; leave out the outcomes of probability 0.")
    return _solve(_Weights(weights), gamma, prec)


@lru_cache(maxsize=256)
def _solve(weights: _Weights, gamma: Fraction, prec: int) -> Solution:
    if not weights.keys or min(weights.keys)[0] <= 0:
        raise InputError("p must be positive Fractions that sum to 1; leave out the outcomes of probability 0.")
    if gamma < 0:
        raise InputError(f"gamma = {gamma} is negative; the focusing parameter must be at least 0.")
    problem = Problem.of(weights, gamma)
    if sum(map(fmpq.__mul__, problem.rationals, problem.counts), fmpq(0)) != 1:
        raise InputError(f"p sums to {sum(weights.values)}; it must sum to 1 exactly, so leave out no outcome.")
    bits = prec + problem.guard
    for attempt in range(ATTEMPTS):
        with precision(bits):
            if (found := _enclosed(problem, quick=attempt < 2)) is not None:
                at, multiplier, log_multiplier, entropy = found
                log_entropy = arb.neg_inf() if entropy.is_zero() else entropy.log()
                numbers = [multiplier, entropy, *[one.q for one in at], *[one.complement for one in at]]
                # Arb compares the top bits of radius and middle; one bit more is for the least absolute value instead
                if min(map(arb.rel_accuracy_bits, numbers)) > prec:
                    return Solution(tuple(at[x] for x in problem.order), multiplier, log_multiplier, entropy, log_entropy)
        bits += bits // 4 + 32
    raise Undecided(
        f"minimizer: no certificate at gamma = {gamma} for {len(weights.values)} outcomes with {bits} bits; raise dps."
    )


def _guard(heaviest: Fraction, rarest: Fraction, n: int, gamma: Fraction) -> int:
    """Bits lost to the sizes of gamma, of n, and of the logarithms of p."""
    sizes = max(heaviest.denominator.bit_length(), rarest.denominator.bit_length())
    return 12 + 2 * _size(gamma) + n.bit_length() + sizes.bit_length()


def _size(gamma: Fraction) -> int:
    return max(gamma.numerator.bit_length() - gamma.denominator.bit_length() + 1, 0)


def _enclosed(problem: Problem, quick: bool) -> tuple[list[Probability], arb, arb, arb] | None:
    """(q of each distinct weight, lambda, ln lambda, H*) in certified balls at the present precision, or None.

    Args: quick, to start from float64; else from a start that is safe for any numbers.
    """
    gamma = problem.gamma
    if gamma == 0 or len(problem.weights) == 1:
        at = [Probability.exact(weight) for weight in problem.weights]
        log_multiplier = ZERO
        if gamma > 0:
            (weight,) = problem.weights
            certain = weight == 1
            log_multiplier = arb.neg_inf() if certain else ball(weight).log() + slope_formulas().log_slope(at[0], ball(gamma))
        multiplier = ZERO if log_multiplier == arb.neg_inf() else log_multiplier.exp()
        masses = [weight * count for weight, count in zip(problem.weights, problem.counts, strict=True)]
        return at, multiplier, log_multiplier, focal_entropy_ball(masses, at, gamma)
    near = _float_start(problem) if quick else None
    known, from_float = FLOAT_BITS, True
    if near is None:
        near, known, from_float = _start(problem), problem.start_bits, False
    log_multiplier, q = near
    levels, needed = [ctx.prec], ctx.prec // 2 + _size(gamma) + 8  # the last step is of order 2, the others of order 3
    while needed > known:
        levels.append(needed)
        needed = needed // 3 + _size(gamma) + 3
    with precision(levels[-1]):
        multiplier = log_multiplier.exp().mid()
    for level in reversed(levels[1:]):
        with precision(level):
            for _ in range(2):  # once more if the start was not as good as hoped for
                multiplier, q, largest = problem.step(multiplier, q, from_float)
                multiplier, q, from_float = multiplier.mid(), list(map(arb.mid, q)), False
                if largest < arb((1, 2 - level // 3)):
                    break
    proved = problem.certified_step(multiplier, q)
    if proved is None:
        return None
    multiplier, log_multiplier, q, entropy = proved
    return [problem.head(q), *map(Probability, q)], multiplier, log_multiplier, entropy


@dataclass(frozen=True)
class Problem:
    """The distinct probabilities, heaviest first, how often each occurs, and gamma > 0.

    The unknowns are lambda and the q of all but the heaviest; those q are below 1/2.
    """

    weights: tuple[Fraction, ...]
    counts: tuple[int, ...]
    gamma: Any  # a Fraction; a ball only for `newton`
    order: tuple[int, ...] = field(compare=False)
    """Where each outcome's probability stands in `weights`."""
    rationals: tuple[fmpq, ...] = field(compare=False)
    """The weights, as Arb reads them fastest."""
    known: dict[int, tuple[list[arb], arb]] = field(compare=False, default_factory=dict)
    """The weights and gamma as balls, by precision."""

    @classmethod
    def of(cls, p: Sequence[Fraction] | _Weights, gamma: Fraction) -> Problem:
        given = p if isinstance(p, _Weights) else _Weights(tuple(p))
        keys, places = list(given.places), list(given.places.values())
        rough = [top / under for top, under in keys]
        # floats sort faster than rationals; where they tie, only the rationals will do
        sizes: Sequence[Any] = rough if len(set(rough)) == len(rough) else [given.values[indices[0]] for indices in places]
        ranked = sorted(range(len(places)), key=sizes.__getitem__, reverse=True)
        order = [0] * len(given.values)
        for rank, place in enumerate(ranked):
            for index in places[place]:
                order[index] = rank
        return cls(
            tuple(given.values[places[x][0]] for x in ranked),
            tuple(len(places[x]) for x in ranked),
            gamma,
            tuple(order),
            tuple(fmpq(*keys[x]) for x in ranked),
        )

    @property
    def guard(self) -> int:
        return _guard(self.weights[0], self.weights[-1], sum(self.counts), self.gamma)

    @property
    def start_bits(self) -> int:
        return 64 + 3 * _size(self.gamma)

    @property
    def root(self) -> tuple[int, int] | None:
        """gamma as a small fraction, where powers of a root of 1 - q are cheaper than exp and ln."""
        if isinstance(self.gamma, arb):
            return None
        top, under = self.gamma.numerator, self.gamma.denominator
        return (top, under) if top <= 256 and under <= (16 if ctx.prec > ROOT_BITS else 2) else None

    def in_balls(self) -> tuple[list[arb], arb]:
        """(the weights, gamma), at the present precision or a higher one."""
        best = max(self.known, default=0)
        if best < ctx.prec:
            best = ctx.prec
            self.known[best] = list(map(arb, self.rationals)), ball(self.gamma)
        return self.known[best]

    @property
    def power(self) -> arb:
        """gamma as a ball."""
        return self.in_balls()[1]

    def log_weights(self) -> list[arb]:
        return [Probability.exact(weight).log for weight in self.weights]

    def head(self, q: Sequence[arb]) -> Probability:
        """What the others leave of 1, shared by the heaviest."""
        rest, k = sum(map(arb.__mul__, q, self.counts[1:]), ZERO), self.counts[0]
        return Probability((1 - rest) / k, (k - 1 + rest) / k)

    def points(self, multiplier: arb, q: Sequence[arb]) -> _Points:
        """All that is needed of each class, with three transcendental functions a class."""
        formulas, (weights, gamma), head, root = arrays.formulas(), self.in_balls(), self.head(q), self.root
        complement = [head.complement, *[ONE - at for at in q]]
        logs = [head.log, *map(arb.log, q)]
        if root is None:  # the absolute error is what counts in ln(1 - q), so that log1p is not needed below 1/2
            powers = [(gamma * one).exp() for one in (head.log_complement, *map(arb.log, complement[1:]))]
        else:
            powers = [one.root(root[1]) ** root[0] for one in complement]
        q = [head.q, *q]
        odds = list(map(arb.__truediv__, q, complement))
        lift = [formulas.lift(gamma, *both) for both in zip(odds, logs, strict=True)]
        mass = list(map(arb.__mul__, weights, powers))
        inverse = ONE / multiplier
        residual = [m * (ONE + more) / at * inverse - ONE for m, more, at in zip(mass, lift, q, strict=True)]
        return _Points(q, odds, logs, lift, mass, residual)

    def counted(self, values: Iterable[arb]) -> Iterable[arb]:
        """Each value times how often its class occurs."""
        return values if len(self.order) == len(self.weights) else map(arb.__mul__, values, self.counts)

    def step(self, multiplier: arb, q: Sequence[arb], from_float: bool = False) -> tuple[arb, list[arb], arb]:
        """A step of order 3 from midpoints, not certified: (lambda, q, the largest residual).

        With residual F_i = p_i phi(q_i)/lambda - 1 and E_i = ln(1 + F_i), E_i vanishes after a change d of ln lambda where
        q_i moves by q_i (w_i + b_i w_i^2/2), w_i = (E_i - d)/elasticity_i and b_i the bend, up to third order. The moves,
        the heaviest's included, sum to 0 at a d that is first found without the terms of second order, the one of the
        logarithm among them.
        Args: from_float says that q is as good as float64, so that float64 is good enough for the terms of second order.
        """
        points, bits, formulas = self.points(multiplier, q), ctx.prec, arrays.formulas()
        residual = points.residual
        with precision(2 * bits // 3 + 32):
            of_gamma = formulas.of_gamma(self.power)
            at: Sequence[arb | float] = points.q
            rough: Sequence[arb | float] = residual
            eases: Sequence[arb]
            rough_eases: Sequence[arb | float]
            if from_float:
                eases = [formulas.ease(*of_gamma, odds, lift) for odds, lift in zip(points.odds, points.lift, strict=True)]
                of_gamma, at, odds, lift, rough = (
                    list(map(float, part)) for part in (of_gamma, *points[:2], points.lift, rough)
                )
                rough_eases, bends = zip(*map(partial(formulas.curve, *of_gamma), odds, lift), strict=True)
            else:
                eases, bends = zip(*map(partial(formulas.curve, *of_gamma), points.odds, points.lift), strict=True)
                rough_eases = eases
            masses = list(map(arb.__mul__, points.q, eases))
            total = sum(self.counted(masses), ZERO)
            change = sum(self.counted(map(arb.__mul__, masses, residual)), ZERO) / total
        with precision(bits // 3 + 32):
            mean, curves = float(change) if from_float else change, []
            for value, ease, bend, over in zip(at, rough_eases, bends, rough, strict=True):
                w = (over - mean) * ease
                curves.append(value * (bend * w * w - ease * over * over))
            extra = sum(map(operator.mul, curves, self.counts)) / (2 * total)
            half = 0.5 if from_float else HALF
            curves = [curve * half for curve in curves]
        with precision(2 * bits // 3 + 32):
            change += extra
            moves = [mass * (over - change) + curve for mass, over, curve in zip(masses, residual, curves, strict=True)]
            growth = change + change * change * (HALF + change / 6)
        return multiplier + multiplier * growth, list(map(arb.__add__, q, moves[1:])), max(map(arb.abs_upper, residual))

    def certified_step(self, multiplier: arb, q: Sequence[arb]) -> tuple[arb, arb, list[arb], arb] | None:
        """The last Newton step, with its proof: (lambda, ln lambda, q, H*) in certified balls, or None.

        E_0, the excess of the heaviest, is a function of ln lambda alone once every other E_i is to vanish; it is continuous
        and falls. As in `step`, with g = q/elasticity, it vanishes at d = sum k_i g_i E_i / sum k_i g_i, sums over all. Here
        the g are enclosed over boxes q_i (1 + [-r, r]), so that by the mean value theorem this is an interval Newton step:
        if no q_i can leave its box while |d| <= reach, and |d| < reach, then the root is in the result.

        E_i = ln(1 + F_i) differs from F_i by at most F_i^2, as |F_i| <= 1/2.

        H* needs no new logarithm. The loss is convex with slope -phi, so p_i loss moves by -move_i times a number between
        p_i phi before, lambda (1 + F_i), and p_i phi after, lambda exp(d). The moves of all sum to 0, so that only what the
        factors differ from lambda counts.
        """
        points = self.points(multiplier, q)
        entropy = -sum(self.counted(map(arb.__mul__, points.mass, points.log)), ZERO)
        bits = ctx.prec
        with precision(bits // 2 + 32):
            residual = list(map(arb.__pos__, points.residual))
            largest = max(map(arb.abs_upper, residual))
            if not largest < arb((1, -4)):
                return None
            blur = arb(0, largest * largest)
            if (found := self.newton(points, residual, arb((1, -(bits // 2))), arb((1, -bits)), 16, blur)) is None:
                return None
            change, moves, moved = found
            growth = change + change * change * arb((1, -1), abs(change).upper())  # exp(d) - 1, as |d| < 1
            slack = 2 * moved * max(growth.abs_upper(), largest)  # the heaviest move by as much as the others, at most
        q = list(map(arb.__add__, q, moves))
        return multiplier * (ONE + growth), multiplier.log() + change, q, entropy + arb(0, (multiplier * slack).upper())

    def newton(
        self, points: _Points, excess: Sequence[arb], least: arb, reach: arb, margin: int, blur: arb = ZERO
    ) -> tuple[arb, list[arb], arb] | None:
        """Interval Newton as in `certified_step`, or None: (d, the moves of q of all but the heaviest, a bound of their sum).

        With balls for gamma and for the E_i all of it holds for each gamma and E_i in them, and so do the results.
        From q to q (1 + t), |t| <= r <= 1/4, with odds below 9/8 at q, the odds grow by the factor (1 + t)/(1 - t odds), which
        is within 3r of 1. So is that of the lift, gamma odds |ln q|: |ln q| falls as the odds grow, and by less, since
        |ln q| > ln(17/9) and |ln(1 + t)| <= 1.2 r.
        Args: E_i is in excess_i + blur, a ball around 0; the boxes have r = margin * largest |E_i| + least, and d may be
            2 * largest |E_i| + reach.
        """
        formulas = arrays.formulas()
        gamma, of_gamma = self.power, formulas.of_gamma(self.power)
        largest = max(map(arb.abs_upper, excess)) + blur.abs_upper()
        spread = margin * largest + least
        if not spread < arb((1, -2)):
            return None
        box, stretch = arb(1, spread), arb(1, 3 * spread)
        # of the heaviest, 1 - q = (k - 1 + rest)/k lies in a box as wide as that of what the others sum to
        c_head = points.q[0] / points.odds[0] * box
        head = Probability(ONE - c_head, c_head)
        if not head.q > 0:
            return None
        odds = head.q / c_head
        g = [head.q * formulas.ease(*of_gamma, odds, formulas.lift(gamma, odds, head.log))]
        limit = (spread / (2 * (3 * largest + reach))).lower()
        for at, odds, lift in zip(points.q[1:], points.odds[1:], points.lift[1:], strict=True):
            ease = formulas.ease(*of_gamma, odds * stretch, lift * stretch)
            if not (odds < MOST_ODDS and ease < limit):  # (|E_i| + |d|) ease < r/2: q_i stays in its box
                return None
            g.append(at * box * ease)
        total = sum(self.counted(g), ZERO)
        change = sum(self.counted(map(arb.__mul__, g, excess)), ZERO) / total + blur
        reach = 2 * largest + reach
        if not (all(one > 0 for one in g) and abs(change) < reach):
            return None
        offset = change + blur
        moves = [one * (over - offset) for one, over in zip(g[1:], excess[1:], strict=True)]
        return change, moves, (total * (largest + reach)).abs_upper()


class _Points(NamedTuple):
    """Of each class: q, its odds and logarithm, lift = gain/(1 - q)^gamma - 1, p (1 - q)^gamma, p phi(q)/lambda - 1."""

    q: list[arb]
    odds: list[arb]
    log: list[arb]
    lift: list[arb]
    mass: list[arb]
    residual: list[arb]


def log1p_small(x: arb) -> arb:
    """ln(1 + x) by two terms; the rest is at most |x|^3 for |x| <= 1/2. NaN for larger."""
    size = abs(x).upper()
    return x - x * x / 2 + arb(0, size * size * size) if size < ONE / 2 else arb.nan()


# ------------------------------------------------------------------------------------------------- where Newton starts

FLOAT_BITS = 50
"""Bits that a start in float64 is good for; if it is not, the certificate fails and the other start is used."""


def _float_start(problem: Problem) -> tuple[arb, list[arb]] | None:
    """(ln lambda, q of all but the heaviest) from float64, or None where float64 is too narrow."""
    try:
        weights = list(map(float, problem.weights))
        gamma = float(problem.gamma)
    except OverflowError:
        return None
    if not (weights[-1] > 1e-305 and 1e-300 < gamma < 1e9):
        return None
    near = arrays.start(weights, problem.counts, gamma)
    return None if near is None else (arb(near[0]), list(map(arb, near[1])))


STEPS = 400


@lru_cache(maxsize=256)
def _start(problem: Problem) -> tuple[arb, list[arb]]:
    """Midpoints good to about `start_bits` bits: Newton in ln lambda inside a bracket, each q_i solved in its logit.

    Nothing here is certified, so balls are cut to their midpoints; Arb is used because its exponents do not overflow.
    """
    with precision(problem.start_bits):
        formulas, gamma, n = slope_formulas(), ball(problem.gamma), sum(problem.counts)
        log_weights = problem.log_weights()
        uniform = formulas.log_slope(Probability.exact(Fraction(1, n)), gamma).mid()
        low, high = (log_weights[-1] + uniform).mid(), (log_weights[0] + uniform).mid()
        at = _guess(problem, log_weights, uniform, gamma)
        logits: list[arb | None] = [None] * (len(log_weights) - 1)
        last = arb.pos_inf()
        for _ in range(STEPS):
            if not low < at < high:
                at = ((low + high) / 2).mid()
            logits = [_logit((at - w).mid(), gamma, z) for w, z in zip(log_weights[1:], logits, strict=True)]
            q = [Probability.from_logit(z).q.mid() for z in logits if z is not None]
            g = [
                count * value / formulas.elasticity(Probability(value), gamma)
                for count, value in zip(problem.counts[1:], q, strict=True)
            ]
            rest = sum(map(arb.__mul__, q, problem.counts[1:]), ZERO)
            if rest < 1:
                head = problem.head(q)
                excess = (log_weights[0] + formulas.log_slope(head, gamma) - at).mid()
                h = formulas.elasticity(head, gamma) / (problem.counts[0] * head.q)
                change = (excess / (1 + h * sum(g, ZERO))).mid()
            else:
                excess, change = ONE, ((rest * n / (n - 1)).log() * rest / sum(g, ZERO)).mid()
            low, high = (at, high) if excess > 0 else (low, at)
            slow, last = rest < 1 and abs(excess) > last / 2, abs(excess) if rest < 1 else last
            at = ((low + high) / 2).mid() if slow else (at + change).mid()
            if rest < 1 and abs(change) < ball((1, -8)):
                polished = _polish(problem, at, q)
                if polished is not None:
                    return polished
    raise Undecided(f"minimizer: no start at gamma = {problem.gamma} for {n} outcomes; raise dps.")


def _polish(problem: Problem, at: arb, q: list[arb]) -> tuple[arb, list[arb]] | None:
    """Newton steps until they are small; None if they are not."""
    small = ball((1, -(ctx.prec // 2)))
    multiplier = at.exp().mid()
    for _ in range(8):
        multiplier, q, largest = problem.step(multiplier, q)
        multiplier, q = multiplier.mid(), [value.mid() for value in q]
        if not all(value > 0 for value in q) or not sum(map(arb.__mul__, q, problem.counts[1:]), ZERO) < 1:
            return None
        if largest < small:
            return multiplier.log().mid(), q
    return None


def _guess(problem: Problem, log_weights: list[arb], uniform: arb, gamma: arb) -> arb:
    """ln lambda to begin with: the mean gain at P for small gamma, and its limit as q tends to uniform for large."""
    if gamma > 2:
        mean = sum(map(arb.__mul__, log_weights, problem.counts), ZERO) / sum(problem.counts)
        return (mean + uniform).mid()
    slope = slope_formulas().slope
    gains = [ball(k * w * w) * slope(Probability.exact(w), gamma) for w, k in zip(problem.weights, problem.counts, strict=True)]
    return sum(gains, ZERO).log().mid()


def _logit(target: arb, gamma: arb, z: arb | None) -> arb:
    """The logit z at which ln phi = target, to a few digits, from a guess; Newton inside the bracket found so far."""
    low, high = arb.neg_inf(), arb.pos_inf()
    if z is None:
        z = -target if target > 0 else ZERO
    last = arb.pos_inf()
    both, near = slope_formulas().both, ball((1, -8 - max(_exponent(gamma), 0)))  # ln phi bends like gamma
    for _ in range(STEPS):
        point = Probability.from_logit(z)
        value, elasticity = both(point, gamma)
        excess = (value - target).mid()
        change = (excess / (point.complement * elasticity)).mid()
        low, high = (z, high) if excess > 0 else (low, z)
        new = (z + change).mid()
        if abs(change) < near:
            return new
        slow, last = abs(excess) > last / 2, abs(excess)
        if (slow or not low <= new <= high) and low.is_finite() and high.is_finite():
            new = ((low + high) / 2).mid()
        z = new
    raise Undecided(f"slope_inverse: no start at ln phi = {target.str(10)}, gamma = {gamma.str(10)}.")


# ------------------------------------------------------------------------------------------------- the slope inverted


def slope_inverse_ball(y: arb, gamma: Fraction | arb) -> Probability:
    """The x in (0, 1) with phi(x) = y, certified for the whole ball y, at the present precision.

    Args: y > 0 (a ball is taken at both ends, phi being strictly decreasing); gamma > 0.
    Raises: InputError if y <= 0 or gamma <= 0; Undecided if balls could not decide.
    """
    power = ball(gamma)
    if y <= 0 or power <= 0:
        raise InputError(f"slope_inverse needs y > 0 and gamma > 0, not y = {y.str(10)}, gamma = {power.str(10)}.")
    if not (y > 0 and power > 0 and y.is_finite()):
        raise Undecided(f"slope_inverse: the sign of y = {y.str(10)} or gamma = {power.str(10)} is undecided.")
    if y.rad() < y.mid() * NARROW:
        try:
            return _slope_inverse(y, gamma, ATTEMPTS if y.is_exact() else 1)
        except Undecided:
            if y.is_exact():
                raise
    above, below = _slope_inverse(y.lower(), gamma), _slope_inverse(y.upper(), gamma)
    return Probability(below.q.union(above.q), below.complement.union(above.complement))


def _slope_inverse(y: arb, gamma: Fraction | arb, attempts: int = ATTEMPTS) -> Probability:
    """Newton in the logit z with doubling precision; the last step is interval Newton for every number of the ball y."""
    goal = ctx.prec
    guard = 32 + 2 * max(_exponent(ball(gamma)), 0)
    for _ in range(attempts):
        levels = [goal + guard]
        while levels[-1] > 64 + 2 * guard:
            levels.append(levels[-1] // 2 + guard)
        with precision(levels[-1]):
            z = _logit(y.log().mid(), ball(gamma), None)
        for level in [levels[-1]] * 3 + levels[:0:-1]:
            with precision(level):
                z = _logit_step(z, y, ball(gamma), ZERO)[0].mid()
        with precision(levels[0]):
            root, certified = _logit_step(z, y, ball(gamma), ONE)
            if certified:
                return Probability.from_logit(root)
        guard = 2 * guard
    raise Undecided(f"slope_inverse: no certificate at y = {y.str(10)}, gamma = {ball(gamma).str(10)}; raise dps.")


def _logit_step(z: arb, y: arb, gamma: arb, certify: arb) -> tuple[arb, bool]:
    log_slope, elasticity = slope_formulas().log_slope, slope_formulas().elasticity
    excess = log_slope(Probability.from_logit(z), gamma) - y.log()
    spread = certify * (256 * excess.abs_upper() + ball((1, -(ctx.prec // 2))))
    box = Probability.from_logit(z + arb(0, spread))
    change = excess / (box.complement * elasticity(box, gamma))
    return z + change, bool(abs(change) < spread)


def _exponent(value: arb) -> int:
    """The binary exponent of the midpoint of a ball."""
    man, exponent = value.mid().man_exp()
    return man.bit_length() + int(exponent)
