"""The minimizer: certified balls, every digit, golden values, the inverse map, an independent mpmath residual."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

import mpmath
import pytest
import sympy
from flint import arb, ctx

from focal_symbolic import definitions
from focal_symbolic.distribution import Distribution
from focal_symbolic.errors import InputError, Undecided
from focal_symbolic.numbers.balls import Probability, ball, precision, relative_radius, to_mpf
from focal_symbolic.numbers.decimals import digits
from focal_symbolic.numbers.entropy import focal_entropy
from focal_symbolic.numbers.formulas.compiler import compiled
from focal_symbolic.numbers.minimizer import data_distribution, minimizer, slope_inverse_ball, solve

TINY, SMALL = Fraction(1, 10**300), Fraction(1, 10**30)
GAMMAS = [Fraction(1, 10**8), Fraction(3, 10), Fraction(1), Fraction(2), Fraction(5), Fraction(100), Fraction(10**4)]


def normalised(weights):
    total = sum(weights)
    return tuple(Fraction(weight) / total for weight in weights)


def wild(n, seed):
    draw = random.Random(seed)
    return normalised([Fraction(draw.randint(1, 99)) / 10 ** draw.randint(0, 300) for _ in range(n)])


HARD = {
    "four": normalised([333, 333, 333, 1]),
    "two": normalised([9, 1]),
    "head 1-1e-30": (1 - SMALL, SMALL),
    "head 1-1e-30, three": (1 - SMALL, SMALL / 3, SMALL * 2 / 3),
    "head 1-1e-300": (1 - TINY, TINY),
    "falls twice": (1 - TINY - TINY**2, TINY, TINY**2),
    "two heads": ((1 - TINY) / 2, (1 - TINY) / 2, TINY),
    "nearly equal": (Fraction(1, 2) + TINY, Fraction(1, 2) - TINY),
    "tiger": (Fraction(1, 2) - TINY, Fraction(1, 4), Fraction(1, 4), TINY),
    "window": normalised([49] + [3] * 17),
    "powers": normalised([2**k for k in range(40)]),
    "wild": wild(40, 1),
}


@pytest.mark.parametrize("gamma", GAMMAS)
@pytest.mark.parametrize("name", HARD)
def test_certified_balls_solve_the_equations(name, gamma):
    p, prec = HARD[name], 128
    found = solve(p, gamma, prec)
    goal = ball((1, -prec))
    slope = compiled(definitions.slope(definitions.x, definitions.gamma), (definitions.x, definitions.gamma))
    with precision(2000):
        assert sum((at.q for at in found.q), arb(0)).contains(1)
        for weight, at in zip(p, found.q, strict=True):
            assert relative_radius(at.q) <= goal
            assert relative_radius(at.complement) <= goal
            assert (at.q + at.complement).contains(1)
            # every midpoint nearly solves its equation: lambda = p phi(q), up to the condition number of phi
            residual = (
                ball(weight) * slope(Probability(at.q.mid(), at.complement.mid()), ball(gamma)) / found.multiplier.mid() - 1
            )
            assert abs(residual) < (2 + gamma.numerator) * 4 * goal
        assert relative_radius(found.multiplier) <= goal
        assert relative_radius(found.entropy) <= goal
        assert found.log_multiplier.exp().overlaps(found.multiplier)
        assert found.log_entropy.exp().overlaps(found.entropy)
    assert [at is found.q[p.index(weight)] for weight, at in zip(p, found.q, strict=True)] == [True] * len(p)


@pytest.mark.parametrize("gamma", GAMMAS)
@pytest.mark.parametrize("name", ["four", "head 1-1e-300", "wild", "window"])
def test_precisions_nest(name, gamma):
    coarse, fine = solve(HARD[name], gamma, 64), solve(HARD[name], gamma, 500)
    for a, b in zip(coarse.q, fine.q, strict=True):
        assert a.q.contains(b.q)
        assert a.complement.contains(b.complement)
    assert coarse.multiplier.contains(fine.multiplier)
    assert coarse.entropy.contains(fine.entropy)


@pytest.mark.parametrize("gamma", ["0.3", "2", "100"])
def test_an_independent_residual(gamma):
    p = ["0.6", "0.25", "0.1", "0.05"]
    found = minimizer(p, gamma, dps=60)
    with mpmath.workdps(60):
        power = mpmath.mpf(gamma)
        multipliers = [
            mpmath.mpf(weight) * ((1 - q) ** power / q - power * (1 - q) ** (power - 1) * mpmath.log(q))
            for weight, q in zip(p, found.q, strict=True)
        ]
        assert abs(sum(found.q) - 1) < mpmath.mpf(10) ** -58
        assert all(abs(value / found.multiplier - 1) < mpmath.mpf(10) ** -55 for value in multipliers)
        assert abs(mpmath.exp(found.log_multiplier) / found.multiplier - 1) < mpmath.mpf(10) ** -57
        entropy = mpmath.fsum(mpmath.mpf(w) * (1 - q) ** power * -mpmath.log(q) for w, q in zip(p, found.q, strict=True))
        assert abs(entropy / found.entropy - 1) < mpmath.mpf(10) ** -57


@pytest.mark.parametrize(
    ("p", "gamma", "many"),
    [
        (["0.7", "0.2", "0.1"], "1.7", True),
        (HARD["head 1-1e-30, three"], "0.3", True),
        (HARD["four"], 5, False),
        (HARD["tiger"], 100, False),
        ([*HARD["two"], 0], "1e-8", False),
    ],
)
def test_every_digit_agrees_with_a_higher_precision(p, gamma, many):
    digits = [15, 50, 200, *([2000] if many else [])]
    best = minimizer(p, gamma, dps=digits[-1] + 40)
    for dps in digits:
        found = minimizer(p, gamma, dps=dps)
        for field in ("q", "complement", "multiplier", "log_multiplier", "entropy", "log_entropy"):
            ours, theirs = getattr(found, field), getattr(best, field)
            for a, b in zip(*((v if isinstance(v, tuple) else (v,)) for v in (ours, theirs)), strict=True):
                assert mpmath.nstr(a, dps) == mpmath.nstr(b, dps)
        assert 0 < found.radius < mpmath.mpf(10) ** -dps


def test_golden_values():
    four = minimizer(HARD["four"], 1)
    assert mpmath.nstr(four.multiplier, 5).startswith("1.0331")
    with mpmath.workdps(30):
        assert mpmath.nstr(four.q[3] * 1000, 7).startswith("0.97351")
    signs = [solve(HARD["window"], Fraction(gamma), 64).log_multiplier > 0 for gamma in ("0.8", "3", "8", "13")]
    assert signs == [True, False, True, False]
    counts = Distribution.from_counts([1000] * 10 + [1])
    ratios = [minimizer(counts, gamma, 20).q[10] / counts[10] for gamma in ("0.5", 1, 2, 5)]
    assert [mpmath.nstr(ratio, 3) for ratio in ratios] == ["0.935", "0.885", "0.818", "0.745"]


def test_gamma_zero_and_uniform_are_exact():
    p = ["0.7", "0.2", "0.1"]
    plain = minimizer(p, 0)
    assert [mpmath.nstr(value, 50) for value in plain.q] == p
    assert (plain.multiplier, plain.log_multiplier) == (1, 0)
    assert plain.entropy == focal_entropy(p, p, 0)
    halves = minimizer(["1/2", "1/2"], 3)
    assert halves.q == halves.complement == (0.5, 0.5)
    thirds = minimizer(["1/3", 0, "1/3", "1/3"], "0.4", dps=30)
    assert mpmath.nstr(thirds.q[0], 30) == "0." + "3" * 30
    assert (thirds.q[1], thirds.complement[1]) == (0, 1)


def test_one_outcome():
    for gamma, multiplier, log_multiplier in ((0, 1, 0), ("0.5", 0, -mpmath.inf), (3, 0, -mpmath.inf)):
        one = minimizer([0, 1], gamma)
        assert (one.q, one.complement) == ((0, 1), (1, 0))
        assert (one.multiplier, one.log_multiplier) == (multiplier, log_multiplier)
        assert (one.entropy, one.log_entropy, one.radius) == (0, -mpmath.inf, 0)


def test_a_thousand_classes():
    draw = random.Random(7)
    p = normalised([draw.randint(1, 10**6) for _ in range(1000)])
    found = minimizer(p, 2)
    assert abs(mpmath.fsum(found.q) - 1) < 1e-12
    order = sorted(range(1000), key=p.__getitem__)
    assert all(found.q[a] <= found.q[b] for a, b in pairwise(order))


@pytest.mark.parametrize("gamma", ["1e-8", "0.3", "1", "2", "5", "100"])
@pytest.mark.parametrize("name", ["four", "head 1-1e-30, three", "tiger", "window"])
def test_the_inverse_map_returns(name, gamma):
    p = HARD[name]
    found = minimizer(p, gamma, dps=400)
    with mpmath.workdps(420):
        model = [Fraction(int(q._mpf_[1])) * Fraction(2) ** int(q._mpf_[2]) for q in found.q]
    again = data_distribution(normalised(model), gamma, dps=50)
    for weight, value in zip(p, again, strict=True):
        with mpmath.workdps(60):
            assert abs(value * weight.denominator / weight.numerator - 1) < mpmath.mpf(10) ** -49


def test_the_inverse_map_at_its_ends():
    assert data_distribution([0, 1, 0], 2) == (0, 1, 0)
    assert data_distribution(["1/2", 0, "1/2"], "0.7") == (0.5, 0, 0.5)
    assert [mpmath.nstr(value, 50) for value in data_distribution(["0.7", "0.2", "0.1"], 0)] == ["0.7", "0.2", "0.1"]
    skewed = data_distribution(["0.7", "0.3", 0], 2, dps=30)
    assert skewed[2] == 0
    assert abs(sum(skewed) - 1) < 1e-14
    for dps in (15, 200):
        fine = data_distribution(["0.7", "0.2", "0.1"], "1.3", dps=dps + 30)
        for a, b in zip(data_distribution(["0.7", "0.2", "0.1"], "1.3", dps=dps), fine, strict=True):
            assert mpmath.nstr(a, dps) == mpmath.nstr(b, dps)


@pytest.mark.parametrize("gamma", [Fraction(1, 10**8), *GAMMAS[1:], Fraction(10**8)])
@pytest.mark.parametrize("exponent", [-300, -30, -1, 0, 1, 30, 300])
def test_the_slope_inverse(gamma, exponent):
    slope = compiled(sympy.log(definitions.slope(definitions.x, definitions.gamma)), (definitions.x, definitions.gamma))
    y = ball(10**exponent) if exponent >= 0 else to_exact(Fraction(1, 10**-exponent))
    with precision(150):
        at = slope_inverse_ball(y, gamma)
        assert relative_radius(at.q) < arb((1, -140))
        assert relative_radius(at.complement) < arb((1, -140))
    with precision(400):
        assert (slope(at, ball(gamma)) - y.log()).contains(0)
        assert (at.q + at.complement).contains(1)


def to_exact(value):
    with precision(60):
        return ball(value).mid()


def test_the_slope_inverse_of_a_wide_ball():
    with precision(100):
        wide = slope_inverse_ball(arb(3, 1), Fraction(2))
        for end in (2, 3, 4):
            assert wide.q.contains(slope_inverse_ball(arb(end), Fraction(2)).q)
        for wrong in (arb(0), arb(-1)):
            with pytest.raises(InputError):
                slope_inverse_ball(wrong, Fraction(1))
        with pytest.raises(InputError):
            slope_inverse_ball(arb(1), Fraction(0))
        for unclear in (arb(0, 1), arb.nan(), arb.pos_inf()):
            with pytest.raises(Undecided):
                slope_inverse_ball(unclear, Fraction(1))


def test_bad_input():
    with pytest.raises(InputError, match=r"p\[0\] = 'a'"):
        minimizer(["a", 1], 1)
    with pytest.raises(InputError, match="gamma"):
        minimizer([1], None)
    with pytest.raises(InputError, match="dps"):
        data_distribution([1], 1, dps=True)
    with pytest.raises(InputError, match=r"q sums to 3"):
        data_distribution([1, 2], 1)
    for wrong in ((), (Fraction(1), Fraction(0)), (Fraction(1, 2),)):
        with pytest.raises(InputError, match="leave out"):
            solve(wrong, Fraction(1), 64)
    with pytest.raises(InputError, match="negative"):
        solve((Fraction(1),), Fraction(-1), 64)


def test_how_fast_a_step_changes_with_q():
    """The bounds of D ln g and of the elasticity on which `certified_moves` rests, and that they are not far off."""
    x, gamma = definitions.x, definitions.gamma
    elasticity = -x * sympy.diff(sympy.log(definitions.slope(x, gamma)), x)
    both = compiled((elasticity, x * sympy.diff(sympy.log(x / elasticity), x)), (x, gamma))
    draw, low, high = random.Random(2), 0.0, 0.0
    for number in range(2000):
        share = Fraction(draw.randint(1, 10**6 - 1), 10**6) ** draw.choice([1, 1, 2, 8, 60])
        power = Fraction(draw.randint(1, 100), 10) * Fraction(10) ** draw.choice([-9, -2, 0, 0, 2, 9])
        power = power / 100 / share if number % 4 == 1 else power  # where the rate comes near to 2
        with precision(3000):
            q = Probability.exact(share if number % 2 else 1 - share)
            odds = q.q / q.complement
            stiff, rate = both(q, ball(power))
            assert stiff > (1 if odds >= 1 else 0)
            assert -1 - odds < rate < 2
            low, high = min(low, float(rate / (1 + odds))), max(high, float(rate))
    assert low < -0.9
    assert high > 1.3


def test_no_global_state():
    before = ctx.prec, mpmath.mp.prec
    found = minimizer(["0.7", "0.3"], 2, dps=100)
    assert (ctx.prec, mpmath.mp.prec) == before
    with mpmath.workdps(3), precision(30):
        assert minimizer(["0.7", "0.3"], 2, dps=100) == found
    assert to_mpf(arb(1)) == 1


def test_gamma_beyond_all_floats():
    """Two classes at gamma = 1e9, by mpmath: q = 0.50000000021182446500302726, ln lambda = -693147160.29036908527191834."""
    found = minimizer(["0.7", "0.3"], "1e9", dps=25)
    assert digits(found.q[0], 20) == "0.50000000021182446500"
    assert digits(found.log_multiplier, 20) == "-693147160.29036908527"
    with mpmath.workdps(40):
        assert abs(mpmath.log(found.multiplier) / found.log_multiplier - 1) < mpmath.mpf("1e-24")
    assert digits(found.multiplier, 10) == "1.377158444e-301029987"
    far = minimizer(["0.7", "0.2", "0.1"], "1e1000", dps=10)
    assert digits(far.log_multiplier, 10) == "-4.054651081e+999"
    assert digits(far.multiplier, 4).startswith("2.517e-17609125905568124")
    with mpmath.workdps(1100):
        assert abs(mpmath.log(far.multiplier) / far.log_multiplier - 1) < mpmath.mpf("1e-9")


def test_weights_that_leave_one_outcome():
    found = minimizer(["1/2", "1/2"], 2, alpha=[0, 1])
    assert (found.q, found.multiplier, found.log_multiplier) == ((0, 1), 0, -mpmath.inf)
