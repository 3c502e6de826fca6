"""This package and what people use instead, in one run: cost as multiples of one evaluation of H, accuracy beside it.

    python -m pytest tests/benchmarks/bench_minimizer.py --table BENCHMARKS.md

Peers are scipy (the extra `benchmark`), mpmath, and torch where it is installed; it is too large for the extra. What can fail
here are this package's own ratios and errors, never a time.
"""

from __future__ import annotations

import time
from fractions import Fraction

import mpmath
import numpy as np
import pari
import pytest
import sympy
from mpmath.libmp import dps_to_prec

from focal_symbolic import Distribution, definitions, minimizer
from focal_symbolic.numbers import arrays
from focal_symbolic.numbers.balls import Probability, ball, precision
from focal_symbolic.numbers.entropy import focal_entropy_ball
from focal_symbolic.numbers.minimizer.solver import solve, solve_weights

pytest.importorskip("pytest_benchmark", reason="pytest-benchmark is not installed: pip install '.[benchmark]'")
GAMMA = Fraction(23, 10)
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


def timed(function, count):
    """Seconds of processor time of one call."""
    start = time.process_time()
    for _ in range(count):
        function()
    return (time.process_time() - start) / count


def ratio(benchmark, function, one_h, turns=40, least=5e-4):
    """(the cost of the function in evaluations of H, its result): the best of each, timed in turns."""
    result = benchmark.pedantic(function, rounds=1, iterations=1)
    one_h()
    counts = [max(int(least / timed(each, 1)), 1) for each in (function, one_h)]
    kept = [(timed(function, counts[0]), timed(one_h, counts[1])) for _ in range(turns)]
    cost, unit = map(min, zip(*kept, strict=True))
    benchmark.extra_info["ratio to H"] = cost / unit
    return cost / unit, result


def short(number):
    return f"{number:.2g}" if number < 10 else f"{number:.0f}" if number < 1000 else f"{number:.1e}"


def off(values, exact):
    """The largest relative error."""
    with mpmath.workdps(60):
        return float(max(abs(mpmath.mpf(value) / true - 1) for value, true in zip(values, exact, strict=True)))


# ------------------------------------------------------------------------------------------------- this package


@pytest.mark.parametrize(
    ("n", "dps", "gamma", "floor"),
    [
        (10, 50, GAMMA, 7),
        (10, 200, GAMMA, 5.6),
        (10, 1000, GAMMA, 2.6),
        (10, 10_000, GAMMA, 1.6),
        (100, 50, GAMMA, 6.4),
        (1000, 50, GAMMA, 5.2),
        *[(10, dps, Fraction(other), None) for other in ("2", "3.14159265", "0.37", "1/3") for dps in (50, 200)],
    ],
)
def test_certified(benchmark, row, n, dps, gamma, floor):
    p = classes(n)
    prec = dps_to_prec(dps)
    with precision(prec):
        weights, power = [ball(weight) for weight in p], ball(gamma)
        at = [one.q.mid() for one in solve(p.probabilities, gamma, prec).q]

    def one_h():
        with precision(prec):
            return focal_entropy_ball(weights, [Probability(one) for one in at], power)

    def run():
        solve_weights.cache_clear()
        return minimizer(p, gamma, dps)

    cost, found = ratio(benchmark, run, one_h, turns=12 if dps > 1000 or n > 100 else 200)
    row(
        "`minimizer`, certified",
        f"n = {n}, {dps} digits" + ("" if gamma == GAMMA else f", γ = {gamma if gamma.denominator < 10 else float(gamma)}"),
        short(cost) + (f" (floor {floor})" if floor else ""),
        f"≤ {float(found.radius):.0e}" if dps < 300 else f"≤ 10^-{dps}",
        "certified",
    )
    assert floor is None or cost <= floor


