"""Existence of the minimizer, and how it moves with the data and with gamma.

Source
    Abstract: "existence and uniqueness of the minimizer"; the derivatives are this project's own.
Statement
    For all data, which may vanish somewhere, on any finite alphabet, and every gamma >= 0: if the support has k >= 2 letters
    and gamma > 0, there is exactly one lambda between two explicit ends with sum phi^(-1)(lambda/p_i) = 1 over the support, and
    q_i = phi^(-1)(lambda/p_i) there, 0 off it, has less focal-entropy than any other pmf, zeros allowed (a pmf that vanishes on
    the support has +oo). Else, if k = 1 or gamma = 0, P itself has. On the support alone: for every lambda > 0 the family q_i =
    phi^(-1)(lambda/p_i) meets the conditions of optimality but for its mass; for the one lambda at which the mass is 1
    (`uniqueness/multiplier_exists`) the minimum is attained there, and only there. As p_i and gamma move, q_i moves at the rate
    v_i = (c_i - kappa)/d_i, with d_i = -p_i dphi/dq > 0, c_i the rate of p_i phi(q_i) at fixed q_i, and kappa the mean of the
    c_i with weights 1/d_i, which is the rate of lambda. So dq_i/dgamma = (p_i dphi/dgamma - kappa)/d_i and dq_i/dp_j =
    (phi(q_j)/d_j)([i = j] - (1/d_i)/sum (1/d_k)). A finite step that moves every entry obeys the same formula exactly, with a
    secant of phi in place of its derivative.
Idea
    The sum over the support falls through 1. Tangents at q on the support; off it each unit of mass costs lambda.
    p_i phi(q_i) = lambda and sum q_i = 1, differentiated: c_i - d_i v_i is the same for every letter and sum v_i = 0. This
    matrix is diagonal plus rank one.
Trusted
    The mean value theorem, the intermediate value theorem, the continuous inverse theorem, and monotonicity of ln, exp and
    powers, through the lemmas.
Not covered
    The limit of the finite step is `differentiability/minimizer_is_differentiable`. That k is a whole number, 1 at least.
    Countable alphabets, which are `infinite_minimizer`.
"""

from focal_symbolic.proofs.convexity import loss_is_convex, slope_falls, slope_falls_by, tangent_ahead, tangent_behind
from focal_symbolic.proofs.elementary import log_above, log_below
from focal_symbolic.proofs.ordering import agrees, paid, price
from focal_symbolic.proofs.uniqueness import entry, inverse, inverse_falls, slope_reverses, strictly_optimal
from sympy import Interval, Ne, Rational, diff, log, oo

from focal_symbolic.claims import (
    above,
    below,
    data,
    letter,
    minimum,
    multiplier_of,
    optimum,
    pmf,
    price_on,
    submass,
    support,
    supported,
    theorem,
)
from focal_symbolic.claims.claim import Draws
from focal_symbolic.definitions import cross_entropy, focal_entropy, gamma, loss, multiplier, p, q, slope, slope_inverse, x
from focal_symbolic.language import (
    NEVER,
    And,
    Eq,
    Every,
    ExistsUnique,
    Implies,
    Or,
    array,
    i,
    j,
    k,
    mass,
    n,
    positive,
    real,
    substitute,
    total,
)

y, u, eta, mu, kappa = map(real, ("y", "u", "eta", "mu", "kappa"))
r, w = array("r"), array("w")
PHRASE = "existence and uniqueness of the minimizer"
MINIMIZER = {p: pmf, (q, multiplier): optimum(p, gamma)}
PRICED = {p: pmf, multiplier: multiplier_of(p, gamma)}
AT = entry(multiplier)
"""phi^(-1)(lambda/p_i)."""
CONDITIONS = (AT > 0, AT < 1, Eq(p[i] * slope(AT, gamma), multiplier))


@theorem(
    "at every multiplier, phi^(-1)(lambda/p_i) meets the conditions of optimality, but for the mass",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), multiplier: Interval.open(0, oo), p: pmf},
    shows=And(*map(Every, CONDITIONS)),
    false="at every multiplier, phi^(-1)(lambda p_i) meets the conditions of optimality, but for the mass",
    but=And(*(Every(c.xreplace({AT: slope_inverse(multiplier * p[i], gamma)})) for c in CONDITIONS)),
)
def conditions_met(proof):
    """phi takes the value lambda/p_i at its inverse there."""
    proof.use(inverse, {y: multiplier / p[i]})
    steps = AT > 0, AT < 1, proof.combine(CONDITIONS[2], {Eq(slope(AT, gamma), multiplier / p[i]): p[i]})
    for step in steps:
        proof.every(step)


