"""`focal-symbolic thresholds`: how many classes it takes to suppress the rarest, and up to which gamma so many can."""

from __future__ import annotations

import sys
from typing import Any

import click

from focal_symbolic.commands.parameters import DPS, JSON, Number, NumbersCommand, Whole
from focal_symbolic.commands.writing import dump

__all__ = ["command"]


@click.command("thresholds", cls=NumbersCommand, short_help="How many classes it takes to suppress the rarest.")
@click.option("--classes", type=Whole(1), help="A number of classes: up to which gamma can they suppress their rarest?")
@click.option("--gamma", type=Number(), help="The focusing parameter, more than 0: how many classes does it take?")
@DPS
@JSON
def command(classes: int | None, gamma: str | None, dps: int, as_json: bool) -> None:
    """Where suppression begins: p_0(gamma), the number of classes that it takes, and gamma*(n) for n classes.

    A commonest class with p_0 or more is suppressed. The rarest of n classes can be suppressed if and only if n - 1 > 1/p_0,
    that is if gamma < gamma*(n).

    \b
    Examples:
      focal-symbolic thresholds --classes 80
      focal-symbolic thresholds --gamma 2 --dps 20
    """
    if (classes is None) == (gamma is None):
        raise click.UsageError("give one of --classes and --gamma, such as --classes 80 or --gamma 2.")
    lines, document = _of_classes(classes, dps) if classes is not None else _of_gamma(str(gamma), dps)
    if as_json:
        dump(document, sys.stdout)
    else:
        for line in lines:
            click.echo(line)


def _of_classes(n: int, dps: int) -> tuple[list[str], dict[str, Any]]:
    """The lines and the document for a number of classes."""
    from focal_symbolic.numbers.decimals import digits
    from focal_symbolic.numbers.thresholds import class_threshold

    found = class_threshold(n, dps)
    gamma = digits(found, dps)
    if not found:
        told = f"{n} {'class never suppresses itself' if n == 1 else 'classes never suppress their rarest'}, whatever gamma is."
        return [told], {"classes": n, "dps": dps, "gamma": gamma}
    told = f"{n} classes can suppress their rarest if and only if gamma < gamma*({n})"
    return [f"gamma*({n})  {gamma}", told], {"classes": n, "dps": dps, "gamma": gamma}


def _of_gamma(gamma: str, dps: int) -> tuple[list[str], dict[str, Any]]:
    """The lines and the document for a focusing parameter."""
    from flint import fmpz

    from focal_symbolic.distribution import gamma_of
    from focal_symbolic.numbers.decimals import digits
    from focal_symbolic.numbers.thresholds import classes, p0

    focus = gamma_of(gamma)
    number = fmpz(classes(focus)).str()  # Python's own str stops at 4300 digits, and a reader of JSON at 2^53
    document = {"gamma": digits(focus, dps), "dps": dps, "p0": digits(p0(focus, dps), dps), "classes": number}
    told = f"at gamma = {document['gamma']} the rarest of so many classes can be suppressed, of fewer never"
    return [f"p_0      {document['p0']}", f"classes  {number}", told], document
