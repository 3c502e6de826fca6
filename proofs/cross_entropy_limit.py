"""From the cross-entropy to the focal-entropy: monotone in gamma, and the first order at gamma = 0.

Source
    Abstract: "various asymptotic characterizations".
Statement
    H_gamma(P,Q) and the minimum H*_gamma(P) fall strictly in gamma. With q the minimizer at gamma and r that at
    gamma + h,  H_(gamma+h)(P,R) - H_gamma(P,R) <= H*_(gamma+h)(P) - H*_gamma(P) <= H_(gamma+h)(P,Q) - H_gamma(P,Q): divided by
    h, both ends tend to the partial derivative of H in gamma at the minimizer, which is the envelope formula.
    If 1/2 <= b < 1, every p_i <= b and gamma <= (1 - b)/(2 b), then |q_j - p_j| < 2 gamma p_j/(1 - b) and
    |q_j - p_j - gamma p_j (g(p_j) - sum p_i g(p_i))| < 7 gamma^2 p_j/(1 - b)^2.
Idea
    (1 - x)^(gamma + h) < (1 - x)^gamma; and each minimizer is a competitor at the other gamma. The first order: the ratio law
    lambda q_j = p_j psi(q_j), its sum lambda = sum p_i psi(q_i), and psi = 1 + gamma g up to gamma^2/(2 (1 - b)^2), since
    (1 - x)^gamma lies between two sums of its series. No q_j exceeds b (an entry above 1/2 does not gain), and
    |g'(x)| < 1/((1 - b) x) carries g from q_j to p_j.
Trusted
    The mean value theorem (rule `monotone`), monotonicity of powers (rule `apply`), and what the lemmas trust.
Not covered
    The limit in the envelope formula, which is stated as a bound for every h. The sharp constants in place of 2 and 7.
"""

from focal_symbolic.proofs.amplification import ratio_law
from focal_symbolic.proofs.continuity import loss_falls
from focal_symbolic.proofs.elementary import log_above, log_below
from focal_symbolic.proofs.high_suppression import gain_below_one, larger_before, pair_of_letters
from focal_symbolic.proofs.ordering import order, price
from focal_symbolic.proofs.over_suppression import power_above_tangent
from focal_symbolic.proofs.uniqueness import optimality
from sympy import Abs, Interval, Rational, diff, log, oo

from focal_symbolic.claims import above, letter, optimum, pmf, theorem
from focal_symbolic.claims.claim import Draws
from focal_symbolic.definitions import focal_entropy, g, gain, gamma, loss, multiplier, p, q, s, slope, x
from focal_symbolic.language import NEVER, And, Eq, Every, array, i, j, mass, positive, real, substitute, total

h, mu, t, v, y, b = map(real, ("h", "mu", "t", "v", "y", "b"))
r = array("r")
HALF = Rational(1, 2)
DRAWN = Draws(gamma=(Rational(1, 10**8), Rational(10)))
TWO_TIMES = {
    gamma: Interval(0, oo),
    h: Interval.open(0, oo),
    p: pmf,
    (q, multiplier): optimum(p, gamma),
    (r, mu): optimum(p, gamma + h),
}
PHRASE = "asymptotic characterizations"


@theorem(
    "the focal-entropy of a model that is sure of no letter falls strictly in gamma",
    answers=PHRASE,
    over={gamma: Interval(0, oo), h: Interval.open(0, oo), p: pmf, q: pmf},
    where=Every(q[i] < 1),
    shows=focal_entropy(p, q, gamma + h) < focal_entropy(p, q, gamma),
    false="the focal-entropy falls to less than half when gamma grows",
    but=2 * focal_entropy(p, q, gamma + h) < focal_entropy(p, q, gamma),
)
def entropy_falls(proof):
    """Every loss falls with gamma; summed with the weights p_i."""
    bound = p[i] * loss(q[i], gamma + h) < p[i] * loss(q[i], gamma)
    proof.sum(proof.combine(bound, {proof.use(loss_falls, {x: q[i]}): p[i]}))


def competes(proof, best, price, other, focus, replace=None):
    """H at the minimizer is at most H at the other pmf, at the same gamma."""
    conclusion = focal_entropy(p, best, focus) <= focal_entropy(p, other, focus)
    return proof.combine(conclusion, {proof.use(optimality, replace): 1, mass(other): price})