MINIMUM = total(p[i] * loss(AT, gamma))


@theorem(
    "if a lambda > 0 makes the mass of phi^(-1)(lambda/p_i) 1, the minimum is attained there, and only there",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), **PRICED, r: submass, j: letter},
    where=Ne(r[j], entry(multiplier, j)),
    shows=MINIMUM + multiplier * (1 - total(r[i])) < focal_entropy(p, r, gamma),
    false="the minimum is a tenth more than the focal-entropy of phi^(-1)(lambda/p_i)",
    but=Rational(11, 10) * MINIMUM + multiplier * (1 - total(r[i])) < focal_entropy(p, r, gamma),
)
def attained(proof):
    """Whatever meets the conditions of optimality is strictly optimal."""
    proof.use(conditions_met)
    proof.use(strictly_optimal, {q: (i, AT)})


# -- data and models that vanish somewhere ------------------------------------------------------------------------------------

t, v = array("t"), array("v")
EVERYWHERE = {gamma: Interval(0, oo), p: data, (q, t, multiplier): minimum(p, gamma), r: data, v: supported(r, p)}
KEPT, LEFT = p[i] * loss(t[i], gamma) - multiplier * (r[i] - q[i]), p[i] * loss(v[i], gamma)


def on_the_support(proof, at):
    """Under p > 0 at a letter: v and t are r and q there, and the tangent of the loss at t lies below it at v."""
    with proof.suppose(p[at] > 0):
        model = proof.combine(Eq(t[at], q[at]), {agrees(at): 1 / p[at]})
        other = proof.combine(Eq(v[at], r[at]), {Eq(p[at] * (v[at] - r[at]), 0): 1 / p[at]})
        proof.combine(Eq(p[at] * slope(t[at], gamma), multiplier), {paid(at): 1 / p[at]})
        low, high = p[at] * loss(t[at], gamma) - multiplier * (v[at] - t[at]), p[at] * loss(v[at], gamma)
        branches = {}
        for case, tangent, step in (
            (t[at] < v[at], tangent_ahead, (v[at] - t[at]) / (1 - t[at])),
            (v[at] < t[at], tangent_behind, (t[at] - v[at]) / t[at]),
        ):
            line = proof.use(tangent, {x: t[at], u: step}, where=case)
            price_ = Eq(p[at] * slope(t[at], gamma), multiplier)
            branches[case] = proof.combine(low < high, {line: p[at], price_: t[at] - v[at]}, where=case)
    return low, high, branches, model, other


def off_the_support(proof, at):
    """Under q = 0 at a letter: p vanishes there as well."""
    return proof.combine(Eq(p[at], 0), {agrees(at): 1 / t[at], Eq(q[at], 0): p[at] / t[at]}, where=Eq(q[at], 0))


def every_term(proof):
    """KEPT <= LEFT at an arbitrary letter."""
    low, high, branches, model, other = on_the_support(proof, i)
    with proof.suppose(p[i] > 0):
        equal = Eq(t[i], v[i])
        weak = proof.cases(branches | {equal: proof.rewrite(by=equal, shows=low <= high, where=equal)})
        inside = proof.combine(KEPT <= LEFT, {weak: 1, model: multiplier, other: multiplier})
    with proof.suppose(Eq(q[i], 0)):
        empty = off_the_support(proof, i)
        outside = proof.combine(
            KEPT <= LEFT, {r[i] >= 0: multiplier, Eq(q[i], 0): multiplier, empty: loss(v[i], gamma) - loss(t[i], gamma)}
        )
    return proof.either({p[i] > 0: inside, Eq(q[i], 0): outside})


@theorem(
    "among all pmfs, zeros allowed, none has less focal-entropy than q, for data that may vanish somewhere",
    answers=PHRASE,
    over=EVERYWHERE,
    shows=focal_entropy(p, t, gamma) <= focal_entropy(p, v, gamma),
    false="every pmf has a hundredth more focal-entropy than q",
    but=Rational(101, 100) * focal_entropy(p, t, gamma) <= focal_entropy(p, v, gamma),
)
def least_of_all(proof):
    """The tangent inequality on the support; off it q vanishes, and r costs lambda times its mass."""
    proof.combine({proof.sum(every_term(proof)): 1, mass(q): multiplier, mass(r): multiplier})


