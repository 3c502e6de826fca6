# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # 3 · Amplify the middle, suppress the high
#
# **Which classes does the focal loss make larger than they are, and which smaller?**
#
# *To run it yourself: in a clone, `pip install -e '.[notebooks]'`, then `jupyter lab notebooks/03_middle_and_high.ipynb`. About
# fifteen minutes; [the minimizer](02_minimizer.ipynb) comes before.*

# %%
import numpy as np
from mpmath import nstr
from sympy import E, Rational, init_printing, lambdify, simplify, solveset, symbols

from focal_symbolic import Distribution, arrays, plots, sweep, teaching, thresholds
from focal_symbolic.claims import library
from focal_symbolic.definitions import g, gain, gamma, s, x

init_printing(use_latex="mathjax", ln_notation=True)  # formulas say ln, as the text does
counts = Distribution.from_counts([100_000 // 2**k for k in range(15)])
plots.draw_ratios(counts, ["1/2", 2, 5, 20])

# %% [markdown]
# Each dot is a class; its height is what training makes of it, q/p. The most common classes come out smaller than they are. A
# range in the middle is amplified. What happens on the far left is a story of its own, in [the next notebook](04_over_suppression.ipynb).
#
# ## One function decides: the gain
#
# At the minimizer p φ(q) = λ. Divide by λ p and multiply by q: the factor q/p is ψ(q)/λ with the *gain* ψ(q) = q φ(q).

# %%
teaching.claim("amplification/ratio_law")

# %%
gain(x, gamma)

# %% [markdown]
# The gain has a second meaning that practitioners know: in the gradient of a training step, the focal loss weighs a case with
# predicted probability x just ψ(x) times as much as the cross-entropy does.

# %%
grid = np.geomspace(1e-5, 0.999, 500)
with plots.canvas("the gain: from 1 up, and down to 0") as (picture, axes):
    for focus, colour in zip((0.5, 1, 2, 5, 20), plots.sequence(5), strict=True):
        axes.plot(grid, arrays.gain(grid, focus), color=colour, label=f"γ = {focus:g}")
    axes.axhline(1, color=plots.COLOURS["grey"], linewidth=0.8)
    axes.set(xlim=(1e-5, 1), xlabel="probability x (logarithmic)", ylabel="gain ψ(x)", xscale="log")
    axes.legend()
picture

# %% [markdown]
# It begins at 1, rises, and falls to 0 with no dip between. That shape is all there is to it: a class is amplified exactly where
# ψ(q) > λ, so the amplified classes are one interval. It is not trivial: the derivative of ψ has to change its sign only once.

# %%
teaching.claim("amplification/interval")

# %%
teaching.claim("amplification/amplified_in_the_middle")

# %% [markdown]
# The criterion ψ(pⱼ) > λ compares with ψ at the *data*, so the picture can be read at p as well as at q. As λ is a number that
# depends on all classes, so does the band. Here it is for our fifteen classes, along γ: where a class lies between the two
# curves, it is amplified.

# %%
gammas = np.geomspace(0.1, 100, 120)
found = sweep.sweep([float(share) for share in counts], gammas)
with plots.canvas("the amplified band against γ") as (picture, axes):
    axes.fill_between(
        gammas,
        np.maximum(found.low, 1e-6),
        found.high,
        color=plots.COLOURS["band"],
        label="amplified",
    )
    axes.plot(gammas, np.maximum(found.low, 1e-6), color=plots.COLOURS["orange"])
    axes.plot(gammas, found.high, color=plots.COLOURS["orange"])
    for share in counts:
        axes.axhline(float(share), color=plots.COLOURS["grey"], linewidth=0.6)
    axes.set(
        xscale="log",
        yscale="log",
        xlim=(0.1, 100),
        ylim=(2e-5, 1),
        xlabel="γ (logarithmic)",
        ylabel="share p",
    )
    axes.legend(loc="lower left")
picture

# %% [markdown]
# ## The high ones always lose
#
# Beyond one half ψ is below 1 whatever γ is. From that follows what the abstract of the paper says: high-probability outcomes
# are suppressed.

# %%
teaching.claim("high_suppression/commonest_suppressed")

# %% [markdown]
# Where does «high» begin? At the threshold p₀(γ) at which ψ comes down to 1. At γ = 1 it can be found with pencil and paper,
# and it is 1/e:

# %%
y = symbols("y", positive=True)
simplify((gain(y, 1) - 1) / y), solveset((gain(y, 1) - 1) / y, y)

# %%
teaching.claim("high_suppression/one_over_e")

# %% [markdown]
# For any γ the package has it to any number of digits. It lies below 1/2 and falls:

# %%
for focus in ("1/100", "1/2", 1, 2, 5, 100):
    print(f"γ = {focus!s:>6}   p₀ = {nstr(thresholds.p0(focus, 25), 25, strip_zeros=False)}")
print(f"{'1/e':>10}        {(1 / E).evalf(25)}")

# %%
teaching.claim("threshold/one_threshold")

# %%
parts = library.result("threshold/threshold_between").claim.goal.args  # two bounds, as proved
low = next(part.lts for part in parts if part.gts == x)
high = next(part.gts / part.lts.coeff(x) for part in parts if part.has(gamma) and part.lts.has(x))
focuses = np.geomspace(0.01, 300, 80)
with plots.canvas("p₀ falls in γ, between two bounds") as (picture, axes):
    axes.plot(focuses, [float(thresholds.p0(str(focus), 10)) for focus in focuses], label="p₀(γ)")
    axes.plot(focuses, lambdify(gamma, low)(focuses), "--", label="below it: 1/(3 + γ)")
    axes.plot(
        focuses,
        np.minimum(lambdify(gamma, high)(focuses), 0.5),
        ":",
        label="above it: 1/2 and ln(1 + γ)/γ",
    )
    axes.set(xscale="log", ylim=(0, 0.55), xlabel="γ (logarithmic)", ylabel="share p")
    axes.legend()
picture

# %% [markdown]
# ## At small γ one function rules: g
#
# The derivative of ln ψ in γ at γ = 0 is g, the sum of ln(1 − x) and s. It changes its sign at one half: that is why p₀ tends
# to 1/2 as γ falls to 0.

# %%
g(x), s(x), g(Rational(1, 2))

# %%
teaching.claim("high_suppression/g_sign")

# %% [markdown]
# ## Turn it yourself
#
# Three classes: the largest share, the middle one, the rest. Who gains?


# %%
def three(focus, largest):
    """The factors of three classes."""
    p = np.array([largest, 0.7 * (1 - largest), 0.3 * (1 - largest)])
    q = arrays.minimizer(p, focus).q
    with plots.canvas(f"q/p of three classes at γ = {focus}, largest share {largest}") as (
        picture,
        axes,
    ):
        colours = [plots.VERDICTS["amplified" if ratio > 1 else "suppressed"][0] for ratio in q / p]
        axes.bar([f"p = {share:.2f}" for share in p], q / p, color=colours)
        axes.axhline(1, color=plots.COLOURS["grey"], linewidth=0.8)
        axes.set(ylabel="factor q/p", xlabel="class", ylim=(0, 2.5), title=f"γ = {focus:g}")
    return picture


teaching.slider(
    three,
    {"focus": 2.0, "largest": 0.6},
    focus=[0.5, 1.0, 2.0, 5.0, 10.0],
    largest=[0.34, 0.4, 0.5, 0.6, 0.8],
)

# %% [markdown]
# ## Exercises
#
# 1. Where is the top of ψ at γ = 1? The derivative has a closed form there. Compare with the bounds in the main theorem above.
# 2. The share 0.3 is the largest of five classes. From which γ on is it suppressed for certain, whatever the others are? (Which γ
#    has p₀(γ) = 0.3?)
# 3. For P = (0.5, 0.3, 0.2) find λ at γ = 2 and say, without computing Q, which classes are amplified. Check.
#
# [Solutions](solutions/s03_middle_and_high.py)
