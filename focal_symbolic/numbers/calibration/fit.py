"""gamma and the temperature by maximum likelihood: the log loss of calibrated outputs, its gradient and its information.

With u = b z the logits at inverse temperature b = 1/T, q = softmax(u) and p proportional to 1/(alpha phi(q)), ln p_x moves with
gamma by G_x - E_p G, G = -d ln phi(q)/d gamma, and with ln b by the same of G_x = e_x (u_x - E_q u), e = -d ln phi/d ln q.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from focal_symbolic.errors import InputError
from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.calibration.calibrate import softmax_of
from focal_symbolic.numbers.floats.kinds import Array, Index

__all__ = ["Fit", "fit"]

BLOCK = 1 << 17
"""Numbers that are worked on at a time."""
STEPS, SETTLED = 200, 1e-15
"""The most steps, and the gain of the mean log loss in a step after which the next is nothing."""
MOST_GAMMA, WIDEST = 1000.0, math.log(1e3)
"""Up to where gamma is sought, and how far ln T may go from 0: beyond, the labels do not tell."""
TINY = 1e-300


@dataclass(frozen=True)
class Fit:
    """What was fitted; the errors are standard errors, from the inverse of the expected information, None of what was given."""

    gamma: float
    temperature: float
    gamma_error: float | None
    temperature_error: float | None
    log_loss: float
    """The mean log loss in nats."""
    steps: int
    settled: bool


@dataclass(frozen=True)
class _Point:
    """The mean log loss at (gamma, ln b), minus its gradient, and the expected information."""

    gamma: float
    log_b: float
    loss: float
    score: Array
    information: Array


class _Problem:
    """Logits of N x C, the column of each row's label, and weights."""

    def __init__(self, logits: Array, labels: Index, weights: Array | None) -> None:
        self.logits, self.labels = logits, labels
        self.log_weights: Array = np.zeros(1) if weights is None else np.log(weights)

    def at(self, gamma: float, log_b: float) -> _Point:
        loss, score, information = 0.0, np.zeros(2), np.zeros((2, 2))
        size = max(BLOCK // self.logits.shape[1], 1)
        for start in range(0, len(self.logits), size):
            rows = slice(start, start + size)
            weights = self.log_weights if np.ndim(self.log_weights) < 2 else self.log_weights[rows]
            one = self.block(self.logits[rows], self.labels[rows], gamma, math.exp(log_b), weights)
            loss, score, information = loss + one[0], score + one[1], information + one[2]
        n = len(self.logits)
        return _Point(gamma, log_b, loss / n, score / n, information / n)

    def block(self, logits: Array, labels: Index, gamma: float, b: float, log_weights: Array) -> tuple[float, Array, Array]:
        """(the sum of the log losses, minus its gradient, its expected information) of some rows."""
        u = b * (logits - logits.max(-1, keepdims=True))
        q, c = softmax_of(u)
        none = q == 0
        u, q, c = np.where(none, 0.0, u), np.where(none, TINY, q), np.maximum(c, TINY)
        log_q = np.where(q > 0.5, np.log1p(-np.minimum(c, 0.5)), np.log(q))
        log_c = np.where(c > 0.5, np.log1p(-np.minimum(q, 0.5)), np.log(c))
        odds = q / c
        s = formulas.lift(-1.0, odds, log_q)
        lift = gamma * s
        log_p = log_q - gamma * log_c - np.log1p(lift) - log_weights
        log_p = np.where(none, -np.inf, log_p)
        log_p = log_p - log_p.max(-1, keepdims=True)
        log_p -= np.log(np.exp(log_p).sum(-1, keepdims=True))
        p = np.exp(log_p)
        mean = np.where(none, 0.0, q * u).sum(-1, keepdims=True)
        by_gamma = -(log_c + s / (1 + lift))
        by_log_b = formulas.stiffness(gamma, odds, lift) / (1 + lift) * (u - mean)
        away = [np.where(none, 0.0, one - (p * one).sum(-1, keepdims=True)) for one in (by_gamma, by_log_b)]
        places = np.arange(len(labels)), labels
        score = np.array([one[places].sum() for one in away])
        information = np.array([[float((p * one * other).sum()) for other in away] for one in away])
        return -float(log_p[places].sum()), score, information


def fit(logits: Array, labels: Index, weights: Array | None, gamma: float | None, temperature: bool) -> Fit:
    """The gamma and the temperature of the least log loss; `gamma` if it is known, temperature 1 unless it is to be fitted.

    Args: logits are N x C, labels the column of each row, weights those of the loss, one a column or N x C.
    Raises: InputError if a label has probability 0.
    """
    problem = _Problem(logits, labels, weights)
    free = [gamma is None, temperature]
    here = problem.at(1.0 if gamma is None else gamma, 0.0)
    if not math.isfinite(here.loss):
        _refuse_lost_labels(logits, labels)
    steps, damping, settled = 0, 1e-3, not any(free)
    while not settled and steps < STEPS:
        steps += 1
        step = _step(here, free, damping)
        new = (
            float(min(max(here.gamma + step[0], 0.0), MOST_GAMMA)),
            float(min(max(here.log_b + step[1], -WIDEST), WIDEST)),
        )
        gain = float(here.score @ np.array([new[0] - here.gamma, new[1] - here.log_b]))
        there = problem.at(*new)
        if there.loss < here.loss:
            here, damping = there, max(damping / 10, 1e-9)
        else:
            damping *= 10
        settled = gain < SETTLED or damping > 1e12
    errors = _errors(here, free, len(logits))
    return Fit(
        gamma=here.gamma,
        temperature=math.exp(-here.log_b),
        gamma_error=errors[0],
        temperature_error=None if errors[1] is None else errors[1] * math.exp(-here.log_b),
        log_loss=here.loss,
        steps=steps,
        settled=settled,
    )


def _step(here: _Point, free: list[bool], damping: float) -> Array:
    """A step of Fisher's scoring, damped; a parameter at its end that would go beyond stays there."""
    at_end = [
        (here.gamma <= 0 and here.score[0] < 0) or (here.gamma >= MOST_GAMMA and here.score[0] > 0),
        abs(here.log_b) >= WIDEST and here.score[1] * here.log_b > 0,
    ]
    moving = [place for place in range(2) if free[place] and not at_end[place]]
    step = np.zeros(2)
    if moving:
        some = here.information[np.ix_(moving, moving)]
        damped = some + damping * np.diag(np.diag(some)) + TINY * np.eye(len(moving))
        step[moving] = np.linalg.solve(damped, here.score[moving])
    return step


def _errors(here: _Point, free: list[bool], n: int) -> list[float | None]:
    """Standard errors of gamma and of ln T; infinite where the labels do not tell."""
    moving = [place for place in range(2) if free[place]]
    some = n * here.information[np.ix_(moving, moving)]
    errors: list[float | None] = [None, None]
    scale = np.sqrt(np.maximum(np.diag(some), 0.0))
    known = bool(moving) and bool(scale.all())
    if known:
        alike = some / np.outer(scale, scale)
        known = bool(np.linalg.eigvalsh(alike).min() > 1e-12)
    for at, place in enumerate(moving):
        errors[place] = float(np.sqrt(np.linalg.inv(alike)[at, at]) / scale[at]) if known else math.inf
    return errors


def _refuse_lost_labels(logits: Array, labels: Index) -> None:
    lost = np.isneginf(logits[np.arange(len(labels)), labels])
    row = int(np.argmax(lost)) if lost.any() else 0
    raise InputError(
        f"q[{row}] gives its label the probability 0, so that the log loss is infinite; give logits by from_logits=True, "
        "or leave such rows out."
    )
