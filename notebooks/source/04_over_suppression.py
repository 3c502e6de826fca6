# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # 4 · Over-suppression
#
# **The focal loss was made to help rare classes. When does it make them rarer still?**
#
# *To run it yourself: in a clone, `pip install -e '.[notebooks]'`, then `jupyter lab notebooks/04_over_suppression.ipynb`. About
# fifteen minutes; [the gain ψ](03_middle_and_high.ipynb) comes before.*

# %%
import numpy as np
from mpmath import nstr
from sympy import Rational, lambdify

from focal_symbolic import (
    Distribution,
    arrays,
    data_distribution,
    minimizer,
    plots,
    sweep,
    teaching,
    thresholds,
)
from focal_symbolic.claims import library
from focal_symbolic.definitions import gain, gamma, x

DATA = {
    "5 classes: 99000, 900, 90, 9, 1": [99000, 900, 90, 9, 1],
    "7 classes: 1000, 800, 600, 400, 200, 50, 5": [1000, 800, 600, 400, 200, 50, 5],
    "11 classes: ten of 1000 and one of 1": [1000] * 10 + [1],
}
gammas = np.geomspace(0.05, 60, 200)
with plots.canvas("q/p of the rarest class against γ") as (picture, axes):
    for (name, counts), style in zip(DATA.items(), ("-", "--", "-."), strict=True):
        p = np.array(counts) / sum(counts)
        axes.plot(gammas, sweep.sweep(p, gammas).ratio[:, -1], style, label=name)
    axes.axhline(1, color=plots.COLOURS["grey"], linewidth=0.8)
    axes.set(xscale="log", ylim=(0.6, 1.6), xlabel="γ (logarithmic)", ylabel="rarest class: q/p")
    axes.legend(fontsize=8, loc="lower left")
picture

# %% [markdown]
# Below the line the rarest class of all is made rarer. Of the first data never; of the second for γ below 3.3; of the third
# for γ below 15. A class that loses although it is rare is called *over-suppressed*.
#
# ## It is about λ
#
# Near 0 the gain ψ is just above 1, and q/p = ψ(q)/λ. So a very rare class loses if and only if λ > 1.

# %%
teaching.claim("over_suppression/small_letters")

# %% [markdown]
# And whether λ > 1 can be read off the data, without the minimizer. It is so if no class is common: then ψ is above 1 at every
# class, all of them pull, and not all can gain. The rarest pay.

# %%
teaching.claim("over_suppression/over_suppression_regime")

# %% [markdown]
# ## Two classes: never
#
# Whoever has two classes, or one sigmoid a class, need not worry, at any γ:

# %%
teaching.claim("high_suppression/rarer_of_two")

# %% [markdown]
# ## Three classes: never. Four: sometimes
#
# How unlucky can the rarest of n classes be? λ is largest, for a given rarest one, if all others are equally common. As the
# rarest vanishes, they have y = 1/(n − 1) each, and λ tends to ψ(y). So all hangs on whether ψ(1/(n − 1)) is above 1, that is
# whether 1/(n − 1) lies before the threshold p₀(γ). For n = 3 that is ψ(1/2), which is below 1 at every γ.

# %%
curve = lambdify((x, gamma), gain(x, gamma))
grid = np.geomspace(0.02, 60, 300)
with plots.canvas("ψ at 1/(n − 1) against γ") as (picture, axes):
    for n, colour in zip((3, 4, 5, 8, 15), plots.sequence(5), strict=True):
        axes.plot(grid, curve(1 / (n - 1), grid), color=colour, label=f"n = {n}")
    axes.axhline(1, color=plots.COLOURS["grey"], linewidth=0.8)
    axes.set(
        xscale="log", ylim=(0.5, 1.5), xlabel="γ (logarithmic)", ylabel="ψ(1/(n − 1)), the worst λ"
    )
    axes.legend()
picture

# %% [markdown]
# Each curve but the first is above 1 up to one point, γ\*(n), and below from there on. Both directions are theorems:

# %%
teaching.claim("class_count/gammas_of_n_classes")

# %%
for n in (4, 5, 10, 80, 1000):
    print(
        f"{n:5} classes: the rarest can lose for γ < {nstr(thresholds.class_threshold(n, 20), 20)}"
    )

# %% [markdown]
# Four classes at γ = 1, then. The proof gives the data: take the model (x, rest equal) and go back to the P of which it is
# the minimizer.

# %%
rare = Rational(1, 10_000)
model = [rare] + [(1 - rare) / 3] * 3
data = data_distribution(model, gamma=1, dps=20)
print("P =", [nstr(p, 8) for p in data])
print("Q =", [nstr(float(q), 8) for q in model], "the first has lost")
print("Q*", [nstr(q, 8) for q in minimizer([float(p) for p in data], gamma=1, dps=15).q])

# %% [markdown]
# ## How many classes it takes
#
# Turned around: at a given γ the rarest of n classes can be suppressed exactly if n − 1 > 1/p₀(γ).

