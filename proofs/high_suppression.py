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
    `over_suppression/rare-gain`), and those that enclose p_0(2) (rule `constant`).
Not covered
    Countable alphabets. That psi(p_0) = 1, which continuity gives, and that p_0 is continuous and falls in gamma.
"""

from focal_symbolic.proofs.amplification import INTERVAL
from focal_symbolic.proofs.ordering import ORDER, price_of
from focal_symbolic.proofs.uniqueness import ORDER as SLOPE_ORDER
from sympy import Integer, Rational, diff, exp, log

from focal_symbolic.claim import Boxes, Claim, Draws, HardSet, Letter, Number, Optimum, Pmf, Result, Twin
from focal_symbolic.definitions import g, gain, gamma, multiplier, p, q, s, slope, x
from focal_symbolic.language import And, Eq, Equivalent, Every, Gt, Implies, Le, Lt, Or, i, j, k, mass, real, substitute, total

u, v, y, z = map(real, "uvyz")
HALF = Rational(1, 2)
FOCUS = Number(gamma, 0, low_open=True)
INSIDE = Number(x, 0, 1, low_open=True, high_open=True)
PART = Number(v, 0, 1, low_open=True, high_open=True)
HIGH = Number(x, HALF, 1, high_open=True)
SAME_ORDER = Equivalent(Eq(p[i], p[j]), Eq(q[i], q[j]))
OPTIMUM = Optimum(q, multiplier, p, gamma)
REFERENCE = "suppresses high-probability outcomes"


def sign_of_g(d):
    """Beyond 1/2, g'(t)(1 - t)^2 = 2 t - 2 - ln t rises to 0 at 1, so g falls from 0; and (1 - x) g(x) = -x g(1 - x)."""
    above = d.suppose(u > HALF)
    line = 2 * u - 2 - log(u)
    rises = d("sign", diff(line, u) > 0, above)
    start, end = d.suppose(v > HALF, v < 1)
    below = d("monotone", line.xreplace({u: v}) < 0, rises, end, start, function=line, variable=u)
    falls = d("combination", diff(g(v), v) < 0, below, end, weights=(1 / (1 - v) ** 2,))
    x_above, x_less = d.suppose(x > HALF, x < 1)
    beyond = d("monotone", g(x) < 0, falls, x_above, x_less, function=g(v), variable=v)
    x_positive, low = d.suppose(x > 0, x < HALF)
    mirror = d("instance", g(1 - x) < 0, beyond, replace=((x, 1 - x),))
    before = d("combination", g(x) > 0, mirror, x_positive, low, weights=(x / (1 - x),))
    zero = d("identity", Eq(g(HALF), 0, evaluate=False))
    level = d("rewrite", Eq(g(x), 0), d.suppose(Eq(x, HALF)), zero)
    on = (x > HALF, Eq(x, HALF), x < HALF)
    d("conjunction", d.goal, *(d("trichotomy", part, beyond, level, before, on=on) for part in d.goal.args))


G_SIGN = Result(
    claim=Claim(
        name="high_suppression/g",
        statement="g(x) = ln(1 - x) + s(x) is positive before 1/2, zero there and negative beyond",
        source="paper",
        reference=REFERENCE,
        variables=(INSIDE,),
        goal=And(Equivalent(g(x) < 0, x > HALF), Equivalent(g(x) <= 0, x >= HALF)),
    ),
    derivation=sign_of_g,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "g(x) is negative from 9/20 on", And(Equivalent(g(x) < 0, x > Rational(9, 20)), Equivalent(g(x) <= 0, x >= HALF))
    ),
)


def gain_below_one(d):
    """ln psi = gamma ln(1 - x) + ln(1 + gamma s) < gamma (ln(1 - x) + s) = gamma g <= 0."""
    focus, above, less = d.suppose(gamma > 0, x >= HALF, x < 1)
    signs = d.lemma(G_SIGN.name, G_SIGN.claim.goal, above)
    low = d("transfer", g(x) <= 0, d("part", Equivalent(g(x) <= 0, x >= HALF), signs), above)
    share = 1 + gamma * s(x)
    line = d.lemma("elementary/log-below", log(1 / share) > 1 - share, focus, above, less, replace={x: 1 / share})
    logarithm = gamma * log(1 - x) + log(share) < 0
    logarithm = d("combination", logarithm, low, line, focus, above, less, weights=(gamma, 1))
    power = d("apply", exp(gamma * log(1 - x) + log(share)) < 1, logarithm, function="exp")
    d("combination", d.goal, power, less, weights=(1,))


