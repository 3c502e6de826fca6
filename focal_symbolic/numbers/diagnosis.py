"""What the focal loss makes of class counts: who gains, who loses, who is buried, and for which gamma.

Trained to the optimum on data P, the model outputs Q*, the minimizer of the focal-entropy. A class gains if p_low < p < p_high.
It is suppressed if p >= p_high, as common classes are, and over-suppressed if p <= p_low: then it loses although it is rare.

Up to `MOST_CERTIFIED` classes every number is enclosed by balls before it is rounded; beyond, float64.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from typing import Any, TypeAlias

import mpmath
import numpy as np
from flint import arb
from sympy import lambdify

from focal_symbolic import definitions
from focal_symbolic.distribution import Distribution, digits_of, exact_number, gamma_of
from focal_symbolic.errors import InputError, Undecided
from focal_symbolic.numbers import arrays
from focal_symbolic.numbers.balls import ONE, ZERO, Probability, ball, compiled, precision, rounded, sign
from focal_symbolic.numbers.decimals import digits
from focal_symbolic.numbers.entropy import focal_entropy_ball
from focal_symbolic.numbers.minimizer import solve
from focal_symbolic.numbers.sweep import Roots, crossings, log_gain, multiplier_roots

__all__ = ["HEADS", "VERDICTS", "Diagnosis", "Window", "diagnosis", "document", "lines"]

HEADS = ("softmax", "sigmoid")
VERDICTS = ("amplified", "suppressed", "over-suppressed", "kept", "absent")
MOST_CERTIFIED = 4096
"""Beyond so many classes with a share, float64."""
SCAN = Fraction(1, 100), Fraction(1000)
STEPS = 200
"""Steps of the geometric grid in gamma between the ends of `SCAN`: 40 a decade."""
FLOAT_ERROR = 1e-13
"""Relative error of the float64 numbers, as `arrays.minimizer` states it."""
FLOAT_DIGITS = 13
SHOWN = 15
"""Rows printed from each end of a long table."""

Number: TypeAlias = mpmath.mpf | float


@dataclass(frozen=True)
class Window:
    """An open interval of gamma; `low` is 0 where it reaches down to gamma = 0, `high` None where the scan ended in it."""

    low: Number
    high: Number | None

    def __contains__(self, gamma: object) -> bool:
        exact = exact_number(gamma, "gamma")
        return exact_number(self.low) < exact and (self.high is None or exact < exact_number(self.high))


@dataclass(frozen=True)
class Diagnosis:
    """What the focal loss makes of class counts at one gamma; tuples have one entry a class, in the order of the counts."""

    counts: tuple[int, ...]
    weights: tuple[Fraction, ...] | None
    gamma: Fraction
    head: str
    dps: int
    certified: bool
    """Whether each number was enclosed and rounded right; else they are float64."""
    data: Distribution
    """The shares of the counts."""
    p: tuple[Fraction, ...]
    """What the loss sees for the data: the shares tilted by the weights."""
    q: tuple[Number, ...]
    """The model at the optimum."""
    ratio: tuple[Number | None, ...]
    """q/p, the factor that a class gains or loses; None where p = 0."""
    verdicts: tuple[str, ...]
    """One of `VERDICTS` for each class."""
    multiplier: Number | None
    """lambda; None for a sigmoid, where each class has its own."""
    log_multiplier: Number | None
    multipliers: tuple[Number | None, ...] | None
    """For a sigmoid, the lambda of each class; None where p = 0."""
    band: tuple[Number, Number] | None
    """(p_low, p_high): amplified between the two. None at gamma = 0, where there is no such class."""
    entropy_before: Number
    """Shannon's entropy of p, in nats; for a sigmoid, the sum over the classes of those of (p, 1 - p)."""
    entropy_after: Number
    """The same of q."""
    multiplier_windows: tuple[Window, ...]
    """The gamma with lambda > 1."""
    burying_windows: tuple[Window, ...]
    """The gamma at which some class is over-suppressed, that is, the rarest."""
    scan: tuple[tuple[float, float], ...]
    """(gamma, ln lambda) on the grid, in float64."""
    proved: bool
    """Whether there are no further windows up to the end of the scan: proved, not sampled."""
    error: Number
    """A bound of the relative error of the numbers at gamma; in float64, of q."""

    @property
    def tally(self) -> dict[str, int]:
        """How many classes have each verdict."""
        found = Counter(self.verdicts)
        return {verdict: found[verdict] for verdict in VERDICTS}

    @property
    def uniform_weights(self) -> bool:
        """Whether weights were given that are all the same."""
        return self.weights is not None and len(set(self.weights)) == 1