# %%
teaching.claim("class_count/number_of_classes")

# %%
focuses = np.linspace(0.1, 20, 200)
with plots.canvas("the number of classes that it takes") as (picture, axes):
    axes.step(
        focuses,
        [thresholds.classes(str(round(focus, 3))) for focus in focuses],
        where="mid",
        label="N(γ) = ⌊1/p₀⌋ + 2",
    )
    axes.set(xlabel="γ", ylabel="classes", ylim=(0, None))
    axes.legend()
picture

# %% [markdown]
# ## A window in γ
#
# For given data it is over at some γ: the minimizer comes close to uniform, which is more than a rare class has. The ends
# of the window are roots, and the package proves that it has found all of them between two γ:

# %%
seven = Distribution.from_counts(DATA["7 classes: 1000, 800, 600, 400, 200, 50, 5"])
found = sweep.crossings(seven, 6, "1/100", 100, dps=20)
print(
    [nstr(root, 20) for root in found.gammas],
    "rising through 1:",
    found.rising,
    "unresolved:",
    found.unresolved,
)

# %%
teaching.claim("over_suppression/ends")

# %% [markdown]
# Need it be one window? For λ > 1 no: with one class of weight 30 and 39 of weight 1, γ = 1 and γ = 10 are in, and 3 is not.

# %%
p = np.array([30] + [1] * 39) / 69
many = np.geomspace(0.05, 60, 400)
levels = np.exp(sweep.sweep(p, many).log_multiplier)
with plots.canvas("λ against γ crosses 1 three times") as (picture, axes):
    axes.plot(many, levels, label="λ")
    axes.axhline(1, color=plots.COLOURS["grey"], linewidth=0.8)
    axes.plot(
        [1, 3, 10], np.interp([1, 3, 10], many, levels), "o", label="γ = 1, 3, 10 of the theorem"
    )
    axes.set(xscale="log", xlabel="γ (logarithmic)", ylabel="λ", title="one class of 30, 39 of 1")
    axes.legend(loc="lower left")
picture

# %%
teaching.claim("window/not_an_interval")

# %% [markdown]
# ## The worst case
#
# How much can be lost? A rare class keeps more than 1/λ of its share, λ is below the top of ψ, and that grows only like
# (1 + ln γ)/e. Even at γ = 100 a class keeps more than 44 % of its share.

# %%
teaching.claim("worst_suppression/worst_factor")

# %%
low = library.result(
    "worst_suppression/gain_at_inverse"
).claim.goal.lts  # the smaller side of the claim
tops = np.geomspace(12, 3000, 60)
peak = [float(arrays.gain(np.geomspace(1e-5, 0.9, 4000), focus).max()) for focus in tops]
with plots.canvas("the top of ψ against γ") as (picture, axes):
    axes.plot(tops, peak, label="top of ψ, above every λ")
    axes.plot(
        tops, [float(low.subs(gamma, at)) for at in tops], "--", label="below the top, proved"
    )
    axes.set(xscale="log", xlabel="γ (logarithmic)", ylabel="gain, ψ")
    axes.legend()
picture

# %% [markdown]
# ## Turn it yourself
#
# n equal classes and one that is rarer by a factor: its q/p.


# %%
def rarest(classes, factor):
    """The factor of one rare class among equal ones, against γ."""
    p = np.array([1.0] * (classes - 1) + [1 / factor])
    p /= p.sum()
    with plots.canvas(f"q/p of one class among {classes}, rarer by {factor}") as (picture, axes):
        ratio = sweep.sweep(p, gammas).ratio[:, -1]
        axes.fill_between(
            gammas, ratio, 1, where=ratio < 1, color=plots.COLOURS["shade"], label="over-suppressed"
        )
        axes.plot(gammas, ratio)
        axes.axhline(1, color=plots.COLOURS["grey"], linewidth=0.8)
        axes.set(
            xscale="log", ylim=(0.6, 1.6), xlabel="γ (logarithmic)", ylabel="rarest class: q/p"
        )
        axes.set_title(f"{classes - 1} equal classes and one rarer by {factor}")
        axes.legend(loc="upper left")
    return picture


teaching.slider(
    rarest,
    {"classes": 11, "factor": 1000},
    classes=[3, 4, 5, 8, 11, 21, 51],
    factor=[10, 100, 1000, 10**4, 10**6],
)

# %% [markdown]
# ## Exercises
#
# 1. You have 5 classes. For which γ need you fear nothing, whatever the counts are? And with 20 classes at γ = 2?
# 2. Counts 500, 300, 150, 40, 10. Is any class over-suppressed at γ = 1? For which γ, if any?
# 3. With 100 classes of 1 and one class of 100 (in counts): for which γ up to 1000 is λ > 1? Find the ends to ten digits.
#
# [Solutions](solutions/s04_over_suppression.py)
