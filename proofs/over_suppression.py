"""Over-suppression: when the rarest letters are diminished further, and by how much at most.

Source
    Abstract: "induces an over-suppression regime in which very small probabilities are further diminished".
Statement
    lambda sum 1/phi(q_i) = 1, and lambda sum q_i/psi(q_i) = 1. lambda > 1 if and only if sum phi^(-1)(1/p_i) > 1. If
    lambda > 1, every letter with 2 gamma sqrt(p_j) <= lambda - 1 is suppressed: q_j < p_j. If lambda <= 1, every letter with
    p_j < 1/8 and 2 (1 + gamma) p_j <= 1 is amplified. So small letters are suppressed if and only if lambda > 1. The factor
    q_j/p_j tends to 1/lambda as p_j falls to 0: 1 + gamma ln(1 - q_j) < lambda q_j/p_j < 1 + 2 gamma sqrt(q_j), whence
    q_j < (1 + 2 gamma) p_j/lambda. A letter with psi(q_j) > 1, such as any with q_j as small as that, keeps more than the
    share 1/lambda. And raising gamma far enough ends it: a letter rarer than 1/n is amplified once (gamma - 1)(1/n - p_j) >
    ln(M/m).
Idea
    psi(x) <= 1 + gamma x ln(1/x)/(1 - x) < 1 + 2 gamma sqrt(x), by ln y > 1 - 1/y at y = sqrt(x); and
    (1 - x)^gamma > 1 + gamma ln(1 - x) makes psi(x) > 1 for x < e^(-2) with 2 (1 + gamma) x <= 1. phi(q_i) = lambda/p_i is on
    one side of 1/p_i at every letter, and phi falls, so q_i is on the other side of phi^(-1)(1/p_i).
Trusted
    The mean value theorem (rule `monotone`), the intermediate value and continuous inverse theorems (through
    `uniqueness/inverse`), monotonicity of powers (rule `apply`), the ball that shows ln 8 > 2.
Not covered
    Countable alphabets.
"""

from focal_symbolic.proofs.amplification import CRITERION
from focal_symbolic.proofs.ordering import price_of
from focal_symbolic.proofs.uniform_limit import CLOSE_UNIFORM, RANGE, m, top
from focal_symbolic.proofs.uniqueness import ORDER as SLOPE_ORDER
from focal_symbolic.proofs.uniqueness import entry, inverse_at
from sympy import Abs, Integer, Rational, diff, log, sqrt

from focal_symbolic.claim import Boxes, Claim, Draws, HardSet, Letter, Lower, Number, Optimum, Pmf, Result, Twin, Upper
from focal_symbolic.definitions import gain, gamma, multiplier, p, q, s, slope, x
from focal_symbolic.language import And, Eq, Equivalent, Gt, Lt, i, j, mass, n, real, substitute, total

t, y, z = map(real, "tyz")
HALF, EIGHTH = Rational(1, 2), Rational(1, 8)
FOCUS = Number(gamma, 0, low_open=True)
OPTIMUM = Optimum(q, multiplier, p, gamma)
REFERENCE = "over-suppression regime"


def sum_of_shares(d):
    """p_i = lambda / phi(q_i) = lambda q_i / psi(q_i), summed."""
    focus = d.suppose(gamma > 0)
    less, price = d.letters(i, q[i] < 1, price_of(i))
    parts = []
    for share in (1 / slope(q[i], gamma), q[i] / gain(q[i], gamma)):
        term = Eq(p[i], multiplier * share)
        term = d("combination", term, price, focus, less, weights=(share,))
        sums = d("sum_terms", Eq(total(p[i]), total(multiplier * share)), term, over=i)
        unit = Eq(multiplier * total(share), 1)
        parts.append(d("combination", unit, sums, d.suppose(mass(p)), weights=(-1, 1)))
    d("conjunction", d.goal, *parts)


