"""The optimum in certified numbers."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from flint import arb

from focal_symbolic.errors import Undecided
from focal_symbolic.numbers.balls import ONE, ZERO, Probability, ball, precision, sign
from focal_symbolic.numbers.decimals import digits
from focal_symbolic.numbers.diagnosis.result import Found
from focal_symbolic.numbers.diagnosis.shares import Problem
from focal_symbolic.numbers.minimizer import solve
from focal_symbolic.numbers.rounding import rounded

__all__ = ["certified_pairs", "certified_softmax"]


def certified_softmax(problem: Problem) -> Found:
    """The optimum of a softmax, by balls."""
    whole, size = problem.whole, len(problem.distinct)
    firsts = [sum(problem.times[:at]) for at in range(size)]
    exact = problem.gamma == 0 or size == 1

    def enclose(bits: int) -> list[arb | Fraction]:
        solved = solve(whole, problem.gamma, bits)
        at = [solved.q[first] for first in firsts]
        with precision(bits + 32):
            q: list[arb | Fraction] = list(problem.distinct) if exact else [one.q for one in at]
            ratio = [ONE if exact else one.q / ball(p) for one, p in zip(at, problem.distinct, strict=True)]
            own = [Probability.exact(p) for p in problem.distinct]
            entropies = [problem.entropy(one) for one in (own, own if exact else at)]
        return [solved.multiplier, solved.log_multiplier, *entropies, *q, *ratio]

    (multiplier, log_multiplier, before, after, *rest), error = rounded(enclose, problem.dps)
    signs = (0,) * size
    if not exact:
        signs = _signs(problem, lambda bits: [solve(whole, problem.gamma, bits).q[first] for first in firsts])
    q, ratio = tuple(rest[:size]), tuple(rest[size:])
    return Found(q, ratio, signs, (multiplier,), log_multiplier, (before, after), error)


def certified_pairs(problem: Problem) -> Found:
    """The optimum of a sigmoid for each class, by balls."""
    size = len(problem.distinct)

    def at(share: Fraction, bits: int) -> tuple[Probability, arb]:
        if share == 1:
            return Probability(ONE, ZERO), solve((share,), problem.gamma, bits).multiplier
        solved = solve((share, 1 - share), problem.gamma, bits)
        return solved.q[0], solved.multiplier

    def enclose(bits: int) -> list[arb | Fraction]:
        pairs = [at(share, bits) for share in problem.distinct]
        fixed = [problem.gamma == 0 or 2 * share in (1, 2) for share in problem.distinct]
        with precision(bits + 32):
            q: list[arb | Fraction] = [
                share if known else one.q for share, known, (one, _) in zip(problem.distinct, fixed, pairs, strict=True)
            ]
            ratio = [
                ONE if known else one.q / ball(p) for p, known, (one, _) in zip(problem.distinct, fixed, pairs, strict=True)
            ]
            entropies = []
            for points in ([Probability.exact(p) for p in problem.distinct], [one for one, _ in pairs]):
                away = [Probability(one.complement, one.q) for one in points]
                entropies.append(problem.entropy(points) + problem.entropy(away))
        return [*entropies, *q, *ratio, *(multiplier for _, multiplier in pairs)]

    (before, after, *rest), error = rounded(enclose, problem.dps)
    # of two classes the rarer gains
    even = Fraction(1, 2)
    signs = tuple(0 if problem.gamma == 0 or share in (even, 1) else 1 if share < even else -1 for share in problem.distinct)
    parts = [tuple(rest[at : at + size]) for at in (0, size, 2 * size)]
    return Found(parts[0], parts[1], signs, parts[2], None, (before, after), error)


def _signs(problem: Problem, q: Callable[[int], list[Probability]]) -> tuple[int, ...]:
    """The certified signs of q - p."""
    for more in (96, 256, 1024, 4096):
        bits = more + problem.lost_bits
        with precision(bits + 32):
            found = tuple(sign(one.q - ball(p)) for one, p in zip(q(bits), problem.distinct, strict=True))
        if all(found):
            return found
    share = problem.distinct[found.index(0)]
    raise Undecided(
        f"diagnose: whether the class of share {digits(share, 6)} gains is undecided at gamma = {digits(problem.gamma, 6)}."
    )
