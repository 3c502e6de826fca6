"""The minimizer is differentiable in data and gamma, with the derivatives that `jacobian` prints.

Source
    own
Statement
    Let Q* be the minimizer for P and gamma, W* that for R and eta. With d_i = -p_i phi'(q_i) > 0, c_i = (r_i - p_i) phi(q_i) +
    (eta - gamma) p_i dphi/dgamma(q_i) and kappa the mean of the c_i with weights 1/d_i, v_j = (c_j - kappa)/d_j is linear in
    the step of P and gamma. If z <= p_i, r_i and gamma, eta <= g, then |w_j - q_j - v_j| <= 576 N^22 ((eta - gamma)^2 + sum
    (r_i - p_i)^2), N = (1 + g)/z^(1 + g): so v is the derivative of Q* in P and gamma, also at gamma = 0, from the right.
Idea
    p_i phi(q_i) = lambda and sum q_i = 1, before and after. With rho_i for what linearisation leaves of p_i phi(q_i), w_j - q_j
    - v_j = (rho_j - mean rho)/d_j exactly. The entries lie between 1/N and 1 - 1/N, where all derivatives of phi of first and
    second order are at most 4 N^6; and they move little, by `existence/moves_continuously`.
Trusted
    The mean value theorem (rule `monotone`), monotonicity of ln, exp and powers (rule `apply`), and what the lemmas trust.
Not covered
    Data that vanish somewhere. That the power of N is the least. Second derivatives.
"""

from focal_symbolic.proofs.amplification import ratio_law
from focal_symbolic.proofs.convexity import curvature, loss_is_convex
from focal_symbolic.proofs.cross_entropy_limit import capped
from focal_symbolic.proofs.elementary import log_below
from focal_symbolic.proofs.existence import DECAY, moves_continuously, weighted_mean
from focal_symbolic.proofs.ordering import price
from focal_symbolic.proofs.uniqueness import gamma_zero
from sympy import Abs, Expr, Integer, Interval, Mul, Poly, Rational, cancel, diff, expand, log, oo

from focal_symbolic.claims import below, letter, optimum, pmf, theorem
from focal_symbolic.claims.claim import Draws
from focal_symbolic.definitions import gain, gamma, multiplier, p, q, s, slope, x
from focal_symbolic.language import And, Eq, Ge, array, i, j, mass, n, positive, real, substitute, total

N = real("N")
"""How far entries keep from 0 and 1 (1/N), and how large gamma is at most."""
A, C, E, S, W = map(real, "acesw")
MOST, SIGNS = 4 * N**6, (1, -1)
FIRST = {key: diff(slope(x, gamma), key) for key in (x, gamma)}
RATES = *FIRST.values(), diff(FIRST[gamma], gamma), diff(FIRST[x], gamma), diff(FIRST[x], x)
"""All derivatives of the slope of first and second order."""


def along_x(f: Expr) -> Expr:
    """The derivative in x of E f over E = (1 - x)^gamma. A = 1/x, C = 1/(1 - x), S = ln(1/x)/(1 - x), W = ln(1/(1 - x))."""
    shift = -A * C + S * C
    return expand(-gamma * C * f - A**2 * diff(f, A) + C**2 * diff(f, C) + shift * diff(f, S) + C * diff(f, W))


def along_gamma(f: Expr) -> Expr:
    """The same in gamma."""
    return expand(-W * f + diff(f, gamma))


BASE = A + gamma * S
PARTS = along_x(BASE), along_gamma(BASE)
POLYNOMIALS = tuple(E * part for part in (*PARTS, along_gamma(PARTS[1]), along_gamma(PARTS[0]), along_x(PARTS[0])))
"""RATES, in these numbers."""


def product_at_most(proof, factors):
    """A product of numbers of [0, N] is at most N^k."""
    line, whole = factors[0] <= N, factors[0]
    for power, factor in enumerate(factors[1:], start=1):
        weights = {factor <= N: N**power}
        weights[line] = weights.get(line, 0) + factor
        whole *= factor
        line = proof.combine(whole <= N ** (power + 1), weights)
    return line


def rises_fast(proof, low, high):
    """One polynomial in N >= 2 is at most another, of degree no less and coefficients no smaller: less, unless equal at 2."""
    degree = Poly(high, N).degree()
    spare = (high - low).subs(N, 2) / Integer(2) ** degree
    rising = cancel((high - low - spare * N**degree) / (N - 2))
    order = low < high if spare > 0 else low <= high
    return proof.combine(order, {N >= 2: rising, proof.sign(N**degree > 0): spare})


