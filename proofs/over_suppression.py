"""Over-suppression: when the rarest letters are diminished further, and by how much at most.

Source
    Abstract: "induces an over-suppression regime in which very small probabilities are further diminished".
Statement
    At every gamma > 0 a rarest letter is suppressed under extreme imbalance: if no p_i exceeds M, 2 gamma sqrt(p_j) <= psi(M)
    - 1 suffices; so does 4 sqrt(p_j) <= M (ln(1/M) - 2) if M <= 1/(2 (1 + gamma)). lambda sum 1/phi(q_i) = 1, and lambda sum
    q_i/psi(q_i) = 1. lambda > 1 if and only if sum phi^(-1)(1/p_i) > 1. If lambda > 1, every letter with 2 gamma sqrt(p_j) <=
    lambda - 1 is suppressed: q_j < p_j. If lambda <= 1, every letter with p_j < 1/8 and 2 (1 + gamma) p_j <= 1 is amplified.
    So small letters are suppressed if and only if lambda > 1. The factor q_j/p_j tends to 1/lambda as p_j falls to 0: 1 +
    gamma ln(1 - q_j) < lambda q_j/p_j < 1 + 2 gamma sqrt(q_j), whence q_j < (1 + 2 gamma) p_j/lambda. A letter with psi(q_j)
    > 1, such as any with q_j as small as that, keeps more than the share 1/lambda. And raising gamma far enough ends it: a
    letter rarer than 1/n is amplified once (gamma - 1)(1/n - p_j) > ln(M/m).
Idea
    psi(x) <= 1 + gamma x ln(1/x)/(1 - x) < 1 + 2 gamma sqrt(x), by ln y > 1 - 1/y at y = sqrt(x); and
    (1 - x)^gamma > 1 + gamma ln(1 - x) makes psi(x) > 1 for x < e^(-2) with 2 (1 + gamma) x <= 1. phi(q_i) = lambda/p_i is on
    one side of 1/p_i at every letter, and phi falls, so q_i is on the other side of phi^(-1)(1/p_i). psi has no dip, so
    psi(p_j) < psi(M) makes every commoner letter gain more than the rarest: if that did not lose, no letter would.
Trusted
    The mean value theorem (rule `monotone`), the intermediate value and continuous inverse theorems (through
    `uniqueness/inverse`), monotonicity of powers (rule `apply`), the ball that shows ln 8 > 2.
Not covered
    Countable alphabets: see `infinite_over_suppression`.
"""

from focal_symbolic.proofs.amplification import compared, interval
from focal_symbolic.proofs.elementary import log_below
from focal_symbolic.proofs.ordering import order, price
from focal_symbolic.proofs.uniform_limit import BOUNDED, RANGE, close, m, top
from focal_symbolic.proofs.uniqueness import entry, inverse, slope_reverses
from sympy import Abs, Gt, Integer, Interval, Rational, log, oo, sqrt

from focal_symbolic.claims import commonest, letter, optimum, pmf, rarest, theorem
from focal_symbolic.claims.claim import Draws
from focal_symbolic.definitions import gain, gamma, multiplier, p, q, s, slope, x
from focal_symbolic.language import NEVER, And, Eq, Equivalent, Every, Implies, i, j, k, mass, n, real, total

t, u, v, y, z = map(real, "tuvyz")
HALF, EIGHTH = Rational(1, 2), Rational(1, 8)
PHRASE = "over-suppression regime"
OPTIMAL = {gamma: Interval.open(0, oo), p: pmf, (q, multiplier): optimum(p, gamma)}
UNITS = Eq(multiplier * total(1 / slope(q[i], gamma)), 1), Eq(multiplier * total(q[i] / gain(q[i], gamma)), 1)


@theorem(
    "lambda is 1 over the sum of 1/phi(q_i), and 1 over the sum of q_i/psi(q_i)",
    answers=PHRASE,
    over=OPTIMAL,
    shows=And(*UNITS),
    false="lambda is the sum of 1/phi(q_i)",
    but=And(Eq(multiplier, total(1 / slope(q[i], gamma))), UNITS[1]),
)
def multiplier_as_a_sum(proof):
    """p_i = lambda / phi(q_i) = lambda q_i / psi(q_i), summed."""
    for share, unit in zip((1 / slope(q[i], gamma), q[i] / gain(q[i], gamma)), UNITS, strict=True):
        term = proof.combine(Eq(p[i], multiplier * share), {price(i): share})
        proof.combine(unit, {proof.sum(term): 1, mass(p): 1})


