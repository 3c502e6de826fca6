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
    falls where a > b. And where lambda <= 1, let k be the commonest of the letters that do not lose: every rarer one gains,
    since psi(q_i) exceeds psi(q_k) or 1, so (q_i - p_i)(ln q_k - ln q_i) >= 0; sum that, with p ln(q/p) <= q - p.
Trusted
    The mean value theorem (rule `monotone`), monotonicity of ln, exp and powers (rule `apply`), the balls that compare two
    slopes, two entropies and two logarithms (rule `constant`), and what the lemmas trust.
Not covered
    That the minimizer is majorized by the data whenever lambda <= 1, and how far the entropy can fall. That there is such a k:
    of finitely many letters one is the commonest, and both masses are 1, so some letter does not lose.
"""

from focal_symbolic.proofs.high_suppression import no_dip_from_zero
from focal_symbolic.proofs.ordering import ORDER, price_of
from focal_symbolic.proofs.uniqueness import ORDER as SLOPES
from sympy import Integer, Le, Lt, Rational, diff, log

from focal_symbolic.claim import Claim, Draws, HardSet, Letter, Levels, Number, Optimum, Pmf, Result, Twin
from focal_symbolic.definitions import cross_entropy, gain, gamma, loss, multiplier, p, q, slope, x
from focal_symbolic.language import And, Eq, Equivalent, Every, Or, array, i, j, k, mass, n, real, substitute, total

HALF, EIGHTH, LOST, THREE = Rational(1, 2), Rational(1, 8), Rational(28, 100), Integer(3)
t, z, mu, m, top = map(real, ("t", "z", "mu", "m", "M"))
r = array("r")
TIGER = Levels(p, ((1, 10**6), (1, 1)), (j, k))
FOUR = Levels(p, ((3, 333), (1, 1)), (j, k))
MANY = Levels(p, ((8, 100), (800, 1)), (j, k))
POPULAR = "against the popular summary of the paper, "


def surprise(at):
    """The term of the entropy: -x ln x."""
    return at * loss(at, Integer(0))


def price(at, focus):
    """The condition of optimality at a letter, at a value of gamma."""
    return price_of(at).xreplace({gamma: focus})


def level_sum(d, witness, family, function, focus, known=(), inside=(), ends=()):
    """The steps «sum function(family_i) = c function(family_j) + c' function(family_k)», with j and k of the two levels.

    On each level function(family_i) is the affine function of p_i with these two values; that is summed.
    """
    letters, (u, v) = witness.letters, witness.values
    levels = Or(*(Eq(p[i], value) for value in witness.values))
    here = d("each", levels, d.suppose(Every(levels)), at=i)
    first, second = (function(family[letter]) for letter in letters)
    affine = Eq(function(family[i]), second + (first - second) * (p[i] - v) / (u - v))
    branches = []
    for letter, value, other in zip(letters, witness.values, (ends[1:], ends[:1]), strict=True):
        case, own = d.suppose(Eq(p[i], value), Eq(p[letter], value))
        equal = d("combination", Eq(p[i], p[letter]), case, own, weights=(1, -1))
        if family == q:
            step = {j: letter, gamma: focus}
            order = d.lemma(ORDER.name, substitute(ORDER.claim.goal, step), *known, replace=step)
            order = d("part", Equivalent(Eq(p[i], p[letter]), Eq(q[i], q[letter])), order)
            equal = d("transfer", Eq(q[i], q[letter]), order, equal)
        zero = d("sign", Eq(0, 0, evaluate=False))
        level = d("rewrite", Eq(function(family[i]), function(family[letter])), equal, zero, *inside)
        branches.append(d("combination", affine, level, case, *other, weights=(1, (second - first) / (u - v))))
    term = d("either", affine, here, *branches)
    sums = d("sum_terms", Eq(total(affine.lhs), total(affine.rhs)), term, over=i)
    counted = sum(count * function(family[letter]) for (count, _), letter in zip(witness.levels, letters, strict=True))
    weights = (1, (first - second) / (u - v), (u * second - v * first) / (u - v))
    size = d.suppose(Eq(n, witness.size))
    return d("combination", Eq(total(affine.lhs), counted), sums, d.suppose(mass(p)), size, weights=weights)


def level_masses(d, witness, family, focus, known=()):
    """The masses of the two levels: c family_j + c' family_k = 1."""
    sums = level_sum(d, witness, family, lambda at: at, focus, known)
    (heads, _), (tails, _) = witness.levels
    unit = Eq(heads * family[j] + tails * family[k], 1)
    return d("combination", unit, sums, d.suppose(mass(family)), weights=(-1, 1))