def at_most(proof, polynomial):
    """e times A polynomial in numbers of [0, N] is at most MOST: each of its terms is."""
    weights, most = {}, Integer(0)
    for term in Poly(polynomial / E, A, C, S, W, gamma).as_expr().as_ordered_terms():
        size, rest = term.as_coeff_Mul()
        if size > 0:
            factors = [f.as_base_exp()[0] for f in Mul.make_args(rest) for _ in range(f.as_base_exp()[1])]
            weights[product_at_most(proof, factors)] = size * E
            most += size * N ** len(factors)
        else:
            weights[proof.sign(Ge(rest, 0, evaluate=False))] = -size * E
    room = rises_fast(proof, most, MOST)
    return proof.combine(polynomial <= MOST, weights | {E <= 1: most, room: 1})


@theorem(
    "five polynomials in numbers of [0, N], N >= 2, and one of [0, 1] are at most 4 N^6 in size",
    over={N: Interval(2, oo), **dict.fromkeys((A, C, S, W, gamma), Interval(0, N)), E: Interval(0, 1)},
    shows=And(*(sign * f <= MOST for f in POLYNOMIALS for sign in SIGNS)),
    false="they are at most 2 N^5 in size",
    but=And(*(sign * f <= 2 * N**5 for f in POLYNOMIALS for sign in SIGNS)),
)
def polynomials_bounded(proof):
    """Each term is at most A power of N."""
    for f in POLYNOMIALS:
        for sign in SIGNS:
            at_most(proof, expand(sign * f))


def within(at):
    """How an entry keeps from 0 and 1."""
    return at >= 1 / N, at <= 1 - 1 / N


BOUNDED = tuple(Abs(rate) <= MOST for rate in RATES)


@theorem(
    "the derivatives of the slope of first and second order are at most 4 N^6 in size for 1/N <= x <= 1 - 1/N and gamma <= N",
    over={N: Interval(2, oo), x: Interval(1 / N, 1 - 1 / N), gamma: Interval(0, N)},
    shows=And(*BOUNDED),
    false="they are at most N^2/8 in size",
    but=And(*(Abs(rate) <= N**2 / 8 for rate in RATES)),
)
def rates_bounded(proof):
    """1/x, 1/(1 - x), gamma, ln(1/x)/(1 - x) and ln(1/(1 - x)) are at most N, and (1 - x)^gamma is at most 1."""
    low, high = within(x)
    proof.combine(x > 0, {low: 1, proof.sign(1 / N > 0): 1})
    proof.combine(x < 1, {high: 1, proof.sign(1 / N > 0): 1})
    near = proof.combine(1 / x <= N, {low: N / x})
    proof.combine(-log(x) / (1 - x) < N, {proof.use(log_below): 1 / (1 - x), near: 1})
    far = proof.combine(1 / (1 - x) <= N, {high: N / (1 - x)})
    proof.combine(-log(1 - x) < N, {proof.use(log_below, {x: 1 - x}): 1, far: 1, proof.sign(positive(1)): 1})
    proof.apply("base", gamma >= 0, 1 - x)
    at = {A: 1 / x, C: 1 / (1 - x), S: -log(x) / (1 - x), W: -log(1 - x), E: (1 - x) ** gamma}
    proof.use(polynomials_bounded, at)
    for rate, polynomial in zip(RATES, POLYNOMIALS, strict=True):
        sides = (proof.combine(sign * rate <= MOST, {substitute(sign * polynomial, at) <= MOST: 1}) for sign in SIGNS)
        proof.absolute(*sides, shows=Abs(rate) <= MOST)


t, y, eta = map(real, ("t", "y", "eta"))
INSIDE = Interval(1 / N, 1 - 1 / N)
SLOPE = slope(x, gamma)
LATER = {x: y, gamma: eta}
OVER = {
    x: {N: Interval(2, oo), gamma: Interval(0, N), x: Interval(1 / N, 1 - 1 / N), y: Interval.Lopen(x, 1 - 1 / N)},
    gamma: {N: Interval(2, oo), x: Interval(1 / N, 1 - 1 / N), gamma: Interval(0, N), eta: Interval.Lopen(gamma, N)},
}


def put(function, of, there=None):
    """A function of x and gamma at y in place of x, or at eta in place of gamma."""
    return substitute(function, {of: LATER[of] if there is None else there})


