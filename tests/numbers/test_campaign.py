"""Random instances: none uncertified, none wrong against the exact inverse map, none off in float64.

500 instances by default; `pytest tests/numbers/test_campaign.py --campaign 100000 -n auto` for the whole campaign. An instance
is made from its number alone, so that a failure is run again by itself.
"""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np

from focal_symbolic.numbers import arrays
from focal_symbolic.numbers.balls import ball, precision, relative_radius
from focal_symbolic.numbers.minimizer import Problem, certified_step, inverse_map, solve

CHUNK = 125
BITS = 128
GOAL, LEAST = Fraction(1, 10**13), Fraction(1, 10**300)


def pytest_generate_tests(metafunc):
    count = metafunc.config.getoption("--campaign")
    if "first" in metafunc.fixturenames:
        metafunc.parametrize("first", range(0, count, CHUNK))


def instance(number):
    """(p, gamma) exactly; p may have zeros."""
    draw = random.Random(f"campaign {number}")
    n = draw.randint(1, 50)
    depth = draw.choice([0, 1, 3, 20, 290])
    weights = [Fraction(draw.randint(1, 10**6)) / 10 ** draw.randint(0, depth) for _ in range(n)]
    kind = draw.choice(["plain", "ties", "zeros", "head", "two heads", "nearly uniform"])
    if kind == "ties":
        weights = [draw.choice(weights[: 1 + n // 3]) for _ in weights]
    elif kind == "zeros":
        weights = [weight * draw.randint(0, 1) for weight in weights[1:]] + weights[:1]
    elif kind in ("head", "two heads"):
        small = Fraction(1, 10 ** draw.randint(1, 280 - min(depth, 250)))
        heads = min(n, 1 if kind == "head" else 2)
        weights = [weight if x < heads else weight * small for x, weight in enumerate(weights)]
        if heads == 2:
            weights[1] = weights[0] * (1 + small)
    elif kind == "nearly uniform":
        weights = [1 + Fraction(1, 10 ** draw.randint(1, 40)) * draw.randint(-5, 5) for _ in weights]
    total = sum(weights)
    gamma = draw.choice([Fraction(draw.randint(1, 8)), Fraction(draw.randint(1, 99), 10), None])
    if gamma is None:
        gamma = Fraction(draw.randint(1, 10**6), 10**6) * Fraction(10) ** draw.randint(-8, 4)
    return [weight / total for weight in weights], max(gamma, Fraction(1, 10**8))


def test_the_certificate_can_fail():
    """From a wrong start the last step is refused, or still encloses the truth."""
    draw = random.Random(1)
    refused = proved = 0
    for number in range(300):
        p, gamma = instance(number)
        weights = tuple(weight for weight in p if weight)
        problem = Problem.of(weights, gamma)
        if len(problem.weights) == 1:
            continue
        found = solve(weights, gamma, 300)
        exact = [found.q[problem.order.index(rank)] for rank in range(len(problem.weights))]
        with precision(200):
            scale = 2 ** draw.choice([1, 4, 8, 16, 40, 80])
            off = [1 + ball(draw.choice([-1, 1])) / scale for _ in exact]
            start = [(one.q * by).mid() for one, by in zip(exact[1:], off[1:], strict=True)]
            step = certified_step(problem, (found.multiplier * off[0]).mid(), start)
            if step is None:
                refused += 1
                continue
            proved += 1
            multiplier, log_multiplier, q, entropy = step
            assert multiplier.contains(found.multiplier), number
            assert log_multiplier.contains(found.log_multiplier), number
            assert entropy.contains(found.entropy), number
            assert all(ours.contains(theirs.q) for ours, theirs in zip(q, exact[1:], strict=True)), number
    assert refused > 50
    assert proved > 10


def worst(fast, places, exact):
    """The largest relative error of q and 1 - q in float64, of numbers that float64 holds to its full accuracy."""
    pairs = [
        pair
        for x, one in zip(places, exact, strict=True)
        for pair in ((fast.q[x], one.q), (fast.complement[x], one.complement))
    ]
    errors = [abs(ball(Fraction(float(value))) / at - 1) for value, at in pairs if at > ball(LEAST)]
    return max(float(error.upper()) for error in errors)


def test_campaign(first, request):
    for number in range(first, min(first + CHUNK, request.config.getoption("--campaign"))):
        p, gamma = instance(number)
        support = [x for x, weight in enumerate(p) if weight]
        found = solve(tuple(p[x] for x in support), gamma, BITS)  # raises if it cannot certify
        goal = ball((1, -BITS))
        if len(support) == 1:
            assert found.entropy.is_zero(), number
            continue
        fast = arrays.minimizer(np.array([float(weight) for weight in p]), float(gamma))
        with precision(4 * BITS):
            assert all(relative_radius(one.q) <= goal >= relative_radius(one.complement) for one in found.q), number
            assert (sum((one.q for one in found.q), ball(0)) - 1).contains(0), number
            # the inverse map of the balls encloses p, up to its condition number tightly
            sharp = goal * 64 * (1 + ball(gamma) * max(1, 1 / min((one.complement for one in found.q), key=lambda c: c.mid())))
            for x, back in zip(support, inverse_map(found.q, gamma), strict=True):
                assert (back - ball(p[x])).contains(0), number
                assert relative_radius(back) < sharp, number
            shares = [x for x in support if p[x] >= LEAST]  # as a float a smaller share has lost digits already
            if worst(fast, shares, [found.q[support.index(x)] for x in shares]) >= GOAL:  # then of the floats that were given
                floats = [Fraction(float(p[x])) for x in support]
                given = solve(tuple(value / sum(floats) for value in floats), Fraction(float(gamma)), BITS)
                assert worst(fast, shares, [given.q[support.index(x)] for x in shares]) < GOAL, number
        assert not np.isnan(fast.q).any(), number