GAIN_BELOW_ONE = Result(
    claim=Claim(
        name="high_suppression/gain-below-one",
        statement="psi(x) is less than 1 for 1/2 <= x < 1",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, HIGH),
        goal=gain(x, gamma) < 1,
    ),
    derivation=gain_below_one,
    enclosure=Boxes(((x, HALF, Rational(99, 100)), (gamma, Rational(1, 10), Rational(6)))),
    fuzz=Draws(),
    twin=Twin("psi(x) is less than 1 for 49/100 <= x < 1", variables=(FOCUS, Number(x, Rational(49, 100), 1, high_open=True))),
)


def no_dip_from_zero(d, at, end, focus, ahead, last, *positive):
    """psi(z) > 1 at a small z before `at`, before `end`: psi(at) exceeds psi(z) or psi(end)."""
    small = at / (8 * (1 + gamma))
    less = d("combination", at < 1, ahead, last, weights=(1, 1))
    start = d.lemma("over_suppression/rare-gain", gain(small, gamma) > 1, focus, less, *positive, replace={x: small})
    step = {x: small, u: (at - small) / (1 - small), v: (end - at) / (1 - at)}
    sides = gain(small, gamma) < gain(at, gamma), gain(end, gamma) < gain(at, gamma)
    known = focus, less, ahead, last, *positive
    return start, d.lemma(INTERVAL.name, Or(*sides), *known, replace=step), d.suppose(*sides)


def gains_before(d):
    focus, positive, less, low, forward, short = d.suppose(gamma > 0, x > 0, x < 1, gain(x, gamma) <= 1, v > 0, v < 1)
    ahead = d("sign", v * x < x, short, positive)
    start, between, (left, right) = no_dip_from_zero(d, v * x, x, focus, ahead, less, positive, forward)
    d("either", d.goal, between, d("combination", d.goal, low, start, left, weights=(1, 1, 1)), right)


BELOW = Result(
    claim=Claim(
        name="high_suppression/below",
        statement="where psi(x) <= 1, psi is larger at every point before x",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, INSIDE, PART),
        where=(gain(x, gamma) <= 1,),
        goal=gain(x, gamma) < gain(v * x, gamma),
    ),
    derivation=gains_before,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "where psi(x) <= 1, psi(x) is less than 9/10 of psi at every point before x",
        gain(x, gamma) < Rational(9, 10) * gain(v * x, gamma),
    ),
)


def falls_on(d):
    """psi(y) < psi(x), since psi(z) > 1 >= psi(x)."""
    focus, positive, low, ahead, end = d.suppose(gamma > 0, x > 0, gain(x, gamma) <= 1, x < y, y < 1)
    start, between, (left, right) = no_dip_from_zero(d, x, y, focus, ahead, end, positive)
    never = d("combination", Lt(0, 0, evaluate=False), left, start, low, weights=(1, 1, 1))
    second = d("combination", d.goal, right, low, weights=(1, 1))
    d("either", d.goal, between, d("absurd", d.goal, never), second)


THRESHOLD = Result(
    claim=Claim(
        name="high_suppression/threshold",
        statement="where psi(x) <= 1, psi is less than 1 at every point beyond x: so psi <= 1 on an interval [p_0, 1)",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, INSIDE, Number(y, x, 1, low_open=True, high_open=True)),
        where=(gain(x, gamma) <= 1,),
        goal=gain(y, gamma) < 1,
    ),
    derivation=falls_on,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("where psi(x) <= 1, psi is less than 99/100 at every point beyond x", gain(y, gamma) < Rational(99, 100)),
)


