"""Distributions on infinitely many letters: known values, PARI/GP, finite truncations, infinite values, and bad input."""

import shutil
import time
from fractions import Fraction

import mpmath
import pytest
from flint import arb

from focal_symbolic import Countable, definitions, minimizer
from focal_symbolic.distribution import exact_number
from focal_symbolic.errors import InputError, Undecided
from focal_symbolic.numbers.balls import ball, precision
from focal_symbolic.numbers.countable.borderline import Borderline
from focal_symbolic.numbers.countable.expansion import Expansion, radii
from focal_symbolic.numbers.countable.families import Geometric, Poisson, Zeta
from focal_symbolic.numbers.countable.mixtures import Mixture
from focal_symbolic.numbers.countable.tail import Tail
from focal_symbolic.numbers.decimals import digits
from focal_symbolic.numbers.minimizer import slope_inverse_ball
from tests import pari

HALF = [Fraction(1, 2)] * 2
FAMILIES = {
    "geometric": Geometric("1/2"),
    "zeta": Zeta(2),
    "poisson": Poisson(3),
    "borderline": Borderline(3),
    "two geometric": Mixture(HALF, [Geometric("1/2"), Geometric("1/3")]),
    "zeta and poisson": Mixture(HALF, [Zeta(2), Poisson(3)]),
}


@pytest.mark.parametrize(
    ("data", "dps", "multiplier", "first"),
    [
        (Countable.geometric("1/2"), 30, "0.944606808529989087804154237432", "0.411241587471831290727749896745"),
        (Countable.zeta(2), 15, "0.844731567288857", "0.471162561770285"),
    ],
)
def test_known_values(data, dps, multiplier, first):
    found = data.minimizer(2, dps)
    assert digits(found.multiplier, dps) == multiplier
    assert digits(found.q(1), dps) == first


@pytest.mark.parametrize("gamma", ["1/2", 2, 5])
@pytest.mark.parametrize("data", [Countable.geometric("1/2"), Countable.poisson(3), Countable.zeta(2), Countable.zeta("5/2")])
def test_fifty_digits_within_seconds_and_more_agree(data, gamma):
    start = time.process_time()
    found = data.minimizer(gamma, 50)
    values = found.multiplier, found.entropy, found.q(data.first), found.q(data.first + 5)
    assert time.process_time() - start < 5
    other = data.minimizer(gamma, 90)
    for value, more in zip(
        values, (other.multiplier, other.entropy, other.q(data.first), other.q(data.first + 5)), strict=True
    ):
        assert abs(exact_number(value) / exact_number(more) - 1) < Fraction(1, 10**50)


def test_a_thousand_digits_of_the_geometric_family():
    found, more = (Countable.geometric("1/2").minimizer(2, dps).multiplier for dps in (1000, 1100))
    assert abs(exact_number(found) / exact_number(more) - 1) < Fraction(1, 10**1000)


@pytest.mark.parametrize("name", FAMILIES)
def test_moments_from_one_letter_on_differ_by_the_letter(name):
    family = FAMILIES[name]
    with precision(200):
        start, powers = max(150, family.earliest()), family.most_terms
        for power in range(1, powers + 1):
            count = 2 if powers == 1 else 2 if power == 1 else 14  # more than the ten that FLINT keeps of its own accord
            here, after = family.moments(start, power, count), family.moments(start + 1, power, count)
            for i in range(count):
                one = family.probability(start) ** power * family.information(start) ** i
                assert (here[i] - after[i]).overlaps(one), (power, i)
                assert here[i].rel_accuracy_bits() > (3 if isinstance(family, Poisson) else 40)  # of Poisson between two bounds


@pytest.mark.parametrize("gamma", [Fraction(1, 2), 1, 2, 5])
def test_the_expansion_holds_the_inverse_of_the_slope(gamma):
    with precision(1500):
        power = ball(gamma)
        some, t = radii(power), arb((1, -20))
        size = min((one.size(t) for one in some), key=float)
        for terms in (1, 5, 12, 25):
            found = Expansion(power, terms)
            q = slope_inverse_ball(1 / t, power)
            y = sum((found.y[n](-t.log()) * t**n for n in range(terms)), arb(0))
            assert abs(q.q / t - y) < found.rest(size)
            assert abs(q.q / t - y) > found.rest(size) ** 3  # the bound is of the right kind


