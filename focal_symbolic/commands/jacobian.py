"""`focal-symbolic jacobian`: how the minimizer moves with the data and with gamma."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from focal_symbolic.commands.parameters import DPS, GAMMA, JSON, Number, NumbersCommand
from focal_symbolic.commands.reading import COUNTS_HELP, reading_options, ways_of
from focal_symbolic.commands.tables import data_of
from focal_symbolic.commands.writing import dump

__all__ = ["command"]


@click.command("jacobian", cls=NumbersCommand, short_help="The derivatives of the minimizer in the data and in γ.")
@click.argument("p", nargs=-1, type=Number(), metavar="[P]...")
@click.option("--counts", type=click.Path(path_type=Path), metavar="FILE", help=COUNTS_HELP)
@GAMMA
@DPS
@JSON
@reading_options
def command(p: tuple[str, ...], counts: Path | None, gamma: str, dps: int, as_json: bool, **others: Any) -> None:
    """The derivatives of the minimizer q and of ln λ in the data P and in γ.

    P are probabilities that sum to 1 exactly, all positive. A row of the matrix is a class of the model, a column one of the
    data: dq_i/dp_j for weights p_j that need not sum to 1.

    \b
    Examples:
      focal-symbolic jacobian 0.7 0.2 0.1 --gamma 2 --dps 10
      focal-symbolic jacobian --counts classes.csv --gamma 2 --json
    """
    labels, data = data_of(p, counts, ways_of(others))
    from focal_symbolic.numbers.decimals import digits, error_bound
    from focal_symbolic.numbers.jacobian import jacobian

    found = jacobian(data, gamma, dps)
    by_p = [[digits(rate, dps) for rate in row] for row in found.by_p]
    by_gamma = [digits(rate, dps) for rate in found.by_gamma]
    log_multiplier = [digits(rate, dps) for rate in found.log_multiplier_by_p]
    last = digits(found.log_multiplier_by_gamma, dps)
    shown, radius = digits(found.gamma, dps), error_bound(found.radius, dps)
    if as_json:
        document = {"gamma": shown, "dps": dps, "p": [digits(value, dps) for value in found.p], "by_p": by_p}
        document |= {"by_gamma": by_gamma, "log_multiplier_by_p": log_multiplier}
        dump(document | {"log_multiplier_by_gamma": last, "radius": radius}, sys.stdout)
        return
    from focal_symbolic.commands.screen import columns_of, plain, table_width

    labels = tuple(map(plain, labels))
    rows = [[*row, rate] for row, rate in zip([*by_p, log_multiplier], [*by_gamma, last], strict=True)]
    head = [f"d/dp {label}" for label in labels] + ["d/dγ"]
    for line in columns_of(["", *(f"q {label}" for label in labels), "ln λ"], head, rows, table_width(sys.stdout)):
        click.echo(line)
    click.echo(f"gamma = {shown}; relative error of each number at most {radius}")
