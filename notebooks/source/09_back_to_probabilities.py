# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # 9 · From a trained model back to probabilities
#
# **A model was trained with the focal loss and says 0.81. How likely is it?**
#
# *To run it yourself: in a clone, `pip install -e '.[notebooks]'`, then `jupyter lab notebooks/09_back_to_probabilities.ipynb`.
# About fifteen minutes. [docs/calibration.md](../docs/calibration.md) is the guide for everyday use.*

# %%
import csv
import sys

import numpy as np
from mpmath import nstr

sys.path.insert(0, "..")  # experiments are run from a clone, not installed
from experiments import digits
from focal_symbolic import FocalCalibrator, arrays, balance, calibrate, minimizer, plots, teaching
from focal_symbolic.numbers.diagnosis import diagnosis
from focal_symbolic.plots.diagnosed import diagnosed

said = np.linspace(0.001, 0.999, 400)
with plots.canvas("what a two-class output stands for, at four γ") as (picture, axes):
    for focus, colour in zip((0, 1, 2, 5), plots.sequence(4), strict=True):
        pairs = np.stack([said, 1 - said], -1)
        axes.plot(
            said, arrays.data_distribution(pairs, focus)[:, 0], color=colour, label=f"γ = {focus}"
        )
    axes.set(xlabel="what the model says, q", ylabel="what it stands for, p", title="two classes")
    axes.legend()
picture

# %% [markdown]
# Above one half the curves lie above the diagonal: a model with two classes is *underconfident*, the more, the larger γ. At γ = 2
# an output of 0.81 stands for

# %%
print(calibrate([[0.19, 0.81]], gamma=2))

# %% [markdown]
# ## The inverse map
#
# At the minimizer p φ(q) = λ, so p is proportional to 1/φ(q). No equation has to be solved, and every output is the
# minimizer for *some* data: the map is onto.

# %%
teaching.claim("class_count/every_pmf_is_a_minimizer")

# %% [markdown]
# There and back, with all digits:

# %%
data = ["0.55", "0.25", "0.15", "0.05"]
output = minimizer(data, gamma=2, dps=20).q
print("Q* =", [nstr(q, 10) for q in output])
print("back", [f"{p:.12f}" for p in calibrate([[float(q) for q in output]], gamma=2)[0]])

# %% [markdown]
# With two classes it is nearly a temperature: the true p lies between two temperature scalings of q, and that is a theorem with
# sharp constants. With more classes it is not a temperature at all.

# %%
teaching.claim("calibration/between_two_temperatures")

# %% [markdown]
# ## Real data: raw, mapped back, tempered, both
#
# Handwritten digits, made imbalanced (13 times as many 0 as 9), a linear softmax on 64 pixels, γ = 2. Each dot is a bin of
# predictions by their confidence; its area is how many there are. On the diagonal confidence is what it says.

# %%
digits.diagrams("pixels", 2.0, seeds=3)

# %% [markdown]
# Raw outputs lie far above: the model is right much more often than it says. The inverse map, which knows nothing but γ, takes
# them to the diagonal, and so does a temperature, which was fitted on held-out cases. ECE is the mean gap, here over 15 bins of
# equal width; with so few cases even a perfectly calibrated model would have 2 or 3 %, so the last three are on a par.
#
# And when the features are four numbers, the ink in the quarters of the picture?

# %%
digits.diagrams("coarse", 5.0, seeds=3)

# %% [markdown]
# The inverse map makes it *worse*. Why? It inverts P → Q\*, but a linear model of four features cannot be Q\*: it is somewhere
# else, and of that the map knows nothing. Overfitting is not the reason. On the very cases that it was trained on, the mapped
# outputs are too confident by a tenth:

# %%
from experiments import tables

for row in tables.read(digits.RESULTS / "digits.csv"):
    if row["gamma"] == "5" and row["treatment"] in ("raw", "inverse map"):
        gap = f"confidence less accuracy in training {float(row['training_gap']):+.3f}"
        print(
            f"{row['features']:6}   {row['treatment']:11}   {gap}   test ECE {float(row['ece']):.3f}"
        )

# %% [markdown]
# So: the map is exact at the minimizer, good for a model that comes near to it, and no remedy for one that cannot. Where you have
# held-out cases, fit a temperature too, and look whether it stays near 1.

# %%
parts = digits.split("pixels", seed=0)
trained = digits.train(parts.training[0], np.eye(10)[parts.training[1]], 2.0, digits.DECAY)
fitted = FocalCalibrator(gamma=2).fit(trained(parts.held_out[0]), parts.held_out[1])
print(f"temperature {fitted.temperature_:.2f} ± {fitted.temperature_error_:.2f}")
print(
    f"log loss {fitted.log_loss_before_:.3f} nats before, {fitted.log_loss_:.3f} nats after, on held-out cases"
)

# %% [markdown]
# ## Class weights
#
# A weight α for each class tilts the data: the loss sees α p. A weight that all classes share changes nothing. `balance` proposes
# the weights with which a model without features keeps the shares of the data, and `calibrate` undoes them.

# %%
counts = [900, 90, 10]
alpha = balance(counts, gamma=2)
print("α =", [nstr(one, 6) for one in alpha])
kept = diagnosis(counts, 2, weights=alpha)
print("q with them   ", [nstr(q, 6) for q in kept.q])
print("q without them", [nstr(q, 6) for q in diagnosis(counts, 2).q])

# %% [markdown]
# ## Which γ for real counts?
#
# COCO train2017: 80 classes, people by far the most common. What does γ = 2 do to them?

# %%
with open("../focal_symbolic/data/coco_train2017.csv", encoding="utf-8") as stream:
    coco = {row["class"]: int(row["count"]) for row in csv.DictReader(stream)}
found = diagnosis(coco.values(), 2)
diagnosed(found)

# %%
order = sorted(zip(coco, found.ratio, found.verdicts, strict=True), key=lambda one: one[1])
for name, ratio, verdict in [*order[:3], *order[-3:]]:
    print(f"{name:13} keeps {nstr(100 * ratio, 4):>6} % of its share: {verdict}")
print({verdict: count for verdict, count in found.tally.items() if count})
windows = [f"({nstr(one.low, 4)}, {nstr(one.high, 6)})" for one in found.burying_windows]
print("some class is over-suppressed for γ in", *windows)

# %% [markdown]
# No sensible γ avoids it for a softmax over 80 such classes; the loss is a few percent of their share, and the inverse map takes
# it back. With one sigmoid a class, as detectors have, each class is a problem of two, and the rarer always gains.
#
# ## Exercises
#
# 1. Three classes, γ = 3, output (0.5, 0.3, 0.2). Which probabilities does it stand for, and which class gained most in training?
# 2. A colleague takes a model trained with γ = 2 to have been trained with γ = 1 and maps it back. For data (0.9, 0.1), what does
#    he report?
# 3. Counts 5000, 500, 50: find weights α for which a model at γ = 2 reports the uniform distribution. Check with `diagnosis`.
#
# [Solutions](solutions/s09_back_to_probabilities.py)