def rarer_gains(d, at):
    """Under q_j >= p_j and p_at < p_j: lambda <= psi(p_j) < psi(p_at), so p_at < q_at."""
    held, rarer = d.suppose(p[j] <= q[j], p[at] < p[j])
    positive, less, own_weight, own = d.letters(j, q[i] > 0, q[i] < 1, p[i] > 0, price_of(i))
    weight, other_positive, other_less, price = d.letters(at, p[i] > 0, q[i] > 0, q[i] < 1, price_of(i))
    own_short = d("combination", p[j] < 1, held, less, weights=(1, 1))
    short = d("combination", p[at] < 1, rarer, own_short, weights=(1, 1))
    flat = slope(q[j], gamma) <= slope(p[j], gamma)
    step = {x: q[j], z: p[j]}
    known = positive, less, own_weight, own_short
    both = d.lemma(SLOPE_ORDER.name, substitute(SLOPE_ORDER.claim.goal, step), *known, replace=step)
    flat = d("transfer", flat, d("part", Equivalent(flat, p[j] <= q[j]), both), held)
    gains = gain(p[j], gamma) < gain(p[at], gamma)
    step = {x: p[j], v: p[at] / p[j]}
    gains = d.lemma(BELOW.name, gains, rarer, weight, own_short, replace=step)
    steep = slope(q[at], gamma) < slope(p[at], gamma)
    weights = (1 / p[at], p[j] / p[at], -1 / p[at], 1 / p[at])
    steeper = d("combination", steep, gains, flat, price, own, weight, own_weight, weights=weights)
    step = {x: q[at], z: p[at]}
    known = other_positive, other_less, weight, short
    both = d.lemma(SLOPE_ORDER.name, substitute(SLOPE_ORDER.claim.goal, step), *known, replace=step)
    return d("transfer", p[at] < q[at], d("part", Equivalent(steep, p[at] < q[at]), both), steeper)


def masses_contradict(d):
    """If q_j >= p_j, no letter loses and a rarer one gains: both masses cannot be 1."""
    bound = p[i] <= q[i]
    rarer = d("weaken", bound, rarer_gains(d, i))
    order = d.lemma(ORDER.name, ORDER.claim.goal, d.suppose(gamma > 0))
    equal, held = d.suppose(Eq(p[i], p[j]), p[j] <= q[j])
    same = d("transfer", Eq(q[i], q[j]), d("part", SAME_ORDER, order), equal)
    level = d("combination", bound, held, same, equal, weights=(1, 1, -1))
    terms = d("cases", bound, rarer, level, d.letters(i, p[i] <= p[j]), on=(p[i] < p[j], Eq(p[i], p[j])))
    sums = d("sum_strictly", total(p[i]) < total(q[i]), terms, rarer_gains(d, k), over=i)
    never = d("combination", Lt(0, 0, evaluate=False), sums, *d.suppose(mass(p), mass(q)), weights=(1, 1, -1))
    d("cases", d.goal, d.suppose(q[j] < p[j]), d("absurd", d.goal, never), on=(q[j] < p[j], p[j] <= q[j]))


COMMONEST = Result(
    claim=Claim(
        name="high_suppression/commonest",
        statement="a commonest letter with psi(p_j) <= 1, that is p_j >= p_0, is suppressed unless all letters are as common",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, Pmf(p), OPTIMUM, Letter(j), Letter(k)),
        where=(gain(p[j], gamma) <= 1, Every(p[i] <= p[j]), p[k] < p[j]),
        goal=q[j] < p[j],
    ),
    derivation=masses_contradict,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("such a letter loses a hundredth of its probability", q[j] < Rational(99, 100) * p[j]),
)


def pair_of_letters(d, family, rare, likely):
    """family_rare + family_likely <= 1 from family_rare < family_likely."""
    apart, terms = d.suppose(family[rare] < family[likely]), d("weaken", family[i] >= 0, d.letters(i, family[i] > 0))
    pair = family[rare] + family[likely]
    both = d("sum_pair", pair <= total(family[i]), terms, apart, over=i)
    return d("combination", pair <= 1, both, d.suppose(mass(family)), weights=(1, -1))


