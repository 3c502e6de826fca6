"""Infinite alphabets: the minimizer keeps the order of the letters, is p/lambda far out, and flattens as gamma grows.

Source
    Abstract: "existence and uniqueness of the focal-entropy minimizer, describe its structure", "asymptotics"; here for a
    countable alphabet.
Statement
    p is a pmf on 1, 2, 3, ..., positive everywhere, gamma > 0, and q its minimizer, with p_i phi(q_i) = lambda. Two letters
    have entries of q in the order of those of p; where p_j is the largest of all p_i, q_j is the largest of all q_i. With t =
    (1 + gamma) p_j/lambda < 1, lambda q_j/p_j lies between 1 - gamma t/(1 - t) and 1 + 2 gamma sqrt(t): so q_j/p_j tends to
    1/lambda along the alphabet. Where m <= p_i for the first n letters, n > 1, and p_i <= M for all letters, lambda >= m
    phi(1/n), and if gamma > 1 no letter at all has more than t = 1 - (1 - 1/n) (m/M)^(1/(gamma - 1)) under q. So the largest
    entry of q tends to 0 as gamma grows (first n, then gamma), there is no limit that is a pmf, and the entropy of q, which is
    infinite or ln(1/t) at least, exceeds every bound.
Idea
    What relates two letters, or one letter and lambda, does not ask how many others there are. The first n entries of q are not
    all above 1/n, which says phi(1/n) <= lambda/m; from 1/n to t the slope falls by the factor m/M at least, so phi(t) <=
    lambda/M, and that is what each letter has to be told. ln(1/q_i) >= ln(1/t) for each of them.
Trusted
    What `infinite_minimizer`, `ordering` and `uniform_limit` rest on.
Not covered
    The limits themselves, which are in the bounds: p_j tends to 0 since p sums to 1, and then n may be chosen before gamma.
"""

from focal_symbolic.proofs.amplification import ratio_law
from focal_symbolic.proofs.cross_entropy_limit import RANGE_SIDES, b, gain_range
from focal_symbolic.proofs.infinite import below_supremum, part_of_one, positive
from focal_symbolic.proofs.infinite_minimizer import AT_MOST, MODERATE, MOST, OPTIMAL, PRICE, far_letters, priced_letters
from focal_symbolic.proofs.ordering import order
from focal_symbolic.proofs.over_suppression import gain_bound
from focal_symbolic.proofs.uniform_limit import m, slope_ratio, top
from focal_symbolic.proofs.uniqueness import slope_reverses, u, y, z
from sympy import Eq, Interval, Rational, log, oo, sqrt

from focal_symbolic.claims import below, ceiling, countable, countable_optimum, letter, peak, theorem
from focal_symbolic.definitions import cross_entropy, gamma, multiplier, p, q, slope, x
from focal_symbolic.language import (
    NEVER,
    And,
    Bounded,
    Every,
    EveryPart,
    Implies,
    Supremum,
    i,
    j,
    n,
    real,
    substitute,
    total,
    whole,
)

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


t = real("t")
OPTIMAL_BELOW = {p: countable, (q, multiplier): countable_optimum(p, gamma), top: ceiling(p)}
DEAR = top * slope(t, gamma) <= multiplier
SHARES = EveryPart(Every(q[i] <= t))


@theorem(
    "on an infinite alphabet, where none of all letters has more than M under P and M phi(t) is at most lambda, none of them "
    "has more than t under Q*",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), **OPTIMAL_BELOW, t: Interval.open(0, 1)},
    where=DEAR,
    shows=SHARES,
    fuzz=MODERATE,
    false="on an infinite alphabet, where M phi(t) is at most lambda, no letter has more than half of t under Q*",
    but=EveryPart(Every(q[i] <= t / 2)),
)
def none_above(proof):
    """p_i phi(q_i) = lambda >= M phi(t) >= p_i phi(t) at any letter of any size, and phi falls."""
    priced_letters(proof)
    positive(proof, p)
    proof.by("at_size", EveryPart(Every(p[i] <= top)), shows=Every(p[i] <= top))
    weights = {DEAR: 1 / p[i], PRICE: -1 / p[i], p[i] <= top: slope(t, gamma) / p[i]}
    steep = proof.combine(slope(t, gamma) <= slope(q[i], gamma), weights)
    line = proof.transfer(proof.use(slope_reverses, {x: t, z: q[i]}), steep)
    proof.by("on_parts", proof.every(line), shows=SHARES)