def moves(function, of, bound=MOST):
    """|f(y) - f(x)| <= 4 N^6 (y - x), or the same in gamma."""
    return Abs(put(function, of) - function) <= bound * (LATER[of] - of)


def bend(of, later=False):
    """phi(y) - phi(x) - phi'(x) (y - x), or with phi'(y); or the same in gamma."""
    rate = diff(SLOPE, of)
    return put(SLOPE, of) - SLOPE - (put(rate, of) if later else rate) * (LATER[of] - of)


def bends(of, later=False, bound=MOST):
    """It is at most 2 N^6 (y - x)^2 in size."""
    return tuple(sign * bend(of, later) <= bound * (LATER[of] - of) ** 2 / 2 for sign in SIGNS)


def changes_by(proof, function, of):
    """The rate of f is at most 4 N^6 in size on the way."""
    end, rate, sides = LATER[of], put(diff(function, of), of, t), []
    with proof.suppose(of < t, t < end):
        if of == gamma:
            proof.combine(t >= 0, {of < t: 1, of >= 0: 1})
            proof.combine(t <= N, {t < end: 1, end <= N: 1})
        proof.use(rates_bounded, {of: t})
        bounds = [proof.combine(sign * rate <= MOST, {sign * rate <= Abs(rate): 1, Abs(rate) <= MOST: 1}) for sign in SIGNS]
    for sign, bound in zip(SIGNS, bounds, strict=True):
        curve = sign * put(function, of, t) - MOST * t
        with proof.suppose(of < t, t < end):
            falls = proof.combine(diff(curve, t) <= 0, {bound: 1})
        line = proof.monotone(curve, along=t, start=of, end=end, rate=falls)
        sides.append(proof.combine(sign * (put(function, of) - function) <= MOST * (end - of), {line: 1}))
    proof.absolute(*sides, shows=moves(function, of))


MOVES_IN_X, MOVES_IN_GAMMA = [moves(f, x) for f in (SLOPE, *FIRST.values())], [moves(f, gamma) for f in (SLOPE, FIRST[gamma])]


@theorem(
    "from x to y the slope and its rates change by at most 4 N^6 (y - x)",
    over=OVER[x],
    shows=And(*MOVES_IN_X),
    false="they change by at most N (y - x)",
    but=And(*(moves(f, x, N) for f in (SLOPE, *FIRST.values()))),
)
def moves_in_x(proof):
    """The rates of all of them are bounded."""
    for f in (SLOPE, *FIRST.values()):
        changes_by(proof, f, x)


@theorem(
    "from gamma to eta the slope and its rate in gamma change by at most 4 N^6 (eta - gamma)",
    over=OVER[gamma],
    shows=And(*MOVES_IN_GAMMA),
    false="they change by at most (eta - gamma)/10",
    but=And(*(moves(f, gamma, Rational(1, 10)) for f in (SLOPE, FIRST[gamma]))),
)
def moves_in_gamma(proof):
    """The rates of both are bounded."""
    for f in (SLOPE, FIRST[gamma]):
        changes_by(proof, f, gamma)


def bent_from(proof, of, later):
    """phi(t) - phi'(x) t changes by at most the integral of 4 N^6 (t - x); or the same with y, from the other end."""
    end, rate = LATER[of], diff(SLOPE, of)
    base = put(rate, of) if later else rate
    way = end - t if later else t - of
    with proof.suppose(of < t, t < end):
        if of == gamma and not later:
            proof.combine(t <= N, {t < end: 1, end <= N: 1})
        page = moves_in_x if of == x else moves_in_gamma
        proof.use(page, {of: t} if later else {LATER[of]: t})
        gap = put(rate, of) - put(rate, of, t) if later else put(rate, of, t) - rate
    for sign, side in zip(SIGNS, bends(of, later), strict=True):
        curve = sign * (put(SLOPE, of, t) - base * t) + (MOST if later else -MOST) * way**2 / 2
        with proof.suppose(of < t, t < end):
            turn = -sign if later else sign
            falls = proof.combine(diff(curve, t) <= 0, {turn * gap <= Abs(gap): 1, Abs(gap) <= MOST * way: 1})
        line = proof.monotone(curve, along=t, start=of, end=end, rate=falls)
        proof.combine(side, {line: 1})


