"""The threshold p_0(gamma): psi is more than 1 before it and less than 1 beyond it.

Source
    Abstract: "suppresses high-probability outcomes".
Statement
    A commonest letter with p_j >= p_0(gamma) is suppressed, unless all letters are as common.
    For every gamma > 0, psi = 1 exactly once in [1/(3 + gamma), 1/2], at p_0(gamma), psi > 1 before a point where psi
    >= 1 and psi < 1 beyond a point where psi <= 1, so that p_0 is the only root in (0, 1). p_0 falls strictly in gamma
    and is continuous: if psi(x) <= 1 at gamma, then psi(x) < 1 at every larger gamma, and x stays on its side of p_0
    while gamma changes by less than |ln psi(x)|/ln(1/(1 - x)). 1/(3 + gamma) < p_0 < ln(1 + gamma)/gamma, so it tends
    to 0 as gamma grows; p_0(1) = 1/e and the limit 1/2 at gamma = 0 are in `high_suppression`. For every y < 1/2 there
    is exactly one gamma with p_0(gamma) = y.
Idea
    ln psi = gamma ln(1 - x) + ln(1 + gamma s), divided by gamma, falls in gamma. At 1/(3 + gamma) it is at least ln(1 +
    gamma T/(2 + gamma)) - gamma/(2 + gamma) with T = ln(3 + gamma), which rises from 0; and psi falls there, since
    h(1/(4 + gamma)) < 0.
Trusted
    The mean value theorem (rule `monotone`), the intermediate value theorem (rule `root`), monotonicity of ln, exp and
    powers (rule `apply`), the balls that show ln 3 > 109/100 and 4 ln 4 < 6 (rule `constant`).
Not covered
    A closed form of p_0: there is none but at gamma = 1.
"""

from focal_symbolic.proofs.amplification import falls, height, height_falls, interval
from focal_symbolic.proofs.elementary import log_above, log_below
from focal_symbolic.proofs.high_suppression import below_one_beyond, commonest, g_sign, gain_below_one, pair_of_letters
from focal_symbolic.proofs.over_suppression import rare_gain
from sympy import Abs, Interval, Rational, diff, exp, log, oo

from focal_symbolic.claims import letter, optimum, pmf, theorem, threshold_of
from focal_symbolic.definitions import g, gain, gamma, multiplier, p, q, s, x
from focal_symbolic.language import NEVER, And, Eq, Every, ExistsUnique, Gt, Implies, i, j, k, real

t, u, v, w, y, z = map(real, "tuvwyz")
HALF = Rational(1, 2)
PHRASE = "suppresses high-probability outcomes"
POSITIVE, INSIDE = Interval.open(0, oo), Interval.open(0, 1)
LOW = 1 / (3 + gamma)
"""A point before p_0."""


def log_gain(at, focus=gamma):
    """ln psi."""
    return focus * log(1 - at) + log(1 + focus * s(at))


@theorem(
    "psi(1/(3 + gamma)) is more than 1",
    answers=PHRASE,
    over={gamma: POSITIVE},
    shows=gain(LOW, gamma) > 1,
    false="psi(1/(3 + gamma)) is more than 11/10",
    but=gain(LOW, gamma) > Rational(11, 10),
)
def gain_at_low_end(proof):
    """ln psi there is at least ln(1 + gamma T/(2 + gamma)) - gamma/(2 + gamma) with T = ln(3 + gamma), which rises from 0."""
    curve = log(1 + t * log(3 + t) / (2 + t)) - t / (2 + t)
    with proof.suppose(t > 0):
        large = proof.apply(log, 3 < 3 + t)
        large = proof.combine(
            log(3 + t) > Rational(109, 100), {large: 1, proof.constant(Gt(log(3), Rational(109, 100), evaluate=False)): 1}
        )
        rest = proof.sign(2 * (t - Rational(41, 100)) ** 2 + Rational(7438, 10000) + t**3 > 0)
        below = (2 + t) ** 2 * (1 + t * log(3 + t) / (2 + t))
        rate = proof.combine(diff(curve, t) > 0, {large: 4 / ((2 + t) * below), rest: 1 / ((2 + t) * (3 + t) * below)})
    above = proof.monotone(curve, along=t, start=0, end=gamma, rate=rate)
    line = proof.use(log_below, {x: (2 + gamma) / (3 + gamma)})
    logarithm = proof.combine(0 < log_gain(LOW), {above: 1, line: gamma})
    proof.apply(exp, logarithm)


