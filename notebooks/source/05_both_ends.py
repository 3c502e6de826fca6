# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # 5 · Both ends
#
# **What is left of the data as γ → 0, as γ → ∞, and when the alphabet does not end?**
#
# *To run it yourself: in a clone, `pip install -e '.[notebooks]'`, then `jupyter lab notebooks/05_both_ends.ipynb`. About fifteen
# minutes; [the minimizer](02_minimizer.ipynb) comes before.*

# %%
from fractions import Fraction

import numpy as np
from mpmath import nstr

from focal_symbolic import Countable, Distribution, jacobian, plots, sweep, teaching
from focal_symbolic.claims import library
from focal_symbolic.claims.evaluate import Environment, ball_value
from focal_symbolic.claims.variables.optimum import OptimumRoot
from focal_symbolic.numbers.balls import ball, precision, to_mpf

data = Distribution.from_counts([50, 30, 15, 5])
gammas = np.geomspace(1e-3, 1e3, 300)
q = sweep.sweep([float(share) for share in data], gammas).q
with plots.canvas("the minimizer, from the data to uniform") as (picture, axes):
    for k, share in enumerate(data):
        axes.plot(gammas, q[:, k], label=f"p = {float(share):g}")
    axes.axhline(1 / 4, color=plots.COLOURS["grey"], linewidth=0.8)
    axes.set(
        xscale="log",
        ylim=(0, 0.55),
        xlabel="γ (logarithmic)",
        ylabel="probability in the minimizer, q",
    )
    axes.legend()
picture

# %% [markdown]
# From the data on the left to the uniform distribution on the right. How fast, at either end? The claims say it with constants, and
# the curves below are the two sides of the claims themselves, evaluated in balls at certified minimizers.

# %%
b, m, M = max(data), min(data), max(data)


def sides(name):
    """The smaller and the larger side of the inequality that a claim states."""
    goal = library.result(name).claim.goal
    return goal.lts, goal.gts


def value(side, focus, letter=1):
    """A side of a claim at the minimizer for this γ and at a letter."""
    root = OptimumRoot("q", "lambda", data.probabilities, Fraction(focus))
    numbers = {"gamma": focus, "b": b, "m": m, "M": M}
    case = Environment(numbers, {"p": data.probabilities}, {"j": letter}, (root,), size=len(data))
    with precision(256):
        return to_mpf(ball(ball_value(side, case.view(256, 50))))


# %% [markdown]
# ## γ → 0: the data, tilted by g
#
# The first order is γ p (g(p) − mean of g): letters with a large g gain first. The rest is of order γ², with a constant.

# %%
teaching.claim("cross_entropy_limit/first_order")

# %%
rest, bound = sides("cross_entropy_limit/first_order")
small = [Fraction(10) ** -k / 2 for k in range(5)]
with plots.canvas("the rest at small γ below its bound") as (picture, axes):
    for letter, share in enumerate(data, start=1):
        (drawn,) = axes.plot(
            small, [value(rest, at, letter) for at in small], "o-", label=f"p = {float(share):g}"
        )
        axes.plot(small, [value(bound, at, letter) for at in small], "--", color=drawn.get_color())
    axes.set(
        xscale="log", yscale="log", xlabel="γ (logarithmic)", ylabel="rest beyond the first order"
    )
    axes.set_title("dashed: the bound that is proved")
    axes.legend()
picture

# %% [markdown]
# The bound is some hundred times too large: a proof for *all* data has no better constant here, but the right power. The rates
# themselves are derivatives, which `jacobian` certifies to any number of digits:

# %%
rates = jacobian(data, 0, dps=25).by_gamma
for share, rate in zip(data, rates, strict=True):
    print(f"p = {float(share):4}   dq/dγ at 0: {nstr(rate, 22)}")

# %% [markdown]
# ## γ → ∞: uniform, tilted by ln p
#
# The distance to 1/n falls like 1/γ, and γ times it tends to (1 − 1/n)(ln p − mean of ln p). A letter that is a thousand times
# rarer is only some ln 1000 lower.

# %%
teaching.claim("uniform_limit/uniform_limit")

