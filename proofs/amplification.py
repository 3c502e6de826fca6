"""Amplification: the ratio law, and why the amplified probabilities are a middle range: one interval, never empty.

Source
    Abstract: "the focal-loss amplifies mid-range probabilities".
Statement
    q_j / p_j = psi(q_j) / lambda. A letter is amplified, q_j > p_j, if and only if psi(p_j) > lambda. Between two points
    psi is larger than at one of them, so a letter between two that do not lose is amplified. The letters of the largest
    gain psi(p_j) are amplified, whatever P and gamma, unless all have the same gain. psi rises up to one point, which lies
    between e^(-2 (1 + gamma)) and 1/(2 + gamma), and falls from there: the largest gain is in the middle.
Idea
    psi' = gamma (1 - x)^(gamma - 2) h(x) with h(x) = (1 - gamma x) ln(1/x) - 2 (1 - x), and h(x)/(1 - x) falls strictly on
    (0, 1): the numerator of its derivative, h'(x)(1 - x) + h(x), rises to 0 at x = 1, since h'' > 0. Its sign at the two
    points follows from 1 - 1/x < ln x. Were psi(p_j) <= lambda for the largest gain, no letter would gain and one would lose.
Trusted
    The mean value theorem (rule `monotone`), the intermediate value theorem (rule `root`), monotonicity of exp (rule
    `apply`).
Not covered
    Countable alphabets. The step from the sign of h, which falls through 0 once, to psi, which then rises and falls.
    Numbers between which all p_j are amplified, from P and gamma alone: `without_the_minimizer` tells it letter by letter.
"""

from focal_symbolic.proofs.convexity import slope_falls
from focal_symbolic.proofs.elementary import log_below
from focal_symbolic.proofs.ordering import order, price
from focal_symbolic.proofs.uniqueness import entry, inverse, inverse_of_the_slope, slope_reverses
from sympy import Interval, Rational, diff, exp, oo

from focal_symbolic import definitions
from focal_symbolic.claims import letter, optimum, pmf, theorem
from focal_symbolic.claims.claim import Draws
from focal_symbolic.definitions import gain, gamma, multiplier, p, q, slope, x
from focal_symbolic.language import (
    NEVER,
    And,
    Eq,
    Equivalent,
    Every,
    ExistsUnique,
    Implies,
    Or,
    i,
    j,
    k,
    mass,
    positive,
    real,
    total,
)

t, u, v, y, z = map(real, ("t", "u", "v", "y", "z"))
HALF, EIGHTH = Rational(1, 2), Rational(1, 8)
PHRASE = "the focal-loss amplifies mid-range probabilities"
DATA = {p: pmf, (q, multiplier): optimum(p, gamma), j: letter}
OPTIMAL = {gamma: Interval.open(0, oo), **DATA}
STEPS = {x: Interval.open(0, 1), u: Interval.open(0, 1), v: Interval.open(0, 1)}
RATIO_LAW = Eq(q[j] * multiplier, p[j] * gain(q[j], gamma))


@theorem(
    "the factor q_j/p_j by which a letter is amplified is psi(q_j)/lambda",
    answers=PHRASE,
    over={gamma: Interval(0, oo), **DATA},
    shows=RATIO_LAW,
    false="the factor is psi(p_j)/lambda",
    but=Eq(q[j] * multiplier, p[j] * gain(p[j], gamma)),
)
def ratio_law(proof):
    """p_j phi(q_j) = lambda, times q_j."""
    proof.combine({price(j): q[j]})


def one_side(proof, low, high):
    """psi(p_j) on one side of lambda where p_j and q_j are ordered: phi falls from the smaller to the larger."""
    flatter = proof.use(slope_falls, {x: low, u: (high - low) / (1 - low)}, where=low < high)
    side = multiplier < gain(p[j], gamma) if low == p[j] else gain(p[j], gamma) < multiplier
    return proof.combine(side, {flatter: p[j], price(j): 1}, where=low < high)


