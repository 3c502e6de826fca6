"""What is found: a diagnosis, and the windows of gamma in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import mpmath

from focal_symbolic.distribution import Distribution, exact_number

__all__ = ["FLOAT_ERROR", "HEADS", "SCAN", "STEPS", "VERDICTS", "Diagnosis", "Found", "Number", "Window"]

HEADS = ("softmax", "sigmoid")
VERDICTS = ("amplified", "suppressed", "over-suppressed", "kept", "absent")
SCAN = Fraction(1, 100), Fraction(1000)
STEPS = 200
"""Steps of the geometric grid in gamma between the ends of `SCAN`: 40 a decade."""
FLOAT_ERROR = 1e-13
"""Relative error of the float64 numbers, as `arrays.minimizer` states it."""

Number: TypeAlias = mpmath.mpf | float


@dataclass(frozen=True)
class Window:
    """An open interval of gamma.

    Attributes
    ----------
    low : mpmath.mpf or float
        Its lower end; 0 where it reaches down to gamma = 0.
    high : mpmath.mpf or float, optional
        Its upper end; None where the scan ended in it.
    """

    low: Number
    high: Number | None

    def __contains__(self, gamma: object) -> bool:
        exact = exact_number(gamma, "gamma")
        return exact_number(self.low) < exact and (self.high is None or exact < exact_number(self.high))


@dataclass(frozen=True)
class Diagnosis:
    """What the focal loss makes of class counts at one gamma; tuples have one entry a class, in the order of the counts.

    Attributes
    ----------
    counts : tuple of int
        The counts.
    weights : tuple of Fraction, optional
        The weights of the classes, if any were given; for a sigmoid, of their positives.
    negatives : tuple of Fraction, optional
        For a sigmoid with alpha, the weights of the negatives of each class.
    gamma : Fraction
        The focusing parameter.
    head : str
        One of `HEADS`.
    dps : int
        How many digits are right, where they are certified.
    certified : bool
        Whether each number was enclosed and rounded right; else they are float64.
    data : Distribution
        The shares of the counts.
    p : tuple of Fraction
        What the loss sees for the data: the shares tilted by the weights.
    q : tuple of mpmath.mpf or float
        The model at the optimum.
    ratio : tuple of mpmath.mpf or float or None
        The q/p, the factor that a class gains or loses; None where p = 0.
    verdicts : tuple of str
        One of `VERDICTS` for each class: against p, or where weights tilt p against the shares of the data.
    multiplier : mpmath.mpf or float, optional
        Lagrange's lambda; None for a sigmoid, where each class has its own.
    log_multiplier : mpmath.mpf or float, optional
        The ln lambda; None for a sigmoid.
    multipliers : tuple of mpmath.mpf or float or None, optional
        For a sigmoid, the lambda of each class; None where p = 0.
    band : pair of mpmath.mpf or float, optional
        The ends (p_low, p_high): amplified between the two. None at gamma = 0, where there is no such class.
    entropy_before : mpmath.mpf or float
        Shannon's entropy of p, in nats; for a sigmoid, the sum over the classes of those of (p, 1 - p).
    entropy_after : mpmath.mpf or float
        The same of q.
    multiplier_windows : tuple of Window
        The gamma with lambda > 1.
    burying_windows : tuple of Window
        The gamma at which some class is over-suppressed, that is, the rarest.
    scan : tuple of pairs of float
        The pairs (gamma, ln lambda) on the grid, in float64.
    proved : bool
        Whether there are no further windows up to the end of the scan: proved, not sampled.
    error : mpmath.mpf or float
        A bound of the relative error of the numbers at gamma; in float64, of q.
    """

    counts: tuple[int, ...]
    weights: tuple[Fraction, ...] | None
    negatives: tuple[Fraction, ...] | None
    gamma: Fraction
    head: str
    dps: int
    certified: bool
    data: Distribution
    p: tuple[Fraction, ...]
    q: tuple[Number, ...]
    ratio: tuple[Number | None, ...]
    verdicts: tuple[str, ...]
    multiplier: Number | None
    log_multiplier: Number | None
    multipliers: tuple[Number | None, ...] | None
    band: tuple[Number, Number] | None
    entropy_before: Number
    entropy_after: Number
    multiplier_windows: tuple[Window, ...]
    burying_windows: tuple[Window, ...]
    scan: tuple[tuple[float, float], ...]
    proved: bool
    error: Number

    @property
    def tally(self) -> dict[str, int]:
        """How many classes have each verdict."""
        found = Counter(self.verdicts)
        return {verdict: found[verdict] for verdict in VERDICTS}

    @property
    def tilted(self) -> bool:
        """Whether weights were given that change something."""
        return self.weights is not None and not (self.uniform_weights and self.head == "softmax")

    @property
    def factor(self) -> tuple[Number | None, ...]:
        """q over the share of the data, which weights do not change; None where there is no count, or no weight."""
        if not self.tilted:
            return self.ratio
        with mpmath.workdps(self.dps + 10):
            exact = [None if not share else mpmath.mpf(share.numerator) / share.denominator for share in self.data]
            return tuple(
                None if share is None or not p else q / share for p, q, share in zip(self.p, self.q, exact, strict=True)
            )

    @property
    def bias(self) -> tuple[Number, ...]:
        """The constant output that is the optimum: ln q, or for a sigmoid ln(q/(1 - q)); -inf where q = 0."""
        with mpmath.workdps(self.dps + 10):
            logs = [mpmath.log(q) if q else mpmath.mpf("-inf") for q in self.q]
            if self.head == "softmax":
                return tuple(logs)
            return tuple(
                log if not q else mpmath.mpf("inf") if q == 1 else log - mpmath.log1p(-mpmath.mpf(q))
                for log, q in zip(logs, self.q, strict=True)
            )

    @property
    def uniform_weights(self) -> bool:
        """Whether weights were given that are all the same."""
        return self.weights is not None and len(set(self.weights)) == 1


@dataclass(frozen=True)
class Found:
    """The optimum for each distinct share."""

    q: tuple[Number, ...]
    ratio: tuple[Number, ...]
    signs: tuple[int, ...]
    """The sign of q - p."""
    multipliers: tuple[Number, ...]
    log_multiplier: Number | None
    entropies: tuple[Number, Number]
    error: Number
