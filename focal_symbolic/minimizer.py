"""The minimizer Q* of the focal-entropy H_gamma(P, .), its multiplier, and the inverse map from Q* to P.

On the support of P, p_x phi(q_x) = lambda (phi the slope of the loss) and the q_x sum to 1. The heaviest outcomes are
held out: their q is what the others leave of 1, so that it and its complement are both known to full relative accuracy
even when it is 1 - 1e-300. What is left to solve is one equation in ln lambda, by Newton steps that cost O(n); the last
of them is an interval Newton step, which is the certificate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache

import mpmath
from flint import arb, ctx
from sympy import Add, diff, log

from focal_symbolic import definitions
from focal_symbolic.balls import ONE, ZERO, Probability, ball, compiled, precision, relative_radius, rounded
from focal_symbolic.distribution import Distribution, digits_of, distribution_of, gamma_of
from focal_symbolic.entropy import focal_entropy_ball
from focal_symbolic.errors import InputError, Undecided

__all__ = ["Minimizer", "Solution", "data_distribution", "inverse_map", "minimizer", "slope_inverse_ball", "solve"]


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
    weights = tuple(data[x] for x in data.support)
    exact = _is_exact(weights, power)

    def enclose(bits: int) -> list[arb | Fraction]:
        found = solve(weights, power, bits)
        at = dict(zip(weights, found.q, strict=True))  # equal p once
        return [
            found.multiplier,
            found.log_multiplier,
            found.entropy,
            found.log_entropy,
            *(weight if exact else one.q for weight, one in at.items()),
            *(1 - weight if exact else one.complement for weight, one in at.items()),
        ]

    (multiplier, log_multiplier, entropy, log_entropy, *parts), radius = rounded(enclose, digits)
    distinct = dict.fromkeys(weights)
    of_weight = dict(zip(distinct, zip(parts[: len(distinct)], parts[len(distinct) :], strict=True), strict=True))
    of_weight[Fraction(0)] = mpmath.mpf(0), mpmath.mpf(1)
    return Minimizer(
        p=data,
        gamma=power,
        dps=digits,
        q=tuple(of_weight[weight][0] for weight in data),
        complement=tuple(of_weight[weight][1] for weight in data),
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
        if _is_exact(weights, power):
            return weights
        with precision(bits + _guard(weights, power)):
            return inverse_map([Probability.exact(weight) for weight in weights], power)

    values, _ = rounded(enclose, digits)
    of_index = dict(zip(model.support, values, strict=True))
    return tuple(of_index.get(x, mpmath.mpf(0)) for x in range(len(model)))


def inverse_map(q: Sequence[Probability], gamma: Fraction | arb) -> tuple[arb, ...]:
    """The data distribution of q, all entries in (0, 1), enclosed at the present precision."""
    slope, power = _formulas().slope, ball(gamma)
    shares = [1 / slope(at, power) for at in q]
    total = sum(shares, ZERO)
    return tuple(share / total for share in shares)


def _is_exact(weights: tuple[Fraction, ...], gamma: Fraction) -> bool:
    """Whether the minimizer of p is p itself: at gamma = 0, and for p uniform on its support."""
    return gamma == 0 or len(set(weights)) == 1


# ------------------------------------------------------------------------------------------------- formulas


@dataclass(frozen=True)
class _Formulas:
    slope: Callable
    log_slope: Callable
    elasticity: Callable
    both: Callable


@cache
def _formulas() -> _Formulas:
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

ATTEMPTS = 8


def solve(p: Sequence[Fraction], gamma: Fraction, prec: int) -> Solution:
    """The minimizer on a support, in certified balls of relative radius at most 2**-prec.

    Statement: each ball contains the true value; ln lambda and ln H* have absolute radii of that size. Results are kept.
    Args: p is all positive and sums to 1 exactly; gamma is exact and at least 0; prec is in bits.
    Raises: InputError for another p or gamma; Undecided if no certificate was found.
    """
    return _solve(tuple(p), gamma, prec)


@lru_cache(maxsize=256)
def _solve(p: tuple[Fraction, ...], gamma: Fraction, prec: int) -> Solution:
    if not p or not all(isinstance(weight, (Fraction, int)) and weight > 0 for weight in p) or sum(p) != 1:
        raise InputError("p must be positive Fractions that sum to 1; leave out the outcomes of probability 0.")
    if gamma < 0:
        raise InputError(f"gamma = {gamma} is negative; the focusing parameter must be at least 0.")
    counts = Counter(p)
    goal = ball((1, -prec))
    bits = prec + _guard(p, gamma)
    for _ in range(ATTEMPTS):
        with precision(bits):
            if (found := _enclosed(counts, gamma)) is not None:
                at, log_multiplier = found
                multiplier = ZERO if log_multiplier == arb.neg_inf() else log_multiplier.exp()
                weights = [weight * count for weight, count in counts.items()]
                entropy = focal_entropy_ball(weights, [at[weight] for weight in counts], gamma)
                log_entropy = arb.neg_inf() if entropy.is_zero() else entropy.log()
                numbers = [multiplier, entropy, *(part for one in at.values() for part in (one.q, one.complement))]
                if all(relative_radius(number) <= goal for number in numbers):
                    return Solution(tuple(at[weight] for weight in p), multiplier, log_multiplier, entropy, log_entropy)
        bits += bits // 4 + 32
    raise Undecided(f"minimizer: no certificate at gamma = {gamma} for {len(p)} outcomes with {bits} bits; raise dps.")


def _guard(p: Sequence[Fraction], gamma: Fraction) -> int:
    """Bits lost to the sizes of gamma, of n, and of the logarithms of p."""
    sizes = max(max(p).denominator.bit_length(), min(p).denominator.bit_length())
    return 32 + 2 * _size(gamma) + len(p).bit_length() + sizes.bit_length()


def _size(gamma: Fraction) -> int:
    return max(gamma.numerator.bit_length() - gamma.denominator.bit_length() + 1, 0)


def _enclosed(counts: Counter[Fraction], gamma: Fraction) -> tuple[dict[Fraction, Probability], arb] | None:
    """({p: its q}, ln lambda) in certified balls at the present precision, or None."""
    if gamma == 0:
        return {weight: Probability.exact(weight) for weight in counts}, ZERO
    if len(counts) == 1:
        (weight,) = counts
        at = Probability.exact(weight)
        log_multiplier = arb.neg_inf() if weight == 1 else ball(weight).log() + _formulas().log_slope(at, ball(gamma))
        return {weight: at}, log_multiplier
    problem = _Problem.of(counts, gamma)
    levels = [ctx.prec]
    while levels[-1] > problem.start_bits:
        levels.append(levels[-1] // 2 + 16 + _size(gamma))
    log_multiplier, q = _start(problem)
    for level in reversed(levels[1:]):
        with precision(level):
            log_multiplier, q, _ = problem.step(log_multiplier, q)
            log_multiplier, q = log_multiplier.mid(), [value.mid() for value in q]
    log_multiplier, q, certified = problem.step(log_multiplier, q, certify=True)
    if not certified:
        return None
    return dict(zip(problem.weights, [problem.head(q), *map(Probability, q)], strict=True)), log_multiplier


@dataclass(frozen=True)
class _Problem:
    """The distinct probabilities, heaviest first, how often each occurs, and gamma > 0.

    The unknowns are ln lambda and the q of all but the heaviest; those q are below 1/2.
    """

    weights: tuple[Fraction, ...]
    counts: tuple[int, ...]
    gamma: Fraction

    @classmethod
    def of(cls, counts: Counter[Fraction], gamma: Fraction) -> _Problem:
        weights = sorted(counts, reverse=True)
        return cls(tuple(weights), tuple(counts[weight] for weight in weights), gamma)

    @property
    def start_bits(self) -> int:
        return 64 + 3 * _size(self.gamma)

    def log_weights(self) -> list[arb]:
        return [Probability.exact(weight).log for weight in self.weights]

    def head(self, q: Sequence[arb]) -> Probability:
        """What the others leave of 1, shared by the heaviest."""
        rest, k = sum(map(arb.__mul__, q, self.counts[1:]), ZERO), self.counts[0]
        return Probability((1 - rest) / k, (k - 1 + rest) / k)

    def step(self, log_multiplier: arb, q: Sequence[arb], certify: bool = False) -> tuple[arb, list[arb], bool]:
        """One Newton step from exact midpoints: (ln lambda, q, whether these balls are certified).

        With excess E_i = ln p_i + ln phi(q_i) - ln lambda, making E_i vanish after a change d of ln lambda moves q_i by
        g_i (E_i - d), g_i = q_i/elasticity, and so E_0 by h sum k_i g_i (E_i - d) - d, h = elasticity/(k_0 q_0); it
        vanishes at d = (E_0 + h sum k_i g_i E_i)/(1 + h sum k_i g_i), a mean of the E_i.
        To certify, g and h are enclosed over boxes q_i (1 + [-r, r]). By the mean value theorem this is an interval
        Newton step for the excess of the heaviest as a function of ln lambda, which is continuous and falls: if
        no q_i can leave its box while |d| <= reach, and |d| < reach, the root is in the result.
        """
        formulas, gamma, log_weights = _formulas(), ball(self.gamma), self.log_weights()
        points = [self.head(q), *map(Probability, q)]
        excess = [
            weight + formulas.log_slope(point, gamma) - log_multiplier
            for weight, point in zip(log_weights, points, strict=True)
        ]
        bits = ctx.prec
        with precision(bits // 2 + 32):
            largest = _largest(excess)
            spread = 256 * largest + ball((1, -(bits // 2))) if certify else ZERO
            boxes = [value * arb(1, spread) for value in q] if certify else q
            head = self.head(boxes)
            h = formulas.elasticity(head, gamma) / (self.counts[0] * head.q)
            elasticities = [formulas.elasticity(Probability(box), gamma) for box in boxes]
            g = [box / elasticity for box, elasticity in zip(boxes, elasticities, strict=True)]
            weighted = [count * one for count, one in zip(self.counts[1:], g, strict=True)]
            moved = sum(map(arb.__mul__, weighted, excess[1:]), ZERO)
            change = (excess[0] + h * moved) / (1 + h * sum(weighted, ZERO))
            moves = [one * (over - change) for one, over in zip(g, excess[1:], strict=True)]
            reach = 2 * largest + ball((1, -bits))
            certified = certify and bool(
                h > 0
                and abs(change) < reach
                and all(elasticity > 0 and (largest + reach) / elasticity < spread / 2 for elasticity in elasticities)
            )
        return log_multiplier + change, [value + move for value, move in zip(q, moves, strict=True)], certified


def _largest(values: Iterable[arb]) -> arb:
    """The largest absolute value in any of the balls."""
    largest = ZERO
    for value in values:
        if not (upper := value.abs_upper()) <= largest:
            largest = upper
    return largest


# ------------------------------------------------------------------------------------------------- where Newton starts

STEPS = 400


@lru_cache(maxsize=256)
def _start(problem: _Problem) -> tuple[arb, list[arb]]:
    """Midpoints good to about `start_bits` bits: Newton in ln lambda inside a bracket, each q_i solved in its logit.

    Nothing here is certified, so balls are cut to their midpoints; Arb is used because its exponents do not overflow.
    """
    with precision(problem.start_bits):
        formulas, gamma, n = _formulas(), ball(problem.gamma), sum(problem.counts)
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


def _polish(problem: _Problem, at: arb, q: list[arb]) -> tuple[arb, list[arb]] | None:
    """Newton steps until they are small; None if they are not."""
    small = ball((1, -(ctx.prec // 2)))
    for _ in range(8):
        new_at, new_q, _ = problem.step(at, q)
        moves = [new_at - at, *(new / old - 1 for new, old in zip(new_q, q, strict=True))]
        at, q = new_at.mid(), [value.mid() for value in new_q]
        if not all(value > 0 for value in q) or not sum(map(arb.__mul__, q, problem.counts[1:]), ZERO) < 1:
            return None
        if _largest(move.mid() for move in moves) < small:
            return at, q
    return None


def _guess(problem: _Problem, log_weights: list[arb], uniform: arb, gamma: arb) -> arb:
    """ln lambda to begin with: the mean gain at P for small gamma, and its limit as q tends to uniform for large."""
    if gamma > 2:
        mean = sum(map(arb.__mul__, log_weights, problem.counts), ZERO) / sum(problem.counts)
        return (mean + uniform).mid()
    slope = _formulas().slope
    gains = [ball(k * w * w) * slope(Probability.exact(w), gamma) for w, k in zip(problem.weights, problem.counts, strict=True)]
    return sum(gains, ZERO).log().mid()


def _logit(target: arb, gamma: arb, z: arb | None) -> arb:
    """The logit z at which ln phi = target, to a few digits, from a guess; Newton inside the bracket found so far."""
    low, high = arb.neg_inf(), arb.pos_inf()
    if z is None:
        z = -target if target > 0 else ZERO
    last = arb.pos_inf()
    both, near = _formulas().both, ball((1, -8 - max(_exponent(gamma), 0)))  # ln phi bends like gamma
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
    if y.is_exact():
        return _slope_inverse(y, gamma)
    above, below = _slope_inverse(y.lower(), gamma), _slope_inverse(y.upper(), gamma)
    return Probability(below.q.union(above.q), below.complement.union(above.complement))


def _slope_inverse(y: arb, gamma: Fraction | arb) -> Probability:
    """Newton in the logit z with doubling precision; the last step is interval Newton, as in `_Problem.step`."""
    goal = ctx.prec
    guard = 32 + 2 * max(_exponent(ball(gamma)), 0)
    for _ in range(ATTEMPTS):
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
    log_slope, elasticity = _formulas().log_slope, _formulas().elasticity
    excess = log_slope(Probability.from_logit(z), gamma) - y.log()
    spread = certify * (256 * excess.abs_upper() + ball((1, -(ctx.prec // 2))))
    box = Probability.from_logit(z + arb(0, spread))
    change = excess / (box.complement * elasticity(box, gamma))
    return z + change, bool(abs(change) < spread)


def _exponent(value: arb) -> int:
    """The binary exponent of the midpoint of a ball."""
    man, exponent = value.mid().man_exp()
    return man.bit_length() + int(exponent)