def orders(proof):
    """Each order of p_j and q_j with that of psi(p_j) and lambda: lambda = p_j phi(q_j), psi(p_j) = p_j phi(p_j); phi falls."""
    above, below = one_side(proof, p[j], q[j]), one_side(proof, q[j], p[j])
    equal, at = Eq(q[j], p[j]), gain(p[j], gamma)
    level = proof.rewrite(price(j), by=equal, where=equal)
    level = proof.combine(Eq(at, multiplier), {level: 1}, where=equal)
    return {p[j] < q[j]: above, equal: level, q[j] < p[j]: below}


def compared(proof):
    """«q_j > p_j exactly when psi(p_j) > lambda, q_j < p_j exactly when psi(p_j) < lambda»."""
    at = gain(p[j], gamma)
    return proof.trichotomy(
        orders(proof), And(Equivalent(q[j] > p[j], at > multiplier), Equivalent(q[j] < p[j], at < multiplier))
    )


KEPT = Implies(Eq(q[j], p[j]), Eq(gain(p[j], gamma), multiplier))
SUPPRESSED = Implies(q[j] < p[j], gain(p[j], gamma) < multiplier)
CRITERION = And(Implies(q[j] > p[j], gain(p[j], gamma) > multiplier), KEPT, SUPPRESSED)


@theorem(
    "a letter is amplified only if psi(p_j) > lambda, kept only if they are equal, and suppressed only if psi(p_j) < lambda",
    answers=PHRASE,
    over=OPTIMAL,
    where=p[j] < 1,
    shows=CRITERION,
    false="a letter is amplified only where psi(p_j) falls short of lambda",
    but=And(Implies(q[j] > p[j], gain(p[j], gamma) < multiplier), KEPT, SUPPRESSED),
)
def criterion(proof):
    """Each order of q_j and p_j forces one of psi(p_j) and lambda; as these exclude each other, «only if» is «exactly if»."""
    for case, line in orders(proof).items():
        proof.implication(case, line)


def height(at):
    """h, at this gamma."""
    return definitions.height(at, gamma)


def quotient(at):
    """h(x)/(1 - x), which falls."""
    return height(at) / (1 - at)


@theorem(
    "h(x)/(1 - x) falls strictly on (0, 1), so h changes its sign once at most, from + to -",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), x: Interval.open(0, 1), v: Interval.open(0, 1)},
    shows=quotient(x + v * (1 - x)) < quotient(x),
    precision={x: (Rational(1, 100), HALF), v: (HALF, Rational(3, 4)), gamma: (HALF, 4)},
    false="h(x)/(1 - x) falls by 1 at every step",
    but=quotient(x + v * (1 - x)) < quotient(x) - 1,
)
def height_falls(proof):
    """w(t) = h'(t)(1 - t) + h(t) has the derivative h''(t)(1 - t) > 0 and vanishes at 1, so it is negative."""
    inside = u > 0, u < 1
    below = proof.monotone(diff(height(t), t) * (1 - t) + height(t), along=t, start=u, end=1, where=inside)
    falls = proof.combine(diff(quotient(u), u) < 0, {below: 1 / (1 - u) ** 2}, where=inside)
    proof.monotone(quotient(u), along=u, start=x, end=x + v * (1 - x), rate=falls)


middle = x + u * (1 - x)
"""A point y between x and 1; the point z lies between y and 1."""
far = middle + v * (1 - middle)
RATE = gamma * (1 - t) ** gamma / (1 - t) ** 2
"""psi'(t)/h(t)."""