@theorem(
    "on an infinite alphabet, where j has M under P and none of all letters has more, none of them has more under Q* than j: "
    "no more than t, for every t >= q_j",
    answers=PHRASE,
    over=OPTIMAL | {(j, top): peak(p), t: Interval.Ropen(q[j], 1)},
    shows=SHARES,
    fuzz=MODERATE,
    false="on an infinite alphabet, where j has M under P and no letter has more, no letter has more than q_j/2 under Q*",
    but=EveryPart(Every(q[i] <= t / 2)),
)
def commonest_letter(proof):
    """M phi(t) <= p_j phi(q_j) = lambda."""
    proof.by("at_size", EveryPart(Every(PRICE)), shows=Every(PRICE))
    positive(proof, p)
    positive(proof, q)
    flatter = proof.transfer(proof.use(slope_reverses, {x: t, z: q[j]}), q[j] <= t)
    at = substitute(PRICE, {i: j})
    proof.combine(DEAR, {flatter: p[j], at: 1, top <= p[j]: slope(t, gamma)})
    proof.use(none_above)


EVEN = slope(1 / n, gamma)
CHEAP = m * EVEN <= multiplier


@theorem(
    "on an infinite alphabet lambda is at least m phi(1/n), where n letters, more than one, have m at least under P",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), p: countable, (q, multiplier): countable_optimum(p, gamma), m: below(p)},
    where=n > 1,
    shows=CHEAP,
    fuzz=MODERATE,
    false="on an infinite alphabet lambda is at least m phi(1/n^2)",
    but=m * slope(1 / n**2, gamma) <= multiplier,
)
def price_at_least(proof):
    """Otherwise each of the n letters had more than 1/n."""
    priced_letters(proof)
    part_of_one(proof, q)
    wrong = multiplier < m * EVEN
    with proof.suppose(wrong):
        less = proof.combine(slope(q[i], gamma) < EVEN, {PRICE: 1 / p[i], wrong: 1 / p[i], m <= p[i]: EVEN / p[i]})
        term = proof.transfer(proof.use(slope_reverses, {x: q[i], z: 1 / n}), less)
        never = proof.combine(NEVER, {proof.sum(term): 1, total(q[i]) <= 1: 1})
    proof.refute(wrong, never)


SHRUNK = (m / top) ** (1 / (gamma - 1))
OPTIMAL_LATE = {gamma: Interval.open(1, oo), **OPTIMAL_BELOW, m: below(p)}
OPTIMAL_LATE |= {t: Interval.Ropen(1 - (1 - 1 / n) * SHRUNK, 1)}


ENTROPY = cross_entropy(p, p)
PARTS = EveryPart(total(p[i]) * -log(t) <= ENTROPY)
LEAST = Implies(Bounded(ENTROPY), -log(t) <= Supremum(ENTROPY))


