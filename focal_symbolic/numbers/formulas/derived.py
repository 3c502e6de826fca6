"""What this room computes with, in SymPy, each from the definitions; `source` writes all of it as Python.

Near the minimizer all follows from the odds x/(1 - x) and the lift gain/(1 - x)^gamma - 1, which is gamma s(x). The elasticity
is -d ln phi/d ln x > 0, its inverse the ease, and arc = ease (1 - d ln(elasticity)/d ln x).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from sympy import Add, Expr, Poly, Symbol, cancel, collect, diff, expand, factor, horner, log, powsimp
from sympy.codegen.cfunctions import log1p

from focal_symbolic import definitions
from focal_symbolic.language import i
from focal_symbolic.numbers.formulas.compiler import arithmetic_source, ball_source, lists_source

__all__ = ["WRITTEN", "source"]

WRITTEN = Path(__file__).with_name("written.py")
"""Where the package keeps what `source` gives."""
HEADER = '''\
"""Written by `python -m focal_symbolic.numbers.formulas` from `derived`; a test writes it again and compares."""

# ruff: noqa
# fmt: off

import math
from typing import Any

from flint import arb

from focal_symbolic.numbers.balls import Probability, integer_power, power
'''

X, GAMMA = definitions.x, definitions.gamma
ODDS, LIFT, LOG_X, COMPLEMENT, LOG_C, LOG_P = map(Symbol, ("odds", "lift", "log_x", "complement", "log_c", "log_p"))
RAISED, TAUT, STIFF, EASED = map(Symbol, ("raised", "taut", "stiff", "eased"))
GROWN, LIFTED, HELD, STRETCHED, BENT = map(Symbol, ("grown", "lifted", "held", "stretched", "bent"))
AGAINST, DRAG, STEEP, BRACED = map(Symbol, ("against", "drag", "steep", "braced"))


def source() -> str:
    """The module `written`: functions of balls, then functions of numbers of any kind."""
    functions = [*_on_balls(), *_on_numbers(), *_by_odds_against()]
    names = sorted(one.split("(")[0].removeprefix("def ") for one in functions)
    return "\n\n".join([HEADER + f"\n__all__ = {names}\n", *functions])


# ------------------------------------------------------------------------------------------------- on balls


def _on_balls() -> list[str]:
    """Formulas in x or q, a ball or a `Probability`, with (1 - x)^gamma taken out.

    Term by term, before logarithms and quotients, where it would only widen the balls.
    """
    slope, power = definitions.slope(X, GAMMA), (1 - X) ** GAMMA
    reduced, derivative = (Add(*(term / power for term in each.args)) for each in (slope, diff(slope, X)))
    log_slope = GAMMA * log(1 - X) + log(reduced)
    elasticity = -X * derivative / reduced
    lifted = definitions.gain(X, GAMMA) / power
    rate = diff(power, GAMMA) / power + diff(lifted, GAMMA) / lifted
    p, q = definitions.p, definitions.q
    term = definitions.focal_entropy(p, q, GAMMA).function
    at = {"x": X, "gamma": GAMMA}
    return [
        ball_source("slope", slope, at, "phi."),
        ball_source("log_slope", log_slope, at, "ln phi."),
        ball_source("elasticity", elasticity, at, "-d ln phi/d ln x."),
        ball_source("log_slope_and_elasticity", (log_slope, elasticity), at, "Both."),
        ball_source("lifted", lifted, at, "psi/(1 - x)^gamma."),
        ball_source("gain_rate", rate, at, "d ln psi/d gamma."),
        ball_source("drift", definitions.g(X), {"x": X}, "g: d ln psi/d gamma at gamma = 0."),
        ball_source("height", definitions.height(X, GAMMA), at, "h."),
        ball_source("height_rate", diff(definitions.height(X, GAMMA), X), at, "h'."),
        ball_source("curvature", definitions.curvature(X, GAMMA), at, "B."),
        ball_source("curvature_rate", diff(definitions.curvature(X, GAMMA), X), at, "B'."),
        ball_source("entropy_term", term, {"p": p[i], "q": q[i], "gamma": GAMMA}, "The summand of the focal-entropy."),
    ]


# ------------------------------------------------------------------------------------------------- on any numbers


class _Step(NamedTuple):
    """The parts of a step, in odds and lift; after rewriting, each is a sum of terms of one sign for gamma >= 1."""

    above: Expr
    """The lift, of odds and ln x."""
    stiffness: Expr
    """elasticity * (1 + lift)"""
    of_gamma: dict[Expr, Symbol]
    """The numbers that depend on gamma alone, which are computed once for all classes, and their names."""
    ease: list[tuple[Symbol, Expr]]
    """The steps to the ease, which is the last."""
    further: list[tuple[Symbol, Expr]]
    """Those from there to the arc."""
    arc: Expr


@cache
def _step() -> _Step:
    power, of_odds = (1 - X) ** GAMMA, {X: ODDS / (1 + ODDS), 1 - X: 1 / (1 + ODDS), log(X): LOG_X}
    slope = definitions.slope(X, GAMMA)
    above, reduced, derivative = (
        Add(*(term / power for term in Add.make_args(each))).xreplace(of_odds)
        for each in (definitions.gain(X, GAMMA) - power, slope, diff(slope, X))
    )
    log_of_lift = {LOG_X: -LIFT / (GAMMA * ODDS)}
    elasticity = (-of_odds[X] * derivative / reduced).xreplace(log_of_lift)
    stiffness = cancel(elasticity * (1 + LIFT))
    # stiffness - 1 as a polynomial, each coefficient a name
    known: dict[Expr, Symbol] = {GAMMA: GAMMA}
    named = [
        (ODDS**a * LIFT**b, known.setdefault(coefficient, Symbol(f"g{len(known)}")))
        for (a, b), coefficient in Poly(stiffness - 1, ODDS, LIFT).terms()
    ]
    strain = horner(Add(*(term * name for term, name in named)), ODDS)
    # d odds / d ln x, and d lift / d ln x, in which ln x is written as lift again
    odds_slope = factor(cancel((X * diff(X / (1 - X), X)).subs(X, ODDS / (1 + ODDS))))
    lift_slope = cancel((diff(above, ODDS) * odds_slope + diff(above, LOG_X)).xreplace(log_of_lift))
    taut = diff(strain, ODDS)
    ease = [(RAISED, 1 + LIFT), (TAUT, taut), (STIFF, 1 + strain.xreplace({taut: TAUT})), (EASED, RAISED / STIFF)]
    lifted = collect(lift_slope, LIFT).xreplace({1 + ODDS: GROWN})
    # d strain/d ln x over the odds: multiplied by ease * odds, which is no larger than 1, so that odds may be 1e300
    stretch = TAUT * (odds_slope / ODDS).xreplace({1 + ODDS: GROWN}) + cancel(diff(strain, LIFT) / ODDS) * LIFTED
    further = [
        (GROWN, 1 + ODDS),
        (LIFTED, lifted),
        (HELD, EASED * ODDS),
        (STRETCHED, stretch),
        (BENT, LIFTED - HELD * STRETCHED),
    ]
    return _Step(cancel(above), stiffness, known, ease, further, EASED + BENT / STIFF)


def _by_odds_against() -> list[str]:
    """The same by the odds against x, (1 - x)/x, for balls, which do not overflow: fewer operations a class.

    phi = (1 - x)^(gamma - 1) steep, steep = against + drag, drag = -gamma ln x = lift * against; braced is stiffness * against.
    """
    step, power = _step(), (1 - X) ** (GAMMA - 1)
    of_against = {X: 1 / (1 + AGAINST), 1 - X: AGAINST / (1 + AGAINST), log(X): LOG_X}
    minus, mass, multiplier, inverse = map(Symbol, ("minus_gamma", "mass", "multiplier", "inverse"))
    terms = Add.make_args(definitions.slope(X, GAMMA))
    reduced = (cancel(powsimp(term / power).xreplace(of_against)) for term in terms)
    drag, against = sorted(reduced, key=lambda term: not term.has(LOG_X))
    strain = dict(step.ease)[STIFF] - 1
    named = dict(step.further)
    ease = [
        (LIFT, DRAG / against),
        (TAUT, dict(step.ease)[TAUT]),
        (BRACED, against + cancel(strain / ODDS)),
        (EASED, STEEP / BRACED),
    ]
    further = [
        (GROWN, 1 + against),
        (LIFTED, expand(cancel(named[LIFTED].xreplace({GROWN: GROWN * ODDS}) / ODDS))),
        (STRETCHED, named[STRETCHED]),
        (BENT, LIFTED - EASED * STRETCHED / against),
    ]
    at = [AGAINST, DRAG, STEEP]
    first = [(AGAINST, COMPLEMENT / X), (DRAG, drag.subs(GAMMA, -minus)), (STEEP, against + DRAG)]
    above, of_gamma = mass * STEEP - multiplier, list(step.of_gamma.values())
    given, both = [mass, X, COMPLEMENT, LOG_X], [*of_gamma, minus, multiplier, inverse]
    told = "(against, drag, steep, mass * steep - multiplier) of each class."
    return [
        lists_source("excesses", [*at, above], given, first, told, [minus, multiplier]),
        lists_source("residuals_and_eases", [above * inverse, EASED], given, [*first, *ease], "Of each class.", both),
        lists_source("eases", [EASED], at, ease, "`ease` of each class.", of_gamma),
        lists_source("curves", [EASED, EASED + BENT / BRACED], at, [*ease, *further], "(eases, arcs).", of_gamma),
    ]


def _on_numbers() -> list[str]:
    above, stiffness, known, ease, further, arc = _step()
    of_gamma, at = list(known.values()), [X, COMPLEMENT, LOG_X, LOG_C]
    names = [*ease, *further]
    each = [(ODDS, X / COMPLEMENT), (LIFT, above), *names]
    below = [(COMPLEMENT, 1 - X), (LOG_X, log(X)), (LOG_C, log1p(-X)), *each]
    told = "ln(p phi) and these of each class, of floats not above 1/2."
    log_slope = GAMMA * LOG_C + log(RAISED) - LOG_X
    drift = definitions.g(X).xreplace({1 - X: COMPLEMENT}).xreplace({log(X): LOG_X, log(COMPLEMENT): LOG_C})
    power, minus = Symbol("power"), Symbol("minus_gamma")  # negated once, not for each class
    loss = definitions.loss(X, GAMMA).xreplace({(1 - X) ** GAMMA: power, log(X): LOG_X})
    # by the logit, with (1 - x)^gamma taken out, and 1 - x wherever it stands: the gradient, and the second derivative over x
    pull = COMPLEMENT + cancel((definitions.gain(X, GAMMA) / (1 - X) ** GAMMA - 1) * (1 - X)).xreplace({log(X): LOG_X})
    rest = {1 - (1 + GAMMA) * X: COMPLEMENT - GAMMA * X, 1 - X: COMPLEMENT, log(X): LOG_X}
    curvature = definitions.curvature(X, GAMMA).xreplace(rest)
    spread = expand(pull - X * curvature)
    spread = COMPLEMENT * cancel(spread.xreplace({GAMMA: 0}) / (1 - X)) + factor(spread - spread.xreplace({GAMMA: 0}))
    return [
        arithmetic_source("loss_of", loss, [power, LOG_X], [], "The loss, of (1 - x)^gamma and ln x."),
        arithmetic_source("lift", above.subs(GAMMA, -minus), [minus, ODDS, LOG_X], [], "gain/(1 - x)^gamma - 1."),
        arithmetic_source("stiffness", horner(stiffness, ODDS), [GAMMA, ODDS, LIFT], [], "elasticity * (1 + lift)."),
        arithmetic_source("of_gamma", tuple(known), [GAMMA], [], "Of gamma, once for all classes."),
        arithmetic_source("ease", EASED, [ODDS, LIFT], ease, "1/elasticity.", of_gamma),
        arithmetic_source("arc", arc, [ODDS, LIFT], names, "The arc.", of_gamma),
        arithmetic_source("slope_ease_and_arc", (log_slope, EASED, arc), at, each, "ln phi and these.", of_gamma),
        lists_source("levels_eases_and_arcs", [LOG_P + log_slope, EASED, arc], [LOG_P, X], below, told, of_gamma),
        arithmetic_source("pull", pull, [GAMMA, *at[:3]], [], "(1 - x) psi/(1 - x)^gamma."),
        arithmetic_source("curvature_of", curvature, [GAMMA, *at[:3]], [], "B."),
        arithmetic_source("spread", spread, [GAMMA, *at[:3]], [], "(1 - x) psi/(1 - x)^gamma - x B."),
        arithmetic_source("drift_of_logs", drift, at, [], "g, of numbers of any kind."),
    ]
