# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # 2 · The minimizer
#
# **Training with the focal loss does not end at the data distribution P. Where does it end?**
#
# *To run it yourself: in a clone, `pip install -e '.[notebooks]'`, then `jupyter lab notebooks/02_minimizer.ipynb`. About
# fifteen minutes; you have read [the first](01_loss_and_entropy.ipynb).*

# %%
from fractions import Fraction

import numpy as np
from mpmath import mp, mpf, nstr
from sympy import init_printing, lambdify

from focal_symbolic import minimizer, plots, teaching
from focal_symbolic.definitions import gamma, slope, x
from focal_symbolic.numbers.balls import ball, precision
from focal_symbolic.numbers.minimizer import slope_inverse_ball, solve

init_printing(use_latex="mathjax", ln_notation=True)  # formulas say ln, as the text does
P = ["0.7", "0.2", "0.1"]
best = minimizer(P, gamma=2, dps=30)
price = lambdify((x, gamma), slope(x, gamma))  # φ, as a function of arrays
grid = np.linspace(0.01, 0.95, 400)
with plots.canvas("the curves p φ(q) cut at the level λ") as (picture, axes):
    for k, share in enumerate(P):
        (drawn,) = axes.plot(grid, float(share) * price(grid, 2), label=f"p = {share}")
        axes.plot(
            float(best.q[k]),
            float(best.multiplier),
            plots.MARKS[k],
            color=drawn.get_color(),
            markersize=7,
        )
    axes.axhline(float(best.multiplier), color=plots.COLOURS["grey"], linewidth=0.8, label="λ")
    axes.set(
        xlabel="probability in the model, q",
        ylabel="p φ(q), nats per unit of q",
        ylim=(0, 2),
        title="γ = 2",
    )
    axes.legend()
picture

# %% [markdown]
# One curve for each letter: how much the focal-entropy falls if a little more probability goes there. Mass is moved to where it
# saves most, until all letters save the same, **λ**. The minimizer is where one horizontal line cuts the three curves, at such a
# height that the three abscissas sum to 1.
#
# The curve is p times the *slope* φ, minus the derivative of the loss. SymPy differentiates it; nobody types it:

# %%
slope(x, gamma)

# %% [markdown]
# ## Why there is exactly one
#
# φ falls strictly from infinity to 0, so each level cuts each curve once. And the higher the level, the smaller the
# abscissas: their sum passes 1 once.

# %%
teaching.claim("uniqueness/slope_reverses")

# %%
teaching.claim("uniqueness/exactly_one_minimizer")

# %% [markdown]
# The goal says four things: below a certain level the entries sum to more than 1, above another to less, between the two there is
# exactly one λ, and every other model r, even one that leaves mass over, has more focal-entropy.
#
# ## Thirty digits, and a check by hand
#
# The package gives q to as many digits as asked for, each of them right. If that is so, the three prices agree:

# %%
exact_price = lambdify((x, gamma), slope(x, gamma), "mpmath")
with mp.workdps(40):
    for share, entry in zip(P, best.q, strict=True):
        print(
            share,
            "->",
            nstr(entry, 30),
            "   p φ(q) =",
            nstr(mpf(share) * exact_price(entry, 2), 28),
        )
    print("sum of q:", nstr(sum(best.q), 29), "  λ =", nstr(best.multiplier, 28))

# %% [markdown]
# ## The solver opened up
#
# How can a computer *know* thirty digits? It computes with balls: a midpoint and a radius, in which the true number lies for
# certain. First a slow way that anyone can follow. `slope_inverse_ball` gives a ball around the one point at which φ takes a
# value; the sum of three such balls is a ball around the mass at a level λ. While the ball lies on one side of 1, we know on which
# side of λ we are, and halve the interval.

# %%
shares = [Fraction(share) for share in P]
low, high = Fraction(1, 10), Fraction(2)
with precision(128):
    for step in range(41):
        level = (low + high) / 2
        mass = sum(
            (slope_inverse_ball(ball(level) / ball(share), Fraction(2)).q for share in shares),
            ball(0),
        )
        if step % 8 == 0:
            print(
                f"step {step:2}   λ in ({float(low):.12f}, {float(high):.12f})   mass {mass.str(12)}"
            )
        if mass > 1:
            low = level
        elif mass < 1:
            high = level
        else:
            raise RuntimeError("the ball holds 1: raise the precision")
print(f"certain: {float(low):.12f} < λ < {float(high):.12f}")

# %% [markdown]
# `mass > 1` is true only if the *whole ball* is: an undecided comparison would have stopped us. Forty halvings, twelve digits.
#
# The solver of the package does it by Newton's method on all unknowns at once. The last step is taken in balls and is the
# certificate: what comes out contains the solution, whatever the steps before it did. Ask for more bits and more digits are certain:

# %%
for bits in (30, 60, 90, 120):
    found = solve(tuple(shares), Fraction(2), bits)
    digits = found.q[0].q.str(bits * 3 // 10, radius=False)
    enough = found.q[0].q.rel_accuracy_bits() >= bits
    print(f"{bits:4} bits   q₁ = {digits}   small enough: {enough}")

# %% [markdown]
# ## Order, ties, relabelling
#
# The minimizer cannot confuse letters: a likelier one stays likelier, equally likely ones stay so, letters that never happen get
# nothing, and names do not matter.

# %%
teaching.claim("ordering/structure")

# %%
print([nstr(q, 8) for q in minimizer(["0.4", 0, "0.3", "0.3"], gamma=3, dps=15).q])

# %% [markdown]
# ## Turn γ yourself
#
# At γ = 0 the minimizer is the data. As γ grows, the largest share gives and the entries come closer to each other.


# %%
def bars(focus):
    """Data and minimizer, letter by letter."""
    data = np.array([0.55, 0.2, 0.12, 0.08, 0.05])
    q = [float(entry) for entry in minimizer([str(one) for one in data], focus, dps=15).q]
    with plots.canvas(f"five letters, data and minimizer at γ = {focus}") as (picture, axes):
        axes.bar(np.arange(1, 6) - 0.2, data, 0.38, label="data p", color=plots.COLOURS["sky"])
        axes.bar(np.arange(1, 6) + 0.2, q, 0.38, label="minimizer q", color=plots.COLOURS["blue"])
        axes.set(xlabel="letter", ylabel="probability", ylim=(0, 0.6), title=f"γ = {focus:g}")
        axes.legend()
    return picture


teaching.slider(bars, {"focus": 2.0}, focus=[0.0, 0.5, 1.0, 2.0, 5.0, 10.0, 50.0])

# %% [markdown]
# ## Exercises
#
# 1. For two letters with P = (0.9, 0.1): at which γ has the minimizer 0.6 for the first? (Go from Q to P: which P has a given Q
#    as its minimizer?)
# 2. Two letters of P are equally likely. Show from one curve of the first picture that their entries are equal, and find the claim
#    that says so.
# 3. Bracket λ for P = (0.7, 0.2, 0.1) and γ = 2 between $p_{\min}\,\varphi(1/3)$ and $p_{\max}\,\varphi(1/3)$ by hand. Which claim says that λ lies
#    there, and how wide is the bracket?
#
# [Solutions](solutions/s02_minimizer.py)
