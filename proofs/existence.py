"""Existence of the minimizer, and how it moves with the data and with gamma.

Source
    Abstract: "existence and uniqueness of the minimizer"; the derivatives are this project's own.
Statement
    For every lambda > 0 the family q_i = phi^(-1)(lambda/p_i) meets the conditions of optimality but for its mass; for the
    one lambda at which the mass is 1 (`uniqueness/multiplier`) the minimum is attained there, and only there.
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

from focal_symbolic.proofs.ordering import price_of
from focal_symbolic.proofs.uniqueness import INVERSE_VALUE, entry
from sympy import Ne, Rational, diff

from focal_symbolic.claim import Claim, Draws, HardSet, Letter, Number, Optimum, Pmf, Result, Subpmf, Twin
from focal_symbolic.definitions import focal_entropy, gamma, loss, multiplier, p, q, slope, slope_inverse, x
from focal_symbolic.language import And, Eq, Every, array, i, j, mass, n, real, substitute, total

y, u, eta, mu, kappa = map(real, ("y", "u", "eta", "mu", "kappa"))
r, w = array("r"), array("w")
FOCUS = Number(gamma, 0, low_open=True)
PRICE = Number(multiplier, 0, low_open=True)
OPTIMUM = Optimum(q, multiplier, p, gamma)
REFERENCE = "existence and uniqueness of the minimizer"
AT = entry(multiplier)
"""phi^(-1)(lambda/p_i)."""
CONDITIONS = (AT > 0, AT < 1, Eq(p[i] * slope(AT, gamma), multiplier))


def conditions(d, size):
    """The steps of CONDITIONS at an arbitrary letter, from lambda > 0."""
    weight = d.letters(i, p[i] > 0)
    value = d("sign", multiplier / p[i] > 0, weight, size)
    whole = d.lemma("uniqueness/inverse", INVERSE_VALUE.xreplace({y: multiplier / p[i]}), value, replace={y: multiplier / p[i]})
    positive, less, equation = (d("part", c, whole) for c in (AT > 0, AT < 1, Eq(slope(AT, gamma), multiplier / p[i])))
    return positive, less, d("combination", CONDITIONS[2], equation, weights=(p[i],))


def conditions_met(d):
    steps = conditions(d, d.suppose(multiplier > 0))
    d("conjunction", d.goal, *(d("every", Every(c), step) for c, step in zip(CONDITIONS, steps, strict=True)))


MET = Result(
    claim=Claim(
        name="existence/conditions",
        statement="at every multiplier, phi^(-1)(lambda/p_i) meets the conditions of optimality, but for the mass",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, PRICE, Pmf(p)),
        goal=And(*map(Every, CONDITIONS)),
    ),
    derivation=conditions_met,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "at every multiplier, phi^(-1)(lambda p_i) meets the conditions of optimality, but for the mass",
        And(*(Every(c.xreplace({AT: slope_inverse(multiplier * p[i], gamma)})) for c in CONDITIONS)),
    ),
)
MINIMUM = total(p[i] * loss(AT, gamma))


def least_at_the_inverse(d):
    focus, size = d.suppose(gamma > 0, multiplier > 0)
    steps = [d("every", Every(c), step) for c, step in zip(CONDITIONS, conditions(d, size), strict=True)]
    d.lemma("uniqueness/strict", d.goal, *steps, focus, replace={q: (i, AT)})


ATTAINED = Result(
    claim=Claim(
        name="existence/attained",
        statement="if a lambda > 0 makes the mass of phi^(-1)(lambda/p_i) 1, the minimum is attained there, and only there",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, Pmf(p), OPTIMUM, Subpmf(r), Letter(j)),
        where=(multiplier > 0, Eq(total(AT), 1), Ne(r[j], entry(multiplier, j))),
        goal=MINIMUM + multiplier * (1 - total(r[i])) < focal_entropy(p, r, gamma),
    ),
    derivation=least_at_the_inverse,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "the minimum is a tenth more than the focal-entropy of phi^(-1)(lambda/p_i)",
        Rational(11, 10) * MINIMUM + multiplier * (1 - total(r[i])) < focal_entropy(p, r, gamma),
    ),
)


# -- how the minimizer moves -------------------------------------------------------------------------------------------------


def weighted_mean(change, decay):
    """kappa: the mean of the c_i with the weights 1/d_i."""
    return total(change / decay) / total(1 / decay)


LATER = Optimum(w, mu, r, eta)
SECANT = r[i] * (slope(q[i], eta) - slope(w[i], eta)) / (w[i] - q[i])
LEAP = r[i] * slope(q[i], eta) - p[i] * slope(q[i], gamma)
STEP = substitute(LEAP / SECANT, {i: j}) - weighted_mean(LEAP, SECANT) / substitute(SECANT, {i: j})


def secant_positive(d, weight):
    """1/d_i > 0, since phi falls from the smaller of q_i and w_i to the larger."""
    focus, apart = d.suppose(eta > 0, Ne(w[i], q[i]))
    on, branches = (q[i] < w[i], w[i] < q[i]), []
    for low, high in ((q, w), (w, q)):
        ordered, positive, less = d.suppose(low[i] < high[i]), d.letters(i, low[i] > 0), d.letters(i, high[i] < 1)
        step = {x: low[i], u: (high[i] - low[i]) / (1 - low[i]), gamma: eta}
        flatter = slope(high[i], eta) < slope(low[i], eta)
        flatter = d.lemma("convexity/slope", flatter, focus, ordered, positive, less, replace=step)
        branches.append(d("sign", 1 / SECANT > 0, ordered, flatter, weight))
    return d("cases", 1 / SECANT > 0, *branches, apart, on=on)


def finite_step(d):
    """w_i - q_i = (c_i + lambda - mu)/d_i at every letter; summed, that gives lambda - mu."""
    weight = d.letters(i, r[i] > 0)
    secant = secant_positive(d, weight)
    secant = d("instance", 1 / SECANT > 0, secant, d.letters(i, Ne(w[i], q[i])), replace=())
    own, later = d.letters(i, price_of(i)), d.letters(i, Eq(r[i] * slope(w[i], eta), mu))
    move = LEAP / SECANT + (multiplier - mu) / SECANT
    term = d("combination", Eq(w[i] - q[i], move), own, later, secant, weights=(1 / SECANT, -1 / SECANT))
    sums = d("sum_terms", Eq(total(w[i] - q[i]), total(move)), term, over=i)
    positive = d("sign", total(1 / SECANT) > 0, secant)
    common = Eq(multiplier, mu - weighted_mean(LEAP, SECANT))
    weights = (-1 / total(1 / SECANT), 1 / total(1 / SECANT), -1 / total(1 / SECANT))
    common = d("combination", common, sums, d.suppose(mass(w)), d.suppose(mass(q)), positive, weights=weights)
    term = d("instance", substitute(Eq(w[i] - q[i], move), {i: j}), term, replace=((i, j),))
    d("rewrite", d.goal, common, term)


FINITE = Result(
    claim=Claim(
        name="existence/finite-step",
        statement="a step of P and gamma that moves every q_i moves q_j by (c_j - kappa)/d_j, with d_i from secants of phi",
        source="own",
        reference="the derivatives of the minimizer, for a finite step",
        variables=(FOCUS, Number(eta, 0, low_open=True), Pmf(p), OPTIMUM, Pmf(r), LATER, Letter(j)),
        where=(Every(Ne(w[i], q[i])),),
        goal=Eq(w[j] - q[j], STEP),
    ),
    derivation=finite_step,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "the minimizer moves by (c_j - mean of c)/d_j",
        Eq(w[j] - q[j], (substitute(LEAP, {i: j}) - total(LEAP) / n) / substitute(SECANT, {i: j})),
    ),
)

DECAY = -p[i] * diff(slope(x, gamma), x).xreplace({x: q[i]})
"""d_i = -p_i phi'(q_i)."""
PUSH = kappa + DECAY * (w[i] - q[i])
"""The c_i that moves the minimizer at the rate w_i - q_i."""