LATER_FIRST = {q: (i, r[i]), r: (i, q[i]), multiplier: mu, gamma: gamma + h}
"""The two minimizers exchanged."""
GAP = focal_entropy(p, r, gamma + h) - focal_entropy(p, q, gamma)
"""The change of the minimum."""
SIDES = (
    focal_entropy(p, r, gamma + h) - focal_entropy(p, r, gamma) <= GAP,
    GAP <= focal_entropy(p, q, gamma + h) - focal_entropy(p, q, gamma),
)


@theorem(
    "the minimum changes with gamma at least as H at the later minimizer, at most as at the earlier one",
    answers=PHRASE,
    over=TWO_TIMES,
    shows=And(*SIDES),
    kind="limit",
    fuzz=Draws(gamma=(Rational(1, 10**8), Rational(100))),
    false="the minimum changes at most as the entropy at the later minimizer",
    but=And(focal_entropy(p, r, gamma + h) - focal_entropy(p, r, gamma) >= GAP, SIDES[1]),
)
def envelope(proof):
    """Each minimizer competes at the other gamma."""
    proof.combine(SIDES[0], {competes(proof, q, multiplier, r, gamma): 1})
    proof.combine(SIDES[1], {competes(proof, r, mu, q, gamma + h, LATER_FIRST): 1})


@theorem(
    "the minimum focal-entropy falls strictly in gamma",
    answers=PHRASE,
    over=TWO_TIMES,
    shows=focal_entropy(p, r, gamma + h) < focal_entropy(p, q, gamma),
    false="the minimum focal-entropy falls to less than half when gamma grows",
    but=2 * focal_entropy(p, r, gamma + h) < focal_entropy(p, q, gamma),
)
def minimum_falls(proof):
    """The earlier minimizer competes, and its entropy falls."""
    proof.combine({competes(proof, r, mu, q, gamma + h, LATER_FIRST): 1, proof.use(entropy_falls): 1})


# -- the first-order term --------------------------------------------------------------------------------------------------

L = log(1 - x)
POWER_SIDES = 1 + gamma * L < (1 - x) ** gamma, (1 - x) ** gamma < 1 + gamma * L + (gamma * L) ** 2 / 2


@theorem(
    "(1 - x)^gamma lies between the first two sums of its series in gamma",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), x: Interval.open(0, 1)},
    shows=And(*POWER_SIDES),
    precision={x: (Rational(1, 10), Rational(9, 10)), gamma: (HALF, 4)},
    fuzz=DRAWN,
    false="(1 - x)^gamma lies between the first sum and the second with 49/100 in place of 1/2",
    but=And(POWER_SIDES[0], (1 - x) ** gamma < 1 + gamma * L + Rational(49, 100) * (gamma * L) ** 2),
)
def power_between(proof):
    """Above its tangent; the derivative in t of 1 + t L + (t L)^2/2 - (1 - x)^t is L (1 + t L - (1 - x)^t) > 0."""
    proof.use(power_above_tangent)
    curve = 1 + t * L + (t * L) ** 2 / 2 - (1 - x) ** t
    rises = proof.combine(diff(curve, t) > 0, {proof.use(power_above_tangent, {gamma: t}, where=t > 0): -L}, where=t > 0)
    proof.monotone(curve, along=t, start=0, end=gamma, rate=rises)


GAIN_REST = gain(x, gamma) - 1 - gamma * g(x)
GAIN_SIDES = gamma**2 * s(x) * L < GAIN_REST, GAIN_REST < (gamma * L) ** 2 / 2


@theorem(
    "psi(x) - 1 - gamma g(x) lies between gamma^2 s(x) ln(1 - x) and (gamma ln(1 - x))^2/2",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), x: Interval.open(0, 1)},
    shows=And(*GAIN_SIDES),
    kind="limit",
    precision={x: (Rational(1, 10), Rational(9, 10)), gamma: (HALF, 4)},
    fuzz=DRAWN,
    false="psi(x) is 1 + gamma ln(1 - x) up to the same terms",
    but=And(*(side.subs(GAIN_REST, gain(x, gamma) - 1 - gamma * L) for side in GAIN_SIDES)),
)
def gain_between(proof):
    """psi - 1 - gamma g = ((1 - x)^gamma - 1 - gamma L) + gamma s ((1 - x)^gamma - 1)."""
    proof.use(power_between)
    proof.combine(GAIN_SIDES[0], {POWER_SIDES[0]: 1 + gamma * s(x)})
    proof.combine(GAIN_SIDES[1], {POWER_SIDES[1]: 1, proof.apply("base", gamma > 0, 1 - x): gamma * s(x)})


