"""Three corrections: what the popular summary of the paper says, and is not so.

Source
    The popular summary of the paper, whose claims these are against; each has a witness here.
Statement
    One tiger among a million cows is never over-suppressed: of two classes the rarer is amplified at every gamma > 0.
    Raising gamma does not make the rarest item worse and worse: with P = (333, 333, 333, 1)/1000 the last class keeps less
    than 98 % of its share at gamma = 1, and gains at every gamma >= 25.
    The focal loss does not always raise the entropy: with 8 classes of weight 100, 800 of weight 1 and gamma = 3, the
    entropy of the minimizer is at least 0.28 nats below that of the data. It does raise the entropy, or keep it, whenever
    lambda <= 1.
Idea
    Where p takes two values, q takes two, a on one level and b on the other, and the masses leave one unknown. If a were at
    most a given number, then b at least another, and the two prices could not be equal. The entropy, as a function of a,
    falls where a > b. And where lambda <= 1, no letter that loses is rarer than one that gains, since psi exceeds lambda at
    every point before one where it is lambda or more. What is gained and what is lost is as much; so the mean of ln q over
    what is lost is no less than that over what is gained, and sum (q_i - p_i) ln q_i <= 0. Add p ln(q/p) <= q - p.
Trusted
    The mean value theorem (rule `monotone`), monotonicity of ln, exp and powers (rule `apply`), the balls that compare two
    slopes, two entropies and two logarithms (rule `constant`), and what the lemmas trust.
Not covered
    How far the entropy can fall (`entropy_drop`), and that it rises strictly unless Q* = P.
"""

from focal_symbolic.proofs.elementary import log_above, log_below
from focal_symbolic.proofs.high_suppression import no_dip_from_zero, rarer_of_two
from focal_symbolic.proofs.ordering import order, price
from focal_symbolic.proofs.over_suppression import ends
from focal_symbolic.proofs.uniqueness import slope_reverses
from sympy import Abs, Integer, Interval, Lt, Rational, diff, log, oo

from focal_symbolic.claims import levels, optimum, pmf, theorem
from focal_symbolic.definitions import cross_entropy, gain, gamma, loss, multiplier, p, q, slope, x
from focal_symbolic.language import NEVER, And, Eq, Ge, Le, array, i, j, k, mass, n, positive, real, total

HALF, EIGHTH, LOST, KEPT, ONE, THREE = (
    Rational(1, 2),
    Rational(1, 8),
    Rational(28, 100),
    Rational(98, 100),
    Integer(1),
    Integer(3),
)
t, u, v, z, mu, m, top = map(real, ("t", "u", "v", "z", "mu", "m", "M"))
r = array("r")
TIGER, FOUR, MANY = ((1, 10**6), (1, 1)), ((3, 333), (1, 1)), ((8, 100), (800, 1))
"""Two levels: (how many letters, weight) of each."""
POPULAR = "against the popular summary of the paper, "


def values(counts):
    """The probability of a letter, level by level."""
    whole = sum(count * weight for count, weight in counts)
    return tuple(Rational(weight, whole) for _, weight in counts)


def surprise(at):
    """The term of the entropy: -x ln x."""
    return at * loss(at, Integer(0))


def level_sum(proof, counts, family, function, focus):
    """«sum function(family_i) = c function(family_j) + c' function(family_k)», with j and k of the two levels.

    On each level function(family_i) is the affine function of p_i with these two values; that is summed.
    """
    (u, v), ((heads, _), (tails, _)) = values(counts), counts
    first, second = function(family[j]), function(family[k])
    affine = Eq(function(family[i]), second + (first - second) * (p[i] - v) / (u - v))
    branches = {}
    for at, value in ((j, u), (k, v)):
        case = Eq(p[i], value)
        with proof.suppose(case):
            equal = proof.combine(Eq(p[i], p[at]), {case: 1, Eq(p[at], value): 1})
            if family == q:
                equal = proof.transfer(proof.use(order, {j: at, gamma: focus}), equal)
            level = proof.rewrite(by=equal, shows=Eq(function(family[i]), function(family[at])))
            branches[case] = proof.combine(affine, {level: 1, case: (second - first) / (u - v)})
    sums = proof.sum(proof.either(branches))
    weights = {sums: 1, mass(p): (first - second) / (u - v), Eq(n, heads + tails): (u * second - v * first) / (u - v)}
    return proof.combine(Eq(sums.lhs, heads * first + tails * second), weights)