BEFORE = 1 / (4 + gamma)
"""A point beyond the mode of psi."""


@theorem(
    "psi falls from 1/(4 + gamma) on",
    answers=PHRASE,
    over={gamma: POSITIVE, x: Interval.open(BEFORE, 1), z: Interval.open(x, 1)},
    shows=gain(z, gamma) < gain(x, gamma),
    false="psi falls by a tenth from 1/(4 + gamma) on",
    but=gain(z, gamma) < Rational(9, 10) * gain(x, gamma),
)
def gain_falls_beyond(proof):
    """h(1/(4 + gamma)) < 0, as 4 ln(4 + gamma) < 6 + 2 gamma."""
    rises = proof.monotone(6 + 2 * t - 4 * log(4 + t), along=t, start=0, end=gamma)
    start = proof.constant(Gt(6, 4 * log(4), evaluate=False))
    down = proof.combine(height(BEFORE) < 0, {rises: BEFORE, start: BEFORE})
    falling = proof.use(height_falls, {x: BEFORE, v: (x - BEFORE) / (1 - BEFORE)})
    proof.combine(height(x) < 0, {falling: 1 - x, down: (1 - x) / (1 - BEFORE)})
    proof.use(falls, {u: (z - x) / (1 - x)})


@theorem(
    "psi = 1 exactly once in [1/(3 + gamma), 1/2]: there is a threshold p_0(gamma)",
    answers=PHRASE,
    over={gamma: POSITIVE},
    shows=ExistsUnique(Eq(gain(x, gamma), 1), (x, LOW, HALF)),
    false="psi = 1 exactly once in [1/(3 + gamma), 1/3]",
    but=ExistsUnique(Eq(gain(x, gamma), 1), (x, LOW, Rational(1, 3))),
)
def threshold_exists(proof):
    """psi falls from a value above 1 to one below 1."""
    falling = proof.use(gain_falls_beyond, {z: v}, where=(BEFORE < x, x < v, v < 1))
    start, end = proof.use(gain_at_low_end), proof.use(gain_below_one, {x: HALF})
    proof.by(
        "root",
        falling,
        proof.combine(gain(LOW, gamma) >= 1, {start: 1}),
        proof.combine(gain(HALF, gamma) <= 1, {end: 1}),
        LOW <= HALF,
    )


@theorem(
    "where psi(x) >= 1, psi is more than 1 at every point before x",
    answers=PHRASE,
    over={gamma: POSITIVE, x: INSIDE, y: Interval.open(0, x)},
    where=gain(x, gamma) >= 1,
    shows=gain(y, gamma) > 1,
    false="where psi(x) >= 1, psi is more than 101/100 at every point before x",
    but=gain(y, gamma) > Rational(101, 100),
)
def above_one_before(proof):
    """psi exceeds 1 near 0, and there is no dip between."""
    small = y / (8 * (1 + gamma))
    proof.combine(y < 1, {y < x: 1, x < 1: 1})
    start = proof.use(rare_gain, {x: small})
    proof.use(interval, {x: small, u: (y - small) / (1 - small), v: (x - y) / (1 - y)})
    left, right = gain(small, gamma) < gain(y, gamma), gain(x, gamma) < gain(y, gamma)
    first = proof.combine(proof.goal, {start: 1, left: 1}, where=left)
    proof.either({left: first, right: proof.combine(proof.goal, {right: 1, gain(x, gamma) >= 1: 1}, where=right)})


