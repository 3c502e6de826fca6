"""Departure: how far the minimizer can lie from the data, and never does.

Source
    Abstract: "it can depart significantly from the data distribution".
Statement
    The total variation TV of P and Q* is less than 1 - 1/n on n >= 2 letters, for every P and gamma. With m <= p_i <= M and
    gamma > 1, it is at least p_j - 1/n - ln(M/m)/(gamma - 1) for every letter j. So 1 - 1/n is its supremum, and it is not
    attained: P that gives 1 - h to one letter and shares h among the others, and gamma = 1 + ln(M/m)/h, come within 2 h of
    it. At gamma = 2 it exceeds 22/100 for P = (1, 1, 1, 24)/27.
Idea
    The commonest letter of P is the commonest of Q*, so both give it at least 1/n, and 1 - TV is the sum of the smaller of
    p_i and q_i, each at least q_i times the least p. Since the p_i - q_i sum to 0, TV is the sum of those that are positive,
    so no p_j - q_j exceeds it; and q_j tends to 1/n as gamma grows.
Trusted
    What `ordering/order` and `uniform_limit/close` trust.
Not covered
    The largest total variation at a given gamma.
"""

from focal_symbolic.proofs.corrections import head_above, level_masses, values
from focal_symbolic.proofs.ordering import order
from focal_symbolic.proofs.uniform_limit import BOUNDED, CLOSE, RANGE, entry_close, m
from sympy import Abs, Integer, Interval, Rational, oo

from focal_symbolic.claims import below, letter, levels, optimum, pmf, theorem
from focal_symbolic.claims.claim import Draws
from focal_symbolic.definitions import gamma, multiplier, p, q
from focal_symbolic.language import And, Eq, Every, i, j, k, mass, n, total

HALF = Rational(1, 2)
PHRASE = "can depart significantly from the data distribution"
TOTAL_VARIATION = total(Abs(p[i] - q[i])) / 2
REST = 1 - p[j]
"""h: what is left for the other letters."""


def above_average(proof, family, term):
    """1/n <= family_j, from family_i <= family_j at every letter i."""
    return proof.combine(1 / n <= family[j], {proof.sum(term): 1 / n, mass(family): 1 / n})


@theorem(
    "on two letters or more the total variation of the data and the minimizer is less than 1 - 1/n",
    answers=PHRASE,
    over={gamma: Interval(0, oo), p: pmf, (q, multiplier): optimum(p, gamma), m: below(p), j: letter},
    where=Every(p[i] <= p[j]),
    shows=TOTAL_VARIATION < 1 - 1 / n,
    false="the total variation is less than (1 - 1/n)/2",
    but=TOTAL_VARIATION < (1 - 1 / n) / 2,
)
def total_variation_below(proof):
    """1 - TV is the sum of the smaller of p_i and q_i: at least m q_i each, and 1/n at j."""
    weak = proof.transfer(proof.use(order, {i: j, j: i}), p[i] <= p[j])
    data, model = above_average(proof, p, p[i] <= p[j]), above_average(proof, q, weak)
    top = p[j] + q[j] - 2 / n
    up, down = proof.combine(p[j] - q[j] <= top, {model: 2}), proof.combine(q[j] - p[j] <= top, {data: 2})
    top = proof.absolute(up, down, shows=Abs(p[j] - q[j]) <= top)
    proof.combine(m <= 1, {m <= p[j]: 1, p[j] <= 1: 1})
    spared = p[i] + q[i] - 2 * m * q[i]
    up = proof.combine(p[i] - q[i] <= spared, {q[i] > 0: 2 * (1 - m)})
    down = proof.combine(q[i] - p[i] <= spared, {m <= p[i]: 2, q[i] < 1: 2 * m})
    apart = proof.absolute(up, down, shows=Abs(p[i] - q[i]) <= spared)
    one = proof.one_term(proof.combine(spared - Abs(p[i] - q[i]) >= 0, {apart: 1}), at=j)
    proof.combine({one: HALF, top: HALF, mass(p): HALF, mass(q): HALF * (1 - 2 * m), q[j] < 1: m})


