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

from focal_symbolic.proofs.high_suppression import pair_of_letters
from focal_symbolic.proofs.ordering import ORDER, price_of
from sympy import Abs, Rational, diff, log

from focal_symbolic.claim import Boxes, Claim, Draws, HardSet, Letter, Number, Optimum, Pmf, Result, Twin, Upper
from focal_symbolic.definitions import focal_entropy, g, gain, gamma, loss, multiplier, p, q, s, slope, x
from focal_symbolic.language import And, Eq, Equivalent, Every, Lt, array, i, j, mass, real, substitute, total

h, mu, t, v, y, b = map(real, ("h", "mu", "t", "v", "y", "b"))
r = array("r")
FOCUS, STEP = Number(gamma, 0), Number(h, 0, low_open=True)
HALF = Rational(1, 2)
OPTIMUM = Optimum(q, multiplier, p, gamma)
OPEN_FOCUS = Number(gamma, 0, low_open=True)
INSIDE = Number(x, 0, 1, low_open=True, high_open=True)
BELOW_ONE = Number(b, 0, 1, low_open=True, high_open=True)
SMALL = Rational(1, 10**8), Rational(10)
LATER = Optimum(r, mu, p, gamma + h)
REFERENCE = "asymptotic characterizations"


def terms_fall(d):
    """Every loss falls with gamma; summed with the weights p_i."""
    weight, positive, less = d.letters(i, p[i] > 0, q[i] > 0, q[i] < 1)
    falls = loss(q[i], gamma + h) < loss(q[i], gamma)
    falls = d.lemma("continuity/loss-falls", falls, positive, less, replace={x: q[i]})
    bound = p[i] * loss(q[i], gamma + h) < p[i] * loss(q[i], gamma)
    term = d("combination", bound, falls, weight, weights=(p[i],))
    return d("sum_terms", focal_entropy(p, q, gamma + h) < focal_entropy(p, q, gamma), term, over=i)


FALLS = Result(
    claim=Claim(
        name="cross_entropy_limit/falls",
        statement="the focal-entropy of a model that is sure of no letter falls strictly in gamma",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, STEP, Pmf(p), Pmf(q)),
        where=(Every(q[i] < 1),),
        goal=focal_entropy(p, q, gamma + h) < focal_entropy(p, q, gamma),
    ),
    derivation=terms_fall,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "the focal-entropy falls to less than half when gamma grows",
        2 * focal_entropy(p, q, gamma + h) < focal_entropy(p, q, gamma),
    ),
)


def competitor(d, best, price, other, focus, *known, replace=None):
    """H at the minimizer is at most H at the other pmf, at the same gamma."""
    less = d.letters(i, other[i] < 1)
    end = d("every", Every(other[i] <= 1), d("weaken", other[i] <= 1, less))
    bound = focal_entropy(p, best, focus) + price * (1 - TOTAL[other]) <= focal_entropy(p, other, focus)
    bound = d.lemma("uniqueness/optimality", bound, *known, end, replace=replace)
    conclusion = focal_entropy(p, best, focus) <= focal_entropy(p, other, focus)
    return d("combination", conclusion, bound, d.suppose(mass(other)), weights=(1, -price))


TOTAL = {family: mass(family).lhs for family in (q, r)}
LATER_FIRST = {q: (i, r[i]), r: (i, q[i]), multiplier: mu, gamma: gamma + h}
"""The two minimizers exchanged."""


def both_competitors(d):
    focus, forward = d.suppose(gamma >= 0, h > 0)
    later = d("combination", gamma + h > 0, focus, forward, weights=(1, 1))
    low = competitor(d, q, multiplier, r, gamma)
    high = competitor(d, r, mu, q, gamma + h, later, replace=LATER_FIRST)
    parts = [
        d("combination", part, step, d.letters(i, other[i] < 1), weights=(1,))
        for part, step, other in zip(SIDES, (low, high), (r, q), strict=True)
    ]
    d("conjunction", d.goal, *parts)