@theorem(
    "psi(x) is less than 1 where gamma x >= ln(1 + gamma): p_0 tends to 0 as gamma grows",
    answers=PHRASE,
    over={gamma: POSITIVE, x: INSIDE},
    where=log(1 + gamma) <= gamma * x,
    shows=gain(x, gamma) < 1,
    kind="limit",
    false="psi(x) is less than 1/2 where gamma x >= ln(1 + gamma)",
    but=gain(x, gamma) < HALF,
)
def threshold_tends_to_zero(proof):
    """(1 - x)^gamma < e^(-gamma x), and s < 1."""
    first, line = proof.use(log_above, {x: 1 - x}), proof.use(log_below)
    less = proof.combine(1 + gamma * s(x) < 1 + gamma, {line: gamma * x / (1 - x)})
    less = proof.apply(log, less)
    logarithm = proof.combine(log_gain(x) < 0, {first: gamma, less: 1, log(1 + gamma) <= gamma * x: 1})
    proof.apply(exp, logarithm)


LARGER = {gamma: POSITIVE, x: INSIDE, z: Interval.open(gamma, oo)}


@theorem(
    "ln psi, divided by gamma, falls in gamma",
    answers=PHRASE,
    over=LARGER,
    shows=gamma * log_gain(x, z) < z * log_gain(x),
    false="ln psi, divided by gamma, falls by a hundredth whenever gamma grows",
    but=gamma * log_gain(x, z) < z * log_gain(x) - gamma * z / 100,
)
def log_gain_falls(proof):
    """ln(1 + t s)/t falls, since ln(1 + t s) > t s/(1 + t s)."""
    line = proof.use(log_above, {x: 1 / (1 + t * s(x))}, where=t > 0)
    rate = proof.combine(diff(log(1 + t * s(x)) / t, t) < 0, {line: 1 / t**2}, where=t > 0)
    falling = proof.monotone(log(1 + t * s(x)) / t, along=t, start=gamma, end=z, rate=rate)
    proof.combine({falling: gamma * z})


@theorem(
    "p_0 falls strictly in gamma: where psi(x) <= 1, it is less than 1 at every larger gamma",
    answers=PHRASE,
    over=LARGER,
    where=gain(x, gamma) <= 1,
    shows=gain(x, z) < 1,
    false="where psi(x) <= 1, it is less than 99/100 at every larger gamma",
    but=gain(x, z) < Rational(99, 100),
)
def threshold_falls(proof):
    """ln psi/gamma falls."""
    low = proof.apply(log, gain(x, gamma) <= 1)
    proof.apply(exp, proof.combine(log_gain(x, z) < 0, {proof.use(log_gain_falls): 1 / gamma, low: z / gamma}))


CHANGE = Abs(z - gamma) * -log(1 - x)
STAYS = (
    Implies(CHANGE < log_gain(x), gain(x, z) > 1),
    Implies(CHANGE < -log_gain(x), gain(x, z) < 1),
)


@theorem(
    "p_0 is continuous: x stays on its side while gamma changes by less than |ln psi(x)|/ln(1/(1 - x))",
    answers=PHRASE,
    over={gamma: POSITIVE, x: INSIDE, z: POSITIVE},
    shows=And(*STAYS),
    kind="limit",
    false="psi(x) stays above 11/10 while gamma changes by less than |ln psi(x)|/ln(1/(1 - x))",
    but=And(Implies(CHANGE < log_gain(x), gain(x, z) > Rational(11, 10)), STAYS[1]),
)
def threshold_is_continuous(proof):
    """On one side psi moves away from 1; on the other ln psi changes by at most |z - gamma| ln(1/(1 - x))."""
    for case in STAYS:
        known, above = case.args[0], case == STAYS[0]
        goal = log_gain(x, z) > 0 if above else log_gain(x, z) < 0
        away, back = (gamma <= z, z < gamma) if above else (z <= gamma, gamma < z)
        small, large = (gamma, z) if above else (z, gamma)
        with proof.suppose(known):
            with proof.suppose(away):
                raised = proof.combine(1 + small * s(x) <= 1 + large * s(x), {away: s(x)})
                raised, distance = proof.apply(log, raised), large - small <= Abs(z - gamma)
                first = proof.combine(goal, {raised: 1, known: 1, distance: -log(1 - x)})
            with proof.suppose(back):
                distance = small - large <= Abs(z - gamma)
                moved = proof.use(log_gain_falls, {gamma: z, z: gamma} if above else {})
                shift = -log(1 - x) * z / gamma
                second = proof.combine(goal, {moved: 1 / gamma, known: z / gamma, distance: shift, back: shift})
            line = proof.apply(exp, proof.cases({away: first, back: second}))
            line = proof.combine(case.args[1], {line: 1})
        proof.implication(known, line)


