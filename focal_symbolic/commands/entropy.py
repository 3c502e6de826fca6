"""`focal-symbolic entropy`: the focal-entropy of two distributions."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from focal_symbolic.commands.countable import countable_of, families
from focal_symbolic.commands.parameters import DPS, GAMMA, JSON, Number, NumbersCommand
from focal_symbolic.commands.writing import dump

if TYPE_CHECKING:
    from focal_symbolic.numbers.countable import Countable

__all__ = ["command"]


@click.command("entropy", cls=NumbersCommand, short_help="The focal-entropy of two distributions.")
@click.option("--p", type=Number(), multiple=True, metavar="P...", help="The data distribution: --p 0.7 0.2 0.1")
@click.option("--q", type=Number(), multiple=True, metavar="Q...", help="The model distribution: --q 0.5 0.3 0.2")
@families()
@families("q-", "A model")
@GAMMA
@DPS
@JSON
def command(p: tuple[str, ...], q: tuple[str, ...], gamma: str, dps: int, as_json: bool, **family: str | None) -> None:
    """The focal-entropy of the data P and the model Q in nats; inf where it is infinite.

    P and Q are probabilities that sum to 1 exactly, as decimals or fractions, over the same outcomes. Or both are families
    on infinitely many letters; without a model, the data are their own.

    \b
    Examples:
      focal-symbolic entropy --p 0.7 0.2 0.1 --q 0.5 0.3 0.2 --gamma 2 --dps 50
      focal-symbolic entropy --geometric 1/2 --q-geometric 1/3 --gamma 2
    """
    data_family, model_family = countable_of(family), countable_of(family, "q-")
    if data_family is not None or model_family is not None:
        if p or q or data_family is None:
            raise click.UsageError("give both P and Q as probabilities, or both as families, such as --zeta 2 --q-zeta 3.")
        _of_families(data_family, model_family or data_family, gamma, dps, as_json)
        return
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


def _of_families(data: Countable, model: Countable, gamma: str, dps: int, as_json: bool) -> None:
    from focal_symbolic.distribution import gamma_of
    from focal_symbolic.numbers.decimals import digits

    focus = gamma_of(gamma)
    value = digits(data.focal_entropy(model, focus, dps), dps)
    if as_json:
        names = {"p": data.family.name, "q": model.family.name}
        dump({"gamma": digits(focus, dps), "dps": dps, **names, "entropy": value}, sys.stdout)
    else:
        click.echo(value)
