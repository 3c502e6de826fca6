"""Sums over an alphabet without end: which are known, what they are, and what is said at every size of the alphabet."""

from fractions import Fraction

import pytest
from flint import arb, fmpq
from mpmath import nstr

from focal_symbolic import Countable
from focal_symbolic.claims.evaluate import BallView, Endless, Environment, Minimized, Unsupported, ball_value, decide
from focal_symbolic.claims.evaluate.endless import entries, recognised, summed
from focal_symbolic.claims.variables.countable import EndlessRoot
from focal_symbolic.definitions import cross_entropy, focal_entropy, gamma, loss, multiplier, p, q, slope_inverse
from focal_symbolic.language import Bounded, Every, EveryPart, Supremum, array, i, n, real, total, whole
from focal_symbolic.numbers.balls import precision
from focal_symbolic.numbers.countable.borderline import Borderline
from focal_symbolic.numbers.countable.families import Geometric, Poisson, Zeta

HALF, SLOW, SQUARES = Endless(Geometric("1/2")), Endless(Geometric("1/20")), Endless(Zeta(2))


def case(data, model=None, size=4, **numbers):
    """An environment with p and q on the first letters of an alphabet without end."""
    environment = Environment({name: Fraction(value) for name, value in numbers.items()}, size=size)
    for name, one in (("p", data), ("q", model)):
        if one is not None:
            environment.endless[name] = one
            environment.roots += (EndlessRoot(name, one, size),)
    return environment


def value(number, environment, bits=200):
    with precision(bits):
        return ball_value(number, environment.view(bits, 50))


def test_sums_that_are_known():
    other = array("other")
    assert recognised(total(p[i])) == ("mass", ("p",), ())
    assert recognised(focal_entropy(p, q, gamma)) == ("cost", ("p", "q"), (gamma,))
    assert recognised(cross_entropy(p, other)) == ("cost", ("p", "other"), (0,))
    assert recognised(total(p[i] * loss(q[i], 1))) == ("cost", ("p", "q"), (1,))
    assert recognised(total(slope_inverse(multiplier / p[i], gamma))) == ("entries", ("p",), (multiplier, gamma))
    for unknown in (total(p[i] * q[i]), total(p[i] + 1), real("x"), total(slope_inverse(q[i] / p[i], gamma)), n):
        assert recognised(unknown) is None


def test_their_values_are_those_of_the_distributions():
    found = value(Supremum(focal_entropy(p, q, gamma)), case(HALF, Endless(Geometric("1/3")), gamma=2))
    expected = Countable.geometric("1/2").focal_entropy(Countable.geometric("1/3"), gamma=2, dps=40)
    assert found.rad() < arb((1, -150))
    with precision(200):
        assert abs(found - arb(nstr(expected, 40))) < arb(10) ** -38
    assert value(whole(p[i]), case(HALF)) == fmpq(1)
    assert value(Supremum(cross_entropy(p, q)), case(SQUARES, HALF)) == arb.pos_inf()
    assert value(Supremum(cross_entropy(p, p)), case(Endless(Borderline(2)))) == arb.pos_inf()


def test_what_is_not_known_is_not_a_number():
    others = (None, Endless(Poisson(1)), Minimized(SLOW, Fraction(2)))
    for environment in (*(case(HALF, other, gamma=2) for other in others), case(Minimized(HALF, Fraction(2)), HALF, gamma=2)):
        assert not value(Supremum(focal_entropy(p, q, gamma)), environment).is_finite()
    with pytest.raises(Unsupported, match="no sum without end that is known"):
        decide(whole(p[i] * q[i]) < 1, case(HALF, HALF))


def test_the_minimizer_goes_on():
    found = Minimized(HALF, Fraction(2))
    with precision(200):
        assert abs(found.solved.multiplier - arb("0.944606808529989087804154237432")) < arb(10) ** -29
        assert found.entry(200).q < HALF.entry(200).q * 2
        cost = summed(HALF, found, Fraction(2))
        assert cost < summed(HALF, HALF, Fraction(2))
        assert not summed(HALF, found, Fraction(1)).is_finite()
        assert not summed(SLOW, found, Fraction(2)).is_finite()
        assert summed(Endless(Borderline(2)), Minimized(Endless(Borderline(2)), Fraction(2)), Fraction(2)) == arb.pos_inf()
        for data in (HALF, SQUARES):
            at = Minimized(data, Fraction(2)).solved.multiplier
            assert entries(data, at, Fraction(2)).contains(1)


def test_the_entries_of_a_multiplier():
    whole_of = whole(slope_inverse(multiplier / p[i], gamma))
    assert decide(whole_of > 1, case(HALF, gamma=2, **{"lambda": "9/10"})).value == 1
    assert decide(whole_of < 1, case(HALF, gamma=2, **{"lambda": "1"})).value == 1
    assert not value(whole_of, case(HALF, gamma=0, **{"lambda": "1"})).is_finite()


def test_whether_a_sum_is_finite():
    assert decide(Bounded(cross_entropy(p, q)), case(HALF, SLOW)).value == 1
    assert decide(Bounded(cross_entropy(p, q)), case(SQUARES, HALF)).value == -1
    assert decide(Bounded(cross_entropy(p, q)), case(HALF), ceiling=1).value == 0


def test_what_is_said_at_every_size():
    assert decide(EveryPart(Every(p[i] <= Fraction(1, 2))), case(HALF)).value == 1
    assert decide(EveryPart(total(p[i]) < 1), case(HALF)).value == 1
    assert decide(EveryPart(total(p[i]) < Fraction(9, 10)), case(HALF)).value == -1
    assert decide(EveryPart(n < 5), case(HALF)).value == 1
    assert decide(EveryPart(n > 1), case(HALF)).value == -1


def test_a_view_without_such_families_knows_no_sum():
    with precision(64):
        assert not BallView({}, {}, {}, 15).endless_sum("mass", ("p",), ()).is_finite()