def half_is_commonest(d):
    """No letter is commoner than one with half of the mass."""
    high = d.suppose(p[j] >= HALF)
    rest = pair_of_letters(d, p, k, j)
    less = d("combination", p[j] < 1, rest, d.letters(k, p[i] > 0), weights=(1, 1))
    low = d.lemma(GAIN_BELOW_ONE.name, gain(p[j], gamma) < 1, less, replace={x: p[j]})
    low = d("weaken", gain(p[j], gamma) <= 1, low)
    more = d("combination", p[i] <= p[j], pair_of_letters(d, p, j, i), high, weights=(1, 2))
    most = d("cases", p[i] <= p[j], d.suppose(p[i] <= p[j]), more, on=(p[i] <= p[j], p[j] < p[i]))
    most = d("every", Every(p[i] <= p[j]), most)
    d.lemma(COMMONEST.name, d.goal, low, most)


SUPPRESSED = Result(
    claim=Claim(
        name="high_suppression/suppressed",
        statement="a letter with half of the mass or more, if another has less, is suppressed for every gamma > 0",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, Pmf(p), OPTIMUM, Letter(j), Letter(k)),
        where=(p[j] >= HALF, p[k] < p[j]),
        goal=q[j] < p[j],
    ),
    derivation=half_is_commonest,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("such a letter loses a tenth of its probability", q[j] < Rational(9, 10) * p[j]),
)


def other_class_gains(d):
    """q_k = 1 - q_j > 1 - p_j = p_k."""
    data, model, rare = d.suppose(Eq(p[j] + p[k], 1), Eq(q[j] + q[k], 1), p[k] < HALF)
    likely = d("combination", p[j] > HALF, data, rare, weights=(1, 1))
    likely = d("weaken", p[j] >= HALF, likely)
    order = d("combination", p[k] < p[j], data, rare, weights=(1, 2))
    loses = d.lemma(SUPPRESSED.name, q[j] < p[j], likely, order)
    d("combination", d.goal, loses, data, model, weights=(1, -1, 1))


TWO_CLASSES = Result(
    claim=Claim(
        name="high_suppression/two-classes",
        statement="of two classes the rarer is amplified at every gamma: one tiger in a million cows is never over-suppressed",
        source="own",
        reference="against the popular summary of the paper, where the tiger of two classes is buried at high gamma",
        variables=(FOCUS, Pmf(p), OPTIMUM, Letter(j), Letter(k)),
        where=(Eq(p[j] + p[k], 1), Eq(q[j] + q[k], 1), p[k] < HALF),
        goal=q[k] > p[k],
    ),
    derivation=other_class_gains,
    enclosure=HardSet(),
    fuzz=Draws(letters=2),
    twin=Twin("of two classes the rarer doubles its share", q[k] > 2 * p[k]),
)

ONE_OVER_E = exp(-1)


def at_one(d):
    """psi(x) - 1 = -x (1 + ln x) at gamma = 1."""
    positive, less = d.suppose(x > 0, x < 1)
    before, beyond = d.suppose(x < ONE_OVER_E, x > ONE_OVER_E)
    logarithm = d("apply", log(x) < -1, before, positive, function="log")
    above = d("combination", gain(x, Integer(1)) > 1, logarithm, positive, less, weights=(x,))
    logarithm = d("apply", log(x) > -1, beyond, function="log")
    below = d("combination", gain(x, Integer(1)) < 1, logarithm, less, weights=(x,))
    inside = d("constant", Lt(ONE_OVER_E, 1, evaluate=False))
    level = d("identity", Eq(gain(ONE_OVER_E, Integer(1)), 1, evaluate=False), inside)
    level = d("rewrite", Eq(gain(x, Integer(1)), 1), d.suppose(Eq(x, ONE_OVER_E)), level)
    on = (x < ONE_OVER_E, Eq(x, ONE_OVER_E), x > ONE_OVER_E)
    d("conjunction", d.goal, *(d("trichotomy", part, above, level, below, on=on) for part in d.goal.args))