GAP = focal_entropy(p, r, gamma + h) - focal_entropy(p, q, gamma)
"""The change of the minimum."""
SIDES = (
    focal_entropy(p, r, gamma + h) - focal_entropy(p, r, gamma) <= GAP,
    GAP <= focal_entropy(p, q, gamma + h) - focal_entropy(p, q, gamma),
)
ENVELOPE = Result(
    claim=Claim(
        name="cross_entropy_limit/envelope",
        statement="the minimum changes with gamma at least as H at the later minimizer, at most as at the earlier one",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, STEP, Pmf(p), Optimum(q, multiplier, p, gamma), LATER),
        goal=And(*SIDES),
        kind="limit",
    ),
    derivation=both_competitors,
    enclosure=HardSet(),
    fuzz=Draws(gamma=(Rational(1, 10**8), Rational(100))),
    twin=Twin(
        "the minimum changes at most as the entropy at the later minimizer",
        And(
            focal_entropy(p, r, gamma + h) - focal_entropy(p, r, gamma) >= GAP,
            SIDES[1],
        ),
    ),
)


def minimum_falls(d):
    focus, forward = d.suppose(gamma >= 0, h > 0)
    later = d("combination", gamma + h > 0, focus, forward, weights=(1, 1))
    high = competitor(d, r, mu, q, gamma + h, later, replace=LATER_FIRST)
    d("combination", d.goal, high, terms_fall(d), weights=(1, 1))


MINIMUM = Result(
    claim=Claim(
        name="cross_entropy_limit/minimum-falls",
        statement="the minimum focal-entropy falls strictly in gamma",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, STEP, Pmf(p), Optimum(q, multiplier, p, gamma), LATER),
        goal=focal_entropy(p, r, gamma + h) < focal_entropy(p, q, gamma),
    ),
    derivation=minimum_falls,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "the minimum focal-entropy falls to less than half when gamma grows",
        2 * focal_entropy(p, r, gamma + h) < focal_entropy(p, q, gamma),
    ),
)


# -- the first-order term --------------------------------------------------------------------------------------------------

L = log(1 - x)
POWER_SIDES = 1 + gamma * L < (1 - x) ** gamma, (1 - x) ** gamma < 1 + gamma * L + (gamma * L) ** 2 / 2


def power_expanded(d):
    """Above its tangent; the derivative in t of 1 + t L + (t L)^2/2 - (1 - x)^t is L (1 + t L - (1 - x)^t) > 0."""
    focus, positive, less = d.suppose(gamma > 0, x > 0, x < 1)
    tangent = d.lemma("over_suppression/tangent", 1 + gamma * L < (1 - x) ** gamma)
    at_t = d.lemma("over_suppression/tangent", 1 + t * L < (1 - x) ** t, replace={gamma: t})
    curve = 1 + t * L + (t * L) ** 2 / 2 - (1 - x) ** t
    rises = d("combination", diff(curve, t) > 0, at_t, positive, less, weights=(-L,))
    above = d("monotone", curve.xreplace({t: gamma}) > 0, rises, focus, function=curve, variable=t)
    above = d("combination", POWER_SIDES[1], above, weights=(1,))
    d("conjunction", d.goal, tangent, above)


POWER = Result(
    claim=Claim(
        name="cross_entropy_limit/power",
        statement="(1 - x)^gamma lies between the first two sums of its series in gamma",
        source="paper",
        reference=REFERENCE,
        variables=(OPEN_FOCUS, INSIDE),
        goal=And(*POWER_SIDES),
    ),
    derivation=power_expanded,
    enclosure=Boxes(((x, Rational(1, 10), Rational(9, 10)), (gamma, Rational(1, 2), Rational(4)))),
    fuzz=Draws(gamma=SMALL),
    twin=Twin(
        "(1 - x)^gamma lies between the first sum and the second with 49/100 in place of 1/2",
        And(POWER_SIDES[0], (1 - x) ** gamma < 1 + gamma * L + Rational(49, 100) * (gamma * L) ** 2),
    ),
)
GAIN_REST = gain(x, gamma) - 1 - gamma * g(x)
GAIN_SIDES = gamma**2 * s(x) * L < GAIN_REST, GAIN_REST < (gamma * L) ** 2 / 2


def gain_expanded(d):
    """psi - 1 - gamma g = ((1 - x)^gamma - 1 - gamma L) + gamma s ((1 - x)^gamma - 1)."""
    focus, positive, less = d.suppose(gamma > 0, x > 0, x < 1)
    both = d.lemma(POWER.name, POWER.claim.goal)
    below, above = (d("part", side, both) for side in POWER_SIDES)
    power = d("apply", (1 - x) ** gamma < 1, focus, positive, less, function="base", parameter=1 - x)
    known = (focus, positive, less)
    low = d("combination", GAIN_SIDES[0], below, *known, weights=(1 + gamma * s(x),))
    high = d("combination", GAIN_SIDES[1], above, power, *known, weights=(1, gamma * s(x)))
    d("conjunction", d.goal, low, high)


