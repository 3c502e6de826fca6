"""From the cross-entropy to the focal-entropy: monotone in gamma, with the envelope formula as a two-sided bound.

Source
    Abstract: "various asymptotic characterizations".
Statement
    H_gamma(P,Q) and the minimum H*_gamma(P) fall strictly in gamma. With q the minimizer at gamma and r that at
    gamma + h,  H_(gamma+h)(P,R) - H_gamma(P,R) <= H*_(gamma+h)(P) - H*_gamma(P) <= H_(gamma+h)(P,Q) - H_gamma(P,Q): divided by
    h, both ends tend to the partial derivative of H in gamma at the minimizer, which is the envelope formula.
Idea
    (1 - x)^(gamma + h) < (1 - x)^gamma; and each minimizer is a competitor at the other gamma.
Trusted
    What `continuity/loss-falls` and `uniqueness/optimality` trust.
Not covered
    The first-order term q_i = p_i + gamma p_i (g(p_i) - E g) of the minimizer itself, and the limit in the envelope formula,
    which is stated as a bound for every h.
"""

from sympy import Rational

from focal_symbolic.claim import Claim, Draws, HardSet, Number, Optimum, Pmf, Result, Twin
from focal_symbolic.definitions import focal_entropy, gamma, loss, multiplier, p, q, x
from focal_symbolic.language import And, Every, array, i, mass, real

h, mu = real("h"), real("mu")
r = array("r")
FOCUS, STEP = Number(gamma, 0), Number(h, 0, low_open=True)
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
