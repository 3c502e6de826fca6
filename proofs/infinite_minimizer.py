"""Infinite alphabets: one multiplier and one minimizer, and what it does to the far letters.

Source
    Abstract: "existence and uniqueness of the focal-entropy minimizer, describe its structure"; here for a countable alphabet.
Statement
    p is a pmf on 1, 2, 3, ..., positive everywhere, and gamma > 0. A pmf q there with p_i phi(q_i) = lambda for all i has less
    focal-entropy than any other pmf r of finite focal-entropy.
Idea
    At each letter the tangent at q_i leaves a gap. The sums over the first n letters of the cost of q, of lambda q and of the
    gaps make up the cost of r and lambda R(A), so their suprema are at most the supremum of the cost of r and lambda.
Trusted
    What `uniqueness` and `infinite` rest on.
Not covered
    Models that vanish somewhere: their focal-entropy is infinite by definition.
"""

from focal_symbolic.proofs.infinite import below_supremum, first_letters, grows, positive
from focal_symbolic.proofs.uniqueness import r, tangent_at, tangents
from sympy import Eq, Ge, Interval, Rational, oo

from focal_symbolic.claims import countable, countable_optimum, letter, theorem
from focal_symbolic.claims.claim import Draws
from focal_symbolic.definitions import focal_entropy, gamma, loss, multiplier, p, q, slope
from focal_symbolic.language import And, Bounded, Every, EveryPart, Le, Ne, Supremum, i, j, total, whole

PHRASE = "existence and uniqueness of the minimizer"
OPTIMAL = {gamma: Interval.open(0, oo), p: countable, (q, multiplier): countable_optimum(p, gamma)}
COST, OTHER = focal_entropy(p, q, gamma), focal_entropy(p, r, gamma)
GAP = p[i] * loss(r[i], gamma) - p[i] * loss(q[i], gamma) + multiplier * (r[i] - q[i])
MODERATE = Draws(letters=4, gamma=(Rational(1, 100), Rational(8)))


def optimal_letters(proof):
    """What holds of the first n entries of the data and the minimizer; the multiplier is positive."""
    positive(proof, p)
    positive(proof, q)
    for line in (q[i] < 1, Eq(p[i] * slope(q[i], gamma), multiplier)):
        proof.by("at_size", EveryPart(Every(line)), shows=Every(line))
    gain = proof.sign(slope(q[i], gamma) > 0)
    return proof.combine(multiplier > 0, {Eq(p[i] * slope(q[i], gamma), multiplier): 1, gain: p[i]})


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
    low, high, branches = tangent_at(proof, j)
    strict = proof.cases(branches)
    proof.combine(
        Supremum(COST) < Supremum(OTHER),
        {
            together: 1,
            least: multiplier,
            Eq(whole(q[i]), 1): multiplier,
            strict: 1,
            proof.one_term(gap, j): 1,
            below_supremum(proof, gaps): 1,
        },
    )
