"""The entropy falls without bound: heads and a tail of many letters, of which the tail loses.

Source
    own
Statement
    Let Q* give the share c to each of some heads, of mass 1 - a together, and x < c to each letter of a tail of mass a,
    with psi(x) < psi(c). Then H(P) - H(Q*) > d ln(c/x) - ln(1/a), where d = a (1 - a) lambda (1/psi(x) - 1/psi(c)) > 0
    is the mass that the tail loses. As the tail is spread over more letters, x tends to 0 and psi(x) to 1: so if psi(c)
    > 1, the entropy falls without bound.
Idea
    The tail has tau = a lambda/psi(x) under P. H(P) - H(Q*) = (tau - a) ln(c/x) - (1 - tau) ln(lambda/psi(c)) - tau
    ln(lambda/psi(x)), and psi(x) < lambda < psi(c), a lambda < psi(x).
Trusted
    Monotonicity of ln (rule `apply`).
Not covered
    That sums over letters with two values are written with their numbers, (1 - a)/c and a/x, which need not be whole
    here.
"""

from sympy import Eq, Interval, log, oo

from focal_symbolic.claims import theorem
from focal_symbolic.definitions import gain, gamma, slope, x
from focal_symbolic.language import And, real

a, c, u, w = map(real, "acuw")
INSIDE = Interval.open(0, 1)


class TwoLevels:
    """The data whose minimizer has c at each head and x at each letter of the tail, of mass a; low and high are psi there."""

    def __init__(self, low, high):
        self.price = 1 / (a / low + (1 - a) / high)
        self.head, self.tail = self.price * c / high, self.price * x / low
        self.heads, self.letters = (1 - a) / c, a / x
        self.lost = a * (1 - a) * self.price * (1 / low - 1 / high)

    @property
    def fall(self):
        """H(P) - H(Q*)."""
        data = -self.heads * self.head * log(self.head) - self.letters * self.tail * log(self.tail)
        return data + (1 - a) * log(c) + a * log(x)

    @property
    def bound(self):
        """d ln(c/x) - ln(1/a)."""
        return self.lost * (log(c) - log(x)) + log(a)


ANY, OURS = TwoLevels(u, w), TwoLevels(gain(x, gamma), gain(c, gamma))
OPTIMAL = (
    Eq(OURS.heads * OURS.head + OURS.letters * OURS.tail, 1),
    Eq(OURS.tail * slope(x, gamma), OURS.price),
    Eq(OURS.head * slope(c, gamma), OURS.price),
)


@theorem(
    "the entropy of two levels falls by more than d ln(c/x) - ln(1/a), whatever two numbers divide the shares",
    over={**dict.fromkeys((x, c, u), Interval.open(0, oo)), a: INSIDE, w: Interval.open(u, oo)},
    shows=ANY.bound < ANY.fall,
    false="the entropy of two levels falls by more than d ln(c/x)",
    but=ANY.bound - log(a) < ANY.fall,
)
def fall_of_two_levels(proof):
    """The logarithms of lambda/w < 1 and of a lambda/u < 1."""
    price, kept = ANY.price, a * ANY.price / u
    above = proof.combine(price / w < 1, {u < w: price * a / (u * w)})
    less = proof.combine(kept < 1, {a < 1: price / w})
    proof.combine({proof.apply(log, above): 1 - kept, proof.apply(log, less): kept, proof.apply(log, a < 1): 1 - kept})


@theorem(
    "where psi(x) < psi(c), the entropy falls by more than d ln(c/x) - ln(1/a), d > 0 being the mass that the tail loses",
    over={gamma: Interval.open(0, oo), c: INSIDE, x: Interval.open(0, c), a: INSIDE},
    where=gain(x, gamma) < gain(c, gamma),
    shows=And(*OPTIMAL, OURS.lost > 0, OURS.bound < OURS.fall),
    kind="limit",
    false="where psi(x) < psi(c), the entropy falls by more than d ln(c/x)",
    but=And(*OPTIMAL, OURS.lost > 0, OURS.bound - log(a) < OURS.fall),
    main=True,
)
def entropy_falls_without_bound(proof):
    """With psi(x) and psi(c) for the two numbers."""
    proof.combine(x < 1, {x < c: 1, c < 1: 1})
    for part in OPTIMAL:
        proof.identity(part)
    order, product = gain(x, gamma) < gain(c, gamma), gain(x, gamma) * gain(c, gamma)
    proof.combine(OURS.lost > 0, {order: a * (1 - a) * OURS.price / product})
    proof.use(fall_of_two_levels, {u: gain(x, gamma), w: gain(c, gamma)})
