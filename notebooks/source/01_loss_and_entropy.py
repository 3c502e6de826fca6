# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # 1 · The focal loss and the focal-entropy
#
# **A loss is made to care less about what is already known well. What does that do to an entropy?**
#
# *To run it yourself: in a clone, `pip install -e '.[notebooks]'`, then `jupyter lab notebooks/01_loss_and_entropy.ipynb`.
# About fifteen minutes. All logarithms are natural, all losses and entropies in nats.*

# %%
import numpy as np
from mpmath import nstr
from sympy import Rational, diff, init_printing, lambdify, limit, log

from focal_symbolic import focal_entropy, plots, teaching
from focal_symbolic.definitions import focal_entropy as focal_entropy_of_families
from focal_symbolic.definitions import gamma, loss, p, q, x

init_printing(use_latex="mathjax", ln_notation=True)  # formulas say ln, as the text does
curve = lambdify((x, gamma), loss(x, gamma))  # the formula of the package, as a function of arrays
at = np.linspace(0.002, 0.998, 499)
with plots.canvas("the loss at four γ", columns=2) as (picture, axes):
    for focus, colour in zip((0, 1, 2, 5), plots.sequence(4), strict=True):
        axes[0].plot(at, curve(at, focus), color=colour, label=f"γ = {focus}")
        axes[1].plot(at, curve(at, focus) / curve(at, 0), color=colour)
    axes[0].set(
        xlabel="probability given to what happened, x",
        ylabel="loss, nats",
        ylim=(0, 4),
        title="the loss",
    )
    axes[1].set(
        xlabel="probability given to what happened, x",
        ylabel="loss over that for γ = 0",
        title="what γ takes away",
    )
    axes[0].legend()
picture

# %% [markdown]
# A model gives the probability $x$ to what then happens. The usual price is the logarithmic loss. The *focal loss* multiplies it
# by a power of $1 - x$, so that a case that was predicted well costs next to nothing: at γ = 5 a prediction of one half costs a
# thirty-second of what it cost. The formula is imported, as is every formula in this course:

# %%
loss(x, gamma)

# %%
loss(x, 0), loss(Rational(1, 2), 5) / loss(Rational(1, 2), 0)

# %% [markdown]
# ## From a loss to an entropy
#
# Let the data have the distribution P and the model say Q. What training makes small is the mean of the loss, the
# *focal-entropy*. At γ = 0 it is the cross-entropy.

# %%
focal_entropy_of_families(p, q, gamma)

# %% [markdown]
# The package computes it to as many digits as one likes, each certified by ball arithmetic. Strings are exact: "0.7" is 7/10.

# %%
data, model = ["0.7", "0.2", "0.1"], ["0.5", "0.3", "0.2"]
for focus in (0, "1/2", 1, 2, 5):
    print(f"γ = {focus!s:>3}   {nstr(focal_entropy(data, model, gamma=focus, dps=30), 30)} nats")

# %% [markdown]
# It falls in γ, strictly, for every model that is sure of nothing. That is a claim of this project, and here is the theorem that
# the kernel makes of its derivation, now:

# %%
teaching.claim("cross_entropy_limit/entropy_falls")

# %% [markdown]
# ## When is it finite?
#
# The loss is infinite at $x = 0$, whatever γ is. So a model that calls something impossible which does happen pays without
# end. Is that the only way? The focal-entropy lies between two multiples of the cross-entropy:

# %%
teaching.claim("finiteness/finite_together")

# %% [markdown]
# In numbers: a third letter that never happens may get nothing, one that happens may not.

# %%
print(focal_entropy(["1/2", "1/2", 0], ["1/2", "1/2", 0], gamma=2, dps=10))
print(focal_entropy(["1/2", "1/4", "1/4"], ["1/2", "1/2", 0], gamma=2, dps=10))

# %% [markdown]
# Near 0 the loss is the logarithm and hardly anything else: the quotient of the two tends to 1 at any γ. That is why γ cannot
# save a model there.

# %%
limit(loss(x, 2) / -log(x), x, 0, "+")

# %% [markdown]
# ## Convex, in the model
#
# The second derivative of the loss is positive for every γ ≥ 0. For γ ≥ 1 both factors are positive, falling and convex, and so
# is their product. For γ < 1 the power of $1 - x$ is concave, and there is something to show.

# %%
diff(loss(x, gamma), x, 2).simplify()

# %%
teaching.claim("convexity/loss_is_convex")

# %% [markdown]
# So the focal-entropy is convex in Q, and strictly where P is positive: one minimum at most. It is not convex in P and Q
# together, as the Kullback–Leibler divergence is. The claim has its witness in it:

# %%
teaching.claim("convexity/convexity")

# %% [markdown]
# Here is the witness as a picture: along the segment from (P, Q) to its mirror image the focal-entropy at γ = 1 has a hump.

# %%
along = [k / 40 for k in range(41)]


def between(weight):
    """The focal-entropy at γ = 1 on the way from the pair to its mirror image."""
    mixed = [(1 - weight) * a + weight * b for a, b in ((0.25, 0.75), (0.4, 0.6))]
    return float(focal_entropy([mixed[0], 1 - mixed[0]], [mixed[1], 1 - mixed[1]], gamma=1, dps=15))


with plots.canvas("a hump above the chord") as (picture, axes):
    axes.plot(along, [between(weight) for weight in along], label="focal-entropy, γ = 1")
    axes.plot([0, 1], [between(0), between(1)], "--", color=plots.COLOURS["grey"], label="chord")
    axes.set(
        xlabel="weight of the mirror image",
        ylabel="focal-entropy, nats",
        title="(1/4, 3/4), (2/5, 3/5) and mirror images",
    )
    axes.legend()
picture

# %% [markdown]
# ## Turn γ yourself
#
# Two letters, P = (share, 1 − share): the focal-entropy as a function of what the model gives to the first. The minimum moves
# away from P towards one half. Where exactly it goes is the next notebook.


# %%
def bowl(focus, share):
    """The focal-entropy of two letters against the model."""
    grid = np.linspace(0.02, 0.98, 97)
    values = [
        float(focal_entropy([share, 1 - share], [one, 1 - one], focus, dps=15)) for one in grid
    ]
    with plots.canvas(
        f"focal-entropy of two letters against the model, γ = {focus}, share {share}"
    ) as (picture, axes):
        axes.plot(grid, values)
        axes.axvline(share, color=plots.COLOURS["grey"], linewidth=0.8, label="the data")
        axes.plot(grid[np.argmin(values)], min(values), "o", label="least, on this grid")
        axes.set(
            xlabel="probability in the model, q",
            ylabel="focal-entropy, nats",
            ylim=(0, 1.5),
            title=f"γ = {focus}",
        )
        axes.legend()
    return picture


teaching.slider(
    bowl,
    {"focus": 2.0, "share": 0.75},
    focus=[0.0, 0.5, 1.0, 2.0, 5.0, 10.0],
    share=[0.6, 0.75, 0.9],
)

# %% [markdown]
# ## Exercises
#
# 1. At which γ does a prediction of 1/2 cost exactly a hundredth of what it costs at γ = 0? And a prediction of 9/10?
# 2. For P = Q uniform on n letters, what is the focal-entropy in closed form? For which n is it largest at γ = 2?
# 3. Raising γ by h lowers the focal-entropy by less than a constant times h, whatever P and Q are. Which claim says so, what
#    is the constant, and at which x is the loss of two neighbouring γ farthest apart near γ = 0?
#
# [Solutions](solutions/s01_loss_and_entropy.py), each with the numbers that it comes to.
