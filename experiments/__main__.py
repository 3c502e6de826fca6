"""Run the experiments and write their tables and pictures: `python -m experiments`."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
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
@click.option("--check", is_flag=True, help="Write nothing; tell what differs from the tables and pictures that are kept.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=HERE, help="Where results go, or are kept.")
def main(names: tuple[str, ...], quick: bool, check: bool, out: Path) -> None:
    """Run the experiments named, or all of them, and write a CSV table and pictures of each."""
    if quick and check:
        raise click.UsageError("--quick makes smaller tables than those that are kept, so --check has nothing to compare.")
    if not check:
        out.mkdir(parents=True, exist_ok=True)
        _written(names or NAMES, quick, out)
        return
    with TemporaryDirectory() as anew:
        paths = _written(names or NAMES, quick, Path(anew))
        told = [f"{path.name}: {one}" for path in paths for one in _differences(out / path.name, path)]
    if "network" in (names or NAMES) and not network.available():
        told.append("network: not compared, since PyTorch is missing")
    same = "1 file, as it is kept" if len(paths) == 1 else f"{len(paths)} files, as they are kept"
    click.echo("\n".join(told) or same)
    sys.exit(1 if told else 0)


def _written(names: tuple[str, ...], quick: bool, out: Path) -> list[Path]:
    """The files that experiments have written."""
    paths: list[Path] = []
    for name in names:
        if name == "network" and not network.available():
            click.echo("network: not run, since PyTorch is missing; it comes with the extra `experiment`.")
            continue
        start = process_time()
        rows, pictures = globals()[f"_{name}"](quick)
        tables.write(out / f"{name}.csv", rows)
        for title, picture in pictures.items():
            with (out / f"{title}.svg").open("wb") as stream:
                picture.save(stream)
        paths += [out / f"{name}.csv", *(out / f"{title}.svg" for title in pictures)]
        click.echo(f"{name}: {len(rows)} rows in {process_time() - start:.0f} s of CPU time")
    return paths


def _differences(kept: Path, anew: Path) -> list[str]:
    """What is not as it was kept: entries of a table, or the picture."""
    if not kept.is_file():
        return ["none is kept"]
    if kept.suffix == ".csv":
        return tables.differences(tables.read(kept), tables.read(anew))
    return [] if kept.read_bytes() == anew.read_bytes() else ["it is drawn otherwise (other numbers, or another matplotlib)"]


if __name__ == "__main__":
    main()