@dataclass(frozen=True)
class _Found:
    """The optimum for each distinct share."""

    q: tuple[Number, ...]
    ratio: tuple[Number, ...]
    signs: tuple[int, ...]
    """The sign of q - p."""
    multipliers: tuple[Number, ...]
    log_multiplier: Number | None
    entropies: tuple[Number, Number]
    error: Number


def diagnosis(
    counts: Iterable[object],
    gamma: object,
    head: str = "softmax",
    weights: Iterable[object] | None = None,
    dps: int = 15,
    prove: bool = False,
) -> Diagnosis:
    """What training with the focal loss makes of class counts.

    Statement: for a softmax, q is the minimizer for P proportional to weight * count. For a sigmoid a class, each is a problem
        of two: p = w c/(w c + N - c) and 1 - p, with N all counts and w the weight of the positives alone. The windows
        of gamma come from a scan of a geometric grid from 0.01 to 1000 and gamma itself: one narrower than the grid may be
        missed. Their ends are certified, unless there are more than `MOST_CERTIFIED` classes. With `prove` they come from
        boxes that cover all gamma up to 1000, which shows that there are no others (seconds for twenty classes, minutes
        for eighty); for a sigmoid there is nothing to prove.
    Args: counts are integers at least 0, weights (one a class) numbers at least 0, gamma a number at least 0.
    Raises: InputError; Undecided if digits could not be certified.
    """
    power, precise = gamma_of(gamma), digits_of(dps)
    if head not in HEADS:
        raise InputError(f"head = {head!r} is not a head of a classifier; give 'softmax' or 'sigmoid'.")
    given = tuple(counts)
    data = Distribution.from_counts(given)
    integers = tuple(exact_number(value).numerator for value in given)
    tilt = None if weights is None else _weights(tuple(weights), len(given))
    shares = _tilted(integers, tilt, head)
    present = Counter(share for share in shares if share)
    distinct = tuple(sorted(present, key=lambda share: (_float(share), share), reverse=True))
    times = tuple(present[share] for share in distinct)
    problem = _Problem(distinct, times, power, precise, head)
    found = problem.found()
    place = {share: at for at, share in enumerate(distinct)}
    where = [place[share] if share else None for share in shares]
    verdicts = _verdicts(found.signs)
    zero = mpmath.mpf(0) if problem.certified else 0.0
    softmax = head == "softmax"
    if prove and not problem.certified:
        raise InputError(f"prove is for up to {MOST_CERTIFIED} classes, and here are {problem.size}; leave it out.")
    multiplier_windows, burying_windows, scan = problem.windows(prove) if softmax else ((), (), ())
    return Diagnosis(
        counts=integers,
        weights=tilt,
        gamma=power,
        head=head,
        dps=precise,
        certified=problem.certified,
        data=data,
        p=shares,
        q=tuple(zero if at is None else found.q[at] for at in where),
        ratio=tuple(None if at is None else found.ratio[at] for at in where),
        verdicts=tuple("absent" if at is None else verdicts[at] for at in where),
        multiplier=found.multipliers[0] if softmax else None,
        log_multiplier=found.log_multiplier,
        multipliers=None if softmax else tuple(None if at is None else found.multipliers[at] for at in where),
        band=problem.band(found),
        entropy_before=found.entropies[0],
        entropy_after=found.entropies[1],
        multiplier_windows=multiplier_windows,
        burying_windows=burying_windows,
        scan=scan,
        proved=prove,
        error=found.error,
    )


def _weights(values: tuple[object, ...], size: int) -> tuple[Fraction, ...]:
    if len(values) != size:
        raise InputError(f"there are {len(values)} weights and {size} counts; give one weight a class.")
    exact = tuple(exact_number(value, f"weights[{index}]") for index, value in enumerate(values))
    for index, value in enumerate(exact):
        if value < 0:
            raise InputError(f"weights[{index}] = {digits(value, 6)} is negative; a weight must be at least 0.")
    return exact