ODDS = b / (1 - b)
RANGE_SIDES = 1 - gamma * ODDS < gain(x, gamma), gain(x, gamma) < 1 + gamma
UP_TO_B = {gamma: Interval.open(0, oo), b: Interval.open(0, 1), x: Interval.Lopen(0, b)}


def odds(proof):
    """x/(1 - x) <= b/(1 - b), and x < 1."""
    proof.combine(x < 1, {x <= b: 1, b < 1: 1})
    return proof.combine(x / (1 - x) <= ODDS, {x <= b: 1 / ((1 - x) * (1 - b))})


@theorem(
    "for x <= b < 1, psi(x) lies between 1 - gamma b/(1 - b) and 1 + gamma",
    answers=PHRASE,
    over=UP_TO_B,
    shows=And(*RANGE_SIDES),
    fuzz=DRAWN,
    false="for x <= b, psi(x) lies between 1 - gamma b/(1 - b) and 1 + gamma/10",
    but=And(RANGE_SIDES[0], gain(x, gamma) < 1 + gamma / 10),
)
def gain_range(proof):
    """(1 - x)^gamma > 1 + gamma ln(1 - x) > 1 - gamma x/(1 - x), and s(x) < 1."""
    ratio, line, more = odds(proof), proof.use(log_below, {x: 1 - x}), gamma * s(x) * (1 - x) ** gamma > 0
    proof.combine(RANGE_SIDES[0], {proof.use(power_above_tangent): 1, line: gamma, ratio: gamma, more: 1})
    power = proof.apply("base", gamma > 0, 1 - x)
    proof.combine(RANGE_SIDES[1], {power: 1 + gamma * s(x), proof.use(log_below): gamma * x / (1 - x)})


@theorem(
    "for 0 < x < y <= b < 1, g changes from x to y by less than (y/x - 1)/(1 - b)",
    answers=PHRASE,
    over={b: Interval.open(0, 1), y: Interval.Lopen(0, b), x: Interval.open(0, y)},
    shows=Abs(g(y) - g(x)) < (y - x) / (x * (1 - b)),
    false="for 0 < x < y <= b < 1, g changes from x to y by less than (y/x - 1)/5",
    but=Abs(g(y) - g(x)) < (y - x) / (5 * x),
)
def g_is_lipschitz(proof):
    """|g'(t)| < 1/((1 - b) t) on (0, b), from 1 - 1/t < ln t < t - 1; and ln(y/x) < (y - x)/x."""
    inside, scale, sides = (t > 0, t < b, t < 1), 1 / (1 - b), []
    quotient = proof.use(log_below, {x: x / y})
    lines = (1, log_below, 2 / (1 - t) ** 2), (-1, log_above, 1 / (t * (1 - t)))
    for sign, page, rest in lines:
        curve, line = sign * g(t) - scale * log(t), proof.use(page, {x: t}, where=inside)
        weights = {line: 1 / (1 - t) ** 2, t < b: 1 / (t * (1 - t) * (1 - b)), positive(1 - t): rest}
        falls = proof.combine(diff(curve, t) < 0, weights, where=inside)
        falls = proof.monotone(curve, along=t, start=x, end=y, rate=falls)
        sides.append(proof.combine(sign * (g(y) - g(x)) < scale * (y - x) / x, {falls: 1, quotient: scale}))
    proof.absolute(*sides)


def no_letter_loses(proof):
    """Under q_j > 1/2 and q_j > p_j, p_i <= q_i at every letter, by the order of q_i and q_j."""
    rarer, equal, commoner, held = q[i] < q[j], Eq(q[i], q[j]), q[j] < q[i], p[j] < q[j]
    proof.use(gain_below_one, {x: q[j]})
    gains = proof.use(larger_before, {x: q[j], v: q[i] / q[j]}, where=rarer)
    steep = slope(q[i], gamma)
    weights = {gains: 1 / steep, held: slope(q[j], gamma) / steep, price(i): 1 / steep, price(j): 1 / steep}
    first = proof.combine(p[i] <= q[i], weights, where=rarer)
    level = proof.transfer(proof.use(order), equal, where=equal)
    second = proof.combine(p[i] <= q[i], {held: 1, level: 1, equal: 1}, where=equal)
    pair = pair_of_letters(proof, q, j, i)
    never = proof.combine(NEVER, {pair: 1, commoner: 1, q[j] > HALF: 2}, where=commoner)
    return proof.cases({rarer: first, equal: second, commoner: never})