GAIN = Result(
    claim=Claim(
        name="cross_entropy_limit/gain",
        statement="psi(x) - 1 - gamma g(x) lies between gamma^2 s(x) ln(1 - x) and (gamma ln(1 - x))^2/2",
        source="paper",
        reference=REFERENCE,
        variables=(OPEN_FOCUS, INSIDE),
        goal=And(*GAIN_SIDES),
        kind="limit",
    ),
    derivation=gain_expanded,
    enclosure=Boxes(((x, Rational(1, 10), Rational(9, 10)), (gamma, Rational(1, 2), Rational(4)))),
    fuzz=Draws(gamma=SMALL),
    twin=Twin(
        "psi(x) is 1 + gamma ln(1 - x) up to the same terms",
        And(*(side.subs(GAIN_REST, gain(x, gamma) - 1 - gamma * L) for side in GAIN_SIDES)),
    ),
)
ODDS = b / (1 - b)
RANGE_SIDES = 1 - gamma * ODDS < gain(x, gamma), gain(x, gamma) < 1 + gamma


def gain_range(d):
    """(1 - x)^gamma > 1 + gamma ln(1 - x) > 1 - gamma x/(1 - x), and s(x) < 1."""
    focus, positive, bound, less = d.suppose(gamma > 0, x > 0, x <= b, b < 1)
    x_less = d("combination", x < 1, bound, less, weights=(1, 1))
    both = d.lemma(POWER.name, POWER.claim.goal, x_less)
    below = d("part", POWER_SIDES[0], both)
    line = d.lemma("elementary/log-below", log(1 - x) > 1 - 1 / (1 - x), x_less, replace={x: 1 - x})
    known = (focus, positive, x_less)
    more = d("sign", gamma * s(x) * (1 - x) ** gamma > 0, *known)
    odds = d("combination", x / (1 - x) <= ODDS, bound, less, weights=(1 / ((1 - x) * (1 - b)),))
    low = d("combination", RANGE_SIDES[0], below, line, odds, more, focus, weights=(1, gamma, gamma, 1))
    power = d("apply", (1 - x) ** gamma < 1, focus, positive, x_less, function="base", parameter=1 - x)
    line = d.lemma("elementary/log-below", log(x) > 1 - 1 / x, x_less, replace={})
    high = d("combination", RANGE_SIDES[1], power, line, *known, weights=(1 + gamma * s(x), gamma * x / (1 - x)))
    d("conjunction", d.goal, low, high)


RANGE = Result(
    claim=Claim(
        name="cross_entropy_limit/range",
        statement="for x <= b < 1, psi(x) lies between 1 - gamma b/(1 - b) and 1 + gamma",
        source="paper",
        reference=REFERENCE,
        variables=(OPEN_FOCUS, BELOW_ONE, Number(x, 0, b, low_open=True)),
        goal=And(*RANGE_SIDES),
    ),
    derivation=gain_range,
    enclosure=HardSet(),
    fuzz=Draws(gamma=SMALL),
    twin=Twin(
        "for x <= b, psi(x) lies between 1 - gamma b/(1 - b) and 1 + gamma/10",
        And(RANGE_SIDES[0], gain(x, gamma) < 1 + gamma / 10),
    ),
)


def g_against_logarithm(d):
    """|g'(t)| < 1/((1 - b) t) on (0, b), from 1 - 1/t < ln t < t - 1; and ln(y/x) < (y - x)/x."""
    t_positive, t_bound, less = d.suppose(t > 0, t < b, b < 1)
    t_less = d("combination", t < 1, t_bound, less, weights=(1, 1))
    scale = 1 / (1 - b)
    below = d.lemma("elementary/log-below", log(t) > 1 - 1 / t, replace={x: t})
    above = d.lemma("elementary/log-above", log(t) < t - 1, replace={x: t})
    start, ordered, end = d.suppose(x > 0, x < y, y <= b)
    quotient = d.lemma("elementary/log-below", log(x / y) > 1 - y / x, start, ordered, replace={x: x / y})
    apart, sides = Abs(g(y) - g(x)).args[0], []  # which SymPy writes as g(x) - g(y)
    for sign, line, rest in ((1, below, 2 / (1 - t) ** 2), (-1, above, 1 / (t * (1 - t)))):
        curve = sign * g(t) - scale * log(t)
        weights = (1 / (1 - t) ** 2, 1 / (t * (1 - t) * (1 - b)), rest)
        falls = d("combination", diff(curve, t) < 0, line, t_bound, t_less, t_positive, less, weights=weights)
        lower = curve.xreplace({t: y}) < curve.xreplace({t: x})
        falls = d("monotone", lower, falls, ordered, start, end, less, function=curve, variable=t)
        bound = -sign * apart < scale * (y - x) / x
        sides.append(d("combination", bound, falls, quotient, less, start, ordered, end, weights=(1, scale)))
    d("absolute", d.goal, *sides)