def _tilted(counts: tuple[int, ...], weights: tuple[Fraction, ...] | None, head: str) -> tuple[Fraction, ...]:
    """The share of each class as the weighted loss sees it."""
    total = sum(counts)
    if weights is None:
        return tuple(Fraction(count, total) for count in counts)
    masses = [weight * count for weight, count in zip(weights, counts, strict=True)]
    if head == "sigmoid":
        return tuple(mass / (mass + total - count) if mass else mass for mass, count in zip(masses, counts, strict=True))
    if not (whole := sum(masses, Fraction(0))):
        raise InputError("the weights leave no class with a count above 0; give one of those a positive weight.")
    return tuple(mass / whole for mass in masses)


def _verdicts(signs: Sequence[int]) -> tuple[str, ...]:
    """Verdicts of the distinct shares, commonest first: what loses beyond one that gains lies below the band, else above.

    For a sigmoid each class has its own band, of which the lower end is 0: there is nothing below it to call.
    """
    verdicts, rare = [], False
    for one in signs:
        verdicts.append("kept" if not one else "amplified" if one > 0 else "over-suppressed" if rare else "suppressed")
        rare = rare or one > 0
    return tuple(verdicts)


# ------------------------------------------------------------------------------------------------- computing


@cache
def _drift() -> tuple[Callable, Callable]:
    """g, on balls and on arrays: d ln psi/d gamma at gamma = 0."""
    return compiled(definitions.g(definitions.x), (definitions.x,)), lambdify(definitions.x, definitions.g(definitions.x))


def _float(value: Fraction) -> float:
    return value.numerator / value.denominator


