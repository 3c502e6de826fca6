"""The errors of the package. Each message is one sentence: the claim or argument, the place, the witness, the mend."""

from __future__ import annotations

import re

__all__ = ["FocalError", "InputError", "Rejected", "Undecided", "UnknownClaim"]

_PLACE = re.compile(r"\b([a-z]\w*)\[([0-9]{1,9})\]")


class FocalError(Exception):
    """Any error that this package raises on purpose."""


class InputError(FocalError, ValueError):
    """An argument that breaks a rule; the message names the entry, its index and the rule.

    Parameters
    ----------
    message : str
        The sentence.
    shell : str
        The sentence where the mend is another one on the command line.

    Attributes
    ----------
    shell : str
        The sentence for the command line, where tables count from 1: there `p[1]` is entry 2 of p.

    Examples
    --------
    >>> from focal_symbolic import Distribution
    >>> Distribution(["1.5", "-0.5"])
    Traceback (most recent call last):
    focal_symbolic.errors.InputError: probabilities[1] = '-0.5' is negative; every entry must be at least 0.
    """

    def __init__(self, message: str = "", shell: str = "") -> None:
        super().__init__(message)
        self.shell = shell or _PLACE.sub(lambda place: f"entry {int(place[2]) + 1} of {place[1]}", message)


class UnknownClaim(FocalError, LookupError):
    """No claim of this name; the message suggests the nearest."""


class Rejected(FocalError):
    """The kernel refused a step: the rule that it names does not give the conclusion that it states."""


class Undecided(FocalError):
    """Balls could not decide at the highest precision allowed; the message says where they stuck."""