def test_wherever_the_tail_begins_the_mass_is_the_same():
    with precision(300):
        family, power, multiplier = Zeta(2), arb(2), arb((27, -5))
        some, found = radii(power), []
        for start, terms in ((100, 30), (203, 25), (400, 30)):
            head = (slope_inverse_ball(multiplier / family.probability(k), power).q for k in range(1, start))
            found.append(sum(head, Tail.of(family, start, Expansion(power, terms), some).mass(multiplier)[0]))
        for one in found:
            assert one.overlaps(found[0])
            assert one.rad() < arb((1, -180))


@pytest.mark.skipif(shutil.which("gp") is None, reason="PARI/GP is not installed")
@pytest.mark.parametrize("gamma", ["1/2", 2, 5])
def test_pari_finds_the_same_minimizer_of_geometric_data(gamma):
    x, g = definitions.x, definitions.gamma
    told = pari.run(f"""
default(realprecision, 60);
g = {gamma} * 1.;
phi(x) = {str(definitions.slope(x, g).subs(g, "g")).replace("**", "^").replace(str(x), "x")};
inverse(t) = my(z = solve(z = -200, 60, log(phi(1 / (1 + exp(-z)))) - t)); 1 / (1 + exp(-z));
s(l) = sum(k = 1, 140, inverse(l + k * log(2))) - 1;
l = solve(l = -2, 1, s(l));
print(exp(l)); print(inverse(l + log(2)));
""")
    found = Countable.geometric("1/2").minimizer(gamma, 40)
    with mpmath.workdps(50):
        for ours, theirs in zip((found.multiplier, found.q(1)), told, strict=True):
            assert abs(ours / mpmath.mpf(theirs.replace("E", "e")) - 1) < mpmath.mpf(10) ** -39


@pytest.mark.parametrize(("data", "letters"), [(Countable.geometric("1/2"), 70), (Countable.poisson(3), 40)])
def test_a_long_truncation_has_nearly_the_same_minimizer(data, letters):
    p = [exact_number(data.probability(data.first + k, 40)) for k in range(letters)]
    whole = minimizer([one / sum(p) for one in p], 2, 30)
    found = data.minimizer(2, 30)
    assert abs(exact_number(whole.multiplier) / exact_number(found.multiplier) - 1) < Fraction(1, 10**16)
    assert abs(exact_number(whole.entropy) / exact_number(found.entropy) - 1) < Fraction(1, 10**16)
    assert abs(exact_number(whole.q[5]) / exact_number(found.entries(6)[5]) - 1) < Fraction(1, 10**16)


def test_the_minimum_is_the_focal_entropy_of_a_model_that_is_not_better():
    for data in (Countable.geometric("1/2"), Countable.zeta(3), Countable.poisson(3)):
        least = data.minimizer(2, 20).entropy
        assert 0 < least < data.focal_entropy(data, 2, 20) < data.entropy(20)


def test_entropies_in_closed_form():
    with mpmath.workdps(60):
        log2 = mpmath.log(2)
        known = {
            Countable.geometric("1/2"): (Countable.geometric("1/2"), 2 * log2),
            # ln(3) for the first letter and ln(3/2) for each of those before the one that is drawn
            Countable.geometric("1/4"): (Countable.geometric("1/3"), mpmath.log(3) + 3 * mpmath.log(mpmath.mpf(3) / 2)),
            Countable.zeta(2): (
                Countable.zeta(2),
                mpmath.log(mpmath.zeta(2)) - 2 * mpmath.zeta(2, derivative=1) / mpmath.zeta(2),
            ),
            Countable.zeta(3): (
                Countable.geometric("1/2"),
                log2 * mpmath.zeta(2) / mpmath.zeta(3),
            ),
        }
        for data, (model, value) in known.items():
            assert abs(data.focal_entropy(model, 0, 40) / value - 1) < mpmath.mpf(10) ** -39, data


def test_what_is_infinite_is_said_to_be():
    infinite = mpmath.mpf("inf")
    assert Countable.zeta(2).focal_entropy(Countable.geometric("1/2"), 2) == infinite  # the sum of k^(-2) k
    assert Countable.poisson(3).focal_entropy(Countable.zeta(2), 2) == infinite  # the letter 0 is impossible in the model
    heavy = Countable.borderline(2)
    assert heavy.entropy() == heavy.focal_entropy(heavy, 5) == infinite
    found = heavy.minimizer(2, 10)
    assert found.entropy == infinite
    assert 0 < found.q(2) < found.p.probability(2)
    assert Countable.borderline("21/10").entropy(10) < infinite


