"""What Hypothesis loads when it starts (entry-point group `hypothesis`); it must not import Hypothesis on its own account."""

from __future__ import annotations

__all__ = ["register"]


def register() -> None:
    """Let `from_type(Distribution)` draw `strategies.distributions()`; the strategies are imported when first asked for."""
    from hypothesis.strategies import SearchStrategy, register_type_strategy  # noqa: PLC0415  (Hypothesis is starting)

    from focal_symbolic.distribution import Distribution  # noqa: PLC0415  (a start without it stays quick)

    def lazily(_: type) -> SearchStrategy[Distribution]:
        from focal_symbolic.claims.strategies import distributions  # noqa: PLC0415  (it imports Hypothesis)

        return distributions()

    register_type_strategy(Distribution, lazily)