@theorem(
    "an entry of the minimizer above 1/2 is at most the probability of its letter",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), p: pmf, (q, multiplier): optimum(p, gamma), j: letter},
    where=q[j] > HALF,
    shows=q[j] <= p[j],
    false="an entry of the minimizer above 1/2 is at most 99/100 of it",
    but=q[j] <= Rational(99, 100) * p[j],
)
def large_entry(proof):
    """If it were more, no letter would lose, and one would gain."""
    with proof.suppose(p[j] < q[j]):
        sums = proof.sum(no_letter_loses(proof), strict=p[j] < q[j])
        never = proof.combine(NEVER, {sums: 1, mass(p): 1, mass(q): 1})
    proof.refute(p[j] < q[j], never)


@theorem(
    "a bound of the data, at least 1/2, bounds the minimizer",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), p: pmf, (q, multiplier): optimum(p, gamma), b: above(p), j: letter},
    where=b >= HALF,
    shows=q[j] <= b,
    false="half the bound of the data, plus 1/4, bounds the minimizer",
    but=q[j] <= b / 2 + Rational(1, 4),
)
def capped(proof):
    """q_i <= 1/2 <= b, or q_i <= p_i <= b."""
    high, low = q[j] > HALF, q[j] <= HALF
    first = proof.combine({proof.use(large_entry, where=high): 1, p[j] <= b: 1}, where=high)
    proof.cases({high: first, low: proof.combine({low: 1, b >= HALF: 1}, where=low)})


REST_BOUND = gamma**2 / (2 * (1 - b) ** 2)


@theorem(
    "for x <= b < 1, psi(x) is 1 + gamma g(x) up to gamma^2/(2 (1 - b)^2)",
    answers=PHRASE,
    over=UP_TO_B,
    shows=Abs(GAIN_REST) < REST_BOUND,
    kind="limit",
    fuzz=DRAWN,
    false="for x <= b, psi(x) is 1 + gamma ln(1 - x) up to gamma^2/(2 (1 - b)^2)",
    but=Abs(gain(x, gamma) - 1 - gamma * L) < REST_BOUND,
)
def gain_rest(proof):
    """-s L < b/(1 - b) and L^2 < (b/(1 - b))^2, since -L < x/(1 - x) and s < 1."""
    ratio = odds(proof)
    deep = proof.combine(-L < ODDS, {proof.use(log_below, {x: 1 - x}): 1, ratio: 1})
    share = proof.combine(s(x) < 1, {proof.use(log_below): x / (1 - x)})
    proof.use(gain_between)
    scale, square, room = REST_BOUND, positive((1 - b) ** 2 + b**2), positive(1 - b**2)
    low = proof.combine(-GAIN_REST < scale, {GAIN_SIDES[0]: 1, share: -(gamma**2) * L, deep: gamma**2, square: scale})
    high = proof.combine(GAIN_REST < scale, {GAIN_SIDES[1]: 1, deep: gamma**2 * (ODDS - L) / 2, room: scale})
    proof.absolute(high, low)


CAPPED = {p: pmf, b: above(p), (q, multiplier): optimum(p, gamma)}
SMALL = (1 - b) / (2 * b)
NEAR_ZERO = {gamma: Interval.Lopen(0, SMALL), **CAPPED, j: letter}


def gain_sides(proof, at):
    """1 - gamma b/(1 - b) < psi(q_at) < 1 + gamma, and the ratio law."""
    proof.use(capped, {j: at})
    proof.use(gain_range, {x: q[at]})
    return proof.use(ratio_law, {j: at}), *(substitute(side, {x: q[at]}) for side in RANGE_SIDES)


MULTIPLIER_SIDES = 1 - gamma * ODDS < multiplier, multiplier < 1 + gamma


@theorem(
    "with 1/2 <= b < 1 and every p_i <= b, lambda lies between 1 - gamma b/(1 - b) and 1 + gamma",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), **CAPPED},
    where=(b >= HALF, b < 1),
    shows=And(*MULTIPLIER_SIDES),
    kind="limit",
    fuzz=DRAWN,
    false="lambda lies between 1 and 1 + gamma",
    but=And(1 < multiplier, MULTIPLIER_SIDES[1]),
)
def multiplier_range(proof):
    """lambda = sum p_i psi(q_i)."""
    ratio, low, high = gain_sides(proof, i)
    below = proof.combine(p[i] * (1 - gamma * ODDS) < multiplier * q[i], {low: p[i], ratio: 1})
    proof.combine(MULTIPLIER_SIDES[0], {proof.sum(below): 1, mass(p): 1 - gamma * ODDS, mass(q): multiplier})
    above = proof.combine(multiplier * q[i] < p[i] * (1 + gamma), {high: p[i], ratio: 1})
    proof.combine(MULTIPLIER_SIDES[1], {proof.sum(above): 1, mass(p): 1 + gamma, mass(q): multiplier})


