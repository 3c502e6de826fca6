"""The loss by the logits of a sigmoid or softmax: its gradient and Hessian, and exactly where it is convex.

Source
    own; the gradient is that of the cross-entropy times psi (Mukhoti and others, NeurIPS 2020).
Statement
    Of two classes, with q = 1/(1 + e^-z) for the true class: the derivative of the loss by z is -(1 - q) psi(q), the second
    q (1 - q)^gamma B(q), B(x) = (1 + 2 gamma)(1 - x) - gamma (1 - (1 + gamma) x) ln(1/x). For every gamma > 0 there is
    exactly one q_- with B(q_-) = 0; B is negative before and positive beyond it, and (1 - q) psi(q) is largest there. It lies
    between e^(-4 - 2/gamma)/(1 + gamma) and e^(-2 - 1/gamma), and is less than 3/50 at every gamma. Of n classes, along a
    direction v the derivative is psi(q_j)(m - v_j) with m = sum q_i v_i, the second psi(q_j)(sum q_i v_i^2 - m^2) - q_j
    psi'(q_j)(v_j - m)^2. If q_j >= q_- that is nonnegative in every direction; if q_j < q_-, it is negative where the logit
    of the true class alone moves, and nonnegative still where v_j = m, on a hyperplane: it has exactly one negative eigenvalue.
Idea
    B is concave and B(1) = 0, so B(x)/(1 - x) rises. Along one logit n classes are two. sum q_i (v_i - m - a)^2, with a = -q_j
    (v_j - m)/(1 - q_j), is at least its term at j: so the variance is at least q_j (v_j - m)^2/(1 - q_j). As a polynomial in
    gamma, B is positive unless its discriminant is.
Trusted
    The mean value theorem (rule `monotone`), the intermediate value theorem (rule `root`), monotonicity of ln and exp (rule
    `apply`), the balls that bound ln(50/3) and e^-4 (rule `constant`).
Not covered
    The word «eigenvalue»: what is said is a direction, and a hyperplane. That a gradient and a Hessian are made of the
    derivatives along lines.
"""

from sympy import Ge, Interval, Rational, diff, exp, log, oo

from focal_symbolic.claims import inflection_of, letter, near, pmf, reals, theorem
from focal_symbolic.claims.claim import Draws
from focal_symbolic.definitions import curvature, gain, gamma, loss, q, sigmoid, softmax, x
from focal_symbolic.language import (
    And,
    Eq,
    Equivalent,
    ExistsUnique,
    Gt,
    Implies,
    Lt,
    array,
    i,
    j,
    k,
    mass,
    positive,
    real,
    total,
)

r, t, u, y, z = map(real, "rtuyz")
v, w = array("v"), array("w")
POSITIVE, INSIDE = Interval.open(0, oo), Interval.open(0, 1)


def gradient(at):
    """The derivative by the logit."""
    return -(1 - at) * gain(at, gamma)


def second(at):
    """The second derivative by the logit."""
    return at * (1 - at) ** gamma * curvature(at, gamma)


SCORED = loss(sigmoid(z), gamma)
MODERATE = Draws(gamma=(Rational(1, 10**8), Rational(100)))


@theorem(
    "with q the sigmoid of the score z, the loss has the derivative -(1 - q) psi(q) by z",
    reference="Mukhoti and others, NeurIPS 2020: psi times the derivative of the cross-entropy",
    over={gamma: Interval(0, oo), z: Interval(-oo, oo)},
    shows=Eq(diff(SCORED, z), gradient(sigmoid(z))),
    fuzz=MODERATE,
    false="the derivative is -psi(q)",
    but=Eq(diff(SCORED, z), -gain(sigmoid(z), gamma)),
)
def gradient_by_the_score(proof):
    """The rules of differentiation."""
    proof.identity()