@theorem(
    "a pmf that differs from q at a letter, on the support or off it, has strictly more focal-entropy",
    answers=PHRASE,
    over=EVERYWHERE | {j: letter},
    where=Ne(r[j], q[j]),
    shows=focal_entropy(p, t, gamma) < focal_entropy(p, v, gamma),
    false="such a pmf has a hundredth more focal-entropy",
    but=Rational(101, 100) * focal_entropy(p, t, gamma) < focal_entropy(p, v, gamma),
)
def only_one_of_all(proof):
    """Strictly at the letter j: the tangent is touched at t_j alone, and mass off the support is not free."""
    differ, kept, left = Ne(r[j], q[j]), *(e.xreplace({i: j}) for e in (KEPT, LEFT))
    *_, branches, model, other = on_the_support(proof, j)
    with proof.suppose(p[j] > 0):
        proof.rewrite(proof.rewrite(differ, by=model, shows=Ne(r[j], t[j])), by=other, shows=Ne(v[j], t[j]))
        inside = proof.combine(kept < left, {proof.cases(branches): 1, model: multiplier, other: multiplier})
    with proof.suppose(Eq(q[j], 0)):
        empty, more = off_the_support(proof, j), proof.rewrite(differ, by=Eq(q[j], 0), shows=Ne(r[j], 0))
        more = proof.sign(r[j] > 0)
        outside = proof.combine(
            kept < left, {more: multiplier, Eq(q[j], 0): multiplier, empty: loss(v[j], gamma) - loss(t[j], gamma)}
        )
    strict = proof.either({p[j] > 0: inside, Eq(q[j], 0): outside})
    proof.combine({proof.sum(every_term(proof), strict=strict): 1, mass(q): multiplier, mass(r): multiplier})


z, h, m, top = map(real, ("z", "h", "m", "M"))
s, f = array("s"), array("f")
LETTERS = total(s[i])
"""How many letters the support has."""
NEAR = Draws(letters=4, gamma=(Rational(1, 100), Rational(100)))
SHARE = slope(1 / LETTERS, gamma)
"""The slope at the uniform pmf of the support."""
ON_SUPPORT = {p: data, (s, f): support(p)}
EMPTY, FULL = Eq(s[i], 0), Eq(s[i], 1)


def on(price_, at=i):
    """The probability that a multiplier gives to a letter of the support; off it, some number of (0, 1)."""
    return slope_inverse(price_ / f[at], gamma)


def over_support(proof, weak, inside):
    """s_i times the line `inside`, which may suppose s_i = 1, at every letter: both sides vanish where s_i = 0."""
    low, high = weak.args
    term = s[i] * low <= s[i] * high
    outside = proof.combine(term, {EMPTY: high - low}, where=EMPTY)
    within = proof.combine(term, {inside: s[i], FULL: 0}, where=FULL)
    return proof.sum(proof.either({EMPTY: outside, FULL: within}))


def against_one(proof, bound, above):
    """The sum over the support at the multiplier bound * SHARE: at least 1 if bound <= f_i, at most 1 if p_i <= bound."""
    price_, at = bound * SHARE, on(bound * SHARE)
    proof.use(inverse, {y: price_ / f[i]})
    here = Eq(slope(at, gamma), price_ / f[i])
    with proof.suppose(FULL):
        fits = (
            bound <= f[i] if above else proof.combine(f[i] <= bound, {Eq(f[i], p[i] + 1 - s[i]): 1, FULL: 1, p[i] <= bound: 1})
        )
        ordered = proof.combine(price_ / f[i] <= SHARE if above else price_ / f[i] >= SHARE, {fits: SHARE / f[i]})
        small, large = (1 / LETTERS, at) if above else (at, 1 / LETTERS)
        flatter = proof.rewrite(ordered, by=here, shows=slope(large, gamma) <= slope(small, gamma))
        inside = proof.transfer(proof.use(slope_reverses, {x: large, z: small}), flatter)
    sums = over_support(proof, small <= large, inside)
    whole = total(s[i] * at)
    return proof.combine(whole >= 1 if above else whole <= 1, {sums: 1})