FORMS = Result(
    claim=Claim(
        name="over_suppression/multiplier",
        statement="lambda is 1 over the sum of 1/phi(q_i), and 1 over the sum of q_i/psi(q_i)",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, Pmf(p), OPTIMUM),
        goal=And(
            Eq(multiplier * total(1 / slope(q[i], gamma)), 1),
            Eq(multiplier * total(q[i] / gain(q[i], gamma)), 1),
        ),
    ),
    derivation=sum_of_shares,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "lambda is the sum of 1/phi(q_i)",
        And(
            Eq(multiplier, total(1 / slope(q[i], gamma))),
            Eq(multiplier * total(q[i] / gain(q[i], gamma)), 1),
        ),
    ),
)


ENTRY = entry(Integer(1))
"""phi^(-1)(1/p_i): what the multiplier 1 would give to a letter."""


def at_one_letter(d, *weight):
    """The prices of q_i and of the entry, and the comparison of the slope at them, as a function of the two."""
    positive, less, price = d.letters(i, q[i] > 0, q[i] < 1, price_of(i))
    at_zero, at_one, value = inverse_at(d, 1 / p[i], *weight)

    def comparison(low, high):
        step = {x: high, z: low}
        orders = substitute(SLOPE_ORDER.claim.goal, step)
        orders = d.lemma(SLOPE_ORDER.name, orders, positive, less, at_zero, at_one, replace=step)
        flatter = slope(high, gamma) < slope(low, gamma)
        return flatter, d("part", Equivalent(flatter, low < high), orders)

    return price, value, comparison


def on_one_side(d, low, high, side):
    """lambda < 1 makes phi(q_i) < 1/p_i = phi(entry), so the entry is smaller; lambda > 1 makes it larger."""
    weight = d.letters(i, p[i] > 0)
    price, value, comparison = at_one_letter(d, weight)
    sense = 1 if high == q[i] else -1
    flatter, orders = comparison(low, high)
    flatter = d("combination", flatter, d.suppose(side), price, value, weight, weights=(1 / p[i], -sense / p[i], sense))
    term = d("transfer", low < high, orders, flatter)
    sums = d("sum_terms", total(low) < total(high), term, over=i)
    unit = total(low) < 1 if high == q[i] else total(high) > 1
    return d("combination", unit, sums, d.suppose(mass(q)), weights=(1, -sense))


def at_equality(d):
    """lambda = 1 makes phi(q_i) = 1/p_i = phi(entry), so neither is smaller."""
    unit, equal = d.suppose(Eq(multiplier, 1)), Eq(ENTRY, q[i])
    price, value, comparison = at_one_letter(d)
    branches = []
    for low, high, sense in ((ENTRY, q[i], -1), (q[i], ENTRY, 1)):
        flatter, orders = comparison(low, high)
        flatter = d("transfer", flatter, orders, d.suppose(low < high))
        weights = (1, -sense / p[i], sense, -sense / p[i])
        never = d("combination", Lt(0, 0, evaluate=False), flatter, price, value, unit, weights=weights)
        branches.append(d("absurd", equal, never))
    term = d("cases", equal, *branches, d.suppose(equal), on=(ENTRY < q[i], q[i] < ENTRY, equal))
    term = d("instance", equal, term, d.letters(i, p[i] > 0), replace=())
    sums = d("sum_terms", Eq(total(ENTRY), total(q[i])), term, over=i)
    return d("combination", Eq(total(ENTRY), 1), sums, d.suppose(mass(q)), weights=(1, 1))


def multiplier_against_one(d):
    on = multiplier < 1, Eq(multiplier, 1), multiplier > 1
    branches = on_one_side(d, ENTRY, q[i], on[0]), at_equality(d), on_one_side(d, q[i], ENTRY, on[2])
    d("trichotomy", d.goal, *branches, on=on)


ENTRIES = Result(
    claim=Claim(
        name="over_suppression/entries",
        statement="lambda exceeds 1 exactly when the sum of phi^(-1)(1/p_i) does, a test that needs no minimizer",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, Pmf(p), OPTIMUM),
        goal=Equivalent(multiplier > 1, total(ENTRY) > 1),
    ),
    derivation=multiplier_against_one,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "lambda exceeds 1 exactly when that sum exceeds 11/10",
        Equivalent(multiplier > 1, total(ENTRY) > Rational(11, 10)),
    ),
)