@theorem(
    "with q the sigmoid of the score z, the loss has the second derivative q (1 - q)^gamma B(q) by z",
    over={gamma: Interval(0, oo), z: Interval(-oo, oo)},
    shows=Eq(diff(SCORED, z, 2), second(sigmoid(z))),
    fuzz=MODERATE,
    false="the second derivative is q (1 - q) B(q)",
    but=Eq(diff(SCORED, z, 2), sigmoid(z) * (1 - sigmoid(z)) * curvature(sigmoid(z), gamma)),
)
def by_the_score(proof):
    """The rules of differentiation."""
    proof.identity()


def raised(at):
    """B(x)/(1 - x), which rises."""
    return curvature(at, gamma) / (1 - at)


@theorem(
    "B(x)/(1 - x) rises strictly on (0, 1), so B changes its sign once at most, from - to +",
    over={gamma: POSITIVE, x: INSIDE, z: Interval.open(x, 1)},
    shows=raised(x) < raised(z),
    false="B(x)/(1 - x) rises by 1 at every step",
    but=raised(x) < raised(z) - 1,
)
def curvature_rises(proof):
    """B'(t)(1 - t) + B(t) has the derivative B''(t)(1 - t) < 0 and vanishes at 1, so it is positive."""
    inside = u > 0, u < 1
    above = proof.monotone(diff(curvature(t, gamma), t) * (1 - t) + curvature(t, gamma), along=t, start=u, end=1, where=inside)
    rises = proof.combine(diff(raised(u), u) > 0, {above: 1 / (1 - u) ** 2}, where=inside)
    proof.monotone(raised(u), along=u, start=x, end=z, rate=rises)


@theorem(
    "B(x) is positive where ln(1/x) <= 2 + 1/gamma: the loss is convex in the score where q >= e^(-2 - 1/gamma)",
    over={gamma: POSITIVE, x: INSIDE},
    where=-gamma * log(x) <= 1 + 2 * gamma,
    shows=curvature(x, gamma) > 0,
    false="B(x) exceeds 1 - x there",
    but=curvature(x, gamma) > 1 - x,
)
def convex_from(proof):
    """B = (1 - (1 + gamma) x) (1 + 2 gamma - gamma ln(1/x)) + (1 + 2 gamma) gamma x."""
    low, high = (1 + gamma) * x <= 1, (1 + gamma) * x > 1
    small = -gamma * log(x) <= 1 + 2 * gamma
    spare = proof.sign((1 + 2 * gamma) * gamma * x > 0)
    first = proof.combine(proof.goal, {small: 1 - (1 + gamma) * x, spare: 1}, where=low)
    room = proof.sign((1 + 2 * gamma) * (1 - x) > 0)
    second = proof.combine(proof.goal, {room: 1, high: -gamma * log(x)}, where=high)
    proof.cases({low: first, high: second})


FIRST, LAST = exp(-4 - 2 / gamma) / (1 + gamma), exp(-2 - 1 / gamma)
"""Points where B is negative and where it is positive."""


