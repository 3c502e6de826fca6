"""High probabilities: an outcome with half of the mass or more is always suppressed, and so is any commonest one above p_0.

Source
    Abstract: "suppresses high-probability outcomes".
Statement
    For every gamma > 0 there is a threshold p_0(gamma), where psi falls to 1: psi(x) <= 1 makes psi larger than psi(x) before
    x and less than 1 beyond x. A commonest letter with psi(p_j) <= 1 has q_j < p_j, unless all letters are as common. psi(x)
    < 1 for 1/2 <= x < 1, so p_j >= 1/2 implies q_j < p_j; and of two classes the rarer is amplified at every gamma. p_0(1) is
    1/e, p_0(2) lies between 0.29763 and 0.29765, and p_0(gamma) tends to 1/2 as gamma falls to 0.
Idea
    psi has no dip and exceeds 1 near 0. If q_j >= p_j, then lambda = p_j phi(q_j) <= psi(p_j), and every rarer i has psi(p_i) >
    psi(p_j) >= lambda = p_i phi(q_i), so q_i > p_i, while equally common letters share q_j >= p_j: the masses of P and Q cannot
    both be 1. ln psi(x) < gamma g(x), and g has the sign of 1/2 - x; psi > (1 + gamma ln(1 - x))(1 + gamma s).
Trusted
    The mean value theorem (rule `monotone`), monotonicity of ln and exp (rule `apply`), the ball that shows ln 8 > 2 (in
    `over_suppression/rare_gain`), and those that enclose p_0(2) (rule `constant`).
Not covered
    Countable alphabets. That psi(p_0) = 1, which continuity gives, and that p_0 is continuous and falls in gamma.
"""

from focal_symbolic.proofs.amplification import interval
from focal_symbolic.proofs.elementary import log_below
from focal_symbolic.proofs.ordering import order, price
from focal_symbolic.proofs.over_suppression import power_above_tangent, rare_gain
from focal_symbolic.proofs.uniqueness import slope_reverses
from sympy import Integer, Interval, Rational, diff, exp, log, oo

from focal_symbolic.claims import letter, optimum, pmf, theorem
from focal_symbolic.claims.claim import Draws
from focal_symbolic.definitions import g, gain, gamma, multiplier, p, q, s, slope, x
from focal_symbolic.language import NEVER, And, Eq, Equivalent, Every, Gt, Implies, Le, i, j, k, mass, real

u, v, y, z = map(real, "uvyz")
HALF = Rational(1, 2)
PHRASE = "suppresses high-probability outcomes"
OPTIMAL = {gamma: Interval.open(0, oo), p: pmf, (q, multiplier): optimum(p, gamma), j: letter, k: letter}


@theorem(
    "g(x) = ln(1 - x) + s(x) is positive before 1/2, zero there and negative beyond",
    answers=PHRASE,
    over={x: Interval.open(0, 1)},
    shows=And(Equivalent(g(x) < 0, x > HALF), Equivalent(g(x) <= 0, x >= HALF)),
    false="g(x) is negative from 9/20 on",
    but=And(Equivalent(g(x) < 0, x > Rational(9, 20)), Equivalent(g(x) <= 0, x >= HALF)),
)
def g_sign(proof):
    """Beyond 1/2, g'(t)(1 - t)^2 = 2 t - 2 - ln t rises to 0 at 1, so g falls from 0; and (1 - x) g(x) = -x g(1 - x)."""
    inside = v > HALF, v < 1
    below = proof.monotone(2 * u - 2 - log(u), along=u, start=v, end=1, where=inside)
    falls = proof.combine(diff(g(v), v) < 0, {below: 1 / (1 - v) ** 2}, where=inside)
    beyond = proof.monotone(g(v), along=v, start=HALF, end=x, rate=falls, where=x > HALF)
    mirror = proof.instance(beyond, {x: 1 - x}, where=x < HALF)
    before = proof.combine(g(x) > 0, {mirror: x / (1 - x)}, where=x < HALF)
    level = proof.rewrite(by=Eq(x, HALF), shows=Eq(g(x), 0), where=Eq(x, HALF))
    proof.trichotomy({x > HALF: beyond, Eq(x, HALF): level, x < HALF: before})


