"""The value of the minimum: positive, at most that of the uniform model, its asymptotics in gamma, and what mixing does to it.

Source
    Abstract: "various asymptotic characterizations", "convexity ... of the focal-entropy".
Statement
    On n >= 2 letters, 0 < H*_gamma(P) <= (1 - 1/n)^gamma ln n; on one letter it is 0 (`uniqueness/degenerate`), so it
    vanishes just where P is degenerate. With m <= p_i <= M, R = ln(M/m), D = R/(gamma - 1) and G = (p_1 ... p_n)^(1/n),
        H* <= n G (1 - 1/n)^gamma (ln n + ((n - 1) R/gamma)^2)               if gamma >= 2 (n - 1) R,
        H* >= n G (1 - 1/n)^gamma (ln n - n D)(1 - gamma (D/(1 - 1/n))^2)    if gamma - 1 >= 2 n R.
    H* is concave in P, whatever the supports. So H* ~ n ln n G (1 - 1/n)^gamma, with a relative error O(1/gamma); n G =
    e^(-D(U||P)) with U uniform, at most 1. Mixing P with a relabelling of itself does not lower H*.
Idea
    The uniform pmf is a competitor of the minimizer, and its focal-entropy does not depend on P. With a_i = ln(p_i/G), a
    better one is 1/n + (1 - 1/n) a_i/gamma: p_i (1 - a_i/gamma)^gamma <= p_i e^(-a_i) = G. Below, D bounds |q_i - 1/n|
    (`uniform_limit/close`), and e^u >= 1 + u at u = ln(p_i/G) + gamma ln((1 - q_i)/(1 - 1/n)), summed over i, bounds the sum
    of p_i (1 - q_i)^gamma from below: the q_i - 1/n sum to 0, so its first order cancels. The minimizer of a mixture competes
    with those of its parts, whose minima are equal.
Trusted
    What `uniqueness/optimality` and `uniform_limit/close` trust, monotonicity of ln, exp and powers (rule `apply`).
Not covered
    The coefficient of 1/gamma in the relative error. Mixtures of P with its relabellings are majorized by P; every pair of
    which one majorizes the other is `schur_concavity`.
"""

from focal_symbolic.proofs.convexity import mixed
from focal_symbolic.proofs.elementary import exp_above, log_above, log_square
from focal_symbolic.proofs.existence import least_of_all
from focal_symbolic.proofs.ordering import relabel
from focal_symbolic.proofs.uniform_limit import BOUNDED, entry_close, m, top
from focal_symbolic.proofs.uniqueness import optimality
from sympy import Integer, Interval, Rational, exp, log, oo

from focal_symbolic.claims import bijection, data, minimum, mixture, optimum, pmf, theorem
from focal_symbolic.definitions import focal_entropy, gamma, loss, multiplier, p, q, x
from focal_symbolic.language import And, Eq, Ge, array, i, letters, mass, n, real, total

t, w, mu, nu = map(real, ("t", "w", "mu", "nu"))
r, s, v, blend = map(array, "rsvm")
sigma = letters("sigma")
EVEN = 1 / n
HALF = Rational(1, 2)
PHRASE = "asymptotic characterizations"


@theorem(
    "the minimum focal-entropy is at most (1 - 1/n)^gamma ln n",
    answers=PHRASE,
    over={gamma: Interval(0, oo), p: pmf, (q, multiplier): optimum(p, gamma)},
    shows=focal_entropy(p, q, gamma) <= loss(EVEN, gamma),
    false="the minimum focal-entropy is at most nine tenths of (1 - 1/n)^gamma ln n",
    but=focal_entropy(p, q, gamma) <= Rational(9, 10) * loss(EVEN, gamma),
)
def at_most_uniform(proof):
    """H* + lambda (1 - sum 1/n) <= sum p_i loss(1/n) = loss(1/n)."""
    proof.combine({proof.use(optimality, {r: (i, EVEN)}): 1, mass(p): loss(EVEN, gamma)})


