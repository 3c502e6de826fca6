"""`focal-symbolic verify`: every claim on its legs, and its false twin refused."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from focal_symbolic.commands.parameters import Whole
from focal_symbolic.commands.proofs import library
from focal_symbolic.commands.writing import dump, output

__all__ = ["command"]


@click.command("verify", short_help="Derive, enclose and fuzz every claim, and refute every false twin.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--examples", type=Whole(1), default=200, show_default=True, help="Random cases for the fuzz of each claim.")
@click.option("--dps", type=Whole(1), default=50, show_default=True, help="Decimal digits of the precision leg.")
@click.option("--seed", type=Whole(0), default=0, show_default=True, help="Seed of the random cases.")
@click.option("--json", "json_file", metavar="FILE", help="Write the report as JSON to FILE, or to stdout for «-».")
@click.option(
    "--resume",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Keep what is verified in FILE as the run goes, and go on from what an interrupted run has kept there.",
)
@click.option("--trusted", is_flag=True, help="List what is trusted: rules, cited theorems and who uses them, libraries.")
@click.option("--jobs", type=Whole(1), help="Claims checked at a time, each in its own process.  [default: one a core]")
@click.option("--coq", is_flag=True, help="Have Coq judge every derivation as well; what it compiled is kept for the next run.")
@click.option("--all", "every", is_flag=True, help="Show every claim below its result, not the main theorem alone.")
def command(
    names: tuple[str, ...],
    json_file: str | None,
    resume: Path | None,
    trusted: bool,
    jobs: int | None,
    coq: bool,
    every: bool,
    **given: int,
) -> int:
    """Replay every claim, or those named, on its three legs, and show that each leg refuses the false twin.

    NAME is a claim (convexity/loss_is_convex) or a proof file (convexity); what is named is shown claim by claim. Exit code 0:
    every leg of every claim holds, every twin was refuted, and without NAME no claim is missing; 1: anything else; 2: bad
    usage. With --coq there is a fourth leg; where Coq is not installed, the exit code is 1.

    \b
    Examples:
      focal-symbolic verify
      focal-symbolic verify --coq
      focal-symbolic verify --resume run.jsonl
      focal-symbolic verify finiteness convexity/loss_is_convex --examples 1000 --dps 100 --json report.json
    """
    with output(json_file) as stream:
        from rich.console import Console

        from focal_symbolic.claims import trust
        from focal_symbolic.commands import watched
        from focal_symbolic.distribution import digits_of

        digits_of(given["dps"])
        results = library(names).select(names)
        console = Console(stderr=stream is sys.stdout, highlight=False)
        opened = {result.name for result in results} if every or names else set()
        given["jobs"] = jobs or os.cpu_count() or 1
        found = watched.run(console, results, not names, coq=coq, opened=opened, resume=resume, **given)
        if trusted:
            for text in trust.trusted(tuple(result.name for result in results if result.claim.kind != "open")):
                console.print(text, markup=False, soft_wrap=True)
        if stream is not None:
            dump(found.to_json(), stream)
    return found.exit_code