G_LIPSCHITZ = Result(
    claim=Claim(
        name="cross_entropy_limit/g",
        statement="for 0 < x < y <= b < 1, g changes from x to y by less than (y/x - 1)/(1 - b)",
        source="paper",
        reference=REFERENCE,
        variables=(BELOW_ONE, Number(y, 0, b, low_open=True), Number(x, 0, y, low_open=True, high_open=True)),
        goal=Abs(g(y) - g(x)) < (y - x) / (x * (1 - b)),
    ),
    derivation=g_against_logarithm,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "for 0 < x < y <= b < 1, g changes from x to y by less than (y/x - 1)/5",
        Abs(g(y) - g(x)) < (y - x) / (5 * x),
    ),
)


def no_letter_loses(d):
    """Under q_j > 1/2 and q_j > p_j, p_i <= q_i at every letter, by the order of q_i and q_j."""
    focus, likely, held = d.suppose(gamma > 0, q[j] > HALF, p[j] < q[j])
    positive, price = d.letters(i, q[i] > 0, price_of(i))
    less, own = d.letters(j, q[i] < 1, price_of(i))
    rarer, equal, commoner = d.suppose(q[i] < q[j], Eq(q[i], q[j]), q[j] < q[i])
    one = d.lemma("high_suppression/gain-below-one", gain(q[j], gamma) < 1, likely, less, replace={x: q[j]})
    one = d("weaken", gain(q[j], gamma) <= 1, one)
    step = {x: q[j], v: q[i] / q[j]}
    gains = gain(q[j], gamma) < gain(q[i], gamma)
    gains = d.lemma("high_suppression/below", gains, one, rarer, positive, less, replace=step)
    steep = slope(q[i], gamma)
    weights = (1 / steep, slope(q[j], gamma) / steep, -1 / steep, 1 / steep)
    bound = p[i] <= q[i]
    first = d(
        "weaken", bound, d("combination", p[i] < q[i], gains, held, price, own, rarer, focus, positive, less, weights=weights)
    )
    order = d.lemma("ordering/order", ORDER.claim.goal, focus)
    same = d("transfer", Eq(p[i], p[j]), d("part", Equivalent(Eq(p[i], p[j]), Eq(q[i], q[j])), order), equal)
    second = d("weaken", bound, d("combination", p[i] < q[i], held, same, equal, weights=(1, -1, 1)))
    both = pair_of_letters(d, q, j, i)
    never = d("combination", Lt(0, 0, evaluate=False), both, commoner, likely, weights=(1, 1, 2))
    third = d("absurd", bound, never)
    return d("cases", bound, first, second, third, on=(q[i] < q[j], Eq(q[i], q[j]), q[j] < q[i]))


def masses_contradict(d):
    terms = no_letter_loses(d)
    gains, loses = d.suppose(p[j] < q[j], q[j] <= p[j])
    sums = d("sum_strictly", total(p[i]) < total(q[i]), terms, gains, over=i)
    never = d("combination", Lt(0, 0, evaluate=False), sums, *d.suppose(mass(p), mass(q)), weights=(1, 1, -1))
    d("cases", d.goal, loses, d("absurd", d.goal, never), on=(q[j] <= p[j], p[j] < q[j]))


HEAD = Result(
    claim=Claim(
        name="cross_entropy_limit/head",
        statement="an entry of the minimizer above 1/2 is at most the probability of its letter",
        source="paper",
        reference=REFERENCE,
        variables=(OPEN_FOCUS, Pmf(p), OPTIMUM, Letter(j)),
        where=(q[j] > HALF,),
        goal=q[j] <= p[j],
    ),
    derivation=masses_contradict,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("an entry of the minimizer above 1/2 is at most 99/100 of it", q[j] <= Rational(99, 100) * p[j]),
)