def level_masses(proof, counts, family, focus):
    """The masses of the two levels: c family_j + c' family_k = 1."""
    (heads, _), (tails, _) = counts
    sums = level_sum(proof, counts, family, lambda at: at, focus)
    return proof.combine(Eq(heads * family[j] + tails * family[k], 1), {sums: 1, mass(family): 1})


@theorem(
    "one tiger among a million cows is not over-suppressed at any gamma: its share grows",
    reference=POPULAR + "where the tiger is buried once gamma is high",
    over={gamma: Interval.open(0, oo), p: levels(*TIGER, at=(j, k)), (q, multiplier): optimum(p, gamma)},
    shows=q[k] > p[k],
    kind="witness",
    false="one tiger among a million cows is suppressed at some gamma",
    but=q[k] <= p[k],
)
def one_tiger(proof):
    """Of two classes the rarer gains."""
    level_masses(proof, TIGER, q, gamma)
    proof.use(rarer_of_two)


def head_above(proof, counts, low, focus, masses):
    """q_j > low: otherwise q_k is so large that p_j phi(q_j) > p_k phi(q_k)."""
    (heads, _), (tails, _) = counts
    (u, v), rest, small, pieces = values(counts), (1 - heads * low) / tails, q[j] <= low, {}
    with proof.suppose(small):
        large = proof.combine(rest <= q[k], {small: Rational(heads, tails), masses: Rational(1, tails)})
        for at, value, one, other, ordered in ((j, u, low, q[j], small), (k, v, q[k], rest, large)):
            own, orders = price(at).xreplace({gamma: focus}), proof.use(slope_reverses, {x: one, z: other, gamma: focus})
            level = Eq(value * slope(q[at], focus), multiplier)
            level = proof.combine(level, {own: 1, Eq(p[at], value): slope(q[at], focus)})
            pieces |= {proof.transfer(orders, ordered): value, level: 1}
        apart = proof.constant(Lt(v * slope(rest, focus), u * slope(low, focus), evaluate=False))
        never = proof.combine(NEVER, {apart: 1} | pieces)
    return proof.refute(small, never)


def between_levels(proof, counts):
    """v <= p_i <= u at every letter, v and u being the two values of p."""
    u, v = values(counts)
    for bound in (v <= p[i], p[i] <= u):
        branches = {Eq(p[i], value): proof.sign(bound, where=Eq(p[i], value)) for value in (u, v)}
        proof.every(proof.either(branches))


@theorem(
    "of 333, 333, 333, 1 in 1000 the last loses over 2 % at gamma = 1, and gains from gamma = 25 on",
    reference=POPULAR + "where raising gamma makes the rarest items worse and worse",
    over={p: levels(*FOUR, at=(j, k)), gamma: Interval(25, oo), (q, multiplier): optimum(p, ONE), (r, mu): optimum(p, gamma)},
    shows=And(q[k] < KEPT * p[k], r[k] > p[k]),
    kind="witness",
    false="with these classes the last loses 3 % at gamma = 1, and gains from gamma = 25 on",
    but=And(q[k] < Rational(97, 100) * p[k], r[k] > p[k]),
)
def raising_gamma(proof):
    """Two prices that could not be equal at gamma = 1; at gamma = 25 the entries are close to 1/4."""
    (u, v), own = values(FOUR), Eq(p[k], values(FOUR)[1])
    masses = level_masses(proof, FOUR, q, ONE)
    above = head_above(proof, FOUR, (1 - KEPT * v) / 3, ONE, masses)
    proof.combine(q[k] < KEPT * p[k], {above: 3, masses: 1, own: KEPT})
    between_levels(proof, FOUR)
    distance = proof.constant(Lt(log(u) - log(v), 24 * (Rational(1, 4) - v), evaluate=False))
    weights = {distance: 1, gamma >= 25: Rational(1, 4) - v, own: 1 - gamma}
    enough = proof.combine(log(u) - log(v) < (gamma - 1) * (Rational(1, 4) - p[k]), weights)
    proof.rewrite(enough, by=Eq(n, 4), shows=log(u) - log(v) < (gamma - 1) * (1 / n - p[k]))
    proof.use(ends, {q: (i, r[i]), multiplier: mu, m: v, top: u, j: k})


