"""The gammas of over-suppression need not be one interval.

Source
    own
Statement
    For P with one class of weight 30 and 39 of weight 1, lambda > 1 at gamma = 1, lambda < 1 at gamma = 3 and lambda >
    1 again at gamma = 10. So {gamma: lambda > 1}, the gammas at which small classes lose, is not an interval.

Idea
    lambda <= 1 makes phi(q_j) <= 1/p_j, so q_j exceeds a number where phi is larger than that; two such numbers have 1
    as the sum of their multiples.
Trusted
    The balls that compare phi with 69/30 and 69 at six numbers (rule `constant`).
Not covered
    Where lambda = 1: how many intervals there are.
"""

from focal_symbolic.proofs.corrections import level_masses, values
from focal_symbolic.proofs.ordering import price
from focal_symbolic.proofs.uniqueness import slope_reverses
from sympy import Eq, Gt, Integer, Lt, Rational

from focal_symbolic.claims import levels, optimum, theorem
from focal_symbolic.definitions import gamma, multiplier, p, q, slope, x
from focal_symbolic.language import NEVER, And, array, i, j, k, real

z, mu, nu = map(real, ("z", "mu", "nu"))
r, h = array("r"), array("h")
COUNTS = (1, 30), (39, 1)
ONE, THREE, TEN = map(Integer, (1, 3, 10))


def at(focus):
    """The data, and their minimizer at one gamma."""
    return {p: levels(*COUNTS, at=(j, k)), (q, multiplier): optimum(p, focus)}


def side_of_one(proof, focus, rare, above):
    """Were lambda on the wrong side of 1, each of the q would be beyond one of two numbers, which make up a mass of 1."""
    points, wrong, pieces = (1 - 39 * rare, rare), multiplier <= 1 if above else multiplier >= 1, {}
    masses = level_masses(proof, COUNTS, q, focus)
    with proof.suppose(wrong):
        for letter, (count, _), value, point in zip((j, k), COUNTS, values(COUNTS), points, strict=True):
            own, there = price(letter).xreplace({gamma: focus}), slope(point, focus)
            level = Eq(value * slope(q[letter], focus), multiplier)
            level = proof.combine(level, {own: 1, Eq(p[letter], value): slope(q[letter], focus)})
            apart = proof.constant((Gt if above else Lt)(there, 1 / value, evaluate=False))
            low, high = (q[letter], point) if above else (point, q[letter])
            steeper = slope(low, focus) < slope(high, focus)
            steeper = proof.combine(steeper, {apart: 1, level: 1 / value, wrong: 1 / value})
            pieces[proof.transfer(proof.use(slope_reverses, {x: low, z: high, gamma: focus}), steeper)] = count
        never = proof.combine(NEVER, {**pieces, masses: 1})
    proof.refute(wrong, never)


@theorem(
    "with one class of weight 30 and 39 of weight 1, lambda is more than 1 at gamma = 1",
    over=at(ONE),
    shows=multiplier > 1,
    kind="witness",
    false="with these classes lambda is more than 101/100 at gamma = 1",
    but=multiplier > Rational(101, 100),
)
def above_at_one(proof):
    """1 - 39 * 1511/100000 and 1511/100000."""
    side_of_one(proof, ONE, Rational(1511, 10**5), above=True)


@theorem(
    "with one class of weight 30 and 39 of weight 1, lambda is less than 1 at gamma = 3",
    over=at(THREE),
    shows=multiplier < 1,
    kind="witness",
    false="with these classes lambda is less than 98/100 at gamma = 3",
    but=multiplier < Rational(98, 100),
)
def below_at_three(proof):
    """1 - 39 * 1682/100000 and 1682/100000."""
    side_of_one(proof, THREE, Rational(1682, 10**5), above=False)


@theorem(
    "with one class of weight 30 and 39 of weight 1, lambda is more than 1 at gamma = 10",
    over=at(TEN),
    shows=multiplier > 1,
    kind="witness",
    false="with these classes lambda is more than 106/100 at gamma = 10",
    but=multiplier > Rational(106, 100),
)
def above_at_ten(proof):
    """1 - 39 * 2087/100000 and 2087/100000."""
    side_of_one(proof, TEN, Rational(2087, 10**5), above=True)


@theorem(
    "the gammas with lambda > 1 need not be an interval: for these classes 1 and 10 are among them, and 3 is not",
    over=at(ONE) | {(r, mu): optimum(p, THREE), (h, nu): optimum(p, TEN)},
    shows=And(multiplier > 1, mu < 1, nu > 1),
    kind="witness",
    false="for these classes 3 is among them as well",
    but=And(multiplier > 1, mu > 1, nu > 1),
    main=True,
)
def not_an_interval(proof):
    """The three theorems above."""
    proof.use(above_at_one)
    proof.use(below_at_three, {q: (i, r[i]), multiplier: mu})
    proof.use(above_at_ten, {q: (i, h[i]), multiplier: nu})