def capped(d):
    """q_i <= 1/2 <= b, or q_i <= p_i <= b."""
    half, bound = d.suppose(b >= HALF), d.letters(j, p[i] <= b)
    low = d.suppose(q[j] <= HALF)
    most = d.lemma(HEAD.name, HEAD.claim.goal)
    first = d("combination", d.goal, most, bound, weights=(1, 1))
    second = d("combination", d.goal, low, half, weights=(1, 1))
    d("cases", d.goal, first, second, on=(q[j] > HALF, q[j] <= HALF))


CAPPED = Result(
    claim=Claim(
        name="cross_entropy_limit/capped",
        statement="a bound of the data, at least 1/2, bounds the minimizer",
        source="paper",
        reference=REFERENCE,
        variables=(OPEN_FOCUS, Pmf(p), OPTIMUM, Upper(b, (p,)), Letter(j)),
        where=(b >= HALF,),
        goal=q[j] <= b,
    ),
    derivation=capped,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("half the bound of the data, plus 1/4, bounds the minimizer", q[j] <= b / 2 + Rational(1, 4)),
)

REST_BOUND = gamma**2 / (2 * (1 - b) ** 2)


def gain_rest(d):
    """-s L < b/(1 - b) and L^2 < (b/(1 - b))^2, since -L < x/(1 - x) and s < 1."""
    positive, bound, less = d.suppose(x > 0, x <= b, b < 1)
    x_less = d("combination", x < 1, bound, less, weights=(1, 1))
    both = d.lemma(GAIN.name, GAIN.claim.goal, x_less)
    below, above = (d("part", side, both) for side in GAIN_SIDES)
    line = d.lemma("elementary/log-below", L > 1 - 1 / (1 - x), x_less, replace={x: 1 - x})
    odds = d("combination", x / (1 - x) <= ODDS, bound, less, weights=(1 / ((1 - x) * (1 - b)),))
    deep = d("combination", -L < ODDS, line, odds, weights=(1, 1))
    share = d.lemma("elementary/log-below", log(x) > 1 - 1 / x, x_less, replace={})
    share = d("combination", s(x) < 1, share, positive, x_less, weights=(x / (1 - x),))
    known = positive, x_less, less
    below_one = Abs(GAIN_REST).args[0]  # which SymPy writes as 1 + gamma g - psi
    above_zero = d("combination", b > 0, positive, bound, weights=(1, 1))
    square = d("sign", (1 - b) ** 2 + b**2 > 0, less)
    scale = gamma**2 / (2 * (1 - b) ** 2)
    weights = (1, -(gamma**2) * L, gamma**2, scale)
    low = d("combination", below_one < REST_BOUND, below, share, deep, square, *known, weights=weights)
    room = d("sign", 1 - b**2 > 0, less, above_zero)
    weights = (1, gamma**2 * (ODDS - L) / 2, scale)
    high = d("combination", -below_one < REST_BOUND, above, deep, room, *known, weights=weights)
    d("absolute", d.goal, low, high)


GAIN_CAPPED = Result(
    claim=Claim(
        name="cross_entropy_limit/rest",
        statement="for x <= b < 1, psi(x) is 1 + gamma g(x) up to gamma^2/(2 (1 - b)^2)",
        source="paper",
        reference=REFERENCE,
        variables=(OPEN_FOCUS, BELOW_ONE, Number(x, 0, b, low_open=True)),
        goal=Abs(GAIN_REST) < REST_BOUND,
        kind="limit",
    ),
    derivation=gain_rest,
    enclosure=HardSet(),
    fuzz=Draws(gamma=SMALL),
    twin=Twin(
        "for x <= b, psi(x) is 1 + gamma ln(1 - x) up to gamma^2/(2 (1 - b)^2)",
        Abs(gain(x, gamma) - 1 - gamma * L) < REST_BOUND,
    ),
)


def at_letter(d, at):
    """The ratio law at a letter, with q_at > 0, q_at <= b and b < 1."""
    ratio = d.lemma("amplification/ratio-law", Eq(q[at] * multiplier, p[at] * gain(q[at], gamma)), replace={j: at})
    limit = d.lemma(CAPPED.name, q[at] <= b, replace={j: at})
    return ratio, limit


def gain_sides(d, at):
    """1 - gamma b/(1 - b) < psi(q_at) < 1 + gamma, with the ratio law."""
    ratio, limit = at_letter(d, at)
    step = {x: q[at]}
    both = d.lemma(RANGE.name, substitute(RANGE.claim.goal, step), limit, d.letters(at, q[i] > 0), replace=step)
    return ratio, *(d("part", substitute(side, step), both) for side in RANGE_SIDES)


MULTIPLIER_SIDES = 1 - gamma * ODDS < multiplier, multiplier < 1 + gamma


