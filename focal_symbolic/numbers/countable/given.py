"""A pmf of the user's own, with a bound of its tail."""

from __future__ import annotations

from collections.abc import Callable

from flint import arb, ctx

from focal_symbolic.distribution import exact_number
from focal_symbolic.errors import InputError
from focal_symbolic.numbers.balls import ZERO, ball
from focal_symbolic.numbers.countable.families import Family

__all__ = ["Given"]


class Given(Family):
    """p_k = pmf(k) for k >= first; the sum of p_j over j >= k is at most tail(k), that of p_j ln(1/p_j) information_tail(k)."""

    def __init__(
        self,
        pmf: Callable[[int], object],
        tail: Callable[[int], object],
        information_tail: Callable[[int], object] | None = None,
        first: int = 1,
        name: str = "the pmf",
    ) -> None:
        self.pmf, self.bound, self.information_bound, self.first, self.name = pmf, tail, information_tail, first, name
        self.entropy_is_finite = True if information_tail is not None else None
        self._sums: tuple[int, list[arb]] = (0, [])

    def _number(self, of: Callable[[int], object], k: int, what: str) -> arb:
        value = of(k)
        found = value if isinstance(value, arb) else ball(exact_number(value, f"{what}({k})"))
        if not found.is_finite() or found < 0:
            raise InputError(f"{what}({k}) = {found.str(10)} is not a number of at least 0; give a function with values that are.")
        return found

    def probability(self, k: int) -> arb:
        found = self._number(self.pmf, k, "pmf")
        if not found > 0:
            raise InputError(f"pmf({k}) = {found.str(10)} is not above 0; every letter from {self.first} on must be possible.")
        return found

    def _sum(self, k: int) -> arb:
        """The sum of p_j over j < k."""
        if self._sums[0] < ctx.prec:
            self._sums = ctx.prec, [ZERO]
        sums = self._sums[1]
        while len(sums) <= k - self.first:
            sums.append(sums[-1] + self.probability(self.first + len(sums) - 1))
        return sums[k - self.first]

    def tail(self, k: int) -> arb:
        """What the letters before leave of 1; it must be within the bound."""
        before, bound = self._sum(k), self._number(self.bound, k, "tail")
        if before > 1:
            raise InputError(f"the pmf sums to {before.str(10, radius=False)} over the letters before {k}, above 1; divide by its sum.")
        if before + bound < 1:
            raise InputError(
                f"tail({k}) = {bound.str(10, radius=False)} is no bound: the letters before {k} leave "
                f"{(1 - before).str(10, radius=False)} of 1; give a larger bound, or a pmf that sums to 1."
            )
        left = 1 - before
        return left if left.rad() < bound else ZERO.union(bound)

    def largest(self, k: int) -> arb:
        return self.tail(k).upper()

    def moments(self, k: int, power: int, count: int) -> list[arb]:
        if power > 1 or count > 2:
            return [arb.nan()] * count
        mass = self.tail(k)
        if count == 1 or self.information_bound is None:
            return [mass, arb.nan()][:count]
        return [mass, ZERO.union(self._number(self.information_bound, k, "information_tail"))]

    def check(self, k: int) -> None:
        """Every bound before k against the letters from there to k, and the bound of ln(1/p) as well."""
        whole, information = self._sum(k), ZERO
        for j in range(k - 1, self.first - 1, -1):
            p = self.probability(j)
            information -= p * p.log()
            between, bound = whole - self._sum(j), self._number(self.bound, j, "tail")
            if bound < between:
                raise InputError(
                    f"tail({j}) = {bound.str(10, radius=False)} is no bound: the letters {j} to {k - 1} alone have "
                    f"{between.str(10, radius=False)}; give a larger bound."
                )
            if self.information_bound is not None and self._number(self.information_bound, j, "information_tail") < information:
                raise InputError(
                    f"information_tail({j}) is no bound: the letters {j} to {k - 1} alone have "
                    f"{information.str(10, radius=False)}; give a larger bound."
                )
