"""The same with a network, by PyTorch: features on a line, labels of a known P(·|x), a perceptron with two hidden layers.

A finite network, a finite sample and a finite number of steps: it does not reach Q* exactly, and what is left is measured.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import numpy as np

from experiments.softmax import Array, softmax
from focal_symbolic import arrays, plots
from focal_symbolic.numbers import formulas

__all__ = ["available", "conditional", "draw", "run", "trained"]

CLASSES, HIDDEN, BATCH, STEPS, RATE = 4, 32, 500, 3000, 1e-2
GRID = np.linspace(-2, 2, 161)
SIZES = (1_000, 10_000, 100_000)
SEEDS = 3


def available() -> bool:
    """Whether PyTorch is installed."""
    return find_spec("torch") is not None


def conditional(at: Array) -> Array:
    """P(·|x): what the labels are drawn from."""
    waves = [np.sin(2 * at) + 1.6, 1.2 * np.cos(3 * at), at, -1.5 + 0.5 * np.cos(at)]
    return softmax(np.stack(waves, -1))


def trained(gamma: float, size: int, seed: int, steps: int = STEPS) -> Array:
    """The distributions on the grid of a network trained on so many cases, with the focal loss from log-probabilities."""
    import torch

    generator = np.random.default_rng((seed, size))
    x = generator.uniform(-2, 2, size)
    labels = (generator.random((size, 1)) > conditional(x).cumsum(-1)).sum(-1).clip(max=CLASSES - 1)
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    layers = torch.nn.Linear(1, HIDDEN), torch.nn.Tanh(), torch.nn.Linear(HIDDEN, HIDDEN), torch.nn.Tanh()
    network = torch.nn.Sequential(*layers, torch.nn.Linear(HIDDEN, CLASSES)).double()
    optimizer = torch.optim.Adam(network.parameters(), lr=RATE)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    inputs, targets = torch.from_numpy(x)[:, None], torch.from_numpy(labels)[:, None]
    for _ in range(steps):
        some = torch.from_numpy(generator.integers(size, size=BATCH))
        log_q = network(inputs[some]).log_softmax(-1).gather(1, targets[some])
        loss = formulas.loss_of((-log_q.expm1()).clamp_min(1e-300) ** gamma, log_q).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    with torch.no_grad():
        return np.asarray(network(torch.from_numpy(GRID)[:, None]).softmax(-1).numpy())


def run(
    sizes: tuple[int, ...] = SIZES, seeds: int = SEEDS, gammas: tuple[float, ...] = (2.0,), steps: int = STEPS
) -> tuple[list[dict[str, object]], dict[float, Array]]:
    """A row for each γ and size, and the distributions on the grid for the largest size and the first seed."""
    p = conditional(GRID)
    rows: list[dict[str, object]] = []
    curves: dict[float, Array] = {}
    for gamma in gammas:
        best = arrays.minimizer(p, gamma).q
        for size in sizes:
            found = [trained(gamma, size, seed, steps) for seed in range(seeds)]
            curves[gamma] = found[0]
            squares = np.array([[((q - to) ** 2).sum(-1).mean() for to in (best, p)] for q in found])
            means, errors = np.sqrt(squares.mean(0)), squares.std(0, ddof=1) / np.sqrt(seeds)
            rows.append(
                {
                    "gamma": gamma,
                    "cases": size,
                    "seeds": seeds,
                    "to_minimizer": float(means[0]),
                    "to_minimizer_error": float(errors[0] / (2 * means[0])),
                    "to_data": float(means[1]),
                    "to_data_error": float(errors[1] / (2 * means[1])),
                    "minimizer_to_data": float(np.sqrt(((best - p) ** 2).sum(-1).mean())),
                }
            )
    return rows, curves


def draw(curves: dict[float, Array]) -> Any:
    """P(·|x), Q*(·|x) and what was trained, a panel for each γ."""
    p = conditional(GRID)
    about = "a trained network lies on the minimizer for each x, away from the distribution that its labels were drawn from"
    with plots.canvas(about, columns=len(curves), size=(4.0 * len(curves) + 0.5, 4.2), sharey=True, squeeze=False) as drawn:
        picture, (panels,) = drawn
        for axes, (gamma, q) in zip(panels, curves.items(), strict=True):
            best = arrays.minimizer(p, gamma).q
            for k, name in enumerate(("blue", "orange", "green", "purple")):
                colour = plots.COLOURS[name]
                told = [f"{what}, class {k + 1}" for what in ("P", "Q*", "trained")]
                axes.plot(GRID, p[:, k], color=colour, linewidth=1.4, linestyle=":", label=told[0])
                axes.plot(GRID, best[:, k], color=colour, linewidth=1.2, label=told[1])
                axes.plot(GRID[::6], q[::6, k], plots.MARKS[k], color=colour, markersize=3.5, label=told[2])
            axes.set(xlim=(-2, 2), ylim=(0, 1), xlabel="feature x")
            axes.set_title(f"γ = {gamma:g}")
        panels[0].set_ylabel("probability of the class")
        named, words = panels[0].get_legend_handles_labels()
        picture.legend(named, words, loc="outside lower left", ncols=4)
    return picture