@theorem(
    "psi(x) is less than 1 for 1/2 <= x < 1",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), x: Interval.Ropen(HALF, 1)},
    shows=gain(x, gamma) < 1,
    false="psi(x) is less than 1 for 49/100 <= x < 1",
    but_over={gamma: Interval.open(0, oo), x: Interval.Ropen(Rational(49, 100), 1)},
)
def gain_below_one(proof):
    """ln psi = gamma ln(1 - x) + ln(1 + gamma s) < gamma (ln(1 - x) + s) = gamma g <= 0."""
    low = proof.transfer(proof.use(g_sign), x >= HALF)
    line = proof.use(log_below, {x: 1 / (1 + gamma * s(x))})
    logarithm = gamma * log(1 - x) + log(1 + gamma * s(x))
    proof.apply(exp, proof.combine(logarithm < 0, {low: gamma, line: 1}))


def no_dip_from_zero(proof, at, end):
    """psi(z) > 1 at a small z before `at`, before `end`; and psi(at) exceeds psi(z) or psi(end), the two alternatives."""
    small = at / (8 * (1 + gamma))
    start = proof.use(rare_gain, {x: small})
    proof.use(interval, {x: small, u: (at - small) / (1 - small), v: (end - at) / (1 - at)})
    return start, gain(small, gamma) < gain(at, gamma), gain(end, gamma) < gain(at, gamma)


@theorem(
    "where psi(x) <= 1, psi is larger at every point before x",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), x: Interval.open(0, 1), v: Interval.open(0, 1)},
    where=gain(x, gamma) <= 1,
    shows=gain(x, gamma) < gain(v * x, gamma),
    false="where psi(x) <= 1, psi(x) is less than 9/10 of psi at every point before x",
    but=gain(x, gamma) < Rational(9, 10) * gain(v * x, gamma),
)
def larger_before(proof):
    """psi exceeds 1 near 0, and there is no dip between."""
    proof.combine(v * x < 1, {v * x < x: 1, x < 1: 1})
    start, left, right = no_dip_from_zero(proof, v * x, x)
    first = proof.combine({gain(x, gamma) <= 1: 1, start: 1, left: 1}, where=left)
    proof.either({left: first, right: proof.given(right)})


@theorem(
    "where psi(x) <= 1, psi is less than 1 at every point beyond x: so psi <= 1 on an interval [p_0, 1)",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), x: Interval.open(0, 1), y: Interval.open(x, 1)},
    where=gain(x, gamma) <= 1,
    shows=gain(y, gamma) < 1,
    false="where psi(x) <= 1, psi is less than 99/100 at every point beyond x",
    but=gain(y, gamma) < Rational(99, 100),
)
def below_one_beyond(proof):
    """psi(y) < psi(x), since psi(z) > 1 >= psi(x)."""
    start, left, right = no_dip_from_zero(proof, x, y)
    never = proof.combine(NEVER, {left: 1, start: 1, gain(x, gamma) <= 1: 1}, where=left)
    proof.either({left: never, right: proof.combine({right: 1, gain(x, gamma) <= 1: 1}, where=right)})


def rarer_gains(proof, at):
    """Under q_j >= p_j and p_at < p_j: lambda <= psi(p_j) < psi(p_at), so p_at < q_at."""
    with proof.suppose(p[j] <= q[j], p[at] < p[j]):
        flat = proof.transfer(proof.use(slope_reverses, {x: q[j], z: p[j]}), p[j] <= q[j])
        gains = proof.use(larger_before, {x: p[j], v: p[at] / p[j]})
        weights = {gains: 1 / p[at], flat: p[j] / p[at], price(at): 1 / p[at], price(j): 1 / p[at]}
        steeper = proof.combine(slope(q[at], gamma) < slope(p[at], gamma), weights)
        return proof.transfer(proof.use(slope_reverses, {x: q[at], z: p[at]}), steeper)


