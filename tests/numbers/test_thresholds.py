"""p_0, gamma*(n) and N(gamma): known values, Lambert's W, and the minimizer itself."""

from fractions import Fraction

import mpmath
import pytest
from flint import arb

from focal_symbolic import data_distribution, minimizer, thresholds
from focal_symbolic.distribution import exact_number
from focal_symbolic.errors import InputError
from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.balls import Probability, ball, precision
from focal_symbolic.numbers.decimals import digits

GAMMA_STAR = {
    4: "1.42885176604571",
    5: "3.07022710150546",
    10: "12.7983531933517",
    80: "194.304294547351",
    1000: "3109.80858529706",
}
GAMMAS = "1e-300", "1/3", 1, 2, "12.5", 10**6, "1e300"


def by_lambert(n, bits):
    """-W(-k e^(-k))/L - 1/s on the branch -1, with k = L/s, as a ball."""
    with precision(bits):
        y = 1 / arb(n - 1)
        slack, share = -(1 - y).log(), -y * y.log() / (1 - y)
        k = slack / share
        return -(-k * (-k).exp()).lambertw(-1) / slack - 1 / share


@pytest.mark.parametrize(("n", "gamma"), GAMMA_STAR.items())
def test_gamma_star_has_its_known_digits(n, gamma):
    assert digits(thresholds.class_threshold(n, 15), 15) == gamma


@pytest.mark.parametrize("n", [4, 5, 80, 10**6, 10**40])
def test_gamma_star_is_what_lambert_s_function_gives(n):
    found, other = thresholds.class_threshold(n, 200), by_lambert(n, 2000)
    with precision(2000):
        assert abs(ball(found) - other) < abs(other) * arb(10) ** -200
        assert other.rel_accuracy_bits() > 1000


def test_three_classes_have_no_gamma():
    assert [thresholds.class_threshold(n) for n in (1, 2, 3)] == [0, 0, 0]
    assert all(thresholds.class_threshold(n, 10) < thresholds.class_threshold(n + 1, 10) for n in range(3, 30))


def test_p0_at_1_is_1_over_e():
    with mpmath.workdps(120):
        assert abs(thresholds.p0(1, 100) - 1 / mpmath.e) < mpmath.mpf(10) ** -100
    assert digits(thresholds.p0(2, 20), 20) == "0.29763655498170472646"


@pytest.mark.parametrize("gamma", GAMMAS)
def test_p0_lies_where_the_claims_say(gamma):
    with precision(4000):
        focus, found = ball(Fraction(str(gamma))), ball(thresholds.p0(gamma, 400))
        assert 1 / (3 + focus) < found < (1 + focus).log() / focus
        assert found < arb((1, -1))


@pytest.mark.parametrize("n", [4, 5, 10, 80])
def test_n_classes_begin_to_suppress_below_gamma_star(n):
    gamma, step = Fraction(digits(thresholds.class_threshold(n, 60), 60)), Fraction(1, 10**55)
    assert (thresholds.classes(gamma - step), thresholds.classes(gamma + step)) == (n, n + 1)
    assert abs(exact_number(thresholds.p0(gamma, 50)) - Fraction(1, n - 1)) < Fraction(1, 10**50)


@pytest.mark.parametrize(("gamma", "n"), [("1/10", 4), (1, 4), (2, 5), (5, 7), (100, 46), (1000, 349)])
def test_so_many_classes_suppress_and_one_fewer_do_not(gamma, n):
    assert thresholds.classes(gamma) == n
    rare = Fraction(1, 10**30)
    for size, suppressed in ((n, True), (n - 1, False)):
        q = [rare, *[(1 - rare) / (size - 1)] * (size - 1)]
        p = data_distribution(q, gamma, 30)
        assert (exact_number(p[0]) > rare) is suppressed, size


def test_the_minimizer_suppresses_one_of_four_classes_and_none_of_three():
    for p, suppressed in (((333, 333, 333, 1), True), ((333, 333, 1), False)):
        shares = [Fraction(one, sum(p)) for one in p]
        assert (exact_number(minimizer(shares, 1, 20).q[-1]) < shares[-1]) is suppressed


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: thresholds.p0(0), "gamma = 0"),
        (lambda: thresholds.classes(0), "gamma = 0"),
        (lambda: thresholds.p0(-1), "negative"),
        (lambda: thresholds.class_threshold(0), "n = 0 is not a number of classes"),
        (lambda: thresholds.class_threshold(4.5), "n = 4.5"),
        (lambda: thresholds.class_threshold(True), "n = True"),
        (lambda: thresholds.p0(2, 0), "dps"),
    ],
)
def test_what_is_no_argument_is_refused(call, told):
    with pytest.raises(InputError, match=told):
        call()


@pytest.mark.parametrize("gamma", ["1e-8", "1/2", "2", "100", "1e6"])
def test_h_changes_its_sign_at_the_mode(gamma):
    focus = Fraction(gamma)
    with precision(300):
        found = thresholds.mode_ball(focus, 200)
        low, high = (Probability(found.mid() * (1 + side * arb(10) ** -50)) for side in (-1, 1))
        assert formulas.height(low, ball(focus)) > 0 > formulas.height(high, ball(focus))
        assert found.rad() < found * arb((1, -150))


def test_the_mode_at_1_is_a_closed_form():
    with precision(200):
        assert thresholds.mode_ball(Fraction(1), 150).overlaps(arb(-2).exp())