@theorem(
    "the minimum focal-entropy is positive on two letters or more",
    answers=PHRASE,
    over={gamma: Interval(0, oo), p: pmf, (q, multiplier): optimum(p, gamma)},
    shows=focal_entropy(p, q, gamma) > 0,
    false="the minimum focal-entropy exceeds 1/1000",
    but=focal_entropy(p, q, gamma) > Rational(1, 1000),
)
def minimum_is_positive(proof):
    """Every loss is positive, since 0 < q_i < 1."""
    proof.sign()


MEAN = total(log(n * p[i])) / n
"""The mean of ln(n p_i): exp(MEAN) = n G, and it is minus the divergence of P from the uniform pmf U, -D(U||P)."""
MEANT = Eq(n * t, total(log(n * p[i])))
"""t is that mean."""
SPAN = log(top / m)
"""R = ln(M/m), as one logarithm: 0, and not only near 0, where M = m."""


def size(mean, relative):
    """n G (1 - 1/n)^gamma relative."""
    return exp(mean) * (1 - 1 / n) ** gamma * relative


SHIFT = log(n * p[i]) - t
"""a_i = ln(p_i/G)."""
RISE = (n - 1) * SHIFT / gamma
"""The competitor is (1 + RISE)/n."""
COMPETITOR = (1 + RISE) / n
SECOND = ((n - 1) * SPAN / gamma) ** 2


def above(mean):
    """H* against its bound from above, with `mean` for the mean of ln(n p)."""
    return focal_entropy(p, q, gamma) <= size(mean, log(n) + SECOND)


def competitor_pays(proof):
    """Optimality against (1 + RISE)/n."""
    late, focus = 2 * (n - 1) * SPAN <= gamma, gamma > 0
    lower, upper = proof.apply(log, m <= p[i]), proof.apply(log, p[i] <= top)
    high = proof.combine(SHIFT <= SPAN, {upper: 1, proof.sum(lower): 1 / n, MEANT: 1 / n})
    deep = proof.combine(-SHIFT <= SPAN, {lower: 1, proof.sum(upper): 1 / n, MEANT: 1 / n})
    proof.combine(SPAN >= 0, {lower: 1, upper: 1})
    start = proof.combine(RISE >= -HALF, {deep: (n - 1) / gamma, late: HALF / gamma})
    room = proof.combine(SHIFT < gamma, {high: 1, late: HALF, focus: HALF, Ge(n, 2): SPAN})
    proof.combine(gamma + (n - 1) * SHIFT > 0, {start: gamma, focus: HALF})
    proof.combine(COMPETITOR < 1, {room: (n - 1) / (n * gamma)})
    proof.sign(1 - SHIFT / gamma > 0)
    inner = log(1 - SHIFT / gamma)
    line = proof.combine(gamma * inner <= -SHIFT, {proof.use(exp_above, {x: inner}): gamma})
    power, curve = proof.apply(exp, line), proof.use(log_square, {x: RISE})
    square = proof.combine(RISE**2 <= SECOND, {high: ((n - 1) / gamma) ** 2 * (SPAN + SHIFT)})
    scale = exp(t) * (1 - 1 / n) ** gamma / n
    bound = p[i] * loss(COMPETITOR, gamma) <= scale * (log(n) - RISE + SECOND)
    term = proof.combine(bound, {power: -p[i] * (1 - 1 / n) ** gamma * log(COMPETITOR), curve: scale, square: scale})
    best = proof.use(optimality, {r: (i, COMPETITOR)})
    return proof.combine(above(t), {best: 1, proof.sum(term): 1, MEANT: (n - 1) / gamma * (multiplier / n - scale)})


@theorem(
    "H* is at most n G (1 - 1/n)^gamma (ln n + ((n - 1) R/gamma)^2) for gamma >= 2 (n - 1) R, "
    "with G the geometric mean of the p_i and R = ln(M/m)",
    answers=PHRASE,
    over={gamma: Interval(2 * (n - 1) * SPAN, oo), **BOUNDED},
    where=(Ge(n, 2), gamma > 0),
    shows=above(MEAN),
    kind="limit",
    false="H* is at most n G (1 - 1/n)^gamma (99/100 ln n + ((n - 1) R/gamma)^2)",
    but=focal_entropy(p, q, gamma) <= size(MEAN, Rational(99, 100) * log(n) + SECOND),
)
def constant_above(proof):
    """The competitor (1 + (n - 1) a_i/gamma)/n, and e^x >= 1 + x."""
    with proof.suppose(MEANT):
        bound = competitor_pays(proof)
    proof.instance(bound, {t: MEAN})