def ends(of, bound=MOST):
    """`bends` at both ends."""
    return And(*bends(of, bound=bound), *bends(of, later=True, bound=bound))


@theorem(
    "from x to y the slope leaves its tangent, at either end, by at most 2 N^6 (y - x)^2",
    over=OVER[x],
    shows=ends(x),
    false="it does so by at most (y - x)^2/20",
    but=ends(x, Rational(1, 10)),
)
def bends_in_x(proof):
    """The rate moves by at most 4 N^6 times the way."""
    for later in (False, True):
        bent_from(proof, x, later)


@theorem(
    "from gamma to eta the slope leaves its tangent, at either end, by at most 2 N^6 (eta - gamma)^2",
    over=OVER[gamma],
    shows=ends(gamma),
    false="it does so by at most (eta - gamma)^2/20",
    but=ends(gamma, Rational(1, 10)),
)
def bends_in_gamma(proof):
    """The rate moves by at most 4 N^6 times the way."""
    for later in (False, True):
        bent_from(proof, gamma, later)


ANYWHERE = {N: Interval(2, oo), x: INSIDE, y: INSIDE, gamma: Interval(0, N), eta: Interval(0, N)}


def move(function, of):
    """f(y) - f(x), or the same in gamma."""
    return put(function, of) - function


def orders(of):
    """The three orders of x and y, or of gamma and eta."""
    return of < LATER[of], Eq(of, LATER[of]), LATER[of] < of


def square_bounded(proof, function, of, at=None):
    """(4 N^6 |y - x| - d)(4 N^6 |y - x| + d) >= 0 for the change d of a function, in each order of x and y."""
    end, at, branches = LATER[of], at or {}, {}
    change, page = substitute(move(function, of), at), moves_in_x if of == x else moves_in_gamma
    bound = change**2 <= MOST**2 * (end - of) ** 2
    before, equal, beyond = orders(of)
    for case, way, turned in ((before, end - of, {}), (beyond, of - end, {of: end, end: of})):
        with proof.suppose(case):
            proof.use(page, turned | at)
            size, sides = substitute(moves(function, of).lhs, at), []
            for sign in SIGNS:
                sides.append(proof.combine(sign * change <= MOST * way, {sign * change <= size: 1, size <= MOST * way: 1}))
            branches[case] = proof.combine(bound, {sides[0]: MOST * way + change})
    return proof.cases(branches | {equal: proof.rewrite(by=equal, shows=bound, where=equal)})


def bend_bounded(proof, of, side, at=None):
    """`bends` in each order of x and y."""
    end, at, branches = LATER[of], at or {}, {}
    bound, page = substitute(bends(of)[side], at), bends_in_x if of == x else bends_in_gamma
    before, equal, beyond = orders(of)
    for case, turned in ((before, {}), (beyond, {of: end, end: of})):
        with proof.suppose(case):
            proof.use(page, turned | at)
            line = bound if case == before else substitute(substitute(bends(of, later=True)[not side], turned), at)
            branches[case] = proof.combine(bound, {line: 1})
    return proof.cases(branches | {equal: proof.rewrite(by=equal, shows=bound, where=equal)})


B, D = map(real, "bd")
REST = (
    D * substitute(SLOPE, LATER) - B * SLOPE - (D - B) * SLOPE - B * sum(rate * (LATER[of] - of) for of, rate in FIRST.items())
)
"""What linearisation leaves of b phi_gamma(x), at d, y and eta."""
SQUARES = (D - B) ** 2 + (y - x) ** 2 + (eta - gamma) ** 2


@theorem(
    "linearisation leaves of b phi(x) at most 6 N^6 times the squares of the steps of b, x and gamma, for 0 <= b <= 1",
    over=ANYWHERE | {B: Interval(0, 1), D: Interval(-oo, oo)},
    shows=And(*(sign * REST <= 6 * N**6 * SQUARES for sign in SIGNS)),
    false="it leaves at most a tenth of the squares of the steps",
    but=And(*(sign * REST <= SQUARES / 10 for sign in SIGNS)),
)
def rest_bounded(proof):
    """(d - b) times a change of phi, b times what it leaves of each, and b (eta - gamma) times a change of the rate."""
    there = {x: y}
    moved = (SLOPE, x, None, D - B, 1), (FIRST[gamma], x, None, eta - gamma, B), (SLOPE, gamma, there, D - B, 1)
    lines = [(square_bounded(proof, f, of, at), substitute(move(f, of), at or {}), *more) for f, of, at, *more in moved]
    for side, sign in enumerate(SIGNS):
        weights = {bend_bounded(proof, x, side): B, bend_bounded(proof, gamma, side, there): B}
        for line, change, step, share in lines:
            weights[proof.sign(Ge((MOST * step - sign * change) ** 2, 0, evaluate=False))] = share / (2 * MOST)
            weights[line] = share / (2 * MOST)
        weights[B <= 1] = MOST * ((eta - gamma) ** 2 + (y - x) ** 2)
        weights[proof.sign(Ge((D - B) ** 2, 0, evaluate=False))] = MOST / 2
        proof.combine(sign * REST <= 6 * N**6 * SQUARES, weights)