@theorem(
    "B vanishes exactly once between e^(-4 - 2/gamma)/(1 + gamma) and e^(-2 - 1/gamma): there is an inflection q_-(gamma)",
    over={gamma: POSITIVE},
    shows=ExistsUnique(Eq(-raised(x), 0), (x, FIRST, LAST)),
    false="B vanishes exactly once between that and e^(-3 - 1/gamma)",
    but=ExistsUnique(Eq(-raised(x), 0), (x, FIRST, exp(-3 - 1 / gamma))),
)
def inflection_exists(proof):
    """At the first point ln(1/x) = 4 + 2/gamma + ln(1 + gamma) and (1 - x)/(1 - (1 + gamma) x) < 2."""
    ahead = proof.sign(-2 - 1 / gamma < 0)
    proof.apply(exp, ahead)
    proof.apply(exp, proof.sign(-4 - 2 / gamma < -4))
    eighth = proof.constant(Lt(exp(-4), Rational(1, 8), evaluate=False))
    far = exp(-4 - 2 / gamma)
    small = proof.combine(far < Rational(1, 8), {far < exp(-4): 1, eighth: 1})
    more = proof.apply(log, 1 < 1 + gamma)
    rest = proof.sign((1 + 2 * gamma) * (Rational(3, 4) + FIRST) > 0)
    weights = {small: 2 * (1 + 2 * gamma), more: gamma * (1 - far), rest: 1}
    start = proof.combine(-raised(FIRST) >= 0, {line: weight / (1 - FIRST) for line, weight in weights.items()})
    end = proof.use(convex_from, {x: LAST})
    end = proof.combine(-raised(LAST) <= 0, {end: 1 / (1 - LAST)})
    inside = 0 < x, x < u, u < 1
    falls = proof.combine(-raised(u) < -raised(x), {proof.use(curvature_rises, {z: u}, where=inside): 1}, where=inside)
    ordered = proof.combine(FIRST <= LAST, {LAST < 1: LAST, gamma > 0: LAST**2 / (1 + gamma)})
    proof.by("root", falls, start, end, ordered)


INFLECTION = {gamma: POSITIVE, y: inflection_of(gamma)}
SIGNS = Equivalent(x < y, curvature(x, gamma) < 0), Equivalent(x > y, curvature(x, gamma) > 0)


@theorem(
    "B is negative exactly before the inflection q_- and positive exactly beyond it",
    over=INFLECTION | {x: INSIDE},
    shows=And(*SIGNS),
    false="B is negative exactly beyond the inflection",
    but=And(Equivalent(x > y, curvature(x, gamma) < 0), SIGNS[1]),
)
def sign_of_the_curvature(proof):
    """B(x)/(1 - x) rises through 0."""
    before, equal, beyond, level = x < y, Eq(x, y), x > y, Eq(curvature(y, gamma), 0)
    weights = {proof.use(curvature_rises, {z: y}, where=before): 1 - x, level: (1 - x) / (1 - y)}
    less = proof.combine(curvature(x, gamma) < 0, weights, where=before)
    weights = {proof.use(curvature_rises, {x: y, z: x}, where=beyond): 1 - x, level: (1 - x) / (1 - y)}
    more = proof.combine(curvature(x, gamma) > 0, weights, where=beyond)
    none = proof.rewrite(level, by=equal, shows=Eq(curvature(x, gamma), 0), where=equal)
    proof.trichotomy({before: less, equal: none, beyond: more}, shows=proof.goal)


@theorem(
    "the gradient is largest at the inflection: (1 - x) psi(x) <= (1 - q_-) psi(q_-)",
    over=INFLECTION | {x: INSIDE},
    shows=-gradient(x) <= -gradient(y),
    false="the gradient is at most 9/10 of that",
    but=-gradient(x) <= -Rational(9, 10) * gradient(y),
)
def steepest(proof):
    """(1 - x) psi(x) has the derivative -(1 - x)^(gamma - 1) B(x)."""
    before, equal, beyond = x < y, Eq(x, y), y < x
    lines = {}
    for case, inside, said, ends in (
        (before, (0 < t, t < y), diff(gradient(t), t) < 0, (x, y)),
        (beyond, (y < t, t < 1), diff(gradient(t), t) > 0, (y, x)),
    ):
        with proof.suppose(*inside):
            proof.use(sign_of_the_curvature, {x: t})
            sign = proof.transfer(SIGNS[0 if case == before else 1].xreplace({x: t}), inside[1 if case == before else 0])
            rate = proof.combine(said, {sign: (1 - t) ** gamma / (1 - t)})
        line = proof.monotone(gradient(t), along=t, start=ends[0], end=ends[1], rate=rate, where=case)
        lines[case] = proof.combine(proof.goal, {line: 1}, where=case)
    lines[equal] = proof.rewrite(by=equal, shows=proof.goal, where=equal)
    proof.cases(lines)


