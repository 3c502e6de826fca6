"""Sums over an alphabet without end: which are known, what they are, and what is said at every size of the alphabet."""

from fractions import Fraction

import pytest
from flint import arb, fmpq
from mpmath import nstr
from sympy import And, Equivalent, Implies, Not, Or, Piecewise, exp

from focal_symbolic import Countable
from focal_symbolic.claims.evaluate import (
    BallView,
    Changed,
    Endless,
    Environment,
    Minimized,
    Undefined,
    Unsupported,
    ball_value,
    decide,
)
from focal_symbolic.claims.evaluate.endless import entries, recognised, summed
from focal_symbolic.claims.variables.countable import EndlessRoot
from focal_symbolic.definitions import cross_entropy, focal_entropy, gamma, loss, multiplier, p, q, slope_inverse
from focal_symbolic.language import Bounded, Eq, Every, EveryPart, Le, Ne, Supremum, array, i, j, n, real, total, whole
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
    for number, environment in (
        (cross_entropy(p, q), case(SQUARES, HALF)),
        (cross_entropy(p, p), case(Endless(Borderline(2)))),
    ):
        assert decide(Bounded(number), environment).value == -1
        with pytest.raises(Undefined, match="is infinite"):
            value(Supremum(number), environment)


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


MOVED = Changed(Geometric("1/2"), 2, 1, Fraction(1))


@pytest.mark.parametrize("gamma", [0, 1, 2])
def test_a_pmf_with_a_share_moved(gamma):
    """What changes of a sum without end is what changes at two letters."""
    half = Changed(Geometric("1/2"), 1, 3, Fraction(1, 2))
    with precision(200):
        for data, model in ((HALF, half), (half, HALF), (half, half), (MOVED, half), (MOVED, HALF), (half, SLOW)):
            direct = arb(0)
            for letter in range(1, 600):
                d, m = data.entry(letter), model.entry(letter)
                direct += d.q * (1 - m.q) ** gamma * -m.q.log()
            found = summed(data, model, Fraction(gamma))
            assert found.rad() < arb(10) ** -40
            assert abs(found - direct) < arb(10) ** -40
        assert summed(HALF, MOVED, Fraction(gamma)) == arb.pos_inf()
        assert sum(half.entry(letter).q for letter in range(1, 600)).overlaps(arb(1, arb(10) ** -50))
        assert half.largest(1) > half.entry(3).q
        assert half.largest(2) >= half.entry(3).q > HALF.largest(2)


def test_a_pmf_that_vanishes_somewhere_is_so_exactly():
    """An entry of 0 is a rational, what is put for it as well, and no focal-entropy changes by what is put there."""
    filled = Changed(Geometric("1/2"), 2, 1, Fraction(1), Fraction(1))
    assert decide(Eq(p[i], 0), Environment(letters={"i": 2}, roots=case(MOVED).roots, size=4)).value == 1
    assert decide(Eq(p[i], 1), Environment(letters={"i": 2}, roots=case(filled).roots, size=4)).value == 1
    with precision(200):
        assert summed(MOVED, filled, Fraction(2)).overlaps(summed(MOVED, MOVED, Fraction(2)))
    assert value(whole(p[i]), case(MOVED)) == fmpq(1)
    assert value(whole(p[i]), case(filled)) == fmpq(2)
    assert (filled.name, MOVED.tied(2), MOVED.tied(3)) == (
        "geometric(1/2) with 1 of letter 2 given to letter 1, and 1 put for it",
        2,
        3,
    )


def test_the_entropy_of_a_minimizer():
    with precision(200):
        for data, letters, narrow in ((HALF, 300, 10), (SQUARES, 900, 0)):
            found = Minimized(data, Fraction(2))
            own = summed(found, found, Fraction(0))
            part = sum((-one.q * one.log for one in map(found.entry, range(1, letters + 1))), arb(0))
            assert own.rad() < arb(10) ** -narrow
            assert own.upper() > part
            assert own.overlaps(part) or data is SQUARES
            assert not summed(found, found, Fraction(1)).is_finite()
        slow = Minimized(Endless(Borderline(2)), Fraction(2))
        assert summed(slow, slow, Fraction(0)) == arb.pos_inf()


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