HALF = Rational(1, 2)
top, z, mu = map(real, ("g", "z", "mu"))
MINIMIZER = {p: pmf, (q, multiplier): optimum(p, gamma)}
FAR = (1 + top) / z ** (1 + top)
"""1/N, which bounds the entries from 0 and 1, in terms of a bound z of the data and a bound g of gamma."""
MODEST = Draws(letters=4, gamma=(Rational(1, 10**8), Integer(10)))
BETWEEN = N >= 2, N * z >= 1, top <= N, z * z**top * N >= 1, q[j] >= 1 / N, q[j] <= 1 - z, q[j] <= 1 - 1 / N


def gain_at_most(proof, at):
    """psi(q_i) <= 1 + gamma."""
    power = proof.apply("base", gamma >= 0, 1 - q[at])
    share = proof.combine(s(q[at]) < 1, {proof.use(log_below, {x: q[at]}): q[at] / (1 - q[at])})
    return proof.combine(gain(q[at], gamma) <= 1 + gamma, {power: 1 + gamma * s(q[at]), share: gamma})


@theorem(
    "the entries of the minimizer lie between z^(1 + g)/(1 + g) and 1 - z, if no entry of the data is below z and gamma <= g",
    over={top: Interval(0, oo), gamma: Interval(0, top), **MINIMIZER, z: below(p), N: Interval(FAR, oo), j: letter},
    where=n >= 2,
    shows=And(*BETWEEN),
    fuzz=MODEST,
    false="they lie between z^(1 + g)/(1 + g) and 1/2",
    but=And(*BETWEEN[:5], q[j] <= HALF, BETWEEN[6]),
)
def entries_between(proof):
    """q_i = p_i psi(q_i)/lambda, lambda = sum p_i psi(q_i) <= 1 + gamma, and psi(q_i) >= z^gamma."""
    ratio = proof.use(ratio_law, {j: i})
    above = proof.combine(multiplier * q[i] <= p[i] * (1 + gamma), {gain_at_most(proof, i): p[i], ratio: 1})
    price_ = proof.combine(multiplier <= 1 + gamma, {proof.sum(above): 1, mass(p): 1 + gamma, mass(q): multiplier})
    small = proof.combine(z * n <= 1, {proof.sum(z <= p[i]): 1, mass(p): 1})
    half = proof.combine(z <= HALF, {small: HALF, n >= 2: z / 2})
    rest = proof.one_term(proof.combine(p[i] - z >= 0, {z <= p[i]: 1}), at=i)
    most = proof.combine(p[i] <= 1 - z, {rest: 1, mass(p): 1, n >= 2: z})
    proof.every(most)
    positive_, none = gamma > 0, Eq(gamma, 0)
    high = proof.use(capped, {B: 1 - z}, where=positive_)
    with proof.suppose(none):
        flat = Eq(p[i] * slope(q[i], Integer(0)), multiplier)
        proof.every(proof.combine(flat, {proof.rewrite(price(i), by=none): 1}))
        proof.use(gamma_zero)
        same = proof.combine(q[j] <= 1 - z, {Eq(q[j], p[j]): 1, substitute(most.statement, {i: j}): 1})
    high = proof.cases({positive_: high, none: same})
    room, one = z ** (1 + top), proof.sign(positive(1))
    large = proof.combine(N * room >= 1 + top, {N >= FAR: room})
    shrinks = proof.apply("base", 1 <= 1 + top, z)
    proof.combine(z * z**top * N >= 1, {large: 1, top >= 0: 1})
    wide = proof.combine(N * z >= 1, {large: 1, shrinks: N, top >= 0: 1})
    proof.combine(N >= 2, {wide: 2, half: 2 * N})
    proof.combine(top <= N, {large: 1, shrinks: N, half: N, N >= 2: HALF, one: 2})
    kept = (1 - q[j]) ** gamma
    lines = {
        large: q[j],
        gamma <= top: q[j],
        price_: q[j],
        proof.use(ratio_law): 1,
        proof.combine(kept <= gain(q[j], gamma), {proof.sign(gamma * s(q[j]) * kept >= 0): 1}): p[j],
        proof.apply("power", z <= 1 - q[j], gamma): p[j],
        proof.apply("base", gamma <= top, z): p[j],
        z <= p[j]: z**top,
    }
    proof.combine(q[j] >= 1 / N, {line: weight / (N * room) for line, weight in lines.items()})
    proof.combine(q[j] <= 1 - 1 / N, {wide: 1 / N, high: 1})