ENTRY = entry(Integer(1))
"""phi^(-1)(1/p_i): what the multiplier 1 would give to a letter."""


def entry_against(proof, low, high):
    """«phi(high) < phi(low) if and only if low < high», for q_i and the entry, and «phi(ENTRY) = 1/p_i»."""
    proof.use(inverse, {y: 1 / p[i]})
    return proof.use(slope_reverses, {x: high, z: low}), Eq(slope(ENTRY, gamma), 1 / p[i])


def against_entry(proof, low, high, side):
    """low < high, for q_i and the entry: lambda < 1 makes phi(q_i) < 1/p_i = phi(entry), lambda > 1 the reverse."""
    orders, value = entry_against(proof, low, high)
    weights = {side: 1 / p[i], price(i): 1 / p[i], value: 1}
    return proof.transfer(orders, proof.combine(slope(high, gamma) < slope(low, gamma), weights, where=side))


def on_entry(proof):
    """lambda = 1 makes phi(q_i) = 1/p_i = phi(entry), so neither is smaller."""
    branches, unit = {}, Eq(multiplier, 1)
    for low, high in ((ENTRY, q[i]), (q[i], ENTRY)):
        with proof.suppose(low < high):
            orders, value = entry_against(proof, low, high)
            flatter = proof.transfer(orders, low < high)
            branches[low < high] = proof.combine(NEVER, {flatter: 1, price(i): 1 / p[i], value: 1, unit: 1 / p[i]}, where=unit)
    equal = Eq(ENTRY, q[i])
    return proof.cases(branches | {equal: proof.given(equal)})


@theorem(
    "at any letter phi^(-1)(1/p_i) is less than q_i, equal to it or more exactly when lambda is less than 1, 1 or more",
    answers=PHRASE,
    over=OPTIMAL | {i: letter},
    shows=And(
        Equivalent(ENTRY < q[i], multiplier < 1),
        Equivalent(Eq(ENTRY, q[i]), Eq(multiplier, 1)),
        Equivalent(ENTRY > q[i], multiplier > 1),
    ),
    false="lambda is less than 1 exactly when phi^(-1)(1/p_i) is more than q_i",
    but=And(
        Equivalent(ENTRY > q[i], multiplier < 1),
        Equivalent(Eq(ENTRY, q[i]), Eq(multiplier, 1)),
        Equivalent(ENTRY < q[i], multiplier > 1),
    ),
)
def entry_and_multiplier(proof):
    """phi falls, so q_i lies on the other side of the entry."""
    low, high = multiplier < 1, multiplier > 1
    orders = {low: against_entry(proof, ENTRY, q[i], low), Eq(multiplier, 1): on_entry(proof)}
    proof.trichotomy(orders | {high: against_entry(proof, q[i], ENTRY, high)})


@theorem(
    "lambda exceeds 1 exactly when the sum of phi^(-1)(1/p_i) does, a test that needs no minimizer",
    answers=PHRASE,
    over=OPTIMAL,
    shows=Equivalent(multiplier > 1, total(ENTRY) > 1),
    false="lambda exceeds 1 exactly when that sum exceeds 11/10",
    but=Equivalent(multiplier > 1, total(ENTRY) > Rational(11, 10)),
)
def multiplier_above_one(proof):
    """phi falls, so q_i lies on the other side of the entry at every letter, and these sum to 1."""
    proof.use(entry_and_multiplier)
    orders = {}
    for side, line, goal in (
        (multiplier < 1, ENTRY < q[i], total(ENTRY) < 1),
        (Eq(multiplier, 1), Eq(ENTRY, q[i]), Eq(total(ENTRY), 1)),
        (multiplier > 1, ENTRY > q[i], total(ENTRY) > 1),
    ):
        term = proof.transfer(Equivalent(line, side), side, where=side)
        orders[side] = proof.combine(goal, {proof.sum(term): 1, mass(q): 1})
    proof.trichotomy(orders)


