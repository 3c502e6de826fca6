"""Infinite alphabets: one multiplier and one minimizer, and what it does to the far letters.

Source
    Abstract: "existence and uniqueness of the focal-entropy minimizer, describe its structure"; here for a countable alphabet.
Statement
    p is a pmf on 1, 2, 3, ..., positive everywhere, and gamma > 0. Exactly one lambda between p_i phi(1/n), for all i <= n and
    any n >= 2, and 1 + gamma makes the sum of phi^(-1)(lambda/p_i) 1. A pmf q with p_i phi(q_i) = lambda for all i has
    less focal-entropy than any other pmf r of finite focal-entropy. q_i <= (1 + gamma) p_i/lambda, so the far letters vanish;
    a small one is suppressed if 2 gamma sqrt(p_i) <= lambda - 1, and amplified if lambda <= 1.
Idea
    At each letter the tangent at q_i leaves a gap. The sums over the first n letters of the cost of q, of lambda q and of the
    gaps make up the cost of r and lambda R(A), so their suprema are at most the supremum of the cost of r and lambda. The sum
    of phi^(-1)(lambda/p_i) is dominated by a multiple of the sum of p_i, so it is continuous in lambda; it falls.
Trusted
    What `uniqueness`, `over_suppression` and `infinite` rest on; the uniform limit theorem (rule `root_of_sup`).
Not covered
    Models that vanish somewhere: their focal-entropy is infinite by definition. Data of infinite entropy have the multiplier
    and q, too, but every model has infinite focal-entropy. The far letters and lambda: see `infinite_over_suppression`.
"""

from focal_symbolic.proofs.infinite import below_supremum, first_letters, first_mass, grows, positive
from focal_symbolic.proofs.over_suppression import EIGHTH, SMALL, amplified, suppressed
from focal_symbolic.proofs.uniqueness import (
    EVEN,
    entry,
    h,
    inverse,
    inverse_falls,
    r,
    slope_below,
    slope_reverses,
    tangent_at,
    tangents,
    v,
    y,
    z,
)
from sympy import Eq, Ge, Interval, Rational, oo

from focal_symbolic.claims import countable, countable_optimum, letter, low_price, theorem
from focal_symbolic.claims.claim import Draws
from focal_symbolic.definitions import focal_entropy, gamma, loss, multiplier, p, q, slope, x
from focal_symbolic.language import (
    And,
    Bounded,
    Every,
    EveryPart,
    ExistsUnique,
    Implies,
    Lt,
    Ne,
    Supremum,
    i,
    j,
    n,
    total,
    whole,
)

PHRASE = "existence and uniqueness of the minimizer"
OPTIMAL = {gamma: Interval.open(0, oo), p: countable, (q, multiplier): countable_optimum(p, gamma)}
COST, OTHER = focal_entropy(p, q, gamma), focal_entropy(p, r, gamma)
GAP = p[i] * loss(r[i], gamma) - p[i] * loss(q[i], gamma) + multiplier * (r[i] - q[i])
PRICE = Eq(p[i] * slope(q[i], gamma), multiplier)
MODERATE = Draws(letters=4, gamma=(Rational(1, 100), Rational(8)))


def priced_letters(proof):
    """The first n letters have an entry of the minimizer below 1, and one price."""
    for line in (q[i] < 1, PRICE):
        proof.by("at_size", EveryPart(Every(line)), shows=Every(line))


def optimal_letters(proof):
    """What holds of the first n entries of the data and the minimizer; the multiplier is positive."""
    priced_letters(proof)
    positive(proof, p)
    positive(proof, q)
    gain = proof.sign(slope(q[i], gamma) > 0)
    return proof.combine(multiplier > 0, {PRICE: 1, gain: p[i]})


