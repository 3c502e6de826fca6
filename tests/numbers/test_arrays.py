"""float64 arrays against the certified solver, class by class, down to 1e-300; steps, ties, zeros, shapes, bad input."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from focal_symbolic import definitions
from focal_symbolic.errors import InputError
from focal_symbolic.numbers import arrays, sweep
from focal_symbolic.numbers.arrays.batch import MANY, Batch
from focal_symbolic.numbers.arrays.long import solve_long
from focal_symbolic.numbers.arrays.rows import solve_rows
from focal_symbolic.numbers.balls import Probability, ball, precision
from focal_symbolic.numbers.entropy import focal_entropy_ball
from focal_symbolic.numbers.floats.twofold import log_in_two, two_total
from focal_symbolic.numbers.formulas.compiler import compiled
from focal_symbolic.numbers.minimizer import inverse_map, minimizer, slope_inverse_ball, solve
from focal_symbolic.numbers.sweep import log_gain

GOAL = 1e-13
GAMMAS = [1e-8, 1e-3, 0.3, 1.0, 2.0, 2.5, 17.0, 300.0, 1e4]


def tenths(power):
    """About 10**-power, by arithmetic alone: NumPy's own powers differ from processor to processor, and so would the cases."""
    octaves = np.asarray(power) * math.log2(10)
    whole = np.ceil(octaves)
    return np.ldexp(1 + (whole - octaves), -whole.astype(int))


def wild(rng, rows, n, depth=290, zeros=0.05):
    """Rows with entries from 1 down to 10**-depth, some of them zero."""
    weights = tenths(rng.random((rows, n)) * rng.choice([0.1, 1, 10, depth], size=(rows, 1))) * (1 + rng.random((rows, n)))
    weights[rng.random((rows, n)) < zeros] = 0
    weights[:, 0] += tenths(depth + 5)
    return weights / weights.sum(1, keepdims=True)


def exactly(row):
    """The row as exact rationals of sum 1, and where they are positive."""
    values = [Fraction(float(value)) for value in row]
    total = sum(values)
    return [value / total for value in values], [x for x, value in enumerate(values) if value]


def error(value, exact):
    """The relative error of a float against a ball."""
    return abs(float(ball(Fraction(float(value))) / exact - 1))


@pytest.mark.parametrize("n", [2, 3, 5, 12, 200])
@pytest.mark.parametrize("gamma", [*GAMMAS, None])
def test_every_class_is_right(n, gamma):
    rng = np.random.default_rng([n, 0 if gamma is None else int(gamma * 1e8)])
    rows = 3 if n > 100 else 20
    p = wild(rng, rows, n)
    gammas = tenths(rng.uniform(-4, 8, rows)) if gamma is None else np.full(rows, gamma)
    found = arrays.minimizer(p, gammas if gamma is None else gamma)
    for row, power, q, complement, log_multiplier in zip(p, gammas, *found, strict=True):
        weights, support = exactly(row)
        if len(support) == 1:
            assert q[support[0]] == 1
            assert np.isneginf(log_multiplier)
            continue
        exact = solve(tuple(weights[x] for x in support), Fraction(float(power)), 80)
        with precision(200):
            for x, at in zip(support, exact.q, strict=True):
                assert error(q[x], at.q) < GOAL
                assert error(complement[x], at.complement) < GOAL
            off = abs(float(exact.log_multiplier - ball(Fraction(float(log_multiplier)))))
        assert off < GOAL * max(1, abs(log_multiplier))
        assert (q[row == 0] == 0).all()
        assert (complement[row == 0] == 1).all()


@pytest.mark.parametrize("head", [1e-300, 1e-100, 1e-17, 1e-3])
@pytest.mark.parametrize("gamma", GAMMAS)
def test_heads_near_1(head, gamma):
    p = np.array([1 - head, head / 3, head * 2 / 3])
    found = arrays.minimizer(p, gamma)
    weights, _ = exactly(p)
    exact = solve(tuple(weights), Fraction(gamma), 80)
    with precision(1200):
        for q, complement, at in zip(found.q, found.complement, exact.q, strict=True):
            assert error(q, at.q) < GOAL
            assert error(complement, at.complement) < GOAL


