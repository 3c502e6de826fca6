"""Sweeps along gamma: grids in float64, and certified roots with the proof that there are no others."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import numpy as np
import pytest

from focal_symbolic.errors import InputError
from focal_symbolic.numbers import arrays
from focal_symbolic.numbers.arrays.along_gamma import solve_along
from focal_symbolic.numbers.arrays.rows import solve_rows
from focal_symbolic.numbers.balls import ball, precision
from focal_symbolic.numbers.minimizer import minimizer, solve
from focal_symbolic.numbers.sweep import Function, crossings, multiplier_roots, sweep

WINDOW = [Fraction(49, 100)] + [Fraction(3, 100)] * 17
COUNTS = [1000, 800, 600, 400, 200, 50, 5]
SHARES = [Fraction(count, sum(COUNTS)) for count in COUNTS]


def test_the_window_opens_twice():
    found = multiplier_roots(WINDOW, 0, 20, dps=40)
    assert [mpmath.nstr(gamma, 4) for gamma in found.gammas] == ["0.832", "5.92", "12.46"]
    assert found.rising == (False, True, False)
    assert found.unresolved == ()
    for gamma, rising in zip(found.gammas, found.rising, strict=True):
        exact = Fraction(mpmath.nstr(gamma, 40))
        step = exact / 10**39
        below, above = (solve(tuple(WINDOW), exact + side * step, 200).log_multiplier for side in (-1, 1))
        assert (below < 0 < above) if rising else (above < 0 < below)


# ln lambda of (t, (1 - t)/17, ..., (1 - t)/17) touches 0 from above at this t and gamma, found by Newton with 400 bits
TOUCHING = Fraction("0.472877428894871980417346361161106833564259081442978268228984")
TOUCHED = Fraction("2.286062008624886624429629992457802575045")


def headed(t):
    return [t] + [(1 - t) / 17] * 17


@pytest.mark.parametrize("off", [Fraction(0), Fraction(1, 10**50), -Fraction(1, 10**50)])
def test_a_double_root_is_left_unresolved(off):
    found = multiplier_roots(headed(TOUCHING + off), 1, 20, dps=20)
    assert found.unresolved
    assert all(abs(end - TOUCHED) < Fraction(1, 10**6) for box in found.unresolved for end in box)
    assert any(low <= TOUCHED <= high for low, high in found.unresolved)
    (gamma,) = found.gammas  # the one at which lambda falls below 1 for good
    assert gamma > 10
    assert found.rising == (False,)


def test_a_class_that_touches_its_share_is_left_unresolved():
    rare = Fraction(1, 10**40)  # q/p = psi/lambda, and psi is nearly 1
    p = [*headed(TOUCHING)[:-1], headed(TOUCHING)[-1] - rare, rare]
    found = crossings(p, len(p) - 1, 1, 20, dps=20)
    assert any(low <= TOUCHED <= high for low, high in found.unresolved)
    assert len(found.gammas) == 1


@pytest.mark.parametrize(("off", "count"), [(Fraction(1, 10**6), 2), (-Fraction(1, 10**6), 0), (Fraction(1, 10**12), 2)])
def test_nearly_double_roots_are_told_apart(off, count):
    found = multiplier_roots(headed(TOUCHING + off), 1, 5, dps=20)
    assert found.unresolved == ()
    assert len(found.gammas) == count
    assert found.rising == (False, True)[:count]
    assert all(abs(gamma - mpmath.mpf(TOUCHED.numerator) / TOUCHED.denominator) < 0.02 for gamma in found.gammas)


def test_an_interval_without_roots():
    found = multiplier_roots(WINDOW, 1, 5)
    assert (found.gammas, found.unresolved) == ((), ())
    assert multiplier_roots(["0.9", "0.1"], 0, 10).gammas == ()  # two classes: lambda < 1


def test_a_uniform_distribution():
    # psi_gamma(1/4) = 1 where p_0(gamma) = 1/4
    (root,) = multiplier_roots([Fraction(1, 4)] * 4, 0, 20, dps=30).gammas
    with mpmath.workdps(30):
        quarter = mpmath.mpf(1) / 4
        gain = (1 - quarter) ** root * (1 + root * quarter * mpmath.log(4) / (1 - quarter))
        assert abs(gain - 1) < mpmath.mpf(10) ** -28


def test_a_class_crosses():
    found = crossings(["0.5", "0.3", "0.15", "0.05"], 1, 0, 20, dps=30)
    assert found.unresolved == ()
    (gamma,) = found.gammas
    assert found.rising == (False,)
    q = minimizer(["0.5", "0.3", "0.15", "0.05"], gamma, dps=40).q[1]
    assert abs(q - mpmath.mpf("0.3")) < 1e-15
    with mpmath.workdps(40):
        assert abs(q - mpmath.mpf(3) / 10) < mpmath.mpf(10) ** -28


def test_many_digits_agree_with_few():
    few, many = (multiplier_roots(WINDOW, "0.5", 1, dps=dps).gammas[0] for dps in (15, 300))
    assert mpmath.nstr(few, 15) == mpmath.nstr(many, 15)


def test_a_distribution_with_a_vanishing_class():
    tiny = Fraction(1, 10**300)
    found = multiplier_roots([Fraction(1, 3) - tiny, Fraction(1, 3), Fraction(1, 3), tiny], "1/10", 3, dps=20)
    assert found.unresolved == ()
    assert len(found.gammas) == 1


@pytest.mark.parametrize("weight", [None, SHARES[2]])
@pytest.mark.parametrize("middle", ["1/100", "1/2", "2", "30"])
def test_the_slope_over_a_box_holds_every_difference(middle, weight):
    function = Function(tuple(SHARES), weight)
    low, high = (Fraction(middle) * Fraction(10**4 + side, 10**4) for side in (-1, 1))
    slope = function.slope(low, high, 64)
    places = [low + (high - low) * k / 5 for k in range(6)]
    values = [function.value(gamma, 200) for gamma in places]
    with precision(300):
        for k in range(5):
            # the mean value theorem: each difference quotient is the slope somewhere inside
            assert slope.contains((values[k + 1] - values[k]) / ball(places[k + 1] - places[k]))
    assert slope.rad() < 0.01


def test_a_grid():
    gammas = np.array([0, 0.5, 1.0, 2.0, 5.0])
    found = sweep([float(share) for share in SHARES], gammas)
    assert np.allclose(found.ratio[:, -1], [1, 0.948, 0.926, 0.934, 1.164], atol=6e-4)
    assert not any(np.isnan(part).any() for part in (found.q, found.ratio, found.log_multiplier, found.low, found.high))
    assert ((found.low > 0) == (found.log_multiplier > 0)).all()
    inside = (found.low[1:, None] < [float(share) for share in SHARES]) & (
        [float(share) for share in SHARES] < found.high[1:, None]
    )
    assert (inside == (found.ratio[1:] > 1)).all()


@pytest.mark.parametrize(
    "gammas", [np.geomspace(0.01, 1000, 200), np.linspace(0, 20, 101), np.geomspace(1e-6, 1e4, 1000)[::-1]]
)
@pytest.mark.parametrize("kind", ["plain", "zeros", "ties", "wild"])
def test_warm_starts_take_fewer_steps_and_change_nothing(kind, gammas):
    rng = np.random.default_rng(4)
    p = rng.random(400) ** 4 + 1e-6
    if kind == "zeros":
        p[::3] = 0
    elif kind == "ties":
        p = np.round(20 * p) + 1
    elif kind == "wild":
        p *= 10.0 ** -(rng.random(400) * 18)
    p /= p.sum()
    gammas = np.append(gammas, gammas[:3])
    cold, warm = solve_rows(np.broadcast_to(p, (gammas.size, p.size)), gammas[:, None]), solve_along(p, gammas)
    for ours, theirs in zip(warm[:2], cold[:2], strict=True):
        assert (np.abs(ours - theirs) <= 1e-13 * theirs).all()
    assert (np.abs(warm[2] - cold[2]) <= 1e-13 * np.maximum(1, np.abs(cold[2]))).all()
    assert warm[3].max() <= arrays.MAX_STEPS
    assert warm[3].sum() < 0.8 * cold[3].sum()


def test_where_warm_starts_are_no_gain():
    rng = np.random.default_rng(4)
    fine = np.geomspace(0.1, 10, 400)
    for n, depth, gammas in ((400, 0, np.geomspace(1e-6, 1e4, 40)), (400, 0, np.array([2.0])), (10, 0, fine), (400, 200, fine)):
        p = (rng.random(n) + 0.1) * 10.0 ** -(depth * rng.random(n))
        p /= p.sum()
        cold, warm = solve_rows(np.broadcast_to(p, (gammas.size, n)), gammas[:, None]), solve_along(p, gammas)
        assert all(np.array_equal(ours, theirs) for ours, theirs in zip(warm, cold, strict=True))


def test_a_grid_of_long_rows():
    p = np.arange(1.0, 100_001)
    p /= p.sum()
    found = sweep(p, [0, 0.5, 3])
    assert np.array_equal(found.q[0], arrays.minimizer(p, 0.0).q)
    assert np.array_equal(found.q[1], arrays.minimizer(p, 0.5).q)
    assert (np.abs(found.q.sum(1) - 1) < 1e-13).all()


def test_bad_input():
    with pytest.raises(InputError, match="low"):
        multiplier_roots(WINDOW, 2, 1)
    with pytest.raises(InputError, match="index"):
        crossings(["1/2", "1/4", "1/4", 0], 3, 0, 1)
    with pytest.raises(InputError, match="uniform"):
        crossings([Fraction(1, 3)] * 3, 0, 0, 1)
    with pytest.raises(InputError, match="one dimension"):
        sweep([[[0.5, 0.5]]], [1.0])