@pytest.mark.parametrize("whole_of", [loss(q[i], n) * p[i], loss(q[i], p[i]) * p[i], slope_inverse(n * multiplier / p[i], 2)])
def test_a_sum_of_terms_that_change_with_the_alphabet_is_not_known(whole_of):
    """It would be read at the one size in force, or at the letter in force, around the supremum."""
    assert recognised(total(whole_of)) is None
    with pytest.raises(Unsupported, match="no sum without end that is known"):
        decide(Every(whole(whole_of) < 9), case(HALF, HALF, gamma=2, **{"lambda": 1}))


INFINITE = Supremum(cross_entropy(p, q))


@pytest.mark.parametrize(
    "goal",
    [
        INFINITE > 5,
        Le(INFINITE, INFINITE, evaluate=False),
        Le(INFINITE, INFINITE + 1, evaluate=False),
        Eq(INFINITE, INFINITE, evaluate=False),
        Ne(INFINITE, 0),
        -INFINITE < 5,
        1 / INFINITE >= 0,
        exp(-INFINITE) <= 1,
        And(INFINITE > 5, p[1] < 1),
    ],
)
def test_an_infinite_supremum_is_no_number(goal):
    with pytest.raises(Undefined, match="is infinite"):
        decide(goal, case(SQUARES, HALF))
    finite = case(HALF, SLOW)
    assert decide(goal, finite).value != 0
    assert decide(Implies(Bounded(INFINITE.args[0]), goal, evaluate=False), case(SQUARES, HALF)).vacuous


@pytest.mark.parametrize(
    "goal",
    [
        Not(EveryPart(n < 5)),
        Implies(EveryPart(n < 5), p[1] > 1, evaluate=False),
        Equivalent(EveryPart(n < 5), p[1] > 1),
        Every(Implies(And(p[i] < 1, EveryPart(n < 5)), p[i] > 1, evaluate=False)),
        Eq(Piecewise((1, EveryPart(n < 5)), (0, True)), 1),
    ],
)
def test_what_is_said_at_every_size_is_not_denied_by_trying_some(goal):
    """n < 5 holds at the four sizes of the case, and not at all."""
    with pytest.raises(Unsupported, match="tried at some sizes"):
        decide(goal, case(HALF))


def test_what_is_said_at_every_size_may_follow():
    assert decide(Implies(p[1] < 1, EveryPart(n < 5), evaluate=False), case(HALF)).value == 1
    assert decide(Or(p[1] > 1, EveryPart(n < 4)), case(HALF)).value == -1
    assert decide(Not(Bounded(INFINITE.args[0])), case(SQUARES, HALF)).value == 1


def test_a_view_without_such_families_knows_no_sum():
    with precision(64):
        assert not BallView({}, {}, {}, 15).endless_sum("mass", ("p",), ()).is_finite()


@pytest.mark.parametrize("mean", ["3", "1", "5/2"])
def test_a_tie_of_the_data_is_known_to_be_one(mean):
    """Of Poisson's letters mean - 1 and mean are as likely if the mean is whole, which balls alone cannot tell."""
    data = Endless(Poisson(mean))
    size, middle = 6, int(Fraction(mean))
    families = {"p": data, "q": Minimized(data, Fraction(2))}
    roots = tuple(EndlessRoot(name, family, size) for name, family in families.items())
    ties = {(middle, middle + 1)} if Fraction(mean).denominator == 1 else set()
    for family in (p, q):
        for a in range(1, size + 1):
            for b in range(a + 1, size + 1):
                here = Environment(letters={"i": a, "j": b}, roots=roots, size=size, endless=families)
                assert decide(Eq(family[i], family[j]), here).value == (1 if (a, b) in ties else -1)
    with precision(200):
        assert all(data.entry(a).q.overlaps(data.entry(b).q) for a, b in ties)