def gain_near_zero(d):
    """(1 - x)^gamma < 1, and s(x) < 2 sqrt(x) by ln y > 1 - 1/y at y = sqrt(x)."""
    focus, positive, less = d.suppose(gamma > 0, y > 0, y < 1)
    base = d("sign", 1 - y**2 < 1, positive)
    power = d("apply", (1 - y**2) ** gamma < 1, base, less, positive, focus, function="power", parameter=gamma)
    line = d.lemma("elementary/log-below", log(y) > 1 - 1 / y, replace={x: y})
    weights = (1 + gamma * s(y**2), 2 * gamma * y**2 / (1 - y**2), 2 * gamma * y / (1 + y))
    d("combination", d.goal, power, line, positive, less, focus, weights=weights)


GAIN_BOUND = Result(
    claim=Claim(
        name="over_suppression/gain-bound",
        statement="psi(x) is less than 1 + 2 gamma sqrt(x), here at x = y^2",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, Number(y, 0, 1, low_open=True, high_open=True)),
        goal=gain(y**2, gamma) < 1 + 2 * gamma * y,
    ),
    derivation=gain_near_zero,
    enclosure=Boxes(((y, Rational(1, 50), Rational(9, 10)), (gamma, Rational(1, 10), Rational(4)))),
    fuzz=Draws(),
    twin=Twin("psi(x) is less than 1 + gamma sqrt(x) / 4", gain(y**2, gamma) < 1 + gamma * y / 4),
)


def power_above_tangent(d):
    """The derivative in gamma of the difference, ln(1 - x) ((1 - x)^gamma - 1), is positive."""
    later, positive, less = d.suppose(t > 0, x > 0, x < 1)
    power = d("apply", (1 - x) ** t < 1, later, positive, less, function="base", parameter=1 - x)
    curve = (1 - x) ** t - 1 - t * log(1 - x)
    rises = d("combination", diff(curve, t) > 0, power, positive, less, weights=(-log(1 - x),))
    focus = d.suppose(gamma > 0)
    d("monotone", d.goal, rises, focus, function=curve, variable=t)


TANGENT = Result(
    claim=Claim(
        name="over_suppression/tangent",
        statement="(1 - x)^gamma lies above its tangent at gamma = 0",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, Number(x, 0, 1, low_open=True, high_open=True)),
        goal=(1 - x) ** gamma > 1 + gamma * log(1 - x),
    ),
    derivation=power_above_tangent,
    enclosure=Boxes(((x, Rational(1, 100), Rational(9, 10)), (gamma, Rational(1, 10), Rational(4)))),
    fuzz=Draws(),
    twin=Twin(
        "(1 - x)^gamma lies above that line by gamma x / 100", (1 - x) ** gamma > 1 + gamma * log(1 - x) + gamma * x / 100
    ),
)


def gain_above_one(d):
    """(1 - x)^gamma > 1 - a with a = gamma x/(1 - x) < 1/2, and ln(1/x) > 2."""
    focus, positive, low, small = d.suppose(gamma > 0, x > 0, x < EIGHTH, 2 * (1 + gamma) * x <= 1)
    tangent = d.lemma(TANGENT.name, TANGENT.claim.goal, low)
    line = d.lemma("elementary/log-below", log(1 - x) > 1 - 1 / (1 - x), low, replace={x: 1 - x})
    eight = d("constant", Gt(log(8), 2, evaluate=False))
    eighth = d("apply", log(x) < -log(8), low, positive, function="log")
    a = gamma * x / (1 - x)
    half = d("combination", 2 * a < 1, small, positive, low, weights=(1 / (1 - x), 1 / (1 - x)))
    share = 1 - a * log(x)
    weights = (share, share * gamma, a * (1 - a), a * (1 - a), a)
    d("combination", d.goal, tangent, line, eight, eighth, half, focus, positive, low, weights=weights)