@theorem(
    "psi rises up to any point where h is not negative",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), x: Interval.open(0, 1), u: Interval.open(0, 1)},
    where=height(middle) >= 0,
    shows=gain(x, gamma) < gain(middle, gamma),
    false="psi falls up to any point where h is not negative",
    but=gain(x, gamma) > gain(middle, gamma),
)
def rises(proof):
    """h(y) >= 0 makes h positive before y."""
    before = 0 < t, t < middle
    proof.sign(middle < 1)
    falls = proof.use(height_falls, {x: t, v: (middle - t) / (1 - t)}, where=before)
    up = {falls: 1 - t, height(middle) >= 0: (1 - t) / (1 - middle)}
    high = proof.combine(height(t) > 0, up, where=before)
    rate = proof.combine(diff(gain(t, gamma), t) > 0, {high: RATE}, where=before)
    proof.monotone(gain(t, gamma), along=t, start=x, end=middle, rate=rate)


@theorem(
    "psi falls beyond any point where h is negative",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), x: Interval.open(0, 1), u: Interval.open(0, 1)},
    where=height(x) < 0,
    shows=gain(middle, gamma) < gain(x, gamma),
    false="psi rises beyond any point where h is negative",
    but=gain(middle, gamma) > gain(x, gamma),
)
def falls(proof):
    """h(x) < 0 makes h negative beyond x."""
    beyond = x < t, t < 1
    falls = proof.use(height_falls, {v: (t - x) / (1 - x)}, where=beyond)
    low = proof.combine(height(t) < 0, {falls: 1 - t, height(x) < 0: (1 - t) / (1 - x)}, where=beyond)
    rate = proof.combine(diff(gain(t, gamma), t) < 0, {low: RATE}, where=beyond)
    proof.monotone(gain(t, gamma), along=t, start=x, end=middle, rate=rate)


@theorem(
    "between two points psi is larger than at one of them",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), **STEPS},
    shows=Or(gain(x, gamma) < gain(middle, gamma), gain(far, gamma) < gain(middle, gamma)),
    precision={x: (Rational(1, 10), EIGHTH), **dict.fromkeys((u, v), (HALF, 5 * EIGHTH)), gamma: (1, 3 * HALF)},
    false="psi rises from each point to the next",
    but=gain(x, gamma) < gain(middle, gamma),
)
def interval(proof):
    """Up to y where h(y) >= 0, beyond y where h(y) < 0."""
    first = proof.use(rises, where=height(middle) >= 0)
    second = proof.use(falls, {x: middle, u: v}, where=height(middle) < 0)
    proof.cases({height(middle) >= 0: first, height(middle) < 0: second}, shows=proof.goal)


FIRST, LAST = exp(-2 * (1 + gamma)), 1 / (2 + gamma)
"""Points where h is positive and where it is negative."""


@theorem(
    "h, which has the sign of psi', vanishes exactly once between e^(-2 (1 + gamma)) and 1/(2 + gamma)",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo)},
    shows=ExistsUnique(Eq(quotient(x), 0), (x, FIRST, LAST)),
    false="h vanishes exactly once between e^(-2 (1 + gamma)) and 1/(5 + gamma)",
    but=ExistsUnique(Eq(quotient(x), 0), (x, FIRST, 1 / (5 + gamma))),
)
def mode(proof):
    """h(a) = 2 gamma (1 - (1 + gamma) a) + 2 a > 0, since 1/a > 1 + 2 (1 + gamma); ln(1/b) < 1/b - 1 makes h(b) < 0."""
    proof.apply(exp, -2 * (1 + gamma) < 0)
    room = proof.use(log_below, {x: FIRST})
    rising = {room: gamma * FIRST / (1 - FIRST), positive(FIRST): 2 / (1 - FIRST), gamma > 0: (1 + FIRST) / (1 - FIRST)}
    start = proof.combine(quotient(FIRST) >= 0, rising)
    line = proof.use(log_below, {x: LAST})
    end = proof.combine(quotient(LAST) <= 0, {line: 2 / (1 + gamma)})
    ordered = proof.combine(FIRST <= LAST, {room: FIRST * LAST, positive(FIRST): (1 + gamma) * LAST})
    falls = proof.use(height_falls, {v: (v - x) / (1 - x)}, where=(0 < x, x < v, v < 1))
    proof.by("root", falls, start, end, ordered)


