"""Existence of the minimizer, and how it moves with the data and with gamma.

Source
    Abstract: "existence and uniqueness of the minimizer"; the derivatives are this project's own.
Statement
    For every lambda > 0 the family q_i = phi^(-1)(lambda/p_i) meets the conditions of optimality but for its mass; for the
    one lambda at which the mass is 1 (`uniqueness/multiplier_exists`) the minimum is attained there, and only there.
    As p_i and gamma move, q_i moves at the rate v_i = (c_i - kappa)/d_i, with d_i = -p_i dphi/dq > 0, c_i the rate of
    p_i phi(q_i) at fixed q_i, and kappa the mean of the c_i with weights 1/d_i, which is the rate of lambda. So
    dq_i/dgamma = (p_i dphi/dgamma - kappa)/d_i and dq_i/dp_j = (phi(q_j)/d_j)([i = j] - (1/d_i)/sum (1/d_k)). A finite step
    that moves every entry obeys the same formula exactly, with a secant of phi in place of its derivative.
Idea
    p_i phi(q_i) = lambda and sum q_i = 1, differentiated: c_i - d_i v_i is the same for every letter and sum v_i = 0. This
    matrix is diagonal plus rank one.
Trusted
    The mean value theorem, the intermediate value theorem, the continuous inverse theorem, and monotonicity of ln, exp and
    powers, through the lemmas.
Not covered
    The implicit function theorem, that is the limit of the finite step: secants tend to derivatives as the step does to 0. The
    rates of a step that leaves an entry in place. That kappa and the v_i scale together, so that any v of sum 0 is covered.
"""

from focal_symbolic.proofs.convexity import loss_is_convex, slope_falls
from focal_symbolic.proofs.ordering import price
from focal_symbolic.proofs.uniqueness import entry, inverse, strictly_optimal
from sympy import Interval, Ne, Rational, diff, oo

from focal_symbolic.claims import letter, optimum, pmf, submass, theorem
from focal_symbolic.definitions import focal_entropy, gamma, loss, multiplier, p, q, slope, slope_inverse, x
from focal_symbolic.language import And, Eq, Every, array, i, j, mass, n, positive, real, substitute, total

y, u, eta, mu, kappa = map(real, ("y", "u", "eta", "mu", "kappa"))
r, w = array("r"), array("w")
PHRASE = "existence and uniqueness of the minimizer"
MINIMIZER = {p: pmf, (q, multiplier): optimum(p, gamma)}
PRICED = {multiplier: Interval.open(0, oo), p: pmf}
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
    where=(Eq(total(AT), 1), Ne(r[j], entry(multiplier, j))),
    shows=MINIMUM + multiplier * (1 - total(r[i])) < focal_entropy(p, r, gamma),
    false="the minimum is a tenth more than the focal-entropy of phi^(-1)(lambda/p_i)",
    but=Rational(11, 10) * MINIMUM + multiplier * (1 - total(r[i])) < focal_entropy(p, r, gamma),
)
def attained(proof):
    """Whatever meets the conditions of optimality is strictly optimal."""
    proof.use(conditions_met)
    proof.use(strictly_optimal, {q: (i, AT)})


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
    "phi^(-1)(lambda/p_i) meets the conditions of optimality, and where its mass is 1 the minimum is attained there alone",
    answers=PHRASE,
    over={gamma: Interval.open(0, oo), **PRICED, r: submass, j: letter},
    where=(Eq(total(AT), 1), Ne(r[j], entry(multiplier, j))),
    shows=And(*conditions_met.shows.args, attained.shows),
    false="phi^(-1)(lambda/p_i) meets these conditions, and the minimum is a tenth more than its focal-entropy",
    but=And(*conditions_met.shows.args, attained.falsehood.goal),
    main=True,
)
def minimizer_exists(proof):
    """The two theorems above about phi^(-1)."""
    proof.use(conditions_met)
    proof.use(attained)