def multiplier_range(d):
    """lambda = sum p_i psi(q_i)."""
    ratio, low, high = gain_sides(d, i)
    weight = d.letters(i, p[i] > 0)
    below = p[i] * (1 - gamma * ODDS) < multiplier * q[i]
    below = d("combination", below, low, ratio, weight, weights=(p[i], 1))
    above = d("combination", multiplier * q[i] < p[i] * (1 + gamma), high, ratio, weight, weights=(p[i], -1))
    units = d.suppose(mass(p), mass(q))
    sums = d("sum_terms", total(p[i] * (1 - gamma * ODDS)) < total(multiplier * q[i]), below, over=i)
    below = d("combination", MULTIPLIER_SIDES[0], sums, *units, weights=(1, 1 - gamma * ODDS, -multiplier))
    sums = d("sum_terms", total(multiplier * q[i]) < total(p[i] * (1 + gamma)), above, over=i)
    above = d("combination", MULTIPLIER_SIDES[1], sums, *units, weights=(1, -1 - gamma, multiplier))
    d("conjunction", d.goal, below, above)


CAPPED_OPTIMUM = (Pmf(p), Upper(b, (p,)), OPTIMUM)
SMALL_ENOUGH = (1 - b) / (2 * b)
NEAR_ZERO = (Number(gamma, 0, SMALL_ENOUGH, low_open=True), *CAPPED_OPTIMUM, Letter(j))
MULTIPLIER = Result(
    claim=Claim(
        name="cross_entropy_limit/multiplier",
        statement="with 1/2 and every p_i at most b < 1, lambda lies between 1 - gamma b/(1 - b) and 1 + gamma",
        source="paper",
        reference=REFERENCE,
        variables=(OPEN_FOCUS, *CAPPED_OPTIMUM),
        where=(b >= HALF, b < 1),
        goal=And(*MULTIPLIER_SIDES),
        kind="limit",
    ),
    derivation=multiplier_range,
    enclosure=HardSet(),
    fuzz=Draws(gamma=SMALL),
    twin=Twin(
        "lambda lies between 1 and 1 + gamma",
        And(1 < multiplier, MULTIPLIER_SIDES[1]),
    ),
)
CLOSE_SIDES = tuple(Abs(q[j] - p[j]) < 2 * gamma * share / (1 - b) for share in (p[j], q[j]))


def entries_close(d):
    """lambda (q_j - p_j) = p_j (psi - lambda) and psi (q_j - p_j) = q_j (psi - lambda), and lambda and psi exceed 1/2."""
    ratio, low, high = gain_sides(d, j)
    limit = d.lemma(CAPPED.name, q[j] <= b)
    both = d.lemma(MULTIPLIER.name, MULTIPLIER.claim.goal)
    least, most = (d("part", side, both) for side in MULTIPLIER_SIDES)
    less, room, focus, least_cap = d.suppose(b < 1, gamma <= SMALL_ENOUGH, gamma > 0, b >= HALF)
    weight, positive = d.letters(j, p[i] > 0, q[i] > 0)
    sides = (multiplier, least, p[j], weight, ()), (gain(q[j], gamma), low, q[j], positive, (limit,))
    parts = []
    for value, bound, share, side, inside in sides:
        half = d("combination", 2 * value > 1, bound, room, less, least_cap, weights=(2, 2 * ODDS))
        rest = gamma * share / ((1 - b) * value)
        up = q[j] - p[j] < 2 * gamma * share / (1 - b)
        known = (half, ratio, side, *inside, focus, less)
        up = d("combination", up, high, least, *known, weights=(share / value, share / value, rest, -1 / value))
        down = p[j] - q[j] < 2 * gamma * share / (1 - b)
        down = d("combination", down, low, most, *known, weights=(share / value, share / value, rest, 1 / value))
        parts.append(d("absolute", Abs(q[j] - p[j]) < 2 * gamma * share / (1 - b), up, down))
    d("conjunction", d.goal, *parts)


CLOSE = Result(
    claim=Claim(
        name="cross_entropy_limit/close",
        statement="with 1/2 and every p_i at most b < 1, |q_j - p_j| is less than 2 gamma/(1 - b) times p_j or q_j, "
        "for gamma <= (1 - b)/(2 b)",
        source="paper",
        reference=REFERENCE,
        variables=NEAR_ZERO,
        where=(b >= HALF, b < 1),
        goal=And(*CLOSE_SIDES),
        kind="limit",
    ),
    derivation=entries_close,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "for such gamma |q_j - p_j| is less than gamma times p_j or q_j",
        And(*(Abs(q[j] - p[j]) < gamma * share for share in (p[j], q[j]))),
    ),
)
SMALL_SHIFT = 2 * gamma / (1 - b) ** 2