class _Problem:
    """Distinct shares, commonest first, and how often each occurs."""

    def __init__(self, distinct: tuple[Fraction, ...], times: tuple[int, ...], gamma: Fraction, dps: int, head: str) -> None:
        self.distinct, self.times, self.gamma, self.dps, self.head = distinct, times, gamma, dps, head
        self.size = sum(times)
        self.certified = self.size <= MOST_CERTIFIED
        self.float_shares = [_float(share) for share in distinct]

    @property
    def whole(self) -> tuple[Fraction, ...]:
        """The shares with their repetitions."""
        return tuple(share for share, count in zip(self.distinct, self.times, strict=True) for _ in range(count))

    @cached_property
    def distribution(self) -> Distribution:
        """The same, as a distribution."""
        return Distribution(self.whole)

    def found(self) -> _Found:
        """The optimum at gamma."""
        if self.head == "sigmoid":
            return self.certified_pairs() if self.certified else self.float_pairs()
        return self.certified_softmax() if self.certified else self.float_softmax()

    # ---- certified

    def certified_softmax(self) -> _Found:
        whole, size = self.whole, len(self.distinct)
        firsts = [sum(self.times[:at]) for at in range(size)]
        exact = self.gamma == 0 or size == 1

        def enclose(bits: int) -> list[arb | Fraction]:
            solved = solve(whole, self.gamma, bits)
            at = [solved.q[first] for first in firsts]
            with precision(bits + 32):
                q: list[arb | Fraction] = list(self.distinct) if exact else [one.q for one in at]
                ratio = [ONE if exact else one.q / ball(p) for one, p in zip(at, self.distinct, strict=True)]
                own = [Probability.exact(p) for p in self.distinct]
                entropies = [self.entropy(one) for one in (own, own if exact else at)]
            return [solved.multiplier, solved.log_multiplier, *entropies, *q, *ratio]

        (multiplier, log_multiplier, before, after, *rest), error = rounded(enclose, self.dps)
        signs = (0,) * size
        if not exact:
            signs = self.signs(lambda bits: [solve(whole, self.gamma, bits).q[first] for first in firsts])
        q, ratio = tuple(rest[:size]), tuple(rest[size:])
        return _Found(q, ratio, signs, (multiplier,), log_multiplier, (before, after), error)

    def certified_pairs(self) -> _Found:
        size = len(self.distinct)

        def at(share: Fraction, bits: int) -> tuple[Probability, arb]:
            if share == 1:
                return Probability(ONE, ZERO), solve((share,), self.gamma, bits).multiplier
            solved = solve((share, 1 - share), self.gamma, bits)
            return solved.q[0], solved.multiplier

        def enclose(bits: int) -> list[arb | Fraction]:
            pairs = [at(share, bits) for share in self.distinct]
            fixed = [self.gamma == 0 or 2 * share in (1, 2) for share in self.distinct]
            with precision(bits + 32):
                q: list[arb | Fraction] = [
                    share if known else one.q for share, known, (one, _) in zip(self.distinct, fixed, pairs, strict=True)
                ]
                ratio = [
                    ONE if known else one.q / ball(p) for p, known, (one, _) in zip(self.distinct, fixed, pairs, strict=True)
                ]
                entropies = []
                for points in ([Probability.exact(p) for p in self.distinct], [one for one, _ in pairs]):
                    away = [Probability(one.complement, one.q) for one in points]
                    entropies.append(self.entropy(points) + self.entropy(away))
            return [*entropies, *q, *ratio, *(multiplier for _, multiplier in pairs)]

        (before, after, *rest), error = rounded(enclose, self.dps)
        # of two classes the rarer gains
        even = Fraction(1, 2)
        signs = tuple(0 if self.gamma == 0 or share in (even, 1) else 1 if share < even else -1 for share in self.distinct)
        parts = [tuple(rest[at : at + size]) for at in (0, size, 2 * size)]
        return _Found(parts[0], parts[1], signs, parts[2], None, (before, after), error)

    def entropy(self, at: Sequence[Probability]) -> arb:
        """Shannon's: the cross-entropy with itself, at the present precision."""
        some = [(one, count) for one, count in zip(at, self.times, strict=True) if not one.q.is_zero()]
        masses = [one.q * count for one, count in some]
        return focal_entropy_ball(masses, [one for one, _ in some], Fraction(0))

    def signs(self, q: Callable[[int], list[Probability]]) -> tuple[int, ...]:
        """The certified signs of q - p."""
        for bits in (96, 256, 1024, 4096):
            with precision(bits + 32):
                found = tuple(sign(one.q - ball(p)) for one, p in zip(q(bits), self.distinct, strict=True))
            if all(found):
                return found
        share = self.distinct[found.index(0)]
        raise Undecided(f"diagnose: whether the class of share {digits(share, 6)} gains is undecided at gamma = {self.gamma}.")

    # ---- float64

    def row(self) -> np.ndarray:
        """The shares with their repetitions, with sum 1."""
        shares = np.repeat(np.array(self.float_shares), self.times)
        return shares / math.fsum(shares)

    def float_softmax(self) -> _Found:
        p, power = self.row(), float(self.gamma)
        found = arrays.minimizer(p, power)
        firsts = np.cumsum([0, *self.times[:-1]])
        q, ratio = found.q[firsts], found.q[firsts] / p[firsts]
        level = float(found.log_multiplier)
        entropies = (float(arrays.focal_entropy(p, p, 0.0)), float(arrays.focal_entropy(found.q, found.q, 0.0)))
        return self.floats(q, ratio, (math.exp(level),), level, entropies)

    def float_pairs(self) -> _Found:
        p = np.array([(_float(share), _float(1 - share)) for share in self.distinct])
        found = arrays.minimizer(p, float(self.gamma))
        times = np.array(self.times)
        entropies = tuple(float((arrays.focal_entropy(one, one, 0.0) * times).sum()) for one in (p, found.q))
        ratio = found.q[:, 0] / p[:, 0]
        return self.floats(found.q[:, 0], ratio, tuple(np.exp(found.log_multiplier).tolist()), None, entropies)

    def floats(self, q: np.ndarray, ratio: np.ndarray, multipliers: tuple, level: float | None, entropies: tuple) -> _Found:
        signs = np.where(np.abs(ratio - 1) <= 4 * FLOAT_ERROR, 0, np.sign(ratio - 1)).astype(int)
        return _Found(
            tuple(q.tolist()), tuple(ratio.tolist()), tuple(signs.tolist()), multipliers, level, entropies, FLOAT_ERROR
        )

    # ---- the band

    def band(self, found: _Found) -> tuple[Number, Number] | None:
        """(p_low, p_high)."""
        zero, one = (mpmath.mpf(0), mpmath.mpf(1)) if self.certified else (0.0, 1.0)
        if self.gamma == 0:
            return None
        if found.log_multiplier is None:  # a sigmoid
            return zero, one / 2
        if self.size == 1:
            return zero, one
        first, last = map(float, arrays.amplification_band(float(found.log_multiplier), float(self.gamma)))
        if not self.certified:
            return first, last
        whole = self.whole
        gaining = [share for share, one in zip(self.distinct, found.signs, strict=True) if one > 0]
        inside = gaining[0] if gaining else Fraction(math.sqrt(first * last) if first else last / 2)

        def enclose(bits: int) -> list[arb | Fraction]:
            level = solve(whole, self.gamma, bits + 32).log_multiplier
            ends = [Fraction(0)] if not level > 0 else [self.band_end(level, inside, Fraction(first), False, bits)]
            return [*ends, self.band_end(level, inside, Fraction(last), True, bits)]

        (low, high), _ = rounded(enclose, self.dps)
        return low, high

    def band_end(self, level: arb, inside: Fraction, guess: Fraction, upper: bool, bits: int) -> arb:
        """Where psi falls to lambda on one side of a point inside the band, by halving with certified signs.

        psi rises to its mode and falls beyond it, so on each side of the band there is one such point.
        """
        with precision(bits + 64):
            power = ball(self.gamma)

            def above(x: Fraction) -> int:
                return sign(log_gain(Probability.exact(x), power) - level)

            if above(inside) <= 0:
                raise Undecided(f"diagnose: the band at gamma = {self.gamma} is too narrow to be told from a point.")
            outside = Fraction(1, 2)
            while above(1 - outside if upper else outside) >= 0 or not (outside < 1 - inside if upper else outside < inside):
                outside /= 2
                if outside.denominator.bit_length() > 16 * bits:
                    raise Undecided(f"diagnose: no end of the band was found at gamma = {self.gamma}.")
            outside = 1 - outside if upper else outside
            for scale in (30, 20):
                for point in (guess * (1 + Fraction(1, 2**scale)), guess * (1 - Fraction(1, 2**scale))):
                    if min(inside, outside) < point < max(inside, outside):
                        side = above(point)
                        inside, outside = (point, outside) if side > 0 else (inside, point) if side < 0 else (inside, outside)
            while abs(inside - outside) * 2 ** (bits + 8) > max(inside, outside):
                middle = (inside + outside) / 2
                if not (side := above(middle)):
                    break
                inside, outside = (middle, outside) if side > 0 else (inside, middle)
            return ball(inside).union(ball(outside))

    # ---- windows of gamma

    def at(self, gamma: float) -> tuple[float, float]:
        """(ln lambda, ln(q/p) of the rarest), in float64."""
        floats = self.float_shares
        if len(floats) == 1:
            return float(np.log(arrays.gain(floats[0], gamma))), 0.0
        found = arrays.start(floats, self.times, gamma)
        if found is not None:
            return found[0], math.log(found[1][-1] / floats[-1])
        solved = solve(self.whole, Fraction(gamma), 64)
        return float(solved.log_multiplier), float((solved.q[-1].q / ball(self.distinct[-1])).log())

    def windows(self, prove: bool) -> tuple[tuple[Window, ...], tuple[Window, ...], tuple[tuple[float, float], ...]]:
        """(where lambda > 1, where the rarest class is suppressed, (gamma, ln lambda) on the grid)."""
        if self.size == 1:
            return (), (), ()
        grid = {float(gamma) for gamma in np.geomspace(float(SCAN[0]), float(SCAN[1]), STEPS + 1)}
        if SCAN[0] < self.gamma < SCAN[1]:
            grid.add(float(self.gamma))
        points = sorted(grid)
        values = [self.at(gamma) for gamma in points]
        limits = self.limits()

        def multiplier_ends(low: Fraction, high: Fraction) -> Roots:
            return multiplier_roots(self.distribution, low, high, self.dps)

        def burying_ends(low: Fraction, high: Fraction) -> Roots:
            return crossings(self.distribution, self.size - 1, low, high, self.dps)

        scan = tuple((gamma, value) for gamma, (value, _) in zip(points, values, strict=True))
        if prove:
            buried = self.covered(-limits[1], -1, burying_ends) if len(self.distinct) > 1 else ()
            return self.covered(limits[0], 1, multiplier_ends), buried, scan
        lifted = self.intervals(points, [value for value, _ in values], limits[0], lambda one: self.at(one)[0], multiplier_ends)
        buried = ()
        if len(self.distinct) > 1:
            lost = [-value for _, value in values]
            buried = self.intervals(points, lost, -limits[1], lambda one: -self.at(one)[1], burying_ends)
        return lifted, buried, scan

    def covered(self, limit: int, upward: int, ends: Callable[[Fraction, Fraction], Roots]) -> tuple[Window, ...]:
        """The windows in which a function of gamma is positive, from all its roots up to the end of the scan.

        Args: its sign near gamma = 0, whether it is the function of the roots (1) or its negative (-1), its certified roots.
        """
        roots = ends(Fraction(0), SCAN[1])
        if roots.unresolved:
            low, high = (digits(end, 6) for end in roots.unresolved[0])
            raise Undecided(f"diagnose: a window may end at a gamma between {low} and {high}, undecided; leave prove out.")
        opened = mpmath.mpf(0) if limit > 0 else None
        windows = []
        for root, rising in zip(roots.gammas, roots.rising, strict=True):
            if rising == (upward > 0):
                opened = root
            else:
                windows.append(Window(opened, root))
                opened = None
        return (*windows, *([] if opened is None else [Window(opened, None)]))

    def limits(self) -> tuple[int, int]:
        """The signs of ln lambda and of ln(q/p) of the rarest for gamma near 0: those of E g(p), and g(p_min) - E g(p)."""
        if self.certified:
            with precision(256):
                g = [_drift()[0](Probability.exact(share)) for share in self.distinct]
                mean = sum((ball(p * count) * one for p, count, one in zip(self.distinct, self.times, g, strict=True)), ZERO)
                return sign(mean), sign(g[-1] - mean)
        shares = np.array(self.float_shares)
        g = _drift()[1](shares)
        mean = float((shares * np.array(self.times) * g).sum())
        return int(np.sign(mean)), int(np.sign(g[-1] - mean))

    def intervals(
        self,
        points: list[float],
        values: list[float],
        limit: int,
        value: Callable[[float], float],
        ends: Callable[[Fraction, Fraction], Roots],
    ) -> tuple[Window, ...]:
        """The windows in which a function of gamma is positive.

        Args: its values on the grid, its sign near gamma = 0, itself in float64, and its certified roots between two gamma.
        """
        noise = 4 * FLOAT_ERROR
        last, at = limit, 0.0
        zero = mpmath.mpf(0) if self.certified else 0.0
        opened: Number | None = zero if limit > 0 else None
        windows = []
        for gamma, height in zip(points, values, strict=True):
            side = 0 if abs(height) <= noise else 1 if height > 0 else -1
            if side and last and side != last:
                root = self.end(at or self.near_zero(value, last, gamma), gamma, last, value, ends)
                if side > 0:
                    opened = root
                else:
                    windows.append(Window(opened, root))
                    opened = None
            elif side > 0 and opened is None:
                opened = zero
            if side:
                last, at = side, gamma
        return (*windows, *([] if opened is None else [Window(opened, None)]))

    def near_zero(self, value: Callable[[float], float], side: int, gamma: float) -> float:
        """A gamma below, at which the function still has the sign that it has near 0."""
        for _ in range(20):
            gamma /= 4
            if value(gamma) * side > 0:
                return gamma
        raise Undecided("diagnose: whether lambda exceeds 1 for gamma near 0 is undecided.")

    def end(
        self,
        low: float,
        high: float,
        side: int,
        value: Callable[[float], float],
        ends: Callable[[Fraction, Fraction], Roots],
    ) -> Number:
        """The end of a window between two gamma, by halving in float64, then certified."""
        first, last = low, high
        wanted = 1e-8 if self.certified else 1e-13
        while high - low > wanted * high:
            middle = math.sqrt(low * high)
            if not low < middle < high:
                break
            low, high = (middle, high) if value(middle) * side > 0 else (low, middle)
        if not self.certified:
            return (low + high) / 2
        for wider in (1e-8, 1e-5, 1e-2, 1.0):
            a, b = max(first, low * (1 - wider)), min(last, high * (1 + wider))
            roots = ends(Fraction(a), Fraction(b))
            if roots.gammas:
                return roots.gammas[0]
        raise Undecided(f"diagnose: the end of a window between gamma = {first!r} and {last!r} could not be certified.")