def two_masses(d):
    data = level_masses(d, TIGER, p, gamma)
    model = level_masses(d, TIGER, q, gamma, known=(d.suppose(gamma > 0),))
    rare = d("sign", Lt(TIGER.values[1], HALF, evaluate=False))
    rare = d("combination", p[k] < HALF, rare, d.suppose(Eq(p[k], TIGER.values[1])), weights=(1, -1))
    d.lemma("high_suppression/two-classes", d.goal, data, model, rare)


ONE_TIGER = Result(
    claim=Claim(
        name="corrections/one-tiger",
        statement="one tiger among a million cows is not over-suppressed at any gamma: its share grows",
        source="own",
        reference=POPULAR + "where the tiger is buried once gamma is high",
        variables=(Number(gamma, 0, low_open=True), TIGER, Optimum(q, multiplier, p, gamma)),
        goal=q[k] > p[k],
        kind="witness",
    ),
    derivation=two_masses,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("one tiger among a million cows is suppressed at some gamma", q[k] <= p[k]),
)


def head_above(d, witness, low, focus, masses):
    """q_j > low: otherwise q_k is so large that p_j phi(q_j) > p_k phi(q_k)."""
    (heads, _), (tails, _) = witness.levels
    (u, v), rest = witness.values, (1 - heads * low) / tails
    small, goal = d.suppose(q[j] <= low), low < q[j]
    large = d("combination", rest <= q[k], small, masses, weights=(Rational(heads, tails), Rational(1, tails)))
    prices, orders = [], []
    for letter, value, one, other, ordered in ((j, u, low, q[j], small), (k, v, q[k], rest, large)):
        positive, less, own = d.letters(letter, q[i] > 0, q[i] < 1, price(i, focus))
        steep = slope(q[letter], focus)
        level = Eq(value * steep, multiplier)
        known = d.suppose(Eq(p[letter], value))
        prices.append(d("combination", level, own, known, weights=(1, -steep)))
        step = {x: one, z: other, gamma: focus}
        both = d.lemma(SLOPES.name, substitute(SLOPES.claim.goal, step), positive, less, replace=step)
        compared = slope(one, focus) <= slope(other, focus)
        orders.append(d("transfer", compared, d("part", Equivalent(compared, other <= one), both), ordered))
    apart = d("constant", Lt(v * slope(rest, focus), u * slope(low, focus), evaluate=False))
    never = d("combination", Lt(0, 0, evaluate=False), apart, *orders, *prices, weights=(1, u, v, -1, 1))
    return d("cases", goal, d.suppose(goal), d("absurd", goal, never), on=(goal, q[j] <= low))


def between_levels(d, witness):
    """v <= p_i <= u at every letter, v and u being the two values of p."""
    u, v = witness.values
    levels = Or(*(Eq(p[i], value) for value in witness.values))
    here = d("each", levels, d.suppose(Every(levels)), at=i)
    first, second = d.suppose(*(Eq(p[i], value) for value in witness.values))
    lower = d("weaken", v <= p[i], d("sign", v < p[i], first)), d("combination", v <= p[i], second, weights=(1,))
    upper = d("combination", p[i] <= u, first, weights=(-1,)), d("weaken", p[i] <= u, d("sign", p[i] < u, second))
    sides = (v <= p[i], lower), (p[i] <= u, upper)
    return [d("every", Every(bound), d("either", bound, here, *cases)) for bound, cases in sides]


def buried_then_raised(d):
    (u, v), low = FOUR.values, (1 - KEPT * FOUR.values[1]) / 3
    masses = level_masses(d, FOUR, q, ONE)
    above, own = head_above(d, FOUR, low, ONE, masses), d.suppose(Eq(p[k], v))
    buried = d("combination", q[k] < KEPT * p[k], above, masses, own, weights=(3, -1, KEPT))
    limits = between_levels(d, FOUR)
    distance = d("constant", Lt(log(u) - log(v), 24 * (Rational(1, 4) - v), evaluate=False))
    size, focus = d.suppose(Eq(n, 4), gamma >= 25)
    enough = d(
        "combination",
        log(u) - log(v) < (gamma - 1) * (Rational(1, 4) - p[k]),
        distance,
        focus,
        own,
        weights=(1, Rational(1, 4) - v, 1 - gamma),
    )
    enough = d("rewrite", log(u) - log(v) < (gamma - 1) * (1 / n - p[k]), size, enough)
    step = {q: (i, r[i]), multiplier: mu, m: v, top: u, j: k}
    raised = d.lemma("over_suppression/ends", r[k] > p[k], *limits, enough, focus, replace=step)
    d("conjunction", d.goal, buried, raised)