SIX = Rational(3, 50)


@theorem(
    "B(x) is positive at every gamma where x >= 3/50: the loss is convex in the score where the true class has 6 %",
    over={gamma: POSITIVE, x: Interval.Ropen(SIX, 1)},
    shows=curvature(x, gamma) > 0,
    false="B(x) is positive at every gamma where x >= 1/20",
    but_over={gamma: POSITIVE, x: Interval.Ropen(Rational(1, 20), 1)},
)
def convex_at_every_gamma(proof):
    """With L = ln(1/x), B is (1 - x)(1 - gamma (L - 2)/2)^2 + gamma^2 (x L - (1 - x)(L - 2)^2/4)."""
    surprise, most = -log(x), Rational(563, 200)
    flat, steep = 2 + log(x) >= 0, 2 + log(x) < 0
    spare = proof.sign(1 - x - gamma**2 * x * log(x) > 0)
    first = proof.combine(proof.goal, {flat: gamma * (1 - x), spare: 1}, where=flat)
    with proof.suppose(steep):
        end = proof.constant(Gt(log(SIX), -most, evaluate=False))
        bound = proof.combine(surprise < most, {proof.apply(log, SIX <= x): 1, end: 1})
        less = proof.combine((surprise - 2) * most < surprise * (most - 2), {bound: 2})
        spare = positive(4 * most * SIX - (1 - SIX) * (most - 2) ** 2)
        room = proof.combine((1 - x) * (most - 2) ** 2 < 4 * most * x, {x >= SIX: (most - 2) ** 2 + 4 * most, spare: 1})
        square = proof.sign((1 - x) * (1 - gamma * (surprise - 2) / 2) ** 2 >= 0)
        quarter, ratio = gamma**2 * (1 - x) / 4, (most - 2) / most
        last = {less: quarter * ((surprise - 2) / most + surprise * ratio / most), bound: quarter * surprise * ratio**2}
        second = proof.combine(proof.goal, last | {square: 1, room: gamma**2 * surprise / (4 * most)})
    proof.cases({flat: first, steep: second})


# -- many classes ------------------------------------------------------------------------------------------------------------


def moved(at):
    """The softmax at the logits w + t v."""
    return softmax(w[i] + t * v[i], at)


MEAN = total(moved(k) * v[k], over=k)
SQUARES = total(moved(k) * v[k] ** 2, over=k)
ALONG = loss(moved(j), gamma)
LINE = {gamma: Interval(0, oo), w: reals, v: reals, t: Interval(-oo, oo), j: letter}


@theorem(
    "along v the loss of a softmax has the derivative psi(q_j)(sum q_i v_i - v_j), psi(q_j) times that of the cross-entropy",
    reference="Mukhoti and others, NeurIPS 2020: psi times the gradient of the cross-entropy",
    over=LINE,
    where=moved(j) < 1,
    shows=Eq(diff(ALONG, t), gain(moved(j), gamma) * (MEAN - v[j])),
    fuzz=MODERATE,
    false="the derivative along v is that of the cross-entropy",
    but=Eq(diff(ALONG, t), MEAN - v[j]),
)
def gradient_of_the_softmax(proof):
    """The rules of differentiation."""
    proof.identity()


def form(m, squares):
    """The second derivative along v, of the mean and the mean square of v under q."""
    rate = diff(gain(x, gamma), x)
    return lambda at: gain(at, gamma) * (squares - m**2) - at * rate.xreplace({x: at}) * (v[j] - m) ** 2


@theorem(
    "along v the loss of a softmax has the second derivative psi(q_j)(sum q_i v_i^2 - m^2) - q_j psi'(q_j)(v_j - m)^2, where m "
    "is sum q_i v_i",
    over=LINE,
    where=moved(j) < 1,
    shows=Eq(diff(ALONG, t, 2), form(MEAN, SQUARES)(moved(j))),
    fuzz=MODERATE,
    false="the second derivative along v is that of the cross-entropy",
    but=Eq(diff(ALONG, t, 2), SQUARES - MEAN**2),
)
def second_of_the_softmax(proof):
    """The rules of differentiation."""
    proof.identity()


