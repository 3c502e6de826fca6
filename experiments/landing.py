"""Where training lands: on Q*_γ(P(·|x)), not on P(·|x), at the rate that the Jacobian of the minimizer predicts.

Eight contexts x, six classes, P(·|x) known. N cases are drawn, a softmax model with logits of its own for each context is
trained with the focal loss, and its distance to Q* and to P is measured. As the model can be any distribution, it lands on the
minimizer for the empirical distribution, and the delta method tells the distance: with J = dQ*/dP, certified by `jacobian`,
E |q - Q*|^2 = tr(J (diag p - p p^T) J^T)/N + smaller terms. Nothing is fitted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from experiments.softmax import Array, train
from focal_symbolic import Distribution, arrays, jacobian, plots

__all__ = ["CONTEXTS", "draw", "run"]

CONTEXTS = (
    (500, 250, 120, 80, 40, 10),
    (300, 250, 200, 150, 60, 40),
    (700, 120, 80, 50, 30, 20),
    (400, 380, 100, 60, 40, 20),
    (250, 200, 180, 150, 120, 100),
    (620, 200, 100, 50, 20, 10),
    (350, 300, 170, 90, 60, 30),
    (450, 150, 130, 110, 100, 60),
)
"""P(·|x) in thousandths."""
GAMMAS = (0.5, 2.0, 5.0)
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
SEEDS = 20


def predicted(p: Array, gamma: float) -> float:
    """tr(J (diag p - p p^T) J^T), the sum over the contexts."""
    total = 0.0
    for counts in p:
        data = Distribution.from_counts([round(1000 * share) for share in counts])
        move = np.array([[float(one) for one in row] for row in jacobian(data, gamma, dps=15).by_p])
        total += float(np.trace(move @ (np.diag(counts) - np.outer(counts, counts)) @ move.T))
    return total


def run(sizes: tuple[int, ...] = SIZES, seeds: int = SEEDS, gammas: tuple[float, ...] = GAMMAS) -> list[dict[str, object]]:
    """A row for each γ and size: root mean square distances over seeds and contexts, their standard errors, the prediction."""
    p = np.array(CONTEXTS) / 1000
    rows: list[dict[str, object]] = []
    for gamma in gammas:
        best, scale = arrays.minimizer(p, gamma).q, predicted(p, gamma)
        apart = float(np.sqrt(((best - p) ** 2).sum(-1).mean()))
        for size in sizes:
            found = np.array([*_distances(p, best, gamma, size, seeds)])
            (to_best, to_data), errors = np.sqrt(found.mean(0)), found.std(0, ddof=1) / np.sqrt(seeds)
            rows.append(
                {
                    "gamma": gamma,
                    "cases": size,
                    "seeds": seeds,
                    "to_minimizer": float(to_best),
                    "to_minimizer_error": float(errors[0] / (2 * to_best)),
                    "to_data": float(to_data),
                    "to_data_error": float(errors[1] / (2 * to_data)),
                    "predicted_to_minimizer": float(np.sqrt(scale / size)),
                    "minimizer_to_data": apart,
                }
            )
    return rows


def _distances(p: Array, best: Array, gamma: float, size: int, seeds: int) -> Iterator[tuple[float, float]]:
    """The squared distances to Q* and to P, the means over the contexts, for each seed."""
    features = np.eye(len(p))
    for seed in range(seeds):
        generator = np.random.default_rng((seed, size))
        seen = np.array([generator.multinomial(size // len(p), row) for row in p], dtype=float)
        q = train(features, seen, gamma)(features)
        yield float(((q - best) ** 2).sum(-1).mean()), float(((q - p) ** 2).sum(-1).mean())


def draw(rows: list[dict[str, Any]]) -> Any:
    """Both distances against the number of cases, a panel for each γ."""
    gammas = sorted({float(row["gamma"]) for row in rows})
    about = "distance of trained models to Q* falls like one over the root of the cases; the distance to P stays"
    with plots.canvas(about, columns=len(gammas), size=(2.75 * len(gammas) + 0.35, 3.8), sharey=True, squeeze=False) as drawn:
        picture, (panels,) = drawn
        for axes, gamma in zip(panels, gammas, strict=True):
            some = [{key: float(value) for key, value in row.items()} for row in rows if float(row["gamma"]) == gamma]
            sizes = [row["cases"] for row in some]
            for key, name, mark in (("to_data", "to P", "s"), ("to_minimizer", "to Q*", "o")):
                errors = [2 * row[f"{key}_error"] for row in some]
                axes.errorbar(
                    sizes,
                    [row[key] for row in some],
                    errors,
                    fmt=mark,
                    capsize=2,
                    label=f"trained {name}, ± 2 standard errors",
                    zorder=3,
                )
            predicted_line = [row["predicted_to_minimizer"] for row in some]
            axes.plot(sizes, predicted_line, color=plots.COLOURS["grey"], linewidth=1, label="predicted, to Q*")
            axes.axhline(some[0]["minimizer_to_data"], color=plots.COLOURS["grey"], linewidth=1, ls=":", label="Q* to P")
            axes.set(xlim=(700, 1.5e6), ylim=(5e-4, 0.5), xscale="log", yscale="log", xlabel="cases N (logarithmic)")
            axes.set_title(f"γ = {gamma:g}")
        panels[0].set_ylabel("RMS distance (logarithmic)")
        picture.legend(*panels[0].get_legend_handles_labels(), loc="outside lower left", ncols=2)
    return picture