r, w = array("r"), array("w")
AFTER = {r: pmf, (w, mu): optimum(r, eta)}
AT = {B: p[i], D: r[i], x: q[i], y: w[i]}
CHANGE = (r[i] - p[i]) * slope(q[i], gamma) + p[i] * (eta - gamma) * substitute(FIRST[gamma], AT)
"""c_i: how p_i phi(q_i) changes, to first order, while q_i stays."""
LEFT = substitute(REST, AT)
"""What linearisation leaves of p_i phi(q_i)."""


def solved(change):
    """(c_j - kappa)/d_j, kappa being the mean of the c_i with weights 1/d_i: what moves q_j."""
    own = {i: j}
    return substitute(change / DECAY, own) - weighted_mean(change, DECAY) / substitute(DECAY, own)


OFF = w[j] - q[j] - solved(CHANGE)
"""The step of q_j less what its derivatives make of the step of P and gamma."""


@theorem(
    "the minimizer moves by (c_j - kappa)/d_j, linear in the step of P and gamma, and by the same of what linearisation leaves",
    reference="the derivatives of the minimizer, with the remainder",
    over={gamma: Interval(0, oo), eta: Interval(0, oo), **MINIMIZER, **AFTER, j: letter},
    shows=Eq(OFF, solved(LEFT)),
    false="the minimizer moves by twice that",
    but=Eq(w[j] - q[j] - 2 * solved(CHANGE), solved(LEFT)),
)
def remainder(proof):
    """p_i phi(q_i) = lambda before and r_i phi(w_i) = mu after, and both pmfs sum to 1."""
    proof.combine(diff(slope(x, gamma), x).xreplace({x: q[i]}) < 0, {proof.use(loss_is_convex, {x: q[i]}): 1})
    later, gap = Eq(r[i] * slope(w[i], eta), mu), multiplier - mu
    move = CHANGE / DECAY + LEFT / DECAY + gap / DECAY
    term = proof.combine(Eq(w[i] - q[i], move), {price(i): 1 / DECAY, later: 1 / DECAY})
    common = Eq(gap, -weighted_mean(CHANGE, DECAY) - weighted_mean(LEFT, DECAY))
    common = proof.combine(common, dict.fromkeys((proof.sum(term), mass(w), mass(q)), 1 / total(1 / DECAY)))
    proof.combine({proof.instance(term, {i: j}): 1, common: 1 / substitute(DECAY, {i: j})})


CHANGES, MOVES = total((r[i] - p[i]) ** 2), total((w[i] - q[i]) ** 2)
SIZE = CHANGES + (eta - gamma) ** 2
"""The square of the step of P and gamma."""
ROUGH = 6 * N**6 * (SIZE + MOVES)


def rest_of_all(proof, sign):
    """What linearisation leaves at a letter is at most ROUGH."""
    one, other = (
        proof.one_term(proof.sign(Ge(square, 0, evaluate=False)), at=i) for square in (CHANGES.function, MOVES.function)
    )
    proof.use(rest_bounded, AT)
    bound = sign * LEFT <= 6 * N**6 * (CHANGES.function + MOVES.function + (eta - gamma) ** 2)
    return proof.combine(sign * LEFT <= ROUGH, {bound: 1, one: 6 * N**6, other: 6 * N**6})