M, S = total(q[i] * v[i]), total(q[i] * v[i] ** 2)
HESSIAN = form(M, S)(q[j])
"""The second derivative along v, where the softmax is q."""
MODEL = {gamma: POSITIVE, q: pmf, v: reals, j: letter}


@theorem(
    "the variance of v under q is at least q_j (v_j - m)^2/(1 - q_j), where m = sum q_i v_i",
    over={q: pmf, v: reals, j: letter},
    where=q[j] < 1,
    shows=q[j] * (v[j] - M) ** 2 <= (1 - q[j]) * (S - M**2),
    false="the variance is at least twice that",
    but=2 * q[j] * (v[j] - M) ** 2 <= (1 - q[j]) * (S - M**2),
)
def variance_at_least(proof):
    """The sum of q_i (v_i - m - a)^2 is the variance plus a^2, and at least its term at j; a = -q_j (v_j - m)/(1 - q_j)."""
    terms = proof.sign(q[i] * (v[i] - t) ** 2 >= 0)
    whole = total(q[i] * (v[i] - t) ** 2)
    opened = proof.identity(Eq(whole, S - 2 * t * M + t**2 * total(q[i])))
    one = proof.combine(
        q[j] * (v[j] - t) ** 2 <= S - 2 * t * M + t**2, {proof.one_term(terms, at=j): 1, opened: 1, mass(q): t**2}
    )
    proof.combine({proof.instance(one, {t: M - q[j] * (v[j] - M) / (1 - q[j])}): 1 - q[j]})


CONVEX = HESSIAN >= 0
OFF_THE_HYPERPLANE = HESSIAN >= -q[j] * diff(gain(x, gamma), x).xreplace({x: q[j]}) * (v[j] - M) ** 2


@theorem(
    "the loss of a softmax is convex along every v if B(q_j) >= 0",
    over=MODEL,
    where=(q[j] < 1, curvature(q[j], gamma) >= 0),
    shows=CONVEX,
    false="the second derivative is at least half of that of the cross-entropy",
    but=HESSIAN >= (S - M**2) / 2,
)
def convex_along_every_line(proof):
    """With d = v_j - m, it is at least q_j d^2 (psi - (1 - q_j) psi')/(1 - q_j); psi - (1 - x) psi' = (1 - x)^(gamma - 1) B."""
    own, spread, bent = q[j], proof.use(variance_at_least), curvature(q[j], gamma) >= 0
    square = own * (v[j] - M) ** 2 * (1 - own) ** gamma / (1 - own) ** 2
    proof.combine({spread: gain(own, gamma) / (1 - own), bent: square})


@theorem(
    "the second derivative along v is at least -q_j psi'(q_j) (v_j - sum q_i v_i)^2: the loss of a softmax is convex "
    "along every v with v_j = sum q_i v_i, whatever q_j is",
    over=MODEL,
    where=q[j] < 1,
    shows=OFF_THE_HYPERPLANE,
    false="the loss of a softmax is convex along every v, whatever q_j is",
    but=CONVEX,
)
def convex_on_the_hyperplane(proof):
    """What is left is psi(q_j) times the variance."""
    spread, share = proof.use(variance_at_least), gain(q[j], gamma) / (1 - q[j])
    proof.combine({spread: share, proof.sign(Ge((v[j] - M) ** 2, 0, evaluate=False)): q[j] * share})


