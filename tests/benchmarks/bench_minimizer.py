"""This package and what people use instead, in one run: cost as multiples of one evaluation of H, accuracy beside it.

    python -m pytest tests/benchmarks/bench_minimizer.py --table BENCHMARKS.md

Peers are scipy (the extra `benchmark`), mpmath, and torch where it is installed. What can fail here are this package's own
ratios and errors, never a time.
"""

from __future__ import annotations

import sys
import time
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy
from mpmath.libmp import dps_to_prec

import focal_symbolic.minimizer  # noqa: F401
from focal_symbolic import Distribution, arrays, definitions, minimizer
from focal_symbolic.balls import Probability, ball, precision
from focal_symbolic.entropy import focal_entropy_ball

pytest.importorskip("pytest_benchmark", reason="pytest-benchmark is not installed: pip install '.[benchmark]'")
SOLVER = sys.modules["focal_symbolic.minimizer"]
GAMMA = Fraction(23, 10)
SLACK = 1.5
"""A ratio may exceed its floor by so much before a run fails: other work on the machine."""
x, gamma = definitions.x, definitions.gamma


def classes(n):
    """Class shares that fall like 1/k, and one rare class."""
    counts = [10**6 // (k + 1) for k in range(n - 1)] + [20]
    return Distribution.from_counts(counts)


def compiled(library):
    """(loss, slope) of x and gamma in a library of numbers."""
    return tuple(
        sympy.lambdify([x, gamma], each, library) for each in (definitions.loss(x, gamma), definitions.slope(x, gamma))
    )


def best(function, rounds=7, least=2e-3):
    """The best time of a call."""
    count, times = 1, []
    while True:
        start = time.perf_counter()
        for _ in range(count):
            function()
        taken = time.perf_counter() - start
        if taken > least:
            break
        count *= 4
    times.append(taken / count)
    for _ in range(rounds - 1):
        start = time.perf_counter()
        for _ in range(count):
            function()
        times.append((time.perf_counter() - start) / count)
    return min(times)


def ratio(benchmark, function, one_h, rounds=7, turns=3):
    """(the cost of the function in evaluations of H, its result); both are timed in turns."""
    kept = []
    for _ in range(turns):
        kept.append((best(function, rounds), best(one_h)))
    result = benchmark.pedantic(function, rounds=1, iterations=1)
    cost = min(kept)[0] / min(h for _, h in kept)
    benchmark.extra_info["ratio to H"] = cost
    return cost, result


def short(number):
    return f"{number:.2g}" if number < 10 else f"{number:.0f}" if number < 1000 else f"{number:.1e}"


def off(values, exact):
    """The largest relative error."""
    with mpmath.workdps(60):
        return float(max(abs(mpmath.mpf(value) / true - 1) for value, true in zip(values, exact, strict=True)))


# ------------------------------------------------------------------------------------------------- this package


@pytest.mark.parametrize(
    ("n", "dps", "floor"), [(10, 50, 12), (10, 200, 8), (10, 1000, 4), (10, 10_000, 2.3), (100, 50, 12), (1000, 50, 12)]
)
def test_certified(benchmark, row, n, dps, floor):
    p = classes(n)
    prec = dps_to_prec(dps)
    with precision(prec):
        weights, power = [ball(weight) for weight in p], ball(GAMMA)
        at = [one.q.mid() for one in SOLVER.solve(p.probabilities, GAMMA, prec).q]

    def one_h():
        with precision(prec):
            return focal_entropy_ball(weights, [Probability(one) for one in at], power)

    def run():
        SOLVER._solve.cache_clear()
        return minimizer(p, GAMMA, dps)

    cost, found = ratio(benchmark, run, one_h, rounds=3 if dps > 1000 else 7)
    row(
        "`minimizer`, certified",
        f"n = {n}, {dps} digits",
        f"{short(cost)} (floor {floor})",
        f"≤ {float(found.radius):.0e}" if dps < 300 else f"≤ 10^-{dps}",
        "certified",
    )
    assert cost < floor * SLACK


@pytest.mark.parametrize(
    ("shape", "many", "floor"),
    [((1, 10**6), False, 9), ((10**5, 10), False, 30), ((10**5, 10), True, 30), ((1, 10), False, None)],
)
def test_arrays(benchmark, row, shape, many, floor):
    draw = np.random.default_rng(1)
    p = draw.random(shape) ** 4 + 1e-7
    p /= p.sum(1, keepdims=True)
    gammas = 10.0 ** draw.uniform(-2, 1, shape[0]) if many else 2.3
    loss, _ = compiled("numpy")
    column = np.reshape(gammas, (-1, 1))
    q = arrays.minimizer(p, gammas).q
    cost, found = ratio(benchmark, lambda: arrays.minimizer(p, gammas), lambda: (p * loss(q, column)).sum(-1), rounds=2)
    worst = 0.0
    for at in (0, shape[0] // 2):
        if shape[1] <= 100:
            exact = minimizer(p[at], float(np.broadcast_to(gammas, shape[0])[at]), 30)
            worst = max(worst, off(map(float, found.q[at]), exact.q))
    error = f"{worst:.0e}" if shape[1] <= 100 else "(≤ 1e-13: tests)"
    problem = "n = 10⁶" if shape[1] == 10**6 else f"{shape[0]} rows of n = {shape[1]}" + (", each its own γ" if many else "")
    row("`arrays.minimizer`, float64", problem, short(cost) + (f" (floor {floor})" if floor else ""), error, "")
    assert worst < 1e-13
    assert floor is None or cost < floor * SLACK


# ------------------------------------------------------------------------------------------------- peers


def floats(n):
    p = classes(n)
    exact = minimizer(p, GAMMA, 30)
    loss, slope = compiled("numpy")
    weights = np.array([float(weight) for weight in p])
    power = float(GAMMA)
    at = np.array([float(q) for q in exact.q])

    def one_h():
        return (weights * loss(at, power)).sum()

    return weights, power, exact, loss, slope, one_h


@pytest.mark.parametrize("n", [3, 10, 100])
def test_scipy_slsqp(benchmark, row, n):
    optimize = pytest.importorskip("scipy.optimize", reason="scipy is not installed: pip install '.[benchmark]'")
    weights, power, exact, loss, _, one_h = floats(n)

    def run():
        return optimize.minimize(
            lambda q: (weights * loss(q, power)).sum(),
            np.full(n, 1 / n),
            bounds=[(1e-12, 1)] * n,
            constraints={"type": "eq", "fun": lambda q: q.sum() - 1},
        )

    cost, found = ratio(benchmark, run, one_h, rounds=2, turns=2)
    row(
        "SciPy `minimize`, SLSQP by default",
        f"n = {n}",
        short(cost),
        f"{off(map(float, found.x), exact.q):.0e}",
        "success" if found.success else "failure",
    )


@pytest.mark.parametrize("n", [3, 10, 100])
def test_scipy_root(benchmark, row, n):
    optimize = pytest.importorskip("scipy.optimize", reason="scipy is not installed: pip install '.[benchmark]'")
    weights, power, exact, _, slope, one_h = floats(n)

    def system(at):
        return np.append(weights * slope(at[:-1], power) - at[-1], at[:-1].sum() - 1)

    def run():
        with np.errstate(all="ignore"):
            return optimize.root(system, np.append(np.full(n, 1 / n), 1.0))

    cost, found = ratio(benchmark, run, one_h, rounds=2, turns=2)
    row(
        "SciPy `root` on the KKT system",
        f"n = {n}",
        short(cost),
        f"{off(map(float, found.x[:-1]), exact.q):.0e}",
        "success" if found.success else "failure",
    )


@pytest.mark.parametrize("n", [10, 50])
def test_mpmath(benchmark, row, n):
    p = classes(n)
    exact = minimizer(p, GAMMA, 60)
    loss, slope = compiled("mpmath")
    with mpmath.workdps(50):
        power = mpmath.mpf(23) / 10
        weights = [mpmath.mpf(weight.numerator) / weight.denominator for weight in p]

        def system(*at):
            return [*(weight * slope(q, power) - at[-1] for weight, q in zip(weights, at, strict=False)), sum(at[:-1]) - 1]

        def run():
            return mpmath.findroot(system, [mpmath.mpf(1) / n] * n + [mpmath.mpf(1)], solver="mdnewton")

        one_h = best(lambda: sum(weight * loss(q, power) for weight, q in zip(weights, exact.q, strict=True)))
        start = time.perf_counter()
        try:
            found = benchmark.pedantic(run, rounds=1, iterations=1)
            says, error = "no error", f"{off([mpmath.re(value) for value in found[:n]], exact.q):.0e}"
        except (ValueError, ZeroDivisionError) as raised:
            says, error = type(raised).__name__, "—"
        taken = time.perf_counter() - start
        row("mpmath `findroot`, mdnewton from 1/n", f"n = {n}, 50 digits", short(taken / one_h), error, says)


@pytest.mark.parametrize("method", ["LBFGS", "Adam"])
def test_torch(benchmark, row, method):
    torch = pytest.importorskip("torch", reason="torch is not installed, and no extra installs it.")
    n = 10
    weights, power, exact, _, _, _ = floats(n)
    p = torch.tensor(weights, dtype=torch.float64)
    loss = sympy.lambdify([x, gamma], definitions.loss(x, gamma), torch)

    def run():
        logits = torch.zeros(n, dtype=torch.float64, requires_grad=True)
        made = torch.optim.LBFGS([logits], max_iter=200) if method == "LBFGS" else torch.optim.Adam([logits], lr=0.05)

        def closure():
            made.zero_grad()
            value = (p * loss(torch.softmax(logits, 0), power)).sum()
            value.backward()
            return value

        for _ in range(10 if method == "LBFGS" else 2000):
            made.step(closure)
        return torch.softmax(logits, 0).tolist()

    at = torch.tensor([float(q) for q in exact.q], dtype=torch.float64)

    def one_h():
        return (p * loss(at, power)).sum()

    cost, found = ratio(benchmark, run, one_h, rounds=1, turns=1)
    row(f"torch {method} on logits", f"n = {n}", short(cost), f"{off(found, exact.q):.0e}", "")