RARE_GAIN = Result(
    claim=Claim(
        name="over_suppression/rare-gain",
        statement="psi(x) exceeds 1 for x < 1/8 with 2 (1 + gamma) x <= 1",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, Number(x, 0, EIGHTH, low_open=True, high_open=True)),
        where=(2 * (1 + gamma) * x <= 1,),
        goal=gain(x, gamma) > 1,
    ),
    derivation=gain_above_one,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("psi(x) exceeds 1 + gamma/100 there", gain(x, gamma) > 1 + gamma / 100),
)


def below_the_threshold(d):
    short, rare = d.suppose(p[j] < 1, 2 * gamma * sqrt(p[j]) <= multiplier - 1)
    weight = d.letters(j, p[i] > 0)
    root = d("apply", sqrt(p[j]) < 1, short, weight, function="power", parameter=HALF)
    bound = gain(p[j], gamma) < 1 + 2 * gamma * sqrt(p[j])
    bound = d.lemma(GAIN_BOUND.name, bound, root, weight, replace={y: sqrt(p[j])})
    less = d("combination", gain(p[j], gamma) < multiplier, bound, rare, weights=(1, 1))
    both = d.lemma(CRITERION.name, CRITERION.claim.goal)
    criterion = d("part", Equivalent(q[j] < p[j], gain(p[j], gamma) < multiplier), both)
    d("transfer", d.goal, criterion, less)


SUPPRESSED = Result(
    claim=Claim(
        name="over_suppression/suppressed",
        statement="if lambda > 1, every letter with 2 gamma sqrt(p_j) <= lambda - 1 is suppressed",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, Pmf(p), OPTIMUM, Letter(j)),
        where=(p[j] < 1, 2 * gamma * sqrt(p[j]) <= multiplier - 1),
        goal=q[j] < p[j],
    ),
    derivation=below_the_threshold,
    enclosure=HardSet(),
    fuzz=Draws(letters=20, gamma=(Rational(1, 2), Rational(5))),
    twin=Twin("if lambda > 1, every such letter loses a tenth of its share", q[j] < Rational(9, 10) * p[j]),
)


def above_the_threshold(d):
    rare, priced = d.suppose(p[j] < EIGHTH, multiplier <= 1)
    weight = d.letters(j, p[i] > 0)
    bound = d.lemma(RARE_GAIN.name, gain(p[j], gamma) > 1, weight, replace={x: p[j]})
    more = d("combination", gain(p[j], gamma) > multiplier, bound, priced, weights=(1, 1))
    both = d.lemma(CRITERION.name, CRITERION.claim.goal, rare)
    criterion = d("part", Equivalent(q[j] > p[j], gain(p[j], gamma) > multiplier), both)
    d("transfer", d.goal, criterion, more)


AMPLIFIED = Result(
    claim=Claim(
        name="over_suppression/amplified",
        statement="if lambda <= 1, every letter with p_j < 1/8 and 2 (1 + gamma) p_j <= 1 is amplified",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, Pmf(p), OPTIMUM, Letter(j)),
        where=(p[j] < EIGHTH, 2 * (1 + gamma) * p[j] <= 1, multiplier <= 1),
        goal=q[j] > p[j],
    ),
    derivation=above_the_threshold,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("if lambda <= 1, every such letter doubles its share", q[j] > 2 * p[j]),
)


def floor_of_the_factor(d):
    """lambda q_j = p_j psi(q_j)."""
    high = d.suppose(gain(q[j], gamma) > 1)
    weight, price = d.letters(j, p[i] > 0, price_of(i))
    d("combination", d.goal, high, price, weight, weights=(p[j], -q[j]))