@theorem(
    "for data that may vanish, exactly one multiplier makes the entries sum to 1 over the support of k >= 2 letters",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), **ON_SUPPORT, m: below(f), top: above(p), j: letter},
    where=(LETTERS >= 2, p[j] > 0),
    shows=ExistsUnique(Eq(total(s[i] * on(multiplier)), 1), (multiplier, m * SHARE, top * SHARE)),
    fuzz=NEAR,
    false="exactly one multiplier makes the entries sum to 2 over the support",
    but=ExistsUnique(Eq(total(s[i] * on(multiplier)), 2), (multiplier, m * SHARE, top * SHARE)),
)
def multiplier_on_the_support(proof):
    """The sum over the support falls continuously in the multiplier and passes 1 between two explicit values."""
    proof.combine(top > 0, {p[j] <= top: 1, p[j] > 0: 1})
    high, low = against_one(proof, m, above=True), against_one(proof, top, above=False)
    own = proof.combine(Eq(s[j], 1), {Eq(p[j] * (1 - s[j]), 0): 1 / p[j]})
    value = proof.combine(Eq(f[j], p[j]), {Eq(f[j], p[j] + 1 - s[j]): 1, own: 1})
    ordered = proof.combine(m * SHARE <= top * SHARE, {m <= f[j]: SHARE, value: SHARE, p[j] <= top: SHARE})
    later = multiplier > 0, multiplier < u
    fall = proof.use(inverse_falls, {y: multiplier / f[i], h: (u - multiplier) / f[i]}, where=later)
    term = s[i] * on(u) <= s[i] * on(multiplier)
    outside = proof.combine(term, {EMPTY: on(multiplier) - on(u)}, where=(EMPTY, *later))
    within = proof.combine(term, {fall: s[i]}, where=(FULL, *later))
    falls = proof.either({EMPTY: outside, FULL: within})
    strict = proof.use(inverse_falls, {y: multiplier / f[j], h: (u - multiplier) / f[j]}, where=later)
    strict = proof.combine(
        s[j] * on(u, j) < s[j] * on(multiplier, j), {strict: 1, own: on(multiplier, j) - on(u, j)}, where=later
    )
    proof.by("root", proof.sum(falls, strict=strict), high, low, ordered, proof.use(inverse, where=y > 0))


# -- how the minimizer moves -------------------------------------------------------------------------------------------------


def weighted_mean(change, decay):
    """kappa: the mean of the c_i with the weights 1/d_i."""
    return total(change / decay) / total(1 / decay)


SECANT = r[i] * (slope(q[i], eta) - slope(w[i], eta)) / (w[i] - q[i])
LEAP = r[i] * slope(q[i], eta) - p[i] * slope(q[i], gamma)
STEP = substitute(LEAP / SECANT, {i: j}) - weighted_mean(LEAP, SECANT) / substitute(SECANT, {i: j})


def secant_positive(proof):
    """1/d_i > 0, since phi falls from the smaller of q_i and w_i to the larger."""
    branches = {}
    for low, high in ((q, w), (w, q)):
        with proof.suppose(low[i] < high[i]):
            proof.use(slope_falls, {x: low[i], u: (high[i] - low[i]) / (1 - low[i]), gamma: eta})
            branches[low[i] < high[i]] = proof.sign(positive(1 / SECANT))
    return proof.cases(branches)


@theorem(
    "a step of P and gamma that moves every q_i moves q_j by (c_j - kappa)/d_j, with d_i from secants of phi",
    reference="the derivatives of the minimizer, for a finite step",
    over={gamma: Interval(0, oo), eta: Interval(0, oo), **MINIMIZER, r: pmf, (w, mu): optimum(r, eta), j: letter},
    where=Every(Ne(w[i], q[i])),
    shows=Eq(w[j] - q[j], STEP),
    false="the minimizer moves by (c_j - mean of c)/d_j",
    but=Eq(w[j] - q[j], (substitute(LEAP, {i: j}) - total(LEAP) / n) / substitute(SECANT, {i: j})),
)
def finite_step(proof):
    """w_i - q_i = (c_i + lambda - mu)/d_i at every letter; summed, that gives lambda - mu."""
    secant_positive(proof)
    move, later = LEAP / SECANT + (multiplier - mu) / SECANT, Eq(r[i] * slope(w[i], eta), mu)
    term = proof.combine(Eq(w[i] - q[i], move), {price(i): 1 / SECANT, later: 1 / SECANT})
    weights = dict.fromkeys((proof.sum(term), mass(w), mass(q)), 1 / total(1 / SECANT))
    common = proof.combine(Eq(multiplier, mu - weighted_mean(LEAP, SECANT)), weights)
    proof.rewrite(proof.instance(term, {i: j}), by=common, shows=proof.goal)