@theorem(
    "a commonest letter with psi(p_j) <= 1, that is p_j >= p_0, is suppressed unless all letters are as common",
    answers=PHRASE,
    over=OPTIMAL,
    where=(gain(p[j], gamma) <= 1, Every(p[i] <= p[j]), p[k] < p[j]),
    shows=q[j] < p[j],
    false="such a letter loses a hundredth of its probability",
    but=q[j] < Rational(99, 100) * p[j],
)
def commonest(proof):
    """If q_j >= p_j, no letter loses and a rarer one gains: both masses cannot be 1."""
    rarer, equal, held = p[i] < p[j], Eq(p[i], p[j]), p[j] <= q[j]
    level = proof.transfer(proof.use(order), equal, where=equal)
    level = proof.combine(p[i] <= q[i], {held: 1, level: 1, equal: 1}, where=(equal, held))
    terms = proof.cases({rarer: rarer_gains(proof, i), equal: level})
    sums = proof.sum(terms, strict=rarer_gains(proof, k))
    proof.refute(held, proof.combine(NEVER, {sums: 1, mass(p): 1, mass(q): 1}))


def pair_of_letters(proof, family, rare, likely):
    """family_rare + family_likely <= 1 from family_rare < family_likely."""
    apart = family[rare] < family[likely]
    with proof.suppose(apart):
        return proof.combine(family[rare] + family[likely] <= 1, {proof.two_terms(family[i] >= 0, apart): 1, mass(family): 1})


@theorem(
    "a letter with half of the mass or more, if another has less, is suppressed for every gamma > 0",
    answers=PHRASE,
    over=OPTIMAL,
    where=(p[j] >= HALF, p[k] < p[j]),
    shows=q[j] < p[j],
    false="such a letter loses a tenth of its probability",
    but=q[j] < Rational(9, 10) * p[j],
)
def suppressed(proof):
    """No letter is commoner than one with half of the mass."""
    proof.combine(p[j] < 1, {pair_of_letters(proof, p, k, j): 1, p[k] > 0: 1})
    proof.use(gain_below_one, {x: p[j]})
    with proof.suppose(p[j] < p[i]):
        more = proof.combine(p[i] <= p[j], {pair_of_letters(proof, p, j, i): 1, p[j] >= HALF: 2})
    proof.every(proof.cases({p[i] <= p[j]: proof.given(p[i] <= p[j]), p[j] < p[i]: more}))
    proof.use(commonest)


@theorem(
    "of two classes the rarer is amplified at every gamma: one tiger in a million cows is never over-suppressed",
    reference="against the popular summary of the paper, where the tiger of two classes is buried at high gamma",
    over=OPTIMAL,
    where=(Eq(p[j] + p[k], 1), Eq(q[j] + q[k], 1), p[k] < HALF),
    shows=q[k] > p[k],
    fuzz=Draws(letters=2),
    false="of two classes the rarer doubles its share",
    but=q[k] > 2 * p[k],
)
def rarer_of_two(proof):
    """q_k = 1 - q_j > 1 - p_j = p_k."""
    proof.combine({proof.use(suppressed): 1, Eq(p[j] + p[k], 1): 1, Eq(q[j] + q[k], 1): 1})


ONE_OVER_E = exp(-1)
AT_ONE = gain(x, Integer(1))