@theorem(
    "the focal loss can lower the entropy: 8 classes of weight 100, 800 of weight 1, gamma = 3, lose 0.28 nats",
    reference=POPULAR + "where the focal loss always raises the entropy",
    over={p: levels(*MANY, at=(j, k)), (q, multiplier): optimum(p, THREE)},
    shows=cross_entropy(q, q) < cross_entropy(p, p) - LOST,
    kind="witness",
    false="with these classes the entropy falls by 0.3 nats",
    but=cross_entropy(q, q) < cross_entropy(p, p) - Rational(3, 10),
)
def entropy_falls(proof):
    """The entropy of 8 heads of share t each falls for t > 1/808, and q_j > 7/100 > p_j."""
    (u, v), low, rest, inside = values(MANY), Rational(7, 100), (1 - 8 * t) / 800, (t > Rational(7, 100), t < EIGHTH)
    masses = level_masses(proof, MANY, q, THREE)
    head_above(proof, MANY, low, THREE, masses)
    proof.combine(q[j] < EIGHTH, {q[k] > 0: 100, masses: EIGHTH})
    curve = 8 * surprise(t) + 800 * surprise(rest)
    falls = proof.combine(diff(curve, t) < 0, {proof.apply(log, rest < t, where=inside): 8}, where=inside)
    less = proof.monotone(curve, along=t, start=low, end=q[j], rate=falls)
    share = proof.combine(Eq(q[k], (1 - 8 * q[j]) / 800), {masses: Rational(1, 800)})
    model, data = (level_sum(proof, MANY, family, surprise, THREE) for family in (q, p))
    model = proof.rewrite(model, by=share)
    data = proof.rewrite(proof.rewrite(data, by=Eq(p[j], u)), by=Eq(p[k], v))
    lost = proof.constant(Lt(curve.xreplace({t: low}), data.rhs - LOST, evaluate=False))
    proof.combine({less: 1, lost: 1, model: 1, data: 1})


# -- when the entropy does rise --------------------------------------------------------------------------------------------


def gibbs_term(proof):
    """p_i (ln q_i - ln p_i) <= q_i - p_i, from ln x <= x - 1 at q_i/p_i."""
    less, equal, more, ratio = q[i] < p[i], Eq(q[i], p[i]), p[i] < q[i], q[i] / p[i]
    bound = p[i] * (log(q[i]) - log(p[i])) <= q[i] - p[i]
    first = proof.combine(bound, {proof.use(log_above, {x: ratio}, where=less): p[i]}, where=less)
    second = proof.rewrite(by=equal, shows=bound, where=equal)
    third = proof.combine(bound, {proof.use(log_below, {x: 1 / ratio}, where=more): p[i]}, where=more)
    return proof.cases({less: first, equal: second, more: third})


def rarer_gain(proof):
    """Under q_i < q_k: psi(z) > 1 >= lambda for a small z, psi(q_k) >= lambda, and no dip between: q_i > p_i."""
    bound, steep = multiplier < gain(q[i], gamma), slope(q[i], gamma)
    start, left, right = no_dip_from_zero(proof, q[i], q[k])
    first = proof.combine(bound, {start: 1, left: 1, multiplier <= 1: 1}, where=left)
    second = proof.combine(bound, {right: 1, p[k] <= q[k]: slope(q[k], gamma), price(k): 1}, where=right)
    gains = proof.either({left: first, right: second})
    return proof.combine(p[i] < q[i], {gains: 1 / steep, price(i): 1 / steep})


def part(at, sign):
    """What a letter gains (sign 1), or loses (-1): 0 if it does the other."""
    return (Abs(q[at] - p[at]) + sign * (q[at] - p[at])) / 2


def no_part(proof, at, sign):
    """A letter that does not lose, or does not gain, has no such part."""
    gap = q[at] - p[at]
    with proof.suppose(q[at] <= p[at] if sign == 1 else p[at] <= q[at]):
        sides = [proof.sign(Le(side * gap, -sign * gap, evaluate=False)) for side in (1, -1)]
        size = proof.absolute(*sides, shows=Abs(gap) <= -sign * gap)
        proof.combine(part(at, sign) <= 0, {size: HALF})
        proof.combine(part(at, sign) >= 0, {-sign * gap <= Abs(gap): HALF})
        return proof.sign(Eq(part(at, sign), 0))