CHANGE = r[i] * slope(q[i], eta) - p[i] * slope(q[i], gamma)
"""c_i: what the condition of optimality is off by at q, for other data and another gamma."""
STIFF = z * (1 - m) ** eta


@theorem(
    "the minimizer is continuous in data and gamma at once: sum (w_i - q_i)^2 is at most sum c_i^2/(z (1 - m)^eta)^2, "
    "c_i = r_i phi_eta(q_i) - p_i phi_gamma(q_i), with z <= r_i and all entries of both minimizers at most m < 1",
    reference="the derivatives of the minimizer, as a bound",
    over={gamma: Interval(0, oo), eta: Interval(0, oo), **MINIMIZER, r: pmf, (w, mu): optimum(r, eta)}
    | {z: below(r), m: above(q, w)},
    where=m < 1,
    shows=total((w[i] - q[i]) ** 2) <= total(CHANGE**2) / STIFF**2,
    fuzz=Draws(gamma=(Rational(1, 10**8), Rational(100))),
    false="the same with a thousandth of that",
    but=total((w[i] - q[i]) ** 2) <= total(CHANGE**2) / STIFF**2 / 1000,
)
def moves_continuously(proof):
    """z (1 - m)^eta d^2 <= r d (phi(q) - phi(w)) = d (c + lambda - mu) for d = w_i - q_i, and the d sum to 0."""
    d, bound = w[i] - q[i], STIFF * (w[i] - q[i]) ** 2 <= r[i] * (w[i] - q[i]) * (slope(q[i], eta) - slope(w[i], eta))
    branches = {}
    for low, high in ((q, w), (w, q)):
        case = low[i] < high[i]
        with proof.suppose(case):
            steep = proof.use(slope_falls_by, {x: low[i], y: high[i], gamma: eta})
            gap = high[i] - low[i]
            branches[case] = proof.combine(bound, {steep: r[i] * gap, z <= r[i]: (1 - m) ** eta * gap**2})
    equal = Eq(q[i], w[i])
    branches[equal] = proof.rewrite(by=equal, shows=bound, where=equal)
    square = proof.sign((STIFF * d - CHANGE) ** 2 >= 0)
    later = Eq(r[i] * slope(w[i], eta), mu)
    term = STIFF * d**2 / 2 - (multiplier - mu) * d <= CHANGE**2 / (2 * STIFF)
    term = proof.combine(term, {proof.cases(branches): 1, square: 1 / (2 * STIFF), price(i): d, later: d})
    scale = 2 / STIFF
    proof.combine({proof.sum(term): scale, mass(w): scale * (multiplier - mu), mass(q): scale * (multiplier - mu)})


DECAY = -p[i] * diff(slope(x, gamma), x).xreplace({x: q[i]})
"""d_i = -p_i phi'(q_i)."""
PUSH = kappa + DECAY * (w[i] - q[i])
"""The c_i that moves the minimizer at the rate w_i - q_i."""


@theorem(
    "if v = w - q, w a pmf, and c_i - d_i v_i = kappa for all i, kappa is the mean of c_i with weights 1/d_i",
    reference="the derivatives of the minimizer in the data and in gamma",
    over={gamma: Interval.open(0, oo), kappa: Interval(-oo, oo), **MINIMIZER, w: pmf},
    shows=Eq(weighted_mean(PUSH, DECAY), kappa),
    false="kappa is the mean of the c_i, unweighted",
    but=Eq(total(PUSH) / n, kappa),
)
def derivative(proof):
    """c_i/d_i = kappa/d_i + w_i - q_i, summed; and d_i > 0, since the loss is strictly convex."""
    curved = proof.use(loss_is_convex, {x: q[i]})
    proof.combine(diff(slope(x, gamma), x).xreplace({x: q[i]}) < 0, {curved: 1})
    term = proof.identity(Eq(PUSH / DECAY, kappa / DECAY + w[i] - q[i]))
    proof.combine(dict.fromkeys((proof.sum(term), mass(w), mass(q)), 1 / total(1 / DECAY)))


@theorem(
    "if the data are one letter, any pmf that gives less than 1 to it has a positive focal-entropy",
    answers=PHRASE,
    over={gamma: Interval(0, oo), p: data, r: data, v: supported(r, p), j: letter},
    where=(Eq(p[j], 1), r[j] < 1),
    shows=focal_entropy(p, v, gamma) > 0,
    false="such a pmf has a focal-entropy above 1/1000",
    but=focal_entropy(p, v, gamma) > Rational(1, 1000),
)
def degenerate_data(proof):
    """The loss at r_j < 1 is positive, and no term is negative."""
    proof.combine(v[j] < 1, {Eq(p[j] * (v[j] - r[j]), 0): 1, Eq(p[j], 1): r[j] - v[j], r[j] < 1: 1})
    terms = proof.one_term(proof.sign(p[i] * loss(v[i], gamma) >= 0), at=j)
    proof.combine({terms: 1, proof.sign(p[j] * loss(v[j], gamma) > 0): 1})