FLOOR = Result(
    claim=Claim(
        name="over_suppression/floor",
        statement="a letter with psi(q_j) > 1 keeps more than the share 1/lambda of its probability",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, Pmf(p), OPTIMUM, Letter(j)),
        where=(gain(q[j], gamma) > 1,),
        goal=p[j] < multiplier * q[j],
    ),
    derivation=floor_of_the_factor,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin("such a letter keeps more than the share 1/lambda^2", p[j] < multiplier**2 * q[j]),
)


def close_to_uniform(d):
    """q_j >= 1/n - ln(M/m)/(gamma - 1) > p_j."""
    near = d.lemma(CLOSE_UNIFORM.name, CLOSE_UNIFORM.claim.goal)
    side = d("absolute_value", 1 / n - q[j] <= Abs(q[j] - 1 / n))
    focus, enough = d.suppose(gamma > 1, RANGE < (gamma - 1) * (1 / n - p[j]))
    d("combination", d.goal, near, side, enough, focus, weights=(1, 1, 1 / (gamma - 1)))


ENDS = Result(
    claim=Claim(
        name="over_suppression/ends",
        statement="a letter rarer than 1/n is amplified once (gamma - 1)(1/n - p_j) exceeds ln(M/m): raising gamma ends it",
        source="own",
        reference="against the popular summary of the paper, where raising gamma makes the rarest items worse and worse",
        variables=(Number(gamma, 1, low_open=True), Pmf(p), OPTIMUM, Lower(m, (p,)), Upper(top, (p,)), Letter(j)),
        where=(RANGE < (gamma - 1) * (1 / n - p[j]),),
        goal=q[j] > p[j],
    ),
    derivation=close_to_uniform,
    enclosure=HardSet(),
    fuzz=Draws(gamma=(Rational(30), Rational(10**4))),
    twin=Twin("such a letter triples its share", q[j] > 3 * p[j]),
)


LOW_SIDE = p[j] * (1 + gamma * log(1 - q[j])) < multiplier * q[j]
HIGH_SIDE = multiplier * q[j] < p[j] * (1 + 2 * gamma * sqrt(q[j]))


def gain_near_one(d):
    """lambda q_j = p_j psi(q_j), with psi(q) < 1 + 2 gamma sqrt(q) and psi(q) > (1 - q)^gamma > 1 + gamma ln(1 - q)."""
    focus = d.suppose(gamma > 0)
    weight, positive, less, price = d.letters(j, p[i] > 0, q[i] > 0, q[i] < 1, price_of(i))
    root = d("apply", sqrt(q[j]) < 1, less, positive, function="power", parameter=HALF)
    bound = gain(q[j], gamma) < 1 + 2 * gamma * sqrt(q[j])
    bound = d.lemma(GAIN_BOUND.name, bound, root, positive, replace={y: sqrt(q[j])})
    high = d("combination", HIGH_SIDE, bound, price, weight, weights=(p[j], q[j]))
    line = d.lemma(TANGENT.name, (1 - q[j]) ** gamma > 1 + gamma * log(1 - q[j]), positive, less, replace={x: q[j]})
    rest = d("sign", gain(q[j], gamma) > (1 - q[j]) ** gamma, focus, positive, less)
    low = d("combination", LOW_SIDE, line, rest, price, weight, weights=(p[j], p[j], -q[j]))
    d("conjunction", d.goal, low, high)


RARE_FACTOR = Result(
    claim=Claim(
        name="over_suppression/limit",
        statement="lambda q_j/p_j lies between 1 + gamma ln(1 - q_j) and 1 + 2 gamma sqrt(q_j): it tends to 1 as q_j to 0",
        source="paper",
        reference=REFERENCE,
        variables=(FOCUS, Pmf(p), OPTIMUM, Letter(j)),
        kind="limit",
        goal=And(LOW_SIDE, HIGH_SIDE),
    ),
    derivation=gain_near_one,
    enclosure=HardSet(),
    fuzz=Draws(),
    twin=Twin(
        "lambda q_j/p_j lies between 1 and 1 + 2 gamma sqrt(q_j)",
        And(p[j] < multiplier * q[j], HIGH_SIDE),
    ),
)