# ------------------------------------------------------------------------------------------------- words


def _shown(value: Number | Fraction | int | None, places: int) -> str:
    """A number for the table or the JSON."""
    if value is None:
        return "-"
    return digits(mpmath.mpf(value) if isinstance(value, float) else value, places)


def _interval(window: Window, places: int) -> str:
    high = f"beyond {SCAN[1]}" if window.high is None else _shown(window.high, places)
    return f"({_shown(window.low, places)}, {high})"


def _windows_in_words(windows: tuple[Window, ...], places: int) -> str:
    return " and ".join(_interval(window, places) for window in windows) or "none"


def sentence(found: Diagnosis, labels: Sequence[str]) -> str:
    """The diagnosis in a sentence or two."""
    gamma, tally, present = _shown(found.gamma, 6), found.tally, sum(verdict != "absent" for verdict in found.verdicts)
    if present == 1:
        return "There is only one class with a share, and it keeps it at every γ."
    if found.gamma == 0:
        return f"At γ = 0 the loss is the cross-entropy, and each of the {present} classes keeps its share."
    if tally["kept"] == present:
        return f"The {present} classes have equal shares, and keep them at every γ."
    if found.head == "sigmoid":
        return (
            f"At γ = {gamma} a sigmoid per class amplifies {tally['amplified']} of {present} classes, those of a share below "
            "1/2, and over-suppresses none; so it is at every γ > 0, since each class is a problem of two."
        )
    buried = {
        at: factor
        for at, (verdict, factor) in enumerate(zip(found.verdicts, found.ratio, strict=True))
        if verdict == "over-suppressed" and factor is not None
    }
    if not buried:
        gain, lose = tally["amplified"], tally["suppressed"]
        gaining = f"the rarest of {present} classes gains" if gain == 1 else f"the {gain} rarest of {present} classes gain"
        losing = "the commonest loses" if lose == 1 else f"the {lose} commonest lose"
        return f"At γ = {gamma} the focal loss over-suppresses no class: {gaining}, {losing}.{_advice(found)}"
    worst = min(buried, key=buried.__getitem__)
    lost = 100 * (1 - float(buried[worst]))
    named = f" ({', '.join(labels[at] for at in buried)})" if len(buried) <= 4 else f", {labels[worst]} the most"
    those = "it loses" if len(buried) == 1 else "they lose up to"
    whose = "its" if len(buried) == 1 else "their"
    return (
        f"At γ = {gamma} the focal loss over-suppresses {len(buried)} of {present} classes{named}: although rare, {those} "
        f"{lost:.3g} % of {whose} share.{_advice(found)}"
    )