@pytest.mark.parametrize("one_gamma", [True, False])
@pytest.mark.parametrize("n", [2, 3, 4, 7, 10, 40, 150])
def test_few_newton_steps_a_row(n, one_gamma):
    rng = np.random.default_rng(n)
    for depth in (3, 40, 290):
        p = wild(rng, 3000, n, depth)
        for _ in range(6 if one_gamma else 1):
            gamma = tenths(rng.uniform(-4, 8, (1, 1) if one_gamma else (3000, 1)))
            q, complement, log_multiplier, steps = solve_rows(p, gamma)
            assert steps.max() <= arrays.MAX_STEPS
            for part in (q, complement, log_multiplier):
                assert not np.isnan(part).any()
            assert np.abs(q.sum(1) - 1).max() < 1e-14 * n


def long_row(kind, n=500_000):
    rng = np.random.default_rng(3)
    p = {
        "spread": lambda: rng.random(n) ** 4 + 1e-6,
        "zeros": lambda: np.where(rng.random(n) < 0.3, 0.0, rng.random(n) + 0.01),
        "counts": lambda: rng.integers(1, 30, n).astype(float),
        "by rank": lambda: 1 / np.arange(1.0, n + 1),
        "a head": lambda: np.append(rng.random(n - 1) + 1e-3, 1e9),
        "two heads": lambda: np.append([1e7, 1e7], rng.random(n - 2) + 1e-3),
        "two levels": lambda: np.append(np.full(5, 3.0), np.full(n - 5, 2.0)),
        "beyond interpolation": lambda: tenths(rng.random(n) * 280),
    }[kind]()
    return p / p.sum()


LONG_ROWS = ["spread", "zeros", "counts", "by rank", "a head", "two heads", "two levels", "beyond interpolation"]


@pytest.mark.parametrize("gamma", [1e-8, 0.3, 2.3, 300.0, 1e4])
@pytest.mark.parametrize("kind", LONG_ROWS)
def test_a_long_row(kind, gamma):
    p = long_row(kind)
    q, complement, log_multiplier, steps = solve_rows(p[None], np.array([[gamma]]))
    assert steps.max() <= arrays.MAX_STEPS
    assert abs(math.fsum(q[0]) - 1) < 1e-13
    assert (q[0, p == 0] == 0).all()
    assert (complement[0, p == 0] == 1).all()
    total, power = Fraction(math.fsum(p)), Fraction(gamma)
    with precision(1200):
        multiplier = ball(Fraction(float(log_multiplier[0]))).exp() * ball(total)
        for x in {int(p.argmax()), int(np.where(p > 0, p, 1).argmin()), *range(5000, p.size, 40_111)}:
            if p[x] and x != p.argmax():
                exact = slope_inverse_ball(multiplier / ball(Fraction(float(p[x]))), power)
                assert error(q[0, x], exact.q) < GOAL
                assert error(complement[0, x], exact.complement) < GOAL


def test_long_rows_are_interpolated():
    for kind in LONG_ROWS:
        found = solve_long(long_row(kind), np.array([[2.3]]))
        assert (found is None) == (kind == "beyond interpolation"), kind