BETWEEN = p[i] < p[j], p[j] < p[k]


@theorem(
    "of three letters with p_i < p_j < p_k the middle one is amplified if the others do not lose: they form an interval",
    answers=PHRASE,
    over=OPTIMAL | {i: letter, k: letter},
    where=(*BETWEEN, q[i] >= p[i], q[k] >= p[k]),
    shows=q[j] > p[j],
    false="of three letters the middle one gains a tenth if the others do not lose",
    but=q[j] > Rational(11, 10) * p[j],
)
def middle_letter(proof):
    """lambda <= psi(q) at the letters i and k, and psi has no dip: it is larger at q_j, or q_j >= p_j by the price there."""
    for low, high in ((i, j), (j, k)):
        proof.transfer(proof.use(order, {i: high, j: low}), p[high] > p[low])
    proof.use(interval, {x: q[i], u: (q[j] - q[i]) / (1 - q[i]), v: (q[k] - q[j]) / (1 - q[j])})
    more, steep, branches = multiplier < gain(q[j], gamma), slope(q[j], gamma), {}
    for at in (i, k):
        larger = gain(q[at], gamma) < gain(q[j], gamma)
        weights = {larger: 1, q[at] >= p[at]: slope(q[at], gamma), price(at): 1}
        branches[larger] = proof.combine(more, weights, where=larger)
    proof.combine({proof.either(branches): 1 / steep, price(j): 1 / steep})


LESS = gain(p[i], gamma) <= gain(p[j], gamma)


def loses(proof, at):
    """Under psi(p_at) <= psi(p_j) <= lambda: phi(p_at) <= phi(q_at), so q_at <= p_at; strictly where psi(p_at) < psi(p_j)."""
    less = LESS if at == i else gain(p[k], gamma) < gain(p[j], gamma)
    own, model = slope(p[at], gamma), slope(q[at], gamma)
    weights = {less: 1 / p[at], gain(p[j], gamma) <= multiplier: 1 / p[at], price(at): 1 / p[at]}
    steeper = proof.combine(own <= model if at == i else own < model, weights)
    return proof.transfer(proof.use(slope_reverses, {x: p[at], z: q[at]}), steeper)


@theorem(
    "a letter with the largest gain psi(p_j) is amplified, if another letter has less",
    answers=PHRASE,
    over=OPTIMAL | {k: letter},
    where=(Every(LESS), gain(p[k], gamma) < gain(p[j], gamma)),
    shows=q[j] > p[j],
    false="a letter with the largest gain gains a tenth",
    but=q[j] > Rational(11, 10) * p[j],
)
def largest_gain(proof):
    """Were psi(p_j) <= lambda, no letter would gain and one would lose."""
    kept = gain(p[j], gamma) <= multiplier
    with proof.suppose(kept):
        sums = proof.sum(loses(proof, i), strict=loses(proof, k))
        never = proof.combine(NEVER, {sums: 1, mass(p): 1, mass(q): 1})
    more = proof.refute(kept, never)
    proof.transfer(compared(proof), more)


OFFER = entry(p[j] * slope(p[j], gamma))
"""phi^(-1)(psi(p_j)/p_i): what the multiplier psi(p_j) would give to a letter."""
SIDES = {p[j] < q[j]: total(OFFER) < 1, Eq(q[j], p[j]): Eq(total(OFFER), 1), q[j] < p[j]: total(OFFER) > 1}


