# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
# ---

# %% [markdown]
# # A tour of the focal-entropy
#
# A script that Jupyter (with jupytext) and most editors open as a notebook. Nothing here is retyped: formulas come from
# `definitions`, statements from the claims in `proofs`, numbers from the certified solver. It needs the extra `plots`.

# %%
import matplotlib.pyplot as plt
import numpy as np
from mpmath import nstr

from focal_symbolic import Distribution, minimizer
from focal_symbolic.claims import library
from focal_symbolic.claims.derivation import replay
from focal_symbolic.claims.printing import line, stated
from focal_symbolic.numbers import arrays

# %% [markdown]
# ## What the loss does to the shares
#
# Each dot is a class. Above the line it is amplified, below it suppressed: the commonest always, the rarest for some gamma.

# %%
counts = [100_000 // 2**k for k in range(15)]
p = np.array(counts) / sum(counts)
figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
for gamma in (0.5, 2, 5, 20):
    found = arrays.minimizer(p, gamma)
    left.loglog(p, found.q / p, "o-", label=f"gamma = {gamma}")
left.axhline(1, color="black", linewidth=1)
left.set(xlabel="p", ylabel="q / p", title="amplified or suppressed")
left.legend()

# %% [markdown]
# ## The gain decides
#
# q/p = psi(q)/lambda (`amplification/ratio_law`), and psi has no dip (`amplification/interval`): the amplified probabilities
# form one interval.

# %%
grid = np.geomspace(1e-6, 0.999, 400)
for gamma in (0.5, 2, 5, 20):
    right.semilogx(grid, arrays.gain(grid, gamma), label=f"gamma = {gamma}")
right.axhline(1, color="black", linewidth=1)
right.set(xlabel="q", ylabel="psi(q)", title="the gain")
figure.tight_layout()

# %% [markdown]
# ## A theorem, live
#
# The page of the theorem holds the ideas; the writer makes steps of them, and replaying these in the kernel makes the theorem.

# %%
result = library.result("high_suppression/suppressed")
steps = library.steps(result.name)
theorem = replay(result.claim, steps, library.theorem)
print(result.claim.statement)
print(line(stated(theorem.conclusion)), "under", "; ".join(sorted(line(stated(one)) for one in theorem.hypotheses)))
print(len(steps), "steps, resting on", ", ".join(sorted(cited.name for cited in theorem.cited)))

# %% [markdown]
# ## The same, in numbers
#
# Thirty certified digits: the head holds more than half of the mass and loses.

# %%
head = Distribution.from_counts([60, 30, 10])
best = minimizer(head, gamma=2, dps=30)
for share, entry in zip(head, best.q, strict=True):
    print(share, "->", nstr(entry, 30), "amplified" if entry > float(share) else "suppressed")