@theorem(
    "psi(x) is less than 1 + 2 gamma sqrt(x), here at x = y^2",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), y: Interval.open(0, 1)},
    shows=gain(y**2, gamma) < 1 + 2 * gamma * y,
    false="psi(x) is less than 1 + gamma sqrt(x) / 4",
    but=gain(y**2, gamma) < 1 + gamma * y / 4,
)
def gain_bound(proof):
    """(1 - x)^gamma < 1, and s(x) < 2 sqrt(x) by ln y > 1 - 1/y at y = sqrt(x)."""
    power, line = proof.apply("power", 1 - y**2 < 1, gamma), proof.use(log_below, {x: y})
    share = 2 * gamma * y**2 / (1 - y**2)
    proof.combine({power: 1 + gamma * s(y**2), line: share, y > 0: 2 * gamma * y / (1 + y)})


@theorem(
    "(1 - x)^gamma lies above its tangent at gamma = 0",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), x: Interval.open(0, 1)},
    shows=(1 - x) ** gamma > 1 + gamma * log(1 - x),
    precision={x: (Rational(1, 100), Rational(9, 10)), gamma: (Rational(1, 10), 4)},
    false="(1 - x)^gamma lies above that line by gamma x / 100",
    but=(1 - x) ** gamma > 1 + gamma * log(1 - x) + gamma * x / 100,
)
def power_above_tangent(proof):
    """The derivative in gamma of the difference, ln(1 - x) ((1 - x)^gamma - 1), is positive."""
    curve = (1 - x) ** t - 1 - t * log(1 - x)
    power = proof.apply("base", t > 0, 1 - x, where=t > 0)
    rises = proof.combine(curve.diff(t) > 0, {power: -log(1 - x)}, where=t > 0)
    proof.monotone(curve, along=t, start=0, end=gamma, rate=rises)


@theorem(
    "psi(x) exceeds 1 for x < 1/8 with 2 (1 + gamma) x <= 1",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), x: Interval.open(0, EIGHTH)},
    where=2 * (1 + gamma) * x <= 1,
    shows=gain(x, gamma) > 1,
    false="psi(x) exceeds 1 + gamma/100 there",
    but=gain(x, gamma) > 1 + gamma / 100,
)
def rare_gain(proof):
    """(1 - x)^gamma > 1 - a with a = gamma x/(1 - x) < 1/2, and ln(1/x) > 2."""
    tangent, line = proof.use(power_above_tangent), proof.use(log_below, {x: 1 - x})
    eight, eighth = proof.constant(Gt(log(8), 2, evaluate=False)), proof.apply(log, x < EIGHTH)
    a = gamma * x / (1 - x)
    half = proof.combine(2 * a < 1, {2 * (1 + gamma) * x <= 1: 1 / (1 - x), x > 0: 1 / (1 - x)})
    share = 1 - a * log(x)
    proof.combine({tangent: share, line: share * gamma, eight: a * (1 - a), eighth: a * (1 - a), half: a})


@theorem(
    "if lambda > 1, every letter with 2 gamma sqrt(p_j) <= lambda - 1 is suppressed",
    answers=PHRASE,
    over=OPTIMAL | {j: letter},
    where=(p[j] < 1, 2 * gamma * sqrt(p[j]) <= multiplier - 1),
    shows=q[j] < p[j],
    fuzz=Draws(letters=20, gamma=(HALF, Integer(5))),
    false="if lambda > 1, every such letter loses a tenth of its share",
    but=q[j] < Rational(9, 10) * p[j],
)
def suppressed(proof):
    """psi(p_j) < 1 + 2 gamma sqrt(p_j) <= lambda."""
    proof.apply("power", p[j] < 1, HALF)
    bound = proof.use(gain_bound, {y: sqrt(p[j])})
    less = proof.combine(gain(p[j], gamma) < multiplier, {bound: 1, 2 * gamma * sqrt(p[j]) <= multiplier - 1: 1})
    proof.transfer(compared(proof), less)


@theorem(
    "if lambda <= 1, every letter with p_j < 1/8 and 2 (1 + gamma) p_j <= 1 is amplified",
    answers=PHRASE,
    over=OPTIMAL | {j: letter},
    where=(p[j] < EIGHTH, 2 * (1 + gamma) * p[j] <= 1, multiplier <= 1),
    shows=q[j] > p[j],
    false="if lambda <= 1, every such letter doubles its share",
    but=q[j] > 2 * p[j],
)
def amplified(proof):
    """psi(p_j) > 1 >= lambda."""
    more = proof.combine(gain(p[j], gamma) > multiplier, {proof.use(rare_gain, {x: p[j]}): 1, multiplier <= 1: 1})
    proof.transfer(compared(proof), more)