def offers(proof, case, line):
    """The sum of the offers, from the order of psi(p_j) and lambda that the line says: phi(q_i) = lambda/p_i, phi falls."""
    paid = Eq(slope(OFFER, gamma), p[j] * slope(p[j], gamma) / p[i])
    with proof.suppose(case):
        if case.func == Eq:
            level = proof.combine(
                Eq(slope(q[i], gamma), p[j] * slope(p[j], gamma) / p[i]), {line: 1 / p[i], price(i): 1 / p[i]}
            )
            same = proof.rewrite(proof.use(inverse_of_the_slope, {x: q[i]}), by=level, shows=Eq(OFFER, q[i]))
            return proof.combine(SIDES[case], {proof.sum(same): 1, mass(q): 1})
        low, high = (OFFER, q[i]) if case == (p[j] < q[j]) else (q[i], OFFER)
        proof.use(inverse, {y: p[j] * slope(p[j], gamma) / p[i]})
        flatter = proof.combine(slope(high, gamma) < slope(low, gamma), {line: 1 / p[i], price(i): 1 / p[i], paid: 1})
        sums = proof.sum(proof.transfer(proof.use(slope_reverses, {x: high, z: low}), flatter))
        return proof.combine(SIDES[case], {sums: 1, mass(q): 1})


@theorem(
    "a letter is amplified only if the sum of phi^(-1)(psi(p_j)/p_i) is less than 1, kept only if it is 1, and suppressed only "
    "if it is more: a test in P and gamma alone",
    answers=PHRASE,
    over=OPTIMAL,
    where=p[j] < 1,
    shows=And(*(Implies(case, side) for case, side in SIDES.items())),
    fuzz=Draws(letters=4, gamma=(Rational(1, 100), Rational(100))),
    false="a letter is amplified only if the sum is less than 99/100",
    but=And(Implies(p[j] < q[j], total(OFFER) < Rational(99, 100)), *(Implies(*pair) for pair in list(SIDES.items())[1:])),
)
def without_the_minimizer(proof):
    """The multiplier psi(p_j) in place of lambda: on which side of lambda it is, the sum tells."""
    for case, line in orders(proof).items():
        proof.implication(case, offers(proof, case, line))


MIDDLE = Implies(p[i] < p[j], Implies(p[j] < p[k], Implies(q[i] >= p[i], Implies(q[k] >= p[k], q[j] > p[j]))))
LARGEST = Implies(Every(LESS), Implies(gain(p[k], gamma) < gain(p[j], gamma), q[j] > p[j]))


@theorem(
    "the focal loss amplifies a middle range: letters with psi(p_j) > lambda, an interval of them, those of the largest gain "
    "psi(p_j) always, and the mode of psi lies between e^(-2 (1 + gamma)) and 1/(2 + gamma)",
    answers=PHRASE,
    over=OPTIMAL | {i: letter, k: letter},
    where=Every(p[i] < 1),
    shows=And(*CRITERION.args, MIDDLE, LARGEST, mode.shows),
    false="the focal loss amplifies letters with psi(p_j) < lambda",
    but=And(*criterion.falsehood.goal.args, MIDDLE, LARGEST, mode.shows),
    main=True,
)
def amplified_in_the_middle(proof):
    """The theorems above."""
    proof.use(criterion)
    with proof.suppose(*BETWEEN, q[i] >= p[i]):
        line = proof.implication(q[k] >= p[k], proof.use(middle_letter, where=q[k] >= p[k]))
    with proof.suppose(*BETWEEN):
        line = proof.implication(q[i] >= p[i], line)
    with proof.suppose(BETWEEN[0]):
        line = proof.implication(BETWEEN[1], line)
    proof.implication(BETWEEN[0], line)
    less = gain(p[k], gamma) < gain(p[j], gamma)
    with proof.suppose(Every(LESS)):
        # psi(p_i) is defined, as 0 < p_i < 1
        gains = proof.combine(q[j] > p[j], {proof.use(largest_gain, where=less): 1, p[i] < 1: 0, p[i] > 0: 0}, where=less)
        line = proof.implication(less, gains)
    proof.implication(Every(LESS), line)
    proof.use(mode)