@theorem(
    "on an infinite alphabet a pmf of which no entry exceeds t has the entropy ln(1/t) at least, or an infinite one; the first "
    "n letters have ln(1/t) times their mass at least",
    over={p: countable, t: ceiling(p)},
    where=t < 1,
    shows=And(PARTS, LEAST),
    false="a pmf of which no entry exceeds t has the entropy 2 ln(1/t) at least",
    but=And(PARTS, Implies(Bounded(ENTROPY), 2 * -log(t) <= Supremum(ENTROPY))),
)
def least_entropy(proof):
    """ln(1/p_i) >= ln(1/t) at each letter of any size; the mass of the first n tends to 1."""
    positive(proof, p)
    proof.by("at_size", EveryPart(Every(p[i] <= t)), shows=Every(p[i] <= t))
    log_bound = proof.apply(log, p[i] <= t)
    line = proof.combine(p[i] * -log(t) <= -p[i] * log(p[i]), {log_bound: p[i]})
    part = proof.combine(total(p[i]) * -log(t) <= ENTROPY, {proof.sum(line): 1})
    proof.by("on_parts", part, shows=PARTS)
    with proof.suppose(Bounded(ENTROPY)):
        share = Supremum(ENTROPY) / -log(t)
        whole_line = proof.combine(total(p[i]) <= share, {part: 1 / -log(t), below_supremum(proof, ENTROPY): 1 / -log(t)})
        least = proof.by("sup_least", whole_line, shows=whole(p[i]) <= share)
        line = proof.combine(-log(t) <= Supremum(ENTROPY), {least: -log(t), Eq(whole(p[i]), 1): -log(t)})
    proof.implication(Bounded(ENTROPY), line)


def of_the_model(statement):
    """What is said of the data, said of the model."""
    return substitute(statement, {p: (i, q[i])})


@theorem(
    "on an infinite alphabet let none of all letters have more than M under P, and n of them m at least. For t < 1, at least "
    "1 - (1 - 1/n) (m/M)^(1/(gamma - 1)), none of all letters has more than t under Q*, and the entropy of Q* is ln(1/t) at "
    "least, or infinite; the first n letters have ln(1/t) times their mass at least",
    answers="asymptotics, gamma to infinity",
    over=OPTIMAL_LATE,
    shows=And(SHARES, of_the_model(PARTS), of_the_model(LEAST)),
    kind="limit",
    fuzz=MODERATE,
    false="none of all letters has more than t under Q*, and the entropy of Q* is ln n at least, or infinite",
    but=And(SHARES, of_the_model(PARTS), Implies(of_the_model(Bounded(ENTROPY)), log(n) <= of_the_model(Supremum(ENTROPY)))),
)
def flattens(proof):
    """m phi(1/n) <= lambda, and M phi(t) is at most that: from 1/n to t the slope falls by m/M at least.

    Then ln(1/q_i) is ln(1/t) at least for each letter.
    """
    positive(proof, p)
    proof.by("at_size", EveryPart(Every(p[i] <= top)), shows=Every(p[i] <= top))
    proof.combine(top > 0, {p[i] <= top: 1, p[i] > 0: 1})
    small = proof.combine(m / top <= 1, {m <= p[i]: 1 / top, p[i] <= top: 1 / top})
    room = t < 1, t >= 1 - (1 - 1 / n) * SHRUNK
    proof.combine(n > 1, dict.fromkeys(room, n / SHRUNK))
    price = proof.use(price_at_least)
    power = proof.apply("power", small, 1 / (gamma - 1))
    proof.combine(1 / n <= t, {room[1]: 1, power: 1 - 1 / n})
    near = proof.combine((1 - t) / (1 - 1 / n) <= SHRUNK, {room[1]: 1 / (1 - 1 / n)})
    high, low = (1 - t) ** (gamma - 1), (1 - 1 / n) ** (gamma - 1)
    ratio = proof.apply("power", near, gamma - 1)
    fall, later, equal = slope(t, gamma) * low <= EVEN * high, 1 / n < t, Eq(t, 1 / n)
    beyond = proof.combine(
        fall, {proof.use(slope_ratio, {x: 1 / n, u: (t - 1 / n) / (1 - 1 / n)}, where=later): 1}, where=later
    )
    at = proof.rewrite(by=equal, shows=fall, where=equal)
    fall = proof.cases({later: beyond, equal: at})
    proof.combine(DEAR, {fall: top / low, ratio: top * EVEN, price: 1})
    proof.use(none_above)
    proof.use(least_entropy, {p: (i, q[i])})


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
