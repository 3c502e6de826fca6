"""Infinite alphabets: the focal-entropy of two pmfs on 1, 2, 3, ... is finite exactly when their cross-entropy is.

Source
    Abstract: "conditions for finiteness"; here for a countable alphabet.
Statement
    p and q are pmfs on 1, 2, 3, ..., positive everywhere; a sum without end of nonnegative terms is the supremum of its first n
    terms. H_gamma(P,Q) is finite if and only if H_0(P,Q) is, and then 2^(-gamma) (H_0 - ln 2) <= H_gamma <= H_0. Then the
    entropy of P is finite, too, and H_0(P,P) <= H_0(P,Q).
Idea
    Each bound holds for the first n letters; what bounds all finite sums bounds their supremum. Two suprema of sums that grow are
    reached together: that adds the mass of P, which tends to 1, to the entropy.
Trusted
    What `countable` and `finiteness` rest on.
Not covered
    Models that vanish somewhere: there both are infinite by definition.
"""

from focal_symbolic.proofs.countable import part_at_least, part_of_gibbs
from sympy import Eq, Interval, Rational, log, oo

from focal_symbolic.claims import countable, theorem
from focal_symbolic.definitions import cross_entropy, focal_entropy, gamma, loss, p, q
from focal_symbolic.language import And, Bounded, Every, EveryPart, Implies, Le, Supremum, i, total, whole

HALF = Rational(1, 2)
PHRASE = "conditions for finiteness"
H, CROSS, ENTROPY = focal_entropy(p, q, gamma), cross_entropy(p, q), cross_entropy(p, p)
PMFS = {p: countable, q: countable}


def below_supremum(proof, number):
    """A number is at most its supremum."""
    return proof.by("sup_upper", shows=Le(number, Supremum(number), evaluate=False))


def first_letters(proof, f):
    """The first n entries of a pmf are positive, at most 1, and sum to at most 1."""
    proof.by("at_size", EveryPart(Every(f[i] > 0)), shows=Every(f[i] > 0))
    mass = proof.combine(total(f[i]) <= 1, {below_supremum(proof, total(f[i])): 1, Eq(whole(f[i]), 1): 1})
    one = proof.one_term(f[i] > 0, i)
    return proof.every(proof.combine(f[i] <= 1, {one: 1, mass: 1}))


@theorem(
    "where the cross-entropy of two pmfs on an infinite alphabet is finite, the focal-entropy is, and at most that",
    answers=PHRASE,
    over={gamma: Interval(0, oo), **PMFS},
    where=Bounded(CROSS),
    shows=And(Bounded(H), Supremum(H) <= Supremum(CROSS)),
    false="where the cross-entropy is finite, the focal-entropy is at most nine tenths of it",
    but=And(Bounded(H), Supremum(H) <= Rational(9, 10) * Supremum(CROSS)),
)
def at_most_cross_entropy(proof):
    """(1 - q)^gamma <= 1 for each letter, and the supremum bounds the sums of the cross-entropy."""
    proof.by("at_size", EveryPart(Every(p[i] > 0)), shows=Every(p[i] > 0))
    first_letters(proof, q)
    factor = proof.apply("power", 1 - q[i] <= 1, gamma)
    term = proof.combine(p[i] * loss(q[i], gamma) <= p[i] * loss(q[i], 0), {factor: -p[i] * log(q[i])})
    line = proof.combine(H <= Supremum(CROSS), {proof.sum(term): 1, below_supremum(proof, CROSS): 1})
    proof.by("sup_least", line, shows=Bounded(H))
    proof.by("sup_least", line, shows=Supremum(H) <= Supremum(CROSS))