@theorem(
    "a letter with psi(q_j) > 1 keeps more than the share 1/lambda of its probability",
    answers=PHRASE,
    over=OPTIMAL | {gamma: Interval(0, oo), j: letter},
    where=gain(q[j], gamma) > 1,
    shows=p[j] < multiplier * q[j],
    false="such a letter keeps more than the share 1/lambda^2",
    but=p[j] < multiplier**2 * q[j],
)
def floor(proof):
    """lambda q_j = p_j psi(q_j)."""
    proof.combine({gain(q[j], gamma) > 1: p[j], price(j): q[j]})


@theorem(
    "a letter rarer than 1/n is amplified once (gamma - 1)(1/n - p_j) exceeds ln(M/m): raising gamma ends it",
    reference="against the popular summary of the paper, where raising gamma makes the rarest items worse and worse",
    over={gamma: Interval.open(1, oo), **BOUNDED, j: letter},
    where=RANGE < (gamma - 1) * (1 / n - p[j]),
    shows=q[j] > p[j],
    fuzz=Draws(gamma=(Rational(30), Rational(10**4))),
    false="such a letter triples its share",
    but=q[j] > 3 * p[j],
)
def ends(proof):
    """q_j >= 1/n - ln(M/m)/(gamma - 1) > p_j."""
    side, enough = 1 / n - q[j] <= Abs(q[j] - 1 / n), RANGE < (gamma - 1) * (1 / n - p[j])
    proof.combine({proof.use(close): 1, side: 1, enough: 1 / (gamma - 1)})


LOW_SIDE = p[j] * (1 + gamma * log(1 - q[j])) < multiplier * q[j]
HIGH_SIDE = multiplier * q[j] < p[j] * (1 + 2 * gamma * sqrt(q[j]))


@theorem(
    "lambda q_j/p_j lies between 1 + gamma ln(1 - q_j) and 1 + 2 gamma sqrt(q_j): it tends to 1 as q_j to 0",
    answers=PHRASE,
    over=OPTIMAL | {j: letter},
    shows=And(LOW_SIDE, HIGH_SIDE),
    kind="limit",
    false="lambda q_j/p_j lies between 1 and 1 + 2 gamma sqrt(q_j)",
    but=And(p[j] < multiplier * q[j], HIGH_SIDE),
)
def factor_of_a_rare_letter(proof):
    """lambda q_j = p_j psi(q_j), with psi(q) < 1 + 2 gamma sqrt(q) and psi(q) > (1 - q)^gamma > 1 + gamma ln(1 - q)."""
    proof.apply("power", q[j] < 1, HALF)
    proof.combine(HIGH_SIDE, {proof.use(gain_bound, {y: sqrt(q[j])}): p[j], price(j): q[j]})
    line, rest = proof.use(power_above_tangent, {x: q[j]}), proof.sign(gain(q[j], gamma) > (1 - q[j]) ** gamma)
    proof.combine(LOW_SIDE, {line: p[j], rest: p[j], price(j): q[j]})


SMALL = 2 * gamma * sqrt(p[j]) <= multiplier - 1
REST = -log(x) - 2
"""ln(1/x) - 2."""


@theorem(
    "psi(x) exceeds 1 + gamma x (ln(1/x) - 2)/2 for ln(1/x) >= 2 and 2 (1 + gamma) x <= 1",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), x: Interval.open(0, 1)},
    where=(REST >= 0, 2 * (1 + gamma) * x <= 1),
    shows=1 + gamma * x * REST / 2 < gain(x, gamma),
    false="psi(x) exceeds 1 + gamma x ln(1/x) there",
    but=1 - gamma * x * log(x) < gain(x, gamma),
)
def gain_of_a_rare_letter(proof):
    """(1 - x)^gamma > 1 - a and gamma s = -a ln(x), a = gamma x/(1 - x) < 1/2, psi > 1 + a (ln(1/x) - 2)/2; a > gamma x."""
    tangent, line = proof.use(power_above_tangent), proof.use(log_below, {x: 1 - x})
    a = gamma * x / (1 - x)
    half = proof.combine(2 * a < 1, {2 * (1 + gamma) * x <= 1: 1 / (1 - x), x > 0: 1 / (1 - x)})
    share = 1 - a * log(x)
    weights = {tangent: share, line: share * gamma, half: -a * log(x) / 2, REST >= 0: gamma * x**2 / (1 - x) / 2}
    proof.combine(weights)