OWN = exp(z) / (exp(z) + r)
"""The true class's probability by its logit, r being the sum of e^(w_i) over the others."""
BENT = diff(loss(OWN, gamma), z, 2)
ALONE = INFLECTION | {r: POSITIVE, z: Interval(-oo, oo)}
BENDS = Equivalent(OWN < y, BENT < 0), Equivalent(OWN > y, BENT > 0)


@theorem(
    "where the logit z of the true class alone moves, the second derivative is q (1 - q)^gamma B(q), negative just for q < q_-",
    over=ALONE,
    shows=And(Eq(BENT, second(OWN)), *BENDS),
    fuzz=MODERATE,
    false="where the logit of the true class alone moves, the second derivative is positive exactly where q < q_-",
    but=And(Eq(BENT, second(OWN)), Equivalent(OWN < y, BENT > 0)),
)
def along_the_own_logit(proof):
    """n classes are two there: q = e^z/(e^z + r)."""
    law = proof.identity(Eq(BENT, second(OWN)))
    signs = proof.use(sign_of_the_curvature, {x: OWN})
    size, bend = OWN * (1 - OWN) ** gamma, curvature(OWN, gamma)
    before, equal, beyond = OWN < y, Eq(OWN, y), OWN > y
    less = proof.transfer(signs, before, where=before)
    less = proof.combine(BENT < 0, {less: size, law: 1}, where=before)
    none = proof.rewrite(Eq(curvature(y, gamma), 0), by=equal, shows=Eq(bend, 0), where=equal)
    none = proof.combine(Eq(BENT, 0), {none: size, law: 1}, where=equal)
    more = proof.transfer(signs, beyond, where=beyond)
    more = proof.combine(BENT > 0, {more: size, law: 1}, where=beyond)
    proof.trichotomy({before: less, equal: none, beyond: more}, shows=And(*BENDS))


FLAT = Rational(29, 500)


@theorem(
    "at gamma = 12/5 B(29/500) is negative: 29/500 would not do for 3/50",
    over={gamma: near(Rational(12, 5), Rational(1, 100)), x: near(FLAT, Rational(1, 10**5))},
    shows=curvature(x, gamma) < 0,
    kind="witness",
    false="at gamma = 12/5 B(29/500) is less than -1/10",
    but=curvature(x, gamma) < -Rational(1, 10),
)
def concave_at_29_of_500(proof):
    """A ball."""
    proof.constant(proof.goal)


@theorem(
    "the loss of a softmax is convex along every v where q_j >= q_-; where q_j < q_- it is concave along the logit of the true "
    "class alone, and convex still along v with v_j = sum q_i v_i: along any v the second derivative is at "
    "least -q_j psi'(q_j) (v_j - sum q_i v_i)^2",
    over=ALONE | MODEL,
    where=q[j] < 1,
    shows=And(Implies(q[j] >= y, CONVEX), BENDS[0], OFF_THE_HYPERPLANE),
    fuzz=MODERATE,
    false="the loss of a softmax is convex along every v where q_j >= q_-/10",
    but=And(Implies(q[j] >= y / 10, CONVEX), BENDS[0], OFF_THE_HYPERPLANE),
    main=True,
)
def convex_or_not(proof):
    """B(q_j) >= 0 from q_- on."""
    proof.use(along_the_own_logit)
    signs, flat = proof.use(sign_of_the_curvature, {x: q[j]}), curvature(q[j], gamma) >= 0
    above, equal, beyond = q[j] >= y, Eq(q[j], y), q[j] > y
    level = proof.rewrite(Eq(curvature(y, gamma), 0), by=equal, shows=Eq(curvature(q[j], gamma), 0), where=equal)
    level = proof.combine(flat, {level: 1}, where=equal)
    more = proof.combine(flat, {proof.transfer(signs, beyond, where=beyond): 1}, where=beyond)
    with proof.suppose(above):
        proof.cases({equal: level, beyond: more}, shows=flat)
        line = proof.use(convex_along_every_line)
    proof.implication(above, line)
    proof.use(convex_on_the_hyperplane)
