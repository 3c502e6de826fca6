"""Infinite alphabets: the minimizer keeps the order of the letters, is p/lambda far out, and flattens as gamma grows.

Source
    Abstract: "existence and uniqueness of the focal-entropy minimizer, describe its structure", "asymptotics"; here for a
    countable alphabet.
Statement
    p is a pmf on 1, 2, 3, ..., positive everywhere, gamma > 0, and q its minimizer, with p_i phi(q_i) = lambda. Two letters
    have entries of q in the order of those of p. With t = (1 + gamma) p_j/lambda < 1, lambda q_j/p_j lies between 1 - gamma
    t/(1 - t) and 1 + 2 gamma sqrt(t): so q_j/p_j tends to 1/lambda along the alphabet. Where m <= p_i <= M for the first n
    letters, each of these has q_j <= 1/n + (M/m)^(1/(gamma - 1)) - 1 if gamma > 1: so the largest entry of q tends to 0 as
    gamma grows, and there is no limit that is a pmf.
Idea
    What relates two letters, or one letter and lambda, does not ask how many others there are. Two of the first n entries
    differ by at most (M/m)^(1/(gamma - 1)) - 1, and their mean is at most 1/n, since their sum is at most 1.
Trusted
    What `infinite_minimizer`, `ordering` and `uniform_limit` rest on.
Not covered
    That the largest entry of q is among the first n, which holds by the order if the largest of p is; the two limits, which
    are in the bounds: p_j tends to 0 since p sums to 1, and then n may be chosen before gamma.
"""

from focal_symbolic.proofs.amplification import ratio_law
from focal_symbolic.proofs.cross_entropy_limit import RANGE_SIDES, b, gain_range
from focal_symbolic.proofs.infinite import first_mass, positive
from focal_symbolic.proofs.infinite_minimizer import AT_MOST, MODERATE, MOST, OPTIMAL, far_letters, priced_letters
from focal_symbolic.proofs.ordering import order
from focal_symbolic.proofs.over_suppression import gain_bound
from focal_symbolic.proofs.uniform_limit import STRETCH, m, quotient, spread, summed, top
from focal_symbolic.proofs.uniqueness import y
from sympy import Interval, Rational, oo, sqrt

from focal_symbolic.claims import above, below, countable, countable_optimum, letter, theorem
from focal_symbolic.definitions import gamma, multiplier, p, q, x
from focal_symbolic.language import And, Every, EveryPart, i, j, k, n, substitute, total

PHRASE = "structure of the minimizer"
HALF = Rational(1, 2)


@theorem(
    "on an infinite alphabet one letter is likelier than another under Q* exactly when it is under P, and as likely exactly "
    "when it is",
    answers=PHRASE,
    over=OPTIMAL | {i: letter, j: letter},
    shows=order.shows,
    fuzz=MODERATE,
    false="on an infinite alphabet one letter is likelier than another under Q* exactly when it is not under P",
    but=order.falsehood.goal,
)
def order_of_letters(proof):
    """A statement about two letters of the first n, for any n."""
    priced_letters(proof)
    positive(proof, p)
    proof.use(order)


T = MOST * p[j] / multiplier
FACTOR = multiplier * q[j] / p[j]
TENDS = 1 - gamma * T / (1 - T) < FACTOR, FACTOR < 1 + 2 * gamma * sqrt(T)


@theorem(
    "on an infinite alphabet lambda q_j/p_j lies between 1 - gamma t/(1 - t) and 1 + 2 gamma sqrt(t) where t = (1 + gamma) "
    "p_j/lambda < 1, so that q_j/p_j tends to 1/lambda",
    answers=PHRASE,
    over=OPTIMAL | {j: letter},
    where=T < 1,
    shows=And(*TENDS),
    fuzz=MODERATE,
    false="on an infinite alphabet lambda q_j/p_j lies between 1 - gamma t/(1 - t) and 1",
    but=And(TENDS[0], FACTOR < 1),
)
def share_of_a_far_letter(proof):
    """lambda q_j/p_j = psi(q_j), and q_j <= t."""
    priced_letters(proof)
    positive(proof, p)
    positive(proof, q)
    proof.by("part", proof.use(far_letters), shows=EveryPart(Every(AT_MOST)))
    proof.by("at_size", EveryPart(Every(AT_MOST)), shows=Every(AT_MOST))
    small, law = q[j] <= T, proof.use(ratio_law)
    proof.use(gain_range, {b: T, x: q[j]})
    proof.combine(TENDS[0], {substitute(RANGE_SIDES[0], {b: T, x: q[j]}): 1, law: 1 / p[j]})
    proof.apply("power", q[j] < 1, HALF)
    high, root = proof.use(gain_bound, {y: sqrt(q[j])}), proof.apply("power", small, HALF)
    proof.combine(TENDS[1], {high: 1, root: 2 * gamma, law: 1 / p[j]})


OPTIMAL_LATE = {gamma: Interval.open(1, oo), p: countable, m: below(p), top: above(p)}
OPTIMAL_LATE |= {(q, multiplier): countable_optimum(p, gamma)}
FLAT = q[j] <= 1 / n + STRETCH


@theorem(
    "on an infinite alphabet each of n letters has at most 1/n + (M/m)^(1/(gamma - 1)) - 1 under Q*, where these have m to M "
    "under P",
    answers="asymptotics, gamma to infinity",
    over={**OPTIMAL_LATE, j: letter},
    shows=FLAT,
    fuzz=MODERATE,
    kind="limit",
    false="on an infinite alphabet each of n letters has at most 1/n under Q*",
    but=q[j] <= 1 / n,
)
def flattens(proof):
    """The mean of the first n entries is at most 1/n, and no other differs from q_j by more than (M/m)^(1/(gamma - 1)) - 1."""
    priced_letters(proof)
    first_mass(proof, q)
    wide = proof.apply("power", quotient(proof), 1 / (gamma - 1))
    proof.combine(FLAT, {summed(proof, spread, j, k): 1 / n, total(q[i]) <= 1: 1 / n, wide: q[j]})


@theorem(
    "on an infinite alphabet the minimizer keeps the order of the letters, and a far letter has the share p_j/lambda but for a "
    "factor that tends to 1",
    answers=PHRASE,
    over=OPTIMAL | {i: letter, j: letter},
    where=T < 1,
    shows=And(*order.shows.args, *TENDS),
    fuzz=MODERATE,
    false="on an infinite alphabet the minimizer reverses the order of the letters",
    but=And(*order.falsehood.goal.args, *TENDS),
    main=True,
)
def structure(proof):
    """The order, and the share of a far letter."""
    proof.use(order_of_letters)
    proof.use(share_of_a_far_letter)