NEAR = SPAN / (gamma - 1)
"""D."""
GAP = (q[i] - 1 / n) / (1 - 1 / n)
LEAST = log(n) - n * NEAR
"""A bound of ln(1/q_i) from below."""
BEND = (NEAR / (1 - 1 / n)) ** 2


def below(mean):
    """H* against its bound from below, with `mean` for the mean of ln(n p)."""
    return size(mean, LEAST * (1 - gamma * BEND)) <= focal_entropy(p, q, gamma)


def weights_sum(proof):
    """Each p_i (1 - q_i)^gamma by e^u >= 1 + u, each ln(1/q_i) by LEAST."""
    late, several, share = 2 * n * SPAN <= gamma - 1, Ge(n, 2), 1 / (1 - 1 / n)
    near, _ = (proof.combine(side * (q[i] - 1 / n) <= NEAR, {entry_close(proof, i, side): 1}) for side in (1, -1))
    square = proof.combine(GAP**2 <= BEND, {near: (NEAR + q[i] - 1 / n) * share**2})
    proof.combine(GAP <= HALF, {near: share, late: share / (2 * n * (gamma - 1)), several: share / (2 * n)})
    curve, few = proof.use(log_square, {x: -GAP}), proof.use(log_above, {x: 1 / n})
    proof.combine(LEAST > 0, {few: 1, late: HALF / (gamma - 1), several: HALF / n})
    of_u = SHIFT + gamma * (log(1 - q[i]) - log(1 - 1 / n))
    line, tangent = proof.use(exp_above, {x: log(n * q[i])}), proof.use(exp_above, {x: of_u})
    scale, power = exp(t) * (1 - 1 / n) ** gamma * LEAST / n, p[i] * (1 - q[i]) ** gamma
    bound = scale * (1 + SHIFT - gamma * GAP - gamma * BEND) <= p[i] * loss(q[i], gamma)
    weights = {line: power, near: n * power, tangent: scale, curve: scale * gamma, square: scale * gamma}
    sums = proof.sum(proof.combine(bound, weights))
    return proof.combine(below(t), {sums: 1, MEANT: scale, mass(q): scale * gamma * share})


@theorem(
    "H* is at least n G (1 - 1/n)^gamma (ln n - n D)(1 - gamma (D/(1 - 1/n))^2) for gamma >= 1 + 2 n R, with D = R/(gamma - 1)",
    answers=PHRASE,
    over={gamma: Interval(1 + 2 * n * SPAN, oo), **BOUNDED},
    where=(Ge(n, 2), gamma > 1),
    shows=below(MEAN),
    kind="limit",
    false="H* is at least (1 - 1/n)^gamma (ln n - n D)(1 - gamma (D/(1 - 1/n))^2): the arithmetic mean for the geometric",
    but=size(Integer(0), LEAST * (1 - gamma * BEND)) <= focal_entropy(p, q, gamma),
)
def constant_below(proof):
    """The q_i - 1/n sum to 0, so what is of first order in them cancels."""
    with proof.suppose(MEANT):
        bound = weights_sum(proof)
    proof.instance(bound, {t: MEAN})


def mixes(proof, family, mix, model):
    """The value at a model over the mixture of two data is the mixture of their values there."""
    value = loss(model[i], gamma)
    return proof.sum(proof.combine(Eq(family[i] * value, mix * value), {Eq(family[i], mix): value}))


q_of, r_of, v_of = map(array, ("t", "u", "z"))
"""The minimizers q, s and v on the supports of their data, positive off them."""
MINIMA = {
    **dict.fromkeys((p, r), data),
    w: Interval.open(0, 1),
    blend: mixture(p, r, w),
    (q, q_of, multiplier): minimum(p, gamma),
    (s, r_of, mu): minimum(r, gamma),
    (v, v_of, nu): minimum(blend, gamma),
}
CONCAVE = (1 - w) * focal_entropy(p, q_of, gamma) + w * focal_entropy(r, r_of, gamma), focal_entropy(blend, v_of, gamma)