def test_far_out_the_letters_are_amplified_or_suppressed_by_lambda():
    for data in (Countable.zeta(2), Countable.poisson(3), Countable.geometric("1/10")):
        found = data.minimizer(2, 20)
        verdict, bound = found.far_verdict()
        assert verdict == ("suppressed" if found.multiplier > 1 else "amplified")
        k = data.first
        while not ball(data.probability(k)) < bound or k < 20:
            k += 1
        assert found.verdict(k) == verdict
        assert abs(exact_number(found.ratio(k + 1000) * found.multiplier) - 1) < Fraction(1, 10)


def test_at_gamma_0_the_model_is_the_data():
    found = Countable.zeta(2).minimizer(0, 20)
    assert (found.multiplier, found.log_multiplier, found.verdict(3), found.ratio(3)) == (1, 0, "kept", 1)
    assert found.q(3) == found.p.probability(3, 20)
    assert found.entropy == found.p.entropy(20)


def powers_of_two(scale=1, more=0):
    return Countable.from_pmf(
        lambda k: Fraction(1, 2**k), lambda k: scale * Fraction(2, 2**k), lambda k: Fraction(2 * (k + 1), 2**k) + more
    )


def test_a_pmf_of_one_s_own_is_what_the_family_is():
    own, family = powers_of_two().minimizer(2, 40), Countable.geometric("1/2").minimizer(2, 40)
    assert [digits(own.q(k), 40) for k in (1, 2, 50)] == [digits(family.q(k), 40) for k in (1, 2, 50)]
    assert digits(own.multiplier, 40) == digits(family.multiplier, 40)
    assert digits(own.entropy, 40) == digits(family.entropy, 40)


def test_a_mixture_of_one_part_is_this_part():
    one, other = Countable.geometric("1/2"), Countable.geometric("1/3")
    for parts, weights in (((one, other), (1, 0)), ((one, one), HALF)):
        found = Countable.mixture(weights, parts).minimizer(2, 30)
        assert digits(found.multiplier, 30) == digits(one.minimizer(2, 30).multiplier, 30)
        assert digits(found.entropy, 30) == digits(one.minimizer(2, 30).entropy, 30)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: Countable.geometric(0), "geometric = 0"),
        (lambda: Countable.geometric(1), "geometric = 1"),
        (lambda: Countable.zeta(1), "zeta = 1 is not above 1"),
        (lambda: Countable.borderline(1), "borderline = 1 is not above 1"),
        (lambda: Countable.poisson(0), "poisson = 0"),
        (lambda: Countable.poisson(10**6), "poisson = 1000000"),
        (lambda: Countable.poisson("nan"), "poisson"),
        (lambda: Countable.mixture(HALF, [Countable.zeta(2)]), "2 weights and 1 parts"),
        (lambda: Countable.mixture([1], [Countable.borderline(3)]), "mix geometric, zeta and Poisson"),
        (lambda: Countable.mixture([1], [2]), "no Countable"),
        (lambda: Countable.zeta(2).minimizer(-1), "negative"),
        (lambda: Countable.zeta(2).minimizer(2).q(10**12), "letter"),
        (lambda: powers_of_two(Fraction(1, 4)).minimizer(2), "is no bound"),
        (lambda: powers_of_two(more=Fraction(-1, 10)).minimizer(2), "information_tail"),
        (lambda: Countable.from_pmf(lambda k: Fraction(1, k), lambda k: 1).minimizer(2), "above 1"),
        (lambda: Countable.from_pmf(lambda k: 0, lambda k: 1).minimizer(2), r"pmf\(1\)"),
        (lambda: Countable.from_pmf(lambda k: -1, lambda k: 1).minimizer(2), "at least 0"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(call, told):
    with pytest.raises(InputError, match=told) as refused:
        call()
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: Countable.zeta(2).minimizer(10**9), "lower gamma"),
        (lambda: Countable.from_pmf(lambda k: Fraction(1, k * (k + 1)), lambda k: Fraction(1, k)).minimizer(2), "fewer digits"),
        (lambda: Countable.mixture(HALF, [Countable.zeta(2), Countable.zeta(3)]).minimizer(2), "fewer digits"),
        (lambda: Countable.from_pmf(lambda k: Fraction(1, 2**k), lambda k: Fraction(2, 2**k)).minimizer(2).entropy, "tail"),
        (lambda: Countable.zeta(3).focal_entropy(Countable.poisson(3), 2), "nothing is known"),
    ],
)
def test_what_is_out_of_reach_is_said_to_be(call, told):
    with pytest.raises(Undecided, match=told):
        call()