L = -log(1 - y)
FIRST, LAST = 1 / L - 1 / s(y), 4 * s(y) / L**2


@theorem(
    "for every y < 1/2 there is exactly one gamma with psi(y) = 1, that is with p_0(gamma) = y",
    answers=PHRASE,
    over={y: Interval.open(0, HALF)},
    shows=ExistsUnique(Eq(gain(y, gamma), 1), (gamma, FIRST, LAST)),
    false="for every y < 1/2 there is exactly one such gamma, and it is at most half as large",
    but=ExistsUnique(Eq(gain(y, gamma), 1), (gamma, FIRST, LAST / 8)),
)
def gamma_exists(proof):
    """As a function of gamma, psi rises up to 1/L - 1/s, L = ln(1/(1 - y)), and falls from there; ln(1 + r^2) <= 2 r."""
    low = g(y) <= 0
    far = proof.transfer(proof.use(g_sign, {x: y}), low, where=low)
    proof.refute(low, proof.combine(NEVER, {far: 1, y < HALF: 1}, where=low))
    with proof.suppose(0 < v, v < w):
        line = proof.use(log_above, {x: v / w})
        first = proof.combine(0 <= log(1 + (1 / v - 1 / w) * w) - v * (1 / v - 1 / w), {line: 1})
        r = 2 * w / v
        line, square = proof.use(log_below, {x: 1 / (1 + r)}), proof.apply(log, 1 + r**2 < (1 + r) ** 2)
        last = proof.combine(log(1 + 4 * w / v**2 * w) - v * (4 * w / v**2) <= 0, {line: 2, square: 1})
    values = {v: L, w: s(y)}
    first = proof.combine(0 <= log_gain(y, FIRST), {proof.instance(first, values): 1})
    last = proof.combine(log_gain(y, LAST) <= 0, {proof.instance(last, values): 1})
    with proof.suppose(u > 0):
        above, below = log_gain(y, u) >= 0, log_gain(y, u) <= 0
        above = proof.combine(gain(y, u) >= 1, {proof.apply(exp, above, where=above): 1}, where=above)
        below = proof.combine(gain(y, u) <= 1, {proof.apply(exp, below, where=below): 1}, where=below)
    first, last = proof.instance(above, {u: FIRST}), proof.instance(below, {u: LAST})
    rate = proof.combine(diff(gain(y, t), t) < 0, {FIRST < t: (1 - y) ** t * s(y) * L}, where=FIRST < t)
    falling = proof.monotone(gain(y, t), along=t, start=gamma, end=v, rate=rate, where=(FIRST <= gamma, gamma < v))
    rest = proof.sign(3 / L + 1 / s(y) > 0)
    ordered = proof.combine(FIRST <= LAST, {g(y) > 0: 4 / L**2, rest: 1})
    proof.by("root", falling, first, last, ordered)


@theorem(
    "there is one threshold p_0(gamma), between 1/(3 + gamma) and 1/2, and each y < 1/2 is the threshold of one gamma",
    answers=PHRASE,
    over={gamma: POSITIVE, y: Interval.open(0, HALF)},
    shows=And(threshold_exists.shows, gamma_exists.shows),
    false="there is one threshold p_0(gamma), between 1/(3 + gamma) and 1/3",
    but=And(threshold_exists.falsehood.goal, gamma_exists.shows),
)
def one_threshold(proof):
    """The two theorems above."""
    proof.use(threshold_exists)
    proof.use(gamma_exists)


