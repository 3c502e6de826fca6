"""Written by `python -m focal_symbolic.numbers.formulas` from `derived`; a test writes it again and compares."""

# ruff: noqa
# fmt: off

import math
from typing import Any

from flint import arb

from focal_symbolic.numbers.balls import Probability, integer_power, power

__all__ = ['arc', 'curvature', 'curvature_of', 'curvature_rate', 'curves', 'drift', 'drift_of_logs', 'ease', 'eases', 'elasticity', 'entropy_term', 'excesses', 'gain_rate', 'height', 'height_rate', 'levels_eases_and_arcs', 'lift', 'lifted', 'log_slope', 'log_slope_and_elasticity', 'loss_of', 'of_gamma', 'pull', 'residuals_and_eases', 'slope', 'slope_ease_and_arc', 'spread', 'stiffness']


def slope(x: Any, gamma: Any) -> arb:
    """phi."""
    if not isinstance(x, Probability):
        x = Probability(x)
    if not isinstance(gamma, Probability):
        gamma = Probability(gamma)
    t2 = power(x.complement, x.log_complement, gamma.q)
    t3 = t2 / (x.q)
    t4 = -(gamma.q * t2 * x.log) / (x.complement)
    t5 = t3 + t4
    result: arb = t5
    return result


def log_slope(x: Any, gamma: Any) -> arb:
    """ln phi."""
    if not isinstance(x, Probability):
        x = Probability(x)
    if not isinstance(gamma, Probability):
        gamma = Probability(gamma)
    t2 = gamma.q * x.log_complement
    t3 = 1 / x.q
    t4 = -(gamma.q * x.log) / (x.complement)
    t5 = t3 + t4
    t6 = t5.log()
    t7 = t2 + t6
    result: arb = t7
    return result


def elasticity(x: Any, gamma: Any) -> arb:
    """-d ln phi/d ln x."""
    if not isinstance(x, Probability):
        x = Probability(x)
    if not isinstance(gamma, Probability):
        gamma = Probability(gamma)
    t2 = 1 / x.q
    t3 = -(gamma.q * x.log) / (x.complement)
    t4 = t2 + t3
    t5 = integer_power(x.q, 2)
    t6 = -(arb(1)) / (t5)
    t7 = integer_power(x.complement, 2)
    t8 = integer_power(gamma.q, 2)
    t9 = t8 * x.log / (t7)
    t10 = -(gamma.q * x.log) / (t7)
    t11 = (-2) * gamma.q / (x.q * x.complement)
    t12 = t6 + t9 + t10 + t11
    t13 = -(x.q * t12) / (t4)
    result: arb = t13
    return result


def log_slope_and_elasticity(x: Any, gamma: Any) -> tuple[arb, arb]:
    """Both."""
    if not isinstance(x, Probability):
        x = Probability(x)
    if not isinstance(gamma, Probability):
        gamma = Probability(gamma)
    t2 = gamma.q * x.log_complement
    t3 = 1 / x.q
    t4 = -(gamma.q * x.log) / (x.complement)
    t5 = t3 + t4
    t6 = t5.log()
    t7 = t2 + t6
    t8 = integer_power(x.q, 2)
    t9 = -(arb(1)) / (t8)
    t10 = integer_power(x.complement, 2)
    t11 = integer_power(gamma.q, 2)
    t12 = t11 * x.log / (t10)
    t13 = -(gamma.q * x.log) / (t10)
    t14 = (-2) * gamma.q / (x.q * x.complement)
    t15 = t9 + t12 + t13 + t14
    t16 = -(x.q * t15) / (t5)
    result: tuple[arb, arb] = (t7, t16,)
    return result


def lifted(x: Any, gamma: Any) -> arb:
    """psi/(1 - x)^gamma."""
    if not isinstance(x, Probability):
        x = Probability(x)
    if not isinstance(gamma, Probability):
        gamma = Probability(gamma)
    t2 = -(gamma.q * x.q * x.log) / (x.complement)
    t3 = (1) + t2
    result: arb = t3
    return result


def gain_rate(x: Any, gamma: Any) -> arb:
    """d ln psi/d gamma."""
    if not isinstance(x, Probability):
        x = Probability(x)
    if not isinstance(gamma, Probability):
        gamma = Probability(gamma)
    t2 = -(gamma.q * x.q * x.log) / (x.complement)
    t3 = (1) + t2
    t4 = -(x.q * x.log) / (x.complement * t3)
    t5 = t4 + x.log_complement
    result: arb = t5
    return result


