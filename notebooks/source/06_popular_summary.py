# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # 6 · What the popular summary gets wrong
#
# **Three sentences about the focal loss sound right. Are they?**
#
# *To run it yourself: in a clone, `pip install -e '.[notebooks]'`, then `jupyter lab notebooks/06_popular_summary.ipynb`. About ten
# minutes; [over-suppression](04_over_suppression.ipynb) comes before.*
#
# The popular summary of the paper says: (1) one tiger among a million cows is buried once γ is high; (2) raising γ makes the
# rarest items worse and worse; (3) the focal loss always raises the entropy. A sentence about *all* data falls with one witness.

# %%
import numpy as np
from mpmath import nstr

from focal_symbolic import Distribution, arrays, minimizer, plots, sweep, teaching
from focal_symbolic.claims import library
from focal_symbolic.numbers.entropy import entropy
from focal_symbolic.prose import sentence

gammas = np.geomspace(0.01, 1000, 300)
TIGER, FOUR, MANY = [10**6, 1], [333, 333, 333, 1], [100] * 8 + [1] * 800


def shares(counts):
    """The shares of counts, as floats."""
    return np.array(counts) / sum(counts)


def spread(p):
    """Shannon's entropy of rows, in nats."""
    return arrays.focal_entropy(p, p, 0)


with plots.canvas("three refutations as curves", columns=3, size=(8.7, 3.0)) as (picture, panels):
    panels[0].plot(gammas, sweep.sweep(shares(TIGER), gammas).ratio[:, -1])
    panels[0].set(yscale="log", ylabel="the tiger: q/p (logarithmic)", title="(1) it always gains")
    panels[1].plot(gammas, sweep.sweep(shares(FOUR), gammas).ratio[:, -1])
    panels[1].set(ylim=(0.9, 1.2), ylabel="the rarest: q/p", title="(2) worse, then better")
    change = spread(sweep.sweep(shares(MANY), gammas).q) - spread(shares(MANY))
    panels[2].plot(gammas, change)
    panels[2].set(ylabel="change of the entropy, nats", title="(3) it can fall")
    for axes, level in zip(panels, (1, 1, 0), strict=True):
        axes.axhline(level, color=plots.COLOURS["grey"], linewidth=0.8)
        axes.set(xscale="log", xlabel="γ (logarithmic)")
picture

# %% [markdown]
# Pictures are not proofs: they are drawn in floating point, at some γ, for some data. Here are the proofs.
#
# ## 1. The tiger
#
# Of two classes the rarer is amplified at *every* γ. One of two has more than half of the mass, that one is always suppressed, and
# what it loses can only go to the other. So with one tiger and a million cows:

# %%
teaching.claim("corrections/one_tiger")

# %%
tiger = Distribution.from_counts(TIGER)
for focus in ("1/10", 1, 2, 5, 20, 100):
    found = minimizer(tiger, focus, dps=20)
    print(
        f"γ = {focus!s:>4}   share of the tiger {nstr(found.q[1], 12):>18}   times {nstr(found.q[1] * (10**6 + 1), 8)}"
    )

# %% [markdown]
# The summary's picture comes from more classes: it takes four at least, and a γ below γ\*(n).
#
# ## 2. Worse and worse?
#
# Three classes of 333 and one of 1. At γ = 1 the last loses over two percent of its share. But from some γ on it gains, and goes
# on gaining. Where does it turn?

# %%
teaching.claim("corrections/raising_gamma")

# %%
four = Distribution.from_counts(FOUR)
turn = sweep.crossings(four, 3, "1/1000", 1000, dps=25)
print(
    "q = p again at γ =",
    *(nstr(root, 20) for root in turn.gammas),
    "and nowhere else up to 1000, which is proved",
)

# %% [markdown]
# The theorem says 25 where the truth is 1.35. Why so far off? Its proof uses a bound that is good for any data,
# `over_suppression/ends`. A theorem may be weak and true; what it must not be is strong and false.
#
# ## 3. The entropy
#
# «The focal loss raises the entropy» is nearly always so: it takes from the common. But let there be eight common classes and
# eight hundred rare ones, and γ = 3. The common ones gain, at the cost of the rare.

# %%
teaching.claim("corrections/entropy_falls")

# %%
many = Distribution.from_counts(MANY)
found = minimizer(many, 3, dps=20)
before, after = entropy(many, dps=15), entropy([float(q) for q in found.q], dps=15)
print(
    "entropy of the data",
    nstr(before, 10),
    "nats, of the minimizer",
    nstr(after, 10),
    "nats; λ =",
    nstr(found.multiplier, 10),
)

# %% [markdown]
# What can be saved? Whenever λ ≤ 1 the sentence is true, and that too is a theorem. In the picture the entropy rises at every γ
# with λ ≤ 1, but λ > 1 does not make it fall.

# %%
teaching.claim("corrections/entropy_rises")

# %%
run = sweep.sweep(shares(MANY), gammas)
with plots.canvas("change of the entropy, and ln λ") as (picture, axes):
    axes.plot(gammas, change, label="change of the entropy, nats")
    axes.plot(gammas, run.log_multiplier, "--", label="ln λ")
    axes.axhline(0, color=plots.COLOURS["grey"], linewidth=0.8)
    axes.set(xscale="log", ylim=(-1, 2), xlabel="γ (logarithmic)", ylabel="nats (ln λ: no unit)")
    axes.legend()
picture

# %% [markdown]
# And how far can it fall? Without bound:

# %%
teaching.claim("entropy_drop/entropy_falls_without_bound")

# %% [markdown]
# ## How such a claim is refuted and proved
#
# Each of the three is a *witness* claim: the exact data stand in it. The derivation proves it, balls enclose it, random data
# nearby attack it, and a false twin must fall on each of these legs. The twins of the three:

# %%
for name in ("one_tiger", "raising_gamma", "entropy_falls"):
    print(f"{name:14}", sentence(library.result(f"corrections/{name}").twin.statement))

# %% [markdown]
# ## Exercises
#
# 1. One tiger, and cows, horses and sheep, a million each. At which γ does the tiger lose, and how much at worst?
# 2. Take 8 common classes and n rare ones, weights 100 and 1, γ = 3. For which n does the entropy fall, and for which n most?
# 3. «The focal loss always lowers the share of the commonest class.» Refute it or find the claim that proves it.
#
# [Solutions](solutions/s06_popular_summary.py)