def competes(proof, family, at):
    """v is positive where the family is, a part of the mixture: so its minimum is at most its value at v."""
    part, mix = family[i], Eq(blend[i], mixed(p, r))
    agree = Eq(part * (v_of[i] - v[i]), 0)
    with proof.suppose(part > 0):
        weights = {part > 0: 1 - w, r[i] >= 0: w} if family == p else {p[i] >= 0: 1 - w, part > 0: w}
        proof.combine(blend[i] > 0, {mix: 1} | weights)
        inside = proof.combine(agree, {Eq(blend[i] * (v_of[i] - v[i]), 0): part / blend[i]})
    outside = proof.combine(agree, {Eq(part, 0): v_of[i] - v[i]}, where=Eq(part, 0))
    proof.every(proof.cases({part > 0: inside, Eq(part, 0): outside}))
    return proof.use(least_of_all, at)


@theorem(
    "the minimum focal-entropy is concave in the data, whatever their supports, of two letters at least",
    answers="convexity",
    over={gamma: Interval(0, oo), **MINIMA},
    shows=CONCAVE[0] <= CONCAVE[1],
    false="the minimum focal-entropy is convex in the data",
    but=CONCAVE[0] >= CONCAVE[1],
)
def minimum_is_concave(proof):
    """Each minimum is at most the value at v, and the values at v mix linearly."""
    model = {r: (i, v[i]), array("v"): (i, v_of[i])}
    one = competes(proof, p, model)
    own = {p: (i, r[i]), q: (i, s[i]), q_of: (i, r_of[i]), multiplier: mu}
    other = competes(proof, r, model | own)
    mix = mixes(proof, blend, mixed(p, r), v_of)
    proof.combine({one: 1 - w, other: w, mix: 1})


@theorem(
    "mixing the data with a relabelling of it, (1 - w) P + w P o sigma, does not lower the minimum focal-entropy",
    answers="convexity",
    over={gamma: Interval(0, oo), p: pmf, sigma: bijection, w: Interval.open(0, 1), s: mixture(p, p, w, sigma)}
    | {(q, multiplier): optimum(p, gamma), (v, mu): optimum(s, gamma)},
    shows=focal_entropy(p, q, gamma) <= focal_entropy(s, v, gamma),
    false="mixing the data with a relabelling of it raises the minimum focal-entropy by a thousandth",
    but=Rational(1001, 1000) * focal_entropy(p, q, gamma) <= focal_entropy(s, v, gamma),
)
def mixing_does_not_lower(proof):
    """The least value at v over the data P is H*(P), over P o sigma too; the values at v mix linearly."""
    moved, model = p[sigma[i]], q[sigma[i]]
    plain = proof.use(optimality, {r: (i, v[i])})
    proof.use(relabel)
    other = proof.use(optimality, {r: (i, v[i]), p: (i, moved), q: (i, model)})
    level = proof.by("relabel", shows=Eq(focal_entropy(p, q, gamma), total(moved * loss(model, gamma))))
    mix = mixes(proof, s, (1 - w) * p[i] + w * moved, v)
    proof.combine({plain: 1 - w, other: w, mix: 1, level: w, mass(v): multiplier})


@theorem(
    "H* is positive, at most (1 - 1/n)^gamma ln n, and n G (1 - 1/n)^gamma ln n up to a relative error of order 1/gamma",
    answers=PHRASE,
    over={gamma: Interval(1 + 2 * n * SPAN, oo), **BOUNDED},
    where=(Ge(n, 2), gamma > 1, 2 * (n - 1) * SPAN <= gamma),
    shows=And(minimum_is_positive.shows, at_most_uniform.shows, above(MEAN), below(MEAN)),
    kind="limit",
    false="H* is positive, at most (1 - 1/n)^gamma ln n, and at least that with the arithmetic mean for the geometric",
    but=And(minimum_is_positive.shows, at_most_uniform.shows, above(MEAN), constant_below.falsehood.goal),
    main=True,
)
def value_of_the_minimum(proof):
    """The bounds above, and the two with the geometric mean."""
    for page in (minimum_is_positive, at_most_uniform, constant_above, constant_below):
        proof.use(page)