def _advice(found: Diagnosis) -> str:
    """Which gamma over-suppress no class."""
    windows = found.burying_windows
    if not windows:
        return f" No γ up to {SCAN[1]} over-suppresses a class."
    if len(windows) == 1 and windows[0].high is not None and not windows[0].low:
        return f" γ >= {_above(windows[0].high)} over-suppresses none."
    if windows[0].high is None and not windows[0].low:
        return f" Every γ > 0 up to {SCAN[1]} over-suppresses some class."
    return f" Some class is over-suppressed for γ in {_windows_in_words(windows, 6)}, and none for other γ."


def _above(value: Number) -> str:
    """A number rounded up to six digits, so that what is printed is on the safe side."""
    text = _shown(value, 6)
    if mpmath.mpf(text) < value:
        places = len(text.partition(".")[2])
        text = _shown(Fraction(text) + Fraction(1, 10**places), 6)
    return text


def lines(found: Diagnosis, labels: Sequence[str], every: bool = False) -> list[str]:
    """The diagnosis as printed: a sentence, the numbers, the table of classes from the commonest to the rarest.

    Args: labels name the classes; every, to print all of a long table.
    """
    text = [sentence(found, labels), ""]
    facts: list[tuple[str, str]] = []
    if found.multiplier is not None:
        facts.append(("λ", _shown(found.multiplier, 6)))
    if found.band is not None:
        low, high = (_shown(end, 6) for end in found.band)
        facts.append(("amplified", f"{low} < p < {high}"))
    before, after = _shown(found.entropy_before, 6), _shown(found.entropy_after, 6)
    of = "" if found.head == "softmax" else ", summed over the classes"
    facts.append(("entropy", f"{before} nats in the data, {after} in the model{of}"))
    if found.head == "softmax":
        facts.append(("λ > 1", f"γ in {_windows_in_words(found.multiplier_windows, 6)}"))
        facts.append(("over-suppressed", f"some class for γ in {_windows_in_words(found.burying_windows, 6)}"))
    facts = [(name, value.replace("γ in none", "no γ")) for name, value in facts]
    if found.uniform_weights:
        same = "the same for all classes: they change nothing"
        facts.append(("weights", same if found.head == "softmax" else "the same for all classes, on their positives"))
    elif found.weights is not None:
        facts.append(("weights", "p is the share times the weight, made to sum to 1; the factor is against that"))
        if found.head == "sigmoid":
            facts[-1] = ("weights", "p is the share with the positives weighted; the factor is against that")
    if absent := found.tally["absent"]:
        zero = "a count of 0" if found.weights is None else "a count or weight of 0"
        facts.append(("absent", f"{absent} class{'es' if absent > 1 else ''} with {zero}: the optimum gives them q = 0"))
    width = max(len(name) for name, _ in facts)
    text += [f"{name:<{width}}  {value}" for name, value in facts]
    text += ["", *_table(found, labels, every), ""]
    if found.certified:
        text.append("every digit printed is certified")
    else:
        text.append(f"float64, relative error <= {FLOAT_ERROR:g} in q (more than {MOST_CERTIFIED} classes)")
    if found.head == "softmax":
        text[-1] += (
            f"; that there are no other γ up to {SCAN[1]} is proved"
            if found.proved
            else f"; γ scanned from {_float(SCAN[0]):g} to {SCAN[1]} in {STEPS} geometric steps, a narrower window is missed"
        )
    return text