PAIR = part(k, 1) * part(i, -1) * (log(q[i]) - log(q[k])) >= 0


def no_crossing(proof):
    """A letter i that loses is no rarer than a letter k that gains: PAIR, at any two letters."""
    gains, loses = p[k] < q[k], q[i] < p[i]
    with proof.suppose(gains, loses):
        rarer = q[i] < q[k]
        with proof.suppose(rarer):
            never = proof.combine(NEVER, {rarer_gain(proof): 1, loses: 1})
        logs = proof.apply(log, proof.refute(rarer, never))
        for at, sign in ((k, 1), (i, -1)):
            proof.combine(part(at, sign) >= 0, {-sign * (q[at] - p[at]) <= Abs(q[at] - p[at]): HALF})
        both = proof.combine(PAIR, {logs: part(k, 1) * part(i, -1)})
    held = {p[i] <= q[i]: no_part(proof, i, -1), q[k] <= p[k]: no_part(proof, k, 1)}
    rest = log(q[i]) - log(q[k])
    shares = dict(zip(held, (part(k, 1), part(i, -1)), strict=True))
    one, other = (proof.combine(PAIR, {line: shares[case] * rest}, where=case) for case, line in held.items())
    with proof.suppose(gains):
        inner = proof.cases({loses: both, p[i] <= q[i]: one})
    return proof.cases({gains: inner, q[k] <= p[k]: other})


@theorem(
    "the focal loss does raise the entropy, or keep it, if lambda <= 1",
    reference=POPULAR + "where the focal loss always raises the entropy",
    over={gamma: Interval.open(0, oo), p: pmf, (q, multiplier): optimum(p, gamma)},
    where=multiplier <= 1,
    shows=cross_entropy(p, p) <= cross_entropy(q, q),
    false="the focal loss raises the entropy by 1 % if lambda <= 1",
    but=Rational(101, 100) * cross_entropy(p, p) <= cross_entropy(q, q),
    main=True,
)
def entropy_rises(proof):
    """The mean of ln q over what is lost is at least that over what is gained; and both are as much."""
    apart, shift = total(Abs(p[i] - q[i])), total((q[i] - p[i]) * log(q[i]))
    lost, gained = total(part(i, -1)), total(part(i, 1))
    logs = total(part(i, -1) * log(q[i])), total(part(i, 1) * log(q[i]))
    at_one = proof.combine(part(k, 1) * (logs[0] - log(q[k]) * lost) >= 0, {proof.sum(no_crossing(proof)): 1})
    with proof.suppose(Eq(u, logs[0]), Eq(v, lost)):
        weights = {at_one: 1, Eq(u, logs[0]): part(k, 1), Eq(v, lost): part(k, 1) * log(q[k])}
        at_one = proof.combine(part(k, 1) * (u - log(q[k]) * v) >= 0, weights)
        of_all = proof.combine(gained * u - logs[1] * v >= 0, {proof.sum(at_one, over=k): 1})
    of_all = proof.instance(of_all, {u: logs[0], v: lost})
    same = proof.combine(Eq(gained, lost), {mass(p): 1, mass(q): 1})
    half = proof.combine(Eq(lost, apart / 2), {mass(p): HALF, mass(q): HALF})
    weighted = proof.combine(apart * shift <= 0, {of_all: 2, same: 2 * logs[0], half: 2 * shift})
    some, none = positive(apart), Le(apart, 0, evaluate=False)
    first = proof.combine(shift <= 0, {weighted: 1 / apart}, where=some)
    with proof.suppose(none):
        size = proof.one_term(proof.sign(Ge(Abs(p[i] - q[i]), 0, evaluate=False)), at=i)
        for sign in (1, -1):
            proof.combine(sign * (q[i] - p[i]) <= 0, {size: 1, none: 1, sign * (q[i] - p[i]) <= Abs(p[i] - q[i]): 1})
        equal = proof.sign(Eq(q[i], p[i]))
        second = proof.combine(shift <= 0, {proof.sum(proof.combine((q[i] - p[i]) * log(q[i]) <= 0, {equal: log(q[i])})): 1})
    proof.combine({proof.cases({some: first, none: second}): 1, proof.sum(gibbs_term(proof)): 1, mass(p): 1, mass(q): 1})