@theorem(
    "at gamma = 1 the threshold is 1/e: psi(x) <= 1 exactly for x >= 1/e, and psi(x) < 1 exactly for x > 1/e",
    answers=PHRASE,
    over={x: Interval.open(0, 1)},
    shows=And(Equivalent(AT_ONE < 1, x > ONE_OVER_E), Equivalent(AT_ONE <= 1, x >= ONE_OVER_E)),
    false="at gamma = 1 the threshold is 1/2",
    but=And(Equivalent(AT_ONE < 1, x > ONE_OVER_E), Equivalent(AT_ONE <= 1, x >= HALF)),
)
def one_over_e(proof):
    """psi(x) - 1 = -x (1 + ln x) at gamma = 1."""
    before, equal, beyond = x < ONE_OVER_E, Eq(x, ONE_OVER_E), x > ONE_OVER_E
    above = proof.combine(AT_ONE > 1, {proof.apply(log, before, where=before): x}, where=before)
    level = proof.rewrite(by=equal, shows=Eq(AT_ONE, 1), where=equal)
    below = proof.combine(AT_ONE < 1, {proof.apply(log, beyond, where=beyond): x}, where=beyond)
    proof.trichotomy({before: above, equal: level, beyond: below})


BEFORE, BEYOND = Rational(29763, 10**5), Rational(29765, 10**5)
AT_TWO = gain(x, Integer(2))


@theorem(
    "at gamma = 2 the threshold lies between 0.29763 and 0.29765",
    answers=PHRASE,
    over={x: Interval.open(0, 1)},
    shows=And(Implies(x < BEFORE, AT_TWO > 1), Implies(x > BEYOND, AT_TWO < 1)),
    precision={x: (Rational(1, 1000), Rational(999, 1000))},
    false="at gamma = 2 the threshold lies beyond 2/5",
    but=And(Implies(x < Rational(2, 5), AT_TWO > 1), Implies(x > BEYOND, AT_TWO < 1)),
)
def at_two(proof):
    """Balls at both points; psi(x) <= 1 at an x before the first would make psi less than 1 there."""
    focus = {gamma: Integer(2)}
    with proof.suppose(x < BEFORE, AT_TWO <= 1):
        high = proof.constant(Gt(gain(BEFORE, Integer(2)), 1, evaluate=False))
        less_there = proof.use(below_one_beyond, focus | {y: BEFORE})
        never = proof.combine(NEVER, {less_there: 1, high: 1})
    proof.implication(x < BEFORE, proof.refute(AT_TWO <= 1, never))
    proof.constant(Le(gain(BEYOND, Integer(2)), 1, evaluate=False))
    proof.implication(x > BEYOND, proof.use(below_one_beyond, focus | {x: BEYOND, y: x}, where=x > BEYOND))


@theorem(
    "p_0 tends to 1/2 as gamma falls to 0: psi(x) > 1 once gamma s(x) ln(1/(1 - x)) <= g(x), positive before 1/2",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), x: Interval.open(0, 1)},
    where=gamma * s(x) * -log(1 - x) <= g(x),
    shows=gain(x, gamma) > 1,
    kind="limit",
    false="psi(x) exceeds 1 + gamma/100 there",
    but=gain(x, gamma) > 1 + gamma / 100,
)
def threshold_tends_to_half(proof):
    """psi > (1 + gamma ln(1 - x))(1 + gamma s) = 1 + gamma (g - gamma s ln(1/(1 - x)))."""
    proof.combine({proof.use(power_above_tangent): 1 + gamma * s(x), gamma * s(x) * -log(1 - x) <= g(x): gamma})


@theorem(
    "a commonest letter is suppressed if it has half of the mass or psi(p_j) <= 1, unless all letters are as common",
    answers=PHRASE,
    over=OPTIMAL,
    where=(p[j] < 1, Every(p[i] <= p[j]), p[k] < p[j]),
    shows=And(Implies(p[j] >= HALF, q[j] < p[j]), Implies(gain(p[j], gamma) <= 1, q[j] < p[j])),
    false="a commonest letter is suppressed if it has a tenth of the mass or psi(p_j) <= 1",
    but=And(Implies(p[j] >= Rational(1, 10), q[j] < p[j]), Implies(gain(p[j], gamma) <= 1, q[j] < p[j])),
    main=True,
)
def commonest_suppressed(proof):
    """The two theorems above about letters of high probability."""
    for case, page in ((p[j] >= HALF, suppressed), (gain(p[j], gamma) <= 1, commonest)):
        proof.implication(case, proof.use(page, where=case))
