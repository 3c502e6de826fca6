"""What the legs share: how a case is told, and an exception as a sentence."""

from __future__ import annotations

from collections.abc import Callable

from focal_symbolic.claims import judging
from focal_symbolic.claims.evaluate import Decision, Environment
from focal_symbolic.claims.verify.outcomes import Refusal

__all__ = ["NotRefused", "place", "refusal", "sentence", "told"]


class NotRefused(Exception):
    """A leg that did not refuse the twin."""


def refusal(attempt: Callable[[], str]) -> Refusal:
    """What an attempt to refuse a twin comes to. An exception other than the leg's own refusal is no refutation."""
    try:
        return Refusal(how=attempt())
    except NotRefused as error:
        return Refusal(reason=str(error))
    except Exception as error:
        return Refusal(reason=sentence(error))


def sentence(error: BaseException) -> str:
    """An exception in one line."""
    if type(error) is KeyError and len(error.args) == 1 and isinstance(error.args[0], str):
        return f"the statement speaks of {error.args[0]}, of which nothing is said; name it in over."
    return f"{type(error).__name__}: {judging.told(error)}"


def told(decision: Decision, environment: Environment) -> str:
    """What was decided, and in which case."""
    what = {1: "true", 0: f"undecided with {decision.bits} bits", -1: "false"}[decision.value]
    return f"{what}: {decision.where}, {place(environment)}"


def place(environment: Environment) -> str:
    """A case, in exact strings."""
    return "at " + ", ".join(f"{name} = {value}" for name, value in environment.describe().items())