@pytest.mark.parametrize("kind", ["plain", "nearly uniform", "deep", "heads", "zeros"])
def test_a_batch_at_one_gamma(kind):
    """Many short rows, of which those that ask for more care are solved as others are."""
    rng, n, rows = np.random.default_rng(9), 7, MANY // 7 + 1
    p = rng.random((rows, n)) ** 4 + 1e-7
    if kind == "nearly uniform":
        p = 1 + rng.random((rows, n)) / 100
    elif kind == "deep":
        p = wild(rng, rows, n, zeros=0)
    elif kind == "heads":
        p[:, 0] += 1 / tenths(rng.uniform(0, 14, rows))
    elif kind == "zeros":
        p[:, 1:][rng.random((rows, n - 1)) < 0.2] = 0
    p /= p.sum(1, keepdims=True)
    for gamma in (1e-8, 0.3, 2.3, 16.0):
        assert Batch.fits(p, np.array([[gamma]]))
        q, complement, log_multiplier, steps = solve_rows(p, np.array([[gamma]]))
        assert steps.max() <= arrays.MAX_STEPS
        alone = arrays.minimizer(p, np.full(rows, gamma))
        with np.errstate(divide="ignore", invalid="ignore"):
            for ours, other in ((q, alone.q), (complement, alone.complement)):
                assert np.nanmax(np.abs(ours / other - 1)) < GOAL
        for row in (0, rows // 2, int(p.max(1).argmax()), int(p.min(1).argmin()), rows - 1):
            weights, support = exactly(p[row])
            if len(support) == 1:
                continue
            exact = solve(tuple(weights[x] for x in support), Fraction(gamma), 80)
            with precision(1200):
                for x, at in zip(support, exact.q, strict=True):
                    assert error(q[row, x], at.q) < GOAL
                    assert error(complement[row, x], at.complement) < GOAL
                off = abs(float(exact.log_multiplier - ball(Fraction(float(log_multiplier[row])))))
            assert off < GOAL * max(1, abs(log_multiplier[row]))


def test_ties_and_uniform():
    found = arrays.minimizer([[0.25, 0.25, 0.25, 0.25], [0.5, 0.5, 0, 0], [0.4, 0.4, 0.1, 0.1]], [1e-8, 1e4, 2])
    assert np.abs(found.q[0] - 0.25).max() < 1e-15
    assert np.abs(found.q[1] - [0.5, 0.5, 0, 0]).max() < 1e-15
    assert abs(found.q[2, 0] - found.q[2, 1]) < 1e-15
    assert abs(found.q[2, 2] - found.q[2, 3]) < 1e-15


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("gamma", [1e-300, 1e-12, 1e-9, 0.5, 1e4, 1e9, 1e12])
@pytest.mark.parametrize("p", [[1, 5e-324], [0.5, 0.5, 5e-324], [1, 1e-310, 0], [0.3, 0.7, 1e-300], [1, 1e-200, 1e-300]])
def test_beyond_the_domain(p, gamma):
    q, complement, log_multiplier, _ = solve_rows(np.array([p, [1 / len(p)] * len(p)]), np.array([[gamma]]))
    assert np.isfinite(q).all()
    assert np.isfinite(complement).all()
    assert np.isfinite(log_multiplier).all()
    assert np.abs(q.sum(1) - 1).max() < 1e-15
    assert (q[0] <= q[0].max()).all()
    if min(weight for weight in p if weight) >= 1e-300:
        exact = solve(tuple(Fraction(weight) / sum(map(Fraction, p)) for weight in p), Fraction(gamma), 80)
        with precision(1200):
            for value, other, at in zip(q[0], complement[0], exact.q, strict=True):
                assert error(value, at.q) < GOAL
                assert error(other, at.complement) < GOAL


def test_gamma_zero_and_one_class():
    found = arrays.minimizer([[0.7, 0.3, 0.0], [0.0, 1.0, 0.0]], [[0.0], [2.0]])
    assert found.q.shape == (2, 2, 3)
    assert np.array_equal(found.q[0, 0], [0.7, 0.3, 0])
    assert np.array_equal(found.q[:, 1], [[0, 1, 0]] * 2)
    assert np.array_equal(found.complement[:, 1], [[1, 0, 1]] * 2)
    assert found.log_multiplier[0].tolist() == [0, 0]
    assert np.isneginf(found.log_multiplier[1, 1])


def test_shapes():
    p = np.full((2, 1, 4), 0.25)
    found = arrays.minimizer(p, np.ones(3))
    assert found.q.shape == found.complement.shape == (2, 3, 4)
    assert found.log_multiplier.shape == (2, 3)
    assert arrays.minimizer([0.5, 0.5], 1).log_multiplier.shape == ()
    assert arrays.minimizer(np.empty((0, 3)), 1).q.shape == (0, 3)


@pytest.mark.parametrize("gamma", [0.0, *GAMMAS])
def test_the_gain_the_inverse_map_and_the_entropy(gamma):
    rng = np.random.default_rng(int(gamma * 100))
    q = np.concatenate([rng.random(40), tenths(rng.uniform(0, 300, 40)), 1 - tenths(rng.uniform(0, 15, 40))])
    q = q[q < 1]
    gain = compiled(definitions.gain(definitions.x, definitions.gamma), (definitions.x, definitions.gamma))
    with precision(1200):
        for at, value in zip(q, arrays.gain(q, gamma), strict=True):
            exact = gain(Probability.exact(Fraction(float(at))), ball(Fraction(gamma)))
            assert value == 0 if exact < 1e-320 else value < 1e-300 or error(value, exact) < GOAL
        rows = wild(rng, 12, 6, 200, zeros=0)
        back = arrays.data_distribution(rows, gamma)
        entropies = arrays.focal_entropy(back, rows, gamma)
        for row, p, entropy in zip(rows, back, entropies, strict=True):
            model, data = exactly(row)[0], exactly(p)[0]
            for value, exact in zip(p, inverse_map([Probability.exact(at) for at in model], Fraction(gamma)), strict=True):
                assert value < 1e-300 or error(value, exact) < GOAL
            if entropy > 1e-290 and all(data):
                assert error(entropy, focal_entropy_ball(data, model, Fraction(gamma))) < GOAL


@pytest.mark.parametrize("n", [2, 3, 7, 40])
@pytest.mark.parametrize("gamma", [100.0, 700.0, 3000.0, 1e4])
def test_gamma_multiplies_no_rounding(gamma, n):
    """1 - q to the power gamma down to 1e-300: a rounding of 1 - q, or of what q is divided by, would come out 700 times."""
    rng = np.random.default_rng([n, int(gamma)])
    for _ in range(30):
        q = 1 + rng.random(n) * rng.choice([0.1, 1, min(690 * n / gamma, 100)])
        q /= q.sum()
        model, power = exactly(q)[0], Fraction(gamma)
        with precision(1200):
            points = [Probability.exact(at) for at in model]
            back = arrays.data_distribution(q, gamma)
            for value, exact in zip(back, inverse_map(points, power), strict=True):
                assert value < 1e-300 or error(value, exact) < GOAL
            p = rng.random(n)
            p /= p.sum()
            exact = focal_entropy_ball(exactly(p)[0], model, power)
            assert exact < 1e-300 or error(arrays.focal_entropy(p, q, gamma), exact) < GOAL
            gain = compiled(definitions.gain(definitions.x, definitions.gamma), (definitions.x, definitions.gamma))
            for value, at in zip(arrays.gain(q, gamma, 1 - q), q, strict=True):  # the complement says no more than q
                exact = gain(Probability.exact(Fraction(float(at))), ball(power))
                assert value < 1e-300 or error(value, exact) < GOAL


@pytest.mark.parametrize("gamma", [100.0, 700.0, 3000.0, 1e4])
def test_rare_classes_beside_heavy_ones(gamma):
    """The heavy ones have ln lambda far below 0, by gamma times a logarithm, and the rare ones take every digit of it."""
    rng = np.random.default_rng(int(gamma))
    for n in (3, 8, 30):
        heavy = min(max(int(gamma / 600), 1), n - 1)
        p = np.concatenate([1 + rng.random((20, heavy)) / 100, tenths(rng.uniform(200, 298, (20, n - heavy)))], 1)
        p /= p.sum(1, keepdims=True)
        found = arrays.minimizer(p, gamma)
        for row, q, complement in zip(p, found.q, found.complement, strict=True):
            exact = solve(tuple(exactly(row)[0]), Fraction(gamma), 80)
            with precision(200):
                for value, other, at in zip(q, complement, exact.q, strict=True):
                    assert error(value, at.q) < GOAL / 10  # the last step adds next to nothing
                    assert error(other, at.complement) < GOAL / 10


def test_the_logarithm_in_two_parts():
    rng = np.random.default_rng(8)
    m = np.concatenate([np.sqrt(0.5) * (1 + rng.random(500)), 1 + tenths(rng.uniform(2, 15, 200)), [0.5, 1, 2]])
    with precision(300):
        for value, *parts in zip(m, *log_in_two(m), strict=True):
            exact = ball(Fraction(float(value))).log()
            assert abs(float(sum((ball(Fraction(float(part))) for part in parts), -exact))) < 1e-22


@pytest.mark.parametrize("n", [1, 2, 7, 100])
def test_the_sum_in_two_parts(n):
    rng = np.random.default_rng(n)
    values = tenths(rng.uniform(0, 30, (5, n)))
    for axis in (0, 1):
        for row, high, low in zip(values if axis else values.T, *map(np.ravel, two_total(values, axis)), strict=True):
            total = sum(map(Fraction, row.tolist()))
            assert abs(Fraction(float(high)) + Fraction(float(low)) - total) <= total / 2**100


@pytest.mark.parametrize("gamma", GAMMAS)
def test_the_inverse_map_returns(gamma):
    rng = np.random.default_rng(5)
    q = rng.random((50, 6)) + 0.2 / (1 + gamma)
    q /= q.sum(1, keepdims=True)
    keep = gamma * np.log(q.max(1) / q.min(1)) < 600  # else p underflows
    p = arrays.data_distribution(q[keep], gamma)
    held = p.min(1) > 1e-290
    assert np.abs(arrays.minimizer(p[held], gamma).q / q[keep][held] - 1).max(initial=0) < 1e-12


@pytest.mark.parametrize("gamma", GAMMAS)
def test_the_band(gamma):
    rng = np.random.default_rng(6)
    p = wild(rng, 300, 8, 20, zeros=0)
    found = arrays.minimizer(p, gamma)
    low, high = arrays.amplification_band(found.log_multiplier, gamma)
    assert (low <= high).all()
    assert ((low > 0) == (found.log_multiplier > 0)).all()
    ratio = found.q / p
    clear = np.abs(ratio - 1) > 1e-9
    inside = (low[:, None] < p) & (p < high[:, None])
    assert (inside == (ratio > 1))[clear].all()


@pytest.mark.parametrize("gamma", GAMMAS)
def test_the_band_far_below_the_mode(gamma):
    """Where psi is next to 1, ln psi and its slope are both like q."""
    with precision(3000):
        for at in map(Fraction, (1e-5, 1e-70, 3e-240, 1e-299)):
            level = float(log_gain(Probability.exact(at / (1000 + Fraction(gamma))), ball(Fraction(gamma))))
            low = Fraction(float(arrays.amplification_band(level, gamma)[0]))
            near = [log_gain(Probability.exact(low * (1 + Fraction(k) / 10**13)), ball(Fraction(gamma))) for k in (-1, 1)]
            assert near[0] < ball(Fraction(level)) < near[1]


def test_the_band_at_its_ends():
    low, high = arrays.amplification_band([0.0, -0.1, -np.inf, 5.0], [0, 0, 2, 1])
    assert low.tolist()[:3] == [0, 0, 0]
    assert high.tolist()[:3] == [0, 1, 1]
    assert low[3] == high[3]  # psi exceeds exp(5) nowhere
    assert 0 < low[3] < 0.5


def test_infinite_and_zero_terms():
    assert arrays.focal_entropy([[0.5, 0.5], [1, 0], [1, 0]], [[1, 0], [1, 0], [0.5, 0.5]], 0).tolist() == [
        np.inf,
        0,
        -np.log(0.5),
    ]
    assert arrays.gain([0, 1, 1], 2).tolist() == [1, 0, 0]
    assert arrays.gain([1.0], 0).tolist() == [1]
    assert arrays.data_distribution([[1, 0], [0.5, 0.5]], [3, 3]).tolist() == [[1, 0], [0.5, 0.5]]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("gamma", [1e-3, 1.5, 1e4])
def test_the_inverse_map_at_its_ends(gamma):
    assert arrays.data_distribution([0, 0.25, 0.25, 0.25, 0.25], gamma).tolist() == [0, 0.25, 0.25, 0.25, 0.25]
    for head in (5e-324, 1e-310, 1e-305):
        model = [1 - Fraction(head), Fraction(head)]
        with precision(1200):
            exact = inverse_map([Probability.exact(at) for at in model], Fraction(gamma))
            for value, share in zip(arrays.data_distribution([1, head], gamma), exact, strict=True):
                assert value < 1e-300 or error(value, share) < GOAL


@pytest.mark.parametrize(
    ("p", "gamma", "message"),
    [
        ([0.5, 0.6], 1, "sums to 1.1"),
        ([[0.5, 0.5], [-0.5, 1.5]], 1, r"p\[1, 0\] = -0.5"),
        ([np.nan, 1], 1, r"p\[0\] = nan"),
        ([0.5, 0.5], -1, "gamma = -1"),
        ([0.5, 0.5], np.inf, "gamma = inf"),
        ([0.5, 0.5], np.nan, "gamma = nan"),
        ([True, False], 1, "dtype bool"),
        (["a", "b"], 1, "dtype"),
        ([], 1, "shape"),
        (1.0, 1, "shape"),
        (np.full((2, 2), 0.5), [1, 2, 3], "does not fit"),
    ],
)
def test_bad_input(p, gamma, message):
    with pytest.raises(InputError, match=message):
        arrays.minimizer(p, gamma)


@pytest.mark.filterwarnings("error")
def test_no_warnings_leak():
    wide = np.random.default_rng(0).normal(size=(300, 10)) * 300
    q = np.exp(wide - wide.max(1, keepdims=True))
    q /= q.sum(1, keepdims=True)
    tiny = np.tile([0.6, 0.4, 5e-324], (400, 1))
    for rows in (tiny, q):
        found = arrays.minimizer(rows, 2)
        for row, head in zip(rows[:3], found.q, strict=False):
            exact = minimizer(row, 2, dps=15).q
            assert np.allclose(head, np.array(exact, dtype=float), rtol=1e-12, atol=1e-300)
        for work in (arrays.data_distribution, arrays.gain):
            assert np.isfinite(work(rows, 0.5)).all()
        assert np.isfinite(arrays.focal_entropy(rows, rows, 0.5)).all()
    assert np.allclose(sweep.sweep([0.7, 0.3], [1e300]).q, 0.5)
    low, high = arrays.amplification_band(np.array([-1e300, 0.0]), np.array([1e300, 1.0]))
    assert (low[0] == 0) & (high[0] > 0)