def gibbs(proof, at):
    """p loss(t) - (r - p) against p loss(v) at gamma = 0 where p > 0 and v and t differ: ln x < x - 1; with t = p and v = r."""
    low, high, branches = p[at] * loss(t[at], 0) - (r[at] - p[at]), p[at] * loss(v[at], 0), {}
    own = proof.combine(Eq(t[at], p[at]), {Eq(p[at] * (t[at] - p[at]), 0): 1 / p[at]}, where=p[at] > 0)
    other = proof.combine(Eq(v[at], r[at]), {Eq(p[at] * (v[at] - r[at]), 0): 1 / p[at]}, where=p[at] > 0)
    for case, page, ratio in ((v[at] < t[at], log_above, v[at] / t[at]), (t[at] < v[at], log_below, t[at] / v[at])):
        with proof.suppose(case, p[at] > 0):
            branches[case] = proof.combine(low < high, {proof.use(page, {x: ratio}): p[at], own: v[at] / t[at], other: 1})
    return low, high, branches, own, other


@theorem(
    "at gamma = 0 the data are their own minimizer: any other pmf has more cross-entropy",
    answers=PHRASE,
    over={p: data, t: supported(p, p), r: data, v: supported(r, p), j: letter},
    where=Ne(r[j], p[j]),
    shows=cross_entropy(p, t) < cross_entropy(p, v),
    false="any other pmf has a hundredth more cross-entropy",
    but=Rational(101, 100) * cross_entropy(p, t) < cross_entropy(p, v),
)
def gamma_zero_of_all(proof):
    """p_i ln(r_i/p_i) <= r_i - p_i, summed (Gibbs)."""
    low, high, branches, own, other = gibbs(proof, i)
    some, none, equal = p[i] > 0, Eq(p[i], 0), Eq(v[i], t[i])
    with proof.suppose(some):
        same = proof.combine(Eq(r[i], p[i]), {other: 1, equal: 1, own: 1}, where=equal)
        logs = proof.rewrite(by=equal, shows=Eq(log(v[i]), log(t[i])), where=equal)
        level = proof.combine(low <= high, {same: 1, logs: p[i]}, where=equal)
        inside = proof.cases(branches | {equal: level})
    outside = proof.combine(low <= high, {r[i] >= 0: 1, none: loss(v[i], 0) - loss(t[i], 0) - 1}, where=none)
    terms = proof.cases({some: inside, none: outside})
    low, high, branches, own, other = gibbs(proof, j)
    some, none, differ = p[j] > 0, Eq(p[j], 0), Ne(r[j], p[j])
    with proof.suppose(some):
        proof.rewrite(proof.rewrite(differ, by=own, shows=Ne(r[j], t[j])), by=other, shows=Ne(v[j], t[j]))
        inside = proof.cases(branches)
    with proof.suppose(none):
        proof.rewrite(differ, by=none, shows=Ne(r[j], 0))
        outside = proof.combine(low < high, {proof.sign(r[j] > 0): 1, none: loss(v[j], 0) - loss(t[j], 0) - 1})
    strict = proof.cases({some: inside, none: outside})
    proof.combine({proof.sum(terms, strict=strict): 1, mass(p): 1, mass(r): 1})


SELF = {p: data, t: supported(p, p), r: data, v: supported(r, p)}
ITSELF = focal_entropy(p, t, gamma) < focal_entropy(p, v, gamma)


def vanishes_at_itself(proof):
    """Under p_j = 1 every term of the focal-entropy of the data and themselves is 0: p_i is 0 or 1."""
    sure, some, all_ = Eq(p[j], 1), p[i] < 1, Eq(p[i], 1)
    with proof.suppose(some):
        apart = proof.combine(p[i] < p[j], {some: 1, sure: 1})
        pair = proof.two_terms(proof.sign(p[i] >= 0), apart=apart)
        proof.combine(p[i] <= 0, {pair: 1, sure: 1, mass(p): 1})
        none = proof.sign(Eq(p[i], 0))
        first = proof.combine(Eq(p[i] * loss(t[i], gamma), 0), {none: loss(t[i], gamma)})
    with proof.suppose(all_):
        own = proof.combine(Eq(t[i], 1), {Eq(p[i] * (t[i] - p[i]), 0): 1, all_: 1 + p[i] - t[i]})
        level = proof.rewrite(by=own, shows=Eq(log(t[i]), 0))
        second = proof.combine(Eq(p[i] * loss(t[i], gamma), 0), {level: p[i] * (1 - t[i]) ** gamma})
    return proof.sum(proof.cases({some: first, all_: second}))


