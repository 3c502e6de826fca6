"""Run the experiments and write their tables and pictures: `python -m experiments`."""

from __future__ import annotations

from pathlib import Path
from time import process_time
from typing import Any

import click

from experiments import digits, landing, network, suppression, tables

HERE = Path(__file__).parent / "results"
NAMES = ("landing", "network", "suppression", "digits")


def _landing(quick: bool) -> tuple[list[Any], dict[str, Any]]:
    rows = landing.run((1_000, 10_000), seeds=4, gammas=(2.0,)) if quick else landing.run()
    return rows, {"landing": landing.draw(rows)}


def _network(quick: bool) -> tuple[list[Any], dict[str, Any]]:
    rows, curves = network.run((1_000,), seeds=2, steps=200) if quick else network.run(gammas=(2.0, 5.0))
    return rows, {"network": network.draw(curves)}


def _suppression(quick: bool) -> tuple[list[Any], dict[str, Any]]:
    rows = suppression.run(("1", "5"), seeds=3) if quick else suppression.run()
    return rows, {"suppression": suppression.draw(rows)}


def _digits(quick: bool) -> tuple[list[Any], dict[str, Any]]:
    some: dict[str, Any] = {"gammas": (0.0, 2.0), "seeds": 2} if quick else {}
    rows = digits.run(**some)
    pictures = {"digits": digits.draw(rows)}
    for kind in digits.FEATURES:
        pictures[f"reliability_{kind}"] = digits.diagrams(kind, 2.0, some.get("seeds", digits.SEEDS))
    return rows, pictures


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(NAMES))
@click.option("--quick", is_flag=True, help="A small version, in seconds: smaller tables, to be compared with nothing.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=HERE, help="Where results go.")
def main(names: tuple[str, ...], quick: bool, out: Path) -> None:
    """Run the experiments named, or all of them, and write a CSV table and pictures of each."""
    out.mkdir(parents=True, exist_ok=True)
    for name in names or NAMES:
        if name == "network" and not network.available():
            click.echo("network: not run, since PyTorch is missing; it comes with the extra `experiment`.")
            continue
        start = process_time()
        rows, pictures = globals()[f"_{name}"](quick)
        tables.write(out / f"{name}.csv", rows)
        for title, picture in pictures.items():
            with (out / f"{title}.svg").open("wb") as stream:
                picture.save(stream)
        click.echo(f"{name}: {len(rows)} rows in {process_time() - start:.0f} s of CPU time")


if __name__ == "__main__":
    main()