AT_ONE = Result(
    claim=Claim(
        name="high_suppression/one-over-e",
        statement="at gamma = 1 the threshold is 1/e: psi(x) <= 1 exactly for x >= 1/e, and psi(x) < 1 exactly for x > 1/e",
        source="paper",
        reference=REFERENCE,
        variables=(INSIDE,),
        goal=And(
            Equivalent(gain(x, Integer(1)) < 1, x > ONE_OVER_E),
            Equivalent(gain(x, Integer(1)) <= 1, x >= ONE_OVER_E),
        ),
    ),
    derivation=at_one,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "at gamma = 1 the threshold is 1/2",
        And(
            Equivalent(gain(x, Integer(1)) < 1, x > ONE_OVER_E),
            Equivalent(gain(x, Integer(1)) <= 1, x >= HALF),
        ),
    ),
)

BEFORE, BEYOND = Rational(29763, 10**5), Rational(29765, 10**5)


def at_two(d):
    """Balls at both points; psi(x) <= 1 at an x before the first would make psi less than 1 there."""
    focus, here = {gamma: Integer(2)}, gain(x, Integer(2))
    high = d("constant", Gt(gain(BEFORE, Integer(2)), 1, evaluate=False))
    less_there = Lt(gain(BEFORE, Integer(2)), 1, evaluate=False)
    less_there = d.lemma(THRESHOLD.name, less_there, replace={**focus, y: BEFORE})
    never = d("combination", Lt(0, 0, evaluate=False), less_there, high, weights=(1, 1))
    first = d("cases", here > 1, d("absurd", here > 1, never), d.suppose(here > 1), on=(here <= 1, here > 1))
    there = d("constant", Lt(gain(BEYOND, Integer(2)), 1, evaluate=False))
    there = d("weaken", Le(gain(BEYOND, Integer(2)), 1, evaluate=False), there)
    second = d.lemma(THRESHOLD.name, here < 1, there, replace={**focus, x: BEYOND, y: x})
    first = d("implication", Implies(x < BEFORE, here > 1), first)
    second = d("implication", Implies(x > BEYOND, here < 1), second)
    d("conjunction", d.goal, first, second)


AT_TWO = Result(
    claim=Claim(
        name="high_suppression/at-two",
        statement="at gamma = 2 the threshold lies between 0.29763 and 0.29765",
        source="paper",
        reference=REFERENCE,
        variables=(INSIDE,),
        goal=And(Implies(x < BEFORE, gain(x, Integer(2)) > 1), Implies(x > BEYOND, gain(x, Integer(2)) < 1)),
    ),
    derivation=at_two,
    enclosure=Boxes(((x, Rational(1, 1000), Rational(999, 1000)),)),
    fuzz=Draws(),
    twin=Twin(
        "at gamma = 2 the threshold lies beyond 2/5",
        And(Implies(x < Rational(2, 5), gain(x, Integer(2)) > 1), Implies(x > BEYOND, gain(x, Integer(2)) < 1)),
    ),
)


def tangents_multiplied(d):
    """psi > (1 + gamma ln(1 - x))(1 + gamma s) = 1 + gamma (g - gamma s ln(1/(1 - x)))."""
    focus, positive, less, small = d.suppose(gamma > 0, x > 0, x < 1, gamma * s(x) * -log(1 - x) <= g(x))
    tangent = d.lemma("over_suppression/tangent", (1 - x) ** gamma > 1 + gamma * log(1 - x))
    d("combination", d.goal, tangent, small, focus, positive, less, weights=(1 + gamma * s(x), gamma))


SHARP = Result(
    claim=Claim(
        name="high_suppression/sharp",
        statement="p_0 tends to 1/2 as gamma falls to 0: psi(x) > 1 once gamma s(x) ln(1/(1 - x)) <= g(x), positive before 1/2",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, INSIDE),
        kind="limit",
        where=(gamma * s(x) * -log(1 - x) <= g(x),),
        goal=gain(x, gamma) > 1,
    ),
    derivation=tangents_multiplied,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("psi(x) exceeds 1 + gamma/100 there", gain(x, gamma) > 1 + gamma / 100),
)