CLOSE_SIDES = tuple(Abs(q[j] - p[j]) < 2 * gamma * share / (1 - b) for share in (p[j], q[j]))


@theorem(
    "with 1/2 <= b < 1 and every p_i <= b, |q_j - p_j| is less than 2 gamma/(1 - b) times p_j or q_j, "
    "for gamma <= (1 - b)/(2 b)",
    answers=PHRASE,
    over=NEAR_ZERO,
    where=(b >= HALF, b < 1),
    shows=And(*CLOSE_SIDES),
    kind="limit",
    false="for such gamma |q_j - p_j| is less than gamma times p_j or q_j",
    but=And(*(Abs(q[j] - p[j]) < gamma * share for share in (p[j], q[j]))),
)
def entries_close(proof):
    """lambda (q_j - p_j) = p_j (psi - lambda) and psi (q_j - p_j) = q_j (psi - lambda), and lambda and psi exceed 1/2."""
    ratio, low, high = gain_sides(proof, j)
    proof.use(multiplier_range)
    (least, most), room = MULTIPLIER_SIDES, gamma <= SMALL
    for value, bound, share in ((multiplier, least, p[j]), (gain(q[j], gamma), low, q[j])):
        half = proof.combine(2 * value > 1, {bound: 2, room: 2 * ODDS})
        part, rest, limit = share / value, gamma * share / ((1 - b) * value), 2 * gamma * share / (1 - b)
        up = proof.combine(q[j] - p[j] < limit, {high: part, least: part, half: rest, ratio: 1 / value})
        down = proof.combine(p[j] - q[j] < limit, {low: part, most: part, half: rest, ratio: 1 / value})
        proof.absolute(up, down, shows=Abs(q[j] - p[j]) < limit)


SMALL_SHIFT = 2 * gamma / (1 - b) ** 2


@theorem(
    "with 1/2 <= b < 1 and every p_i <= b, |g(q_j) - g(p_j)| is less than 2 gamma/(1 - b)^2, for gamma <= (1 - b)/(2 b)",
    answers=PHRASE,
    over=NEAR_ZERO,
    where=(b >= HALF, b < 1),
    shows=Abs(g(q[j]) - g(p[j])) < SMALL_SHIFT,
    kind="limit",
    false="for such gamma |g(q_j) - g(p_j)| is less than gamma/10",
    but=Abs(g(q[j]) - g(p[j])) < gamma / 10,
)
def g_close(proof):
    """|g(q_j) - g(p_j)| < (y/x - 1)/(1 - b), with x the smaller of q_j and p_j, and y/x - 1 < 2 gamma/(1 - b)."""
    proof.use(capped)
    proof.use(entries_close)
    branches, equal = {}, Eq(q[j], p[j])
    for low, high, near in ((p[j], q[j], CLOSE_SIDES[0]), (q[j], p[j], CLOSE_SIDES[1])):
        with proof.suppose(low < high):
            scale, gap = 1 / (low * (1 - b)), high - low <= Abs(q[j] - p[j])
            branches[low < high] = proof.combine({proof.use(g_is_lipschitz, {x: low, y: high}): 1, gap: scale, near: scale})
    level = proof.combine(Abs(g(p[j]) - g(p[j])) < SMALL_SHIFT, {SMALL_SHIFT > 0: 1})
    proof.cases(branches | {equal: proof.rewrite(level, by=equal, shows=proof.goal, where=equal)})


FIRST_ORDER = q[j] - p[j] - gamma * p[j] * (g(p[j]) - total(p[i] * g(p[i])))


def mean_rest(proof):
    """|lambda - 1 - gamma sum p_i g(q_i)| < gamma^2/(2 (1 - b)^2), side by side."""
    proof.use(capped, {j: i})
    ratio, rest, sides = proof.use(ratio_law, {j: i}), proof.use(gain_rest, {x: q[i]}), []
    own = substitute(GAIN_REST, {x: q[i]})
    for sign in (1, -1):
        value = sign * (multiplier * q[i] - p[i] - gamma * p[i] * g(q[i]))
        term = proof.combine(value < p[i] * REST_BOUND, {rest: p[i], sign * own <= Abs(own): p[i], ratio: 1})
        mean = sign * (multiplier - 1 - gamma * total(p[i] * g(q[i]))) < REST_BOUND
        sides.append(proof.combine(mean, {proof.sum(term): 1, mass(p): REST_BOUND + sign, mass(q): multiplier}))
    return sides