KEPT, ONE = Rational(98, 100), Integer(1)
RAISED = Result(
    claim=Claim(
        name="corrections/raising",
        statement="of 333, 333, 333, 1 in 1000 the last loses over 2 % at gamma = 1, and gains from gamma = 25 on",
        source="own",
        reference=POPULAR + "where raising gamma makes the rarest items worse and worse",
        variables=(FOUR, Number(gamma, 25), Optimum(q, multiplier, p, ONE), Optimum(r, mu, p, gamma)),
        goal=And(q[k] < KEPT * p[k], r[k] > p[k]),
        kind="witness",
    ),
    derivation=buried_then_raised,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "with these classes the last loses 3 % at gamma = 1, and gains from gamma = 25 on",
        And(q[k] < Rational(97, 100) * p[k], r[k] > p[k]),
    ),
)


def entropy_of_heads(share):
    """The entropy of 8 letters with the given share each and 800 that divide the rest."""
    return 8 * surprise(share) + 800 * surprise((1 - 8 * share) / 800)


def entropy_lost(d):
    low = Rational(7, 100)
    masses = level_masses(d, MANY, q, THREE)
    above = head_above(d, MANY, low, THREE, masses)
    floor, rest = d.suppose(t > low, t < EIGHTH)
    crossed = d("sign", (1 - 8 * t) / 800 < t, floor)
    logarithm = d("apply", log((1 - 8 * t) / 800) < log(t), crossed, rest, function="log")
    curve = entropy_of_heads(t)
    falls = d("combination", diff(curve, t) < 0, logarithm, weights=(8,))
    tail = d.letters(k, q[i] > 0)
    end = d("combination", q[j] < EIGHTH, tail, masses, weights=(100, Rational(-1, 8)))
    less = d("monotone", curve.xreplace({t: q[j]}) < curve.xreplace({t: low}), falls, above, end, function=curve, variable=t)
    model_ends = d.letters(j, q[i] > 0), tail
    model = level_sum(d, MANY, q, surprise, THREE, inside=(d.letters(i, q[i] > 0),), ends=model_ends)
    share = d("combination", Eq(q[k], (1 - 8 * q[j]) / 800), masses, weights=(Rational(1, 800),))
    model = d("rewrite", Eq(total(surprise(q[i])), curve.xreplace({t: q[j]})), share, model, tail)
    data_ends = tuple(d.letters(letter, p[i] > 0) for letter in (j, k))
    data = level_sum(d, MANY, p, surprise, THREE, ends=data_ends)
    entropy = 8 * surprise(p[j]) + 800 * surprise(p[k])
    for letter, value in zip((j, k), MANY.values, strict=True):
        entropy = entropy.xreplace({p[letter]: value})
        data = d("rewrite", Eq(total(surprise(p[i])), entropy), d.suppose(Eq(p[letter], value)), data)
    loss_of = d("constant", Lt(curve.xreplace({t: low}), entropy - LOST, evaluate=False))
    d("combination", d.goal, less, loss_of, model, data, weights=(1, 1, -1, 1))


ENTROPY = Result(
    claim=Claim(
        name="corrections/entropy-falls",
        statement="the focal loss can lower the entropy: 8 classes of weight 100, 800 of weight 1, gamma = 3, lose 0.28 nats",
        source="own",
        reference=POPULAR + "where the focal loss always raises the entropy",
        variables=(MANY, Optimum(q, multiplier, p, THREE)),
        goal=cross_entropy(q, q) < cross_entropy(p, p) - LOST,
        kind="witness",
    ),
    derivation=entropy_lost,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("with these classes the entropy falls by 0.3 nats", cross_entropy(q, q) < cross_entropy(p, p) - Rational(3, 10)),
)


# -- when the entropy does rise --------------------------------------------------------------------------------------------


def gibbs_term(d):
    """p_i (ln q_i - ln p_i) <= q_i - p_i, from ln x <= x - 1 at q_i/p_i."""
    weight, positive = d.letters(i, p[i] > 0, q[i] > 0)
    sides = p[i] * (log(q[i]) - log(p[i])), q[i] - p[i]
    bound = sides[0] <= sides[1]
    less, equal, more = d.suppose(q[i] < p[i], Eq(q[i], p[i]), p[i] < q[i])
    ratio = q[i] / p[i]
    line = d.lemma("elementary/log-above", log(ratio) < ratio - 1, less, positive, replace={x: ratio})
    first = d("weaken", bound, d("combination", sides[0] < sides[1], line, positive, weights=(p[i],)))
    zero = d("sign", Le(0, 0, evaluate=False))
    second = d("rewrite", bound, equal, zero, weight)
    line = d.lemma("elementary/log-below", log(1 / ratio) > 1 - ratio, more, weight, replace={x: 1 / ratio})
    third = d("weaken", bound, d("combination", sides[0] < sides[1], line, weight, weights=(p[i],)))
    return d("cases", bound, first, second, third, on=(q[i] < p[i], Eq(q[i], p[i]), p[i] < q[i]))