def _table(found: Diagnosis, labels: Sequence[str], every: bool) -> list[str]:
    tilted = found.weights is not None and not (found.uniform_weights and found.head == "softmax")
    order = sorted(range(len(found.counts)), key=lambda at: (-found.p[at], -found.counts[at], at))
    header = ["class", "count", *(["weight"] if tilted else []), "p", "q", "factor", "verdict"]

    def row(at: int) -> list[str]:
        weight = [_shown(found.weights[at], 6)] if tilted and found.weights else []
        numbers = [_shown(found.p[at], 6), _shown(found.q[at], 6), _shown(found.ratio[at], 6)]
        return [labels[at], str(found.counts[at]), *weight, *numbers, found.verdicts[at]]

    if every or len(order) <= 2 * SHOWN + 1:
        cut, rows = None, [row(at) for at in order]
    else:
        cut, rows = SHOWN, [row(at) for at in (*order[:SHOWN], *order[-SHOWN:])]
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    text = ["  ".join(cell.ljust(width) for cell, width in zip(one, widths, strict=True)).rstrip() for one in (header, *rows)]
    if cut is not None:
        between = Counter(found.verdicts[at] for at in order[SHOWN:-SHOWN])
        parts = ", ".join(f"{between[verdict]} {verdict}" for verdict in VERDICTS if between[verdict])
        text.insert(cut + 1, f"... {sum(between.values())} more classes: {parts} (--all prints them)")
    return text