def entries_move_little(proof):
    """sum (w_i - q_i)^2 <= 2 (4 N^6)^2 N^3 SIZE."""
    steep, moved = slope(q[i], gamma), substitute(move(SLOPE, gamma), AT)
    gained = gain_at_most(proof, i)
    tall = proof.combine(
        steep <= N * (1 + N), {gained: 1 / q[i], q[i] >= 1 / N: (1 + gamma) * N / q[i], gamma <= top: N, top <= N: N}
    )
    tall = proof.combine(steep < MOST, {tall: 1, rises_fast(proof, N * (1 + N), MOST): 1})
    tall = proof.combine(steep**2 < MOST**2, {tall: MOST + steep})
    change, square = r[i] * slope(q[i], eta) - p[i] * steep, square_bounded(proof, SLOPE, gamma, {x: q[i]})
    apart = proof.sign(Ge(((r[i] - p[i]) * steep - r[i] * moved) ** 2, 0, evaluate=False))
    bound = change**2 <= 2 * MOST**2 * ((r[i] - p[i]) ** 2 + (eta - gamma) ** 2)
    weights = {
        apart: 1,
        tall: 2 * (r[i] - p[i]) ** 2,
        square: 2 * r[i] ** 2,
        r[i] <= 1: 2 * MOST**2 * (eta - gamma) ** 2 * (1 + r[i]),
    }
    changes = proof.sum(proof.combine(bound, weights))
    proof.every(q[i] <= 1 - z)
    proof.every(w[i] <= 1 - z)
    line = proof.use(moves_continuously, {real("m"): 1 - z})
    room = z * z**eta
    kept = proof.combine(1 / room <= N, {proof.apply("base", eta <= top, z): N / z**eta, z * z**top * N >= 1: 1 / room})
    kept = proof.combine(1 / room**2 <= N**2, {kept: N + 1 / room})
    few = proof.combine(z * n <= 1, {proof.sum(z <= p[i]): 1, mass(p): 1})
    few = proof.combine(n <= N, {few: N, N * z >= 1: n})
    most, spare = 2 * MOST**2, proof.sign(Ge(CHANGES, 0, evaluate=False))
    weights = {line: 1, kept: total(change**2), changes: N**2, few: most * (eta - gamma) ** 2 * N**2}
    weights |= {N >= 2: most * N**2 * CHANGES, spare: most * N**2}
    return proof.combine(MOVES <= most * N**3 * SIZE, weights)


@theorem(
    "the minimizer is differentiable in data and gamma: its step is (c_j - kappa)/d_j, linear in the step of P and gamma, up "
    "to 576 N^22 times the square of that step; N >= (1 + g)/z^(1 + g), with z <= p_i, r_i and gamma, eta <= g",
    reference="the derivatives of the minimizer",
    over={top: Interval(0, oo), gamma: Interval(0, top), eta: Interval(0, top), **MINIMIZER, **AFTER}
    | {z: below(p, r), N: Interval(FAR, oo), j: letter},
    where=n >= 2,
    shows=And(*(sign * OFF <= 576 * N**22 * SIZE for sign in SIGNS)),
    fuzz=MODEST,
    false="it is that up to a thousandth of the square of the step",
    but=And(*(sign * OFF <= SIZE / 1000 for sign in SIGNS)),
    main=True,
)
def minimizer_is_differentiable(proof):
    """What linearisation leaves is of second order, since the entries keep from 0 and 1 and move little."""
    proof.use(entries_between, {j: i})
    proof.use(entries_between, {j: i, p: (i, r[i]), q: (i, w[i]), multiplier: mu, gamma: eta})
    little = entries_move_little(proof)
    stiff = proof.use(curvature, {x: q[j]})
    steep = substitute(DECAY, {i: j})
    lines = {
        stiff: N * p[j],
        proof.apply("power", z <= 1 - q[j], gamma): N * p[j],
        proof.apply("base", gamma <= top, z): N * p[j],
        z <= p[j]: N * z**top,
        z * z**top * N >= 1: 1,
    }
    strong = proof.combine(N * steep > 1, lines)
    whole = total(1 / DECAY)
    exact = proof.use(remainder)
    for sign in SIGNS:
        own = proof.instance(rest_of_all(proof, sign), {i: j})
        others = rest_of_all(proof, -sign)
        others = proof.sum(proof.combine(-sign * LEFT / DECAY <= ROUGH / DECAY, {others: 1 / DECAY}))
        weights = {exact: 1, own: 1 / steep, others: 1 / (steep * whole), strong: 2 * ROUGH / steep, little: 12 * N**7}
        weights[rises_fast(proof, 12 * N**7, 192 * N**22)] = SIZE
        proof.combine(sign * OFF <= 576 * N**22 * SIZE, weights)