def rarer_gain(d):
    """Under q_i < q_k: psi(z) > 1 >= lambda for a small z, psi(q_k) >= lambda, and no dip between: q_i > p_i."""
    focus, low, held, rarer = d.suppose(gamma > 0, multiplier <= 1, p[k] <= q[k], q[i] < q[k])
    positive, own = d.letters(i, q[i] > 0, price_of(i))
    top, end, price_k = d.letters(k, p[i] > 0, q[i] < 1, price_of(i))
    start, between, (left, right) = no_dip_from_zero(d, q[i], q[k], focus, rarer, end, positive)
    bound = multiplier < gain(q[i], gamma)
    first = d("combination", bound, start, left, low, weights=(1, 1, 1))
    second = d("combination", bound, right, held, price_k, top, focus, end, weights=(1, slope(q[k], gamma), 1))
    gains = d("either", bound, between, first, second)
    steep = slope(q[i], gamma)
    return d("combination", p[i] < q[i], gains, own, positive, focus, rarer, end, weights=(1 / steep, -1 / steep))


def single_crossing(d):
    """(q_i - p_i)(ln q_k - ln q_i) >= 0 at every letter."""
    positive, tail = d.letters(i, q[i] > 0), d.letters(k, q[i] > 0)
    bound = (q[i] - p[i]) * (log(q[k]) - log(q[i])) >= 0
    gains = rarer_gain(d)
    rarer, equal, commoner = d.suppose(q[i] < q[k], Eq(q[i], q[k]), q[k] < q[i])
    rise = d("apply", log(q[i]) < log(q[k]), rarer, positive, function="log")
    first = d("weaken", bound, d("sign", (q[i] - p[i]) * (log(q[k]) - log(q[i])) > 0, gains, rise))
    zero = d("sign", Le(0, 0, evaluate=False))
    second = d("rewrite", bound, equal, zero, positive)
    rise = d("apply", log(q[k]) < log(q[i]), commoner, tail, function="log")
    held = Or(q[i] <= q[k], q[i] <= p[i])
    held = d("each", held, d.suppose(Every(held)), at=i)
    never = d("combination", Lt(0, 0, evaluate=False), commoner, d.suppose(q[i] <= q[k]), weights=(1, 1))
    loses = d("either", q[i] <= p[i], held, d("absurd", q[i] <= p[i], never), d.suppose(q[i] <= p[i]))
    third = d("sign", bound, loses, rise)
    return d("cases", bound, first, second, third, on=(q[i] < q[k], Eq(q[i], q[k]), q[k] < q[i]))


def entropy_gained(d):
    """-q_i ln q_i + p_i ln p_i >= (p_i - q_i)(ln q_k + 1) at every letter, and the sum of that is 0."""
    mean = log(q[k]) + 1
    terms = surprise(p[i]) + (p[i] - q[i]) * mean, surprise(q[i])
    bound = d("combination", terms[0] <= terms[1], gibbs_term(d), single_crossing(d), weights=(1, 1))
    sums = d("sum_terms", total(terms[0]) <= total(terms[1]), bound, over=i)
    d("combination", d.goal, sums, *d.suppose(mass(p), mass(q)), weights=(1, mean, -mean))


RISES = Result(
    claim=Claim(
        name="corrections/entropy-rises",
        statement="the focal loss does raise the entropy, or keep it, whenever lambda <= 1",
        source="own",
        reference=POPULAR + "where the focal loss always raises the entropy",
        variables=(Number(gamma, 0, low_open=True), Pmf(p), Optimum(q, multiplier, p, gamma), Letter(k)),
        where=(multiplier <= 1, p[k] <= q[k], Every(Or(q[i] <= q[k], q[i] <= p[i]))),
        goal=cross_entropy(p, p) <= cross_entropy(q, q),
    ),
    derivation=entropy_gained,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "the focal loss raises the entropy by 1 % whenever lambda <= 1",
        Rational(101, 100) * cross_entropy(p, p) <= cross_entropy(q, q),
    ),
)