def document(found: Diagnosis, labels: Sequence[str]) -> dict[str, Any]:
    """The diagnosis for JSON; numbers that carry precision are decimal strings."""
    places = found.dps if found.certified else FLOAT_DIGITS

    def text(value: Number | Fraction | None) -> str | None:
        return None if value is None else _shown(value, places)

    def windows(some: tuple[Window, ...]) -> list[list[str | None]]:
        return [[text(window.low), text(window.high)] for window in some]

    classes = []
    for at, label in enumerate(labels):
        one: dict[str, Any] = {"class": label, "count": found.counts[at]}
        if found.weights is not None:
            one["weight"] = text(found.weights[at])
        one |= {"p": text(found.p[at]), "q": text(found.q[at]), "factor": text(found.ratio[at])}
        if found.multipliers is not None:
            one["multiplier"] = text(found.multipliers[at])
        classes.append(one | {"verdict": found.verdicts[at]})
    return {
        "gamma": digits(found.gamma, found.dps),
        "head": found.head,
        "dps": places,
        "method": "certified" if found.certified else "float64",
        "sentence": sentence(found, labels),
        "multiplier": text(found.multiplier),
        "log_multiplier": text(found.log_multiplier),
        "band": None if found.band is None else [text(end) for end in found.band],
        "entropy": {"data": text(found.entropy_before), "model": text(found.entropy_after)},
        "multiplier_above_1": windows(found.multiplier_windows),
        "over_suppressing": windows(found.burying_windows),
        "scan": {"from": "0.01", "to": "1000", "steps": STEPS, "proved": found.proved},
        "verdicts": found.tally,
        "classes": classes,
    }