def drift(x: Any) -> arb:
    """g: d ln psi/d gamma at gamma = 0."""
    if not isinstance(x, Probability):
        x = Probability(x)
    t1 = -(x.q * x.log) / (x.complement)
    t2 = t1 + x.log_complement
    result: arb = t2
    return result


def height(x: Any, gamma: Any) -> arb:
    """h."""
    if not isinstance(x, Probability):
        x = Probability(x)
    if not isinstance(gamma, Probability):
        gamma = Probability(gamma)
    t2 = (2) * x.q
    t3 = gamma.q * x.q
    t4 = (-1) + t3
    t5 = t4 * x.log
    t6 = (-2) + t2 + t5
    result: arb = t6
    return result


def height_rate(x: Any, gamma: Any) -> arb:
    """h'."""
    if not isinstance(x, Probability):
        x = Probability(x)
    if not isinstance(gamma, Probability):
        gamma = Probability(gamma)
    t2 = gamma.q * x.log
    t3 = gamma.q * x.q
    t4 = (-1) + t3
    t5 = t4 / (x.q)
    t6 = (2) + t2 + t5
    result: arb = t6
    return result


def curvature(x: Any, gamma: Any) -> arb:
    """B."""
    if not isinstance(x, Probability):
        x = Probability(x)
    if not isinstance(gamma, Probability):
        gamma = Probability(gamma)
    t2 = (2) * gamma.q
    t3 = (1) + t2
    t4 = x.complement * t3
    t5 = (1) + gamma.q
    t6 = -(x.q * t5)
    t7 = (1) + t6
    t8 = gamma.q * t7 * x.log
    t9 = t4 + t8
    result: arb = t9
    return result


def curvature_rate(x: Any, gamma: Any) -> arb:
    """B'."""
    if not isinstance(x, Probability):
        x = Probability(x)
    if not isinstance(gamma, Probability):
        gamma = Probability(gamma)
    t2 = (-2) * gamma.q
    t3 = (1) + gamma.q
    t4 = -(x.q * t3)
    t5 = (1) + t4
    t6 = gamma.q * t5 / (x.q)
    t7 = -(gamma.q)
    t8 = (-1) + t7
    t9 = gamma.q * t8 * x.log
    t10 = (-1) + t2 + t6 + t9
    result: arb = t10
    return result


def entropy_term(p: Any, q: Any, gamma: Any) -> arb:
    """The summand of the focal-entropy."""
    if not isinstance(p, Probability):
        p = Probability(p)
    if not isinstance(q, Probability):
        q = Probability(q)
    if not isinstance(gamma, Probability):
        gamma = Probability(gamma)
    t3 = power(q.complement, q.log_complement, gamma.q)
    t4 = -(t3 * p.q * q.log)
    result: arb = t4
    return result


def loss_of(power: Any, log_x: Any) -> Any:
    """The loss, of (1 - x)^gamma and ln x."""
    return -log_x*power


def lift(minus_gamma: Any, odds: Any, log_x: Any) -> Any:
    """gain/(1 - x)^gamma - 1."""
    return log_x*minus_gamma*odds


def stiffness(gamma: Any, odds: Any, lift: Any) -> Any:
    """elasticity * (1 + lift)."""
    return odds*(gamma*lift + 2*gamma - lift) + 1


def of_gamma(gamma: Any) -> Any:
    """Of gamma, once for all classes."""
    return gamma, gamma - 1, 2*gamma


def ease(of_gamma: Any, odds: Any, lift: Any) -> Any:
    """1/elasticity."""
    gamma, g1, g2 = of_gamma
    raised = 1 + lift
    taut = g2 + g1*lift
    stiff = 1 + odds*taut
    eased = raised/stiff
    return eased


def arc(of_gamma: Any, odds: Any, lift: Any) -> Any:
    """The arc."""
    gamma, g1, g2 = of_gamma
    raised = 1 + lift
    taut = g2 + g1*lift
    stiff = 1 + odds*taut
    eased = raised/stiff
    grown = 1 + odds
    lifted = grown*lift - gamma*odds
    held = eased*odds
    stretched = g1*lifted + grown*taut
    bent = lifted - held*stretched
    return bent/stiff + eased


def slope_ease_and_arc(of_gamma: Any, x: Any, complement: Any, log_x: Any, log_c: Any) -> Any:
    """ln phi and these."""
    gamma, g1, g2 = of_gamma
    odds = x/complement
    lift = -gamma*log_x*odds
    raised = 1 + lift
    taut = g2 + g1*lift
    stiff = 1 + odds*taut
    eased = raised/stiff
    grown = 1 + odds
    lifted = grown*lift - gamma*odds
    held = eased*odds
    stretched = g1*lifted + grown*taut
    bent = lifted - held*stretched
    return gamma*log_c - log_x + math.log(raised), eased, bent/stiff + eased


