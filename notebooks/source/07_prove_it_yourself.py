# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # 7 · Prove it yourself
#
# **How does a machine come to believe a theorem, and how do we know that it would not believe a false one?**
#
# *To run it yourself: in a clone, `pip install -e '.[notebooks]'`, then `jupyter lab notebooks/07_prove_it_yourself.ipynb`. About
# fifteen minutes. [CONTRIBUTING.md](../CONTRIBUTING.md) has all that is needed to add a theorem for good.*

# %%
from functools import partial
from textwrap import fill

import numpy as np
from focal_symbolic.proofs.elementary import log_below
from sympy import Interval, Rational, init_printing, lambdify

from focal_symbolic import plots
from focal_symbolic.claims import coq as second_judge
from focal_symbolic.claims import library, theorem, verify
from focal_symbolic.claims.derivation import replay
from focal_symbolic.claims.printing import line
from focal_symbolic.commands.page import derivation
from focal_symbolic.definitions import s, x
from focal_symbolic.errors import FocalError
from focal_symbolic.logic.kernel import Theorem

init_printing(use_latex="mathjax", ln_notation=True)  # formulas say ln, as the text does
grid = np.linspace(0.001, 0.999, 400)
with plots.canvas("s rises from 0 to 1 on (0, 1)") as (picture, axes):
    axes.plot(grid, lambdify(x, s(x))(grid), label="s(x)")
    axes.axhline(1, color=plots.COLOURS["grey"], linewidth=0.8, label="1: is it never reached?")
    axes.set(xlabel="x", ylabel="s(x)", ylim=(0, 1.1))
    axes.legend(loc="lower right")
picture

# %% [markdown]
# The function s is in every formula of this project. It seems to stay below 1. Here it is, and a proof on paper: ln x > 1 − 1/x is
# known (`elementary/log_below`); multiply by −x/(1 − x).

# %%
s(x)

# %% [markdown]
# ## State it
#
# A theorem is one SymPy statement with its variables. Below it stands a function, the proof: one idea a line. And with it
# goes a *false twin*, a nearby statement that is wrong, on which every check has to fail.

# %%
inside = {x: Interval.open(0, 1)}
below_one = partial(theorem, "s lies below 1 on (0, 1)", over=inside, shows=s(x) < 1)


@below_one(false="s lies below 99/100 on (0, 1)", but=s(x) < Rational(99, 100))
def s_below_one(proof):
    """Write ln x > 1 - 1/x, times x/(1 - x)."""
    proof.combine({proof.use(log_below): x / (1 - x)})


# %% [markdown]
# ## Derive it
#
# Nothing has been checked so far. The *writer* turns the idea into full steps; it finds the premises. The *kernel* then replays
# the steps and believes nothing but its rules. Here are the lines that come out:

# %%
print("\n".join(derivation(s_below_one.claim, library.steps_of(s_below_one))))

# %% [markdown]
# ## Verify it
#
# Three legs: the derivation is replayed; the statement is *enclosed* by balls, on a whole box at once; random cases *attack* it.
# And the twin has to be refused by all three.

# %%
outcome = verify.check(s_below_one, examples=200)
derived, measured, fuzzed = outcome.derivation, outcome.precision, outcome.fuzz
print(f"verified: {outcome.verified}")
print(f"derivation: {derived.verdict} in {derived.steps} steps, using {', '.join(derived.lemmas)}")
print(f"precision:  {measured.verdict} in {measured.checks} pieces of the box")
print(
    f"fuzz:       {fuzzed.verdict} with {fuzzed.examples} cases; closest at {fuzzed.closest['case']}"
)

# %%
for leg, how in outcome.twin.how.items():
    print(fill(f"the twin falls by {leg:10}: {how}", 84, subsequent_indent=" " * 4))

# %% [markdown]
# ## Claim too much
#
# What if we are wrong? Claim 99/100 with the same proof. The writer says what is left over, the balls and the fuzz where it fails.


# %%
@theorem(
    "s lies below 99/100",
    over=inside,
    shows=s(x) < Rational(99, 100),
    false="s lies below 0",
    but=s(x) < 0,
)
def too_much(proof):
    """The same idea."""
    proof.combine({proof.use(log_below): x / (1 - x)})


for reason in verify.check(too_much, examples=200).reasons:
    print(fill(f"- {reason}", 84, subsequent_indent=" " * 4))

# %% [markdown]
# ## Forget a hypothesis
#
# Let x be 1 as well. Then 1 − x may be 0, and s is not defined there. The writer says which hypothesis is missing:


# %%
@theorem(
    "s lies below 1 on (0, 1]",
    over={x: Interval.Lopen(0, 1)},
    shows=s(x) < 1,
    false="s lies below 0",
    but=s(x) < 0,
)
def one_too_far(proof):
    """The same idea."""
    proof.combine({proof.use(log_below): x / (1 - x)})


try:
    library.steps_of(one_too_far)
except FocalError as error:
    print(error)

# %% [markdown]
# ## Cheat
#
# Can one get round the kernel? A theorem is an object that only the kernel makes. And a step that does not follow is refused: take
# a true derivation and change what its last step says.

# %%
try:
    Theorem(object(), frozenset(), None, frozenset(), frozenset(), frozenset())
except FocalError as error:
    print(error)

# %%
steps = library.steps("elementary/log_below")
wrong = library.result("elementary/log_below").falsehood
print("claimed instead:", line(wrong.goal))
try:
    replay(wrong, steps, library.theorem)
except FocalError as error:
    print(error)

# %% [markdown]
# ## Let another judge look: Coq
#
# The kernel is ours, so it may have a hole. Every derivation is also exported to Coq, in which nothing is cited: the mean value
# theorem is proved there. Coq gets the definitions, the statement and a proof; what the claim rests on are Coq's own axioms of the
# real numbers, and Coq lists them. (The first time this takes a minute, for the library is compiled.)

# %% tags=["coq"]
found, _ = second_judge.outcomes(["elementary/log_below"])
judged = found["elementary/log_below"]
print("by Coq:", judged.verdict, "and the twin refused" if judged.refuses_twin else judged.reason)
print(*judged.axioms, sep="\n")

# %% [markdown]
# Where Coq is not installed, the cell says so, and how to get it. «Not installed» never counts as proved.
#
# ## What remains to be believed
#
# The statement itself: that `s(x) < 1` is what you meant. The kernel with its rules (`focal-symbolic verify --trusted` lists
# them by file and line), or Coq with one page of definitions. And the theorems that are cited. Everything else is checked.
#
# ## Exercises
#
# 1. State and prove that (1 − x) s(x) is positive on (0, 1). (`proof.sign()` may be enough. What is a good false twin?)
# 2. The twin of exercise 1 must be refused by all three legs. Try a twin that is true and see what the run says.
# 3. Show that s(x) > x on (0, 1). Which bound of the logarithm is needed, and with what weight?
#
# [Solutions](solutions/s07_prove_it_yourself.py)
