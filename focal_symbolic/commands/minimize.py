"""`focal-symbolic minimize`: the minimizer of the focal-entropy."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from focal_symbolic.commands.countable import LETTERS, countable_of, families, lines_of, minimized
from focal_symbolic.commands.parameters import DPS, GAMMA, JSON, Number, NumbersCommand
from focal_symbolic.commands.reading import COUNTS_HELP, reading_options, ways_of
from focal_symbolic.commands.screen import columns_of, plain, table_width
from focal_symbolic.commands.tables import data_of
from focal_symbolic.commands.writing import dump

__all__ = ["command"]


@click.command("minimize", cls=NumbersCommand, short_help="The minimizer of the focal-entropy, its multiplier and the minimum.")
@click.argument("p", nargs=-1, type=Number(), metavar="[P]...")
@click.option("--counts", type=click.Path(path_type=Path), metavar="FILE", help=COUNTS_HELP)
@families()
@LETTERS
@GAMMA
@DPS
@JSON
@reading_options
def command(p: tuple[str, ...], counts: Path | None, gamma: str, dps: int, as_json: bool, letters: int, **others: Any) -> None:
    """The distribution q that minimizes the focal-entropy of the data P, its multiplier and the minimum, in nats.

    P are probabilities that sum to 1 exactly, as decimals or fractions.

    \b
    Examples:
      focal-symbolic minimize 0.7 0.2 0.1 --gamma 2 --dps 50
      focal-symbolic minimize 1/3 1/3 1/3 --gamma 1.5 --json
      focal-symbolic minimize --counts classes.csv --gamma 2 --dps 10
      focal-symbolic minimize --geometric 1/2 --gamma 2 --letters 4
    """
    ways = ways_of(others)
    endless = countable_of(others)
    if endless is not None:
        if p or counts is not None or any(ways):
            raise click.UsageError("give probabilities, --counts or a family, not two of them.")
        told, _ = minimized(endless, gamma, dps, letters)
        if as_json:
            dump(told, sys.stdout)
        else:
            click.echo("\n".join(lines_of(told)))
        return
    labels, data = data_of(p, counts, ways)
    from focal_symbolic.numbers.decimals import digits, error_bound
    from focal_symbolic.numbers.minimizer import minimizer

    found = minimizer(data, gamma, dps)
    document: dict[str, Any] = {
        "gamma": digits(found.gamma, dps),
        "dps": dps,
        "p": [digits(value, dps) for value in found.p],
        "q": [digits(value, dps) for value in found.q],
        "multiplier": digits(found.multiplier, dps),
        "log_multiplier": digits(found.log_multiplier, dps),
        "entropy": digits(found.entropy, dps),
        "radius": error_bound(found.radius, dps),
    }
    if as_json:
        dump(document, sys.stdout)
        return
    rows = [("p", "q"), *zip(document["p"], document["q"], strict=True)]
    for line in columns_of(["", *map(plain, labels)], rows[0], rows[1:], table_width(sys.stdout)):
        click.echo(line)
    for name in ("multiplier", "entropy"):
        click.echo(f"{name:<10}  {document[name]}")
    click.echo(f"gamma = {document['gamma']}; entropy in nats; relative error of each number at most {document['radius']}")