def costs_and_gaps(proof):
    """What r costs beyond q is at least the sum of the gaps: the weights of the lines that say so, a gap and that sum."""
    optimal_letters(proof)
    first_letters(proof, r)
    gap = proof.combine(Ge(GAP, 0), {tangents(proof): 1})
    own, prices, gaps = COST, total(multiplier * q[i]), total(GAP)
    most = Supremum(OTHER) + multiplier
    line = proof.combine(own + prices + gaps <= most, {below_supremum(proof, OTHER): 1, total(r[i]) <= 1: multiplier})
    grow = [grows(proof, p[i] * loss(q[i], gamma)), grows(proof, multiplier * q[i]), grows(proof, GAP, gap)]
    for s in (own, prices, gaps):
        proof.by("sup_together", line, *grow, shows=Bounded(s))
    together = proof.by("sup_together", line, *grow, shows=Supremum(own) + Supremum(prices) + Supremum(gaps) <= most)
    scaled = proof.combine(total(q[i]) <= Supremum(prices) / multiplier, {below_supremum(proof, prices): 1 / multiplier})
    least = proof.by("sup_least", scaled, shows=whole(q[i]) <= Supremum(prices) / multiplier)
    return {together: 1, least: multiplier, Eq(whole(q[i]), 1): multiplier}, gap, gaps


@theorem(
    "on an infinite alphabet no pmf has less focal-entropy than the one with p phi(q) = lambda",
    answers=PHRASE,
    over=OPTIMAL | {r: countable},
    where=Bounded(OTHER),
    shows=And(Bounded(COST), Supremum(COST) <= Supremum(OTHER)),
    fuzz=MODERATE,
    false="on an infinite alphabet every pmf has a tenth more focal-entropy than the one with p phi(q) = lambda",
    but=And(Bounded(COST), Rational(11, 10) * Supremum(COST) <= Supremum(OTHER)),
)
def optimal(proof):
    """The costs of q, lambda q and the gaps sum up to the cost of r and lambda R; the gaps are nonnegative."""
    weights, gap, gaps = costs_and_gaps(proof)
    lines = {proof.sum(gap): 1, below_supremum(proof, gaps): 1}
    proof.combine(Supremum(COST) <= Supremum(OTHER), weights | lines)


@theorem(
    "on an infinite alphabet the pmf with p phi(q) = lambda has strictly less focal-entropy than a pmf that differs from it",
    answers=PHRASE,
    over=OPTIMAL | {r: countable, j: letter},
    where=[Bounded(OTHER), Ne(r[j], q[j])],
    shows=And(Bounded(COST), Supremum(COST) < Supremum(OTHER)),
    fuzz=MODERATE,
    false="on an infinite alphabet any other pmf has a tenth more focal-entropy than the one with p phi(q) = lambda",
    but=And(Bounded(COST), Rational(11, 10) * Supremum(COST) < Supremum(OTHER)),
)
def strictly_optimal(proof):
    """The costs of q, lambda q and the gaps sum up to the cost of r and lambda R; the gap at j is positive."""
    weights, gap, gaps = costs_and_gaps(proof)
    strict = proof.cases(tangent_at(proof, j)[2])
    lines = {strict: 1, proof.one_term(gap, j): 1, below_supremum(proof, gaps): 1}
    proof.combine(Supremum(COST) < Supremum(OTHER), weights | lines)


FOCUS = Interval.open(0, oo)
MOST = 1 + gamma


def small_entry(proof, price):
    """An entry is less than (1 + gamma) p/price: phi(x) < (1 + gamma)/x."""
    at, share = entry(price), p[i] / price
    proof.use(inverse, {y: price / p[i]})
    steep = proof.use(slope_below, {x: at})
    power = proof.apply("power", 1 - at < 1, gamma)
    here = Eq(slope(at, gamma), price / p[i])
    return proof.combine(at < MOST * share, {steep: at * share, power: MOST * share, here: -at * share})


@theorem(
    "on an infinite alphabet the entries that a multiplier gives have a finite sum, at most (1 + gamma)/lambda",
    answers=PHRASE,
    over={gamma: FOCUS, p: countable, y: Interval.open(0, oo)},
    shows=And(Bounded(total(entry(y))), whole(entry(y)) <= MOST / y),
    fuzz=MODERATE,
    false="on an infinite alphabet the entries that a multiplier gives have a sum of at most 1/lambda",
    but=And(Bounded(total(entry(y))), whole(entry(y)) <= 1 / y),
)
def entries_summable(proof):
    """Each entry is at most (1 + gamma) p/lambda, and p sums to 1."""
    first_mass(proof, p)
    line = proof.combine(total(entry(y)) < MOST / y, {proof.sum(small_entry(proof, y)): 1, total(p[i]) <= 1: MOST / y})
    proof.by("sup_least", line, shows=Bounded(total(entry(y))))
    proof.by("sup_least", line, shows=whole(entry(y)) <= MOST / y)