@theorem(
    "p_0(gamma) is more than p_0 of every larger gamma",
    answers=PHRASE,
    over={gamma: POSITIVE, w: Interval.open(gamma, oo), x: threshold_of(gamma), y: threshold_of(w)},
    shows=y < x,
    false="p_0(gamma) is more than p_0 of every larger gamma by a tenth",
    but=11 * y < 10 * x,
)
def thresholds_fall(proof):
    """psi at p_0(gamma) is less than 1 at a larger gamma, and so it is beyond."""
    wrong, equal, beyond = x <= y, Eq(x, y), x < y
    proof.combine(gain(x, gamma) <= 1, {Eq(gain(x, gamma), 1): 1})
    less = proof.use(threshold_falls, {z: w})
    level = proof.rewrite(less, by=equal, shows=gain(y, w) < 1, where=equal)
    later = proof.use(below_one_beyond, {gamma: w}, where=beyond)
    with proof.suppose(wrong):
        low = proof.cases({beyond: later, equal: level}, shows=gain(y, w) < 1)
        never = proof.combine(NEVER, {low: 1, Eq(gain(y, w), 1): 1})
    proof.refute(wrong, never)


BETWEEN = LOW < x, x < HALF, gamma * x < log(1 + gamma)


@theorem(
    "p_0(gamma) is more than 1/(3 + gamma), less than 1/2 and less than ln(1 + gamma)/gamma",
    answers=PHRASE,
    over={gamma: POSITIVE, x: threshold_of(gamma)},
    shows=And(*BETWEEN),
    false="p_0(gamma) is more than 1/(3 + gamma), less than 2/5 and less than ln(1 + gamma)/gamma",
    but=And(BETWEEN[0], x < Rational(2, 5), BETWEEN[2]),
)
def threshold_between(proof):
    """psi is not 1 elsewhere."""
    one, early, late, large = Eq(gain(x, gamma), 1), x <= LOW, HALF <= x, log(1 + gamma) <= gamma * x
    start = proof.use(gain_at_low_end)
    level, before = Eq(x, LOW), x < LOW
    level = proof.rewrite(start, by=level, shows=gain(x, gamma) > 1, where=level)
    first = proof.use(above_one_before, {x: LOW, y: x}, where=before)
    with proof.suppose(early):
        more = proof.cases({before: first, Eq(x, LOW): level}, shows=gain(x, gamma) > 1)
        never = proof.combine(NEVER, {more: 1, one: 1})
    proof.refute(early, never)
    for wrong, page in ((late, gain_below_one), (large, threshold_tends_to_zero)):
        with proof.suppose(wrong):
            never = proof.combine(NEVER, {proof.use(page): 1, one: 1})
        proof.refute(wrong, never)


HIGH = Implies(p[j] >= z, q[j] < p[j])


@theorem(
    "a commonest letter with p_j >= p_0(gamma) is suppressed, if another is rarer; there is one such threshold",
    answers=PHRASE,
    over={gamma: POSITIVE, z: threshold_of(gamma), p: pmf, (q, multiplier): optimum(p, gamma), j: letter, k: letter},
    where=(Every(p[i] <= p[j]), p[k] < p[j]),
    shows=And(threshold_exists.shows, HIGH),
    false="a commonest letter with p_j >= p_0(gamma)/2 is suppressed, if another is rarer",
    but=And(threshold_exists.shows, Implies(p[j] >= z / 2, q[j] < p[j])),
    main=True,
)
def suppressed_from_the_threshold(proof):
    """psi(p_j) <= 1 from p_0 on."""
    proof.use(threshold_exists)
    proof.combine(p[j] < 1, {pair_of_letters(proof, p, k, j): 1, p[k] > 0: 1})
    low, level, at = gain(p[j], gamma) <= 1, Eq(p[j], z), Eq(gain(z, gamma), 1)
    proof.combine(gain(z, gamma) <= 1, {at: 1})
    beyond = proof.use(below_one_beyond, {x: z, y: p[j]}, where=p[j] > z)
    equal = proof.combine(low, {proof.rewrite(at, by=level, shows=Eq(gain(p[j], gamma), 1), where=level): 1}, where=level)
    with proof.suppose(p[j] >= z):
        proof.cases({p[j] > z: beyond, level: equal}, low)
        less = proof.use(commonest)
    proof.implication(p[j] >= z, less)