def differs_there(proof):
    """Under p_j = 1, r_j < 1 if r differs from p: otherwise r_k + p_k <= 0 at a letter k at which they differ."""
    full, whole = r[j] >= 1, r[i] + p[i]
    branches = {}
    for low, high in ((r, p), (p, r)):
        case = low[k] < high[k]
        with proof.suppose(full, case):
            apart = proof.combine(r[k] + p[k] < r[j] + p[j], {case: 1, high[k] <= 1: 2, full: 1, Eq(p[j], 1): 1})
            pair = proof.two_terms(proof.sign(whole >= 0), apart=apart)
            weights = {pair: 1, mass(r): 1, mass(p): 1, full: 1, Eq(p[j], 1): 1, case: 1, low[k] >= 0: 2}
            branches[case] = proof.combine(NEVER, weights)
    with proof.suppose(full):
        never = proof.combine(NEVER, {proof.cases(branches, shows=r[j] < 1): 1, full: 1})
    return proof.refute(full, never)


@theorem(
    "at gamma = 0, and if the support of the data is one letter, the data are their own minimizer: any other pmf has more "
    "focal-entropy",
    answers=PHRASE,
    over={gamma: Interval(0, oo), **SELF, j: letter, k: letter},
    where=(Or(Eq(gamma, 0), Eq(p[j], 1)), Ne(r[k], p[k])),
    shows=ITSELF,
    false="any other pmf has a hundredth more focal-entropy",
    but=Rational(101, 100) * ITSELF.lhs < ITSELF.rhs,
)
def data_themselves(proof):
    """Gibbs' inequality, or 0 against a positive number."""
    plain, sure = Eq(gamma, 0), Eq(p[j], 1)
    first = proof.rewrite(proof.use(gamma_zero_of_all, {j: k}), by=plain, shows=ITSELF, where=plain)
    with proof.suppose(sure):
        differs_there(proof)
        second = proof.combine({proof.use(degenerate_data): 1, vanishes_at_itself(proof): 1})
    proof.either({plain: first, sure: second})


# -- the main theorem --------------------------------------------------------------------------------------------------------

Q, T = s[i] * on(multiplier), on(multiplier)
"""The minimizer q_i, and what it is on the support."""
COMPETITOR = {r: data, v: supported(r, p)}
VALUE = total(p[i] * loss(T, gamma))


def is_minimum(proof):
    """Q and T are what `minimum` asks for."""
    proof.use(inverse, {y: multiplier / f[i]})
    filled, off = Eq(f[i], p[i] + 1 - s[i]), Eq(p[i] * (1 - s[i]), 0)
    none = proof.combine(Eq(Q, 0), {EMPTY: T}, where=EMPTY)
    sides = Or(p[i] > 0, Eq(Q, 0))
    held, gone = proof.by("alternative", proof.given(p[i] > 0), shows=sides), proof.by("alternative", none, shows=sides)
    proof.every(proof.either({p[i] > 0: held, EMPTY: gone}))
    proof.every(T < 1)
    proof.every(proof.combine(Eq(p[i] * (T - Q), 0), {off: T}))
    price_ = Eq(slope(T, gamma), multiplier / f[i])
    weights = {price_: p[i] ** 2, filled: p[i] * multiplier / f[i], off: multiplier / f[i]}
    proof.every(proof.combine(Eq(p[i] ** 2 * slope(T, gamma), p[i] * multiplier), weights))


WHOLE, ONE = Eq(total(s[i] * T), 1), Eq(LETTERS, 1)
"""The multiplier makes the entries a pmf; the support is one letter."""


