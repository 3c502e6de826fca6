"""Ordering: the minimizer keeps the order of the data, and relabelling the letters relabels it.

Source
    Abstract: "describe its structure".
Statement
    p_i > p_j if and only if q_i > q_j, p_i = p_j if and only if q_i = q_j; and if q is the minimizer for p with multiplier
    lambda, then q o sigma is the minimizer for p o sigma, with the same multiplier, for every bijection sigma.
Idea
    p_i phi(q_i) = p_j phi(q_j) and phi falls: each order of q_i and q_j forces the same order of p_i and p_j.
Trusted
    The mean value theorem (through `convexity/slope`).
Not covered
    Letters off the support, where q vanishes (`uniqueness/support`).
"""

from focal_symbolic.claim import Claim, Draws, HardSet, Letter, Number, Optimum, Permutation, Pmf, Result, Twin
from focal_symbolic.definitions import gamma, multiplier, p, q, slope, x
from focal_symbolic.language import And, Eq, Equivalent, Every, i, j, letters, mass, real, total

u = real("u")
sigma = letters("sigma")
FOCUS = Number(gamma, 0)
OPTIMUM = Optimum(q, multiplier, p, gamma)


def price_of(at):
    """The condition of optimality at a letter."""
    return Eq(p[at] * slope(q[at], gamma), multiplier)


def one_order(d, low, high):
    """q_low < q_high forces p_low < p_high."""
    focus, ordered = d.suppose(gamma >= 0, q[low] < q[high])
    positive, weight, price = d.letters(low, q[i] > 0, p[i] > 0, price_of(i))
    other_positive, other_less, other_price = d.letters(high, q[i] > 0, q[i] < 1, price_of(i))
    flatter = d.lemma(
        "convexity/slope",
        slope(q[high], gamma) < slope(q[low], gamma),
        ordered,
        positive,
        other_less,
        replace={x: q[low], u: (q[high] - q[low]) / (1 - q[low])},
    )
    steep = slope(q[high], gamma)
    known = (focus, weight, other_positive, other_less)
    weights = (p[low] / steep, -1 / steep, 1 / steep)
    return d("combination", p[low] < p[high], flatter, price, other_price, *known, weights=weights)


def equal_order(d):
    """q_i = q_j forces p_i = p_j."""
    focus, equal = d.suppose(gamma >= 0, Eq(q[i], q[j]))
    positive, less, price = d.letters(i, q[i] > 0, q[i] < 1, price_of(i))
    other = d.letters(j, price_of(i))
    other = d("rewrite", Eq(p[j] * slope(q[i], gamma), multiplier), equal, other)
    steep = slope(q[i], gamma)
    return d("combination", Eq(p[i], p[j]), price, other, focus, positive, less, weights=(1 / steep, -1 / steep))


def order_of_the_minimizer(d):
    branches = (one_order(d, i, j), equal_order(d), one_order(d, j, i))
    on = (q[i] < q[j], Eq(q[i], q[j]), q[j] < q[i])
    d("conjunction", d.goal, *(d("trichotomy", part, *branches, on=on) for part in d.goal.args))


ORDER = Result(
    claim=Claim(
        name="ordering/order",
        statement="one letter is likelier than another under Q* exactly when it is under P, and as likely exactly when it is",
        source="paper",
        reference="structure of the minimizer",
        variables=(FOCUS, Pmf(p), OPTIMUM, Letter(i), Letter(j)),
        goal=And(
            Equivalent(p[i] > p[j], q[i] > q[j]),
            Equivalent(p[i] >= p[j], q[i] >= q[j]),
            Equivalent(Eq(p[i], p[j]), Eq(q[i], q[j])),
        ),
    ),
    derivation=order_of_the_minimizer,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "one letter is likelier than another under Q* exactly when it is not under P",
        And(Equivalent(p[i] > p[j], q[i] < q[j]), Equivalent(Eq(p[i], p[j]), Eq(q[i], q[j]))),
    ),
)


def relabelled_conditions(d):
    moved = sigma[i]
    price = d("each", price_of(moved), d.suppose(Every(price_of(i))), at=moved)
    price = d("every", Every(price_of(moved)), price)
    same = d("relabel", Eq(total(q[i]), total(q[moved])))
    unit = d("combination", Eq(total(q[moved]), 1), same, d.suppose(mass(q)), weights=(-1, 1))
    d("conjunction", d.goal, price, unit)


RELABEL = Result(
    claim=Claim(
        name="ordering/relabel",
        statement="relabelling the letters of the data relabels the minimizer and keeps the multiplier",
        source="paper",
        reference="structure of the minimizer",
        variables=(FOCUS, Pmf(p), OPTIMUM, Permutation(sigma)),
        goal=And(Every(price_of(sigma[i])), Eq(total(q[sigma[i]]), 1)),
    ),
    derivation=relabelled_conditions,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "relabelling the letters of the data leaves the minimizer as it is",
        And(Every(Eq(p[sigma[i]] * slope(q[i], gamma), multiplier)), Eq(total(q[sigma[i]]), 1)),
    ),
)