@theorem(
    "the total variation of the data and the minimizer is at least p_j - 1/n - ln(M/m)/(gamma - 1)",
    answers=PHRASE,
    over={gamma: Interval.open(1, oo), **BOUNDED, j: letter},
    shows=p[j] - 1 / n - CLOSE <= TOTAL_VARIATION,
    kind="limit",
    false="the total variation is at least p_j - 9/10/n - ln(M/m)/(gamma - 1)",
    but=p[j] - Rational(9, 10) / n - CLOSE <= TOTAL_VARIATION,
)
def total_variation_above(proof):
    """|d_i| + d_i >= 0 for d_i = p_i - q_i, so its value at j is at most its sum, and the d_i sum to 0."""
    terms = proof.combine(Abs(p[i] - q[i]) + p[i] - q[i] >= 0, {q[i] - p[i] <= Abs(p[i] - q[i]): 1})
    own = p[j] - q[j] <= Abs(p[j] - q[j])
    proof.combine({proof.one_term(terms, at=j): HALF, own: HALF, entry_close(proof, j, 1): 1, mass(p): HALF, mass(q): HALF})


@theorem(
    "with gamma >= 1 + ln(M/m)/h, where h = 1 - p_j, the total variation is at least 1 - 1/n - 2 h",
    answers=PHRASE,
    over={gamma: Interval.open(1, oo), **BOUNDED, j: letter},
    where=RANGE <= REST * (gamma - 1),
    shows=1 - 1 / n - 2 * REST <= TOTAL_VARIATION,
    kind="limit",
    fuzz=Draws(gamma=(Integer(100), Integer(10**4))),
    false="with gamma >= 1 + ln(M/m)/h, where h = 1 - p_j, the total variation is at least 1 - 1/n - h",
    but=1 - 1 / n - REST <= TOTAL_VARIATION,
)
def supremum(proof):
    """The bound above, with ln(M/m)/(gamma - 1) <= h."""
    proof.combine({proof.use(total_variation_above): 1, RANGE <= REST * (gamma - 1): 1 / (gamma - 1)})


TWO, FOUR, FAR = Integer(2), ((3, 1), (1, 24)), Rational(22, 100)
"""Gamma = 2 and P = (1, 1, 1, 24)/27: how many letters of which weight; and how far apart they are."""


@theorem(
    "at gamma = 2 the total variation exceeds 22/100 for P = (1, 1, 1, 24)/27",
    answers=PHRASE,
    over={p: levels(*FOUR, at=(j, k)), (q, multiplier): optimum(p, TWO)},
    shows=TOTAL_VARIATION > FAR,
    kind="witness",
    false="at gamma = 2 the total variation exceeds 23/100 for this P",
    but=TOTAL_VARIATION > FAR + Rational(1, 100),
)
def at_two(proof):
    """Were the three letters not above (1 - 24/27 + 22/100)/3 each, the prices could not be equal."""
    _, value = values(FOUR)
    masses = level_masses(proof, FOUR, q, TWO)
    above = head_above(proof, FOUR, (1 - value + FAR) / 3, TWO, masses)
    far = proof.combine(p[k] - q[k] > FAR, {above: 3, masses: 1, Eq(p[k], value): 1})
    terms = proof.combine(Abs(p[i] - q[i]) + p[i] - q[i] >= 0, {q[i] - p[i] <= Abs(p[i] - q[i]): 1})
    own = p[k] - q[k] <= Abs(p[k] - q[k])
    proof.combine({proof.one_term(terms, at=k): HALF, own: HALF, far: 1, mass(p): HALF, mass(q): HALF})


@theorem(
    "the total variation of the data and the minimizer is less than 1 - 1/n, and comes as close to it as one likes",
    answers=PHRASE,
    over={gamma: Interval.open(1, oo), **BOUNDED, j: letter},
    where=Every(p[i] <= p[j]),
    shows=And(total_variation_below.shows, total_variation_above.shows),
    kind="limit",
    false="the total variation is less than (1 - 1/n)/2",
    but=And(total_variation_below.falsehood.goal, total_variation_above.shows),
    main=True,
)
def departs_significantly(proof):
    """The two bounds above."""
    proof.use(total_variation_below)
    proof.use(total_variation_above)