def levels_eases_and_arcs(of_gamma: Any, every_log_p: Any, every_x: Any) -> Any:
    """ln(p phi) and these of each class, of floats not above 1/2."""
    found0: list[Any] = []
    found1: list[Any] = []
    found2: list[Any] = []
    gamma, g1, g2 = of_gamma
    for log_p, x in zip(every_log_p, every_x, strict=True):
        complement = 1 - x
        log_x = math.log(x)
        log_c = math.log1p(-x)
        odds = x/complement
        lift = -gamma*log_x*odds
        raised = 1 + lift
        taut = g2 + g1*lift
        stiff = 1 + odds*taut
        eased = raised/stiff
        grown = 1 + odds
        lifted = grown*lift - gamma*odds
        held = eased*odds
        stretched = g1*lifted + grown*taut
        bent = lifted - held*stretched
        found0.append(log_p + gamma*log_c + math.log(raised) - log_x)
        found1.append(eased)
        found2.append(eased + bent/stiff)
    return found0, found1, found2


def pull(gamma: Any, x: Any, complement: Any, log_x: Any) -> Any:
    """(1 - x) psi/(1 - x)^gamma."""
    return complement - gamma*log_x*x


def curvature_of(gamma: Any, x: Any, complement: Any, log_x: Any) -> Any:
    """B."""
    return complement*(2*gamma + 1) + gamma*log_x*(complement - gamma*x)


def spread(gamma: Any, x: Any, complement: Any, log_x: Any) -> Any:
    """(1 - x) psi/(1 - x)^gamma - x B."""
    return complement**2 + gamma*x*(-complement*log_x - 2*complement + gamma*log_x*x - log_x)


def drift_of_logs(x: Any, complement: Any, log_x: Any, log_c: Any) -> Any:
    """g, of numbers of any kind."""
    return log_c - log_x*x/complement


def excesses(of_gamma: Any, every_mass: Any, every_x: Any, every_complement: Any, every_log_x: Any) -> Any:
    """(against, drag, steep, mass * steep - multiplier) of each class."""
    found0: list[Any] = []
    found1: list[Any] = []
    found2: list[Any] = []
    found3: list[Any] = []
    minus_gamma, multiplier = of_gamma
    for mass, x, complement, log_x in zip(every_mass, every_x, every_complement, every_log_x, strict=True):
        against = complement/x
        drag = log_x*minus_gamma
        steep = against + drag
        found0.append(against)
        found1.append(drag)
        found2.append(steep)
        found3.append(mass*steep - multiplier)
    return found0, found1, found2, found3


def residuals_and_eases(of_gamma: Any, every_mass: Any, every_x: Any, every_complement: Any, every_log_x: Any) -> Any:
    """Of each class."""
    found0: list[Any] = []
    found1: list[Any] = []
    gamma, g1, g2, minus_gamma, multiplier, inverse = of_gamma
    for mass, x, complement, log_x in zip(every_mass, every_x, every_complement, every_log_x, strict=True):
        against = complement/x
        drag = log_x*minus_gamma
        steep = against + drag
        lift = drag/against
        taut = g2 + g1*lift
        braced = against + taut
        eased = steep/braced
        found0.append(inverse*(mass*steep - multiplier))
        found1.append(eased)
    return found0, found1


def eases(of_gamma: Any, every_against: Any, every_drag: Any, every_steep: Any) -> Any:
    """`ease` of each class."""
    found0: list[Any] = []
    gamma, g1, g2 = of_gamma
    for against, drag, steep in zip(every_against, every_drag, every_steep, strict=True):
        lift = drag/against
        taut = g2 + g1*lift
        braced = against + taut
        eased = steep/braced
        found0.append(eased)
    return found0


def curves(of_gamma: Any, every_against: Any, every_drag: Any, every_steep: Any) -> Any:
    """(eases, arcs)."""
    found0: list[Any] = []
    found1: list[Any] = []
    gamma, g1, g2 = of_gamma
    for against, drag, steep in zip(every_against, every_drag, every_steep, strict=True):
        lift = drag/against
        taut = g2 + g1*lift
        braced = against + taut
        eased = steep/braced
        grown = 1 + against
        lifted = grown*lift - gamma
        stretched = g1*lifted + grown*taut
        bent = lifted - eased*stretched/against
        found0.append(eased)
        found1.append(eased + bent/braced)
    return found0, found1