def mean_shift(proof):
    """|sum p_i (g(q_i) - g(p_i))| < 2 gamma/(1 - b)^2, side by side."""
    close, shift, sides = proof.use(g_close, {j: i}), g(q[i]) - g(p[i]), []
    for sign in (1, -1):
        term = proof.combine(sign * p[i] * shift < p[i] * SMALL_SHIFT, {close: p[i], sign * shift <= Abs(shift): p[i]})
        mean = sign * (total(p[i] * g(q[i])) - total(p[i] * g(p[i]))) < SMALL_SHIFT
        sides.append(proof.combine(mean, {proof.sum(term): 1, mass(p): SMALL_SHIFT}))
    return sides


FIRST_ERROR = 7 * gamma**2 * p[j] / (1 - b) ** 2


@theorem(
    "with 1/2 <= b < 1 and every p_i <= b, q_j is p_j + gamma p_j (g(p_j) - mean of g) up to "
    "7 gamma^2 p_j/(1 - b)^2, for gamma <= (1 - b)/(2 b)",
    answers=PHRASE,
    over=NEAR_ZERO,
    where=(b >= HALF, b < 1),
    shows=Abs(FIRST_ORDER) < FIRST_ERROR,
    kind="limit",
    false="q_j = p_j + gamma p_j g(p_j) up to 7 gamma^2 p_j/(1 - b)^2",
    but=Abs(q[j] - p[j] - gamma * p[j] * g(p[j])) < FIRST_ERROR,
)
def first_order(proof):
    """With lambda q_j = p_j psi(q_j), the remainder is a sum of five, of which one is (lambda - 1)(q_j - p_j)."""
    means, shifts = mean_rest(proof), mean_shift(proof)
    proof.use(capped)
    ratio, rest, shift = proof.use(ratio_law), proof.use(gain_rest, {x: q[j]}), proof.use(g_close)
    proof.use(entries_close)
    proof.use(multiplier_range)
    reach = gamma / (1 - b)
    proof.combine(multiplier - 1 < reach, {MULTIPLIER_SIDES[1]: 1, b > 0: reach})
    proof.combine(1 - multiplier < reach, {MULTIPLIER_SIDES[0]: 1, gamma > 0: 1})
    gap, change, own, sides = q[j] - p[j], g(q[j]) - g(p[j]), substitute(GAIN_REST, {x: q[j]}), []
    for sign, mean, moved in ((1, means[1], shifts[1]), (-1, means[0], shifts[0])):
        up, down = ((reach - side * sign * (multiplier - 1)) / 2 for side in (1, -1))
        weights = {rest: p[j], sign * own <= Abs(own): p[j], mean: p[j], CLOSE_SIDES[0]: reach, ratio: 1}
        weights |= {gap <= Abs(gap): up, -gap <= Abs(gap): down, moved: gamma * p[j]}
        weights |= {shift: gamma * p[j], sign * change <= Abs(change): gamma * p[j]}
        sides.append(proof.combine(sign * FIRST_ORDER < FIRST_ERROR, weights))
    proof.absolute(*sides)


@theorem(
    "with 1/2 <= b < 1 and every p_i <= b, q_j is p_j + gamma p_j (g(p_j) - mean of g) up to 7 gamma^2 p_j/(1 - b)^2 for gamma "
    "<= (1 - b)/(2 b), and the minimum is less at every larger gamma",
    answers=PHRASE,
    over={gamma: Interval.Lopen(0, SMALL), h: Interval.open(0, oo), **CAPPED, (r, mu): optimum(p, gamma + h), j: letter},
    where=(b >= HALF, b < 1),
    shows=And(minimum_falls.shows, first_order.shows),
    kind="limit",
    false="q_j is p_j + gamma p_j g(p_j) up to the same bound, and the minimum is less at every larger gamma",
    but=And(minimum_falls.shows, first_order.falsehood.goal),
    main=True,
)
def cross_entropy_limit(proof):
    """The minimum at both gammas, and the first order at gamma = 0."""
    proof.use(minimum_falls)
    proof.use(first_order)