# %%
rest, bound = sides("uniform_limit/first_order")
large = [Fraction(25 * 4**k) for k in range(6)]
with plots.canvas("the rest at large γ below its bound") as (picture, axes):
    for letter, share in enumerate(data, start=1):
        axes.plot(
            large, [value(rest, at, letter) for at in large], "o-", label=f"p = {float(share):g}"
        )
    axes.plot(large, [value(bound, at) for at in large], "k--", label="proved")
    axes.set(xscale="log", yscale="log", xlabel="γ (logarithmic)", ylabel="rest of γ (q − 1/n)")
    axes.legend()
picture

# %% [markdown]
# How far can data and model come apart? Never as far as 1 − 1/n in total variation, and as near to it as one likes: take data
# that are nearly certain, and γ large.

# %%
teaching.claim("departure/departs_significantly")

# %% [markdown]
# ## The minimum itself
#
# The least focal-entropy falls like a power of 1 − 1/n, with the constant n G ln n, where G is the geometric mean of the shares.

# %%
teaching.claim("value_asymptotics/value_of_the_minimum")

# %%
low, above = sides("value_asymptotics/constant_above")
below, high = sides("value_asymptotics/constant_below")
least = [value(low, at) for at in large]
ratios = [
    [float(value(side, at) / one) for at, one in zip(large, least, strict=True)]
    for side in (below, above)
]
with plots.canvas("the minimum between its two bounds") as (picture, axes):
    axes.fill_between(
        [float(at) for at in large],
        *ratios,
        color=plots.COLOURS["band"],
        label="between the bounds",
    )
    axes.plot(large, [1] * len(large), "o-", label="the minimum")
    axes.set(xscale="log", ylim=(0, 2), xlabel="γ (logarithmic)", ylabel="divided by the minimum")
    axes.legend()
picture

# %% [markdown]
# ## Alphabets without end
#
# On infinitely many letters there is no uniform distribution to go to. And infinite sums may be infinite: when are they?

# %%
teaching.claim("infinite/finite_together")

# %% [markdown]
# If the entropy of the data is finite, there is again exactly one minimizer:

# %%
teaching.claim("infinite_minimizer/exactly_one_minimizer")

# %% [markdown]
# A heavy tail: p(k) proportional to 1/k². The first letters are solved, the rest is enclosed, and each digit
# is certified:

# %%
zeta = Countable.zeta(2)
for focus in ("1/2", 2, 10):
    found = zeta.minimizer(focus, dps=15)
    entries = "  ".join(nstr(entry, 8) for entry in found.entries(4))
    print(f"γ = {focus!s:>3}   q: {entries} …   1/λ = {nstr(1 / found.multiplier, 8)}")

# %% [markdown]
# Far out ψ tends to 1, so q/p tends to 1/λ: either all letters from some place on gain, or all lose.

# %%
places = [1, 2, 3, 5, 10, 30, 100, 300, 1000, 10_000]
with plots.canvas("q/p of letter k tends to 1/λ") as (picture, axes):
    for focus, colour in zip(("1/2", "1", "2", "5"), plots.sequence(4), strict=True):
        found = zeta.minimizer(focus, dps=10)
        axes.plot(
            places,
            [float(found.ratio(k)) for k in places],
            "o-",
            color=colour,
            label=f"γ = {focus}",
        )
    axes.axhline(1, color=plots.COLOURS["grey"], linewidth=0.8)
    axes.set(
        xscale="log", xlabel="letter k (logarithmic)", ylabel="q/p", title="p proportional to 1/k²"
    )
    axes.legend()
picture

# %% [markdown]
# And what is infinite is proved to be so. A model that falls geometrically pays without end for data that fall like 1/k²:

# %%
print(
    zeta.focal_entropy(Countable.geometric("1/2"), gamma=2),
    "nats;",
    zeta.focal_entropy(zeta, gamma=2, dps=12),
    "nats",
)

# %% [markdown]
# ## Exercises
#
# 1. For P = (0.5, 0.3, 0.15, 0.05): which letters gain at very small γ, which at very large γ? One of them changes sides. Where?
# 2. From which γ on is every entry of the minimizer of these data within 1/100 of 1/4? First by the proved bound of
#    `uniform_limit/close`, then by the numbers.
# 3. For the geometric distribution with p(k) = 2^(−k) at γ = 2: do far letters gain or lose?
#
# [Solutions](solutions/s05_both_ends.py)