RISES = 2 * gamma * sqrt(p[j]) <= gain(p[k], gamma) - 1
"""psi(p_j) < 1 + 2 gamma sqrt(p_j) is below psi(p_k)."""


def gains_more(proof, at):
    """psi(p_j) < psi(p_at) where p_j < p_at <= p_k: psi has no dip between p_j and p_k."""
    proof.apply("power", p[j] < 1, HALF)
    low = proof.combine(gain(p[j], gamma) < gain(p[k], gamma), {proof.use(gain_bound, {y: sqrt(p[j])}): 1, RISES: 1})
    if at == k:
        return low
    more, inside, level = gain(p[j], gamma) < gain(p[at], gamma), p[at] < p[k], Eq(p[at], p[k])
    with proof.suppose(inside):
        steps = {x: p[j], u: (p[at] - p[j]) / (1 - p[j]), v: (p[k] - p[at]) / (1 - p[at])}
        proof.use(interval, steps)
        left, right = more, gain(p[k], gamma) < gain(p[at], gamma)
        between = proof.either({left: proof.given(left), right: proof.combine(more, {right: 1, low: 1}, where=right)})
    return proof.cases({inside: between, level: proof.rewrite(low, by=level, shows=more, where=level)})


def commoner_gains(proof, at):
    """Under p_j <= q_j: lambda <= psi(p_j) < psi(p_at), so p_at < q_at, where p_j < p_at or at k."""
    with proof.suppose(p[j] <= q[j], *(() if at == k else (p[j] < p[at],))):
        flat = proof.transfer(proof.use(slope_reverses, {x: q[j], z: p[j]}), p[j] <= q[j])
        weights = {gains_more(proof, at): 1 / p[at], flat: p[j] / p[at], price(at): 1 / p[at], price(j): 1 / p[at]}
        steeper = proof.combine(slope(q[at], gamma) < slope(p[at], gamma), weights)
        return proof.transfer(proof.use(slope_reverses, {x: q[at], z: p[at]}), steeper)


RAREST_AND_COMMONEST = {j: rarest(p), k: commonest(p)}
IMBALANCED = OPTIMAL | RAREST_AND_COMMONEST


@theorem(
    "a rarest letter with 2 gamma sqrt(p_j) <= psi(M) - 1 is suppressed, M being the largest probability",
    answers=PHRASE,
    over=IMBALANCED,
    where=(p[k] < 1, RISES),
    shows=q[j] < p[j],
    fuzz=Draws(letters=6, gamma=(Rational(1, 10), Integer(1))),
    false="such a letter loses a tenth of its share",
    but=q[j] < Rational(9, 10) * p[j],
)
def rarest_suppressed(proof):
    """If p_j <= q_j, no letter loses and a commoner one gains: both masses cannot be 1."""
    commoner, equal, held = p[j] < p[i], Eq(p[j], p[i]), p[j] <= q[j]
    level = proof.transfer(proof.use(order, {i: j, j: i}), equal, where=equal)
    level = proof.combine(p[i] <= q[i], {held: 1, level: 1, equal: 1}, where=(equal, held))
    terms = proof.cases({commoner: commoner_gains(proof, i), equal: level})
    sums = proof.sum(terms, strict=commoner_gains(proof, k))
    proof.refute(held, proof.combine(NEVER, {sums: 1, mass(p): 1, mass(q): 1}))


ENOUGH = 2 * (1 + gamma) * p[k] <= 1, 4 * sqrt(p[j]) <= p[k] * REST.xreplace({x: p[k]})
"""No letter is common, and the rarest is rare enough: the second condition is free of gamma."""


@theorem(
    "at every gamma > 0 a rarest letter with 4 sqrt(p_j) <= M (ln(1/M) - 2) is suppressed, "
    "if M, the largest probability, is at most 1/(2 (1 + gamma))",
    answers=PHRASE,
    over=IMBALANCED,
    where=ENOUGH,
    shows=q[j] < p[j],
    fuzz=Draws(letters=30, gamma=(Rational(1, 10**8), Integer(2))),
    false="such a letter loses a tenth of its share",
    but=q[j] < Rational(9, 10) * p[j],
)
def extreme_imbalance(proof):
    """psi(M) - 1 > gamma M (ln(1/M) - 2)/2 >= 2 gamma sqrt(p_j)."""
    bound, rest = ENOUGH[1], REST.xreplace({x: p[k]})
    proof.combine(rest > 0, {bound: 1 / p[k], sqrt(p[j]) > 0: 4 / p[k]})
    proof.combine(RISES.lhs < RISES.rhs, {proof.use(gain_of_a_rare_letter, {x: p[k]}): 1, bound: gamma / 2})
    proof.use(rarest_suppressed)