def g_close(d):
    """|g(q_j) - g(p_j)| < (y/x - 1)/(1 - b), with x the smaller of q_j and p_j, and y/x - 1 < 2 gamma/(1 - b)."""
    less, focus = d.suppose(b < 1, gamma > 0)
    (weight, bound), positive = d.letters(j, p[i] > 0, p[i] <= b), d.letters(j, q[i] > 0)
    limit = d.lemma(CAPPED.name, q[j] <= b)
    both = d.lemma(CLOSE.name, CLOSE.claim.goal)
    near = [d("part", side, both) for side in CLOSE_SIDES]
    branches, on = [], (p[j] < q[j], q[j] < p[j])
    sides = (p[j], q[j], weight, limit, near[0]), (q[j], p[j], positive, bound, near[1])
    for low, high, start, end, side in sides:
        step = {x: low, y: high}
        change = substitute(G_LIPSCHITZ.claim.goal, step)
        change = d.lemma(G_LIPSCHITZ.name, change, start, end, replace=step)
        gap = d("absolute_value", high - low <= Abs(q[j] - p[j]))
        scale = 1 / (low * (1 - b))
        branches.append(d("combination", d.goal, change, gap, side, less, start, weights=(1, scale, scale)))
    equal = d.suppose(Eq(q[j], p[j]))
    zero = d("sign", SMALL_SHIFT > 0, focus, less)
    zero = d("combination", Abs(g(p[j]) - g(p[j])) < SMALL_SHIFT, zero, weights=(1,))
    level = d("rewrite", d.goal, equal, zero, weight, bound, less)
    d("cases", d.goal, *branches, level, on=(*on, Eq(q[j], p[j])))


G_CLOSE = Result(
    claim=Claim(
        name="cross_entropy_limit/g-close",
        statement="with 1/2 and every p_i at most b < 1, |g(q_j) - g(p_j)| is less than 2 gamma/(1 - b)^2, "
        "for gamma <= (1 - b)/(2 b)",
        source="paper",
        reference=REFERENCE,
        variables=NEAR_ZERO,
        where=(b >= HALF, b < 1),
        goal=Abs(g(q[j]) - g(p[j])) < SMALL_SHIFT,
        kind="limit",
    ),
    derivation=g_close,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "for such gamma |g(q_j) - g(p_j)| is less than gamma/10",
        Abs(g(q[j]) - g(p[j])) < gamma / 10,
    ),
)
FIRST_ORDER = q[j] - p[j] - gamma * p[j] * (g(p[j]) - total(p[i] * g(p[i])))


def mean_rest(d):
    """|lambda - 1 - gamma sum p_i g(q_i)| < gamma^2/(2 (1 - b)^2), side by side."""
    ratio, limit = at_letter(d, i)
    weight, positive = d.letters(i, p[i] > 0, q[i] > 0)
    step = {x: q[i]}
    rest = d.lemma(GAIN_CAPPED.name, substitute(GAIN_CAPPED.claim.goal, step), limit, positive, replace=step)
    below_one = Abs(substitute(GAIN_REST, step)).args[0]  # which SymPy writes as 1 + gamma g - psi
    units = d.suppose(mass(p), mass(q))
    sides = []
    for sign in (1, -1):
        side = d("absolute_value", -sign * below_one <= Abs(below_one), limit, positive)
        value = sign * (multiplier * q[i] - p[i] - gamma * p[i] * g(q[i]))
        term = d("combination", value < p[i] * REST_BOUND, rest, side, ratio, weight, weights=(p[i], p[i], -sign))
        sums = d("sum_terms", total(value) < total(p[i] * REST_BOUND), term, over=i)
        mean = sign * (multiplier - 1 - gamma * total(p[i] * g(q[i]))) < REST_BOUND
        sides.append(d("combination", mean, sums, *units, weights=(1, -REST_BOUND - sign, sign * multiplier)))
    return sides