def entries_fall(proof, price, later):
    """The sum of the entries is smaller at a later multiplier: what is lost is positive at each letter."""
    where = (price > 0, price < later)
    fall = proof.use(inverse_falls, {y: price / p[i], h: (later - price) / p[i]}, where=where)
    lost = entry(price) - entry(later)
    with proof.suppose(*where):
        proof.by("part", proof.use(entries_summable, {y: price}), shows=Bounded(total(entry(price))))
        proof.use(inverse, {y: later / p[i]})
        line = proof.combine(
            total(entry(later)) + total(lost) <= whole(entry(price)), {below_supremum(proof, total(entry(price))): 1}
        )
        grow = [grows(proof, entry(later)), grows(proof, lost, proof.combine(Ge(lost, 0), {fall: 1}))]
        proof.by("sup_together", line, *grow, shows=Bounded(total(lost)))
        together = proof.by("sup_together", line, *grow, shows=whole(entry(later)) + whole(lost) <= whole(entry(price)))
        return proof.combine(
            whole(entry(later)) < whole(entry(price)),
            {together: 1, below_supremum(proof, total(lost)): 1, proof.sum(fall): 1},
        )


EXACTLY_ONE = ExistsUnique(Eq(whole(entry(multiplier)), 1), (multiplier, y, MOST))


@theorem(
    "on an infinite alphabet exactly one multiplier between p phi(1/n), for all of the first n letters, and 1 + gamma makes "
    "the entries sum to 1",
    answers=PHRASE,
    over={gamma: FOCUS, p: countable, y: low_price(p, gamma)},
    where=Ge(n, 2),
    shows=EXACTLY_ONE,
    fuzz=MODERATE,
    false="on an infinite alphabet exactly one multiplier between the same ends makes the entries sum to 2",
    but=ExistsUnique(Eq(whole(entry(multiplier)), 2), (multiplier, y, MOST)),
)
def multiplier_exists(proof):
    """The sums are dominated by a multiple of the sum of p, so the sum is continuous; it falls from 1 or more to 1 or less."""
    first_mass(proof, p)
    at, here = entry(y), Eq(slope(entry(y), gamma), y / p[i])
    proof.use(inverse, {y: y / p[i]})
    proof.use(entries_summable)
    proof.use(entries_summable, {y: MOST})
    flatter = proof.combine(slope(at, gamma) <= EVEN, {here: 1, y <= p[i] * EVEN: 1 / p[i]})
    term = proof.transfer(proof.use(slope_reverses, {x: at, z: 1 / n}), flatter)
    above = proof.combine(whole(entry(y)) >= 1, {proof.sum(term): 1, below_supremum(proof, total(at)): 1})
    below = proof.combine(whole(entry(MOST)) <= 1, {whole(entry(MOST)) <= MOST / MOST: 1})
    even = proof.combine(n * y <= EVEN, {proof.sum(y <= p[i] * EVEN): 1, total(p[i]) <= 1: EVEN})
    steep, power = proof.use(slope_below, {x: 1 / n}), proof.apply("power", Lt(1 - 1 / n, 1, evaluate=False), gamma)
    ordered = proof.combine(y <= MOST, {even: 1 / n, steep: 1 / n, power: MOST})
    fall = entries_fall(proof, multiplier, v)
    with proof.suppose(y <= multiplier):
        proof.combine(multiplier > 0, {y > 0: 1, y <= multiplier: 1})
        small = small_entry(proof, multiplier)
        proof.combine(entry(multiplier) <= MOST * p[i] / y, {small: 1, y <= multiplier: MOST * p[i] / (y * multiplier)})
        both = And(Ge(entry(multiplier), 0, evaluate=False), entry(multiplier) <= MOST * p[i] / y)
        dominated = proof.by("on_parts", proof.every(both), shows=EveryPart(Every(both)))
    scaled = proof.combine(total(MOST * p[i] / y) <= MOST / y, {total(p[i]) <= 1: MOST / y})
    summable = proof.by("sup_least", scaled, shows=Bounded(total(MOST * p[i] / y)))
    proof.by("root_of_sup", fall, above, below, ordered, dominated, summable, proof.use(inverse, where=y > 0))