@theorem(
    "small letters are suppressed if lambda > 1 and amplified if lambda <= 1; lambda > 1 exactly when sum phi^(-1)(1/p_i) > 1",
    answers=PHRASE,
    over=OPTIMAL | {j: letter},
    where=(p[j] < EIGHTH, 2 * (1 + gamma) * p[j] <= 1),
    shows=And(multiplier_above_one.shows, Implies(SMALL, q[j] < p[j]), Implies(multiplier <= 1, q[j] > p[j])),
    false="small letters double their share if lambda <= 1",
    but=And(multiplier_above_one.shows, Implies(SMALL, q[j] < p[j]), Implies(multiplier <= 1, q[j] > 2 * p[j])),
)
def small_letters(proof):
    """The test of lambda, and what either side of 1 does to small letters."""
    proof.use(multiplier_above_one)
    for case, page in ((SMALL, suppressed), (multiplier <= 1, amplified)):
        proof.implication(case, proof.use(page, where=case))


@theorem(
    "lambda exceeds 1 if psi(p_i) > 1 at every letter, as it does if no letter is common",
    answers=PHRASE,
    over=OPTIMAL,
    where=Every(gain(p[i], gamma) > 1),
    shows=multiplier > 1,
    false="lambda exceeds 1 + gamma/100 if psi(p_i) > 1 at every letter",
    but=multiplier > 1 + gamma / 100,
)
def no_common_letter(proof):
    """Were lambda <= 1 < psi(p_i), every letter would gain."""
    low = multiplier <= 1
    with proof.suppose(low):
        steeper = proof.combine(
            slope(q[i], gamma) < slope(p[i], gamma), {gain(p[i], gamma) > 1: 1 / p[i], price(i): 1 / p[i], low: 1 / p[i]}
        )
        gains = proof.sum(proof.transfer(proof.use(slope_reverses, {x: q[i], z: p[i]}), steeper))
        never = proof.combine(NEVER, {gains: 1, mass(p): 1, mass(q): 1})
    proof.refute(low, never)


OVER = RANGE < (gamma - 1) * (1 / n - p[j])
"""Gamma is so large that Q* is nearly uniform."""
BEGINS, ENDS = Implies(ENOUGH[0], Implies(ENOUGH[1], q[j] < p[j])), Implies(OVER, q[j] > p[j])


@theorem(
    "at every gamma > 0 a rarest letter is suppressed under extreme imbalance: if the largest p_k <= 1/(2 (1 + gamma)) and "
    "4 sqrt(p_j) <= p_k (ln(1/p_k) - 2); it is amplified once (gamma - 1)(1/n - p_j) > ln(M/m)",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), **BOUNDED, **RAREST_AND_COMMONEST},
    where=top > 0,
    shows=And(BEGINS, ENDS),
    fuzz=Draws(letters=30, gamma=(Rational(1, 10**8), Integer(100))),
    false="at every gamma > 0 a rarest letter triples its share once (gamma - 1)(1/n - p_j) > ln(M/m)",
    but=And(BEGINS, Implies(OVER, q[j] > 3 * p[j])),
    main=True,
)
def over_suppression_regime(proof):
    """The two theorems above; gamma > 1 in the second, since p_j <= 1/n and M >= m."""
    with proof.suppose(ENOUGH[0]):
        begins = proof.implication(ENOUGH[1], proof.use(extreme_imbalance, where=ENOUGH[1]))
    proof.implication(ENOUGH[0], begins)
    proof.combine(p[j] <= 1 / n, {proof.sum(p[j] <= p[i]): 1 / n, mass(p): 1 / n})
    wide = proof.combine(RANGE >= 0, {proof.apply(log, m <= p[j]): 1, proof.apply(log, p[j] <= top): 1})
    with proof.suppose(OVER):
        early = gamma <= 1
        proof.refute(early, proof.combine(NEVER, {OVER: 1, wide: 1, early: 1 / n - p[j]}, where=early))
        ended = proof.use(ends)
    proof.implication(OVER, ended)
