"""The kinds of variables: one file each, which owns its hypotheses, its hard cases, how it is drawn, and its words.

This list is the registry: what stands in it is what pages import from `focal_symbolic.claims`.
"""

from focal_symbolic.claims.variables.bijection import bijection
from focal_symbolic.claims.variables.bounds import above, below, ceiling, peak
from focal_symbolic.claims.variables.countable import countable, countable_optimum, low_price
from focal_symbolic.claims.variables.countable_data import countable_data, countable_unit
from focal_symbolic.claims.variables.crossing import inflection_of, mode_of, threshold_of
from focal_symbolic.claims.variables.domination import at_least, at_most
from focal_symbolic.claims.variables.extreme import commonest, rarest
from focal_symbolic.claims.variables.gamma_star import gamma_star
from focal_symbolic.claims.variables.letter import letter
from focal_symbolic.claims.variables.levels import levels
from focal_symbolic.claims.variables.majorizing import majorizing
from focal_symbolic.claims.variables.mixture import mixture
from focal_symbolic.claims.variables.near import near
from focal_symbolic.claims.variables.optimum import multiplier_of, optimum
from focal_symbolic.claims.variables.pmf import data, pmf
from focal_symbolic.claims.variables.reals import reals
from focal_symbolic.claims.variables.submass import submass
from focal_symbolic.claims.variables.support import minimum, price_on, support, supported
from focal_symbolic.claims.variables.unit import unit

__all__ = [
    "above",
    "at_least",
    "at_most",
    "below",
    "bijection",
    "ceiling",
    "commonest",
    "countable",
    "countable_data",
    "countable_optimum",
    "countable_unit",
    "data",
    "gamma_star",
    "inflection_of",
    "letter",
    "levels",
    "low_price",
    "majorizing",
    "minimum",
    "mixture",
    "mode_of",
    "multiplier_of",
    "near",
    "optimum",
    "peak",
    "pmf",
    "price_on",
    "rarest",
    "reals",
    "submass",
    "support",
    "supported",
    "threshold_of",
    "unit",
]
