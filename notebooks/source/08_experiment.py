# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # 8 · The experiment
#
# **All this is about a minimizer. Does training land there?**
#
# *To run it yourself: in a clone, `pip install -e '.[notebooks]'`, then `jupyter lab notebooks/08_experiment.ipynb`. About fifteen
# minutes; [the minimizer](02_minimizer.ipynb) and [over-suppression](04_over_suppression.ipynb) come before. The code is in
# [experiments](../experiments): `python -m experiments` runs all of it anew, in a few minutes.*

# %%
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, "..")  # experiments are run from a clone, not installed
from experiments import landing, suppression, tables
from experiments.softmax import focal_loss, train
from focal_symbolic import arrays, plots, teaching

RESULTS = Path("../experiments/results")
landing.draw(tables.read(RESULTS / "landing.csv"))

# %% [markdown]
# A softmax model is trained with the focal loss on N cases whose distribution P(·|x) we know. Its distance to Q\*(P(·|x)), the
# minimizer, falls like 1/√N. Its distance to P does not fall: it stays at the distance of Q\* to P. The grey line is no fit but a
# prediction, of which more below.
#
# ## The model
#
# Eight contexts x, six classes, logits of its own for each context. The loss and its gradient come from the definitions of the
# package: the gradient in the logits has the gain ψ in it, and nothing else is new.

# %%
shares = np.array(landing.CONTEXTS) / 1000
seen = np.array([np.random.default_rng(7).multinomial(20_000, row) for row in shares], dtype=float)
model = train(np.eye(8), seen, gamma=2.0)
print("largest entry of the gradient below 1e-8:", model.gradient < 1e-8)

# %% [markdown]
# Is the gradient right? Compare with differences of the loss, at random logits:

# %%
generator = np.random.default_rng(0)
logits, weights = generator.normal(size=(3, 4)), generator.random((3, 4))
value, gradient = focal_loss(logits, weights, 2.0)
step = 1e-6
for place in [(0, 0), (1, 2), (2, 3)]:
    moved = logits.copy()
    moved[place] += step
    difference = (focal_loss(moved, weights, 2.0)[0] - value) / step
    print(place, f"gradient {gradient[place]:+.5f}   difference {difference:+.5f}")

# %% [markdown]
# ## Where it lands
#
# One context, 20 000 cases. What came out, beside the minimizer for P, and P itself:

# %%
learned, best = model(np.eye(8))[0], arrays.minimizer(shares[0], 2.0).q
with plots.canvas("one context: P, Q* and what was trained") as (picture, axes):
    places = np.arange(1, 7)
    axes.bar(places - 0.27, shares[0], 0.25, label="P", color=plots.COLOURS["sky"])
    axes.bar(places, best, 0.25, label="Q*, γ = 2", color=plots.COLOURS["orange"])
    axes.bar(places + 0.27, learned, 0.25, label="trained", color=plots.COLOURS["blue"])
    axes.set(xlabel="class", ylabel="probability")
    axes.legend()
picture

# %% [markdown]
# That there is only one place to land is a theorem:

# %%
teaching.claim("uniqueness/strictly_optimal")

# %% [markdown]
# ## How fast: a prediction without a fit
#
# As each context has its own logits, the model can be any distribution. So it lands *exactly* on the minimizer for the empirical
# distribution P̂. And P̂ is P up to a known error: its covariance is (diag p − p pᵀ)/N. What does the map P → Q\* make of it? To
# first order it multiplies by its derivative J = dQ\*/dP, which `jacobian` certifies. So the mean square distance to Q\* is
# tr(J (diag p − p pᵀ) Jᵀ)/N. That is the grey line. That there is such a derivative, with a bound for what it leaves over, is a
# theorem:

# %%
teaching.claim("differentiability/minimizer_is_differentiable")

# %% [markdown]
# The last column tells how well the line does:

# %%
for row in tables.read(RESULTS / "landing.csv"):
    if row["cases"] in ("1000", "10000", "100000", "1000000"):
        ratio = float(row["to_minimizer"]) / float(row["predicted_to_minimizer"])
        off = float(row["to_minimizer_error"]) / float(row["predicted_to_minimizer"])
        print(
            f"γ = {row['gamma']:>3}  N = {row['cases']:>7}   to Q* over predicted: {ratio:.3f} ± {off:.3f}"
        )

# %% [markdown]
# Do it live, small: two sizes, four seeds.

# %%
rows = landing.run(sizes=(1_000, 16_000), seeds=4, gammas=(2.0,))
for row in rows:
    distances = f"to Q* {row['to_minimizer']:.4f}   predicted {row['predicted_to_minimizer']:.4f}"
    print(f"N = {row['cases']:>6}   {distances}   to P {row['to_data']:.4f}")

# %% [markdown]
# ## A network
#
# A real network does not have a logit for everything. A perceptron with two hidden layers, features x on a line, four classes,
# trained by Adam in PyTorch on 100 000 cases (run with the extra `experiment`; here is what came out):

# %%
teaching.Kept(RESULTS / "network.svg")

# %%
for row in tables.read(RESULTS / "network.csv"):
    to_minimizer, to_data = float(row["to_minimizer"]), float(row["to_data"])
    print(
        f"γ = {row['gamma']}  N = {row['cases']:>6}   to Q* {to_minimizer:.4f}   to P {to_data:.4f}"
    )

# %% [markdown]
# It follows Q\* and not P. But from 10 000 to 100 000 cases the distance to Q\* falls by a factor of 2.3 or 2.2 only, where 1/√N
# says 3.2. So part of what is left at 100 000 is not the sample: three thousand steps on batches of 500, and a network of
# that size, have a noise and a shape of their own. A finite network is near the minimizer, not at it: at γ = 2 it is 0.0095 away, where P is 0.18.
#
# ## Over-suppression, seen
#
# Three groups of cases. In the first and the third the rarest class is over-suppressed up to some γ (shaded; `diagnose` says so
# before anything is trained), in the second never.

# %%
suppression.draw(tables.read(RESULTS / "suppression.csv"))

# %% [markdown]
# The dots are trained models, with bars of two standard errors that are too short to be seen. Over all groups, classes and γ:

# %%
sides = {}
for row in tables.read(RESULTS / "suppression.csv"):
    key = row["verdict"], row["trained_side"]
    sides[key] = sides.get(key, 0) + 1
for (verdict, side), count in sorted(sides.items()):
    print(f"diagnose says {verdict + ',':17} trained is {side + ':':15} {count:3}")

# %% [markdown]
# No verdict is contradicted. Where nothing can be told apart, q/p is so near to 1 that the noise of twenty seeds is larger.
#
# ## Exercises
#
# 1. Why does the distance to P come to its limit from above, and how far above is it at small N?
# 2. At γ = 1 and N = 64 000, predict the root mean square distance to Q\* for the eight contexts. Then train with 8 seeds.
# 3. What happens to the prediction if a context has a class of probability 0? Try it with `landing.predicted`.
#
# [Solutions](solutions/s08_experiment.py)
