# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
# ---

# %% [markdown]
# # Both ends of gamma
#
# At gamma = 0 the minimizer is the data, as gamma grows it becomes uniform. How fast is proved, with constants: the bounds
# drawn here are the sides of the claims themselves, evaluated at certified minimizers. It needs the extra `plots`.

# %%
from fractions import Fraction

import matplotlib.pyplot as plt
from mpmath import nstr

from focal_symbolic import Distribution, jacobian
from focal_symbolic.claims import library
from focal_symbolic.claims.evaluate import Environment, ball_value
from focal_symbolic.claims.variables.optimum import OptimumRoot
from focal_symbolic.numbers.balls import ball, precision, to_mpf

data = Distribution.from_counts([50, 30, 15, 5])
b, m, M = max(data), min(data), max(data)


def sides(name):
    """The two sides of the inequality that a claim states."""
    goal = library.result(name).claim.goal
    return goal.lts, goal.gts


def value(side, gamma, letter=1):
    """A side of a claim at the minimizer for gamma and at a letter: a number of 50 digits, from its ball."""
    root = OptimumRoot("q", "lambda", data.probabilities, Fraction(gamma))
    numbers = {"gamma": gamma, "b": b, "m": m, "M": M}
    case = Environment(numbers, {"p": data.probabilities}, {"j": letter}, (root,), size=len(data))
    with precision(256):
        return to_mpf(ball(ball_value(side, case.view(256, 50))))


# %% [markdown]
# ## Near 0: the data, tilted by g
#
# `cross_entropy_limit/first_order`: q_j = p_j + gamma p_j (g(p_j) - mean g), and the rest is below 7 gamma^2 p_j/(1 - b)^2. The
# rates are also the derivatives that `jacobian` certifies at gamma = 0.

# %%
figure, (left, middle, right) = plt.subplots(1, 3, figsize=(15, 4.2))
rest, bound = sides("cross_entropy_limit/first_order")
small = [Fraction(10) ** -k / 2 for k in range(5)]
for letter, share in enumerate(data, start=1):
    (drawn,) = left.loglog(small, [value(rest, at, letter) for at in small], "o-", label=f"p = {float(share):g}")
    left.loglog(small, [value(bound, at, letter) for at in small], "--", color=drawn.get_color())
left.set(xlabel="gamma", ylabel="distance from the first order", title="gamma -> 0: the rest, and its bound (dashed)")
left.legend()

rates = jacobian(data, 0, dps=20).by_gamma
print("dq/dgamma at 0:", *(nstr(rate, 12) for rate in rates))

# %% [markdown]
# ## Far out: uniform, tilted by ln p
#
# `uniform_limit/first_order`: gamma (q_j - 1/n) tends to (1 - 1/n)(ln p_j - mean ln p), up to R (R + 2 n)/(gamma - 1).

# %%
rest, bound = sides("uniform_limit/first_order")
large = [Fraction(25 * 4**k) for k in range(6)]
for letter in range(1, len(data) + 1):
    middle.loglog(large, [value(rest, at, letter) for at in large], "o-")
middle.loglog(large, [value(bound, at) for at in large], "k--")
middle.set(xlabel="gamma", ylabel="distance from the first order", title="gamma -> oo: the rest, and its bound (dashed)")

# %% [markdown]
# ## The minimum itself
#
# `value_asymptotics/constant_above` and `constant-below`: the minimum over n ln n (p_1 ... p_n)^(1/n) (1 - 1/n)^gamma tends
# to 1. Here the two bounds are drawn over the minimum.

# %%
low, above = sides("value_asymptotics/constant_above")
below, high = sides("value_asymptotics/constant_below")
least = [value(low, at) for at in large]
ratios = [[float(value(side, at) / one) for at, one in zip(large, least, strict=True)] for side in (below, above)]
right.semilogx(large, [1] * len(large), "ko-", label="minimum")
right.fill_between([float(at) for at in large], *ratios, alpha=0.3, label="proved")
right.set(xlabel="gamma", ylabel="over the minimum", ylim=(0, 2), title="the minimum between its bounds")
right.legend()
figure.tight_layout()

# %% [markdown]
# What the claims rest on; `focal-symbolic show cross_entropy_limit/first_order` prints it all, line by line.

# %%
for name in ("cross_entropy_limit/first_order", "uniform_limit/first_order", "value_asymptotics/constant_below"):
    result, theorem = library.result(name), library.theorem(name)
    print(name, "rests on", len(theorem.lemmas), "other claims and cites", ", ".join(sorted(one.name for one in theorem.cited)))