def one_letter(proof):
    """Under LETTERS = 1 and p_j > 0: p_j = 1, since no letter has more than p_j, which the support sums to."""
    off, case = Eq(p[i] * (1 - s[i]), 0), p[j] < p[i]
    terms = proof.sign(p[i] + s[i] >= 0)
    own = proof.combine(Eq(s[j], 1), {Eq(p[j] * (1 - s[j]), 0): 1 / p[j]})
    with proof.suppose(case):
        there = proof.combine(Eq(s[i], 1), {off: 1 / p[i]})
        apart = proof.combine(p[j] + s[j] < p[i] + s[i], {case: 1, own: 1, there: 1})
        pair = proof.two_terms(terms, apart=apart)
        never = proof.combine(NEVER, {pair: 1, mass(p): 1, ONE: 1, own: 1, there: 1, case: 1, p[j] > 0: 2})
    least = proof.refute(case, never)
    most = proof.sum(proof.combine(p[i] <= s[i] * p[j], {least: s[i], off: 1}))
    proof.combine(p[j] >= 1, {most: 1, mass(p): 1, ONE: p[j]})
    return proof.sign(Eq(p[j], 1))


def on_many_letters(proof):
    """For gamma > 0 and two letters at least: one multiplier, and what it gives has less than any other pmf."""
    focused, several, differs = gamma > 0, LETTERS >= 2, Ne(r[k], s[k] * on(multiplier, k))
    with proof.suppose(focused, several):
        proof.use(multiplier_on_the_support)
        with proof.suppose(WHOLE):
            is_minimum(proof)
            with proof.suppose(differs):
                less = proof.use(only_one_of_all, {q: (i, Q), t: (i, T), j: k})
            less = proof.implication(differs, less)
        proof.implication(WHOLE, less)
        both = proof.implication(several, MANY)
    proof.implication(focused, both)


def by_themselves(proof):
    """At gamma = 0, and where the support is one letter: the data, which are f on the support."""
    proof.either({EMPTY: proof.sign(s[i] >= 0, where=EMPTY), FULL: proof.sign(s[i] >= 0, where=FULL)})
    plain, case, sides = Eq(gamma, 0), Or(Eq(gamma, 0), ONE), Or(Eq(gamma, 0), Eq(p[j], 1))
    filled, off, differs = Eq(f[i], p[i] + 1 - s[i]), Eq(p[i] * (1 - s[i]), 0), Ne(r[k], p[k])
    with proof.suppose(ONE):
        single = proof.by("alternative", one_letter(proof), shows=sides)
    none = proof.by("alternative", proof.given(plain), shows=sides)
    proof.every(proof.combine(f[i] <= 1, {filled: 1, off: 1, p[i] <= 1: s[i]}))
    proof.every(proof.combine(Eq(p[i] * (f[i] - p[i]), 0), {filled: p[i], off: 1}))
    with proof.suppose(case):
        proof.either({plain: none, ONE: single})
        with proof.suppose(differs):
            less = proof.use(data_themselves, {t: (i, f[i])})
        less = proof.implication(differs, less)
    proof.implication(case, less)


OWN = focal_entropy(p, f, gamma)
"""The focal-entropy of the data and themselves."""


def exactly_one(least, own):
    """The two parts of the theorem, with the focal-entropy of the minimizer, or another number, in each."""
    value = focal_entropy(p, v, gamma)
    many = And(multiplier_on_the_support.shows, Implies(WHOLE, Implies(Ne(r[k], s[k] * on(multiplier, k)), least < value)))
    alone = Implies(Or(Eq(gamma, 0), ONE), Implies(Ne(r[k], p[k]), own < value))
    return many, And(Implies(gamma > 0, Implies(LETTERS >= 2, many)), alone)


MANY, EXISTS = exactly_one(VALUE, OWN)


@theorem(
    "for all data and every gamma >= 0 there is exactly one minimizer among all pmfs: if gamma > 0 and the support has k >= 2 "
    "letters, with the one lambda at which phi^(-1)(lambda/p_i) sums to 1 over the support it is that there, 0 off it; else "
    "it is P; any other pmf has more focal-entropy",
    answers=PHRASE,
    over={gamma: Interval(0, oo), **ON_SUPPORT, m: below(f), top: above(p)}
    | {**COMPETITOR, multiplier: price_on(p, gamma, r), j: letter, k: letter},
    where=p[j] > 0,
    shows=EXISTS,
    fuzz=NEAR,
    false="any other pmf has twice the focal-entropy of the minimizer",
    but=exactly_one(2 * VALUE, 2 * OWN)[1],
    main=True,
)
def minimizer_exists(proof):
    """The multiplier, and what meets the conditions of optimality has less than any other pmf; else P itself."""
    on_many_letters(proof)
    by_themselves(proof)
