"""What is known at a model q without solving: the focal-entropy, the gain, and the inverse map to the data distribution."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from focal_symbolic.errors import InputError
from focal_symbolic.numbers import formulas
from focal_symbolic.numbers.arrays.checks import checked, floats, gammas_of, in_float64, shape_of, weights
from focal_symbolic.numbers.floats.kinds import Array
from focal_symbolic.numbers.floats.rows import BLOCK
from focal_symbolic.numbers.floats.table import EDGE
from focal_symbolic.numbers.floats.twofold import two_quotient, two_total

__all__ = ["data_distribution", "focal_entropy", "gain"]

TINY = 2.0**-900
"""The rounding of smaller numbers is not known in float64."""


def focal_entropy(
    p: ArrayLike, q: ArrayLike, gamma: ArrayLike, complement: ArrayLike | None = None, alpha: ArrayLike | None = None
) -> Array:
    """The focal-entropies of p and q along the last axis, in nats: the sums of alpha p loss(q).

    +inf where alpha p > 0 = q, and 0 * inf = 0. Relative error at most 1e-13 where it is above 1e-300, for the gamma of
    `minimizer`. Worked in blocks of rows.

    Parameters
    ----------
    p, q : array_like (..., n)
        Data and models, as p of `minimizer`.
    gamma : array_like
        The focusing parameters, at least 0, broadcast to (...).
    complement : array_like (..., n), optional
        What q leaves of 1, if it is known better than q tells.
    alpha : array_like (..., n) or (n,), optional
        The weights of the loss, at least 0; for n = 2 also one number, alpha for the first class and 1 - alpha for the second.

    Returns
    -------
    float64 array (...)
        The focal-entropies, in nats.

    Raises
    ------
    InputError
        For an argument that breaks a rule.

    Notes
    -----
    The loss is of [lin2017], the focal-entropy of [shah2026].

    Examples
    --------
    >>> from focal_symbolic import arrays
    >>> arrays.focal_entropy([0.7, 0.3], [[0.7, 0.3], [0.6, 0.4]], 2.0).round(6)
    array([0.199455, 0.156172])
    """
    data, given = checked(p, "p"), _Given(q, gamma, complement)
    n = given.n
    if data.shape[-1] != n:
        raise InputError(f"p has {data.shape[-1]} classes and q has {n}; both must be over the same outcomes.")
    share = weights(alpha, n)

    def work(q: Array, gamma: Array, complement: Array | None, p: Array, alpha: Array | None) -> Array:
        at = _Point(in_float64(q), gamma, complement)
        loss: Array = formulas.loss_of(_power(at.c, at.lost, at.gamma), at.log_q)
        loss = np.where(at.zero, np.inf, np.where(at.one, 0.0, loss))
        p = in_float64(p)
        mass = p if alpha is None else p * alpha
        entropy: Array = (mass * np.where(mass > 0, loss, 0.0)).sum(-1) / p.sum(-1)
        return entropy

    return given.by_blocks(work, (data, share), data=("p", "alpha"))


def gain(q: ArrayLike, gamma: ArrayLike, complement: ArrayLike | None = None) -> Array:
    """The gain psi(q) = (1 - q)^gamma (1 + gamma s(q)) of every entry, with psi(0) = 1.

    Relative error at most 1e-13 where it is above 1e-300, for the gamma of `minimizer`.

    Parameters
    ----------
    q : array_like (..., n)
        Numbers of [0, 1], with the classes along the last axis.
    gamma : array_like
        The focusing parameters, at least 0, broadcast to (...).
    complement : array_like (..., n), optional
        What q leaves of 1, if it is known better than q tells.

    Returns
    -------
    float64 array (..., n)
        The gains.

    Raises
    ------
    InputError
        For an argument that breaks a rule.

    Notes
    -----
    The ratio of the gradients of the focal loss and of the cross-entropy [mukhoti2020].

    Examples
    --------
    >>> from focal_symbolic import arrays
    >>> arrays.gain([0.0, 0.25, 1.0], 2.0).round(6)
    array([1.     , 1.08236, 0.     ])
    """
    points, power = floats(q, "q"), gammas_of(gamma)
    beside = None if complement is None else floats(complement, "complement")
    at = _Point(points, power[..., None] if points.ndim else power, beside, of="entries")
    value = _power(at.c, at.lost, at.gamma) * (1 + at.lift)
    return np.where(at.zero, 1.0, np.where(at.one, np.where(at.gamma > 0, 0.0, 1.0), value))


def data_distribution(
    q: ArrayLike, gamma: ArrayLike, complement: ArrayLike | None = None, alpha: ArrayLike | None = None
) -> Array:
    """The data distributions of which q are the minimizers: p proportional to 1/(alpha phi(q)).

    Relative error at most 1e-13 in every p above 1e-300, for the gamma of `minimizer`. p = q for a degenerate q. Worked in
    blocks of rows; a row comes out the same in every bit whatever rows are beside it.

    Parameters
    ----------
    q : array_like (..., n)
        The models, as p of `minimizer`.
    gamma : array_like
        The focusing parameters, at least 0, broadcast to (...).
    complement : array_like (..., n), optional
        What q leaves of 1, if it is known better than q tells.
    alpha : array_like (..., n) or (n,), optional
        The weights of the loss, above 0; for n = 2 also one number, alpha for the first class and 1 - alpha for the second.

    Returns
    -------
    float64 array (..., n)
        The data p.

    Raises
    ------
    InputError
        For an argument that breaks a rule.

    Notes
    -----
    The inverse map of [charoenphakdee2021]; the claim `class_count/every_pmf_is_a_minimizer`.

    Examples
    --------
    >>> from focal_symbolic import arrays
    >>> arrays.data_distribution([0.5, 0.3, 0.2], 2.0).round(6)
    array([0.638527, 0.229551, 0.131921])
    """
    given = _Given(q, gamma, complement)
    share = weights(alpha, given.n, positive=True)
    share = None if share is None else share / share.min(-1, keepdims=True)
    return given.by_blocks(_inverse, (share,), data=("alpha",), classes=True)


def _inverse(q: Array, gamma: Array, complement: Array | None, alpha: Array | None) -> Array:
    """The data distributions of a block of rows."""
    at = _Point(in_float64(q), gamma, complement)
    heaviest = np.where(at.zero, 1.0, at.c).argmin(-1, keepdims=True)
    least, lost = (np.take_along_axis(one, heaviest, -1) for one in (at.c, at.lost))
    # at most 1, so that its powers underflow only where p does; where q is 0, what stands for 1 - q may be less
    ratio, error = two_quotient(np.minimum(least, at.c), 0.0, at.c, 0.0)
    share: Array = at.q * _power(ratio, lost - at.lost + _relative(error, ratio), at.gamma) / (1 + at.lift)
    share = np.where(at.one, 1.0, np.where(at.zero | at.one.any(-1, keepdims=True), 0.0, share))
    if alpha is not None:
        share = share / alpha
    total: Array = share.sum(-1, keepdims=True)
    return share / total


class _Given:
    """q with gamma and 1 - q, checked, and what is worked out of them block by block."""

    def __init__(self, q: ArrayLike, gamma: ArrayLike, complement: ArrayLike | None) -> None:
        self.q, self.gamma = checked(q, "q"), gammas_of(gamma)
        self.complement = None if complement is None else floats(complement, "complement")
        if self.complement is not None and self.complement.shape != self.q.shape:
            raise InputError("complement is not 1 - q; give the complement that belongs to q.")
        self.n = self.q.shape[-1]

    def by_blocks(
        self, work: Callable[..., Array], others: tuple[Array | None, ...], data: tuple[str, ...], classes: bool = False
    ) -> Array:
        """What `work` makes of (q, gamma, 1 - q, *others), in blocks that fit the cache; `classes` if it keeps their axis."""
        shapes = {name: one.shape[:-1] for name, one in zip(data, others, strict=True) if one is not None}
        rows = shape_of(self.n, q=self.q.shape[:-1], gamma=self.gamma.shape, **shapes)
        parts = [
            None if one is None else one.reshape((1,) * (len(rows) + 1 - one.ndim) + one.shape)
            for one in (self.q, self.gamma[..., None], self.complement, *others)
        ]
        found = np.empty((*rows, self.n) if classes else rows)
        _fill(found, work, parts, rows, self.n)
        return found if found.ndim else found[()]


def _fill(found: Array, work: Callable[..., Array], parts: Sequence[Array | None], rows: tuple[int, ...], n: int) -> None:
    """found = work(*parts), a block of rows after the other."""
    if not rows or math.prod(rows) * n <= BLOCK:
        found[...] = work(*parts)
        return
    size = BLOCK // (math.prod(rows[1:]) * n) or int(len(rows) == 1)
    for at in range(0, rows[0], max(size, 1)):
        some = [None if one is None else one if len(one) == 1 else one[at : at + max(size, 1)] for one in parts]
        if size:
            found[at : at + size] = work(*some)
        else:
            _fill(found[at], work, [None if one is None else one[0] for one in some], rows[1:], n)


class _Point:
    """q, 1 - q, ln q and the lift, with gamma in shape; harmless numbers stand where q is 0 or 1."""

    lost: Array
    """What 1 - q lost when it was rounded, relative."""

    def __init__(self, q: Array, gamma: Array, complement: Array | None, of: str = "rows") -> None:
        if not ((q >= 0) & (q <= 1)).all():
            raise InputError("q has an entry outside [0, 1]; give probabilities.")
        self.gamma = gamma
        if complement is not None:
            c = complement
            low = np.where(c > 0.5, (1 - c) - q, 0.0) if c.shape == q.shape else c  # of the two, the smaller says more
        elif of == "rows":  # what the others leave of 1 says more of the heaviest than q does
            head = np.expand_dims(q.argmax(-1), -1)
            rest = q.copy()
            np.put_along_axis(rest, head, 0.0, -1)
            total = two_total(q, -1)
            q, q_low = two_quotient(q, 0.0, *total)
            c = 1 - q
            low = ((1 - c) - q) - q_low
            for part, of_head in zip((c, low), two_quotient(*two_total(rest, -1), *total), strict=True):
                np.put_along_axis(part, head, of_head, -1)
        else:
            c = 1 - q
            low = (1 - c) - q
        if c.shape != q.shape or not (np.abs(c + q - 1) <= 2.0**-50).all():
            raise InputError("complement is not 1 - q; give the complement that belongs to q.")
        self.zero, self.one = q == 0, c == 0
        plain = ~(self.zero | self.one)
        self.q, self.c = np.where(plain, q, 0.5), np.where(plain, c, 0.5)
        self.log_q = np.where(self.c < 0.5, np.log1p(-np.minimum(self.c, 0.5)), np.log(self.q))
        self.lost = _relative(np.where(plain, low, 0.0), self.c)
        self.lift = formulas.lift(-self.gamma, self.q, self.log_q / self.c)  # so that 1 - q may be below float64


def _relative(error: Array, value: Array) -> Array:
    """error/value; 0 where the error may be below float64: only a small gamma has a power of such a value above 1e-300."""
    return np.where(value > TINY, error / value, 0.0)


def _power(value: Array, lost: Array, gamma: Array) -> Array:
    """(value (1 + lost))^gamma."""
    return np.power(value, gamma) * np.exp(np.minimum(gamma * lost, EDGE))