AT_MOST = q[i] <= MOST * p[i] / multiplier


@theorem(
    "on an infinite alphabet no letter has more than (1 + gamma)/lambda times its share, so that the far letters vanish; and "
    "0 < lambda <= 1 + gamma",
    answers=PHRASE,
    over=OPTIMAL,
    shows=And(multiplier > 0, multiplier <= MOST, EveryPart(Every(AT_MOST))),
    fuzz=MODERATE,
    false="on an infinite alphabet no letter has more than 1/lambda times its share",
    but=And(multiplier > 0, multiplier <= MOST, EveryPart(Every(q[i] <= p[i] / multiplier))),
)
def far_letters(proof):
    """phi(q) < (1 + gamma)/q at each letter, and both sum to 1."""
    optimal_letters(proof)
    first_mass(proof, p)
    share = q[i] / multiplier
    steep = proof.use(slope_below, {x: q[i]})
    power = proof.apply("power", 1 - q[i] < 1, gamma)
    small = proof.combine(AT_MOST, {steep: p[i] * share, power: MOST * p[i] / multiplier, PRICE: share})
    proof.by("on_parts", proof.every(small), shows=EveryPart(Every(AT_MOST)))
    line = proof.combine(total(q[i]) <= MOST / multiplier, {proof.sum(small): 1, total(p[i]) <= 1: MOST / multiplier})
    least = proof.by("sup_least", line, shows=whole(q[i]) <= MOST / multiplier)
    proof.combine(multiplier <= MOST, {least: multiplier, Eq(whole(q[i]), 1): multiplier})


TAIL = Implies(SMALL, q[j] < p[j])


@theorem(
    "on an infinite alphabet a letter with p_j < 1/8 and 2 (1 + gamma) p_j <= 1 is suppressed if 2 gamma sqrt(p_j) <= lambda - "
    "1, and amplified if lambda <= 1",
    answers="over-suppression regime",
    over=OPTIMAL | {j: letter},
    where=(p[j] < EIGHTH, 2 * MOST * p[j] <= 1),
    shows=And(TAIL, Implies(multiplier <= 1, q[j] > p[j])),
    fuzz=MODERATE,
    false="on an infinite alphabet such a letter doubles its share if lambda <= 1",
    but=And(TAIL, Implies(multiplier <= 1, q[j] > 2 * p[j])),
)
def far_tail(proof):
    """What holds of one small letter on any alphabet; p sums to 1, so all but finitely many letters are such."""
    priced_letters(proof)
    positive(proof, p)
    for case, page in ((SMALL, suppressed), (multiplier <= 1, amplified)):
        proof.implication(case, proof.use(page, where=case))


@theorem(
    "on an infinite alphabet there is exactly one minimizer: one multiplier makes the entries a pmf, and any other model has "
    "more focal-entropy",
    answers=PHRASE,
    over=OPTIMAL | {r: countable, j: letter, y: low_price(p, gamma)},
    where=(Ge(n, 2), Bounded(OTHER), Ne(r[j], q[j])),
    shows=And(EXACTLY_ONE, *strictly_optimal.shows.args, multiplier > 0),
    fuzz=MODERATE,
    false="on an infinite alphabet any other model has a tenth more focal-entropy than the minimizer",
    but=And(EXACTLY_ONE, *strictly_optimal.falsehood.goal.args, multiplier > 0),
    main=True,
)
def exactly_one_minimizer(proof):
    """Existence and uniqueness of the multiplier, and strict optimality."""
    proof.use(multiplier_exists)
    proof.use(strictly_optimal)
    proof.by("part", proof.use(far_letters), shows=multiplier > 0)