def differentiated(d):
    """c_i/d_i = kappa/d_i + w_i - q_i, summed; and d_i > 0, since the loss is strictly convex."""
    weight, positive, less = d.letters(i, p[i] > 0, q[i] > 0, q[i] < 1)
    curved = diff(loss(x, gamma), x, 2).xreplace({x: q[i]}) > 0
    curved = d.lemma("convexity/loss", curved, d.suppose(gamma > 0), positive, less, replace={x: q[i]})
    falls = d("combination", diff(slope(x, gamma), x).xreplace({x: q[i]}) < 0, curved, less, weights=(1,))
    term = d("identity", Eq(PUSH / DECAY, kappa / DECAY + w[i] - q[i]), falls, weight)
    sums = d("sum_terms", Eq(total(PUSH / DECAY), total(kappa / DECAY + w[i] - q[i])), term, over=i)
    size = d("sign", total(1 / DECAY) > 0, falls, weight)
    each = 1 / total(1 / DECAY)
    masses = d.suppose(mass(w), mass(q))
    d("combination", d.goal, sums, *masses, size, weights=(each, each, -each))


DERIVATIVE = Result(
    claim=Claim(
        name="existence/derivative",
        statement="if v = w - q, w a pmf, and c_i - d_i v_i = kappa for all i, kappa is the mean of c_i with weights 1/d_i",
        source="own",
        reference="the derivatives of the minimizer in the data and in gamma",
        variables=(FOCUS, Number(kappa), Pmf(p), OPTIMUM, Pmf(w)),
        goal=Eq(weighted_mean(PUSH, DECAY), kappa),
    ),
    derivation=differentiated,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "kappa is the mean of the c_i, unweighted",
        Eq(total(PUSH) / n, kappa),
    ),
)