def mean_shift(d):
    """|sum p_i (g(q_i) - g(p_i))| < 2 gamma/(1 - b)^2, side by side."""
    step = {j: i}
    close = d.lemma(G_CLOSE.name, substitute(G_CLOSE.claim.goal, step), replace=step)
    (weight, bound), positive = d.letters(i, p[i] > 0, p[i] <= b), d.letters(i, q[i] > 0)
    limit, less, unit = d.lemma(CAPPED.name, q[i] <= b, replace=step), d.suppose(b < 1), d.suppose(mass(p))
    shift = Abs(g(q[i]) - g(p[i])).args[0]  # which SymPy writes as g(p_i) - g(q_i)
    sides = []
    for sign in (1, -1):
        side = d("absolute_value", -sign * shift <= Abs(shift), weight, bound, positive, limit, less)
        value = sign * p[i] * (g(q[i]) - g(p[i]))
        term = d("combination", value < p[i] * SMALL_SHIFT, close, side, weight, bound, limit, less, weights=(p[i], p[i]))
        sums = d("sum_terms", total(value) < total(p[i] * SMALL_SHIFT), term, over=i)
        mean = sign * (total(p[i] * g(q[i])) - total(p[i] * g(p[i]))) < SMALL_SHIFT
        sides.append(d("combination", mean, sums, unit, weights=(1, -SMALL_SHIFT)))
    return sides


def first_order(d):
    """With lambda q_j = p_j psi(q_j), the remainder is a sum of five, of which one is (lambda - 1)(q_j - p_j)."""
    means, shifts = mean_rest(d), mean_shift(d)
    ratio, limit = at_letter(d, j)
    (weight, bound), positive = d.letters(j, p[i] > 0, p[i] <= b), d.letters(j, q[i] > 0)
    every, less, focus = d.letters(i, p[i] <= b), *d.suppose(b < 1, gamma > 0)
    step = {x: q[j]}
    rest = d.lemma(GAIN_CAPPED.name, substitute(GAIN_CAPPED.claim.goal, step), limit, positive, replace=step)
    near = d("part", CLOSE_SIDES[0], d.lemma(CLOSE.name, CLOSE.claim.goal))
    shift = d.lemma(G_CLOSE.name, G_CLOSE.claim.goal)
    both = d.lemma(MULTIPLIER.name, MULTIPLIER.claim.goal)
    least, most = (d("part", side, both) for side in MULTIPLIER_SIDES)
    above_zero = d("combination", b > 0, weight, bound, weights=(1, 1))
    reach = gamma / (1 - b)
    above = d("combination", multiplier - 1 < reach, most, above_zero, focus, less, weights=(1, gamma / (1 - b)))
    below = d("combination", 1 - multiplier < reach, least, focus, weights=(1, 1))
    gap, change, own = (Abs(value).args[0] for value in (q[j] - p[j], g(q[j]) - g(p[j]), substitute(GAIN_REST, step)))
    up, down = (d("absolute_value", -sign * gap <= Abs(gap)) for sign in (1, -1))
    sides = []
    for sign in (1, -1):
        near_own = d("absolute_value", -sign * own <= Abs(own), limit, positive)
        near_change = d("absolute_value", -sign * change <= Abs(change), weight, bound, positive, limit, less)
        turned = (1 + sign) // 2
        pieces = (rest, near_own, means[turned], near, up, down, shift, near_change, shifts[turned], ratio)
        halves = [(reach - side * sign * (multiplier - 1)) / 2 for side in (1, -1)]
        weights = (p[j], p[j], p[j], reach, *halves, gamma * p[j], gamma * p[j], gamma * p[j], -sign)
        value = -sign * Abs(FIRST_ORDER).args[0]
        known = (above, below, weight, every, focus, less)
        sides.append(d("combination", value < FIRST_ERROR, *pieces, *known, weights=weights))
    d("absolute", d.goal, *sides)


FIRST_ERROR = 7 * gamma**2 * p[j] / (1 - b) ** 2
FIRST = Result(
    claim=Claim(
        name="cross_entropy_limit/first-order",
        statement="with 1/2 and every p_i at most b < 1, q_j is p_j + gamma p_j (g(p_j) - mean of g) up to "
        "7 gamma^2 p_j/(1 - b)^2, for gamma <= (1 - b)/(2 b)",
        source="paper",
        reference=REFERENCE,
        variables=NEAR_ZERO,
        where=(b >= HALF, b < 1),
        goal=Abs(FIRST_ORDER) < FIRST_ERROR,
        kind="limit",
    ),
    derivation=first_order,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "q_j = p_j + gamma p_j g(p_j) up to 7 gamma^2 p_j/(1 - b)^2",
        Abs(q[j] - p[j] - gamma * p[j] * g(p[j])) < FIRST_ERROR,
    ),
)