@pytest.mark.parametrize(
    ("shape", "many", "floor"),
    [((1, 10**6), False, 9), ((10**5, 10), False, 9), ((10**5, 10), True, 30), ((1, 10), False, None)],
)
def test_arrays(benchmark, row, shape, many, floor):
    draw = np.random.default_rng(1)
    p = draw.random(shape) ** 4 + 1e-7
    p /= p.sum(1, keepdims=True)
    gammas = 10.0 ** draw.uniform(-2, 1, shape[0]) if many else 2.3
    loss, _ = compiled("numpy")
    column = np.reshape(gammas, (-1, 1))
    q = arrays.minimizer(p, gammas).q
    cost, found = ratio(benchmark, lambda: arrays.minimizer(p, gammas), lambda: (p * loss(q, column)).sum(-1), turns=30)
    worst = 0.0
    for at in (0, shape[0] // 2):
        if shape[1] <= 100:
            exact = minimizer(p[at], float(np.broadcast_to(gammas, shape[0])[at]), 30)
            worst = max(worst, off(map(float, found.q[at]), exact.q))
    error = f"{worst:.0e}" if shape[1] <= 100 else "(≤ 1e-13: tests)"
    problem = "n = 10⁶" if shape[1] == 10**6 else f"{shape[0]} rows of n = {shape[1]}" + (", each its own γ" if many else "")
    row("`arrays.minimizer`, float64", problem, short(cost) + (f" (floor {floor})" if floor else ""), error, "")
    assert worst < 1e-13
    assert floor is None or cost <= floor


# ------------------------------------------------------------------------------------------------- peers


def counts(*given):
    return Distribution.from_counts(given)


def named(p):
    return f"n = {len(p)}" if len(p) > 5 else "counts " + ":".join(str(weight / min(p)) for weight in p)


class InFloats:
    """A problem in NumPy: the objective, the KKT system, its answer."""

    def __init__(self, p, gamma=GAMMA):
        self.n, self.name = len(p), named(p) + ("" if gamma == GAMMA else f", γ = {gamma}")
        self.loss, self.slope = compiled("numpy")
        self.p, self.gamma = np.array([float(weight) for weight in p]), float(gamma)
        self.exact = minimizer(p, gamma, 30).q
        self.at = np.array([float(q) for q in self.exact])

    def objective(self, q):
        return (self.p * self.loss(q, self.gamma)).sum()

    def system(self, at):
        return np.append(self.p * self.slope(at[:-1], self.gamma) - at[-1], at[:-1].sum() - 1)

    def one_h(self):
        return self.objective(self.at)


RARE = counts(900, 90, 9, 1)
PEERS = [classes(3), classes(10), classes(100), RARE]


@pytest.mark.parametrize("p", PEERS, ids=named)
def test_scipy_slsqp(benchmark, row, p):
    optimize = pytest.importorskip("scipy.optimize", reason="scipy is not installed: pip install '.[benchmark]'")
    problem = InFloats(p)

    def run():
        return optimize.minimize(
            problem.objective,
            np.full(problem.n, 1 / problem.n),
            bounds=[(1e-12, 1)] * problem.n,
            constraints={"type": "eq", "fun": lambda q: q.sum() - 1},
        )

    cost, found = ratio(benchmark, run, problem.one_h, turns=3)
    row(
        "SciPy `minimize`, SLSQP by default",
        problem.name,
        short(cost),
        f"{off(map(float, found.x), problem.exact):.2g}",
        "success" if found.success else "failure",
    )


@pytest.mark.parametrize("p", PEERS, ids=named)
@pytest.mark.parametrize("method", ["hybr", "lm"])
def test_scipy_root(benchmark, row, p, method):
    solve_system(benchmark, row, InFloats(p), method, "the KKT system")


def test_scipy_root_times_q(benchmark, row):
    solve_system(benchmark, row, InFloats(counts(10**9, 500_000, 1), Fraction(1, 2)), "hybr", "the KKT system times q")


def solve_system(benchmark, row, problem, method, what):
    optimize = pytest.importorskip("scipy.optimize", reason="scipy is not installed: pip install '.[benchmark]'")

    def system(at):
        return problem.system(at) * (np.append(at[:-1], 1) if what.endswith("times q") else 1)

    def run():
        with np.errstate(all="ignore"):
            return optimize.root(system, np.append(np.full(problem.n, 1 / problem.n), 1.0), method=method)

    cost, found = ratio(benchmark, run, problem.one_h, turns=3)
    row(
        f"SciPy `root`, {method}, on {what}",
        problem.name,
        short(cost),
        f"{off(map(float, found.x[:-1]), problem.exact):.2g}",
        "success" if found.success else "failure",
    )


@pytest.mark.parametrize("p", [classes(10), classes(50), classes(100), RARE], ids=named)
def test_mpmath(benchmark, row, p):
    n, exact = len(p), minimizer(p, GAMMA, 60).q
    loss, slope = compiled("mpmath")
    with mpmath.workdps(50):
        power = mpmath.mpf(GAMMA.numerator) / GAMMA.denominator
        weights = [mpmath.mpf(weight.numerator) / weight.denominator for weight in p]

        def system(*at):
            return [*(weight * slope(q, power) - at[-1] for weight, q in zip(weights, at, strict=False)), sum(at[:-1]) - 1]

        def run():
            return mpmath.findroot(system, [mpmath.mpf(1) / n] * n + [mpmath.mpf(1)], solver="mdnewton", maxsteps=20)

        def one_h():
            return sum(weight * loss(q, power) for weight, q in zip(weights, exact, strict=True))

        one_h()
        unit = min(timed(one_h, 3) for _ in range(20))
        start = time.process_time()
        try:
            found = benchmark.pedantic(run, rounds=1, iterations=1)
            worst = max(abs(value - q) for value, q in zip(found[:n], exact, strict=True))
            says = f"no error, q off by {short(float(worst))}"
            error = f"{off([mpmath.re(value) for value in found[:n]], exact):.2g}"
        except (ValueError, ZeroDivisionError) as raised:
            says, error = type(raised).__name__, "—"
        taken = time.process_time() - start
        row("mpmath `findroot`, mdnewton from 1/n", f"{named(p)}, 50 digits", short(taken / unit), error, says)


def test_scipy_find_root(benchmark, row):
    """A bracketing root finder within another, each for all classes of all rows at once."""
    elementwise = pytest.importorskip("scipy.optimize.elementwise", reason="scipy is too old: pip install '.[benchmark]'")
    rows, n = 2000, 10
    p = np.random.default_rng(1).random((rows, n)) ** 4 + 1e-7
    p /= p.sum(1, keepdims=True)
    loss, slope = compiled("numpy")
    log_p, power = np.log(p), float(GAMMA)

    def excess(z, target):
        return np.log(slope(1 / (1 + np.exp(-z)), power)) - target

    def inverse(target):
        return 1 / (1 + np.exp(-elementwise.find_root(excess, (-40.0, 30.0), args=(target,)).x))

    def missing(level, number):
        return inverse(level[:, None] - log_p[number]).sum(-1) - 1

    def run():
        uniform = np.log(slope(1 / n, power))
        init = log_p.min(1) + uniform - 1e-9, log_p.max(1) + uniform + 1e-9
        level = elementwise.find_root(missing, init, args=(np.arange(rows),)).x
        return inverse(level[:, None] - log_p)

    q = arrays.minimizer(p, power).q
    cost, found = ratio(benchmark, run, lambda: (p * loss(q, power)).sum(-1), turns=2)
    exact = minimizer(p[0], power, 30)
    row(
        "SciPy `elementwise.find_root`, one in another",
        f"{rows} rows of n = {n}",
        short(cost),
        f"{off(found[0], exact.q):.0e}",
        "",
    )


@pytest.mark.parametrize("dps", [50, 200])
def test_pari(row, dps):
    p, what = classes(10), "PARI/GP `solve`, one in another"
    if not pari.installed():
        row(what, f"{named(p)}, {dps} digits", "—", "—", "gp not installed")
        pytest.skip("PARI/GP is not installed: apt-get install pari-gp")
    theirs, exact = pari.minimizer(p, GAMMA, dps), minimizer(p, GAMMA, dps + 10).q
    with mpmath.workdps(dps + 10):
        worst = max(abs(mpmath.mpf(value) / q - 1) for value, q in zip(theirs, exact, strict=True))
    solving, one = pari.costs(p, GAMMA, dps)
    solve_weights.cache_clear()
    ours = min(timed(lambda: (solve_weights.cache_clear(), minimizer(p, GAMMA, dps)), 20) for _ in range(20))
    row(
        what,
        f"{named(p)}, {dps} digits",
        short(solving / one),
        f"{float(worst):.0e}",
        f"{short(solving / ours)} times `minimizer`",
    )


def torch_or_skip(row, *cells):
    try:
        import torch
    except ImportError:
        row(*cells, "—", "—", "torch not installed")
        pytest.skip("torch is not installed, and no extra installs it.")
    return torch, sympy.lambdify([x, gamma], definitions.loss(x, gamma), torch)


@pytest.mark.parametrize("p", [classes(3), classes(10), classes(100), RARE], ids=named)
@pytest.mark.parametrize("method", ["L-BFGS", "Adam"])
def test_torch(benchmark, row, method, p):
    what = f"torch {method} on logits, float64"
    torch, loss = torch_or_skip(row, what, named(p))
    problem = InFloats(p)
    weights = torch.tensor(problem.p, dtype=torch.float64)

    def run():
        logits = torch.zeros(problem.n, dtype=torch.float64, requires_grad=True)
        made = torch.optim.LBFGS([logits], max_iter=200) if method == "L-BFGS" else torch.optim.Adam([logits], lr=0.05)

        def closure():
            made.zero_grad()
            value = (weights * loss(torch.softmax(logits, 0), problem.gamma)).sum()
            value.backward()
            return value

        for _ in range(10 if method == "L-BFGS" else 2000):
            made.step(closure)
        return torch.softmax(logits, 0).tolist()

    at = torch.tensor(problem.at, dtype=torch.float64)

    def one_h():
        return (weights * loss(at, problem.gamma)).sum()

    cost, found = ratio(benchmark, run, one_h, turns=1 if method == "Adam" else 2)
    row(what, problem.name, short(cost), f"{off(found, problem.exact):.0e}", "")


@pytest.mark.parametrize("power", [Fraction(1, 2), GAMMA])
def test_torch_gradient(row, power):
    what, problem = "torch gradient at logits (40, 0, 0), float64", f"counts 90:9:1, γ = {power if power < 1 else float(power)}"
    torch, loss = torch_or_skip(row, what, problem)
    logits = torch.tensor([40.0, 0.0, 0.0], dtype=torch.float64, requires_grad=True)
    weights = torch.tensor([0.9, 0.09, 0.01], dtype=torch.float64)
    (weights * loss(torch.softmax(logits, 0), float(power))).sum().backward()
    row(what, problem, "—", "NaN" if logits.grad.isnan().any() else "finite", "no error")
