"""Infinite alphabets: what every finite part of the sums obeys, so that their suprema do.

Source
    Abstract: "conditions for finiteness"; here for the finite parts of a countable alphabet.
Statement
    For any finitely many letters of an alphabet, p_i > 0 of total P(A) <= 1 and q_i > 0 of total Q(A) <= 1, sums over A:
    2^(-gamma) (sum p ln(1/q) - ln 2) <= sum p loss(q);  sum p ln(1/p) <= sum p ln(1/q) + Q(A) - P(A); so
    sum p ln(1/p) <= 2^gamma sum p loss(q) + ln 2 + Q(A) - P(A).
    A sum of nonnegative terms over an infinite alphabet is the supremum of the sums over its finite parts: on N, where P(A)
    tends to 1, the second bound is Gibbs' inequality, and by the third no model has a finite focal-entropy if the entropy of P
    is infinite.
Idea
    The bounds of the loss need no more than P(A) <= 1; and ln z <= z - 1 at z = q_i/p_i.
Trusted
    The mean value theorem (through `elementary`), monotonicity of the logarithm and of powers (through `finiteness`).
Not covered
    The suprema themselves: see `infinite.py`.
"""

from focal_symbolic.proofs.elementary import log_above, log_below
from focal_symbolic.proofs.finiteness import loss_at_least
from sympy import Eq, Interval, Rational, log, oo

from focal_symbolic.claims import submass, theorem
from focal_symbolic.definitions import cross_entropy, focal_entropy, gamma, p, q, x
from focal_symbolic.language import And, i, total

HALF = Rational(1, 2)
PHRASE = "conditions for finiteness"
PART = {p: submass, q: submass}
P, Q = total(p[i]), total(q[i])


@theorem(
    "on every finite part of an alphabet the focal-entropy is at least 2^(-gamma) times the cross-entropy less ln 2",
    answers=PHRASE,
    over={gamma: Interval(0, oo), **PART},
    shows=HALF**gamma * (cross_entropy(p, q) - log(2)) <= focal_entropy(p, q, gamma),
    false="on every finite part of an alphabet the focal-entropy is at least 2^(1 - gamma) times the cross-entropy less ln 2",
    but=2 * HALF**gamma * (cross_entropy(p, q) - log(2)) <= focal_entropy(p, q, gamma),
)
def part_at_least(proof):
    """The bound of the loss, times p_i, summed; p sums to at most 1."""
    bound = proof.use(loss_at_least, {x: q[i]})
    term = proof.combine(p[i] * bound.lhs <= p[i] * bound.rhs, {bound: p[i]})
    proof.combine({proof.sum(term): 1, P <= 1: HALF**gamma * log(2)})


@theorem(
    "on every finite part of an alphabet the entropy is at most the cross-entropy and Q(A) - P(A)",
    answers=PHRASE,
    over=PART,
    shows=cross_entropy(p, p) <= cross_entropy(p, q) + Q - P,
    false="on every finite part of an alphabet the entropy is at most the cross-entropy and half of Q(A) - P(A)",
    but=cross_entropy(p, p) <= cross_entropy(p, q) + (Q - P) / 2,
)
def part_of_gibbs(proof):
    """p ln(q/p) <= q - p, from ln z <= z - 1 at z = q/p, or ln z >= 1 - 1/z at z = p/q."""
    stated = -p[i] * log(p[i]) <= -p[i] * log(q[i]) + q[i] - p[i]
    with proof.suppose(q[i] < p[i]):
        less = proof.combine(stated, {proof.use(log_above, {x: q[i] / p[i]}): p[i]})
    with proof.suppose(q[i] > p[i]):
        more = proof.combine(stated, {proof.use(log_below, {x: p[i] / q[i]}): p[i]})
    equal = Eq(q[i], p[i])
    level = proof.rewrite(by=equal, shows=stated, where=equal)
    proof.combine({proof.sum(proof.cases({q[i] < p[i]: less, q[i] > p[i]: more, equal: level})): 1})


BOUND = cross_entropy(p, p) <= 2**gamma * focal_entropy(p, q, gamma) + log(2) + Q - P


@theorem(
    "on every finite part A of an alphabet the entropy is at most 2^gamma times the focal-entropy of any model, and "
    "ln 2 + Q(A) - P(A); and the focal-entropy is at least 2^(-gamma) times the cross-entropy less ln 2",
    answers=PHRASE,
    over={gamma: Interval(0, oo), **PART},
    shows=And(BOUND, part_at_least.shows),
    false="on every finite part A of an alphabet the entropy is at most 2^gamma times the focal-entropy, and Q(A) - P(A)",
    but=And(
        cross_entropy(p, p) <= 2**gamma * focal_entropy(p, q, gamma) + Q - P,
        part_at_least.shows,
    ),
    main=True,
)
def parts(proof):
    """Both bounds; 2^gamma (1/2)^gamma = 1."""
    low = proof.use(part_at_least)
    proof.combine(BOUND, {proof.use(part_of_gibbs): 1, low: 2**gamma})
