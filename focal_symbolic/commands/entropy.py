"""`focal-symbolic entropy`: the focal-entropy of two distributions."""

from __future__ import annotations

import sys

import click

from focal_symbolic.commands.parameters import DPS, GAMMA, JSON, Number, NumbersCommand
from focal_symbolic.commands.writing import dump

__all__ = ["command"]


@click.command("entropy", cls=NumbersCommand, short_help="The focal-entropy of two distributions.")
@click.option("--p", type=Number(), multiple=True, metavar="P...", help="The data distribution: --p 0.7 0.2 0.1")
@click.option("--q", type=Number(), multiple=True, metavar="Q...", help="The model distribution: --q 0.5 0.3 0.2")
@GAMMA
@DPS
@JSON
def command(p: tuple[str, ...], q: tuple[str, ...], gamma: str, dps: int, as_json: bool) -> None:
    """The focal-entropy of the data P and the model Q in nats; inf where it is infinite.

    P and Q are probabilities that sum to 1 exactly, as decimals or fractions, over the same outcomes.

    \b
    Example:
      focal-symbolic entropy --p 0.7 0.2 0.1 --q 0.5 0.3 0.2 --gamma 2 --dps 50
    """
    for name, values in (("p", p), ("q", q)):
        if not values:
            raise click.UsageError(f"{name} is empty; give it by --{name}, such as --{name} 0.7 0.3.")
    from focal_symbolic.distribution import gamma_of, pair_of
    from focal_symbolic.numbers.decimals import digits
    from focal_symbolic.numbers.entropy import focal_entropy

    (data, model), focus = pair_of(p, q), gamma_of(gamma)
    value = digits(focal_entropy(data, model, focus, dps), dps)
    if not as_json:
        click.echo(value)
        return
    shown = {name: [digits(one, dps) for one in values] for name, values in (("p", data), ("q", model))}
    dump({"gamma": digits(focus, dps), "dps": dps, **shown, "entropy": value}, sys.stdout)
